"""The server and the bot as processes of their own, and a chat to talk through. Nothing here sleeps for a fixed time."""

from __future__ import annotations

import base64
import http.client
import itertools
import json
import os
import re
import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, TypeVar

from knowledge.telling.render import notice

ROOT = Path(__file__).parents[2]
DEADLINE = float(os.environ.get("TEST_DEADLINE", "45"))
"""Seconds; what holds is seen long before, but where other work goes on beside the tests."""
BUILT = "BUILT_BASE"
"""The name in the environment of where the base is that all bots begin with."""
FORKED = get_context("forkserver")
"""Of what bots are forked that need not show how the program starts: a process with the program and the base in memory."""
FORKED.set_forkserver_preload(["tests.telegram.warm"])
SECRET = "a-secret_of-the-webhook"
Json = dict[str, Any]
T = TypeVar("T")

_ids = itertools.count(1)


def until(what: Callable[[], T | None], *, wanted: str, seconds: float = DEADLINE) -> T:
    """The first result that is not None or False; fails loudly when the time is over."""
    end, pause = time.monotonic() + seconds, 0.005
    while time.monotonic() < end:
        if result := what():
            return result
        time.sleep(pause)
        pause = min(pause * 1.3, 0.06)  # to look is work too, and takes its time from the bot's
    raise AssertionError(f"not within {seconds:.0f} s: {wanted}")


def free_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def request(port: int, method: str, path: str, body: Json | None = None, **headers: str) -> tuple[int, Json]:
    """One HTTP exchange on loopback: status, and the JSON body or {}."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        sent = None if body is None else json.dumps(body)
        connection.request(method, path, sent, {"Content-Type": "application/json", **headers})
        response = connection.getresponse()
        read = response.read()
        return response.status, json.loads(read) if read.startswith(b"{") else {}
    finally:
        connection.close()


class Server:
    """The Bot API server, for any number of bots."""

    def __init__(self, log: Path) -> None:
        self.port = free_port()
        self._log = log.open("w")
        command = [sys.executable, "-m", "tests.telegram.peer", str(self.port)]
        self._process = subprocess.Popen(command, cwd=ROOT, stderr=self._log)
        until(self._answers, wanted="the Bot API server to listen")

    def _answers(self) -> bool:
        try:
            return self.call("GET", "/__peer/outbox?token=none") is not None
        except OSError:
            return False

    def call(self, method: str, path: str, body: Json | None = None) -> Json:
        """One control call, which must succeed."""
        status, answer = request(self.port, method, path, body)
        assert status == 200, (path, status, answer)
        return answer

    def stop(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.wait(10)
        self._log.close()

    def file(self, token: str, file_id: str) -> bytes:
        """The bytes of a file that a bot has sent."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", f"/file/bot{token}/{file_id}")
            response = connection.getresponse()
            assert response.status == 200, file_id
            return response.read()
        finally:
            connection.close()


class Forked:
    """A forked process, with as much of a `Popen` as is wanted here."""

    def __init__(self, command: list[str], environment: dict[str, str], log: Path) -> None:
        self._process: BaseProcess = FORKED.Process(
            target=_live, args=(command, environment, log), daemon=True
        )
        self._process.start()
        assert self._process.pid
        self.pid = self._process.pid

    def poll(self) -> int | None:
        """The exit code; None while it runs."""
        return self._process.exitcode

    def wait(self, seconds: float) -> int:
        """Wait for its end; the exit code. Raises TimeoutExpired."""
        self._process.join(seconds)
        if (code := self._process.exitcode) is None:
            raise subprocess.TimeoutExpired("bot", seconds)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)


def _live(command: list[str], environment: dict[str, str], log: Path) -> None:
    from tests.telegram import warm  # there already, where this is carried out

    warm.live(command, environment, log)


