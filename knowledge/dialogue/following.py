"""A message that leans on what was told: the full question that it stands for, or what stands beside what was told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from knowledge.base import KnowledgeBase
from knowledge.dialogue import about, followup
from knowledge.dialogue.acts import (
    LEAST_OWN,
    OF_FIGURES,
    Act,
    asked_again,
    asks_level,
    leans_on_subject,
    names_its_own,
    of_numbers,
    only_slots,
    points_back,
)
from knowledge.dialogue.asking import NAMED_ASPECTS, Asking, Told
from knowledge.dialogue.beside import SURELY_ALONE, Beside
from knowledge.dialogue.declining import Declining, misplaced
from knowledge.dialogue.opening import Opening
from knowledge.dialogue.related import JOINED, MERGED, Related, only_asks_office
from knowledge.dialogue.state import Context, Fact
from knowledge.dialogue.workshop import OF_LEVELS, Workshop, with_facts
from knowledge.language.spans import Reading
from knowledge.matching.matcher import Matcher
from knowledge.reading.question import Question, Reader
from knowledge.records import Answer, Note
from knowledge.telling.talk_texts import question_tail

_IN_WORDS = frozenset({"policy", "support"})
_CONTINUED = frozenset({"event", "document"})


class Following:
    """Answers messages that lean on a chat, from one base."""

    def __init__(
        self, base: KnowledgeBase, reader: Reader, routes: Matcher, asking: Asking, workshop: Workshop
    ) -> None:
        self._routes = routes
        self._names = {
            (row.slot, row.value): row.name
            for row in base.slots.values()
            if row.slot == "programme" or (row.slot == "aspect" and row.value in NAMED_ASPECTS)
        }
        self._names |= {("region", row.id): row.name for row in base.regions.values()}
        self._asking = asking
        self._workshop = workshop
        self._opening = Opening(base)
        self._declining = Declining(base, routes)
        self._beside = Beside(base, reader, routes)
        self._related = Related(base)

    def told(self, act: Act, question: Question, context: Context, today: date) -> Told:
        """The message completed from the chat; as it stands where its own frame reads it together with the chat."""
        corrects = act.kind == "correct" or question.corrected
        own = None
        if not (corrects and context.frame in ("choice", *OF_FIGURES)):
            own = self._own_question(question, context, today)
        found = own or self._level(question, context, today) or self.related(question, context, today)
        if found is not None:
            return found
        as_said = self._asking.answered(question.typed, context, today)
        if _new(as_said[0], context) and _goes_on(as_said[0], context):
            return self._asking.asked_first(as_said[0], question), self._asking.named(as_said)
        if (share := self._own_share(question, context, today)) is not None:
            return share
        last = self._asking.read(self._asking.last_question(context), Context(), today)
        if self._workshop.asks_in_general(question.reading, last.reading, context):
            wish = self._opening.of_wish(today)
            after = self._asking.after((wish, Context()), question.typed, context)
            return wish, with_facts(after, context, context.facts)
        text = self._full_text(act, question.reading, last, context)
        return self._completed(question, text, as_said, context, today)

    def _completed(self, question: Question, text: str, as_said: Told, context: Context, today: date) -> Told:
        """The answer to the full question, or to the message as it stands; else what is nearest to one."""
        reading = question.reading
        facts = followup.told(context, reading) if context.facts else ()

        def kept(told: Told) -> Told:
            return told[0], replace(told[1], asked=text, facts=facts, wish=context.wish)

        if context.frame in _IN_WORDS and (beside := self._beside.entry(question, context, today)):
            return kept((beside[0], self._asking.after(beside, text, context)))
        answer, after = self._asking.answered(text, context.set_aside, today)
        full = self._asking.asked_first(answer, question), after
        if _matter(context.frame) == "words" and not of_numbers(reading):
            as_said, full = _in_words(as_said), _in_words(full)  # a place told before asks for no figure
        if number := _number(full, as_said, reading, context):
            return number
        stale = context.frame in _IN_WORDS and not full[0].aspect and about.told_already(full[0], context)
        if stale and (fresh := self._fresh(question, as_said, context, today)):
            return kept(fresh)
        if full[0].status == "answered" and not about.repeats(full[0], context):
            return kept(self._surer(question, full, text, context, today) or full)
        if about.repeats(full[0], context) and self._beside.holds(reading, full[0], today):
            return replace(full[0], manner="again"), context
        if context.frame in _IN_WORDS and asks_level(reading) and not _new(as_said[0], context):
            return self._level_of_last(question, context, today)
        if _new(as_said[0], context):
            return kept(as_said)
        return self._less_than_hoped(question, text, as_said, full, context, today)

    def _fresh(self, question: Question, as_said: Told, context: Context, today: date) -> Told | None:
        """What was not told yet, to the message as it stands: its answer, or the one near entry on what is asked for."""
        reading = question.reading
        full = reading.has("aspect") and not (reading.residue or reading.has("reference"))
        if as_said[0].status == "no_answer" and full:
            near = as_said[0].choices
            as_said = self._asking.answered(near[0].question, context, today) if len(near) == 1 else as_said
        new = _new(as_said[0], context) and not about.told_already(as_said[0], context)
        return as_said if new else None

    def _surer(self, question: Question, full: Told, text: str, context: Context, today: date) -> Told | None:
        """The entry that leads by this turn's words alone, where the full question found another."""
        if context.frame not in _IN_WORDS or full[0].kind not in _IN_WORDS or full[0].levels:
            return None
        surer = self._beside.likeliest(question, context, today, alone=SURELY_ALONE)
        return (surer[0], self._asking.after(surer, text, context)) if surer else None

    def _level(self, question: Question, context: Context, today: date) -> Told | None:
        """The level that an owner asks for of whom enough is known."""
        if not ({fact.slot for fact in context.facts} >= OF_LEVELS and asks_level(question.reading)):
            return None
        facts = followup.told(context, question.reading)
        answer, after = self._workshop.of_facts(facts, context, today)
        return answer, with_facts(after, context, facts)

    def _level_of_last(self, question: Question, context: Context, today: date) -> Told:
        """The level of the activity that was asked about last; that none is held, or for what it is wanted."""
        last = self._asking.read(self._asking.last_question(context), Context(), today).reading
        facts = tuple(Fact("activity", followup.text_of(last, span)) for span in last.of("activity")[:1])
        told = self._workshop.of_facts(facts, context, today) if facts else None
        if told and told[0].levels:
            return told
        if not facts and (last.has("fact") or last.has("trade")):
            wish = self._opening.of_wish(today)
            return wish, self._asking.after((wish, Context()), question.typed, context)
        return Answer("no_answer", "support", today, gaps=(Note("no_level"),)), context

    def or_beside(self, told: Told, question: Question, context: Context, today: date) -> Told:
        """The answer to a question of its own; where it tells nothing new, what follows from what was told before."""
        if (own := self._own_question(question, context, today)) is not None:
            return own
        if not _new(told[0], context):
            alone = self._asking.answered(question.typed, context.set_aside, today)
            told = alone if alone[0].status == "answered" else told
        if told[0].status == "answered" or context.frame not in _IN_WORDS:
            return told
        if not names_its_own(question.reading):
            found = self.told(Act("follow"), question, context, today)
            return found if found[0].status == "answered" else told
        beside = self._beside.likeliest(question, context, today)
        return (beside[0], self._asking.after(beside, question.typed, context)) if beside else told

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

    def related(self, question: Question, context: Context, today: date) -> Told | None:
        """The answer on the document, the event, the province or the vote that is meant by what was told."""
        reading = question.reading
        if (again := self._beside.told_already(question, context, today)) is not None:
            return again, context
        if (vote := self._beside.of_vote(question, context, today)) is not None:
            return vote[0], self._asking.after(vote, question.typed, context)
        if merged := self._related.merged(reading, context, today):
            if merged.aspect == JOINED and context.frame in OF_FIGURES:
                return merged, context  # the figures stay what is spoken of
            state = Context(region=merged.regions[merged.aspect == MERGED].id)
            return merged, self._asking.after((merged, state), question.typed, context)
        if there := self._related.province_asked(reading, context):
            text = f"{question_tail('contact')} {self._names['region', there]}"
            return self._asking.answered(text, context.set_aside, today)
        if document := self._related.document(reading, context):
            card = self._asking.in_frame("document", document, context, today)
            if card is None:
                return None
            answer, shown = self._asking.asked_first(card[0], question), card[1].told
            shown = (*(f"d:{one}" for one in self._related.amending(reading, shown)), *shown)
            if context.frame == "document":
                return answer, replace(self._asking.named(card), told=shown)
            return answer, replace(context, told=(*shown, *context.told))  # the matter stays what it was
        if case := self._related.money_of(question, context):
            money = self._asking.answered(f"{question.typed} {case}", context.set_aside, today)
            return money if money[0].status == "answered" else None
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
        text = followup.in_next_period(text, last.reading, reading, context.slots.get("period", ""))
        region = next((fact.text for fact in context.facts if fact.slot == "region"), "")
        region = region or self._names.get(("region", context.region), "")
        if region and reading.has("aspect", "place", "contact") and not reading.has("region"):
            office = f"{question_tail('contact')} {region}"
            there = f"{followup.without(reading, reading.of('reference'))} {region}"
            text = office if only_asks_office(reading) else there
        if context.route == "contact" and reading.has("region") and only_slots(reading):
            text = f"{question_tail('contact')} {self._names[('region', reading.values('region')[0])]}"
        return text

    def _less_than_hoped(
        self, question: Question, text: str, as_said: Told, full: Told, context: Context, today: date
    ) -> Told:
        """Neither way gives a new answer: the question back, what holds already, or the decline that knows most."""
        reading, said, asked = question.reading, as_said[0], full[0]
        if said.status == "no_answer" and said.kind == context.frame and said.kind in _CONTINUED:
            return as_said
        in_words = context.frame in _IN_WORDS
        if in_words and (nearest := self._nearest(question, text, as_said, context, today)):
            return nearest
        if said.status == "asked_back" != asked.status and not (in_words and misplaced(said)):
            return as_said
        if in_words and asked.status == "asked_back" and not misplaced(asked):
            return full
        pointing = in_words and (misplaced(said) or misplaced(asked) or points_back(reading))
        if pointing or "answered" in (asked.status, said.status):
            return self._nothing_more(question, as_said, full, context, today)
        return as_said if asked.kind == "help" or _strange(reading, said, context) else full

    def _nearest(
        self, question: Question, text: str, as_said: Told, context: Context, today: date
    ) -> Told | None:
        """The entry that leads beside the one told, or the one near entry on what is asked for."""
        likeliest = self._beside.likeliest(question, context, today)
        if likeliest:
            return likeliest[0], self._asking.after(likeliest, text, context)
        return self._fresh(question, as_said, context, today)

    def _nothing_more(
        self, question: Question, as_said: Told, full: Told, context: Context, today: date
    ) -> Told:
        """That no more is held than was told, or what was told once more."""
        if context.frame in OF_FIGURES:  # no text is near to a number
            unsaid = as_said[0].status != "answered"
            return as_said if unsaid else (self._declining.not_held((), today), context)
        again = next((one for one in (as_said[0], full[0]) if about.repeats(one, context)), None)
        if again and asked_again(question.reading):
            return replace(again, manner="again"), context
        near = self._beside.near(question, context, today)
        return self._declining.not_held(near, today), replace(context, choices=near)


