"""Arithmetic on printed numbers: what a printed figure may really be, and what follows from several of them.

A printed number stands for a closed interval. "18,3 tỷ đồng" is anything from 18,25 to 18,35 tỷ đồng; "hơn 75,6 tỷ đồng"
anything from 75,6 to 75,7 (one more in the last printed digit). Everything here is exact (`Decimal`), in the unit of the
words read: đồng for amounts, percent for percents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from knowledge.records import Figure

Outcome = Literal["match", "rounding", "mismatch"]

HUNDRED = Decimal(100)

# Unit words in the languages in which the sources print them; the first that fits is taken, so longer ones come first.
_UNITS: tuple[tuple[str, int], ...] = (
    (r"(?:nghìn|ngàn)\s+t[ỷỉ]", 10**12),
    (r"trillion", 10**12),
    (r"t[ỷỉ]\b|billion|milliards?\b|Milliarden?\b|miliar\b", 10**9),
    (r"億", 10**8),
    (r"triệu|million|Million(?:en)?\b|juta\b", 10**6),
    (r"nghìn|ngàn|thousand|ribu\b", 10**3),
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_ROMAN = re.compile(r"\b(?=[IVXLC])(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})\b")
_ENGLISH = re.compile(
    r"billion|million|trillion|thousand|percent|\bMilliarden\b|\bVND\s?\d|\b(?:over|than|nearly|about|around|some)\b"
)
_WORDS = {
    word: number
    for counting in (
        "one two three four five six seven eight nine ten",
        "một hai ba bốn năm sáu bảy tám chín mười",
    )
    for number, word in enumerate(counting.split(), 1)
}
_NONE = re.compile(r"^(?:không|chưa)\s")


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `low` to `high`, both included."""

    low: Decimal
    high: Decimal

    def __contains__(self, number: Decimal) -> bool:
        return self.low <= number <= self.high

    def meets(self, other: Interval) -> bool:
        """True when the two share at least one number."""
        return self.low <= other.high and other.low <= self.high

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)


