"""Slots → the figure, the question back, or "no such figure": a slot that was named is never traded for another.

A missing slot is filled only where one value is possible, or by a default that is said aloud; otherwise the bot asks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from knowledge.base import KnowledgeBase
from knowledge.finding.companions import companions
from knowledge.finding.conflicts import in_order
from knowledge.finding.fairs import at_fair
from knowledge.finding.nearby import nothing
from knowledge.finding.regrouped import after_redrawing, in_whole_region, of_new_territory, regrouped_note
from knowledge.finding.wanted import AMOUNTS, FUNDING, Found, Wanted
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
    rows = _candidates(base, wanted)
    assumptions: list[Note] = []
    anew = after_redrawing(base, wanted) if not rows and wanted.periods else None
    if anew is not None and (counted := _candidates(base, anew)):
        assumptions.append(regrouped_note(base, wanted))
        wanted, rows = anew, counted
    if not rows and "actual" in wanted.measures:
        softer = _swap_measure(wanted, "actual", "estimate")
        rows = _candidates(base, softer)
        if rows:
            wanted = softer
            assumptions.append(Note("only_estimate"))
    if not rows and wanted.until and (ending := _ending(base, wanted)) is not None:
        found = find_figure(base, ending)
        note = Note("assumed_period", {"period": period_name(ending.periods[0])})
        return replace(found, assumptions=(note, *found.assumptions))
    if not rows and (held := at_fair(base, wanted)) is not None:
        found = find_figure(base, held[0])
        if found.lead is not None:
            return replace(found, assumptions=(held[1], *found.assumptions))
    if not rows and wanted.measures in _BUDGETED and wanted.regions and not wanted.of:
        given = replace(wanted, measures=_BUDGETED[wanted.measures])
        ways = [way for way in (given, after_redrawing(base, given)) if way is not None]
        given, rows = next(((way, own) for way in ways if (own := _candidates(base, way))), (given, []))
        if rows:
            wanted = given
            assumptions.append(Note("assumed_measure", {"measure": MEASURES[rows[0].measure]}))
    if not rows and (whole := in_whole_region(base, wanted)) is not None:
        found = find_figure(base, whole[0])
        return replace(found, assumptions=(whole[1], *found.assumptions)) if found.lead else found
    if not rows:
        return nothing(base, wanted)
    whole_country = wanted.programmes == ("KCQG",) or wanted.indicator == HONOURED_BY_THE_NATION
    national = whole_country and wanted.periods and not wanted.regions
    if national and all(base.regions[row.region].kind == "province" for row in rows):
        return nothing(base, replace(wanted, regions=("ca_nuoc",)))  # nobody means a province unsaid

    rows, asks = _fill(base, wanted, rows, assumptions)
    if asks:
        return Found(asks=tuple(asks), choices=_choices(base, rows, wanted))
    rows = _one_slot(base, rows)
    lead = rows[0]
    if lead.round and not wanted.round and lead.label:
        assumptions.append(Note("only_round", {"round": lead.round}))
    return Found(
        lead=lead,
        also=tuple(rows[1:]),
        companions=tuple(companions(base, lead)),
        assumptions=tuple(assumptions),
    )


def _ending(base: KnowledgeBase, wanted: Wanted) -> Wanted | None:
    """The same search for the one span of years that ends with the year that was named; None where there is no such one."""
    anytime = _candidates(base, replace(wanted, periods=(), until=False))
    ends = [row.period for row in anytime if any(row.period.endswith(f"-{one}") for one in wanted.periods)]
    return replace(wanted, periods=(ends[0],), until=False) if len(set(ends)) == 1 else None


def _of_a_province(base: KnowledgeBase, wanted: Wanted) -> bool:
    """Whether a province's own budget may be meant, of which the plan and what is allotted are one."""
    provinces = wanted.regions and all(base.regions[one].kind == "province" for one in wanted.regions)
    return bool(provinces) and wanted.programmes in ((), ("KCDP",)) and not wanted.of


def _swap_measure(wanted: Wanted, old: str, new: str) -> Wanted:
    measures = tuple(new if measure == old else measure for measure in wanted.measures)
    return replace(wanted, measures=measures)


