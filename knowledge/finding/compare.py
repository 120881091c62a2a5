"""Two figures against each other: years, regions, programmes, or plan against actual. Only rows of one kind compare."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from knowledge.base import KnowledgeBase
from knowledge.finding.figures import find_figure
from knowledge.finding.regrouped import after_redrawing, regrouped_note
from knowledge.finding.wanted import AMOUNTS, FUNDING, Found, Wanted
from knowledge.records import Comparison, Figure, Note
from knowledge.telling.names import MEASURES


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison, or the side that could not be found (`missing`), with what was assumed for both."""

    comparison: Comparison | None = None
    printed: Figure | None = None
    assumptions: tuple[Note, ...] = ()
    missing: Found | None = None
    have: Figure | None = None


def compare(base: KnowledgeBase, wanted: Wanted, *, year_before: bool = False) -> Compared | None:
    """Compare along the one slot that has two values. None where no slot has two (or more than one has).

    `year_before`: with a single period, compare with the year before it ("tăng hay giảm so với năm trước").
    """
    sides = _sides(wanted, year_before=year_before)
    if sides is None:
        return None
    kind, first, second = sides
    if kind != "plan_actual" and not wanted.measures and wanted.indicator == FUNDING:
        return _with_shared_measure(base, kind, first, second)
    return _pair(base, kind, first, second)


def _sides(wanted: Wanted, *, year_before: bool) -> tuple[str, Wanted, Wanted] | None:
    """The two searches and what differs between them; values of two slots are paired in the order of naming."""
    measures = tuple(
        dict.fromkeys(measure for measure in wanted.measures if measure in (*AMOUNTS, "assigned"))
    )
    if set(measures) == {"assigned", "allocated"}:
        measures = ("allocated",)
    plain = replace(wanted, joined="")
    years = {code[:4] for code in plain.periods}
    single = len(plain.regions) < 2 and len(plain.programmes) < 2
    if len(measures) == len(plain.periods) == len(years) == 2 and single:  # "kế hoạch 2017", "thực hiện 2016"
        first, second = (
            replace(plain, measures=(measure,), periods=(period,))
            for measure, period in zip(measures, plain.periods, strict=True)
        )
        return "mixed", first, second
    if len(measures) == 2 and "plan" in measures:
        other = next(measure for measure in measures if measure != "plan")
        return _plan_and(plain, other)
    if measures and wanted.measures[0] in (*AMOUNTS, "assigned"):
        plain = replace(plain, measures=measures[:1])
    doubles = {
        slot: getattr(plain, slot)
        for slot in ("periods", "regions", "programmes")
        if len(getattr(plain, slot)) == 2
    }
    if not doubles:
        return _against_year_before(plain) if year_before else None
    if set(doubles) == {"periods"}:
        early, late = sorted(plain.periods)
        return "time", replace(plain, periods=(early,)), replace(plain, periods=(late,))
    first, second = (
        replace(
            plain,
            periods=plain.periods[side : side + 1] if "periods" in doubles else plain.periods,
            regions=plain.regions[side : side + 1] if "regions" in doubles else plain.regions,
            programmes=plain.programmes[side : side + 1] if "programmes" in doubles else plain.programmes,
        )
        for side in (0, 1)
    )
    kind = (
        {"regions": "region", "programmes": "programme"}[next(iter(doubles))]
        if len(doubles) == 1
        else "mixed"
    )
    return kind, first, second


def _plan_and(wanted: Wanted, other: str) -> tuple[str, Wanted, Wanted] | None:
    """The plan of a year, or of a span of years, against what was done in it, or in a part of it."""
    years = tuple(code for code in wanted.periods if re.fullmatch(r"\d{4}(?:-\d{4})?", code))
    parts = tuple(code for code in wanted.periods if code not in years)
    if len(years) > 1 or len(parts) > 1:
        return None
    done = parts or years
    planned = years or tuple(code[:4] for code in parts)
    return (
        "plan_actual",
        replace(wanted, measures=("plan",), periods=planned, round=""),
        replace(wanted, measures=(other,), periods=done),
    )


def _against_year_before(wanted: Wanted) -> tuple[str, Wanted, Wanted] | None:
    if len(wanted.periods) != 1:
        return None
    code = wanted.periods[0]
    if not re.fullmatch(r"(?:19|20)\d\d(?:-(?:H\d|Q\d|\d+M))?", code):
        return None
    return "time", replace(wanted, periods=(f"{int(code[:4]) - 1}{code[4:]}",)), wanted


def _with_shared_measure(base: KnowledgeBase, kind: str, first: Wanted, second: Wanted) -> Compared:
    """No measure was named: take the first that both sides have, and say so."""
    failed: Compared | None = None
    for measure in AMOUNTS:
        tried = _pair(base, kind, replace(first, measures=(measure,)), replace(second, measures=(measure,)))
        if tried.comparison:
            note = Note("assumed_measure", {"measure": MEASURES[measure]})
            return replace(tried, assumptions=(note, *tried.assumptions))
        if tried.have and (failed is None or not failed.have):
            failed = tried
    return failed or _pair(base, kind, first, second)


_VARIES = {"time": ("period",), "region": ("region",), "programme": ("programme",), "plan_actual": ("period",), "mixed": ("period", "region", "programme")}  # fmt: skip
"""The slots in which the two sides of a comparison may differ, by its kind."""


