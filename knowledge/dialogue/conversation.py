"""One message in a chat: what it does there, the full question that it stands for, and the answer to that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from knowledge.answering import Asked
from knowledge.base import KnowledgeBase
from knowledge.dialogue import about, followup
from knowledge.dialogue.acts import (
    LEAST_OWN,
    OF_FIGURES,
    OF_WORKSHOP,
    Act,
    act_of,
    asks_level,
    leans_on_subject,
    names_its_own,
    only_slots,
)
from knowledge.dialogue.assumed import reading_notes
from knowledge.dialogue.beside import Beside
from knowledge.dialogue.choosing import choice_of
from knowledge.dialogue.declining import Declining, misplaced
from knowledge.dialogue.opening import Opening
from knowledge.dialogue.related import RELATIONS, Related
from knowledge.dialogue.spoken import SpokenOf
from knowledge.dialogue.state import Context, Fact
from knowledge.dialogue.workshop import OF_LEVELS, Workshop, with_facts
from knowledge.finding.eligibility import TRADE_TOPIC
from knowledge.language.annotate import with_spans
from knowledge.language.spans import Reading
from knowledge.matching.matcher import Matcher
from knowledge.names import figure_question
from knowledge.own_cache import weakly
from knowledge.reading.question import Question, Reader
from knowledge.records import Answer, Kind, Note
from knowledge.telling.talk_texts import question_tail
from knowledge.text import wording

Told = tuple[Answer, Context]
_IN_WORDS = frozenset({"policy", "support"})
_ON_TOPIC = frozenset({"not_held", "not_understood_read"})
_CONTINUED = frozenset({"event", "document"})
_DOCUMENT_ASPECTS = ("issuer", "issued", "since", "validity", "replaced", "amended")
_EVENT_ASPECTS = {
    "next_host": "next_host",
    "chair": "chairs",
    "participants": "participants",
    "said": "speakers",
}


class Conversation:
    """Takes messages of chats to the answers of one base. Stateless: the state is handed in and handed back."""

    def __init__(self, base: KnowledgeBase, reader: Reader, routes: Matcher) -> None:
        self._base = base
        self._reader = reader
        self._routes = routes
        self._spoken = SpokenOf(base)
        self._names = {
            (row.slot, row.value): row.name
            for row in base.slots.values()
            if row.slot == "programme" or (row.slot == "aspect" and row.value in _DOCUMENT_ASPECTS)
        }
        self._names |= {("region", row.id): row.name for row in base.regions.values()}
        self._trades = frozenset(row.id for row in base.entries.values() if TRADE_TOPIC in row.topics)
        self._opening = Opening(base)
        self._workshop = Workshop(base, self._opening, weakly(self._answered), weakly(self._after))
        self._declining = Declining(base, routes)
        self._beside_told = Beside(base, reader, routes)
        self._related = Related(base)
        self._about = about.AboutAnswers(
            base, lambda text, limit: routes.nearest(reader.read(text, date.today()), limit)
        )

    def turn(self, text: str, context: Context, today: date) -> Told:
        """The answer to one message, and what the chat remembers after it."""
        question = self._read(text, context, today)
        if rest := followup.after_opening(question.reading):
            text, question = rest, self._read(rest, context, today)
        if context.asked and wording(text) == wording(context.asked):  # asked again: as the first time
            return self.turn(text, context.earlier, today)
        act = act_of(question.reading, context)
        acts: dict[str, Callable[[Act, Question, Context, date], Told]] = {
            "social": self._social, "about": self._of_answer, "choose": self._choose, "return": self._return,
            "tell": self._workshop.told, "correct": self._follow, "follow": self._follow, "ask": self._ask,
        }  # fmt: skip
        answer, after = acts[act.kind](act, question, context, today)
        if self._keeps_subject(answer, question.reading, context):
            after = replace(context, choices=answer.choices)
        elif not context.asked and _not_held(answer) and names_its_own(question.reading):
            after = replace(after, asked=question.typed)
        address = next(iter(question.reading.values("address")), "")
        return replace(answer, address=address), after

    def _keeps_subject(self, answer: Answer, reading: Reading, context: Context) -> bool:
        """Whether a few words that got no answer leave what was spoken of as it was."""
        told = bool(context.digest) and context.frame not in OF_FIGURES
        return told and answer.status != "answered" and not names_its_own(reading)

    # acts

    def _social(self, act: Act, _question: Question, context: Context, today: date) -> Told:
        kind: Kind = "help" if act.what in ("about_bot", "capability", "privacy", "human") else "smalltalk"
        return Answer("answered", kind, today, aspect=act.what), context

    def _of_answer(self, act: Act, _question: Question, context: Context, today: date) -> Told:
        def ask(text: str, before: Context) -> Told:
            leant = context.pair and text == context.asked and before.asked  # on the chat, and does so again
            return (self.turn if leant else self._answered)(text, before, today)

        answer = self._about.answer(act, context, today, ask)
        if answer.aspect == about.WRONG:
            return answer, replace(context, choices=answer.choices)
        return answer, context

    def _choose(self, _act: Act, question: Question, context: Context, today: date) -> Told:
        choice = choice_of(question.reading, context)
        assert choice is not None
        answer, after = self._answered(choice.question, context, today)
        if context.facts and answer.levels:
            facts = followup.told(context, self._read(choice.question, context, today).reading)
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
            return self._follow(
                act, self._read(followup.without(question.reading, talk), there, today), there, today
            )
        return self._answered(there.asked, there.earlier, today)

    def _follow(self, act: Act, question: Question, context: Context, today: date) -> Told:
        """The message completed from the chat; as it stands where its own frame reads it together with the chat."""
        reading, leads = question.reading, self._about.leads(context)
        if (own := self._own_question(question, context, today)) is not None:
            return own
        spoken = self._spoken.extremes(reading, leads, context, today)
        spoken = spoken or self._spoken.same_axis(reading, context, today)
        if spoken is None and reading.has("operator", "sum"):
            spoken = self._spoken.last_two(reading, leads, context, today)
        if spoken is not None:
            return spoken[0], self._after(spoken, question.typed, context)
        if {fact.slot for fact in context.facts} >= OF_LEVELS and asks_level(reading):
            answer, after = self._workshop.of_facts(context.facts, context, today)
            return answer, with_facts(after, context, context.facts)
        if document := self._related.document(reading, context):
            spans = [
                s for s in reading.spans if s.means("aspect", *RELATIONS) or s.slot in ("reference", "joint")
            ]
            told = self._answered(f"{document} {followup.without(reading, spans)}", context, today)
            return self._asked_first(told[0], question), told[1]
        as_said = self._answered(question.typed, context, today)
        if self._new(as_said[0], context) and self._goes_on(as_said[0], context):
            return self._asked_first(as_said[0], question), self._named(as_said)
        if (spoken := self._spoken.last_two(reading, leads, context, today)) is not None:
            return spoken[0], self._after(spoken, question.typed, context)
        if (share := self._own_share(question, context, today)) is not None:
            return share
        last = self._read(self._last_question(context), Context(), today)
        if self._workshop.asks_in_general(reading, last.reading, context):
            wish = self._opening.of_wish(today)
            after = self._after((wish, Context()), question.typed, context)
            return wish, with_facts(after, context, context.facts)
        text = self._full_text(act, reading, last, context)
        facts = followup.told(context, reading) if context.facts else ()
        if context.frame in _IN_WORDS and (beside := self._beside_told.entry(question, context, today)):
            after = self._after(beside, text, context)
            return beside[0], replace(after, facts=facts, wish=context.wish)
        answer, after = self._answered(text, context.set_aside, today)
        answer = self._asked_first(answer, question)
        silent = as_said[0].kind == "figure" and as_said[0].status == "no_answer" and only_slots(reading)
        if silent and _matter(answer.kind) != _matter(context.frame) == "figures":
            return as_said
        if answer.status == "answered" and not about.repeats(answer, context):
            return answer, replace(after, facts=facts, wish=context.wish)
        if about.repeats(answer, context) and self._beside_told.holds(reading, answer, today):
            return replace(answer, manner="short"), context
        if (level := self._workshop.level_asked(question, context, today)) is not None:
            return level
        if self._new(as_said[0], context) and self._beside_told.fits(as_said[0], question, context, today):
            return as_said[0], replace(as_said[1], asked=text, facts=facts, wish=context.wish)
        return self._less_than_hoped(question, as_said, (answer, after), context, today)

    def _own_question(self, question: Question, context: Context, today: date) -> Told | None:
        """The answer to a full question that leaves the matter of the last answer, as if it were asked alone."""
        stored = len(question.reading.words) >= LEAST_OWN and self._routes.stored(question.typed)
        if not (stored or names_its_own(question.reading)):
            return None
        alone = self._answered(question.typed, context.set_aside, today)
        left = stored or _matter(alone[0].kind) != _matter(context.frame)
        return alone if left and alone[0].status == "answered" else None

    def _own_share(self, question: Question, context: Context, today: date) -> Told | None:
        """What is left to pay of a price whose level was told, before that level."""
        if not (about.ids_of(context.told, "l") and question.reading.has("role", "own")):
            return None
        answer, _ = self._answered(context.asked, context.earlier, today)
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
        if region and reading.has("aspect", "place", "contact") and not reading.has("region"):
            text = f"{followup.without(reading, reading.of('reference'))} {region}"
        if context.frame == "document" and reading.has("aspect", "validity"):
            text = f"{text} {question_tail('valid')}"
        return text

    def _less_than_hoped(
        self, question: Question, as_said: Told, full: Told, context: Context, today: date
    ) -> Told:
        """Neither way gives a new answer: the question back, what holds already, or the decline that knows most."""
        reading, said, asked = question.reading, as_said[0], full[0]
        if said.status == "no_answer" and said.kind == context.frame and said.kind in _CONTINUED:
            return as_said
        in_words = context.frame in _IN_WORDS
        if said.status == "asked_back" != asked.status and not (in_words and misplaced(said)):
            return as_said
        if said.kind == "figure" and said.status == "answered" and only_slots(reading):
            return as_said
        each = context.frame in OF_FIGURES and reading.has("operator", "each")
        if asked.status == "answered" and (each or (asked.kind == "support" and asks_level(reading))):
            return full  # what was told is the answer
        pointing = in_words and (misplaced(said) or misplaced(asked) or _points(reading))
        if in_words and reading.has("aspect", "validity") and about.ids_of(context.told, "d"):
            return self._of_answer(Act("about", "source"), question, context, today)
        if in_words and asked.status == "asked_back" and asked.choices and not misplaced(asked):
            return full
        if "answered" in (asked.status, said.status) or pointing:
            if context.frame in OF_FIGURES:  # no text is near to a number
                return (
                    as_said if said.status != "answered" else (self._declining.not_held((), today), context)
                )
            return self._near_told(question, context, today)
        strange = reading.has("neighbour") or len(reading.residue) > 1 or not leans_on_subject(reading)
        figures = context.frame in OF_FIGURES and said.kind != "help"
        return as_said if figures or strange or asked.kind == "help" else full

    def _near_told(self, question: Question, context: Context, today: date) -> Told:
        """What the last question and this message ask together; without such an entry, those that are near."""
        if (likely := self._beside_told.likely(question, context, today)) is not None:
            return likely[0], self._after(likely, question.typed, context)
        near = self._beside_told.near(question, context, today)
        return self._declining.not_held(near, today), replace(context, choices=near)

    def _new(self, answer: Answer, context: Context) -> bool:
        """Whether an answer tells something, and not what was told just now."""
        again = answer.kind not in ("comparison", "document") and about.repeats(answer, context)
        return answer.status == "answered" and not again

    def _last_question(self, context: Context) -> str:
        """The last question in full words; of a figure the one that it answers."""
        figures = about.ids_of(context.told, "f")
        if context.frame == "figure" and figures and context.digest and figures[0] in self._base.figures:
            return figure_question(self._base.names, self._base.figures[figures[0]])
        return context.asked

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
            answer, after = opened, self._after((opened, Context()), question.typed, context)
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
        slots = {fact.slot for fact in facts}
        if slots == OF_LEVELS and followup.only_facts(question.reading):
            return self._workshop.of_facts(facts, context, today)
        answer, after = self._answered(question.typed, context, today)
        if answer.status != "answered" and answer.kind in ("help", "choice") and slots >= OF_LEVELS:
            found = self._workshop.of_facts(facts, context, today)
            if found[0].status == "answered" and found[0].levels:
                return found
        if context.asked and (own := self._own_question(question, context, today)) is not None:
            return own
        if context.asked and not self._new(answer, context):
            alone = self._answered(question.typed, context.set_aside, today)
            answer, after = alone if alone[0].status == "answered" else (answer, after)
        silent = answer.status != "answered" and context.frame in _IN_WORDS
        if silent and not names_its_own(question.reading):
            told = self._follow(Act("follow"), question, context, today)
            return told if told[0].status == "answered" else (answer, after)
        if silent and (beside := self._beside_told.entry(question, context, today)) is not None:
            return beside[0], self._after(beside, question.typed, context)
        return answer, after

    # helpers

    def _answered(self, text: str, context: Context, today: date) -> Told:
        """The answer to a full question, and the state after it."""
        question = self._reader.read(text, today, in_chat=context.wanted is not None)
        asked = Asked(question, context, today)
        answer, after = self._routes.answer(asked)
        in_words = answer.kind in ("policy", "support") and not answer.levels
        if answer.status != "answered" or in_words:
            answer, after = self._routes.as_stored(text, asked) or (answer, after)
        answer = self._declining.told_apart(answer, question, context)
        notes = reading_notes(question)
        if notes:
            answer = replace(answer, assumptions=(*notes, *answer.assumptions))
        return answer, self._after((answer, after), text, context)

    def _after(self, told: Told, text: str, context: Context) -> Context:
        """What the chat remembers after `text` was answered so."""
        answer, after = told
        nothing = answer.kind in ("help", "smalltalk")
        after = replace(
            after,
            choices=answer.choices,
            told=about.references(answer) or context.told,
            asked=context.asked if nothing else text,
            frame=context.frame if nothing else answer.kind,
            digest=context.digest if nothing else about.digest(answer),
            pair=(compared.first.id, compared.second.id) if (compared := answer.comparison) else (),
            facts=context.facts if nothing else (),
            wish=context.wish if nothing else "",
        )
        return (
            after.following(context) if context.asked and not nothing else replace(after, past=context.past)
        )

    def _read(self, text: str, context: Context, today: date) -> Question:
        """The question as it is read, names of trades told from those of other entries."""
        question = self._reader.read(text, today, in_chat=context.wanted is not None)
        reading = self._reader.as_typed(text, today) if question.corrected else question.reading
        spans = (
            replace(span, slot="trade") if span.slot == "entry_name" and span.value in self._trades else span
            for span in reading.spans
        )
        return replace(question, reading=with_spans(reading, spans))

    def _spans(self, text: str, today: date) -> set[tuple[str, str]]:
        return {(span.slot, span.value) for span in self._read(text, Context(), today).reading.spans}

    def _named(self, told: Told) -> Context:
        """The state with the full question of a figure in place of the few words that asked for it."""
        answer, after = told
        if answer.kind == "document" and after.past:
            return replace(after, asked=after.past[0].asked)
        if answer.kind == "figure" and answer.figures:
            return replace(after, asked=figure_question(self._base.names, answer.figures[0]))
        return after

    def _asked_first(self, answer: Answer, question: Question) -> Answer:
        """The card of a document or an event with what is asked of it first."""
        asked = question.reading.values("aspect")
        if answer.kind == "event" and answer.status == "answered":
            aspect = next((_EVENT_ASPECTS[one] for one in asked if one in _EVENT_ASPECTS), "")
            if "host" in asked and (question.reading.has("reference", "next") or question.periods.after):
                aspect = "next_host"
            return replace(
                answer, aspect=answer.aspect if answer.aspect and aspect != "next_host" else aspect
            )
        aspect = next((one for one in _DOCUMENT_ASPECTS if one in asked), "")
        return replace(answer, aspect=aspect) if answer.kind == "document" and aspect else answer


def _matter(frame: str) -> str:
    """Figures, or rules in words, or the frame itself; empty for what is about nothing."""
    if frame in OF_FIGURES:
        return "figures"
    return "words" if frame in _IN_WORDS else "" if frame in ("help", "smalltalk", "choice") else frame


def _not_held(answer: Answer) -> bool:
    """Whether a message on the topic got no answer."""
    return answer.kind == "help" and any(gap.code in _ON_TOPIC for gap in answer.gaps)


def _points(reading: Reading) -> bool:
    """Whether a message points back, or asks something in words that are all understood."""
    asks = reading.has("reference", "pronoun") or (reading.has("asks") and not reading.residue)
    return asks and not reading.has("neighbour")
