"""Numbers below the scales: digits as they are printed, words as they are said, and the scales themselves.

A number word that may be another word (năm, tư, ba, tám, sáu …) counts as one only where its marks allow it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from knowledge.language.tokens import Pieces, signatures

TOO_MUCH = Decimal(10) ** 18
"""No amount of anything here: beyond what is worked with exactly."""
MOST_DIGITS = 24
YEARS = range(1990, 2101)
"""Numbers that are years unless a unit says otherwise."""
BILLION, MILLION, THOUSAND = Decimal(10) ** 9, Decimal(10) ** 6, Decimal(10) ** 3

_DIGITS = {
    "khong": (0, signatures("không")), "mot": (1, signatures("một", "mốt")), "hai": (2, signatures("hai")),
    "ba": (3, signatures("ba")), "bon": (4, signatures("bốn")), "tu": (4, signatures("tư")),
    "nam": (5, signatures("năm")), "lam": (5, signatures("lăm")), "nham": (5, signatures("nhăm")),
    "sau": (6, signatures("sáu")), "bay": (7, signatures("bảy", "bẩy")), "tam": (8, signatures("tám")),
    "chin": (9, signatures("chín")),
}  # fmt: skip
_ONLY_BEHIND_TENS = ("lam", "nham", "tu")
"""Ones that are said behind tens, never alone."""
_HUNDRED, _TENS = signatures("trăm"), signatures("chục")
_TEN = signatures("mười", "mươi")
_ABOUT_TEN = signatures("mươi")
_FEW = {"vai": (2, 5, signatures("vài")), "dam": (4, 6, signatures("dăm"))}
_FEW_AND = {("vai", "ba"): (2, 3), ("dam", "ba"): (3, 5), ("dam", "bay"): (5, 7)}
_ZERO = {"le": signatures("lẻ"), "linh": signatures("linh")}
_HALF = signatures("rưỡi", "rưởi")
_POINT = {"phay": signatures("phẩy", "phảy"), "cham": signatures("chấm")}
_SCALES = {
    "ty": (BILLION, signatures("tỷ")), "ti": (BILLION, signatures("tỉ")), "toi": (BILLION, signatures("tỏi")),
    "trieu": (MILLION, signatures("triệu")), "tr": (MILLION, signatures("tr")), "trd": (MILLION, signatures("trđ")),
    "cu": (MILLION, signatures("củ")), "chai": (MILLION, signatures("chai")),
    "nghin": (THOUSAND, signatures("nghìn")), "ngan": (THOUSAND, signatures("ngàn")), "k": (THOUSAND, signatures("k")),
}  # fmt: skip
_RATIO = {
    "le": signatures("lệ"), "trong": signatures("trọng"), "so": signatures("số"), "suat": signatures("suất"),
    "phu": signatures("phú"), "gia": signatures("giá"),
}  # fmt: skip
"""What makes "tỷ" a ratio: tỷ lệ, tỷ trọng, tỷ số …"""
_NO_SCALE_BEFORE = {
    "ngan": {"sach", "hang"}, "cu": {"ky", "the", "nghe"},
    "chai": {"nuoc", "ruou", "mam", "dau", "bia", "mat", "tuong", "thuoc", "sua", "giam", "nhua", "thuy", "tinh", "moi"},
}  # fmt: skip
"""Words before which a scale is another word (ngân sách, chai nước)."""
_SLANG = ("toi", "cu", "chai", "k", "tr", "t")
MOST_BOTTLES = 1000
""" "5 chai" is money; from so many on they are bottles."""


@dataclass(frozen=True, slots=True)
class Small:
    """A number before its scale: `low`, `high` of a range, the piece after it.

    `value_unread`: it is written like a number and is none. `weak`: a word that may be another one, so that it counts only
    before a unit. `spoken`: in words. `bare`: without a digit of its own ("trăm"). `english`: it may be grouped.
    """

    low: Decimal
    end: int
    high: Decimal | None = None
    value_unread: bool = False
    weak: bool = False
    spoken: bool = False
    bare: bool = False
    approx: bool = False
    english: bool = False


def printed(digits: str) -> Decimal | None:
    """The value of a printed number; None for what is none.

    A dot before three digits groups (`1.234`), a comma is a decimal (`85,865`); of two kinds of signs the last one is.
    """
    if len(digits) > MOST_DIGITS or not digits or not digits.replace(".", "").replace(",", "").isdecimal():
        return None
    dots, commas = digits.count("."), digits.count(",")
    if not dots and not commas:
        return Decimal(digits)
    if dots and commas:
        decimal = "," if digits.rfind(",") > digits.rfind(".") else "."
        group = "." if decimal == "," else ","
        whole, _, part = digits.rpartition(decimal)
        if decimal in whole or not part or not _grouped(whole.split(group)):
            return None
        return Decimal(f"{whole.replace(group, '')}.{part}")
    parts = digits.split("." if dots else ",")
    if len(parts) > 2:
        return Decimal("".join(parts)) if _grouped(parts) else None
    if not all(parts):
        return None
    if dots and _grouped(parts) and parts[0] != "0":
        return Decimal("".join(parts))
    return Decimal(".".join(parts))


def _grouped(parts: list[str]) -> bool:
    return 1 <= len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])


def digit(said: Pieces, at: int) -> int | None:
    """What a digit word says, or one single digit; None for all else."""
    text = said.text(at)
    if text in _DIGITS:
        value, forms = _DIGITS[text]
        return value if said.possible(at, forms) else None
    return int(text) if len(text) == 1 and text.isdecimal() and text.isascii() else None


def is_ruoi(said: Pieces, at: int) -> bool:
    """Whether "rưỡi" (and a half) stands here."""
    return said.text(at) == "ruoi" and said.possible(at, _HALF, strict=False)


def scale(
    said: Pieces, at: int, small: Small | None = None, *, bare: bool = False
) -> tuple[Decimal, int] | None:
    """The scale at a position and the piece after it: tỷ, triệu, nghìn tỷ, k; None for all else.

    `small`: the number before it; `bare`: no number stands before it, so that slang does not count.
    """
    first = _scale_word(said, at, small, bare=bare)
    if first is None:
        return None
    if first == THOUSAND and not said.gap(at + 1) and said.text(at + 1) in ("ty", "ti", "trieu"):
        second = _scale_word(said, at + 1, small, bare=bare)
        if second is not None:
            return first * second, at + 2
    return first, at + 1


def _scale_word(said: Pieces, at: int, small: Small | None, *, bare: bool) -> Decimal | None:
    text = said.text(at)
    if text == "t":
        return BILLION if said.pieces[at].glued else None
    found = _SCALES.get(text)
    if found is None or said.gap(at) and not bare:
        return None
    value, forms = found
    if (text in _SLANG and bare) or not said.possible(at, forms, strict=text == "toi"):
        return None
    if said.text(at + 1) in _NO_SCALE_BEFORE.get(text, ()) and not said.sure(at, forms):
        return None
    if text in ("ty", "ti") and _is_ratio(said, at, small, bare=bare):
        return None
    if text == "chai" and (
        (small is not None and small.low >= MOST_BOTTLES) or said.text(at + 1) in _NO_SCALE_BEFORE["chai"]
    ):
        return None
    return value


def _is_ratio(said: Pieces, at: int, small: Small | None, *, bare: bool) -> bool:
    """Whether "tỷ" begins a word such as tỷ lệ: by marks, else by what stands before it."""
    following = said.text(at + 1)
    forms = _RATIO.get(following)
    if forms is None or said.gap(at + 1) or not said.possible(at + 1, forms):
        return False
    if said.sure(at + 1, forms) or bare or following in ("suat", "phu"):
        return True
    if following == "le":
        return digit(said, at + 2) is None
    return small is None or small.weak or small.low in YEARS


def small_number(said: Pieces, at: int) -> Small | None:
    """The number that begins here, without its scale; None where none begins."""
    text = said.text(at)
    if not text:
        return None
    if text[0].isdigit():
        return _in_digits(said, at)
    if text not in _DIGITS and text not in _FEW and text not in ("muoi", "tram", "chuc"):
        return None
    return _with_point(said, at, _spoken(said, at))


def _in_digits(said: Pieces, at: int) -> Small | None:
    text = said.text(at)
    if said.text(at + 1) in ("tram", "chuc") and text.isdecimal() and len(text) <= 2 and not said.gap(at + 1):
        spoken = _spoken(said, at)
        if spoken is not None:
            return spoken
    value = printed(text)
    if value is None:
        return Small(Decimal(0), at + 1, value_unread=True)
    typed = said.pieces[at].typed
    if typed and not typed.isascii():
        value = _with_fraction(typed, value)
    if (
        text == "1"
        and said.gap(at + 1) == "/"
        and said.text(at + 1) in ("2", "4", "5")
        and scale(said, at + 2)
    ):
        return Small(Decimal(1) / int(said.text(at + 1)), at + 2)
    end = at + 1
    if text.isdecimal() and len(text) <= 3 and text[0] != "0":
        grouped = text
        while (
            len(said.text(end)) == 3 and said.digits(end) and not said.gap(end) and not said.pieces[end].glued
        ):
            grouped += said.text(end)
            end += 1
        if end > at + 1:
            value = printed(grouped)
            return Small(value or Decimal(0), end, value_unread=value is None)
        following = digit(said, end) if len(text) == 1 and said.digits(end) and not said.gap(end) else None
        if following == int(text) + 1 and not said.pieces[end].glued and scale(said, end + 1):
            return Small(value, end + 1, high=Decimal(following))  # "2 3 tỷ": two or three
    whole, _, part = text.partition(",")
    english = (
        len(part) == 3 and part.isdecimal() and whole.isdecimal() and whole != "0" and part.endswith("00")
    )
    return (
        _with_point(said, at, Small(value, end, english=english))
        if text.isdecimal()
        else Small(value, end, english=english)
    )


def _with_fraction(typed: str, value: Decimal) -> Decimal:
    """The value of digits among which a sign for a fraction was typed (½, 1½)."""
    whole, fraction = "", Decimal(0)
    for char in typed:
        if char.isdecimal():
            whole += char
        elif char.isnumeric():
            exact = Decimal(str(unicodedata.numeric(char)))
            if exact.as_tuple().exponent < -4:  # type: ignore[operator]
                return value
            fraction += exact
    return (Decimal(whole) if whole else Decimal(0)) + fraction if fraction else value


def _with_point(said: Pieces, at: int, small: Small | None) -> Small | None:
    """A number with its decimals in words: "một phẩy hai"."""
    if small is None or small.high is not None or said.text(small.end) not in _POINT:
        return small
    if not said.possible(small.end, _POINT[said.text(small.end)]):
        return small
    end = small.end + 1
    decimals = ""
    while len(decimals) < 4 and (one := digit(said, end)) is not None:
        decimals += str(one)
        end += 1
    if not decimals and said.digits(end) and len(said.text(end)) <= 4:
        decimals, end = said.text(end), end + 1
    elif len(decimals) == 1 and _is_ten(said, end):
        decimals, end = (
            decimals + str(digit(said, end + 1) or 0),
            end + 1 + (digit(said, end + 1) is not None),
        )
    return Small(Decimal(f"{small.low}.{decimals}"), end, spoken=True) if decimals else small


def _is_hundred(said: Pieces, at: int) -> bool:
    return said.text(at) == "tram" and said.possible(at, _HUNDRED) and not said.gap(at)


def _is_ten(said: Pieces, at: int) -> bool:
    text = said.text(at)
    if said.gap(at):
        return False
    return (text == "muoi" and said.possible(at, _TEN)) or (text == "chuc" and said.possible(at, _TENS))


def _lead(said: Pieces, at: int) -> tuple[int, int, int, bool] | None:
    """What stands before hundreds or tens: (low, high, the piece after it, whether it is a rough number)."""
    text = said.text(at)
    if text in _FEW:
        low, high, forms = _FEW[text]
        if not said.possible(at, forms):
            return None
        both = _FEW_AND.get((text, said.text(at + 1)))
        return (*both, at + 2, True) if both and not said.gap(at + 1) else (low, high, at + 1, True)
    if text.isdecimal() and len(text) <= 2:
        return int(text), int(text), at + 1, False
    first = digit(said, at)
    if first is None:
        return None
    second = (
        digit(said, at + 1) if not said.gap(at + 1) and said.text(at + 1) not in _ONLY_BEHIND_TENS else None
    )
    if second is not None and first and (second == first + 1 or (first, second) == (5, 7)):
        if _is_hundred(said, at + 2) or _is_ten(said, at + 2) or scale(said, at + 2):
            return first, second, at + 2, False
    return first, first, at + 1, False


def _spoken(said: Pieces, at: int) -> Small | None:
    """A number below a thousand in words; digits may stand for some of them ("3 trăm")."""
    if said.text(at) == "muoi":
        if not said.possible(at, _TEN):
            return None
        if said.sure(at, _ABOUT_TEN) and not said.gap(at + 1) and scale(said, at + 1):
            return Small(Decimal(10), at + 1, high=Decimal(20), approx=True, spoken=True)
        return _ones(said, at + 1, 10, 10)
    if said.text(at) == "chuc":
        bare = said.possible(at, _TENS)
        return Small(Decimal(10), at + 1, weak=True, spoken=True, bare=True) if bare else None
    if said.text(at) == "tram":
        if not said.possible(at, _HUNDRED):
            return None
        low, high, end, rough, bare = 1, 1, at, False, True
    else:
        lead = _lead(said, at)
        if lead is None:
            return None
        (low, high, end, rough), bare = lead, False
    if end < said.size and (bare or _is_hundred(said, end)):
        return _hundreds(said, end + 1, low * 100, high * 100, rough=rough, bare=bare)
    if _is_ten(said, end):
        if low != high:
            return Small(Decimal(low * 10), end + 1, high=Decimal(high * 10), approx=rough, spoken=True)
        if said.text(end) == "chuc":
            if is_ruoi(said, end + 1):
                return Small(Decimal(low * 10 + 5), end + 2, spoken=True)
            return Small(Decimal(low * 10), end + 1, spoken=True)
        return _ones(said, end + 1, low * 10, high * 10) if 2 <= low <= 9 else None
    if low != high:
        return Small(Decimal(low), end, high=Decimal(high), approx=rough, weak=True, spoken=True)
    second = digit(said, end) if low and not said.gap(end) and not said.digits(end) else None
    if second is not None and not _is_hundred(said, end + 1) and not _is_ten(said, end + 1):
        return Small(Decimal(low * 10 + second), end + 1, weak=True, spoken=True)  # "hai bốn" for 24
    return Small(Decimal(low), end, weak=True, spoken=True)


def _ones(said: Pieces, at: int, low: int, high: int) -> Small:
    one = digit(said, at) if not said.gap(at) and not said.digits(at) else None
    if one and not (_is_hundred(said, at + 1) or said.text(at + 1) in ("muoi", "chuc")):
        return Small(Decimal(low + one), at + 1, spoken=True)
    return Small(Decimal(low), at, spoken=True, weak=low == 10)


def _hundreds(said: Pieces, at: int, low: int, high: int, *, rough: bool, bare: bool) -> Small:
    """What follows "trăm": a half, ones behind lẻ, tens, or tens said short ("hai trăm tư" is 240)."""

    def made(more: int, end: int, *, weak: bool = False) -> Small:
        top = Decimal(high + more) if high != low else None
        return Small(
            Decimal(low + more), end, high=top, approx=rough, weak=weak, spoken=True, bare=bare and not more
        )

    text = said.text(at)
    if said.gap(at):
        return made(0, at, weak=bare)
    if is_ruoi(said, at):
        return made(50, at + 1)
    if text in _ZERO and said.possible(at, _ZERO[text]):
        one = digit(said, at + 1)
        if one is not None:
            return made(one, at + 2)
    if text == "muoi" and said.possible(at, _TEN):
        tens = _ones(said, at + 1, 10, 10)
        return made(int(tens.low), tens.end)
    if said.digits(at) and len(text) == 2 and scale(said, at + 1):
        return made(int(text), at + 1)
    first = digit(said, at)
    if first is not None and _is_ten(said, at + 1):
        tens = _ones(said, at + 2, first * 10, first * 10)
        return made(int(tens.low), tens.end)
    if first and (scale(said, at + 1) or said.ends(at + 1)) and not (said.digits(at) and said.ends(at + 1)):
        return made(first * 10, at + 1, weak=bare and said.ends(at + 1))
    second = digit(said, at + 1)
    if first and second is not None and scale(said, at + 2):
        return made(first * 10 + second, at + 2)
    return made(0, at, weak=bare)
