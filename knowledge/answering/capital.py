"""All money of a programme or a place, of which budgets pay a part: what is left of it beside both budgets."""

from __future__ import annotations

from dataclasses import replace

from knowledge.answering.beside import CAPITAL
from knowledge.answering.comparing import remember
from knowledge.answering.library import Asked
from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context
from knowledge.finding.answer import series_answer
from knowledge.finding.companions import PARTS
from knowledge.finding.figures import find_figure
from knowledge.finding.wanted import FUNDING, Wanted
from knowledge.reading.question import Question
from knowledge.records import Answer, Figure

_ALL, _OWN = CAPITAL


class Capital:
    """What is left of all money in one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base

    def rest(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """What is left of all money of one place and time beside the budgets: the owners' part as printed, with what it stands
        beside, else the difference, said to be computed. None where neither is asked for, or not all of it is there."""
        owners = wanted.indicator == _OWN and not asked.question.check
        if (len(wanted.regions), len(wanted.periods)) != (1, 1) or not (owners or _asks_rest(asked.question)):
            return None
        search = replace(wanted, measures=(), of=(), terms=(), programmes=(), joined="")
        whole, own = (find_figure(self._base, replace(search, indicator=one)).lead for one in CAPITAL)
        if whole is None or (owners and own is not None):
            return None
        budgets = [self._budget(search, programme, whole) for programme in (*PARTS, "total")]
        known = [row for row in budgets[:2] if row is not None]
        known = known if len(known) == len(PARTS) else [row for row in budgets[2:] if row is not None]
        if not known:
            return None
        rows = (whole, *known) if own is None else (own, *known, whole)
        told = series_answer(self._base, rows, asked.today, "rest" if own is None else "parts")
        return told, remember(asked, wanted, told)

    def _budget(self, search: Wanted, programme: str, whole: Figure) -> Figure | None:
        """What one budget, or both together, pays of `whole`."""
        own = replace(search, indicator=FUNDING, programmes=(programme,), measures=(whole.measure,))
        return find_figure(self._base, own).lead


def _asks_rest(question: Question) -> bool:
    """Whether what is left beside both budgets is asked for, or who pays it."""
    reading = question.reading
    both = len(question.programmes) == len(PARTS) or (question.programmes and reading.has("kind", "province"))
    return reading.has("undone", "remainder") and bool(both or reading.has("asks", "who", "which_programme"))
