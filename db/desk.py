"""Where editors' work is carried out: one thread with its own connection, so that neither an answer nor the event loop waits.

What is done at the desk are the functions of `db.edits`, `db.drafts`, `db.roles`, `db.gaps` and `db.usage`, which take
an open database first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlite_utils import Database

from db.activity_steps import activity_steps
from db.backup import restore
from db.connection import open_database
from db.errors import StoreBusy
from db.migrations import migrate
from db.worker import Worker, put_off

P = ParamSpec("P")
R = TypeVar("R")


class Desk:
    """The thread, and the way to it."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._thread = Worker("desk")
        self._aside = Worker("aside")
        try:
            self._db = self._thread.at_once(lambda: _open(path))
        except BaseException:
            self._thread.close()
            self._aside.close()
            raise

    async def run(self, work: Callable[Concatenate[Database, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Carry out `work` on the open database, after what was asked for before; what it raises is raised here.

        Waits while another process writes; raises `StoreBusy` where that takes too long.
        """
        try:
            return await self._thread.run(lambda: work(self._db, *args, **kwargs))
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise StoreBusy from error
            raise

    async def restore(self, file: Path, mark: str) -> Path | None:
        """`db.backup.restore` into this database, while nothing else is done at the desk or aside."""

        def alone() -> Path | None:
            return self._thread.at_once(lambda: restore(file, self.path, mark=mark))

        return await self._aside.run(alone)

    def at_once(self, work: Callable[Concatenate[Database, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The same before the event loop runs: the caller waits."""
        return self._thread.at_once(lambda: work(self._db, *args, **kwargs))

    async def aside(
        self, work: Callable[Concatenate[Database, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Carry out `work` that may take long on a connection and in a thread of its own, so that the desk stays free."""

        def carry() -> R:
            with put_off(), open_database(self.path) as db:
                return work(db, *args, **kwargs)

        return await self._aside.run(carry)

    def close(self) -> None:
        """Finish what was begun and close the file; a second call does nothing."""
        with suppress(RuntimeError):
            self._thread.at_once(self._db.close)
        self._thread.close()
        self._aside.close()


def _open(path: str | Path) -> Database:
    db = open_database(path)
    try:
        migrate(db)
        migrate(db, activity_steps)
        return db
    except BaseException:
        db.close()
        raise
