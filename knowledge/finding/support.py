"""How much an activity may be supported on a date, and the arithmetic: the smaller of percent of the cost and the cap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from knowledge import folded_re as re
from knowledge.records import Calculation, SupportLevel
from knowledge.text import fold

_BUILT_IN = {
    "may-moc-thiet-bi": (
        "may moc thiet bi", "may moc", "thiet bi", "mua may", "sam may", "dau tu may", "may tien tien", "doi may", "may moi", "ung dung may", "mot cai may",
        "may cnc", "may cat", "may bao", "may say", "may xay", "may dap", "may det", "may khau", "may may", "may che bien", "may dong goi", "may ep", "may tien",
        "may phay", "may nghien", "may khac", "may in", "may moc tien tien", "nang cap may", "lap may", "dan may", "may han", "may uon", "may cua", "may tron",
        "may say lua", "may xat", "may lam", "may quay", "coi xay", "coi gia", "coi tron", "bon cong nghiep", "bon inox", "bon chua", "bon tron", "bon lang", "noi chung", "may rang", "may hut", "tu say", "buong say", "say lanh", "noi nau", "noi hoi", "khung det", "cau nang", "lo nung", "lo hoi", "lo dien", "lo gas", "robot", "lo say", "lo nau", "lo nuong", "lo banh", "tu dong", "kho lanh", "ban cat", "bon u", "may duc", "lo say", "may",
    ),
    "hoi-cho-trong-nuoc": ("thue gian",),
    "day-chuyen-cong-nghe": ("day chuyen cong nghe", "day chuyen san xuat", "day chuyen"),
    "mo-hinh-trinh-dien": ("mo hinh trinh dien", "mo hinh trinh dien ky thuat", "trinh dien ky thuat", "mo hinh san pham moi", "mo hinh cong nghe moi"),
}  # fmt: skip


_SOME_MACHINE = re.compile(
    r"\b(?:cai|chiec|con|gian|bo|mua|sam|thay|lap|order|trang bi|dau tu|len|xuong|co) may (?!nam|thang|ngay|ty|trieu|dong|phan|tram|lan|nguoi|co so|de an|dia|tinh|don|loai|cap|nhom|buoc|tien)[a-z]+"
    r"|(?:^|[,.;:] ?)may (?!nam|thang|ngay|ty|trieu|dong|phan|tram|lan|nguoi|co so|de an|dia|tinh|don|loai|cap|nhom|buoc|tien|moc ai)[a-z0-9]+"
    r"|\bmay (?:[a-z]+ ){1,4}(?:gia )?\d[\d.,]* (?:ty|trieu|dong)"
    r"|\bmay (?:gia )?\d[\d.,]* (?:ty|trieu|dong)"
)
"""`may` folds both máy (machine) and mấy (how many): a machine is bought, or has a kind or a price."""


_ABROAD = re.compile(
    r"\b(?:hoi cho|trien lam|gian hang|hoi thao)\b.{0,200}\b(?:o|ben|tai|sang|qua|di|cua) (?:nuoc |thai(?! (?:nguyen|binh|hoa|thuy|hoc|thinh))|duc(?! (?:tho|pho|hoa|trong|linh|hue|co|thang))|nhat(?! (?:tan|tien|tru))|my(?! (?:tho|duc|loc|hao|xuyen|dinh|lam|son|phuoc))|phap(?! van)|lao(?! (?:cai|bao|dong))|nga(?! (?:son|nam|bay|tu|ba|sau))|anh quoc|au(?! (?:lac|co))|uc|y(?! (?:yen|te)))\b(?! (?:lat|dong|duong))"
    r"|\b(?:hoi cho|trien lam|gian hang|hoi thao)\b.{0,200}\b(?:han quoc|trung quoc|campuchia|singapore|malaysia|indonesia|dubai|chau au|chau phi|dai loan|an do|hong kong|myanmar|nam phi|quang chau|bac kinh|thuong hai|tokyo|osaka|seoul|paris|london|berlin|frankfurt|bangkok|nuoc ban|quoc te o nuoc ngoai)\b"
)
"""A fair in a country that is named is one abroad."""


_OF_A_PARK = re.compile(r"(?<!trong )(?<!vao )(?<!o )\bcum cong nghiep\b")


def in_force(level: SupportLevel, day: date) -> bool:
    """Whether a level applied on `day`."""
    stamp = day.isoformat()
    return (not level.valid_from or level.valid_from <= stamp) and (
        not level.valid_to or stamp <= level.valid_to
    )


class SupportLevels:
    """Support levels by activity and by the words that name one."""

    def __init__(self, levels: Iterable[SupportLevel]) -> None:
        by_activity: defaultdict[str, list[SupportLevel]] = defaultdict(list)
        for level in levels:
            by_activity[level.activity].append(level)
        self.by_activity: Mapping[str, tuple[SupportLevel, ...]] = {
            activity: tuple(sorted(rows, key=lambda row: row.valid_from, reverse=True))
            for activity, rows in by_activity.items()
        }
        keys: dict[str, str] = {}
        for activity, rows in self.by_activity.items():
            for name in (
                *_BUILT_IN.get(activity, ()),
                *(fold(alias) for row in rows for alias in row.aliases),
            ):
                keys.setdefault(name, activity)
        self._activities = keys
        names = sorted(keys.keys() - {"may"}, key=lambda name: (-len(name.split()), -len(name), name))
        self._names: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for place, name in enumerate(names):
            self._names[name.split()[0]].append((place, name))

    def name_in(self, folded: str) -> str:
        """The longest name of an activity that a folded question contains; empty if none."""
        padded = f" {folded} "
        possible = [one for word in self._names.keys() & folded.split() for one in self._names[word]]
        return min((one for one in possible if f" {one[1]} " in padded), default=(0, ""))[1]

    def activity_in(self, folded: str) -> str:
        """The activity that a folded question names, the longest name first; empty if none."""
        if _ABROAD.search(folded) and "hoi-cho-nuoc-ngoai" in self.by_activity:
            return "hoi-cho-nuoc-ngoai"
        if name := self.name_in(folded):
            activity = self._activities[name]
            of_park = activity == "xu-ly-o-nhiem" and _OF_A_PARK.search(folded)
            return "xu-ly-o-nhiem-cum" if of_park and "xu-ly-o-nhiem-cum" in self.by_activity else activity
        if "may-moc-thiet-bi" in self.by_activity and _SOME_MACHINE.search(folded):
            return "may-moc-thiet-bi"
        return ""

    def on(self, activity: str, day: date, scope: str = "national") -> SupportLevel | None:
        """The level of `activity` that applied on `day` for `scope`; None where none is known for that day."""
        for level in self.by_activity.get(activity, ()):
            if level.scope == scope and in_force(level, day):
                return level
        return None

    def last_known(self, activity: str) -> SupportLevel | None:
        """The newest national level that is known, even if it has ended."""
        return next(
            (level for level in self.by_activity.get(activity, ()) if level.scope == "national"), None
        )

    def local(self, activity: str, scope: str, day: date) -> SupportLevel | None:
        """The level that a province set itself, where one is known."""
        return self.on(activity, day, scope)


def calculate(level: SupportLevel, cost: Decimal) -> Calculation | None:
    """min(percent x cost, cap) in đồng, rounded down to the đồng; None where the level has no percent or the cost is not positive."""
    if level.percent is None or cost <= 0:
        return None
    whole = int(cost)
    share = int(Decimal(whole) * Decimal(str(level.percent)) / 100)
    result = min(share, level.cap) if level.cap is not None else share
    return Calculation(level, whole, share, result)
