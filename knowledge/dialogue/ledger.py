"""The figures that a chat was told, and what stands beside them in the base."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from knowledge.answering.beside import CAPITAL
from knowledge.base import KnowledgeBase
from knowledge.dialogue.about import told_figures
from knowledge.dialogue.asking import Asking, Told
from knowledge.dialogue.followup import moved_period
from knowledge.dialogue.merging import slots_of
from knowledge.dialogue.state import Context
from knowledge.finding.answer import comparison_answer, figure_answer, sources_for, warnings_for
from knowledge.finding.compare import Compared, between, may_be_added, printed_change, total_of
from knowledge.finding.wanted import FUNDING, Found
from knowledge.language.spans import Reading, Span
from knowledge.records import Answer, Comparison, Figure, Note
from knowledge.text import fold

Pair = tuple[Figure, Figure]
Slots = dict[str, str]
Named = dict[str, tuple[str, ...]]

SLOTS = ("programme", "region", "measure", "period")
_ALONE = {"of": "", "against": ""}
"""What an amount is told of: nothing but itself."""
APART = ("compare", "difference", "up", "down", "times")
OF_PLAN = ("plan", "target")
DONE = ("actual", "estimate", "count", "allocated")
DERIVED = ("rate", "share", "change")
MEANT = {
    "actual": ("actual", "estimate", "count"), "target": OF_PLAN, "plan": OF_PLAN, "rate": ("rate",),
    "assigned": ("allocated", "plan"), "allocated": ("allocated",), "estimate": ("estimate", "actual"),
}  # fmt: skip
"""Measures that are meant by the word for one of them, the first that is held counting."""
_MOVES = {"next": 1, "previous": -1, "relation:after": 1, "relation:before": -1, "relation:same": -1}
"""By how many years words for a time move the one told last."""
AXES = {
    "which_year": "period",
    "which_region": "region",
    "which_province": "region",
    "which_programme": "programme",
}
"""The slot in which figures differ of which it is asked which one it is."""
OTHER_PROGRAMME = {"KCQG": "KCDP", "KCDP": "KCQG"}
YEAR = 4
"""Digits of a year."""
_WHOLE = "~12M"
"""The whole year of the figure told last."""


class Ledger:
    """Finds the figures of a chat, and those like them, in one base."""

    def __init__(self, base: KnowledgeBase, asking: Asking) -> None:
        self._base = base
        self._asking = asking
        self._moves = years_moved(base)

    def leads(self, context: Context) -> list[Figure]:
        """The leading figure of every answer of the chat that told one, the newest first."""
        found = (told_figures(self._base, one)[:1] for one in (context, *context.past) if one.digest)
        return list(dict.fromkeys(row for rows in found for row in rows))

    def telling(self, reading: Reading, context: Context) -> Context:
        """The newest state of a chat whose figure has the slots that a message names."""
        leads = self.leads(context)
        named = self.named(reading, leads[0]) if leads else {}
        states = [
            one
            for one in (context, *context.past)
            if any(agrees(row, named) for row in told_figures(self._base, one)[:1])
        ]
        return states[0] if states and any(named.values()) else context

    def pair(self, context: Context) -> Pair | None:
        """The two sides of the last comparison; of a printed change, the year and the one before it."""
        figures = self._base.figures
        if len(context.pair) == 2 and all(one in figures for one in context.pair):
            return figures[context.pair[0]], figures[context.pair[1]]
        lead = next(iter(told_figures(self._base, context)), None)
        if lead is None or lead.measure != "change" or not lead.period.isdigit():
            return None
        slots = {"measure": lead.of, **_ALONE}
        first = self.like(lead, slots | {"period": str(int(lead.period) - 1)})
        second = self.like(lead, slots)
        return (first, second) if first and second else None

    def like(self, lead: Figure, slots: Slots) -> Figure | None:
        """The figure with the slots of another, some of them changed."""
        names = ("indicator", *SLOTS, "of", "against")
        wanted = {name: getattr(lead, name) for name in names} | slots
        exact = (wanted.pop("of"), wanted.pop("against"), lead.round)
        rows = sorted(self._base.select(**wanted), key=lambda row: bool(row.terms))
        return next((row for row in rows if (row.of, row.against, row.round) == exact), None)

    def first(self, amount: Figure, ways: list[Slots], reading: Reading) -> Figure | None:
        """The first figure that is held; where only the one before or after is asked for, that of the next edition."""
        found = next((row for one in ways if (row := self.like(amount, one))), None)
        moved = ways and "period" in ways[0] and not any(map(str.isdigit, "".join(reading.values("period"))))
        return found or (self.next_edition(amount, ways[0]) if moved else None)

    def next_edition(self, lead: Figure, slots: Slots) -> Figure | None:
        """The figure before or after another, by the way to the time in `slots`, of what is not counted there in two years on
        end, or of the span of years that meets that of the other; None where there is none, or none is held."""
        rows = self._base.select(indicator=lead.indicator, region=lead.region)
        later = slots["period"] > lead.period
        if not lead.period.isdigit():
            spans = ((row.period, lead.period)[:: -1 if later else 1] for row in rows)
            meeting = next((pair for pair in spans if _meet(*pair)), None)
            return self.like(lead, slots | {"period": meeting[later]}) if meeting else None
        years = {row.period for row in rows if row.period.isdigit()}
        if lead.period not in years or any(str(int(one) + 1) in years for one in years):
            return None
        beside = [one for one in years if one != lead.period and (one > lead.period) == later]
        nearest = min(beside, default="") if later else max(beside, default="")
        return self.like(lead, slots | {"period": nearest})

    def amount_of(self, row: Figure) -> Figure:
        """The amount of which a rate, a share or a change is told."""
        if row.measure not in DERIVED:
            return row
        return self.like(row, {"measure": row.of or "actual", **_ALONE}) or row

    def rate_of(self, row: Figure) -> Figure:
        """How far an amount got of its plan, where that is told."""
        if row.measure in DERIVED:
            return row
        return self.like(row, {"measure": "rate", "of": row.measure, "against": "plan"}) or row

    def named(self, reading: Reading, lead: Figure) -> Named:
        """The values of the slots of a figure that a message names, in their order; words for a time by that of `lead`."""
        named = {slot: reading.values(slot) for slot in SLOTS}
        named["measure"] = tuple(one for one in named["measure"] if one != "change")
        spans = reading.of("period")
        if not reading.has("amount"):  # "you said just now" names no time
            spans += (*reading.of("reference"), *reading.of("order", "1"))
        elsewhere = named["region"]  # "X, the same time"
        times = (self._time(one, lead) for one in spans if not (elsewhere and one.value == "relation:same"))
        return named | {"period": tuple(dict.fromkeys(one for one in times if one))}

    def _time(self, span: Span, lead: Figure) -> str:
        """The time that a span names by that of `lead`: moved, its first edition, or a part of its year."""
        year, value = lead.period[:YEAR], span.value
        if span.slot == "order":
            rows = self._base.select(indicator=lead.indicator, region=lead.region, programme=lead.programme)
            return min((row.period for row in rows if kind_of(row) == kind_of(lead)), default="")
        if move := self._moves.get(fold(span.text)) or _MOVES.get(value, 0):
            stages = span.means("reference", "stage")
            return moved_period(lead.period, move, stages=stages) if year.isdigit() else ""
        if value.startswith("~"):
            return year if value == _WHOLE else f"{year}-{value[1:]}"
        return value if value[:1].isdigit() else ""

    def of_figure(self, row: Figure | None, context: Context, today: date) -> Told | None:
        """The answer that tells this figure, or one with all its slots; None where none is given or told."""
        if row is None:
            return None
        answer, after = self._asking.of_figure(row, context, today)
        same = bool(answer.figures) and slots_of(answer.figures[0]) == slots_of(row)
        return (answer, replace(after, before=context.slots)) if same else None

    def against_plan(self, lead: Figure, rows: Iterable[Figure]) -> Figure | None:
        """The plan of what was done, or what was done of a plan: told before, or held."""
        wanted = OF_PLAN if lead.measure in DONE else DONE
        told = (row for row in rows if row.measure in wanted and comparable(row, lead))
        times = (lead.period, lead.period[:YEAR])
        held = (self.like(lead, {"measure": one, "period": time}) for one in wanted for time in times)
        return next((row for row in (*told, *held) if row), None)

    def reckoned(self, how: str, rows: Sequence[Figure], context: Context, today: date) -> Told:
        """The answer that reckons a number from figures that were told; `how`: their `sum`, or the `rest` of the first."""
        answer = Answer(
            "answered", "series", today, aspect=how, figures=tuple(rows),
            warnings=warnings_for(self._base, rows)[:3], sources=sources_for(self._base, [row.source for row in rows]),
        )  # fmt: skip
        return answer, Context("figure", context.wanted, slots_of(rows[0]), before=context.slots)

    def told(self, pair: Pair, context: Context, today: date, *, added: bool = False) -> Told | None:
        """The answer that holds two figures against each other, or adds them up; None where that cannot be done."""
        first, second = pair
        plan = [row for row in pair if row.measure in OF_PLAN]
        if first == second:
            return None
        if self._drawn_anew(first, second):
            apart = Compared(missing=Found(gap=Note("two_maps"), offers=pair))
            return comparison_answer(self._base, apart, today, (), lead_change=False), context
        planned = len(plan) == 1 and first.period[:YEAR] == second.period[:YEAR]
        later = first.region == second.region and first.period > second.period
        if second.measure in OF_PLAN if planned else later:
            first, second = second, first
        comparison = between(first, second) or _of_two_things(first, second)
        counted = first.unit != "VND"  # of which one may be a part of the other
        if comparison is None or (
            added and (counted or comparison.kind != "mixed") and not may_be_added(self._base, comparison)
        ):
            return None
        if planned:
            comparison = replace(comparison, kind="plan_actual")
        compared = Compared(comparison, printed_change(self._base, first, second))
        answer = comparison_answer(
            self._base, compared, today, (Note("not_summed"),) * added, lead_change=False
        )
        if added:
            printed = total_of(self._base, comparison)
            whole = self.like(second, {"programme": "total", "indicator": CAPITAL[0]})
            wholes = (whole,) if whole else ()  # with what the owners put in
            summed = replace(answer, aspect="sum", companions=wholes, asked=tuple(row.id for row in wholes))
            answer = self._printed(printed, first.value + second.value, today) if printed else summed
        after = Context(
            route="compare", wanted=context.wanted, slots=slots_of(second), before=slots_of(first)
        )
        return answer, replace(after, pair=(first.id, second.id))

    def _printed(self, total: Found, reckoned: float, today: date) -> Answer:
        """A total as it is printed, with why it is not what its parts add up to, where it is not."""
        answer = figure_answer(self._base, total, today)
        apart = total.lead is not None and total.lead.value != reckoned
        return replace(answer, leads=(Note("parts_rounded"),)) if apart else answer

    def _drawn_anew(self, one: Figure, other: Figure) -> bool:
        """Whether two figures are of one region before and after its borders were drawn anew."""
        before = {row.id for row in self._base.predecessors.get(one.region, ())}
        before |= {row.id for row in self._base.predecessors.get(other.region, ())}
        of_regions = self._base.regions[one.region].kind == "region"
        return of_regions and one.region != other.region and bool(before & {one.region, other.region})


def _meet(former: str, latter: str) -> bool:
    """Whether one span of years starts in the year after another."""
    end, start = former.partition("-")[2], latter.partition("-")[0]
    spans = len(end) == YEAR and end.isdecimal() and start.isdecimal()
    return spans and int(start) == int(end) + 1


def years_moved(base: KnowledgeBase) -> dict[str, int]:
    """By how many years the folded words for another time move the one spoken of."""
    rows = (row for row in base.lexicon if row.slot == "reference" and row.value in _MOVES)
    return {fold(row.phrase): _MOVES[row.value] for row in rows}


def agrees(row: Figure, named: Named) -> bool:
    """Whether a figure has the first of the values that are named of each slot."""
    own: Named = {slot: (getattr(row, slot),) for slot in SLOTS}
    own["measure"] = tuple(word for word, meant in MEANT.items() if row.measure in meant)
    return all(not values or values[0] in own[slot] for slot, values in named.items())


def _of_two_things(first: Figure, second: Figure) -> Comparison | None:
    """Money against what was added to it, or two things that were counted, of one place and time."""
    if not comparable(first, second) or not first.value or first.value_max or second.value_max:
        return None
    difference = second.value - first.value
    return Comparison(first, second, difference, round(100 * difference / abs(first.value), 4), "mixed")


def kind_of(row: Figure) -> tuple[str, ...]:
    """What a figure is of, its place, time and programme aside."""
    return (row.indicator, row.measure, row.of)


def same_case(one: Figure, other: Figure) -> bool:
    """Whether two figures are of one place and time."""
    return (one.region, one.period) == (other.region, other.period)


def comparable(one: Figure, other: Figure) -> bool:
    """Whether one figure can be held against another: of one unit, and of one thing, or money and what was added to it, or
    two things that were counted at one place and time."""
    capital = {one.indicator, other.indicator} <= {FUNDING, *CAPITAL}
    alike = same_case(one, other) and (capital or _counts(one, other))
    return one.unit == other.unit and (one.indicator == other.indicator or alike)


def _counts(one: Figure, other: Figure) -> bool:
    """Whether two figures count things of one programme."""
    return one.unit not in ("VND", "percent", "date") and one.programme == other.programme


def done_at(named: Named, lead: Figure) -> Slots:
    """The slots of what was done at another time or place, or in place of what was planned; none where neither is asked."""
    done = named["measure"] == ("actual",) or (lead.measure in DONE and not named["measure"])
    times = named["period"] or ((lead.period,) if named["measure"] else ())
    if not done or named["programme"] or len(times) != 1:
        return {}
    measure = {"measure": "actual"} if named["measure"] else {}
    return {"region": (*named["region"], lead.region)[0], "period": times[0], **measure}


def distance(row: Figure, lead: Figure) -> tuple[bool, ...]:
    """How far a figure is from the one told: its time, its measure, its programme, a total of both counting as nearer."""
    apart = [getattr(row, one) != getattr(lead, one) for one in ("period", "measure", "programme")]
    return (*apart, row.programme != "total")
