"""The executors: one for each kind of answer. Which of them a question gets is decided in `knowledge/matching`."""

from __future__ import annotations

from knowledge.answering.documents import DocumentAnswers
from knowledge.answering.entries import EntryAnswers
from knowledge.answering.events import EventAnswers
from knowledge.answering.figures import FigureAnswers
from knowledge.answering.library import Asked, Library
from knowledge.answering.people import People
from knowledge.answers.claims import Claims
from knowledge.answers.contacts import Contacts
from knowledge.answers.eligibility import Eligibility
from knowledge.answers.levels import Levels
from knowledge.answers.told import Telling
from knowledge.base import KnowledgeBase
from knowledge.finding.entries import EntryIndex
from knowledge.reading.question import Reader

__all__ = ["Asked", "Routes"]


class Routes:
    """The executors of one base; each gives the answer of its kind, or None where the question names nothing of it."""

    def __init__(self, base: KnowledgeBase, reader: Reader, entries: EntryIndex | None = None) -> None:
        """`entries`: an index over the same entries, where there is one already."""
        self.library = Library(base, entries)
        self.entries = EntryAnswers(self.library)
        self.documents = DocumentAnswers(self.library, self.entries)
        telling = Telling(self.library)
        self.eligible = Eligibility(self.library, self.entries, telling)
        self.support = Levels(self.library, self.entries, telling, self.eligible)
        self.contacts = Contacts(self.library, self.entries, telling)
        self.events = EventAnswers(self.library)
        self.people = People(self.library)
        self.figures = FigureAnswers(base, reader)
        self.claims = Claims(self.library, reader)
