"""Where a passage begins, breaks and counts: clean lines whose folded letters stand where the printed ones do, and their numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from knowledge.language.annotate import Annotator
from knowledge.language.scales import BILLION, MILLION, THOUSAND, printed
from knowledge.reading.passage.marks import Mark, Stretch, marks_of
from knowledge.text import fold

MOST_CHARS = 60_000
"""What is longer is cut: no report on one subject is."""

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_SCALE = r"nghin ty|ngan ty|ty|ti|trieu|nghin|ngan"
_SPOT = re.compile(
    rf"(?<![\w.,])(?<![a-z]-)(?P<low>{_NUMBER})(?:\s?(?P<to>-|den|toi)\s?(?P<high>{_NUMBER}))?(?![\w])(?!/(?:19|20)\d\d)"
    rf"(?:\s?(?P<unit>%|phan tram\b|diem phan tram\b|(?:{_SCALE})\b(?:\s(?P<more>\d{{1,3}}) (?P<more_scale>trieu|nghin)\b)?)?(?P<dong>\s?(?:dong|vnd|d)\b)?)?"
)
"""A printed number or a range, with its scale and unit."""
_SENTENCE_END = re.compile(r"(?<!TP)(?<!\bT)(?<![.!?…])[.!?…]+[”\"]?\s+(?=(\S))")
_HEADING = 160
_SCALES = {
    "nghin ty": THOUSAND * BILLION, "ty": BILLION, "ti": BILLION, "trieu": MILLION, "nghin": THOUSAND, "ngan": THOUSAND,
}  # fmt: skip
_NO_FIGURES = ("period", "document", "order", "round")
"""Slots of words whose numbers are no figures."""
_NEAR_WORDS = 40
"""Characters before a number in which the words right before it stand."""
_BOUNDS = (("over", "above"), ("about", "about"), ("under", "below"))


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; `printed` and `folded` have the same length. `start`: where it stands in the cleaned passage; `number`:
    the how manieth line it is, from 1; `marks`: what its words mean, once it was annotated."""

    printed: str
    folded: str
    start: int
    number: int = 1
    marks: tuple[Mark, ...] = ()

    def stretch(self, start: int, end: int) -> Stretch:
        """What stands between two places."""
        return Stretch(self.folded, self.marks, start, end)

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


def annotated(line: Line, annotator: Annotator) -> Line:
    """The same line with the meaning of its words, sentence by sentence."""
    today = date.today()
    found = [
        mark
        for begin, end in line.sentences()
        for mark in marks_of(annotator, line.printed[begin:end], line.folded[begin:end], begin, today)
    ]
    return replace(line, marks=tuple(sorted(found, key=lambda mark: (mark.start, -mark.end))))


def spots_of(line: Line) -> list[Spot]:
    """Every number that could be a figure, in order: no dates, years, numbers of documents, ordinals."""
    letters = list(line.folded)
    for mark in line.marks:
        if any(mark.means(slot) for slot in _NO_FIGURES) and not mark.inner:
            letters[mark.start : mark.end] = "\x00" * (mark.end - mark.start)
    found = []
    for match in _SPOT.finditer("".join(letters)):
        if len(match["low"]) > 20 or (match["high"] and len(match["high"]) > 20):
            continue
        spot = _spot(match, line)
        if spot is not None:
            found.append(spot)
    return found


def _spot(match: re.Match[str], line: Line) -> Spot | None:
    unit = match["unit"] or ""
    scale = "nghin ty" if unit.startswith(("nghin ty", "ngan ty")) else unit.split(" ")[0]
    value = printed(match["low"])
    high = printed(match["high"]) if match["high"] else None
    if value is None:
        return None
    end = match.end() - (line.folded[match.end() - 1] == " ")
    kind: Literal["money", "percent", "plain"] = "plain"
    if scale in ("%", "phan", "diem"):
        kind = "percent"
    elif scale in ("nghin", "ngan") and not match["dong"]:
        value, high = value * 1000, high and high * 1000
    elif scale or match["dong"]:
        kind = "money"
        value, high = value * _SCALES.get(scale, Decimal(1)), high and high * _SCALES.get(scale, Decimal(1))
        if match["more"]:
            value += Decimal(match["more"]) * _SCALES[match["more_scale"]]
    if high is not None and high <= value:
        return None
    before = line.stretch(max(match.start() - _NEAR_WORDS, 0), match.start())
    if kind == "plain" and high is None and _is_ordinal(before):
        return None
    qualifier, first = _qualifier(before, percent=kind == "percent" and high is None)
    return Spot(value, high, kind, qualifier, first, match.start(), end)


def _is_ordinal(before: Stretch) -> bool:
    mark = next(iter(reversed(before.outer)), None)
    return (
        mark is not None
        and mark.means("report", "ordinal")
        and before.folded[mark.end : before.end] in (" ", " (")
    )


def _qualifier(before: Stretch, *, percent: bool) -> tuple[str, int]:
    """How exact a number is told to be, and where the words for it begin."""
    mark = next(iter(reversed(before.outer)), None)
    if mark is None or before.folded[mark.end : before.end] != " ":
        return "exact", before.end
    for name, bound in _BOUNDS:
        if mark.means("bound", bound):
            return name, mark.start
    over = mark.means("report", "over") or (percent and mark.means("report", "from"))
    return ("over", mark.start) if over else ("exact", before.end)
