"""Is what someone says right? The claimed numbers against the figure that has just these slots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from knowledge.base import KnowledgeBase
from knowledge.finding.figures import find_figure
from knowledge.finding.regrouped import after_redrawing, regrouped_note
from knowledge.finding.wanted import AMOUNTS, FUNDING, Found, Wanted
from knowledge.records import Figure, Stance, Verdict

_BOUND = Decimal("0.8")
"""How near a claimed bound ("hơn 80 tỷ") must be: one that is far off says nothing of the figure."""
_ROUND_DIGITS = 3
"""Digits that a rounded claim must have: with fewer it could be many figures."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that a user said, in base units, and how it was typed."""

    value: Decimal
    kind: str  # money, percent, plain
    text: str
    direction: int = 0  # -1 where a fall was claimed, 1 where a rise was
    about: bool = False  # "gần", "khoảng": two percent off is still right
    bound: str = ""  # "over" ("hơn", "trên"), "under" ("chưa đến", "dưới")


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
    if claim.bound and figure.value_max is None and (value := max(values)):
        far = said / value if claim.bound == "over" else value / said if said else 0
        return said == value or _BOUND <= far < 1
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


def check(
    base: KnowledgeBase, wanted: Wanted, claims: Sequence[Claim], *, of_anything: bool = False
) -> Checked | None:
    """Check the first claimed number that can be checked; None where the question names nothing to check it against.

    `of_anything`: no word says what the number is of, so it is right of whichever figure of the slot it is.
    """
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
        if (likely := next((row for row in rows if _is_likely(row, claim)), None)) is not None:
            return Checked("yes", (Verdict(claim.text, "likely", likely),), found)
        if (again := _counted_again(base, wanted, claim)) is not None:
            return again
        lead = found.lead
        other = _of_another_measure(base, wanted, lead, claim) if lead is not None else None
        if other is not None and (not wanted.measures or of_anything):
            of_other = Found(lead=other, companions=(lead,) if lead else ())
            return Checked("yes", (Verdict(claim.text, "match", other),), of_other)
        if other is not None:
            return Checked("no", (Verdict(claim.text, "other_measure", other),), found)
        elsewhere = _elsewhere(base, lead, claim) if lead is not None else None
        same = elsewhere is not None and elsewhere.programme in wanted.programmes
        if elsewhere is not None and of_anything and same and elsewhere.region in wanted.regions:
            return Checked("yes", (Verdict(claim.text, "match", elsewhere),), Found(lead=elsewhere))
        if elsewhere is not None:
            return Checked("no", (Verdict(claim.text, "elsewhere", elsewhere),), found)
        if of_anything and claim.kind == "percent" and len(claims) > 1:
            continue
        return Checked("no", (Verdict(claim.text, "differs", found.lead),), found)
    return None


def _is_likely(figure: Figure, claim: Claim) -> bool:
    """Whether the claim is what a doubtful print should likely read."""
    if figure.likely_value is None or figure.likely_value == figure.value or not _of_kind(figure, claim):
        return False
    return abs(claim.value) == abs(Decimal(str(figure.likely_value)))


def _counted_again(base: KnowledgeBase, wanted: Wanted, claim: Claim) -> Checked | None:
    """A claim that names no map of the regions is right also where it is the figure that was counted for them as they
    are now."""
    anew = after_redrawing(base, wanted)
    if anew is None:
        return None
    for found in (find_figure(base, anew), None if wanted.measures else _from_value(base, anew, claim)):
        lead = found.lead if found else None
        if found and lead and _of_kind(lead, claim) and _fits(lead, claim):
            notes = (regrouped_note(base, wanted), *found.assumptions)
            return Checked("yes", (Verdict(claim.text, "match", lead),), replace(found, assumptions=notes))
    return None


def _elsewhere(base: KnowledgeBase, lead: Figure, claim: Claim) -> Figure | None:
    """The one figure of the same place and year that has the claimed value in another slot: what was mistaken for it."""
    maps = {lead.region, base.regions[lead.region].successor}
    maps |= {row.id for row in base.predecessors.get(lead.region, ()) if row.kind == "region"}
    rows = [
        row
        for row in base.figures_by_value.get(float(abs(claim.value)), ())
        if _of_kind(row, claim)
        and row.indicator == lead.indicator
        and row.region in maps
        and row.period[:4] == lead.period[:4]
        and _slot(row) != _slot(lead)
    ]
    return rows[0] if len({_slot(row) for row in rows}) == 1 else None


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
