"""What a claim says that no source prints: a difference, a move, a sum, how a plan was met, how many times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from knowledge.answers.claim_numbers import NumberReader
from knowledge.answers.claim_words import PROGRAMMES, RIGHT, Number, Slots, merged, typed, within
from knowledge.base import KnowledgeBase
from knowledge.finding.claims import Checked
from knowledge.finding.figures import find_figure
from knowledge.finding.wanted import FUNDING, Wanted
from knowledge.language.spans import Reading, Span
from knowledge.reading.periods import shift_year
from knowledge.reading.question import Question
from knowledge.records import Figure, Part

_TENTH = 0.06
"""Half of the last printed digit of a percent, and a little more."""
_ROUNDED = 0.005
"""By what share a claimed sum may be off what it is computed from: both were rounded."""
_FULL = 100.0


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
        allowed = _ROUNDED * abs(real)
        if number.kind == "percent":
            kind, real, allowed = "moved", _FULL * real / abs(pair[1].value), _TENTH
        right = abs(float(number.value) - abs(real)) <= allowed and number.direction * real >= 0
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
        real = _FULL * part.value / whole.value
        digits = -int(number.value.as_tuple().exponent)
        right = abs(float(number.value) - real) <= _TENTH * 10 ** (1 - digits)
        return Part("share", number.text, "match" if right else "differs", f"{real:.4f}", part, whole)

    def summed(self, number: Number, before: Sequence[Held]) -> Part | None:
        """A total that no source prints: of two regions, or of the two parts told last before."""
        if len(number.own.regions) > 1:
            rows = [
                self._sum(replace(number.slots, programme="", regions=(one,)))
                for one in number.own.regions[-2:]
            ]
        else:
            rows = [one.part.figure for one in before[-2:]]
        told = [row for row in rows if row is not None and row.unit == "VND"]
        if len(told) != 2 or told[0].measure != told[1].measure or told[0].id == told[1].id:
            return None
        whole = told[0].value + told[1].value
        near = abs(float(number.value) - whole) <= _ROUNDED * whole
        return Part("sum", number.text, "match" if near else "differs", f"{whole:.0f}", told[0], told[1])

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
            pair = self._pair(before[-1].number if before else _sides_of(reading, span), before)
            if pair is None:
                yield Part("predicate", said, "unknown")
                continue
            gap = pair[0].value - pair[1].value
            right = gap > 0 if span.means("operator", "up") else gap < 0
            yield Part("trend", said, "match" if right else "differs", f"{gap:.0f}", *pair)

    def undone(self, question: Question, span: Span) -> Part:
        """Whether nothing was done of the programme that is named beside a word for it, by what was spent on it."""
        reading = question.reading
        _, end = within(reading, span.start, span.end)
        named = reading.of("programme")
        beside = [one for one in named if span.end == one.start or one.end == span.start]
        beside = beside or [one for one in named if span.end <= one.start < end]
        spoken = (span, *beside[:1])
        said = typed(reading, min(one.start for one in spoken), max(one.end for one in spoken))
        slots = replace(self._slots(question, None), measures=("actual",))
        if not beside or not slots.regions or not slots.periods:
            return Part("predicate", said, "unknown")
        row = find_figure(self._base, replace(slots, programmes=(beside[0].value,))).lead
        if row is None or row.programme != beside[0].value:
            return Part("predicate", said, "unknown")
        return Part("figure", said, "differs" if row.value else "match", figure=row)

    def against_plan(self, question: Question, span: Span, held: Sequence[Held]) -> Part:
        """Whether a plan was met, exceeded or missed, by the rate of what was spoken of last before."""
        said = typed(question.reading, span.start, span.end)
        told = [one for one in held if one.wanted is not None and one.number.kind != "plain"]
        before = [one for one in told if one.number.start < span.start]
        last = before[-1] if before else next(iter(told), None)
        rate, pair = self._rate(question, last)
        if rate is None:
            return Part("predicate", said, "unknown")
        fits = {"exceeded": rate > _FULL, "met": rate >= _FULL, "missed": rate < _FULL}
        right = next((fits[value] for value in fits if span.means("outcome", value)), False)
        return Part("plan", said, "match" if right else "differs", f"{rate:.4f}", *pair)

    def _rate(
        self, question: Question, held: Held | None
    ) -> tuple[float | None, tuple[Figure | None, Figure | None]]:
        """How many percent of the plan were reached, with the sum reached and the plan where both are known."""
        slots = self._slots(question, held)
        plan = find_figure(self._base, replace(slots, measures=("plan",))).lead
        done = find_figure(self._base, replace(slots, measures=("actual",))).lead
        found = find_figure(self._base, replace(slots, measures=("rate",))).lead
        if found is not None and found.measure == "rate":
            return found.value, (done if done and done.measure == found.of else found, plan)
        if plan is None or done is None or not plan.value:
            return None, (None, None)
        if (plan.region, plan.programme) != (done.region, done.programme):
            return None, (None, None)
        return 100 * done.value / plan.value, (done, plan)

    def _slots(self, question: Question, held: Held | None) -> Wanted:
        """The slots of the sum that a plan is spoken of."""
        if held is not None and held.wanted is not None:
            figure = held.part.figure
            slots = replace(held.wanted, indicator=FUNDING, of=(), joined="", round="")
            if figure is None:
                return slots
            programmes = (figure.programme,) if figure.programme else ()
            return replace(slots, regions=(figure.region,), programmes=programmes, periods=(figure.period,))
        return Wanted(
            regions=tuple(one.id for one in question.regions[:1]),
            periods=tuple(one.code for one in question.periods.found[:1] if one.code),
            programmes=tuple(one.value for one in question.programmes[:1]),
        )

    # --- two sums -----------------------------------------------------------------------------------------------

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
