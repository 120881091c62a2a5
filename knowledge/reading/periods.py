"""Which time a question speaks of, read exactly: a time word that cannot be read means asking, never the whole year.

Codes: `2023`, `2024-H1`, `2024-Q3`, `2022-9M`, `2024-M03`, `2021-2025`, `2024-05-16`, `2021/2022-9M` (both together).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from knowledge.language.periods import first_day, last_day, shift_year, year_of
from knowledge.reading.spans import Text

__all__ = ["Period", "Periods", "first_day", "last_day", "read_periods", "shift_year", "year_of"]

_YEAR = r"(?:19|20)\d\d"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_DATE = re.compile(rf"\b(?:ngay )?(\d{{1,2}})\s?[/.-]\s?(\d{{1,2}})\s?[/.-]\s?({_YEAR})\b")
_DATE_WORDS = re.compile(rf"\bngay (\d{{1,2}}) thang (\d{{1,2}})(?: nam ({_YEAR}))?\b")
_UNTIL = re.compile(r"\b(?:den|toi|het)(?: het)?(?: ngay)? $")
_DAY = re.compile(r"\bngay (\d{1,2})\s?[/-]\s?(\d{1,2})\b(?!\s?/)")
_SPAN = re.compile(
    rf"\b(?:giai doan |thoi ky |tu nam |tu |nhiem ky )?({_YEAR})\s?(?:-|den nam|den|toi nam|toi)\s?({_YEAR})\b"
)
_SPAN_SHORT = re.compile(rf"\b(?:giai doan |thoi ky )({_YEAR})(?:\s?-\s?| )(?:19|20)?(\d\d)\b")
_COMPARED = re.compile(r"\b(?:tang|giam|chenh|hon|kem|so voi|so sanh|bien dong|thay doi)\b")
_THE_YEAR = r" nam(?! (?:nay|ngoai|roi|vua|qua|kia|toi|sau|truoc|hien|tiep|lien|do|ay)\b)"
_PART = re.compile(
    r"\b(?:tinh |luy ke )?(?:"
    rf"(?P<months>\d{{1,2}}) thang(?: (?P<side>dau|cuoi))?(?:{_THE_YEAR})?(?: (?P<side2>dau|cuoi){_THE_YEAR})?"
    rf"|(?P<half>nua (?P<half_side>dau|cuoi))(?:{_THE_YEAR})?"
    r"|(?:den |tinh den |toi )(?:het |cuoi )?(?P<until>giua nam|thang (?P<until_month>\d{1,2}))"
    r"|(?P<middle>giua nam)(?! (?:19|20)\d\d (?:va|voi|den))"
    r"|het thang (?P<end_month>\d{1,2})"
    r"|(?:(?:tinh den|den|toi) (?:het |cuoi )?|het )quy (?P<until_quarter>[1-4]|iv|iii|ii|i)(?![a-z])"
    r"|quy (?P<quarter>[1-4]|iv|iii|ii|i)(?![a-z])"
    r"|thang (?P<month>\d{1,2})"
    r")(?=\W|$)"
)
_IMPOSSIBLE = re.compile(
    rf"\b(?:quy (?:0|[5-9]|\d\d)|thang (?:0|00|1[3-9]|[2-9]\d))(?!\d)(?:(?:\s?/\s?| nam | ){_YEAR})?"
)
"""A quarter or a month that no year has: with its year it is taken out, so that the whole year is not meant instead."""
_FULL_YEAR = re.compile(r"\b(?:ca|tron|het|toan) nam\b")
_YEAR_WORD = re.compile(
    rf"\b(?:nam |nam hoc |trong |cua |/|-)?({_YEAR})\b(?! (?:trieu|ty(?! (?:le|trong))|nghin|ngan(?! sach)|dong(?! (?:nai|thap|bac|nam|hoi|xuan)))\b)"
)
_SHORT_YEAR = re.compile(r"\bnam (?:')?([12]\d)\b(?! (?:thang|ty|trieu|de an|tinh|dia phuong|co so|nguoi|%))")
_RELATIVE = re.compile(
    r"\b(?:(?P<this>nam nay|nam hien tai|nam hien nay)|(?P<last>nam ngoai|nam roi|nam vua roi|nam vua qua|nam qua)"
    r"|(?P<last2>nam kia|hai nam truoc|2 nam truoc)|(?P<after>nam (?:tiep theo|sau do|ke tiep))|(?P<next>nam toi|nam sau|sang nam)"
    r"|(?P<before>(?:nam|ky) truoc(?: do| day| nua)?|nam lien truoc|nam truoc day)"
    r"|(?P<same>cung ky(?: nam (?:truoc|ngoai))?))\b"
)
_UNCLEAR = re.compile(
    r"\b(?!2 nam truoc)(?:\d+|may|nhung|cac) nam (?:qua|gan day|gan nhat|truoc|lien tiep)\b|\bquy nay\b|\bthang nay\b|\btuan\b"
    r"|\bhom (?:qua|nay)\b|\bquy (?:truoc|sau|vua roi)\b|\bthang truoc\b"
)


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
    """What a question says about time. `joined`: the code of all its periods taken together, where they are joined by "và".

    `before`/`after`: a year relative to the one spoken of ("năm trước đó"); `same`: "cùng kỳ"; `unclear`: a time word
    that was seen but cannot be read; `full_year`: "cả năm".
    """

    found: tuple[Period, ...] = ()
    joined: str = ""
    before: bool = False
    after: bool = False
    same: bool = False
    unclear: str = ""
    day: str = ""
    full_year: bool = False


def _quarter(said: str) -> int:
    return _ROMAN[said] if said in _ROMAN else int(said)


def _months(number: int) -> str:
    """The months of a year up to this one."""
    return {6: "H1", 12: "12M"}.get(number, f"{number}M")


def _part_code(match: re.Match[str]) -> str:
    """The part of a year: H1, H2, Q1-Q4, M01-M12, nM; empty for what is no part."""
    if match["months"]:
        months = int(match["months"])
        late = "cuoi" in (match["side"], match["side2"])
        if months == 12:
            return "12M"
        if months == 6:
            return "H2" if late else "H1"
        if months > 12 or months == 0:
            return ""
        return f"{months}ML" if late else f"{months}M"
    if match["half"]:
        return "H2" if match["half_side"] == "cuoi" else "H1"
    if match["middle"] or (match["until"] and match["until"] == "giua nam"):
        return "H1"
    month = match["until_month"] or match["end_month"]
    if month:
        return "" if int(month) == 12 else _months(int(month))
    if match["quarter"]:
        return f"Q{_quarter(match['quarter'])}"
    if match["until_quarter"]:
        return _months(3 * _quarter(match["until_quarter"]))
    if match["month"]:
        return f"M{int(match['month']):02d}"
    return ""


def _is_day(stamp: str) -> bool:
    try:
        date.fromisoformat(stamp)
    except ValueError:
        return False
    return True


def _is_month_end(match: re.Match[str], whole: str) -> bool:
    """Whether a day is said to be the last of the months that are meant ("đến 30/6/2019"); a year's last day stays a day."""
    year, month, day = int(match[3]), int(match[2]), int(match[1])
    return month < 12 and day == monthrange(year, month)[1] and bool(_UNTIL.search(whole[: match.start()]))


