"""Candidates → one decision: features, one score, vetoes, and a calibrated probability that says whether to tell.

The weights and thresholds are in `weights.json`, written by `make fit`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from knowledge.answering import Asked, Routes
from knowledge.answering.library import dateless
from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context
from knowledge.matching.candidates import Candidate, Candidates, tokens
from knowledge.matching.case import Case
from knowledge.matching.crossed import crossed
from knowledge.matching.deciding import Scored, together
from knowledge.matching.decision import Deciding, Decision
from knowledge.matching.features import Kinship, features
from knowledge.matching.likeness import Likeness, Model, load_models
from knowledge.matching.vetoes import DOUBTS, vetoed
from knowledge.matching.weights import Weights, load_weights
from knowledge.reading.question import Question, Reader
from knowledge.reading.syllables import SYLLABLES
from knowledge.records import Answer, Entry
from knowledge.text import wording, words

SURE = 0.85
"""How likely a text must be by itself to be told against a doubt, if it speaks of the place or the year that was named."""
NO_TALK = "none"
"""The class of messages that are no small talk."""
UNLIKE = -0.75
"""The likeness below which a text has nothing in common with words of which none is understood."""


class Matcher:
    """Answers questions of one base by the candidate that is most likely right."""

    def __init__(
        self,
        base: KnowledgeBase,
        reader: Reader,
        routes: Routes,
        models: Mapping[str, Model] | None = None,
        weights: Weights | None = None,
        alike: Matcher | None = None,
    ) -> None:
        """`alike` matches questions to the same entries of another base: what it knows of them is taken over."""
        self.base = base
        self._routes = routes
        self.models: Mapping[str, Model] = (
            models if models is not None else alike.models if alike else load_models()
        )
        self.weights = load_weights() if weights is None else weights
        likeness = alike.candidates.likeness if alike else Likeness(base.entries, self.models.get("entries"))
        self.candidates: Candidates = Candidates(base, routes, likeness)
        self.kinship: Kinship = alike.kinship if alike else Kinship(base, reader.annotated)
        """What questions and entries have in common."""

    def frames(self, question: Question) -> dict[str, float]:
        """How likely each frame is by the words and slots alone."""
        return self._classes("frames", question)

    def talk(self, question: Question) -> dict[str, float]:
        """How likely each kind of small talk is by the words and slots alone, without `NO_TALK`, what is none; none is said
        without any syllable of the language."""
        if SYLLABLES.isdisjoint(words(question.clean)):
            return {}
        return {name: chance for name, chance in self._classes("talk", question).items() if name != NO_TALK}

    def _classes(self, name: str, question: Question) -> dict[str, float]:
        """How likely each class of a model is; empty where there is no such model."""
        model = self.models.get(name)
        if model is None:
            return {}
        scores = model.scores(words(question.clean), tokens(question))
        powers = np.exp(scores - scores.max())
        return dict(zip(model.classes, (powers / powers.sum()).tolist(), strict=True))

    def scored(self, asked: Asked, frames: Mapping[str, float] | None = None) -> list[Scored]:
        """Every candidate with its score, the likeliest first, those with a veto last."""
        question = asked.question
        frames = self.frames(question) if frames is None else frames
        found = self.candidates.of(asked)
        best = next((one.likely for one in found if one.likely is not None), None)
        case = Case(self.base, question, found, self.kinship)
        vetoes = [vetoed(case, one) for one in found]
        rivals = [one for one, against in zip(found, vetoes, strict=True) if not against]
        told = [
            features(one, question, frames, best, self.kinship)
            | crossed(one, question, rivals, asked.context)
            for one in found
        ]
        likely = self.weights.probabilities(told, [not against for against in vetoes])
        lifted = [
            bool(against) and set(against) <= DOUBTS and _sure(one, chance, own)
            for one, chance, own, against in zip(found, likely, told, vetoes, strict=True)
        ]
        if any(lifted):
            vetoes = [() if one else against for one, against in zip(lifted, vetoes, strict=True)]
            likely = self.weights.probabilities(told, [not against for against in vetoes])
        rows = together([Scored(*row) for row in zip(found, told, likely, vetoes, strict=True)], case)
        return sorted(rows, key=lambda row: (bool(row.vetoes), -row.probability))

    def decide(self, asked: Asked) -> Decision:
        """The answer that is told, the choice that is offered, or the decline."""
        return self.decision(self.scored(asked), asked)

    def decision(self, rows: Sequence[Scored], asked: Asked) -> Decision:
        """The decision between scored candidates, the likeliest first."""
        return Deciding(rows, asked, self.weights).decide()

    def answer(self, asked: Asked) -> tuple[Answer, Context]:
        """What is told, and what the chat remembers of it."""
        decision = self.decide(asked)
        return decision.answer, decision.context

    def as_stored(self, typed: str, asked: Asked) -> tuple[Answer, Context] | None:
        """The entry of which these very words are a stored question, if they are one's alone: somebody has decided that it
        is the answer. The time for which a rule is asked is no part of its words."""
        known, question = self._routes.library.asked_by, asked.question
        entry = known.get(wording(typed)) or known.get(wording(question.clean))
        if entry is None and question.periods.found:
            rule = known.get(wording(dateless(question)))
            entry = rule if rule is not None and rule.kind != "assessment" else None
        return self._routes.entries.tell(entry, question, asked.today) if entry else None

    def stored(self, typed: str) -> bool:
        """Whether these very words are a stored question."""
        return wording(typed) in self._routes.library.asked_by

    def nearest(self, question: Question, limit: int) -> tuple[Entry, ...]:
        """Entries by likeness alone, the nearest first; none where nothing is understood and none is like it."""
        found = self.candidates.likeness.rank(words(question.clean), tokens(question), limit)
        understood = any(span.slot != "unknown" for span in question.reading.spans)
        if not understood and found and found[0].score < UNLIKE:
            return ()
        return tuple(self.base.entries[one.id] for one in found)


def _sure(candidate: Candidate, chance: float, told: Mapping[str, float]) -> bool:
    """Whether a text is nearly sure by itself, and of the place or the year that was named."""
    elsewhere = told.get("place unspoken") and told.get("year unspoken")
    return candidate.frame == "entry" and chance >= SURE and not elsewhere
