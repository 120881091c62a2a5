"""Changes made in place: checked, written together with their history, and undone.

Every change is one transaction: the row, its line in `changes`, and the mark that the base was edited. What a call has
returned survives a kill; what was broken off has left nothing. Undoing is a change like any other.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlite_utils import Database

from db.connection import transaction
from db.content import decode, mark_edited
from db.errors import EditConflict
from db.proposals import Change, Stored, refuse_named, review, slot_kept, stored, taken_slot, unknown_names


@dataclass(frozen=True, slots=True)
class Done:
    """A line of the history. An edit holds only the fields that it touched; `before` is None for a row that was new,
    `after` for one that went."""

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


def apply(db: Database, change: Change, today: date) -> int:
    """Make the change; its number in the history. Raises `ContentError` or `EditConflict`; nothing is written then."""
    with transaction(db):
        found = review(db, change, today)
        done = Done(
            0, "", change.who, change.kind, change.table, change.row, found.before, found.after, change.why
        )
        return carry_out(db, done)


def undo(db: Database, number: int, who: int, why: str = "") -> int:
    """Take back what one change did, and only that; the number of the change that does so.

    Later changes of other fields stay. Raises `EditConflict` where a field (or the row) no longer holds what the change
    left in it, where other rows would point to nothing, or where a figure would come back into a slot that was filled since.
    """
    with transaction(db):
        done = next(iter(history(db, number=number)), None)
        if done is None:
            raise EditConflict(f"Không có thay đổi số {number}. Xem các số ở /lich_su")
        current = stored(db, done.table, done.row)
        _fits(db, done, current)
        before, after = done.after, done.before
        if after is None:
            before = current
            refuse_named(db, done.table, done.row)
        else:
            record = decode(done.table, {**(current or {}), **after}).record
            problems = [*unknown_names(db, done.table, record), *_filled_since(db, done, record)]
            if problems:
                raise EditConflict(f"Chưa hoàn tác được thay đổi {number}: {'; '.join(problems)}.")
        return carry_out(db, Done(0, "", who, "undo", done.table, done.row, before, after, why, number))


def history(
    db: Database,
    item: str | None = None,
    who: int | None = None,
    *,
    number: int | None = None,
    limit: int | None = None,
) -> list[Done]:
    """The changes, the latest first: of one row, of one person, one alone, or all."""
    wanted = {"row_id": item, "who": who, "id": number}
    given = {column: value for column, value in wanted.items() if value is not None}
    where = " AND ".join(f"{column} = ?" for column in given) or "1"
    sql = f"SELECT * FROM changes WHERE {where} ORDER BY id DESC LIMIT ?"
    rows = db.execute(sql, [*given.values(), -1 if limit is None else limit]).fetchall()
    return [
        Done(id_, at, by, kind, table, row, _cells(before), _cells(after), why, undoes)
        for id_, at, by, kind, table, row, before, after, why, undoes in rows
    ]


def last_change(db: Database) -> int:
    """The number of the latest change; 0 when there is none."""
    return max((done.id for done in history(db, limit=1)), default=0)


def _cells(text: str | None) -> Stored | None:
    return None if text is None else dict(json.loads(text))


def _fits(db: Database, done: Done, current: Stored | None) -> None:
    """Raise where the row no longer is as the change left it."""
    head = f"Chưa hoàn tác được thay đổi {done.id}"
    later = [one for one in history(db, done.row) if one.table == done.table and one.id > done.id]
    if undone := next((one for one in later if one.undoes == done.id), None):
        by = f"nó đã được hoàn tác ở thay đổi {undone.id}. Muốn làm lại: /hoan_tac {undone.id}"
    elif later:
        by = f"dòng “{done.row}” đã đổi tiếp ở thay đổi {later[0].id}. Hãy /hoan_tac {later[0].id} trước."
    else:
        by = f"dòng “{done.row}” đã đổi khi dựng hoặc nhập lại kho. Hãy sửa tay: /sua {done.row}"
    if done.after is None:
        if current is not None:
            raise EditConflict(f"{head}: {by}")
        return
    if current is None:
        raise EditConflict(f"{head}: {by}")
    lost = [name for name, value in done.after.items() if name != "rowid" and current[name] != value]
    if lost:
        again = next((one for one in later if set(lost) & set(one.before or one.after or {})), None)
        if again and again.undoes != done.id:
            by = f"{', '.join(lost)} đã được sửa lại ở thay đổi {again.id}. Hãy /hoan_tac {again.id} trước."
        raise EditConflict(f"{head}: {by}")


def _filled_since(db: Database, done: Done, record: Any) -> Iterator[str]:
    """A sentence for each figure that came into the record's slot after the change that is to be undone."""
    if done.after is not None and slot_kept(done.after):
        return
    for other, told in taken_slot(db, record):
        if any(one.table == done.table and one.id > done.id for one in history(db, other)):
            yield told


def carry_out(db: Database, done: Done) -> int:
    """Bring the row from `before` to `after` and add the line to the history; its number. Checks nothing.

    Call it inside a transaction.
    """
    if done.after is None:
        db.execute(f"DELETE FROM {done.table} WHERE id = ?", [done.row])
    elif done.before is None:
        _insert(db, done.table, done.after)
    else:
        sets = ", ".join(f'"{name}" = ?' for name in done.after)
        db.execute(f"UPDATE {done.table} SET {sets} WHERE id = ?", [*done.after.values(), done.row])
    mark_edited(db)
    sql = (
        'INSERT INTO changes (at, who, kind, "table", row_id, before, after, why, undoes)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    )
    at = datetime.now(UTC).isoformat(timespec="seconds")
    cells = [
        None if one is None else json.dumps(one, ensure_ascii=False) for one in (done.before, done.after)
    ]
    values = [at, done.who, done.kind, done.table, done.row, *cells, done.why, done.undoes]
    return db.execute(sql, values).lastrowid or 0


def _insert(db: Database, table: str, row: Stored) -> None:
    """A row that comes back takes its old place where that is still free."""
    place = row.get("rowid")
    taken = place is None or db.execute(f"SELECT 1 FROM {table} WHERE rowid = ?", [place]).fetchone()
    cells = {name: value for name, value in row.items() if name != "rowid" or not taken}
    names = ", ".join(f'"{name}"' for name in cells)
    holes = ", ".join("?" * len(cells))
    db.execute(f"INSERT INTO {table} ({names}) VALUES ({holes})", list(cells.values()))