def _differ_elsewhere(kind: str, a: Figure, b: Figure) -> bool:
    """Whether a slot that nobody named was filled differently on the two sides (another region, another programme)."""
    slots = (slot for slot in ("region", "programme", "period") if slot not in _VARIES[kind])
    return any(getattr(a, slot) != getattr(b, slot) for slot in slots)


def _on_two_maps(base: KnowledgeBase, a: Figure, b: Figure) -> bool:
    """Whether one is counted for a region as it is now, the other for one that has since been drawn anew."""
    one, other = base.regions[a.region], base.regions[b.region]
    regions = one.kind == other.kind == "region"
    return regions and bool(one.valid_from) != bool(other.valid_from)


def _apart(base: KnowledgeBase, kind: str, one: Found, two: Found) -> bool:
    """Whether what was found on the two sides does not speak of one thing, or not of one map."""
    if one.lead is None or two.lead is None:
        return False
    return _differ_elsewhere(kind, one.lead, two.lead) or _on_two_maps(base, one.lead, two.lead)


def _pair(base: KnowledgeBase, kind: str, first: Wanted, second: Wanted) -> Compared:
    one, two = find_figure(base, first), find_figure(base, second)
    if _apart(base, kind, one, two):
        found = tuple(side.lead for side in (one, two) if side.lead)
        anew = [after_redrawing(base, side) or side for side in (first, second)]
        if anew != [first, second] and anew[0] != anew[1]:
            one, two = (find_figure(base, side) for side in anew)
            moved = first if first != anew[0] else second
            one = replace(one, assumptions=(regrouped_note(base, moved), *one.assumptions))
        if not one.lead or not two.lead or _apart(base, kind, one, two):
            code = "two_maps" if _on_two_maps(base, *found) else "not_comparable"
            return Compared(missing=Found(gap=Note(code), offers=found))
    if one.lead is None or two.lead is None:
        missing = one if one.lead is None else two
        return Compared(missing=missing, have=one.lead or two.lead)
    a, b = one.lead, two.lead
    same_measure = a.measure == b.measure or kind == "plan_actual" or first.measures != second.measures
    if (
        not same_measure
        and {a.measure, b.measure} == {"plan", "allocated"}
        and a.unit == b.unit
        and a.unit != "VND"
    ):
        same_measure = True
    notes = tuple(
        {
            (note.code, tuple(note.values.items())): note for note in (*one.assumptions, *two.assumptions)
        }.values()
    )
    if a.unit != b.unit or a.value_max is not None or b.value_max is not None:
        return Compared(missing=Found(gap=Note("not_comparable")), have=a)
    if not same_measure and a.indicator == FUNDING:
        return Compared(missing=Found(gap=Note("not_comparable")), have=a)
    if a.measure != b.measure and kind != "plan_actual":
        notes = (
            *notes,
            Note("different_measures", {"first": MEASURES[a.measure], "second": MEASURES[b.measure]}),
        )
    difference = b.value - a.value
    percent = (
        None if a.unit in ("percent", "date") or not a.value else round(difference / abs(a.value) * 100, 4)
    )
    comparison = Comparison(a, b, difference, percent, kind)
    return Compared(comparison, printed_change(base, a, b), notes)


def printed_change(base: KnowledgeBase, first: Figure, second: Figure) -> Figure | None:
    """The percent that a source prints for just this change, where it does."""
    for relation in base.relations:
        if relation.kind == "change" and set(relation.operands[:2]) == {first.id, second.id}:
            return base.figures.get(relation.operands[2])
    return None


def total_of(base: KnowledgeBase, comparison: Comparison) -> Found | None:
    """The printed total of both programmes, of which the two sides are the parts; None where none is printed."""
    one = comparison.second
    if comparison.kind != "programme":
        return None
    slots = Wanted(
        indicator=one.indicator, measures=(one.measure,), programmes=("total",), regions=(one.region,), periods=(one.period,)
    )  # fmt: skip
    found = find_figure(base, slots)
    return found if found.lead is not None else None


def by_value(base: KnowledgeBase, values: tuple[float, float], wanted: Wanted) -> Comparison | None:
    """The pair of figures that has just these two printed values and agrees with what else was said."""
    sides = []
    for value in values:
        rows = [
            row
            for row in base.figures_by_value.get(abs(value), ())
            if row.unit == "VND"
            and (not wanted.regions or row.region in wanted.regions)
            and (not wanted.programmes or row.programme in wanted.programmes)
            and (not wanted.periods or row.period in wanted.periods or len(wanted.periods) == 1)
        ]
        sides.append(rows)
    pairs = [
        (a, b)
        for a in sides[0]
        for b in sides[1]
        if a.id != b.id
        and sum(getattr(a, slot) != getattr(b, slot) for slot in ("measure", "programme", "region", "period"))
        == 1
    ]
    if len(pairs) != 1:
        return None
    return between(*pairs[0])


def between(a: Figure, b: Figure) -> Comparison | None:
    """Two figures that differ in one slot, the later one second; None where they differ in none or are not of one unit."""
    slots = (("period", "time"), ("region", "region"), ("programme", "programme"), ("measure", "plan_actual"))
    kind = next((name for slot, name in slots if getattr(a, slot) != getattr(b, slot)), None)
    if kind is None or a.unit != b.unit or a.value_max is not None or b.value_max is not None:
        return None
    difference = b.value - a.value
    percent = (
        round(difference / abs(a.value) * 100, 4) if a.value and a.unit not in ("percent", "date") else None
    )
    return Comparison(a, b, difference, percent, kind)
