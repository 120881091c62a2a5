"""Hours of ordinary use in front of the Bot API server of the tests: does anything grow, fail or slow down?

    python -m tests.telegram.soak --minutes 30 --rate 20

Two hundred people ask the golden questions, one a moment somewhere; ten more follow a subject; the owner adds a figure
and takes it back once they have been told, all the time. A question is timed from its delivery to the server until the answer reaches the server.
Exit code 1 where an error was logged, a question has no answer, or memory grows by more than `MOST_GROWTH` an hour
(judged in runs of `LONG` minutes or more: in a short one the filling of caches looks like growth).
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import json
import random
import re
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles

from tests.telegram.conftest import REAL
from tests.telegram.harness import ROOT, Bot, Json, Person, Server, buttons_of, free_port, id_of, running
from tests.telegram.test_admin import SOURCE

PEOPLE = 200
FOLLOWERS = 10
EDIT_SECONDS = 8.0
LOOK_SECONDS = 0.25
SETTLING = 0.25  # the first part of the run, in which caches fill, is left out of the slope
MOST_GROWTH = 20.0  # MB an hour
LONG = 20
PATIENCE = 60.0


@dataclass
class Window:
    """What happened in one part of the run."""

    asked: int = 0
    seconds: list[float] = field(default_factory=list)

    def told(self) -> str:
        """One line; times in milliseconds."""
        if len(self.seconds) < 2:
            return f"{self.asked} asked, {len(self.seconds)} answered"
        cut = quantiles(self.seconds, n=100, method="inclusive")
        return (
            f"{self.asked} asked, {len(self.seconds)} answered, p50 {1000 * cut[49]:.0f} ms,"
            f" p99 {1000 * cut[98]:.0f} ms, longest {1000 * max(self.seconds):.0f} ms"
        )


class Owner:
    """Adds a figure, saves it, some seconds later takes it back, again and again."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.edits = 0
        self._years = itertools.cycle(range(2030, 2090))
        self._due = 0.0
        self._saved = ""

    def act(self, now: float) -> None:
        """Start the next change when it is time."""
        if now < self._due:
            return
        self._due = now + EDIT_SECONDS
        if self._saved:
            self.person.say(f"/hoan_tac {self._saved}")
            self._saved = ""
        else:
            year = next(self._years)
            self.person.say(f"/them_so_lieu KCĐP kế hoạch {year} phía Nam {year - 1900} tỷ | nguồn: {SOURCE}")

    def hear(self, call: Json) -> None:
        """The next step of the present change."""
        told = str(call["fields"].get("text", ""))
        if save := next((data for label, data in buttons_of(call).items() if label == "Lưu"), None):
            self.person.tap(save, id_of(call))
        elif "Đã lưu" in told and (number := re.search(r"/hoan_tac (\d+)", told)):
            self.edits += 1
            self._saved = number[1]
        elif "Đã hoàn tác" in told:
            self.edits += 1


class Soak:
    """One run."""

    def __init__(self, bot: Bot, seed: int) -> None:
        self._bot = bot
        self._random = random.Random(seed)
        self._texts = questions()
        self._owner = Owner(Person(bot))
        self._idle = [Person(bot) for _ in range(PEOPLE)]
        self._followers = [Person(bot) for _ in range(FOLLOWERS)]
        self._waiting: dict[str, tuple[float, Person]] = {}
        self._heard = 0
        self.window = Window()
        self.total = Window()
        self.notices = 0
        bot.settings["OWNER_IDS"] = str(self._owner.person.user)

    def begin(self) -> None:
        """Let some follow what the owner changes."""
        for person in self._followers:
            person.say("/theo_doi kinh phí phía Nam")

    def ask(self) -> bool:
        """Somebody who waits for nothing asks something; False when everybody waits."""
        if not self._idle:
            return False
        person = self._idle.pop(0)
        self._waiting[str(person.chat)] = (time.time(), person)
        person.say(self._random.choice(self._texts))
        self.window.asked += 1
        self.total.asked += 1
        return True

    def look(self) -> None:
        """Take note of what the bot has sent since the last time."""
        path = f"/__peer/outbox?token={self._bot.token}&after={self._heard}"
        calls = self._bot.server.call("GET", path)["calls"]
        self._heard += len(calls)
        followers = {str(person.chat) for person in self._followers}
        for call in calls:
            chat = str(call["fields"].get("chat_id"))
            if chat == str(self._owner.person.chat) and "result" in call:
                self._owner.hear(call)
            elif chat in followers:
                self.notices += 1
            elif call["method"] == "sendMessage" and (asked := self._waiting.pop(chat, None)):
                self.window.seconds.append(call["at"] - asked[0])
                self.total.seconds.append(call["at"] - asked[0])
                self._idle.append(asked[1])

    def edit(self) -> None:
        """The owner's turn."""
        self._owner.act(time.monotonic())

    @property
    def edits(self) -> int:
        """Changes saved or taken back."""
        return self._owner.edits

    def unanswered(self) -> int:
        """Questions that wait for their answer."""
        return len(self._waiting)


