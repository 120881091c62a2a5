"""Numbers below the scales, in digits and words: "ba trăm năm chục", "hai trăm rưởi", "ba bốn trăm", "1 355", "1½".

A number word that may be another word (năm, tư, ba, tám, sáu …) counts as one only where its marks allow it.
"""

from __future__ import annotations

import unicodedata
from decimal import Decimal

from knowledge.language.scales import DIGITS, Small, digit, is_ruoi, printed, scale
from knowledge.language.tokens import Pieces, signatures

_ONLY_BEHIND_TENS = ("lam", "nham", "tu")
"""Ones that are said behind tens, never alone."""
_MACHINE = signatures("máy")
_HUNDRED, _TENS = signatures("trăm"), signatures("chục")
_TEN = signatures("mười", "mươi")
_ABOUT_TEN = signatures("mươi")
_FEW = {"vai": (2, 5, signatures("vài")), "dam": (4, 6, signatures("dăm"))}
_FEW_AND = {("vai", "ba"): (2, 3), ("dam", "ba"): (3, 5), ("dam", "bay"): (5, 7)}
_ZERO = {"le": signatures("lẻ"), "linh": signatures("linh")}
_POINT = {"phay": signatures("phẩy", "phảy"), "cham": signatures("chấm")}


def small_number(said: Pieces, at: int) -> Small | None:
    """The number that begins here, without its scale; None where none begins."""
    text = said.text(at)
    if not text:
        return None
    if text[0].isdigit():
        return _in_digits(said, at)
    if text not in DIGITS and text not in _FEW and text not in ("muoi", "tram", "chuc"):
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
        elif unicodedata.numeric(char, 0.0) % 1:
            exact = Decimal(str(unicodedata.numeric(char)))
            if exact.as_tuple().exponent < -4:  # type: ignore[operator]
                return value
            fraction += exact
    return (Decimal(whole) if whole else Decimal(0)) + fraction if fraction else value


def _with_point(said: Pieces, at: int, small: Small | None) -> Small | None:
    """A number with its decimals in words: "một phẩy hai"."""
    if small is None or small.high is not None or said.text(small.end) not in _POINT:
        return small
    if small.low != int(small.low):
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
    near = second is not None and first and (second == first + 1 or (first, second) == (5, 7))
    if (
        second is not None
        and near
        and (_is_hundred(said, at + 2) or _is_ten(said, at + 2) or scale(said, at + 2))
    ):
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
    asked = said.text(at) in ("chuc", "tram") and said.text(at - 1) == "may" and not said.gap(at)
    if asked and not said.sure(at - 1, _MACHINE):
        return None  # "mấy trăm triệu" asks how many
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
    behind = low and not said.gap(end) and not said.digits(end) and said.text(end) != "nam"
    second = digit(said, end) if behind else None
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
    if said.digits(at) and len(text) == 2 and _unit_at(said, at + 1):
        return made(int(text), at + 1)
    first = digit(said, at)
    if first is not None and _is_ten(said, at + 1):
        tens = _ones(said, at + 2, first * 10, first * 10)
        return made(int(tens.low), tens.end)
    if (
        first
        and (_unit_at(said, at + 1) or said.ends(at + 1))
        and not (said.digits(at) and said.ends(at + 1))
    ):
        return made(first * 10, at + 1, weak=bare and said.ends(at + 1))
    second = digit(said, at + 1)
    if first and second is not None and _unit_at(said, at + 2):
        return made(first * 10 + second, at + 2)
    return made(0, at, weak=bare)


def _unit_at(said: Pieces, at: int) -> bool:
    """Whether a scale, a decimal point in words or a percent stands here, so that what is before it is one number."""
    text = said.text(at)
    if said.gap(at):
        return said.gap(at).startswith("%")
    return scale(said, at) is not None or text in _POINT or (text == "phan" and said.text(at + 1) == "tram")
