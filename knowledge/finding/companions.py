"""What belongs beside a figure: plan, actual and rate of its slot, the two programmes of a total, the count of a region anew."""

from __future__ import annotations

from knowledge.base import KnowledgeBase
from knowledge.finding.conflicts import slot
from knowledge.finding.regrouped import counted_again, of_old_provinces
from knowledge.finding.wanted import AMOUNTS, FUNDING
from knowledge.records import Figure

SCHEMES = ("de-an", "dia-phuong-duoc-giao", "don-vi-duoc-giao")
"""Counts that are told together with the money they share."""

PARTS = ("KCQG", "KCDP")
"""The two programmes of which a total is made."""


def companions(base: KnowledgeBase, lead: Figure) -> list[Figure]:
    """What belongs beside a figure, each once."""
    rows = [*_own(base, lead), *counted_again(base, lead), *of_old_provinces(base, lead)]
    return list({row.id: row for row in rows if slot(row) != slot(lead)}.values())


def _own(base: KnowledgeBase, lead: Figure) -> list[Figure]:
    if lead.indicator in SCHEMES and lead.programme:
        money = base.select(
            indicator=FUNDING, measure=("plan", "allocated"), region=lead.region, period=lead.period
        )
        return [row for row in money if row.programme == lead.programme and row.source == lead.source]
    if lead.indicator != FUNDING:
        return []
    same = [
        row
        for row in base.select(indicator=FUNDING, region=lead.region, period=lead.period)
        if row.id != lead.id and row.source == lead.source and row.likely_value is None
    ]
    if _is_part_of_year(lead.period) and lead.measure in ("actual", "estimate", "rate"):
        same += [
            row
            for row in base.select(
                indicator=FUNDING, region=lead.region, period=lead.period[:4], measure="plan"
            )
            if row.source == lead.source
        ]
    elif lead.period.isdecimal() and lead.measure == "plan":
        same += base.select(
            indicator=FUNDING,
            region=lead.region,
            period=f"{lead.period}-H1",
            measure=("estimate", "actual"),
            programme=lead.programme,
        )
    picked = [
        row for row in same if row.programme == lead.programme and row.measure in (*AMOUNTS, "rate", "change")
    ]
    if lead.programme == "total" and lead.measure in AMOUNTS:
        picked += [
            row
            for row in same
            if row.programme in PARTS
            and (row.measure == lead.measure or (row.measure == "share" and row.of == lead.measure))
            and row.period == lead.period
        ]
    if lead.measure in ("rate", "share", "change"):
        picked = [
            row
            for row in picked
            if row.measure in (lead.of, "plan") and (row.measure != "plan" or lead.measure != "share")
        ]
    if lead.measure == "share" and lead.programme in PARTS:
        rest = (row for row in same if row.measure == "share" and row.programme in PARTS)
        picked += [row for row in rest if (row.of, row.against) == (lead.of, lead.against)]
    return list({row.id: row for row in picked}.values())


def _is_part_of_year(period: str) -> bool:
    """Whether a period is a half, a quarter or some months of a year, not several years."""
    part = period.partition("-")[2]
    return bool(part) and not part.replace("-", "").isdecimal()
