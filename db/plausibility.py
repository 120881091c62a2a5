"""What makes a row doubtful though it reads well: an amount a thousand times the others, a percent that its amounts do not
give, last year's number once more. Nothing here refuses a row: each doubt is a `Note` for whoever is about to save it."""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from db.checks import recompute
from db.fields import table_of_record
from db.rows import SLOT, Rows
from knowledge.arithmetic import compare, measure, ratio, total
from knowledge.changes import Doubt
from knowledge.records import Entry, Figure, Note, Source, SupportLevel

SERIES = tuple(column for column in SLOT if column not in ("period", "label"))
"""Two figures that agree in all of these are of one series."""

TOGETHER = ("indicator", "region", "period", "round")
"""Among figures that agree in all of these are a total, its parts, and the percents of them."""

JUMP = 100
"""Times: a unit mistaken for the next makes a thousand, and real figures of one slot stay well below a hundred."""
MOST_COPIES = 3
AHEAD = frozenset({"plan", "target", "proposal", "allocated", "estimate", "date", "edition"})
"""Measures that may speak of a period that is not over."""

MOST_EXAMPLES = 5
EVERY = 100  # rows between two calls of `tick`

_PAST_DATES = ("published_on", "issued_on", "as_of")


def doubts_of_many(
    rows: Rows, changed: Sequence[Any], today: date, tick: Callable[[str, int, int], None]
) -> dict[str, Doubt]:
    """Doubts about the changed records among all rows as they would be, by kind."""
    found: defaultdict[str, Doubt] = defaultdict(Doubt)
    for number, record in enumerate(changed):
        if number % EVERY == 0:
            tick("doubt", number, len(changed))
        notes = doubts(rows, record, today)
        for code in {note.code for note in notes}:
            found[code].count += 1
        for note in notes:
            if len(found[note.code].examples) < MOST_EXAMPLES:
                found[note.code].examples.append((record.id, note))
    return dict(found)


def doubts(rows: Rows, record: Any, today: date) -> list[Note]:
    """Every doubt about a row among these; whether `rows` holds it already makes no difference."""
    found = [*_dates(record, today)]
    if isinstance(record, Figure):
        found += [
            *_period(record, today),
            *_others(rows, record),
            *_sums(rows, record),
            *_relations(rows, record),
        ]
    if isinstance(record, SupportLevel):
        found += _validity(rows, record.document, record.valid_from, record.valid_to)
    if isinstance(record, Entry) and record.status == "in_force":
        for basis in record.basis:
            named = basis.partition(":")[0].strip()
            found += _validity(rows, named, record.valid_from, record.valid_to)
    if isinstance(record, Source) and not record.url:
        found.append(Note("no_address", {"id": record.id}))
    return [note for place, note in enumerate(found) if note not in found[:place]]


def _dates(record: Any, today: date) -> Iterator[Note]:
    for column in _PAST_DATES:
        value = getattr(record, column, "")
        if value and value > today.isoformat()[: len(value)]:
            yield Note("future_date", {"table": table_of_record(record), "field": column, "date": value})


def _period(figure: Figure, today: date) -> Iterator[Note]:
    if not figure.period:
        return
    if figure.measure not in AHEAD and _last_day(figure.period) > today.isoformat():
        yield Note("period_not_over", {"period": figure.period})
    elif figure.period[:4] > str(today.year + 1):
        yield Note("far_ahead", {"period": figure.period})


def _last_day(period: str) -> str:
    """The last day of a period, `YYYY-MM-DD`."""
    last = re.sub(r"^\d{4}-(?=\d{4}$)", "", period.rpartition("/")[2])
    year, _, rest = last.partition("-")
    month = 12
    if found := re.fullmatch(r"(\d{1,2})M", rest):
        month = int(found[1])
    elif found := re.fullmatch(r"Q([1-4])", rest):
        month = 3 * int(found[1])
    elif rest == "H1":
        month = 6
    elif found := re.fullmatch(r"(\d\d)(?:-(\d\d))?", rest):
        if found[2]:
            return last
        month = int(found[1])
    return f"{year}-{month:02}-{calendar.monthrange(int(year), month)[1]:02}"


