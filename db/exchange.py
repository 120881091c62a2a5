"""What a file would change: every row read, held against the base as it would be afterwards, and what is refused or doubted.

Everything is looked up in indexes, so that a row costs the same among ten and among fifty thousand. Nothing is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from db.change_sets import Tick, no_tick, step_between, taken, unknown_name
from db.errors import Problem
from db.fields import Cell, type_of_record
from db.files import Content, Row
from db.loading import names_in
from db.plausibility import doubts_of_many
from db.proposals import Unread, alone, cell_value, read_row
from db.rows import Key, Rows, place_of
from db.sheets import Sheets, Wanted
from db.values import cell_reader
from knowledge.changes import Plan, Step

NAMED_BY_OTHERS = frozenset({"sources", "regions", "indicators", "documents", "entries"})
LONGEST_SHORT = 60
EVERY = 200  # rows between two calls of `tick`


@dataclass(slots=True)
class _Candidate:
    wanted: Wanted
    old: Row | None
    new: Row
    refused: list[str] = field(default_factory=list)


def plan_import(
    rows: Rows, name: str, sheets: Sheets, today: date, tick: Tick = no_tick, *, doubting: bool = True
) -> Plan:
    """Hold the rows of a file against the base. They upsert by id; what the file does not name stays.

    Without `doubting` nobody is to be told of doubts, and none are looked for."""
    problems = list(sheets.problems)
    candidates, unchanged = _candidates(rows, sheets, problems, today, tick)
    _refuse(rows, candidates)
    kept = [one for one in candidates if not one.refused]
    for one in candidates:
        if one.refused:
            problems.append(Problem(one.wanted.file, one.wanted.line, _told(one.wanted, one.refused)))
    kept.sort(key=lambda one: list(type_of_record).index(one.wanted.table))
    doubts = {}
    if doubting:
        after = rows.after({one.wanted.key: one.new for one in kept})
        doubts = doubts_of_many(after, [one.new.record for one in kept], today, tick)
    steps = tuple(step_between(one.wanted.table, one.old, one.new) for one in kept)
    return Plan(
        *(steps, rows.state, name, unchanged, tuple(sorted(problems)), doubts),
        told=tuple(sheets.told),
        asks=tuple(sheets.asks),
        layout=sheets.layout,
    )


def _told(wanted: Wanted, messages: Sequence[str]) -> str:
    named = "" if wanted.file.endswith(f"/{wanted.row}.md") else f"{wanted.row}: "
    return f"{named}{'; '.join(dict.fromkeys(messages))}"


def _candidates(
    rows: Rows, sheets: Sheets, problems: list[Problem], today: date, tick: Tick
) -> tuple[list[_Candidate], int]:
    """Rows that would change something and read well by themselves, and how many change nothing."""
    given = {one.key: _named(one) for one in sheets.rows if one.table in NAMED_BY_OTHERS}
    read = _reader(rows, [one for one in given.values() if one is not None], today)
    seen: dict[Key, Wanted] = {}
    found: list[_Candidate] = []
    unchanged = 0
    for number, wanted in enumerate(sheets.rows):
        if number % EVERY == 0:
            tick("check", number, len(sheets.rows))
        first = seen.setdefault(wanted.key, wanted)
        old = rows.get(*wanted.key)
        try:
            if first is not wanted:
                raise Unread([f"mã này đã có ở dòng {first.line}; mỗi mã chỉ dùng một lần"])
            value = _value if wanted.own else read
            new = read_row(wanted.table, wanted.row, wanted.cells, old, value, wanted.stem)
            if old is not None and new.record == old.record:
                unchanged += 1
                continue
            if wrong := list(alone(wanted.table, new)):
                raise Unread(wrong)
        except Unread as error:
            problems.append(Problem(wanted.file, wanted.line, _told(wanted, error.messages)))
        else:
            found.append(_Candidate(wanted, old, new))
    tick("check", len(sheets.rows), len(sheets.rows))
    return found, unchanged


_short_value = lru_cache(maxsize=16_384)(cell_value)
"""Most cells of a long file are empty or stand in many rows."""


def _value(table: str, column: str, cell: Cell) -> Any:
    short = isinstance(cell, str) and len(cell) <= LONGEST_SHORT
    return (_short_value if short else cell_value)(table, column, cell)


def _reader(rows: Rows, given: Sequence[tuple[str, Any]], today: date) -> Callable[[str, str, Cell], Any]:
    """Reads a cell that is written for people; rows that the file itself gives can be named."""
    read = cell_reader(rows.records, given, today)
    return lambda table, column, cell: _value(table, column, read(table, column, cell))


def _named(wanted: Wanted) -> tuple[str, Any] | None:
    """A row that the file itself gives, so that its other rows can name it; None where it does not read."""
    try:
        values = {column: cell_value(wanted.table, column, cell) for column, cell in wanted.cells.items()}
        return wanted.table, type_of_record[wanted.table](id=wanted.row, **values)
    except (TypeError, ValueError):
        return None


def _refuse(rows: Rows, candidates: list[_Candidate]) -> None:
    """Mark rows that name what is not there, or take a slot a second time; what leans on a refused row goes with it."""
    new = {one.wanted.key for one in candidates if one.old is None}
    users: defaultdict[Key, list[tuple[_Candidate, str]]] = defaultdict(list)
    for one in candidates:
        for column, target, named in names_in(one.wanted.table, one.new.record):
            if (target, named) in new:
                users[target, named].append((one, column))
            elif rows.get(target, named) is None:
                one.refused.append(unknown_name(one.wanted.table, column, target, named))
    slots = _slots(rows, candidates)
    queue = [one for one in candidates if one.refused]
    while queue:
        one = queue.pop()
        if one.old is None:
            why = f"dòng thêm “{one.wanted.row}” bị từ chối; sửa dòng ấy trước"
            fallen = [(user, f"{column}: {why}") for user, column in users[one.wanted.key]]
        elif one.wanted.table == "figures":
            fallen = [(user, taken(one.old.record)) for user in slots.get(place_of(one.old.record), ())]
        else:
            fallen = []
        for user, message in fallen:
            if user is not one:
                if not user.refused:
                    queue.append(user)
                user.refused.append(message)


def _slots(rows: Rows, candidates: list[_Candidate]) -> dict[tuple[str, ...], list[_Candidate]]:
    """Candidates by slot and source; those that come into one that is taken are refused.

    Content files are as somebody has published them: that two of their figures share a slot is for `kb check` to list.
    """
    figures = [one for one in candidates if one.wanted.table == "figures"]
    moved = {one.wanted.row for one in figures}
    first = {place_of(one): one for one in rows.records("figures") if one.id not in moved}
    found: defaultdict[tuple[str, ...], list[_Candidate]] = defaultdict(list)
    for one in figures:
        if one.refused:
            continue
        place = place_of(one.new.record)
        stays = one.old is not None and place == place_of(one.old.record)
        held = first.setdefault(place, one.new.record)
        if held is not one.new.record and not stays and not one.wanted.own:
            one.refused.append(taken(held))
        else:
            found[place].append(one)
    return found


def plan_replacement(before: Content, after: Content, name: str) -> Plan:
    """What putting `after` in place of `before` would do, to be told."""
    steps: list[Step] = []
    unchanged, removed = 0, list[Key]()
    for table in type_of_record:
        old = {row.record.id: row for row in before[table]}
        for row in after[table]:
            was = old.pop(row.record.id, None)
            if was is not None and was.record == row.record:
                unchanged += 1
            else:
                steps.append(step_between(table, was, row))
        removed += [(table, one) for one in old]
    return Plan(tuple(steps), "", name, unchanged, removed=tuple(removed))