class Bot:
    """One bot: its token, its database, and the process that runs it, if it runs."""

    def __init__(
        self, server: Server, folder: Path, command: list[str], *, cold: bool = True, **settings: str
    ) -> None:
        """`cold`: started as a program of its own, which takes seconds, and not forked."""
        self.server = server
        self._cold = cold
        self.token = f"{next(_ids)}{secrets.randbelow(10**8):08}:{secrets.token_hex(18)}"
        self.log = folder / "bot.log"
        self._command = command
        self._process: subprocess.Popen[bytes] | Forked | None = None
        self._settled: list[Json] = []
        self.settings = {
            "TELEGRAM_TOKEN": self.token,
            "DATABASE": str(folder / "bot.db"),
            "API_BASE_URL": f"http://127.0.0.1:{server.port}",
            "OWNER_IDS": "",
            "WEBHOOK_URL": "",
            "WEBHOOK_SECRET": "",
            "QUESTIONS_PER_MINUTE": "0",
            "SENDS_PER_SECOND": "0",  # one person asks more at once here than anybody types
            "TODAY": "2026-11-23",
            "CHECK_LINKS": "false",
            "PYTHONWARNINGS": "error",
            **settings,
        }

    def start(self) -> Bot:
        """Start the process; what it is sent meanwhile waits at the server."""
        environment = {**os.environ, **self.settings}
        if not self._cold:
            self._process = Forked(self._command, environment, self.log)
            return self
        with self.log.open("a") as log:
            command = [sys.executable, *self._command]
            self._process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        return self

    def kill(self) -> None:
        """As a power cut would."""
        assert self._process
        self._process.kill()
        self._process.wait(10)

    def restart(self) -> None:
        """A power cut at a moment when everything that was said has its answer, and the start after it."""
        until(self._through, wanted="an answer to everything")
        self.kill()
        self.start()

    def _through(self) -> bool:
        with closing(sqlite3.connect(self.settings["DATABASE"])) as connection:
            sql = "SELECT count(*) FROM handled_updates WHERE payload IS NOT NULL"
            return bool(connection.execute(sql).fetchone() == (0,))

    def stop(self) -> int:
        """As a supervisor would; the exit code."""
        assert self._process
        self._process.send_signal(signal.SIGTERM)
        return self.exit_code()

    def exit_code(self) -> int:
        """Wait for the process to end by itself."""
        assert self._process
        return self._process.wait(DEADLINE)

    @property
    def running(self) -> bool:
        """Whether the process is alive."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """Of the process that was started last."""
        assert self._process
        return self._process.pid

    def memory(self) -> float:
        """Megabytes that the process holds."""
        assert self._process
        held = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self._process.pid}/status").read_text())
        return int(held[1]) / 1024 if held else 0.0

    def state(self) -> Json:
        """The server's account of this bot."""
        return self.server.call("GET", f"/__peer/outbox?token={self.token}")

    def calls(self, method: str | None = None, chat: int | None = None) -> list[Json]:
        """What the bot asked of the server, in order. Calls that have their outcome are fetched once."""
        after = len(self._settled)
        fresh = self.server.call("GET", f"/__peer/outbox?token={self.token}&after={after}")["calls"]
        open_ = next((n for n, call in enumerate(fresh) if not {"result", "refused"} & set(call)), len(fresh))
        self._settled += fresh[:open_]
        return [
            call
            for call in [*self._settled, *fresh[open_:]]
            if method in (None, call["method"])
            and (chat is None or str(call["fields"].get("chat_id")) == str(chat))
        ]

    def uploads(self) -> dict[str, bytes]:
        """The files that the bot sent, by name; the last one of each."""
        files = self.server.call("GET", f"/__peer/uploads?token={self.token}")["files"]
        return {file["name"]: base64.b64decode(file["data"]) for file in files}

    def deliver(self, **update: Any) -> None:
        """Make something happen to the bot."""
        self.server.call("POST", "/__fixture/updates", {"token": self.token, "update": update})

    def deliver_again(self, update: Json) -> None:
        """Deliver an update under an id of its own, seen before or not."""
        self.server.call("POST", "/__peer/again", {"token": self.token, "update": update})

    def faults(self, *faults: Json) -> None:
        """Replace the server's list of faults for this bot, and let go what an earlier fault holds."""
        self.server.call("POST", "/__peer/faults", {"token": self.token, "faults": list(faults)})


