"""What makes a row doubtful though it reads well: an amount a thousand times the others, a percent that its amounts do not
give, last year's number once more. Nothing here refuses a row: each doubt is a `Note` for whoever is about to save it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Protocol

from sqlite_utils import Database

from db.checks import recompute
from db.content import decode
from db.fields import table_of_record
from knowledge.arithmetic import compare, measure, ratio, total
from knowledge.records import Document, Entry, Figure, Note, Relation, Source, SupportLevel

SLOT = ("indicator", "measure", "of", "against", "programme", "region", "period", "round", "label")
"""Two figures that agree in all of these answer the same question."""

SERIES = tuple(column for column in SLOT if column not in ("period", "label"))
"""Two figures that agree in all of these are of one series."""

TOGETHER = ("indicator", "region", "period", "round")
"""Among figures that agree in all of these are a total, its parts, and the percents of them."""

JUMP = 100
"""Times: a unit mistaken for the next makes a thousand, and real figures of one slot stay well below a hundred."""
MOST_COPIES = 3
AHEAD = frozenset({"plan", "target", "proposal", "allocated", "estimate", "date", "edition"})
"""Measures that may speak of a period that is not over."""

_PAST_DATES = ("published_on", "issued_on", "as_of")


class Rows(Protocol):
    """What a row is held against: the base as it is, or as it would be after an import."""

    def figures_at(self, figure: Figure, columns: Sequence[str]) -> list[Figure]:
        """Figures that agree with this one in `columns`, in the order of the base."""

    def figures(self) -> dict[str, Figure]:
        """Every figure by its id."""

    def relations_of(self, figure: str) -> list[Relation]:
        """Relations in which this figure stands."""

    def sums(self) -> list[tuple[str, ...]]:
        """The operands of every known sum."""

    def document(self, id_: str) -> Document | None:
        """One document."""


class StoredRows:
    """The base as its tables hold it."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def figures_at(self, figure: Figure, columns: Sequence[str]) -> list[Figure]:
        """See `Rows`."""
        return figures_at(self._db, figure, columns)

    def figures(self) -> dict[str, Figure]:
        """See `Rows`."""
        rows = self._db.query("SELECT * FROM figures")
        return {cells["id"]: decode("figures", cells).record for cells in rows}

    def _relations(self) -> list[Relation]:
        return [decode("relations", cells).record for cells in self._db.query("SELECT * FROM relations")]

    def relations_of(self, figure: str) -> list[Relation]:
        """See `Rows`."""
        return [row for row in self._relations() if figure in row.operands]

    def sums(self) -> list[tuple[str, ...]]:
        """See `Rows`."""
        return [row.operands for row in self._relations() if row.kind == "sum"]

    def document(self, id_: str) -> Document | None:
        """See `Rows`."""
        found = self._db.query("SELECT * FROM documents WHERE id = ?", [id_])
        return next((decode("documents", cells).record for cells in found), None)


def doubts(db: Database, table: str, record: Any, today: date) -> list[Note]:
    """Every doubt about a row as it would be after its change."""
    return doubts_among(StoredRows(db), record, today)


def doubts_among(rows: Rows, record: Any, today: date) -> list[Note]:
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


def same_slot(db: Database, figure: Figure) -> list[Figure]:
    """The other figures that answer the same question."""
    return [row for row in figures_at(db, figure, SLOT) if row.id != figure.id]


def figures_at(db: Database, figure: Figure, columns: Sequence[str]) -> list[Figure]:
    """Figures that agree with this one in `columns`, in the order of the base."""
    where = " AND ".join(f'"{column}" IS ?' for column in columns)
    values = [getattr(figure, column) or _empty(column) for column in columns]
    rows = db.query(f"SELECT * FROM figures WHERE {where} ORDER BY rowid", values)
    return [decode("figures", cells).record for cells in rows]


def _empty(column: str) -> str | None:
    return None if column in ("region", "indicator") else ""


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
    figures = {**rows.figures(), figure.id: figure}
    sums = rows.sums()
    for relation in concerned:
        outcome = recompute(relation, figures, sums)
        if outcome is not None and outcome != relation.verdict:
            yield Note("relation_differs", {"id": relation.id, "verdict": relation.verdict, "now": outcome})


def _validity(rows: Rows, named: str, valid_from: str, valid_to: str) -> Iterator[Note]:
    """A rule that holds before or after its document does."""
    document = rows.document(named)
    if document is None:
        return
    early = valid_from and document.in_force_from and valid_from < document.in_force_from
    late = document.in_force_to and (not valid_to or valid_to > document.in_force_to)
    if early or late:
        yield Note("outside_document", {"document": document.number or document.id})
