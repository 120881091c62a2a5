"""The edition of a meeting: "lần thứ XVI", "lần 16", "lần thứ mười sáu", a Roman number alone."""

from __future__ import annotations

import re

_ROMAN = {"i": 1, "v": 5, "x": 10}
_ONES = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "lam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9}
_EDITION = re.compile(
    r"\blan (?:thu )?(?:(?P<roman>x{1,2}(?:i{1,3}|iv|vi{0,3}|ix)?)|(?P<number>\d{1,2})"
    r"|(?P<tens>(?:hai )?muoi)(?: (?P<ones>mot|hai|ba|bon|tu|lam|sau|bay|tam|chin))?)\b|\b(?P<bare>xvi{0,3}|xi[vx]|xx|xix)\b"
)


def edition_in(folded: str) -> int | None:
    """The edition that a folded text names."""
    match = _EDITION.search(folded)
    if not match:
        return None
    if match["number"]:
        return int(match["number"])
    if match["tens"]:
        return (20 if match["tens"].startswith("hai") else 10) + _ONES.get(match["ones"], 0)
    return _of_roman(match["roman"] or match["bare"])


def _of_roman(letters: str) -> int:
    values = [_ROMAN[one] for one in letters]
    behind = [*values[1:], 0]
    return sum(-one if one < following else one for one, following in zip(values, behind, strict=True))
