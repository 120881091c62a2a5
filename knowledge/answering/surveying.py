"""Many figures at once: a list, the years of a span with their gaps, and which figure a number is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from knowledge.answering.comparing import remember
from knowledge.answering.library import Asked
from knowledge.answering.ranking import YEAR
from knowledge.answering.wanting import LEVELS, asks_each
from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context
from knowledge.finding.answer import figure_answer, series_answer
from knowledge.finding.companions import PARTS
from knowledge.finding.figures import HONOURED_BY_THE_NATION, find_figure
from knowledge.finding.wanted import AMOUNTS, FUNDING, NATION, Found, Wanted
from knowledge.language.codes import years_of
from knowledge.reading.question import Question
from knowledge.records import Answer, Choice, Figure, Note
from knowledge.telling.names import list_question, period_name

MOST_LISTED = 24
"""Figures that one answer lists; more would not be read on a phone."""
_LEAST_SIDES = 2
"""Figures that make a list."""
_MOST_COUNTED = len(LEVELS) + 1
"""Things that are counted besides each other: the levels of honoured products, and one more."""
_MOST_MORE = 6
"""Buttons for what a list leaves out."""

_UNTOLD = ("date", "edition")
_OF_WHAT = ("which_region", "which_province", "which_year", "which_programme")


class Surveying:
    """Answers over many figures of one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base

    def listed(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """Every figure that agrees with what was named, in the order of time; of many the latest, with buttons for the
        years before. None where nothing was named, or nothing agrees."""
        if asked.question.series:
            return self._every_year(asked, wanted)
        if not (wanted.regions or wanted.periods):
            return None
        rows = self._base.select(programme=wanted.programmes or None, region=wanted.regions or None)
        rows = [row for row in rows if row.measure not in _UNTOLD and within(row.period, wanted.periods)]
        rows = _in_order(rows)
        shown = _latest(rows)
        held = {row.period[:4] for row in shown}
        left = list(dict.fromkeys(row.period[:4] for row in reversed(rows) if row.period[:4] not in held))
        cut = (Note("listed_part" if left else "listed_some", {"count": str(len(rows))}),)
        notes = cut if len(shown) < len(rows) else ()
        return self._told(asked, wanted, shown, notes, self._of_years(left, wanted)) if rows else None

    def _of_years(self, years: list[str], wanted: Wanted) -> tuple[Choice, ...]:
        """Of a list that is too long: the list of each year that it leaves out."""
        where = [*(self._base.names[one] for one in wanted.regions), *wanted.programmes]
        names = [period_name(year) for year in years[:_MOST_MORE]]
        return tuple(Choice(f"{name[:1].upper()}{name[1:]}", list_question(*where, name)) for name in names)

    def _every_year(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """The figures of one thing over all years, or those of the span that is named; of the nation where no place is."""
        if not (wanted.regions or wanted.periods or wanted.programmes) and (
            wanted.indicator != HONOURED_BY_THE_NATION
        ):
            return None
        wanted = replace(wanted, regions=wanted.regions or (NATION,))
        rows = _in_order([row for row in self._rows(wanted) if among(row.period, wanted.periods)])
        return self._told(asked, wanted, rows[-MOST_LISTED:], ()) if rows else None

    def _rows(self, wanted: Wanted, **slots: tuple[str, ...]) -> list[Figure]:
        """The figures of an indicator; of money the amounts, and those of both programmes where none is named."""
        funding = wanted.indicator == FUNDING
        measures = wanted.measures or (AMOUNTS if funding else None)
        rows = self._base.select(
            indicator=wanted.indicator,
            measure=("plan", "allocated") if wanted.measures == ("assigned",) else measures,
            programme=wanted.programmes or (("total",) if funding else None),
            region=wanted.regions or None,
            **slots,
        )
        return [row for row in rows if not wanted.of or row.of in wanted.of]

    def ranged(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """The years of a span, and which of them are missing; None where it is no span, or where it is asked for as one: a
        year is not the figure of the span, and years are never added up."""
        ends = years_of(wanted.periods[0]) if len(wanted.periods) == 1 else ()
        if len(ends) < _LEAST_SIDES or self._of_the_whole(asked.question, wanted):
            return None
        years = [str(year) for year in range(ends[0], ends[1] + 1)]
        wanted = replace(wanted, periods=(), regions=wanted.regions or (NATION,))
        rows = self._rows(wanted, period=tuple(years))
        held = {row.period for row in rows}
        if not held or (len(held) < _LEAST_SIDES and not asked.question.series):
            return None
        missing = [year for year in years if year not in held]
        notes = [] if asked.question.regions else [Note("assumed_nation")]
        if wanted.indicator == FUNDING and not wanted.programmes:
            notes.append(Note("assumed_total"))
        if missing:
            notes.append(Note("series_gaps", {"missing": ", ".join(missing)}))
        span = "-".join(map(str, ends))
        if not year_by_year(asked.question):
            notes.append(Note("no_figure_of_span", {"span": span}))
        return self._told(
            asked, replace(wanted, periods=(span,)), _in_order(rows)[:MOST_LISTED], tuple(notes)
        )

    def _of_the_whole(self, question: Question, wanted: Wanted) -> bool:
        """Whether a span of years is asked for as one: its sum, a part of it, or a figure that the base has of it. A
        sum, or a count, is asked for of the whole unless the years are asked for one by one."""
        if question.documents or (wanted.indicator == FUNDING and question.reading.has("activity")):
            return True
        if question.series:
            return False
        number = question.total_word or question.reading.has("operator", "sum") or wanted.indicator != FUNDING
        if number and not year_by_year(question):
            return True
        asks_part = set(wanted.measures) - {*AMOUNTS, "assigned"}
        return bool(asks_part or find_figure(self._base, wanted).lead)

    def each(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """The figure of each value of the slots of which several were named; None where that is not asked, or where the
        base holds fewer than two of them."""
        found = [(one, find_figure(self._base, one).lead) for one in _sides(asked.question, wanted)]
        found = [side for side in found if side[0].programmes != ("total",) or side[1] is not None]
        rows = list({lead.id: lead for _, lead in found if lead is not None}.values())
        if len(rows) < _LEAST_SIDES:
            return None
        named = [(self._named(one), lead) for one, lead in found]
        common = set.intersection(*(set(words) for words, _ in named))
        missing = [
            " ".join(one for one in words if one not in common) for words, lead in named if lead is None
        ]
        notes = (Note("series_gaps", {"missing": ", ".join(missing)}),) * bool(missing)
        return self._told(asked, wanted, rows, notes)

    def _named(self, one: Wanted) -> list[str]:
        """What a search names, in words."""
        names = self._base.names
        slots = (one.indicator, *one.regions, *one.programmes)
        times = (code if code.isdigit() else period_name(code) for code in one.periods)
        return [*(names.get(value, value) for value in slots), *times]

    def of_programmes(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """The sum of each programme, where none is named and there is no total; None where one is missing."""
        rows = [find_figure(self._base, replace(wanted, programmes=(one,))).lead for one in PARTS]
        held = [row for row in rows if row is not None]
        slots = {(row.measure, row.region, row.period) for row in held if row.measure in AMOUNTS}
        if len(held) < len(PARTS) or len(slots) != 1:
            return None
        answer, context = self._told(asked, wanted, held, ())
        return replace(answer, aspect="parts"), context

    def meaning(self, asked: Asked) -> tuple[Answer, Context] | None:
        """Which figures have just the value that was typed ("176,4 tỷ là số gì"); None where that is not asked."""
        question = asked.question
        if not _asks_meaning(question):
            return None
        quantity = next((one for one in question.quantities if one.scaled), question.quantities[0])
        money = {"money": ("VND",), "percent": ("percent",)}.get(quantity.kind, ())
        found = self._base.figures_by_value.get(float(quantity.value), ())
        rows = _in_order(
            [row for row in found if row.unit in money or (not money and row.unit not in ("VND", "percent"))]
        )
        wanted = Wanted()
        if not rows:
            gap = Note("no_such_value", {"value": quantity.text})
            answer = Answer(status="no_answer", kind="figure", as_of=asked.today, gaps=(gap,))
            return answer, replace(asked.context, route="gap")
        if len(rows) == 1:
            answer = figure_answer(self._base, Found(lead=rows[0]), asked.today)
            return answer, remember(asked, wanted, answer)
        return self._told(asked, wanted, rows[:MOST_LISTED], ())

    def _told(
        self,
        asked: Asked,
        wanted: Wanted,
        rows: list[Figure],
        notes: tuple[Note, ...],
        choices: tuple[Choice, ...] = (),
    ) -> tuple[Answer, Context]:
        said = asked.question.reading
        summed = said.has("operator", "sum") and _adds_up(rows)
        moved = said.has("operator", "up", "down") and len({row.region for row in rows}) == 1
        aspect = "sum" if summed else "moved" if moved else ""
        told = series_answer(self._base, rows, asked.today, aspect)
        answer = replace(told, assumptions=notes, choices=choices)
        return answer, remember(asked, wanted, answer)


def _sides(question: Question, wanted: Wanted) -> tuple[Wanted, ...]:
    """The searches that a question lists: of several levels of honoured products, of three values of one slot or two that are asked one by one; none where it lists nothing."""
    said = question.reading.named("level")
    levels = [one for one in LEVELS if any(span.means("level", one) for span in said)]
    if len(levels) >= _LEAST_SIDES and wanted.indicator in LEVELS.values():
        counted = [LEVELS[one] for one in levels]
        if len(question.reading.of("asks", "how_many", "how_much")) > 1:  # and what else is counted
            counted = [*(one for one in question.indicators if one not in LEVELS.values()), *counted]
        return tuple(replace(wanted, indicator=one, programmes=()) for one in counted[-_MOST_COUNTED:])
    one_by_one = question.series or asks_each(question.reading)
    parted = one_by_one and wanted.programmes == PARTS
    programmes = ("total", *PARTS) if parted else wanted.programmes
    lists = (wanted.regions, wanted.periods, programmes)
    if max(map(len, lists)) <= _LEAST_SIDES - one_by_one:
        return ()
    each = [[values[at : at + 1] for at in range(len(values) or 1)] for values in lists]
    found = (
        replace(wanted, regions=region, periods=period, programmes=programme, joined="")
        for region, period, programme in product(*each)
    )
    return tuple(found)[:MOST_LISTED]


def _adds_up(rows: Sequence[Figure]) -> bool:
    """Whether figures of several years are of one thing and place, so that they may be added."""
    things = {(row.indicator, row.measure, row.programme, row.region, row.unit) for row in rows}
    years = {row.period for row in rows}
    plain = all(row.period.isdigit() and row.value_max is None for row in rows)
    return (
        len(things) == 1 and len(years) == len(rows) > 1 and plain and rows[0].unit not in ("percent", "date")
    )


def _asks_meaning(question: Question) -> bool:
    parts = any(one.value in PARTS for one in question.programmes)
    slots = question.periods.found or question.regions or parts or question.documents
    if len(question.quantities) != 1 or slots:
        return False
    said = question.reading
    asks = said.has("asks", "what", "definition", "where") or any(said.has("asks", one) for one in _OF_WHAT)
    return bool(
        asks and (not question.unknown if question.quantities[0].scaled else said.has("asks", "what"))
    )


def _in_order(rows: list[Figure]) -> list[Figure]:
    """By time, money before counts; what several sources print alike is told once."""
    once: dict[tuple[object, ...], Figure] = {}
    for row in rows:
        slot = (row.indicator, row.measure, row.of, row.against, row.programme, row.region, row.period)
        once.setdefault((*slot, row.value), row)
    return sorted(
        once.values(), key=lambda row: (row.period, row.indicator != FUNDING, row.programme, row.measure)
    )


def _latest(rows: list[Figure]) -> list[Figure]:
    """The latest years that fit whole, at least one."""
    shown: list[Figure] = []
    for year in dict.fromkeys(row.period[:4] for row in reversed(rows)):
        own = [row for row in rows if row.period[:4] == year]
        if shown and len(shown) + len(own) > MOST_LISTED:
            break
        shown = own + shown
    return shown[-MOST_LISTED:]


def year_by_year(question: Question) -> bool:
    """Whether the years of a span are asked for one by one."""
    return bool(question.series or question.listing or question.reading.has("operator", "table", "each"))


def within(period: str, times: tuple[str, ...]) -> bool:
    """A year takes in its halves, quarters and months, and what begins in it; no time named takes in any."""
    return bool(period) and (not times or period in times or period[:4] in times)


def among(period: str, times: tuple[str, ...]) -> bool:
    """Whether a time begins within one of these times, spans of years too."""
    return within(period, times) or any(
        ends[0] <= int(period[:YEAR]) <= ends[-1] for ends in map(years_of, times) if ends and period
    )
