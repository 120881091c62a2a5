"""Calls to the webhook that nobody should make: no crash, no unhandled exception, the right status, memory flat.

    python -m tests.telegram.hostile [--calls 100000] [--seed 1]

Valid updates of every kind with fields missing, numbers out of all bounds, odd entities, forged callback data; besides them
wrong secrets, wrong content types, bodies that are no JSON, too deep or too large. Prints one line of JSON.
"""

from __future__ import annotations

import argparse
import copy
import http.client
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from handlers.receiving import MOST_BYTES, SECRET_HEADER
from tests.telegram.harness import SECRET, Bot, Json, Person, Server, running, until
from tests.telegram.storm import webhook_settings

ODD: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    2**31,
    2**63 - 1,
    2**63,
    -(2**63) - 1,
    10**40,
    1e308,
    0.5,
    "",
    "x" * 5_000,
    "\ud800",
    "\x00\u202e<b>&",
    "/" * 300,
    [],
    [[]],
    [None],
    {},
    {"id": {}},
    [{"type": "bot_command", "offset": -5, "length": 10**9}],
    [{"type": "mention", "offset": 2**40, "length": -1}],
    [{"type": "no such", "offset": "a"}],
)
DATA = (
    "1:c:AAAAAAAAAAAA", "1:f:AAAAAAAAAAAA", "1:x:999999999999999999", "1:u:1", "1:d:0", "1:a:s:AAAA", "1:a:c:'; DROP",
    "1:g:establishment:back", "1:g:place:" + "a" * 48, "2:c:AAAAAAAAAAAA", "1:c:../../etc", "\x00", "1:u:-1", "",
)  # fmt: skip
TEXTS = (
    "kinh phí phía bắc 2023",
    "/start fig_x",
    "/hoi ' OR 1=1 --",
    "/sua bai 1",
    "/hoan_tac 99999999999999999999",
    "/huy",
    "/dieu_kien",
    "/theo_doi kinh phí",
    "{{ 7 * 7 }} {% x %}",
    "\u202e\u0301" * 50,
)


@dataclass
class Found:
    """What came of it. `wrong`: calls with a status that they should not have; `unhandled`: tracebacks in the log."""

    calls: int = 0
    statuses: dict[int, int] = field(default_factory=dict)
    wrong: int = 0
    unhandled: int = 0
    alive: bool = False
    memory_before: float = 0
    memory_after: float = 0
    seconds: float = 0

    @property
    def good(self) -> bool:
        """Nothing went wrong, and memory grew by no more than what a few caches hold."""
        flat = self.memory_after < self.memory_before + 30
        return self.alive and flat and not self.wrong and not self.unhandled


