"""A message of a chat → the full questions that it may stand for: as it is, or completed from what was asked and told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from knowledge.base import KnowledgeBase
from knowledge.dialogue import about, followup
from knowledge.dialogue.acts import OF_FIGURES, only_slots
from knowledge.dialogue.asking import NAMED_ASPECTS, Asking
from knowledge.dialogue.related import only_asks_office
from knowledge.dialogue.state import Context
from knowledge.language.spans import Reading
from knowledge.reading.question import Question
from knowledge.telling.talk_texts import question_tail

MOST_PAST, MOST_DOCUMENTS = 2, 2
"""Earlier questions that are completed; documents that were told and are named with a message."""
VOTE = "binh_chon"
"""The topic of the entries on the vote on products."""
_OF_EDITION = ("round", "period", "edition")
"""Slots that tell one event of a series from the others."""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """`way`: how it was made; `context`: the chat that the question is asked in."""

    way: str
    text: str
    context: Context


class Rewriting:
    """Writes out what messages may stand for, with the names of one base."""

    def __init__(self, base: KnowledgeBase, asking: Asking) -> None:
        self._base = base
        self._asking = asking
        self._names = {
            (row.slot, row.value): row.name
            for row in base.slots.values()
            if row.slot == "programme" or (row.slot == "aspect" and row.value in NAMED_ASPECTS)
        }
        self._names |= {("region", row.id): row.name for row in base.regions.values()}

    def of(self, question: Question, context: Context, today: date) -> list[Rewrite]:
        """Every rewriting of a message, each text once, the message as it stands first."""
        found = {"": Rewrite("in chat", question.typed, context)}
        for way, text in self._texts(question, context, today):
            found.setdefault(text, Rewrite(way, text, context.set_aside))
        return list(found.values())

    def _texts(self, question: Question, context: Context, today: date) -> Iterator[tuple[str, str]]:
        said = followup.of_funds(question.reading) if context.frame in OF_FIGURES else question.reading
        yield from self._completed(said, context, today)
        for n, earlier in enumerate([one.asked for one in context.past if one.asked][:MOST_PAST]):
            yield f"earlier {n}", followup.completed(self._read(earlier, today), said, self._names)
        for name, n, way in self._objects(context, today):
            yield f"{way} {n}", f"{name} {question.typed}"
        if any(VOTE in self._base.entries[one].topics for one in self._entries_told(context)):
            yield "vote", f"{question_tail('vote')} {question.typed}"
        yield from self._with_facts(question, context)

    def _completed(self, said: Reading, context: Context, today: date) -> Iterator[tuple[str, str]]:
        """The last question with this message's slots, word for word, or only its object."""
        last = self._read(self._asking.last_question(context), today)
        full = followup.completed(last, said, self._names)
        yield "moved", followup.in_next_period(full, last, said, context.slots.get("period", ""))
        yield "replaced", followup.completed(last, said, self._names, corrected=True)
        yield "asked of", followup.asked_of(last, said, self._names)

    def _objects(self, context: Context, today: date) -> Iterator[tuple[str, int, str]]:
        """The names of the entries, documents and events that were told, with their place and kind."""
        entries, documents, events = self._base.entries, self._base.documents, self._base.events
        told = {mark: about.ids_of(context.told, mark) for mark in "dv"}
        for n, one in enumerate(self._entries_told(context)[:1]):
            yield entries[one].title.rstrip(" ?"), n, "entry"
        for n, one in enumerate([id_ for id_ in told["d"] if id_ in documents][:MOST_DOCUMENTS]):
            yield f"{documents[one].kind} {documents[one].number}", n, "document"
        for n, one in enumerate([id_ for id_ in told["v"] if id_ in events][:1]):
            yield events[one].name, n, "event"
            yield self._series(events[one].name, today), n, "series"

    def _entries_told(self, context: Context) -> list[str]:
        return [one for one in about.ids_of(context.told, "e") if one in self._base.entries]

    def _series(self, name: str, today: date) -> str:
        """The name of an event without what tells it from the others of its series."""
        reading = self._read(name, today)
        own = [span.start for slot in _OF_EDITION for span in reading.of(slot)]
        return followup.words_of(reading, 0, min(own, default=len(reading.words)))

    def _with_facts(self, question: Question, context: Context) -> Iterator[tuple[str, str]]:
        """The message with what was told of the workshop, or with the place spoken of."""
        reading = question.reading
        if context.facts:
            facts = followup.told(context, reading)
            kept = [fact.text for fact in facts if fact in context.facts]
            yield "facts", ", ".join((question.typed, *kept))
        if reading.has("operator", "sum") and len(bought := _bought(context)) > 1:
            yield "together", f"{', '.join(bought)}, {question_tail('level')}"
        named = reading.values("region")
        if context.route == "contact" and named and only_slots(reading):
            yield "office", f"{question_tail('contact')} {self._names['region', named[0]]}"
        place = "" if named else self._place(context)
        office = reading.has("aspect", "place", "contact")
        if named and reading.has("function", "submit"):
            yield from (
                ("office", f"{question_tail('contact')} {self._names['region', one]}") for one in named
            )
        if office and only_asks_office(reading):
            yield "office", f"{question_tail('contact')} {place}".strip()
        if not place or (context.frame in OF_FIGURES and not office):
            return
        yield "place", f"{followup.without(reading, reading.of('reference'))} {place}"

    def _place(self, context: Context) -> str:
        """The place that is spoken of."""
        told = next((fact.text for fact in context.facts if fact.slot == "region"), "")
        region = context.region or context.slots.get("region", "")
        return told or self._names.get(("region", region), "")

    def _read(self, text: str, today: date) -> Reading:
        return self._asking.read(text, Context(), today).reading


def _bought(context: Context) -> list[str]:
    """What somebody told that he would buy, each with its price as told last, in the order in which it was told."""
    prices: dict[str, str] = {}
    for one in (context, *context.past):
        activity = " ".join(fact.text for fact in one.facts if fact.slot == "activity")
        price = next((fact.text for fact in one.facts if fact.slot == "amount"), "")
        if activity and price:
            prices.setdefault(activity, price)
    return [f"{activity} {price}" for activity, price in reversed(prices.items())]
