"""Three ways not to answer: not our topic, not understood, understood but not held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from knowledge.base import KnowledgeBase
from knowledge.dialogue.about import ids_of
from knowledge.dialogue.state import Context
from knowledge.language.spans import IDLE, Reading, Span
from knowledge.matching.deciding import Scored, may_be_meant
from knowledge.reading.question import Question
from knowledge.records import Answer, Choice, Note
from knowledge.text import fold

OURS = frozenset({"head", "programme", "activity", "fact", "document", "document_name", "event_name", "entry_name", "aspect", "measure"})  # fmt: skip
"""Slots that make a message one of the topic."""
OFF_TOPIC = ("off_topic", "neighbour", "neighbour_apart")
MOST_READ, MOST_NEAR = 5, 3
LEAST_NEAR = 0.01
"""How likely an entry must be at least to be named as near."""


class Declining:
    """Tells why there is no answer, from one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self._names = {(row.slot, row.value): row.name for row in base.slots.values()}
        self._neighbours = {
            fold(rule.value): base.entries[rule.entry]
            for rule in base.rules
            if rule.slot == "neighbour" and rule.entry in base.entries
        }
        """What is held of a neighbouring topic: what sets us apart from it."""

    def told_apart(
        self, answer: Answer, question: Question, context: Context, rows: Sequence[Scored]
    ) -> Answer:
        """A decline that says off topic, as what it is: what was understood is named, and what is near of the `rows` that
        were candidates, the likeliest first, is offered. Beside the name of a neighbouring topic stands what is held of it."""
        codes = {gap.code for gap in answer.gaps}
        if answer.status != "no_answer" or answer.kind != "help" or not codes & {*OFF_TOPIC, "not_known"}:
            return answer
        reading = question.reading
        if "not_known" in codes:
            near = () if _says_nothing(reading) else _near(rows, context)
            if not near and reading.residue:
                return replace(answer, gaps=(Note("not_understood"),))
            return replace(answer, gaps=(Note("not_held"),), choices=near) if near else answer
        if reading.has("neighbour"):
            known = self._neighbours.get(fold(question.neighbour))
            return replace(answer, entries=(known,)) if known else answer
        if not (context.asked or any(reading.has(slot) for slot in OURS)):
            return answer
        read = ", ".join(self.names_of(reading))
        gap = Note("not_understood_read", {"read": read}) if read else Note("not_understood")
        return replace(answer, gaps=(gap,), choices=_near(rows, context) if read else ())

    def not_held(self, near: tuple[Choice, ...], today: date) -> Answer:
        """What was told is all there is on it; other entries are near."""
        note = Note("told_all_near" if near else "told_all")
        return Answer("no_answer", "policy", today, gaps=(note,), choices=near)

    def names_of(self, reading: Reading) -> list[str]:
        """What was understood of a message, in words."""
        named = (self._name(span) for span in reading.spans)
        return list(dict.fromkeys(name for name in named if name))[:MOST_READ]

    def _name(self, span: Span) -> str:
        if span.slot in (
            "address",
            "asks",
            "courtesy",
            "function",
            "talk",
            "scope",
            "reference",
            "unknown",
            "role",
            "bound",
        ):
            return ""
        if span.slot == "region":
            return self._base.names.get(span.value, "")
        if span.slot in ("period", "amount", "document"):
            return span.text
        return self._names.get((span.slot, span.value), "")


def _says_nothing(reading: Reading) -> bool:
    """Whether of all that was said only the name of our topic was understood."""
    said = {span.slot for span in reading.spans} - IDLE
    return (
        bool(reading.residue) and said <= {"head", "topic", "unknown"} and not reading.has("head", "support")
    )


def _near(rows: Sequence[Scored], context: Context) -> tuple[Choice, ...]:
    """The entries that may be meant, none of them told before."""
    told = set(ids_of(context.told, "e"))
    near = (row.candidate.answer.entries[0] for row in may_be_meant(rows, LEAST_NEAR))
    return tuple(Choice(one.title, one.title) for one in near if one.id not in told)[:MOST_NEAR]
