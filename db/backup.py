"""A consistent copy while the bot is running, the check of such a file, and the way back.

A backup is of the knowledge and its history. What is known of people stays on the machine: it is neither in a copy (but
for one that is asked to be full) nor touched when a copy is put back. A second machine goes on from a replica, not from
a backup. Of the copies made daily the last 7 days on which there is one, the latest copy of each of the last 4 weeks, and
the latest of each of the last 6 months stay; a file that does not carry such a name is never touched.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlite_utils import Database

from db import presence
from db.checks import check
from db.connection import open_database, open_read_only, transaction
from db.content import export_files, read_meta, read_rows, set_meta
from db.errors import COPIES, BackupError, SchemaError, StoreError
from db.exchange import plan_replacement
from db.fields import type_of_record
from db.files import Content
from db.kept import HISTORY, NOBODY, personal_tables, strip
from db.migrations import knowledge, migrate, refuse_newer
from db.presence import make_folder


@dataclass(frozen=True, slots=True)
class Examined:
    """What a backup holds beside the present base. Pairs are (now, in the file).

    `changes`: table → how many rows restoring adds, changes and removes, where any. `failures`: what `kb check` finds in the file; a base that was
    edited in place may have some.
    """

    told: str
    changes: dict[str, tuple[int, int, int]]
    history: tuple[int, int]
    failures: tuple[str, ...]


def backup(path: str | Path, file: Path, *, full: bool = False) -> str:
    """Copy the database to `file` (replaced only once the copy is whole and sound); returns `describe(file)`.

    Without `full` nothing in it says anything about a person. Others may read and write meanwhile. Raises
    `DatabaseMissing` or `BackupError`.
    """
    with open_read_only(path) as db:
        return _copy(db.conn, file, full)


def _copy(source: sqlite3.Connection, file: Path, full: bool) -> str:
    unfinished = file.with_name(f"{file.name}.part")
    try:
        make_folder(file.parent)
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600)
        with closing(sqlite3.connect(unfinished)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
            if not full:
                strip(Database(target, execute_plugins=False))
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
            db = Database(connection, execute_plugins=False)
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


def examine(file: Path, path: str | Path) -> Examined:
    """Check a backup as `restore` does, read its content as strictly as files are read, and compare it with the base.

    Writes nothing. Raises `BackupError` where the file must not be restored.
    """
    told = describe(file)
    with _prepared(file) as (copy, rows), open_read_only(copy) as db, TemporaryDirectory() as folder:
        export_files(rows, Path(folder))
        report = check(Path(folder), listing=False)
        if report.failures and not report.counts:
            first = "; ".join(str(problem) for problem in report.failures[:3])
            raise BackupError(f"Nội dung trong tệp không đọc được: {first}. Hãy chọn bản sao lưu khác.")
        then = _count(db, "changes")
        present: Content = dict.fromkeys(type_of_record, ())
        now = 0
        with suppress(StoreError, sqlite3.Error), open_read_only(path) as base:
            present, now = read_rows(base), _count(base, "changes")
    failures = tuple(str(problem) for problem in report.failures)
    plan = plan_replacement(present, rows, file.name)
    added, changed = (Counter(one.table for one in steps) for steps in (plan.added, plan.changed))
    removed = Counter(table for table, _ in plan.removed)
    counts = {table: (added[table], changed[table], removed[table]) for table in type_of_record}
    changes = {table: count for table, count in counts.items() if any(count)}
    return Examined(told, changes, (now, then), failures)


def _count(db: Database, table: str) -> int:
    return db.table(table).count if db.table(table).exists() else 0


@contextmanager
def _prepared(file: Path) -> Iterator[tuple[Path, Content]]:
    """A copy of a sound backup with the tables as this version has them, and its rows. Raises `BackupError`."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.db"
        try:
            shutil.copyfile(file, copy)
            with open_database(copy) as db:
                sql = "SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view')"
                if found := db.execute(sql).fetchone():
                    raise BackupError(f"{file} chứa mã lạ ({found[0]}), không dùng được. Hãy chọn bản khác.")
                migrate(db)
                rows = read_rows(db)
        except StoreError as error:
            raise BackupError(str(error)) from error
        except (OSError, sqlite3.Error, ValueError, TypeError, KeyError) as error:
            raise BackupError(f"{file} không đọc được ({error}). Hãy chọn bản sao lưu khác.") from error
        yield copy, rows


