"""Letters in pictures: which the font has, how much of a text fits a line, and where a line leaves room for a number."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Literal

FONT = "DejaVu Sans"


def wrapped(renderer: Any, text: str, size: float, width: float, weight: str = "normal") -> str:
    """`text` in lines of at most `width` pixels, broken at plain blanks only; a word that is longer alone is cut."""
    from matplotlib.font_manager import FontProperties

    font = FontProperties(family=FONT, size=size, weight=weight)

    def wide(line: str) -> bool:
        return bool(renderer.get_text_width_height_descent(line, font, False)[0] > width)

    lines: list[str] = []
    for paragraph in drawable(text).split("\n"):
        current = ""
        for word in paragraph.split(" "):
            if wide(word):
                fits = bisect_left(range(len(word)), True, key=lambda size: wide(word[:size] + "…"))
                word = word[: max(fits - 1, 1)] + "…"
            if current and wide(f"{current} {word}"):
                lines.append(current)
                current = word
            else:
                current = f"{current} {word}".strip()
        lines.append(current)
    return "\n".join(lines)


@lru_cache(maxsize=1)
def _letters() -> frozenset[str]:
    from matplotlib.font_manager import findfont, get_font

    return frozenset(map(chr, get_font(findfont(FONT)).get_charmap()))


def drawable(text: str) -> str:
    """`text` without what the font lacks."""
    return "".join(letter if letter == "\n" or letter in _letters() else "?" for letter in text)


ASIDE = {"center": 0, "right": 5, "left": -5}
"""Points by which a number is moved, by how it is aligned to its point."""


def free_side(values: Sequence[float | None], column: int) -> tuple[Literal["center", "right", "left"], bool]:
    """Where a line leaves room for the number of a point: how it is aligned, and whether it stands above the point."""
    own = values[column] or 0.0
    before = values[column - 1] if column else None
    after = values[column + 1] if column + 1 < len(values) else None
    near = [value for value in (before, after) if value is not None]
    if near and all(value > own for value in near):
        return "center", False
    if before is None or after is None or max(near) <= own:
        return "center", True
    return ("right" if after > before else "left"), True