def _candidates(base: KnowledgeBase, wanted: Wanted) -> list[Figure]:
    """Rows that agree with every slot that was named."""
    measures: tuple[str, ...] | None = wanted.measures or None
    if measures == ("assigned",):
        measures = ("plan", "allocated")
    elif measures == ("actual",) and not wanted.periods and wanted.part:
        measures = ("actual", "estimate")
    elif measures is None and wanted.indicator == FUNDING:
        measures = AMOUNTS
    periods: tuple[str, ...] | None = wanted.periods or None
    if wanted.joined:
        periods = (wanted.joined,)
    if wanted.indicator in DATES and periods:
        return _by_year(base, wanted, periods)
    rows = base.select(
        indicator=wanted.indicator,
        measure=measures,
        programme=wanted.programmes or None,
        region=wanted.regions or None,
        period=periods,
    )
    if wanted.part and not wanted.periods:
        rows = [row for row in rows if row.period.endswith(f"-{wanted.part}")]
    if wanted.against:
        rows = [row for row in rows if row.against == wanted.against]
    if wanted.of:
        exact = [row for row in rows if row.of in wanted.of]
        if not exact and "actual" in wanted.of:
            exact = [row for row in rows if row.of == "estimate"]
        rows = exact
    if wanted.measures == ("assigned",):
        said = fold(MEASURES["assigned"])
        named = [row for row in rows if any(said in fold(term) for term in row.terms)]
        local = not wanted.regions and not any(row.region == "ca_nuoc" for row in named)
        if not (local and any(row.region == "ca_nuoc" for row in rows)):
            rows = named or rows
        if _of_a_province(base, replace(wanted, programmes=())):
            rows = [row for row in rows if row.measure == "allocated"] or rows
    if wanted.total_word and not wanted.programmes and wanted.indicator == FUNDING:
        rows = [row for row in rows if row.programme] or rows
        rows = [row for row in rows if row.programme == "total"] or rows
    if wanted.round and (wanted.indicator == FUNDING or any(row.round for row in rows)):
        rows = [row for row in rows if row.round == wanted.round]
    if wanted.drawn == "after":
        rows = [row for row in rows if of_new_territory(base, row)]
    return _by_terms(_counted_or_planned(rows, wanted), wanted.terms)


def _counted_or_planned(rows: list[Figure], wanted: Wanted) -> list[Figure]:
    """Of a count: what was reached, or the target where that is asked for; a target never stands for a result."""
    if wanted.indicator == FUNDING or wanted.measures:
        return rows
    targets = [row for row in rows if row.measure == "target"]
    reached = [row for row in rows if row.measure != "target"]
    if wanted.planned and targets:
        return targets
    return reached if reached or wanted.done else targets


def _by_year(base: KnowledgeBase, wanted: Wanted, periods: tuple[str, ...]) -> list[Figure]:
    """A day is found by its year."""
    years = {period[:4] for period in periods}
    rows = base.select(indicator=wanted.indicator, region=wanted.regions or None)
    return [row for row in rows if row.period[:4] in years]


def _by_terms(rows: list[Figure], terms: tuple[str, ...]) -> list[Figure]:
    if terms:
        return [row for row in rows if any(fold(term) in terms for term in row.terms)]
    return rows


def _fill(
    base: KnowledgeBase, wanted: Wanted, rows: list[Figure], notes: list[Note]
) -> tuple[list[Figure], list[str]]:
    """Narrow `rows` to one slot by defaults that are said aloud; else name the slots to ask for."""
    asks: list[str] = []
    if not wanted.regions:
        rows, asked = _fill_region(base, wanted, rows, notes)
        asks += asked
    if not wanted.periods:
        codes = list(dict.fromkeys(row.period for row in rows))
        if len(codes) > 1:
            asks.append("period")
        elif codes[0]:
            notes.append(Note("assumed_period", {"period": period_name(codes[0])}))
    if asks:
        return rows, asks
    if wanted.measures == ("assigned",) and len({row.measure for row in rows}) > 1:
        asks.append("measure")  # "giao" names a plan or an allocation
        return rows, asks
    if not wanted.measures and all(row.measure in AMOUNTS for row in rows):
        rows = _fill_measure(wanted, rows, notes)
    if rows and not wanted.planned and all(row.measure == "target" and row.unit != "percent" for row in rows):
        notes.append(Note("only_target"))
    if not wanted.programmes:
        rows, asked = _fill_programme(wanted, rows, notes)
        asks += asked
    elif len({row.programme for row in rows}) > 1:
        asks.append("programme")
    kinds = {(row.measure, row.of, row.against) for row in rows}
    if not asks and len(kinds) > 1:
        whole = [row for row in rows if row.against != "national"]
        if len({(row.measure, row.of, row.against) for row in whole}) == 1:
            rows = whole
        else:
            asks.append("measure")
    return rows, asks


def _fill_region(
    base: KnowledgeBase, wanted: Wanted, rows: list[Figure], notes: list[Note]
) -> tuple[list[Figure], list[str]]:
    """The nation where it has the figure, or the one region that has; a province is never taken for the whole."""
    regions = list(dict.fromkeys(row.region for row in rows))
    national = [row for row in rows if row.region == "ca_nuoc"]
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
    if "total" in programmes:
        if wanted.indicator == FUNDING and len(programmes) > 1 and not wanted.total_word:
            notes.append(Note("assumed_total"))
        return [row for row in rows if row.programme == "total"], []
    if len(programmes) == 1:
        only = next(iter(programmes))
        if only in ("KCQG", "KCDP"):
            notes.append(Note("only_programme", {"programme": PROGRAMME_SHORT[only]}))
        return rows, []
    if "" in programmes and not any(row.measure in ("plan", "allocated") for row in rows):
        return [row for row in rows if not row.programme], []
    return rows, ["programme"]


def _one_slot(base: KnowledgeBase, rows: list[Figure]) -> list[Figure]:
    """Rows of one slot, the lead first by the rule of `conflicts`; a round of an allocation after what is not one."""
    return sorted(in_order(base, rows), key=lambda row: row.round != "" and len(rows) > 2)


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
