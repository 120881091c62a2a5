"""Numbers with their scales, and ranges of them: `2 tỷ 3`, `tỷ rưỡi`, `300-400 triệu`, `1 tỷ 234 triệu 567 nghìn`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from knowledge.language.numerals import small_number
from knowledge.language.scales import MILLION, THOUSAND, YEARS, Small, is_ruoi, scale
from knowledge.language.tokens import Pieces, signatures

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
COUNTED = {
    "cai", "chiec", "con", "bo", "dan", "cay", "lo", "day", "lop", "gian", "de", "nguoi", "cong", "lao", "ho", "doanh",
    "mo", "lan", "du", "xuong", "may", "hop", "to",
}  # fmt: skip
"""Before these a number word alone is a number."""
_AFTER_SUM = {
    "dong", "thi", "duoc", "co", "mua", "la", "trong", "cua", "khuyen", "nhe", "a", "va", "ma", "vay", "von", "ho", "cho",
    "de", "hay", "hoac", "den", "toi", "khong", "phai", "roi", "nua", "bac", "tien", "nha", "ha", "so", "dau", "xin", "nen",
}  # fmt: skip
"""After these words, and at the end of a clause, "hai" in "một tỷ hai" belongs to the sum."""


MOST_BEFORE_TENTHS = 100
"""From so many on no tenths follow: in "300 triệu 2" the 2 is of something else."""


_YEARS_NEAR = ("nay", "ngoai", "truoc", "sau", "toi", "kia", "roi", "vua", "hai", "qua")


@dataclass(frozen=True, slots=True)
class Sum:
    """A number with its scales: `step` is the first scale, 1 where none was said."""

    low: Decimal
    high: Decimal | None
    end: int
    step: Decimal
    small: Small | None
    unread: bool = False
    approx: bool = False


_FIRST = {
    "khong", "mot", "hai", "ba", "bon", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "tram", "chuc",
    "vai", "dam", "nua", "ty", "ti", "trieu", "x",
}  # fmt: skip


def may_begin(said: Pieces, at: int) -> bool:
    """Whether a number may begin at a piece: a quick look before it is read."""
    text = said.texts[at]
    return text in _FIRST or text[0].isdigit()


def sum_at(said: Pieces, at: int) -> Sum | None:
    """A number with its scales from here on."""
    if said.text(at) == "nua":
        step = scale(said, at + 1)
        if step is None or not said.is_word(at, "nửa"):
            return None
        return Sum(step[0] / 2, None, step[1], step[0], None)
    bare = scale(said, at, bare=True)
    if bare is not None:
        return _bare_scale(said, at, *bare)
    small = small_number(said, at)
    if small is None:
        return None
    step = scale(said, small.end, small)
    if step is not None and is_name(said, at) and small.end > at + 1 and not small.spoken:
        small = Small(small.low, at + 1)  # "quý 3 500 triệu": the quarter is no thousands
        step = None
    if step is None:
        return Sum(small.low, small.high, small.end, Decimal(1), small, small.value_unread, small.approx)
    size, end = step
    if small.value_unread or small.english:
        return Sum(Decimal(0), None, end, size, small, unread=True)
    low = small.low * size
    high = None if small.high is None else small.high * size
    total = _more(said, Sum(low, high, end, size, small, approx=small.approx), size)
    short = total.end > end and scale(said, total.end - 1) is None
    if short and said.text(at) == "tam" and small.end == at + 1 and not said.sure(at, _EIGHT):
        return replace(total, unread=True)  # "tam ty hai": eight, or about one
    return total


def _bare_scale(said: Pieces, at: int, size: Decimal, end: int) -> Sum | None:
    """A sum that begins with its scale: "tỷ rưỡi", "tỷ hai"; a scale alone only behind a word for roughly."""
    before = said.text(at - 1)
    if (before in ("cong", "so", "bo", "dau", "to") and not said.gap(at)) or before[:1].isdigit():
        return None
    one = Small(Decimal(1), end, bare=True)
    total = _more(said, Sum(size, None, end, size, one), size)
    if total.end > end:
        return total
    if is_rough(said, at) and said.sure(at, signatures("tỷ", "tỉ", "triệu")):
        return replace(total, approx=True)
    return None


def _more(said: Pieces, total: Sum, size: Decimal) -> Sum:
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


def _short_end(said: Pieces, total: Sum, small: Small, start: int, size: Decimal) -> Sum:
    """The end of a sum without its scale: tenths ("hai", "3"), hundredths ("ba lăm"), or a number of the next scale."""
    glued = said.pieces[start].glued
    text = said.text(start)
    if not glued and (size < MILLION or total.low >= MOST_BEFORE_TENTHS * size):
        return total
    if said.pieces[start].typed.startswith("×"):
        return total
    following = small.end
    if text == "nam" and not glued and (said.digits(following) or said.text(following) in _YEARS_NEAR):
        return total  # "5 triệu năm 2024"
    if not glued and (said.gap(following).startswith(("%", "/")) or said.text(following) in ("phan", "diem")):
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
        counted = said.text(following) in COUNTED or said.text(following) in _IN_TIME
        return total if counted else replace(total, low=Decimal(0), end=small.end, unread=True)
    if certain and not glued and said.text(following) in (COUNTED - _AFTER_SUM):
        return total
    if doubtful:
        return replace(total, low=Decimal(0), end=small.end, unread=True)
    return replace(total, low=total.low + more, end=small.end)


def range_at(said: Pieces, at: int, first: Sum) -> Sum | None:
    """Two sums joined to a range: "300-400 triệu", "từ 2 đến 3 tỷ"; the scale of the second holds for both."""
    end = first.end
    if first.high is not None or first.unread or is_name(said, at):
        return None
    dash = said.gap(end) in ("-", "~")
    word = said.is_word(end, "đến", "tới") and not said.gap(end)
    if not dash and not word:
        return None
    begin = end if dash else end + 1
    if word and said.gap(begin):
        return None
    second = sum_at(said, begin) if begin < said.size and may_begin(said, begin) else None
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
        return Sum(low, high, second.end, second.step, second.small, approx=first.approx or second.approx)
    if dash and plain and second.step > 1:
        return replace(second, low=Decimal(0), unread=True)
    return None


_EIGHT = signatures("tám")


def is_name(said: Pieces, at: int) -> bool:
    """Whether the number here names a month, a quarter, an article; a decimal names none."""
    if "," in said.text(at):
        return False
    form = _IN_TIME.get(said.text(at - 1)) if at and not said.gap(at) else None
    return bool(form) and said.is_word(at - 1, form or "")


def is_rough(said: Pieces, at: int) -> bool:
    """Whether the word before says that the number is rough."""
    form = _APPROX.get(said.text(at - 1)) if at and not said.gap(at) else None
    if form is None or not said.is_word(at - 1, form):
        return False
    return said.text(at - 1) not in _APPROX_MARKED or said.sure(at - 1, signatures(form))