class Person:
    """Somebody in a chat with the bot: a private one, or a group when `group` is true."""

    def __init__(self, bot: Bot, *, group: bool = False) -> None:
        self.bot = bot
        self.user = 1000 + next(_ids)
        self.chat = -(5000 + next(_ids)) if group else self.user
        self._group = group
        self._seen = 0

    def message(self, text: str | None = None, *, age: float = 0, id_: int = 0, **more: Any) -> Json:
        """A message as Telegram describes it, its commands marked."""
        chat: Json = {"id": self.chat, "type": "private", "first_name": "Lan"}
        if self._group:
            chat = {"id": self.chat, "type": "supergroup", "title": "Khuyến công"}
        message: Json = {
            "message_id": id_ or 100_000 + next(_ids),
            "date": int(time.time() - age),
            "chat": chat,
            "from": {"id": self.user, "is_bot": False, "first_name": "Lan"},
            **more,
        }
        if text is not None:
            message["text"] = text
            if command := re.match(r"/[a-z0-9_]+(@\w+)?", text):
                entity = {"type": "bot_command", "offset": 0, "length": command.end()}
                message["entities"] = [entity]
        return message

    def say(self, text: str, **more: Any) -> int:
        """Type a message; its id."""
        message = self.message(text, **more)
        self.bot.deliver(message=message)
        return int(message["message_id"])

    def document(self, name: str, data: bytes) -> Json:
        """A file at the server, as a message describes it."""
        file_id = f"sent-{next(_ids)}"
        encoded = base64.b64encode(data).decode()
        self.bot.server.call(
            "POST", "/__peer/file", {"token": self.bot.token, "file_id": file_id, "data": encoded}
        )
        unique = f"{file_id}-unique"
        return {"file_id": file_id, "file_unique_id": unique, "file_name": name, "file_size": len(data)}

    def send_file(self, name: str, data: bytes, caption: str = "") -> int:
        """Send a file; the message's id."""
        more: Json = {"caption": caption} if caption else {}
        message = self.message(document=self.document(name, data), **more)
        self.bot.deliver(message=message)
        return int(message["message_id"])

    def edit(self, id_: int, text: str) -> None:
        """Change a message sent before."""
        edited = self.message(text, id_=id_, edit_date=int(time.time()))
        self.bot.deliver(edited_message=edited)

    def tap(self, data: str, message: int) -> None:
        """Tap a button under one of the bot's messages."""
        bot = {"id": 7, "is_bot": True, "first_name": "Bot"}
        under = {**self.message("…", id_=message), "from": bot}
        sender = {"id": self.user, "is_bot": False, "first_name": "Lan"}
        query = {"id": str(next(_ids)), "from": sender, "message": under, "chat_instance": "1", "data": data}
        self.bot.deliver(callback_query=query)

    def calls(self) -> list[Json]:
        """Every message that the bot sent, edited or deleted in this chat and the server accepted."""
        calls = self.bot.calls(chat=self.chat)
        return [call for call in calls if "result" in call and call["method"] != "sendChatAction"]

    def next(self, count: int = 1) -> list[Json]:
        """The next `count` calls in this chat."""
        until(lambda: len(self.calls()) >= self._seen + count, wanted=f"{count} more calls in {self.chat}")
        found = self.calls()[self._seen :][:count]
        self._seen += count
        return found

    def answer(self) -> Json:
        """The next message to this chat, which must be a new one."""
        (call,) = self.next()
        assert call["method"] == "sendMessage", call
        return call

    def long_answer(self) -> list[Json]:
        """The next calls in this chat, up to the one with the buttons."""
        calls = self.next()
        while not buttons_of(calls[-1]):
            calls += self.next()
        return calls

    def ask(self, text: str, **more: Any) -> str:
        """Type a question; the text of its answer."""
        self.say(text, **more)
        return text_of(self.answer())

    def nothing_more(self) -> None:
        """The bot is through with everything said here, and has sent nothing that was not looked at."""
        self.say("/hoi")  # answered in turn, with one known message
        assert text_of(self.answer()) == notice("group_help" if self._group else "empty"), self.calls()[-2:]


def text_of(call: Json) -> str:
    """The text as sent."""
    return str(call["fields"]["text"])


def id_of(call: Json) -> int:
    """The id of the message that a call sent or edited."""
    return int(call["result"]["message_id"])


def buttons_of(call: Json) -> dict[str, str]:
    """Label → data of the buttons under a message that send something back."""
    return {button["text"]: button["callback_data"] for button in keys_of(call) if "callback_data" in button}


def copied_by(call: Json) -> dict[str, str]:
    """Label → what it copies, for the buttons that copy."""
    return {button["text"]: button["copy_text"]["text"] for button in keys_of(call) if "copy_text" in button}


def keys_of(call: Json) -> list[Json]:
    """The buttons under a message as they were sent."""
    rows = call["fields"].get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def file_of(person: Person, call: Json) -> bytes:
    """The file that a call sent."""
    return person.bot.server.file(person.bot.token, call["result"]["document"]["file_id"])


@contextmanager
def running(bot: Bot) -> Iterator[Bot]:
    """A bot that runs, and is not left running."""
    bot.start()
    try:
        yield bot
    finally:
        if bot.running:
            bot.kill()
