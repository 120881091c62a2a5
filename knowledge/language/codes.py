"""Codes of periods: the year, the first and the last day of one, the same part of another year."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

YEAR_PART = re.compile(
    r"((?:19|20)\d\d)(?:-(?:(H[12])|Q([1-4])|(\d{1,2})M|M(\d\d)|(\d\d-\d\d)|\d{1,2}ML|(?:19|20)\d\d))?"
)
"""One code. A span of years and the last months of one have no group."""
_YEAR_DIGITS = 4


def year_of(code: str) -> int | None:
    """The (first) year of a period code."""
    return int(code[:4]) if re.match(r"(?:19|20)\d\d", code) else None


def years_of(period: str) -> tuple[int, ...]:
    """The first and the last year of a span of years, a year alone; of another period nothing."""
    parts = period.split("-")
    return tuple(map(int, parts)) if all(len(one) == _YEAR_DIGITS and one.isdigit() for one in parts) else ()


def last_day(code: str) -> date:
    """The last day of the (first) time that a period code names: of a year, half, quarter, months, month or day."""
    first = code.split("/")[0]
    found = YEAR_PART.fullmatch(first) or YEAR_PART.match(first[:4])
    if found is None:
        raise ValueError(f"no period code: {code!r}")
    year, half, quarter, months, month, day = found.groups()
    if day:
        return date.fromisoformat(f"{year}-{day}")
    end = 6 * int(half[1]) if half else 3 * int(quarter) if quarter else int(months or month or 12)
    return date(int(year), end, monthrange(int(year), end)[1])


def first_day(code: str) -> date:
    """The first day of the (first) time that a period code names."""
    part = code.split("/")[0].partition("-")[2]
    end = last_day(code)
    if re.fullmatch(r"\d\d-\d\d", part):
        return end
    length = {"H": 6, "Q": 3, "M": 1}.get(part[:1], 12)
    return date(end.year, max(end.month - length, 0) + 1, 1)


def shift_year(code: str, by: int) -> str:
    """The same part of another year: `2024-H1`, -1 → `2023-H1`; spans and dates are left as they are."""
    if re.fullmatch(r"(?:19|20)\d\d(?:-(?:H[12]|Q[1-4]|\d+ML?|M\d\d))?", code):
        return str(int(code[:4]) + by) + code[4:]
    return code
