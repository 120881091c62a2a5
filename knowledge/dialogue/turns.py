"""A message in a chat that was answered before: all that it may ask for, one score, and one decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from knowledge.base import KnowledgeBase
from knowledge.dialogue import about, followup
from knowledge.dialogue.acts import OF_FIGURES, Act, names_its_own
from knowledge.dialogue.asking import Asking, Told
from knowledge.dialogue.declining import Declining
from knowledge.dialogue.following import Following
from knowledge.dialogue.rewriting import Rewrite, Rewriting
from knowledge.dialogue.social import talked
from knowledge.dialogue.state import Context
from knowledge.dialogue.turn_features import Meant, TurnFeatures
from knowledge.language.editions import edition_in
from knowledge.language.spans import IDLE
from knowledge.matching.matcher import Matcher
from knowledge.matching.weights import Weights, load_weights
from knowledge.reading.question import Question
from knowledge.records import Answer, Choice, Note
from knowledge.telling.names import figure_question

WEIGHTS = Path(__file__).parent / "weights.json"
OFFICE = "contact"
"""Aspect of an answer that names the office of a place."""
TELL_AGAIN = 0.75
"""The probability from which the last answer is told again to a message that names something new."""
_NAMING = frozenset({"aspect", "fact", "trade", "activity", "region", "period", "programme", "document", "amount", "number"})  # fmt: skip
"""Slots by which a message names what it is about."""
_OTHER = ("reference", "other")
"""Words for the other one of two."""
_ANEW = frozenset({"counted in", "in its place", "related document"})
"""Ways that tell the last answer again as one to what is new."""
MOST_OFFERED = 3
ALONE, ALONE_ASKED = 0.28, 0.5
"""How likely the only answer must be that would be offered, in the chat and to its own question, to be told instead."""
_JOINED_TO = frozenset({"added", "entry 0", "document 0", "event 0"})
"""Ways that put the whole of what was asked or told before a message: how likely their answer is says little of the message."""
MOST_OTHERS = 3
"""Answers to one rewriting beside the one that it would get."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The likeliest of the ways to one answer, and how likely that answer is by all of them."""

    meant: Meant
    probability: float


