"""The words by which reports name measures, programmes, places and times. All folded; the last word before a number counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from knowledge.reading.periods import Period, read_periods
from knowledge.reading.places import Gazetteer
from knowledge.reading.spans import Text

SUBJECT = re.compile(
    r"\b(?:(?:tong )?(?:so )?(?:nguon )?(?:ke hoach )?(?:kinh phi|ngan sach|nguon von)(?! (?:doi ung|dau tu))"
    r"|(?:tong )?ke hoach khuyen cong|nguon (?:dia phuong|quoc gia|trung uong)|(?<!thuoc )chuong trinh(?= (?:chi |da |duoc ))|kcqg|kcdp|khuyen cong (?:quoc gia|dia phuong))\b"
)
"""Where the words for a sum of the programme begin."""

KCQG = re.compile(
    r"\b(?:kcqg|khuyen cong (?:cap )?quoc gia|(?:nguon|von|kinh phi|ngan sach) (?:khuyen cong )?(?:quoc gia|trung uong))\b"
)
KCDP = re.compile(
    r"\b(?:kcdp|khuyen cong (?:cap )?dia phuong|khuyen cong cap tinh|(?:nguon|von|kinh phi|ngan sach) (?:khuyen cong )?(?:dia phuong|tinh|cap tinh))\b"
)
_BOTH = re.compile(r"^[ ,]*(?:va|cung|lan|voi|,)[ a-z()]{0,40}$")

_MEASURES = (
    ("estimate", r"uoc(?: tinh| chung)?(?: (?:thuc hien|dat|giai ngan|chi))?|du kien(?: (?:ca|den het|den cuoi))?(?: nam)?(?: \d{4})? (?:thuc hien|giai ngan)"),
    ("plan", r"giao theo ke hoach|giao ke hoach|ke hoach (?:duoc )?giao|theo ke hoach|ke hoach|du toan|(?:duoc )?(?:phe )?duyet"),
    ("assigned", r"(?:duoc |da )?giao(?! (?:thong|luu|dich|tiep))|du kien (?:bo tri|chi|danh|phan bo|cap)"),
    ("allocated", r"(?:duoc |da )?phan bo|(?:duoc |da )?bo tri|duoc cap"),
    (
        "actual",
        r"thuc hien(?! (?:(?:chuong trinh|ke hoach|de an|nhiem vu|hoat dong|cong tac|chinh sach|kiem tra|cac|tot|viec|nghiem|co hieu qua)\b|$(?<! )))"
        r"|giai ngan|quyet toan|da chi|thuc chi",
    ),
)  # fmt: skip
_MEASURE = re.compile(
    r"(?<![a-z])(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _MEASURES) + r")(?![a-z])"
)

_JOINED = re.compile(r"[a-z0-9 ]{0,24}\b(?:va|cung)\b[a-z ]{0,12}")

PERSON = re.compile(
    r"\b(?:ong|dong chi|giam doc|chu tich|cuc truong|bo truong|phat bieu|tham luan|toan canh|trao co)\b|^(?:anh|nguon)\b"
)
"""Captions name people and places; they do not say what the figures after them are of."""

RECENT = re.compile(r"\bnam (?:vua qua|vua roi|qua|ngoai|nay|roi)\b|\bthoi gian qua\b")
"""A time told by the day of the report, which a passage does not carry."""

WHOLE = re.compile(
    r"\b(?:tong(?! (?:cuc|giam|ket))|ca (?:hai|2) nguon|toan (?:vung|tinh|khu vuc|thanh pho)|ca vung)\b"
)
SAME_REGION = re.compile(
    r"\b(?:toan|ca|trong|cua|noi) (?:vung|khu vuc)\b(?! (?:phia|mien|nong|dong|tay|bac|nam|duyen))"
)
SAME_PROVINCE = re.compile(
    r"\b(?:toan tinh|toan thanh pho|dia ban tinh|tinh da|cua tinh)\b(?! [a-z]+ (?:la|da)\b)"
)
MINISTRY = re.compile(r"\b(?:bo cong thuong|cuc cong thuong dia phuong|bo tai chinh|chinh phu)\b")
PARTS = re.compile(
    r"\b(?:trong do|gom|bao gom|cu the|rieng(?! nam| quy| \d)|con lai|trong so (?:do|nay))\b|:"
)
"""Parts of what was just told, where something was."""
OF_WHICH = re.compile(r"\b(?:trong do|gom|bao gom|trong so (?:do|nay))\b")
COMPARED_WITH = re.compile(r"\bso voi [^,;():]*")
"""What a number is held against: its times and measures are not those of the number."""
VENUE = re.compile(
    r"\b(?:hoi nghi|to chuc|dien ra|phat bieu|hop|toa dam|khai mac)\b[^,;]{0,40}\b(?:tai|o) (?:tinh |thanh pho |tp\.? )?$"
)
"""Where people met is not where the figures are of."""
ROUND = re.compile(r"\bdot (?:thu )?(\d|mot|hai|ba|dau)\b")

_CLEAN_WORDS = re.compile(
    r"\b(?:trong do|trong|bao gom|cu the|theo do|trong khi|ben canh do|dong thoi|ngoai ra|den nay|tinh den|tinh chung|nhu vay|voi|gom|la|dat|duoc|bang|tuong duong"
    r"|dieu chinh|con|lai|gan|hon|tren|khoang|duoi|xap xi|va|va chiem|chiem|tang|giam|cao hon|thap hon|nhieu hon|it hon|mac du|chi|moi|da|cung|nay|tu|den|nguon|phan|rieng"
    r"|cua|cho|theo|khong cao|tai|o|thuoc|tong|so|tong so|tong cong|muc|von|kinh phi|ngan sach|nha nuoc|khuyen cong|quoc gia|dia phuong|kcqg|kcdp|chuong trinh|hoat dong|cong tac"
    r"|ke hoach|du toan|phe duyet|duyet|giao|phan bo|bo tri|thuc hien|uoc|uoc tinh|uoc thuc hien|giai ngan|quyet toan|hoan thanh|du kien|cap|dau|cuoi|ca|het|nam|thang|ky|quy|vung|toan|toan vung|toan tinh"
    r"|khu vuc|cac|tinh|thanh pho|thanh|tp|dia ban|tren|trung uong|bo cong thuong|bo tai chinh|bo|cong thuong|cuc|so cong thuong|ubnd|uy ban nhan dan|dot|do|khong|nen|ty le|nghiem thu"
    r"|trien khai|cung nam|thong nhat|de an|nhiem vu|so tien|tien do|cong|thong qua|don vi|ban hanh|ma|thi|nhung|muc thap|thap|o muc|so voi|mot|hai|nguon von|thuc te|hien nay|hien|trung tam|vi|bao dam|dam bao|nham)\b"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A value that words name, and where they stand."""

    value: str
    start: int
    end: int


