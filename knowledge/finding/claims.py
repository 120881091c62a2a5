"""Is what someone says right? The claimed numbers against the figure that has just these slots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from knowledge.base import KnowledgeBase
from knowledge.finding.figures import find_figure
from knowledge.finding.wanted import AMOUNTS, FUNDING, Found, Wanted
from knowledge.records import Figure, Stance, Verdict

_ROUND_DIGITS = 3
"""Digits that a rounded claim must have: with fewer it could be many figures."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that a user said, in base units, and how it was typed."""

    value: Decimal
    kind: str  # money, percent, plain
    text: str
    direction: int = 0  # -1 where a fall was claimed, 1 where a rise was
    about: bool = False  # "gần", "khoảng", "hơn": two percent off is still right


@dataclass(frozen=True, slots=True)
class Checked:
    """`stance`: yes or no; `found` holds the figure it was checked against (or the gap)."""

    stance: Stance | None
    verdicts: tuple[Verdict, ...]
    found: Found


def _fits(figure: Figure, claim: Claim) -> bool:
    units = {"money": ("VND",), "percent": ("percent",)}
    if claim.kind in units and figure.unit not in units[claim.kind]:
        return False
    values = {abs(Decimal(str(figure.value)))}
    if figure.value_max is not None:
        values.add(abs(Decimal(str(figure.value_max))))
    said = abs(claim.value)
    if figure.measure == "change" and claim.direction * figure.value < 0:
        return False
    if claim.about and any(value and abs(said - value) / value <= Decimal("0.02") for value in values):
        return True
    return any(
        said == value or (value and abs(said - value) / value < Decimal("0.0000001")) for value in values
    )


def _rounds(figure: Figure, claim: Claim) -> bool:
    """Whether the claim is the figure told with fewer digits, three at least ("81,7 tỷ" for 81,725)."""
    said = abs(claim.value).normalize()
    if len(said.as_tuple().digits) < _ROUND_DIGITS or figure.value_max is not None:
        return False
    if figure.measure == "change" and claim.direction * figure.value < 0:
        return False
    step = Decimal(1).scaleb(int(said.as_tuple().exponent))
    return abs(said - abs(Decimal(str(figure.value)))) <= step / 2


def _slot(figure: Figure) -> tuple[str, ...]:
    return (figure.indicator, figure.measure, figure.of, figure.programme, figure.region, figure.period)


def _of_kind(figure: Figure, claim: Claim) -> bool:
    if claim.kind == "money":
        return figure.unit == "VND"
    if claim.kind == "percent":
        return figure.unit == "percent"
    return figure.unit not in ("percent", "date")


def check(base: KnowledgeBase, wanted: Wanted, claims: Sequence[Claim]) -> Checked | None:
    """Check the first claimed number that can be checked; None where the question names nothing to check it against."""
    for claim in claims:
        found = find_figure(base, wanted)
        if found.lead is None:
            found = _from_value(base, wanted, claim) or found
        if found.lead is None:
            continue
        rows = [found.lead, *found.also]
        if not _of_kind(found.lead, claim):
            rows = [row for row in found.companions if _of_kind(row, claim)]
            if not rows:
                continue
            found = Found(
                lead=rows[0], also=tuple(rows[1:]), companions=found.companions, assumptions=found.assumptions
            )
        hit = next((row for row in rows if _fits(row, claim)), None)
        wrong_print = hit is not None and hit.likely_value is not None and hit.likely_value != hit.value
        if hit is not None and not wrong_print:
            rest = tuple(row for row in rows if row.value != hit.value and _slot(row) == _slot(hit))
            ordered = Found(hit, rest, found.companions, found.assumptions)
            return Checked("yes", (Verdict(claim.text, "match", hit),), ordered)
        if hit is not None:
            return Checked("no", (Verdict(claim.text, "misprint", hit),), found)
        near = next((row for row in rows if row.likely_value is None and _rounds(row, claim)), None)
        if near is not None and _of_kind(near, claim):
            ordered = Found(lead=near, companions=found.companions, assumptions=found.assumptions)
            return Checked("yes", (Verdict(claim.text, "rounded", near),), ordered)
        lead = found.lead
        other = _of_another_measure(base, wanted, lead, claim) if lead is not None else None
        if other is not None and not wanted.measures:
            of_other = Found(lead=other, companions=(lead,) if lead else ())
            return Checked("yes", (Verdict(claim.text, "match", other),), of_other)
        if other is not None:
            return Checked("no", (Verdict(claim.text, "other_measure", other),), found)
        return Checked("no", (Verdict(claim.text, "differs", found.lead),), found)
    return None


def _of_another_measure(base: KnowledgeBase, wanted: Wanted, lead: Figure, claim: Claim) -> Figure | None:
    """The figure of the same slot, but of another measure than what it was checked against, that has the claimed value."""
    slot = replace(wanted, measures=(), regions=(lead.region,), periods=(lead.period,))
    found = _from_value(base, slot, claim)
    other = found.lead if found else None
    if other is None or other.indicator != lead.indicator or other.measure == lead.measure:
        return None
    return other if other.programme == lead.programme or not lead.programme else None


def _from_value(base: KnowledgeBase, wanted: Wanted, claim: Claim) -> Found | None:
    """The one figure that has the claimed value and agrees with every slot that was named."""
    said = ("plan", "allocated") if wanted.measures == ("assigned",) else wanted.measures
    said = said if set(said) <= set(AMOUNTS) else ()
    rows = [
        row
        for row in base.figures_by_value.get(float(abs(claim.value)), ())
        if _of_kind(row, claim)
        and (claim.kind != "plain" or wanted.indicator in (FUNDING, row.indicator))
        and (not said or row.measure in said)
        and (not wanted.regions or row.region in wanted.regions)
        and (not wanted.programmes or row.programme in wanted.programmes)
        and (not wanted.periods or row.period in wanted.periods or row.likely_period in wanted.periods)
    ]
    slots = {(row.indicator, row.measure, row.of, row.programme, row.region, row.period) for row in rows}
    if len(slots) == 1:
        return Found(lead=rows[0], also=tuple(rows[1:]))
    return None
