"""Regions and provinces that were drawn anew on 1 July 2025: figures stay with the territory that they were counted for."""

from __future__ import annotations

from dataclasses import replace

from knowledge.base import KnowledgeBase
from knowledge.finding.wanted import Wanted
from knowledge.records import Figure, Note

DRAWN_ANEW = "2025-07-01"


def after_redrawing(base: KnowledgeBase, wanted: Wanted) -> Wanted | None:
    """The same search for the khuyến công regions as they are since they were drawn anew; None where none was."""
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
