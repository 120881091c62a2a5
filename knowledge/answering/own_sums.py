"""Sums beside printed figures that are reckoned from them, and said to be: of both programmes, or of one by its share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import combinations, permutations

from knowledge.finding.companions import PARTS
from knowledge.finding.wanted import FUNDING
from knowledge.reading.question import Question
from knowledge.records import Figure, Note
from knowledge.telling.formats import number
from knowledge.telling.names import MEASURES


def own_sum(rows: Sequence[Figure], asked: Set[str], question: Question) -> tuple[Note, ...]:
    """What both programmes add up to where their total is `asked` and no source prints it, of each thing; of two measures of
    money, which is said."""
    if not ("total" in asked or question.total_word or question.reading.has("operator", "sum")):
        return ()
    totals = {(row.indicator, row.measure, row.period) for row in rows if row.programme == "total"}
    return tuple(_sums([row for row in rows if (row.indicator, row.measure, row.period) not in totals]))


def _sums(rows: Sequence[Figure]) -> Iterator[Note]:
    for one, two in combinations(rows, 2):
        if {one.programme, two.programme} != set(PARTS) or one.unit == "percent":
            continue
        money = one.indicator == FUNDING
        if case(replace(one, measure=two.measure) if money else one)[:-1] == case(two)[:-1]:
            whole = one.value + two.value
            said = f"money:{round(whole)}" if one.unit == "VND" else f"{number(whole, 2)} {one.unit}"
            code = "own_sum" if one.source == two.source else "own_sum_apart"
            code = code if one.measure == two.measure else "own_sum_mixed"
            yield Note(code, {"sum": said, "first": MEASURES[one.measure], "second": MEASURES[two.measure]})


def own_portions(rows: Sequence[Figure], asked: Set[str]) -> dict[str, Note]:
    """The money of each programme `asked` that no source prints, where its share and the total of both are told."""
    return {
        share.programme: Note("own_portion", {"sum": _portion(share, total), "programme": share.programme})
        for share, total in permutations(rows, 2)
        if share.programme in asked and _is_share_of(share, total)
    }


def own_shares(rows: Sequence[Figure]) -> tuple[Note, ...]:
    """Which part of a printed total each programme has of which no source prints the share."""
    printed = {row.programme for row in rows if row.measure == "share"}
    return tuple(
        Note(
            "own_part",
            {"share": f"percent:{100 * part.value / total.value:.1f}", "programme": part.programme},
        )
        for part, total in permutations(rows, 2)
        if part.programme in {*PARTS} - printed
        and part.unit == "VND"
        and total.value
        and (total.programme, case(part)) == ("total", case(total))
    )


NOUGHTS_OF_TENTHS = 8
"""A share is told in tenths of a billion đồng: so many last digits are rounded away."""


def _portion(share: Figure, total: Figure) -> str:
    return f"money:{round(total.value * share.value / 100, -NOUGHTS_OF_TENTHS):.0f}"


def _is_share_of(share: Figure, total: Figure) -> bool:
    """Whether one figure is how much of the other, the sum of both programmes, a programme has."""
    whole = ("share", "total", total.measure, total.region, total.period, total.source)
    own = (share.measure, share.against, share.of, share.region, share.period, share.source)
    return own == whole and (total.programme, total.indicator) == ("total", FUNDING)


def case(row: Figure) -> tuple[str, ...]:
    """What two figures share that are of one sum in two programmes."""
    return (row.indicator, row.measure, row.of, row.region, row.period, row.source)
