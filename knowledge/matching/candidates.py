"""Every frame's candidates for one question: what each kind of answer would be, if it were the one that is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from knowledge.answering.contacts import Contacts
from knowledge.answering.documents import DocumentAnswers
from knowledge.answering.eligible import EligibleAnswers
from knowledge.answering.entries import EntryAnswers
from knowledge.answering.events import EventAnswers
from knowledge.answering.figures import FigureAnswers
from knowledge.answering.library import Asked, Library
from knowledge.answering.own_history import without_own_history
from knowledge.answering.people import People
from knowledge.answering.support import SupportAnswers
from knowledge.answering.voting import Voting
from knowledge.answering.whereabouts import membership
from knowledge.answers.claims import Claims, is_claim
from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context
from knowledge.matching.likeness import Likely, Likeness, Model
from knowledge.reading.question import Question, Reader
from knowledge.records import Answer, Entry
from knowledge.text import words

Told = tuple[Answer, Context]
CLAIMED = 3
"""Entries against which the numbers of a claim are held."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible answer: its frame, what would be told and remembered, and what speaks for and against it."""

    frame: str
    answer: Answer
    context: Context
    features: Mapping[str, float] = field(default_factory=dict)
    likely: Likely | None = None


class Candidates:
    """Makes the candidates of one base."""

    def __init__(self, base: KnowledgeBase, reader: Reader, models: Mapping[str, Model]) -> None:
        library = self.library = Library(base)
        self.entries = EntryAnswers(library)
        self.documents = DocumentAnswers(library, self.entries)
        self.eligible = EligibleAnswers(library, self.entries)
        self.support = SupportAnswers(library, self.entries)
        self.contacts = Contacts(library, self.entries, self.support)
        self.events = EventAnswers(library)
        self.people = People(library)
        self.voting = Voting(library, self.entries)
        self.figures = FigureAnswers(base, reader)
        self.likeness = Likeness(base.entries, models.get("entries"))
        self._frames = models.get("frames")
        self.claims = Claims(library, self._nearest)

    def of(self, asked: Asked) -> list[Candidate]:
        """The candidates for a question, in no order that matters."""
        question = without_own_history(asked.question)
        asked = asked if question is asked.question else replace(asked, question=question)
        found: list[Candidate] = []
        for frame, make in self._routes(asked):
            told = make()
            if told is not None:
                found.append(Candidate(frame, *told))
        found.append(Candidate("other", *self.entries.decline(question, asked.context, asked.today)))
        for likely in self.likeness.rank(words(question.clean), 5):
            told = self.entries.tell(self.library.base.entries[likely.id], question, asked.today)
            found.append(Candidate("entry", *told, likely=likely))
        return found

    def _nearest(self, question: Question) -> list[Entry]:
        likely = self.likeness.rank(words(question.clean), CLAIMED)
        return [self.library.base.entries[one.id] for one in likely]

    def _routes(self, asked: Asked) -> Iterator[tuple[str, Callable[[], Told | None]]]:
        question, context, today = asked.question, asked.context, asked.today
        reading = question.reading
        supporting = self.support.sounds_like_support(question)
        if is_claim(question):
            yield "claim", lambda: self.claims.answer(asked)
        if question.documents:
            yield "document", lambda: self.documents.answer(question, today)
        yield "person", lambda: self.people.answer(question, today)
        yield "region", lambda: _with(membership(self.library, question, today))
        yield "vote", lambda: self.voting.answer(question, today)
        yield "eligible", lambda: self.eligible.answer(question, context, today, supporting=supporting)
        yield "level", lambda: self.support.answer(asked, supporting=True)
        yield "contact", lambda: self.contacts.answer(question, context, today)
        if context.ids:
            yield "event", lambda: self.events.continued(question, context, today)
            yield "document", lambda: self.documents.continued(question, context, today)
        if reading.has("head", "event") or reading.has("event_name") or self.events.speaks_of_one(question):
            yield "event", lambda: self.events.answer(question, today)
        yield "figure", lambda: self.figures.answer(asked, supporting=False, surely=True)


def _with(answer: Answer | None) -> Told | None:
    return (answer, Context()) if answer is not None else None


def tokens(question: Question) -> list[str]:
    """The slots of a question as tokens, for the model that tells frames apart."""
    found: list[str] = []
    for span in question.reading.spans:
        if span.slot in ("unknown", "function", "courtesy"):
            continue
        own = span.slot in ("region", "period", "amount", "number", "document")
        own = own or span.slot.endswith("_name")
        name = span.slot if own else f"{span.slot}:{span.value}"
        found.append(name if span.scope == "said" else f"{name}!{span.scope}")
    found += [f"{one}2" for one in ("region", "period", "amount") if found.count(one) > 1]
    if question.indicators:
        found.append("indicator")
    if question.counted:
        found.append("counted")
    return sorted(set(found))
