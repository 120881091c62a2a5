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
    """Day, month, year (0: none was said) and the piece after them; `word`: "ngày" stands before them."""
    dotted = said.text(at).split(".")
    if len(dotted) in (2, 3) and all(part.isdecimal() and 1 <= len(part) <= 4 for part in dotted):
        return _dotted(said, dotted, at, word=word)
    if not _short(said, at):
        return None
    if (days := _first_of_days(said, at)) is not None:
        return days
    if said.gap(at + 1) in _SIGNS[:2] and _short(said, at + 1):
        return _with_sign(said, at, word=word)
    if word and said.is_word(at + 1, "tháng", strict=False) and _short(said, at + 2):
        return _with_words(said, at)
    return None


def _first_of_days(said: Pieces, at: int) -> tuple[int, int, int, int] | None:
    """The first day of several: "16-17/5/2024"."""
    if said.gap(at + 1) != "-" or not _short(said, at + 1) or said.gap(at + 2) != "/":
        return None
    day, last = int(said.text(at)), _numbers(said, at + 1, word=True)
    return (day, *last[1:]) if last is not None and last[2] and day < last[0] else None


def _with_sign(said: Pieces, at: int, *, word: bool) -> tuple[int, int, int, int] | None:
    """A day with signs: "16/5/2024", "16-5 năm 2024", "16/5"; without a year only where no month is meant."""
    day, month, sign, end = int(said.text(at)), int(said.text(at + 1)), said.gap(at + 1), at + 2
    if said.gap(end) == sign:
        year = year_at(said, end) or (short_year(said, end) if sign == "/" else None)
        return (day, month, *year) if year is not None and said.digits(end) else None
    if said.gap(end) in ("/", "-", "%") or said.text(end) in _NO_DATE_BEFORE:
        return None
    if not (word or (12 < day <= 31 and 1 <= month <= 12)):
        return None
    year = year_at(said, end + 1) if said.is_word(end, "năm", strict=False) else None
    return day, month, *(year or (0, end))


def _with_words(said: Pieces, at: int) -> tuple[int, int, int, int]:
    """A day in words, behind "ngày": "16 tháng 5 năm 2024"."""
    end = at + 3
    begin = end + said.is_word(end, "năm", strict=False)
    year = year_at(said, begin) if said.gap(end) in ("", *_SIGNS) else None
    return int(said.text(at)), int(said.text(at + 2)), *(year or (0, end))


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
