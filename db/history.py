"""The history: a line for every change in place, one for a whole import, whose rows are kept beside it.

A line is written in the same transaction as what it tells of, and is never changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlite_utils import Database

from knowledge.changes import Stored, packed

IMPORTS = "imports"
"""The table of a line that stands for a whole import; its row is the batch in `import_rows`."""


@dataclass(frozen=True, slots=True)
class Done:
    """A line of the history. An edit holds only the fields that it touched; `before` is None for a row that was new,
    `after` for one that went. The line of an import holds how many rows of which file; None after it was taken back."""

    id: int
    at: str
    who: int
    kind: str
    table: str
    row: str
    before: Stored | None
    after: Stored | None
    why: str = ""
    undoes: int | None = None


_LINES = 'SELECT id, at, who, kind, "table", row_id, before, after, why, undoes FROM changes'
_ROWS = (
    "SELECT c.id, c.at, c.who, CASE c.kind WHEN 'add' THEN 'import' ELSE c.kind END, r.\"table\", r.row_id,"
    " CASE WHEN c.after IS NULL THEN r.after ELSE r.before END, CASE WHEN c.after IS NULL THEN r.before ELSE r.after END,"
    " c.why, c.undoes FROM import_rows r JOIN changes c ON c.row_id = r.batch AND c.\"table\" = 'imports'"
)


def history(
    db: Database,
    item: str | None = None,
    who: int | None = None,
    *,
    number: int | None = None,
    table: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[Done]:
    """The changes, the latest first: of one row (what imports did to it among them), of one person, of one table, one
    alone, or all."""
    wanted = {"row_id": item, "who": who, "id": number, '"table"': table}
    given = {column: value for column, value in wanted.items() if value is not None}
    where = " AND ".join(f"{column} = ?" for column in given) or "1"
    sql = f"{_LINES} WHERE {where}"
    values: list[Any] = [*given.values()]
    if item is not None:
        sql += f" UNION ALL {_ROWS} WHERE r.row_id = ?"
        values.append(item)
    sql += " ORDER BY id DESC LIMIT ? OFFSET ?"
    return [_done(row) for row in db.execute(sql, [*values, -1 if limit is None else limit, offset])]


def last_change(db: Database) -> int:
    """The number of the latest change; 0 when there is none."""
    return max((done.id for done in history(db, limit=1)), default=0)


def is_import(db: Database, number: int) -> bool:
    """Whether this change is of a whole import: one, or the taking back of one."""
    return any(done.table == IMPORTS for done in history(db, number=number))


def rows_since(db: Database, number: int) -> Iterator[Done]:
    """What was done after this change, the oldest first, imports row by row."""
    for line in db.execute(f"{_LINES} WHERE id > ? ORDER BY id", [number]).fetchall():
        yield from rows_of(db, _done(line))


def rows_of(db: Database, done: Done) -> Iterator[Done]:
    """What a line did, row by row, in the order in which it was done; a line of a single row is its own."""
    if done.table != IMPORTS:
        yield done
        return
    sql = f"{_ROWS} WHERE c.id = ? ORDER BY r.place{' DESC' if done.after is None else ''}"
    for row in db.execute(sql, [done.id]):
        yield _done(row)


def _done(row: Any) -> Done:
    id_, at, by, kind, table, name, before, after, why, undoes = row
    return Done(id_, at, by, kind, table, name, _cells(before), _cells(after), why, undoes)


def _cells(text: str | None) -> Stored | None:
    return None if text is None else dict(json.loads(text))


def write_line(
    db: Database,
    who: int,
    kind: str,
    table: str,
    row: str,
    before: Stored | None,
    after: Stored | None,
    why: str = "",
    undoes: int | None = None,
) -> int:
    """Add a line, made now; its number. The caller holds the transaction."""
    sql = (
        'INSERT INTO changes (at, who, kind, "table", row_id, before, after, why, undoes)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    )
    at = datetime.now(UTC).isoformat(timespec="seconds")
    values = [at, who, kind, table, row, packed(before), packed(after), why, undoes]
    return db.execute(sql, values).lastrowid or 0
