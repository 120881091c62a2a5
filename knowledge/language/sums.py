"""Numbers with their scales, and ranges of them: `2 tỷ 3`, `tỷ rưỡi`, `300-400 triệu`, `1 tỷ 234 triệu 567 nghìn`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from knowledge.language.numerals import counted_number, small_number
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
    "luon", "hen", "nhi", "thoi", "hong", "o", "tai", "dat", "moi", "chua", "het", "ve", "sap", "tui", "minh", "lap", "gio",
    "chac", "da",
}  # fmt: skip
"""After these words, and at the end of a clause, "hai" in "một tỷ hai" belongs to the sum."""

_PARTICLE = signatures("lận")
"""It only stresses a sum; without its marks it may be "lần", times."""

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
    small = counted_number(said, at)
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


@dataclass(frozen=True, slots=True)
class _Tail:
    """The end of a sum said short: `part` of `of` parts of the last scale.

    `certain`: it ends the sum whatever stands behind it. `doubtful`: it may mean two things ("1 tỷ 50": 1,5 or 1,05).
    """

    part: int
    of: int
    certain: bool
    doubtful: bool = False


def _short_end(said: Pieces, total: Sum, small: Small, start: int, size: Decimal) -> Sum:
    """The end of a sum without its scale: tenths ("hai", "3"), hundredths ("ba lăm"), or a number of the next scale."""
    glued, following = said.pieces[start].glued, said.text(small.end)
    if not glued and (size < MILLION or total.low >= MOST_BEFORE_TENTHS * size):
        return total
    if _begins_other(said, start, small.end):
        return total
    tail = _digits_behind(said, start, small) if said.digits(start) else _words_behind(said, start, small)
    if said.sure(small.end, _PARTICLE):
        following = ""
    if tail is None or (tail.certain and not glued and following in COUNTED - _AFTER_SUM):
        return total
    unread = replace(total, low=Decimal(0), end=small.end, unread=True)
    if not (tail.certain or not following or said.ends(small.end) or following in _AFTER_SUM):
        return total if following in COUNTED or following in _IN_TIME else unread
    return (
        unread if tail.doubtful else replace(total, low=total.low + size * tail.part / tail.of, end=small.end)
    )


def _begins_other(said: Pieces, start: int, end: int) -> bool:
    """Whether a number behind a scale is a factor, a year or a share, and no end of the sum."""
    if said.pieces[start].glued:
        return False
    if said.pieces[start].typed.startswith("×"):
        return True
    if said.text(start) == "nam" and (said.digits(end) or said.text(end) in _YEARS_NEAR):
        return True  # "5 triệu năm 2024"
    return said.gap(end).startswith(("%", "/")) or said.text(end) in ("phan", "diem")


def _digits_behind(said: Pieces, start: int, small: Small) -> _Tail | None:
    """One to three digits behind a scale: tenths, hundredths or thousandths of it."""
    text, glued = said.text(start), said.pieces[start].glued
    if text == "0" or len(text) > 3 or small.end > start + 1:
        return None
    doubtful = len(text) == 2 and not glued and text[1] == "0"
    return _Tail(int(text), 10 ** len(text), glued or len(text) == 3, doubtful)


def _words_behind(said: Pieces, start: int, small: Small) -> _Tail | None:
    """A number word behind a scale: tenths, hundredths where two digits are said ("ba lăm"), else thousandths."""
    value = int(small.low)
    if not small.spoken or value != small.low or not value or (small.bare and not said.ends(small.end)):
        return None
    hundredths = small.weak and small.end == start + 2
    return _Tail(value, 10 if value < 10 else 100 if hundredths else 1000, not small.weak)


def range_at(said: Pieces, at: int, first: Sum) -> Sum | None:
    """Two sums joined to a range: "300-400 triệu", "từ 2 đến 3 tỷ"; the scale of the second holds for both."""
    if first.high is not None or first.unread or is_name(said, at):
        return None
    begin = _behind_joint(said, first.end)
    second = sum_at(said, begin) if begin < said.size and may_begin(said, begin) else None
    if second is None or second.unread or second.high is not None or _are_two(said, first, second):
        return None
    low, high = first.low, second.low
    carried = first.step == 1 and second.step > 1
    if carried:
        low *= second.step
        if low > high and second.step > MILLION:
            low /= THOUSAND
    if low < high:
        return Sum(low, high, second.end, second.step, second.small, approx=first.approx or second.approx)
    dash = begin == first.end
    return replace(second, low=Decimal(0), unread=True) if dash and carried else None


def _behind_joint(said: Pieces, at: int) -> int:
    """The piece after a dash or "to" that joins the ends of a range; the end of the message where there is none."""
    if said.gap(at) in ("-", "~"):
        return at
    word = said.is_word(at, "đến", "tới") and not said.gap(at) and not said.gap(at + 1)
    return at + 1 if word else said.size


def _are_two(said: Pieces, first: Sum, second: Sum) -> bool:
    """Whether two numbers are no ends of a range: years, parts of a date, or a sum and a number without a scale."""
    if second.step > 1:
        return first.step == 1 and first.low in YEARS
    if first.step > 1:
        return True
    return first.low in YEARS or second.low in YEARS or said.gap(second.end) in ("-", "/", ".")


_EIGHT = signatures("tám")


_AMONG = ("trong", "so")


def is_name(said: Pieces, at: int) -> bool:
    """Whether the number here names a month, a quarter, an article; a decimal names none, nor does "trong số 12"."""
    among = at > 1 and (said.text(at - 2), said.text(at - 1)) == _AMONG
    if "," in said.text(at) or among:
        return False
    form = _IN_TIME.get(said.text(at - 1)) if at and not said.gap(at) else None
    return bool(form) and said.is_word(at - 1, form or "")


def is_rough(said: Pieces, at: int) -> bool:
    """Whether the word before says that the number is rough."""
    form = _APPROX.get(said.text(at - 1)) if at and not said.gap(at) else None
    if form is None or not said.is_word(at - 1, form):
        return False
    return said.text(at - 1) not in _APPROX_MARKED or said.sure(at - 1, signatures(form))