def questions() -> list[str]:
    """The golden questions of ordinary people and officials."""
    found = []
    for name in ("figures", "policy", "support", "compare", "decline"):
        for line in (ROOT / "tests" / "golden" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            if question := json.loads(line).get("q"):
                found.append(str(question))
    return found


def memory(pid: int) -> float:
    """Resident memory in MB."""
    text = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+) kB", text)
    assert found
    return int(found[1]) / 1024


def slope(points: list[tuple[float, float]]) -> float:
    """Least squares: growth an hour of what is given as (seconds, value)."""
    count = len(points)
    if count < 2:
        return 0.0
    x, y = sum(at for at, _ in points) / count, sum(value for _, value in points) / count
    spread = sum((at - x) ** 2 for at, _ in points)
    return 3600 * sum((at - x) * (value - y) for at, value in points) / spread if spread else 0.0


def metrics(port: int) -> dict[str, float]:
    """The bot's own counters."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/metrics")
        lines = connection.getresponse().read().decode().splitlines()
    finally:
        connection.close()
    pairs = (line.rpartition(" ") for line in lines if not line.startswith("#"))
    return {name: float(value) for name, _, value in pairs}


def run(minutes: float, rate: float, seed: int, folder: Path) -> int:
    """The whole run; the exit code."""
    server = Server(folder / "server.log")
    port = free_port()
    bot = Bot(server, folder, REAL, WATCH_PORT=str(port), DIGEST_SECONDS="4")
    try:
        soak = Soak(bot, seed)
        with running(bot):
            return _run(soak, bot, port, 60 * minutes, rate)
    finally:
        server.stop()


def _run(soak: Soak, bot: Bot, port: int, seconds: float, rate: float) -> int:
    soak.begin()
    soak.ask()
    while soak.unanswered():  # the bot is up
        soak.look()
    start = time.monotonic()
    asked, window, late = 0, max(10.0, seconds / 10), 0
    ends, looks, points = window, 0.0, list[tuple[float, float]]()
    while (now := time.monotonic() - start) < seconds:
        if asked < now * rate:
            asked += 1
            late += not soak.ask()
        elif now >= looks:
            looks = now + LOOK_SECONDS
            soak.look()
            soak.edit()
            points.append((now, memory(bot.pid)))
        else:
            time.sleep(min(LOOK_SECONDS, max(0.0, min(asked / rate, looks) - now)))
        if now >= ends:
            print(
                f"{now / 60:5.1f} min  {soak.window.told()}, {points[-1][1]:.0f} MB, {soak.edits} edits",
                flush=True,
            )
            ends, soak.window = ends + window, Window()
    patience = time.monotonic() + PATIENCE
    while soak.unanswered() and time.monotonic() < patience:
        soak.look()
    counters = metrics(port)
    errors = sum(value for name, value in counters.items() if name.startswith("khuyencong_errors_total"))
    growth = slope([point for point in points if point[0] >= SETTLING * seconds])
    print(f"whole run  {soak.total.told()}; {soak.edits} edits, {soak.notices} messages to followers")
    print(f"memory     {points[0][1]:.0f} → {points[-1][1]:.0f} MB, slope {growth:+.1f} MB an hour")
    print(
        f"errors     {errors:.0f}; unanswered {soak.unanswered()}; not asked, since all were waiting {late}"
    )
    print(
        f"health     {counters['khuyencong_healthy']:.0f}; database {Path(bot.settings['DATABASE']).stat().st_size / 1e6:.1f} MB"
    )
    if errors:
        print(
            "\n".join(line for line in bot.log.read_text().splitlines() if '"level": "ERROR"' in line)[-3000:]
        )
    stopped = bot.stop()
    grows = seconds >= 60 * LONG and growth > MOST_GROWTH
    return int(bool(errors or soak.unanswered() or grows or stopped))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--rate", type=float, default=20, help="questions a second")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        sys.exit(run(given.minutes, given.rate, given.seed, Path(name)))
