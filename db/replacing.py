"""A whole new table of support levels beside the old one: which level each row replaces, and what quotes the old ones.

The rows are those of a sheet of levels (`db.lining`), all under one document and one first day. Rows, ends of the old
levels and marks for review are one change set (`db.exchange`), so one undo takes all of it back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from db.change_sets import Tick, no_tick
from db.content import decode
from db.errors import Problem, refuse
from db.exchange import plan_import
from db.fields import Cell
from db.history import Done
from db.new_rows import NATIONAL, SAME, activity_of, likeness
from db.rows import Rows
from db.sheets import Sheets, Wanted
from db.tables import read_layouts
from db.taking import printed
from knowledge.changes import Plan, Quote, Replaced, Step
from knowledge.records import Document, Entry, SupportLevel
from knowledge.text import fold

REPLACING = "replacing"
"""Among the answers about a table: its levels take the place of those that apply on their first day."""
TABLE = "support_levels"
MARKED = frozenset({"in_force", "amended"})
"""States that a mark for review replaces; what is doubted already, over, or said by somebody keeps its own."""


Changed = Step | Done
"""A row of a change set, or of the history."""


def read_levels(
    rows: Rows,
    name: str,
    data: bytes,
    today: date,
    answers: Mapping[str, str],
    tick: Tick = no_tick,
    *,
    doubting: bool = True,
) -> Plan:
    """What a table of levels would change: new levels, ends of those they replace, marks on what quotes these.

    `answers` holds `document` and `valid_from`. Raises `ContentError` where the file holds no level at all.
    """
    found = read_layouts(name, data, TABLE, rows, today, answers)
    if found is None or not (found.rows or found.problems or found.asks):
        why = "không có mức nào; bảng phải có cột Nội dung, cột Mức và ít nhất một dòng dưới tiêu đề"
        raise refuse(name, why)
    levels = {one.id: one for one in rows.records(TABLE)}
    sheets = _placed(found, list(levels.values()), answers)
    plan = plan_import(rows, name, sheets, today, tick, doubting=False)
    if ends := _ends(plan, levels.values(), answers["valid_from"], today):
        sheets.rows += ends
        plan = plan_import(rows, name, sheets, today, tick, doubting=False)
    documents = {one.id: one for one in rows.records("documents")}
    pairs = replaced(plan.steps, levels)
    for one in quotes(pairs, levels.values(), rows.records("entries"), documents):
        row = rows.get(one.table, one.row) if one.table in (TABLE, "entries") else None
        if row is not None and row.record.status in MARKED:
            sheets.rows.append(Wanted(one.table, one.row, {"status": "needs_check"}, name, 0, ""))
    return plan_import(rows, name, sheets, today, tick, doubting=doubting)


# --- which level a row replaces -------------------------------------------------------------------------------------


def _placed(sheets: Sheets, levels: Sequence[SupportLevel], answers: Mapping[str, str]) -> Sheets:
    """The rows under the activity that each is of, called as its latest level is; those of another document or day, or
    before a later level, refused."""
    placed = replace(sheets, rows=[], problems=list(sheets.problems))
    found = [activity_of(str(row.cells["name"]), levels) for row in sheets.rows]
    best = {activity: max(score for one, score in found if one == activity) for activity, _ in found}
    taken: set[str] = set()
    for row, (activity, score) in zip(sheets.rows, found, strict=True):
        wanted = replace(row, cells={**row.cells, "aliases": (str(row.cells["name"]),)})
        if activity and score == best[activity] and activity not in taken:
            taken.add(activity)
            cells = {**row.cells, **_called(str(row.cells["name"]), activity, levels)}
            wanted = replace(row, row=_id(activity, levels, answers), cells=cells)
        if why := _misplaced(wanted, levels, answers):
            placed.problems.append(Problem(row.file, row.line, f"“{row.cells['name']}”: {why}"))
        else:
            placed.rows.append(wanted)
    return placed


def _called(name: str, activity: str, levels: Iterable[SupportLevel]) -> dict[str, Cell]:
    """What a level of a known activity goes by: the stored names, and the one that the table gives."""
    rows = [one for one in levels if one.activity == activity and one.scope == NATIONAL]
    latest = max(rows, key=lambda one: one.valid_from)
    aliases = dict.fromkeys(latest.aliases)
    if likeness(name, latest) < SAME:
        aliases[name] = None
    return {"activity": activity, "name": latest.name, "aliases": tuple(aliases)}


def _id(activity: str, levels: Iterable[SupportLevel], answers: Mapping[str, str]) -> str:
    """The stored level of this activity, document and day, else a new id made of the activity and the year."""
    start = answers["valid_from"]
    ids = {one.id for one in levels}
    for one in levels:
        if (one.activity, one.document, one.valid_from) == (activity, answers["document"], start):
            return one.id
    short = f"{activity}-{start[:4]}"
    return short if short not in ids else f"{activity}-{start}"


def _misplaced(row: Wanted, levels: Iterable[SupportLevel], answers: Mapping[str, str]) -> str:
    """Why a row cannot begin on the day; empty where it can."""
    if row.cells["document"] != answers["document"]:
        return f"dòng ghi văn bản khác ({row.cells['document']}); hãy sửa dòng ấy, hoặc để riêng một bảng"
    if row.cells["valid_from"] != answers["valid_from"]:
        return (
            f"dòng ghi ngày áp dụng khác ({row.cells['valid_from']}); hãy sửa dòng ấy, hoặc để riêng một bảng"
        )
    for one in levels:
        same = one.scope == NATIONAL and one.activity == row.cells["activity"] and one.id != row.row
        if same and one.valid_from >= answers["valid_from"]:
            return f"đã có mức áp dụng từ {one.valid_from} ({one.id}); hãy chọn ngày sau ngày ấy, hoặc /sua {one.id}"
    return ""


def present(activity: str, levels: Iterable[SupportLevel], day: str) -> SupportLevel | None:
    """The national level of an activity that applies on a day, ISO."""
    holding = (one for one in levels if one.valid_from <= day <= (one.valid_to or day))
    return next((one for one in holding if (one.scope, one.activity) == (NATIONAL, activity)), None)


def _ends(plan: Plan, levels: Iterable[SupportLevel], start: str, today: date) -> list[Wanted]:
    """The end of each level whose place a new one takes: the day before."""
    last = (date.fromisoformat(start) - timedelta(days=1)).isoformat()
    status = "superseded" if start <= today.isoformat() else "in_force"
    found = []
    for step in plan.added:
        old = present(str((step.after or {})["activity"]), levels, start)
        if old is not None:
            found.append(Wanted(TABLE, old.id, {"valid_to": last, "status": status}, plan.name, 0, ""))
    return found


def replaced(rows: Iterable[Changed], levels: Mapping[str, SupportLevel]) -> list[Replaced]:
    """The levels that a change set begins, each with the one that it ends for it. `levels`: by id."""
    rows = [one for one in rows if one.table == TABLE]
    ended = [levels[one.row] for one in rows if one.before and "valid_to" in (one.after or {})]
    new = [decode(TABLE, dict(one.after)).record for one in rows if one.before is None and one.after]
    by_activity = {(one.activity, one.scope): one for one in ended}
    return [Replaced(by_activity.get((one.activity, one.scope)), one) for one in new]


# --- what quotes the old ones ---------------------------------------------------------------------------------------


def quotes(
    pairs: Sequence[Replaced],
    levels: Iterable[SupportLevel],
    entries: Iterable[Entry],
    documents: Mapping[str, Document],
) -> list[Quote]:
    """Entries and levels that rest on a replaced document or tell an amount that changed, the amounts first; at the end
    the documents themselves.

    An amount is the cap as it may be printed, or the percent beside a name of the activity. What is over by then is left
    out.
    """
    ended = [(one.old, one.new) for one in pairs if one.old is not None]
    if not ended:
        return []
    begins = ended[0][1].valid_from
    changed = {old.document for old, _ in ended} - {new.document for _, new in ended}
    numbers = {one: fold(documents[one].number) for one in changed}
    told = [_quoted(entry, ended, numbers) for entry in entries if _lasts(entry, begins)]
    own = {old.id for old, _ in ended}
    resting = [
        Quote(TABLE, level.id, level.name, (level.document,), ())
        for level in levels
        if level.document in changed
        and level.id not in own
        and level.valid_from < begins
        and _lasts(level, begins)
    ]
    quoting = [one for one in told if one.documents or one.levels]
    themselves = _standing(sorted({new.document for _, new in ended} | changed), documents)
    return sorted([*quoting, *resting, *themselves], key=lambda one: not one.levels)


def _standing(names: Iterable[str], documents: Mapping[str, Document]) -> list[Quote]:
    """The documents of these ids that still stand."""
    rows = (documents[name] for name in names)
    return [Quote("documents", row.id, row.title, (), ()) for row in rows if row.status != "superseded"]


def _lasts(row: Entry | SupportLevel, day: str) -> bool:
    """Whether a row still applies on a day."""
    return row.status != "superseded" and day <= (row.valid_to or day)


def _quoted(
    entry: Entry, ended: Sequence[tuple[SupportLevel, SupportLevel]], numbers: Mapping[str, str]
) -> Quote:
    """What an entry names of the documents in `numbers` (id → folded number), and tells of the amounts that ended."""
    text = fold(f"{entry.title} {entry.body} {entry.detail}")
    basis = {line.partition(":")[0].strip() for line in entry.basis}
    named = [one for one, number in sorted(numbers.items()) if one in basis or (number and number in text)]
    amounts = [old for old, new in ended if _tells(old, new, text)]
    return Quote("entries", entry.id, entry.title, tuple(named), tuple(amounts))


def _tells(old: SupportLevel, new: SupportLevel, text: str) -> bool:
    """Whether a folded text tells an amount of the old level that the new one does not have."""
    if old.cap is not None and old.cap != new.cap:
        forms = ((9, " ?t[yi]\\b"), (6, " ?(?:trieu|tr)\\b"), (0, ""))
        if any(_number_in(Decimal(old.cap) / 10**power, unit, text) for power, unit in forms):
            return True
    if old.percent is None or old.percent == new.percent:
        return False
    names = (fold(one) for one in (old.name, *old.aliases))
    return _number_in(Decimal(str(old.percent)), " ?(?:%|phan tram)", text) and any(
        one in text for one in names
    )


def _number_in(value: Decimal, unit: str, text: str) -> bool:
    """Whether a text holds a number with Vietnamese marks and its unit, a pattern."""
    shown = re.escape(printed(format(value.normalize(), "f")))
    return bool(re.search(rf"(?<![\d.,]){shown}(?![\d]){unit}", text))
