"""Where editors' work is carried out: one thread with its own connection, so that neither an answer nor the event loop waits.

What is done at the desk are the functions of `db.edits`, `db.drafts`, `db.roles`, `db.gaps` and `db.usage`, which take
an open database first.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from sqlite_utils import Database

from db.activity_rows import activity_steps
from db.backup import restore
from db.connection import open_database
from db.errors import StoreBusy
from db.migrations import migrate

P = ParamSpec("P")
R = TypeVar("R")


class Desk:
    """The thread, and the way to it."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")
        self._aside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="aside")
        try:
            self._db = self._thread.submit(_open, path).result()
        except BaseException:
            self._thread.shutdown()
            raise

    async def run(self, work: Callable[Concatenate[Database, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Carry out `work` on the open database, after what was asked for before; what it raises is raised here.

        Waits while another process writes; raises `StoreBusy` where that takes too long.
        """
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._thread, lambda: work(self._db, *args, **kwargs))
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise StoreBusy from error
            raise

    async def restore(self, file: Path, mark: str) -> Path | None:
        """`db.backup.restore` into this database, while nothing else is done at the desk or aside."""

        def alone() -> Path | None:
            return self._thread.submit(lambda: restore(file, self.path, mark=mark)).result()

        return await asyncio.get_running_loop().run_in_executor(self._aside, alone)

    def at_once(self, work: Callable[Concatenate[Database, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The same before the event loop runs: the caller waits."""
        return self._thread.submit(lambda: work(self._db, *args, **kwargs)).result()

    async def aside(
        self, work: Callable[Concatenate[Database, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Carry out `work` that may take long on a connection and in a thread of its own, so that the desk stays free."""

        def carry() -> R:
            with open_database(self.path) as db:
                return work(db, *args, **kwargs)

        return await asyncio.get_running_loop().run_in_executor(self._aside, carry)

    def close(self) -> None:
        """Finish what was begun and close the file; a second call does nothing."""
        try:
            self._thread.submit(self._db.close).result()
        except RuntimeError:
            return
        self._thread.shutdown()
        self._aside.shutdown()


def _open(path: str | Path) -> Database:
    db = open_database(path)
    try:
        migrate(db)
        migrate(db, activity_steps)
        return db
    except BaseException:
        db.close()
        raise
