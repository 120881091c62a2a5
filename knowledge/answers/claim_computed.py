"""What a claim says that no source prints: a difference, a move, a sum, how a plan was met, how many times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from math import copysign

from knowledge.answering.times import so_many_times
from knowledge.answers.claim_numbers import NumberReader
from knowledge.answers.claim_words import (
    PROGRAMMES,
    RIGHT,
    Number,
    Slots,
    merged,
    said_time,
    typed,
    within,
)
from knowledge.base import KnowledgeBase
from knowledge.finding.claims import Checked
from knowledge.finding.compare import printed_change
from knowledge.finding.figures import find_figure
from knowledge.finding.wanted import FUNDING, Wanted
from knowledge.language.spans import Reading, Span
from knowledge.reading.periods import shift_year
from knowledge.reading.question import Question
from knowledge.records import Figure, Part

TENTH = 0.06
"""Half of the last printed digit of a percent, and a little more."""
_ROUNDED = 0.005
"""By what share a claimed sum may be off what it is computed from: both were rounded."""
FULL = 100.0


@dataclass(frozen=True, slots=True)
class Held:
    """A number with what it was held against. `wanted`: the slots with which it was looked for; `meant`: the figure of its
    likeliest reading, `named`: the indicator that it is of by its words."""

    number: Number
    part: Part
    wanted: Wanted | None = None
    checked: Checked | None = None
    meant: Figure | None = None
    named: str = ""


def _of_one(one: Figure, other: Figure) -> bool:
    """Whether two figures are of one place, time and measure."""
    return (one.region, one.period, one.measure) == (other.region, other.period, other.measure)


class Computed:
    """Computes from the figures of one base what claims say of two of them."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base

    def moved(self, number: Number, before: Sequence[Held]) -> Part | None:
        """By how much, or by how many percent, one sum is above another; None where there are not two."""
        pair = self._pair(number, before)
        if pair is None:
            return None
        kind, real = "difference", pair[0].value - pair[1].value
        if number.kind == "money" and number.first_differs and float(number.value) == pair[1].value:
            rises = number.direction * real > 0  # the other sum itself, not how far it is above
            return Part("trend", number.text, "match" if rises else "differs", f"{real:.0f}", *pair)
        allowed = _ROUNDED * abs(real)
        if number.kind == "percent":
            kind, real, allowed = "moved", FULL * real / abs(pair[1].value), TENTH
        right = abs(float(number.value) - abs(real)) <= allowed and number.direction * real >= 0
        if kind == "moved" and not right and (printed := printed_change(self._base, *pair)):
            real = copysign(printed.value, real)  # as a source rounds it
            right = abs(float(number.value)) == printed.value and number.direction * real >= 0
        return Part(kind, number.text, "match" if right else "differs", f"{real:.4f}", *pair)

    def share(self, number: Number, before: Sequence[Held]) -> Part | None:
        """How many percent of the total of both programmes one of them is, of the sum told last before or else of the one
        that is named; None where either is not held."""
        held = [one.part.figure for one in before if one.part.outcome in RIGHT and one.number.kind == "money"]
        part = held[-1] if held else self._sum(number.slots)
        if part is None or part.programme not in PROGRAMMES or part.unit != "VND":
            return None
        wholes = self._base.select(
            indicator=FUNDING, measure=part.measure, programme="total", region=part.region, period=part.period
        )
        beside = (one for one in held if one and one.programme == "total" and _of_one(one, part))
        printed = (one for one in wholes if one.source == part.source)
        whole = next(beside, None) or next(printed, next(iter(wholes), None))
        if whole is None or not whole.value:
            return None
        real = FULL * part.value / whole.value
        digits = -int(number.value.as_tuple().exponent)
        right = abs(float(number.value) - real) <= TENTH * 10 ** (1 - digits)
        return Part("share", number.text, "match" if right else "differs", f"{real:.4f}", part, whole)

    def summed(self, number: Number, before: Sequence[Held]) -> Part | None:
        """A total that no source prints: of two regions, or of the two parts told last before."""
        if len(number.own.regions) > 1:
            rows = [
                self._sum(replace(number.slots, programme="", regions=(one,)))
                for one in number.own.regions[-2:]
            ]
        else:
            rows = [one.part.figure for one in before if one.number.kind == "money"][-2:]
        told = [row for row in rows if row is not None and row.unit == "VND"]
        if len(told) != 2 or told[0].measure != told[1].measure or told[0].id == told[1].id:
            return None
        whole = told[0].value + told[1].value
        near = abs(float(number.value) - whole) <= _ROUNDED * whole
        return Part("sum", number.text, "match" if near else "differs", f"{whole:.0f}", told[0], told[1])

    @staticmethod
    def added(reading: Reading, held: Sequence[Held]) -> list[Held]:
        """The same numbers; a whole that no figure prints, told before its parts of both programmes, or as their total behind
        them, held against their sum: money differs only if it is asked whether they add up, or a source notes the sum."""
        found = list(held)
        sums = {one.end for one in reading.spans if one.means("operator", "sum")}
        asked = not sums.isdisjoint(one.end for one in reading.spans[-2:])
        for at, one in enumerate(found):
            open_ = one.part.kind == "noted" or one.part.outcome == "unknown"
            total = one.number.total or one.number.start in sums
            beside = found[:at] if total else found[at + 1 :]
            named = one.number.own.programme in PROGRAMMES
            parts = _parts_of(one.number, beside) if open_ and not named else ()
            if not parts:
                continue
            whole = parts[0].value + parts[1].value
            same = abs(float(one.number.value) - whole) <= _ROUNDED * whole * (one.number.kind == "money")
            if same or asked or one.number.kind == "plain" or one.part.kind == "noted":
                part = Part("sum", one.part.said, "match" if same else "differs", f"{whole:.0f}", *parts)
                found[at] = Held(one.number, part)
        return found

    @staticmethod
    def is_rest(number: Number, held: Sequence[Held]) -> bool:
        """Whether a sum is what is left of the first one that was told before it, without those between."""
        told = [one for one in held if one.number.kind == "money" and one.number.start < number.start]
        rows = [one.part.figure.value for one in told if one.part.figure and one.part.outcome in RIGHT]
        if number.kind != "money" or len(rows) < 2 or len(rows) < len(told):
            return False
        return abs(rows[0] - sum(rows[1:]) - float(number.value)) <= _ROUNDED * rows[0]

    def both(self, number: Number) -> Part | None:
        """A sum of no programme of which no figure is there, held against those of both programmes together."""
        if number.kind != "money" or not number.own.measure or number.slots.programme in PROGRAMMES:
            return None
        rows = [self._sum(replace(number.slots, programme=one)) for one in PROGRAMMES]
        one, other = rows
        placed = number.slots.regions and number.slots.periods
        if not placed or one is None or other is None or not _of_one(one, other) or one.id == other.id:
            return None
        whole = one.value + other.value
        near = abs(float(number.value) - whole) <= _ROUNDED * whole
        return Part("sum", number.text, "match" if near else "differs", f"{whole:.0f}", one, other)

    def times(self, question: Question, number: Number, before: Sequence[Held]) -> Part | None:
        """How many times the sum told last before is that of the place or the time which is named behind a number of times;
        None for another number."""
        reading = question.reading
        if number.kind != "plain" or so_many_times(question.clean, number.text, 1) is None:
            return None
        _, end = within(reading, number.start, number.end)
        behind = [one for one in reading.spans if number.end <= one.start < end]
        said = typed(reading, number.start - 1 - bool(number.bound or number.about), number.end + 1)
        told = [one.part.figure for one in before if one.part.outcome in RIGHT and one.part.kind == "figure"]
        row = told[-1] if told else None
        named = Slots(
            regions=tuple(one.value for one in behind if one.slot == "region"),
            periods=tuple(said_time(one) for one in behind if one.slot == "period"),
        )
        if row is None or row.indicator != FUNDING or named == Slots():
            return Part("predicate", said, "unknown")
        own = Slots(row.measure, row.programme, (row.region,), (row.period,))
        pair = _two(row, self._sum(merged(named, own)))
        if pair is None:
            return Part("predicate", said, "unknown")
        ratio = pair[0].value / pair[1].value
        right = so_many_times(question.clean, number.text, ratio)
        return Part("times", said, "match" if right else "differs", f"{ratio:.4f}", *pair)

    def of_two(self, number: Number) -> Part:
        """A sum that two places are said to have more than: by how much one is above the other, or both together."""
        pair = [self._sum(replace(number.slots, regions=(one,))) for one in number.own.regions]
        if told := _two(*pair):
            for kind, real in (
                ("difference", told[0].value - told[1].value),
                ("sum", told[0].value + told[1].value),
            ):
                if abs(float(number.value) - abs(real)) <= _ROUNDED * abs(real):
                    return Part(kind, number.text, "match", f"{real:.0f}", *told)
        return Part("figure", number.text, "unknown")

    def trends(self, question: Question, held: Sequence[Held]) -> Iterator[Part]:
        """A rise or a fall of which no number says by how much."""
        reading = question.reading
        numbers = {one.number.start for one in held}
        for span in (one for one in reading.spans if one.slot == "operator"):
            if not span.means("operator", "up", "down") or span.end in numbers:
                continue
            said = typed(reading, span.start, span.end)
            before = [one for one in held if one.number.start < span.start]
            sides = _sides_of(reading, span)
            pair = self._pair(before[-1].number if before and not sides.first_differs else sides, before)
            if pair is None:
                yield Part("predicate", said, "unknown")
                continue
            gap = pair[0].value - pair[1].value
            right = gap > 0 if span.means("operator", "up") else gap < 0
            yield Part("trend", said, "match" if right else "differs", f"{gap:.0f}", *pair)

    def _pair(self, number: Number, before: Sequence[Held]) -> tuple[Figure, Figure] | None:
        """The two sums of which one is above the other: those said on both sides of the word for it, those told last
        before, or the last one and that of the time it is held against, else of the year before."""
        first = number.first or number.slots
        if number.first_differs:
            return _two(self._sum(first), self._sum(merged(number.own, first)))
        told = [row for one in before if (row := one.part.figure) is not None and row.unit == "VND"]
        if len(told) > 1 and not number.against:
            return told[-1], told[-2]
        lead = told[-1] if told else self._sum(first)
        if lead is None:
            return None
        period = number.against[0] if number.against else shift_year(lead.period, -1)
        rows = self._base.select(
            indicator=lead.indicator, measure=lead.measure, programme=lead.programme, region=lead.region, period=period,
        )  # fmt: skip
        return _two(lead, rows[0] if rows else None)

    def _sum(self, slots: Slots) -> Figure | None:
        wanted = Wanted(
            measures=(slots.measure,) if slots.measure else (),
            programmes=(slots.programme,) if slots.programme else (),
            regions=slots.regions[-1:],
            periods=slots.periods[:1],
        )
        return find_figure(self._base, wanted).lead