def _others(rows: Rows, figure: Figure) -> Iterator[Note]:
    """Against the same slot: of another source, and of other periods."""
    for other in rows.figures_at(figure, SLOT):
        if other.id == figure.id:
            continue
        yield Note("other_source", {"id": other.id, "printed": other.as_printed, "source": other.source})
    before = [row for row in rows.figures_at(figure, SERIES) if row.period != figure.period and row.value]
    if not before or not figure.value or figure.unit in ("date", "lần", "đợt"):
        return
    for row in [row for row in before if row.value == figure.value][-MOST_COPIES:]:
        yield Note("copy", {"id": row.id, "period": row.period, "printed": row.as_printed})
    nearest = min(before, key=lambda row: _times(row.value, figure.value))
    if figure.unit != "percent" and _times(nearest.value, figure.value) >= JUMP:
        values = {"id": nearest.id, "period": nearest.period, "printed": nearest.as_printed}
        yield Note("unit_jump", values)


def _times(one: float, other: float) -> float:
    return max(abs(one), abs(other)) / min(abs(one), abs(other))


def _sums(look: Rows, figure: Figure) -> Iterator[Note]:
    """Against the figures of the same place and time: percents and their amounts, a total and its parts."""
    if figure.label:
        return
    rows = [row for row in look.figures_at(figure, TOGETHER) if not row.label]
    rows = [figure, *(row for row in rows if row.id != figure.id)]
    for percent in rows:
        yield from _percent_of(rows, percent, figure)
    whole, *parts = (_amount(rows, figure.measure, programme) for programme in ("total", "KCQG", "KCDP"))
    if whole is None or None in parts or figure not in (whole, *parts):
        return
    computed = total(measure(part) for part in parts if part)
    if compare(computed, measure(whole).interval) == "mismatch":
        yield Note("total_differs", {"id": whole.id, "computed": str(computed.value)})


def _percent_of(rows: Sequence[Figure], percent: Figure, figure: Figure) -> Iterator[Note]:
    """A percent against the two amounts that it is made of, where the figure looked at is one of the three."""
    against = percent.against or "plan"
    if percent.unit != "percent" or not percent.of or against not in ("plan", "total"):
        return
    part = _amount(rows, percent.of, percent.programme)
    whole = _amount(rows, percent.of, "total") if against == "total" else None
    whole = whole or (_amount(rows, "plan", percent.programme) if against == "plan" else None)
    if part is None or whole is None or figure not in (percent, part, whole) or not whole.value:
        return
    computed = ratio(measure(part), measure(whole))
    if compare(computed, measure(percent).interval) == "mismatch":
        values = {"id": percent.id, "printed": percent.as_printed, "computed": str(computed.value)}
        yield Note("percent_differs", values)


def _amount(rows: Sequence[Figure], name: str, programme: str) -> Figure | None:
    """The amount of that measure; the figure that is looked at comes before what is stored."""
    fitting = (row for row in rows if row.measure == name and row.programme == programme and not row.of)
    return next(fitting, None)


def _relations(rows: Rows, figure: Figure) -> Iterator[Note]:
    """Relations whose verdict the new value no longer gives."""
    concerned = rows.relations_of(figure.id)
    if not concerned:
        return
    figures = {row.id: row for row in (*rows.records("figures"), figure)}
    sums = [row.operands for row in rows.records("relations") if row.kind == "sum"]
    for relation in concerned:
        outcome = recompute(relation, figures, sums)
        if outcome is not None and outcome != relation.verdict:
            yield Note("relation_differs", {"id": relation.id, "verdict": relation.verdict, "now": outcome})


def _validity(rows: Rows, named: str, valid_from: str, valid_to: str) -> Iterator[Note]:
    """A rule that holds before or after its document does."""
    row = rows.get("documents", named)
    if row is None:
        return
    document = row.record
    early = valid_from and document.in_force_from and valid_from < document.in_force_from
    late = document.in_force_to and (not valid_to or valid_to > document.in_force_to)
    if early or late:
        yield Note("outside_document", {"document": document.number or document.id})
