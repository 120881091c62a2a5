"""Regions and provinces that were drawn anew on 1 July 2025: figures stay with the territory that they were counted for."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from knowledge.base import KnowledgeBase
from knowledge.finding.wanted import Wanted
from knowledge.language.spans import Reading, Span
from knowledge.records import Figure, Note, Region

DRAWN_ANEW = "2025-07-01"
PROVINCES = "so-tinh-trong-vung"
"""The count of provinces in a region, of which the number says no map."""


def on_its_map(base: KnowledgeBase, wanted: Wanted, reading: Reading) -> Wanted:
    """The same search with each khuyến công region as the words say that it is drawn ("sau sáp nhập", "28 tỉnh"); both
    ways where both are named."""
    one, *others = (base.regions[one] for one in wanted.regions) if wanted.regions else (None,)
    if one is None:
        return wanted
    if others:
        return _made_of(base, wanted, one, reading)
    if one.kind == "region":
        return _as_drawn(base, wanted, one, reading)
    since = wanted.periods and min(wanted.periods)[:4] >= DRAWN_ANEW[:4]
    grown = since and old_provinces(base, one.id) and reading.has("division", "new")
    return replace(wanted, drawn="after") if grown else wanted


def _made_of(base: KnowledgeBase, wanted: Wanted, one: Region, reading: Reading) -> Wanted:
    """The same search for the first province alone, where the others are what it was made of."""
    parts = set(wanted.regions[1:]) <= set(old_provinces(base, one.id))
    if not parts or reading.has("operator", "compare", "difference"):
        return wanted
    held = base.select(indicator=wanted.indicator, region=one.id, period=wanted.periods)
    return replace(wanted, regions=(one.id,), drawn="after") if held else wanted


def _as_drawn(base: KnowledgeBase, wanted: Wanted, one: Region, reading: Reading) -> Wanted:
    """The same search for a region as it was, as it is, or both, as the words say."""
    if not one.successor:
        one = next((r for r in base.predecessors.get(one.id, ()) if r.kind == "region"), one)
    before, after = reading.has("division", "old"), reading.has("division", "new")
    if not (before or after) and (size := _size(reading)):
        before, after = (size in provinces_of(base, which) for which in (one.id, one.successor))
    if not (before or after):
        return wanted
    regions = (one.id,) * before + (one.successor,) * after
    return replace(wanted, regions=regions, drawn="" if after else "before")


def provinces_of(base: KnowledgeBase, region: str) -> set[int]:
    """How many provinces a region has or had, by the list of them and by what sources print."""
    inside = sum(row.part_of == region and row.kind == "province" for row in base.regions.values())
    return {inside, *(int(row.value) for row in base.select(indicator=PROVINCES, region=region))} - {0}


def names_provinces(noun: Span) -> bool:
    """Whether a word names provinces; without marks it looks like a function word."""
    return noun.means("kind", "province") or noun.means("function")


def _size(reading: Reading) -> int:
    """Of how many provinces a region is said to be; 0 where nothing is said of it."""
    pairs = pairwise(reading.spans)
    sizes = (one.value for one, noun in pairs if one.means("number") and names_provinces(noun))
    return next((int(digits) for size in sizes if (digits := size.rpartition(":")[2]).isdigit()), 0)


def in_whole_region(base: KnowledgeBase, wanted: Wanted) -> tuple[Wanted, Note] | None:
    """The same search for the region whose name begins with what was said ("miền Trung"), and what that takes for
    granted; None for parts of a region that have a name of their own, which no figure of the whole answers."""
    spoken = {}
    for one in wanted.regions:
        part = base.regions.get(one)
        whole = base.regions.get(part.part_of) if part and part.kind == "subregion" else None
        if part and whole and whole.name.startswith(f"{part.name} "):
            spoken[one] = whole
    if not spoken:
        return None
    said, whole = next(iter(spoken.items()))
    regions = tuple(spoken[one].id if one in spoken else one for one in wanted.regions)
    note = Note("whole_region", {"said": base.regions[said].name, "region": whole.name})
    return replace(wanted, regions=tuple(dict.fromkeys(regions))), note


def after_redrawing(base: KnowledgeBase, wanted: Wanted) -> Wanted | None:
    """The same search for the khuyến công regions as they are since they were drawn anew; None where none was, or the
    regions of before are meant."""
    if wanted.drawn:
        return None
    later = tuple(
        base.regions[one].successor
        if one in base.regions and base.regions[one].kind == "region" and base.regions[one].successor
        else one
        for one in wanted.regions
    )
    return replace(wanted, regions=later) if later != wanted.regions else None


def regrouped_note(base: KnowledgeBase, wanted: Wanted) -> Note:
    """What `after_redrawing` took for granted, to be said aloud."""
    old = next(one for one in wanted.regions if base.regions[one].successor)
    return Note(
        "regrouped",
        {"region": base.regions[old].name, "note": base.regions[base.regions[old].successor].note},
    )


def counted_again(base: KnowledgeBase, lead: Figure) -> list[Figure]:
    """The figure of the same slot that was counted again for the region as it is now."""
    region = base.regions.get(lead.region)
    if region is None or region.kind != "region" or not region.successor:
        return []
    rows = base.select(
        indicator=lead.indicator,
        measure=lead.measure,
        programme=lead.programme,
        region=region.successor,
        period=lead.period,
    )
    return [row for row in rows if (row.of, row.against) == (lead.of, lead.against)]


def old_provinces(base: KnowledgeBase, region: str) -> tuple[str, ...]:
    """The ids of the other provinces that went into this one."""
    if region not in base.regions or base.regions[region].kind != "province":
        return ()
    return tuple(one.id for one in base.predecessors.get(region, ()) if one.id != region)


def of_old_provinces(base: KnowledgeBase, figure: Figure) -> list[Figure]:
    """Figures of the same slot of the provinces that have since joined this figure's province; they are never added up."""
    if of_new_territory(base, figure):
        return []
    return base.select(
        indicator=figure.indicator,
        measure=figure.measure,
        programme=figure.programme,
        region=old_provinces(base, figure.region),
        period=figure.period,
    )


def of_new_territory(base: KnowledgeBase, figure: Figure) -> bool:
    """Whether a figure of a province that has grown speaks of it as it is now: by its period, or by when its source spoke."""
    source = base.sources.get(figure.source)
    spoken = figure.as_of or (source.published_on if source else "")
    return spoken >= DRAWN_ANEW[: len(spoken)] if spoken else figure.period[:4] > DRAWN_ANEW[:4]
