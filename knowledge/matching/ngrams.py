"""A text as a sparse vector of its character n-grams, words and word pairs, each hashed into one of `SIZE` columns.

The same function serves for fitting and for asking, so a weight always belongs to what it was fitted on. A text is a list
of folded words; extra tokens (the slots that were read) may stand beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    found: dict[int, int] = {}
    mask = TEXT - 1
    said = words[:LONGEST_TEXT]
    for word in said:
        padded = f" {word} "
        size = len(padded)
        for length in range(SHORTEST, LONGEST + 1):
            for at in range(size - length + 1):
                column = crc32(padded[at : at + length].encode()) & mask
                found[column] = found.get(column, 0) + 1
            if length >= size:
                break
    for number, word in enumerate(said):
        column = crc32(b"w" + word.encode()) & mask
        found[column] = found.get(column, 0) + 1
        if number:
            column = crc32(b"p" + said[number - 1].encode() + b" " + word.encode()) & mask
            found[column] = found.get(column, 0) + 1
    for token in extra:
        column = TEXT + (crc32(token.encode()) & (TOKENS - 1))
        found[column] = found.get(column, 0) + 1
    return {column: 1 + log(times) for column, times in found.items()}


def weighted(vector: Vector, rarity: Sequence[float]) -> Vector:
    """A vector times the rarity of each column, its two parts brought to their lengths."""
    scaled = {column: value * rarity[column] for column, value in vector.items()}
    text = sum(value * value for column, value in scaled.items() if column < TEXT)
    extra = sum(value * value for column, value in scaled.items() if column >= TEXT)
    of_text, of_extra = 1 / (sqrt(text) or 1.0), TOKENS_WEIGH / (sqrt(extra) or 1.0)
    return {column: value * (of_text if column < TEXT else of_extra) for column, value in scaled.items()}
