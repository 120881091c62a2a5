"""Names of the country, the khuyến công regions, parts of them and provinces, old and new.

Names are matched as whole phrases, the longest first (Hà *Nam* is not *phía Nam*). A misspelt name is accepted only
where one name is nearest; two equally near ones are both handed back, so that the bot asks.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.reading.spans import Text
from knowledge.records import Region
from knowledge.text import fold

_BUILT_IN = {
    "phia_bac": (
        "phia bac", "mien bac", "khu vuc bac", "vung bac", "ngoai bac", "khu vuc ngoai bac", "vung ngoai bac", "dat bac", "cac tinh bac", "xu bac",
        "toan vung phia bac", "khu vuc phia bac", "vung phia bac", "khu vuc mien bac", "vung mien bac",
    ),
    "phia_nam": (
        "phia nam", "mien nam", "khu vuc nam", "vung nam", "trong nam", "khu vuc trong nam", "vung trong nam", "cac tinh trong nam", "khu vuc phia nam", "vung phia nam",
        "khu vuc mien nam", "vung mien nam", "cac tinh nam", "duoi nam",
    ),
    "mien_trung_tay_nguyen": ("mien trung tay nguyen", "mien trung - tay nguyen", "mien trung, tay nguyen", "mien trung va tay nguyen", "mien trung-tay nguyen"),
    "ca_nuoc": (
        "ca nuoc", "toan quoc", "trong ca nuoc", "tren ca nuoc", "toan nuoc", "tren toan quoc", "ca nuoc ta", "viet nam",
        "toan he thong", "nuoc ta",
    ),
    "tay_nam_bo": ("mien tay", "dong bang song cuu long", "dbscl", "tay nam bo"),
}  # fmt: skip
_LONGER_NAME = {
    "bac": r"(?! (?:bo|ninh|giang|kan|lieu|trung|son|ha|tu))",
    "nam": r"(?! (?:dinh|bo|trung|dan|phi|dan|sach|truc))",
}
"""A region named "… bắc" or "… nam" is not the first half of a longer name (Bắc Ninh, Nam Định)."""
_ALSO_YEAR = frozenset(("khu vuc nam", "vung nam", "trong nam", "cac tinh nam", "duoi nam"))
"""Here `nam` is the South only where no year follows ("trong năm 2021" is a time)."""
_NOT_YEAR = r"(?! (?:\d|nay|ngoai|qua|truoc|vua|hai|roi))"
_REGION_WORDS = frozenset(phrase for phrases in _BUILT_IN.values() for phrase in phrases)
_HOME = re.compile(
    r"\b(?:toi|em|minh|con|chau|tui|tao|ben (?:em|minh|toi)|nha (?:em|minh|toi)|co quan|don vi(?: toi| em)?) (?:dang |hien )?(?:song |lam |cong tac )?(?:o|tai|o ben|que)(?: tinh| thanh pho)? $"
)
_NAME_BEFORE = r"(?:(?:tinh|thanh pho|tp\.?|t\.) )?"
_LEAST_TYPO = 6


@dataclass(frozen=True, slots=True)
class Place:
    """A region of the base named at `position`. `typed` is set where the name was misspelt and corrected;
    `home` where the user says that he is from there."""

    id: str
    position: int
    typed: str = ""
    home: bool = False


class Gazetteer:
    """Every name of every region, as one pattern; built once for a base."""

    def __init__(self, regions: Iterable[Region]) -> None:
        names: dict[str, str] = {}
        provinces: dict[str, str] = {}
        known = {region.id for region in regions}
        for region in regions:
            for name in (region.name, *region.aliases):
                key = re.sub(r" ?[-–] ?", " ", fold(name)).strip()
                for form in {fold(name), key}:
                    if len(form) < 3 or (len(form) == 3 and form not in ("hcm", "hue")):
                        continue
                    names.setdefault(form, region.id)
                if region.kind == "province" and " " in key and len(key) >= _LEAST_TYPO:
                    provinces.setdefault(key, region.id)
        for region_id, phrases in _BUILT_IN.items():
            if region_id in known:
                names.update(dict.fromkeys(phrases, region_id))
        self._names = names
        self._typo_keys = sorted(provinces)
        self._provinces = provinces
        ordered = sorted(names, key=lambda name: (-len(name), name))
        starting: defaultdict[str, list[str]] = defaultdict(list)
        for name in ordered:
            first, *_ = name.split(" ", 1)
            starting[first].append(
                re.escape(name[len(first) :])
                + _LONGER_NAME.get(name.rsplit(" ", 1)[-1], "") * (name in _REGION_WORDS)
                + (_NOT_YEAR if name in _ALSO_YEAR else "")
            )
        body = "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in starting.items())
        self._pattern = re.compile(rf"\b{_NAME_BEFORE}({body})\b") if ordered else None
        self._lone = re.compile(
            r"(?:(?<!tinh )|(?<=cac tinh ))\b(bac)\b(?! (?:bo|ninh|giang|kan|lieu|trung|ai|me|van))"
        )
        self._north = "phia_bac" in known

    @property
    def phrases(self) -> list[str]:
        """Every name, folded."""
        return sorted(self._names)

    def named(self, text: Text) -> list[tuple[str, int, int]]:
        """(id, start, end) of each whole name in `text`, in order; takes them out. A lone "Bắc" is not one."""
        matches = list(text.take_all(self._pattern)) if self._pattern else []
        return [(self._names[match[1]], match.start(1), match.end(1)) for match in matches]

    def read(self, text: Text) -> list[Place]:
        """Take the region names out of `text`, in order."""
        found: list[Place] = []
        if self._pattern:
            for match in text.take_all(self._pattern):
                home = bool(_HOME.search(text.whole[: match.start()]))
                found.append(Place(self._names[match[1]], match.start(), home=home))
        if self._north and not found:
            found += [Place("phia_bac", match.start()) for match in text.take_all(self._lone)]
        found.sort(key=lambda place: place.position)
        elsewhere = [place for place in found if not place.home]
        return elsewhere or found

    def one_slip_off(self, typed: str) -> bool:
        """Whether two words are no province's name, but one letter off one."""
        if len(typed) < _LEAST_TYPO or typed in self._names:
            return False
        return process.extractOne(typed, self._typo_keys, scorer=OSA.distance, score_cutoff=1) is not None

    def misspelt(self, text: Text, unknown: set[str]) -> tuple[list[Place], list[str]]:
        """Correct province names in which at least one word is in `unknown` (words that nothing else explains).

        Returns the places, and the ids of two candidates where two names are equally near.
        """
        found: list[Place] = []
        doubtful: list[str] = []
        words = [(match.group(), match.start(), match.end()) for match in re.finditer(r"[a-z]+", text.rest)]
        for (left, start, middle), (right, after, end) in pairwise(words):
            if after != middle + 1 or not ({left, right} & unknown):
                continue
            typed = f"{left} {right}"
            if len(typed) < _LEAST_TYPO:
                continue
            limit = 2 if len(typed) >= 10 else 1
            near = process.extract(typed, self._typo_keys, scorer=OSA.distance, score_cutoff=limit, limit=3)
            if not near:
                continue
            best = near[0][1]
            ids = sorted({self._provinces[name] for name, distance, _ in near if distance == best})
            if len(ids) == 1:
                found.append(Place(ids[0], start, typed))
                text.take(start, end)
            else:
                doubtful = ids
                text.take(start, end)
        return found, doubtful