class Turns:
    """Answers messages that may lean on a chat, from one base."""

    def __init__(self, base: KnowledgeBase, routes: Matcher, asking: Asking, following: Following) -> None:
        self._base = base
        self._asking = asking
        self._following = following
        self._rewriting = Rewriting(base, asking)
        self._spoken = following.spoken
        self._matcher = routes
        self._declining = Declining(base)
        self._features = TurnFeatures(base, routes.kinship)
        self.weights: Weights = load_weights(WEIGHTS)

    def told(self, act: Act, question: Question, context: Context, today: date) -> Told:
        """What the message most likely asks for; where that is not likely enough, a choice, or that it is not held."""
        rows = self.weighed(act, question, context, today)
        first = rows[0]
        if first.meant.answer.status != "answered":
            return first.meant.told
        again = act.kind not in ("correct", "tell") and first.meant.way not in _ANEW
        again = again and self._says_more(question, first.meant.answer, context)
        if first.probability >= (TELL_AGAIN if again else self.weights.tell):
            return self._once_more(first.meant, context)
        offered = [row for row in rows if self._may_be_offered(row, context)]
        alone = [row for row in offered if row.probability >= ALONE and _applies(row, question, context)]
        alone = alone or (offered if offered and _stands_alone(offered[0], context) else [])
        if len(alone) == 1:
            return alone[0].meant.told
        choices = tuple(filter(None, (self._choice(row.meant.answer) for row in offered[:MOST_OFFERED])))
        if choices:
            answer = Answer("asked_back", "choice", today, gaps=(Note("ask_which"),), choices=choices)
            return answer, replace(context, choices=choices)
        return self._unsure(rows, question, context, today, again=again)

    def _unsure(
        self, rows: Sequence[Weighed], question: Question, context: Context, today: date, *, again: bool
    ) -> Told:
        """What is told where nothing is likely enough and nothing can be offered."""
        first = rows[0]
        before = about.told_already(first.meant.answer, context)
        added = question.reading.has("operator", "sum") and first.meant.answer.kind == "figure"
        if again or (before and added):  # a figure that was told is not the sum of several
            return self._declining.not_held((), today), context
        if before:
            return self._once_more(first.meant, context)
        if _stands_alone(first, context):
            return first.meant.told
        unsaid = next((row for row in rows if row.meant.answer.status != "answered"), None)
        return unsaid.meant.told if unsaid else (self._declining.not_held((), today), context)

    def _says_more(self, question: Question, answer: Answer, context: Context) -> bool:
        """Whether an answer was told before, to a question that lacks something which the message names."""
        told = [one for one in (context, *context.past) if about.repeats_case(answer, one)]
        asked = (self._asking.read(one.asked, Context(), date.min).reading for one in (context, *told))
        known = {(span.slot, span.value) for reading in asked for span in reading.spans}
        spans = question.reading.spans
        named = {(one.slot, one.value) for one in spans if one.slot in _NAMING or one.means(*_OTHER)}
        return bool(told) and any(not one[1].startswith("relation:") for one in named - known)

    def _may_be_offered(self, row: Weighed, context: Context) -> bool:
        """Whether a question that asks for an answer may be meant, which was not answered before."""
        likely = row.probability >= self.weights.offer and self._choice(row.meant.answer) is not None
        return likely and not about.told_already(row.meant.answer, context)

    def weighed(self, act: Act, question: Question, context: Context, today: date) -> list[Weighed]:
        """Every different answer that is found with how likely it is, the likeliest first."""
        found = self.found(act, question, context, today)
        told = self._features.of(act, question, context, found)
        chances = self.weights.probabilities(told, [True] * len(found))
        return by_answer(found, chances)

    def features(
        self, act: Act, question: Question, context: Context, found: list[Meant]
    ) -> list[dict[str, float]]:
        """What speaks for and against each answer."""
        return self._features.of(act, question, context, found)

    def found(self, act: Act, question: Question, context: Context, today: date) -> list[Meant]:
        """All that a message may ask for: the answers to its rewritings, and what stands beside what was told; of one of which
        nothing is understood only the answer to itself."""
        said = any(span.slot not in (*IDLE, "unknown") for span in question.reading.spans)
        if not said and edition_in(question.clean) is None:
            alone = self._asked(Rewrite("in chat", question.typed, context), question, context, today)[:1]
            return [*alone, *self.small_talk(question, context, today)]
        rewritings = self._rewriting.of(question, context, today)
        rewritten = [meant for one in rewritings for meant in self._asked(one, question, context, today)]
        if not names_its_own(question.reading):
            full = next((one.text for one in rewritings if one.way == "moved"), "")
            rewritten = [one.spelled_out(full) for one in rewritten]
        ways = (Meant(way, told) for way, told in self._following.ways(act, question, context, today))
        answers = [one.answer for one in rewritten if one.way in ("in chat", "moved")]
        instead = self._spoken.giving_way.ways(answers, question, context, today)
        given = (Meant(way, told) for way, told in instead)
        return [*rewritten, *ways, *given, *self.small_talk(question, context, today)]

    def small_talk(
        self, question: Question, context: Context, today: date, least: float = 0.0
    ) -> Iterator[Meant]:
        """The answer to the likeliest kind of small talk, if it is so likely."""
        what, chance = max(self._matcher.talk(question).items(), key=lambda one: one[1], default=("", 0.0))
        if what and chance >= least:
            yield Meant("small talk", (talked(what, today), context), chance)

    def _asked(self, rewrite: Rewrite, question: Question, context: Context, today: date) -> list[Meant]:
        """The answers to one rewriting, the one that it would get first; facts told of the workshop are kept."""
        found: list[Meant] = []
        for (answer, after), chance in self._asking.all_weighed(
            rewrite.text, rewrite.context, today, MOST_OTHERS
        ):
            answer = self._asking.asked_first(answer, question)
            if rewrite.way == "in chat":
                after = self._asking.named((answer, after))
            elif context.facts:
                facts = followup.told(context, question.reading)
                after = replace(after, facts=facts, wish=context.wish)
            found.append(Meant(rewrite.way, (answer, after), chance, second=bool(found)))
        return found

    def _once_more(self, meant: Meant, context: Context) -> Told:
        """What was told just now is told again as that."""
        new = meant.answer.kind in ("comparison", "document") or meant.answer.leads
        again = not new and about.repeats(meant.answer, context)
        return (replace(meant.answer, manner="again"), context) if again else meant.told

    def _choice(self, answer: Answer) -> Choice | None:
        """A full question that asks for an answer; None for one that has none."""
        if answer.figures and answer.kind == "figure":
            text = figure_question(self._base.names, answer.figures[0])
            return Choice(text, text)
        return Choice(answer.entries[0].title, answer.entries[0].title) if answer.entries else None


def _stands_alone(row: Weighed, context: Context) -> bool:
    """Whether the only answer that may be meant is likely enough to be told without asking; a text after figures is not: the
    figures would no longer be what is spoken of."""
    asked = row.meant.way not in _JOINED_TO and row.meant.chance > ALONE_ASKED
    kept = context.frame not in OF_FIGURES or row.meant.answer.kind in OF_FIGURES
    return asked and kept and row.probability >= ALONE


def _applies(row: Weighed, question: Question, context: Context) -> bool:
    """Whether an answer holds what a message tells, a number or a part, against the rule that was told just now."""
    answer, reading = row.meant.answer, question.reading
    tells = reading.has("number") or reading.has("amount") or reading.has("asks", "how")
    told = about.ids_of(context.told, "e")[:1]
    return bool(answer.case) and tells and [one.id for one in answer.entries[:1]] == told


def by_answer(found: Sequence[Meant], chances: Sequence[float]) -> list[Weighed]:
    """The different answers, the likeliest first: what tells the same, of whatever place, is as likely as all ways to it
    together, the office of a place before those of all; of ways to tell nothing the likeliest counts."""
    groups: dict[str, list[int]] = {}
    for place, one in enumerate(found):
        groups.setdefault(one.matter, []).append(place)
    rows = []
    for places in groups.values():
        best = max(places, key=lambda place: (found[place].answer.aspect == OFFICE, chances[place]))
        answered = found[best].answer.status == "answered"
        rows.append(Weighed(found[best], sum(chances[one] for one in places) if answered else chances[best]))
    return sorted(rows, key=lambda row: -row.probability)
