"""The process that bots of tests are forked from: it has imported the program, and read the base that they all begin with.

A forked bot is the same program from its command line on; where its database is no longer the built one, it reads that.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import bot
import db.snapshot
from db.connection import open_read_only
from db.fields import type_of_record
from db.worker import put_off, spare
from handlers.admin import copying
from knowledge.assistant import Assistant
from knowledge.base import KnowledgeBase
from tests.telegram import run_bot
from tests.telegram.harness import BUILT, ROOT


class Warm:
    """The base that was built, and the assistant over it, in place of what a start makes of the same rows."""

    def __init__(self, built: str) -> None:
        self._built = built
        self._load, self._make = db.snapshot.load, Assistant.__init__
        with put_off(stays=True):
            self._base = self._load(built)
            self._assistant = Assistant(self._base)
        db.snapshot.load = self.load
        Assistant.__init__ = self._made(self._make)  # type: ignore[method-assign]

    def load(self, path: str | Path) -> KnowledgeBase:
        """As `db.snapshot.load`."""
        return self._base if self._same(path) else self._load(path)

    def _same(self, path: str | Path) -> bool:
        with open_read_only(path) as database:
            database.attach("built", self._built)
            pairs = [(f"main.{name}", f"built.{name}") for name in type_of_record]
            differing = (
                f"SELECT rowid, * FROM {one} EXCEPT SELECT rowid, * FROM {other} LIMIT 1"
                for pair in pairs
                for one, other in (pair, pair[::-1])
            )
            return not any(database.execute(sql).fetchone() for sql in differing)

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
                make(assistant, base, clock, former)

        return made


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
