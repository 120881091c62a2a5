"""What a message asks of an event: its day, its place, who did what there; the one before it or after it."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.language.editions import edition_in
from knowledge.language.spans import IDLE, Reading
from knowledge.reading.question import Question
from knowledge.records import Event, Stance
from knowledge.text import fold

_ASPECTS = {
    "next_host": "next_host",
    "concluded": "concluded",
    "closed": "closed",
    "said": "speakers",
    "chair": "chairs",
    "participants": "participants",
}
"""Aspects of the lexicon and those of an event, the first that occurs decides."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of an event: years, regions of the programme, names of provinces (folded), edition."""

    years: tuple[str, ...]
    areas: tuple[str, ...]
    places: tuple[str, ...]
    edition: int | None


_ASKED = {"when": "when", "where": "where", "edition": "edition", "how_long": "when"}
"""Questions and the aspects that answer them."""


def aspect_of(question: Question) -> str:
    """What is asked of an event."""
    reading = question.reading
    named = next((own for aspect, own in _ASPECTS.items() if reading.has("aspect", aspect)), "")
    if named and not (question.when and named == "speakers"):
        return named
    if question.when or question.where or reading.has("asks", "how_long"):
        return "where" if question.where and not question.when else "when"
    if reading.has("asks", "edition") and edition_in(reading.kept) is None:
        return "edition"
    return "organisers" if question.who or reading.has("aspect", "host") else ""


def all_asked(reading: Reading) -> list[str]:
    """Everything that is asked of an event, in the order asked."""
    found = []
    for span in reading.spans:
        own = [told for one, told in _ASPECTS.items() if span.means("aspect", one)]
        found += own[:1] or [told for one, told in _ASKED.items() if span.means("asks", one)][:1]
    return list(dict.fromkeys(found))


def asks_of_event(question: Question) -> bool:
    """Whether something is asked that an event can tell."""
    asks = question.who or question.where or question.when or question.check or question.yes_no
    return bool(asks or aspect_of(question))


def only_named(question: Question) -> bool:
    """Whether no more is said than an event's name, with a place and a year."""
    slots = {span.slot for span in question.reading.spans if span.slot not in IDLE}
    named = question.reading.has("head", "event") or question.reading.has("event_name")
    return (
        named
        and bool(question.periods.found)
        and slots <= {"head", "activity", "event_name", "region", "period", "event", "kind"}
    )


def step_of(question: Question) -> int:
    """1 where the event after another is asked for, -1 where the one before, 0 where neither."""
    reading, periods = question.reading, question.periods
    if reading.has("reference", "previous") or periods.before:
        return -1
    return 1 if reading.has("reference", "next") or periods.after else 0


def year_of(code: str) -> str:
    """The year of a time; of several years all of them, as no event is held in them all."""
    return code if code[5:].isdigit() else code[:4]


def stance_of(question: Question, said: Said, event: Event) -> Stance:
    """Whether the day or the place that is claimed is the event's."""
    if question.periods.day and event.date and event.date[5:] != question.periods.day:
        return "no"
    at = question.reading.has("function", "at") or question.reading.has("aspect", "host")
    held = fold(f"{event.place} {event.host}")
    return "no" if said.places and at and not any(place in held for place in said.places) else "yes"
