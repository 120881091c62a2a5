"""The bot through its webhook beside a bot that only echoes: cost of one answer, time at a steady rate, memory, start.

`python -m tests.webhook_bench [--pairs 8] [--answers 400]` prints a Markdown table. Both bots are processes of their own that
talk to a Bot API in this process; they take turns, because a machine's speed drifts. The cost is counted in user
instructions where `perf stat` can count them, else in CPU time of the process; its ratio is the median of the ratios of
the pairs. Reads /proc, so it runs on Linux only. Limits on asking and on sending are off.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from asyncio import Future, StreamReader, StreamWriter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import parse_qs, urlsplit

from db.content import build
from tests.telegram.harness import ROOT, SECRET, free_port

TOKEN = "123456789:" + "A" * 35
BOTS = {"echo": ["-m", "tests.telegram.echo"], "this bot": ["bot.py", "run"]}
QUESTIONS = (
    "kinh phí khuyến công phía Bắc năm 2023",
    "kế hoạch kinh phí phía Nam 2019",
    "khuyến công là gì",
    "mức hỗ trợ mua máy móc thiết bị tiên tiến",
    "kp kc pb 2023",
    "kinh phí khuyến công quốc gia năm 2021",
)
IN_FLIGHT = 8
WARM_UP = 60
RATE = 50.0
PATIENCE = 60.0

_PERF = ("perf", "stat", "-x,", "-e", "instructions:u")
_ME = {"id": 123456789, "is_bot": True, "first_name": "Bot", "username": "bench_bot"}


class Api:
    """The Bot API, as far as two bots need it: it notes which chat has been sent something."""

    def __init__(self) -> None:
        self.hook: Future[str] = asyncio.get_running_loop().create_future()
        self.waiting: dict[str, Future[float]] = {}
        self.port = free_port()

    async def serve(self) -> asyncio.Server:
        """Listen."""
        return await asyncio.start_server(self._client, "127.0.0.1", self.port)

    async def _client(self, reader: StreamReader, writer: StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = re.search(rb"(?i)content-length: (\d+)", head)
                body = await reader.readexactly(int(length[1]) if length else 0)
                result = self._called(head.split(b" ", 2)[1].rsplit(b"/", 1)[-1].decode(), body.decode())
                writer.write(response(json.dumps({"ok": True, "result": result}).encode()))
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def _called(self, method: str, body: str) -> object:
        if method == "getMe":
            return _ME
        form = {name: values[0] for name, values in parse_qs(body).items()}
        fields = json.loads(body) if body.startswith("{") else form
        if method == "setWebhook" and not self.hook.done():
            self.hook.set_result(fields["url"])
        if method != "sendMessage":
            return True
        chat = str(fields["chat_id"])
        if (answered := self.waiting.pop(chat, None)) and not answered.done():
            answered.set_result(time.perf_counter())
        chat_told = {"id": int(chat), "type": "private", "first_name": "Lan"}
        return {"message_id": 1, "date": int(time.time()), "chat": chat_told, "from": _ME, "text": "x"}


def response(body: bytes) -> bytes:
    """One HTTP response."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


