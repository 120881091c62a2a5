"""What a bare number counts: the indicator whose unit follows the number and whose key words stand around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.base import KnowledgeBase
from knowledge.text import fold

_NOT_COUNTED = frozenset({"VND", "percent", "date", "lần", "năm", "đợt"})
_ALSO = {"nguoi": ("lao dong", "hoc vien")}
_LOOSE_UNITS = frozenset({"cuộc"})
_NOUNS = re.compile(
    r"(?:co so|de an|nhiem vu|mo hinh|doanh nghiep|hop tac xa|htx|ho (?:kinh doanh|san xuat|gia dinh|dan)|lao dong|nguoi|luot|doan|hoi cho|hoi thao|hoi nghi|lop|khoa|dai bieu"
    r"|dia phuong|don vi|to chuc|tinh|thanh pho|huyen|xa|du an|san pham|gian hang|hoc vien|cum cong nghiep|nghi dinh|thong tu|lang nghe|may|thiet bi|chuong trinh|cuoc|phien|ky|so|can bo|cong ty|bo|website|video|ban tin|chuyen (?:de|muc)|khu|quoc gia|nghe nhan|phong trung bay)\b"
)
_AROUND: dict[str, tuple[str, str, str]] = {
    "dia-phuong-duoc-giao": (r"dia phuong|tinh", r"(?:giao|phe duyet|phan bo)\b", r"cho $|, $"),
    "don-vi-duoc-giao": (r"don vi|to chuc", r"(?:giao|phe duyet|phan bo)\b", r"cho $|, $|va $"),
    "so-nghi-dinh": (r"nghi dinh", r"(?:ban hanh|trinh)\b", r"$"),
}
"""Indicator → the noun behind the number, what the sentence says before it, and how it is joined on."""
_NARROWS = re.compile(
    r"\b(?:nganh (?!cong thuong)[a-z]+|dan toc|phu nu|nguoi khuyet tat|che bien|thuy san|det may|do go|gom su|moi (?:xa|huyen|co so|de an|dia phuong)|binh quan|trung binh)\b"
)
_WHOLLY = re.compile(
    r"[a-z ]*?\b(?:tu|thuoc|bang|theo)(?: (?:nguon|von|kinh phi|ngan sach|chuong trinh))* (?:kcqg|kcdp|khuyen cong (?:quoc gia|dia phuong))\b"
    r"(?: va (?:kcqg|kcdp|khuyen cong (?:quoc gia|dia phuong))\b)?"
)
_PROVINCES = re.compile(
    r"^ tinh(?:, thanh pho|, thanh| thanh|/thanh pho)?(?: thuoc| trong| cua)?(?: khu vuc| vung)?\b"
)


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted. `end`: where its noun ends. `sure`: unit and keys agree. `general`: its noun alone names it, so
    that any other word behind narrows it."""

    indicator: str
    sure: bool
    end: int
    others: tuple[str, ...] = ()
    general: bool = False


def from_programme(after: str) -> str:
    """The words behind a counted thing that name the programme which pays for it; empty where there are none."""
    found = _WHOLLY.match(after)
    return found.group() if found else ""


_WHATEVER = "co-so-duoc-ho-tro"
"""Establishments supported in any way: what they were supported with, where it is said, counts before it."""


class Counts:
    """The countable indicators of one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._rows: list[tuple[str, bool, tuple[str, ...], list[list[tuple[str, ...]]]]] = []
        self._percents: list[tuple[str, list[list[tuple[str, ...]]]]] = []
        for row in base.indicators.values():
            patterns = [[tuple(group) for group in pattern] for pattern in row.keys]
            if row.unit == "percent":
                self._percents.append((row.id, patterns))
            if row.unit in _NOT_COUNTED or not patterns:
                continue
            unit = fold(row.unit)
            heads = {unit, unit.split(",")[0].split("/")[0], *_ALSO.get(unit, ())}
            self._rows.append((row.id, row.unit in _LOOSE_UNITS, tuple(sorted(heads)), patterns))
        programmes: dict[str, set[str]] = {}
        for figure in base.figures.values():
            programmes.setdefault(figure.indicator, set()).add(figure.programme)
        self._without_programme = {name for name, found in programmes.items() if found == {""}}
        self._known = frozenset(base.indicators)

    def has_programme(self, indicator: str) -> bool:
        """Whether figures of this indicator belong to a programme."""
        return indicator not in self._without_programme

    def percent(self, clause: str) -> str:
        """The indicator in percent whose key words are said; empty for none."""
        padded = f" {clause} "
        return next((name for name, patterns in self._percents if _hits(padded, patterns)), "")

    def read(self, folded: str, start: int, end: int, clause: tuple[int, int]) -> Counted | None:
        """What the number at `start`..`end` counts; None where no noun follows that could be counted."""
        after = folded[end : clause[1]]
        tail = after.lstrip()
        noun = _NOUNS.match(tail)
        before = folded[clause[0] : start]
        around = folded[clause[0] : clause[1]]
        gap = len(after) - len(tail)
        if noun is None:
            return None
        noun_end = end + gap + noun.end()
        if provinces := _PROVINCES.match(after):
            return Counted("so-tinh-trong-vung", False, end + provinces.end())
        for name, (what, said, joined) in _AROUND.items():
            follows = name in self._known and re.match(rf"(?:{what})\b", tail)
            if follows and re.search(said, before) and re.search(joined, before):
                return Counted(name, True, noun_end)
        found: list[tuple[float, str, bool, int]] = []
        general: dict[str, bool] = {}
        for name, loose, heads, patterns in self._rows:
            head = max((len(one) for one in heads if re.match(rf"{re.escape(one)}\b", tail)), default=0)
            firsts = [
                key for pattern in patterns for key in pattern[0] if re.match(rf"{re.escape(key)}\b", tail)
            ]
            if not head and not firsts:
                continue
            distance = _distance(around, start - clause[0], patterns)
            if distance is None:
                continue
            length = head or max(map(len, firsts))
            rank = distance - (500 if head else 0) - 3 * length + (1000 if name == _WHATEVER else 0)
            alone = all(len(pattern) == 1 and set(pattern[0]) & set(heads) for pattern in patterns)
            general[name] = alone
            found.append((rank, name, bool(head) or loose, end + gap + length))
        if not found:
            return Counted("", False, noun_end)
        found.sort()
        _, name, sure, stop = found[0]
        others = tuple(other for _, other, same, _ in found[1:3] if same)
        return Counted(name, sure and not _NARROWS.search(around), max(stop, noun_end), others, general[name])


def _hits(padded: str, patterns: list[list[tuple[str, ...]]]) -> bool:
    return any(all(any(f" {word} " in padded for word in group) for group in pattern) for pattern in patterns)


def _distance(around: str, at: int, patterns: list[list[tuple[str, ...]]]) -> float | None:
    """How far the key words of the nearest pattern stand from the number; None where no pattern is said whole."""
    best: float | None = None
    for pattern in patterns:
        total = 0.0
        for group in pattern:
            gaps = [
                abs(match.start() - at)
                for word in group
                for match in re.finditer(rf"\b{re.escape(word)}\b", around)
            ]
            if not gaps:
                break
            total += min(gaps)
        else:
            best = total if best is None else min(best, total)
    return best
