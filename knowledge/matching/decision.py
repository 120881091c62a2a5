"""One decision between scored candidates: what is told, asked back, offered or declined.

The steps stand in `STEPS`, the first that finds something decides:

1. certain: a claim that was made is checked, whoever else may answer.
2. told: the likeliest answer, if it is likely enough.
3. asked: a question back for the place, time or kind of a number.
4. alone: the only text that may be meant, if it is likely enough to be told without asking.
5. offered: the texts that may be meant, as choices.
6. declined: what is not held is named, or the likeliest decline is told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from knowledge.answering import Asked
from knowledge.dialogue import Context
from knowledge.matching.candidates import Candidate
from knowledge.matching.deciding import (
    Scored,
    asks_a_number,
    asks_which,
    elsewhere,
    is_plain,
    lacks,
    may_be_meant,
    not_held,
    stands_alone,
)
from knowledge.matching.weights import Weights
from knowledge.records import Answer, Choice, Note

ASK = 0.2
"""How likely a question back must be to be asked where nothing is told."""
RULED = frozenset({"document", "eligible", "level", "contact", "event"})
"""Frames that answer by what was read of the question; in folds they are as sure at a lower probability."""
TELL_RULED = 0.4
"""The probability from which they are told."""
OF_WORKSHOPS = frozenset({"level", "eligible"})
"""Frames of what a workshop may have; where one leads, sums in the message are of its own and nothing is claimed."""
CERTAIN = frozenset({"claim", "here"})
"""Frames that only a message of that kind alone has: a claim, or nothing but where someone is."""
PLAINLY = 0.3
"""How much less likely than a question back a plain answer may be that is told instead."""
LIKELIER = 3
"""How much likelier than that a number is missing a text must be to be meant instead."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is told, why, and the candidates in the order of their score, vetoed ones last."""

    answer: Answer
    context: Context
    reason: str
    scored: tuple[Scored, ...]


class Deciding:
    """The candidates of one question, the likeliest first and those with a veto last, and what each step finds."""

    def __init__(self, rows: Sequence[Scored], asked: Asked, weights: Weights) -> None:
        self._rows = rows
        self._asked = asked
        self._question = asked.question
        self._weights = weights
        self._free = [row for row in rows if not row.vetoes]
        self._text = next((row for row in self._free if row.candidate.frame == "entry"), None)

    def decide(self) -> Decision:
        """The decision of the first step that finds something; `declined` always does."""
        found, reason = next((found, reason) for reason, step in STEPS.items() if (found := step(self)))
        answer, context = found if isinstance(found, tuple) else (found.answer, found.context)
        return Decision(answer, context, reason, tuple(self._rows))

    def certain(self) -> Candidate | None:
        """A claim or the like, unless what a workshop may have leads."""
        if self._free and self._free[0].candidate.frame in OF_WORKSHOPS:
            return None
        return next((row.candidate for row in self._free if row.candidate.frame in CERTAIN), None)

    def told(self) -> Candidate | None:
        """The likeliest candidate if it is likely enough; a plain answer before a question back, and where none is."""
        first = self._free[0] if self._free else None
        if first is not None and first.probability < self._least(first):
            first = None
        if first is not None and first.candidate.answer.status == "answered":
            return first.candidate
        strange = first is not None and first.candidate.frame == "other"
        if not strange or self._question.own_topic:
            plain = self._plain(max(self._weights.offer, first.probability - PLAINLY if first else 0.0))
            if (row := plain or (None if strange else first)) or not strange:
                return row.candidate if row else None
        return self._off_topic(first) if first else None

    def _off_topic(self, first: Scored) -> Candidate | None:
        """The decline of another topic, unless the question is for a slot, or a number that is not held is named."""
        if self._question.reading.has("neighbour", "topic"):
            return first.candidate
        if any(asks_which(row, self._question) for row in self._free):
            return None
        sure = (row for row in self._free if row.probability >= self._weights.tell)
        return next((row for row in sure if lacks(row)), first).candidate

    def asked(self) -> Candidate | None:
        """The likeliest question back that may be asked."""
        return next((row.candidate for row in self._free if self._may_ask(row)), None)

    def alone(self) -> Candidate | None:
        """The only text that may be meant."""
        meant = self._meant
        alone = len(meant) == 1 and stands_alone(meant[0]) and meant[0].probability >= self._strange
        return meant[0].candidate if alone else None

    def offered(self) -> tuple[Answer, Context] | None:
        """The texts that may be meant, as choices, unless the question is likelier of another topic."""
        meant = self._meant
        if not meant or meant[0].probability < self._strange:
            return None
        titles = [row.candidate.answer.entries[0].title for row in meant]
        return _choice(titles, self._asked.today), Context(route="ask")

    def declined(self) -> Candidate:
        """What is missing, else the likeliest decline."""
        if self._missing is not None:
            return self._missing.candidate
        declining = [row for row in self._rows if row.candidate.answer.status == "no_answer"]
        return max(declining, key=lambda row: (not row.vetoes, row.probability)).candidate

    def _least(self, row: Scored) -> float:
        """The probability from which a candidate of this kind is told."""
        return TELL_RULED if row.candidate.frame in RULED else self._weights.tell

    def _plain(self, least: float) -> Scored | None:
        """The likeliest answer, if it is so likely and plain."""
        row = next((row for row in self._free if row.candidate.answer.status == "answered"), None)
        plain = row is not None and row.probability >= least and is_plain(row, self._question)
        return row if plain else None

    def _may_ask(self, row: Scored) -> bool:
        """Whether a candidate is a question back that fits."""
        if row.candidate.answer.status != "asked_back":
            return False
        if asks_which(row, self._question) or (self._number and row.candidate.frame == "figure"):
            return True
        question = self._question
        summed = question.regions or question.periods.found or question.amount
        before = summed or self._text is None or row.probability >= self._text.probability
        return row.probability >= ASK and bool(before)

    @cached_property
    def _strange(self) -> float:
        """How likely the question is of another topic, or not understood."""
        return next((row.probability for row in self._free if row.candidate.frame == "other"), 0.0)

    @cached_property
    def _number(self) -> bool:
        return asks_a_number(self._question)

    @cached_property
    def _missing(self) -> Scored | None:
        """The likeliest decline that names what is not held, unless a text is much likelier."""
        missing = next((row for row in self._free if not_held(row, self._question)), None)
        if missing and self._text and self._text.probability > LIKELIER * missing.probability:
            return None
        return missing

    @cached_property
    def _meant(self) -> tuple[Scored, ...]:
        """The texts that may be meant. A few words in a chat may first be completed from it."""
        if self._missing or self._asked.context.route:
            return ()
        return may_be_meant(
            [row for row in self._rows if not (self._number and elsewhere(row))],
            self._weights.offer,
        )


STEPS: dict[str, Callable[[Deciding], Candidate | tuple[Answer, Context] | None]] = {
    "certain": Deciding.certain,
    "told": Deciding.told,
    "asked": Deciding.asked,
    "alone": Deciding.alone,
    "offered": Deciding.offered,
    "declined": Deciding.declined,
}


def _choice(titles: Sequence[str], today: date) -> Answer:
    """A question back between texts."""
    return Answer(
        status="asked_back",
        kind="choice",
        as_of=today,
        gaps=(Note("ask_which"),),
        choices=tuple(Choice(title, title) for title in titles),
    )
