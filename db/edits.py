"""Changes made in place: checked, written together with their history, and undone.

Every change is one transaction: the row, its line in `changes`, and the mark that the base was edited. What a call has
returned survives a kill; what was broken off has left nothing. Undoing is a change like any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlite_utils import Database

from db.connection import transaction
from db.content import decode, mark_edited
from db.errors import EditConflict
from db.history import IMPORTS, Done, history, write_line
from db.import_undo import undo_import
from db.proposals import Change, Stored, refuse_named, review, slot_kept, stored, taken_slot, unknown_names
from knowledge.labels import field_name

__all__ = ["Done", "apply", "carry_out", "history", "undo"]


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

    Later changes of other fields stay; an import is taken back as a whole, outside any transaction of the caller's. Raises
    `EditConflict` where a field (or the row) no longer holds what the change left in it, where other rows would point to
    nothing, or where a figure would come back into a slot that was filled since.
    """
    done = next(iter(history(db, number=number)), None)
    if done is None:
        raise EditConflict(f"Không có thay đổi số {number}. Xem các số ở /lich_su")
    if done.table == IMPORTS:
        return undo_import(db, done, who, why)
    with transaction(db):
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


def _fits(db: Database, done: Done, current: Stored | None) -> None:
    """Raise where the row no longer is as the change left it."""
    later = [one for one in history(db, done.row) if one.table == done.table and one.id > done.id]
    if (done.after is None) != (current is None):
        raise EditConflict(f"Chưa hoàn tác được thay đổi {done.id}: {_because(done, later)}")
    if done.after is None or current is None:
        return
    lost = [name for name, value in done.after.items() if name != "rowid" and current[name] != value]
    if lost:
        raise EditConflict(f"Chưa hoàn tác được thay đổi {done.id}: {_because(done, later, lost)}")


def _because(done: Done, later: Sequence[Done], lost: Sequence[str] = ()) -> str:
    """What has come between: the later change by which the row, or its `lost` fields, moved on."""
    again = next((one for one in later if set(lost) & set(one.before or one.after or {})), None)
    if again and again.undoes != done.id:
        names = ", ".join(field_name(done.table, one) for one in lost)
        return f"{names} đã được sửa lại ở thay đổi {again.id}. Hãy /hoan_tac {again.id} trước."
    if undone := next((one for one in later if one.undoes == done.id), None):
        return f"nó đã được hoàn tác ở thay đổi {undone.id}. Muốn làm lại: /hoan_tac {undone.id}"
    if later:
        return f"dòng “{done.row}” đã đổi tiếp ở thay đổi {later[0].id}. Hãy /hoan_tac {later[0].id} trước."
    return f"dòng “{done.row}” đã đổi khi dựng hoặc nhập lại kho. Hãy sửa tay: /sua {done.row}"


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
    return write_line(db, done)


def _insert(db: Database, table: str, row: Stored) -> None:
    """A row that comes back takes its old place where that is still free."""
    place = row.get("rowid")
    taken = place is None or db.execute(f"SELECT 1 FROM {table} WHERE rowid = ?", [place]).fetchone()
    cells = {name: value for name, value in row.items() if name != "rowid" or not taken}
    names = ", ".join(f'"{name}"' for name in cells)
    holes = ", ".join("?" * len(cells))
    db.execute(f"INSERT INTO {table} ({names}) VALUES ({holes})", list(cells.values()))
