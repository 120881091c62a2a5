"""The slots that a number of a claim may be of, the likeliest first: programmes, measures, times, a part and its whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from knowledge.answers.claim_computed import Held
from knowledge.answers.claim_wanted import CAPITAL, OWNERS, Indicators
from knowledge.answers.claim_words import PROGRAMMES, Number, Slots, year_of
from knowledge.base import KnowledgeBase
from knowledge.finding.regrouped import on_its_map
from knowledge.finding.wanted import FUNDING, NATION, Wanted
from knowledge.reading.question import Question
from knowledge.records import Figure

PERCENTS = ("rate", "share", "change")
_OF_YEARS = ("plan", "assigned", "allocated", "target")
"""Measures that hold of no sum but the one beside which they are named."""
_SURE_DIGITS = 3
"""Digits with which a number is hardly that of two places by chance."""


class Meanings:
    """Tells of what the numbers of claims may be: whole slots to look for in one base."""

    def __init__(self, base: KnowledgeBase, indicators: Indicators) -> None:
        self._base = base
        self._indicators = indicators

    def of(
        self, question: Question, number: Number, numbers: Sequence[Number], before: Sequence[Held]
    ) -> Iterator[tuple[Wanted, bool]]:
        """The slots that a number may be of, the likeliest first; and whether no word says what it is of."""
        slots = number.slots
        if not (slots.regions or slots.periods or slots.programme):
            return
        ways = _parts_and_wholes(question, number, numbers)
        for indicator in self._indicators.of(question, number, before):
            for programmes in self._programmes(question, number, numbers, indicator):
                kinds = _measures_of(question, number, indicator)
                for (measures, of, loose), (places, whole) in product(kinds, ways):
                    wanted = Wanted(
                        indicator=indicator,
                        measures=measures,
                        of=of,
                        programmes=programmes,
                        regions=places,
                        against=whole,
                        periods=slots.periods,
                        joined="/".join(slots.periods) if len(slots.periods) > 1 else "",
                        round=question.round,
                    )
                    if not any(row.period for row in self._base.select(indicator=indicator)):
                        wanted = replace(wanted, periods=(), joined="")
                    for timed in self._timed(wanted, measures):
                        yield on_its_map(self._base, timed, question.reading), loose

    def _programmes(
        self, question: Question, number: Number, numbers: Sequence[Number], indicator: str
    ) -> tuple[tuple[str, ...], ...]:
        """The programmes that a number may be of; none where what it counts belongs to none."""
        if not self._indicators.has_programme(indicator):
            return ((),)
        own = _programmes_of(question, number, numbers)
        if number.own.programme or indicator == FUNDING:
            return own
        anyhow = () if number.kind == "money" else ("total",)  # what was named before need not hold for it
        return (*own, anyhow)

    @staticmethod
    def _timed(wanted: Wanted, measures: Sequence[str]) -> Iterator[Wanted]:
        """The same; from one year to another; a plan or a round that is named beside a part of a year is of the year."""
        yield wanted
        if len(wanted.periods) == 2 and all(map(str.isdecimal, wanted.periods)):
            yield replace(wanted, periods=("-".join(wanted.periods),), joined="")
        years = tuple(dict.fromkeys(map(year_of, wanted.periods)))
        if ("plan" in measures or wanted.round) and years != wanted.periods and not wanted.joined:
            yield replace(wanted, periods=years)


def _programmes_of(
    question: Question, number: Number, numbers: Sequence[Number]
) -> tuple[tuple[str, ...], ...]:
    """The programmes that a number may be of: the one named for it, or the only one named at all."""
    programme = number.slots.programme
    said = {one.value for one in question.programmes} & {*PROGRAMMES}
    if programme == "total" and number.kind == "percent" and number.share and len(said) == 1:
        return (tuple(said),)  # the part of the total that is spoken of
    if programme == "total":
        return (("total",), ())
    if programme:
        return ((programme,),)
    named = {one.own.programme for one in numbers} - {"", "total"}
    return ((next(iter(said)),),) if len(said) == 1 and not named else ((),)


def _measures_of(
    question: Question, number: Number, indicator: str
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], bool]]:
    """What a number may be of: measures, what a percent is of, and whether no word says so."""
    said = number.slots.measure
    if number.kind == "money":
        named = [one.value for one in question.measures.named]
        said = said or (named[0] if len(named) == 1 else "")
        if not number.own.measure and said in _OF_YEARS:
            said = ""
        yield ((said,) if said else ()), (), False
    elif number.kind == "plain" or indicator != FUNDING:
        if said in ("plan", "target"):
            yield ("target",), (), False
        yield (), (), False
    else:
        yield from _percent_of(number, said)


def _percent_of(number: Number, said: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], bool]]:
    of = {"assigned": ("allocated",)}.get(said, (said,) if said else ())
    kinds = [
        kind for kind, told in zip(PERCENTS, (number.rate, number.share, number.moved), strict=True) if told
    ]
    if number.share and (number.rate or of == ("allocated",)):
        kinds = ["share", "rate"]
    for kind in kinds or PERCENTS:
        if of and not (kind == "rate" and said == "plan"):
            yield (kind,), of, not kinds
        yield (kind,), (), not kinds


def _within(one: str, other: str) -> bool:
    """Whether one of two times is the other or a part of it; of several times joined one may be named alone."""
    return one.startswith(other) or other.startswith(f"{one}-")


def taken_from(number: Number, other: Figure) -> str:
    """In what a figure with a claimed value differs from the claim: its `time`, its `place`, its `programme` or its
    `money`; empty where that is not sure."""
    slots = number.slots
    here, then = other.region in slots.regions, other.period in slots.periods
    if here and then:
        said = slots.programme if number.kind == "money" else number.own.programme
        crossed = {said, other.programme} == set(PROGRAMMES) and (number.kind != "percent" or number.share)
        return "money" if other.indicator in (CAPITAL, OWNERS) else "programme" if crossed else ""
    exact = len(number.value.normalize().as_tuple().digits) >= _SURE_DIGITS
    if number.kind == "plain" or not exact or not slots.regions or not slots.periods:
        return ""
    if then:
        return "place" if number.kind == "money" else ""
    return "time" if here and _apart(slots, other) else ""


def _apart(slots: Slots, other: Figure) -> bool:
    """Whether a figure is of another time than what is said, and else of the same."""
    same = slots.measure in ("", other.measure, other.of) and slots.programme in ("", other.programme)
    return same and not any(_within(one, then) for one in other.period.split("/") for then in slots.periods)


def _parts_and_wholes(
    question: Question, number: Number, numbers: Sequence[Number]
) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The place that a number is of, and what a percent of it is a part of, the likelier first: of the nation only where that
    is named beside it, perhaps where it is named elsewhere."""
    here = number.slots.regions[-1:], ""
    part = tuple({place.id for place in question.regions} - {NATION})
    named = question.reading.of("region", NATION)
    if number.kind != "percent" or number.moved or not named or len(part) != 1:
        return (here,)
    first = max((one.end for one in numbers if one.end <= number.start), default=0)
    last = min((one.start for one in numbers if one.start >= number.end), default=len(question.reading.words))
    if any(first <= one.start < last for one in named):
        return ((part, "national"),)
    return (here, (part, "national")) if number.share else (here,)
