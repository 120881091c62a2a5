"""One message in a chat: what it does there, the full question that it stands for, and the answer to that."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from knowledge.answering.differing import DIFFERING
from knowledge.base import KnowledgeBase
from knowledge.dialogue import about, followup
from knowledge.dialogue.acts import (
    LEAST_OWN,
    OF_FIGURES,
    OF_WORKSHOP,
    Act,
    act_of,
    names_its_own,
)
from knowledge.dialogue.asking import Asking, Told
from knowledge.dialogue.choosing import choice_of
from knowledge.dialogue.following import Following
from knowledge.dialogue.merging import slots_of
from knowledge.dialogue.opening import Opening, several
from knowledge.dialogue.social import talked
from knowledge.dialogue.state import Context, Fact
from knowledge.dialogue.turns import Turns
from knowledge.dialogue.workshop import OF_LEVELS, Workshop, with_facts
from knowledge.finding.wanted import Wanted
from knowledge.language.prices import UNIT, bare_prices
from knowledge.language.spans import IDLE, Reading, Span
from knowledge.matching.matcher import Matcher
from knowledge.reading.question import Question, Reader
from knowledge.records import Answer
from knowledge.telling.talk_texts import question_tail
from knowledge.text import fold, wording

OF_WORKSHOPS = frozenset({"trade", "place", "region", "state", "bought_already"})
"""Facts that tell of one workshop."""
OF_OTHERS = ("period", "programme", "measure", "operator", "neighbour", "head")
"""Slots of messages that are not about what one workshop can have."""
OF_FILING = ("papers", "place", "approver")
"""Aspects that what a workshop can have does not answer."""
BACK = ("back", "repeat", "correct", "no")
"""What is said to the bot by somebody who comes back to another answer."""
LONGEST_SPOKEN = 160
"""Letters of a passage that is spoken of after it was checked."""
SURELY_TALK, LIKELY_TALK = 0.75, 0.6
"""How likely small talk must be that opens a chat, and that is told in place of a decline."""

_OFTEN_BESIDE = frozenset({"insult", "greeting", "about_bot", "privacy"})
"""Small talk whose words often stand in other small talk: the whole message outweighs them."""


class Conversation:
    """Takes messages of chats to the answers of one base. Stateless: the state is handed in and handed back."""

    def __init__(self, base: KnowledgeBase, reader: Reader, routes: Matcher) -> None:
        self._routes = routes
        self._asking = Asking(base, reader, routes)
        self._opening = Opening(base)
        self._workshop = Workshop(base, self._opening, self._asking)
        self._following = Following(base, self._asking, self._workshop)
        self.turns = Turns(base, routes, self._asking, self._following)
        self._about = about.AboutAnswers(
            base, lambda text, limit: routes.nearest(reader.read(text, date.today()), limit)
        )

    def read(self, text: str, context: Context, today: date) -> Question:
        """A message as it is read in its chat; where something to buy is spoken of, a number without a unit is in millions."""
        question = self._asking.read(text, context, today)
        reading = question.reading
        told = _of_price(context)
        bought = (told or reading.has("activity")) and not reading.has("amount")
        prices = list(bare_prices(reading, ending=not told)) if bought else []
        if not prices or (len(prices) > 1 and not told):
            return question
        return self._asking.read(followup.with_units(question.reading, prices, UNIT), context, today)

    def turn(self, text: str, context: Context, today: date) -> Told:
        """The answer to one message, and what the chat remembers after it."""
        question = self.read(text, context, today)
        if context.typed and wording(text) == wording(context.typed):  # asked again: as the first time
            return self.turn(text, context.earlier, today)
        act = act_of(question.reading, context)
        acts: dict[str, Callable[[Act, Question, Context, date], Told]] = {
            "social": self._social, "about": self._of_answer, "choose": self._choose, "return": self._return,
        }  # fmt: skip
        counted = several(question.reading, today) is not None
        first = self._tell if act.kind == "tell" and not counted else self._ask
        answer, after = acts.get(act.kind, self._leaning if context.asked else first)(
            act, question, context, today
        )
        if self._keeps_subject(answer, question.reading, context):
            after = replace(context, choices=answer.choices, facts=after.facts or context.facts)
        elif (after.asked, after.digest) != (context.asked, context.digest):
            there = after.region or (context.region if after.frame in OF_WORKSHOP else "")
            after = replace(after, typed=text, region=there)
        if act.kind == "tell" and not after.choices:  # what is told of one leaves the others to be picked
            after = replace(after, choices=context.choices)
        address = next(iter(question.reading.values("address")), "")
        return replace(_with_reason(answer, question.reading), address=address), after

    def after_checked(self, answer: Answer, text: str, context: Context) -> Context:
        """What the chat remembers after a passage was checked: of a long one only what was told."""
        if len(text) > LONGEST_SPOKEN:
            return replace(context, choices=(), told=about.references(answer) or context.told)
        lead = answer.figures[0] if answer.figures else None
        wanted = (
            Wanted(indicator=lead.indicator, regions=(lead.region,), periods=(lead.period,)) if lead else None
        )
        spoken_of = Context(route="figure", wanted=wanted, slots=slots_of(lead)) if lead else Context()
        after = self._asking.after((answer, spoken_of), text, context)
        return replace(after, frame="event") if answer.events and not answer.figures else after

    def _keeps_subject(self, answer: Answer, reading: Reading, context: Context) -> bool:
        """Whether a few words that got no answer leave what was spoken of as it was."""
        told = bool(context.digest) and context.frame not in OF_FIGURES
        return told and answer.status != "answered" and not names_its_own(reading)

    def _leaning(self, act: Act, question: Question, context: Context, today: date) -> Told:
        """A message in a chat that was answered before."""
        stored = question.reading.words[LEAST_OWN:] and self._routes.stored(question.typed)
        of_words = context.frame in OF_WORKSHOP and (context.digest or context.facts)
        whole = act.kind == "ask" and of_words and _asks_a_whole_figure(question)
        if stored or whole:
            return self._ask(act, question, context.set_aside, today)
        told = self.turns.told(act, question, context, today)
        answer, after = self._introduced(told, question, context, today)
        if context.facts and not after.facts and after.frame in OF_WORKSHOP:
            after = with_facts(after, context, followup.told(context, question.reading))
        return answer, after

    # acts

    def _social(self, act: Act, question: Question, context: Context, today: date) -> Told:
        if act.what == "draft":  # what has to stand in it is all that can be told
            contents, after = self._asking.answered(question_tail("draft"), context.set_aside, today)
            return Answer("answered", "smalltalk", today, aspect=act.what, then=(contents,)), after
        if act.rest and not context.asked and question.reading.has("head"):  # "what is it, then?"
            context = replace(context, asked=question.typed)
        chances = self._routes.talk(question)
        surest = max(chances, key=lambda one: chances[one], default="")
        whole = act.what in _OFTEN_BESIDE and surest and chances[surest] >= SURELY_TALK
        return talked(surest if whole else act.what, today), context

    def _tell(self, act: Act, question: Question, context: Context, today: date) -> Told:
        told = self._workshop.told(act, question, context, today)
        return self._introduced(told, question, context, today)

    def _of_answer(self, act: Act, question: Question, context: Context, today: date) -> Told:
        def ask(text: str, before: Context) -> Told:
            leant = text == context.asked and before.asked  # on the chat, and does so again
            return (self.turn if leant else self._asking.answered)(text, before, today)

        spoken_of = self._following.telling(question.reading, context) if act.what == "source" else context
        answer = self._about.answer(act, spoken_of, today, ask)
        if answer.aspect == about.WRONG:
            return answer, replace(context, choices=answer.choices)
        return answer, context

    def _choose(self, _act: Act, question: Question, context: Context, today: date) -> Told:
        choice = choice_of(question.reading, context)
        assert choice is not None
        answer, after = self._asking.answered(choice.question, context, today)
        if context.facts and answer.levels:
            facts = followup.told(context, self._asking.read(choice.question, context, today).reading)
            answer, after = self._workshop.judged(answer, after, facts, context, today)
            after = with_facts(after, context, facts)
        if answer.status != "asked_back":  # the others can still be picked
            kept = [one for one in context.choices if one.label not in {c.label for c in answer.choices}]
            after = replace(after, choices=(*kept, *answer.choices))
        return answer, after

    def _return(self, act: Act, question: Question, context: Context, today: date) -> Told:
        """Back to the first question of the chat, or the newest that speaks of what was named; the rest is asked there."""
        aside = followup.ASKING | {"reference", "order"}
        wanted = {span for span in act.rest if span.slot not in aside}
        spoken = [self._spoken_of(wanted, one.asked, today) for one in context.past]
        best = max(map(len, spoken), default=0)
        at = next((n for n, own in enumerate(spoken) if len(own) == best and (own or not wanted)), None)
        if spoken and any(span.means("order", "1") for span in question.reading.spans):
            at = len(spoken) - 1
        if at is None:
            return self.turns.told(act, question, context, today)
        there = replace(context.past[at], past=context.past[at + 1 :])
        spans = question.reading.spans
        gone = [one for one in spans if one.means("talk", *BACK) or one.means("order", "1")]
        if question.reading.has("reference", "pronoun"):  # "back to X: that was by which text?"
            gone += spoken[at]
        asks = any(one.slot in {*followup.ASKING, "talk"} for one in spans if one not in gone)
        if asks or wanted - spoken[at]:
            answer, after = self.turn(followup.without(question.reading, gone), there, today)
            return answer, after.following(context)
        return self.turn(there.asked, there.earlier, today)

    def _ask(self, act: Act, question: Question, context: Context, today: date) -> Told:
        if talk := next(self.turns.small_talk(question, context, today, SURELY_TALK), None):
            return self._introduced(talk.told, question, context, today)
        facts = followup.told(Context(), question.reading)
        stored = self._routes.stored(question.typed)
        known = stored or _asks_what_it_is(question.reading)
        opened = None if known else self._opening.back(question.reading, today)
        if opened is not None:
            answer, after = opened, self._asking.after((opened, Context()), question.typed, context)
        else:
            answer, after = self._asked_anew(question, facts, context, today)
        if answer.status == "no_answer" and answer.kind == "help":
            likely = self.turns.small_talk(question, context, today, LIKELY_TALK)
            answer, after = next((talk.told for talk in likely), (answer, after))
        owner = (
            question.reading.has("fact") or question.reading.has("amount") or question.reading.has("intent")
        )
        told_where = not question.reading.has("asks") and not question.reading.has("aspect")
        owner = owner or (answer.aspect == "contact" and told_where and not question.reading.has("kind"))
        if facts and (owner or opened) and answer.kind in OF_WORKSHOP:
            after = replace(after, facts=facts, wish=question.typed)
        return self._introduced((answer, after), question, context, today)

    def _introduced(self, told: Told, question: Question, context: Context, today: date) -> Told:
        """The question back to somebody who only tells who he is, unless what he tells rules the support out."""
        first = not context.asked and not self._routes.stored(question.typed)
        back = self._opening.introduced(question.reading, today) if first else None
        answered = told[0].status == "answered" and not question.reading.has("talk", "greeting")
        if back is None or answered or told[0].stance == "no":
            return told
        after = self._asking.after((back, Context()), question.typed, context)
        facts = followup.told(Context(), question.reading)
        return back, replace(after, facts=facts, wish=question.typed)

    def _asked_anew(self, question: Question, facts: tuple[Fact, ...], context: Context, today: date) -> Told:
        """The answer to a question of its own; where it has none, that to its facts."""
        what = not context.asked and _asks_what_it_is(question.reading)
        told = self._asking.answered(question_tail("definition") if what else question.typed, context, today)
        known = {fact.slot for fact in facts}
        of_one = not any(question.reading.has(slot) for slot in OF_OTHERS)
        if not of_one and told[0].kind not in ("help", "choice"):
            return told
        of_one = of_one and not question.reading.has("aspect", *OF_FILING)
        workshop = of_one and OF_LEVELS & known and OF_WORKSHOPS & known
        if told[0].status != "answered" and of_one and (known >= OF_LEVELS or workshop):
            found = self._workshop.of_facts(facts, context, today)
            if found[0].levels or found[0].stance in ("no", "conditional"):
                return found
        return told

    def _spoken_of(self, spans: Iterable[Span], text: str, today: date) -> set[Span]:
        """Those of the spans that a text has too, by what they mean or by their words."""
        reading = self._asking.read(text, Context(), today).reading
        own = {(one.slot, one.value) for one in reading.spans}
        return {
            one
            for one in spans
            if (one.slot, one.value) in own or f" {fold(one.text)} " in f" {reading.clean} "
        }


def _of_price(context: Context) -> bool:
    """Whether a price was told, what it is paid for, or the level of that."""
    priced = any(fact.slot in OF_LEVELS for fact in context.facts) or about.ids_of(context.told, "l")
    return context.frame in OF_WORKSHOP and bool(priced)


def _asks_a_whole_figure(question: Question) -> bool:
    """Whether money of a place and a time is asked for, whatever workshop was spoken of before."""
    money = question.money or question.programmes or question.measures.named
    told = question.reading.has("amount") or question.reading.has("fact") or question.reading.has("activity")
    return bool(money and question.regions and question.periods.found) and not told


def _asks_what_it_is(reading: Reading) -> bool:
    """Whether nothing is said but "what is that?"."""
    said = [span for span in reading.spans if span.slot not in (*IDLE, "talk", "reference")]
    return bool(said) and all(span.means("asks", "definition") for span in said)


def _with_reason(answer: Answer, reading: Reading) -> Answer:
    """Where a reason is asked for, numbers are told as what they are: none."""
    why = any(span.slot == "asks" and span.value == "why" for span in reading.spans)
    told = (
        answer.status == "answered" and answer.kind in OF_FIGURES - {"check"} and answer.aspect != DIFFERING
    )
    return about.reason_unknown(answer) if why and told and not answer.leads else answer
