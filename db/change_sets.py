"""A change set: rows as they are to become, held against the base, written with their history, all or nothing.

Every way to change the base in place ends here: an edit, a file, newer shipped content, and the undoing of any of them.
Thousands of rows keep other writers waiting for some tenths of a second; what takes long is done before that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from sqlite_utils import Database

from db.connection import transaction
from db.content import decode, encode, mark_edited
from db.errors import EditConflict
from db.fields import type_of_record
from db.files import Row
from db.history import IMPORTS, write_line
from db.loading import REFERENCES, WHAT, names_in
from db.rows import PLACE, Key, Rows, state_of, stored
from knowledge.changes import ChangeSet, Step, Stored, packed
from knowledge.telling.labels import field_name

CHUNK = 500
MOST_TRIES = 5
MOST_NAMED = 8
_ADDED_BY = {
    "sources": "/them_nguon",
    "documents": "/them_van_ban",
    "figures": "/them_so_lieu",
    "events": "/them_su_kien",
    "entries": "/them_bai",
}

R = TypeVar("R")
Tick = Callable[[str, int, int], None]
"""Called with what is going on, how many are done, of how many; may raise to break off."""


def no_tick(stage: str, done: int, total: int) -> None:
    """Nobody looks on."""


class Stale(Exception):
    """The base is no longer what the rows were held against."""


def step_between(table: str, old: Row | None, new: Row | None) -> Step:
    """What makes the one row of the other; one of them may be None. A row keeps its file."""
    row = (new or old).record.id  # type: ignore[union-attr]
    before = None if old is None else encode(old)
    after = None if new is None else encode(new)
    if before is None or after is None:
        return Step(table, row, before, after, after)
    after["file"] = before["file"]
    touched = [name for name, value in after.items() if value != before[name]]
    return Step(
        table, row, {name: before[name] for name in touched}, {name: after[name] for name in touched}, after
    )


# --- what is wrong with it ------------------------------------------------------------------------------------------


def problems(
    rows: Rows, steps: Sequence[Step], later: Callable[[str], bool] = lambda figure: True
) -> Iterator[str]:
    """A sentence for each id that would name nothing, and for each figure that takes a slot which another one holds.

    `later`: whether a figure that holds the slot counts.
    """
    changed = {(step.table, step.row): _new(step) for step in steps}
    after = rows.after(changed)
    gone = {key for key, row in changed.items() if row is None}
    for (table, name), row in changed.items():
        for column, target, named in names_in(table, row.record) if row else ():
            if (target, named) not in gone and after.get(target, named) is None:
                yield unknown_name(table, column, target, named, name if len(steps) > 1 else "")
    yield from _still_named(after, gone)
    for step in steps:
        row = changed[step.table, step.row]
        if step.table != "figures" or row is None or _slot_kept(step):
            continue
        for other in after.figures_at(row.record, PLACE):
            if other.id != step.row and ("figures", other.id) not in changed and later(other.id):
                said = f"{step.row}: " if len(steps) > 1 else ""
                yield f"{said}{taken(other)}"


def _new(step: Step) -> Row | None:
    """The row afterwards."""
    return None if step.cells is None else decode(step.table, step.cells)


def _slot_kept(step: Step) -> bool:
    """Whether a step leaves a figure in its slot."""
    return step.before is not None and not {*PLACE}.intersection(step.after or {})


def taken(figure: object) -> str:
    """The sentence for a slot that this figure holds."""
    id_, printed = figure.id, figure.as_printed  # type: ignore[attr-defined]
    return f"ô này đã có số {id_} ({printed}) cùng nguồn; hãy sửa số ấy: /sua {id_}"


def _still_named(after: Rows, gone: set[Key]) -> Iterator[str]:
    """A sentence for each row that goes though others name it."""
    users: defaultdict[Key, dict[str, None]] = defaultdict(dict)
    for owner in dict.fromkeys(
        owner for (owner, _), target in REFERENCES.items() if target in {one for one, _ in gone}
    ):
        for id_, row in after.table(owner).items():
            for _, target, named in names_in(owner, row.record):
                if (target, named) in gone:
                    users[target, named][id_] = None
    for (_, named), names in users.items():
        yield f"“{named}” còn được nhắc ở {few(names)}; hãy sửa hoặc xoá ở đó trước"


def unknown_name(table: str, column: str, target: str, named: str, row: str = "") -> str:
    """The sentence for an id that names nothing."""
    said = f"{row}: " if row else ""
    where = _ADDED_BY.get(target, "/nhap")
    return f"{said}{field_name(table, column)}: không có {WHAT[target]} “{named}”; hãy sửa mã, hoặc thêm trước bằng {where}"


def few(items: Iterable[str]) -> str:
    """The first of these, each once."""
    found = [*dict.fromkeys(items)]
    return ", ".join(found[:MOST_NAMED]) + (", …" if len(found) > MOST_NAMED else "")


# --- writing --------------------------------------------------------------------------------------------------------


def write(
    db: Database, step: Step, who: int, why: str = "", kind: str = "", undoes: int | None = None
) -> int:
    """Write one row, and its line in the history; the line's number. Call it inside a transaction; it checks nothing."""
    table, before = db.table(step.table), step.before
    if step.after is None:
        before = stored(db, step.table, step.row)  # with its place, so that it can come back to it
        table.delete(step.row)
    elif step.before is None:
        cells = dict(step.after)
        if "rowid" in cells and table.count_where("rowid = ?", [cells["rowid"]]):
            del cells["rowid"]  # the place that the row had is taken
        table.insert(cells)
    else:
        table.update(step.row, step.after)
    mark_edited(db)
    return write_line(db, who, kind or step.kind, step.table, step.row, before, step.after, why, undoes)


