"""Spans of years: "giai đoạn 21-25", "từ 2021 tới 2025", "5 năm 2016 2020", "24-25"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.language.parts import years_at
from knowledge.language.tokens import Pieces
from knowledge.language.years import (
    FIVE_YEARS,
    counts,
    counts_something,
    is_year_word,
    short_or_said,
    year_at,
)

_LONGEST = 50
"""The most years of a span."""
_PLANS = (FIVE_YEARS, 6, 9)
"""The same for plans of five, seven and ten years, which are named without a sign between the years."""
_SHORT_SPANS = (3, *_PLANS)
"""The same for spans whose years are written in two digits with a dash between them."""
_NEAR_SPANS = (1, 2)
"""Years as near as these, in two digits with a dash, are a span only where they are about the present: "24-25"."""
_RECENT = 10
"""So many years back and one ahead are about the present."""
_NUMBERED = frozenset(
    ["ngay", "dieu", "khoan", "so", "muc", "trang", "khoang", "tam", "lop", "size", "diem", "phong", "chuong"]
)
"""Before these two numbers are no years."""
_ROUNDS = ("nam", "ky")
"""Words between "from" or "to" and a year."""
_COMPARED = frozenset(["tang", "giam", "chenh", "hon", "kem", "so", "bien", "thay"])
_COMPARED_PAIRS = {"so": ("voi", "sanh"), "bien": ("dong",), "thay": ("doi",)}

_MANY = {"may": "mấy", "nhung": "những", "cac": "các", "vai": "vài"}
_PAST: dict[tuple[str, ...], str] = {
    ("gan", "day"): "gần đây", ("gan", "nhat"): "gần nhất", ("vua", "qua"): "vừa qua", ("qua",): "qua",
    ("lien", "tiep"): "", ("tro", "lai"): "",
}  # fmt: skip
"""Behind a number of years: those that ended last; with nothing to be said aloud, which ones they are is not said."""
_MOST_PAST = 30


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two years that may be the ends of a span: what leads to them and joins them, how many years are between them.

    `years`: how many were announced; `short`: one of them is not written in four digits; `spoken`: the second is said;
    `recent`: both are about the present, and no word before them makes them numbers.
    """

    lead: str
    years: int
    joined: str
    apart: int
    short: bool
    spoken: bool
    recent: bool
    end: int


_LEADS_TO_SHORT = ("stage", "years", "")
"""Behind these the first year may be in two digits."""


def span_at(said: Pieces, at: int, today: date) -> tuple[str, int] | None:
    """A span of years: "giai đoạn 21-25", "từ 2021 tới 2025", "5 năm 2016 2020"; (code, the piece after it)."""
    start, lead, years = _lead(said, at)
    first = year_at(said, start) or (short_or_said(said, start) if lead in _LEADS_TO_SHORT else None)
    if first is None or (lead and said.gap(start).strip("'\"(:")):
        return None
    place, joined = _joined(said, first[1])
    if joined in ("word", "dash") and said.is_word(place, "nay") and first[0] < today.year:
        return f"{first[0]}-{today.year}", place + 1
    second = year_at(said, place) or short_or_said(said, place)
    if second is None or joined == "none" or not first[0] < second[0] <= first[0] + _LONGEST:
        return None
    year, end = second
    if (joined == "" and _in_row(said, start, end)) or counts_something(said, end):
        return None
    short = not (_in_four_digits(said, start) and _in_four_digits(said, place))
    recent = _is_recent(first[0], year, today) and said.text(at - 1) not in _NUMBERED
    pair = _Pair(lead, years, joined, year - first[0], short, not said.digits(place), recent, end)
    return (f"{first[0]}-{year}", end) if lead == "stage" or _is_span(said, pair) else None


def _in_row(said: Pieces, start: int, end: int) -> bool:
    """Whether a further year stands beside two years without a sign between them."""
    return _is_year(said, start - 1) or _is_year(said, end)


def _is_recent(first: int, last: int, today: date) -> bool:
    """Whether two years are about the present."""
    return today.year - _RECENT < first and last <= today.year + 1


def _in_four_digits(said: Pieces, at: int) -> bool:
    return said.digits(at) and len(said.text(at)) == 4


