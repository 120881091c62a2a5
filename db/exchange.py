"""What a file would change: every row read, held against the base as it would be afterwards, and what is refused or doubted.

Everything is looked up in indexes, so that a row costs the same among ten and among fifty thousand. Nothing is written.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from sqlite_utils import Database

from db.afterwards import Doubt, doubts_afterwards
from db.bulk import Step, Tick, no_tick, state_of
from db.checks import COMPUTED, JUDGED, VERDICTS, row_problems
from db.content import encode, read_rows
from db.errors import Problem
from db.fields import reader, type_of_record
from db.files import Content, Row
from db.history import packed
from db.loading import names_in
from db.plausibility import SLOT
from db.proposals import NEEDED, Cell, cell_value, file_of, unknown_name, without
from db.sheets import Sheets, Wanted
from db.values import Read, cell_reader
from knowledge.labels import field_name
from knowledge.records import Figure, Relation

NAMED_BY_OTHERS = frozenset({"sources", "regions", "indicators", "documents", "entries"})
LONGEST_SHORT = 60
EVERY = 200  # rows between two calls of `tick`


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done. `problems`: rows that are refused; `state`: the base that it was held against.

    Of a table whose layout was found: `told` how it was taken, `asks` what it does not say, `layout` its name.
    """

    name: str
    steps: tuple[Step, ...]
    unchanged: int
    problems: tuple[Problem, ...]
    doubts: dict[str, Doubt]
    state: str
    removed: tuple[tuple[str, str], ...] = ()
    told: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    layout: str = ""

    @property
    def added(self) -> tuple[Step, ...]:
        """Rows that are new."""
        return tuple(step for step in self.steps if step.before is None)

    @property
    def changed(self) -> tuple[Step, ...]:
        """Rows of which some fields change."""
        return tuple(step for step in self.steps if step.before is not None)

    @property
    def digest(self) -> str:
        """The same for two plans that do the same to the same."""
        found = hashlib.sha256()
        for step in self.steps:
            found.update(f"{step.table} {step.row} {packed(step.before)} {packed(step.after)}\n".encode())
        return found.hexdigest()


@dataclass(slots=True)
class _Candidate:
    wanted: Wanted
    old: Row | None
    new: Row
    refused: list[str] = field(default_factory=list)


def base_of(db: Database) -> tuple[str, Content]:
    """The state of the base and its rows, at one moment."""
    db.execute("BEGIN")
    try:
        return state_of(db), read_rows(db)
    finally:
        db.rollback()


def plan_import(
    db: Database, name: str, sheets: Sheets, today: date, tick: Tick = no_tick, *, doubting: bool = True
) -> Plan:
    """Hold the rows of a file against the base. Rows upsert by id; what the file does not name stays.

    Without `doubting` nobody is to be told of doubts, and none are looked for."""
    state, content = base_of(db)
    problems = list(sheets.problems)
    candidates, unchanged = _candidates(content, sheets, problems, today, tick)
    _refuse(content, candidates)
    kept = [one for one in candidates if not one.refused]
    for one in candidates:
        if one.refused:
            problems.append(Problem(one.wanted.file, one.wanted.line, _told(one.wanted, one.refused)))
    kept.sort(key=lambda one: list(type_of_record).index(one.wanted.table))
    rows = [(one.wanted.table, one.new.record) for one in kept]
    doubts = doubts_afterwards(content, rows, today, tick) if doubting else {}
    steps = tuple(map(_step, kept))
    return Plan(name, steps, unchanged, tuple(sorted(problems)), doubts, state)


def _told(wanted: Wanted, messages: Sequence[str]) -> str:
    named = "" if wanted.file.endswith(f"/{wanted.row}.md") else f"{wanted.row}: "
    return f"{named}{'; '.join(dict.fromkeys(messages))}"