@dataclass(frozen=True, slots=True)
class Reading:
    """A number as printed, in base units, and the worth of its last printed digit (0: nothing was rounded)."""

    value: Decimal
    step: Decimal

    def interval(self, qualifier: str = "exact") -> Interval:
        """`over`: up to one step more; `under`: up to one step less; otherwise half a step to both sides."""
        if qualifier == "over":
            return Interval(self.value, self.value + self.step)
        if qualifier == "under":
            return Interval(self.value - self.step, self.value)
        return Interval(self.value - self.step / 2, self.value + self.step / 2)


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure for calculating: its value, and the interval that it stands for."""

    value: Decimal
    interval: Interval


@lru_cache(maxsize=32_768)  # the figures of one place and time are held against each other again and again
def readings(as_printed: str, *, sure: bool = False) -> tuple[Reading, ...]:
    """Every number that the text can be read to print, the likeliest first; empty when it prints none.

    Marks are read the Vietnamese way (1.234,5) unless the words are English or that way is impossible; the other way
    and number words follow as second readings. `sure` leaves those out, except beside English words (translators often
    leave the marks as they are). A unit after the last number of a range holds for all ("5 - 6 tỷ").
    """
    if _NONE.match(as_printed):
        return (Reading(Decimal(0), Decimal(0)),)
    likely: list[Reading] = []
    other: list[Reading] = []
    english = bool(_ENGLISH.search(as_printed))
    for found in _NUMBER.finditer(as_printed):
        factor = _factor(as_printed[found.end() :])
        scaled = [Reading(value * factor, step * factor) for value, step in ways(found[0], english=english)]
        likely += scaled[:1]
        other += scaled[1:]
    likely += [Reading(Decimal(roman(found[0])), Decimal(0)) for found in _ROMAN.finditer(as_printed)]
    words = re.findall(r"\w+", as_printed.casefold())
    other += [Reading(Decimal(_WORDS[word]), Decimal(0)) for word in words if word in _WORDS]
    return tuple(likely) if sure and not english else tuple(likely + other)


def ways(number: str, *, english: bool = False) -> Iterator[tuple[Decimal, Decimal]]:
    """Every value that digits with marks can be, with the step of the last digit; the way of the language first."""
    for group, point in (",.", ".,") if english else (".,", ",."):
        whole = rf"(?:\d{{1,3}}(?:{re.escape(group)}\d{{3}})+|\d+)"
        if re.fullmatch(rf"{whole}(?:{re.escape(point)}\d+)?", number):
            plain = number.replace(group, "").replace(point, ".")
            value = Decimal(plain)
            yield value, Decimal((0, (1,), int(value.as_tuple().exponent)))
            if group not in number and point not in number:
                return


def _factor(after: str) -> Decimal:
    after = re.sub(r"^\s*(?:[-–—]|đến|to)\s*\d+(?:[.,]\d+)*", "", after)
    for words, factor in _UNITS:
        if re.match(rf"\s*(?:{words})", after):
            return Decimal(factor)
    return Decimal(1)


def roman(text: str) -> int:
    """The number that capital Roman numerals are."""
    worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    numbers = [worth[letter] for letter in text]
    return sum(-n if any(n < later for later in numbers[i + 1 :]) else n for i, n in enumerate(numbers))


_WHOLE = Decimal(100)


def agrees(figure: Figure) -> bool:
    """Whether `value` (and `value_max`) are what `as_printed` prints. Amounts allow only the likeliest reading of marks."""
    return all(
        _printed(figure, number) is not None
        for number in (figure.value, figure.value_max)
        if number is not None
    )


def _printed(figure: Figure, number: float) -> Reading | None:
    """The reading of `as_printed` that gives this number; a fall is printed without its sign, a move against the same time
    of the year before also as how much of it that is ("bằng 152% cùng kỳ")."""
    wanted = abs(Decimal(repr(number)))
    of_whole = _WHOLE if (figure.measure, figure.against) == ("change", "same_period") else None
    for reading in readings(figure.as_printed, sure=figure.unit in ("VND", "percent")):
        if reading.value == wanted:
            return reading
        if of_whole and abs(reading.value - of_whole) == wanted:
            return replace(reading, value=wanted)
    return None


def measure(figure: Figure) -> Measured:
    """A figure as printed, ready for calculating. What is not printed as a number counts as exact."""
    low = _side(figure, figure.value)
    if figure.value_max is None:
        return low
    high = _side(figure, figure.value_max)
    return Measured(low.value, Interval(low.interval.low, high.interval.high))


def _side(figure: Figure, number: float) -> Measured:
    value = Decimal(repr(number))
    reading = _printed(figure, number) or Reading(abs(value), Decimal(0))
    interval = reading.interval(figure.qualifier)
    return Measured(value, -interval if value < 0 else interval)


def ratio(part: Measured, whole: Measured) -> Measured:
    """`part` in percent of `whole`. Raises `ZeroDivisionError` when `whole` may be nought."""
    below = whole.interval
    if Decimal(0) in below:
        raise ZeroDivisionError("the whole may be nought")
    ends = [HUNDRED * a / b for a in (part.interval.low, part.interval.high) for b in (below.low, below.high)]
    return Measured(HUNDRED * part.value / whole.value, Interval(min(ends), max(ends)))


def total(parts: Iterable[Measured]) -> Measured:
    """The sum of all parts."""
    items = list(parts)
    low = sum((item.interval.low for item in items), Decimal(0))
    high = sum((item.interval.high for item in items), Decimal(0))
    return Measured(sum((item.value for item in items), Decimal(0)), Interval(low, high))


def change(new: Measured, old: Measured) -> Measured:
    """How much `new` is above `old`, in percent of `old`; a fall is negative."""
    against = ratio(new, old)
    return Measured(
        against.value - HUNDRED, Interval(against.interval.low - HUNDRED, against.interval.high - HUNDRED)
    )


def share_in_sum(part: Measured, others: Sequence[Measured], whole: Measured) -> Interval | None:
    """`part` in percent of `whole`, when `part` and `others` add up to it exactly before anything was rounded.

    Narrower than `ratio`. None when no such numbers exist within the printed intervals.
    """
    a, b, t = part.interval, total(others).interval, whole.interval
    corners = [(x, y) for x in (a.low, a.high) for y in (b.low, b.high)]
    corners += [(x, s - x) for x in (a.low, a.high) for s in (t.low, t.high)]
    corners += [(s - y, y) for y in (b.low, b.high) for s in (t.low, t.high)]
    shares = [HUNDRED * x / (x + y) for x, y in corners if x in a and y in b and x + y in t and x + y]
    return Interval(min(shares), max(shares)) if shares else None


def compare(recomputed: Measured, printed: Interval) -> Outcome:
    """`match`: the recomputed value rounds to the printed one; `rounding`: only rounded inputs can explain the
    difference; `mismatch`: nothing within the printed precision does."""
    if not recomputed.interval.meets(printed):
        return "mismatch"
    return "match" if recomputed.value in printed else "rounding"
