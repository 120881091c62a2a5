"""A pasted paragraph: every number in it checked against the base."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from knowledge.answering.library import Asked
from knowledge.answers.amounts import tells_own_price
from knowledge.answers.claim_forms import LONGEST_CLAIM
from knowledge.answers.claim_words import RIGHT
from knowledge.answers.claims import Claims
from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context
from knowledge.finding.passages import judge
from knowledge.language.spans import Reading
from knowledge.reading.passage.reader import PassageReader
from knowledge.reading.question import Reader
from knowledge.records import Answer, Part
from knowledge.stated import Judgement, Stated

LEAST_CHARS = 80
LEAST_NUMBERS = 2
_STATES = frozenset({"check", "yes_no", "list", "edition"})
"""What is asked, or said, of a statement; any other question word makes a question."""

_OF_WORDS = ("predicate", "part")
"""Kinds of parts of a claim that are no numbers."""


class Passages:
    """Tells a passage from a question, and checks it."""

    def __init__(self, base: KnowledgeBase, reader: Reader, claims: Claims) -> None:
        self._base = base
        self._reads = reader
        self._claims = claims

    @cached_property
    def reader(self) -> PassageReader:
        """Made when the first passage comes."""
        return PassageReader(self._base)

    def prepare(self) -> None:
        """Make the reader now."""
        _ = self.reader

    def answer(self, text: str, today: date) -> Answer | None:
        """A judgement on each number of a passage; None for what is a question, or states nothing of the field."""
        if len(text) < LEAST_CHARS or sum(map(str.isdigit, text)) < LEAST_NUMBERS:
            return None
        question = self._reads.read(text, today)
        checked = question.check
        if tells_own_price(question.reading) or not states(question.reading):
            return None
        if not (checked or question.own_topic or question.money):
            return None
        claimed = (
            self._claims.answer(Asked(question, Context(), today)) if len(text) <= LONGEST_CLAIM else None
        )
        claim = claimed[0] if claimed else None
        if checked and claim is not None:
            return claim
        stated = self.reader.read(text)
        counts = question.reading.has("amount") or question.reading.has("number")
        enough = (
            claim is not None and counts and len(claim.parts) >= LEAST_NUMBERS
        )  # a name with its year has none
        if not (enough or _states_enough(stated, checked=checked)):
            return None
        judgements = tuple(judge(self._base, stated))
        if claim is not None and _reads_more(claim, judgements):
            return claim
        return self._told(judgements, today) if judgements else None

    def _told(self, judgements: tuple[Judgement, ...], today: date) -> Answer:
        figures = list(dict.fromkeys(one.figure for one in judgements if one.figure is not None))
        sources = dict.fromkeys(
            self._base.sources[row.source] for row in figures if row.source in self._base.sources
        )
        outcomes = {one.outcome for one in judgements}
        if outcomes & {"differs", "misprint"}:
            stance = "no"
        elif outcomes <= set(RIGHT):
            stance = "yes"
        else:
            stance = "conditional" if outcomes & set(RIGHT) else "unknown"
        return Answer(
            status="answered",
            kind="check",
            as_of=today,
            figures=tuple(figures),
            judgements=judgements,
            stance=stance,  # type: ignore[arg-type]
            sources=tuple(sources),
        )


def states(reading: Reading) -> bool:
    """Whether a text states something: nobody asks a question in it, or speaks of a workshop of his own."""
    asks = {
        value
        for span in reading.named("asks")
        for slot, value in ((span.slot, span.value), *span.others)
        if slot == "asks"
    }
    return asks <= _STATES and not reading.has("intent")


def _states_enough(stated: Sequence[Stated], *, checked: bool) -> bool:
    """Whether a text states figures of the field as a report does, and where or when they hold."""
    known = [one for one in stated if one.indicator and "indicator" not in one.unsure]
    placed = any(
        (one.region and "region" not in one.unsure) or (one.period and "period" not in one.unsure)
        for one in known
    )
    return bool(known) if checked else placed and len(known) >= LEAST_NUMBERS


def _reads_more(claim: Answer, judgements: Sequence[Judgement]) -> bool:
    """Whether a claim leaves less unchecked, checks more, or sees more to check than single numbers."""
    numbers = [one for one in claim.parts if one.kind not in _OF_WORDS]
    open_, unread = _unchecked(numbers), _unchecked(judgements)
    sees = len(numbers) < len(claim.parts) and open_ <= unread
    right = len(claim.parts) - _unchecked(claim.parts)
    return not judgements or sees or open_ < unread or right > len(judgements) - unread


def _unchecked(checked: Sequence[Judgement] | Sequence[Part]) -> int:
    return sum(one.outcome == "unknown" for one in checked)