def _candidates(
    content: Content, sheets: Sheets, problems: list[Problem], today: date, tick: Tick
) -> tuple[list[_Candidate], int]:
    """Rows that would change something and read well by themselves, and how many change nothing."""
    stored = {(table, row.record.id): row for table, rows in content.items() for row in rows}
    given = {(one.table, one.row): _named(one) for one in sheets.rows if one.table in NAMED_BY_OTHERS}
    read = cell_reader(
        {table: [row.record for row in rows] for table, rows in content.items()},
        [one for one in given.values() if one is not None],
        today,
    )
    seen: dict[tuple[str, str], Wanted] = {}
    found: list[_Candidate] = []
    unchanged = 0
    for number, wanted in enumerate(sheets.rows):
        if number % EVERY == 0:
            tick("check", number, len(sheets.rows))
        key = (wanted.table, wanted.row)
        first = seen.setdefault(key, wanted)
        if first is not wanted:
            message = f"{wanted.row}: mã này đã có ở dòng {first.line}; mỗi mã chỉ dùng một lần"
            problems.append(Problem(wanted.file, wanted.line, message))
            continue
        try:
            candidate = _candidate(wanted, stored.get(key), read)
        except _Unread as error:
            problems.append(Problem(wanted.file, wanted.line, _told(wanted, error.messages)))
            continue
        if candidate is None:
            unchanged += 1
        else:
            found.append(candidate)
    tick("check", len(sheets.rows), len(sheets.rows))
    return found, unchanged


_short_value = lru_cache(maxsize=16_384)(cell_value)
"""Most cells of a long file are empty or stand in many rows."""


def _value(table: str, column: str, cell: Cell) -> Any:
    short = isinstance(cell, str) and len(cell) <= LONGEST_SHORT
    return (_short_value if short else cell_value)(table, column, cell)


class _Unread(Exception):
    def __init__(self, messages: list[str]) -> None:
        super().__init__()
        self.messages = messages


def _named(wanted: Wanted) -> tuple[str, Any] | None:
    """A row that the file itself gives, so that its other rows can name it; None where it does not read."""
    try:
        values = {column: cell_value(wanted.table, column, cell) for column, cell in wanted.cells.items()}
        return wanted.table, type_of_record[wanted.table](id=wanted.row, **values)
    except (TypeError, ValueError):
        return None


def _candidate(wanted: Wanted, old: Row | None, read: Read) -> _Candidate | None:
    """The row as it would be; None where it is so already."""
    values: dict[str, Any] = {}
    messages = []
    for column, cell in wanted.cells.items():
        try:
            given = cell if wanted.own else read(wanted.table, column, cell)
            values[column] = _value(wanted.table, column, given)
        except ValueError as error:
            messages.append(f"cột {field_name(wanted.table, column)}: {error}")
    if old is None:
        try:
            values["id"] = reader(wanted.table, "id")(wanted.row)
        except ValueError as error:
            messages.append(str(error))
        if not messages and (missing := without(wanted.table, values)):
            names = ", ".join(field_name(wanted.table, one) for one in missing)
            messages.append(f"mã mới mà thiếu {names}; hãy điền, hoặc sửa lại mã")
    if messages:
        raise _Unread(messages)
    if old is None:
        record = type_of_record[wanted.table](**values)
        new = Row(record, wanted.stem or file_of(wanted.table, record))
    else:
        new = Row(replace(old.record, **values), old.file)
        if new.record == old.record:
            return None
    if messages := list(_alone(wanted.table, new)):
        raise _Unread(messages)
    return _Candidate(wanted, old, new)


def _alone(table: str, row: Row) -> Iterator[str]:
    """Rules for which no other row is needed."""
    for name in NEEDED.get(table, ()):
        if not getattr(row.record, name):
            yield f"thiếu {field_name(table, name)}; hãy điền"
    for problem in row_problems(table, row):
        yield problem.message
    if isinstance(row.record, Relation):
        if row.record.kind not in COMPUTED | JUDGED:
            yield f"kind “{row.record.kind}” lạ; chọn một trong: {', '.join(sorted(COMPUTED | JUDGED))}"
        if row.record.verdict not in VERDICTS:
            yield f"verdict “{row.record.verdict}” lạ; chọn một trong: {', '.join(sorted(VERDICTS))}"


