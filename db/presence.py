"""The file itself: for its owner only, held by one running bot, and still the one that was there before.

The database carries a random identity, and a marker beside it (`<database>.id`) repeats it. A marker without its database
means that the file was deleted, emptied or replaced; then nothing is built anew on its own.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # pragma: no cover - a system without such locks
    fcntl = None  # type: ignore[assignment]

from sqlite_utils import Database

from db.errors import DatabaseInUse, DatabaseLost, FolderRefused


def make_folder(folder: Path) -> None:
    """Make a folder with those above it. Raises `FolderRefused` where that is not possible."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderRefused(folder, error.strerror or type(error).__name__) from error


def write_private(file: Path, text: str) -> None:
    """Write a file as UTF-8, whatever stood there; one that is new may be read by its owner only."""
    with os.fdopen(os.open(file, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as out:
        out.write(text.encode())


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


@contextmanager
def only_one(path: str | Path) -> Iterator[None]:
    """Hold the database at `path` for this process; the lock goes with it, however it ends. Raises `DatabaseInUse`."""
    file = Path(path)
    make_folder(file.parent)
    held = os.open(file.with_name(f"{file.name}.lock"), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        if fcntl is not None:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise DatabaseInUse(path) from error
        yield
    finally:
        os.close(held)
