"""The days and the years that a claim names, and from which day until which something lasted."""

from __future__ import annotations

import re
from datetime import date, timedelta

from knowledge.language.spans import Reading, Span
from knowledge.reading.question import Question

DAY = len("0000-00-00")
DAY_CODE = re.compile(r"\d{4}-\d\d-\d\d")


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
