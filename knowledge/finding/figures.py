"""Slots → the figure, the question back, or "no such figure": a slot that was named is never traded for another.

A missing slot is filled only where one value is possible, or by a default that is said aloud; otherwise the bot asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from knowledge.base import KnowledgeBase
from knowledge.finding.companions import companions
from knowledge.finding.conflicts import in_order
from knowledge.finding.nearby import nothing
from knowledge.finding.regrouped import after_redrawing, in_whole_region, of_new_territory, regrouped_note
from knowledge.finding.wanted import AMOUNTS, FUNDING, NATION, Found, Wanted
from knowledge.records import Choice, Figure, Note
from knowledge.telling.names import MEASURES, PROGRAMME_SHORT, figure_question, period_name, region_name
from knowledge.text import fold

MOST_CHOICES = 4
HONOURED_BY_THE_NATION = "sp-tieu-bieu-quoc-gia"
"""The count of products that are honoured at the national level: of the whole country, unless a place is named."""
_BUDGETED = {("allocated",): ("plan",), ("plan",): ("allocated",)}
"""What a province "bố trí" (sets aside) is printed as its plan in one report and as its allotment in another."""
DATES = ("ngay-chot-so-lieu", "ngay-dang-bai", "ngay-hop", "ngay-van-ban")
"""Indicators whose value is a day."""


def find_figure(base: KnowledgeBase, wanted: Wanted) -> Found:
    """The one figure that `wanted` names, with its companions; or what must be asked; or the gap and what is near."""
    searches = chain([(wanted, ())], _instead(base, wanted))
    found = ((one, notes, rows) for one, notes in searches if (rows := _candidates(base, one)))
    one, notes, rows = next(found, (wanted, (), []))
    if rows:
        return _narrowed(base, one, rows, list(notes))
    if (whole := in_whole_region(base, wanted)) is not None:
        told = find_figure(base, whole[0])
        return replace(told, assumptions=(whole[1], *told.assumptions)) if told.lead else told
    return nothing(base, wanted)


def _instead(base: KnowledgeBase, wanted: Wanted) -> Iterator[tuple[Wanted, tuple[Note, ...]]]:
    """What is looked for where no figure has just these slots, the likeliest first, with what each takes for granted: the
    region as it is now, an estimate for what was done, the span that ends then, a budget's other name."""
    anew = after_redrawing(base, wanted) if wanted.periods else None
    if anew is not None:
        yield anew, (regrouped_note(base, wanted),)
    if "actual" in wanted.measures:
        softer = tuple("estimate" if one == "actual" else one for one in wanted.measures)
        yield replace(wanted, measures=softer), (Note("only_estimate"),)
    if wanted.until and (ending := _ending(base, wanted)) is not None:
        yield ending, (Note("assumed_period", {"period": period_name(ending.periods[0])}),)
    if wanted.measures in _BUDGETED and wanted.regions:
        given = replace(wanted, measures=_BUDGETED[wanted.measures])
        for way in (given, after_redrawing(base, given)):
            if way is not None:
                yield way, (Note("assumed_measure", {"measure": MEASURES[way.measures[0]]}),)


def _narrowed(base: KnowledgeBase, wanted: Wanted, rows: list[Figure], notes: list[Note]) -> Found:
    """The one figure of those that agree with what was named, or what must be asked."""
    whole_country = wanted.programmes == ("KCQG",) or wanted.indicator == HONOURED_BY_THE_NATION
    national = whole_country and wanted.periods and not wanted.regions
    if national and all(base.regions[row.region].kind == "province" for row in rows):
        return nothing(base, replace(wanted, regions=(NATION,)))  # nobody means a province unsaid
    rows, asks = _fill(base, wanted, rows, notes)
    if asks:
        return Found(asks=tuple(asks), choices=_choices(base, rows, wanted))
    lead, *also = in_order(base, rows)
    if lead.round and not wanted.round and lead.label:
        notes.append(Note("only_round", {"round": lead.round}))
    return Found(lead, tuple(also), tuple(companions(base, lead)), tuple(notes))


def _ending(base: KnowledgeBase, wanted: Wanted) -> Wanted | None:
    """The same search for the one span of years that ends with the year that was named, of the nation's own programme where
    no place is; None where there is no such one."""
    if wanted.programmes == ("KCQG",) and not wanted.regions:
        wanted = replace(wanted, regions=(NATION,))
    anytime = _candidates(base, replace(wanted, periods=(), until=False))
    ends = [row.period for row in anytime if any(row.period.endswith(f"-{one}") for one in wanted.periods)]
    return replace(wanted, periods=(ends[0],), until=False) if len(set(ends)) == 1 else None


