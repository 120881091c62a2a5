"""A message of a chat → the full questions that it may stand for: as it is, or completed from what was asked and told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from knowledge.base import KnowledgeBase
from knowledge.dialogue import about, followup
from knowledge.dialogue.acts import OF_FIGURES, OF_WORKSHOP, only_slots
from knowledge.dialogue.asking import NAMED_ASPECTS, Asking
from knowledge.dialogue.related import only_asks_office
from knowledge.dialogue.state import Context
from knowledge.language.spans import Reading
from knowledge.reading.question import Question
from knowledge.telling.talk_texts import question_tail

MOST_PAST = 2
"""Earlier questions that are completed."""


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
            before = self._read(earlier, today)
            moved = followup.completed(before, said, self._names)
            yield f"earlier {n}", followup.in_next_period(moved, before, said)
        for name, way in self._objects(context):
            yield way, f"{name} {question.typed}"
        yield from self._with_facts(question, context)

    def _completed(self, said: Reading, context: Context, today: date) -> Iterator[tuple[str, str]]:
        """The last question with this message's slots, word for word, or with the message behind it."""
        asked = self._asking.last_question(context)
        last = self._read(asked, today)
        moved = followup.completed(last, said, self._names)
        yield "moved", followup.in_next_period(moved, last, said, context.slots.get("period", ""))
        yield "replaced", followup.completed(last, said, self._names, corrected=True)
        if swapped := followup.in_its_place(last, said):
            yield "in its place", swapped
        yield "added", f"{asked.rstrip(' ?.')} {followup.words_of(said, 0, len(said.words))}"

    def _objects(self, context: Context) -> Iterator[tuple[str, str]]:
        """The names of the first entry, document and event that were told."""
        base = self._base
        for one in [id_ for id_ in about.ids_of(context.told, "e") if id_ in base.entries][:1]:
            yield base.entries[one].title.rstrip(" ?"), "entry 0"
        for one in [id_ for id_ in about.ids_of(context.told, "d") if id_ in base.documents][:1]:
            yield f"{base.documents[one].kind} {base.documents[one].number}", "document 0"
        for one in [id_ for id_ in about.ids_of(context.told, "v") if id_ in base.events][:1]:
            yield base.events[one].name, "event 0"

    def _with_facts(self, question: Question, context: Context) -> Iterator[tuple[str, str]]:
        """The message with what was told of the workshop, or with the place spoken of."""
        reading = question.reading
        if context.facts:
            facts = followup.told(context, reading)
            kept = [fact.text for fact in facts if fact in context.facts]
            yield "facts", ", ".join((question.typed, *kept))
        if reading.has("operator", "sum") and len(bought := _bought(context)) > 1:
            yield "together", f"{', '.join(bought)}, {question_tail('level')}"
        place = "" if reading.has("region") else self._place(context)
        office = _asks_office(reading, context)
        for there in self._offices(reading, place, context) if office or reading.has("region") else ():
            yield "office", f"{question_tail('contact')} {there}".strip()

    def _offices(self, reading: Reading, place: str, context: Context) -> Iterator[str]:
        """The places whose office may be asked for: those that are named, or the one spoken of."""
        named = [self._names["region", one] for one in reading.values("region")]
        if context.route == "contact" and only_slots(reading):
            yield from named[:1]
        if reading.has("function", "submit"):
            yield from named
        if _asks_office(reading, context) and only_asks_office(reading):
            yield from named[:1] or (place,)

    def _place(self, context: Context) -> str:
        """The place that is spoken of."""
        told = next((fact.text for fact in context.facts if fact.slot == "region"), "")
        region = context.region or context.slots.get("region", "")
        return told or self._names.get(("region", region), "")

    def _read(self, text: str, today: date) -> Reading:
        return self._asking.read(text, Context(), today).reading


def _asks_office(reading: Reading, context: Context) -> bool:
    """Whether a message asks where to go, of a workshop also by no more than "where?"."""
    where = reading.has("asks", "where") and not reading.has("reference", "previous", "next")
    return reading.has("aspect", "place", "contact") or (where and context.frame in OF_WORKSHOP)


def _bought(context: Context) -> list[str]:
    """What somebody told that he would buy, each with its price as told last, in the order in which it was told."""
    prices: dict[str, str] = {}
    for one in (context, *context.past):
        activity = " ".join(fact.text for fact in one.facts if fact.slot == "activity")
        price = next((fact.text for fact in one.facts if fact.slot == "amount"), "")
        if activity and price:
            prices.setdefault(activity, price)
    return [f"{activity} {price}" for activity, price in reversed(prices.items())]
