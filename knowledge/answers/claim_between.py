"""What the numbers of one claim say of each other, and what is said of one against the figure that it was held against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import dropwhile, takewhile

from knowledge.answers.claim_computed import Held
from knowledge.answers.claim_words import RIGHT, Number, typed, within
from knowledge.base import KnowledgeBase
from knowledge.finding.claims import Checked
from knowledge.finding.wanted import Found
from knowledge.language.spans import IDLE, Reading, Span
from knowledge.records import Event, Part
from knowledge.text import fold

BESIDE = ("unknown", "neighbour", "activity", "fact", "entry_name")
"""Slots of words that say of which kind a thing is."""
_NOUNS = (("kind", "product"), ("kind", "establishment"), ("head", "product_vote"), ("head", "scheme"))
"""Meanings of the nouns that such words stand behind."""
_NO_KIND = (
    "asks",
    "talk",
    "period",
    "region",
    "number",
    "amount",
    "joint",
    "operator",
    "measure",
    "programme",
)
"""Slots of words that end them."""


def each_of_its_own(held: Sequence[Held]) -> list[Held]:
    """The same numbers; one that was held against a figure which is another number of the claim, or that another was held
    against before it, is of something else."""
    told = {one.part.figure.id for one in held if one.part.figure and one.part.outcome in RIGHT}
    found: list[Held] = []
    for one in held:
        wrong = one.part.kind == "figure" and one.part.outcome == "differs"
        if wrong and _id(one) in told:
            part = replace(one.part, outcome="unknown", figure=None, other=None)
            one = replace(one, part=part, checked=None)
        elif wrong:
            told.add(_id(one))
        found.append(one)
    return found


def uncrossed(held: Sequence[Held]) -> list[Held]:
    """The same numbers; two of which each is right only of what the other is said to be were taken for one another."""
    right = {one.part.figure.id: one for one in held if one.part.figure and one.part.outcome in RIGHT}
    found = []
    for one in held:
        meant = one.meant
        other = (
            right.get(meant.id) if meant and meant != one.part.figure and one.part.outcome in RIGHT else None
        )
        crossed = other is not None and other.meant == one.part.figure
        part = replace(one.part, outcome="differs", figure=meant, other=one.part.figure)
        checked = Checked("differs", Found(meant), one.part.figure)
        found.append(Held(one.number, part, one.wanted, checked) if crossed else one)
    return found


def _id(held: Held) -> str:
    return held.part.figure.id if held.part.figure is not None else ""


def at_its_place(number: Number, before: Sequence[Held]) -> Number:
    """A number for which no place is named, at the place of the one before it that is right."""
    told = [one.part.figure.region for one in before if one.part.figure and one.part.outcome in RIGHT]
    if number.slots.regions or not told:
        return number
    return replace(number, slots=replace(number.slots, regions=(told[-1],)))


class ProductLevels:
    """The levels of the selection of products, by all of their names ("cấp tỉnh")."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        rows = sorted((row for row in base.lexicon if row.slot == "level"), key=lambda row: -len(row.phrase))
        self._names = [(row.phrase, row.value) for row in rows]

    def differing(self, reading: Reading, held: Sequence[Held], event: Event | None) -> Iterator[Part]:
        """The levels that are said of products of another one, by the name of their figure or of the ceremony."""
        for span in reading.spans:
            before = [one for one in held if one.number.end <= span.end] or list(held[:1])
            row = before[-1].part.figure if before and before[-1].part.outcome in RIGHT else None
            name = fold(self._base.names.get(row.indicator, "")) if row else fold(event.name) if event else ""
            own = {value: phrase for phrase, value in self._names if fold(phrase) in name}
            if span.means("level") and own and not span.means("level", *own):
                yield Part("level", typed(reading, span.start, span.end), "differs", next(iter(own.values())))


def said_of_them(reading: Reading, span: Span, told: Sequence[str]) -> Iterator[Part]:
    """Of what kind the things that were counted are said to be, or for whom or what a sum was, behind the word for it: right
    where one of the `told` texts of the figures names all of it."""
    _, end = within(reading, span.start, span.end)
    behind = [one for one in reading.spans if span.end <= one.start < end and one.slot not in IDLE]
    named = dropwhile(lambda one: any(one.means(*noun) for noun in _NOUNS), behind)
    what = list(takewhile(lambda one: one.slot not in _NO_KIND, named))
    kinds = [one for one in what if one.slot in BESIDE or one.means("kind", "trade", "office")]
    if not kinds or kinds[0] is not what[0]:
        return
    if not any(all(one.text in text for one in kinds) for text in told):
        yield Part("predicate", typed(reading, span.start, what[-1].end), "unknown")
    elif span.means("function", "all_are"):
        yield Part("predicate", typed(reading, span.start, what[-1].end), "match")
