"""Where a passage begins, breaks and counts: clean lines whose folded letters stand where the printed ones do, and their numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from knowledge.reading.numbers import UNITS, parse_number
from knowledge.reading.periods import read_periods
from knowledge.reading.slots import read_documents
from knowledge.reading.spans import Text
from knowledge.text import fold

MOST_CHARS = 60_000
"""What is longer is cut: no report on one subject is."""

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_SCALE = r"nghin ty|ngan ty|ty|ti|trieu|nghin|ngan"
_SPOT = re.compile(
    rf"(?<![\w.,])(?<![a-z]-)(?P<low>{_NUMBER})(?:\s?(?P<to>-|den|toi)\s?(?P<high>{_NUMBER}))?(?![\w])(?!/(?:19|20)\d\d)"
    rf"(?:\s?(?P<unit>%|phan tram\b|diem phan tram\b|(?:{_SCALE})\b(?:\s(?P<more>\d{{1,3}}) (?P<more_scale>trieu|nghin)\b)?)?(?P<dong>\s?(?:dong|vnd|d)\b)?)?"
)
_ORDINAL = re.compile(
    r"\b(?:lan thu|thu|dot|dot thu|khoan|dieu|diem|so|muc|phu luc|bang|bieu|cap|hang|loai|quy|luc|phong|cong nghiep|trang|tang|ca|to|tiet|chuong) \(?\d+(?:[.,]\d+)?(?!\s?(?:%|ty|trieu|dong|[.,]?\d))"
)
_ALREADY_OVER = (
    r"(?<!cao )(?<!thap )(?<!nhieu )(?<!it )(?<!lon )(?<!nho )hon|tren|vuot|khong duoi|it nhat|toi thieu"
)
_QUALIFIER = re.compile(
    rf"\b(?:(?P<over>{_ALREADY_OVER})|(?P<about>gan|khoang|xap xi|uoc khoang|chung)|(?P<under>duoi|chua den|toi da)) $"
)
_SENTENCE_END = re.compile(r"(?<!TP)(?<!\bT)(?<![.!?…])[.!?…]+[”\"]?\s+(?=(\S))")
_HEADING = 160


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; `printed` and `folded` have the same length. `start`: where it stands in the cleaned passage; `number`: the how manieth line it is, from 1."""

    printed: str
    folded: str
    start: int
    number: int = 1

    @property
    def heading(self) -> bool:
        """A short line that does not end as a sentence does."""
        return len(self.printed) <= _HEADING and not self.printed.endswith((".", ";", ",", "…"))

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Start and end of each sentence."""
        begin = 0
        for match in _SENTENCE_END.finditer(self.printed):
            if match[1].islower():
                continue
            yield begin, match.end()
            begin = match.end()
        if begin < len(self.printed):
            yield begin, len(self.printed)


@dataclass(frozen=True, slots=True)
class Spot:
    """A number with its unit. `value` in đồng, percent or pieces; `start`, `end` in its line, without the qualifier,
    which begins at `first`."""

    value: Decimal
    high: Decimal | None
    kind: Literal["money", "percent", "plain"]
    qualifier: str
    first: int
    start: int
    end: int


@lru_cache(maxsize=4096)
def _letter(char: str) -> str:
    return " " if char.isspace() else fold(char)[:1]


def lines_of(text: str) -> list[Line]:
    """The lines that hold something, white space and invisible characters tidied."""
    found: list[Line] = []
    start = 0
    for raw in unicodedata.normalize("NFC", text[:MOST_CHARS]).splitlines():
        letters = [(char, _letter(char)) for char in raw]
        kept = [(" " if plain == " " else char, plain) for char, plain in letters if plain]
        kept = [pair for at, pair in enumerate(kept) if pair[1] != " " or (at and kept[at - 1][1] != " ")]
        while kept and kept[-1][1] == " ":
            kept.pop()
        if not kept:
            continue
        printed, folded = ("".join(part) for part in zip(*kept, strict=True))
        found.append(Line(printed, folded, start, len(found) + 1))
        start += len(printed) + 1
    return found


def spots_of(line: Line) -> list[Spot]:
    """Every number that could be a figure, in order: no dates, years, numbers of documents, ordinals."""
    text = Text(line.folded)
    read_documents(text, frozenset())
    read_periods(text, date.today())
    for match in _ORDINAL.finditer(text.rest):
        text.take(*match.span())
    found = []
    for match in _SPOT.finditer(text.rest):
        if len(match["low"]) > 20 or (match["high"] and len(match["high"]) > 20):
            continue
        spot = _spot(match, line.folded)
        if spot is not None:
            found.append(spot)
    return found


def _spot(match: re.Match[str], folded: str) -> Spot | None:
    unit = (
        (match["unit"] or "").split(" ")[0]
        if not (match["unit"] or "").startswith(("nghin ty", "ngan ty"))
        else "nghin ty"
    )
    value = parse_number(match["low"])
    high = parse_number(match["high"]) if match["high"] else None
    end = match.end() - (folded[match.end() - 1] == " ")
    kind: Literal["money", "percent", "plain"]
    if unit in ("%", "phan", "diem"):
        kind = "percent"
    elif unit in ("nghin", "ngan") and not match["dong"]:
        kind, value = "plain", value * 1000
        high = high and high * 1000
    elif unit or match["dong"]:
        kind = "money"
        scale = UNITS.get(unit, Decimal(1))
        value, high = value * scale, high and high * scale
        if match["more"]:
            value += Decimal(match["more"]) * UNITS[match["more_scale"]]
    else:
        kind = "plain"
    if high is not None and high <= value:
        if match["to"] != "-" or kind != "plain":
            return None
        high, end = None, match.end("low")  # "22-9" is a date, not a range
        return None
    before = _QUALIFIER.search(folded[: match.start()])
    if (
        before is None
        and kind == "percent"
        and high is None
        and re.search(r"\btu $", folded[: match.start()])
    ):
        return Spot(value, None, kind, "over", match.start() - 3, match.start(), end)
    name = next((key for key, said in before.groupdict().items() if said), "exact") if before else "exact"
    return Spot(value, high, kind, name, before.start() if before else match.start(), match.start(), end)
