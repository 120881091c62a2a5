"""Tests of reading text: amounts, times, document numbers, spans."""

from __future__ import annotations

from knowledge.language.alignment import aligned
from knowledge.language.spans import Word
from knowledge.text import fold


def words_of(typed: str) -> list[Word]:
    """The words of a message that needs no repair."""
    return aligned(typed, fold(typed))


def both(typed: str) -> tuple[str, ...]:
    """A message with its marks and without them."""
    return tuple(dict.fromkeys((typed, fold(typed))))


ONES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def _tens(value: int, ten: str) -> str:
    tens, one = divmod(value, 10)
    if tens == 0:
        return ONES[one]
    lead = "mười" if tens == 1 else f"{ONES[tens]} {ten}"
    if one == 0:
        return lead
    if one == 1 and tens > 1:
        return f"{lead} mốt"
    return f"{lead} {'lăm' if one == 5 else ONES[one]}"


def spoken(value: int, *, zero: str = "linh", ten: str = "mươi") -> str:
    """A number from 1 to 999 as it is said."""
    hundreds, rest = divmod(value, 100)
    if hundreds == 0:
        return _tens(rest, ten)
    lead = f"{ONES[hundreds]} trăm"
    if rest == 0:
        return lead
    return f"{lead} {zero} {ONES[rest]}" if rest < 10 else f"{lead} {_tens(rest, ten)}"


def spoken_year(year: int) -> list[str]:
    """The ways in which a year is said."""
    thousands, rest = divmod(year, 1000)
    lead = f"{ONES[thousands]} nghìn"
    by_digit = " ".join(ONES[int(digit)] for digit in str(year))
    if rest == 0:
        return [lead, by_digit]
    if rest < 10:
        tail = [f"không trăm linh {ONES[rest]}", f"không trăm lẻ {ONES[rest]}", f"lẻ {ONES[rest]}"]
    elif rest < 100:
        tail = [f"không trăm {spoken(rest)}", spoken(rest)]
    else:
        tail = [spoken(rest)]
    return [by_digit, *(f"{lead} {one}" for one in tail)]