class Hostile:
    """Makes the calls, always the same for the same seed."""

    def __init__(self, bot: Bot, seed: int) -> None:
        self._bot = bot
        self._dice = random.Random(seed)
        self._ids = iter(range(10**6, 10**9))
        self._port = int(bot.settings["PORT"])
        self._line: http.client.HTTPConnection | None = None

    def run(self, calls: int) -> Found:
        """Make them; then somebody honest asks."""
        found, statuses = Found(calls), Counter[int]()
        started = time.monotonic()
        with running(self._bot):
            Person(self._bot).ask("/riengtu")
            for number in range(calls):
                if number == calls // 5:
                    found.memory_before = self._bot.memory()
                status, right = self._call()
                statuses[status] += 1
                found.wrong += status not in right
            if self._line:
                self._line.close()
            person = Person(self._bot)
            person.say("kinh phí phía bắc 2023")
            until(
                lambda: any("176,4" in str(call) for call in person.calls()), wanted="an answer", seconds=60
            )
            found.memory_after = self._bot.memory()
            found.alive = self._bot.running
            self._bot.stop()
        found.statuses = dict(statuses)
        found.unhandled = len(re.findall("^Traceback", self._bot.log.read_text(), re.MULTILINE))
        found.seconds = round(time.monotonic() - started, 1)
        return found

    def _call(self) -> tuple[int, tuple[int, ...]]:
        """One call: its status, and those that would be right."""
        headers = {"Content-Type": "application/json", SECRET_HEADER: SECRET}
        body = json.dumps(self._update()).encode()
        chance = self._dice.random()
        if chance < 0.02:
            return self._post(body, {**headers, SECRET_HEADER: self._dice.choice(["", "x", SECRET + "x"])}), (
                403,
            )
        if chance < 0.03:
            return self._post(body, {"Content-Type": "application/json"}), (403,)
        if chance < 0.04:
            return self._post(body, {**headers, "Content-Type": "text/plain"}), (415,)
        if chance < 0.06:
            junk = (b"", b"{", b"\xff\xfe", b"[" * 100_000, body[: len(body) // 2])
            return self._post(self._dice.choice(junk), headers), (400,)
        if chance < 0.061:
            return self._post(b" " * (MOST_BYTES + 1), headers), (413,)
        if chance < 0.07:
            return self._post(body, headers, path="/elsewhere"), (404,)
        if chance < 0.08:
            return self._post(json.dumps(self._dice.choice(ODD)).encode(), headers), (200,)
        return self._post(body, headers), (200,)

    def _post(self, body: bytes, headers: dict[str, str], path: str = "/hook") -> int:
        for _ in range(2):  # a connection may have been closed after the call before
            self._line = self._line or http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
            try:
                self._line.request("POST", path, body, headers)
                response = self._line.getresponse()
                response.read()
                return response.status
            except (http.client.HTTPException, ConnectionError):
                self._line.close()
                self._line = None
        return 413 if len(body) > MOST_BYTES else 0

    def _update(self) -> Json:
        update = {"update_id": next(self._ids), **self._kind()}
        for _ in range(self._dice.choice((0, 1, 1, 2, 3))):
            self._spoil(update)
        return update

    def _kind(self) -> Json:
        user = self._dice.randrange(10**6, 10**6 + 5_000)
        person = {"id": user, "is_bot": False, "first_name": "Lan"}
        chat: Json = {"id": user, "type": "private", "first_name": "Lan"}
        if self._dice.random() < 0.3:
            chat = {"id": -user, "type": "supergroup", "title": "Khuyến công"}
        text = self._dice.choice(TEXTS)
        message: Json = {"message_id": self._dice.randrange(1, 10**6), "date": int(time.time()), "chat": chat}
        message |= {"from": person, "text": text}
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        query = {"id": str(self._dice.randrange(10**9)), "from": person}
        kinds: tuple[Json, ...] = (
            {"message": message},
            {"edited_message": {**message, "edit_date": int(time.time())}},
            {
                "callback_query": {
                    **query,
                    "message": message,
                    "chat_instance": "1",
                    "data": self._dice.choice(DATA),
                }
            },
            {"inline_query": {**query, "query": text, "offset": ""}},
            {"chosen_inline_result": {"result_id": query["id"], "from": person, "query": text}},
            {"no_such_kind": message},
        )
        return copy.deepcopy(self._dice.choices(kinds, (6, 2, 4, 2, 1, 1))[0])

    def _spoil(self, update: Json) -> None:
        """Drop or replace one field, anywhere."""
        at: Any = update
        while True:
            key = self._dice.choice([*at] if isinstance(at, dict) else range(len(at)))
            below = at[key]
            if not (isinstance(below, dict | list) and below and self._dice.random() < 0.8):
                break
            at = below
        if key == "update_id":
            return
        if isinstance(at, dict) and self._dice.random() < 0.4:
            del at[key]
        else:
            at[key] = copy.deepcopy(self._dice.choice(ODD))


def hostile_settings() -> dict[str, str]:
    """As the product runs, but that sending does not wait."""
    return {**webhook_settings(), "QUESTIONS_PER_MINUTE": "20"}


def main() -> None:
    """Make the calls and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "server.log")
        try:
            bot = Bot(server, Path(folder), ["bot.py", "run"], cold=True, **hostile_settings())
            found = Hostile(bot, options.seed).run(options.calls)
            log = bot.log.read_text()
        finally:
            server.stop()
    print(json.dumps(asdict(found)))
    if not found.good:
        print(
            "\n".join(re.findall(r"^(?:Traceback|[a-z_.]*[A-Z]\w+: .*)", log, re.MULTILINE)[:40]),
            file=sys.stderr,
        )
    sys.exit(not found.good)


if __name__ == "__main__":
    main()