def read_periods(text: Text, today: date) -> Periods:
    """Take every time expression out of `text`. `today` is what "năm nay" is read against."""
    found: list[Period] = []
    day = ""
    unclear = ""
    for pattern in (_DATE, _DATE_WORDS, _DAY):
        for match in text.take_all(pattern):
            said_year = match[3] if pattern is not _DAY else None
            stamp = f"{int(match[2]):02d}-{int(match[1]):02d}"
            if not _is_day(f"{said_year or 2024}-{stamp}"):
                unclear = match.group()
            elif said_year and _is_month_end(match, text.whole):
                code = _months(int(match[2]))
                found.append(Period(f"{said_year}-{code}", match.start(), code))
            elif said_year:
                found.append(Period(f"{said_year}-{stamp}", match.start()))
            else:
                day = stamp
    for match in text.take_all(_IMPOSSIBLE):
        unclear = match.group()
    for match in text.take_all(_UNCLEAR):
        unclear = match.group()
    for match in text.take_all(_SPAN_SHORT):
        found.append(Period(f"{match[1]}-{match[1][:2]}{match[2]}", match.start()))
    compared = bool(_COMPARED.search(text.whole))
    for match in text.find_all(_SPAN):
        said_span = "-" in match.group() or "giai doan" in match.group() or "thoi ky" in match.group()
        if int(match[1]) < int(match[2]) and (said_span or not compared):
            text.take(*match.span())
            found.append(Period(f"{match[1]}-{match[2]}", match.start()))

    parts: list[tuple[int, int, str]] = []
    for match in text.find_all(_PART):
        code = _part_code(match)
        if code:
            parts.append((match.start(), match.end(), code))
            text.take(*match.span())
        else:
            unclear = unclear or match.group()
    full_year = bool(list(text.take_all(_FULL_YEAR)))

    years: list[tuple[int, int, str, str]] = []
    relative_before = relative_after = same = False
    for match in text.take_all(_RELATIVE):
        if match["before"]:
            relative_before = True
        elif match["after"]:
            relative_after = True
        elif match["same"]:
            same = True
        else:
            shift = 0 if match["this"] else -1 if match["last"] else -2 if match["last2"] else 1
            years.append((match.start(), match.end(), str(today.year + shift), match.group()))
    for match in text.find_all(_YEAR_WORD):
        years.append((match.start(), match.end(), match[1], ""))
        text.take(*match.span())
    for match in text.take_all(_SHORT_YEAR):
        years.append((match.start(), match.end(), f"20{match[1]}", ""))
    years.sort()

    free = list(years)
    for start, end, code in parts:
        if code == "12M":
            continue
        after = [year for year in free if year[0] >= end - 1] or [
            year for year in years if year[0] >= end - 1
        ]
        before = [year for year in free if year[0] < start] or [year for year in years if year[0] < start]
        gap = text.whole[end : after[0][0]] if after else ""
        pick = None
        if after and len(gap) <= 24 and not re.search(r"\bva\b|\bso voi\b|,", gap):
            pick = after[0]
        elif before:
            pick = before[-1]
        elif after:
            pick = after[0]
        if pick:
            if pick in free:
                free.remove(pick)
            found.append(Period(f"{pick[2]}-{code}", start, code, pick[3]))
        else:
            found.append(Period("", start, code))
    for start, _, year, said in free:
        found.append(Period(year, start, "", said))
    found.sort(key=lambda period: period.position)
    unique = tuple({(period.code, period.part): period for period in reversed(found)}.values())[::-1]
    unique = tuple(sorted(unique, key=lambda period: period.position))
    if full_year:
        unique = tuple(period for period in unique if period.code or not period.part) or unique
    return Periods(
        unique, _joined(unique, text.whole), relative_before, relative_after, same, unclear, day, full_year
    )


def _joined(periods: tuple[Period, ...], whole: str) -> str:
    if len(periods) != 2 or not all(period.code for period in periods):
        return ""
    between = whole[periods[0].position : periods[1].position]
    if re.search(r"(?:\bva\b|\bvoi\b|\bcung\b|\+|,|&|\bcong\b|\bden\b)", between) or re.search(r"-", between):
        return "/".join(period.code for period in periods)
    return ""
