"""Vetoes of money that is not what is asked: of another thing, or where a text is told for a number."""

from __future__ import annotations

from knowledge.answers.amounts import tells_own_price
from knowledge.language.spans import Reading
from knowledge.matching.candidates import Candidate
from knowledge.matching.case import NEARLY, Case, lead_of
from knowledge.text import fold


def measure_of_a_text(case: Case, candidate: Candidate) -> bool:
    """The money, or what was planned or done, at a place and time is named and nothing else asked, and a text is told."""
    question, reading = case.question, case.question.reading
    likely = candidate.likely
    if likely is None or likely.near >= NEARLY or reading.residue or question.why:
        return False
    named = question.measures.named or question.money
    placed = named and question.periods.found and question.regions
    return bool(placed) and not any(map(reading.has, ("asks", "aspect", "intent")))


def another_money(case: Case, candidate: Candidate) -> bool:
    """A price that an owner tells is held against figures of public money, or they are told for what an event cost."""
    reading = case.question.reading
    if candidate.frame == "claim":
        return bool(candidate.answer.figures) and tells_own_price(reading)
    told = candidate.frame in ("figure", "event") and candidate.answer.status == "answered"
    return told and _costs(reading)


def _costs(reading: Reading) -> bool:
    """Whether what an event itself cost is asked: the money of it, or what it took, and not what was said at it."""
    events = [
        place
        for place, one in enumerate(reading.spans)
        if (one.slot, one.value) == ("head", "event") or one.slot == "event_name"
    ]
    before = reading.spans[events[0] - 1] if events and events[0] else None
    if before is not None and before.means("head", "funding"):
        return True
    said_at = before is not None and before.slot == "function"
    return bool(events) and not said_at and _spent(reading) and not reading.has("head", "funding")


def _spent(reading: Reading) -> bool:
    """Whether what was spent is asked, and no sum is named."""
    return reading.has("measure", "actual") and not reading.has("amount")


def undone_of_done(case: Case, candidate: Candidate) -> bool:
    """What was not done, is left or is owed is asked of a sum that was planned or done."""
    lead = lead_of(candidate)
    undone = case.question.reading.of("undone")
    worked_out = candidate.answer.comparison is not None or candidate.answer.kind in ("check", "series")
    if lead is None or not undone or worked_out:
        return False
    indicator = case.base.indicators[lead.indicator]
    own = fold(f"{indicator.name} {lead.label} {lead.note}")
    return not any(span.text in own for span in undone)


def level_is_held(case: Case, candidate: Candidate) -> bool:
    """Nothing is told, though how much there is of an activity is asked in words that are all understood, and its level is
    held."""
    reading = case.question.reading
    asked = reading.has("activity") and reading.has("aspect", "amount") and reading.has("asks", "how_much")
    if candidate.frame != "other" or not asked or reading.residue or reading.has("neighbour"):
        return False
    return any(one.frame == "level" and one.answer.levels for one in case.candidates)
