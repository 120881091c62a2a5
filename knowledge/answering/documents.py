"""Questions that name a document by its number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from knowledge.answering.entries import EntryAnswers
from knowledge.answering.library import Library
from knowledge.dialogue import Context
from knowledge.finding.answer import document_answer, sources_for
from knowledge.finding.documents import KINDS
from knowledge.finding.entries import Match
from knowledge.finding.versions import applied
from knowledge.language.spans import IDLE, Reading, Span
from knowledge.reading import slots
from knowledge.reading.question import Question
from knowledge.records import Answer, Choice, Document, Note
from knowledge.telling.names import DOCUMENT_KINDS
from knowledge.text import fold
from knowledge.thresholds import THRESHOLDS

OF_A_DOCUMENT = (
    "issuer",
    "signer",
    "clauses",
    "issued",
    "since",
    "replaced",
    "replaced_by",
    "amended",
    "amended_by",
    "validity",
    "in_force",
    "expired",
)
"""Aspects that the card of a document tells."""
MOST_SHOWN = 3
"""Cards in one answer."""
SHORT = 10
"""Words of a message that goes on about a document."""
_SAME_RULE = 0.15
"""An entry in force that fits within this much is told before one that has ended."""
_SAME_MATTER = 0.6
"""From here on an entry speaks of what is asked of a document that there is not."""
_MOST_OF_SCOPE = 2
"""Documents of the same matter that are named."""
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
_PHRASE = 2
"""Unknown words in a row that are a phrase."""


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
            dated = any(one.means("asks", "when") for one in beside)
            yield "since" if aspect == "validity" and dated else aspect, span


class DocumentAnswers:
    """Documents of one library, by number."""

    def __init__(self, library: Library, entries: EntryAnswers) -> None:
        self._library = library
        self._tell_entry = entries.tell

    def continued(self, question: Question, context: Context, today: date) -> tuple[Answer, Context] | None:
        """A short message that asks on about the document just shown."""
        document = self._library.base.documents.get(context.ids[0]) if context.ids else None
        if document is None or context.route != "document" or len(question.reading.words) > SHORT:
            return None
        return (
            (document_answer(self._library.base, (document,), today), context)
            if _only_of_it(question.reading)
            else None
        )

    def answer(self, question: Question, today: date) -> tuple[Answer, Context]:
        """The document, an entry that cites it where more was asked, or what has nearly that number."""
        ref = question.documents[0]
        found = self._library.documents.find(ref.number, ref.year, ref.kind)
        if not found.exact:
            near = dict.fromkeys((*self._of_scope(question, ref, found.near), *found.near))
            return self._none(ref, tuple(near)[:MOST_SHOWN], today)
        if doers := self._doers(question.reading, ref.number, {document.id for document in found.exact}):
            return self._shown(doers, today)
        if not _only_of_it(question.reading) and (entry := self._citing(question, found.exact, today)):
            return self._tell_entry(self._library.base.entries[entry.id], question, today)
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
        return self._shown(shown, today, *notes)

    def _shown(self, documents: list[Document], today: date, *notes: Note) -> tuple[Answer, Context]:
        rows = list({one.id: one for one in documents}.values())[:MOST_SHOWN]
        context = Context(route="document", ids=tuple(one.id for one in rows))
        return document_answer(self._library.base, rows, today, notes), context

    def _none(
        self, ref: slots.DocumentRef, near: tuple[Document, ...], today: date
    ) -> tuple[Answer, Context]:
        """That no document has the number, with those that nearly have it."""
        number = f"{ref.number}/{ref.year}" if ref.year else str(ref.number)
        names = [f"{one.kind} {one.number}" for one in near]
        answer = Answer(
            status="no_answer",
            kind="document",
            as_of=today,
            documents=near,
            gaps=(
                Note(
                    "no_document",
                    {"kind": DOCUMENT_KINDS.get(ref.kind, DOCUMENT_KINDS[""]), "number": number},
                ),
            ),
            choices=tuple(Choice(name, name) for name in names),
            sources=sources_for(self._library.base, [source for one in near for source in one.sources]),
        )
        return answer, Context(route="document", ids=tuple(one.id for one in near))

    def _of_scope(
        self, question: Question, ref: slots.DocumentRef, near: tuple[Document, ...]
    ) -> list[Document]:
        """The newest documents of the kind that is named on which the entry rests that fits what else is asked; none where
        one of this kind has the number in another year."""
        same = (
            KINDS.get(fold(one.kind)) == ref.kind for one in near if one.number.startswith(f"{ref.number}/")
        )
        matches = [] if any(same) else self._library.entries.search(question.clean, limit=1)
        if not matches or matches[0].score < _SAME_MATTER:
            return []
        entry, documents = self._library.base.entries[matches[0].id], self._library.base.documents
        rows = [documents[one] for line in entry.basis if (one := line.split(":")[0]) in documents]
        rows = [one for one in rows if KINDS.get(fold(one.kind)) == ref.kind and one.status != "draft"]
        return sorted(rows, key=lambda one: one.issued_on, reverse=True)[:_MOST_OF_SCOPE]

    def _doers(self, reading: Reading, number: int, ids: set[str]) -> list[Document]:
        """The documents of the kind that is asked which amended, replaced, detailed or submitted the one that is named."""
        named = min((span.start for span in reading.of("document")), default=0)
        before = Reading("", reading.words, tuple(span for span in reading.spans if span.end <= named))
        did = next(iter(before.of("aspect", "amended", "replaced", "details")), None)
        kinds = (
            *before.of("asks", "which_document"),
            *before.of("head", "document"),
            *before.of("aspect", "details"),
        )
        if did is None or not kinds or kinds[0].start > did.start or reading.has("head", "draft"):
            return []
        replaces = did.means("aspect", "replaced")
        return [
            one
            for one in self._library.base.documents.values()
            if kinds[0].text.startswith(fold(one.kind))
            and one.id not in ids
            and one.status != "draft"
            and (
                ids & set(one.replaces if replaces else one.amends)
                or (not replaces and not one.amends and f"{number}/" in f"{one.title} {one.basis}")
            )
        ]

    def _citing(self, question: Question, found: tuple[Document, ...], today: date) -> Match | None:
        """The entry that rests on one of these documents and fits what else is asked; one in force before one that ended,
        unless a time is named."""
        entries, ids = self._library.base.entries, {document.id for document in found}
        within = frozenset(
            one.id for one in entries.values() if any(line.split(":")[0] in ids for line in one.basis)
        )
        matches = self._library.entries.search(question.clean, within=within)
        if matches and not question.periods.found:
            near = [one for one in matches if one.score >= matches[0].score - _SAME_RULE]
            matches = [one for one in near if applied(entries[one.id], today)] or matches
        best = matches[0] if matches else None
        return best if best and best.score >= THRESHOLDS.document_entry else None


def _only_of_it(reading: Reading) -> bool:
    """Whether nothing is asked but what the card of a document tells."""
    aspects = [span for span in reading.of("aspect") if not span.means("aspect", *OF_A_DOCUMENT)]
    phrases = [span for span in reading.residue if span.end - span.start >= _PHRASE]
    if reading.has("head", "draft"):
        return True
    person = reading.has("aspect", "issuer", "signer")
    who = reading.has("asks", "who") and not person
    asks = (one for one in _ASKS if one != "which" or not (person and reading.has("kind", "official")))
    more = reading.has("head", *_HEADS) or reading.has("asks", *asks) or who or aspects or phrases
    return not (more or any(span.slot in _MATTER for span in reading.spans))
