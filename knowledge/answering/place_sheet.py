"""Several numbers of one place: every figure of the things and the programmes that a question names, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, product

from knowledge.answering.beside import CAPITAL
from knowledge.answering.comparing import remember
from knowledge.answering.library import Asked
from knowledge.answering.own_sums import own_shares, own_sum
from knowledge.answering.pieces import asks_several, pieces, programme_of
from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context
from knowledge.finding.answer import series_answer
from knowledge.finding.companions import PARTS
from knowledge.finding.conflicts import in_order, slot
from knowledge.finding.wanted import AMOUNTS, FUNDING, NATION, Wanted
from knowledge.reading.question import Question, Reader
from knowledge.records import Answer, Figure

_LEAST, _MOST = 2, 10
"""Figures of one sheet."""
_MOST_SLOTS = 2
"""Places and times of one sheet."""


class PlaceSheet:
    """Finds what a question asks of one place and time, or of two, in one base."""

    def __init__(self, base: KnowledgeBase, reader: Reader) -> None:
        self._base = base
        self._reader = reader

    def answer(self, asked: Asked, wanted: Wanted, told: Answer | None) -> tuple[Answer, Context] | None:
        """The figures, money of a programme before what is counted; None where one number is asked for, where something
        else than numbers is, or where what was `told` is as much."""
        question, reading = asked.question, asked.question.reading
        if (
            _asks_else(question, wanted)
            or self._narrowed(question)
            or not asks_several(self._reader, question)
        ):
            return None
        rows = self._rows(question, wanted)
        known = {row.id for row in told.figures} if told else set[str]()
        several = len({(row.indicator, row.programme, row.period) for row in rows}) >= _LEAST
        lacks = told is not None and any(note.code == "series_gaps" for note in told.gaps)
        found = {row.id for row in rows}
        fuller = found - known and (lacks or known <= found)
        if not several or len(rows) > _MOST or not fuller:
            return None
        notes = own_sum(rows, set(), question)
        notes += own_shares(rows) if reading.has("measure", "share") else ()
        answer = replace(series_answer(self._base, rows, asked.today, "parts"), gaps=notes)
        return answer, remember(asked, wanted, answer)

    def _rows(self, question: Question, wanted: Wanted) -> list[Figure]:
        """The figures of every place and time that is named, of all that is asked."""
        times = (wanted.joined,) if wanted.joined else wanted.periods
        slots = [*product(wanted.regions or (NATION,), times)]
        things, programmes = self._things(question), self._programmes(question)
        found: dict[tuple[str, ...], Figure] = {}
        for region, period in slots if len(slots) <= _MOST_SLOTS else ():
            held = in_order(self._base, self._base.select(region=region, period=period))
            rows = [row for row in held if row.indicator in things and not row.round and not row.likely_value]
            rows = _of_programmes(rows, programmes) if programmes else _wholes(rows)
            order = [one.value for one in question.programmes] or ["total", *PARTS]
            for row in sorted(_of_measures(rows, question), key=lambda row: _order(row, order)):
                found.setdefault(slot(row), row)
        return list(found.values())

    def _narrowed(self, question: Question) -> bool:
        """Whether a part is asked for by words that name nothing that is counted."""
        counted = (self._base.indicators[one].keys for one in question.indicators)
        named = " ".join(key for keys in counted for group in keys for key in chain.from_iterable(group))
        return question.restricted not in named

    def _things(self, question: Question) -> set[str]:
        """The indicators that are named, and money where a sum is asked for."""
        reading = question.reading
        things = {one for one in question.indicators if self._base.indicators[one].unit != "percent"}
        sums = self._reader.says(reading, "head", "funding") or reading.has("asks", "sum")
        if sums or question.measures.named or any(one.value in PARTS for one in question.programmes):
            things.add(FUNDING)
        if reading.has("role", "total") or (question.total_word and sums):
            things.add(CAPITAL[0])
        return things | ({CAPITAL[1]} if reading.has("role", "own") else set())

    def _programmes(self, question: Question) -> set[str]:
        """The programmes that are named somewhere; none where all money is meant."""
        named = {programme_of(piece) for piece in pieces(self._reader, question.reading)} - {""}
        named |= {one.value for one in question.programmes}
        if named.isdisjoint(PARTS):
            return set()
        return named | ({"total", ""} if "total" in named or question.total_word else set())


def _asks_else(question: Question, wanted: Wanted) -> bool:
    """Whether a rank, a check, a course of years or the like is asked for, or a part of which there is no figure."""
    reading = question.reading
    flags = question.compare or question.check or question.rank or question.series or question.listing
    narrowed = wanted.terms or wanted.part or reading.has("scope", "not", "except")
    other = question.documents or reading.has("operator", "times", "mean", "trend")
    return bool(flags or narrowed or other or not wanted.periods)


def _wholes(rows: Sequence[Figure]) -> list[Figure]:
    """Of each thing the figures of both programmes together; where there are none, those of each."""
    whole = {row.indicator for row in rows if row.programme not in PARTS}
    return [row for row in rows if row.programme not in PARTS or row.indicator not in whole]


def _of_programmes(rows: Sequence[Figure], named: set[str]) -> list[Figure]:
    """The figures of the programmes that are named; a total only of the sources of its parts, where these are there."""
    parts = {(row.indicator, row.measure, row.source) for row in rows if row.programme in named & {*PARTS}}
    things = {one for one, _, _ in parts}
    return [
        row
        for row in rows
        if row.programme in named
        and (
            row.programme in PARTS
            or row.indicator not in things
            or (row.indicator, row.measure, row.source) in parts
        )
    ]


def _of_measures(rows: Sequence[Figure], question: Question) -> list[Figure]:
    """Of money the measures that are named, else every sum; a rate or a share only where a percent is asked for."""
    named = {one.value for one in question.measures.named}
    sums = [row for row in rows if row.indicator == FUNDING and row.measure in AMOUNTS]
    chosen = [row for row in sums if row.measure in named] or sums
    said = question.measures
    percents = {"share"} if said.share else {"rate", "change"} if said.percent or said.rate else set[str]()
    return [row for row in rows if row in chosen or row.indicator != FUNDING or row.measure in percents]


def _order(row: Figure, programmes: Sequence[str]) -> tuple[int, bool]:
    """The programmes in the order of their naming, others last; money before counts."""
    place = programmes.index(row.programme) if row.programme in programmes else len(programmes)
    return place, row.unit != "VND"
