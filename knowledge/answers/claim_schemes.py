"""What a scheme is said to make or to work up, against the labels of the figures that a claim tells of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.answers.claim_between import right_ones
from knowledge.answers.claim_computed import Held
from knowledge.answers.claim_words import is_break, typed
from knowledge.base import KnowledgeBase
from knowledge.language.spans import IDLE, Reading, Span
from knowledge.records import Part
from knowledge.text import fold, words

_ENDS = (
    "asks",
    "period",
    "region",
    "number",
    "amount",
    "joint",
    "measure",
    "programme",
    "head",
    "operator",
    "talk",
    "role",
)
"""Slots of words that end the name of a product."""
_LONGEST = 4
"""Words of the name of a product."""


class Schemes:
    """Holds the products that claims name against the labels of one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        rows = [row for row in base.lexicon if row.slot == "kind" and row.value in ("trade", "product")]
        self._heads = {tuple(words(fold(row.phrase))) for row in rows}
        schemes = (row for row in base.lexicon if (row.slot, row.value) == ("head", "scheme"))
        self._schemes = {fold(row.phrase) for row in schemes}

    def otherwise(self, reading: Reading, held: Sequence[Held]) -> Iterator[tuple[Part, range]]:
        """The products of which no label of a figure that is right tells, while each such label tells of another one; with
        the words that name them."""
        labels = [one.part.figure.label for one in right_ones(held) if one.part.figure]
        told = [label for label in labels if self._product_in(label)]
        own = {word for label in told for word in words(fold(label))}
        for head in (one for one in reading.of("kind", "trade", "product") if told):
            name = _name_behind(reading, head)
            said = {reading.words[at].text for at in name}
            if said and said.isdisjoint(own):
                text = typed(reading, head.start, name.stop)
                yield Part("scheme", text, "differs", self._product_in(told[0])), range(head.start, name.stop)

    def _product_in(self, label: str) -> str:
        """The words of a label, up to a bracket, from the one for a trade or a product right behind a scheme; empty where
        nothing is named so."""
        said = label.partition(" (")[0].split()
        folded = [fold(word) for word in said]
        for start in range(1, len(said)):
            behind = {" ".join(folded[at:start]) for at in range(start)}
            sizes = range(1, len(said) - start)
            headed = any(tuple(folded[start : start + size]) in self._heads for size in sizes)
            if headed and not behind.isdisjoint(self._schemes):
                return " ".join(said[start:])
        return ""


def _name_behind(reading: Reading, head: Span) -> range:
    """The words right behind a word for a trade or a product that name which one; a word of grammar is one of them where
    nothing that it could lead stands behind it ("hồ tiêu ở …")."""
    spans = {at: one for one in reading.spans for at in range(one.start, one.end)}

    def slot(at: int) -> str:
        ends = at == len(reading.words) or is_break(reading, at)
        return "" if ends else spans[at].slot if at in spans else "unknown"

    end = head.end
    while end < head.end + _LONGEST and slot(end) and slot(end) not in _ENDS:
        if slot(end) in IDLE and slot(end + 1) not in ("", *IDLE):
            break
        end += 1
    return range(head.end, end)