def restore(file: Path, path: str | Path, *, now: datetime | None = None, mark: str = "") -> Path | None:
    """Put the knowledge of a checked backup in place; the present one is kept beside it, and its path returned.

    One transaction: processes that have the database open see the restored knowledge, whole, with their next query, and
    what is kept of conversations stays. Only where there is no sound database everything that the backup holds becomes
    the new one. `mark` is left in `meta` as `restored`. Raises `BackupError`; the database then stays as it was.
    """
    describe(file)
    base = Path(path)
    with _prepared(file) as (copy, _):
        kept = _put_aside(base, now or datetime.now()) if base.exists() else None
        try:
            if not base.exists():
                presence.forget(base)
                with open_read_only(copy) as source, open_database(base) as target:
                    source.conn.backup(target.conn)
                    target.execute("PRAGMA journal_mode = WAL")
                    presence.mark(target, base)
                return kept
            with open_database(base) as target:
                migrate(target)
                _take_over(target, copy, mark)
                presence.mark(target, base)
        except sqlite3.Error as error:
            raise BackupError(f"Không khôi phục được: {error}. Hãy dừng bot rồi thử lại.") from error
    return kept


def _put_aside(base: Path, now: datetime) -> Path:
    kept = base.with_name(f"{base.stem}.truoc-khoi-phuc-{now.strftime('%Y%m%d-%H%M%S')}{base.suffix}")
    try:
        backup(base, kept)
    except BackupError:  # the present file is damaged: put it aside as it is
        base.rename(kept)
        for log in (f"{base.name}-wal", f"{base.name}-shm"):
            base.with_name(log).unlink(missing_ok=True)
    return kept


def _take_over(db: Database, copy: Path, mark: str) -> None:
    """Make every table of the knowledge what it is in the copy; a change without an author keeps the one it has here."""
    db.execute("ATTACH DATABASE ? AS copy", [str(copy)])
    identity = read_meta(db).get("identity")
    with transaction(db):
        db.execute("PRAGMA defer_foreign_keys = ON")
        authors = db.execute(f"SELECT who, id, at FROM main.[{HISTORY}]").fetchall()
        mine = set(db.table_names())
        aside = {*personal_tables(), "sqlite_sequence", "_sqlite_migrations"}
        for (table,) in db.execute("SELECT name FROM copy.sqlite_master WHERE type = 'table'").fetchall():
            if table in mine - aside:
                columns = ", ".join(f'"{column.name}"' for column in db.table(table).columns)
                db.execute(f"DELETE FROM main.[{table}]")
                db.execute(f"INSERT INTO main.[{table}] ({columns}) SELECT {columns} FROM copy.[{table}]")
        sql = f"UPDATE main.[{HISTORY}] SET who = ? WHERE id = ? AND at = ? AND who = {NOBODY}"
        for author in authors:
            db.execute(sql, author)
        set_meta(db, restored=mark, **({"identity": identity} if identity else {}))
    db.execute("DETACH DATABASE copy")


DAYS, WEEKS, MONTHS = 7, 4, 6

_NAME = re.compile(r".+-(\d{4}-\d\d-\d\d)\.db")


def kept(days: Iterable[date]) -> set[date]:
    """The days whose copies are kept."""
    latest = sorted(set(days), reverse=True)
    rules: list[tuple[Callable[[date], Hashable], int]] = [
        (lambda day: day, DAYS),
        (lambda day: day.isocalendar()[:2], WEEKS),
        (lambda day: (day.year, day.month), MONTHS),
    ]
    found: set[date] = set()
    for part_of, most in rules:
        first: dict[Hashable, date] = {}
        for day in latest:
            first.setdefault(part_of(day), day)
        found.update(list(first.values())[:most])
    return found


def copies(folder: Path) -> dict[date, Path]:
    """The copies of a folder by their day."""
    found: dict[date, Path] = {}
    for file in folder.glob("*.db"):
        name = _NAME.fullmatch(file.name)
        try:
            found[date.fromisoformat(name[1] if name else "")] = file
        except ValueError:
            continue
    return found


def daily_copy(path: Path, today: date) -> Path | None:
    """Make the copy of the day where there is none or an unsound one, and delete what the rule does not keep.

    None when there was one. A copy is in its place only once it is whole and sound; older ones are deleted only after
    that. Raises `BackupError` or `DatabaseMissing`; nothing is deleted then.
    """
    folder = path.parent / COPIES
    file = folder / f"{path.stem}-{today.isoformat()}.db"
    if file.exists() and _sound(file):
        return None
    backup(path, file)
    found = copies(folder)
    keep = kept(day for day in found if day <= today)
    for day, old in found.items():
        if day <= today and day not in keep:
            old.unlink(missing_ok=True)
    return file


def _sound(file: Path) -> bool:
    try:
        describe(file)
    except BackupError:
        return False
    return True
