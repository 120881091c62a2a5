"""A text as a sparse vector of its character n-grams, words and word pairs, each hashed into one of `SIZE` columns.

The same function serves for fitting and for asking, so a weight always belongs to what it was fitted on. A text is a list
of folded words; extra tokens (the slots that were read) may stand beside them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from math import log, sqrt
from zlib import crc32

TEXT = 1 << 13
"""Columns of the text; a power of two, so that a hash is cut by a mask."""
TOKENS = 1 << 11
"""Columns of the extra tokens, after those of the text."""
SIZE = TEXT + TOKENS
TOKENS_WEIGH = 0.8
"""Length of the part of a vector that its tokens make; the text's part has length 1."""
SHORTEST, LONGEST = 2, 5
"""Lengths of the character n-grams, within words, the blanks at both ends included."""
LONGEST_TEXT = 80
"""Words of a text that are looked at."""

Vector = dict[int, float]
"""Column → weight."""


def counted(words: Sequence[str], extra: Iterable[str] = ()) -> Vector:
    """The n-grams of a text by column, each weighted 1 + log of how often it occurs."""
    said = words[:LONGEST_TEXT]
    found = Counter(column for word in said for column in _columns(word))
    found.update(_column(f"p{first} {second}") for first, second in pairwise(said))
    found.update(TEXT + (crc32(token.encode()) & (TOKENS - 1)) for token in extra)
    return {column: 1 + log(times) for column, times in found.items()}


@lru_cache(maxsize=8192)
def _columns(word: str) -> tuple[int, ...]:
    """The columns of a word and of its n-grams, each as often as it occurs."""
    padded = f" {word} "
    grams = (
        padded[at : at + length]
        for length in range(SHORTEST, min(LONGEST, len(padded)) + 1)
        for at in range(len(padded) - length + 1)
    )
    return (*map(_column, grams), _column(f"w{word}"))


def _column(text: str) -> int:
    return crc32(text.encode()) & (TEXT - 1)


def weighted(vector: Vector, rarity: Sequence[float]) -> Vector:
    """A vector times the rarity of each column, its two parts brought to their lengths."""
    scaled = {column: value * rarity[column] for column, value in vector.items()}
    text = sum(value * value for column, value in scaled.items() if column < TEXT)
    extra = sum(value * value for column, value in scaled.items() if column >= TEXT)
    of_text, of_extra = 1 / (sqrt(text) or 1.0), TOKENS_WEIGH / (sqrt(extra) or 1.0)
    return {column: value * (of_text if column < TEXT else of_extra) for column, value in scaled.items()}
