"""Asked of the figures that a chat was told: another one like them, two against each other, the extremes, a claim about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from knowledge.answering.beside import CAPITAL
from knowledge.answering.told_before import may_be_added
from knowledge.base import KnowledgeBase
from knowledge.dialogue.about import told_figures
from knowledge.dialogue.acts import OF_FIGURES
from knowledge.dialogue.asking import Asking, Told
from knowledge.dialogue.followup import of_funds
from knowledge.dialogue.merging import slots_of
from knowledge.dialogue.state import Context
from knowledge.finding.answer import comparison_answer, figure_answer, sources_for, warnings_for
from knowledge.finding.compare import Compared, between, printed_change, total_of
from knowledge.finding.wanted import AMOUNTS, FUNDING
from knowledge.language.spans import IDLE, Reading
from knowledge.reading.periods import shift_year
from knowledge.reading.question import Question
from knowledge.records import Answer, Comparison, Figure, Note, Part, Stance
from knowledge.text import fold

Pair = tuple[Figure, Figure]
Slots = dict[str, str]
Named = dict[str, tuple[str, ...]]

_WITH_CAPITAL, _OWN_CAPITAL = CAPITAL
_FOREIGN = (
    "document",
    "document_name",
    "event_name",
    "entry_name",
    "trade",
    "neighbour",
    "fact",
    "intent",
)
"""Slots of which no figure that was told says anything."""
_SLOTS = ("programme", "region", "measure", "period")
_ALONE = {"of": "", "against": ""}
"""What an amount is told of: nothing but itself."""
_APART = ("compare", "difference", "up", "down", "times")
_OTHER_PROGRAMME = {"KCQG": "KCDP", "KCDP": "KCQG"}
_OF_PLAN = ("plan", "target")
_DONE = ("actual", "estimate", "count", "allocated")
_DERIVED = ("rate", "share", "change")
_COUNTED = (*_DONE, *_OF_PLAN)
_MEANT = {
    "actual": ("actual", "estimate", "count"), "target": _OF_PLAN, "plan": _OF_PLAN, "rate": ("rate",),
    "assigned": ("allocated", "plan"), "allocated": ("allocated",), "estimate": ("estimate", "actual"),
}  # fmt: skip
"""Measures that are meant by the word for one of them, the first that is held counting."""
_AXES = {
    "which_year": "period",
    "which_region": "region",
    "which_province": "region",
    "which_programme": "programme",
}
_ELSE = (*_AXES, "which", "who", "where", "when", "why")
_MOVES = {"next": 1, "previous": -1, "relation:after": 1, "relation:before": -1, "relation:same": -1}
"""By how many years words for a time move the one told last."""
_YEAR = 4
"""Digits of a year."""
_WHOLE = "~12M"
"""The whole year of the figure told last."""
LONGEST = 14
"""Words of a message that may be about figures that were told."""
_ROUNDED, _POINTS = 0.005, 2
"""By what share a claimed amount may be off, by how many points a part of a plan."""


class SpokenOf:
    """Answers from the figures of a chat, of one base."""

    def __init__(self, base: KnowledgeBase, asking: Asking) -> None:
        self._base = base
        self._asking = asking
        moves = [row for row in base.lexicon if row.slot == "reference" and row.value in _MOVES]
        self._moves = {fold(row.phrase): _MOVES[row.value] for row in moves}
        self._of_activity: dict[str, list[str]] = {}
        for row in base.indicators.values():
            for one in asking.read(row.name, Context(), date.min).reading.values("activity"):
                self._of_activity.setdefault(one, []).append(row.id)

    def answer(self, question: Question, context: Context, today: date) -> Told | None:
        """The answer to a message that says all it says of figures that were told; None where it says something else."""
        reading = of_funds(question.reading)
        full = len(reading.words) > LONGEST or (reading.has("region") and reading.has("period"))
        if full or any(map(reading.has, _FOREIGN)):
            return None
        if context.frame not in OF_FIGURES or not self.leads(context):
            return None
        question = replace(question, reading=reading)
        ways = [self._claimed, self._by_role]
        if "rank" not in context.over:
            ways += [self._ordered, self._held, self._other]
        return next((told for way in ways if (told := way(question, context, today))), None)

    # what was told

    def leads(self, context: Context) -> list[Figure]:
        """The leading figure of every answer of the chat that told one, the newest first."""
        found = (told_figures(self._base, one)[:1] for one in (context, *context.past) if one.digest)
        return list(dict.fromkeys(row for rows in found for row in rows))

    def telling(self, reading: Reading, context: Context) -> Context:
        """The newest state of a chat whose figure has the slots that a message names."""
        leads = self.leads(context)
        named = self._named(reading, leads[0]) if leads else {}
        states = [
            one
            for one in (context, *context.past)
            if any(_agrees(row, named) for row in told_figures(self._base, one)[:1])
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
        first = self._like(lead, slots | {"period": str(int(lead.period) - 1)})
        second = self._like(lead, slots)
        return (first, second) if first and second else None

    def _like(self, lead: Figure, slots: Slots) -> Figure | None:
        """The figure with the slots of another, some of them changed."""
        names = ("indicator", *_SLOTS, "of", "against")
        wanted = {name: getattr(lead, name) for name in names} | slots
        exact = (wanted.pop("of"), wanted.pop("against"), lead.round)
        rows = sorted(self._base.select(**wanted), key=lambda row: bool(row.terms))
        return next((row for row in rows if (row.of, row.against, row.round) == exact), None)

    def _amount_of(self, row: Figure) -> Figure:
        """The amount of which a rate, a share or a change is told."""
        if row.measure not in _DERIVED:
            return row
        return self._like(row, {"measure": row.of or "actual", **_ALONE}) or row

    def _rate_of(self, row: Figure) -> Figure:
        """How far an amount got of its plan, where that is told."""
        if row.measure in _DERIVED:
            return row
        return self._like(row, {"measure": "rate", "of": row.measure, "against": "plan"}) or row

    # what is said

    def _named(self, reading: Reading, lead: Figure) -> Named:
        """The values of the slots of a figure that a message names, in their order; words for a time by that of `lead`."""
        named = {slot: reading.values(slot) for slot in _SLOTS}
        named["measure"] = tuple(one for one in named["measure"] if one != "change")
        spans = reading.of("period")
        if not reading.has("amount"):  # "you said just now" names no time
            spans += reading.of("reference")
        times = (self._time(span.value, span.text, lead) for span in spans)
        return named | {"period": tuple(dict.fromkeys(one for one in times if one))}

    def _time(self, value: str, text: str, lead: Figure) -> str:
        year = lead.period[:_YEAR]
        move = self._moves.get(fold(text)) or _MOVES.get(value, 0)
        if move:
            return shift_year(lead.period, move) if year.isdigit() else ""
        if value.startswith("~"):
            return year if value == _WHOLE else f"{year}-{value[1:]}"
        return value if value[:1].isdigit() else ""

    def _counted(self, question: Question) -> list[str]:
        """The indicators that a message names, by their own words or by the activity that they count."""
        of_activity = (self._of_activity.get(one, ()) for one in question.reading.values("activity"))
        return [*question.indicators, *(one for ids in of_activity for one in ids)]

    # another figure

    def _of_figure(self, row: Figure | None, context: Context, today: date) -> Told | None:
        if row is None:
            return None
        answer, after = self._asking.of_figure(row, context, today)
        same = bool(answer.figures) and slots_of(answer.figures[0]) == slots_of(row)
        return (answer, replace(after, before=context.slots)) if same else None

    def _other(self, question: Question, context: Context, today: date) -> Told | None:
        """The figure that has what is said and else the slots of the one told last; of a rate or a share the amount
        beside it."""
        reading, lead = question.reading, self.leads(context)[0]
        named = self._named(reading, lead)
        if _asks_else(reading) or reading.residue or any(len(values) > 1 for values in named.values()):
            return None
        slots = {slot: values[0] for slot, values in named.items() if values}
        if question.total_word or reading.has("operator", "sum"):
            slots.setdefault("programme", "total")
        amount = self._amount_of(lead)
        ways = list(self._ways(question, amount, slots))
        found = next((row for one in ways if (row := self._like(amount, one))), None)
        beside = self._like(lead, slots) if ways == [slots] and amount != lead else None
        if beside and not (reading.has("asks", "how_much", "sum") or reading.has("aspect", "amount")):
            found, beside = beside, found
        told = self._of_figure(found, context, today) if found != lead else None
        if told is None or beside is None or beside in (found, *told[0].companions):
            return told
        return replace(told[0], companions=(beside, *told[0].companions)), told[1]

    def _ways(self, question: Question, anchor: Figure, slots: Slots) -> Iterator[Slots]:
        """The slots in which the figure that is asked for may differ from `anchor`, the best first."""
        reading = question.reading
        measures = _MEANT.get(slots.get("measure", ""), ())
        slots = {slot: value for slot, value in slots.items() if slot != "measure"}
        if measures == ("rate",) or reading.has("asks", "percent"):
            same = {"period": anchor.period} if slots.get("period") == anchor.period[:_YEAR] else {}
            for of in dict.fromkeys((anchor.measure, "actual", "estimate")):
                yield {**slots, **same, "measure": "rate", "of": of, "against": "plan"}
            return
        money = question.money or reading.has("head", "funding") or reading.has("asks", "sum")
        indicators = [FUNDING] if money and anchor.unit != "VND" else self._counted(question)
        changed = [one for one in indicators if one != anchor.indicator]
        for one in changed:
            for measure in measures or _COUNTED:
                yield {**slots, "indicator": one, "measure": measure}
                yield {"programme": "total", **slots, "indicator": one, "measure": measure}
        if not changed or any(self._base.indicators[one].unit == anchor.unit for one in changed):
            own = [{**slots, "measure": one} for one in measures] or [slots]
            yield from own if measures or slots else ()
            year = slots.get("period", "")[:_YEAR]
            yield from ({**one, "period": year} for one in own if year)

    def _by_role(self, question: Question, context: Context, today: date) -> Told | None:
        """What the other side bears of the figure told: the owners, or the other programme; or what both sides bear."""
        reading = question.reading
        lead, *others = self.leads(context)
        row = None
        if reading.has("operator"):
            both = {one.indicator for one in (lead, *others[:1]) if _same_case(one, lead)}
            summed = reading.has("operator", "sum") and both == {FUNDING, _OWN_CAPITAL}
            row = self._beside(_WITH_CAPITAL, lead) if summed else None
        elif reading.has("role", "own") and not reading.has("amount"):
            row = self._beside(_WITH_CAPITAL if reading.has("role", "total") else _OWN_CAPITAL, lead)
        elif reading.has("undone", "remainder") and lead.programme in _OTHER_PROGRAMME:
            whole = any(_same_case(one, lead) and one.programme == "total" for one in others)
            row = self._like(lead, {"programme": _OTHER_PROGRAMME[lead.programme]}) if whole else None
        return self._of_figure(row, context, today)

    def _beside(self, indicator: str, lead: Figure) -> Figure | None:
        rows = self._base.select(indicator=indicator, region=lead.region, period=lead.period)
        return min(rows, key=lambda row: _distance(row, lead), default=None)

    def giving_way(self, answer: Answer, question: Question, context: Context) -> Figure | None:
        """The figure that agrees with all that a message says, of the place and time told last, where the programme or the
        measure that was carried over leaves none; of another thing that was told together with it at last."""
        reading, leads = of_funds(question.reading), self.leads(context)
        open_ = answer.status == "asked_back" and reading.has("measure", *AMOUNTS)
        none = open_ or (answer.status == "no_answer" and answer.kind == "figure")
        if not none or not leads or context.frame not in OF_FIGURES or reading.residue:
            return None
        if reading.has("operator") or reading.has("measure", *_DERIVED) or reading.has("undone"):
            return None
        lead = leads[0]
        slots = {slot: values[0] for slot, values in self._named(reading, lead).items() if values}
        if slots.get("measure") not in AMOUNTS:
            slots.pop("measure", None)
        named = question.indicators
        offered = [row.indicator for row in answer.offers[:1] if not named or row.indicator in named]
        if not {"measure", "programme"} & set(slots) and {*offered} <= {lead.indicator}:
            slots["programme"] = lead.programme  # another place or time of the same figure
        bare = not (reading.has("head") or reading.has("activity") or named)
        told = [row.indicator for row in told_figures(self._base, context)] if bare else []
        for indicator in dict.fromkeys([*offered, *told, *[FUNDING] * ("measure" in slots)]):
            rows = self._fitting(indicator, lead, slots)
            if rows:
                found = min(rows, key=lambda row: _distance(row, lead))
                return found if found != lead else None
        return None

    def _fitting(self, indicator: str, lead: Figure, slots: Slots) -> list[Figure]:
        period = slots.get("period", lead.period)
        measures = _MEANT.get(slots.get("measure", ""), ())
        part = "actual" in measures and len(period) == _YEAR
        return [
            row
            for row in self._base.select(indicator=indicator, region=slots.get("region", lead.region))
            if not (row.of or row.round or row.terms) and (not measures or row.measure in measures)
            if row.period == period or (part and row.period.startswith(f"{period}-"))
            if slots.get("programme") in (None, row.programme)
        ]

    # two of them

    def _held(self, question: Question, context: Context, today: date) -> Told | None:
        """Two of the figures against each other, or added up."""
        reading = question.reading
        other = reading.has("asks", "percent") or reading.has("measure", "rate") or bool(question.indicators)
        added = reading.has("operator", "sum") and not (other or reading.has("operator", *_APART))
        pair = self._same_axis(reading, context) or self._two(question, context, added=added)
        return self._told(pair, context, today, added=added) if pair else None

    def _two(self, question: Question, context: Context, *, added: bool) -> Pair | None:
        """The last two that are of the kind that is asked for; of what is left to do, the plan and what was done."""
        reading = question.reading
        if reading.has("amount") or question.check:
            return None
        left = reading.has("undone", "remainder", "not_done")
        if not (added or left or reading.has("operator", *_APART) or reading.has("asks", "points")):
            return None
        leads = self.leads(context)
        named = self._named(reading, leads[0])
        if added and named["programme"] == ("total",):
            del named["programme"]
        if any(named.values()):
            leads = [row for row in leads if _agrees(row, named) and reading.has("reference", "pronoun")]
            if len(leads) != 2:
                return None
        points = reading.has("asks", "points", "ratio")
        money = added or left or reading.has("asks", "sum") or reading.has("operator", "times")
        kind = self._rate_of if points else self._amount_of if money else None
        if (last := self.pair(context)) and not left:
            return (kind(last[0]), kind(last[1])) if kind else last
        rows = map(kind, leads) if kind else leads
        lead, *others = dict.fromkeys(rows)
        if left or (not others and reading.has("operator", "difference")):
            other = self._against_plan(lead, others)
        else:
            near = next((row for row in others if _comparable(row, lead)), None)
            alike = next((row for row in others if _kind(row) == _kind(lead)), None)
            other = near if near and (alike is None or _same_case(near, lead)) else alike
        return (other, lead) if other else None

    def _against_plan(self, lead: Figure, rows: Iterable[Figure]) -> Figure | None:
        """The plan of what was done, or what was done of a plan: told before, or held."""
        wanted = _OF_PLAN if lead.measure in _DONE else _DONE
        told = (row for row in rows if row.measure in wanted and _comparable(row, lead))
        times = (lead.period, lead.period[:_YEAR])
        held = (self._like(lead, {"measure": one, "period": time}) for one in wanted for time in times)
        return next((row for row in (*told, *held) if row), None)

    def _same_axis(self, reading: Reading, context: Context) -> Pair | None:
        """The last comparison again with another slot ("and of the national money?"), or of how far each side got."""
        pair = self.pair(context)
        if pair is None and reading.has("operator", "each"):
            last = self.leads(context)[:2]
            pair = (last[1], last[0]) if len(last) == 2 and _kind(last[0]) == _kind(last[1]) else None
        if pair is None or reading.has("reference", "previous", "next", "same") or reading.has("period"):
            return None
        each = (
            reading.has("operator", "each") or reading.has("role", "each") or reading.has("measure", "rate")
        )
        behind = reading.has("asks", *_AXES) and (reading.has("undone") or reading.has("operator", "down"))
        if behind or (each and (reading.has("asks", "percent") or reading.has("measure", "rate"))):
            first, second = map(self._rate_of, pair)
            return (first, second) if first.measure == second.measure == "rate" else None
        return self._swapped(pair, reading, alone=context.frame == "comparison" or not context.pair)

    def _swapped(self, pair: Pair, reading: Reading, *, alone: bool) -> Pair | None:
        if not reading.has("operator", *_APART) and not (alone and _only_slot(reading)):
            return None
        new: Slots = {}
        for slot in ("programme", "region", "measure"):
            values = [one for one in reading.values(slot) if one != "change"]
            against = any(_after_operator(reading, span.start) for span in reading.of(slot))
            if values and (against or len(values) > 1 or getattr(pair[0], slot) != getattr(pair[1], slot)):
                return None  # "above X": what is named is the other side
            new |= {slot: values[0]} if values else {}
        first, second = (self._like(side, new) if new else None for side in pair)
        return (first, second) if first and second else None

    def _told(self, pair: Pair, context: Context, today: date, *, added: bool = False) -> Told | None:
        first, second = pair
        plan = [row for row in pair if row.measure in _OF_PLAN]
        planned = len(plan) == 1 and first.period[:_YEAR] == second.period[:_YEAR]
        later = first.region == second.region and first.period > second.period
        if second.measure in _OF_PLAN if planned else later:
            first, second = second, first
        comparison = between(first, second) or _of_two_things(first, second)
        if comparison is None or (
            added and comparison.kind != "mixed" and not may_be_added(self._base, comparison)
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
            answer = figure_answer(self._base, printed, today) if printed else replace(answer, aspect="sum")
        after = Context(
            route="compare", wanted=context.wanted, slots=slots_of(second), before=slots_of(first)
        )
        return answer, replace(after, pair=(first.id, second.id))

    # all of them

    def _ordered(self, question: Question, context: Context, today: date) -> Told | None:
        """The highest or the lowest of what was told one after another or together; both against each other."""
        reading, leads = question.reading, self.leads(context)
        high, low = reading.has("operator", "rank_high"), reading.has("operator", "rank_low")
        named = self._named(reading, leads[0])
        programmes = named.pop("programme")
        if not (high or low) or any(named.values()) or context.frame == "series":
            return None
        axis = next((_AXES[one] for one in _AXES if reading.has("asks", one)), "")
        rows = _one_kind([row for row in leads if not programmes or row.programme in programmes], axis)
        rows.sort(key=lambda row: row.value, reverse=not low)
        if len(rows) < 2:
            return None
        if high and low:
            return self._told((rows[-1], rows[0]), context, today)
        answer = Answer(
            "answered", "series", today, aspect="least" if low else "most", figures=tuple(rows),
            warnings=warnings_for(self._base, rows)[:3], sources=sources_for(self._base, [row.source for row in rows]),
        )  # fmt: skip
        return answer, Context("figure", context.wanted, slots_of(rows[0]), before=context.slots)

    # claims

    def _claimed(self, question: Question, context: Context, today: date) -> Told | None:
        """What somebody says of figures that were told, held against them."""
        reading = question.reading
        asks = {span.value for span in reading.of("asks")} - {"check", "what"}
        claims = question.check or reading.has("function", "told", "tag")
        numbers = [one for one in question.quantities if one.scaled]
        moved = reading.has("operator", *_APART)
        bound = reading.has("bound") or reading.has("scope", "not", "except")
        if asks or not claims or len(numbers) > 1 or (numbers and (moved or bound)):
            return None
        if numbers:
            return self._claimed_value(question, context, today)
        if reading.has("times", "0.5", "0.33", "0.25") and not reading.has("scope", "not", "except"):
            return self._claimed_part(reading, context, today)
        return self._claimed_order(reading, context, today) if moved else None

    def _claimed_value(self, question: Question, context: Context, today: date) -> Told | None:
        """A number that is said of a figure of the chat: of what is named, else of the one told last."""
        said = next(one for one in question.quantities if one.scaled)
        unit, value = ("percent" if said.kind == "percent" else "VND"), float(said.value)
        leads = self.leads(context)
        named = self._named(question.reading, leads[0])
        shown = (
            row for one in (context, *context.past) if one.digest for row in told_figures(self._base, one)
        )
        told = [row for row in dict.fromkeys((*leads, *shown)) if row.unit == unit]
        if not question.reading.has("function", "told"):  # of what was told last
            case = {slot: (getattr(leads[0], slot),) for slot in ("programme", "region", "period")}
            named = {slot: values or case.get(slot, ()) for slot, values in named.items()}
        meant = _MEANT.get("".join(named["measure"][:1]), ())
        fits = [row for row in told if _agrees(row, named)]
        fits.sort(key=lambda row: meant.index(row.measure) if meant else 0)
        if meant:
            fits = [row for row in fits if row.measure == fits[0].measure]
        right = next((row for row in fits if _near(row.value, value)), None)
        row = right or next(iter(fits), None)
        if row is None or any(len(values) > 1 for values in named.values()):
            return None
        other = next((one for one in told if _near(one.value, value)), None)
        text = next((span.text for span in question.reading.of("amount")), str(said.value))
        part = Part("figure", text, "differs", figure=row, other=other)
        if right:
            part = Part("figure", text, "match", figure=row)
        return self._verdict(part, row, context, today)

    def _claimed_part(self, reading: Reading, context: Context, today: date) -> Told | None:
        """A part of the plan that is said to be done."""
        leads = [self._amount_of(row) for row in self.leads(context)]
        lead = next((row for row in leads if row.measure in _DONE), None)
        programmes = self._named(reading, leads[0])["programme"]
        done = self._like(lead, {"programme": programmes[0]} if programmes else {}) if lead else None
        plan = self._against_plan(done, leads) if done else None
        if done is None or plan is None or not plan.value or plan.unit != done.unit:
            return None
        rate = self._rate_of(done)
        percent = rate.value if rate is not done else 100 * done.value / plan.value
        claimed = 100 * float(reading.values("times")[0])
        above, below = reading.has("bound", "above"), reading.has("bound", "below")
        near = abs(percent - claimed) < _POINTS
        right = percent > claimed if above else percent < claimed if below else near
        text, other = reading.of("times")[0].text, plan if plan.unit == "VND" else None
        part = Part("plan", text, "match" if right else "differs", f"{percent:.4f}", done, other)
        return self._verdict(part, done, context, today)

    def _verdict(self, part: Part, row: Figure, context: Context, today: date) -> Told | None:
        told = self._of_figure(row, context, today)
        stance: Stance = "yes" if part.outcome == "match" else "no"
        return (replace(told[0], kind="check", stance=stance, parts=(part,)), told[1]) if told else None

    def _claimed_order(self, reading: Reading, context: Context, today: date) -> Told | None:
        """Which of two figures of the chat is said to be above the other."""
        up, down = reading.has("operator", "up"), reading.has("operator", "down")
        leads = self.leads(context)
        named = self._named(reading, leads[0])
        measures = _MEANT.get("".join(named.pop("measure")[:1]), ())
        leads = [row for one in measures for row in leads if row.measure == one] or leads
        double = [slot for slot, values in named.items() if len(values) == 2]
        if up == down or len(double) != 1:
            return None
        first, second = named[double[0]]
        subject, other = (self._like(leads[0], {double[0]: value}) for value in (first, second))
        told = self._told((other, subject), context, today) if subject and other else None
        if told is None or subject is None or other is None:
            return None
        right = subject.value > other.value if up else subject.value < other.value
        return replace(told[0], stance="yes" if right else "no"), told[1]


def _asks_else(reading: Reading) -> bool:
    """Whether a message asks for anything but one figure."""
    operators = {*reading.values("operator")} - {"each", "sum"}
    other = any(map(reading.has, ("amount", "undone"))) or reading.has("measure", "share", "change", "cost")
    several = len(reading.of("asks", "how_many", "how_much")) > 1
    return bool(operators) or other or several or reading.has("asks", *_ELSE)


def _of_two_things(first: Figure, second: Figure) -> Comparison | None:
    """Money against what was added to it, of one place and time."""
    if not _comparable(first, second) or not first.value or first.value_max or second.value_max:
        return None
    difference = second.value - first.value
    return Comparison(first, second, difference, round(100 * difference / abs(first.value), 4), "mixed")


def _kind(row: Figure) -> tuple[str, ...]:
    return (row.indicator, row.measure, row.of)


def _same_case(one: Figure, other: Figure) -> bool:
    return (one.region, one.period) == (other.region, other.period)


def _comparable(one: Figure, other: Figure) -> bool:
    """Whether one figure can be held against another: of one unit, and of one thing, or money and what was added to it."""
    capital = {one.indicator, other.indicator} <= {FUNDING, *CAPITAL} and _same_case(one, other)
    return one.unit == other.unit and (one.indicator == other.indicator or capital)


def _distance(row: Figure, lead: Figure) -> tuple[bool, ...]:
    """How far a figure is from the one told: its time, its measure, its programme, a total of both counting as nearer."""
    apart = [getattr(row, one) != getattr(lead, one) for one in ("period", "measure", "programme")]
    return (*apart, row.programme != "total")


def _one_kind(rows: list[Figure], axis: str) -> list[Figure]:
    """The figures that differ from the first in one slot only, the same for all: in `axis`, if that is given."""
    for slot in (axis,) if axis else ("period", "region", "programme"):
        others = [one for one in ("indicator", "of", *_SLOTS) if one != slot]
        alike = [row for row in rows if all(getattr(row, one) == getattr(rows[0], one) for one in others)]
        if len(alike) > 1:
            return alike
    return []


def _agrees(row: Figure, named: Named) -> bool:
    own: Named = {slot: (getattr(row, slot),) for slot in _SLOTS}
    own["measure"] = tuple(word for word, meant in _MEANT.items() if row.measure in meant)
    return all(not values or values[0] in own[slot] for slot, values in named.items())


def _near(value: float, said: float) -> bool:
    return abs(value - said) <= _ROUNDED * abs(value)


def _after_operator(reading: Reading, start: int) -> bool:
    apart = [*reading.of("operator", *_APART), *reading.of("bound", "above", "below")]
    return any(span.end <= start for span in apart)


def _only_slot(reading: Reading) -> bool:
    """Whether nothing is said but another place or programme."""
    slots = {span.slot for span in reading.spans if span.slot not in (*IDLE, "joint", "scope")}
    how = all(span.means("asks", "how") for span in reading.of("asks"))
    return bool(slots) and slots <= {"region", "programme", "asks"} and how
