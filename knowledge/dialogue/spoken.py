"""Asked of the figures that led the last answers of a chat: which is above the other, and by how much."""

from __future__ import annotations

from datetime import date

from knowledge.base import KnowledgeBase
from knowledge.dialogue.merging import slots_of
from knowledge.dialogue.state import Context
from knowledge.finding.answer import comparison_answer
from knowledge.finding.compare import Compared, between, printed_change
from knowledge.language.spans import Reading
from knowledge.records import Answer, Figure

_APART = ("compare", "difference", "up", "down", "times")
_OWN = ("region", "period", "programme", "document", "activity", "entry_name", "trade", "amount", "measure")


class SpokenOf:
    """Holds the figures of a chat against each other, from one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base

    def extremes(
        self, reading: Reading, leads: tuple[Figure, ...], context: Context, today: date
    ) -> tuple[Answer, Context] | None:
        """The highest against the lowest of what was told one after another, where both are asked for."""
        both = reading.has("operator", "rank_high") and reading.has("operator", "rank_low")
        if not both or len(leads) < 2 or _names_own(reading):
            return None
        ordered = sorted(leads, key=lambda row: row.value)
        return self._told(ordered[0], ordered[-1], context, today)

    def last_two(
        self, reading: Reading, leads: tuple[Figure, ...], context: Context, today: date
    ) -> tuple[Answer, Context] | None:
        """The last two that were told, the later year against the earlier."""
        if len(leads) < 2 or not reading.has("operator", *_APART) or _names_own(reading):
            return None
        first, second = leads[-2:]
        if first.region == second.region and first.period > second.period:
            first, second = second, first
        return self._told(first, second, context, today)

    def _told(
        self, first: Figure, second: Figure, context: Context, today: date
    ) -> tuple[Answer, Context] | None:
        comparison = between(first, second)
        if comparison is None:
            return None
        compared = Compared(comparison, printed_change(self._base, first, second))
        answer = comparison_answer(self._base, compared, today, (), lead_change=False)
        after = Context(
            route="compare", wanted=context.wanted, slots=slots_of(second), before=slots_of(first)
        )
        return answer, after


def _names_own(reading: Reading) -> bool:
    return any(reading.has(slot) for slot in _OWN) or reading.has("reference", "previous", "next", "same")
