"""Claims: every number, date, place, name and predicate of what somebody says, held against the base.

A claim is right only when all of its parts are; what differs is told with the right value, what could not be checked by
name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from knowledge.answering.comparing import remember
from knowledge.answering.library import Asked, Library
from knowledge.answering.times import names_times
from knowledge.answers.claim_between import ProductLevels
from knowledge.answers.claim_documents import DAY_CODE, DocumentClaims
from knowledge.answers.claim_either import offers_two, printed_both
from knowledge.answers.claim_events import EventClaims
from knowledge.answers.claim_figures import FigureClaims
from knowledge.answers.claim_rules import RuleClaims
from knowledge.answers.claim_told import Told
from knowledge.answers.claim_words import typed
from knowledge.dialogue import Context, leans_on
from knowledge.finding.answer import figure_answer, series_answer, sources_for
from knowledge.finding.wanted import Found, Wanted
from knowledge.language.spans import Reading, Span
from knowledge.reading.question import Question, Reader
from knowledge.records import Answer, Document, Event, Figure, Note, Part
from knowledge.text import fold

_SHOWN = ("figure", "provinces", "provinces_then")
"""Kinds of parts whose figure is told where no number of the claim has one."""
LONGEST_CLAIM = 900
"""Characters that are still read as one claim; a longer text is read sentence by sentence, as a passage."""
TOPIC_WORDS = 2
"""Words that name a topic, at the end of the phrase that speaks of it."""
_OF_QUESTIONS = (("asks",), ("intent",), ("joint", "strong"), ("operator",))
"""Meanings of words that ask for something, or go on with what was told."""


class Claims:
    """Checks claims against one library."""

    def __init__(self, library: Library, reader: Reader) -> None:
        self._base = library.base
        self._reader = reader
        self._figures = FigureClaims(library.base)
        self._events = EventClaims(library.base)
        self._documents = DocumentClaims(library)
        self._rules = RuleClaims(library)
        self._levels = ProductLevels(library.base)

    def answer(self, asked: Asked) -> tuple[Answer, Context] | None:
        """The verdict on a claim, part by part; None where nothing of it can be held against the base."""
        question = self._reader.without_names(asked.question, asked.today)
        if _leans_on_two(question, asked.context) or self._rules.decides(question):
            return None
        if names_times(question.clean) and not any(one.scaled for one in question.quantities):
            return None  # two figures held against each other, of which no number is claimed
        which = offers_two(question) or self._reader.says(question.reading, "asks", "which")
        if which and (both := printed_both(self._base, question)):
            answer = series_answer(self._base, both, asked.today, "conflict")
            return answer, remember(asked, Wanted(indicator=both[0].indicator), answer)
        told = Told(asked.today)
        self._named(asked, question, told)
        self._numbers(asked, question, told)
        if not told.held:
            told.add(_topics(question, told), ())
        if len(told.documents) > 1 and _only_of_powers(question, told):
            return None
        told.add(self._levels.differing(question.reading, told.held, told.event), ())
        told.confirm()
        if all(part.outcome == "unknown" for part in told.parts):
            return self._unknown(asked, question, told)
        return self._answer(asked, told)

    def _named(self, asked: Asked, question: Question, told: Told) -> None:
        """Tell of the documents, else of the event and the people, that a claim names."""
        documents = self._documents.check(question)
        shown = asked.context.ids[:1] if asked.context.route == "event" else ()
        events = self._events.check(question, shown)
        about = events.event if events else None
        if documents is not None and not (about and _named_in(about, documents.documents)):
            told.add(documents.parts, documents.taken)
            told.documents = documents.documents
        if events is not None and not told.documents:
            told.add(events.parts, events.taken)
            told.event = about

    def _numbers(self, asked: Asked, question: Question, told: Told) -> None:
        """Tell of the numbers of a claim: those of a rule, or of figures."""
        cited = [one.id for one in told.documents]
        rules = self._rules.levels(question, told.taken, asked.today)
        if rules is not None and not (cited and all(one.outcome == "unknown" for one in rules.parts)):
            told.rule(rules)
            return
        spoken_of = asked.context.slots if leans_on(question, asked.context) else {}
        if told.event is not None:
            spoken_of = {"region": told.event.region, "period": told.event.year}
        held = self._figures.check(question, told.taken, spoken_of)
        if told.event is None and all(one.part.outcome == "unknown" for one in held):
            of_texts = self._rules.entries(asked.question, told.taken, cited) or rules
            if of_texts is not None:
                told.rule(of_texts)
                return
        numbers, told.entries = self._rules.noted(asked.question, held)
        told.figures(numbers)
        told.add(self._figures.predicates(question, held), ())

    def _unknown(self, asked: Asked, question: Question, told: Told) -> tuple[Answer, Context] | None:
        """What could not be checked, by name, with what is near; None where no figure is spoken of."""
        numbers = [one for one in told.held if one.part.kind == "figure"]
        if not (numbers and _of_figures(question)) or len(numbers) != len(told.parts):
            return None
        gap = self._figures.gap(question, numbers[0].number)
        answer = Answer(
            status="no_answer",
            kind="check",
            as_of=asked.today,
            stance="unknown",
            parts=tuple(told.parts),
            gaps=(
                Note("unchecked_claim", {"said": ", ".join(part.said for part in told.parts)}),
                *((gap.gap,) if gap.gap else ()),
            ),
            offers=tuple(row for row in gap.offers if row not in [one.part.other for one in numbers]),
            choices=gap.choices,
        )
        return answer, remember(asked, Wanted(), None)

    def _answer(self, asked: Asked, told: Told) -> tuple[Answer, Context]:
        base = self._base
        leading = told.leading()
        wanted = Wanted()
        if leading is not None and leading.checked is not None:
            answer = figure_answer(base, leading.checked.found, asked.today)
            wanted = leading.wanted or wanted
            if told.stance == "yes":  # the claim chose the source; the others stand beside it
                kept = tuple(note for note in answer.warnings if note.code != "sources_differ")
                answer = replace(answer, warnings=kept)
        else:
            answer = Answer(status="answered", kind="check", as_of=asked.today)
            shown = (part.figure for part in told.parts if part.kind in _SHOWN and part.figure is not None)
            if (row := next(shown, None)) is not None:
                answer = figure_answer(base, Found(row), asked.today)
                wanted = Wanted(indicator=row.indicator, regions=(row.region,), periods=(row.period,))
        rows = [
            part.figure
            for part in told.parts
            if part.figure is not None and part.figure not in answer.figures
        ]
        cited = [*(row.source for row in rows), *told.sources()]
        answer = replace(
            answer,
            kind="check",
            status="answered",
            stance=told.stance,
            parts=tuple(told.parts),
            documents=told.documents,
            events=(told.event,) if told.event else (),
            levels=told.levels,
            entries=told.entries,
            assumptions=(*answer.assumptions, *told.notes()),
            warnings=(*answer.warnings, *told.warnings()),
            sources=tuple(dict.fromkeys((*answer.sources, *sources_for(base, cited)))),
        )
        if told.event is not None:
            return answer, Context(route="event", ids=(told.event.id,))
        if told.documents:
            return answer, Context(route="document", ids=tuple(one.id for one in told.documents))
        if told.entries:
            return answer, Context(route="entry", ids=(told.entries[0].id,))
        return answer, remember(asked, wanted, answer)


def _named_in(event: Event, documents: Sequence[Document]) -> bool:
    """Whether an event is called after all of some documents."""
    return bool(documents) and all(one.number and one.number in event.name for one in documents)


def _only_of_powers(question: Question, told: Told) -> bool:
    """Whether it is asked who had the power to decide, and nothing was checked but who did."""
    return question.reading.has("aspect", "approver") and {part.kind for part in told.parts} == {"issuer"}


def _topics(question: Question, told: Told) -> Iterator[Part]:
    """What a document or an event is said to be about: a match only where its title says so."""
    spans = list(question.reading.of("neighbour"))
    texts = [told.event.name] if told.event else []
    if told.documents:
        spans += question.reading.of("head", "khuyen_cong")
        if not told.event and not told.held:
            named = [one for slot in ("region", "event_name") for one in question.reading.of(slot)]
            spans += [one for one in named if told.taken.isdisjoint(range(one.start, one.end))]
        texts = [f"{one.title} {one.about} {one.issuer}" for one in told.documents]
    own = fold(" ".join(texts))
    for span in spans if texts else ():
        said = typed(question.reading, span.start, span.end)
        last = " ".join(span.text.split()[-TOPIC_WORDS:])
        yield Part("topic", said, "match" if last in own else "unknown")


def is_claim(question: Question) -> bool:
    """Whether a message asks if what it says is right, asks yes or no of a number, or only states numbers."""
    if len(question.clean) > LONGEST_CLAIM:
        return False
    if question.check:
        return not question.reading.has("intent") or bool(question.regions or question.periods.found)
    return (
        asserts(question)
        or offers_two(question)
        or (
            question.yes_no
            and len(question.quantities) == 1
            and bool(question.numbered or question.quantities[0].scaled)
        )
    )


def _of_figures(question: Question) -> bool:
    """Whether a claim that is to be checked is one of money or of things counted, at a place or a time."""
    reading = question.reading
    named = question.money or question.programmes or question.measures.named or reading.has("measure")
    about = named or question.counted or question.numbered
    placed = question.regions or question.periods.found
    asks = reading.has("operator", "times") or reading.has("intent")
    return bool(about and placed and asks_outright(question) and not asks)


def asserts(question: Question) -> bool:
    """Whether a message asks nothing and says a number of a place or a time, or since when a document holds."""
    reading = question.reading
    sums = {one.start for one in reading.of("amount")}
    asking = (one for one in reading.spans if not (one.means("bound") or _totals(one, sums)))
    asks = any(span.means(*one) for span in asking for one in _OF_QUESTIONS)
    asks = asks or any(span.means("asks", "how_many", "how_much", "percent") for span in reading.inner)
    if asks or question.amount or question.either:
        return False
    if reading.has("document") and reading.has("period") and _of_document(reading):
        return True
    if any(map(reading.has, ("region", "programme", "level"))) and reading.has("period"):
        return _counts(question) or _dates(reading)
    return False


def _totals(span: Span, sums: Collection[int]) -> bool:
    """Whether a word for a sum only says that the one behind it is a total ("tổng cộng 695 triệu")."""
    return span.means("operator", "sum") and span.end in sums


def _of_document(reading: Reading) -> bool:
    """Whether a message says on which day a document was issued, or from when to when it holds."""
    return reading.has("aspect", "since", "until") or (reading.has("aspect", "issued") and _days(reading))


def _days(reading: Reading) -> bool:
    return any(DAY_CODE.fullmatch(one.value) for one in reading.of("period"))


def _dates(reading: Reading) -> bool:
    """Whether a message says on which day an event was held."""
    return _days(reading) and (reading.has("event_name") or reading.has("head", "event"))


def _counts(question: Question) -> bool:
    """Whether a message says a sum, a percent, or numbers of things that are counted."""
    reading = question.reading
    counted = reading.has("number") and reading.has("head", "scheme", "product_vote")
    several = counted or len(reading.of("number")) > 1
    return bool(several or question.numbered or any(one.scaled for one in question.quantities))


def asks_outright(question: Question) -> bool:
    """Whether somebody asks in so many words to have something checked."""
    return question.check


def _leans_on_two(question: Question, context: Context) -> bool:
    """Whether one number is claimed of two sums that the chat compared: the comparison tells whether it is right."""
    wanted = context.wanted
    if wanted is None or len(question.quantities) != 1 or not leans_on(question, context):
        return False
    return any(len(slot) > 1 for slot in (wanted.periods, wanted.regions, wanted.programmes))


def figures_of(answer: Answer) -> list[Figure]:
    """Every figure that the parts of an answer were held against."""
    return [row for part in answer.parts for row in (part.figure, part.other) if row is not None]
