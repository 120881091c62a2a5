"""The database file is held by somebody else: questions are answered from memory, edits wait or say so."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from threading import Thread

import pytest

from db import desk
from db.connection import BUSY_TIMEOUT, open_database
from db.desk import Desk
from db.errors import StoreBusy
from db.roles import add_editor, editors, role_given
from handlers.receiving import SECRET_HEADER
from tests.telegram.conftest import REAL
from tests.telegram.harness import SECRET, Bot, Json, Person, buttons_of, request, running, text_of, until
from tests.telegram.storm import webhook_settings
from tests.telegram.test_conversation import QUESTION

pytestmark = pytest.mark.alone

NewBot = Callable[..., Bot]
FIGURE = "/them_so_lieu KCĐP kế hoạch 2020 phía Nam 71 tỷ | nguồn: bai-hn-2024"


@contextmanager
def held(path: str | Path) -> Iterator[None]:
    """Nobody else can write to the file."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def unfinished(bot: Bot) -> list[int]:
    """Ids of updates that are not settled."""
    with closing(sqlite3.connect(bot.settings["DATABASE"])) as db:
        rows = db.execute("SELECT id FROM handled_updates WHERE payload IS NOT NULL").fetchall()
    return [id_ for (id_,) in rows]


def deliver(bot: Bot, update: Json) -> None:
    """As Telegram does, which need not wait for one acknowledgement before the next call."""
    if bot.settings["WEBHOOK_URL"]:
        where, secret = (int(bot.settings["PORT"]), "POST", "/hook", update), {SECRET_HEADER: SECRET}
        Thread(target=request, args=where, kwargs=secret, daemon=True).start()
    else:
        bot.deliver_again(update)


@pytest.mark.parametrize("how", [webhook_settings, dict])
def test_questions_are_answered_while_the_file_is_held(
    new_bot: NewBot, how: Callable[[], dict[str, str]]
) -> None:
    bot = new_bot(REAL, **how())
    first, second = Person(bot), Person(bot)
    with running(bot):
        first.ask("/riengtu")
        update = {"update_id": 10**6, "message": first.message(QUESTION)}
        other = {"update_id": 10**5, "message": second.message("/riengtu")}
        with held(bot.settings["DATABASE"]):
            started = time.monotonic()
            for one in (other, update):
                deliver(bot, one)
            assert "176,4" in text_of(first.answer())
            second.answer()
            assert time.monotonic() - started < BUSY_TIMEOUT / 2
        until(lambda: not unfinished(bot), wanted="everything settled")
        bot.deliver_again(update)
        first.nothing_more()
        second.nothing_more()
        assert "176,4" in first.ask(QUESTION)


def test_a_chat_goes_on_while_its_last_update_cannot_be_settled(new_bot: NewBot) -> None:
    bot = new_bot(REAL)
    person = Person(bot)
    with running(bot):
        person.ask("/riengtu")
        with held(bot.settings["DATABASE"]):
            started = time.monotonic()
            person.ask("/riengtu")
            assert "176,4" in person.ask(QUESTION)
            assert time.monotonic() - started < BUSY_TIMEOUT / 2
        until(lambda: not unfinished(bot), wanted="everything settled")


def test_an_edit_waits_for_the_file(new_bot: NewBot) -> None:
    bot = new_bot(REAL)
    owner, person = Person(bot), Person(bot)
    bot.settings["OWNER_IDS"] = str(owner.user)
    with running(bot):
        owner.ask("/riengtu")
        with held(bot.settings["DATABASE"]):
            owner.say(FIGURE)
            assert "176,4" in person.ask(QUESTION)
            assert len(owner.calls()) == 1, "nothing is offered before it is stored"
        assert buttons_of(owner.answer())


def test_an_edit_that_waits_too_long_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "open_database", partial(open_database, busy_timeout=0.05))
    with closing(Desk(tmp_path / "held.db")) as opened:
        with held(tmp_path / "held.db"):
            with pytest.raises(StoreBusy, match="Hãy thử lại"):
                asyncio.run(opened.run(add_editor, 5, 1))
            assert asyncio.run(opened.run(role_given, 5)) is None, "what is only read does not wait"
        assert asyncio.run(opened.run(editors)) == []
        assert asyncio.run(opened.run(add_editor, 5, 1))
