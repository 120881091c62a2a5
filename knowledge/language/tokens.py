"""The words of a message as a grammar reads them: pieces of words, the signs between them, what their marks allow.

A word that glues a number to its unit ("500tr", "1tr5") is several pieces. Vietnamese words that fold alike are told
apart by the marks that were typed; where none were typed, each of them is possible.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.language.lexicon import signature, without_tone
from knowledge.language.spans import Word
from knowledge.text import fold

LEAST_MARKED = 0.3
"""Share of words with marks from which on a text counts as typed with marks."""
CLOSE = 3.0
"""Forms of a word without marks that are less likely by less than this, in nats, are all possible."""
_GLUED = re.compile(r"(x)?(\d+(?:[.,]\d+)*)([a-z]+)?(\d{1,4})?")
_GLUED_UNITS = frozenset(
    ["tr", "trd", "trieu", "t", "ty", "ti", "k", "d", "dong", "vnd", "usd", "eur", "cu", "chai", "toi", "nghin", "ngan", "x", "den"]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or a part of one: its folded text, as it was typed, the signs before it, the number of its word.

    `likely`: as in `Word`.
    """

    text: str
    typed: str
    gap: str
    word: int
    glued: bool = False
    likely: tuple[tuple[str, float], ...] = ()


class Pieces:
    """A message piece by piece. Positions beyond its ends hold nothing: `text` is empty there."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.pieces: list[Piece] = []
        for number, word in enumerate(words):
            self.pieces += _pieces_of(word, number)
        self.texts = [piece.text for piece in self.pieces]
        self.size = len(self.pieces)
        letters = [word.form for word in words if word.form and not word.form[0].isdigit()]
        marked = sum(not form.isascii() for form in letters)
        self.with_marks = bool(marked) and marked >= LEAST_MARKED * len(letters)
        self._last_gap = words[-1].break_after if words else ""

    def text(self, at: int) -> str:
        """The folded piece at a position."""
        return self.texts[at] if 0 <= at < self.size else ""

    def gap(self, at: int) -> str:
        """The signs before a position; behind the last piece those that end the message."""
        if 0 <= at < self.size:
            return self.pieces[at].gap
        return self._last_gap if at == self.size else ""

    def ends(self, at: int) -> bool:
        """Whether a clause ends before a position: by a sign or by the end of the message."""
        return at >= self.size or bool(self.pieces[at].gap.strip("\"'()%$"))

    def first_word(self, at: int) -> int:
        """The number of the word that a piece belongs to."""
        return self.pieces[at].word

    def word_end(self, at: int) -> int:
        """The number of the word after the last piece before `at`."""
        return self.pieces[at - 1].word + 1

    def sure(self, at: int, forms: frozenset[str]) -> bool:
        """Whether marks say that the piece is one of these forms (signatures)."""
        typed = self.pieces[at].typed if 0 <= at < self.size else ""
        return bool(typed) and not typed.isascii() and signature(typed) in forms

    def possible(self, at: int, forms: frozenset[str], *, strict: bool = True) -> bool:
        """Whether the piece may be one of these forms: by its marks, or for want of marks.

        `strict`: in a text typed with marks a word without any is just that word.
        """
        typed = self.pieces[at].typed if 0 <= at < self.size else ""
        if not typed or signature(typed) in forms:
            return True
        if any(gap < CLOSE and signature(form) in forms for form, gap in self.pieces[at].likely):
            return True
        return typed.isascii() and not (strict and self.with_marks)

    def slipped(self, at: int, *marked: str) -> bool:
        """Whether the piece is one of these words or one of them with another tone: a slip of the finger."""
        typed = self.pieces[at].typed if 0 <= at < self.size else ""
        return self.is_word(at, *marked, strict=False) or (
            bool(typed) and without_tone(typed) in map(without_tone, marked)
        )

    def is_word(self, at: int, *marked: str, strict: bool = True) -> bool:
        """Whether the piece may be one of these words, written with their marks; `strict` as in `possible`."""
        text = self.text(at)
        for word in marked:
            plain, forms = _plain(word)
            if text == plain and self.possible(at, forms, strict=strict):
                return True
        return False

    def digits(self, at: int) -> bool:
        """Whether the piece is written in digits only."""
        return self.text(at).isdigit()


def signatures(*marked: str) -> frozenset[str]:
    """The signatures of words written with their marks, for `Pieces.sure` and `Pieces.possible`."""
    return frozenset(map(signature, marked))


@lru_cache(maxsize=1024)
def _plain(marked: str) -> tuple[str, frozenset[str]]:
    """A word without its marks, and its signature."""
    return fold(marked), signatures(marked)


def _pieces_of(word: Word, number: int) -> list[Piece]:
    text = word.text
    if text.isalpha() or text.isdigit():
        return [Piece(text, word.form, word.break_before, number, likely=word.likely)]
    found = _GLUED.fullmatch(text)
    times, digits, unit, tail = found.groups() if found else ("", "", "", "")
    if not digits or (unit and unit not in _GLUED_UNITS) or (tail and not unit):
        return [Piece(text, word.form, word.break_before, number)]
    parts = [part for part in (times, digits, unit, tail) if part]
    pieces = [Piece(parts[0], word.typed if len(parts) == 1 else "", word.break_before, number)]
    pieces += [Piece(part, "", "", number, glued=True) for part in parts[1:]]
    return pieces
