"""Where what was carried over from a chat leaves no figure: the one that is left without it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product

from knowledge.base import KnowledgeBase
from knowledge.dialogue.about import told_figures
from knowledge.dialogue.acts import OF_FIGURES
from knowledge.dialogue.asking import Asking, Told
from knowledge.dialogue.followup import of_funds
from knowledge.dialogue.ledger import (
    DERIVED,
    DONE,
    MEANT,
    OTHER_PROGRAMME,
    YEAR,
    Ledger,
    Slots,
    distance,
    done_at,
    same_case,
)
from knowledge.dialogue.state import Context
from knowledge.finding.wanted import AMOUNTS, FUNDING
from knowledge.language.spans import Reading
from knowledge.reading.question import Question
from knowledge.records import Answer, Figure


class GivingWay:
    """Finds figures that have all that a message says, of one base."""

    def __init__(self, base: KnowledgeBase, asking: Asking, ledger: Ledger) -> None:
        self._base = base
        self._asking = asking
        self._ledger = ledger

    def ways(
        self, answers: Sequence[Answer], question: Question, context: Context, today: date
    ) -> Iterator[tuple[str, Told]]:
        """What may be told in place of these answers, each with the way to it."""
        rows = [self._in_place(answer, question, context) for answer in answers]
        if not any(answer.status == "answered" for answer in answers):
            rows.append(self._lasting(question, context))
        for row in dict.fromkeys(row for row in rows if row):
            yield "giving way", self._asking.of_figure(row, context, today)
        if done := self._by_programme(question, context, today):
            yield "by programme", (done[0], self._asking.after(done, question.typed, context))

    def _in_place(self, answer: Answer, question: Question, context: Context) -> Figure | None:
        """The figure that agrees with all that a message says, of the place and time told last, where the programme or the
        measure that was carried over leaves none; of another thing that was told together with it at last."""
        reading, leads = of_funds(question.reading), self._ledger.leads(context)
        open_ = answer.status == "asked_back" and reading.has("measure", *AMOUNTS)
        none = open_ or (answer.status == "no_answer" and answer.kind == "figure")
        if not none or not leads or context.frame not in OF_FIGURES or _derived(reading):
            return None
        lead = leads[0]
        slots = {slot: values[0] for slot, values in self._ledger.named(reading, lead).items() if values}
        if slots.get("measure") not in AMOUNTS:
            slots.pop("measure", None)
        offered = [row.indicator for row in answer.offers[:1]]
        if not {"measure", "programme"} & set(slots) and {*offered} <= {lead.indicator}:
            slots["programme"] = lead.programme  # another place or time of the same figure
        bare = not (reading.has("head") or question.indicators)
        told = [row.indicator for row in told_figures(self._base, context)] if bare else []
        for indicator in dict.fromkeys([*offered, *told, *[FUNDING] * ("measure" in slots)]):
            if rows := self._fitting(indicator, lead, slots):
                found = min(rows, key=lambda row: distance(row, lead))
                return found if found != lead else None
        return None

    def _lasting(self, question: Question, context: Context) -> Figure | None:
        """What is counted somewhere, of the time nearest to the one told last, if it was the same whenever it was counted."""
        lead = next(iter(self._ledger.leads(context)), None)
        named = self._ledger.named(question.reading, lead) if lead else {}
        if lead is None or not question.indicators or named.pop("period") or _derived(question.reading):
            return None
        region = (*named["region"], lead.region)[0]
        rows = self._base.select(indicator=question.indicators[0], region=region)
        lasts = len(rows) > 1 and len({row.value for row in rows}) == 1
        return min(rows, key=lambda row: _years_apart(row, lead)) if lasts else None

    def _by_programme(self, question: Question, context: Context, today: date) -> Told | None:
        """What was done out of each source at another time or place, of which no total is held."""
        lead = next(iter(self._ledger.leads(context)), None)
        if lead is None or lead.programme != "total":
            return None
        slots = done_at(self._ledger.named(question.reading, lead), lead)
        if not slots or self._ledger.like(lead, slots):
            return None
        shown = [
            row for row in told_figures(self._base, context) if same_case(row, lead) and row.measure in DONE
        ] or [lead]
        cases = product(OTHER_PROGRAMME, shown)
        rows = [
            self._ledger.like(row, {**slots, "programme": one})
            for one, row in cases
            if row.programme == "total"
        ]
        found = [row for row in rows if row]
        return self._ledger.reckoned("parts", found, context, today) if found else None

    def _fitting(self, indicator: str, lead: Figure, slots: Slots) -> list[Figure]:
        period = slots.get("period", lead.period)
        measures = MEANT.get(slots.get("measure", ""), ())
        part = "actual" in measures and len(period) == YEAR
        return [
            row
            for row in self._base.select(indicator=indicator, region=slots.get("region", lead.region))
            if not (row.of or row.round or row.terms) and (not measures or row.measure in measures)
            if row.period == period or (part and row.period.startswith(f"{period}-"))
            if slots.get("programme") in (None, row.programme)
        ]


def _years_apart(row: Figure, lead: Figure) -> int:
    return abs(int(row.period[:YEAR]) - int(lead.period[:YEAR]))


def _derived(reading: Reading) -> bool:
    """Whether what a message asks for is not one amount, or is not understood in full."""
    operated = reading.has("operator") or reading.has("undone") or reading.has("measure", *DERIVED)
    return operated or bool(reading.residue)
