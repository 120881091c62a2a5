"""Whether the file is whole, whether it still takes writes, and what stands in the way when it does not."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Literal

from sqlite_utils import Database

from db.connection import BUSY_TIMEOUT, transaction
from db.errors import DatabaseDamaged

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
