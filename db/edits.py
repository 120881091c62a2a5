"""Changes made in place, and undone: each is one transaction with its line in the history.

What a call has returned survives a kill; what was broken off has left nothing. Undoing is a change like any other.
"""

from __future__ import annotations

from datetime import date

from sqlite_utils import Database

from db.change_sets import carry_out, few, problems, until_it_fits, write
from db.connection import transaction
from db.content import encode
from db.errors import EditConflict
from db.history import IMPORTS, Done, history, rows_of
from db.proposals import Change, review
from db.rows import Rows
from knowledge.changes import ChangeSet, Step
from knowledge.telling.labels import field_name


def apply(db: Database, change: Change, today: date) -> int:
    """Make the change; its number in the history. Raises `ContentError` or `EditConflict`; nothing is written then."""
    with transaction(db):
        return write(db, review(db, change, today).step, change.who, change.why)


def undo(db: Database, number: int, who: int, why: str = "") -> int:
    """Take back what one change did, and only that; the number of the change that does so.

    Later changes of other fields stay; an import is taken back as a whole, outside any transaction of the caller's. Raises
    `EditConflict` where a field (or the row) no longer holds what the change left in it, where other rows would point to
    nothing, or where a figure would come back into a slot that was filled since.
    """
    done = next(iter(history(db, number=number)), None)
    if done is None:
        raise EditConflict(f"Không có thay đổi số {number}. Xem các số ở /lich_su")
    if done.table != IMPORTS:
        with transaction(db):
            (step,) = _backwards(db, Rows.of(db), done)
            return write(db, step, who, why, "undo", number)

    def attempt() -> int:
        rows = Rows.at_once(db)
        back = ChangeSet(tuple(_backwards(db, rows, done)), rows.state)
        return carry_out(db, back, done.row, who, (done.after, done.before), why, undoes=number)

    return until_it_fits(attempt)


def _backwards(db: Database, rows: Rows, done: Done) -> list[Step]:
    """The steps that take a change back, the last one first. Raises `EditConflict` where that does not fit the base."""
    steps: list[Step] = []
    moved: dict[str, list[str]] = {}
    for one in reversed(list(rows_of(db, done))):
        held = rows.get(one.table, one.row)
        current = None if held is None else encode(held)
        left = {name: value for name, value in (one.after or {}).items() if name != "rowid"}
        lost = [name for name, value in left.items() if current and current[name] != value]
        if lost or (one.after is None) != (current is None):
            moved[one.row] = lost
        cells = None if one.before is None else {**(current or {}), **one.before}
        steps.append(Step(one.table, one.row, one.after, one.before, cells))
    if moved:
        many = f"{len(moved)} dòng đã đổi tiếp sau đó: {few(moved)}; " if done.table == IMPORTS else ""
        row, lost = next(iter(moved.items()))
        table = next(step.table for step in steps if step.row == row)
        why = _because(db, done, table, row, lost)
        raise EditConflict(f"Chưa hoàn tác được thay đổi {done.id}: {many}{why}")

    def since(figure: str) -> bool:
        return any(one.table == "figures" and one.id > done.id for one in history(db, figure))

    if found := list(problems(rows, steps, since)):
        raise EditConflict(f"Chưa hoàn tác được thay đổi {done.id}: {few(found)}.")
    return steps


def _because(db: Database, done: Done, table: str, row: str, lost: list[str]) -> str:
    """What has come between: the later change by which the row, or its `lost` fields, moved on."""
    later = [one for one in history(db, row) if one.table == table and one.id > done.id]
    again = next((one for one in later if set(lost) & set(one.before or one.after or {})), None)
    if again and again.undoes != done.id:
        names = ", ".join(field_name(table, one) for one in lost)
        return f"{names} đã được sửa lại ở thay đổi {again.id}. Hãy /hoan_tac {again.id} trước."
    if undone := next((one for one in history(db, done.row) if one.undoes == done.id), None):
        return f"nó đã được hoàn tác ở thay đổi {undone.id}. Muốn làm lại: /hoan_tac {undone.id}"
    if later:
        return f"dòng “{row}” đã đổi tiếp ở thay đổi {later[0].id}. Hãy /hoan_tac {later[0].id} trước."
    return f"dòng “{row}” đã đổi khi dựng hoặc nhập lại kho. Hãy sửa tay: /sua {row}"
