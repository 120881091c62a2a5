"""Regular expressions over folded text: what is used of `re`, under the same names, with `\\b`, `\\w`, `\\d` and `\\s` of ASCII.

Folded Vietnamese is ASCII; asking Unicode at every word boundary what a letter is makes reading a question much slower.
And a text is searched only where it has a word without which nothing can be found (`knowledge.needed_words`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from re import Match, escape

from knowledge.needed_words import Words, needed_words

__all__ = [
    "Match", "Pattern", "compile", "escape", "findall", "finditer", "fullmatch", "match", "search", "split", "sub",
    "words_of",
]  # fmt: skip

_words_in = re.compile(r"\w+", re.ASCII).findall


@lru_cache(maxsize=64)
def words_of(folded: str) -> Words:
    """The words of a text, as patterns see them."""
    return frozenset(_words_in(folded))


def _never(_: Words) -> bool:
    return False


class Pattern:
    """As `re.Pattern[str]`, what is used of it. `needless(words)`: nothing can be found in a text of these words, nor of fewer."""

    __slots__ = (
        "_compiled", "findall", "finditer", "fullmatch", "match", "needless", "pattern", "search", "split"
    )  # fmt: skip

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._compiled = re.compile(pattern, re.ASCII)
        self.match = self._compiled.match
        self.fullmatch = self._compiled.fullmatch
        self.finditer = self._compiled.finditer
        self.findall = self._compiled.findall
        self.split = self._compiled.split
        self.search: Callable[[str], Match[str] | None] = self._compiled.search
        self.needless: Callable[[Words], bool] = _never
        needed = needed_words(pattern)
        if needed is not None:
            apart, find = needed.isdisjoint, self._compiled.search
            self.needless = apart
            self.search = lambda folded: None if apart(words_of(folded)) else find(folded)

    def sub(self, new: str | Callable[[Match[str]], str], folded: str, count: int = 0) -> str:
        """As `re.Pattern.sub`."""
        return self._compiled.sub(new, folded, count) if self.search(folded) else folded


@lru_cache(maxsize=512)
def compile(pattern: str) -> Pattern:
    """As `re.compile`; a pattern is compiled once."""
    return Pattern(pattern)


def search(pattern: str, folded: str) -> Match[str] | None:
    """As `re.search`."""
    return compile(pattern).search(folded)


def match(pattern: str, folded: str) -> Match[str] | None:
    """As `re.match`."""
    return compile(pattern).match(folded)


def fullmatch(pattern: str, folded: str) -> Match[str] | None:
    """As `re.fullmatch`."""
    return compile(pattern).fullmatch(folded)


def finditer(pattern: str, folded: str) -> Iterator[Match[str]]:
    """As `re.finditer`."""
    return compile(pattern).finditer(folded)


def findall(pattern: str, folded: str) -> list[str]:
    """As `re.findall`, of a pattern with at most one group."""
    return compile(pattern).findall(folded)


def split(pattern: str, folded: str) -> list[str]:
    """As `re.split`, of a pattern without groups."""
    return compile(pattern).split(folded)


def sub(pattern: str, new: str | Callable[[Match[str]], str], folded: str) -> str:
    """As `re.sub`."""
    return compile(pattern).sub(new, folded)
