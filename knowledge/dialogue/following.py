"""What a message of a chat may mean by what was told, beside the questions that it may stand for: a document, an event, an
entry or a figure next to the one told, or what a workshop of which more is known now can have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from knowledge.base import KnowledgeBase
from knowledge.dialogue import followup
from knowledge.dialogue.acts import OF_FIGURES, OF_WORKSHOP, Act, asks_level
from knowledge.dialogue.asking import Asking, Told
from knowledge.dialogue.opening import Opening
from knowledge.dialogue.recalled import Recalled
from knowledge.dialogue.related import JOINED, MERGED, Related
from knowledge.dialogue.spoken import SpokenOf
from knowledge.dialogue.state import Context
from knowledge.dialogue.workshop import OF_LEVELS, Workshop, with_facts
from knowledge.language.spans import Reading
from knowledge.reading.question import Question
from knowledge.telling.talk_texts import question_tail

Way = tuple[str, Told]
_VOTE = "binh_chon"
"""Topic of entries on the vote, after which goods that are told are entered for it."""


class Following:
    """Finds what messages may mean by what was told, in one base."""

    def __init__(self, base: KnowledgeBase, asking: Asking, workshop: Workshop) -> None:
        self._asking = asking
        self._entries = base.entries
        self._workshop = workshop
        self._opening = Opening(base)
        self._related = Related(base)
        self._recalled = Recalled(asking)
        self.spoken = SpokenOf(base, asking)

    def ways(self, act: Act, question: Question, context: Context, today: date) -> Iterator[Way]:
        """Each way in which a message may be answered from what was told, and the answer."""
        for way, told in self.spoken.ways(question, context, today):
            after = self._asking.after(told, question.typed, context)
            yield way, (told[0], self._asking.named((told[0], after)))
        if again := self._recalled.claimed(question, context, today):
            yield f"told {again[0].manner}", again
        if line := self._recalled.line(question, context, today):
            yield "line of it", line
        yield from self._of_relations(question, context, today)
        yield from self._of_workshop(act, question, context, today)

    def _of_relations(self, question: Question, context: Context, today: date) -> Iterator[Way]:
        """The province, the document or the event that stands in a relation to what was told."""
        reading = question.reading
        if merged := self._related.merged(reading, context, today):
            if merged.aspect == JOINED and context.frame in OF_FIGURES:
                yield "merged", (merged, context)  # the figures stay what is spoken of
            else:
                state = Context(region=merged.regions[merged.aspect == MERGED].id)
                yield "merged", (merged, self._asking.after((merged, state), question.typed, context))
        if there := self._related.province_asked(reading, context):
            text = f"{question_tail('contact')} {self._related.name_of(there)}"
            yield "province", self._asking.answered(text, context.set_aside, today)
        if document := self._of_document(question, context, today):
            yield "related document", document
        if event := self._related.event(question, context):
            asks = (followup.text_of(reading, one) for one in reading.spans if one.slot in followup.ASKING)
            if other := self._asking.in_frame("event", " ".join((event, *asks)), context, today):
                yield "other event", (self._asking.asked_first(other[0], question), other[1])

    def _of_document(self, question: Question, context: Context, today: date) -> Told | None:
        """The card of the document that is meant by what was told."""
        document = self._related.document(question.reading, context)
        card = self._asking.in_frame("document", document, context, today) if document else None
        if card is None:
            return None
        answer, shown = self._asking.asked_first(card[0], question), card[1].told
        shown = (*(f"d:{one}" for one in self._related.amending(question.reading, shown)), *shown)
        if context.frame == "document":
            return answer, replace(self._asking.named(card), told=shown)
        return answer, replace(context, told=(*shown, *context.told))  # the matter stays what it was

    def _of_workshop(self, act: Act, question: Question, context: Context, today: date) -> Iterator[Way]:
        """What a workshop can have of which more is told now, or was told before."""
        reading = question.reading
        facts = followup.told(context, reading)
        last = self._entries.get(next(iter(context.ids), "")) if context.route == "entry" else None
        if last is not None and _VOTE in last.topics and not context.facts:
            return
        if context.frame in OF_WORKSHOP and (facts != context.facts or act.kind == "tell"):
            yield "told of it", self._workshop.told(act, question, context, today)
        if {fact.slot for fact in facts} >= OF_LEVELS and (facts != context.facts or asks_level(reading)):
            answer, after = self._workshop.of_facts(facts, context, today)
            yield "level of it", (answer, with_facts(after, context, facts))
        if facts and asks_level(reading) and OF_LEVELS.isdisjoint(fact.slot for fact in facts):
            back = self._opening.of_workshop(today)
            after = self._asking.after((back, Context()), question.typed, context)
            yield "for what", (back, with_facts(after, context, facts))

    def telling(self, reading: Reading, context: Context) -> Context:
        """The newest state of a chat whose figure has the slots that a message names."""
        return self.spoken.telling(reading, context)
