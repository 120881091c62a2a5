"""Sums beside printed figures that are reckoned from them, and said to be: of both programmes, or of one by its share."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import combinations, permutations

from knowledge.answering.pieces import case
from knowledge.finding.companions import PARTS
from knowledge.finding.wanted import FUNDING
from knowledge.reading.question import Question
from knowledge.records import Figure, Note
from knowledge.telling.names import MEASURES


def own_sum(rows: Sequence[Figure], asked: Set[str], question: Question) -> tuple[Note, ...]:
    """What both programmes add up to where their total is `asked` and no source prints it; of two measures, which is said."""
    if not ("total" in asked or question.total_word or question.reading.has("operator", "sum")):
        return ()
    totals = {row.measure for row in rows if (row.programme, row.indicator) == ("total", FUNDING)}
    for one, two in combinations([row for row in rows if row.indicator == FUNDING], 2):
        both = {one.programme, two.programme} == set(PARTS)
        if both and case(replace(one, measure=two.measure)) == case(two) and not totals:
            named = {"first": MEASURES[one.measure], "second": MEASURES[two.measure]}
            code = "own_sum" if one.measure == two.measure else "own_sum_mixed"
            return (Note(code, {"sum": f"money:{round(one.value + two.value)}", **named}),)
    return ()


def own_portions(rows: Sequence[Figure], asked: Set[str]) -> dict[str, Note]:
    """The money of each programme `asked` that no source prints, where its share and the total of both are told."""
    return {
        share.programme: Note("own_portion", {"sum": _portion(share, total), "programme": share.programme})
        for share, total in permutations(rows, 2)
        if share.programme in asked and _is_share_of(share, total)
    }


def _portion(share: Figure, total: Figure) -> str:
    return f"money:{round(total.value * share.value / 100, -8):.0f}"


def _is_share_of(share: Figure, total: Figure) -> bool:
    """Whether one figure is how much of the other, the sum of both programmes, a programme has."""
    whole = ("share", "total", total.measure, total.region, total.period, total.source)
    own = (share.measure, share.against, share.of, share.region, share.period, share.source)
    return own == whole and (total.programme, total.indicator) == ("total", FUNDING)
