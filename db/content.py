"""Records ↔ tables: build the base from files, import, export, and the rows as they stand.

The content tables are always replaced as a whole, in one transaction; tables of other parts of the program are not
touched. `meta` remembers from which files the base was built, and whether it has been changed in place since.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields
from datetime import UTC, datetime
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any, Literal

from sqlite_utils import Database

from db.connection import open_database, refuse_damaged, transaction
from db.fields import type_of_record
from db.files import Content, Row, content_hash, written
from db.loading import read_content
from db.migrations import migrate
from db.presence import forget, make_folder, mark, refuse_lost, write_private

CONTENT = Path(__file__).parent.parent / "knowledge" / "content"
"""The files that the program comes with."""

Outcome = Literal["built", "unchanged", "kept"]


def build(path: str | Path, directory: Path = CONTENT, *, if_missing: bool = False) -> Outcome:
    """Fill the database from the files.

    With `if_missing` nothing happens when the files are those of the last build ("unchanged"), nor when the base was
    changed in place since ("kept": an explicit build replaces it). Raises `ContentError`, or `DatabaseDamaged` and (with
    `if_missing`) `DatabaseLost` before anything is written; the base then stays as it was.
    """
    refuse_damaged(path)
    if if_missing:
        refuse_lost(path)
    else:
        forget(path)
    state = content_hash(directory)
    with open_database(path) as db:
        migrate(db)
        mark(db, path)
        if if_missing and (outcome := _standing(db, state)):
            return outcome
        content = read_content(directory)
        with transaction(db):
            if if_missing and (outcome := _standing(db, state)):
                return outcome
            replace(db, content)
            keep_shipped(db, content)
            set_meta(db, content_hash=state, edited_at="", built_at=_now())
    return "built"


def _standing(db: Database, state: str) -> Outcome | None:
    """Why the base need not be built, if it need not."""
    meta = read_meta(db)
    if meta.get("content_hash") == state:
        return "unchanged"
    return "kept" if meta.get("edited_at") else None


def put_files(path: str | Path, directory: Path, *, dry_run: bool = False) -> tuple[Content, Content]:
    """Replace the base by the files of a directory; what it held, and what the files hold. `dry_run` changes nothing.

    The base counts as edited afterwards, so start-up does not replace it by the program's own files. Raises
    `ContentError`.
    """
    content = read_content(directory)
    with open_database(path) as db:
        migrate(db)
        with transaction(db):
            before = read_rows(db)
            if not dry_run:
                replace(db, content)
                keep_shipped(db, read_content(CONTENT))
                set_meta(db, content_hash=content_hash(CONTENT), edited_at=_now())
    return before, content


def export_files(content: Content, directory: Path) -> list[str]:
    """Write rows as content files; returns files of the directory that are of none of them (any longer)."""
    texts = written(content)
    for name, text in texts.items():
        file = directory / name
        make_folder(file.parent)
        write_private(file, text)
    entries = (
        file.relative_to(directory).as_posix()
        for file in (*directory.glob("entries/**/*.md"), *directory.glob("language/*.csv"))
    )
    return sorted(name for name in entries if name not in texts)


def replace(db: Database, content: Content) -> None:
    """Put these rows in place of all that the content tables hold. Call it inside a transaction."""
    for table in reversed(type_of_record):
        db.execute(f"DELETE FROM {table}")
    for table in type_of_record:
        columns = [*type_of_record[table].__annotations__, "file"]
        names = ", ".join(f'"{name}"' for name in columns)
        sql = f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})"
        db.conn.executemany(sql, (tuple(encode(row).values()) for row in content[table]))


def keep_shipped(db: Database, content: Content) -> None:
    """Remember these rows as what the program came with. Call it inside a transaction."""
    db.execute("DELETE FROM shipped")
    for table in type_of_record:
        rows = ((table, row.record.id, json.dumps(encode(row), ensure_ascii=False)) for row in content[table])
        db.conn.executemany("INSERT INTO shipped VALUES (?, ?, ?)", rows)


def read_shipped(db: Database) -> Content:
    """What the program came with when the base was last built or updated; empty where that is not known."""
    content: dict[str, list[Row]] = {table: [] for table in type_of_record}
    for table, cells in db.execute('SELECT "table", cells FROM shipped ORDER BY rowid'):
        content[table].append(decode(table, {**_defaults(table), **json.loads(cells)}))
    return {table: tuple(rows) for table, rows in content.items()}


def _defaults(table: str) -> dict[str, Any]:
    """The cells of columns that came after a row was remembered."""
    found = {}
    for field in fields(type_of_record[table]):
        if field.default is not MISSING:
            found[field.name] = "[]" if isinstance(field.default, tuple) else field.default
    return found


def encode(row: Row) -> dict[str, Any]:
    """A row as its table stores it: lists as JSON, an empty reference as NULL."""
    kind: Any = type(row.record)
    names, values, references = _columns(kind)
    cells = {
        name: json.dumps(value, ensure_ascii=False) if isinstance(value, tuple) else value
        for name, value in zip(names, values(row.record), strict=True)
    }
    for column in references:
        if cells[column] == "":
            cells[column] = None
    cells["file"] = row.file
    return cells


@cache
def _columns(record: type) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]], tuple[str, ...]]:
    """The fields of a kind of record, what takes their values, and those whose empty reference is NULL."""
    names = tuple(record.__annotations__)
    references = ("region", "province", "source", "indicator", "document")
    return names, attrgetter(*names), tuple(one for one in references if one in names)


def read_rows(db: Database) -> Content:
    """Everything that the content tables hold, in the order of the files."""
    return {table: tuple(read_table(db, table)) for table in type_of_record}


def read_table(db: Database, table: str, limit: int = -1) -> list[Row]:
    """The rows of one content table, or the first of them, in the order of the files."""
    if table not in type_of_record:
        raise ValueError(f"no content table {table!r}")
    columns = ", ".join(f'"{name}"' for name, _ in _readers(table))
    found = db.execute(f"SELECT {columns}, file FROM {table} ORDER BY rowid LIMIT ?", [limit])
    return [_row(table, cells, file) for *cells, file in found]


def decode(table: str, cells: Mapping[str, Any]) -> Row:
    """A row as it was before `encode`."""
    return _row(table, [cells.get(name) for name, _ in _readers(table)], cells["file"])


def _row(table: str, cells: Sequence[Any], file: str) -> Row:
    values = [read(cell) for (_, read), cell in zip(_readers(table), cells, strict=True)]
    return Row(type_of_record[table](*values), file)


@cache
def _readers(table: str) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """The fields of a record, each with what makes its value of a cell."""
    kinds = {name: str(kind) for name, kind in type_of_record[table].__annotations__.items()}
    texts = {"str": lambda cell: cell or ""}
    return tuple(
        (name, _listed if kind.startswith("tuple") else texts.get(kind, lambda cell: cell))
        for name, kind in kinds.items()
    )


def _listed(cell: str | None) -> tuple[Any, ...]:
    return _tuple(json.loads(cell)) if cell and cell != "[]" else ()


def _tuple(value: Any) -> Any:
    return tuple(map(_tuple, value)) if isinstance(value, list) else value


def read_meta(db: Database) -> dict[str, str]:
    """`content_hash`, `built_at`, `edited_at` (empty when the base is as built)."""
    return {row["key"]: row["value"] for row in db.query("SELECT key, value FROM meta")}


def set_meta(db: Database, **values: str) -> None:
    """Store one value of the `meta` table; the caller holds the transaction."""
    db.table("meta").upsert_all(({"key": key, "value": value} for key, value in values.items()), pk="key")


def mark_edited(db: Database) -> None:
    """Say that the base was changed in place: start-up will not replace it by newer files on its own."""
    set_meta(db, edited_at=_now())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
