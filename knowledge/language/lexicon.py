"""The words of the field as data: phrases, the slot and value each of them names, and the trie that finds them.

Rows come from `knowledge/content/language/`; nothing here is Vietnamese. Phrases carry their full marks; the trie holds
them folded, and the annotator weighs the marks that were typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from knowledge.records import Lexeme
from knowledge.text import fold, words

FOREIGN = "language"
"""The slot of words of another language; their notes are what stands for them in Vietnamese."""
OF_REPORTS = frozenset({"report", "recipient", "issued"})
"""Slots of what words say in a report only; in a question they are others."""
OF_GUIDE = "guide_word"
"""The slot of words that only the guide looks for, in the answers to its steps."""
SPELLING = "spelling"
"""The slot of what people shorten or spell in their own way; their notes are what it stands for."""
PARTING = frozenset(",;:?!.(")
"""Signs that part clauses."""
_AS_COMMAS = str.maketrans(dict.fromkeys(PARTING, ","))
_LETTERS = re.compile(r"[^\W_]+")


_UNPARTED: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a phrase: `slot` and `value`; `marked` are its words with marks, `how` where it comes from, `parted`
    the numbers of its words before which it has a sign that parts clauses."""

    slot: str
    value: str
    marked: tuple[str, ...]
    how: str = "lexicon"
    parted: frozenset[int] = _UNPARTED


_MEANT = ""
"""The key of a node under which its senses are; no word is empty."""


class Trie:
    """Phrases by their folded words: each node has the nodes of the next words, and the senses of what ends there."""

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}

    def add(self, phrase: str, slot: str, value: str, how: str = "lexicon") -> None:
        """Add one meaning of `phrase`; a meaning that is there already is not added twice."""
        folded, marked = folded_words(phrase), marked_words(phrase)
        if not folded:
            return
        node = self._root
        for word in folded:
            following = node.get(word)
            if following is None:
                following = node[word] = {}
            node = following
        parted = frozenset(_parted(phrase)) if PARTING.intersection(phrase) else _UNPARTED
        sense = Sense(slot, value, marked if len(marked) == len(folded) else (), how, parted)
        senses = node.setdefault(_MEANT, [])
        if sense not in senses:
            senses.append(sense)

    def starting(self, said: list[str], start: int) -> Iterator[tuple[int, list[Sense]]]:
        """(end, senses) of each phrase that begins at word `start`."""
        node = self._root
        for at in range(start, len(said)):
            following = node.get(said[at])
            if following is None:
                return
            node = following
            if _MEANT in node:
                yield at + 1, node[_MEANT]


def _parted(phrase: str) -> Iterator[int]:
    """The numbers of the words before which a phrase has a sign that parts clauses."""
    at = 0
    for piece in fold(phrase).translate(_AS_COMMAS).split(","):
        at += len(words(piece))
        yield at


@lru_cache(2)  # most edits change none of the rows
def lexicon_trie(lexemes: tuple[Lexeme, ...], *, of_report: bool = False) -> Trie:
    """The trie of these rows, not to be added to; words of another language and spellings are not among what a Vietnamese text can say, and
    those of a report count only where `of_report`."""
    trie = Trie()
    for row in lexemes:
        if row.slot not in (FOREIGN, OF_GUIDE, SPELLING) and (of_report or row.slot not in OF_REPORTS):
            trie.add(row.phrase, row.slot, row.value)
    return trie


@lru_cache(maxsize=65_536)
def marked_words(phrase: str) -> tuple[str, ...]:
    """The words of a stored phrase in lower case with their marks, in composed form."""
    return tuple(_LETTERS.findall(unicodedata.normalize("NFC", phrase).lower()))


@lru_cache(maxsize=65_536)
def folded_words(phrase: str) -> tuple[str, ...]:
    """The words of a stored phrase, folded."""
    return tuple(words(fold(phrase)))


@lru_cache(maxsize=32_768)
def signature(word: str) -> str:
    """The letters and marks of a word in one order: the same for old and new placement of the tone."""
    return "".join(sorted(unicodedata.normalize("NFD", word.lower())))


_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


@lru_cache(maxsize=32_768)
def without_tone(word: str) -> str:
    """The signature of a word without its tone: what remains where a tone is mistyped."""
    return "".join(char for char in signature(word) if char not in _TONES)
