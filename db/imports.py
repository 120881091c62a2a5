"""Files that wait for a tap, carrying them out, and taking an import back.

The file itself is kept, so that a restart in between changes nothing. When it is carried out it is held against the base
anew; where that gives something else than was shown, nothing is written.
"""

from __future__ import annotations

import secrets
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from sqlite_utils import Database

from db.bulk import Stale, Step, Tick, carry_out, no_tick, state_of
from db.connection import open_database, transaction
from db.content import decode, encode, read_rows
from db.errors import EditConflict
from db.exchange import Plan, plan_import
from db.files import Content
from db.gate import review_is_on
from db.history import IMPORTS, Done, history, rows_of
from db.loading import names_in
from db.migrations import migrate
from db.plausibility import SLOT
from db.proposals import slot_kept, unknown_name
from db.sheets import Sheets, read_sheets
from knowledge.records import Figure

IMPORT_SECONDS = 24 * 60 * 60
KEEP_IMPORTS = 7 * IMPORT_SECONDS
MOST_TRIES = 5
MOST_NAMED = 8

State = Literal["saved", "cancelled", "expired", "unknown", "waiting"]


@dataclass(frozen=True, slots=True)
class Import:
    """A file that somebody sent. `number`: its line in the history once saved; `before`: it had come to that before."""

    state: State
    name: str = ""
    number: int = 0
    rows: int = 0
    before: bool = False


def read_plan(
    db: Database,
    name: str,
    data: bytes,
    table: str,
    today: date,
    tick: Tick = no_tick,
    *,
    doubting: bool = True,
) -> Plan:
    """What a file would change. Raises `ContentError` for one that cannot be read at all; writes nothing."""
    sheets = Sheets()
    for sheets in read_sheets(name, data, table):
        tick("read", len(sheets.rows), 0)
    return plan_import(db, name, sheets, today, tick, doubting=doubting)


def keep_import(
    db: Database, plan: Plan, data: bytes, table: str, person: int, now: float, why: str = ""
) -> str:
    """Keep a file until its sender saves or cancels it, a day at most; its id, 12 characters. `why`: for the history."""
    id_ = secrets.token_urlsafe(9)
    packed, digest = zlib.compress(data), plan.digest  # before the lock, which keeps other writers waiting
    with transaction(db):
        db.execute("DELETE FROM imports WHERE created < ?", [now - KEEP_IMPORTS])
        db.execute(
            'DELETE FROM import_rows WHERE batch NOT IN (SELECT row_id FROM changes WHERE "table" = ?)'
            " AND batch NOT IN (SELECT id FROM imports)",
            [IMPORTS],
        )
        sql = (
            'INSERT INTO imports (id, person, name, "table", file, digest, state, created, why)'
            " VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?, ?)"
        )
        db.execute(sql, [id_, person, plan.name, table, packed, digest, now, why])
    return id_


def save_import(
    db: Database, id_: str, person: int, today: date, now: float, tick: Tick = no_tick, *, free: bool = True
) -> Import:
    """Carry an import out, once: saving again tells the same number. Only its sender can.

    Raises `EditConflict` where the file would now do something else than was shown, or where review is on and its sender is
    not `free` of it; nothing is written then.
    """
    waiting = _look(db, id_, person, now)
    if waiting.state != "waiting":
        return waiting
    _let_through(db, waiting.name, free=free)
    sql = 'SELECT "table", file, digest, why FROM imports WHERE id = ?'
    table, packed, digest, why = db.execute(sql, [id_]).fetchone()
    data = zlib.decompress(packed)

    def mark(number: int) -> bool:
        _let_through(db, waiting.name, free=free)
        sql = "UPDATE imports SET state = 'saved', number = ?, file = NULL WHERE id = ? AND state = 'waiting'"
        return db.execute(sql, [number, id_]).rowcount == 1

    for _ in range(MOST_TRIES):
        plan = read_plan(db, waiting.name, data, table, today, tick, doubting=False)
        if plan.digest != digest:
            raise EditConflict(
                f"Kho đã đổi từ lúc xem thử {waiting.name}, chưa ghi gì. Hãy gửi lại tệp để xem thử lần nữa."
            )
        try:
            number = carry_out(
                db, plan.steps, _line(plan, id_, person, why), plan.state, tick=tick, also=mark
            )
        except Stale:
            continue
        if not number:  # a second tap was faster
            return _look(db, id_, person, now)
        return Import("saved", waiting.name, number, len(plan.steps))
    raise EditConflict(f"Kho đang được người khác sửa liên tục, chưa ghi {waiting.name}. Hãy gửi lại tệp.")


def _let_through(db: Database, name: str, *, free: bool) -> None:
    if not free and review_is_on(db):
        raise EditConflict(
            f"Chế độ duyệt đang bật nên biên tập không ghi được cả tệp (chưa ghi gì của {name});"
            " hãy nhờ người duyệt hoặc chủ bot gửi tệp này cho bot."
        )


def name_of(db: Database, id_: str, person: int) -> str:
    """The name of a file that was kept; empty where there is none of that id from this person."""
    return _look(db, id_, person, 0.0).name


def import_file(
    path: str | Path,
    file: Path,
    table: str,
    today: date,
    *,
    dry_run: bool = False,
    skip_refused: bool = False,
) -> Plan:
    """Carry a file out at once, with its line in the history; what it changed.

    Nothing is written in a dry run, nor, without `skip_refused`, where a row is refused. Raises `ContentError` for a file
    that cannot be read, `EditConflict` where somebody else changes the base all the time.
    """
    with open_database(path) as db:
        migrate(db)
        for _ in range(MOST_TRIES):
            plan = read_plan(db, file.name, file.read_bytes(), table, today)
            if dry_run or not plan.steps or (plan.problems and not skip_refused):
                return plan
            try:
                carry_out(db, plan.steps, _line(plan, secrets.token_urlsafe(9), 0), plan.state)
            except Stale:
                continue
            return plan
    raise EditConflict("Kho đang được người khác sửa liên tục, chưa ghi gì. Hãy chạy lại lệnh.")


def _line(plan: Plan, batch: str, who: int, why: str = "") -> Done:
    told = {"file": plan.name, "added": len(plan.added), "changed": len(plan.changed)}
    return Done(0, "", who, "add", IMPORTS, batch, None, told, why)


def cancel_import(db: Database, id_: str, person: int, now: float) -> Import:
    """Drop a file that waits; one that is saved stays saved."""
    with transaction(db):
        waiting = _look(db, id_, person, now)
        if waiting.state != "waiting":
            return waiting
        db.execute("UPDATE imports SET state = 'cancelled', file = NULL WHERE id = ?", [id_])
        return Import("cancelled", waiting.name)


def cancel_imports(db: Database, person: int) -> int:
    """Drop every file of this person that waits; how many there were. The caller holds the transaction."""
    sql = "UPDATE imports SET state = 'cancelled', file = NULL WHERE person = ? AND state = 'waiting'"
    return int(db.execute(sql, [person]).rowcount)


def _look(db: Database, id_: str, person: int, now: float) -> Import:
    sql = "SELECT name, state, number, created FROM imports WHERE id = ? AND person = ?"
    found = db.execute(sql, [id_, person]).fetchone()
    if found is None:
        return Import("unknown")
    name, state, number, created = found
    if state != "waiting":
        return Import(state, name, number or 0, before=True)
    return Import("waiting" if created > now - IMPORT_SECONDS else "expired", name)


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