def measures_in(folded: str) -> list[Cue]:
    """Words for plan, allocated, assigned, actual, estimate, in order."""
    return [Cue(match.lastgroup or "", match.start(), match.end()) for match in _MEASURE.finditer(folded)]


def programmes_in(folded: str) -> list[Cue]:
    """KCQG and KCDP, in order; the two named in one breath are `total`."""
    found = [Cue("KCQG", *match.span()) for match in KCQG.finditer(folded)]
    found += [Cue("KCDP", *match.span()) for match in KCDP.finditer(folded)]
    found.sort(key=lambda cue: cue.start)
    merged: list[Cue] = []
    for cue in found:
        last = merged[-1] if merged else None
        if last and last.value not in (cue.value, "total") and _BOTH.match(folded[last.end : cue.start]):
            merged[-1] = Cue("total", last.start, cue.end)
        elif not (last and cue.start < last.end):
            merged.append(cue)
    return merged


def periods_in(folded: str) -> list[Period]:
    """Times named with digits, in order: years and parts of years, joined ones as one. Days are no periods of figures."""
    periods = read_periods(Text(folded), date.today())
    kept = [
        one for one in periods.found if not one.relative and not re.fullmatch(r"\d{4}-\d\d-\d\d", one.code)
    ]
    if periods.joined and len(kept) == 2 and _JOINED.fullmatch(folded[kept[0].position : kept[1].position]):
        return [Period(periods.joined, kept[0].position)]
    return kept


class Places:
    """Names of regions and provinces. Where a passage has capital letters at all, a name without one is a word."""

    def __init__(self, gazetteer: Gazetteer, kinds: dict[str, str]) -> None:
        self._gazetteer = gazetteer
        self._kinds = kinds

    def find(self, folded: str, printed: str, *, cased: bool) -> list[Cue]:
        """Regions named in a stretch, in order."""
        text = Text(folded)
        found = []
        for region, start, end in self._gazetteer.named(text):
            if VENUE.search(folded[:start]):
                continue
            last = printed[:end].rfind(" ") + 1
            if cased and region != "ca_nuoc" and not printed[max(last, start)].isupper():
                continue
            found.append(Cue(region, start, end))
        return found

    def kind(self, region: str) -> str:
        """`country`, `region`, `subregion` or `province`."""
        return self._kinds.get(region, "")


def strange_words(folded: str, places: list[Cue]) -> list[str]:
    """Words of a stretch that belong to no slot: what is said there may be about something else, or a part only."""
    masked = list(folded)
    for cue in places:
        masked[cue.start : cue.end] = "|" * (cue.end - cue.start)
    text = Text("".join(masked))
    read_periods(text, date.today())
    rest = _CLEAN_WORDS.sub(" ", text.rest.replace("\x00", "|"))
    rest = _CLEAN_WORDS.sub(" ", rest)
    return re.findall(r"[a-z]{2,}", rest)