def _of_a_province(base: KnowledgeBase, wanted: Wanted) -> bool:
    """Whether a province's own budget may be meant, of which the plan and what is allotted are one."""
    provinces = wanted.regions and all(base.regions[one].kind == "province" for one in wanted.regions)
    return bool(provinces) and wanted.programmes in ((), ("KCDP",)) and not wanted.of


def _candidates(base: KnowledgeBase, wanted: Wanted) -> list[Figure]:
    """Rows that agree with every slot that was named."""
    if wanted.indicator in DATES and wanted.periods:
        return _by_year(base, wanted)
    rows = base.select(
        indicator=wanted.indicator,
        measure=_measures(wanted),
        programme=wanted.programmes or None,
        region=wanted.regions or None,
        period=wanted.joined or wanted.periods or None,
    )
    rows = _about([row for row in rows if _agrees(base, wanted, row)], wanted.of)
    if wanted.measures == ("assigned",):
        rows = _as_given(base, wanted, rows)
    if wanted.round and (wanted.indicator == FUNDING or any(row.round for row in rows)):
        rows = [row for row in rows if row.round == wanted.round]
    return _counted_or_planned(_totals(rows, wanted), wanted)


def _measures(wanted: Wanted) -> tuple[str, ...] | None:
    """The measures of the rows that may be meant; None for any."""
    if wanted.measures == ("assigned",):
        return ("plan", "allocated")
    if wanted.measures == ("actual",) and wanted.part and not wanted.periods:
        return ("actual", "estimate")
    return wanted.measures or (AMOUNTS if wanted.indicator == FUNDING else None)


def _agrees(base: KnowledgeBase, wanted: Wanted, row: Figure) -> bool:
    """Whether a row is of the part of a year, the whole, the map and the activity that were named."""
    part = wanted.periods or not wanted.part or row.period.endswith(f"-{wanted.part}")
    drawn = wanted.drawn != "after" or of_new_territory(base, row)
    named = not wanted.terms or any(fold(term) in wanted.terms for term in row.terms)
    return bool(part and drawn and named and wanted.against in ("", row.against))


def _about(rows: list[Figure], of: tuple[str, ...]) -> list[Figure]:
    """Rates, shares and changes of what was named; of an estimate where none is of what was done."""
    exact = [row for row in rows if not of or row.of in of]
    return exact if exact or "actual" not in of else [row for row in rows if row.of == "estimate"]


def _totals(rows: list[Figure], wanted: Wanted) -> list[Figure]:
    """Of money of which "tổng" (in all) was said, that of both programmes, else that of one."""
    if wanted.indicator != FUNDING or wanted.programmes or not wanted.total_word:
        return rows
    rows = [row for row in rows if row.programme] or rows
    return [row for row in rows if row.programme == "total"] or rows


def _as_given(base: KnowledgeBase, wanted: Wanted, rows: list[Figure]) -> list[Figure]:
    """Of plans and allotments those that "giao" (is given) means: what a source calls so; of a province its allotment."""
    said = fold(MEASURES["assigned"])
    named = [row for row in rows if any(said in fold(term) for term in row.terms)]
    of_nation = not wanted.regions and any(row.region == NATION for row in rows)
    if not of_nation or any(row.region == NATION for row in named):
        rows = named or rows
    if _of_a_province(base, replace(wanted, programmes=())):
        rows = [row for row in rows if row.measure == "allocated"] or rows
    return rows


def _counted_or_planned(rows: list[Figure], wanted: Wanted) -> list[Figure]:
    """Of a count: what was reached, or the target where that is asked for; a target never stands for a result."""
    if wanted.indicator == FUNDING or wanted.measures:
        return rows
    targets = [row for row in rows if row.measure == "target"]
    reached = [row for row in rows if row.measure != "target"]
    if wanted.planned and targets:
        return targets
    return reached if reached or wanted.done else targets


def _by_year(base: KnowledgeBase, wanted: Wanted) -> list[Figure]:
    """A day is found by its year."""
    years = {period[:4] for period in wanted.periods}
    rows = base.select(indicator=wanted.indicator, region=wanted.regions or None)
    return [row for row in rows if row.period[:4] in years]


def _fill(
    base: KnowledgeBase, wanted: Wanted, rows: list[Figure], notes: list[Note]
) -> tuple[list[Figure], list[str]]:
    """Narrow `rows` to one slot by defaults that are said aloud; else name the slots to ask for."""
    asks: list[str] = []
    if not wanted.regions:
        rows, asks = _fill_region(base, wanted, rows, notes)
    if not wanted.periods:
        asks += _fill_period(rows, notes)
    if not asks and wanted.measures == ("assigned",) and len({row.measure for row in rows}) > 1:
        asks = ["measure"]  # "giao" names a plan or an allocation
    if asks:
        return rows, asks
    if not wanted.measures and all(row.measure in AMOUNTS for row in rows):
        rows = _fill_measure(wanted, rows, notes)
    if not wanted.planned and all(row.measure == "target" and row.unit != "percent" for row in rows):
        notes.append(Note("only_target"))
    rows, asks = _fill_programme(wanted, rows, notes)
    return (rows, asks) if asks else _of_one_kind(rows)


