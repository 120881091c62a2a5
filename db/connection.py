"""Opening the database, the one way to write to it, and what stands in the way of that.

A connection belongs to the thread that opened it. Readers never wait for the writer (WAL); writers wait for each other
up to `BUSY_TIMEOUT` because every write starts with BEGIN IMMEDIATE. (`Database.atomic()` alone issues a deferred BEGIN:
a transaction that reads and then writes fails at once when another process has written in between.)
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Literal

from sqlite_utils import Database

from db.errors import DatabaseDamaged, DatabaseGone, DatabaseMissing
from db.presence import make_folder, refuse_lost, still_there

BUSY_TIMEOUT = 10.0  # seconds
CHECKPOINT_PAGES = 4_000
"""Of the write-ahead log, 16 MB, before they go to the file: by default one answer in forty would wait for that."""


class OpenFile(Database):
    """The open file; `still_there` is False once it was deleted, replaced or truncated."""

    def __init__(self, connection: sqlite3.Connection, file: Path) -> None:
        super().__init__(connection, execute_plugins=False)
        self.file = file
        self.still_there = still_there(file)


def open_database(path: str | Path, *, busy_timeout: float = BUSY_TIMEOUT, lasting: bool = True) -> OpenFile:
    """Open the file, or create it with its folder, readable by its owner only: WAL, foreign keys on.

    What is committed is on the disk (synchronous FULL); where not `lasting`, a power cut may take the last moments
    (NORMAL), the file stays whole in either case. The caller closes it (`with open_database(...) as db` does). Raises
    `FolderRefused`, and `DatabaseLost` instead of creating a file where there was one before.
    """
    file = Path(path)
    make_folder(file.parent)
    if not file.exists():
        refuse_lost(file)
        with suppress(OSError):  # SQLite will say what is wrong
            file.touch(mode=0o600)
    connection = sqlite3.connect(file, timeout=busy_timeout)
    try:
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {'FULL' if lasting else 'NORMAL'}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        connection.execute("PRAGMA foreign_keys = ON")
        return OpenFile(connection, file)
    except BaseException:
        connection.close()
        raise


def open_read_only(path: str | Path) -> Database:
    """Open an existing file so that no statement can change it.

    Raises `DatabaseMissing` when there is no such file, `DatabaseLost` when there was one.
    """
    file = Path(path)
    if not file.is_file():
        refuse_lost(file)
        raise DatabaseMissing(path)
    connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_TIMEOUT)
    try:
        connection.execute("PRAGMA query_only = ON")
        return Database(connection, execute_plugins=False)
    except BaseException:
        connection.close()
        raise


@contextmanager
def transaction(db: Database) -> Iterator[Database]:
    """Everything inside is written together, or, on any error, not at all.

    Takes the write lock at the start (BEGIN IMMEDIATE), so what is read inside stays true until the end. A block within
    a block is a savepoint of the outer one. Raises `sqlite3.OperationalError` when the lock is not free in time, and
    `DatabaseGone` when the file at the path is not the open one any more.
    """
    if db.conn.in_transaction:
        with db.atomic():
            yield db
        return
    if isinstance(db, OpenFile) and not db.still_there():
        raise DatabaseGone
    db.execute("BEGIN IMMEDIATE")
    try:
        yield db
    except BaseException:
        db.rollback()
        raise
    try:
        db.commit()
    except BaseException:
        db.rollback()
        raise


@contextmanager
def one_moment(db: Database) -> Iterator[None]:
    """All that is read inside is as it was at one moment. Not inside a transaction."""
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.rollback()


@contextmanager
def lasting(db: Database) -> Iterator[Database]:
    """A transaction that is on the disk when it is through, on a connection whose others need not be."""
    db.execute("PRAGMA synchronous = FULL")
    try:
        with transaction(db):
            yield db
    finally:
        db.execute("PRAGMA synchronous = NORMAL")


Trouble = Literal["full", "read_only", "busy", "failed"]

_TROUBLES: dict[int, Trouble] = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_BUSY: "busy",
}


def refuse_damaged(path: str | Path) -> None:
    """Read the whole file and check its structure; a missing file is none of our business here.

    Raises `DatabaseDamaged`. The file is left as it is in either case.
    """
    file = Path(path)
    if not file.is_file():
        return
    try:
        uri = f"{file.resolve().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=BUSY_TIMEOUT)) as connection:
            found = [str(row[0]) for row in connection.execute("PRAGMA quick_check(3)")]
    except sqlite3.OperationalError:
        return  # locked or not readable at the moment, which is another matter: whoever opens it will tell
    except sqlite3.DatabaseError as error:
        raise DatabaseDamaged(path, str(error)) from error
    if found != ["ok"]:
        raise DatabaseDamaged(path, found[0])


def touch(db: Database) -> None:
    """Write one row, which every writer of this database could do. Raises `sqlite3.Error`."""
    with transaction(db):
        sql = "INSERT OR REPLACE INTO activity_keys (name, value) VALUES ('touched', datetime('now'))"
        db.execute(sql)


def trouble(error: sqlite3.Error) -> Trouble:
    """What kept a write from being made."""
    code = getattr(error, "sqlite_errorcode", 0)
    return _TROUBLES.get(code & 0xFF, "failed")