def _refuse(content: Content, candidates: list[_Candidate]) -> None:
    """Mark rows that name what is not there, or take a slot a second time; what leans on a refused row goes with it."""
    ids = {(table, row.record.id) for table, rows in content.items() for row in rows}
    new = {(one.wanted.table, one.wanted.row): one for one in candidates if one.old is None}
    users: defaultdict[tuple[str, str], list[tuple[_Candidate, str]]] = defaultdict(list)
    queue: list[_Candidate] = []
    for one in candidates:
        for column, target, named in names_in(one.wanted.table, one.new.record):
            if (target, named) in new:
                users[target, named].append((one, column))
            elif (target, named) not in ids:
                one.refused.append(unknown_name(one.wanted.table, column, target, named))
    slots = _slots(content, candidates)
    queue += [one for one in candidates if one.refused]
    while queue:
        one = queue.pop()
        table, name = key = (one.wanted.table, one.wanted.row)
        fallen = [
            (user, f"{column}: dòng thêm “{name}” bị từ chối; sửa dòng ấy trước")
            for user, column in (users[key] if one.old is None else ())
        ]
        if one.old is not None and table == "figures":
            place = (*_slot(one.old.record), one.old.record.source)
            fallen += [(user, _taken(one.old.record)) for user in slots.get(place, ())]
        for user, message in fallen:
            if user is not one:
                if not user.refused:
                    queue.append(user)
                user.refused.append(message)


def _slots(content: Content, candidates: list[_Candidate]) -> dict[tuple[str, ...], list[_Candidate]]:
    """Candidates by slot and source; those that come into one that is taken are refused.

    Content files are as somebody has published them: that two of their figures share a slot is for `kb check` to list.
    """
    moved = {one.wanted.row for one in candidates if one.wanted.table == "figures"}
    first = {
        (*_slot(row.record), row.record.source): row.record
        for row in content["figures"]
        if row.record.id not in moved
    }
    found: defaultdict[tuple[str, ...], list[_Candidate]] = defaultdict(list)
    for one in candidates:
        if one.wanted.table != "figures" or one.refused:
            continue
        place = (*_slot(one.new.record), one.new.record.source)
        stays = one.old is not None and place == (*_slot(one.old.record), one.old.record.source)
        taken = first.setdefault(place, one.new.record)
        if taken is not one.new.record and not stays and not one.wanted.own:
            one.refused.append(_taken(taken))
        else:
            found[place].append(one)
    return found


def _slot(figure: Figure) -> tuple[str, ...]:
    return tuple(getattr(figure, column) for column in SLOT)


def _taken(figure: Figure) -> str:
    return f"ô này đã có số {figure.id} ({figure.as_printed}) cùng nguồn; hãy sửa số ấy, hoặc bỏ dòng này"


def _step(one: _Candidate) -> Step:
    cells = encode(one.new)
    if one.old is None:
        return Step(one.wanted.table, one.wanted.row, None, cells, cells)
    before = encode(one.old)
    touched = [name for name, value in cells.items() if value != before[name]]
    old = {name: before[name] for name in touched}
    return Step(one.wanted.table, one.wanted.row, old, {name: cells[name] for name in touched}, cells)


def plan_replacement(before: Content, after: Content, name: str) -> Plan:
    """What putting `after` in place of `before` would do, to be told."""
    candidates, unchanged, removed = [], 0, []
    for table in type_of_record:
        old = {row.record.id: row for row in before[table]}
        for row in after[table]:
            was = old.pop(row.record.id, None)
            if was is not None and was.record == row.record:
                unchanged += 1
            else:
                candidates.append(
                    _Candidate(Wanted(table, row.record.id, {}, row.file, row.line, ""), was, row)
                )
        removed += [(table, one) for one in old]
    return Plan(name, tuple(map(_step, candidates)), unchanged, (), {}, "", tuple(removed))
