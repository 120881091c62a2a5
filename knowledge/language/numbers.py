"""Amounts as Vietnamese people type and say them: `170,8 tỷ`, `1 tỷ rưỡi`, `2 tỷ 3`, `ba trăm năm chục triệu`, `1tr5`.

An amount is read whole or is `unread`: part of one is never taken for it. Nothing that belongs to a date, a quarter or a
year is an amount.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from knowledge.language.scales import TOO_MUCH, YEARS, digit, printed, scale
from knowledge.language.spans import Span, Word
from knowledge.language.sums import COUNTED, Sum, is_name, is_rough, may_begin, range_at, sum_at
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

    @property
    def says(self) -> str:
        """What a span says of this amount: `kind:value`, with `:upper end` for a range, or `unread`."""
        if self.kind == "unread":
            return "unread"
        ends = (self.value,) if self.value_max is None else (self.value, self.value_max)
        return ":".join((self.kind, *(f"{one.normalize():f}" for one in ends)))


def amount_span(amount: Amount, words: Sequence[Word]) -> Span:
    """The span of one amount (slot `amount`) or count (slot `number`) of a message."""
    text = " ".join(word.text for word in words[amount.start : amount.end])
    slot = "number" if amount.kind == "plain" else "amount"
    return Span(amount.start, amount.end, slot, amount.says, text, "grammar")


_CURRENCIES = {
    "usd": "usd", "dollar": "usd", "dollars": "usd", "eur": "eur", "euro": "eur", "yen": "jpy", "jpy": "jpy", "te": "cny",
    "cny": "cny", "rmb": "cny", "won": "krw", "baht": "thb",
}  # fmt: skip
_SIGNS = {"$": "usd", "€": "eur", "£": "gbp", "¥": "jpy"}
_DOLLAR = signatures("đô")
_CHINESE = signatures("tệ")
_VND = signatures("đồng")
_PLACES_OF_DONG = {"nai", "thap", "xuan", "hoi", "bac", "nam", "ha", "van"}
_BY_THOUSANDS = {
    ("cong", "nhan"),
    ("lao", "dong"),
    ("san", "pham"),
    ("ho", "dan"),
    ("ho", "gia"),
    ("chiec", "may"),
}
LEAST_DONG = 100
"""From so many on an unmarked "dong" is money (đồng), below it a line or a stream (dòng)."""
_POINTS = ("diem",)
_NO_NOUN = {
    "la", "thi", "va", "voi", "hay", "hoac", "den", "toi", "trong", "cua", "cho", "de", "o", "tai", "tu", "so", "tang",
    "giam", "duoc", "dat", "bang", "chiem", "khong", "phai", "dung", "nhe", "a", "vay", "co", "mua", "moi", "nay", "do",
    "nua", "ma", "nhung", "neu", "khi", "thuoc", "theo", "tren", "duoi", "gan", "hon", "cung", "gom", "con", "roi", "da",
    "xin", "hoi", "bao", "may", "x", "ra", "vao", "ve", "len", "xuong",
}  # fmt: skip
"""Words that follow a number and are not what is counted."""
_MACHINE = signatures("máy")


def amounts(words: Sequence[Word], taken: Collection[int] = ()) -> list[Amount]:
    """Every amount and count of a message in order; words `taken` (of times, document numbers) are passed over."""
    said = Pieces(words)
    found: list[Amount] = []
    at = 0
    while at < said.size:
        if said.first_word(at) in taken or not may_begin(said, at):
            at += 1
            continue
        read = _amount(said, at)
        if read is None:
            at += 1
            continue
        amount, end = read
        if end < said.size and said.pieces[end].glued:  # a word is read whole or not at all
            end = next((place for place in range(end, said.size) if not said.pieces[place].glued), said.size)
            sum_cut = amount is not None and amount.kind != "plain"
            amount = (
                replace(amount, kind="unread", value=Decimal(0), value_max=None, unit="")
                if amount and sum_cut
                else None
            )
        if amount is not None and not any(number in taken for number in range(amount.start, amount.end)):
            found.append(amount)
        at = max(end, at + 1)
    return found


def _amount(said: Pieces, at: int) -> tuple[Amount | None, int] | None:
    """The amount that begins here (None: a number that is no amount) and the piece after it."""
    if said.text(at) == "x" and said.digits(at + 1) and not scale(said, at + 2):
        return Amount(
            said.first_word(at), said.word_end(at + 2), Decimal(said.text(at + 1)[:6]), None, "plain", "x"
        ), at + 2
    total = sum_at(said, at)
    if total is None:
        return None
    joined = range_at(said, at, total)
    if joined is not None:
        total = joined
    return _with_unit(said, at, total)


def _with_unit(said: Pieces, at: int, total: Sum) -> tuple[Amount | None, int]:
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
    if kind is None and scaled and not gap and _counts_many(said, end):
        counted = Amount(
            said.first_word(at), said.word_end(end), total.low, total.high, "plain", said.text(end)
        )
        return (None if total.unread else replace(counted, approx=total.approx or is_rough(said, at))), end
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
    if is_name(said, at) and not scaled and kind != "percent":
        return None, end
    if scaled and said.gap(at) == "/" and at:
        return None, end
    read = not (total.unread or max(total.low, total.high or 0) >= TOO_MUCH)
    approx = total.approx or is_rough(said, at)
    amount = Amount(
        said.first_word(at), said.word_end(end), total.low if read else Decimal(0), total.high if read else None,
        kind if read else "unread", unit if read else "", approx,
    )  # fmt: skip
    return amount, end


def _counts_many(said: Pieces, at: int) -> bool:
    """Whether people or goods that are counted by thousands stand here: "hai nghìn công nhân"."""
    return (said.text(at), said.text(at + 1)) in _BY_THOUSANDS or said.text(at) in (
        "nguoi",
        "luot",
        "tan",
        "kg",
    )


def _unit_word(said: Pieces, at: int, total: Sum) -> tuple[Kind | None, str, int]:
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
    dong = (
        text == "dong" and said.possible(at, _VND, strict=False) and said.text(at + 1) not in _PLACES_OF_DONG
    )
    if dong and (total.step > 1 or total.low >= LEAST_DONG or said.sure(at, _VND)):
        return "money", "đồng", at + 1
    return None, "", at


def _count(said: Pieces, at: int, total: Sum) -> tuple[Amount | None, int]:
    """A number without a unit of money or percent: a count with what is counted, or a bare number."""
    small, end = total.small, total.end
    following = "" if said.gap(end) else said.text(end)
    if small is None or total.unread or total.low >= TOO_MUCH:
        return None, end
    if said.is_word(end, "phần") and not said.gap(end) and digit(said, end + 1) is not None:
        return Amount(said.first_word(at), said.word_end(end + 2), Decimal(0), None, "unread"), end + 2
    machine = following == "may" and said.possible(end, _MACHINE)
    counted = machine or (following in COUNTED and following != "may")
    if small.weak and not (counted and _surely_number(said, at)):
        return None, at + 1
    if small.bare and not said.ends(end):
        return None, end
    if is_name(said, at) or "/" in (said.gap(at), said.gap(end)) or said.text(at - 1) == "x":
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
        said.first_word(at), said.word_end(end), total.low, total.high, "plain", unit, total.approx or is_rough(said, at)
    )  # fmt: skip
    return amount, end


_SURE_ALONE = ("mot", "hai", "ba", "bon", "bay", "chin", "muoi", "chuc")
_MARKED_ALONE = {
    "nam": signatures("năm"),
    "sau": signatures("sáu"),
    "tam": signatures("tám"),
    "bay": signatures("bảy"),
}


_BEFORE_YEAR = ("hang", "moi", "trong", "mot", "ca", "cuoi", "dau", "giua", "cac", "nhung", "tung")
"""Before "năm" these make it a year, not five."""


def _surely_number(said: Pieces, at: int) -> bool:
    """Whether a number word alone is a number: by its marks, where it may be another word."""
    text = said.text(at)
    before = at > 0 and not said.gap(at) and (said.digits(at - 1) or digit(said, at - 1) is not None)
    if text == "nam" and (before or said.text(at - 1) in _BEFORE_YEAR):
        return False  # also "3 năm một lần"
    forms = _MARKED_ALONE.get(text)
    return said.sure(at, forms) if forms is not None else text in _SURE_ALONE or text[0].isdigit()
