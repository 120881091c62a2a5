"""What is asked of the money: a sum, how much of a plan, a part of a whole, or by how much it moved."""

from __future__ import annotations

from knowledge.reading.question import Question

RATE_OF = {"allocated": "allocated", "assigned": "allocated", "estimate": "estimate", "actual": "actual"}


def funding_measures(question: Question, named: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is asked of the money: (measures, what a rate, share or change is about)."""
    said = question.measures
    if said.target and (said.percent or said.rate):
        return ("target",), ()
    if said.change and not said.share and not any(q.kind == "money" for q in question.quantities):
        kinds = [
            RATE_OF.get(one, one)
            for one in named
            if one in ("plan", "allocated", "assigned", "estimate", "actual")
        ]
        return ("change",), tuple(dict.fromkeys(kinds))
    of = tuple(dict.fromkeys(RATE_OF[one] for one in named if one in RATE_OF))
    two = 2 in (len(question.regions), len(question.programmes)) and (
        question.reading.has("asks", "ratio") or question.reading.has("operator", "each") or said.rate
    )
    points = question.reading.has("asks", "points") and len(question.periods.found) > 1
    if said.percent and not said.change and (points or two):
        return ("share" if said.share else "rate",), of
    if said.share and (said.percent or "plan" not in named or not said.rate):
        plan = ("plan",) if "plan" in named and not of else of
        if said.percent and "plan" in named and said.rate and of:
            return ("rate",), of
        return ("share",), plan
    if (
        said.percent
        and said.moved
        and not (
            said.rate
            and "plan" in named
            and not question.periods.same
            and len(question.periods.found) < 2
            and not question.reading.has("measure", "change")
        )
    ):
        return ("change",), tuple(dict.fromkeys([*of, *(("plan",) if "plan" in named else ())]))
    if said.percent or (
        said.rate
        and "plan" in named
        and question.reading.has("reached")
        and not question.reading.has("asks", "sum")
    ):
        return ("rate",), of or _reached(question)
    return named, ()


def _reached(question: Question) -> tuple[str, ...]:
    """What reaches or completes a plan is what was carried out, or will be; an allocation does not."""
    return ("actual", "estimate") if question.reading.has("reached") else ()
