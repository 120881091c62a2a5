"""Whether the file is still the one that was there before: a first start is told from a lost file.

The database carries a random identity, and a marker beside it (`<database>.id`) repeats it. A marker without its database
means that the file was deleted, emptied or replaced; then nothing is built anew on its own.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from sqlite_utils import Database

from db.errors import DatabaseLost
from db.private import write_private

_SQL = "SELECT value FROM meta WHERE key = 'identity'"


def marker_of(path: str | Path) -> Path:
    """The file beside the database that says that there was one."""
    file = Path(path)
    return file.with_name(f"{file.name}.id")


def refuse_lost(path: str | Path) -> None:
    """Raise `DatabaseLost` where a marker is beside a database that is gone, empty, or another one."""
    marker = marker_of(path)
    try:
        before = marker.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return
    file = Path(path)
    if not file.is_file():
        raise DatabaseLost(path, marker, "tệp không còn ở đó")
    found = _identity(file)
    if found is None:
        raise DatabaseLost(path, marker, "tệp trống hoặc không phải kho tri thức")
    if found != before:
        raise DatabaseLost(path, marker, "tệp đã bị thay bằng một kho khác")


def _identity(file: Path) -> str | None:
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            row = connection.execute(_SQL).fetchone()
    except sqlite3.Error:
        return None
    return str(row[0]) if row else None


def mark(db: Database, path: str | Path) -> None:
    """Give the database an identity if it has none, and write its marker. Not inside a transaction."""
    row = db.execute(_SQL).fetchone()
    identity = row[0] if row else secrets.token_hex(16)
    if not row:
        db.table("meta").upsert({"key": "identity", "value": identity}, pk="key")
    marker = marker_of(path)
    with suppress(OSError):
        if not marker.is_file() or marker.read_text(encoding="ascii", errors="replace").strip() != identity:
            write_private(marker, f"{identity}\n")


def forget(path: str | Path) -> None:
    """Take the marker away: whatever is put at the path next is the database."""
    with suppress(OSError):
        marker_of(path).unlink()


def still_there(path: str | Path) -> Callable[[], bool]:
    """A look at the open file, for later: False once it was deleted, replaced or truncated."""
    file = Path(path).absolute()
    first = file.stat()
    size = first.st_size

    def look() -> bool:
        nonlocal size
        try:
            now = file.stat()
        except OSError:
            return False
        if (now.st_dev, now.st_ino) != (first.st_dev, first.st_ino) or now.st_size < size:
            return False
        size = now.st_size
        return True

    return look
