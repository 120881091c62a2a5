"""One full question of a chat: how it is read, the answer to it, and what the chat remembers after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import takewhile

from knowledge.answering import Asked
from knowledge.answering.documents import asked_of
from knowledge.base import KnowledgeBase
from knowledge.dialogue import about
from knowledge.dialogue.assumed import reading_notes
from knowledge.dialogue.declining import Declining
from knowledge.dialogue.state import Context
from knowledge.finding.documents import DocumentIndex
from knowledge.finding.eligibility import TRADE_TOPIC
from knowledge.language.annotate import with_spans
from knowledge.language.spans import Reading, Span
from knowledge.matching.deciding import Scored
from knowledge.matching.matcher import Matcher
from knowledge.reading.question import Question, Reader
from knowledge.records import Answer, Figure, Note
from knowledge.telling.names import figure_question

Told = tuple[Answer, Context]
NAMED_ASPECTS = ("issuer", "issued", "since", "validity", "replaced", "amended")
"""Aspects of a document that are called by one name, however they were asked for."""
LEAST_LIKELY = 0.03
"""The probability from which a candidate is looked at beside the one that is told."""
_OF_A_MEETING = ("when", "where", "edition", "which_province")
_EVENT_ASPECTS = {
    "next_host": "next_host",
    "chair": "chairs",
    "participants": "participants",
    "said": "speakers",
}


class Asking:
    """Reads and answers full questions from one base."""

    def __init__(self, base: KnowledgeBase, reader: Reader, routes: Matcher) -> None:
        self._base = base
        self._reader = reader
        self._routes = routes
        self._documents = DocumentIndex(base.documents.values())
        self._trades = frozenset(row.id for row in base.entries.values() if TRADE_TOPIC in row.topics)
        self._declining = Declining(base)

    def read(self, text: str, context: Context, today: date) -> Question:
        """The question as it is read, names of trades told from those of other entries."""
        question = self._read(text, context, today)
        if context.told and _turns_down(question.reading):
            return self.read(text.partition(",")[2], context, today)
        reading = self._reader.as_typed(text, today) if question.corrected else question.reading
        spans = (self._in_chat(span, context) for span in reading.spans)
        return replace(question, reading=with_spans(reading, spans))

    def _read(self, text: str, context: Context, today: date) -> Question:
        """The question in a chat in which figures or meetings were spoken of, or in none."""
        return self._reader.read(text, today, in_chat=context.wanted is not None or context.frame == "event")

    def _in_chat(self, span: Span, context: Context) -> Span:
        """A span as it is meant there: the name of an entry on a trade, or without marks what points back to the chat."""
        if span.slot == "entry_name" and span.value in self._trades:
            return replace(span, slot="trade")
        if context.asked and span.slot == "neighbour" and ("reference", "pronoun") in span.others:
            return replace(span, slot="reference", value="pronoun", others=())
        return span

    def answered(self, text: str, context: Context, today: date) -> Told:
        """The answer to a full question, and the state after it."""
        return self.weighed(text, context, today)[0]

    def weighed(self, text: str, context: Context, today: date) -> tuple[Told, float]:
        """The answer to a full question with the state after it, and how likely its candidate was."""
        return self.all_weighed(text, context, today)[0]

    def all_weighed(
        self, text: str, context: Context, today: date, others: int = 0
    ) -> list[tuple[Told, float]]:
        """The answer to a full question and at most so many `others` that it may have had instead, each with the state
        after it and how likely its candidate was."""
        question = self._read(text, context, today)
        asked = Asked(question, context, today)
        decision = self._routes.decide(asked)
        first = decision.answer
        chance = next((row.probability for row in decision.scored if row.candidate.answer is first), 0.0)
        instead = self._otherwise(first, asked, text)
        found = [(instead or (first, decision.context), chance)]
        free = [row for row in decision.scored if not row.vetoes and row.probability >= LEAST_LIKELY]
        found += [
            ((row.candidate.answer, row.candidate.context), row.probability)
            for row in free
            if row.candidate.answer.status == "answered" and row.candidate.answer is not first
        ][:others]
        return [(self._settled(told, asked, text, decision.scored), chance) for told, chance in found]

    def _settled(self, told: Told, asked: Asked, text: str, rows: Sequence[Scored]) -> Told:
        """An answer to a full question as it is told, and what the chat remembers after it; `rows` were its candidates."""
        (answer, after), question, context = told, asked.question, asked.context
        compared = answer.comparison
        if compared is not None and compared.first == compared.second:
            if not question.reading.has("operator"):
                return self.of_figure(compared.first, context, asked.today)
            answer = self._declining.not_held((), asked.today)
        answer = self._declining.told_apart(answer, question, context, rows)
        answer = replace(answer, leads=self._leads(answer, question))
        notes = _times_said(answer, question, asked.today)
        answer = replace(answer, assumptions=(*notes, *answer.assumptions))
        if answer.kind in ("policy", "support") and not after.region:
            named = question.reading.values("region")
            there = (one for one in named if self._base.regions[one].kind == "province")
            after = replace(after, region=next(there, ""))
        return answer, self.after((answer, after), text, context)

    def _otherwise(self, answer: Answer, asked: Asked, text: str) -> Told | None:
        """What is told before a candidate that does not answer: of the event whose day or place is asked, or what these very
        words were stored for; what was stored also before a text."""
        if len(answer.choices) == 1 and answer.gaps[:1] == (Note("ask_what"),):  # all that is held of it
            return self.in_frame("figure", answer.choices[0].question, asked.context, asked.today)
        event = stored = None
        counted = answer.kind == "figure" and asked.question.reading.has(
            "asks", "where"
        )  # of provinces that met
        if (answer.status != "answered" or counted) and answer.kind != "event":
            event = self._of_event(asked)
        answer = event[0] if event else answer
        if answer.status != "answered" or (answer.kind in ("policy", "support") and not answer.levels):
            stored = self._routes.as_stored(text, asked)
        return stored or event

    def after(self, told: Told, text: str, context: Context) -> Context:
        """What the chat remembers after `text` was answered so."""
        answer, after = told
        nothing = about.tells_nothing(answer)
        after = replace(
            after,
            choices=answer.choices,
            told=about.references(answer) or context.told,
            asked=context.asked if nothing else text,
            frame=context.frame if nothing else answer.kind,
            digest=context.digest if nothing else about.digest(answer),
            pair=(compared.first.id, compared.second.id) if (compared := answer.comparison) else after.pair,
            facts=context.facts if nothing else (),
            wish=context.wish if nothing else "",
        )
        return (
            after.following(context) if context.asked and not nothing else replace(after, past=context.past)
        )

    def in_frame(self, frame: str, text: str, context: Context, today: date) -> Told | None:
        """The answer of one frame to a full question."""
        alone = context.set_aside
        rows = self._routes.scored(Asked(self._reader.read(text, today), alone, today))
        told = (one.candidate for one in rows if one.candidate.frame == frame)
        found = next((one for one in told if one.answer.status == "answered"), None)
        return (found.answer, self.after((found.answer, found.context), text, alone)) if found else None

    def of_figure(self, row: Figure, context: Context, today: date) -> Told:
        """The answer that tells this figure."""
        text = figure_question(self._base.names, row)
        told = self.in_frame("figure", text, context, today)
        fits = told is not None and told[0].figures[:1] == (row,)
        return told if told and fits else self.answered(text, context.set_aside, today)

    def last_question(self, context: Context) -> str:
        """The last question in full words; of a figure the one that it answers."""
        figures = about.ids_of(context.told, "f")
        if context.frame == "figure" and figures and context.digest and figures[0] in self._base.figures:
            return figure_question(self._base.names, self._base.figures[figures[0]])
        return context.asked

    def named(self, told: Told) -> Context:
        """The state with the full question of a figure, or of two, in place of the few words that asked for it."""
        answer, after = told
        if answer.kind == "comparison" and len(answer.figures) == 2:
            one, two = (figure_question(self._base.names, row).split() for row in answer.figures)
            alike = takewhile(
                lambda pair: pair[0] == pair[1], zip(reversed(one), reversed(two), strict=False)
            )
            own = one[: len(one) - len(list(alike))]
            return replace(after, asked=f"{' '.join(own)} so với {' '.join(two)}")
        if answer.kind == "document" and after.past:
            return replace(after, asked=after.past[0].asked)
        if answer.kind == "figure" and answer.figures:
            return replace(after, asked=figure_question(self._base.names, answer.figures[0]))
        return after

    def asked_first(self, answer: Answer, question: Question) -> Answer:
        """The card of a document or an event with what is asked of it first."""
        reading = question.reading
        if answer.kind == "event" and answer.status == "answered":
            aspect = next((told for one, told in _EVENT_ASPECTS.items() if reading.has("aspect", one)), "")
            if reading.has("aspect", "host") and (reading.has("reference", "next") or question.periods.after):
                aspect = "next_host"
            return replace(answer, aspect=answer.aspect or aspect)
        return replace(answer, leads=answer.leads or self._leads(answer, question))

    def _of_event(self, asked: Asked) -> Told | None:
        """What is known of the event whose day or place is asked, or that none is; None where no event is meant."""
        reading = asked.question.reading
        meets = reading.has("head", "event") and reading.has("asks", *_OF_A_MEETING)
        if not meets or not asked.question.regions or reading.has("head", "funding"):
            return None
        rows = self._routes.scored(asked)
        return next(
            ((one.candidate.answer, one.candidate.context) for one in rows if one.candidate.frame == "event"),
            None,
        )

    def _leads(self, answer: Answer, question: Question) -> tuple[Note, ...]:
        """What is asked of the documents that an answer tells of: each of the one named last before it, or of the first."""
        rows = {row.id: row for row in (*answer.documents, *answer.cited)}
        only_yes_no = {span.value for span in question.reading.of("asks")} <= {"yes_no", "check"}
        if answer.kind == "policy" and answer.stance and question.yes_no and only_yes_no:
            return ()  # the text itself says yes or no
        if answer.kind not in ("document", "policy") or answer.status != "answered" or not rows:
            return ()
        named = []
        for span, ref in zip(question.reading.named("document"), question.documents, strict=False):
            found = self._documents.find(ref.number, ref.year, ref.kind).exact
            named += [(span.start, row.id) for row in found if row.id in rows][:1]
        if answer.kind == "document" and not named:
            named = [(0, answer.documents[0].id)]
        if not named:
            return ()
        return tuple(
            Note(aspect, {"document": _named_last(named, span.start)})
            for aspect, span in asked_of(question.reading)
        )


def _times_said(answer: Answer, question: Question, today: date) -> list[Note]:
    """How times that were said by the clock were read; "the year after" may have been that of an event instead, and a rule of
    today is of no other year."""
    if answer.kind in ("policy", "support") and answer.as_of == today:
        return []
    told = [one.year for one in answer.events] + [gap.values.get("of", "") for gap in answer.gaps]
    return [
        one
        for one in reading_notes(question)
        if answer.kind != "event" or one.values.get("year", "") in " ".join(told)
    ]


def _turns_down(reading: Reading) -> bool:
    """Whether a message starts with a "no" and a comma that was read as one with what is said after it."""
    across = reading.spans[:1] and reading.spans[0].slot == "scope" and reading.spans[0].end > 1
    return bool(across) and "," in reading.words[1].break_before


def _named_last(named: list[tuple[int, str]], place: int) -> str:
    """The document named last before a word, or the first that is named."""
    return next((id_ for start, id_ in reversed(named) if start <= place), named[0][1])
