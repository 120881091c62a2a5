"""Many chats, a server that fails in every way, a process that is killed: is everything answered, once, in order?

    python -m tests.telegram.storm [--messages 5000] [--chats 200] [--kills 3] [--seed 1] [--polling]

Every chat asks a conversation of its own; what it must be told is worked out beforehand by the assistant alone. Calls to
the server meet 429 with a time to wait, 500, resets before and after they were carried out, and acknowledgements that
come too late. The process is killed while it answers and started again. Prints one line of JSON; exit code 1 when a
message was lost, answered out of order, or twice without the acknowledgement of the first having been cut off.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from db.content import build
from db.snapshot import load
from handlers.splitting import pack
from knowledge.assistant import Assistant
from knowledge.dialogue import Context
from knowledge.telling.render import html_parts, notice
from tests.telegram.harness import SECRET, Bot, Json, Person, Server, free_port, running, until

COMMANDS = {"/riengtu": "privacy", "/trogiup": "help", "/hoi": "empty"}
QUESTIONS = (
    "kinh phí phía bắc 2023",
    "còn 2024?",
    "thế kế hoạch phía Nam?",
    "kinh phí phía nam 2019",
    "năm trước thì sao",
    "khuyến công là gì",
    "giá phân bón hôm nay",
    "kinh phi khuyeens coong phias nam 2019",
)
TIMEOUT = 1.0
BACKLOG = 100
FAULTS: tuple[Json, ...] = (
    {"method": "sendMessage", "chance": 0.02, "status": 429, "retry_after": 1},
    {"method": "sendMessage", "chance": 0.02, "status": 500},
    {"method": "sendMessage", "chance": 0.015, "drop": True},
    {"method": "sendMessage", "chance": 0.005, "drop": True, "after": True},
    {"method": "sendMessage", "chance": 0.005, "delay": 2 * TIMEOUT},
    {"method": "sendMessage", "chance": 0.005, "delay": 2 * TIMEOUT, "after": True},
)
NAMES = ("429", "500", "reset", "reset after delivery", "timeout", "timeout after delivery")


@dataclass
class Found:
    """What came of it. `twice`: answers said again; `excused`: those of them whose first acknowledgement was cut off."""

    messages: int = 0
    answered: int = 0
    lost: int = 0
    out_of_order: int = 0
    twice: int = 0
    excused: int = 0
    kills: int = 0
    seconds: float = 0
    most_in_a_second: int = 0
    faults: dict[str, int] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        """Nothing lost, nothing out of order, nothing twice without a reason."""
        return self.answered == self.messages and not self.out_of_order and self.twice == self.excused


class Chat:
    """One person's script: what is said, and what must be told."""

    def __init__(self, bot: Bot, assistant: Assistant, length: int, dice: random.Random) -> None:
        self.person = Person(bot)
        self.said: list[str] = []
        self.expected: list[str] = []
        context: Context | None = None
        while len(self.said) < length:
            text = dice.choice((*QUESTIONS, *COMMANDS))
            if text in COMMANDS:
                told, after = [notice(COMMANDS[text])], context
            else:
                answer, after = assistant.ask(text, context)
                told = pack(html_parts(answer))
            if len(told) == 1 and told[0] not in self.expected[-1:]:
                self.said.append(text)
                self.expected += told
                context = after

    def judge(self, calls: list[Json], excused: set[int], found: Found) -> None:
        """Walk through what the chat was told. `excused`: how many messages of it were answered at some kill."""
        at = 0
        last: Json = {}
        for call in calls:
            text = call["fields"]["text"]
            if at < len(self.expected) and text == self.expected[at]:
                at += 1
            elif at and text == self.expected[at - 1]:
                found.twice += 1
                found.excused += bool(last.get("cut") or at - 1 in excused)
            else:
                found.out_of_order += 1
            last = call
        found.messages += len(self.expected)
        found.answered += at
        found.lost += len(self.expected) - at


