"""Days and months of a year as they are written: `16/5/2024`, `16-5`, `ngày 16 tháng 5 năm 2024`, `5/2024`."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from knowledge.language.tokens import Pieces
from knowledge.language.years import short_year, year_at

_SIGNS = ("/", "-", ".")
_NO_DATE_BEFORE = ("ty", "trieu", "tr", "nghin", "phan", "nguoi", "may", "nam", "thang", "de", "cong", "tinh")
_LEAP_YEAR = 2024
"""A day without a year may be the 29th of February."""


def months_code(number: int) -> str:
    """The part of a year that its first months are: H1 for six, else nM."""
    return "H1" if number == 6 else f"{number}M"


def date_at(said: Pieces, at: int) -> tuple[str, str, int] | None:
    """The day that is written here: (code, part, the piece after it); neither for a day that no calendar has.

    Without a year the part is `MM-DD`. "Đến" the last day of a month means all months up to it.
    """
    word = said.is_word(at, "ngày", strict=False) and not said.gap(at + 1)
    first = at + 1 if word else at
    if not said.text(first)[:1].isdigit():
        return None
    read = _numbers(said, first, word=word)
    if read is None:
        return None
    day, month, year, end = read
    if not _exists(year or _LEAP_YEAR, month, day):
        return "", "", end
    stamp = f"{month:02d}-{day:02d}"
    if not year:
        return "", stamp, end
    if (
        month < 12
        and day == monthrange(year, month)[1]
        and said.is_word(at - 1, "đến", "tới", "hết", strict=False)
    ):
        part = months_code(month)
        return f"{year}-{part}", part, end
    return f"{year}-{stamp}", "", end


def _numbers(said: Pieces, at: int, *, word: bool) -> tuple[int, int, int, int] | None:
    """Day, month, year (0: none was said) and the piece after them."""
    dotted = said.text(at).split(".")
    if len(dotted) in (2, 3) and all(part.isdecimal() and 1 <= len(part) <= 4 for part in dotted):
        return _dotted(said, dotted, at, word=word)
    if not _short(said, at):
        return None
    day = int(said.text(at))
    if said.gap(at + 1) == "-" and _short(said, at + 1):  # "16-17/5/2024" begins on the 16th
        later = _numbers(said, at + 1, word=True) if said.gap(at + 2) == "/" else None
        if later is not None and later[2] and day < later[0]:
            return day, *later[1:]
    if said.gap(at + 1) in _SIGNS[:2] and _short(said, at + 1):
        month, end = int(said.text(at + 1)), at + 2
        if said.gap(end) == said.gap(at + 1):
            year = year_at(said, end) or (short_year(said, end) if said.gap(end) == "/" else None)
            if year is not None and said.digits(end):
                return day, month, year[0], year[1]
            return None
        if said.gap(end) in ("/", "-", "%") or said.text(end) in _NO_DATE_BEFORE:
            return None
        certain = word or (day > 12 and day <= 31 and 1 <= month <= 12)
        if not certain:
            return None
        behind = year_at(said, end + 1) if said.is_word(end, "năm", strict=False) else None
        return (day, month, behind[0], behind[1]) if behind else (day, month, 0, end)
    if word and said.is_word(at + 1, "tháng", strict=False) and _short(said, at + 2):
        month, end = int(said.text(at + 2)), at + 3
        at_year = end + 1 if said.is_word(end, "năm", strict=False) else end
        year = year_at(said, at_year) if not said.gap(end) or said.gap(end) in _SIGNS else None
        return (day, month, *year) if year is not None else (day, month, 0, end)
    return None


def _dotted(said: Pieces, parts: list[str], at: int, *, word: bool) -> tuple[int, int, int, int] | None:
    if len(parts) == 3:
        day, month, year = map(int, parts)
        return (
            (day, month, year, at + 1)
            if len(parts[2]) == 4 and 1900 <= year < 2100 and len(parts[0]) <= 2
            else None
        )
    if word and len(parts[0]) <= 2 and len(parts[1]) <= 2:
        return int(parts[0]), int(parts[1]), 0, at + 1
    return None


def _short(said: Pieces, at: int) -> bool:
    return said.digits(at) and len(said.text(at)) <= 2


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def month_of_year_at(said: Pieces, at: int) -> tuple[str, int] | None:
    """A month with its year in digits: "5/2024", "5.2024"; (code, the piece after it)."""
    text = said.text(at)
    month, dot, year = text.partition(".")
    if dot and month.isdecimal() and len(month) <= 2 and year.isdecimal() and len(year) == 4:
        behind = said.is_word(at - 1, "tháng", strict=False) and 1900 <= int(year) < 2100
        return (f"{year}-M{int(month):02d}", at + 1) if behind and 1 <= int(month) <= 12 else None
    if (
        not _short(said, at)
        or said.gap(at + 1) != "/"
        or said.gap(at) == "/"
        or said.is_word(at - 1, "đợt", strict=False)
    ):
        return None
    plain = year_at(said, at + 1) if said.digits(at + 1) else None
    if plain is None or not 1 <= int(text) <= 12 or said.gap(plain[1]) == "/":
        return None
    return f"{plain[0]}-M{int(text):02d}", plain[1]
