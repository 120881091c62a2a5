"""Claims: every number, date, place, name and predicate of what somebody says, held against the base.

A claim is right only when all of its parts are; what differs is told with the right value, what could not be checked by
name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge.answering.comparing import remember
from knowledge.answering.library import Asked, Library
from knowledge.answering.times import names_times
from knowledge.answers.claim_between import ProductLevels
from knowledge.answers.claim_documents import DocumentClaims
from knowledge.answers.claim_either import offers_two, printed_both
from knowledge.answers.claim_events import EventClaims
from knowledge.answers.claim_figures import FigureClaims
from knowledge.answers.claim_forms import is_put
from knowledge.answers.claim_rules import RuleClaims
from knowledge.answers.claim_sheet import WRONG, Sheet
from knowledge.answers.claim_words import RIGHT
from knowledge.dialogue import Context, leans_on
from knowledge.finding.answer import figure_answer, series_answer, sources_for
from knowledge.finding.wanted import Found, Wanted
from knowledge.reading.question import Question, Reader
from knowledge.records import Answer, Document, Event, Figure, Note
from knowledge.text import fold

_SHOWN = ("figure", "provinces", "provinces_then")
"""Kinds of parts whose figure is told where no number of the claim has one."""
_OF_POWERS = {"issuer", "issued", "since"}
"""Kinds of parts that say nothing of whether who decided might do so."""
TOPIC_WORDS = 2
"""Words that name a topic, at the end of the phrase that speaks of it."""
_NAMING = frozenset(
    {"edition", "day", "year", "place", "issued", "issuer", "name", "topic", "document", "rule"}
)
"""Kinds of parts by which an event or a document is called, also by who only asks for it."""
_BY_WHOM = frozenset({"issuer", "signer"})
"""Kinds of parts that say, beside the day, by whom a document was made: no mere name of it."""
_TIMED = frozenset({"day", "year", "document"})
"""Kinds of parts of an event that may be said of the document which tells of it."""


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
        sheet = self._named(asked, question)
        self._numbers(asked, question, sheet)
        if not sheet.numbers:
            _topics(question, sheet)
        if len(sheet.documents) > 1 and _only_of_powers(question, sheet):
            return None
        sheet.add(self._levels.differing(question.reading, sheet.numbers, sheet.event))
        sheet.confirm()
        if not (is_put(question) or _tells(sheet)):
            return None
        if which and not (question.check or any(part.outcome == "misprint" for part in sheet.parts)):
            return None  # something else is asked for
        if all(part.outcome == "unknown" for part in sheet.parts):
            return self._unknown(asked, question, sheet)
        return self._answer(asked, sheet)

    def _named(self, asked: Asked, question: Question) -> Sheet:
        """What a claim says of the documents, else of the event and the people, that it names."""
        of_event, of_documents = Sheet(question.reading), Sheet(question.reading)
        self._events.fill(question, of_event, asked.context.ids[:1] if asked.context.route == "event" else ())
        named = self._documents.named(question, of_documents)
        if named and not _called_after(of_event.event, [document for _, document in named]):
            self._documents.fill(of_documents, named)
            if of_event.event is not None and any(part.kind == "edition" for part in of_event.parts):
                said = [part for part in of_event.parts if part.kind not in _TIMED]
                of_documents.parts = [one for one in of_documents.parts if one.kind != "topic"]
                of_documents.add(said)
                of_documents.event = of_event.event
            return of_documents
        if not named:
            of_event.merge(of_documents)
        return of_event

    def _numbers(self, asked: Asked, question: Question, sheet: Sheet) -> None:
        """Hold the numbers of a claim against a rule, or against figures."""
        cited = [one.id for one in sheet.documents]
        rules = self._rules.levels(question, sheet.taken, asked.today)
        if rules is not None and not (cited and all(one.outcome == "unknown" for one in rules.parts)):
            sheet.merge(rules)
            return
        spoken_of = asked.context.slots if leans_on(question, asked.context) else {}
        if sheet.event is not None:
            spoken_of = {"region": sheet.event.region, "period": sheet.event.year}
        elif sheet.documents and not spoken_of:
            spoken_of = self._documents.term_of(sheet.documents[0])
        held = self._figures.check(question, sheet.taken, spoken_of)
        elsewhere = any(one.part.other and one.number.slots.regions for one in held)
        if sheet.event is None and not elsewhere and all(one.part.outcome == "unknown" for one in held):
            of_texts = self._rules.entries(asked.question, sheet.taken, cited) or rules
            if of_texts is not None:
                sheet.merge(of_texts)
                return
        sheet.numbers = held
        sheet.add(one.part for one in held)
        sheet.add(self._figures.predicates(question, held))

    def _unknown(self, asked: Asked, question: Question, sheet: Sheet) -> tuple[Answer, Context] | None:
        """What could not be checked, by name, with what is near; None where no figure is spoken of."""
        numbers = [one for one in sheet.numbers if one.part.kind == "figure"]
        of_figures = _of_figures(question) or any(one.part.other for one in numbers)
        if not (numbers and of_figures) or len(numbers) != len(sheet.parts):
            return None
        gap = self._figures.gap(question, numbers[0].number)
        said = Note("unchecked_claim", {"said": ", ".join(part.said for part in sheet.parts)})
        answer = Answer(
            status="no_answer",
            kind="check",
            as_of=asked.today,
            stance="unknown",
            parts=tuple(sheet.parts),
            gaps=(said, gap.gap) if gap.gap else (said,),
            offers=tuple(row for row in gap.offers if row not in [one.part.other for one in numbers]),
            choices=gap.choices,
        )
        slots = numbers[0].number.slots
        return answer, remember(asked, Wanted(regions=slots.regions, periods=slots.periods), None)

    def _answer(self, asked: Asked, sheet: Sheet) -> tuple[Answer, Context]:
        answer, wanted = self._led(asked, sheet)
        rows = [part.figure for part in sheet.parts if part.figure and part.figure not in answer.figures]
        cited = [*(row.source for row in rows), *sheet.sources()]
        answer = replace(
            answer,
            kind="check",
            stance=sheet.stance,
            parts=tuple(sheet.parts),
            documents=sheet.documents,
            events=(sheet.event,) if sheet.event else (),
            levels=sheet.levels,
            entries=sheet.entries,
            assumptions=(*answer.assumptions, *sheet.notes()),
            warnings=(*answer.warnings, *sheet.warnings(asked.today)),
            sources=tuple(dict.fromkeys((*answer.sources, *sources_for(self._base, cited)))),
        )
        told = {
            "event": [one.id for one in answer.events],
            "document": [one.id for one in answer.documents],
            "entry": [one.id for one in answer.entries[:1]],
        }
        for route, ids in told.items():
            if ids:
                return answer, Context(route=route, ids=tuple(ids))
        return answer, remember(asked, wanted, answer)

    def _led(self, asked: Asked, sheet: Sheet) -> tuple[Answer, Wanted]:
        """The answer with the figure that leads it, if any does, and the slots of that."""
        leading = sheet.leading()
        if leading is not None and leading.checked is not None:
            answer = figure_answer(self._base, leading.checked.found, asked.today)
            if sheet.stance == "yes":  # the claim chose the source; the others stand beside it
                kept = tuple(note for note in answer.warnings if note.code != "sources_differ")
                answer = replace(answer, warnings=kept)
            return answer, leading.wanted or Wanted()
        shown = (part.figure for part in sheet.parts if part.kind in _SHOWN and part.figure is not None)
        if (row := next(shown, None)) is not None:
            wanted = Wanted(indicator=row.indicator, regions=(row.region,), periods=(row.period,))
            return figure_answer(self._base, Found(row), asked.today), wanted
        return Answer(status="answered", kind="check", as_of=asked.today), Wanted()


def _called_after(event: Event | None, documents: Sequence[Document]) -> bool:
    """Whether an event is called after all of some documents."""
    return event is not None and all(one.number and one.number in event.name for one in documents)


def _only_of_powers(question: Question, sheet: Sheet) -> bool:
    """Whether it is asked who had the power to decide, and nothing was checked but who did, and when."""
    return question.reading.has("aspect", "approver") and {part.kind for part in sheet.parts} <= _OF_POWERS


def _topics(question: Question, sheet: Sheet) -> None:
    """What a document or an event is said to be about: a match only where its title says so."""
    reading = question.reading
    spans = list(reading.of("neighbour"))
    texts = [sheet.event.name] if sheet.event else []
    if sheet.documents:
        named = [one for slot in ("region", "event_name") for one in reading.of(slot)]
        spans += reading.of("head", "khuyen_cong")
        spans += [one for one in named if sheet.taken.isdisjoint(range(one.start, one.end))]
        texts = [f"{one.title} {one.about} {one.issuer}" for one in sheet.documents]
    own = fold(" ".join(texts))
    checked = fold(" ".join(part.said for part in sheet.parts if part.outcome == "match"))
    for span in spans if texts else ():
        if span.text in checked:
            continue
        same = " ".join(span.text.split()[-TOPIC_WORDS:]) in own or None
        sheet.hold("topic", span.start, span.end, "", same=same, used=False)


def _tells(sheet: Sheet) -> bool:
    """Whether what is only stated was checked: something of it differs, is printed of something else, or is right that is no
    mere name of a thing."""
    if any(part.outcome in WRONG or part.other is not None for part in sheet.parts):
        return True
    right = [part for part in sheet.parts if part.outcome in RIGHT]
    signed = {part.kind for part in sheet.parts} & _BY_WHOM and any(part.kind == "issued" for part in right)
    telling = signed or any(part.kind not in _NAMING for part in right)
    return len(right) * 2 >= len(sheet.parts) and bool(telling)


def _of_figures(question: Question) -> bool:
    """Whether a claim that is to be checked is one of money or of things counted, at a place or a time."""
    reading = question.reading
    named = question.money or question.programmes or question.measures.named or reading.has("measure")
    about = named or question.counted or question.numbered
    asks = reading.has("operator", "times") or reading.has("intent")
    return bool(about and (question.regions or question.periods.found) and question.check and not asks)


def _leans_on_two(question: Question, context: Context) -> bool:
    """Whether one number is claimed of two sums that the chat compared: the comparison tells whether it is right."""
    wanted = context.wanted
    if wanted is None or len(question.quantities) != 1 or not leans_on(question, context):
        return False
    return any(len(slot) > 1 for slot in (wanted.periods, wanted.regions, wanted.programmes))


def figures_of(answer: Answer) -> list[Figure]:
    """Every figure that the parts of an answer were held against."""
    return [row for part in answer.parts for row in (part.figure, part.other) if row is not None]
