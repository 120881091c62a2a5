"""One server for the whole suite; one bot by polling and one by webhook for all tests that need no bot of their own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.telegram.harness import BUILT, SECRET, Bot, Person, Server, free_port, running
from tests.telegram.html import visible

SCRIPTED = ["-m", "tests.telegram.run_bot"]
REAL = ["bot.py", "run"]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The Bot API server."""
    server = Server(tmp_path_factory.mktemp("server") / "server.log")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def new_bot(
    server: Server, built: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Bot]]:
    """Make bots that are not started yet, each with a built base. At the end everything that they ever sent is checked."""
    bots: list[Bot] = []

    os.environ[BUILT] = str(built)

    def make(command: list[str] = SCRIPTED, *, cold: bool = False, **settings: str) -> Bot:
        bot = Bot(server, tmp_path_factory.mktemp("bot"), command, cold=cold, **settings)
        shutil.copy(built, bot.settings["DATABASE"])
        bots.append(bot)
        return bot

    yield make
    for bot in bots:
        if bot.running:
            bot.kill()
        check_everything_sent(bot)


@pytest.fixture(scope="session")
def polling_bot(new_bot: Callable[..., Bot]) -> Iterator[Bot]:
    """A bot that asks for its updates; its assistant knows a few words besides."""
    with running(new_bot()) as bot:
        yield bot


@pytest.fixture(scope="session")
def webhook_bot(new_bot: Callable[..., Bot]) -> Iterator[Bot]:
    """The real program, called with its updates."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/hook"
    with running(
        new_bot(REAL, cold=True, WEBHOOK_URL=url, WEBHOOK_SECRET=SECRET, LISTEN="127.0.0.1", PORT=str(port))
    ) as bot:
        yield bot


@pytest.fixture
def person(polling_bot: Bot) -> Person:
    """Somebody new in a private chat."""
    return Person(polling_bot)


@pytest.fixture
def group(polling_bot: Bot) -> Person:
    """Somebody new in a new group."""
    return Person(polling_bot, group=True)


def check_everything_sent(bot: Bot) -> None:
    """No text that Telegram would refuse, no button too long, no link preview, no token in the log."""
    for call in bot.calls():
        assert "refused" not in call, call
        fields = call["fields"]
        if call["method"] in ("sendMessage", "editMessageText"):
            assert fields["link_preview_options"] == {"is_disabled": True}, call
            if fields.get("parse_mode") == "HTML":
                visible(fields["text"])
            for row in fields.get("reply_markup", {}).get("inline_keyboard", []):
                assert 1 <= len(row) <= 2, call
                for button in row:
                    assert 1 <= len(button.get("callback_data", "x").encode()) <= 64, call
                    assert 1 <= len(button.get("copy_text", {"text": "x"})["text"]) <= 256, call
    log: str = Path(bot.log).read_text()
    assert bot.token not in log
    assert bot.token.partition(":")[2] not in log
    for word in ("Warning:", "never awaited", "never retrieved"):
        assert word not in log, log
