"""How an answer came about: what was read, which kinds of answer were possible and what speaks for each, what was told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from knowledge.answering.library import Asked
from knowledge.assistant import Assistant
from knowledge.dialogue import Context
from knowledge.language.spans import Reading
from knowledge.matching.likeness import Likely
from knowledge.records import Answer


@dataclass(frozen=True, slots=True)
class Tried:
    """One candidate: its frame, what it would tell, how likely that is right, what rules it out, what speaks for it.

    `features`: what each adds to the score.
    """

    frame: str
    answer: Answer
    likely: Likely | None
    probability: float
    vetoes: tuple[str, ...]
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The reading of a message, the candidates for its answer, the best first, and the answer that was told."""

    reading: Reading
    candidates: tuple[Tried, ...]
    answer: Answer


class Explainer:
    """Explains the answers of one assistant to messages that open a chat."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def explain(self, text: str, today: date) -> Explanation:
        """What leads to the answer to `text`. Never raises for any text."""
        question = self._assistant.reader.read(text, today)
        names = dict(self._assistant.base.names)
        matcher = self._assistant.matcher
        found = tuple(
            Tried(
                row.candidate.frame,
                replace(row.candidate.answer, names=names),
                row.candidate.likely,
                row.probability,
                row.vetoes,
                {name: matcher.weights.of.get(name, 0.0) * value for name, value in row.features.items()},
            )
            for row in matcher.scored(Asked(question, Context(), today))
        )
        return Explanation(question.reading, found, self._assistant.ask(text)[0])
