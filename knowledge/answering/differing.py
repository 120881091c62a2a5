"""Why two figures are printed for one thing: the sources that print them, or the two maps of a region."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from datetime import date

from knowledge.answering.comparing import remember
from knowledge.answering.library import Asked
from knowledge.answers.claim_either import printed_both
from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context
from knowledge.finding.answer import series_answer
from knowledge.finding.conflicts import disagree, disagreement, slot
from knowledge.finding.figures import find_figure
from knowledge.finding.regrouped import counted_again
from knowledge.finding.wanted import Wanted
from knowledge.language.spans import Reading
from knowledge.records import Answer, Figure, Note

Pair = tuple[Figure, ...]
DIFFERING = "conflict"
"""The aspect of an answer that tells two figures of one thing."""
_BILLION = 10**9


def asks_why_two(reading: Reading) -> bool:
    """Whether it is asked why sources print two numbers, or what the other one is."""
    return reading.has("differ")


class Differing:
    """Finds what else is printed for a figure of one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base

    def answer(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """Both figures with their sources, and why the first leads; None where the base holds no second one."""
        question = asked.question
        both = printed_both(self._base, question)
        if not both:
            lead = find_figure(self._base, wanted).lead if wanted.regions or wanted.periods else None
            shown = [one[2:] for one in asked.context.told if one.startswith("f:")]
            told = [self._base.figures[one] for one in shown if one in self._base.figures]
            said = {float(one.value) for one in question.quantities if one.kind != "plain" or one.value % 1}
            leads = [lead, *told] if lead else told
            both = self.beside(leads, said) or self.beside([row for row in leads if row.value in said], set())
        if not both:
            return None
        answer = self.told(both, asked.today)
        return answer, remember(asked, wanted, answer)

    def beside(self, leads: Iterable[Figure], said: Set[float]) -> Pair:
        """The first of these figures of which another number is printed, with that; of a number that is said, in đồng or in
        billions of them, if one is."""
        values = said | {value * _BILLION for value in said}
        for lead in leads:
            for row in self._printed_else(lead):
                if not said or row.value in values:
                    return (lead, row)
        return ()

    def told(self, both: Pair, today: date) -> Answer:
        """The two figures, with the rule by which one leads, or how the region was drawn for each."""
        answer = series_answer(self._base, both, today, DIFFERING)
        one, other = (self._base.regions[row.region] for row in both)
        drawn = {one.successor: one.note, other.successor: other.note}
        text = drawn.get(one.id) or drawn.get(other.id)
        why = (Note("told_by_source", {"text": text}),) if text else ()
        rule = disagreement(self._base, both[0], both[1:])
        return replace(answer, gaps=why, warnings=(*answer.warnings, *rule))

    def _printed_else(self, lead: Figure) -> Iterator[Figure]:
        """Other numbers for what a figure tells: of other sources, then of the region as it was, or is, drawn."""
        rows = self._base.select(indicator=lead.indicator, measure=lead.measure, period=lead.period)
        for row in rows:
            if row.region == lead.region and slot(row) == slot(lead) and disagree(row, lead):
                yield row
        yield from counted_again(self._base, lead)
        yield from (row for row in rows if lead in counted_again(self._base, row))
