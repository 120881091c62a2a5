"""Candidates → one decision: features, one score, vetoes, and a calibrated probability that says whether to tell.

The weights and thresholds are in `weights.json`, written by `make fit`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from knowledge.answering import Asked, Routes
from knowledge.answering.library import dateless
from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context
from knowledge.matching.candidates import Candidates, tokens
from knowledge.matching.case import Case
from knowledge.matching.crossed import crossed
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
    together,
)
from knowledge.matching.features import Kinship, features
from knowledge.matching.likeness import Model, load_models
from knowledge.matching.vetoes import vetoed
from knowledge.matching.weights import Weights, load_weights
from knowledge.reading.question import Question, Reader
from knowledge.records import Answer, Choice, Entry, Note
from knowledge.text import wording, words

OFFERED = frozenset({"number of a text"})
"""Vetoes that keep a text from being told, not from being offered."""
ASK = 0.2
"""How likely a question back must be to be asked where nothing is told."""
RULED = frozenset({"document", "eligible", "level", "contact"})
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


class Matcher:
    """Answers questions of one base by the candidate that is most likely right."""

    def __init__(
        self,
        base: KnowledgeBase,
        reader: Reader,
        routes: Routes,
        models: Mapping[str, Model] | None = None,
        weights: Weights | None = None,
    ) -> None:
        self.base = base
        self._reader = reader
        self._routes = routes
        self.models = load_models() if models is None else models
        self.weights = load_weights() if weights is None else weights
        self.candidates = Candidates(base, routes, self.models)

    @cached_property
    def kinship(self) -> Kinship:
        """What questions and entries have in common."""
        return Kinship(self.base, self._reader.annotated)

    def frames(self, question: Question) -> dict[str, float]:
        """How likely each frame is by the words and slots alone."""
        model = self.models.get("frames")
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
        rows = together([Scored(*row) for row in zip(found, told, likely, vetoes, strict=True)])
        return sorted(rows, key=lambda row: (bool(row.vetoes), -row.probability))

    def decide(self, asked: Asked) -> Decision:
        """The answer that is told, the choice that is offered, or the decline."""
        return self.decision(self.scored(asked), asked)

    def decision(self, rows: Sequence[Scored], asked: Asked) -> Decision:
        """The decision between scored candidates, the likeliest first."""
        free = [row for row in rows if not row.vetoes]
        certain = next((row.candidate for row in rows if row.candidate.frame in CERTAIN), None)
        if certain is not None and not (free and free[0].candidate.frame in OF_WORKSHOPS):
            return Decision(certain.answer, certain.context, certain.frame, tuple(rows))
        told = self._told(free, asked.question)
        if told is not None:
            return Decision(told.candidate.answer, told.candidate.context, "told", tuple(rows))
        number = asks_a_number(asked.question)
        best = next((row for row in free if row.candidate.frame == "entry"), None)
        sums = asked.question.regions or asked.question.periods.found or asked.question.amount
        asking = [
            row
            for row in free
            if row.candidate.answer.status == "asked_back"
            and (
                (row.probability >= ASK and (sums or not best or row.probability >= best.probability))
                or (number and row.candidate.frame == "figure")
                or asks_which(row, asked.question)
            )
        ]
        if asking:
            first = asking[0]
            return Decision(first.candidate.answer, first.candidate.context, "asked", tuple(rows))
        missing = next((row for row in free if not_held(row, asked.question)), None)
        if missing and best and best.probability > LIKELIER * missing.probability:
            missing = None
        offered = [row for row in rows if set(row.vetoes) <= OFFERED and not (number and elsewhere(row))]
        if missing or asked.context.route:  # a few words in a chat may first be completed from it
            offered = []
        meant = may_be_meant(offered, self.weights.offer)
        if len(meant) == 1 and stands_alone(meant[0]):
            only = meant[0].candidate
            return Decision(only.answer, only.context, "told", tuple(rows))
        strange = next((row.probability for row in free if row.candidate.frame == "other"), 0.0)
        if meant and meant[0].probability >= strange:
            titles = [row.candidate.answer.entries[0].title for row in meant]
            answer = Answer(
                status="asked_back",
                kind="choice",
                as_of=asked.today,
                gaps=(Note("ask_which"),),
                choices=tuple(Choice(title, title) for title in titles),
            )
            return Decision(answer, Context(route="ask"), "offered", tuple(rows))
        declining = [row for row in rows if row.candidate.answer.status == "no_answer"]
        first = missing or max(declining, key=lambda row: (not row.vetoes, row.probability))
        return Decision(first.candidate.answer, first.candidate.context, "declined", tuple(rows))

    def _told(self, free: Sequence[Scored], question: Question) -> Scored | None:
        """The likeliest candidate if it is likely enough; a plain answer before a question back and where none is."""
        first = free[0] if free else None
        if first is not None and first.probability < self._least(first):
            first = None
        if first is not None and first.candidate.answer.status == "answered":
            return first
        least = max(self.weights.offer, first.probability - PLAINLY if first else 0.0)
        likeliest = next((row for row in free if row.candidate.answer.status == "answered"), None)
        if likeliest is not None and likeliest.probability >= least and is_plain(likeliest, question):
            return likeliest
        if first is None or first.candidate.frame != "other" or question.reading.has("neighbour", "topic"):
            return first
        if any(asks_which(row, question) for row in free):
            return None
        return next((row for row in free if row.probability >= self.weights.tell and lacks(row)), first)

    def _least(self, row: Scored) -> float:
        """The probability from which a candidate of this kind is told."""
        return TELL_RULED if row.candidate.frame in RULED else self.weights.tell

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
            rule = known.get(wording(dateless(question, asked.today)))
            entry = rule if rule is not None and rule.kind != "assessment" else None
        return self._routes.entries.tell(entry, question, asked.today) if entry else None

    def stored(self, typed: str) -> bool:
        """Whether these very words are a stored question."""
        return wording(typed) in self._routes.library.asked_by

    def near(self, asked: Asked, least: float) -> tuple[Entry, ...]:
        """Entries that a question may mean, each at least so likely, the likeliest first."""
        rows = [row for row in self.scored(asked) if set(row.vetoes) <= OFFERED]
        return tuple(row.candidate.answer.entries[0] for row in may_be_meant(rows, least))

    def nearest(self, question: Question, limit: int) -> tuple[Entry, ...]:
        """Entries by likeness alone, the nearest first."""
        found = self.candidates.likeness.rank(words(question.clean), limit)
        return tuple(self.base.entries[one.id] for one in found)
