"""Asked of several figures that a chat was told: two against each other or added up, and which is the highest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import combinations, takewhile

from knowledge.answering.beside import CAPITAL
from knowledge.base import KnowledgeBase
from knowledge.dialogue.about import told_figures
from knowledge.dialogue.asking import Told
from knowledge.dialogue.ledger import (
    APART,
    AXES,
    OTHER_PROGRAMME,
    SLOTS,
    Ledger,
    Pair,
    Slots,
    agrees,
    comparable,
    kind_of,
    same_case,
)
from knowledge.dialogue.state import Context
from knowledge.finding.compare import between, may_be_added
from knowledge.language.spans import IDLE, Reading
from knowledge.reading.question import Question
from knowledge.records import Figure

_OF_WHOLE = frozenset({"share", "total"})
"""Values of slots that say nothing of a part but that it is held against its whole."""


class Pairs:
    """Holds figures of a chat against each other, adds them up, or puts them in order."""

    def __init__(self, base: KnowledgeBase, ledger: Ledger) -> None:
        self._base = base
        self._ledger = ledger

    def held(self, question: Question, context: Context, today: date) -> Told | None:
        """Two of the figures against each other, or added up."""
        reading = question.reading
        if told := self._portion(reading, context, today):
            return told
        other = reading.has("asks", "percent") or reading.has("measure", "rate") or bool(question.indicators)
        added = reading.has("operator", "sum") and not (other or reading.has("operator", *APART))
        if added and len(rows := self._told_in_a_row(reading, context)) > 2:
            return self._ledger.reckoned("sum", rows, context, today)
        pair = self._same_axis(reading, context) or self._two(question, context, added=added)
        axis = next((AXES[one] for one in AXES if reading.has("asks", one)), "")
        if pair is None or (axis and getattr(pair[0], axis) == getattr(pair[1], axis)):
            return None
        return self._ledger.told(pair, context, today, added=added)

    def _portion(self, reading: Reading, context: Context, today: date) -> Told | None:
        """How much the figure told last, or that of the programme which is named, is of the largest whole that was told of
        its place and time; None where another thing is asked, no whole was told, or a source prints it."""
        leads = self._ledger.leads(context)
        named = {
            slot: {*values} - _OF_WHOLE for slot, values in self._ledger.named(reading, leads[0]).items()
        }
        programmes = named.pop("programme")
        if not reading.has("measure", "share") or reading.has("operator") or any(named.values()):
            return None
        part = next((row for row in leads if row.programme in (programmes or {row.programme})), leads[0])
        slots = {name: getattr(part, name) for name in ("indicator", "programme", "region", "period")}
        wholes = [row for row in leads if _holds(row, part)]
        if not wholes or self._base.select(**slots, measure="share"):
            return None
        whole = max(wholes, key=lambda row: row.value)
        return self._ledger.reckoned("share", (part, whole), context, today)

    def _told_in_a_row(self, reading: Reading, context: Context) -> list[Figure]:
        """The figures told one after another that differ in one slot and add up, the oldest first; none where a part of
        them is named, or just two."""
        leads = self._ledger.leads(context)
        if any(self._ledger.named(reading, leads[0]).values()) or reading.has("number", "2"):
            return []
        alike = _one_kind(leads, "")
        row = list(takewhile(lambda one: one in alike, leads))
        pairs = [between(one, other) for one, other in combinations(row, 2)]
        fits = all(one is not None and may_be_added(self._base, one) for one in pairs)
        return row[::-1] if fits else []

    def _two(self, question: Question, context: Context, *, added: bool) -> Pair | None:
        """The last two that are of the kind that is asked for; of what is left to do, the plan and what was done."""
        reading = question.reading
        left, changed = reading.has("undone", "remainder", "not_done"), _asks_change(reading)
        if question.check or not (added or left or _held_apart(reading)):
            return None
        leads = self._pointed(reading, self._ledger.leads(context), added=added)
        if not leads:
            return None
        if pair := self._sides(context, of_whole=added and len(leads) == 1):
            return pair
        kind = self._kind(reading, money=added or left)
        if (last := self._ledger.pair(context)) and not left:
            return kind(last[0]), kind(last[1])
        lead, *others = dict.fromkeys(map(kind, leads))
        others = [row for row in others if not changed or _earlier_or_later(row, lead)]
        other = self._other(lead, others, reading, left=left)
        if added and other is None and lead.programme in OTHER_PROGRAMME:  # "all together", of one of the two
            other = self._ledger.like(lead, {"programme": OTHER_PROGRAMME[lead.programme]})
        return (other, lead) if other else None

    def _other(self, lead: Figure, others: list[Figure], reading: Reading, *, left: bool) -> Figure | None:
        """What the last figure is held against: its plan, or one that was told before."""
        planned = left or (not others and reading.has("operator", "difference"))
        return self._ledger.against_plan(lead, others) if planned else _beside(lead, others)

    def _kind(self, reading: Reading, *, money: bool) -> Callable[[Figure], Figure]:
        """What is taken of each figure: how far it got, its amount, or itself."""
        if reading.has("asks", "points", "ratio"):
            return self._ledger.rate_of
        money = money or reading.has("asks", "sum") or reading.has("operator", "times")
        return self._ledger.amount_of if money else _itself

    def _sides(self, context: Context, *, of_whole: bool) -> Pair | None:
        """The national and the local money, or what was counted of each, where both were told side by side, or beside
        nothing but their total."""
        told = told_figures(self._base, context)
        if context.route != "parts" and not (of_whole and told and told[0].programme == "total"):
            return None
        pairs = [
            pair
            for pair in combinations(told, 2)
            if pair[1].programme == OTHER_PROGRAMME.get(pair[0].programme)
        ]
        alike = [(one, other) for one, other in pairs if kind_of(one) == kind_of(other)]
        return next((pair for pair in alike if pair[0].unit == "VND"), None) or next(iter(alike), None)

    def _pointed(self, reading: Reading, leads: list[Figure], *, added: bool) -> list[Figure]:
        """The figures that are meant: all, or where slots are named the two that have these and are pointed at."""
        named = self._ledger.named(reading, leads[0])
        if added and named["programme"] in (("total",), (OTHER_PROGRAMME.get(leads[0].programme, ""),)):
            del named["programme"]
        if not any(named.values()):
            return leads
        before = reading.has("period", "relation:before") or reading.has("reference", "previous")
        moved = before or reading.has("period", "relation:after") or reading.has("reference", "next")
        if moved and not any(named[one] for one in SLOTS if one != "period"):
            alike = [row for row in leads if _same_kind(row, leads[0]) and row.period != leads[0].period]
            return [leads[0], *(row for row in alike if (row.period < leads[0].period) == before)][:2]
        fits = [row for row in leads if agrees(row, named) and reading.has("reference", "pronoun")]
        return fits if len(fits) == 2 else []

    def _same_axis(self, reading: Reading, context: Context) -> Pair | None:
        """The last comparison again with another slot ("and of the national money?"), or of how far each side got."""
        pair = self._ledger.pair(context)
        if pair is None and reading.has("operator", "each"):
            last = self._ledger.leads(context)[:2]
            pair = (last[1], last[0]) if len(last) == 2 and kind_of(last[0]) == kind_of(last[1]) else None
        if pair is None or reading.has("reference", "previous", "next", "same") or reading.has("period"):
            return None
        each = (
            reading.has("operator", "each") or reading.has("role", "each") or reading.has("measure", "rate")
        )
        behind = reading.has("asks", *AXES) and (reading.has("undone") or reading.has("operator", "down"))
        if behind or (each and (reading.has("asks", "percent") or reading.has("measure", "rate"))):
            first, second = map(self._ledger.rate_of, pair)
            return (first, second) if first.measure == second.measure == "rate" else None
        return self._swapped(pair, reading, alone=context.frame == "comparison" or not context.pair)

    def _swapped(self, pair: Pair, reading: Reading, *, alone: bool) -> Pair | None:
        if not reading.has("operator", *APART) and not (alone and _only_slot(reading)):
            return None
        new: Slots = {}
        for slot in ("programme", "region", "measure"):
            values = [one for one in reading.values(slot) if one != "change"]
            against = any(_after_operator(reading, span.start) for span in reading.of(slot))
            if values and (against or len(values) > 1 or getattr(pair[0], slot) != getattr(pair[1], slot)):
                return None  # "above X": what is named is the other side
            new |= {slot: values[0]} if values else {}
        first, second = (self._ledger.like(side, new) if new else None for side in pair)
        return (first, second) if first and second else None

    def ordered(self, question: Question, context: Context, today: date) -> Told | None:
        """The highest or the lowest of what was told one after another or together; both against each other."""
        reading, leads = question.reading, self._ledger.leads(context)
        axis = next((AXES[one] for one in AXES if reading.has("asks", one)), "")
        high, low = _ends(reading, axis)
        named = self._ledger.named(reading, leads[0])
        own = {"programme": named.pop("programme")}
        if reading.has("reference", "pronoun"):
            own["measure"] = named.pop("measure")
        if not (high or low) or any(named.values()) or context.frame == "series":
            return None
        rows = _row([row for row in leads if agrees(row, own)], axis)
        rows.sort(key=lambda row: row.value, reverse=not low)
        if len(rows) < 2:
            return None
        if high and low:
            return self._ledger.told((rows[-1], rows[0]), context, today)
        answer, after = self._ledger.reckoned("least" if low else "most", rows, context, today)
        apart = between(rows[1], rows[0]) if reading.has("operator", "difference", "times") else None
        return replace(answer, comparison=apart), after


def _holds(whole: Figure, part: Figure) -> bool:
    """Whether a figure may be the whole of which another of its place, time and unit is a part."""
    alike = same_case(whole, part) and whole.unit == part.unit and whole.value > part.value
    if not alike or whole.measure != part.measure or whole.unit in ("percent", "date"):
        return False
    if whole.unit != "VND":
        return whole.programme in (part.programme, "total")
    return comparable(whole, part) and (whole.indicator == CAPITAL[0] or whole.programme == "total")


def _ends(reading: Reading, axis: str) -> tuple[bool, bool]:
    """Whether the highest and the lowest are asked for; "which year was more" asks for the higher one."""
    high, low = reading.has("operator", "rank_high"), reading.has("operator", "rank_low")
    if high or low or not axis or reading.has("amount") or reading.has("undone"):
        return high, low
    return reading.has("operator", "up"), reading.has("operator", "down")


def _row(leads: list[Figure], axis: str) -> list[Figure]:
    """The figures of one kind that differ in the axis asked for, the newest that do; without an axis those like the last."""
    ways = (_one_kind(leads[at:], axis) for at in range(len(leads) if axis else 1))
    return next((found for found in ways if found), [])


def _held_apart(reading: Reading) -> bool:
    """Whether two sides are held against each other, or it is asked how far one is above the other."""
    apart = _asks_change(reading) or reading.has("operator", *APART) or reading.has("asks", "points")
    return apart and not reading.has("amount")


def _asks_change(reading: Reading) -> bool:
    """Whether nothing but "by how much did it fall?" is asked."""
    return reading.has("measure", "change") and not reading.has("operator")


def _same_kind(row: Figure, lead: Figure) -> bool:
    """Whether two figures are of one kind and one programme."""
    return kind_of(row) == kind_of(lead) and row.programme == lead.programme


def _earlier_or_later(row: Figure, lead: Figure) -> bool:
    return row.region == lead.region and row.period != lead.period


def _itself(row: Figure) -> Figure:
    return row


def _beside(lead: Figure, others: list[Figure]) -> Figure | None:
    """The figure that one can be held against: of its place and time, else of its kind, the last one first."""
    near = next((row for row in others if comparable(row, lead)), None)
    alike = next((row for row in others if kind_of(row) == kind_of(lead)), None)
    return near if near and (alike is None or same_case(near, lead)) else alike


def _after_operator(reading: Reading, start: int) -> bool:
    apart = [*reading.of("operator", *APART), *reading.of("bound", "above", "below")]
    return any(span.end <= start for span in apart)


def _only_slot(reading: Reading) -> bool:
    """Whether nothing is said but another place or programme."""
    beside = (*IDLE, "joint", "scope", "reference", "talk")
    slots = {span.slot for span in reading.spans if span.slot not in beside}
    how = all(span.means("asks", "how") or span.means("talk", "no") for span in reading.of("asks"))
    return bool(slots) and slots <= {"region", "programme", "measure", "asks"} and how


def _one_kind(rows: list[Figure], axis: str) -> list[Figure]:
    """The figures that differ from the first in one slot only, the same for all: in `axis`, if that is given."""
    for slot in (axis,) if axis else ("period", "region", "programme"):
        others = [one for one in ("indicator", "of", *SLOTS) if one != slot]
        alike = [row for row in rows if all(getattr(row, one) == getattr(rows[0], one) for one in others)]
        if len(alike) > 1:
            return alike
    return []
