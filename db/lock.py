"""One running bot for one file: two would not see each other's edits."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # pragma: no cover - a system without such locks
    fcntl = None  # type: ignore[assignment]

from db.errors import DatabaseInUse
from db.private import make_folder


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
