"""Days and periods as people write them → as content files hold them. Nothing that is missing is guessed."""

from __future__ import annotations

import re
from datetime import date, timedelta

from knowledge.language.alignment import aligned
from knowledge.language.periods import periods
from knowledge.text import fold

FIRST_YEAR, LAST_YEAR = 1945, 2100
EXCEL_EPOCH = date(1899, 12, 30)
"""The day from which spreadsheets count."""

_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2})(?:[ t]00:00(?::00(?:\.0+)?)?)?)?")
_CODED = re.compile(r"\d{4}(?:-(?:h[12]|q[1-4]|\d{1,2}m))?")
_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}")
_PERIOD = re.compile(r"\d{4}(?:-(?:\d{4}|[HQ]\d|\d{1,2}M))?")
_FIRST_OF_YEAR = re.compile(r"(\d{4})-01-01(?:[ t]00:00.*)?")


def day_of(typed: str, today: date) -> str:
    """`16/5/2024`, "ngày 16 tháng 5 năm 2024", `5/2024`, `2024` as `YYYY-MM-DD`, `YYYY-MM`, `YYYY`.

    What is none of these comes back as it is, for `read_date` to refuse.
    """
    code = _said(typed, today)
    return code if _DAY.fullmatch(code) else typed.strip()


def period_of(typed: str, today: date) -> str:
    """A period in words or as a code: "6 tháng đầu năm 2024" → `2024-H1`, "quý III/2024" → `2024-Q3`.

    Raises `ValueError` with what to write where no year is said, or it is no period at all.
    """
    said = fold(typed).strip(" .")
    coded = all(_CODED.fullmatch(part) for part in said.split("/"))
    code = said.upper() if coded else _said(typed, today)
    known = coded or _DAY.fullmatch(code) or _PERIOD.fullmatch(code)
    if known and FIRST_YEAR <= int(code[:4]) <= LAST_YEAR:
        return code
    raise ValueError(
        f"kỳ “{typed}” chưa rõ; viết như 2023, 6 tháng đầu năm 2024, quý III/2024, giai đoạn 2021-2025"
    )


def _said(typed: str, today: date) -> str:
    """The code of the one time that is all that was typed; empty where it is none, or needs a clock to be read."""
    said = fold(typed).strip(" .")
    if said in ("hom nay", "hom qua"):
        return (today - timedelta(days=said == "hom qua")).isoformat()
    if found := _ISO.fullmatch(said):
        return "-".join([found[1], *(f"{int(one):02}" for one in found.groups()[1:] if one)])
    plain = re.sub(r"(?<=\d)\.(?=\d)", "/", re.sub(r"\.0$", "", typed.strip(" .")))
    words = aligned(plain, fold(plain))
    found_times = periods(words, today)
    if [(one.start, one.end, one.relative) for one in found_times] != [(0, len(words), "")]:
        return ""
    return found_times[0].code.replace("-M", "-").replace("-3ML", "-Q4")


def year_of_day(cell: str) -> str:
    """The year that a sheet's date cell was meant to be: 1 January, or a year typed into a column of dates.

    `1905-07-15` is how a spreadsheet shows the number 2023 in such a column. Empty for a real day.
    """
    if found := _FIRST_OF_YEAR.fullmatch(cell):
        return found[1]
    found = _ISO.fullmatch(cell)
    if found and found[1] == "1905":
        serial = (date(int(found[1]), int(found[2]), int(found[3])) - EXCEL_EPOCH).days
        return str(serial) if FIRST_YEAR <= serial <= LAST_YEAR else ""
    return ""
