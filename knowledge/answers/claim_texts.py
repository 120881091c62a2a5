"""Numbers as a text tells them: each with its noun and the words of the clause that it stands in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from knowledge.answers.claim_words import Number, typed
from knowledge.language.alignment import aligned
from knowledge.language.numbers import Amount, amounts
from knowledge.language.spans import IDLE, Reading, Word
from knowledge.records import Part
from knowledge.text import words

_CLAUSES = str.maketrans({";": "\n", "•": "\n"})
_NOUN = 2
"""Words of a noun that are compared."""
_ALIKE = 0.5
"""Share of the words of a claim that a clause must have for its percent to be the claimed one."""
_MOST_RIGHT = 2
"""Numbers that a text may tell of one noun, for another one to be wrong."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One number of a text. `noun`: the words behind it; `clause`: all words of its clause."""

    kind: str
    value: Decimal
    noun: tuple[str, ...]
    clause: frozenset[str]


def facts_in(folded: str) -> list[Fact]:
    """The numbers of a folded text, clause by clause."""
    found: list[Fact] = []
    for clause in folded.translate(_CLAUSES).replace(". ", "\n").splitlines():
        said = aligned(clause, clause)
        own = amounts(said)
        nouns = nouns_of(own, said)
        known = frozenset(words(clause))
        found += [Fact(one.kind, one.value, noun, known) for one, noun in zip(own, nouns, strict=True)]
    return found


def nouns_of(numbers: Sequence[Amount | Number], said: Sequence[Word]) -> list[tuple[str, ...]]:
    """The words behind each number; of numbers joined by one word ("5 hoặc 7 người") those behind the last."""
    nouns = [tuple(word.text for word in said[one.end : one.end + _NOUN]) for one in numbers]
    for at, (one, two) in reversed(list(enumerate(pairwise(numbers)))):
        if two.start <= one.end + 1:
            nouns[at] = nouns[at + 1]
    return nouns


def as_told(reading: Reading, number: Number, noun: tuple[str, ...], facts: Collection[Fact]) -> Part:
    """A number with its noun, as that clause of a text tells it which is most like the claim."""
    plain = number.kind == "plain"
    span = next((one for one in reading.spans if one.start == number.end), None)
    size = min(_NOUN, span.end - span.start) if span is not None and plain else 0
    said = typed(reading, number.start, min(number.end + size, len(reading.words)))
    same = [one for one in facts if one.kind == number.kind and one.noun[:size] == noun[:size]]
    told = _likest(reading, same, least=0 if plain else _ALIKE)
    if number.value in told:
        return Part("rule", said, "match")
    if not told or len(told) > (_MOST_RIGHT if plain else 1):
        return Part("rule", said, "unknown")
    shown = " hoặc ".join(f"{one.normalize():f}".replace(".", ",") for one in sorted(told))
    behind = f" {said.partition(' ')[2]}" if plain else "%"
    return Part("rule", said, "differs", f"{shown}{behind}".strip())


def _likest(reading: Reading, facts: Collection[Fact], *, least: float) -> set[Decimal]:
    """The values of those clauses that share most words with a claim; none where that is less than `least` of its words."""
    claimed = {word for one in reading.spans if one.slot not in (*IDLE, "asks") for word in one.text.split()}
    likest = max((len(one.clause & claimed) for one in facts), default=0)
    if likest < len(claimed) * least:
        return set()
    return {one.value for one in facts if len(one.clause & claimed) == likest}
