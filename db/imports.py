"""Files that wait for a tap, carrying them out, and taking an import back.

The file itself is kept, so that a restart in between changes nothing. When it is carried out it is held against the base
anew; where that gives something else than was shown, nothing is written.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlite_utils import Database

from db.change_sets import Tick, carry_out, no_tick, until_it_fits
from db.connection import open_database, transaction
from db.errors import EditConflict
from db.exchange import plan_import
from db.headers import StrangeLayout
from db.migrations import migrate
from db.replacing import REPLACING, read_levels
from db.rows import Rows
from db.sheets import Sheets, read_sheets
from db.tables import read_layouts
from db.waiting import KEEP_SECONDS, Settled, look, new_id, review_is_on
from knowledge.changes import Plan

LASTING = frozenset({"programme", "scale", "measure", "region"})
"""What is true of every file of a layout; its source and time are asked for each time."""


def read_plan(
    db: Database,
    name: str,
    data: bytes,
    table: str,
    today: date,
    tick: Tick = no_tick,
    *,
    doubting: bool = True,
    answers: Mapping[str, str] | None = None,
) -> Plan:
    """What a file would change. `answers`: what a table of another layout does not say itself, and `REPLACING` where its
    levels take the place of others.

    Raises `ContentError` for a file that cannot be read at all; writes nothing.
    """
    rows = Rows.at_once(db)
    if answers and REPLACING in answers:
        return read_levels(rows, name, data, today, answers, tick, doubting=doubting)
    sheets = Sheets()
    try:
        for sheets in read_sheets(name, data, table):
            tick("read", len(sheets.rows), 0)
    except StrangeLayout as strange:
        found = read_layouts(name, data, table, rows, today, answers or {})
        if found is None:
            raise strange from None
        sheets = found
    return plan_import(rows, name, sheets, today, tick, doubting=doubting)


def keep_import(
    db: Database,
    plan: Plan,
    data: bytes,
    table: str,
    person: int,
    now: float,
    why: str = "",
    answers: Mapping[str, str] | None = None,
) -> str:
    """Keep a file until its sender saves or cancels it, a day at most; its id. `why`: for the history."""
    id_ = new_id()
    packed, digest = zlib.compress(data), plan.digest  # before the lock, which keeps other writers waiting
    with transaction(db):
        db.execute("DELETE FROM imports WHERE created < ?", [now - KEEP_SECONDS])
        sql = (
            'INSERT INTO imports (id, person, name, "table", file, digest, state, created, why, answers)'
            " VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?, ?, ?)"
        )
        said = json.dumps(dict(answers or {}), ensure_ascii=False)
        db.execute(sql, [id_, person, plan.name, table, packed, digest, now, why, said])
    return id_


def save_import(
    db: Database, id_: str, person: int, today: date, now: float, tick: Tick = no_tick, *, free: bool = True
) -> Settled:
    """Carry an import out, once: saving again tells the same number. Only its sender can.

    Raises `EditConflict` where the file would now do something else than was shown, or where review is on and its sender is
    not `free` of it; nothing is written then.
    """
    waiting = _look(db, id_, person, now)
    if waiting.state != "waiting":
        return waiting
    name = waiting.row
    _let_through(db, name, free=free)
    kept = kept_file(db, id_)

    def mark(number: int) -> None:
        _let_through(db, name, free=free)
        sql = "UPDATE imports SET state = 'saved', number = ?, file = NULL WHERE id = ? AND state = 'waiting'"
        if db.execute(sql, [number, id_]).rowcount != 1:
            raise _SavedAlready

    def attempt() -> Settled:
        plan = read_plan(db, name, kept.data, kept.table, today, tick, doubting=False, answers=kept.answers)
        if plan.digest != kept.digest:
            raise EditConflict(
                f"Kho đã đổi từ lúc xem thử {name}, chưa ghi gì. Hãy gửi lại tệp để xem thử lần nữa."
            )
        number = _carry_out(db, plan, id_, person, kept.why, tick, mark)
        return Settled("saved", number, name, rows=len(plan.steps))

    try:
        return until_it_fits(attempt)
    except _SavedAlready:
        return _look(db, id_, person, now)


class _SavedAlready(Exception):
    """A second tap was faster."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that waits, the table that it is said to be of, and what was answered about it."""

    name: str
    data: bytes
    table: str
    answers: dict[str, str]
    why: str
    digest: str


