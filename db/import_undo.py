"""Taking back a whole import, held against the base as it stands: nothing is lost that came after, nothing points to nothing."""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

from db.bulk import Stale, Step, Tick, carry_out, no_tick, state_of
from db.content import decode, encode, read_rows
from db.errors import EditConflict
from db.files import Content
from db.history import IMPORTS, Done, history, rows_of
from db.loading import names_in
from db.plausibility import SLOT
from db.proposals import slot_kept, unknown_name
from knowledge.records import Figure

MOST_TRIES = 5
MOST_NAMED = 8


def undo_import(db: Database, done: Done, who: int, why: str = "", tick: Tick = no_tick) -> int:
    """Take back a whole import, or the taking back of one; the number of the change that does so.

    Later changes of other fields stay. Raises `EditConflict`, naming the rows, where one no longer is as the import left
    it, where other rows would point to nothing, or where a figure would come back into a slot that was filled since; nothing
    is written then.
    """
    for _ in range(MOST_TRIES):
        db.execute("BEGIN")
        try:
            state, content = state_of(db), read_rows(db)
            rows = [_backwards(row) for row in rows_of(db, done)]
        finally:
            db.rollback()
        tick("check", len(rows), len(rows))
        steps = _steps(db, done, content, list(reversed(rows)))
        line = Done(0, "", who, "undo", IMPORTS, done.row, done.after, done.before, why, done.id)
        try:
            return carry_out(db, steps, line, state, tick=tick)
        except Stale:
            continue
    raise EditConflict("Kho đang được người khác sửa liên tục, chưa hoàn tác. Hãy thử lại.")


def _backwards(row: Done) -> Done:
    return Done(row.id, row.at, row.who, "undo", row.table, row.row, row.after, row.before, "", row.id)


def _steps(db: Database, done: Done, content: Content, rows: list[Done]) -> list[Step]:
    """The rows to be written, held against the base: as the import left them, and nothing pointing to nothing after."""
    stored = {(table, row.record.id): encode(row) for table, held in content.items() for row in held}
    steps: list[Step] = []
    moved: list[str] = []
    for row in rows:
        current = stored.get((row.table, row.row))
        if row.before is None:
            fits, cells = current is None, row.after
        else:
            fits = current is not None and all(current[name] == value for name, value in row.before.items())
            cells = None if row.after is None or current is None else {**current, **row.after}
        if not fits:
            moved.append(row.row)
        steps.append(Step(row.table, row.row, row.before, row.after, cells))
    if moved:
        for one in history(db, done.row):
            if one.undoes == done.id:
                raise EditConflict(
                    f"Chưa hoàn tác được thay đổi {done.id}: nó đã được hoàn tác ở thay đổi {one.id}."
                    f" Muốn làm lại: /hoan_tac {one.id}"
                )
        first = history(db, moved[0], limit=1)
        by = f" (xem /lich_su {moved[0]})" if first and first[0].id != done.id else ""
        raise EditConflict(
            f"Chưa hoàn tác được thay đổi {done.id}: {len(moved)} dòng đã đổi tiếp sau đó: {_few(moved)}{by}."
            " Hãy hoàn tác các thay đổi ấy trước, hoặc sửa tay từng dòng bằng /sua"
        )
    if problems := list(
        dict.fromkeys([*_left_hanging(content, steps), *_filled_since(db, done, content, steps)])
    ):
        raise EditConflict(
            f"Chưa hoàn tác được thay đổi {done.id}: {_few(problems)}. Hãy sửa các dòng ấy trước."
        )
    return steps


def _left_hanging(content: Content, steps: list[Step]) -> Iterator[str]:
    """A sentence for each id that would name nothing after these steps."""
    records = {(table, row.record.id): row.record for table, held in content.items() for row in held}
    touched = {(step.table, step.row) for step in steps}
    gone = {(step.table, step.row) for step in steps if step.cells is None}
    for step in steps:
        if step.cells is not None:
            records[step.table, step.row] = decode(step.table, step.cells).record
    for (table, name), record in records.items():
        if (table, name) in gone:
            continue
        for column, target, named in names_in(table, record):
            key = (target, named)
            if key in gone:
                yield f"“{named}” còn được nhắc ở {name}"
            elif key not in records and (table, name) in touched:
                yield f"{name}: {unknown_name(table, column, target, named)}"


def _filled_since(db: Database, done: Done, content: Content, steps: list[Step]) -> Iterator[str]:
    """A sentence for each figure that came, after the import, into a slot which one of its rows would take again."""
    touched = {step.row for step in steps if step.table == "figures"}
    others = {_slot(row.record): row.record for row in content["figures"] if row.record.id not in touched}
    for step in steps:
        if step.table != "figures" or step.cells is None or step.after is None:
            continue
        if step.before is not None and slot_kept(step.after):
            continue
        other = others.get(_slot(decode("figures", step.cells).record))
        if other and any(one.table == "figures" and one.id > done.id for one in history(db, other.id)):
            yield f"{step.row}: ô này đã có số {other.id} ({other.as_printed}) cùng nguồn"


def _slot(figure: Figure) -> tuple[str, ...]:
    return tuple(getattr(figure, column) for column in (*SLOT, "source"))


def _few(items: list[str]) -> str:
    return ", ".join(items[:MOST_NAMED]) + (", …" if len(items) > MOST_NAMED else "")
