"""Which kind of question is it, and who answers it. Order matters: the surest reading first."""

from __future__ import annotations

import re
from dataclasses import replace

from knowledge.answering.documents import DocumentAnswers
from knowledge.answering.entries import EntryAnswers
from knowledge.answering.events import EventAnswers
from knowledge.answering.figures import FigureAnswers
from knowledge.answering.library import Asked, Library, dateless
from knowledge.answering.own_history import without_own_history
from knowledge.answering.people import People
from knowledge.answering.voting import Voting
from knowledge.answering.whereabouts import membership, names_a_district
from knowledge.answering.wording import IN_WORDS
from knowledge.answers.claims import Claims, is_claim
from knowledge.answers.contacts import Contacts
from knowledge.answers.eligibility import Eligibility
from knowledge.answers.levels import Levels
from knowledge.answers.told import Telling
from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context, leans_on
from knowledge.reading.question import Question, Reader
from knowledge.records import Answer, Entry, Note
from knowledge.text import wording

__all__ = ["Asked", "Routes"]

_REVIEW = re.compile(r"\bhoi nghi\b.*\btong ket\b|\btong ket\b.*\bhoi nghi\b")

_SHORT = 7
"""Words of a question that names the money and a time and hardly anything else."""

_COUNTED_OF_A_DOCUMENT = ("so-nam-thi-hanh",)
"""Counts whose own words name a document."""


class Routes:
    """Decides between documents, support, contacts, events, figures and entries."""

    def __init__(self, base: KnowledgeBase, reader: Reader) -> None:
        library = Library(base)
        self.library = library
        self.entries = EntryAnswers(library)
        self.documents = DocumentAnswers(library, self.entries)
        telling = Telling(library)
        self.eligible = Eligibility(library, self.entries, telling)
        self.support = Levels(library, self.entries, telling, self.eligible)
        self.contacts = Contacts(library, self.entries, telling, self.support)
        self.events = EventAnswers(library)
        self.people = People(library)
        self.voting = Voting(library, self.entries)
        self.figures = FigureAnswers(base, reader)
        self.claims = Claims(library, reader)

    def answer(self, asked: Asked) -> tuple[Answer, Context]:
        """The answer and the new context: what names its object exactly comes first, free text last."""
        question = without_own_history(asked.question)
        asked = asked if question is asked.question else replace(asked, question=question)
        if is_claim(question) and (claimed := self.claims.answer(asked)) is not None:
            return claimed
        supporting = self.support.speaks_of_support(question)
        certain = self._certain(asked, question, supporting=supporting)
        if certain is not None:
            return certain
        found = self.figures.answer(asked, supporting=supporting)
        if question.money and not supporting and names_a_district(question) and found is None:
            gap = Answer(
                status="no_answer", kind="figure", as_of=asked.today, gaps=(Note("no_district_figures"),)
            )
            return gap, asked.context
        if found is None:
            told = self.entries.answer(question, asked.context, asked.today, supporting=supporting)
            return (None if told[0].status == "answered" else self._without_why(asked)) or told
        short = len(question.clean.split()) <= _SHORT and not question.yes_no
        in_year = short and question.money and question.periods.found
        of_figures = (
            question.regions or question.programmes or question.measures.named or question.counted or in_year
        )
        if found[0].status != "answered" and not leans_on(question, asked.context):
            in_words = found[0].status == "no_answer" and (
                question.yes_no
                or question.who
                or question.where
                or question.when
                or question.why
                or IN_WORDS.search(question.clean)
            )
            if in_words or not of_figures:
                return self.entries.word_for_word(question, asked.today, exact=bool(of_figures)) or found
        return found

    def _without_why(self, asked: Asked) -> tuple[Answer, Context] | None:
        """Why figures moved, where no text says it: how they did move, which may not be as the question takes for granted."""
        question = asked.question
        if (
            not question.why
            or not (question.compare or question.measures.named)
            or not question.periods.found
        ):
            return None
        bare = replace(asked, question=replace(question, why=False))
        found = self.figures.answer(bare, supporting=False)
        if found is None or found[0].status != "answered":
            return None
        return replace(found[0], assumptions=(Note("why_unknown"), *found[0].assumptions)), found[1]

    def as_stored(self, typed: str, asked: Asked) -> tuple[Answer, Context] | None:
        """The entry of which these very words are a stored question, if they are one's alone: somebody has decided that
        it is the answer, whatever else the words look like. The time for which a rule is asked is no part of its words."""
        known = self.library.asked_by
        entry = known.get(wording(typed)) or known.get(wording(asked.question.clean))
        if entry is None and asked.question.periods.found:
            rule = known.get(wording(dateless(asked.question, asked.today)))
            entry = rule if rule is not None and rule.kind != "assessment" else None
        return self.entries.tell(entry, asked.question, asked.today) if entry else None

    def stored(self, typed: str) -> bool:
        """Whether these very words are a stored question."""
        return wording(typed) in self.library.asked_by

    def nearest(self, question: Question, limit: int) -> tuple[Entry, ...]:
        """Entries by likeness alone, the nearest first."""
        found = self.library.entries.search(question.clean, limit=limit)
        return tuple(self.library.base.entries[match.id] for match in found)

    def _certain(
        self, asked: Asked, question: Question, *, supporting: bool
    ) -> tuple[Answer, Context] | None:
        """A document number, a price to be supported, an office of a province, an event."""
        context, today = asked.context, asked.today
        if (
            question.documents
            and question.counted not in _COUNTED_OF_A_DOCUMENT
            and not _REVIEW.search(question.clean)
        ):
            return self.documents.answer(question, today)
        if (person := self.people.answer(question, today)) is not None:
            return person
        if (belongs := membership(self.library, question, today)) is not None:
            return belongs, Context()
        if (voted := self.voting.answer(question, today)) is not None:
            return voted
        eligible = self.eligible.answer(asked)
        if eligible is not None:
            return eligible
        supported = self.support.answer(asked) or self.contacts.answer(asked)
        if supported is not None:
            return supported
        if not (question.counted or question.numbered) or not question.periods.found:
            continued = self.events.continued(question, context, today)
            continued = continued or self.documents.continued(question, context, today)
            if continued is not None:
                return continued
        return self.events.answer(question, today) if self.events.speaks_of_one(question) else None
