"""The programmes and the measures that a number of a claim may be of, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.answers.claim_wanted import CAPITAL, OWNERS
from knowledge.answers.claim_words import PROGRAMMES, Number
from knowledge.finding.wanted import FUNDING, NATION
from knowledge.reading.question import Question
from knowledge.records import Figure

PERCENTS = ("rate", "share", "change")
_OF_YEARS = ("plan", "assigned", "allocated", "target")
"""Measures that hold of no sum but the one beside which they are named."""
_SURE_DIGITS = 3
"""Digits with which a number is hardly that of two places by chance."""


def programmes_of(
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


def measures_of(
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
    if here and then and other.indicator in (CAPITAL, OWNERS):
        return "money"
    if here and then:
        crossed = {slots.programme, other.programme} == set(PROGRAMMES)
        return "programme" if crossed and number.kind != "percent" else ""
    exact = len(number.value.normalize().as_tuple().digits) >= _SURE_DIGITS
    if number.kind == "plain" or not exact or not slots.regions or not slots.periods:
        return ""
    if then:
        return "place" if number.kind == "money" else ""
    same = slots.measure in ("", other.measure, other.of) and slots.programme in ("", other.programme)
    apart = not any(_within(one, then) for one in other.period.split("/") for then in slots.periods)
    return "time" if here and same and apart else ""


def parts_and_wholes(
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
