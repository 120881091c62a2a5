"""What the words of a header, a title or a first column say about figures: measure, programme, period, unit, indicator."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from db.times import period_of
from knowledge.text import fold

NUMBERS = frozenset({"stt", "tt", "so tt", "so thu tu", "no", "#"})
"""Headers of a column that only counts rows."""

DIMENSIONS = {
    "region": ("tinh", "dia phuong", "vung", "khu vuc", "dia ban", "don vi thuc hien", "tinh, thanh pho", "tinh/thanh pho",
               "tinh thanh", "tinh, tp", "tinh/tp", "ten tinh", "cac tinh", "don vi", "so cong thuong", "noi dung/dia phuong"),
    "period": ("nam", "ky", "thoi gian", "giai doan", "thoi ky", "nam thuc hien"),
    "programme": ("chuong trinh", "nguon kinh phi", "nguon von", "nguon", "loai kinh phi"),
    "indicator": ("chi tieu", "noi dung", "noi dung chi tieu", "hang muc", "danh muc", "noi dung hoat dong", "ten chi tieu"),
    "measure": ("loai so", "loai"),
    "unit": ("don vi tinh", "dvt", "dv tinh"),
    "note": ("ghi chu",),
}  # fmt: skip
"""Slot → the whole of a header that names a column of its values, folded."""

_MEASURES = (
    ("estimate", r"\buoc(?: thuc hien| th)?\b|\buth\b"),
    ("allocated", r"\bphan bo\b|\bduoc giao\b|\bgiao (?:von|kinh phi)\b"),
    ("target", r"\bmuc tieu\b"),
    ("plan", r"\bke hoach\b|\bkh\b|\bdu toan\b"),
    ("actual", r"\bthuc hien\b|\bth\b|\bgiai ngan\b|\bquyet toan\b|\bket qua\b"),
)
_PROGRAMMES = (
    (
        "KCQG",
        r"\bkcqg\b|\bkhuyen cong quoc gia\b|\bquoc gia\b|\bnstw\b|\bngan sach trung uong\b|\btrung uong\b",
    ),
    (
        "KCDP",
        r"\bkcdp\b|\bkhuyen cong dia phuong\b|\bnsdp\b|\bngan sach dia phuong\b|\bcap tinh\b|^dia phuong$",
    ),
    ("total", r"\btong hai nguon\b|\bca hai nguon\b"),
)
_TOTAL = re.compile(r"^(?:tong(?: cong| so| kinh phi| von)?|cong)$")
_PERIOD = re.compile(
    r"(?:\d{1,2} thang (?:(?:dau|cuoi) )?(?:nam )?/?|nua (?:dau|cuoi) nam |quy (?:i{1,3}|iv|[1-4]) ?(?:/|nam )? ?)(?:19|20)\d\d"
    r"|giai doan (?:19|20)\d\d\s*-\s*(?:19|20)\d\d|(?<!\d)(?:19|20)\d\d\s*-\s*(?:19|20)\d\d(?!\d)|(?<![\d/.])(?:19|20)\d\d(?![\d/])"
)
_UNIT = re.compile(r"(?:don vi(?: tinh)?|dvt|dv tinh) ?[:\-]?([a-z .]{1,40})(?:$|[);,])|\(([a-z .%]{1,40})\)")
_SCALES = {
    "nghin ty dong": 10**12, "ty dong": 10**9, "ti dong": 10**9, "ty": 10**9, "trieu dong": 10**6, "trieu": 10**6, "tr.d": 10**6,
    "tr d": 10**6, "trd": 10**6, "tr.dong": 10**6, "tr. dong": 10**6, "tr dong": 10**6, "nghin dong": 10**3,
    "ngan dong": 10**3, "1000 d": 10**3, "dong": 1, "vnd": 1, "d": 1,
}  # fmt: skip
_SCALE = re.compile(r"\b(?:nghin ty|ty|trieu|nghin) dong\b")
SCALE_NAMES = {10**12: "nghìn tỷ đồng", 10**9: "tỷ đồng", 10**6: "triệu đồng", 10**3: "nghìn đồng", 1: "đồng"}
_PERCENT = re.compile(r"%|\bty le\b|\bty trong\b|\bco cau\b|\bphan tram\b")
_CHANGE = re.compile(r"\btang\b|\bgiam\b|\bso voi (?:nam truoc|cung ky|nam 20\d\d)\b")
_SHARE = re.compile(r"\bty trong\b|\bco cau\b|\bchiem\b")
_MONEY = re.compile(r"\bkinh phi\b|\bvon\b|\bngan sach\b|\bgiai ngan\b|\bdu toan\b|\bso tien\b")


@dataclass(slots=True)
class Meaning:
    """What some words say. `slots`: measure, programme, period, indicator; `scale`: of money, 0 where none is said;
    `counted`: what the unit counts; `percent`, `change`, `share`: which kind of ratio."""

    slots: dict[str, str] = field(default_factory=dict)
    scale: int = 0
    counted: str = ""
    percent: bool = False
    change: bool = False
    share: bool = False
    money: bool = False
    total: bool = False

    @property
    def says(self) -> bool:
        """Whether anything was said about figures."""
        return bool(self.slots or self.scale or self.percent or self.money or self.total)


def dimension(header: str) -> str:
    """The slot of which a column holds the values; empty where the header is none of these."""
    said = fold(re.sub(r"\(.*?\)", "", header)).strip(" .:*")
    return next((slot for slot, words in DIMENSIONS.items() if said in words), "")


def meaning_of(text: str, indicators: dict[str, str], today: date) -> Meaning:
    """What words say. `indicators`: folded name → id."""
    said = fold(text)
    found = Meaning()
    for unit in _UNIT.finditer(said):
        _unit(found, (unit[1] or unit[2] or "").strip(" ."))
    bare = re.sub(r"\([^)]*\)", " ", said).strip()
    if not found.scale and (scale := _SCALE.search(bare)):
        found.scale = _SCALES[scale[0]]
    found.percent = found.percent or bool(_PERCENT.search(bare))
    found.change, found.share = found.percent and bool(_CHANGE.search(bare)), bool(_SHARE.search(bare))
    if measure := _measure(bare, percent=found.percent):
        found.slots["measure"] = measure
    programmes = _hits(_PROGRAMMES, bare)
    if len(programmes) == 1:
        found.slots["programme"] = programmes[0]
    if period := _PERIOD.search(bare):
        with suppress(ValueError):
            found.slots["period"] = period_of(period[0], today)
    if named := max((name for name in indicators if name in bare), key=len, default=""):
        found.slots["indicator"] = indicators[named]
    found.money = bool(_MONEY.search(bare))
    found.total = bool(_TOTAL.fullmatch(bare))
    return found


def _hits(words: Sequence[tuple[str, str]], text: str) -> list[str]:
    """The codes whose words occur, in the order of the text."""
    hits = [(match.start(), code) for code, pattern in words if (match := re.search(pattern, text))]
    return [code for _, code in sorted(hits)]


def _measure(text: str, *, percent: bool) -> str:
    """The measure that is said; of a ratio the one that is not the plan."""
    codes = _hits(_MEASURES, text)
    if "estimate" in codes:
        codes = [code for code in codes if code != "actual"]
    if len(codes) == 1 or (codes and percent):
        return next((one for one in codes if one != "plan"), codes[0])
    return ""


def _unit(found: Meaning, unit: str) -> None:
    if unit in _SCALES:
        found.scale = _SCALES[unit]
    elif unit in ("%", "phan tram"):
        found.percent = True
    elif unit and not found.counted:
        found.counted = unit


def scale_of(unit: str) -> int:
    """đồng in one of this unit of money; 0 for what is none."""
    return _SCALES.get(fold(unit).strip(" .()"), 0)
