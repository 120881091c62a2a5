"""A question that asks for several figures of one place and time: each part found, and told in the order in which it is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

from knowledge.answering.beside import CAPITAL
from knowledge.answering.comparing import remember
from knowledge.answering.library import Asked
from knowledge.answering.own_sums import case, own_portions, own_sum
from knowledge.answering.pieces import (
    ALIKE,
    MOVED,
    apart,
    asks_number,
    asks_otherwise,
    asks_share,
    measures_in,
    missing_by_name,
    named_by,
    nouns_said,
    numbers_asked,
    of_its_own,
    pieces,
    programme_of,
    said_of,
)
from knowledge.answering.ratios import HELPED
from knowledge.answering.wanting import each_source
from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context
from knowledge.finding.answer import series_answer
from knowledge.finding.companions import PARTS, also_printed, of_one_time
from knowledge.finding.figures import find_figure
from knowledge.finding.wanted import FUNDING, Wanted
from knowledge.language.spans import Reading
from knowledge.reading.question import Question, Reader
from knowledge.records import Answer, Figure, Note
from knowledge.telling.names import period_name
from knowledge.text import fold

SEVERAL = "parts"
"""The aspect of an answer that tells every part of a question."""
_LEAST = 2
"""Parts that make a list."""
_NAMES = ("entry_name", "trade", "unknown", "kind")
"""Slots of words that a project may be named by."""
_ALL_MONEY, _OWN_MONEY = CAPITAL
_MOST_THINGS = 4
"""Things that one part of a question may be meant to count, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Part:
    """One figure that is asked for. `things`: indicators that may be meant, the likeliest first; `programmes` and
    `measures` in the same order, the empty one for any. `named`: what is said to be missing where none is found. `asks`:
    whether a number is asked for in its own words; `leans`: whether it says nothing of which. `terms`: words for
    what the money is."""

    things: tuple[str, ...]
    programmes: tuple[str, ...]
    measures: tuple[str, ...]
    regions: tuple[str, ...]
    periods: tuple[str, ...]
    named: str
    asks: bool = True
    leans: bool = False
    terms: tuple[str, ...] = ()


