"""The words of a clean text, each with the form in which it was typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from rapidfuzz.distance import LCSseq

from knowledge.language.keystrokes import word_of_keys
from knowledge.language.spans import Word
from knowledge.text import MAX_CHARS, WORD, fold

_WINDOW = 12
"""Clean words among which a typed one is looked for that was repaired."""
_TIMES = "×"
"""Folding drops this sign; it stays with the number that it stands before."""


def aligned(typed: str, clean: str, spelled: Mapping[str, tuple[str, ...]] | None = None) -> list[Word]:
    """The words of the clean text, each with the form in which it was typed where that is known.

    `spelled`: folded spelling → the words with marks that it stands for.
    """
    tokens = list(WORD.finditer(clean))
    own = [match.group() for match in tokens]
    forms, meant = own, dict[int, str]()
    if typed != clean or not clean.isascii():
        shown = _typed_words(typed)
        folded = [fold(piece).strip() for piece in shown]
        forms = shown if folded == own else _forms(shown, folded, own)
        meant = _told(folded, own, forms, spelled) if spelled and folded != own else {}
    result: list[Word] = []
    end = 0
    for at, match in enumerate(tokens):
        likely = ((meant[at], 0.0),) if at in meant else ()
        result.append(
            Word(
                match.group(),
                forms[at],
                match.start(),
                match.end(),
                clean[end : match.start()].strip(),
                likely=likely,
            )
        )
        end = match.end()
    if result and (after := clean[end:].strip()):
        result[-1] = replace(result[-1], break_after=after)
    return result


def _forms(shown: list[str], folded: list[str], own: list[str]) -> list[str]:
    """The typed form of each clean word: its own, its part of a word that was parted, or what its keys write."""
    forms = [""] * len(own)
    places = [-1] * len(folded)
    for step in LCSseq.opcodes(folded, own):
        if step.tag == "equal":
            places[step.src_start : step.src_end] = range(step.dest_start, step.dest_end)
    for at in range(len(folded) - 2, -1, -1):
        following = places[at + 1]
        if 0 <= places[at] < following - 1 and own[following - 1] == folded[at]:
            places[at] = following - 1  # of two like words the one that stood beside the next
    ends = list(places)
    for at in range(len(ends) - 1, -1, -1):
        if ends[at] < 0:
            ends[at] = ends[at + 1] if at + 1 < len(ends) else len(own)
    free = 0
    for at, place in enumerate(places):
        if place >= 0:
            forms[place], free = shown[at], place + 1
            continue
        end = min(ends[at], free + _WINDOW)
        keyed = word_of_keys(folded[at]) if shown[at].isascii() else ""
        for start in range(free, end):
            parts = (
                (keyed,)
                if keyed and fold(keyed) == own[start]
                else _parted(shown[at], folded[at], own[start:end])
            )
            if parts:
                free = start + len(parts)
                forms[start:free] = parts
                break
    return forms


def _told(
    folded: list[str], own: list[str], forms: list[str], spelled: Mapping[str, tuple[str, ...]]
) -> dict[int, str]:
    """Place of a clean word whose typed form is not known → the word with its marks, where a spelling stands for it."""
    told: dict[int, str] = {}
    free = 0
    for words in (spelled[one] for one in folded if one in spelled):
        plain = [fold(word) for word in words]
        start = next(
            (
                at
                for at in range(free, len(own))
                if own[at : at + len(plain)] == plain and not any(forms[at : at + len(plain)])
            ),
            None,
        )
        if start is not None:
            told.update(enumerate(words, start))
            free = start + len(words)
    return told


def _parted(shown: str, folded: str, own: list[str]) -> tuple[str, ...]:
    """A word that is several clean ones without the blanks between them, parted as they are."""
    if len(shown) != len(folded):
        return ()
    parts: list[str] = []
    end = 0
    for word in own:
        if end == len(folded) or not folded.startswith(word, end):
            break
        parts.append(shown[end : end + len(word)])
        end += len(word)
    return tuple(parts) if end == len(folded) else ()


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
