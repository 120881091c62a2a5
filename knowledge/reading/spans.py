"""A text whose parts are used up one after the other, so that no word is read twice.

Hồ *Chí* Minh must not also be *chi* (to spend), nor Hà *Nam* also *năm* (year): whoever reads a span takes it.
"""

from __future__ import annotations

from knowledge import folded_re as re

_TAKEN = "\x00"


class Text:
    """Folded text with a mask. Positions never move: taken characters are replaced one by one."""

    def __init__(self, folded: str) -> None:
        self.whole = folded
        self.rest = folded

    def take(self, start: int, end: int) -> None:
        """Use up the characters from `start` to `end`."""
        self.rest = self.rest[:start] + _TAKEN * (end - start) + self.rest[end:]

    def take_all(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """Each match in what is left, used up."""
        found = list(pattern.finditer(self.rest))
        for match in found:
            self.take(*match.span())
        return found

    def leftovers(self) -> list[str]:
        """The words that nobody has used."""
        return re.findall(r"[a-z]+(?:[0-9]+)?", self.rest)
