"""How an answer came about: what was read, which kinds of answer were possible and what speaks for each, what was told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from knowledge.answering.library import Asked
from knowledge.assistant import Assistant
from knowledge.dialogue import Context
from knowledge.language.spans import Reading
from knowledge.matching.candidates import Candidate, Candidates
from knowledge.matching.likeness import load_models
from knowledge.records import Answer


@dataclass(frozen=True, slots=True)
class Explanation:
    """The reading of a message, the candidates for its answer, and the answer that was told."""

    reading: Reading
    candidates: tuple[Candidate, ...]
    answer: Answer


class Explainer:
    """Explains the answers of one assistant to messages that open a chat."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._candidates = Candidates(assistant.base, assistant.routes, load_models())

    def explain(self, text: str, today: date) -> Explanation:
        """What leads to the answer to `text`. Never raises for any text."""
        question = self._assistant.reader.read(text, today)
        names = dict(self._assistant.base.names)
        found = tuple(
            replace(one, answer=replace(one.answer, names=names))
            for one in self._candidates.of(Asked(question, Context(), today))
        )
        return Explanation(question.reading, found, self._assistant.ask(text)[0])