def _fill_period(rows: list[Figure], notes: list[Note]) -> list[str]:
    codes = {row.period for row in rows}
    if len(codes) > 1:
        return ["period"]
    notes += [Note("assumed_period", {"period": period_name(code)}) for code in codes if code]
    return []


def _of_one_kind(rows: list[Figure]) -> tuple[list[Figure], list[str]]:
    """Rates and shares of one thing against one other, of the programme's own whole before the nation's."""
    for some in (rows, [row for row in rows if row.against != "national"]):
        if len({(row.measure, row.of, row.against) for row in some}) == 1:
            return some, []
    return rows, ["measure"]


def _fill_region(
    base: KnowledgeBase, wanted: Wanted, rows: list[Figure], notes: list[Note]
) -> tuple[list[Figure], list[str]]:
    """The nation where it has the figure, or the one region that has; a province is never taken for the whole."""
    regions = list(dict.fromkeys(row.region for row in rows))
    national = [row for row in rows if row.region == NATION]
    only = base.regions[regions[0]]
    if len(regions) == 1 and (
        (only.kind in ("country", "region") and not only.valid_from)
        or all(row.region in regions for row in base.select(indicator=wanted.indicator))
    ):
        notes.append(Note("assumed_region", {"region": region_name(base.names, regions[0])}))
        return rows, []
    whole = wanted.programmes == ("KCQG",) or wanted.indicator != FUNDING
    whole = whole or (not wanted.programmes and any(row.programme == "total" for row in national))
    if national and whole and wanted.periods:
        notes.append(Note("assumed_nation"))
        return national, []
    return rows, ["region"]


def _fill_measure(wanted: Wanted, rows: list[Figure], notes: list[Note]) -> list[Figure]:
    order = [measure for measure in AMOUNTS if any(row.measure == measure for row in rows)]
    pick = order[0]
    totals = [
        measure for measure in order if any(r.measure == measure and r.programme == "total" for r in rows)
    ]
    if not wanted.programmes and totals:
        pick = totals[0]
    elif not wanted.programmes:
        named = [measure for measure in order if any(r.measure == measure and r.programme for r in rows)]
        pick = named[0] if named else pick
    if pick == "estimate" and len(order) == 1:
        notes.append(Note("only_estimate"))
    else:
        notes.append(Note("assumed_measure", {"measure": MEASURES[pick]}))
    return [row for row in rows if row.measure == pick]


def _fill_programme(wanted: Wanted, rows: list[Figure], notes: list[Note]) -> tuple[list[Figure], list[str]]:
    programmes = {row.programme for row in rows}
    if wanted.programmes:
        return rows, ["programme"] * (len(programmes) > 1)
    if "total" in programmes:
        if wanted.indicator == FUNDING and len(programmes) > 1 and not wanted.total_word:
            notes.append(Note("assumed_total"))
        return [row for row in rows if row.programme == "total"], []
    if len(programmes) > 1:
        return rows, ["programme"]
    notes += [Note("only_programme", {"programme": PROGRAMME_SHORT[one]}) for one in programmes if one]
    return rows, []


def _choices(base: KnowledgeBase, rows: Iterable[Figure], wanted: Wanted) -> tuple[Choice, ...]:
    """Buttons for the figures that are possible, the newest and widest first, one for each difference that matters."""
    kinds = {"country": 3, "region": 2}
    wide = {row.region: kinds.get(base.regions[row.region].kind, 0) for row in rows}
    ordered = sorted(
        rows,
        key=lambda row: (wide[row.region] > 0, row.period, row.programme == "total", wide[row.region]),
        reverse=True,
    )
    many_regions = len({row.region for row in ordered}) > 1 or (len(ordered) == 1 and not wanted.regions)
    many_periods = len({row.period for row in ordered}) > 1
    many_programmes = len({row.programme for row in ordered}) > 1
    many_measures = len({row.measure for row in ordered}) > 1
    found: dict[str, Choice] = {}
    for row in ordered:
        parts = []
        if many_measures and row.indicator == FUNDING:
            parts.append(MEASURES[row.measure])
        if many_programmes and row.programme and not (many_periods or many_regions):
            parts.append(PROGRAMME_SHORT[row.programme])
        if many_regions:
            parts.append(region_name(base.names, row.region))
        if many_periods:
            parts.append(period_name(row.period))
        label = " · ".join(parts) or period_name(row.period)
        label = label[0].upper() + label[1:]
        found.setdefault(label, Choice(label, figure_question(base.names, row)))
        if len(found) == MOST_CHOICES:
            break
    return tuple(found.values())
