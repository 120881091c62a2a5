"""Numbers of a claim that no key word places: held against what the sources of its other parts print beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from knowledge.answers.claim_computed import Held
from knowledge.answers.claim_wanted import MONEY, OWNERS, PLACES, Indicators
from knowledge.answers.claim_words import LOOSE, PROGRAMMES, RIGHT, SUMS, Number, year_of
from knowledge.base import KnowledgeBase
from knowledge.finding.claims import Checked
from knowledge.finding.regrouped import PROVINCES
from knowledge.finding.wanted import FUNDING, Found
from knowledge.language.alignment import aligned
from knowledge.language.numbers import amounts
from knowledge.language.spans import Reading
from knowledge.reading.question import Question
from knowledge.records import Figure
from knowledge.text import fold, words

_KINDS = {MONEY: "money", "percent": "percent", "date": ""}
"""Unit → the kind of number that has it; all others are counts."""
_PAIR = 2


class Nearby:
    """Finds the figures of one base that stand beside those of a claim."""

    def __init__(self, base: KnowledgeBase, indicators: Indicators) -> None:
        self._base = base
        self._indicators = indicators
        self._people = {
            fold(row.phrase) for row in base.lexicon if (row.slot, row.value) == ("kind", "person")
        }

    def completed(self, question: Question, held: Sequence[Held]) -> list[Held]:
        """The same numbers; those that could not be checked, or were held against another programme or indicator, held
        against the figures of the same place and time that have their noun, or their very value."""
        told = [one.part.figure for one in held if one.part.figure and one.part.outcome in RIGHT]
        again = [self._again(question, one, told) if _open(one) else one for one in held]
        told = [one.part.figure for one in again if one.part.figure and one.part.outcome in RIGHT]
        return [one if one.part.outcome in RIGHT else _noted(question.reading, one, told) for one in again]

    def _again(self, question: Question, held: Held, told: Sequence[Figure]) -> Held:
        number = held.number
        rows = [
            row
            for row in self._around(question.reading, number, told)
            if self._may_be(question, held, row, told)
        ]
        if number.kind == "plain":
            rows = self._indicators.likest(question.reading, number, rows)
        same = [row for row in rows if float(number.value) in (row.value, row.value_max)]
        hits = _beside(same, told) or same
        if len({row.indicator for row in hits}) == 1:
            return _checked(held, "match", hits[0])
        if number.kind == "percent" or held.part.outcome != "unknown":
            return held
        meant = self._meant(question, number, rows, told)
        return _checked(held, "differs", meant) if meant is not None else held

    def _meant(
        self, question: Question, number: Number, rows: Sequence[Figure], told: Sequence[Figure]
    ) -> Figure | None:
        """The one figure that a number of another value must mean and no other number of the claim is; None for several."""
        either = number.kind == "money" and not number.own.programme
        rows = [row for row in rows if row not in told and not (either and row.programme in PROGRAMMES)]
        own = [row for row in rows if row.programme == number.slots.programme]
        near = _beside(rows, told) or own or rows
        slots = {(row.indicator, row.programme, row.region, row.period) for row in near}
        return near[0] if len(slots) == 1 else None

    def _around(self, reading: Reading, number: Number, told: Sequence[Figure]) -> list[Figure]:
        """The figures of the place and the time of a number, else of those that were told; else of the country."""
        regions = self._base.regions
        places = set(number.slots.regions[-1:]) or {row.region for row in told}
        places = places or {one.id for one in regions.values() if one.kind == "country"}
        redrawn = {regions[one].successor for one in places if regions[one].kind == "region"} - {""}
        if number.kind != "plain" or reading.has("division"):
            redrawn &= {row.region for row in told}
        periods = number.slots.periods or tuple(dict.fromkeys(row.period for row in told))
        if len(periods) == _PAIR:
            periods = (*periods, "-".join(periods))
        elif len(periods) == 1 and number.own.measure == "plan":
            periods = (*periods, year_of(periods[0]))  # the plan of the year beside a part of it
        return self._base.select(region=places | redrawn, period=periods) if periods else []

    def _may_be(self, question: Question, held: Held, row: Figure, told: Sequence[Figure]) -> bool:
        """Whether nothing that is said of a number is against a figure."""
        number = held.number
        if _KINDS.get(row.unit, "plain") != number.kind or row.likely_value is not None:
            return False
        said = {one.value for one in question.programmes} | {one.programme for one in told}
        if not _of_programme(number, row, said):
            return False
        if number.kind == "plain":
            planned = row.measure == "target" and any(one.measure in ("plan", "target") for one in told)
            counted = (row.measure == "count" or planned) and row.indicator != PROVINCES
            return counted and self._counts(question.reading, number, row)
        if number.kind == "percent":
            whole = row.indicator == FUNDING and row.measure != "change"
            return whole and not number.own.measure and not number.moved
        if row.indicator not in (FUNDING, *question.indicators):
            return False
        if row.indicator == OWNERS or held.named not in ("", FUNDING, row.indicator):
            return False
        return _of_measure(held, row)

    def _counts(self, reading: Reading, number: Number, row: Figure) -> bool:
        """Whether the words behind a number name what a figure counts: by its unit, by a key word that is enough, or as its
        source prints it."""
        units = [words(one) for one in fold(row.unit).replace(",", "/").split("/")]
        noun = next((one for one in reading.spans if one.start == number.end), None)
        people = any(" ".join(unit) in self._people for unit in units)
        if noun is not None and (
            (noun.means("kind", "province") and row.unit == PLACES)
            or (noun.means("kind", "person") and people)
        ):
            return True
        heads = [*units, *(one[1:] for one in units if len(one) > _PAIR), *self._printed(row)]
        starts = {number.end}
        if noun is not None and noun.slot in ("head", "kind"):
            starts.add(noun.end)
        tails = [[word.text for word in reading.words[start:]] for start in starts]
        return any(head and tail[: len(head)] == head for head in heads for tail in tails)

    def _printed(self, row: Figure) -> list[list[str]]:
        """What a figure counts as its source prints it, and the key words that are enough."""
        printed = words(fold(row.as_printed))
        found = [printed[at + 1 : at + 3] for at, word in enumerate(printed[:-1]) if word[:1].isdigit()]
        keys = self._base.indicators[row.indicator].keys
        return [*found, *(words(key) for pattern in keys if len(pattern) == 1 for key in pattern[0])]


def _of_programme(number: Number, row: Figure, said: Collection[str]) -> bool:
    """Whether a figure is of the programme that is named for a number, else of one that the claim is about."""
    own = {number.own.programme} & set(PROGRAMMES)
    if row.programme in PROGRAMMES:
        return number.own.programme != "total" and row.programme in (own or said)
    one = len(set(said) & set(PROGRAMMES)) == 1 and not number.total
    return not row.programme or not (own or (one and row.programme not in said))


def _of_measure(held: Held, row: Figure) -> bool:
    """Whether a sum may be of the measure of a figure; of what was allotted either way, where nothing else is held."""
    number = held.number
    part = row.indicator != FUNDING and number.own.measure not in SUMS
    loosely = number.slots.measure in LOOSE and held.part.outcome == "unknown"
    return part or loosely or number.slots.measure in ("", row.measure)


def _open(held: Held) -> bool:
    """Whether a number may be of something else than what it was held against."""
    part, number = held.part, held.number
    if part.kind != "figure" or number.moved:
        return (part.kind, part.outcome) == ("provinces", "differs")
    if part.outcome == "unknown":
        return number.kind == "money" or part.other is None
    return part.outcome == "differs" and number.kind == "money"


def _noted(reading: Reading, held: Held, told: Sequence[Figure]) -> Held:
    """A number that stands, with its noun, in the note of a figure of which another number of the claim is right."""
    number = held.number
    noun = reading.words[number.end].text if number.end < len(reading.words) else ""
    for row in dict.fromkeys(told):
        for one in amounts(aligned(row.note, fold(row.note))):
            same = one.kind == number.kind and number.value in (one.value, one.value_max)
            same = same and (number.kind != "money" or number.slots.programme in ("", "total", row.programme))
            if same and (one.kind != "plain" or one.unit == noun):
                return Held(
                    number, replace(held.part, kind="noted", outcome="match", figure=row, right=row.note)
                )
    return held


def _checked(held: Held, outcome: str, row: Figure) -> Held:
    part = replace(held.part, outcome=outcome, figure=row, other=None)  # type: ignore[arg-type]
    return replace(held, part=part, wanted=None, checked=Checked(part.outcome, Found(row)))


def _beside(rows: Iterable[Figure], told: Sequence[Figure]) -> list[Figure]:
    """The figures that stand in a paragraph of which another number was right; a page without paragraphs is one."""
    places = {(row.source, row.locator) for row in told}
    return [row for row in rows if (row.source, row.locator) in places]