class Storm:
    """One bot, its chats, and everything that happens to them."""

    def __init__(self, bot: Bot, messages: int, chats: int, kills: int, seed: int) -> None:
        self._bot = bot
        self._dice = random.Random(seed)
        path = Path(bot.settings["DATABASE"])
        build(path)
        assistant = Assistant(load(path), lambda: date.fromisoformat(bot.settings["TODAY"]))
        self._chats = [
            Chat(bot, assistant, messages // chats + (number < messages % chats), self._dice)
            for number in range(chats)
        ]
        self._excused: dict[int, set[int]] = {chat.person.chat: set() for chat in self._chats}
        self._order = [number for number, chat in enumerate(self._chats) for _ in chat.said]
        self._dice.shuffle(self._order)
        self._kills = {len(self._order) * (number + 1) // (kills + 1) for number in range(kills)}

    def run(self, seconds: float) -> Found:
        """Say everything, kill on the way, wait until all is answered, and judge."""
        bot = self._bot
        started = time.monotonic()
        with running(bot):
            Person(bot).ask("/riengtu")
            bot.faults(*(dict(fault, times=10**9) for fault in FAULTS))
            said = Counter[int]()
            for number, which in enumerate(self._order):
                if number in self._kills:
                    self._kill()
                chat = self._chats[which]
                chat.person.say(chat.said[said[which]], id_=1_000 + said[which])
                said[which] += 1
                if number % 20 == 0:
                    self._keep_up(number)
            until(self._all_told, wanted="every message answered", seconds=seconds)
            found = self._judged()
            assert bot.stop() == 0
        found.kills = len(self._kills)
        found.seconds = round(time.monotonic() - started, 1)
        return found

    def _keep_up(self, said: int) -> None:
        until(lambda: self._calls() > said - BACKLOG, wanted="the bot to keep up", seconds=60)

    def _kill(self) -> None:
        """Once some answer is on its way; what was not yet noted as answered then may be answered again."""
        self._bot.kill()
        with closing(sqlite3.connect(self._bot.settings["DATABASE"])) as db:
            sql = "SELECT payload FROM handled_updates WHERE payload IS NOT NULL"
            for (payload,) in db.execute(sql).fetchall():
                message = json.loads(payload)["message"]
                said = self._excused.get(message["chat"]["id"], set())
                said.add(message["message_id"] - 1_000)
        self._bot.start()

    def _all_told(self) -> bool:
        if self._calls() < len(self._order):
            time.sleep(0.2)
            return False
        time.sleep(1)
        return self._judged().lost == 0

    def _calls(self) -> int:
        path = f"/__peer/outbox?token={self._bot.token}&count=1"
        return int(self._bot.server.call("GET", path)["calls"])

    def _judged(self) -> Found:
        state = self._bot.state()
        found = Found()
        told: dict[int, list[Json]] = {chat: [] for chat in self._excused}
        times = []
        for call in state["calls"]:
            if call["method"] == "sendMessage" and "result" in call:
                told.get(int(call["fields"]["chat_id"]), []).append(call)
                times.append(call["at"])
        for chat in self._chats:
            chat.judge(told[chat.person.chat], self._excused[chat.person.chat], found)
        found.most_in_a_second = max(
            (sum(one <= other < one + 1 for other in times[n : n + 100]) for n, one in enumerate(times)),
            default=0,
        )
        found.faults = {name: fate.get("met", 0) for name, fate in zip(NAMES, state["fates"], strict=False)}
        return found


def webhook_settings() -> dict[str, str]:
    """Settings of a bot that is called with its updates."""
    port = str(free_port())
    url = f"http://127.0.0.1:{port}/hook"
    return {"WEBHOOK_URL": url, "WEBHOOK_SECRET": SECRET, "LISTEN": "127.0.0.1", "PORT": port}


def main() -> None:
    """Run one storm and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=5_000)
    parser.add_argument("--chats", type=int, default=200)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=900, help="to wait for the last answers")
    parser.add_argument("--polling", action="store_true", help="instead of a webhook")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "server.log")
        try:
            settings = {} if options.polling else webhook_settings()
            bot = Bot(
                server, Path(folder), ["bot.py", "run"], cold=True, API_TIMEOUT=str(TIMEOUT), **settings
            )
            storm = Storm(bot, options.messages, options.chats, options.kills, options.seed)
            try:
                found = storm.run(options.seconds)
            except AssertionError:
                print(json.dumps(asdict(storm._judged())), file=sys.stderr)
                raise
        finally:
            server.stop()
    print(json.dumps(asdict(found)))
    sys.exit(not found.good)


if __name__ == "__main__":
    main()
