"""What a claim says of a plan: that it was met or missed, by how many percent, or that nothing was done of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.answers.claim_computed import FULL, TENTH, Held
from knowledge.answers.claim_words import Number, typed, within, year_of
from knowledge.base import KnowledgeBase
from knowledge.finding.figures import find_figure
from knowledge.finding.regrouped import on_its_map
from knowledge.finding.wanted import FUNDING, Wanted
from knowledge.language.spans import Span
from knowledge.reading.question import Question
from knowledge.records import Figure, Part


class Plans:
    """Holds what was done against the plans of one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base

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
        fits = {"exceeded": rate > FULL, "met": rate >= FULL, "missed": rate < FULL}
        right = next((fits[value] for value in fits if span.means("outcome", value)), False)
        return Part("plan", said, "match" if right else "differs", f"{rate:.4f}", *pair)

    def met(self, question: Question, number: Number) -> Part | None:
        """How many percent of the plan of its year was reached of a programme, where no source prints that; None where either
        sum is not held."""
        slots = number.slots
        spoken = number.rate or question.reading.has("measure", "rate")
        if not (spoken and slots.regions and slots.periods and slots.programme):
            return None
        wanted = Wanted(programmes=(slots.programme,), regions=slots.regions[-1:], periods=slots.periods[:1])
        wanted = on_its_map(self._base, wanted, question.reading)
        plans = replace(wanted, measures=("plan",), periods=(year_of(slots.periods[0]),))
        done = find_figure(self._base, replace(wanted, measures=("actual",))).lead
        plan = find_figure(self._base, plans).lead
        if done is None or plan is None or (plan.region, plan.programme) != (done.region, done.programme):
            return None
        real = FULL * done.value / plan.value
        digits = -int(number.value.as_tuple().exponent)
        right = abs(float(number.value) - real) <= TENTH * 10 ** (1 - digits)
        return Part("plan", number.text, "match" if right else "differs", f"{real:.4f}", done, plan)

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
