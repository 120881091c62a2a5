"""The times of a message as answers use them, out of the spans of its `Reading`.

Codes: `2023`, `2024-H1`, `2024-Q3`, `2022-9M`, `2024-M03`, `2021-2025`, `2024-05-16`, `2021/2022-9M` (both together).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.language.codes import first_day, last_day, shift_year, year_of, years_of
from knowledge.language.spans import Reading, Span
from knowledge.reading.slots import taken_back

__all__ = [
    "Period",
    "Periods",
    "first_day",
    "last_day",
    "periods_of",
    "shift_year",
    "year_of",
]

_DAY = re.compile(r"~\d\d-\d\d")
_WHOLE = "~12M"
_JOINING_WORDS = frozenset(["va", "voi", "cung", "cong", "den"])
_JOINING_SIGNS = ("+", ",", "&", "-")

_BETWEEN = frozenset({"courtesy", "function", "kind", "fact"})
"""Slots of what may stand between the beginning of a business and its time: what it was that began."""
_WHOSE = frozenset({"cooperative", "household", "small", "new", "branch"})
"""Facts that name the workshop of somebody who asks."""


@dataclass(frozen=True, slots=True)
class Period:
    """One time in a question. `code` is empty where a part of the year was named without the year (`part` holds it).

    `relative`: the words that were read against the clock ("năm ngoái"), to be said aloud.
    """

    code: str
    position: int
    part: str = ""
    relative: str = ""


@dataclass(frozen=True, slots=True)
class Periods:
    """What a question says about time. `joined`: the code of its two periods taken together, where they are joined by "và".

    `before`/`after`: a year relative to the one spoken of ("năm trước đó"); `same`: "cùng kỳ"; `unclear`: a time word
    that was seen but cannot be read; `day`: a day without its year (`MM-DD`); `full_year`: "cả năm" without one.
    """

    found: tuple[Period, ...] = ()
    joined: str = ""
    before: bool = False
    after: bool = False
    same: bool = False
    unclear: str = ""
    day: str = ""
    full_year: bool = False


def periods_of(reading: Reading) -> Periods:
    """The times that a reading names and does not rule out."""
    gone = taken_back(reading, "period")
    inside = [range(one.start, one.end) for one in reading.of("reference", "previous", "next")]
    spans = tuple(span for span in reading.named("period") if span.value not in gone)
    spans = tuple(span for span in spans if not any(span.start in one for one in inside))
    spans = () if _of_own_history(reading, spans) else spans
    values = [span.value for span in spans]
    found: dict[tuple[str, str], Period] = {}
    for span in spans:
        time = _period(reading, span)
        if time is not None and (time.code or _WHOLE not in values):
            found.setdefault((time.code, time.part), time)
    return Periods(
        tuple(found.values()),
        "" if reading.excluded("period") else _joined(reading, spans),
        "relation:before" in values,
        "relation:after" in values,
        "relation:same" in values,
        next((reading.as_typed(span) for span in spans if span.value == "unread"), ""),
        next((value[1:] for value in values if _DAY.fullmatch(value)), ""),
        _WHOLE in values,
    )


def _of_own_history(reading: Reading, spans: tuple[Span, ...]) -> bool:
    """Whether the one time that is named only says since when somebody has been in business."""
    own = reading.has("intent") or reading.has("kind", "establishment") or reading.has("fact", *_WHOSE)
    if len(spans) != 1 or not own:
        return False
    if dict(spans[0].others).get("clock") and len(years_of(spans[0].value)) > 1:
        return not reading.has("measure")
    if not spans[0].value.isdecimal() or spans[0].others:
        return False
    before = [span for span in reading.spans if span.end <= spans[0].start]
    while before and before[-1].slot in _BETWEEN and not before[-1].means("function", "begun"):
        before.pop()
    other = reading.has("programme") or reading.has("document")
    return bool(before) and before[-1].means("function", "begun") and not other


def _period(reading: Reading, span: Span) -> Period | None:
    """The time of a span: a code, or a part of a year without it; None for a day, a whole year or a relation."""
    named = span.value[:4].isdigit()
    part = span.value[1:] if span.value.startswith("~") else ""
    if not named and (not part or span.value == _WHOLE or _DAY.fullmatch(span.value)):
        return None
    clock = next((words for slot, words in span.others if slot == "clock"), "")
    return Period(span.value if named else "", reading.words[span.start].start, part, clock)


def _joined(reading: Reading, spans: tuple[Span, ...]) -> str:
    """The code of two times that are joined, not compared."""
    coded = list({span.value: span for span in reversed(spans) if span.value[:4].isdigit()}.values())[::-1]
    if len(coded) != 2:
        return ""
    first, second = coded
    between = reading.words[first.end : second.start + 1]
    joined = any(
        word.text in _JOINING_WORDS or word.break_before.startswith(_JOINING_SIGNS) for word in between
    )
    return f"{first.value}/{second.value}" if joined else ""
