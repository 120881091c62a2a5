"""May this good be entered for the vote on typical products? The rule speaks of kinds of goods, not of each."""

from __future__ import annotations

from datetime import date

from knowledge.answering.entries import EntryAnswers
from knowledge.answering.library import Library
from knowledge.dialogue import Context
from knowledge.language.spans import Reading
from knowledge.reading.question import Question
from knowledge.records import Answer

_GOODS = "binh-chon-mat-hang"
_OTHER_ASKS = ("who", "when", "where", "how_many", "how_much", "how_often", "why", "what")
_MOST_BEFORE = 9
"""Words before the vote is spoken of that name a good."""


class Voting:
    """Goods against the entry that says which kinds may be entered."""

    def __init__(self, library: Library, entries: EntryAnswers) -> None:
        self._library = library
        self._tell_entry = entries.tell

    def answer(self, question: Question, today: date) -> tuple[Answer, Context] | None:
        """The rule on goods, where it is asked whether one that is named may be entered; None otherwise."""
        entry = self._library.base.entries.get(_GOODS)
        reading = question.reading
        if entry is None or not question.yes_no or not _names_a_good(reading):
            return None
        if (
            reading.has("aspect")
            or reading.has("asks", *_OTHER_ASKS)
            or reading.has("amount")
            or reading.has("number")
        ):
            return None
        return self._tell_entry(entry, question, today)


def _names_a_good(reading: Reading) -> bool:
    """Whether a trade's good, or an unknown word, stands before the words for the vote."""
    vote = next(iter((*reading.of("activity", "binh-chon"), *reading.of("head", "product_vote"))), None)
    if vote is None or vote.start > _MOST_BEFORE:
        return False
    entries = (span for span in reading.spans if span.end <= vote.start)
    return any(span.slot in ("entry_name", "unknown") for span in entries)
