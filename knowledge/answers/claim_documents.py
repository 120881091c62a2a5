"""What a claim says of a document: its number, its dates, who issued it, and how it stands to another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile

from knowledge.answering.library import Library
from knowledge.answers.claim_words import is_break, typed, within
from knowledge.language.spans import IDLE, Reading, Span
from knowledge.reading.question import Question
from knowledge.records import Document, Outcome, Part
from knowledge.text import fold, words

DAY_CODE = re.compile(r"\d{4}-\d\d-\d\d")
_TERM = re.compile(r"\d{4}-\d{4}")
_DATES = {
    "expired": ("until", "in_force_to"),
    "since": ("since", "in_force_from"),
    "validity": ("since", "in_force_from"),
    "in_force": ("since", "in_force_from"),
    "issued": ("issued", "issued_on"),
    "signer": ("issued", "issued_on"),
}
"""Aspect → the kind of part that a date beside it is, and the field of a document that holds it."""
_NO_SUBJECT = ("asks", "aspect", "document", "joint", "period", "number", "amount", "talk")
"""Slots of words that end what a document is said to be about."""
_LEAST_SUBJECT = 2
_ACTS = {"amended": "amends", "replaced": "replaces"}
_REVERSED = {"amends": "amended_by", "replaces": "replaced_by"}


@dataclass(frozen=True, slots=True)
class DocumentsChecked:
    """The documents of a claim, its parts, and the words that they explain."""

    documents: tuple[Document, ...]
    parts: tuple[Part, ...]
    taken: frozenset[int]


class DocumentClaims:
    """Checks claims against the documents of one library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        issuers = (document.issuer for document in library.base.documents.values())
        self._levelled = {level.activity for level in library.base.levels.values()}
        self._issuers = {fold(issuer): issuer for issuer in issuers}

    def check(self, question: Question) -> DocumentsChecked | None:
        """The parts of a claim that speak of a document; None where it names none."""
        reading = question.reading
        spans = [span for span in reading.spans if span.slot in ("document", "document_name")]
        if reading.has("document") and any(place.id in self._library.provinces for place in question.regions):
            spans = [span for span in spans if span.slot == "document"]  # a province has its own programme
        if not spans:
            return None
        parts: list[Part] = []
        taken = {at for span in spans for at in range(span.start, span.end)}
        found: list[tuple[Span, Document]] = []
        for span in spans:
            document, part = self._document(question, span)
            if part is not None:
                parts.append(part)
            if document is not None:
                found.append((span, document))
        if not found:
            return DocumentsChecked((), tuple(parts), frozenset(taken))
        lead = found[0][1]
        for part, used in self._parts(reading, lead, found):
            parts.append(part)
            taken |= used
        documents = tuple(dict.fromkeys(document for _, document in found))
        return DocumentsChecked(documents, tuple(parts), frozenset(taken))

    def _document(self, question: Question, span: Span) -> tuple[Document | None, Part | None]:
        """The document that a number or a name means; one that is a slip away only where its date was said too."""
        said = _written(typed(question.reading, span.start, span.end))
        if span.slot == "document_name":
            return self._library.base.documents.get(span.value), None
        number, year, kind = span.value.split("/")
        if not number.isdigit():
            return None, Part("document", said, "unknown")
        days = {one.value for one in question.reading.of("period") if DAY_CODE.fullmatch(one.value)}
        searched = self._library.documents.find(int(number), year, kind)
        if searched.exact:
            return searched.exact[0], None
        near = [
            one
            for one in searched.near
            if one.issued_on in days or (year and one.issued_on[:4] == year and days)
        ]
        if len(near) == 1:
            return near[0], Part("document", said, "differs", near[0].number)
        same = [one for one in searched.near if one.number.split("/")[0] == number]
        of_kind = kind.partition("-")[0] in words(fold(same[0].number)) if same and kind else bool(year)
        if len(same) == 1 and of_kind:
            return same[0], Part("document", said, "differs", " ".join((same[0].kind, same[0].number)))
        return None, Part("document", said, "unknown")

    def _parts(
        self, reading: Reading, lead: Document, found: Sequence[tuple[Span, Document]]
    ) -> Iterator[tuple[Part, set[int]]]:
        yield from self._dates(reading, lead, found)
        yield from self._issuer(reading, lead)
        yield from self._signer(reading, lead)
        yield from self._relation(reading, found)
        yield from self._status(reading, lead)
        for span, document in found:
            yield from self._subject(reading, span, document)

    def _subject(self, reading: Reading, named: Span, document: Document) -> Iterator[tuple[Part, set[int]]]:
        """What a document is said to be about, right behind its name: right where its title says so, wrong where only that
        of another document does."""
        behind = [one for one in reading.spans if one.start >= named.end]
        told = self._subject_of(behind)
        said = {word for one in told for word in one.text.split()}
        if len(said) < _LEAST_SUBJECT:
            return
        start, end = told[0].start, told[-1].end
        part = Part("topic", typed(reading, start, end), "match")
        last = next((one for one in behind if one.start == end and _TERM.fullmatch(one.value)), None)
        terms = _TERM.findall(f"{document.title} {document.about}".replace("–", "-"))
        own = _about(document)
        if last is not None and terms:
            said_whole = typed(reading, start, last.end)
            outcome: Outcome = "match" if last.value in terms else "differs"
            yield Part("topic", said_whole, outcome, document.title), set(range(start, last.end))
        elif said <= own:
            yield part, set(range(start, end))
        elif len(said & own) * 2 < len(said) and self._of_another(said):
            said_whole = typed(reading, named.start, end)
            yield Part("topic", said_whole, "differs", document.title), set(range(start, end))

    def _subject_of(self, behind: Sequence[Span]) -> list[Span]:
        """The words that tell what a document is about; none where they name an activity of which it tells something."""
        subject = list(takewhile(_may_tell, behind))
        if any(one.slot == "activity" and one.value in self._levelled for one in subject):
            return []
        first = bool(subject) and subject[0].means("head", "document")
        return [one for one in subject[first:] if one.slot not in IDLE]

    def _of_another(self, said: set[str]) -> bool:
        """Whether a document is about what is said."""
        return any(said <= _about(one) for one in self._library.base.documents.values())

    def _dates(
        self, reading: Reading, lead: Document, found: Sequence[tuple[Span, Document]]
    ) -> Iterator[tuple[Part, set[int]]]:
        aspects = [span for span in reading.spans if span.means("aspect", *_DATES)]
        dates = reading.of("period")
        for span in dates:
            behind = any(_right_before(one, span) for one in aspects)
            others = [one for one in dates if one is not span]
            own = [one for one in aspects if not any(_right_before(one, other) for other in others)]
            if not (DAY_CODE.fullmatch(span.value) or (behind and span.value.isdecimal())):
                continue
            name, held = _DATES[_nearest(reading, span, own)]
            right = getattr(_owner(span, found, lead), held)
            same = right.startswith(span.value) or (name == "until" and _day_before(span.value) == right)
            outcome: Outcome = "unknown" if not right else "match" if same else "differs"
            said = typed(reading, span.start, span.end)
            yield Part(name, said, outcome, right), set(range(span.start, span.end))

    def _issuer(self, reading: Reading, lead: Document) -> Iterator[tuple[Part, set[int]]]:
        """An office that is named as the one who issued or signed a document."""
        for span in reading.of("kind", "office", "official"):
            if not span.means("kind", "office") and span.text not in self._issuers:
                continue
            before = next((one for one in reading.of("kind", "official") if one.end == span.start), None)
            start = before.start if before else span.start
            claimed = " ".join(word.text for word in reading.words[start : span.end])
            issuer = fold(lead.issuer)
            same = issuer == claimed or issuer.startswith(claimed) or claimed.endswith(issuer)
            same = same or f", {claimed}" in issuer
            if not issuer or not (same or (" " in claimed and any(claimed in one for one in self._issuers))):
                continue
            yield (
                Part(
                    "issuer",
                    self._issuers.get(claimed) or typed(reading, start, span.end),
                    "match" if same else "differs",
                    lead.issuer,
                ),
                set(range(start, span.end)),
            )

    def _signer(self, reading: Reading, lead: Document) -> Iterator[tuple[Part, set[int]]]:
        """An official without an office, as the one who signed on a day, where the issuer is led by none such."""
        for span in reading.of("kind", "official"):
            day = next((one for one in reading.of("period") if one.start >= span.end), None)
            office = any(one.start == span.end for one in reading.of("kind", "office"))
            if day is None or office or not lead.issuer or not DAY_CODE.fullmatch(day.value):
                continue
            _, end = within(reading, span.start, span.end)
            if day.start < end and fold(lead.issuer).split()[0] != span.text.split()[0]:
                yield Part("issuer", typed(reading, span.start, span.end), "differs", lead.issuer), set()

    def _relation(
        self, reading: Reading, found: Sequence[tuple[Span, Document]]
    ) -> Iterator[tuple[Part, set[int]]]:
        """One document that amends or replaces another."""
        if len(found) < 2 or found[0][1].id == found[1][1].id:
            return
        (first_span, first), (second_span, second) = found[:2]
        verbs = (one for one in reading.spans if one.means("aspect", *_ACTS) and one.start >= first_span.end)
        verb = next(verbs, None)
        if verb is None or any(one.end == verb.start and one.means("head", "draft") for one in reading.spans):
            return  # of a draft, not of the first document
        passive = verb.means("aspect", "amended_by", "replaced_by") or verb.start >= second_span.end
        actor, object_ = (second, first) if passive else (first, second)
        act = next(_ACTS[one] for one in _ACTS if verb.means("aspect", one))
        said = " ".join(
            _written(typed(reading, one.start, one.end)) for one in (first_span, verb, second_span)
        )
        yield self._related(said, act, actor, object_), set(range(verb.start, verb.end))

    def _related(self, said: str, act: str, actor: Document, other: Document) -> Part:
        """Whether one document does to another what is said; else what it does, or to which it does that."""
        held = self._between(actor, other) or _REVERSED.get(self._between(other, actor), "")
        if held:
            return Part("relation", said, "match" if held == act else "differs", held)
        amended = [self._library.base.documents.get(one) for one in actor.amends]
        titled = [one.number for one in amended if one and one.number in actor.title]
        if act == "amends" and titled:
            return Part("amends", said, "differs", titled[0])
        return Part("relation", said, "unknown")

    def _between(self, one: Document, other: Document) -> str:
        if other.id in one.amends:
            return "amends"
        return "replaces" if other.id in one.replaces or one.id in other.replaced_by else ""

    def _status(self, reading: Reading, lead: Document) -> Iterator[tuple[Part, set[int]]]:
        """That a document is in force, or no longer; a date that is told says that by itself."""
        dated = any(DAY_CODE.fullmatch(one.value) or one.value.isdecimal() for one in reading.of("period"))
        span = next((one for one in reading.spans if one.means("aspect", "expired", "in_force")), None)
        if span is None or dated:
            return
        over = lead.status == "superseded" or bool(lead.in_force_to)
        outcome: Outcome = "match" if over == span.means("aspect", "expired") else "differs"
        if lead.status not in ("in_force", "amended", "superseded"):
            outcome = "unknown"
        said = typed(reading, span.start, span.end)
        yield Part("status", said, outcome, lead.status), set(range(span.start, span.end))