def carry_out(
    db: Database,
    changes: ChangeSet,
    batch: str,
    who: int,
    told: tuple[Stored | None, Stored | None],
    why: str = "",
    *,
    undoes: int | None = None,
    tick: Tick = no_tick,
    also: Callable[[int], None] = lambda number: None,
) -> int:
    """Write all steps with one line in the history, `told` (before, after), in one transaction; the line's number.

    `also`: called within the transaction with the number; what it raises takes everything back. Raises `Stale` where the
    base is no longer in the state of the change set, and `sqlite3.IntegrityError` where a row refers to nothing.
    """
    done = [
        (batch, place, step.table, step.row, packed(step.before), packed(step.after))
        for place, step in enumerate(changes.steps)
    ]
    with transaction(db):
        if state_of(db) != changes.state:
            raise Stale
        for table in type_of_record:
            rows = [step.cells for step in changes.steps if step.table == table and step.cells is not None]
            if rows:
                _put(db, table, rows, tick)
        for table in reversed(type_of_record):  # once nothing points to what goes
            gone = [(step.row,) for step in changes.steps if step.table == table and step.cells is None]
            db.conn.executemany(f"DELETE FROM {table} WHERE id = ?", gone)
        if undoes is None:
            db.conn.executemany("INSERT INTO import_rows VALUES (?, ?, ?, ?, ?, ?)", done)
        mark_edited(db)
        kind = "add" if undoes is None else "undo"
        number = write_line(db, who, kind, IMPORTS, batch, *told, why, undoes)
        also(number)
        return number


def until_it_fits(attempt: Callable[[], R]) -> R:
    """Try again where others changed the base in between. Raises `EditConflict` where they do so all the time."""
    for _ in range(MOST_TRIES):
        try:
            return attempt()
        except Stale:
            continue
    raise EditConflict("Kho đang được người khác sửa liên tục, chưa ghi gì. Hãy thử lại.")


def _put(db: Database, table: str, rows: Sequence[Stored], tick: Tick) -> None:
    """Write these rows of a table, each in place of the one with its id."""
    names = [column.name for column in db.table(table).columns]
    columns = ", ".join(f'"{name}"' for name in names)
    sets = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name != "id")
    sql = (
        f"INSERT INTO {table} ({columns}) VALUES ({', '.join(f':{name}' for name in names)})"
        f" ON CONFLICT (id) DO UPDATE SET {sets}"
    )
    for start in range(0, len(rows), CHUNK):
        db.conn.executemany(sql, rows[start : start + CHUNK])
        tick("write", min(start + CHUNK, len(rows)), len(rows))