def _new(answer: Answer, context: Context) -> bool:
    """Whether an answer tells something, and not what was told just now."""
    again = answer.kind not in ("comparison", "document") and about.repeats(answer, context)
    return answer.status == "answered" and not again


def _goes_on(answer: Answer, context: Context) -> bool:
    """Whether an answer is of the frame of the last one, so that its own reading of the chat counts."""
    if context.frame in OF_FIGURES:
        return answer.kind in OF_FIGURES
    return context.frame in _CONTINUED and answer.kind == context.frame


def _matter(frame: str) -> str:
    """Figures, or rules in words, or the frame itself; empty for what is about nothing."""
    if frame in OF_FIGURES:
        return "figures"
    return "words" if frame in _IN_WORDS else "" if frame in ("help", "smalltalk", "choice") else frame


def _in_words(told: Told) -> Told:
    """The answer, if it is not one in numbers; else that there is none."""
    answer, after = told
    if answer.kind not in OF_FIGURES or answer.status == "asked_back":
        return told
    return replace(answer, status="no_answer", kind="help", figures=(), gaps=(Note("not_understood"),)), after


def _number(full: Told, as_said: Told, reading: Reading, context: Context) -> Told | None:
    """The answer in numbers, where after numbers nothing but their slots is named."""
    if context.frame not in OF_FIGURES or not only_slots(followup.of_funds(reading)):
        return None
    return next((one for one in (full, as_said) if one[0].kind in OF_FIGURES), None)


def _strange(reading: Reading, said: Answer, context: Context) -> bool:
    """Whether a message has nothing to do with what was told."""
    if context.frame in OF_FIGURES:
        reading = followup.of_funds(reading)
        if said.kind != "help":
            return True
    return reading.has("neighbour") or not leans_on_subject(reading)
