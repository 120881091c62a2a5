"""Regular expressions over folded text: what is used of `re`, under the same names, with `\\b`, `\\w`, `\\d` and `\\s` of ASCII.

Folded Vietnamese is ASCII; asking Unicode at every word boundary what a letter is makes reading a question much slower.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from re import Match, Pattern, escape

__all__ = [
    "Match", "Pattern", "compile", "escape", "findall", "finditer", "fullmatch", "match", "search", "split", "sub"
]  # fmt: skip


@lru_cache(maxsize=512)
def compile(pattern: str) -> Pattern[str]:
    """As `re.compile`; a pattern is compiled once."""
    return re.compile(pattern, re.ASCII)


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
