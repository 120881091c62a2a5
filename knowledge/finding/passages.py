"""The figures that a passage states, each held against the base figure that has just these slots.

A verdict needs every slot to be sure and equal: a number of which the passage does not say what it is gets none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Literal

from knowledge.base import KnowledgeBase
from knowledge.finding.regrouped import DRAWN_ANEW
from knowledge.records import Figure
from knowledge.stated import Judgement, Stated

Likeness = Literal["match", "rounded", "misprint", "differs"]

_PROVINCES = "so-tinh-trong-vung"
_PERCENTS = ("rate", "share", "change", "target")


def judge(base: KnowledgeBase, stated: Sequence[Stated]) -> list[Judgement]:
    """A judgement for each figure, in order."""
    sizes = {one.region: _usual_size(base, one) for one in stated if one.indicator == _PROVINCES and one.sure}
    redrawn = {region for region, usual in sizes.items() if not usual}
    found = []
    for one in stated:
        anew = None if sizes.get(one.region) else _drawn_anew(base, one, sized=one.region in sizes)
        judgement = _judgement(base, anew or one)
        if judgement.outcome == "differs" and one.region in redrawn and one.indicator != _PROVINCES:
            judgement = Judgement(one, "unknown")  # the region is drawn otherwise than ours
        found.append(judgement)
    return found


def same_slots(base: KnowledgeBase, stated: Stated) -> list[Figure]:
    """The figures whose slots are those of `stated`, the leading source first."""
    rows = base.select(
        indicator=stated.indicator,
        measure=stated.measure,
        programme=stated.programme,
        region=stated.region,
        period=stated.period,
    )
    percent = stated.measure in _PERCENTS
    rows = [
        row
        for row in rows
        if row.round == stated.round
        and (row.unit == stated.unit or (stated.measure == "count" and row.measure == "count"))
        and (not percent or (row.of == stated.of and row.against == stated.against))
        and (row.value_max is None) == (stated.value_max is None)
    ]
    return sorted(rows, key=lambda row: base.sources[row.source].rank if row.source in base.sources else 9)


def likeness(stated: Stated, figure: Figure) -> Likeness:
    """Whether a stated value is that of the figure."""
    said, real = _decimal(stated.value), _decimal(figure.value)
    ends = (stated.value_max, figure.value_max)
    if said == real and (ends[0] is None or ends[0] == ends[1]):
        doubtful = figure.likely_value is not None and figure.likely_value != figure.value
        return "misprint" if doubtful or figure.likely_period else "match"
    if figure.likely_value is not None and said == _decimal(figure.likely_value):
        return "match"
    if ends[0] is None and said * real > 0 and _rounds_to(abs(real), abs(said), stated):
        return "rounded"
    return "differs"


def _judgement(base: KnowledgeBase, stated: Stated) -> Judgement:
    if not stated.sure or not stated.measure or stated.against == "unknown":
        return Judgement(stated, "unknown")
    rows = same_slots(base, stated)
    likely = [(likeness(stated, row), row) for row in rows]
    for wanted in ("match", "rounded", "misprint"):
        hit = next(((outcome, row) for outcome, row in likely if outcome == wanted), None)
        if hit is not None:
            return Judgement(stated, *hit, _other(hit[1], rows))
    settled = [row for row in rows if not row.likely_period]
    if not settled:
        return Judgement(stated, "unknown")
    return Judgement(stated, "differs", settled[0], _other(settled[0], rows))


def _drawn_anew(base: KnowledgeBase, stated: Stated, *, sized: bool) -> Stated | None:
    """The same of the region as it is since it was drawn anew, where that is what the passage speaks of: of a time since
    then, or of one before of which only a figure that was counted again has the stated value. `sized`: the passage
    tells the region's number of provinces."""
    region = base.regions.get(stated.region)
    if region is None or region.kind != "region" or not region.successor or not stated.sure:
        return None
    anew = replace(stated, region=region.successor)
    own = same_slots(base, stated)
    if (sized and own) or any(likeness(stated, row) != "differs" for row in own):
        return None
    counted = same_slots(base, anew)
    alike = [row for row in counted if likeness(anew, row) != "differs"]
    since = stated.period[:4] >= DRAWN_ANEW[:4] and not own
    return anew if alike or (since and counted) else None


def _other(figure: Figure, rows: list[Figure]) -> Figure | None:
    """What another source has for the same slots, where it is not the same."""
    return next((row for row in rows if row.source != figure.source and row.value != figure.value), None)


def _usual_size(base: KnowledgeBase, stated: Stated) -> bool:
    """Whether a region's stated number of provinces is one that the base knows."""
    known = {row.value for row in base.select(indicator=_PROVINCES, region=stated.region)}
    return not known or stated.value in known


def _rounds_to(real: Decimal, said: Decimal, stated: Stated) -> bool:
    """Whether `said` is `real` with fewer digits: down behind "hơn", up behind "gần", to the nearest otherwise."""
    step = _step(stated)
    if step is None or real % step == 0:
        return False
    ways = {
        "over": (ROUND_FLOOR,),
        "under": (ROUND_CEILING,),
        "about": (ROUND_FLOOR, ROUND_CEILING),
        "exact": (ROUND_HALF_UP,),
    }[stated.qualifier]
    return any((real / step).quantize(Decimal(1), rounding=way) * step == said for way in ways)


def _step(stated: Stated) -> Decimal | None:
    """What the last printed digit is worth; round thousands count as such only where the number is told as rough."""
    spread = "".join(char if char in "0123456789.," else " " for char in stated.as_printed)
    digits = next((one.strip(".,") for one in spread.split() if one.strip(".,")), "")
    whole, _, decimals = digits.replace(".", "").partition(",")
    number = Decimal(f"{whole or 0}.{decimals or 0}")
    if not number:
        return None
    unit = abs(_decimal(stated.value)) / number
    if decimals:
        return unit * Decimal(10) ** -len(decimals)
    zeros = len(whole) - len(whole.rstrip("0"))
    if stated.unit in ("VND", "percent"):
        return unit * Decimal(10) ** (zeros if stated.qualifier != "exact" else 0)
    return unit * Decimal(10) ** zeros if zeros and stated.qualifier != "exact" else None


def _decimal(value: float) -> Decimal:
    return Decimal(str(value))
