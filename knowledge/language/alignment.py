"""The words of a clean text, each with the form in which it was typed."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from rapidfuzz.distance import LCSseq

from knowledge.language.spans import Word
from knowledge.text import MAX_CHARS, WORD, fold

_TIMES = "×"
"""Folding drops this sign; it stays with the number that it stands before."""


def aligned(typed: str, clean: str) -> list[Word]:
    """The words of the clean text, each with the form in which it was typed where that is known."""
    tokens = list(WORD.finditer(clean))
    shown = _typed_words(typed)
    folded = [fold(piece).strip() for piece in shown]
    own = [match.group() for match in tokens]
    forms = [""] * len(own)
    if folded == own:
        forms = shown
    else:
        places = [-1] * len(folded)
        for step in LCSseq.opcodes(folded, own):
            if step.tag == "equal":
                places[step.src_start : step.src_end] = range(step.dest_start, step.dest_end)
        for at in range(len(folded) - 2, -1, -1):
            following = places[at + 1]
            if 0 <= places[at] < following - 1 and own[following - 1] == folded[at]:
                places[at] = following - 1  # of two like words the one that stood beside the next
        for place, form in zip(places, shown, strict=True):
            if place >= 0:
                forms[place] = form
    result: list[Word] = []
    end = 0
    for match, form in zip(tokens, forms, strict=True):
        result.append(
            Word(match.group(), form, match.start(), match.end(), clean[end : match.start()].strip())
        )
        end = match.end()
    if result and (after := clean[end:].strip()):
        result[-1] = replace(result[-1], break_after=after)
    return result


def _typed_words(typed: str) -> list[str]:
    composed = unicodedata.normalize("NFC", typed[:MAX_CHARS]).lower()
    words: list[str] = []
    for piece in composed.split():
        if piece.isascii():
            words += WORD.findall(piece)
            continue
        folded = fold(piece)
        if len(folded) != len(piece):
            letters = [fold(char)[:1] or " " for char in piece]
            folded = "".join(letters)
        for match in WORD.finditer(folded):
            times = piece[max(match.start() - 1, 0) : match.start()] == _TIMES
            words.append(_TIMES * times + piece[match.start() : match.end()])
    return words
