"""The parts of a message among which one asks, and the others say why."""

from __future__ import annotations

from itertools import pairwise

LONG_LETTER = 40
"""Words of a single sentence beyond which its clauses are parts."""
MOST_SENTENCES, MOST_CLAUSES = 6, 16
"""Parts that are looked at."""
_LEAST_WORDS, _MOST_WORDS = 3, 60
"""A clause of no more words than the one asks nothing; what is longer than the other is no clause."""

_ENDS = ".!?;\n"
_VOWELS = frozenset("aeiouy")
"""A word without any is shortened by the full stop behind it."""


def parts_of(folded: str) -> tuple[list[str], bool]:
    """The sentences of a folded message, or the clauses of one long sentence, singly and by neighbouring pairs; whether
    it is such a long one. Nothing where the message is one short sentence."""
    sentences = [part for part in _cut(folded, _ENDS) if len(part.split()) > _LEAST_WORDS]
    if len(sentences) > 1:
        return sentences[:MOST_SENTENCES], False
    if folded.count(" ") <= LONG_LETTER:
        return [], False
    clauses = [part for part in _cut(folded, ",") if len(part.split()) > _LEAST_WORDS]
    parts = [*map(" ".join, pairwise(clauses)), *clauses]
    return [part for part in parts if len(part.split()) <= _MOST_WORDS][:MOST_CLAUSES], True


def _cut(text: str, signs: str) -> list[str]:
    """A text cut at these signs, but not within a number or behind a shortened word."""
    parts, start = [], 0
    for at, char in enumerate(text):
        if char not in signs or text[at + 1 : at + 2].isdigit():
            continue
        last = text[start:at].rpartition(" ")[2]
        if char == "." and last.isalpha() and _VOWELS.isdisjoint(last):
            continue
        parts.append(text[start:at])
        start = at + 1
    return [*parts, text[start:]]
