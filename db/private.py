"""Files and folders for their owner only: what is stored and sent may name people."""

from __future__ import annotations

import os
from pathlib import Path

from db.errors import FolderRefused


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
