"""Asked of figures that were just told together: how far one is above the other, and what the two add up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.answering.comparing import remember
from knowledge.answering.library import Asked
from knowledge.answering.ranking import MOST_RANKED
from knowledge.base import KnowledgeBase
from knowledge.dialogue import SHORT, Context, slots_of
from knowledge.finding.answer import comparison_answer, figure_answer
from knowledge.finding.compare import Compared, between, may_be_added, printed_change, total_of
from knowledge.finding.wanted import Found, Wanted
from knowledge.language.spans import Reading
from knowledge.reading.question import Question
from knowledge.records import Answer, Figure, Note

_ORDERS = {"2": 1, "3": 2}
"""Places in a rank behind the first, as indexes."""
_WHICH = ("which_region", "which_province", "which_year", "which_programme", "who", "where")
_PAIR = 2


class ToldBefore:
    """Answers about the figures of a rank or a comparison that the chat has just seen, from one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base

    def answer(self, asked: Asked) -> tuple[Answer, Context] | None:
        """The two figures against each other, or added up; None where the words are not about what was told."""
        question, context, reading = asked.question, asked.context, asked.question.reading
        ranked = "rank" in context.over
        order = next((_ORDERS[one] for one in reading.values("order") if one in _ORDERS), 0)
        placed = ranked and order > 0 and reading.has("asks", *_WHICH)
        if not (ranked or context.route == "compare") or not _says_no_more(question, placed=placed):
            return None
        rows = self._rows(context)
        if len(rows) < _PAIR:
            return None
        apart = reading.has("operator", "difference", "up", "down", "times") or reading.has("asks", "percent")
        if placed and not apart:
            if len(rows) <= order:
                return None
            answer = figure_answer(self._base, Found(lead=rows[order]), asked.today)
            answer = replace(answer, companions=(rows[0], *answer.companions))  # what it comes after
            return answer, replace(asked.context, choices=())
        if ranked:
            other = _other(rows, reading, order) if apart else None
            return self._told(asked, rows[0], other) if other else None
        first, second = rows[1], rows[0]  # the later, or the one named last, leads a comparison
        added = reading.has("operator", "sum") or question.total_word
        if added and not apart:
            return self._told(asked, first, second, added=True)
        return self._told(asked, first, second) if apart else None

    def _rows(self, context: Context) -> list[Figure]:
        """The figures of one kind that lead what was told."""
        ids = [one[2:] for one in context.told if one.startswith("f:")]
        rows = [self._base.figures[one] for one in ids if one in self._base.figures]
        return [row for row in rows if _kind(row) == _kind(rows[0])]

    def _told(
        self, asked: Asked, first: Figure, second: Figure, *, added: bool = False
    ) -> tuple[Answer, Context] | None:
        if first.region == second.region and first.period > second.period:
            first, second = second, first
        comparison = between(first, second)
        if comparison is None or (added and not may_be_added(self._base, comparison)):
            return None
        if added and (printed := total_of(self._base, comparison)):
            answer = figure_answer(self._base, printed, asked.today)
            return answer, remember(asked, asked.context.wanted or Wanted(), answer)
        notes = (Note("not_summed"),) if added else ()
        compared = Compared(comparison, printed_change(self._base, first, second))
        answer = comparison_answer(self._base, compared, asked.today, notes, lead_change=False)
        if added:
            answer = replace(answer, aspect="sum")
        last = comparison.second
        context = replace(asked.context, route="compare", slots=slots_of(last), over="", choices=())
        return answer, context


def _kind(row: Figure) -> tuple[str, ...]:
    return (row.indicator, row.measure, row.of, row.against)


def _says_no_more(question: Question, *, placed: bool) -> bool:
    """Whether a short question names no place, time or source of its own; `placed`: it asks who has a place in a rank."""
    programmes = [one for one in question.programmes if one.value != "total"]
    named = question.regions or programmes or question.periods.found or question.documents
    before = question.periods.before or question.periods.after or question.periods.same
    asks_who = (question.who or question.where) and not placed
    asks_else = asks_who or question.why or question.check or question.quantities
    return not (named or before or asks_else) and len(question.clean.split()) <= SHORT


def _other(rows: Sequence[Figure], reading: Reading, order: int) -> Figure | None:
    """Which of the figures that were ranked the first is held against."""
    end = reading.has("operator", "rank_high", "rank_low") or reading.has("order", "last")
    if order:
        return rows[order] if len(rows) > order else None
    if end:
        if len(rows) >= MOST_RANKED:  # more may have been ranked than were told
            return None
        chosen = (max if reading.has("operator", "rank_high") else min)(rows, key=lambda row: row.value)
        return chosen if chosen is not rows[0] else None
    second = reading.has("reference", "pronoun", "next") or (
        reading.has("operator", "difference") and len(rows) == _PAIR
    )
    return rows[1] if second else None
