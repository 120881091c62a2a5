"""Many figures at once: a list, the years of a span with their gaps, and which figure a number is."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product

from knowledge.answering.comparing import remember
from knowledge.answering.library import Asked
from knowledge.answering.ranking import LEAST_RANKED
from knowledge.answering.tabling import tabled_by
from knowledge.answering.wanting import LEVELS, asks_each
from knowledge.answering.years import among, within, year_by_year, years_of
from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context
from knowledge.finding.answer import figure_answer, region_warnings, series_answer
from knowledge.finding.companions import PARTS
from knowledge.finding.figures import HONOURED_BY_THE_NATION, find_figure
from knowledge.finding.wanted import AMOUNTS, FUNDING, NATION, Found, Wanted
from knowledge.language.spans import Reading
from knowledge.reading.question import Question
from knowledge.records import Answer, Choice, Figure, Note
from knowledge.telling.names import PLURAL, PROGRAMME_SHORT, list_question, period_name, table_question

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
        kind = "" if wanted.regions else tabled_by(asked.question)
        regions = tuple(one.id for one in self._base.regions.values() if one.kind == kind) or wanted.regions
        if not (regions or wanted.periods):
            return None
        times = wanted.periods
        rows = self._base.select(programme=wanted.programmes or None, region=regions or None)
        rows = _in_order([row for row in rows if row.measure not in _UNTOLD and within(row.period, times)])
        if not rows:
            return None
        return self._shown(asked, wanted, rows, kind)

    def _shown(self, asked: Asked, wanted: Wanted, rows: list[Figure], kind: str) -> tuple[Answer, Context]:
        """The figures, or of too many the latest years that fit, with buttons for the rest."""
        shown = rows if len(rows) <= MOST_LISTED else self._latest(rows)
        if len(shown) == len(rows):
            return self._told(asked, wanted, shown, ())
        held = {row.period[:4] for row in shown}
        left = list(dict.fromkeys(row.period[:4] for row in reversed(rows) if row.period[:4] not in held))
        notes = (Note("listed_part" if left else "listed_some", {"count": str(len(rows))}),)
        of_years = left or not kind
        more = (
            self._of_years(left, wanted, kind) if of_years else self._by_indicator(rows, kind, wanted.periods)
        )
        return self._told(asked, wanted, shown, notes, more)

    def _of_years(self, years: list[str], wanted: Wanted, kind: str) -> tuple[Choice, ...]:
        """Of a list that is too long: the list of each year that it leaves out."""
        return tuple(
            Choice(_cap(period_name(year)), list_question(*self._where(wanted, kind), period_name(year)))
            for year in years[:_MOST_MORE]
        )

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
        if not held or (len(held) < LEAST_RANKED and not asked.question.series):
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
        if wanted.programmes == PARTS and asks_each(asked.question.reading):
            return self._divided(asked, wanted)
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

    def _divided(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """The money of each programme behind their printed total, and which of them is missing; None where fewer than two of
        the three are held, or they are of more than one place and time."""
        if max(map(len, (wanted.regions, wanted.periods))) > 1:
            return None
        found: dict[str, Figure | None] = {}
        for one in ("total", *PARTS):
            lead = find_figure(self._base, replace(wanted, programmes=(one,), total_word=False)).lead
            if lead is not None and wanted.indicator == FUNDING:
                wanted = replace(wanted, measures=(lead.measure,))
            found[one] = lead
        rows = [row for row in found.values() if row is not None]
        if len(rows) < _LEAST_SIDES:
            return None
        missing = [PROGRAMME_SHORT[one] for one in PARTS if found[one] is None]
        notes = (Note("series_gaps", {"missing": ", ".join(missing)}),) * bool(missing)
        answer = series_answer(self._base, rows, asked.today, "parts")
        answer = replace(
            answer, gaps=notes, warnings=(*answer.warnings, *region_warnings(self._base, rows[0]))
        )
        return answer, remember(asked, wanted, answer)

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
        told = series_answer(self._base, rows, asked.today)
        answer = replace(told, assumptions=notes, choices=choices)
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
    if (turns := _in_turn(question.reading)) is not None:
        return tuple(replace(wanted, regions=(place,), periods=(time,), joined="") for place, time in turns)
    said = question.reading.named("level")
    levels = [one for one in LEVELS if any(span.means("level", one) for span in said)]
    if len(levels) >= _LEAST_SIDES and wanted.indicator in LEVELS.values():
        counted = [LEVELS[one] for one in levels]
        if len(question.reading.of("asks", "how_many", "how_much")) > 1:  # and what else is counted
            counted = [*(one for one in question.indicators if one not in LEVELS.values()), *counted]
        return tuple(replace(wanted, indicator=one, programmes=()) for one in counted[-_MOST_COUNTED:])
    lists = (wanted.regions, wanted.periods, wanted.programmes)
    one_by_one = question.series or asks_each(question.reading)
    if max(map(len, lists)) <= _LEAST_SIDES - one_by_one:
        return ()
    each = [[values[at : at + 1] for at in range(len(values) or 1)] for values in lists]
    found = (
        replace(wanted, regions=region, periods=period, programmes=programme, joined="")
        for region, period, programme in product(*each)
    )
    return tuple(found)[:MOST_LISTED]


def _in_turn(reading: Reading) -> list[tuple[str, str]] | None:
    """Places and times that are named in turn, more than two of each; None where they are not."""
    turns = [one for one in reading.spans if one.means("region") or one.means("period")]
    places, times = turns[::2], turns[1::2]
    paired = len(times) > _LEAST_SIDES and len(places) == len(times)
    if not paired or not all(one.means("region") for one in places):
        return None
    return [(place.value, time.value) for place, time in zip(places, times, strict=True)]


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


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]
