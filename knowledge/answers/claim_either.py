"""Two numbers of one thing, of which it is asked which is right: the figures that print them."""

from __future__ import annotations

from collections.abc import Iterator, Set
from decimal import Decimal
from itertools import product

from knowledge.base import KnowledgeBase
from knowledge.finding.wanted import NATION
from knowledge.reading.numbers import Quantity
from knowledge.reading.question import Question
from knowledge.records import Figure

_BILLION = Decimal(10**9)
"""What a sum that is said without its unit is counted in."""
_PAIR = 2


def offers_two(question: Question) -> bool:
    """Whether one of two numbers is asked for."""
    return len(_numbers(question)) == _PAIR and (question.either or question.reading.has("asks", "which"))


def _numbers(question: Question) -> list[Quantity]:
    """The sums, percents and broken numbers of a question; where it has no two of them, all of its numbers."""
    broken = [one for one in question.quantities if one.kind != "plain" or one.value % 1]
    return broken if len(broken) == _PAIR else list(question.quantities)


def printed_both(base: KnowledgeBase, question: Question) -> tuple[Figure, ...]:
    """The two figures that print the two numbers of a question, of one thing and time, else of one place and time, else of
    whatever at one place and time; none where there is no such pair."""
    numbers = _numbers(question)
    if len(numbers) != _PAIR:
        return ()
    one, other = ([*_printed(base, question, number)] for number in numbers)
    pairs = [pair for pair in product(one, other) if pair[0] != pair[1]]
    alike = (pair for same in (_thing, _place, _where) for pair in pairs if same(pair[0]) == same(pair[1]))
    return next(alike, ())


def _printed(base: KnowledgeBase, question: Question, number: Quantity) -> Iterator[Figure]:
    """The figures of a number that agree with every time, programme and place that is named; of a place also those of
    its other map and of the nation."""
    named = {place.id for place in question.regions}
    places = {*named, *(base.regions[one].successor for one in named), NATION}
    times = {period.code for period in question.periods.found if period.code}
    programmes = {one.value for one in question.programmes}
    for scale in (1, _BILLION) if number.kind == "plain" else (1,):
        said = number.value * scale
        held = base.figures_by_value.get(float(said), ())
        for row in held or _rounded(base, said, places if named else set(), times):
            wide = not named and base.regions[row.region].kind == "region"
            timed = not times or row.period in times
            if timed and (wide or row.region in places) and (not programmes or row.programme in programmes):
                yield row


def _rounded(base: KnowledgeBase, said: Decimal, places: Set[str], times: Set[str]) -> list[Figure]:
    """The figures of named places and times that are this value with more digits, whether it was rounded or cut."""
    if not (places and times):
        return []
    step = Decimal(10) ** int(said.normalize().as_tuple().exponent)
    rows = base.select(region=places, period=times)
    return [row for row in rows if abs(Decimal(str(row.value)) - said) < step]


def _thing(row: Figure) -> tuple[str, ...]:
    return row.indicator, row.measure, row.of, row.programme, row.period


def _place(row: Figure) -> tuple[str, ...]:
    return row.indicator, row.programme, row.region, row.period, row.unit


def _where(row: Figure) -> tuple[str, ...]:
    return row.region, row.period, row.unit
