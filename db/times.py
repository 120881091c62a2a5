"""Days and periods as people write them → as content files hold them. Nothing that is missing is guessed."""

from __future__ import annotations

import re
from datetime import date, timedelta

from knowledge.text import fold

FIRST_YEAR, LAST_YEAR = 1945, 2100
EXCEL_EPOCH = date(1899, 12, 30)
"""The day from which spreadsheets count."""

_DAY = re.compile(
    r"(?:ngay )?(?P<day>\d{1,2})\s*(?:[/.-]|thang)\s*(?P<month>\d{1,2})\s*(?:[/.,-]|nam)\s*(?P<year>\d{4}|\d{2})"
)
_MONTH = re.compile(r"(?:thang )?(?P<month>\d{1,2})\s*(?:[/.-]|nam)\s*(?P<year>\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ t]00:00(?::00(?:\.0+)?)?)?")
_YEAR = re.compile(r"(?:ca )?(?:nam )?(\d{4})(?:\.0)?")
_SPAN = re.compile(r"(?:giai doan |thoi ky |cac nam |tu (?:nam )?)?(\d{4})\s*(?:-|den(?: nam)?)\s*(\d{4})")
_SHORT_SPAN = re.compile(r"(?:giai doan |thoi ky )(\d{2})\s*-\s*(\d{2})")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_QUARTER = re.compile(r"(?:quy|q) ?(1|2|3|4|iv|i{1,3}) ?(?:[/.,-]|nam)? ?(\d{4})")
_MONTHS = re.compile(
    r"(?P<count>\d{1,2}) ?(?:thang|t) ?(?P<end>dau|cuoi)? ?(?:cua )?(?:nam)? ?(?:[/-])? ?(?P<year>\d{4})"
)
_HALF = re.compile(r"(?:nua|6 thang) (?P<end>dau|cuoi) (?:nam )?(?P<year>\d{4})")
_CODE = re.compile(r"(\d{4})-(?:(h[12]|q[1-4])|(\d{1,2})m)")
_FIRST_OF_YEAR = re.compile(r"(\d{4})-01-01(?:[ t]00:00.*)?")


def day_of(typed: str, today: date) -> str:
    """`16/5/2024`, "ngày 16 tháng 5 năm 2024", `5/2024`, `2024` as `YYYY-MM-DD`, `YYYY-MM`, `YYYY`.

    What is none of these comes back as it is, for `read_date` to refuse.
    """
    said = fold(typed).strip(" .")
    if said in ("hom nay", "hom qua"):
        return (today - timedelta(days=said == "hom qua")).isoformat()
    if found := _ISO.fullmatch(said):
        return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    if found := _DAY.fullmatch(said):
        year = found["year"] if len(found["year"]) == 4 else f"20{found['year']}"
        return f"{year}-{int(found['month']):02}-{int(found['day']):02}"
    if found := _MONTH.fullmatch(said):
        return f"{found['year']}-{int(found['month']):02}"
    if found := _YEAR.fullmatch(said):
        return found[1]
    return typed.strip()


def period_of(typed: str, today: date) -> str:
    """A period in words or as a code: "6 tháng đầu năm 2024" → `2024-H1`, "quý III/2024" → `2024-Q3`.

    Raises `ValueError` with what to write where no year is said, or it is no period at all.
    """
    said = fold(typed).strip(" .")
    if "/" in said and all(_coded(part) for part in said.split("/")):
        return "/".join(_coded(part) for part in said.split("/"))
    for read in (_coded, _spanned, _parted):
        if code := read(said):
            return code
    day = day_of(typed, today)
    if re.fullmatch(r"\d{4}(?:-\d\d){0,2}", day) and FIRST_YEAR <= int(day[:4]) <= LAST_YEAR:
        return day
    raise ValueError(
        f"kỳ “{typed}” chưa rõ; viết như 2023, 6 tháng đầu năm 2024, quý III/2024, giai đoạn 2021-2025"
    )


def _coded(said: str) -> str:
    """A code of the content files, or a bare year."""
    if found := _CODE.fullmatch(said):
        return f"{found[1]}-{found[2].upper()}" if found[2] else f"{found[1]}-{int(found[3])}M"
    found = _YEAR.fullmatch(said)
    return found[1] if found and FIRST_YEAR <= int(found[1]) <= LAST_YEAR else ""


def _spanned(said: str) -> str:
    if found := _SPAN.fullmatch(said):
        return f"{found[1]}-{found[2]}" if found[1] < found[2] else ""
    found = _SHORT_SPAN.fullmatch(said)
    return f"20{found[1]}-20{found[2]}" if found and found[1] < found[2] else ""


def _parted(said: str) -> str:
    """A half, a quarter, or months from January."""
    if found := _QUARTER.fullmatch(said):
        return f"{found[2]}-Q{_ROMAN.get(found[1], found[1])}"
    if found := _HALF.fullmatch(said):
        return f"{found['year']}-H{1 if found['end'] == 'dau' else 2}"
    found = _MONTHS.fullmatch(said)
    if found is None or not 1 <= int(found["count"]) <= 12:
        return ""
    count, late = int(found["count"]), found["end"] == "cuoi"
    if count == 6:
        return f"{found['year']}-H{2 if late else 1}"
    if late:
        return f"{found['year']}-Q4" if count == 3 else ""
    return found["year"] if count == 12 else f"{found['year']}-{count}M"


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
