"""What an owner tells of a workshop, and what it can have: the level, what rules it out, and what is not known yet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from knowledge.base import KnowledgeBase
from knowledge.dialogue import about, followup
from knowledge.dialogue.acts import TURNED, Act
from knowledge.dialogue.asking import Asking, Told
from knowledge.dialogue.opening import Opening
from knowledge.dialogue.state import Context, Fact
from knowledge.reading.question import Question
from knowledge.records import Answer, Note
from knowledge.telling.talk_texts import question_tail

_OF_OWNER = frozenset({"trade", "place", "kind", "size", "region"})
"""Facts that tell of a workshop, and of nothing that it wants."""
_SEVERAL = 2
"""Facts by which somebody introduces a workshop."""
OF_LEVELS = frozenset({"amount", "activity"})
"""Facts that a level is told of."""


class Workshop:
    """Answers owners by all that they told."""

    def __init__(self, base: KnowledgeBase, opening: Opening, asking: Asking) -> None:
        called = {row.value: row.name for row in base.slots.values() if row.slot == "activity"}
        self._activities = {
            row.phrase: called[row.value]
            for row in base.lexicon
            if row.slot == "activity"
            and row.value in called
            and row.phrase.split()[0] != called[row.value].split()[0]
        }
        """Other words for an activity, and how it is called in full."""
        self._opening = opening
        self._answered = asking.answered
        self._after = asking.after

    def told(self, act: Act, question: Question, context: Context, today: date) -> Told:
        """The owner's question again with all that was told; a fact that rules the support out comes first."""
        facts = followup.told(context, question.reading)
        new = {followup.group_of(span) for span in act.rest} - {"asks", "intent", "kind"}
        alone = self._alone(question, context, today)
        strange = question.neighbour and not context.facts
        if alone[0].status == "no_answer" and (alone[0].kind == "support" or strange):
            return alone  # it says what is not ours
        if alone[0].stance == "no" and not about.repeats(alone[0], context):
            return alone[0], with_facts(alone[1], context, facts)
        found = self._refused(question, context, today) if context.facts and not new & OF_LEVELS else None
        found = found or self._answered_alone(alone, question, facts, context, today)
        if found is None and not any(fact.slot in ("activity", "state") for fact in facts):
            found = self._of_sum(question, context, today) if "amount" in new else None
            found = found or self._used_for(question, facts, context, today)
        if found is None:
            found = self._again(alone, facts, context, today)
        return found[0], with_facts(found[1], context, facts)

    def _alone(self, question: Question, context: Context, today: date) -> Told:
        """The answer to what is told, without what turns the last answer down."""
        turned = [span for span in question.reading.of("talk", *TURNED) if span.slot == "talk"]
        if not turned:
            return self._answered(question.typed, context, today)
        return self._answered(followup.without(question.reading, turned), context.set_aside, today)

    def _refused(self, question: Question, context: Context, today: date) -> Told | None:
        """A plain no to what is told now, that was not told before."""
        told = self._answered(f"{question.typed}, {question_tail('may')}", context.set_aside, today)
        return told if told[0].stance == "no" and not about.repeats(told[0], context) else None

    def _answered_alone(
        self, alone: Told, question: Question, facts: tuple[Fact, ...], context: Context, today: date
    ) -> Told | None:
        """The answer to a message that asks, or that introduces a workshop."""
        asks = question.reading.has("asks")
        owner = {fact.slot for fact in facts} & _OF_OWNER
        if not context.facts and not asks and len(owner) >= _SEVERAL:
            found = self.of_facts(facts, context, today)
            alone = found if found[0].status == "answered" else alone
        new = alone[0].status == "answered" and not about.repeats(alone[0], context)
        return alone if new and (asks or not context.facts) else None

    def _of_sum(self, question: Question, context: Context, today: date) -> Told | None:
        """The level of a price, alone or of what was asked for before."""
        texts = (question.typed, f"{question.typed} {context.asked}")
        tries = (self._answered(text, context.set_aside, today) for text in texts)
        return next((told for told in tries if told[0].calculation is not None), None)

    def _again(self, alone: Told, facts: tuple[Fact, ...], context: Context, today: date) -> Told:
        """The answer to all that was told; where that is none, or was told before, the one to what is told now."""
        told = self.of_facts(facts, context, today)
        ours = told[0].status == "answered" and told[0].kind in ("policy", "support")
        fresh = ours and not about.told_already(told[0], context)
        if alone[0].status == "answered" and not fresh:
            told = self._beside(alone[0], told[0], "level_still"), alone[1]
        else:
            told = self.judged(*told, facts, context, today)
        return self._asking_on(told[0], facts), told[1]

    def _used_for(
        self, question: Question, facts: tuple[Fact, ...], context: Context, today: date
    ) -> Told | None:
        """Where only a sum is known, which is not to be lent: what it is for."""
        if question.reading.has("role", "loan"):
            return None
        amount = next((fact.text for fact in facts if fact.slot == "amount"), "")
        used = self._opening.of_amount(amount, today) if amount else None
        return (used, self._after((used, Context()), question.typed, context)) if used else None

    def judged(
        self, level: Answer, after: Context, facts: tuple[Fact, ...], context: Context, today: date
    ) -> Told:
        """A level; what rules the workshop out, or may, comes before it."""
        verdict = self._verdict(facts, context, today) if level.levels else None
        if verdict is None:
            return level, after
        answer = self._beside(verdict[0], level, "level_if") if verdict[0].stance != "no" else verdict[0]
        return answer, verdict[1]

    def _verdict(self, facts: tuple[Fact, ...], context: Context, today: date) -> Told | None:
        """What rules a workshop of which this is known out, or may; None where nothing does, or it was told before."""
        known = [fact.text for fact in facts if fact.slot not in OF_LEVELS]
        if not known:
            return None
        told = self._answered(f"{', '.join(known)}, {question_tail('may')}", context.set_aside, today)
        doubt = told[0].status == "answered" and told[0].stance in ("no", "conditional")
        return told if doubt and not about.told_already(told[0], context) else None

    def _beside(self, answer: Answer, level: Answer, code: str) -> Answer:
        """An answer on a condition, with the level in one line."""
        if level.calculation is None:
            return answer
        note = Note(code, {"most": f"money:{level.calculation.result}"})
        return replace(answer, assumptions=(note, *answer.assumptions))

    def of_facts(self, facts: tuple[Fact, ...], context: Context, today: date) -> Told:
        """What an owner of whom these facts are known can have."""
        tail = "level" if OF_LEVELS & {fact.slot for fact in facts} else "may"
        first = [self._activities.get(fact.text, fact.text) for fact in facts if fact.slot in OF_LEVELS]
        others = [fact.text for fact in facts if fact.slot not in OF_LEVELS]
        text = ", ".join((" ".join(first), *others)) if first else ", ".join(others)
        text = f"{text}{'' if first and not others else ','} {question_tail(tail)}"
        return self._answered(text, context.set_aside, today)

    def _asking_on(self, answer: Answer, facts: tuple[Fact, ...]) -> Answer:
        """An answer to an owner with the most decisive thing that is not known yet."""
        known = {fact.slot for fact in facts}
        if answer.status != "answered" or answer.stance == "no" or not answer.levels:
            return answer
        missing = "" if "place" in known else "place_missing"
        return replace(answer, assumptions=(*answer.assumptions, Note(missing))) if missing else answer


def with_facts(after: Context, before: Context, facts: tuple[Fact, ...]) -> Context:
    """The state after an answer, with what is known of the workshop and the question that this belongs to."""
    return replace(after, facts=facts, wish=before.wish or before.asked or after.asked)
