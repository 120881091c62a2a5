"""The days and the years that a claim names, and from which day until which something lasted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from knowledge.answers.claim_words import is_break
from knowledge.language.spans import IDLE, Reading, Span
from knowledge.reading.question import Question

DAY = len("0000-00-00")
DAY_CODE = re.compile(r"\d{4}-\d\d-\d\d")
DATES = {
    "expired": ("until", "in_force_to"),
    "since": ("since", "in_force_from"),
    "validity": ("since", "in_force_from"),
    "in_force": ("since", "in_force_from"),
    "issued": ("issued", "issued_on"),
    "signer": ("issued", "issued_on"),
}
"""Aspect → the kind of part that a date beside it is, and the field of a document that holds it."""


def times_named(question: Question) -> tuple[list[str], list[str]]:
    """The days (`MM-DD`) and the years that a claim names."""
    compared = {one.end for one in question.reading.of("operator", "compare")}
    compared |= {one.end for one in question.reading.of("measure", "rate")}  # "so kế hoạch 2024"
    times = [span for span in question.reading.of("period") if span.start not in compared]
    codes = [span.value for span in times if span.value[:1].isdigit()]
    said = question.reading
    days = [day for one in times if _is_day(one.value) for day in ends_of(said, one) or (one.value[5:],)]
    days += [question.periods.day] if question.periods.day else []
    years = [code[:4] for code in codes] or [one.code[:4] for one in question.periods.found if one.code]
    return list(dict.fromkeys(days)), list(dict.fromkeys(years))


def _is_day(code: str) -> bool:
    return len(code) == DAY and code[4] == code[7] == "-"


def first_day(reading: Reading, span: Span) -> int:
    """The word of the day from which something lasts until a day ("từ 15 đến 19/12", "16-19/5"); that of the day for one."""
    before = [one for one in reading.spans if one.end <= span.start][-2:]
    joined = len(before) > 1 and before[1].slot == "until" and before[0].end == before[1].start
    if joined and before[0].text.isdecimal():
        return before[0].start
    return span.start - (span.start > 0 and "-" in reading.words[span.start].break_before)


def ends_of(reading: Reading, span: Span) -> tuple[str, ...]:
    """The first and the last day (`MM-DD`) of a time that is told from a day until another; nothing for one day."""
    if not _is_day(span.value):
        return ()
    numbers = [
        int(word.text) for word in reading.words[first_day(reading, span) : span.end] if word.text.isdecimal()
    ]
    month = int(span.value[5:7])
    first, last = (*numbers, month, month)[:2]
    return (f"{month:02}-{first:02}", f"{month:02}-{last:02}") if last != month and last > first else ()


def day_before(code: str) -> str:
    """The day before a day: the last of what ends "from" it; empty for another time."""
    return (date.fromisoformat(code) - timedelta(days=1)).isoformat() if DAY_CODE.fullmatch(code) else ""


def right_before(aspect: Span, period: Span) -> bool:
    """Whether a time stands right behind a word, or one word further."""
    return aspect.end <= period.start <= aspect.end + 1


def beside(reading: Reading, named: Span, period: Span) -> bool:
    """Whether a time stands right behind the name of a document, or behind who made it."""
    between = [one for one in reading.spans if named.end <= one.start < period.start]
    made = (
        one.slot in (*IDLE, "region") or one.means("kind", "office", "official", "province")
        for one in between
    )
    return right_before(named, period) or (named.end <= period.start and all(made))


def nearest(reading: Reading, span: Span, aspects: Sequence[Span]) -> str:
    """What a date is of: the word for it that stands nearest, in its clause if there is one."""

    def distance(one: Span) -> float:
        before = one.end <= span.start
        low, high = (one.end, span.start) if before else (span.end, one.start)
        return (
            high
            - low
            + (0 if before else 0.5)
            + 10 * sum(is_break(reading, at) for at in range(low, high + 1))
        )

    best = min(aspects, key=distance, default=None)
    return next(name for name in DATES if best.means("aspect", name)) if best is not None else "issued"
