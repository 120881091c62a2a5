"""Which times fall within others, and whether years are asked for one by one."""

from __future__ import annotations

from knowledge.answering.ranking import YEAR
from knowledge.reading.question import Question


def years_of(period: str) -> tuple[int, ...]:
    """The first and the last year of a span of years; of another period nothing."""
    parts = period.split("-")
    return tuple(map(int, parts)) if all(len(one) == YEAR and one.isdigit() for one in parts) else ()


def year_by_year(question: Question) -> bool:
    """Whether the years of a span are asked for one by one."""
    return bool(question.series or question.listing or question.reading.has("operator", "table", "each"))


def within(period: str, times: tuple[str, ...]) -> bool:
    """A year takes in its halves, quarters and months, and what begins in it; no time named takes in any."""
    return bool(period) and (not times or period in times or period[:4] in times)


def among(period: str, times: tuple[str, ...]) -> bool:
    """Whether a time begins within one of these times, spans of years too."""
    return within(period, times) or any(
        ends[0] <= int(period[:YEAR]) <= ends[-1] for ends in map(years_of, times) if ends and period
    )
