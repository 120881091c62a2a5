"""A consistent copy while the bot is running, the check of such a file, and the way back."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from db.connection import open_database, open_read_only
from db.errors import BackupError, SchemaError
from db.fields import type_of_record
from db.migrations import knowledge, refuse_newer


def backup(path: str | Path, file: Path) -> str:
    """Copy the database to `file` (replaced only once the copy is whole and sound); returns `describe(file)`.

    Others may read and write meanwhile. Raises `DatabaseMissing` or `BackupError`.
    """
    with open_read_only(path) as db:
        return _copy(db.conn, file)


def _copy(source: sqlite3.Connection, file: Path) -> str:
    unfinished = file.with_name(f"{file.name}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        with closing(sqlite3.connect(unfinished)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
        told = describe(unfinished)
        unfinished.replace(file)
    except (OSError, sqlite3.Error) as error:
        raise BackupError(
            f"Không sao lưu được ra {file}: {error}. Kiểm tra chỗ trống và quyền ghi."
        ) from error
    finally:
        with suppress(OSError):
            unfinished.unlink()
    return told


def describe(file: Path) -> str:
    """Check a backup (integrity, references, schema) and say what it holds. Raises `BackupError` if it is unsound."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            db = Database(connection)
            sound = [row[0] for row in db.execute("PRAGMA integrity_check")] == ["ok"]
            if not sound or db.execute("PRAGMA foreign_key_check").fetchone():
                raise BackupError(f"{file} bị hỏng, không dùng được. Hãy chọn bản sao lưu khác.")
            if not knowledge.applied(db):
                raise BackupError(f"{file} không phải cơ sở dữ liệu của chương trình này.")
            refuse_newer(db, knowledge)
            counts = {table: db.table(table).count for table in type_of_record}
    except SchemaError as error:
        raise BackupError(str(error)) from error
    except (OSError, sqlite3.Error) as error:
        raise BackupError(
            f"{file} không đọc được như một cơ sở dữ liệu ({error}). Hãy chọn bản khác."
        ) from error
    return (
        f"{counts['figures']} số liệu, {counts['entries']} mục hỏi đáp, {counts['documents']} văn bản,"
        f" {counts['support_levels']} mức hỗ trợ"
    )


def restore(file: Path, path: str | Path, *, now: datetime | None = None) -> Path | None:
    """Put a checked backup in place of the database; the present one is kept beside it, and its path returned.

    The content is copied into the existing file under SQLite's locks, so processes that have it open see the restored
    data, whole, with their next query. Raises `BackupError`; the database then stays as it was.
    """
    describe(file)
    base = Path(path)
    kept = None
    if base.exists():
        stamp = (now or datetime.now()).strftime("%Y%m%d-%H%M%S")
        kept = base.with_name(f"{base.stem}.truoc-khoi-phuc-{stamp}{base.suffix}")
        try:
            backup(base, kept)
        except BackupError:  # the present file is damaged: put it aside as it is
            base.rename(kept)
            for log in (f"{base.name}-wal", f"{base.name}-shm"):
                base.with_name(log).unlink(missing_ok=True)
    try:
        with open_read_only(file) as source, open_database(base) as target:
            source.conn.backup(target.conn)
            target.execute("PRAGMA journal_mode = WAL")
    except sqlite3.Error as error:
        raise BackupError(f"Không khôi phục được: {error}. Hãy dừng bot rồi thử lại.") from error
    return kept