def _is_span(said: Pieces, pair: _Pair) -> bool:
    """Whether two years that no "giai đoạn" announces are the ends of a span, not two years or two numbers."""
    if pair.short and (counts(said, pair.end) or not (pair.lead == "years" or _is_usual(pair))):
        return False
    planned = (pair.years - 1, pair.years) if pair.years else _PLANS
    if pair.joined == "" and pair.apart not in planned:
        return False
    return pair.joined == "dash" or pair.apart == FIVE_YEARS or not _is_compared(said)


def _is_usual(pair: _Pair) -> bool:
    """Whether years in two digits are as far apart as those of a plan, or recent; said ones need five years, others a dash."""
    if pair.spoken:
        return pair.apart == FIVE_YEARS
    usual = (*_SHORT_SPANS, *_NEAR_SPANS) if pair.recent else _SHORT_SPANS
    return pair.joined == "dash" and pair.apart in usual


def _is_year(said: Pieces, at: int) -> bool:
    """Whether four digits stand here that are a year."""
    return said.digits(at) and year_at(said, at) is not None


def _lead(said: Pieces, at: int) -> tuple[int, str, int]:
    """What announces a span: (the piece after it, "stage", "years", "from" or nothing, how many years were said)."""
    text, following = said.text(at), said.text(at + 1)
    if (text, following) in (("giai", "doan"), ("thoi", "ky"), ("thoi", "ki"), ("nhiem", "ky")):
        skip = said.text(at + 2) == "nam" and not said.gap(at + 2)
        return at + 2 + skip, "stage", 0
    if text == "tu" and said.is_word(at, "từ"):
        begins = following == "ky" and said.text(at + 2) == "dau"  # "từ kỳ đầu 2015"
        years = at > 0 and is_year_word(said, at - 1)  # "từng năm từ 21 đến 25"
        return at + 1 + (following in _ROUNDS) + begins, "years" if years else "from", 0
    if text.isdecimal() and len(text) <= 2 and following == "nam" and not said.gap(at + 1):
        return at + 2, "count", int(text)
    if is_year_word(said, at):
        return at + 1, "", 0
    return at, "", 0


def _joined(said: Pieces, at: int) -> tuple[int, str]:
    gap = said.gap(at)
    if gap in ("-", "~", "->", "=>"):
        return at, "dash"
    at += said.is_word(at, "cho") and said.is_word(at + 1, "đến", "tới") and not said.gap(at + 1)
    if not gap and said.is_word(at, "đến", "tới"):
        at += said.is_word(at + 1, "hết", "cuối") and not said.gap(at + 1)
        return at + 1 + (said.text(at + 1) in _ROUNDS), "word"
    return at, "" if not gap else "none"


def _is_compared(said: Pieces) -> bool:
    """Whether two times of the message are compared rather than joined."""
    for at, text in enumerate(said.texts):
        if text in _COMPARED and (text not in _COMPARED_PAIRS or said.text(at + 1) in _COMPARED_PAIRS[text]):
            return True
    return False


def past_years_at(said: Pieces, at: int, today: date) -> tuple[str, int, str] | None:
    """Years before now by how many they are: "3 năm qua", "hai năm trước"; (code, the piece after it, its words with their
    marks). The code is empty where it is not said which they are: "mấy năm gần đây"."""
    text = said.text(at)
    many = text in _MANY and said.is_word(at, _MANY[text])
    number, year = (None, at + 1) if many else years_at(said, at)
    if not (many or number) or said.text(year) != "nam" or not is_year_word(said, year):
        return None
    end = year + 1
    if number and said.is_word(end, "trước"):
        return str(today.year - number), end + 1, f"{number} năm trước"
    if many and said.text(end) in ("nay", "truoc"):
        return "", end + 1, ""
    for words, spoken in _PAST.items():
        if tuple(said.texts[end : end + len(words)]) == words:
            code = _last_years(number, today) if spoken else ""
            return code, end + len(words), f"{number} năm {spoken}" if code else ""
    return None


def _last_years(number: int | None, today: date) -> str:
    """The code of so many years that ended last; empty where there are not several, or too many."""
    return f"{today.year - number}-{today.year - 1}" if number and 1 < number <= _MOST_PAST else ""
