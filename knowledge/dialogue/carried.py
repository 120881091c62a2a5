"""Figures that a follow-up asks for where the slots of the last figure, taken over as they are, lead to none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from knowledge.answering.beside import CAPITAL
from knowledge.base import KnowledgeBase
from knowledge.dialogue.acts import OF_FIGURES
from knowledge.dialogue.followup import of_funds
from knowledge.dialogue.state import Context
from knowledge.finding.wanted import AMOUNTS, FUNDING
from knowledge.language.spans import IDLE, Reading, Span
from knowledge.reading.periods import shift_year
from knowledge.records import Answer, Figure
from knowledge.text import fold

_WITH_CAPITAL, _OWN_CAPITAL = CAPITAL
_ONLY_SLOTS = frozenset(
    {"region", "period", "programme", "measure", "asks", "kind", "reference", "role", "aspect", "bound"}
)
_OTHER_PROGRAMME = {"KCQG": "KCDP", "KCDP": "KCQG"}
_NOT_AMOUNTS = ("share", "change", "rate")
_IN_PART = ("actual", "estimate")
"""What may be known of a part of the year only."""
_YEAR = 4
"""Digits of a year."""
_MOVES = {"next": 1, "previous": -1}


@dataclass(frozen=True, slots=True)
class _Said:
    """The slots that a message names; empty where it names none."""

    region: str
    period: str
    programme: str
    measure: str


class Carried:
    """Finds figures beside those that a chat was told, in one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self._moves = {
            fold(row.phrase): _MOVES[row.value]
            for row in base.lexicon
            if row.slot == "reference" and row.value in _MOVES
        }
        """Words that move the year told last."""

    def leads(self, context: Context) -> list[Figure]:
        """The leading figure of every answer of the chat that told one, the newest first."""
        found = (self._lead(one) for one in (context, *context.past) if one.digest)
        return list({row.id: row for row in found if row}.values())

    def _lead(self, context: Context) -> Figure | None:
        ids = (one[2:] for one in context.told if one.startswith("f:"))
        return next((self._base.figures[one] for one in ids if one in self._base.figures), None)

    def by_role(self, reading: Reading, context: Context) -> Figure | None:
        """What the other side bears of the figure told: the owners, or the other programme; or what both sides bear."""
        leads = self.leads(context)
        if not leads or context.frame not in OF_FIGURES or reading.has("amount"):
            return None
        lead = leads[0]
        said = self._said(reading, lead)
        if reading.has("role", "own"):
            return self._one((_OWN_CAPITAL,), lead, said)
        if len(leads) > 1 and reading.has("operator", "sum") and _same_case(lead, leads[1]):
            both = {lead.indicator, leads[1].indicator}
            return self._one((_WITH_CAPITAL,), lead, said) if both == {FUNDING, _OWN_CAPITAL} else None
        rest = reading.has("undone", "remainder") and lead.programme in _OTHER_PROGRAMME
        whole = [row for row in leads[1:] if _same_case(row, lead) and row.programme == "total"]
        if rest and whole:
            other = _OTHER_PROGRAMME[lead.programme]
            return self._one((lead.indicator,), lead, _Said("", "", other, lead.measure))
        return None

    def giving_way(self, answer: Answer, reading: Reading, context: Context) -> Figure | None:
        """The figure that agrees with all that a message says, of the place and time told last, where the programme or the
        measure that was carried over leaves none; of another thing that was told together with it at last."""
        leads = self.leads(context)
        open_ = answer.status == "asked_back" and reading.has("measure", *AMOUNTS)
        none = open_ or (answer.status == "no_answer" and answer.kind == "figure")
        if not none or not leads or context.frame not in OF_FIGURES or reading.residue:
            return None
        reading = of_funds(reading)
        if reading.has("operator") or reading.has("measure", *_NOT_AMOUNTS) or reading.has("undone"):
            return None
        bare = all(
            span.slot in _ONLY_SLOTS for span in reading.spans if span.slot not in (*IDLE, "joint", "talk")
        )
        told = self._rows(context) if bare else []
        indicators = dict.fromkeys(
            [*(row.indicator for row in answer.offers[:1]), *(row.indicator for row in told)]
        )
        said = self._said(reading, leads[0])
        same = (
            not said.measure
            and not said.programme
            and {row.indicator for row in answer.offers[:1]} <= {leads[0].indicator}
        )
        if same:  # another place or time of the same figure
            said = replace(said, programme=leads[0].programme)
        money = [FUNDING] if said.measure else []
        found = self._one([*indicators, *money], leads[0], said)
        return found if found not in leads[:1] else None

    def _rows(self, context: Context) -> list[Figure]:
        ids = (one[2:] for one in context.told if one.startswith("f:"))
        return [self._base.figures[one] for one in ids if one in self._base.figures]

    def _one(self, indicators: Iterable[str], lead: Figure, said: _Said) -> Figure | None:
        """The first figure of these indicators that has what is said, and the place and time of `lead` where none is."""
        for indicator in indicators:
            rows = list(self._fitting(indicator, lead, said))
            if rows:
                return min(rows, key=lambda row: _distance(row, lead))
        return None

    def _said(self, reading: Reading, lead: Figure) -> _Said:
        def only(slot: str) -> Span | None:
            return next((span for span in reading.of(slot) if span.scope != "excluded"), None)

        period = only("period") or only("reference")
        move = self._moves.get(fold(period.text), 0) if period else 0
        when = period.value if period and period.slot == "period" else ""
        if move and len(lead.period) == _YEAR:
            when = shift_year(lead.period, move)
        region, programme, measure = (only(slot) for slot in ("region", "programme", "measure"))
        amount = measure.value if measure and measure.value in AMOUNTS else ""
        return _Said(region.value if region else "", when, programme.value if programme else "", amount)

    def _fitting(self, indicator: str, lead: Figure, said: _Said) -> Iterator[Figure]:
        period = said.period or lead.period
        for row in self._base.select(indicator=indicator, region=said.region or lead.region):
            part = said.measure in _IN_PART and len(period) == _YEAR and row.period.startswith(f"{period}-")
            if not (row.period == period or part) or row.of or row.round or row.terms:
                continue
            if said.programme not in ("", row.programme):
                continue
            if said.measure in ("", row.measure) or (said.measure in _IN_PART and row.measure in _IN_PART):
                yield row


def _same_case(one: Figure, other: Figure) -> bool:
    return (one.region, one.period) == (other.region, other.period)


def _distance(row: Figure, lead: Figure) -> tuple[bool, ...]:
    """How far a figure is from the one told: its time, its measure, its programme, a total of both counting as nearer."""
    return (
        row.period != lead.period,
        row.measure != lead.measure,
        row.programme != lead.programme,
        row.programme != "total",
    )
