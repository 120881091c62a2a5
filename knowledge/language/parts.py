"""Parts of a year: "6 tháng đầu năm", "quý III", "đến hết tháng 9", "nửa năm", "cuối năm"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.language.dates import months_code
from knowledge.language.numerals import counted_number
from knowledge.language.relative import relative_at
from knowledge.language.scales import DIGITS
from knowledge.language.tokens import Pieces, signatures
from knowledge.language.years import is_year_word, short_year_at, year_at

_SPAN = re.compile(r"\d{4}-\d{4}")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_SPOKEN = {
    "mot": (1, "một"), "hai": (2, "hai"), "ba": (3, "ba"), "bon": (4, "bốn"), "tu": (4, "tư"), "nam": (5, "năm"),
    "sau": (6, "sáu"), "bay": (7, "bảy"), "tam": (8, "tám"), "chin": (9, "chín"), "muoi": (10, "mười"),
}  # fmt: skip


_QUARTERS, _MONTHS = 4, 12
_NO_PART = 99
"""Stands for a number that no quarter and no month has."""
_NOT_ALONE = ("sau", "nam", "muoi")
"""Number words that are no name of a quarter or a month by themselves."""
_GOES_ON = ("muoi", "tram", "trieu", "ty", "lan")
"""Behind a number word these make it another number."""
_NO_PART_BEFORE = ("ty", "trieu", "nghin", "phan", "nguoi")
"""Before these a number names no quarter and no month."""
_BEFORE_MONTHS = {"sau": signatures("sáu"), "tu": signatures("tư")}
"""Numbers that without marks are "after" and "from" before a month."""


def number_at(said: Pieces, at: int) -> int | None:
    """A small number: one or two digits, or one word for a number."""
    text = said.text(at)
    if text.isdecimal() and len(text) <= 2:
        return int(text)
    value, form = _SPOKEN.get(text, (0, ""))
    return value if form and said.is_word(at, form) else None


def years_at(said: Pieces, at: int) -> tuple[int | None, int]:
    """How many years are said here, and the piece after the number."""
    number = number_at(said, at)
    if number and said.text(at + 1) == "nam":
        return number, at + 1
    small = counted_number(said, at) if said.text(at) in DIGITS else None
    return (int(small.low), small.end) if small and small.end > at + 1 else (None, at + 1)


def all_months_to(code: str) -> str:
    """The code of all months of a year up to the month that a code names."""
    part = months_code(int(code[-2:]))
    return code[:4] if part == "12M" else f"{code[:4]}-{part}"


def until_at(said: Pieces, at: int) -> tuple[int, bool]:
    """Where a time begins behind "đến hết", "tính đến", "lũy kế", and whether all months up to it are meant."""
    text = said.text(at)
    if text == "luy" and said.text(at + 1) == "ke":
        at += 2
    elif text == "tinh" and (said.text(at + 1) in ("den", "toi", "het") or said.digits(at + 1)):
        at += 1
    until = False
    if said.is_word(at, "đến", "tới", strict=False):
        at, until = at + 1, True
        if said.is_word(at, "hết", strict=False):
            at += 1
    elif said.is_word(at, "hết", strict=False):
        at, until = at + 1, True
    return at, until


def _side_at(said: Pieces, at: int) -> str:
    """The first or the last part of a year ("dau", "cuoi"), where one of these words stands here."""
    return said.text(at) if said.is_word(at, "đầu", "cuối", strict=False) else ""


def months_at(said: Pieces, at: int) -> tuple[str, int, bool] | None:
    """ "9 tháng đầu năm": (part, the piece after it, whether it may be a duration)."""
    number = number_at(said, at)
    if number is None or said.gap(at + 1):
        return None
    side = "" if said.gap(at + 2) else _side_at(said, at + 2)
    if not side and said.slipped(at + 2, "đầu") and is_year_word(said, at + 3):
        side = "dau"
    if said.text(at) in _BEFORE_MONTHS and not side and not said.sure(at, _BEFORE_MONTHS[said.text(at)]):
        return None  # "sau thang 6": after June
    if not _is_months(said, at + 1, side):
        return None
    end = at + 2 + bool(side)
    if not side and said.text(end) == "nam" and (side := _side_at(said, end + 1)):
        end += 2
    if not 1 <= number <= 12:
        return "", end, False
    part = months_code(number)
    if side == "cuoi" and number < 12:
        part = "H2" if number == 6 else f"{number}ML"
    return part, end + bool(side and year_word_alone(said, end)), not side


def _is_months(said: Pieces, at: int, side: str) -> bool:
    """Whether "tháng" stands here, or a glued "t" behind which a `side` of the year or a year follows."""
    if said.text(at) == "t" and said.pieces[at].glued:
        return bool(side) or said.text(at + 1) == "nam" or year_at(said, at + 1) is not None
    return said.slipped(at, "tháng")


def year_word_alone(said: Pieces, at: int) -> bool:
    """Whether "năm" stands here with no year behind it."""
    return (
        is_year_word(said, at)
        and relative_at(said, at) is None
        and year_at(said, at + 1) is None
        and (short_year_at(said, at) is None)
    )


def half_at(said: Pieces, at: int, *, until: bool) -> tuple[str, int, bool] | None:
    """ "Nửa đầu năm", "nửa năm", "giữa năm", "cuối năm"."""
    text = said.text(at)
    if text == "nua" and said.is_word(at, "nửa"):
        return _half_said(said, at)
    if text not in ("giua", "cuoi") or not said.is_word(at, "giữa", "cuối"):
        return None
    if until and text == "giua" and year_at(said, at + 1):
        return "H1", at + 1, False
    if not is_year_word(said, at + 1):
        return None
    end = at + 1 + year_word_alone(said, at + 1)
    if text == "cuoi":
        return ("12M" if until else "H2"), end, False
    year = year_at(said, at + 2)
    if year and said.text(year[1]) in ("va", "voi", "den"):
        return None  # "giữa năm 2023 và 2024": between two years
    return "H1", end, False


def _half_said(said: Pieces, at: int) -> tuple[str, int, bool] | None:
    """ "Nửa đầu năm", "nửa năm đầu", "nửa năm"; the last may be a duration."""
    if side := _side_at(said, at + 1):
        return ("H2" if side == "cuoi" else "H1"), at + 2 + year_word_alone(said, at + 2), False
    if not said.is_word(at + 1, "năm"):
        return None
    if side := _side_at(said, at + 2):
        return ("H2" if side == "cuoi" else "H1"), at + 3, False
    return "H1", at + 1 + year_word_alone(said, at + 1), True


def is_short_name(text: str) -> bool:
    """Whether this is "q3" or "t9"."""
    return text[0] in "qt" and text[1:].isdecimal() and len(text) <= 3


def named_at(said: Pieces, at: int, *, until: bool) -> tuple[str, int, bool] | None:
    """A quarter or a month by its number: "quý III", "tháng 9", "q3"."""
    text = said.text(at)
    if text and is_short_name(text):
        alone = text[0] == "t" and said.gap(at + 1) != "/" and year_at(said, at + 1) is None
        code = _code_of(int(text[1:]), _QUARTERS if text[0] == "q" else _MONTHS, until=until)
        return (code, at + 1, False) if code and not alone else None
    if text not in ("quy", "thang") or not said.is_word(at, "quý", "quí", "tháng", strict=False):
        return None
    end = at + 2
    number = None if said.gap(at + 1) else _number_of_part(said, at)
    counted = said.text(end) in _NO_PART_BEFORE or said.gap(end).startswith("%")
    if number is None or counted:
        return None
    return _code_of(number, _QUARTERS if text == "quy" else _MONTHS, until=until), end, False


def _number_of_part(said: Pieces, at: int) -> int | None:
    """The number behind "quý" or "tháng"; None where it belongs to something else."""
    text, name, end = said.text(at), said.text(at + 1), at + 2
    if text == "quy" and name in _ROMAN:
        return _ROMAN[name]
    if name.isdecimal():
        return int(name) if len(name) <= 2 else _NO_PART
    if text == "thang" and name in _NOT_ALONE and is_year_word(said, end) and year_at(said, end + 1):
        return number_at(said, at + 1)  # "tháng năm năm 2024"
    if name in _NOT_ALONE or said.text(end) in _GOES_ON or (said.gap(end) and not said.ends(end)):
        return None
    return number_at(said, at + 1)


def _code_of(number: int, most: int, *, until: bool) -> str:
    """The code of a quarter or a month, of `most` in a year, or of all months up to its end; empty where no year has it."""
    if not 1 <= number <= most:
        return ""
    if until:
        return months_code(number * (_MONTHS // most))
    return f"Q{number}" if most == _QUARTERS else f"M{number:02d}"


def says_how_long(said: Pieces, at: int, year: str, codes: Sequence[str]) -> bool:
    """Whether a time by the clock at `at` says only how long another of these times is: "5 năm tới (2026-2030)"."""
    spans = [code for code in codes if code != year and _SPAN.fullmatch(code)]
    within = any(code[:4] <= year <= code[5:] for code in spans) or (spans and _SPAN.fullmatch(year))
    counted = at > 0 and number_at(said, at - 1) is not None and not said.gap(at)
    return bool(within) or (counted and len(codes) > 1)
