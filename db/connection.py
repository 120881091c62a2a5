"""Opening the database, and the one way to write to it.

A connection belongs to the thread that opened it. Readers never wait for the writer (WAL); writers wait for each other
up to `BUSY_TIMEOUT` because every write starts with BEGIN IMMEDIATE. (`Database.atomic()` alone issues a deferred BEGIN:
a transaction that reads and then writes fails at once when another process has written in between.)
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from db.errors import DatabaseMissing

BUSY_TIMEOUT = 10.0  # seconds
CHECKPOINT_PAGES = 4_000
"""Of the write-ahead log, 16 MB, before they go to the file: by default one answer in forty would wait for that."""


def open_database(path: str | Path, *, busy_timeout: float = BUSY_TIMEOUT) -> Database:
    """Open the file, or create it with its folder: WAL, foreign keys on, synchronous NORMAL.

    The caller closes it (`with open_database(...) as db` does).
    """
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(file, timeout=busy_timeout)
    try:
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
        connection.execute("PRAGMA foreign_keys = ON")
        return Database(connection, execute_plugins=False)
    except BaseException:
        connection.close()
        raise


def open_read_only(path: str | Path, *, busy_timeout: float = BUSY_TIMEOUT) -> Database:
    """Open an existing file so that no statement can change it.

    Raises `DatabaseMissing` when there is no such file.
    """
    file = Path(path)
    if not file.is_file():
        raise DatabaseMissing(path)
    connection = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=busy_timeout)
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
    a block is a savepoint of the outer one. Raises `sqlite3.OperationalError` when the lock is not free in time.
    """
    if db.conn.in_transaction:
        with db.atomic():
            yield db
        return
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
