"""Amounts as Vietnamese people type and say them: `170,8 tỷ`, `1 tỷ rưỡi`, `2 tỷ 3`, `ba trăm năm chục triệu`, `1tr5`.

An amount is read whole or is `unread`: part of one is never taken for it. Nothing that belongs to a date, a quarter or a
year is an amount.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from knowledge.language.numerals import (
    MILLION,
    THOUSAND,
    TOO_MUCH,
    YEARS,
    Small,
    digit,
    is_ruoi,
    printed,
    scale,
    small_number,
)
from knowledge.language.spans import Word
from knowledge.language.tokens import Pieces, signatures

Kind = Literal["money", "percent", "plain", "foreign", "unread"]


@dataclass(frozen=True, slots=True)
class Amount:
    """The words `start` to `end` say `value`; `value_max` is the upper end of a range.

    `value` is in đồng for money, in percent for percents, in its currency for foreign money, the bare number for counts;
    it is 0 where the amount is `unread`. `unit`: "đồng" for money, the currency of foreign money, else the first word of
    what is counted, or nothing. `approx`: said to be rough ("hơn", "gần", "khoảng").
    """

    start: int
    end: int
    value: Decimal
    value_max: Decimal | None
    kind: Kind
    unit: str = ""
    approx: bool = False


_CURRENCIES = {
    "usd": "usd", "dollar": "usd", "dollars": "usd", "eur": "eur", "euro": "eur", "yen": "jpy", "jpy": "jpy", "te": "cny",
    "cny": "cny", "rmb": "cny", "won": "krw", "baht": "thb",
}  # fmt: skip
_SIGNS = {"$": "usd", "€": "eur", "£": "gbp", "¥": "jpy"}
_DOLLAR = signatures("đô")
_CHINESE = signatures("tệ")
_VND = signatures("đồng")
_PLACES_OF_DONG = {"nai", "thap", "xuan", "hoi", "bac", "nam", "ha", "van"}
LEAST_DONG = 100
"""From so many on an unmarked "dong" is money (đồng), below it a line or a stream (dòng)."""
_POINTS = ("diem",)
_APPROX = {
    "hon": "hơn", "gan": "gần", "khoang": "khoảng", "tam": "tầm", "co": "cỡ", "chung": "chừng", "do": "độ", "xi": "xỉ",
    "ngot": "ngót", "ngoai": "ngoài", "tren": "trên", "ca": "cả", "hang": "hàng", "bac": "bạc",
}  # fmt: skip
_APPROX_MARKED = ("co", "do", "ca", "bac")
"""Of these only those that were typed with their marks."""
_IN_TIME = {
    "nam": "năm", "thang": "tháng", "quy": "quý", "ngay": "ngày", "so": "số", "dieu": "điều", "khoan": "khoản",
    "chuong": "chương", "thu": "thứ", "khoa": "khóa", "dot": "đợt",
}  # fmt: skip
"""Words whose number is a name: of a month, a quarter, an article."""
_NO_NOUN = {
    "la", "thi", "va", "voi", "hay", "hoac", "den", "toi", "trong", "cua", "cho", "de", "o", "tai", "tu", "so", "tang",
    "giam", "duoc", "dat", "bang", "chiem", "khong", "phai", "dung", "nhe", "a", "vay", "co", "mua", "moi", "nay", "do",
    "nua", "ma", "nhung", "neu", "khi", "thuoc", "theo", "tren", "duoi", "gan", "hon", "cung", "gom", "con", "roi", "da",
    "xin", "hoi", "bao", "may", "x", "ra", "vao", "ve", "len", "xuong",
}  # fmt: skip
"""Words that follow a number and are not what is counted."""
_COUNTED = {
    "cai", "chiec", "con", "bo", "dan", "cay", "lo", "day", "lop", "gian", "de", "nguoi", "cong", "lao", "ho", "doanh",
    "mo", "lan", "du", "xuong", "may", "hop", "to",
}  # fmt: skip
"""Before these a number word alone is a number."""
_MACHINE = signatures("máy")
_AFTER_SUM = {
    "dong", "thi", "duoc", "co", "mua", "la", "trong", "cua", "khuyen", "nhe", "a", "va", "ma", "vay", "von", "ho", "cho",
    "de", "hay", "hoac", "den", "toi", "khong", "phai", "roi", "nua", "bac", "tien", "nha", "ha", "so", "dau", "xin", "nen",
}  # fmt: skip
"""After these words, and at the end of a clause, "hai" in "một tỷ hai" belongs to the sum."""


MOST_BEFORE_TENTHS = 100
"""From so many on no tenths follow: in "300 triệu 2" the 2 is of something else."""


@dataclass(frozen=True, slots=True)
class _Sum:
    """A number with its scales: `step` is the first scale, 1 where none was said."""

    low: Decimal
    high: Decimal | None
    end: int
    step: Decimal
    small: Small | None
    unread: bool = False
    approx: bool = False


def amounts(words: Sequence[Word], taken: Collection[int] = ()) -> list[Amount]:
    """Every amount and count of a message in order; words `taken` (of times, document numbers) are passed over."""
    said = Pieces(words)
    found: list[Amount] = []
    at = 0
    while at < said.size:
        if said.first_word(at) in taken or not _may_begin(said, at):
            at += 1
            continue
        read = _amount(said, at)
        if read is None:
            at += 1
            continue
        amount, end = read
        if amount is not None and not any(number in taken for number in range(amount.start, amount.end)):
            found.append(amount)
        at = max(end, at + 1)
    return found


_FIRST = frozenset(
    "khong mot hai ba bon tu nam sau bay tam chin muoi tram chuc vai dam nua ty ti trieu x".split()
)  # fmt: skip


def _may_begin(said: Pieces, at: int) -> bool:
    text = said.texts[at]
    return text in _FIRST or text[0].isdigit()


def _amount(said: Pieces, at: int) -> tuple[Amount | None, int] | None:
    """The amount that begins here (None: a number that is no amount) and the piece after it."""
    if said.text(at) == "x" and said.digits(at + 1) and not scale(said, at + 2):
        return Amount(
            said.first_word(at), said.word_end(at + 2), Decimal(said.text(at + 1)[:6]), None, "plain", "x"
        ), at + 2
    total = _sum(said, at)
    if total is None:
        return None
    joined = _range(said, at, total)
    if joined is not None:
        total = joined
    return _with_unit(said, at, total)


def _sum(said: Pieces, at: int) -> _Sum | None:
    """A number with its scales from here on."""
    if said.text(at) == "nua":
        step = scale(said, at + 1)
        if step is None or not said.is_word(at, "nửa"):
            return None
        return _Sum(step[0] / 2, None, step[1], step[0], None)
    bare = scale(said, at, bare=True)
    if bare is not None:
        return _bare_scale(said, at, *bare)
    small = small_number(said, at)
    if small is None:
        return None
    step = scale(said, small.end, small)
    if step is not None and _is_name(said, at) and small.end > at + 1 and not small.spoken:
        small = Small(small.low, at + 1)  # "quý 3 500 triệu": the quarter is no thousands
        step = None
    if step is None:
        return _Sum(small.low, small.high, small.end, Decimal(1), small, small.value_unread, small.approx)
    size, end = step
    if small.value_unread or small.english:
        return _Sum(Decimal(0), None, end, size, small, unread=True)
    low = small.low * size
    high = None if small.high is None else small.high * size
    total = _more(said, _Sum(low, high, end, size, small, approx=small.approx), size)
    if said.text(at) == "tam" and small.end == at + 1 and total.end > end and not said.sure(at, _EIGHT):
        return replace(total, unread=True)  # "tam ty hai": eight, or about one
    return total


def _bare_scale(said: Pieces, at: int, size: Decimal, end: int) -> _Sum | None:
    """A sum that begins with its scale: "tỷ rưỡi", "tỷ hai"; a scale alone only behind a word for roughly."""
    before = said.text(at - 1)
    if (before in ("cong", "so", "bo", "dau", "to") and not said.gap(at)) or before[:1].isdigit():
        return None
    one = Small(Decimal(1), end, bare=True)
    total = _more(said, _Sum(size, None, end, size, one), size)
    if total.end > end:
        return total
    if _approx(said, at) and said.sure(at, signatures("tỷ", "tỉ", "triệu")):
        return replace(total, approx=True)
    return None


def _more(said: Pieces, total: _Sum, size: Decimal) -> _Sum:
    """What follows a scale: a half, smaller scales, or the end of a sum said short ("2 tỷ 3")."""
    while total.high is None:
        end = total.end
        if is_ruoi(said, end):
            return replace(total, low=total.low + size / 2, end=end + 1)
        if said.gap(end):
            return total
        start = end + 1 if said.is_word(end, "lẻ") else end
        small = small_number(said, start)
        if small is None or small.high is not None or small.value_unread:
            return total
        step = scale(said, small.end, small)
        if step is None:
            return _short_end(said, total, small, start, size)
        if step[0] >= size or step[0] * small.low >= size:
            return total
        size = step[0]
        total = replace(total, low=total.low + small.low * size, end=step[1])
    return total


def _short_end(said: Pieces, total: _Sum, small: Small, start: int, size: Decimal) -> _Sum:
    """The end of a sum without its scale: tenths ("hai", "3"), hundredths ("ba lăm"), or a number of the next scale."""
    glued = said.pieces[start].glued
    text = said.text(start)
    if not glued and (size < MILLION or total.low >= MOST_BEFORE_TENTHS * size):
        return total
    if said.pieces[start].typed.startswith("×"):
        return total
    following = small.end
    if said.gap(following).startswith(("%", "/")) or said.text(following) in ("phan", "diem"):
        return total
    if said.digits(start):
        if text == "0" or len(text) > 3 or small.end > start + 1:
            return total
        more = size * int(text) / 10 ** len(text)
        doubtful = len(text) == 2 and not glued and text[1] == "0"  # "1 tỷ 50": 1,5 or 1,05
        certain = glued or len(text) == 3
    elif small.spoken and small.low == int(small.low):
        words = small.end - start
        value = int(small.low)
        more = size * value / (10 if value < 10 else 100 if small.weak and words == 2 else 1000)
        doubtful, certain = False, not small.weak
        if value == 0 or (small.bare and not said.ends(following)):
            return total
    else:
        return total
    if not (certain or said.ends(following) or said.text(following) in _AFTER_SUM):
        counted = said.text(following) in _COUNTED or said.text(following) in _IN_TIME
        return total if counted else replace(total, low=Decimal(0), end=small.end, unread=True)
    if certain and not glued and said.text(following) in (_COUNTED - _AFTER_SUM):
        return total
    if doubtful:
        return replace(total, low=Decimal(0), end=small.end, unread=True)
    return replace(total, low=total.low + more, end=small.end)


def _range(said: Pieces, at: int, first: _Sum) -> _Sum | None:
    """Two sums joined to a range: "300-400 triệu", "từ 2 đến 3 tỷ"; the scale of the second holds for both."""
    end = first.end
    if first.high is not None or first.unread or _is_name(said, at):
        return None
    dash = said.gap(end) in ("-", "~")
    word = said.is_word(end, "đến", "tới") and not said.gap(end)
    if not dash and not word:
        return None
    begin = end if dash else end + 1
    if word and said.gap(begin):
        return None
    second = _sum(said, begin) if begin < said.size and _may_begin(said, begin) else None
    if second is None or second.unread or second.high is not None:
        return None
    plain = first.step == 1
    if plain and first.low in YEARS:
        return None
    if plain and second.step == 1 and (second.low in YEARS or said.gap(second.end) in ("-", "/", ".")):
        return None
    if not plain and second.step == 1:
        return None
    low, high = first.low, second.low
    if plain and second.step > 1:
        low *= second.step
        if low > high and second.step > MILLION:
            low /= THOUSAND
    if low < high:
        return _Sum(low, high, second.end, second.step, second.small, approx=first.approx or second.approx)
    if dash and plain and second.step > 1:
        return replace(second, low=Decimal(0), unread=True)
    return None


def _with_unit(said: Pieces, at: int, total: _Sum) -> tuple[Amount | None, int]:
    """The amount with its unit; None for a number that is part of a date or only looks like a number."""
    end, scaled = total.end, total.step > 1
    kind: Kind | None = None
    unit = ""
    gap = said.gap(end)
    sign = next((one for one in _SIGNS if one in gap or one in said.gap(at)), "")
    if sign:
        kind, unit = "foreign", _SIGNS[sign]
    elif gap.startswith("%"):
        kind = "percent"
    elif not gap:
        kind, unit, end = _unit_word(said, end, total)
    if kind is None and scaled:
        kind, unit = "money", "đồng"
    small = total.small
    if kind is None:
        return _count(said, at, total)
    if kind == "money" and small is not None and not scaled and "," in said.text(at) and not total.unread:
        grouped = (
            printed(said.text(at).replace(",", "."))
            if small.english or said.text(at).count(",") > 1
            else None
        )
        total = replace(total, low=grouped) if grouped is not None else total
    if small is not None and small.weak and not scaled and kind != "percent":
        return None, end
    if _is_name(said, at) and not scaled and kind != "percent":
        return None, end
    if scaled and said.gap(at) == "/" and at:
        return None, end
    read = not (total.unread or max(total.low, total.high or 0) >= TOO_MUCH)
    approx = total.approx or _approx(said, at)
    amount = Amount(
        said.first_word(at), said.word_end(end), total.low if read else Decimal(0), total.high if read else None,
        kind if read else "unread", unit if read else "", approx,
    )  # fmt: skip
    return amount, end


def _unit_word(said: Pieces, at: int, total: _Sum) -> tuple[Kind | None, str, int]:
    """The unit that stands at a position: (kind, unit, the piece after it)."""
    text = said.text(at)
    if text == "phan" and said.is_word(at, "phần") and said.is_word(at + 1, "trăm"):
        return "percent", "", at + 2
    if text in _POINTS and (said.is_word(at + 1, "phần") or said.gap(at + 1).startswith("%")):
        return "percent", text, at + (3 if said.text(at + 2) == "tram" else 1)
    if text in _CURRENCIES and (text != "te" or said.possible(at, _CHINESE)):
        return "foreign", _CURRENCIES[text], at + 1
    if text == "do" and (said.sure(at, _DOLLAR) or said.text(at + 1) in ("la", "my")):
        return "foreign", "usd", at + (2 if said.text(at + 1) in ("la", "my") else 1)
    if text == "nhan" and said.text(at + 1) == "dan" and said.text(at + 2) == "te":
        return "foreign", "cny", at + 3
    if text in ("vnd", "d") or (text == "viet" and said.text(at + 2) == "dong"):
        glued = said.pieces[at].glued or bool(said.sure(at, signatures("đ"))) or not said.pieces[at].typed
        if text == "vnd" or total.step > 1 or (total.low >= LEAST_DONG and glued) or text == "viet":
            return "money", "đồng", at + (3 if text == "viet" else 1)
    if text == "dong" and said.possible(at, _VND, strict=False) and said.text(at + 1) not in _PLACES_OF_DONG:
        if total.step > 1 or total.low >= LEAST_DONG or said.sure(at, _VND):
            return "money", "đồng", at + 1
    return None, "", at


def _count(said: Pieces, at: int, total: _Sum) -> tuple[Amount | None, int]:
    """A number without a unit of money or percent: a count with what is counted, or a bare number."""
    small, end = total.small, total.end
    following = "" if said.gap(end) else said.text(end)
    if small is None or total.unread or total.low >= TOO_MUCH:
        return None, end
    if said.is_word(end, "phần") and not said.gap(end) and digit(said, end + 1) is not None:
        return Amount(said.first_word(at), said.word_end(end + 2), Decimal(0), None, "unread"), end + 2
    machine = following == "may" and said.possible(end, _MACHINE)
    counted = machine or (following in _COUNTED and following != "may")
    if small.weak and not (counted and _surely_number(said, at)):
        return None, at + 1
    if small.bare and not said.ends(end):
        return None, end
    if _is_name(said, at) or "/" in (said.gap(at), said.gap(end)) or said.text(at - 1) == "x":
        times = said.text(at - 1) == "x" or said.pieces[at].typed.startswith("×")
        if not times:
            return None, end
    unit = following if following.isalpha() and (counted or following not in _NO_NOUN) else ""
    if (
        total.low in YEARS
        and total.high is None
        and not counted
        and not small.spoken
        and len(said.text(at)) == 4
    ):
        return None, end
    if said.pieces[at].typed.startswith("×") or said.text(at - 1) == "x" or "*" in said.gap(at):
        unit = "x"
    if said.text(end) == "x" and said.text(end + 1)[:1].isdigit():
        unit = "x"  # "2 x 300 triệu"
    amount = Amount(
        said.first_word(at), said.word_end(end), total.low, total.high, "plain", unit, total.approx or _approx(said, at)
    )  # fmt: skip
    return amount, end


_EIGHT = signatures("tám")
_SURE_ALONE = ("mot", "hai", "ba", "bon", "bay", "chin", "muoi", "chuc")
_MARKED_ALONE = {
    "nam": signatures("năm"),
    "sau": signatures("sáu"),
    "tam": signatures("tám"),
    "bay": signatures("bảy"),
}


def _surely_number(said: Pieces, at: int) -> bool:
    """Whether a number word alone is a number: by its marks, where it may be another word."""
    text = said.text(at)
    forms = _MARKED_ALONE.get(text)
    return said.sure(at, forms) if forms is not None else text in _SURE_ALONE or text[0].isdigit()


def _is_name(said: Pieces, at: int) -> bool:
    """Whether the number here names a month, a quarter, an article."""
    form = _IN_TIME.get(said.text(at - 1)) if at and not said.gap(at) else None
    return bool(form) and said.is_word(at - 1, form or "")


def _approx(said: Pieces, at: int) -> bool:
    """Whether the word before says that the number is rough."""
    form = _APPROX.get(said.text(at - 1)) if at and not said.gap(at) else None
    if form is None or not said.is_word(at - 1, form):
        return False
    return said.text(at - 1) not in _APPROX_MARKED or said.sure(at - 1, signatures(form))