class Caller:
    """Telegram's side of the webhook: posts updates, each from a chat of its own, over a few connections that stay open."""

    def __init__(self, api: Api, url: str) -> None:
        self._api = api
        self._url = urlsplit(url)
        self._open: list[tuple[StreamReader, StreamWriter]] = []
        self._ids = itertools.count(1_000_000)

    async def ask(self, since: float | None = None) -> float:
        """Post one question; milliseconds from `since`, or from now, until its answer has arrived."""
        number = next(self._ids)
        answered: Future[float] = asyncio.get_running_loop().create_future()
        self._api.waiting[str(number)] = answered
        started = since or time.perf_counter()
        await self._post(number)
        async with asyncio.timeout(PATIENCE):
            return (await answered - started) * 1000

    async def _post(self, number: int) -> None:
        person = {"id": number, "first_name": "Lan"}
        message = {
            "message_id": number,
            "date": int(time.time()),
            "chat": {**person, "type": "private"},
            "from": {**person, "is_bot": False, "language_code": "vi"},
            "text": QUESTIONS[number % len(QUESTIONS)],
        }
        body = json.dumps({"update_id": number, "message": message}).encode()
        address = (self._url.hostname, self._url.port)
        reader, writer = self._open.pop() if self._open else await asyncio.open_connection(*address)
        head = (
            f"POST {self._url.path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
            f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        assert b" 200 " in answer, answer
        self._open.append((reader, writer))

    async def in_turn(self, count: int) -> None:
        """So many questions, a few in flight at once."""
        left = iter(range(count))

        async def ask_on() -> None:
            for _ in left:
                await self.ask()

        await asyncio.gather(*(ask_on() for _ in range(IN_FLIGHT)))

    async def steadily(self, count: int) -> list[float]:
        """So many questions at a fixed rate; milliseconds from the moment at which each was due."""
        start = time.perf_counter()
        asked = []
        for number in range(count):
            due = start + number / RATE
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            asked.append(asyncio.create_task(self.ask(due)))
        return list(await asyncio.gather(*asked))


@dataclass
class Run:
    """What one process took. `cost`: for one answer; `start`: seconds until its first answer."""

    cost: float
    p50: float
    p99: float
    memory: float
    start: float


def countable() -> bool:
    """Whether this machine counts instructions."""
    try:
        told = subprocess.run([*_PERF, "true"], capture_output=True, text=True)
    except OSError:
        return False
    return bool(re.match(r"\d", told.stderr.strip()))


async def counted(pid: int, work: Awaitable[None]) -> float:
    """Millions of user instructions of the process during the work."""
    perf = await asyncio.create_subprocess_exec(*_PERF, "-p", str(pid), stderr=asyncio.subprocess.PIPE)
    await asyncio.sleep(0.5)  # until perf has attached
    await work
    perf.send_signal(signal.SIGINT)
    _, told = await perf.communicate()
    return int(told.decode().split(",")[0]) / 1e6


async def timed(pid: int, work: Awaitable[None]) -> float:
    """Milliseconds of CPU, user and system, of all threads of the process during the work."""

    def used() -> float:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    before = used()
    await work
    return used() - before


async def run(
    command: Sequence[str],
    database: Path,
    answers: int,
    measure: Callable[[int, Awaitable[None]], Awaitable[float]],
) -> Run:
    """Start one bot, ask it, measure it, stop it."""
    api = Api()
    port = free_port()
    environment = {
        **os.environ,
        "TELEGRAM_TOKEN": TOKEN,
        "API_BASE_URL": f"http://127.0.0.1:{api.port}",
        "WEBHOOK_URL": f"http://127.0.0.1:{port}/hook",
        "WEBHOOK_SECRET": SECRET,
        "PORT": str(port),
        "DATABASE": str(database),
        "QUESTIONS_PER_MINUTE": "0",
        "SENDS_PER_SECOND": "0",
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # either starts as it does where it has run before
    async with await api.serve():
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL
        )
        try:
            async with asyncio.timeout(PATIENCE):
                caller = Caller(api, await api.hook)
            while True:
                try:
                    await caller.ask()
                    break
                except ConnectionError:  # it tells its address just before it listens there
                    await asyncio.sleep(0.01)
            start = time.perf_counter() - started
            await caller.in_turn(WARM_UP)
            cost = await measure(process.pid, caller.in_turn(answers)) / answers
            times = sorted(await caller.steadily(answers))
            status = Path(f"/proc/{process.pid}/status").read_text()
            held = re.search(r"VmRSS:\s+(\d+)", status)
            memory = int(held[1]) / 1024 if held else 0.0
        finally:
            process.terminate()
            await asyncio.to_thread(process.wait, 20)
    return Run(cost, times[len(times) // 2], times[int(len(times) * 0.99)], memory, start)


async def pairs(count: int, answers: int) -> tuple[str, dict[str, list[Run]]]:
    """The unit of the cost, and the runs of both bots, taking turns."""
    unit, measure = ("M instructions", counted) if countable() else ("ms CPU", timed)
    found: dict[str, list[Run]] = {name: [] for name in BOTS}
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "base.db"
        build(base)
        content = base.read_bytes()
        for number in range(count):
            for name in list(BOTS) if number % 2 else list(reversed(BOTS)):
                database = Path(folder) / f"{number}.db"
                database.write_bytes(content)
                found[name].append(await run(BOTS[name], database, answers, measure))
    return unit, found


def table(unit: str, found: dict[str, list[Run]]) -> str:
    """One row for each bot, and the ratios."""
    lines = [
        f"| bot | {unit} an answer | p50 ms at {RATE:.0f}/s | p99 ms | memory MB | first answer after s |",
        "| --- | --: | --: | --: | --: | --: |",
    ]
    for name, runs in found.items():
        cells = (
            f"{median(run.cost for run in runs):.2f}",
            f"{median(run.p50 for run in runs):.1f}",
            f"{median(run.p99 for run in runs):.1f}",
            f"{median(run.memory for run in runs):.0f}",
            f"{median(run.start for run in runs):.2f}",
        )
        lines.append(f"| {name} | {' | '.join(cells)} |")
    pairs = list(zip(found["this bot"], found["echo"], strict=True))
    cost, p50, p99 = (
        median(getattr(bot, what) / getattr(echo, what) for bot, echo in pairs)
        for what in ("cost", "p50", "p99")
    )
    lines.append(f"| ratio, median of {len(pairs)} pairs | {cost:.2f} | {p50:.2f} | {p99:.2f} | | |")
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=8)
    parser.add_argument(
        "--answers", type=int, default=400, help="of each run, once for the cost, once at the rate"
    )
    options = parser.parse_args()
    print(table(*asyncio.run(pairs(options.pairs, options.answers))))


if __name__ == "__main__":
    main()
