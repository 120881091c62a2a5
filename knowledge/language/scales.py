"""Digits as they are printed and said, and the scales behind a number: tỷ, triệu, nghìn, củ."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from knowledge.language.tokens import Pieces, signatures

TOO_MUCH = Decimal(10) ** 18
"""No amount of anything here: beyond what is worked with exactly."""
MOST_DIGITS = 24
YEARS = range(1990, 2101)
"""Numbers that are years unless a unit says otherwise."""
BILLION, MILLION, THOUSAND = Decimal(10) ** 9, Decimal(10) ** 6, Decimal(10) ** 3

DIGITS = {
    "khong": (0, signatures("không")), "mot": (1, signatures("một", "mốt")), "hai": (2, signatures("hai")),
    "ba": (3, signatures("ba")), "bon": (4, signatures("bốn")), "tu": (4, signatures("tư")),
    "nam": (5, signatures("năm")), "lam": (5, signatures("lăm")), "nham": (5, signatures("nhăm")),
    "sau": (6, signatures("sáu")), "bay": (7, signatures("bảy", "bẩy")), "tam": (8, signatures("tám")),
    "chin": (9, signatures("chín")),
}  # fmt: skip
_HALF = signatures("rưỡi", "rưởi")
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
_SPELT = {"ty": ("tỷ",), "ti": ("tỉ",), "trieu": ("triệu",), "nghin": ("nghìn",)}
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
    if text in DIGITS:
        value, forms = DIGITS[text]
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
    if found is None or (said.gap(at) and not bare):
        return None
    value, forms = found
    slip = text in _SPELT and not bare and said.slipped(at, *_SPELT[text])
    if (text in _SLANG and bare) or not (slip or said.possible(at, forms, strict=text == "toi")):
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
