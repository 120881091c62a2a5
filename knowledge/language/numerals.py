"""Numbers below the scales, in digits and words: "ba trăm năm chục", "hai trăm rưởi", "ba bốn trăm", "1 355", "1½".

A number word that may be another word (năm, tư, ba, tám, sáu …) counts as one only where its marks allow it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from decimal import Decimal

from knowledge.language.scales import DIGITS, Small, digit, is_ruoi, printed, scale
from knowledge.language.tokens import Pieces, signatures

_ONLY_BEHIND_TENS = ("lam", "nham", "tu")
"""Ones that are said behind tens, never alone."""
_MACHINE = signatures("máy")
_HUNDRED, _TENS = signatures("trăm"), signatures("chục")
_TEN = signatures("mười", "mươi")
TEN_WORDS = ("muoi", "chuc")
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
    if text not in DIGITS and text not in _FEW and text not in (*TEN_WORDS, "tram"):
        return None
    return _with_point(said, at, _spoken(said, at))


def counted_number(said: Pieces, at: int) -> Small | None:
    """The number that begins here; "mười năm" are ten years, fifteen is "mười lăm" unless a unit follows."""
    small = small_number(said, at)
    if small is None or not small.spoken or small.high is not None:
        return small
    years = small.end - 1
    if years <= at or said.text(years) != "nam" or said.text(years - 1) not in TEN_WORDS:
        return small
    return small if _unit_at(said, small.end) else replace(small, low=small.low - 5, end=years, weak=False)


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
    small = Small(value, at + 1, english=_is_english(text))
    if not text.isdecimal():
        return small
    return _share_at(said, at) or _grouped(said, at) or _either(said, small) or _with_point(said, at, small)


def _is_english(text: str) -> bool:
    """Whether a comma may group: three digits behind it, of which the last two are noughts ("1,200")."""
    whole, _, part = text.partition(",")
    return len(part) == 3 and part.isdecimal() and whole.isdecimal() and whole != "0" and part.endswith("00")


def _share_at(said: Pieces, at: int) -> Small | None:
    """A fraction before a scale: "1/2 tỷ"."""
    parts = said.text(at + 1)
    if said.text(at) != "1" or said.gap(at + 1) != "/" or parts not in ("2", "4", "5"):
        return None
    return Small(Decimal(1) / int(parts), at + 2) if scale(said, at + 2) else None


def _grouped(said: Pieces, at: int) -> Small | None:
    """Digits in groups of three with blanks between them: "1 355 000"."""
    grouped, end = said.text(at), at + 1
    if len(grouped) > 3 or grouped[0] == "0":
        return None
    while len(said.text(end)) == 3 and said.digits(end) and not said.gap(end) and not said.pieces[end].glued:
        grouped += said.text(end)
        end += 1
    if end == at + 1:
        return None
    value = printed(grouped)
    return Small(value or Decimal(0), end, value_unread=value is None)


def _either(said: Pieces, first: Small) -> Small | None:
    """Two digits of which one is meant: "2 3 tỷ" is two or three."""
    end = first.end
    text = said.text(end - 1)
    if len(text) > 1 or text == "0" or not said.digits(end) or said.gap(end) or said.pieces[end].glued:
        return None
    following = digit(said, end)
    if following != int(text) + 1 or not scale(said, end + 1):
        return None
    return Small(first.low, end + 1, high=Decimal(following))


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


def _lead(said: Pieces, at: int) -> Small | None:
    """What stands before hundreds or tens: a digit, two digits, two of which one is meant, or a few."""
    text = said.text(at)
    if text in _FEW:
        low, high, forms = _FEW[text]
        if not said.possible(at, forms):
            return None
        both = _FEW_AND.get((text, said.text(at + 1))) if not said.gap(at + 1) else None
        low, high = both or (low, high)
        return Small(Decimal(low), at + (2 if both else 1), high=Decimal(high), approx=True, spoken=True)
    if text.isdecimal() and len(text) <= 2:
        return Small(Decimal(text), at + 1, spoken=True)
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
        return Small(Decimal(first), at + 2, high=Decimal(second), spoken=True)
    return Small(Decimal(first), at + 1, spoken=True)


def _spoken(said: Pieces, at: int) -> Small | None:
    """A number below a thousand in words; digits may stand for some of them ("3 trăm")."""
    text = said.text(at)
    if text == "muoi":
        return _ten(said, at)
    asked = text in ("chuc", "tram") and said.text(at - 1) == "may" and not said.gap(at)
    if asked and not said.sure(at - 1, _MACHINE):
        return None  # "mấy trăm triệu" asks how many
    if text == "chuc":
        bare = said.possible(at, _TENS)
        return Small(Decimal(10), at + 1, weak=True, spoken=True, bare=True) if bare else None
    if text == "tram":
        one = Small(Decimal(100), at + 1, spoken=True, bare=True)
        return _hundreds(said, one) if said.possible(at, _HUNDRED) else None
    lead = _lead(said, at)
    if lead is None:
        return None
    if _is_hundred(said, lead.end):
        return _hundreds(said, _times(lead, 100))
    return _tens(said, lead) if _is_ten(said, lead.end) else _alone(said, lead)


def _ten(said: Pieces, at: int) -> Small | None:
    """ "Mười", "mười lăm"; "mươi tỷ" is ten to twenty."""
    if not said.possible(at, _TEN):
        return None
    if said.sure(at, _ABOUT_TEN) and not said.gap(at + 1) and scale(said, at + 1):
        return Small(Decimal(10), at + 1, high=Decimal(20), approx=True, spoken=True)
    return _ones(said, at + 1, 10)


def _times(lead: Small, factor: int) -> Small:
    """What stands before "mươi" or "trăm", together with it."""
    high = None if lead.high is None else lead.high * factor
    return replace(lead, low=lead.low * factor, high=high, end=lead.end + 1)


def _tens(said: Pieces, lead: Small) -> Small | None:
    """ "Hai mươi mốt", "ba chục", "ba chục rưỡi", "vài chục"."""
    tens = _times(lead, 10)
    if lead.high is not None:
        return tens
    if said.text(lead.end) == "chuc":
        return replace(tens, low=tens.low + 5, end=tens.end + 1) if is_ruoi(said, tens.end) else tens
    return _ones(said, tens.end, int(tens.low)) if 2 <= lead.low <= 9 else None


def _alone(said: Pieces, lead: Small) -> Small:
    """Number words with neither tens nor hundreds behind them: "hai", "hai ba", "hai bốn" for 24."""
    end = lead.end
    alone = replace(lead, weak=True)
    if lead.high is not None or not lead.low or said.gap(end) or said.digits(end) or said.text(end) == "nam":
        return alone
    second = digit(said, end)
    if second is None or _is_hundred(said, end + 1) or _is_ten(said, end + 1):
        return alone
    return replace(alone, low=lead.low * 10 + second, end=end + 1)


def _ones(said: Pieces, at: int, tens: int) -> Small:
    one = digit(said, at) if not said.gap(at) and not said.digits(at) else None
    if one and not (_is_hundred(said, at + 1) or said.text(at + 1) in TEN_WORDS):
        return Small(Decimal(tens + one), at + 1, spoken=True)
    return Small(Decimal(tens), at, spoken=True, weak=tens == 10)


def _hundreds(said: Pieces, whole: Small) -> Small:
    """Hundreds with what follows "trăm"."""
    rest = _below_hundred(said, whole.end)
    high = None if whole.high is None else whole.high + rest.low
    return replace(
        whole,
        low=whole.low + rest.low,
        high=high,
        end=rest.end,
        weak=whole.bare and rest.weak,
        bare=whole.bare and not rest.low,
    )


def _below_hundred(said: Pieces, at: int) -> Small:
    """What follows "trăm"; `weak` where it is nothing, or where a sum may end so by chance."""
    nothing = Small(Decimal(0), at, weak=True)
    if said.gap(at):
        return nothing
    return _tens_behind(said, at) or _tens_short(said, at) or nothing


def _tens_behind(said: Pieces, at: int) -> Small | None:
    """A half, ones behind lẻ, or tens."""
    text = said.text(at)
    if is_ruoi(said, at):
        return Small(Decimal(50), at + 1)
    if text in _ZERO and said.possible(at, _ZERO[text]):
        one = digit(said, at + 1)
        if one is not None:
            return Small(Decimal(one), at + 2)
    if text == "muoi" and said.possible(at, _TEN):
        return replace(_ones(said, at + 1, 10), weak=False)
    if said.digits(at) and len(text) == 2 and _unit_at(said, at + 1):
        return Small(Decimal(text), at + 1)
    first = digit(said, at)
    if first is None or not _is_ten(said, at + 1):
        return None
    return replace(_ones(said, at + 2, first * 10), weak=False)


def _tens_short(said: Pieces, at: int) -> Small | None:
    """Tens said short: "hai trăm tư" is 240, "hai trăm tư lăm tỷ" 245 tỷ."""
    first = digit(said, at)
    if not first:
        return None
    ends = said.ends(at + 1)
    tens = not said.digits(at) if ends else _unit_at(said, at + 1)
    if tens:
        return Small(Decimal(first * 10), at + 1, weak=ends)
    second = digit(said, at + 1)
    both = second is not None and _unit_at(said, at + 2)
    return Small(Decimal(first * 10 + (second or 0)), at + 2) if both else None


def _unit_at(said: Pieces, at: int) -> bool:
    """Whether a scale, a decimal point in words or a percent stands here, so that what is before it is one number."""
    text = said.text(at)
    if said.gap(at):
        return said.gap(at).startswith("%")
    return scale(said, at) is not None or text in _POINT or (text == "phan" and said.text(at + 1) == "tram")
