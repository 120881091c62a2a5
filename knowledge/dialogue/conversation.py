"""One message in a chat: what it does there, the full question that it stands for, and the answer to that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from knowledge.base import KnowledgeBase
from knowledge.dialogue import about, followup
from knowledge.dialogue.acts import (
    LEAST_OWN,
    OF_FIGURES,
    OF_WORKSHOP,
    TURNED,
    Act,
    act_of,
    asks_level,
    leans_on_subject,
    names_its_own,
    only_slots,
)
from knowledge.dialogue.asking import NAMED_ASPECTS, Asking, Told
from knowledge.dialogue.beside import SURELY_ALONE, Beside
from knowledge.dialogue.choosing import choice_of
from knowledge.dialogue.declining import Declining, misplaced
from knowledge.dialogue.opening import Opening
from knowledge.dialogue.related import Related, only_asks_office
from knowledge.dialogue.spoken import SpokenOf
from knowledge.dialogue.state import Context, Fact
from knowledge.dialogue.workshop import OF_LEVELS, Workshop, with_facts
from knowledge.language.spans import Reading
from knowledge.matching.matcher import Matcher
from knowledge.reading.question import Question, Reader
from knowledge.records import Answer, Kind, Note
from knowledge.telling.talk_texts import question_tail
from knowledge.text import wording

_IN_WORDS = frozenset({"policy", "support"})
_ON_TOPIC = frozenset({"not_held", "not_understood_read"})
_CONTINUED = frozenset({"event", "document"})
_LEANING = frozenset({"ask", "follow", "tell"})
"""Acts of messages that may be about figures that were told."""


class Conversation:
    """Takes messages of chats to the answers of one base. Stateless: the state is handed in and handed back."""

    def __init__(self, base: KnowledgeBase, reader: Reader, routes: Matcher) -> None:
        self._routes = routes
        self._names = {
            (row.slot, row.value): row.name
            for row in base.slots.values()
            if row.slot == "programme" or (row.slot == "aspect" and row.value in NAMED_ASPECTS)
        }
        self._names |= {("region", row.id): row.name for row in base.regions.values()}
        self._asking = Asking(base, reader, routes)
        self._spoken = SpokenOf(base, self._asking)
        self._opening = Opening(base)
        self._workshop = Workshop(base, self._opening, self._asking)
        self._declining = Declining(base, routes)
        self._beside_told = Beside(base, reader, routes)
        self._related = Related(base)
        self._about = about.AboutAnswers(
            base, lambda text, limit: routes.nearest(reader.read(text, date.today()), limit)
        )

    def turn(self, text: str, context: Context, today: date) -> Told:
        """The answer to one message, and what the chat remembers after it."""
        question = self._asking.read(text, context, today)
        if context.asked and wording(text) == wording(context.asked):  # asked again: as the first time
            return self.turn(text, context.earlier, today)
        act = act_of(question.reading, context)
        acts: dict[str, Callable[[Act, Question, Context, date], Told]] = {
            "social": self._social, "about": self._of_answer, "choose": self._choose, "return": self._return,
            "tell": self._tell, "correct": self._follow, "follow": self._follow, "ask": self._ask,
        }  # fmt: skip
        leans = act.kind in _LEANING or (act.what == "wrong" and question.check)
        spoken = self._spoken.claimed_too(question, context, today) if act.kind in ("ask", "follow") else None
        spoken = spoken or (self._spoken.answer(question, context, today) if leans else None)
        if spoken is not None:
            return spoken[0], self._asking.named(
                (spoken[0], self._asking.after(spoken, question.typed, context))
            )
        answer, after = acts[act.kind](act, question, context, today)
        if row := self._spoken.giving_way(answer, question, context):
            answer, after = self._asking.of_figure(row, context, today)
        if self._keeps_subject(answer, question.reading, context):
            asked = after.activity if after.route == context.route == "event" else context.activity
            after = replace(context, choices=answer.choices, activity=asked)
        elif not context.asked and _not_held(answer) and names_its_own(question.reading):
            after = replace(after, asked=question.typed)
        address = next(iter(question.reading.values("address")), "")
        return replace(answer, address=address), after

    def _keeps_subject(self, answer: Answer, reading: Reading, context: Context) -> bool:
        """Whether a few words that got no answer leave what was spoken of as it was."""
        told = bool(context.digest) and context.frame not in OF_FIGURES
        return told and answer.status != "answered" and not names_its_own(reading)

    # acts

    def _social(self, act: Act, question: Question, context: Context, today: date) -> Told:
        kind: Kind = "help" if act.what in ("about_bot", "capability", "privacy", "human") else "smalltalk"
        if act.rest and not context.asked and question.reading.has("head"):  # "what is it, then?"
            context = replace(context, asked=question.typed)
        return Answer("answered", kind, today, aspect=act.what), context

    def _tell(self, act: Act, question: Question, context: Context, today: date) -> Told:
        vote = self._beside_told.of_vote(question, context, today)
        if vote is not None:
            return vote[0], self._asking.after(vote, question.typed, context)
        return self._workshop.told(act, question, context, today)

    def _of_answer(self, act: Act, question: Question, context: Context, today: date) -> Told:
        def ask(text: str, before: Context) -> Told:
            leant = text == context.asked and before.asked  # on the chat, and does so again
            return (self.turn if leant else self._asking.answered)(text, before, today)

        spoken_of = self._spoken.telling(question.reading, context) if act.what == "source" else context
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
        """Back to the newest earlier question that speaks of what was named; the rest of the message is asked there."""
        wanted = {
            (span.slot, span.value) for span in act.rest if span.slot not in followup.ASKING | {"reference"}
        }
        spoken = [self._spans(one.asked, today) & wanted for one in context.past]
        best = max(map(len, spoken), default=0)
        at = next((n for n, own in enumerate(spoken) if len(own) == best and (own or not wanted)), None)
        if at is None:
            return self._follow(act, question, context, today)
        there = replace(context.past[at], past=context.past[at + 1 :])
        asks = [span for span in act.rest if span.slot in followup.ASKING]
        if asks or wanted - spoken[at]:
            talk = [span for span in question.reading.spans if span.slot == "talk"]
            rest = self._asking.read(followup.without(question.reading, talk), there, today)
            answer, after = self._follow(act, rest, there, today)
            return answer, after.following(context)
        return self._asking.answered(there.asked, there.earlier, today)

    def _follow(self, act: Act, question: Question, context: Context, today: date) -> Told:
        """The message completed from the chat; as it stands where its own frame reads it together with the chat."""
        reading = question.reading
        corrects = (act.kind == "correct" or question.corrected) and context.frame in ("choice", *OF_FIGURES)
        if not corrects and (own := self._own_question(question, context, today)) is not None:
            return own
        if {fact.slot for fact in context.facts} >= OF_LEVELS and asks_level(reading):
            facts = followup.told(context, reading)
            answer, after = self._workshop.of_facts(facts, context, today)
            return answer, with_facts(after, context, facts)
        if (beside := self._of_related(question, context, today)) is not None:
            return beside
        as_said = self._asking.answered(question.typed, context, today)
        if self._new(as_said[0], context) and self._goes_on(as_said[0], context):
            return self._asking.asked_first(as_said[0], question), self._asking.named(as_said)
        if (share := self._own_share(question, context, today)) is not None:
            return share
        last = self._asking.read(self._asking.last_question(context), Context(), today)
        if self._workshop.asks_in_general(reading, last.reading, context):
            wish = self._opening.of_wish(today)
            after = self._asking.after((wish, Context()), question.typed, context)
            return wish, with_facts(after, context, context.facts)
        text = self._full_text(act, reading, last, context)
        facts = followup.told(context, reading) if context.facts else ()
        if context.frame in _IN_WORDS and (beside := self._beside_told.entry(question, context, today)):
            after = self._asking.after(beside, text, context)
            return beside[0], replace(after, facts=facts, wish=context.wish)
        answer, after = self._asking.answered(text, context.set_aside, today)
        answer = self._asking.asked_first(answer, question)
        if _matter(context.frame) == "words" and not _of_numbers(
            reading
        ):  # a place told before asks for no figure
            as_said, (answer, after) = _in_words(as_said), _in_words((answer, after))
        if context.frame in OF_FIGURES and only_slots(followup.of_funds(reading)):  # no text is meant
            numbers = [one for one in ((answer, after), as_said) if one[0].kind in OF_FIGURES]
            if numbers:
                return numbers[0]
        if answer.status == "answered" and not about.repeats(answer, context):
            told_of = context.frame in _IN_WORDS and answer.kind in _IN_WORDS and not answer.levels
            surer = told_of and self._beside_told.likeliest(question, context, today, alone=SURELY_ALONE)
            if surer:
                answer, after = surer[0], self._asking.after(surer, text, context)
            return answer, replace(after, facts=facts, wish=context.wish)
        again = about.repeats(answer, context)
        if again and (
            self._beside_told.holds(reading, answer, today)
            or self._beside_told.stays(question, context, today)
        ):
            return replace(answer, manner="again"), context
        if self._new(as_said[0], context):
            return as_said[0], replace(as_said[1], asked=text, facts=facts, wish=context.wish)
        return self._less_than_hoped(question, text, as_said, (answer, after), context, today)

    def _own_question(self, question: Question, context: Context, today: date) -> Told | None:
        """The answer to a full question that leaves the matter of the last answer, as if it were asked alone."""
        stored = len(question.reading.words) >= LEAST_OWN and self._routes.stored(question.typed)
        bare = context.frame in _CONTINUED and not leans_on_subject(
            question.reading, but=("region", "aspect")
        )
        if not (stored or (names_its_own(question.reading) and not bare)):
            return None
        alone = self._asking.answered(question.typed, context.set_aside, today)
        left = stored or _matter(alone[0].kind) != _matter(context.frame)
        return alone if left and alone[0].status == "answered" else None

    def _of_related(self, question: Question, context: Context, today: date) -> Told | None:
        """The answer on the document, the event, the province or the vote that is meant by what was told."""
        reading = question.reading
        if (again := self._beside_told.told_already(question, context, today)) is not None:
            return again, context
        if (vote := self._beside_told.of_vote(question, context, today)) is not None:
            return vote[0], self._asking.after(vote, question.typed, context)
        if merged := self._related.merged(reading, context, today):
            state = Context(region=merged.regions[1].id)
            return merged, self._asking.after((merged, state), question.typed, context)
        if there := self._related.province_asked(reading, context):
            text = f"{question_tail('contact')} {self._names['region', there]}"
            return self._asking.answered(text, context.set_aside, today)
        if document := self._related.document(reading, context):
            told = self._asking.in_frame("document", document, context, today)
            if told is None or context.frame == "document":
                return (
                    (self._asking.asked_first(told[0], question), self._asking.named(told)) if told else None
                )
            aside = replace(context, told=(*told[1].told, *context.told))  # the matter stays what it was
            return self._asking.asked_first(told[0], question), aside
        if self._related.asks_day(reading, context):
            return self._of_answer(Act("about", "source"), question, context, today)
        if there := self._related.counted_at(reading, context):
            return self._asking.in_frame("event", f"{there} {question_tail('participants')}", context, today)
        event = self._related.event(question, context)
        asks = " ".join(
            followup.text_of(reading, one) for one in reading.spans if one.slot in followup.ASKING
        )
        told = self._asking.in_frame("event", f"{event} {asks}", context, today) if event else None
        return (self._asking.asked_first(told[0], question), told[1]) if told else None

    def _own_share(self, question: Question, context: Context, today: date) -> Told | None:
        """What is left to pay of a price whose level was told, before that level."""
        if not (about.ids_of(context.told, "l") and question.reading.has("role", "own")):
            return None
        answer, _ = self._asking.answered(context.asked, context.earlier, today)
        if answer.calculation is None:
            return None
        rest = answer.calculation.cost - answer.calculation.result
        share = Note("own_share", {"rest": f"money:{rest}"})
        others = (note for note in answer.assumptions if note.code != share.code)
        return replace(answer, assumptions=(share, *others)), context

    def _full_text(self, act: Act, reading: Reading, last: Question, context: Context) -> str:
        """The full question that a message stands for after the last one."""
        said = followup.of_funds(reading) if context.frame in OF_FIGURES else reading
        text = followup.completed(last.reading, said, self._names, corrected=act.kind == "correct")
        text = followup.in_next_period(text, last.reading, reading)
        unnamed = {place.id for place in last.regions} - set(last.reading.values("region"))
        if unnamed and not reading.has("region"):  # the place is part of another name there
            text = f"{text} {self._names.get(('region', min(unnamed)), '')}"
        region = next((fact.text for fact in context.facts if fact.slot == "region"), "")
        region = region or self._names.get(("region", context.region), "")
        if region and reading.has("aspect", "place", "contact") and not reading.has("region"):
            office = f"{question_tail('contact')} {region}"
            there = f"{followup.without(reading, reading.of('reference'))} {region}"
            text = office if only_asks_office(reading) else there
        if context.route == "contact" and reading.has("region") and only_slots(reading):
            text = f"{question_tail('contact')} {self._names[('region', reading.values('region')[0])]}"
        if context.frame == "document" and reading.has("aspect", "validity"):
            text = f"{text} {question_tail('valid')}"
        return text

    def _less_than_hoped(
        self, question: Question, text: str, as_said: Told, full: Told, context: Context, today: date
    ) -> Told:
        """Neither way gives a new answer: the question back, what holds already, or the decline that knows most."""
        reading, said, asked = question.reading, as_said[0], full[0]
        if said.status == "no_answer" and said.kind == context.frame and said.kind in _CONTINUED:
            return as_said
        in_words = context.frame in _IN_WORDS
        if in_words and (likeliest := self._beside_told.likeliest(question, context, today)):
            return likeliest[0], self._asking.after(likeliest, text, context)
        if said.status == "asked_back" != asked.status and not (in_words and misplaced(said)):
            return as_said
        pointing = in_words and (misplaced(said) or misplaced(asked) or _points(reading))
        if in_words and asked.status == "asked_back" and asked.choices and not misplaced(asked):
            return full
        if "answered" in (asked.status, said.status) or pointing:
            if context.frame in OF_FIGURES:  # no text is near to a number
                return (
                    as_said if said.status != "answered" else (self._declining.not_held((), today), context)
                )
            again = [one for one in (said, asked) if about.repeats(one, context)]
            if again and (_asked_again(reading) or _of_its_time(again[0], question)):
                return replace(again[0], manner="again"), context
            near = self._beside_told.near(question, context, today)
            return self._declining.not_held(near, today), replace(context, choices=near)
        said_of = followup.of_funds(reading) if context.frame in OF_FIGURES else reading
        strange = reading.has("neighbour") or len(reading.residue) > 1 or not leans_on_subject(said_of)
        figures = context.frame in OF_FIGURES and said.kind != "help"
        return as_said if figures or strange or asked.kind == "help" else full

    def _new(self, answer: Answer, context: Context) -> bool:
        """Whether an answer tells something, and not what was told just now."""
        again = answer.kind not in ("comparison", "document") and about.repeats(answer, context)
        return answer.status == "answered" and not again

    def _goes_on(self, answer: Answer, context: Context) -> bool:
        """Whether an answer is of the frame of the last one, so that its own reading of the chat counts."""
        if context.frame in OF_FIGURES:
            return answer.kind in OF_FIGURES
        return context.frame in _CONTINUED and answer.kind == context.frame

    def _ask(self, act: Act, question: Question, context: Context, today: date) -> Told:
        facts = followup.told(Context(), question.reading)
        opened = (
            None
            if context.asked or self._routes.stored(question.typed)
            else self._opening.back(question.reading, today)
        )
        if opened is not None:
            answer, after = opened, self._asking.after((opened, Context()), question.typed, context)
        else:
            answer, after = self._asked_anew(question, facts, context, today)
        owner = (
            question.reading.has("fact") or question.reading.has("amount") or question.reading.has("intent")
        )
        told_where = not question.reading.has("asks") and not question.reading.has("aspect")
        owner = owner or (answer.aspect == "contact" and told_where and not question.reading.has("kind"))
        if facts and (owner or opened) and answer.kind in OF_WORKSHOP:
            after = replace(after, facts=facts, wish=question.typed)
        return answer, after

    def _asked_anew(self, question: Question, facts: tuple[Fact, ...], context: Context, today: date) -> Told:
        """The answer to a question of its own; where it has none, that to its facts, or beside what was told."""
        if (level := self._workshop.level_swapped(question, context, today)) is not None:
            return level
        if context.asked and (merged := self._of_related(question, context, today)) is not None:
            return merged
        slots = {fact.slot for fact in facts}
        answer, after = self._asking.answered(question.typed, context, today)
        if answer.status != "answered" and answer.kind in ("help", "choice") and slots >= OF_LEVELS:
            found = self._workshop.of_facts(facts, context, today)
            if found[0].status == "answered" and found[0].levels:
                return found
        if context.asked and (own := self._own_question(question, context, today)) is not None:
            return own
        if context.asked and not self._new(answer, context):
            alone = self._asking.answered(question.typed, context.set_aside, today)
            if question.money and (answer.status, alone[0].status) == ("no_answer", "asked_back"):
                return alone
            answer, after = alone if alone[0].status == "answered" else (answer, after)
        silent = answer.status != "answered" and context.frame in _IN_WORDS
        if silent and not names_its_own(question.reading):
            told = self._follow(Act("follow"), question, context, today)
            return told if told[0].status == "answered" else (answer, after)
        if silent and (beside := self._beside_told.likeliest(question, context, today)) is not None:
            return beside[0], self._asking.after(beside, question.typed, context)
        return answer, after

    def _spans(self, text: str, today: date) -> set[tuple[str, str]]:
        return {(span.slot, span.value) for span in self._asking.read(text, Context(), today).reading.spans}


def _matter(frame: str) -> str:
    """Figures, or rules in words, or the frame itself; empty for what is about nothing."""
    if frame in OF_FIGURES:
        return "figures"
    return "words" if frame in _IN_WORDS else "" if frame in ("help", "smalltalk", "choice") else frame


def _not_held(answer: Answer) -> bool:
    """Whether a message on the topic got no answer."""
    return answer.kind == "help" and any(gap.code in _ON_TOPIC for gap in answer.gaps)


def _of_numbers(reading: Reading) -> bool:
    """Whether a message names anything that figures are told of."""
    money = reading.has("head", "funding", "scheme", "product_vote") or reading.has("asks", "how_many")
    return money or any(reading.has(slot) for slot in ("programme", "measure", "period", "operator"))


def _in_words(told: Told) -> Told:
    """The answer, if it is not one in numbers; else that there is none."""
    answer, after = told
    if answer.kind not in OF_FIGURES or answer.status == "asked_back":
        return told
    return replace(answer, status="no_answer", kind="help", figures=(), gaps=(Note("not_understood"),)), after


def _asked_again(reading: Reading) -> bool:
    """Whether a message points back to what was told and adds nothing to it."""
    back = reading.has("reference", "pronoun", "previous") or reading.has("talk", *TURNED)
    added = any(reading.has(slot) for slot in ("fact", "amount", "number", "neighbour", "trade"))
    return back and not added and not reading.residue


def _of_its_time(answer: Answer, question: Question) -> bool:
    """Whether somebody asks who it was in a year of which the text that was told says who."""
    years = {period.code[:4] for period in question.periods.found if period.code}
    body = " ".join(entry.body for entry in answer.entries[:1])
    return question.reading.has("asks", "who") and bool(years) and all(year in body for year in years)


def _points(reading: Reading) -> bool:
    """Whether a message points back, or asks something in words that are all understood."""
    asks = reading.has("reference", "pronoun") or (reading.has("asks") and not reading.residue)
    return asks and not reading.has("neighbour")
