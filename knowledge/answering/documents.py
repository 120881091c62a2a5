"""Questions that name a document by its number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from knowledge.answering.entries import EntryAnswers
from knowledge.answering.library import Library
from knowledge.dialogue import Context
from knowledge.finding.answer import document_answer, sources_for
from knowledge.finding.versions import applied
from knowledge.language.spans import IDLE, Reading, Span
from knowledge.reading.question import Question
from knowledge.reading.slots import DocumentRef
from knowledge.records import Answer, Choice, Document, Entry, Note
from knowledge.telling.names import DOCUMENT_KINDS

MOST_SHOWN = 3
"""Cards in one answer."""
_SAME_RULE = 0.15
"""An entry in force that fits within this much is told before one that has ended."""
_CITING = 0.45
"""From here on an entry that cites the document that is named is told instead of its card."""
_MATTER = frozenset(
    {"activity", "fact", "entry_name", "neighbour", "amount", "programme", "measure", "region", "event_name"}
)
"""Slots of what is asked beside a document."""
_HEADS = ("funding", "support", "scheme", "product_vote", "event")
_ASKS = ("which", "how_many", "how_much", "percent", "why", "how", "how_long", "how_often", "list")
"""Questions that no card answers."""
_CARD = (
    "signer", "issued", "issuer", "since", "expired", "replaced_by", "amended_by", "replaced", "amended", "clauses",
    "validity",
)  # fmt: skip
"""Aspects that can be told of a document by themselves; the first that a span means counts."""
_OF_IT = ("joint", "document")
"""Slots of what may stand behind the word for who signed: the document itself, or a further question."""
_ASKS_ITSELF = 3
"""Words of a span on an aspect that hold a question word too; shorter ones may only name it."""


def only_of_card(reading: Reading) -> bool:
    """Whether a message only asks for what the card of a document tells."""
    spans = [span for span in reading.spans if span.slot not in (*IDLE, "joint", "talk")]
    return any(span.slot == "aspect" for span in spans) and all(map(_of_card, spans))


def _of_card(span: Span) -> bool:
    return span.slot == "asks" or span.means("aspect", *_CARD)


def asked_of(reading: Reading) -> Iterator[tuple[str, Span]]:
    """What of a card is asked, in the order asked: words that ask themselves, or stand beside a word that asks."""
    spans = [span for span in reading.spans if span.slot not in IDLE]
    for at, span in enumerate(spans):
        aspect = next((one for one in _CARD if span.means("aspect", one)), "")
        beside = [*spans[max(at - 1, 0) : at], *spans[at + 1 : at + 2]]
        asks = span.end - span.start >= _ASKS_ITSELF or any(one.slot == "asks" for one in beside)
        of_else = [one for one in spans[at + 1 : at + 2] if not (one.slot in _OF_IT or _of_card(one))]
        if aspect == "signer" and of_else and not reading.words[span.end].break_before:  # of another paper
            continue
        if aspect == "signer" or (aspect and asks):
            yield _dated(beside) or aspect if aspect == "validity" else aspect, span


def _dated(beside: list[Span]) -> str:
    """Which of its days is asked for by words beside the one for being in force: the first, the last, or none."""
    if any(one.means("asks", "until") for one in beside):
        return "expired"
    return "since" if any(one.means("asks", "when") for one in beside) else ""


class DocumentAnswers:
    """Documents of one library, by number."""

    def __init__(self, library: Library, entries: EntryAnswers) -> None:
        self._library = library
        self._tell_entry = entries.tell

    def answer(self, question: Question, today: date) -> tuple[Answer, Context]:
        """The documents that are named, an entry that cites one where more was asked, or what has nearly that number."""
        ref = question.documents[0]
        found = self._library.documents.find(ref.number, ref.year, ref.kind)
        if not found.exact:
            return self._none(ref, found.near[:MOST_SHOWN], today)
        if not _only_of_it(question.reading) and (entry := self._citing(question, found.exact, today)):
            return self._tell_entry(entry, question, today)
        shown = list(found.exact)
        for other in question.documents[1:]:
            shown += self._library.documents.find(other.number, other.year, other.kind).exact
        if question.reading.has("head", "draft"):
            shown = [one for one in self._library.base.documents.values() if one.status == "draft"] + shown
        notes: list[Note] = []
        if len(found.exact) > 1:
            notes.append(Note("several_documents"))
        elif not ref.year and found.near:
            notes.append(Note("assumed_document", {"number": found.exact[0].number}))
        rows = list({one.id: one for one in shown}.values())[:MOST_SHOWN]
        context = Context(route="document", ids=tuple(one.id for one in rows))
        return document_answer(self._library.base, rows, today, notes), context

    def _none(self, ref: DocumentRef, near: tuple[Document, ...], today: date) -> tuple[Answer, Context]:
        """That no document has the number, with those that nearly have it."""
        number = f"{ref.number}/{ref.year}" if ref.year else str(ref.number)
        kind = DOCUMENT_KINDS.get(ref.kind, DOCUMENT_KINDS[""])
        names = [f"{one.kind} {one.number}" for one in near]
        answer = Answer(
            status="no_answer",
            kind="document",
            as_of=today,
            documents=near,
            gaps=(Note("no_document", {"kind": kind, "number": number}),),
            choices=tuple(Choice(name, name) for name in names),
            sources=sources_for(self._library.base, [source for one in near for source in one.sources]),
        )
        return answer, Context(route="document", ids=tuple(one.id for one in near))

    def _citing(self, question: Question, found: tuple[Document, ...], today: date) -> Entry | None:
        """The entry that rests on one of these documents and fits what else is asked; one in force before one that ended,
        unless a time is named."""
        entries, ids = self._library.base.entries, {document.id for document in found}
        rows = entries.values()
        within = frozenset(one.id for one in rows if any(line.split(":")[0] in ids for line in one.basis))
        matches = self._library.entries.search(question.clean, within=within)
        near = [one for one in matches if one.score >= max(_CITING, matches[0].score - _SAME_RULE)]
        told = [entries[one.id] for one in near]
        in_force = [] if question.periods.found else [one for one in told if applied(one, today)]
        return next(iter(in_force or told), None)


def _only_of_it(reading: Reading) -> bool:
    """Whether nothing is asked but what the card of a document tells."""
    if reading.has("head", "draft"):
        return True
    person = reading.has("aspect", "issuer", "signer")
    asks = (one for one in _ASKS if one != "which" or not (person and reading.has("kind", "official")))
    more = reading.has("head", *_HEADS) or reading.has("asks", *asks)
    more = more or (reading.has("asks", "who") and not person)
    more = more or any(not span.means("aspect", *_CARD, "in_force") for span in reading.of("aspect"))
    phrases = any(span.end - span.start > 1 for span in reading.residue)
    return not (more or phrases or any(span.slot in _MATTER for span in reading.spans))
