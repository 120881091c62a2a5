"""Many rows at once, all or nothing, without keeping other writers waiting.

What takes long is done before the lock is taken: the history of the rows is written in small transactions (without its
line in `changes` it means nothing), the rows themselves into a temporary table. What remains is a copy from one table to
another, some milliseconds for thousands of rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from sqlite_utils import Database

from db.connection import transaction
from db.content import mark_edited, read_meta
from db.fields import type_of_record
from db.history import IMPORTS, Done, Stored, packed, write_line

CHUNK = 500

Tick = Callable[[str, int, int], None]
"""Called with what is going on, how many are done, of how many; may raise to break off."""


def no_tick(stage: str, done: int, total: int) -> None:
    """Nobody looks on."""


class Stale(Exception):
    """The base is no longer what the rows were held against."""


@dataclass(frozen=True, slots=True)
class Step:
    """One row to be written. `before`, `after`: as in `Done`; `cells`: the whole row afterwards, None when it goes."""

    table: str
    row: str
    before: Stored | None
    after: Stored | None
    cells: Stored | None


def state_of(db: Database) -> str:
    """Changes with every change of the knowledge, by whomever."""
    last = db.execute("SELECT coalesce(max(id), 0) FROM changes").fetchone()[0]
    meta = read_meta(db)
    return " ".join([str(last), *(meta.get(key, "-") for key in ("content_hash", "built_at", "edited_at"))])


def carry_out(
    db: Database,
    steps: Sequence[Step],
    line: Done,
    state: str,
    *,
    tick: Tick = no_tick,
    also: Callable[[int], bool] = lambda number: True,
) -> int:
    """Write all steps and their line in the history in one transaction; the line's number.

    `also`: called within the transaction with the number; False takes everything back, and the result is 0. Raises
    `Stale` where the base is no longer in `state`, and `sqlite3.IntegrityError` where a row refers to nothing.
    """
    if line.undoes is None:
        _prepare(db, line.row, steps, tick)
    gone: defaultdict[str, list[tuple[str]]] = defaultdict(list)
    staged: defaultdict[str, list[Stored]] = defaultdict(list)
    for step in steps:
        if step.cells is None:
            gone[step.table].append((step.row,))
        else:
            staged[step.table].append(step.cells)
    try:
        _stage(db, staged, tick)
        with transaction(db):
            if state_of(db) != state:
                raise Stale
            for table in type_of_record:
                if staged[table]:
                    _put(db, table)
            for table in reversed(type_of_record):  # once nothing points to what goes
                db.conn.executemany(f"DELETE FROM {table} WHERE id = ?", gone[table])
            mark_edited(db)
            number = write_line(db, replace(line, table=IMPORTS))
            if not also(number):
                raise _TakenBack
            return number
    except _TakenBack:
        return 0
    finally:
        for table in type_of_record:
            db.execute(f"DROP TABLE IF EXISTS temp.staged_{table}")


class _TakenBack(Exception):
    """Raised inside the transaction to end it."""


def _prepare(db: Database, batch: str, steps: Sequence[Step], tick: Tick) -> None:
    """Write the history of the rows ahead; what an earlier attempt has left of this batch is written over."""
    with transaction(db):
        db.execute("DELETE FROM import_rows WHERE batch = ?", [batch])
    sql = 'INSERT INTO import_rows (batch, place, "table", row_id, before, after) VALUES (?, ?, ?, ?, ?, ?)'
    rows = (
        (batch, place, step.table, step.row, packed(step.before), packed(step.after))
        for place, step in enumerate(steps)
    )
    written = 0
    while chunk := list(islice(rows, CHUNK)):
        with transaction(db):
            db.conn.executemany(sql, chunk)
        written += len(chunk)
        tick("write", written, len(steps))


def _stage(db: Database, staged: Mapping[str, Sequence[Stored]], tick: Tick) -> None:
    """The rows in temporary tables, which are this connection's own and keep nobody waiting."""
    for table, rows in staged.items():
        db.execute(f"DROP TABLE IF EXISTS temp.staged_{table}")
        db.execute(f"CREATE TEMP TABLE staged_{table} AS SELECT * FROM {table} WHERE 0")
        names = _columns(db, table)
        sql = f"INSERT INTO temp.staged_{table} ({_quoted(names)}) VALUES ({', '.join('?' * len(names))})"
        for start in range(0, len(rows), CHUNK):
            chunk = [tuple(cells[name] for name in names) for cells in rows[start : start + CHUNK]]
            db.conn.executemany(sql, chunk)
            tick("write", start + len(chunk), len(rows))
    if db.conn.in_transaction:
        db.conn.commit()


def _put(db: Database, table: str) -> None:
    names = _columns(db, table)
    sets = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name != "id")
    db.execute(
        f"INSERT INTO {table} ({_quoted(names)}) SELECT {_quoted(names)} FROM temp.staged_{table}"
        f" WHERE true ORDER BY rowid ON CONFLICT (id) DO UPDATE SET {sets}"
    )


def _columns(db: Database, table: str) -> list[str]:
    return [str(row[1]) for row in db.execute(f"PRAGMA table_info({table})")]


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