def _parts_of(whole: Number, behind: Sequence[Held]) -> tuple[Figure, ...]:
    """The two figures of one thing, place, time and measure, each of its own programme, that are told behind a whole of
    their kind; nothing where there are not both."""
    rows = [
        one.part.figure
        for one in behind
        if one.number.kind == whole.kind and one.part.outcome in RIGHT and one.part.figure is not None
    ]
    for one, two in combinations(rows, 2):
        alike = one.indicator == two.indicator and _of_one(one, two)
        if alike and {one.programme, two.programme} == set(PROGRAMMES):
            return one, two
    return ()


def _two(one: Figure | None, other: Figure | None) -> tuple[Figure, Figure] | None:
    if one is None or other is None or one.id == other.id or one.unit != other.unit or not other.value:
        return None
    return one, other


def _sides_of(reading: Reading, operator: Span) -> Number:
    """What is named before a word for a rise or a fall, and what it is held against, as a number without a value."""
    reader = NumberReader(reading)
    lead = reader.lead_until(operator.end)
    first = lead.first or Slots()
    behind = reader.lead_until(len(reading.words))
    own = behind.own if behind.first is not None else Slots()
    return Number(
        operator.start, operator.end, Decimal(0), "money", "", own, merged(own, first), lead.direction,
        first=first, against=behind.against,
    )  # fmt: skip
