"""Where someone says that his workshop stands, and in which khuyến công region a province is counted."""

from __future__ import annotations

from datetime import date

from knowledge.answering.library import Library
from knowledge.finding.answer import sources_for
from knowledge.language.scope import UNITS
from knowledge.language.spans import IDLE
from knowledge.reading.question import Question
from knowledge.records import Answer, Region
from knowledge.text import fold

_PLACED = frozenset({"region", "kind", "fact", "unknown", "unit_name", "intent", "talk"})
"""Slots of a message that only says where someone is."""
_MOST_WORDS = 14
_MOST_UNKNOWN = 3
"""Words of the name of a unit below the province."""


def only_says_where(question: Question) -> bool:
    """Whether a message says no more than where someone is ("tôi ở Hà Nam", "huyện Kim Bảng tỉnh Hà Nam"), or asks what
    his province belongs to now."""
    reading = question.reading
    said = [span for span in reading.spans if span.slot not in IDLE]
    if len(reading.words) > _MOST_WORDS or len({span.value for span in reading.of("region")}) != 1:
        return False
    if reading.has("aspect", "joined"):
        return all(span.slot in ("region", "kind") or span.means("aspect", "joined") for span in said)
    units = len(reading.of("fact", *UNITS))
    if question.yes_no or any(span.slot not in _PLACED for span in said):
        return False
    if any(span.slot == "fact" and not span.means("fact", *UNITS) for span in said) or reading.has(
        "kind", "office"
    ):
        return False
    unknown = sum(span.end - span.start for span in reading.of("unknown"))
    return unknown <= _MOST_UNKNOWN * units and (bool(units) or reading.has("function", "at", "home"))


def names_a_district(question: Question) -> bool:
    """Whether a unit is named that no longer exists since the two-level government (district, town, township)."""
    return question.reading.has("fact", "old_district")


def membership(library: Library, question: Question, today: date) -> Answer | None:
    """The khuyến công region in which a province is counted, or the provinces of a region, before July 2025 with what
    changed then; None where neither is asked."""
    if question.money or question.amount or question.periods.found:
        return None
    province, regions = library.province_in(question), library.base.regions
    if province is None:
        rows, aspect = _members(library, question), "members"
    elif province.part_of in regions and _asks_region(library, question):
        rows, aspect = [province, regions[province.part_of]], "membership"
    else:
        rows, aspect = [], ""
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


def _asks_region(library: Library, question: Question) -> bool:
    """Whether the region of a province is asked for, or whether it is within one."""
    reading, regions = question.reading, library.base.regions
    wholes = [one for one in question.regions if regions[one.id].kind != "province"]
    return reading.has("asks", "which_region") or (bool(wholes) and reading.has("function", "within"))


def _members(library: Library, question: Question) -> list[Region]:
    """A region whose provinces are asked for, with them; nothing where none is."""
    if not question.regions or not question.reading.has("aspect", "members"):
        return []
    regions = library.base.regions
    region = regions[question.regions[0].id]
    inside = [one for one in regions.values() if one.kind == "province" and one.part_of == region.id]
    return [region, *sorted(inside, key=lambda one: fold(one.name))] if inside else []
