"""What somebody says of figures that a chat was told, held against them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from knowledge.base import KnowledgeBase
from knowledge.dialogue.about import told_figures
from knowledge.dialogue.asking import Told
from knowledge.dialogue.ledger import APART, DONE, MEANT, Ledger, Named, agrees
from knowledge.dialogue.state import Context
from knowledge.language.spans import Reading
from knowledge.reading.question import Question
from knowledge.records import Figure, Part, Stance

_ROUNDED, _POINTS = 0.005, 2
"""By what share a claimed amount may be off, by how many points a part of a plan."""


class Claimed:
    """Checks claims about the figures of a chat."""

    def __init__(self, base: KnowledgeBase, ledger: Ledger) -> None:
        self._base = base
        self._ledger = ledger

    def answer(self, question: Question, context: Context, today: date) -> Told | None:
        """What somebody says of figures that were told, held against them."""
        reading = question.reading
        asks = {span.value for span in reading.of("asks")} - {"check", "what"}
        claims = question.check or reading.has("function", "told", "tag")
        numbers = [one for one in question.quantities if one.scaled]
        moved = reading.has("operator", *APART)
        bound = reading.has("bound") or reading.has("scope", "not", "except")
        if asks or not claims or len(numbers) > 1 or (numbers and (moved or bound)):
            return None
        if numbers:
            return self._value(question, context, today)
        part = reading.has("times", "0.5", "0.33", "0.25") and not reading.has("scope", "not", "except")
        return self._part(reading, context, today) if part else None

    def _value(self, question: Question, context: Context, today: date) -> Told | None:
        """A number that is said of a figure of the chat: of what is named, else of the one told last."""
        said = next(one for one in question.quantities if one.scaled)
        unit, value = ("percent" if said.kind == "percent" else "VND"), float(said.value)
        lead = self._ledger.leads(context)[0]
        named = self._ledger.named(question.reading, lead)
        if not question.reading.has("function", "told"):  # of what was told last
            case = {slot: (getattr(lead, slot),) for slot in ("programme", "region", "period")}
            named = {slot: values or case.get(slot, ()) for slot, values in named.items()}
        if any(len(values) > 1 for values in named.values()):
            return None
        told = [row for row in self._shown(context) if row.unit == unit]
        right = next((row for row in told if _near(row.value, value)), None)
        row = self._claimed_of(told, named, value, lead)
        if row is None or row.unit != unit:
            return None
        text = next((span.text for span in question.reading.of("amount")), str(said.value))
        part = Part("figure", text, "differs", figure=row, other=right)
        if _near(row.value, value):
            part = Part("figure", text, "match", figure=row)
        return self._verdict(part, row, context, today)

    def _claimed_of(self, told: list[Figure], named: Named, value: float, lead: Figure) -> Figure | None:
        """The figure of which a number is said: the one that has it, the first told, or one like the last."""
        fits = _meant([row for row in told if agrees(row, named)], named)
        slots = {slot: values[0] for slot, values in named.items() if values and slot != "measure"}
        right = next((row for row in fits if _near(row.value, value)), None)
        return right or next(iter(fits), None) or self._ledger.like(lead, slots)

    def _shown(self, context: Context) -> list[Figure]:
        """All figures of the chat, those that led their answers first."""
        states = (one for one in (context, *context.past) if one.digest)
        shown = (row for one in states for row in told_figures(self._base, one))
        return list(dict.fromkeys((*self._ledger.leads(context), *shown)))

    def _part(self, reading: Reading, context: Context, today: date) -> Told | None:
        """A part of the plan that is said to be done."""
        leads = [self._ledger.amount_of(row) for row in self._ledger.leads(context)]
        lead = next((row for row in leads if row.measure in DONE), None)
        programmes = self._ledger.named(reading, leads[0])["programme"]
        done = self._ledger.like(lead, {"programme": programmes[0]} if programmes else {}) if lead else None
        plan = self._ledger.against_plan(done, leads) if done else None
        if done is None or plan is None or not plan.value:
            return None
        rate = self._ledger.rate_of(done)
        percent = rate.value if rate is not done else 100 * done.value / plan.value
        claimed = 100 * float(reading.values("times")[0])
        above, below = reading.has("bound", "above"), reading.has("bound", "below")
        near = abs(percent - claimed) < _POINTS
        right = percent > claimed if above else percent < claimed if below else near
        text, other = reading.of("times")[0].text, plan if plan.unit == "VND" else None
        part = Part("plan", text, "match" if right else "differs", f"{percent:.4f}", done, other)
        return self._verdict(part, done, context, today)

    def _verdict(self, part: Part, row: Figure, context: Context, today: date) -> Told | None:
        told = self._ledger.of_figure(row, context, today)
        stance: Stance = "yes" if part.outcome == "match" else "no"
        return (replace(told[0], kind="check", stance=stance, parts=(part,)), told[1]) if told else None


def _meant(rows: list[Figure], named: Named) -> list[Figure]:
    """Those of the measure that is meant by the word for one, where one is named."""
    meant = MEANT.get("".join(named["measure"][:1]), ())
    first = min((meant.index(row.measure) for row in rows), default=0) if meant else 0
    return [row for row in rows if not meant or row.measure == meant[first]]


def _near(value: float, said: float) -> bool:
    return abs(value - said) <= _ROUNDED * abs(value)
