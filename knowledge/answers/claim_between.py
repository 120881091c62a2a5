"""What the numbers of one claim say of each other, and what is said of one against the figure that it was held against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import dropwhile, pairwise, takewhile

from knowledge.answers.claim_computed import Held
from knowledge.answers.claim_words import RIGHT, Number, typed, within
from knowledge.base import KnowledgeBase
from knowledge.finding.claims import Checked
from knowledge.finding.wanted import Found
from knowledge.language.spans import IDLE, Reading, Span
from knowledge.records import Event, Part
from knowledge.text import fold, words

BESIDE = ("unknown", "neighbour", "activity", "fact", "entry_name")
"""Slots of words that say of which kind a thing is."""
_CLAUSES = frozenset(',.;:()?!"+=-–—')
"""Marks that end what belongs to a number."""
_VOWELS = frozenset("aeiouy")
_SHORT = 2
"""Letters of a word of chat that says nothing."""
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
_NUMBERED = ("number", "amount", "operator", "times", "asks", "undone")
"""Slots of words with which something else is said than of what kind things are."""
_MEANT = ("programme", "measure")
"""Slots of words that may stand between a number and what it is said to be of."""


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


def right_ones(held: Sequence[Held]) -> list[Held]:
    """The numbers that are right of some figure."""
    return [one for one in held if one.part.outcome in RIGHT and one.part.figure is not None]


def texts_of(base: KnowledgeBase, held: Sequence[Held]) -> list[str]:
    """What is told of the figure of each number, folded: its label, note, print, name, terms and key words."""
    rows = [one.part.figure for one in held if one.part.figure is not None]
    keys = [base.indicators[row.indicator].keys for row in rows]
    said = [[word for pattern in own for group in pattern for word in group] for own in keys]
    names = [
        (row.label, row.note, row.as_printed, base.names.get(row.indicator, ""), *row.terms) for row in rows
    ]
    texts = [fold(" ".join((*one, *more))) for one, more in zip(names, said, strict=True)]
    return [f" {' '.join(words(text))} " for text in texts]


def said_of_them(reading: Reading, span: Span, told: Sequence[str]) -> Iterator[Part]:
    """What all, most or none of the things that were counted are said to be, behind the word for it: right where one of the
    `told` texts of the figures names all of it; nothing where a number or a move is told there."""
    _, end = within(reading, span.start, span.end)
    clause = [one for one in reading.spans if span.end <= one.start < end]
    if not (told and clause) or any(one.slot in _NUMBERED or one.means("outcome") for one in clause):
        return
    behind = (one for one in clause if one.slot not in IDLE)
    named = dropwhile(lambda one: any(one.means(*noun) for noun in _NOUNS), behind)
    what = list(takewhile(lambda one: one.slot not in _NO_KIND, named))
    said = typed(reading, span.start, (what or clause)[-1].end)
    if span.slot == "operator" and not any(one.slot in BESIDE for one in what[:1]):
        return  # a word for a total
    right = span.means("function", "all_are") and _is_told(what, told)
    yield Part("predicate", said, "match" if right else "unknown")


def _is_told(what: Sequence[Span], told: Sequence[str]) -> bool:
    """Whether one of these texts names all words of a kind, which lead what is said."""
    kinds = [one for one in what if one.slot in BESIDE or one.means("kind", "trade", "office")]
    return (
        kinds[:1] == [*what[:1]]
        and bool(kinds)
        and any(all(one.text in text for one in kinds) for text in told)
    )


def strange_behind(reading: Reading, numbers: Sequence[Number], told: Sequence[str]) -> Iterator[Part]:
    """What stands behind numbers that are right, up to the next one, and says more of each than what is `told` of its
    figure: of whom or of what kind it is, who paid it, what it was for."""
    for number, text in zip(numbers, told, strict=True):
        _, end = within(reading, number.start, number.end, _CLAUSES)
        behind = [one for one in reading.spans if number.end <= one.start < end]
        clause = list(takewhile(lambda one: one.slot not in _NO_KIND or one.slot in _MEANT, behind))
        following = behind[len(clause)].slot if len(clause) < len(behind) else ""
        whom = {one.end for one in clause if one.means("function", "for")}
        found = [one for one in clause if _tells_more(one, text, aimed=one.start in whom)]
        if found and not (following in ("number", "amount") and found[-1] is clause[-1]):
            yield Part("part", typed(reading, found[0].start, found[-1].end), "unknown")


def _tells_more(span: Span, told: str, *, aimed: bool) -> bool:
    """Whether a span is of those that say which things are meant, and no two of its words are told; an abbreviation is none.

    `aimed`: right behind a word for whom something is."""
    kind = (
        (aimed and span.means("kind", "person"))
        or span.slot in BESIDE
        or span.means("role", "loan")
        or span.means("kind", "trade", "office")
    )
    said = span.text.split()
    pairs = [f" {one} {two} " for one, two in pairwise(said)] or [f" {span.text} "]
    named = kind and span.slot != "activity" and len(span.text) > _SHORT and _VOWELS & set(span.text)
    return bool(named) and not any(one in told for one in pairs)
