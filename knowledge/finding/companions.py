"""What belongs beside a figure: plan, actual and rate of its slot, the two programmes of a total, the count of a region anew."""

from __future__ import annotations

import re

from knowledge.base import KnowledgeBase
from knowledge.finding.conflicts import slot
from knowledge.finding.regrouped import counted_again, of_old_provinces
from knowledge.finding.wanted import AMOUNTS, FUNDING
from knowledge.records import Figure

SCHEMES_NAMED = {
    "de-an": "đề án",
    "dia-phuong-duoc-giao": "địa phương được giao",
    "don-vi-duoc-giao": "đơn vị được giao",
}
SCHEMES = tuple(SCHEMES_NAMED)
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
    if re.fullmatch(r"\d{4}-(H\d|\d+M|Q\d)", lead.period) and lead.measure in ("actual", "estimate", "rate"):
        same += [
            row
            for row in base.select(
                indicator=FUNDING, region=lead.region, period=lead.period[:4], measure="plan"
            )
            if row.source == lead.source
        ]
    elif re.fullmatch(r"\d{4}", lead.period) and lead.measure == "plan":
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
