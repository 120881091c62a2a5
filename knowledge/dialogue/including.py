"""Whether a figure that was told counts a place in: by the borders of its time, or because its source does not say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from knowledge.base import KnowledgeBase
from knowledge.dialogue.asking import Told
from knowledge.dialogue.ledger import Ledger
from knowledge.dialogue.state import Context
from knowledge.finding.regrouped import old_provinces
from knowledge.language.spans import Reading
from knowledge.reading.question import Question
from knowledge.records import Answer, Figure, Note

_BORDERS = {"grown_region": "without", "grown_since": "unknown"}
"""What a warning on the borders of a figure says of the places that have joined since."""


class Including:
    """Says whether figures of a chat count a place in, from one base."""

    def __init__(self, base: KnowledgeBase, ledger: Ledger) -> None:
        self._base = base
        self._ledger = ledger

    def answer(self, question: Question, context: Context, today: date) -> Told | None:
        """The figure told last, whether it counts in the place that is named coming first; None where no such thing is
        asked."""
        lead = self._ledger.leads(context)[0]
        place = _place_asked(question.reading)
        told = self._ledger.of_figure(lead, context, today) if place not in ("", lead.region) else None
        if told is None:
            return None
        names = {"other": self._base.regions[place].name, "region": self._base.regions[lead.region].name}
        note = Note(f"counted_{self._counts(place, lead, told[0])}", names)
        return replace(told[0], leads=(note,)), told[1]

    def _counts(self, place: str, lead: Figure, answer: Answer) -> str:
        """`in`, `out`, `without` for a province that joined later, `unknown` where the source does not say."""
        if place in old_provinces(self._base, lead.region):
            found = (_BORDERS[note.code] for note in answer.warnings if note.code in _BORDERS)
            return next(found, "in")
        own, part_of = self._base.regions[lead.region], self._base.regions[place].part_of
        if own.kind == "country" or own.id == part_of:
            return "in"
        return "out" if own.kind == "province" or (part_of and own.valid_to) else "unknown"


def _place_asked(reading: Reading) -> str:
    """The one place of which it is asked whether it is counted in; empty where another thing is asked."""
    counted = reading.has("role", "part") or reading.has("operator", "sum")
    asks = {span.value for span in reading.of("asks")}
    places = reading.values("region")
    fits = counted and bool(asks) and asks <= {"yes_no", "check"} and not reading.has("period")
    return places[0] if fits and len(places) == 1 else ""
