"""Asked of the figures that a chat was told: another one like them, two against each other, the extremes, a claim about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import product

from knowledge.answering.beside import CAPITAL
from knowledge.base import KnowledgeBase
from knowledge.dialogue.about import told_figures
from knowledge.dialogue.acts import OF_FIGURES
from knowledge.dialogue.asking import Asking, Told
from knowledge.dialogue.claimed import Claimed
from knowledge.dialogue.followup import of_funds
from knowledge.dialogue.giving_way import GivingWay
from knowledge.dialogue.including import Including
from knowledge.dialogue.ledger import (
    AXES,
    DONE,
    MEANT,
    OF_PLAN,
    OTHER_PROGRAMME,
    YEAR,
    Ledger,
    Slots,
    distance,
    same_case,
)
from knowledge.dialogue.pairs import Pairs
from knowledge.dialogue.state import Context
from knowledge.finding.wanted import FUNDING
from knowledge.language.spans import IDLE, Reading
from knowledge.reading.question import Question
from knowledge.records import Figure
from knowledge.telling.names import period_name
from knowledge.telling.talk_texts import question_tail

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
_COUNTED = (*DONE, *OF_PLAN)
_ELSE = (*AXES, "which", "who", "where", "when", "why")
_OF_CLAIMS = ("check", "")
"""Frames of a claim that was checked; a passage leaves none."""
LONGEST = 14
"""Words of a message that may be about figures that were told."""


class SpokenOf:
    """Answers from the figures of a chat, of one base."""

    def __init__(self, base: KnowledgeBase, asking: Asking) -> None:
        self._base = base
        self._asking = asking
        self._ledger = Ledger(base, asking)
        self._pairs = Pairs(base, self._ledger)
        self._claimed = Claimed(base, self._ledger)
        self._including = Including(base, self._ledger)
        self.giving_way = GivingWay(base, asking, self._ledger)

    @cached_property
    def _of_activity(self) -> dict[str, list[str]]:
        """The indicators of each activity, by their names."""
        found: dict[str, list[str]] = {}
        for row in self._base.indicators.values():
            for one in self._asking.read(row.name, Context(), date.min).reading.values("activity"):
                found.setdefault(one, []).append(row.id)
        return found

    def ways(self, question: Question, context: Context, today: date) -> Iterator[tuple[str, Told]]:
        """Each way in which a message may be about figures that were told, and the answer with the state as it leaves it."""
        if told := self.claimed_too(question, context, today):
            yield "claimed too", told
        reading = of_funds(question.reading)
        if context.frame not in OF_FIGURES or not self._ledger.leads(context):
            return
        if len(reading.words) > LONGEST or any(map(reading.has, _FOREIGN)):
            return
        question = replace(question, reading=reading)
        ways = {"counted in": self._including.answer, "claimed": self._claimed.answer, "by source": self._parts, "other side": self._by_role}  # fmt: skip
        if "rank" not in context.over:
            ways |= {
                "in order": self._pairs.ordered,
                "held against": self._pairs.held,
                "other figure": self._other,
            }
        for way, find in ways.items():
            if told := find(question, context, today):
                yield way, told

    def claimed_too(self, question: Question, context: Context, today: date) -> Told | None:
        """Another number that is claimed of the place and time of the claim that was checked last."""
        reading = question.reading
        lead = next(iter(told_figures(self._base, context)), None)
        elsewhere = reading.has("region") or reading.has("period") or reading.has("reference")
        asks = {*reading.values("asks")} - {"check", "yes_no"}
        if (
            context.frame not in _OF_CLAIMS
            or lead is None
            or elsewhere
            or asks
            or len(reading.words) > LONGEST
        ):
            return None
        said = {span.slot for span in reading.spans if span.slot not in (*IDLE, "joint", "talk")}
        of_money = reading.has("head") or (reading.has("amount") and said <= {"amount", "asks"})
        if not (reading.has("number") or reading.has("amount")) or not of_money:
            return None
        case = f"{self._base.names[lead.region]} {period_name(lead.period)}"
        text = f"{case} {question.typed.rstrip(' ?.!')}, {question_tail('check')}"
        told = self._asking.answered(text, context.set_aside, today)
        return told if told[0].kind == "check" and told[0].status == "answered" else None

    def _counted(self, question: Question) -> list[str]:
        """The indicators that a message names, by their own words or by the activity that they count."""
        of_activity = (self._of_activity.get(one, ()) for one in question.reading.values("activity"))
        return [*question.indicators, *(one for ids in of_activity for one in ids)]

    def _other(self, question: Question, context: Context, today: date) -> Told | None:
        """The figure that has what is said and else the slots of the one told last; of a rate or a share the amount
        beside it."""
        reading, lead = question.reading, self._ledger.leads(context)[0]
        named = self._ledger.named(reading, lead)
        if _asks_else(reading) or reading.residue or any(len(values) > 1 for values in named.values()):
            return None
        slots = {slot: values[0] for slot, values in named.items() if values}
        if question.total_word or reading.has("operator", "sum"):
            slots.setdefault("programme", "total")
        amount = self._ledger.amount_of(lead)
        ways = list(self._ways(question, amount, slots))
        found = self._ledger.first(amount, ways, reading)
        beside = self._ledger.like(lead, slots) if ways == [slots] and amount != lead else None
        if beside and not (reading.has("asks", "how_much", "sum") or reading.has("aspect", "amount")):
            found, beside = beside, found
        told = self._ledger.of_figure(found, context, today) if found != lead else None
        if told is None or beside is None or beside in (found, *told[0].companions):
            return told
        return replace(told[0], companions=(beside, *told[0].companions)), told[1]

    def _ways(self, question: Question, anchor: Figure, slots: Slots) -> Iterator[Slots]:
        """The slots in which the figure that is asked for may differ from `anchor`, the best first."""
        reading = question.reading
        measures = MEANT.get(slots.get("measure", ""), ())
        slots = {slot: value for slot, value in slots.items() if slot != "measure"}
        if measures == ("rate",) or reading.has("asks", "percent"):
            same = {"period": anchor.period} if slots.get("period") == anchor.period[:YEAR] else {}
            for of in dict.fromkeys((anchor.measure, "actual", "estimate")):
                yield {**slots, **same, "measure": "rate", "of": of, "against": "plan"}
            return
        money = question.money or reading.has("asks", "sum")
        indicators = [FUNDING] if money and anchor.unit != "VND" else self._counted(question)
        changed = [one for one in indicators if one != anchor.indicator]
        for one, measure in product(changed, measures or _COUNTED):
            yield {**slots, "indicator": one, "measure": measure}
            yield {"programme": "total", **slots, "indicator": one, "measure": measure}
        if not changed or any(self._base.indicators[one].unit == anchor.unit for one in changed):
            yield from _of_same(slots, measures)

    def _parts(self, question: Question, context: Context, today: date) -> Told | None:
        """What is told last, out of each of the two sources, where both are named or it is to be split up by them."""
        reading = question.reading
        national, local = reading.has("programme", "KCQG"), reading.has("programme", "KCDP")
        both = national and (local or reading.has("kind", "province"))
        others = {*reading.values("operator")} - {"each"}
        if not both or others or reading.has("region") or reading.has("period"):
            return None
        lead = self._ledger.leads(context)[0]
        told = [row for row in told_figures(self._base, context) if same_case(row, lead)]
        cases = product(told, OTHER_PROGRAMME)
        rows = [self._ledger.like(row, {"programme": one}) for row, one in cases]
        found = list(dict.fromkeys(row for row in rows if row))
        if len(found) < 2:
            return None
        answer, after = self._ledger.reckoned("parts", found, context, today)
        return answer, replace(after, route="parts")

    def _by_role(self, question: Question, context: Context, today: date) -> Told | None:
        """What the other side bears of the figure told: the owners, or the other programme; or what both sides bear."""
        reading = question.reading
        lead, *others = self._ledger.leads(context)
        row = None
        if reading.has("operator"):
            both = {one.indicator for one in (lead, *others[:1]) if same_case(one, lead)}
            summed = reading.has("operator", "sum") and both == {FUNDING, _OWN_CAPITAL}
            row = self._beside(_WITH_CAPITAL, lead) if summed else None
        elif lead.indicator == _WITH_CAPITAL and reading.has("role", "part"):
            told = [one for one in told_figures(self._base, context) if same_case(one, lead)]
            row = next((one for one in told if one.unit == lead.unit and one.value < lead.value), None)
        elif reading.has("role", "own") and not reading.has("programme"):
            return self._of_owners(reading, context, today)
        else:
            row = self._of_other_source(reading, lead, others)
        return self._ledger.of_figure(row, context, today)

    def _of_other_source(self, reading: Reading, lead: Figure, others: list[Figure]) -> Figure | None:
        """What the other programme bears: "the other one", or what is left of a total that was told."""
        whole = any(same_case(one, lead) and one.programme == "total" for one in others)
        other = reading.has("reference", "other") or (whole and reading.has("undone", "remainder"))
        meant = other and lead.programme in OTHER_PROGRAMME
        return self._ledger.like(lead, {"programme": OTHER_PROGRAMME[lead.programme]}) if meant else None

    def _of_owners(self, reading: Reading, context: Context, today: date) -> Told | None:
        """What the owners bear, or what is borne together with them."""
        lead, total = self._ledger.leads(context)[0], reading.has("role", "total")
        if row := self._beside(_WITH_CAPITAL if total else _OWN_CAPITAL, lead):
            return self._ledger.of_figure(row, context, today)
        return None if total else self._rest(lead, context, today)

    def _rest(self, lead: Figure, context: Context, today: date) -> Told | None:
        """What the owners bear of a whole that was told with its public part: reckoned, where no source prints it."""
        states = (context, *context.past)
        told = [row for one in states if one.digest for row in told_figures(self._base, one)]
        alike = [row for row in told if same_case(row, lead) and row.unit == lead.unit == "VND"]
        whole = next((row for row in alike if row.indicator == _WITH_CAPITAL), None)
        part = next((row for row in alike if whole and row.value < whole.value), None)
        return self._ledger.reckoned("rest", (whole, part), context, today) if whole and part else None

    def _beside(self, indicator: str, lead: Figure) -> Figure | None:
        rows = self._base.select(indicator=indicator, region=lead.region, period=lead.period)
        return min(rows, key=lambda row: distance(row, lead), default=None)

    def telling(self, reading: Reading, context: Context) -> Context:
        """The newest state of a chat whose figure has the slots that a message names."""
        return self._ledger.telling(reading, context)


def _of_same(slots: Slots, measures: tuple[str, ...]) -> Iterator[Slots]:
    """The slots of figures of the same thing, of the whole year at last."""
    own = [{**slots, "measure": one} for one in measures] or [slots]
    yield from own if measures or slots else ()
    if year := slots.get("period", "")[:YEAR]:
        yield from ({**one, "period": year} for one in own)


def _asks_else(reading: Reading) -> bool:
    """Whether a message asks for anything but one figure."""
    operators = {*reading.values("operator")} - {"each", "sum"}
    other = any(map(reading.has, ("amount", "undone"))) or reading.has("measure", "share", "change", "cost")
    several = len(reading.of("asks", "how_many", "how_much")) > 1
    return bool(operators) or other or several or reading.has("asks", *_ELSE)
