"""The process that bots of tests are forked from: it has imported the program, and read the base that they all begin with.

A forked bot is the same program from its command line on; of its database it reads the tables that are no longer as they
were built, and what no edit has touched it takes over, as after an edit. Bots that start `cold` do neither.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sqlite_utils import Database

import bot
import db.shipping
import db.snapshot
import handlers.current
from db.connection import one_moment, open_read_only
from db.content import CONTENT, read_table
from db.fields import type_of_record
from db.loading import read_content
from db.worker import put_off, spare
from handlers.admin import copying
from knowledge.assistant import Assistant
from knowledge.base import KnowledgeBase
from tests.telegram import run_bot
from tests.telegram.harness import BUILT, ROOT


class Warm:
    """The base that was built, and the assistant over it, in place of what a start makes of the same rows."""

    def __init__(self, built: str) -> None:
        with put_off(stays=True), open_read_only(built) as database:
            self._cells = {name: _cells(database, name) for name in type_of_record}
            self._rows = {name: _records(database, name) for name in type_of_record}
            self._base = _base_of(self._rows)
            self._assistant = Assistant(self._base)
        for module in (db.snapshot, handlers.current):
            vars(module)["load"] = self.load
        shipped = cache(read_content)  # its files stay as they are
        shipped(CONTENT)
        vars(db.shipping)["read_content"] = shipped
        Assistant.__init__ = self._made(Assistant.__init__)  # type: ignore[method-assign]

    def load(self, path: str | Path) -> KnowledgeBase:
        """As `db.snapshot.load`."""
        with open_read_only(path) as database, one_moment(database):
            changed = [name for name in type_of_record if _cells(database, name) != self._cells[name]]
            rows = self._rows | {name: _records(database, name) for name in changed}
        return _base_of(rows) if changed else self._base

    def _made(self, make: Callable[..., None]) -> Callable[..., None]:
        def made(
            assistant: Assistant,
            base: KnowledgeBase,
            clock: Callable[[], date] = date.today,
            former: Assistant | None = None,
        ) -> None:
            if base is self._base:
                vars(assistant).update({**vars(self._assistant), "_clock": clock})
            else:
                make(assistant, base, clock, former or self._assistant)

        return made


def _cells(database: Database, table: str) -> list[tuple[Any, ...]]:
    """The rows of a table as they are stored."""
    return database.execute(f"SELECT rowid, * FROM {table} ORDER BY rowid").fetchall()


def _records(database: Database, table: str) -> list[Any]:
    return [row.record for row in read_table(database, table)]


def _base_of(rows: dict[str, list[Any]]) -> KnowledgeBase:
    return KnowledgeBase(
        levels=rows["support_levels"], **{name: rows[name] for name in rows if name != "support_levels"}
    )


def live(command: list[str], environment: dict[str, str], log: Path) -> None:
    """Carry out the command of a bot in this process, which was forked for it."""
    with log.open("ab", 0) as file:
        for stream in (1, 2):
            os.dup2(file.fileno(), stream)
    os.chdir(ROOT)
    copying.FIRST_SECONDS = int(environment.get("FIRST_COPY", copying.FIRST_SECONDS))
    os.environ.clear()
    os.environ.update(environment)
    if command[0] == "bot.py":
        bot.main(args=command[1:], prog_name="bot.py")
    else:
        run_bot.main()


Warm(os.environ[BUILT])
spare()
