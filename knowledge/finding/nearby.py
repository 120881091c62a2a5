"""No figure with these slots: which one is missing, and what differs in as little as possible."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from functools import cache

from knowledge.base import KnowledgeBase
from knowledge.finding.regrouped import after_redrawing, old_provinces
from knowledge.finding.wanted import AMOUNTS, FUNDING, Found, Wanted
from knowledge.records import Choice, Figure, Note
from knowledge.telling.names import (
    MEASURES,
    PROGRAMME_SHORT,
    figure_question,
    period_name,
    region_name,
    round_name,
)

MOST_PARTS = 6
"""Figures of the provinces of before that are offered for a province of today."""

MOST_NEAR = 3
"""Figures that are offered otherwise."""
_OF_REGION = 3
"""Which try is of the region of a province: only made where nothing of the province was found."""
_OFFERED = frozenset((*AMOUNTS, "count", "rate", "share", "change", "target"))


def nothing(base: KnowledgeBase, wanted: Wanted) -> Found:
    """No figure with these slots: say which, and offer what differs in as little as possible."""
    gap = Note(
        "no_figure",
        {
            "indicator": base.indicators[wanted.indicator].name
            if wanted.indicator in base.indicators
            else "",
            "measure": ", ".join(MEASURES[measure] for measure in wanted.measures if measure in MEASURES),
            "programme": ", ".join(PROGRAMME_SHORT[programme] for programme in wanted.programmes),
            "region": ", ".join(region_name(base.names, region) for region in wanted.regions),
            "period": f"{round_name(wanted.round)} " * bool(wanted.round)
            + (period_name(wanted.joined) if wanted.joined else ", ".join(map(period_name, wanted.periods))),
        },
    )
    gap = _told_by_source(base, wanted) or gap
    offers = near(base, wanted)
    choices = tuple(
        {
            offer_label(base, row): Choice(offer_label(base, row), figure_question(base.names, row))
            for row in offers
        }.values()
    )
    return Found(gap=gap, offers=tuple(offers), choices=choices[:3])


def _told_by_source(base: KnowledgeBase, wanted: Wanted) -> Note | None:
    """What a source says of the one programme that is wanted beside a figure of the other ("was allotted nothing")."""
    if len(wanted.programmes) != 1 or not (wanted.regions and wanted.periods):
        return None
    rows = base.select(indicator=FUNDING, region=wanted.regions, period=wanted.periods)
    said = PROGRAMME_SHORT[wanted.programmes[0]]
    notes = (row.note for row in rows if row.programme != wanted.programmes[0] and said in row.note)
    return next((Note("told_by_source", {"text": text}) for text in notes), None) if said else None


def offer_label(base: KnowledgeBase, row: Figure) -> str:
    """A button label for a figure that is near what was asked."""
    parts = [
        MEASURES[row.measure].capitalize()
        if row.indicator == FUNDING
        else base.indicators[row.indicator].name
    ]
    if row.programme in ("KCQG", "KCDP"):
        parts.append(PROGRAMME_SHORT[row.programme])
    parts += [region_name(base.names, row.region), period_name(row.period)]
    return " · ".join(parts)


def _of_parts(base: KnowledgeBase, wanted: Wanted, measures: tuple[str, ...] | None) -> list[Figure]:
    """The figures of this time of the provinces that went into the one that was named."""
    parts = [part for region in wanted.regions for part in (*old_provinces(base, region), region)]
    if len(parts) <= len(wanted.regions) or not wanted.periods:
        return []
    return base.select(
        indicator=wanted.indicator,
        measure=measures,
        programme=wanted.programmes or None,
        region=parts,
        period=wanted.periods,
    )


def _told(row: Figure) -> tuple[object, ...]:
    """What two sources may print alike."""
    return (row.indicator, row.measure, row.of, row.programme, row.region, row.period, row.value)


def near(base: KnowledgeBase, wanted: Wanted) -> list[Figure]:
    """Up to three figures that differ from `wanted` in one slot: another time first, then measure, programme, region."""
    measures = wanted.measures or (AMOUNTS if wanted.indicator == FUNDING else None)
    if measures == ("assigned",):
        measures = ("plan", "allocated")
    if parts := {_told(row): row for row in _of_parts(base, wanted, measures)}:
        return list(parts.values())[:MOST_PARTS]
    found: dict[tuple[object, ...], Figure] = {}
    for at, slots in enumerate(_tries(base, wanted, measures)):
        if at == _OF_REGION and found and wanted.regions:
            continue
        rows = (row for row in base.select(indicator=wanted.indicator, **slots) if row.measure in _OFFERED)
        for row in heapq.nsmallest(2, rows, key=lambda row: _distance(row.period, row.programme, wanted)):
            found.setdefault(_told(row), row)
        if len(found) >= MOST_NEAR:
            break
    if not found and wanted.regions and wanted.periods:  # the money of what was to be counted
        beside = base.select(indicator=FUNDING, region=wanted.regions, period=wanted.periods)
        found = {_told(row): row for row in beside if row.measure in AMOUNTS}
    return list(found.values())[:MOST_NEAR]


def _tries(
    base: KnowledgeBase, wanted: Wanted, measures: tuple[str, ...] | None
) -> Iterator[dict[str, tuple[str, ...] | None]]:
    """The slots of what is near, the nearest first."""
    named = [base.regions[one] for one in wanted.regions]
    anew = after_redrawing(base, wanted) if wanted.periods else None
    wholes = (one.part_of for one in named if one.kind == "subregion")
    regions = (*wanted.regions, *filter(None, wholes), *(anew.regions if anew else ())) or None
    parents = tuple(one.part_of for one in named if one.kind == "province") or None
    programmes, periods = wanted.programmes or None, wanted.periods or None
    amounts = AMOUNTS if wanted.indicator == FUNDING else None
    yield {"measure": measures, "programme": programmes, "region": regions}
    yield {"measure": amounts, "programme": programmes, "region": regions, "period": periods}
    yield {"measure": measures, "region": regions, "period": periods}
    yield {"measure": measures, "programme": programmes, "region": parents, "period": periods}
    yield {"measure": amounts, "region": regions}


def _distance(period: str, programme: str, wanted: Wanted) -> tuple[int, bool, int]:
    """How far in years; then whether the programme is meant; the latest first."""
    at, year = _year(period), _year(wanted.periods[0]) if wanted.periods else None
    meant = programme == "total" or programme in wanted.programmes
    return abs(at - year) if year and at else 0, not meant, -(at or 0)


@cache
def _year(period: str) -> int | None:
    return int(period[:4]) if period[:4].isdigit() else None