def kept_file(db: Database, id_: str) -> KeptFile:
    """A file that was kept and still waits."""
    sql = 'SELECT name, file, "table", answers, why, digest FROM imports WHERE id = ?'
    name, packed, table, answers, why, digest = db.execute(sql, [id_]).fetchone()
    return KeptFile(name, zlib.decompress(packed), table, json.loads(answers), why, digest)


def answer_import(db: Database, id_: str, plan: Plan, answers: Mapping[str, str]) -> None:
    """Keep what was answered about a file, and what it does with that; the layout remembers it for the next file."""
    said = json.dumps(dict(answers), ensure_ascii=False)
    lasting = {name: value for name, value in answers.items() if name in LASTING}
    with transaction(db):
        db.execute("UPDATE imports SET answers = ?, digest = ? WHERE id = ?", [said, plan.digest, id_])
        sql = "INSERT OR REPLACE INTO layouts (digest, answers) VALUES (?, ?)"
        db.execute(sql, [plan.layout, json.dumps(lasting, ensure_ascii=False)])


def remembered(db: Database, layout: str) -> dict[str, str]:
    """What was answered about an earlier file of this layout, as far as it goes for every file of it."""
    found = db.execute("SELECT answers FROM layouts WHERE digest = ?", [layout]).fetchone()
    return dict(json.loads(found[0])) if found else {}


def _let_through(db: Database, name: str, *, free: bool) -> None:
    if not free and review_is_on(db):
        raise EditConflict(
            f"Chế độ duyệt đang bật nên biên tập không ghi được cả tệp (chưa ghi gì của {name});"
            " hãy nhờ người duyệt hoặc chủ bot gửi tệp này cho bot."
        )


def name_of(db: Database, id_: str, person: int) -> str:
    """The name of a file that was kept; empty where there is none of that id from this person."""
    return _look(db, id_, person, 0.0).row


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

        def attempt() -> Plan:
            plan = read_plan(db, file.name, file.read_bytes(), table, today)
            if plan.steps and not dry_run and (skip_refused or not plan.problems):
                _carry_out(db, plan, new_id(), 0)
            return plan

        return until_it_fits(attempt)


def _carry_out(
    db: Database,
    plan: Plan,
    batch: str,
    who: int,
    why: str = "",
    tick: Tick = no_tick,
    also: Callable[[int], None] = lambda number: None,
) -> int:
    told = {"file": plan.name, "added": len(plan.added), "changed": len(plan.changed)}
    return carry_out(db, plan, batch, who, (None, told), why, tick=tick, also=also)


def cancel_import(db: Database, id_: str, person: int, now: float) -> Settled:
    """Drop a file that waits; one that is saved stays saved."""
    with transaction(db):
        waiting = _look(db, id_, person, now)
        if waiting.state != "waiting":
            return waiting
        db.execute("UPDATE imports SET state = 'cancelled', file = NULL WHERE id = ?", [id_])
        return Settled("cancelled", row=waiting.row)


def cancel_imports(db: Database, person: int) -> int:
    """Drop every file of this person that waits; how many there were. The caller holds the transaction."""
    sql = "UPDATE imports SET state = 'cancelled', file = NULL WHERE person = ? AND state = 'waiting'"
    return int(db.execute(sql, [person]).rowcount)


def _look(db: Database, id_: str, person: int, now: float) -> Settled:
    return look(db, "imports", "name", id_, person, now)
