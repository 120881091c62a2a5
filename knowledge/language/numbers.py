"""Amounts as Vietnamese people type and say them: `170,8 tỷ`, `1 tỷ rưỡi`, `2 tỷ 3`, `ba trăm năm chục triệu`, `1tr5`.

An amount is read whole or is `unread`: part of one is never taken for it. Nothing that belongs to a date, a quarter or a
year is an amount.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from knowledge.language.numerals import TEN_WORDS
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
_VND, _VND_SHORT = signatures("đồng"), signatures("đ")
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
NO_NOUN = {
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
    kind, unit, end = _unit_at(said, at, total)
    if kind is None and total.step == 1:
        return _count(said, at, total)
    approx = total.approx or is_rough(said, at)
    words = said.first_word(at), said.word_end(end)
    if kind is None and not said.gap(end) and _counts_many(said, end):
        many = Amount(*words, total.low, total.high, "plain", said.text(end), approx)
        return (None if total.unread else many), end
    if kind is None:
        kind, unit = "money", "đồng"
    if _is_no_sum(said, at, total, kind):
        return None, end
    if total.unread or max(total.low, total.high or 0) >= TOO_MUCH:
        return Amount(*words, Decimal(0), None, "unread", approx=approx), end
    low = _grouped(said.text(at), total) if kind == "money" else total.low
    return Amount(*words, low, total.high, kind, unit, approx), end


def _unit_at(said: Pieces, at: int, total: Sum) -> tuple[Kind | None, str, int]:
    """The unit before or behind a number, as a sign or a word: (kind, unit, the piece after it); no kind without one."""
    end = total.end
    gap = said.gap(end)
    sign = next((one for one in _SIGNS if one in gap or one in said.gap(at)), "")
    if sign:
        return "foreign", _SIGNS[sign], end
    if gap:
        return ("percent" if gap.startswith("%") else None), "", end
    return _percent_at(said, end) or _currency_at(said, end) or _dong_at(said, end, total) or (None, "", end)


def _is_no_sum(said: Pieces, at: int, total: Sum, kind: Kind) -> bool:
    """Whether a number before a unit is part of a date, a name, or another word."""
    if total.step > 1:
        return at > 0 and said.gap(at) == "/"
    weak = total.small is not None and total.small.weak
    return kind != "percent" and (weak or is_name(said, at))


def _grouped(text: str, total: Sum) -> Decimal:
    """A sum of money; one without a scale may be grouped the English way: "170,800 đồng"."""
    small = total.small
    if small is None or total.step > 1 or "," not in text or not (small.english or text.count(",") > 1):
        return total.low
    value = printed(text.replace(",", "."))
    return total.low if value is None else value


def _counts_many(said: Pieces, at: int) -> bool:
    """Whether people or goods that are counted by thousands stand here: "hai nghìn công nhân"."""
    return (said.text(at), said.text(at + 1)) in _BY_THOUSANDS or said.text(at) in (
        "nguoi",
        "luot",
        "tan",
        "kg",
    )


def _percent_at(said: Pieces, at: int) -> tuple[Kind, str, int] | None:
    """ "Phần trăm", "điểm phần trăm", "điểm %": (kind, unit, the piece after it)."""
    if said.is_word(at, "phần") and said.is_word(at + 1, "trăm"):
        return "percent", "", at + 2
    if said.text(at) == "diem" and (said.is_word(at + 1, "phần") or said.gap(at + 1).startswith("%")):
        return "percent", "diem", at + (3 if said.text(at + 2) == "tram" else 1)
    return None


def _currency_at(said: Pieces, at: int) -> tuple[Kind, str, int] | None:
    """A foreign currency: (kind, unit, the piece after it)."""
    text = said.text(at)
    if text in _CURRENCIES and (text != "te" or said.possible(at, _CHINESE)):
        return "foreign", _CURRENCIES[text], at + 1
    american = said.text(at + 1) in ("la", "my")
    if text == "do" and (american or said.sure(at, _DOLLAR)):
        return "foreign", "usd", at + 1 + american
    if said.texts[at : at + 3] == ["nhan", "dan", "te"]:
        return "foreign", "cny", at + 3
    return None


def _dong_at(said: Pieces, at: int, total: Sum) -> tuple[Kind, str, int] | None:
    """Đồng in one of its spellings: (kind, unit, the piece after it); a small number before it must be surely money."""
    text = said.text(at)
    if text == "viet" and said.text(at + 2) == "dong":
        return "money", "đồng", at + 3
    if text == "d":
        certain = said.pieces[at].glued or said.sure(at, _VND_SHORT) or not said.pieces[at].typed
        money = total.step > 1 or (certain and total.low >= LEAST_DONG)
    elif text == "dong" and said.possible(at, _VND, strict=False):
        money = total.step > 1 or total.low >= LEAST_DONG or said.sure(at, _VND)
        money = money and said.text(at + 1) not in _PLACES_OF_DONG
    else:
        money = text == "vnd"
    return ("money", "đồng", at + 1) if money else None


def _count(said: Pieces, at: int, total: Sum) -> tuple[Amount | None, int]:
    """A number without a unit of money or percent: a count with what is counted, or a bare number."""
    small, end = total.small, total.end
    if small is None or total.unread or total.low >= TOO_MUCH:
        return None, end
    if said.is_word(end, "phần") and not said.gap(end) and digit(said, end + 1) is not None:
        return Amount(said.first_word(at), said.word_end(end + 2), Decimal(0), None, "unread"), end + 2
    counted = _is_counted(said, end)
    if small.weak and not (counted and _surely_number(said, at)):
        return None, at + 1
    if _is_no_count(said, at, total, counted=counted):
        return None, end
    unit = "x" if _is_factor(said, at, end) else _noun_at(said, end, counted=counted)
    approx = total.approx or is_rough(said, at)
    words = said.first_word(at), said.word_end(end)
    return Amount(*words, total.low, total.high, "plain", unit, approx), end


def _is_no_count(said: Pieces, at: int, total: Sum, *, counted: bool) -> bool:
    """Whether a number is a scale alone, part of a name or of a date, or a year."""
    small, end = total.small, total.end
    if small is None or (small.bare and not said.ends(end)):
        return True
    if not _is_multiplied(said, at) and (is_name(said, at) or "/" in (said.gap(at), said.gap(end))):
        return True
    of_year = len(said.text(at)) == 4 and not small.spoken
    return of_year and not counted and total.high is None and total.low in YEARS


def _is_multiplied(said: Pieces, at: int) -> bool:
    """Whether a sign for "times" stands before a number."""
    return said.text(at - 1) == "x" or said.pieces[at].typed.startswith("×")


def _is_factor(said: Pieces, at: int, end: int) -> bool:
    """Whether something is multiplied by a number: "×3", "* 3", "2 x 300 triệu"."""
    if _is_multiplied(said, at) or "*" in said.gap(at):
        return True
    return said.text(end) == "x" and said.text(end + 1)[:1].isdigit()


def _is_counted(said: Pieces, at: int) -> bool:
    """Whether a word that is counted stands here; "may" only where it may be a machine."""
    if said.gap(at):
        return False
    return said.possible(at, _MACHINE) if said.text(at) == "may" else said.text(at) in COUNTED


def _noun_at(said: Pieces, at: int, *, counted: bool) -> str:
    """The first word of what is counted; empty where none stands here."""
    text = "" if said.gap(at) else said.text(at)
    return text if text.isalpha() and (counted or text not in NO_NOUN) else ""


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
    number = said.digits(at - 1) or digit(said, at - 1) is not None or said.text(at - 1) in TEN_WORDS
    before = at > 0 and not said.gap(at) and number
    if text == "nam" and (before or said.text(at - 1) in _BEFORE_YEAR):
        return False  # also "3 năm một lần"
    forms = _MARKED_ALONE.get(text)
    return said.sure(at, forms) if forms is not None else text in _SURE_ALONE or text[0].isdigit()
