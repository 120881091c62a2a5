"""No figure with these slots: which one is missing, and what differs in as little as possible."""

from __future__ import annotations

import heapq
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
    offers = near(base, wanted)
    choices = tuple(
        {
            offer_label(base, row): Choice(offer_label(base, row), figure_question(base.names, row))
            for row in offers
        }.values()
    )
    return Found(gap=gap, offers=tuple(offers), choices=choices[:3])


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
    programmes = wanted.programmes or None
    anew = after_redrawing(base, wanted)
    wholes = [base.regions[one].part_of for one in wanted.regions if base.regions[one].kind == "subregion"]
    anew_regions = anew.regions if anew and wanted.periods else ()
    regions = (*wanted.regions, *filter(None, wholes), *anew_regions) or None
    periods = wanted.periods or None
    named = [base.regions[one] for one in wanted.regions]
    parents = tuple(one.part_of for one in named if one.kind == "province") or None
    amounts = AMOUNTS if wanted.indicator == FUNDING else None
    tries = (
        {"measure": measures, "programme": programmes, "region": regions, "period": None},
        {"measure": amounts, "programme": programmes, "region": regions, "period": periods},
        {"measure": measures, "programme": None, "region": regions, "period": periods},
        {"measure": measures, "programme": programmes, "region": parents, "period": periods},
        {"measure": amounts, "programme": None, "region": regions, "period": None},
    )
    found: dict[tuple[object, ...], Figure] = {_told(row): row for row in _of_parts(base, wanted, measures)}
    if found:
        return list(found.values())[:MOST_PARTS]
    year = int(wanted.periods[0][:4]) if wanted.periods and wanted.periods[0][:4].isdigit() else None

    @cache
    def distance(period: str, programme: str) -> tuple[int, bool, int]:
        """How far in years; then whether the programme is meant; the latest first."""
        at = int(period[:4]) if period[:4].isdigit() else None
        meant = programme == "total" or programme in (wanted.programmes or ())
        return abs(at - year) if year and at is not None else 0, not meant, -(at or 0)

    if regions and year and len(wanted.periods) == 1 and {"actual", "estimate"} & set(measures or ()):
        done = base.select(
            indicator=wanted.indicator, measure=("actual", "estimate"), programme=programmes or ("total",), region=regions
        )  # fmt: skip
        within = [
            row for row in done if row.period.startswith(f"{year}-") and row.period not in wanted.periods
        ]
        for row in within[:1]:  # a part of the year that was asked for comes before other years
            found[_told(row)] = row
    for number, slots in enumerate(tries):
        if regions and number == 3 and found:
            continue
        rows = base.select(indicator=wanted.indicator, **slots)
        rows = [row for row in rows if row.measure in _OFFERED]
        for row in heapq.nsmallest(2, rows, key=lambda row: distance(row.period, row.programme)):
            found.setdefault(_told(row), row)
        if len(found) >= 3:
            break
    if (
        not found and regions and periods and wanted.indicator != FUNDING
    ):  # the money of what was to be counted
        beside = base.select(indicator=FUNDING, programme=programmes, region=regions, period=periods)
        found = {_told(row): row for row in beside if row.measure in AMOUNTS}
    return list(found.values())[:3]