class SeveralParts:
    """Finds the parts of questions in one base."""

    def __init__(self, base: KnowledgeBase, reader: Reader) -> None:
        self._base = base
        self._reader = reader

    def answer(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """The figures in the order asked, a printed total of both programmes before its parts; None where fewer than two
        parts are asked for, or found."""
        question = asked.question
        if asks_otherwise(question, wanted):
            return None
        parts, found = self._all(question, wanted)
        rows = list({row.id: row for row in found if row is not None}.values())
        if numbers_asked(question.reading) <= 1 and _one_thing(question, parts):
            return None
        if question.compare and not any(row.measure == MOVED for row in rows):
            return None  # what no source prints is computed
        if not rows or (len(rows) < _LEAST and (all(found) or find_figure(self._base, wanted).lead)):
            return None
        rows = self._with_totals(rows)
        if of_one_time(rows) and (None in found or numbers_asked(question.reading) > len(rows)):
            rows += also_printed(self._base, nouns_said(question.reading), rows)
        sums = own_sum(rows, _of_money(parts), question)
        unheld = [part for part, row in zip(parts, found, strict=True) if row is None]
        portions = own_portions(rows, _of_money(unheld))
        missing = dict.fromkeys(part.named for part in unheld if part.programmes[0] not in portions)
        sums += tuple(portions.values())
        gaps = (Note("series_gaps", {"missing": ", ".join(missing)}),) * bool(missing)
        return self._told(asked, wanted, rows, (*sums, *gaps))

    def _all(self, question: Question, wanted: Wanted) -> tuple[list[Part], list[Figure | None]]:
        """The parts of a question, and the figure of each."""
        parts = self._parts(question, wanted)
        found: list[Figure | None] = []
        for part in parts if len(parts) >= _LEAST else ():
            found.append(self._found(part, wanted, [row for row in found if row is not None]))
        return parts, found

    def of_project(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """The money of the one project of a place that is named by what it makes ("đề án nước mắm Kiên Giang"): all of it, and
        who pays which part; None where no figure has such a name."""
        question = asked.question
        named = [one for one in question.reading.spans if one.slot in _NAMES and one.scope == "said"]
        province = len(wanted.regions) == 1 and self._base.regions[wanted.regions[0]].kind == "province"
        if not province or (question.check and question.quantities):
            return None
        rows = self._base.select(region=wanted.regions, period=wanted.periods or None)
        rows = [row for row in rows if row.label and not row.round and named_by(row.label, named)]
        if len(rows) < _LEAST or len({row.period for row in rows}) > 1:
            return None
        share = question.reading.has("measure", "share")
        rows.sort(key=_leading(question.reading, share=share))
        answer, context = self._told(asked, replace(wanted, periods=(rows[0].period,)), rows, ())
        shares = share and rows[1].indicator == _ALL_MONEY
        return replace(answer, aspect="share", figures=tuple(rows[:2])) if shares else answer, context

    def _told(
        self, asked: Asked, wanted: Wanted, rows: Sequence[Figure], gaps: tuple[Note, ...]
    ) -> tuple[Answer, Context]:
        answer = replace(series_answer(self._base, rows, asked.today, SEVERAL), gaps=gaps)
        return answer, remember(asked, wanted, answer)

    def _parts(self, question: Question, wanted: Wanted) -> list[Part]:
        """What is asked for, part by part; what one leaves out it has from those before it."""
        parts: list[Part] = []
        for piece in pieces(self._reader, question.reading):
            if parts and apart(piece) and not (piece.has("measure") or self._things(piece, parts)):
                parts += self._again(piece, parts, wanted)
                continue
            part = self._part(piece, parts, wanted, question)
            if part is None or part in parts or (parts and asks_share(piece)):
                continue
            if len(parts) == 1 and not parts[-1].asks and part.leans:
                parts.pop()  # what it only began to say
            parts.append(part)
        return (
            self._by_source(parts) if each_source(question.reading) and wanted.programmes == PARTS else parts
        )

    def _by_source(self, parts: Sequence[Part]) -> list[Part]:
        """Each part of each programme, those of one programme together, its money first."""
        ordered = sorted(parts, key=lambda one: FUNDING not in one.things)
        return [
            replace(
                one, programmes=(it,), named=missing_by_name(self._base, one.things[0], it, one.measures[0])
            )
            for it, one in product(PARTS, ordered)
        ]

    def _part(
        self, piece: Reading, before: Sequence[Part], wanted: Wanted, question: Question
    ) -> Part | None:
        """The figure that a piece of a question asks for; None where it asks for none of its own."""
        things = self._things(piece, before)
        programme = programme_of(piece)
        asks = asks_number(self._reader, piece, listed=bool(before))
        asks = asks or (each_source(question.reading) and bool(things or piece.has("measure", *ALIKE)))
        if not of_its_own(piece, asks=asks, named=bool(things or programme), listed=bool(before)):
            return None
        counts = things or self._spoken_of(piece, before, wanted, question)
        if counts[0] == FUNDING and programme in ("total", ""):
            counts = tuple(dict.fromkeys((*counts, _ALL_MONEY)))
        measures = measures_in(piece, question)
        return Part(
            counts,
            _programmes(
                programme, before, close=bool(measures[0]) and not (things or piece.words[0].break_before)
            ),
            measures,
            said_of(piece, "region", wanted.regions) or wanted.regions,
            said_of(piece, "period", wanted.periods)
            or (before[-1].periods if before else wanted.periods[:1]),
            missing_by_name(self._base, counts[0], programme, measures[0]),
            asks,
            not programme and things in ((), (FUNDING,)),
            tuple(one.text for one in piece.of("activity")) if counts[0] == FUNDING else (),
        )

    def _again(self, piece: Reading, parts: Sequence[Part], wanted: Wanted) -> list[Part]:
        """The same parts of the programme, place or time that a piece names alone."""
        programme, times = programme_of(piece), said_of(piece, "period", wanted.periods)
        when = "".join(f" {period_name(code)}" for code in times)
        return [
            replace(
                one,
                programmes=(programme,) if programme else one.programmes,
                regions=said_of(piece, "region", wanted.regions) or one.regions,
                periods=times or one.periods,
                named=missing_by_name(self._base, one.things[0], programme, one.measures[0]) + when,
            )
            for one in parts
        ]

    def _spoken_of(
        self, piece: Reading, before: Sequence[Part], wanted: Wanted, question: Question
    ) -> tuple[str, ...]:
        """What a piece that names nothing counted is of: what the part before it is, else the question."""
        spoken_of = FUNDING if wanted.indicator in question.indicators else wanted.indicator
        counts = before[-1].things if before else (spoken_of,)
        money = programme_of(piece) or piece.has("measure", *ALIKE)
        return (*counts, FUNDING) if money and FUNDING not in counts else counts

    def _things(self, piece: Reading, before: Sequence[Part]) -> tuple[str, ...]:
        """The indicators that a piece names by their words, by an activity, or as money of one kind."""
        ids = self._reader.counted_in(piece).ids
        if piece.has("role", "total") or _ALL_MONEY in ids[:1]:
            return (_ALL_MONEY, FUNDING)
        if piece.has("role", "own") or _OWN_MONEY in ids[:1]:
            return (_OWN_MONEY,)
        counted = [one for one in ids if self._base.indicators[one].unit not in ("VND", "percent")]
        counted += [id_ for one in piece.values("activity") for id_ in self._of_activity.get(one, ())]
        money = self._reader.says(piece, "head", "funding") or piece.has("asks", "sum")
        if money and not piece.has("asks", "how_many"):
            of_activity = [one for one in ids if one not in counted and one != FUNDING]
            return (_OWN_MONEY,) if piece.has("kind", "person") else (*of_activity[:1], FUNDING)
        if not counted and self._reader.says(piece, "kind", "establishment"):
            return (HELPED,)
        unit = self._base.indicators[before[-1].things[0]].unit if before else ""
        known = sorted(dict.fromkeys(counted), key=lambda one: self._base.indicators[one].unit != unit)
        return tuple(known if piece.has("activity") else dict.fromkeys(counted))[:_MOST_THINGS]

    @cached_property
    def _of_activity(self) -> dict[str, list[str]]:
        """The counts of each activity, by their names."""
        found: dict[str, list[str]] = {}
        for row in self._base.indicators.values():
            if row.unit not in ("VND", "percent"):
                for one in self._reader.annotated(fold(row.name)).named("activity"):
                    found.setdefault(one.value, []).append(row.id)
        return found

    def _found(self, part: Part, wanted: Wanted, told: Sequence[Figure]) -> Figure | None:
        """The figure of a part, one that was not told before it if there is any."""
        again = None
        for thing, programme, measure in product(part.things, part.programmes, part.measures):
            if measure in ("rate", MOVED):
                thing = FUNDING
            search = Wanted(
                indicator=thing,
                measures=(measure,) if measure and thing == FUNDING else (),
                programmes=(programme,) if programme else (),
                regions=part.regions,
                periods=part.periods,
                terms=part.terms if thing == FUNDING else (),
                round=wanted.round,
                planned=wanted.planned,
                until=wanted.until,
                drawn=wanted.drawn,
            )
            lead = find_figure(self._base, search).lead
            if lead is not None and part.programmes[0] == "total" and lead.programme in PARTS:
                continue  # a part is no total
            if lead is not None and lead not in told:
                return lead
            again = again or lead
        return again

    def _with_totals(self, rows: list[Figure]) -> list[Figure]:
        """The rows, with a printed total before the first of both its parts where it was not asked for by itself."""
        for one in rows:
            same = [row for row in rows if case(row) == case(one)]
            if {row.programme for row in same} != set(PARTS):
                continue
            total = self._base.select(
                indicator=one.indicator, measure=one.measure, region=one.region, period=one.period, programme="total"
            )  # fmt: skip
            total = [row for row in total if row.source == one.source and row.of == one.of]
            at = rows.index(same[0])
            return [*rows[:at], *total[:1], *rows[at:]]
        return rows


def _of_money(parts: Sequence[Part]) -> set[str]:
    """The programmes of which the money is asked."""
    return {part.programmes[0] for part in parts if FUNDING in part.things}


def _leading(reading: Reading, *, share: bool) -> Callable[[Figure], tuple[bool, bool]]:
    """The order of the sums of a project: all of it first, or the part that is asked for, whose `share` may be."""
    part = share or reading.has("programme", *PARTS)
    last = (_ALL_MONEY,) if reading.has("role", "own") else CAPITAL
    return lambda row: (part and row.indicator in last, row.indicator != _ALL_MONEY)


def _one_thing(question: Question, parts: Sequence[Part]) -> bool:
    """Whether parts are words of one thing that is counted: of no programme, or all of one and without money."""
    if each_source(question.reading):
        return len({(part.things[0], part.measures) for part in parts}) == 1
    counts = [FUNDING not in part.things for part in parts]
    return any(counts) if not question.programmes else all(counts) and len(question.programmes) == 1


def _programmes(said: str, before: Sequence[Part], *, close: bool) -> tuple[str, ...]:
    """The programmes of which a part may be: one that names none has that of the parts before, or those of both.
    `close`: it is another measure of the part just before it."""
    if said:
        return ("total", "") if said == "total" else (said,)
    if close and before and before[-1].programmes[0] in PARTS:
        return before[-1].programmes
    named = {part.programmes[0] for part in before} & set(PARTS)
    if len(named) == 1:
        return (*named, "total", "")
    return ("total", "") if named else ("",)
