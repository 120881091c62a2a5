"""Many figures at once: a list, the years of a span with their gaps, and which figure a number is."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product

from knowledge.answering.comparing import remember
from knowledge.answering.library import Asked
from knowledge.answering.ranking import LEAST_RANKED, YEAR
from knowledge.answering.tabling import tabled_by
from knowledge.answering.wanting import LEVELS
from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context
from knowledge.finding.answer import figure_answer, sources_for, warnings_for
from knowledge.finding.figures import HONOURED_BY_THE_NATION, find_figure
from knowledge.finding.wanted import AMOUNTS, FUNDING, Found, Wanted
from knowledge.reading.question import Question
from knowledge.records import Answer, Choice, Figure, Note
from knowledge.telling.names import PLURAL, list_question, period_name, table_question

MOST_LISTED = 24
"""Figures that one answer lists; more would not be read on a phone."""
_LEAST_SIDES = 2
"""Figures that make a list."""
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
        series = asked.question.series
        if series and not wanted.regions and wanted.indicator == HONOURED_BY_THE_NATION:
            wanted = replace(wanted, regions=("ca_nuoc",))
        if not (wanted.regions or wanted.periods or wanted.programmes):
            return None
        kind = "" if wanted.regions else tabled_by(asked.question)
        regions = tuple(one.id for one in self._base.regions.values() if one.kind == kind) or wanted.regions
        rows = self._base.select(
            indicator=wanted.indicator if series else None,
            measure=(wanted.measures or (AMOUNTS if wanted.indicator == FUNDING else None))
            if series
            else None,
            programme=wanted.programmes or (("total",) if series and wanted.indicator == FUNDING else None),
            region=regions or None,
        )
        times = () if series else wanted.periods
        rows = _in_order(
            [
                row
                for row in rows
                if row.measure not in _UNTOLD and row.period and (not times or _within(row.period, times))
            ]
        )
        if not rows:
            return None
        shown = rows if len(rows) <= MOST_LISTED else self._latest(rows)
        held = {row.period[:4] for row in shown}
        left = list(dict.fromkeys(row.period[:4] for row in reversed(rows) if row.period[:4] not in held))
        choices = tuple(
            Choice(_cap(period_name(year)), list_question(*self._where(wanted, kind), period_name(year)))
            for year in left[:_MOST_MORE]
        )
        code = "listed_part" if left else "listed_some"
        notes = (Note(code, {"count": str(len(rows))}),) if len(shown) < len(rows) else ()
        if kind and not left and notes:
            choices = self._by_indicator(rows, kind, wanted.periods)
        return self._told(asked, wanted, shown, notes, choices)

    def ranged(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """The years of a span that has no figure of its own, and which of them are missing; None where it is no span, or
        where its total is asked for: years are never added up."""
        ends = years_of(wanted.periods[0]) if len(wanted.periods) == 1 else ()
        asks_total = bool(
            asked.question.amount
            or (wanted.total_word and not asked.question.reading.has("operator", "table"))
            or set(wanted.measures) - set(AMOUNTS)
        )
        part = wanted.indicator == FUNDING and asked.question.reading.has("activity")
        if (
            part
            or asked.question.documents
            or len(ends) != len(("first", "last"))
            or (asks_total and not asked.question.series)
            or (not asked.question.series and find_figure(self._base, wanted).lead is not None)
        ):
            return None
        years = [str(year) for year in range(ends[0], ends[1] + 1)]
        regions = wanted.regions or ("ca_nuoc",)
        funding = wanted.indicator == FUNDING
        rows = self._base.select(
            indicator=wanted.indicator,
            measure=wanted.measures or (AMOUNTS if funding else None),
            programme=wanted.programmes or (("total",) if funding else None),
            region=regions,
            period=years,
        )
        rows = [row for row in rows if not wanted.of or row.of in wanted.of]
        if not rows:
            return None
        held = {row.period for row in rows}
        if len(held) < LEAST_RANKED and not asked.question.series:
            return None
        missing = [year for year in years if year not in held]
        notes = [] if wanted.regions else [Note("assumed_nation")]
        if funding and not wanted.programmes:
            notes.append(Note("assumed_total"))
        if missing:
            notes.append(Note("series_gaps", {"missing": ", ".join(missing)}))
        return self._told(asked, wanted, _in_order(rows)[:MOST_LISTED], tuple(notes))

    def each(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """The figure of each value of the slots of which several were named; None where that is not asked, or where the
        base holds fewer than two of them."""
        found = [(one, find_figure(self._base, one).lead) for one in _sides(asked.question, wanted)]
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
        answer = Answer(
            status="answered",
            kind="series",
            as_of=asked.today,
            figures=tuple(rows),
            assumptions=notes,
            warnings=warnings_for(self._base, rows)[:4],
            choices=choices,
            sources=sources_for(self._base, [row.source for row in rows]),
        )
        return answer, remember(asked, wanted, answer)

    def _latest(self, rows: list[Figure]) -> list[Figure]:
        """The latest years that fit whole, at least one."""
        years = list(dict.fromkeys(row.period[:4] for row in reversed(rows)))
        shown: list[Figure] = []
        for year in years:
            own = [row for row in rows if row.period[:4] == year]
            if shown and len(shown) + len(own) > MOST_LISTED:
                break
            shown = own + shown
        return shown[-MOST_LISTED:]

    def _by_indicator(self, rows: list[Figure], kind: str, periods: tuple[str, ...]) -> tuple[Choice, ...]:
        """Of a list that is too long: a table for each thing that is counted, the most frequent first."""
        counts = Counter(row.indicator for row in rows)
        times = " ".join(map(period_name, periods))
        return tuple(
            Choice(self._base.names[one], table_question(self._base.names[one], PLURAL[kind], times))
            for one, _ in counts.most_common(_MOST_MORE)
        )

    def _where(self, wanted: Wanted, kind: str) -> list[str]:
        """What a list is of, in words that are read back as the same."""
        names = self._base.names
        return [PLURAL.get(kind, ""), *(names.get(one, one) for one in wanted.regions), *wanted.programmes]


def _sides(question: Question, wanted: Wanted) -> tuple[Wanted, ...]:
    """The searches that a question lists: of places and times that are named in turn, of several levels of honoured
    products, of three values of one slot or two that are asked one by one; none where it lists nothing."""
    turns = [one for one in question.reading.spans if one.means("region") or one.means("period")]
    places, times = turns[::2], turns[1::2]
    if len(times) > _LEAST_SIDES and all(one.means("region") for one in places) and len(places) == len(times):
        pairs = ((place.value, time.value) for place, time in zip(places, times, strict=True))
        return tuple(replace(wanted, regions=(place,), periods=(time,), joined="") for place, time in pairs)
    said = question.reading.named("level")
    levels = [one for one in LEVELS if any(span.means("level", one) for span in said)]
    if len(levels) >= _LEAST_SIDES and wanted.indicator in LEVELS.values():
        return tuple(replace(wanted, indicator=LEVELS[one], programmes=()) for one in levels)
    lists = (wanted.regions, wanted.periods, wanted.programmes)
    if max(map(len, lists)) < (_LEAST_SIDES if question.series else _LEAST_SIDES + 1):
        return ()
    slots = product(*(values or ("",) for values in lists))
    return tuple(
        replace(
            wanted,
            regions=(region,) * bool(region),
            periods=(period,) * bool(period),
            programmes=(programme,) * bool(programme),
            joined="",
        )
        for region, period, programme in slots
    )[:MOST_LISTED]


def _asks_meaning(question: Question) -> bool:
    slots = question.periods.found or question.regions or question.programmes or question.documents
    if len(question.quantities) != 1 or slots:
        return False
    said = question.reading
    asks = said.has("asks", "what", "definition", "where") or any(said.has("asks", one) for one in _OF_WHAT)
    return bool(
        asks and (not question.unknown if question.quantities[0].scaled else said.has("asks", "what"))
    )


def years_of(period: str) -> tuple[int, ...]:
    """The first and the last year of a span of years; of another period nothing."""
    parts = period.split("-")
    return tuple(map(int, parts)) if all(len(one) == YEAR and one.isdigit() for one in parts) else ()


def _within(period: str, times: tuple[str, ...]) -> bool:
    """A year takes in its halves, quarters and months, and what begins in it."""
    return period in times or period[:4] in times


def _in_order(rows: list[Figure]) -> list[Figure]:
    """By time, money before counts; what several sources print alike is told once."""
    once: dict[tuple[object, ...], Figure] = {}
    for row in rows:
        slot = (row.indicator, row.measure, row.of, row.against, row.programme, row.region, row.period)
        once.setdefault((*slot, row.value), row)
    return sorted(
        once.values(), key=lambda row: (row.period, row.indicator != FUNDING, row.programme, row.measure)
    )


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]
