"""Two figures against each other: years, regions, programmes, or plan against actual. Only rows of one kind compare."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from knowledge.base import KnowledgeBase
from knowledge.finding.figures import find_figure
from knowledge.finding.regrouped import after_redrawing, regrouped_note
from knowledge.finding.wanted import AMOUNTS, FUNDING, NATION, Found, Wanted
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


def compare(base: KnowledgeBase, wanted: Wanted) -> Compared | None:
    """Compare along the one slot that has two values. None where no slot has two (or more than one has)."""
    sides = _sides(wanted)
    if sides is None:
        return None
    kind, first, second = sides
    if kind != "plan_actual" and not wanted.measures and wanted.indicator == FUNDING:
        told = _with_shared_measure(base, kind, first, second)
    else:
        told = _pair(base, kind, first, second)
    if told.comparison is None and kind == "programme" and wanted.measures == ("allocated",):
        any_, other = replace(first, measures=()), replace(second, measures=())
        spent = _with_shared_measure(base, kind, any_, other)  # who gave more: what was spent of each
        told = spent if spent.comparison else told
    if told.comparison is None and kind == "time" and wanted.indicator == FUNDING and not wanted.of:
        return _of_either_measure(base, first, second) or told
    return told


def _of_either_measure(base: KnowledgeBase, first: Wanted, second: Wanted) -> Compared | None:
    """Two times of which no measure is held for both: the later against the earlier, each in its own, which is said; None
    where one has none."""
    leads = []
    for side in (first, second):
        ways = (side, replace(side, measures=()))
        leads.append(next((lead for way in ways if (lead := find_figure(base, way).lead)), None))
    one, two = leads
    if one is None or two is None or not {one.measure, two.measure} <= {*AMOUNTS}:
        return None
    if _differ_elsewhere("time", one, two) or _on_two_maps(base, one, two):
        return None
    return _compared(base, "mixed", two, one, (), named=True)


def _sides(wanted: Wanted) -> tuple[str, Wanted, Wanted] | None:
    """The two searches and what differs between them; values of two slots are paired in the order of naming."""
    measures = tuple(dict.fromkeys(one for one in wanted.measures if one in (*AMOUNTS, "assigned")))
    if set(measures) == {"assigned", "allocated"}:
        measures = ("allocated",)
    plain = replace(wanted, joined="", measures=measures or wanted.measures)
    if len(measures) > 1 and len({code[:4] for code in plain.periods}) < 2:  # both of one year
        if "plan" in measures:
            return _plan_and(plain, next(one for one in measures if one != "plan"))
        plain = replace(plain, measures=measures[:1])
    doubles = {slot: values for slot in _SLOTS if len(values := getattr(plain, slot)) == 2}
    if not doubles:
        return None
    if set(doubles) == {"periods"}:
        doubles["periods"] = tuple(sorted(plain.periods))
    first, second = (
        replace(plain, **{slot: values[side : side + 1] for slot, values in doubles.items()})
        for side in (0, 1)
    )
    return _SLOTS[next(iter(doubles))] if len(doubles) == 1 else "mixed", first, second


_SLOTS = {"measures": "mixed", "periods": "time", "regions": "region", "programmes": "programme"}
"""The kind of a comparison by the slot that has two values."""


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
    if kind == "plan_actual":
        one, two = _of_one_programme(base, first, one, two), _of_one_programme(base, second, two, one)
    if _apart(base, kind, one, two):
        found = tuple(side.lead for side in (one, two) if side.lead)
        one, two = _on_new_map(base, first, second) or (Found(), Found())
        if not one.lead or not two.lead or _apart(base, kind, one, two):
            code = "two_maps" if _on_two_maps(base, *found) else "not_comparable"
            return Compared(missing=Found(gap=Note(code), offers=found))
    if one.lead is None or two.lead is None:
        missing = one if one.lead is None else two
        return Compared(missing=missing, have=one.lead or two.lead)
    return _compared(
        base,
        kind,
        one.lead,
        two.lead,
        (*one.assumptions, *two.assumptions),
        first.measures != second.measures,
    )


def _of_one_programme(base: KnowledgeBase, wanted: Wanted, found: Found, other: Found) -> Found:
    """What was found of a search; where its programme would be asked for, that of the one figure on the other side."""
    if found.asks != ("programme",) or other.lead is None:
        return found
    return find_figure(base, replace(wanted, programmes=(other.lead.programme,)))


def _on_new_map(base: KnowledgeBase, first: Wanted, second: Wanted) -> tuple[Found, Found] | None:
    """Both sides as the regions are since they were drawn anew; None where that makes no difference, or one of two."""
    anew = [after_redrawing(base, side) or side for side in (first, second)]
    if anew == [first, second] or anew[0] == anew[1]:
        return None
    one, two = (find_figure(base, side) for side in anew)
    moved = first if first != anew[0] else second
    return replace(one, assumptions=(regrouped_note(base, moved), *one.assumptions)), two


def _compared(
    base: KnowledgeBase, kind: str, a: Figure, b: Figure, assumptions: tuple[Note, ...], named: bool
) -> Compared:
    """Two figures against each other; `named`: each of its own measure, as was asked."""
    done = {a.measure, b.measure} <= DONE
    same = a.measure == b.measure or kind == "plan_actual" or named or done
    if (
        a.unit != b.unit
        or a.value_max is not None
        or b.value_max is not None
        or not (same or a.unit != "VND")
    ):
        return Compared(missing=Found(gap=Note("not_comparable")), have=a)
    notes = {(note.code, tuple(note.values.items())): note for note in assumptions}
    if a.measure != b.measure and kind != "plan_actual":
        measures = {"first": MEASURES[a.measure], "second": MEASURES[b.measure]}
        notes["", ()] = Note("different_measures", measures)
    return Compared(_difference(a, b, kind), printed_change(base, a, b), tuple(notes.values()))


def _difference(a: Figure, b: Figure, kind: str) -> Comparison:
    difference = b.value - a.value
    relative = a.value and a.unit not in ("percent", "date")
    return Comparison(a, b, difference, round(difference / abs(a.value) * 100, 4) if relative else None, kind)


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


def may_be_added(base: KnowledgeBase, comparison: Comparison) -> bool:
    """Whether two figures add up: places beside each other, years, programmes; never a part and its whole."""
    one, other = comparison.first, comparison.second
    if comparison.kind == "time":
        return all(row.period.isdecimal() and row.unit == "VND" for row in (one, other))
    if comparison.kind not in ("region", "programme") or one.unit in ("percent", "date"):
        return False
    if comparison.kind == "programme":
        return "total" not in (one.programme, other.programme)
    within = {base.regions[row.region].part_of for row in (one, other)} | {NATION}
    return not within & {one.region, other.region}


DONE = frozenset({"actual", "estimate"})
"""Measures of what was done, of which one was reported before the time was over."""
_KINDS = {"period": "time", "region": "region", "programme": "programme", "measure": "plan_actual"}
"""The kind of a comparison by the first slot in which its sides differ."""


def between(a: Figure, b: Figure) -> Comparison | None:
    """Two figures that differ in one slot, the later one second; None where they differ in none or are not of one unit."""
    kind = next((name for slot, name in _KINDS.items() if getattr(a, slot) != getattr(b, slot)), None)
    if kind is None or a.unit != b.unit or a.value_max is not None or b.value_max is not None:
        return None
    return _difference(a, b, kind)
