"""Where someone says that his workshop stands: a commune, an old district or town, then its province; and where that lies."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from knowledge.answering.library import Library
from knowledge.finding.answer import sources_for
from knowledge.reading.question import Question
from knowledge.records import Answer, Region
from knowledge.text import fold

_UNIT = r"(?:huyen|thi xa|thi tran|xa|phuong|quan|dac khu|thanh pho|tp)"

_PLACES = 4
"""Units one within the other that are named below a province."""
_LOCAL = rf"{_UNIT} (?:(?!{_UNIT}\b|tinh\b|cua\b|o\b|co\b|duoc\b)[a-z0-9]+,? ){{1,3}}"
_PROVINCE_IS = r"(?:(?:cua |thuoc )?(?:tinh |thanh pho |tp )?)"
_OFFICE_OF = r"(?:(?:so cong thuong|trung tam khuyen cong|phong kinh te) (?:cua )?)?"
_HERE = re.compile(
    r"(?:da |vang )?(?:toi|tui|em|minh|chau|con|nha em|nha toi|ben em|ben toi|xuong em|xuong toi) (?:dang |hien )?"
    rf"(?:song |lam |lam nghe )?(?:o|tai|que) (?:{_LOCAL}){{0,{_PLACES}}}{_PROVINCE_IS}$"
)
_LOCALITY = re.compile(rf"(?:(?:o|tai) )?(?:{_LOCAL}){{1,{_PLACES}}}{_PROVINCE_IS}$")
_BELONGS = re.compile(
    r" (?:cu )?(?:bay gio |hien nay |hien gio |nay |gio |da |duoc |moi )*(?:thuoc|nhap|sap nhap|sat nhap|hop nhat|gop)(?: vao| voi)?"
    r" (?:tinh|thanh pho|dau|noi|cho)?(?: nao| dau| ai)?[ ?!.]*(?:(?:vay|the|a|nhi|roi)[ ?!.]*)?"
)
"""What a province went into; the card of its office says so."""
_DISTRICT = re.compile(
    r"\b(?:huyen|thi xa|thi tran|(?<!co )(?<!lien )(?<!tham )(?<!chu )quan(?! ly| trong| tam| he)) [a-z0-9]+"
)
_MEMBER = re.compile(
    r"\b(?:thuoc|nam trong|xep vao|tinh vao|la) (?:(?:khu vuc|vung|mien|nhom) (?:khuyen cong )?(?:nao|gi)\b|(?:so )?(?:(?:\d+ |cac )?tinh (?:thanh (?:pho )?)?(?:thuoc )?)?(?:khu vuc |vung )?(?:phia|mien) (?:bac|nam|trung)\b)"
)
"""Asks in which khuyến công region a province is counted."""
_MEMBERS = re.compile(
    r"\b(?:gom|bao gom|co) (?:nhung |cac )?(?:tinh|dia phuong)(?: thanh| thanh pho)? (?:nao|gi)\b|\bla (?:nhung|cac) tinh nao\b"
)
_POLITE = re.compile(r"[ ,.!]*(?:(?:a|nhe|nha|day|ne|vay|cu)[ ,.!]*)?")


def _name(question: Question, province: Region) -> tuple[int, int]:
    """Where the province's name begins and ends in the question; nothing between where it is called otherwise."""
    start = next(place.position for place in question.regions if place.id == province.id)
    after = question.clean[start:]
    word = re.match(_PROVINCE_IS, after)
    length = word.end() if word else 0
    names = _folded(province.name, *province.aliases)
    name = next((one for one in names if after.startswith(one, length)), "")
    return start, start + length + len(name) if name else start


@lru_cache(maxsize=256)
def _folded(*names: str) -> tuple[str, ...]:
    """The names of a province, the longest first."""
    return tuple(sorted(map(fold, names), key=len, reverse=True))


def only_says_where(question: Question, province: Region) -> bool:
    """Whether a message says no more than where someone is ("tôi ở Hà Nam", "huyện Kim Bảng tỉnh Hà Nam"), or asks what
    his province belongs to now."""
    start, end = _name(question, province)
    before, after = question.clean[:start], question.clean[end:]
    if start != end and _BELONGS.fullmatch(after) and re.fullmatch(_OFFICE_OF + _PROVINCE_IS, before):
        return True
    if start == end or not _POLITE.fullmatch(after):
        return False
    return bool(_HERE.fullmatch(before) or _LOCALITY.fullmatch(before))


def names_a_district(question: Question) -> bool:
    """Whether a unit is named that no longer exists since the two-level government (district, town, township)."""
    return bool(_DISTRICT.search(question.clean))


def membership(library: Library, question: Question, today: date) -> Answer | None:
    """The khuyến công region in which a province is counted, or the provinces of a region, before July 2025 with what
    changed then; None where neither is asked."""
    if question.money or question.amount or question.periods.found:
        return None
    regions = library.base.regions
    province = library.province_in(question)
    rows: list[Region] = []
    aspect = "membership"
    if province is not None and province.part_of in regions and _MEMBER.search(question.clean):
        rows = [province, regions[province.part_of]]
    elif province is None and question.regions and _MEMBERS.search(question.clean):
        region = regions[question.regions[0].id]
        inside = [one for one in regions.values() if one.kind == "province" and one.part_of == region.id]
        rows = [region, *sorted(inside, key=lambda one: fold(one.name))] if inside else []
        aspect = "members"
    if not rows:
        return None
    sources = [source for row in rows if row.kind == "region" or row is province for source in row.sources]
    return Answer(
        status="answered",
        kind="policy",
        as_of=today,
        aspect=aspect,
        regions=tuple(rows),
        sources=sources_for(library.base, sources),
    )