def _may_tell(span: Span) -> bool:
    """Whether a word may tell what a document is about."""
    return span.slot not in _NO_SUBJECT and not span.means("kind", "office", "official")


def _written(said: str) -> str:
    """What was typed of a document with its number in capitals, as numbers are written."""
    return " ".join(word.upper() if "/" in word else word for word in said.split())


def _about(document: Document) -> set[str]:
    """The words of what a document is about."""
    return set(words(fold(f"{document.title} {document.about}")))


def _day_before(code: str) -> str:
    """The day before a day: the last of what ends "from" it; empty for another time."""
    return (date.fromisoformat(code) - timedelta(days=1)).isoformat() if DAY_CODE.fullmatch(code) else ""


def _right_before(aspect: Span, date: Span) -> bool:
    return aspect.end <= date.start <= aspect.end + 1


def _nearest(reading: Reading, span: Span, aspects: Sequence[Span]) -> str:
    """What a date is of: the word for it that stands nearest, in its clause if there is one."""
    best: tuple[float, str] | None = None
    for one in aspects:
        before = one.end <= span.start
        distance = float(span.start - one.end if before else one.start - span.end + 0.5)
        low, high = (one.end, span.start) if before else (span.end, one.start)
        distance += 10 * sum(is_break(reading, at) for at in range(low, high + 1))
        kind = next(name for name in _DATES if one.means("aspect", name))
        if best is None or distance < best[0]:
            best = (distance, kind)
    return best[1] if best else "issued"


def _owner(span: Span, found: Sequence[tuple[Span, Document]], lead: Document) -> Document:
    """The document named last before a date that has a date of its own to be held against; else the first."""
    return (
        lead if len(found) < 2 else next((doc for at, doc in reversed(found) if at.end == span.start), lead)
    )
