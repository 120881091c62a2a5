"""A text whose parts are used up one after the other, so that no word is read twice.

Hồ *Chí* Minh must not also be *chi* (to spend), nor Hà *Nam* also *năm* (year): whoever reads a span takes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.language.spans import Reading

_TAKEN = "\x00"


def is_masked(piece: str) -> bool:
    """Whether a part of a text has been used up in it."""
    return _TAKEN in piece


def taken_back(reading: Reading, slot: str) -> set[str]:
    """The values of a slot that were named before a word that corrects ("à nhầm") and another value behind it."""
    corrects = [span.start for span in reading.of("talk", "correct")]
    if not corrects:
        return set()
    said = reading.named(slot)
    behind = {span.value for span in said if span.start > corrects[-1]}
    return {span.value for span in said if span.start < corrects[-1]} - behind if behind else set()


class Text:
    """Folded text with a mask. Positions never move: taken characters are replaced one by one."""

    def __init__(self, folded: str) -> None:
        self.whole = folded
        self.rest = folded

    def take(self, start: int, end: int) -> None:
        """Use up the characters from `start` to `end`."""
        before, after = self.rest[:start], self.rest[end:]
        self.rest = before + _TAKEN * (end - start) + after

    def take_spans(self, reading: Reading, *slots: str) -> None:
        """Use up what a reading of this text has as spans of these slots."""
        for span in (*reading.spans, *reading.inner):
            if any(span.means(slot) for slot in slots):
                self.take(reading.words[span.start].start, reading.words[span.end - 1].end)

    def find_all(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Each match in what is left; the caller takes what it uses."""
        return pattern.finditer(self.rest)

    def take_all(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """Each match in what is left, used up."""
        found = list(self.find_all(pattern))
        for match in found:
            self.take(*match.span())
        return found

    def is_taken(self, position: int) -> bool:
        """Whether the character there is used up."""
        return self.rest[position] == _TAKEN

    def leftovers(self) -> list[str]:
        """The words that nobody has used."""
        return re.findall(r"[a-z]+(?:[0-9]+)?", self.rest)
