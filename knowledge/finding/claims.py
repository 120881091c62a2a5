"""Is what someone says right? A claimed number against the figures that have just these slots."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from knowledge.base import KnowledgeBase
from knowledge.finding.figures import find_figure
from knowledge.finding.regrouped import after_redrawing, regrouped_note
from knowledge.finding.wanted import AMOUNTS, Found, Wanted
from knowledge.records import Figure, Outcome

_BOUND = Decimal("0.8")
"""How near a claimed bound ("hơn 80 tỷ") must be: one that is far off says nothing of the figure."""
_CONTRARY = {"above": "under", "below": "over"}
"""What a source prints ("gần 80%") of which the same number as a bound ("vượt 80%") is not so."""
_ROUND_DIGITS = 3
"""Digits that a rounded claim must have: with fewer it could be many figures."""
_ABOUT = Decimal("0.02")


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that a user said, in base units, and how it was typed."""

    value: Decimal
    kind: str  # money, percent, plain
    text: str
    direction: int = 0  # -1 where a fall was claimed, 1 where a rise was
    about: bool = False  # two percent off is still right
    bound: str = ""  # "above" or "below" where only a bound was said


@dataclass(frozen=True, slots=True)
class Checked:
    """`found` holds the figure that a claim was checked against; `other`: the one whose value was mistaken for it."""

    outcome: Outcome
    found: Found
    other: Figure | None = None


def check(base: KnowledgeBase, wanted: Wanted, claim: Claim, *, of_anything: bool = False) -> Checked | None:
    """Check a number against the figures of these slots; None where there is nothing to check it against.

    `of_anything`: no word says what the number is of, so it is right of whichever figure of the slot it is.
    """
    found = find_figure(base, wanted)
    if found.lead is None:
        found = _from_value(base, wanted, claim) or found
    if found.lead is None:
        return None
    rows = [found.lead, *found.also]
    if not _of_kind(found.lead, claim):
        rows = [row for row in found.companions if _of_kind(row, claim)]
        if not rows:
            return None
        found = Found(rows[0], tuple(rows[1:]), found.companions, found.assumptions)
    return _as_printed(base, rows, found, claim, wanted) or _mistaken(
        base, wanted, claim, found, of_anything=of_anything
    )


def _as_printed(
    base: KnowledgeBase, rows: list[Figure], found: Found, claim: Claim, wanted: Wanted
) -> Checked | None:
    """The claim as one of the sources prints it, rounded, or as a doubtful print should read."""
    fitting = [row for row in rows if _fits(row, claim)]
    if claim.bound and fitting and all(abs(row.value) != abs(float(claim.value)) for row in fitting):
        of_another = _elsewhere(base, found.lead, claim) if found.lead else None
        fitting = [] if of_another is not None else fitting  # "KCĐP hơn 11 tỷ" is the other programme's
    if fitting:
        exact = (row for row in fitting if row.value == float(claim.value))
        return _of_print(next(exact, fitting[0]), rows, found, wanted)
    near = next((row for row in rows if row.likely_value is None and _rounds(row, claim)), None)
    if near is not None and _of_kind(near, claim):
        return Checked("rounded", Found(near, (), found.companions, found.assumptions))
    likely = next((row for row in rows if _is_likely(row, claim)), None)
    return Checked("likely", found, likely) if likely is not None else None


def _of_print(hit: Figure, rows: list[Figure], found: Found, wanted: Wanted) -> Checked:
    """A claim that a figure agrees with: right, unless its print is doubtful or of another time."""
    other_day = hit.likely_period and hit.likely_period not in wanted.periods
    if other_day or hit.likely_value not in (None, hit.value):
        return Checked("misprint", found, hit)
    rest = tuple(row for row in rows if row.value != hit.value and _slot(row) == _slot(hit))
    return Checked("match", Found(hit, rest, found.companions, found.assumptions))


