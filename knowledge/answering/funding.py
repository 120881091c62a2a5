"""What is asked of the money: a sum, how much of a plan, a part of a whole, or by how much it moved."""

from __future__ import annotations

from knowledge.reading.question import Question
from knowledge.reading.slots import Measures

RATE_OF = {"allocated": "allocated", "assigned": "allocated", "estimate": "estimate", "actual": "actual"}


def funding_measures(question: Question, named: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is asked of the money: (measures, what a rate, share or change is about)."""
    said = question.measures
    if said.target and (said.percent or said.rate):
        return ("target",), ()
    if said.change and not said.share and all(one.kind != "money" for one in question.quantities):
        return ("change",), tuple(dict.fromkeys(RATE_OF.get(one, one) for one in named))
    return _of_a_whole(question, named)


def _of_a_whole(question: Question, named: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A part of a whole or of a plan, or how far it moved; the sum itself where none is asked."""
    said = question.measures
    of = tuple(dict.fromkeys(RATE_OF[one] for one in named if one in RATE_OF))
    plan = tuple(one for one in named if one == "plan")
    if said.percent and not said.change and _asks_a_part(question):
        return ("share" if said.share else "rate",), of
    if said.share and not (plan and _of_the_plan(said, of)):
        return ("share",), of or plan
    if said.percent and said.moved and not said.share:
        return ("change",), (*of, *plan)
    return _rate(question, of, reaches=bool(said.rate and plan)) or (named, ())


def _of_the_plan(said: Measures, of: tuple[str, ...]) -> bool:
    """Whether a share is how much of the plan was done, or given."""
    return said.rate and bool(of or not said.percent)


def _rate(
    question: Question, of: tuple[str, ...], *, reaches: bool
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """How much of a plan, where a percent is asked or a plan is reached; what reaches it was carried out, or will be."""
    reached = question.reading.has("reached")
    if not question.measures.percent and not (reaches and reached):
        return None
    return ("rate",), of or (("actual", "estimate") if reached else ())


def _asks_a_part(question: Question) -> bool:
    """Whether a percent is asked of each of two places or programmes, or of two times in points."""
    reading = question.reading
    if reading.has("asks", "points") and len(question.periods.found) > 1:
        return True
    two = 2 in (len(question.regions), len(question.programmes))
    return two and (reading.has("asks", "ratio") or reading.has("operator", "each") or question.measures.rate)