def _mistaken(
    base: KnowledgeBase, wanted: Wanted, claim: Claim, found: Found, *, of_anything: bool
) -> Checked | None:
    """What differs, with the figure whose value it is, where the claim took one for another."""
    if (again := _counted_again(base, wanted, claim)) is not None:
        return again
    lead = found.lead
    assert lead is not None
    if claim.kind == "plain" and claim.text in lead.as_printed.split("/"):
        return None  # of how many it is ("226/244")
    other = _of_another_measure(base, wanted, lead, claim)
    if other is not None and (not wanted.measures or of_anything):
        return Checked("match", Found(other, companions=(lead,)))
    if other is None:
        other = _elsewhere(base, lead, claim)
    if other is not None and other.likely_value is not None:
        return Checked("likely" if _is_likely(other, claim) else "misprint", Found(other), other)
    return Checked("differs", found, other)


def _fits(figure: Figure, claim: Claim) -> bool:
    if claim.kind in ("money", "percent") and not _of_kind(figure, claim):
        return False
    values = {abs(Decimal(str(figure.value)))}
    if figure.value_max is not None:
        values.add(abs(Decimal(str(figure.value_max))))
    said = abs(claim.value)
    if figure.measure == "change" and claim.direction * figure.value < 0:
        return False
    if claim.bound and figure.value_max is None and max(values):
        return _within_bound(figure, claim, max(values))
    if claim.about and any(value and abs(said - value) / value <= _ABOUT for value in values):
        return True
    return any(
        said == value or (value and abs(said - value) / value < Decimal("0.0000001")) for value in values
    )


def _within_bound(figure: Figure, claim: Claim, value: Decimal) -> bool:
    """Whether a figure is a little beyond a bound, or just the number of it, where its source does not print the contrary."""
    said = abs(claim.value)
    far = said / value if claim.bound == "above" else value / said if said else 0
    digits = said.normalize().as_tuple()
    sure = len(digits.digits) >= _ROUND_DIGITS  # "hơn 78,3 tỷ" is no bound of 87,3
    near = not sure or abs(said - value) < Decimal(10).scaleb(int(digits.exponent))
    contrary = figure.qualifier == _CONTRARY[claim.bound] and figure.measure != "change"
    return (said == value and not contrary) or (near and _BOUND <= far < 1)


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
    unit = {"money": "VND", "percent": "percent"}.get(claim.kind)
    return figure.unit == unit if unit else figure.unit not in ("percent", "date", "VND")


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
            return Checked("match", replace(found, assumptions=notes))
    return None


def _elsewhere(base: KnowledgeBase, lead: Figure, claim: Claim) -> Figure | None:
    """The one figure of the same place and year that has the claimed value in another slot: what was mistaken for it."""
    maps = {lead.region, base.regions[lead.region].successor}
    maps |= {row.id for row in base.predecessors.get(lead.region, ()) if row.kind == "region"}
    rows = [
        row
        for row in base.figures_by_value.get(float(abs(claim.value)), ())
        if _of_kind(row, claim)
        and (row.indicator == lead.indicator or claim.kind == "money")
        and row.region in maps
        and row.period[:4] == lead.period[:4]
        and (*_slot(row), row.against) != (*_slot(lead), lead.against)
    ]
    own = [row for row in rows if _slot(row) == _slot(lead)] or rows
    return own[0] if len({_slot(row) for row in own}) == 1 else None


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
    said = wanted.measures
    if claim.kind != "percent" and not set(said) <= set(AMOUNTS):
        said = ()
    rows = [
        row
        for row in base.figures_by_value.get(float(abs(claim.value)), ())
        if _of_kind(row, claim)
        and row.indicator == wanted.indicator
        and (not said or row.measure in said)
        and (not wanted.regions or row.region in wanted.regions)
        and (not wanted.programmes or row.programme in wanted.programmes)
        and (not wanted.periods or row.period in wanted.periods or row.likely_period in wanted.periods)
        and not (row.measure == "change" and claim.direction * row.value < 0)
    ]
    if len({_slot(row) for row in rows}) == 1:
        return Found(lead=rows[0], also=tuple(rows[1:]))
    return None
