"""What a claim says of documents: their numbers, dates, issuers and subjects, and how they stand to each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from knowledge.answering.library import Library
from knowledge.answers.claim_days import DATES, DAY_CODE, beside, day_before, nearest, right_before
from knowledge.answers.claim_offices import issued_by, makers, name_behind, signs, submits
from knowledge.answers.claim_sheet import Sheet
from knowledge.answers.claim_words import typed
from knowledge.finding.wanted import NATION
from knowledge.language.spans import IDLE, Reading, Span
from knowledge.reading.question import Question
from knowledge.records import Document
from knowledge.text import fold, words

_TERM = re.compile(r"\d{4}-\d{4}")
_ACTS = {"amended": "amends", "replaced": "replaces", "repealed": "replaces"}
_BACK = {"amends": "amended_by", "replaces": "replaced_by"}
_NO_SUBJECT = ("asks", "aspect", "document", "joint", "period", "number", "amount", "talk")
"""Slots of words that end what a document is said to be about."""
_LEAST_SUBJECT = 2

Named = Sequence[tuple[Span, Document]]
"""The documents of a claim, each with the words that name it, in their order."""


class DocumentClaims:
    """Holds claims against the documents of one library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._levelled = {level.activity for level in library.base.levels.values()}
        self._issuers = {fold(one.issuer): one.issuer for one in library.base.documents.values()}
        self._signs = {
            fold(row.phrase) for row in library.base.lexicon if (row.slot, row.value) == ("aspect", "signer")
        }

    def named(self, question: Question, sheet: Sheet) -> Named:
        """The documents that a claim names; those that are not held are entered as unchecked."""
        reading = question.reading
        local = reading.has("document") and any(one.id in self._library.provinces for one in question.regions)
        slots = ("document",) if local else ("document", "document_name")  # a province has its own programme
        found = []
        for span in (one for one in reading.spans if one.slot in slots):
            sheet.taken |= set(range(span.start, span.end))
            document = self._document(reading, span, sheet)
            found += [(span, document)] if document is not None else []
        return found

    def fill(self, sheet: Sheet, named: Named) -> None:
        """Enter what a claim says of the documents that it names."""
        sheet.documents = tuple(dict.fromkeys(document for _, document in named))
        lead = named[0][1]
        self._dates(sheet, named)
        self._issuers_of(sheet, named)
        self._related(sheet, named)
        _status(sheet, lead)
        for span, document in named:
            self._subject(sheet, span, document)

    def term_of(self, document: Document) -> dict[str, str]:
        """The place and the years of the programme that a document decides, for which it aims at numbers; else nothing."""
        terms = _TERM.findall(document.title.replace("–", "-"))
        issuer = fold(document.issuer)
        provinces = (one.id for one in self._library.base.regions.values() if one.kind == "province")
        place = (one for one in provinces if fold(self._library.base.regions[one].name) in issuer)
        slots = {"region": next(place, NATION), "period": "".join(terms), "measure": "target"}
        return slots if len(terms) == 1 else {}

    def _document(self, reading: Reading, span: Span, sheet: Sheet) -> Document | None:
        """The document that a number or a name means; one that is a slip away only where its date was said too."""
        if span.slot == "document_name":
            return self._library.base.documents.get(span.value)
        number, year, kind = span.value.split("/")
        year = year if year in span.text.split() else ""  # else of a day that may be wrong
        found = self._library.documents.find(int(number), year, kind) if number.isdigit() else None
        exact = found.exact[0] if found is not None and found.exact else None
        if exact is not None and _of_its_letters(span, exact):
            return exact
        near = found.near if found is not None else ()
        meant = exact or _slipped(reading, near, number, year, kind)
        right = f"{meant.kind} {meant.number}" if meant else ""
        said = _written(typed(reading, span.start, span.end))
        sheet.hold("document", span.start, span.end, right, same=False if meant else None, said=said)
        return meant

    def _dates(self, sheet: Sheet, named: Named) -> None:
        """Days, and years right behind a word for one, each of what the nearest such word says; a day before the name of a
        document that another one amends or replaces is of that other."""
        reading = sheet.reading
        acting = _acting(reading, named)
        aspects = [span for span in reading.spans if span.means("aspect", *DATES)]
        dates = reading.of("period")
        if acting is not named and not aspects:
            _acted_on(sheet, acting[0][1], dates)
            return
        for span in dates:
            if not _tells_when(span, aspects):
                continue
            led_by = any(beside(reading, one, span) for one, _ in named)
            if not (aspects or led_by):
                continue  # the day for which a rule is asked
            others = [one for one in dates if one is not span]
            own = [one for one in aspects if not any(right_before(one, other) for other in others)]
            kind, field = DATES[nearest(reading, span, own)]
            right = getattr(_owner(span, acting), field)
            same = right.startswith(span.value) or (kind == "until" and day_before(span.value) == right)
            sheet.hold(kind, span.start, span.end, right, same=same if right else None)

    def _issuers_of(self, sheet: Sheet, named: Named) -> None:
        """An office that is named as the one who issued a document, or an official as who signed it on a day."""
        reading = sheet.reading
        for span in makers(reading):
            right = _owner(span, named).issuer
            issuer = fold(right)
            office = span.means("kind", "office") or span.text in self._issuers
            before = next((one for one in reading.of("kind", "official") if one.end == span.start), None)
            start = before.start if before and office else span.start
            claimed = " ".join(word.text for word in reading.words[start : span.end])
            same = issued_by(_owner(span, named), claimed)
            known = same or self._is_known(claimed)
            if same and submits(reading, span):
                continue
            if end := name_behind(reading, span):
                signer = self._signer_of(_owner(span, named))
                same = fold(signer) == " ".join(word.text for word in reading.words[start:end])
                sheet.hold("signer", start, end, signer, same=same if signer else None)
            elif right and office and known:
                said = self._issuers.get(claimed, "")
                sheet.hold("issuer", start, span.end, right, same=same, said=said)
            elif right and signs(reading, span) and issuer.split()[0] not in span.text.split():
                owner = _owner(span, named)
                same = span.text in fold(f"{owner.about} {owner.note}")
                sheet.hold("issuer", start, span.end, right, same=same, used=False)

    def _is_known(self, claimed: str) -> bool:
        """Whether some document is of an office of several words."""
        return " " in claimed and any(claimed in one for one in self._issuers)

    def _signer_of(self, document: Document) -> str:
        """Who signed a document, by its note; empty where that tells nobody."""
        told = (one.partition(": ") for one in document.note.split(". "))
        return next((who.partition(" (")[0] for head, _, who in told if fold(head) in self._signs), "")

    def _related(self, sheet: Sheet, named: Named) -> None:
        """Documents that amend or replace the first one named, or are amended or replaced by it."""
        reading, (first_span, first) = sheet.reading, named[0]
        verb: Span | None = None
        others = [one for one in named[1:] if one[1].id != first.id]
        for span, other in others:
            verbs = [one for one in reading.spans if _is_act(one) and one.start >= first_span.end]
            before = [one for one in verbs if one.end <= span.start]
            verb = before[-1] if before else next(iter(verbs), None)
            if verb is None or _of_draft(reading, first_span.end, verb.start):
                return  # of a draft, not of the first document
            passive = verb.means("aspect", "amended_by", "replaced_by") or not before
            act = next((_ACTS[one] for one in _ACTS if verb.means("aspect", one)), "replaces")
            turned = (span, verb, first_span) if not before else (first_span, verb, span)
            said = " ".join(_written(typed(reading, one.start, one.end)) for one in turned)
            pair = (other, first) if passive else (first, other)
            kind, right, same = self._relation(act, *pair)
            sheet.hold(kind, verb.start, verb.end, right, same=same, said=said)

    def _relation(self, act: str, actor: Document, other: Document) -> tuple[str, str, bool | None]:
        """Whether one document does to another what is said; else what it does, or to which documents it does that."""
        held = _between(actor, other) or _BACK.get(_between(other, actor), "")
        if held:
            return "relation", held, held == act
        rows = [self._library.base.documents[one] for one in getattr(actor, act)]
        told = [one.number for one in rows if one.number and (act == "replaces" or one.number in actor.title)]
        return (act, ", ".join(told), False) if told else ("relation", "", None)

    def _subject(self, sheet: Sheet, named: Span, document: Document) -> None:
        """What a document is said to be about, right behind its name: right where its title says so, wrong where only that
        of another document does."""
        behind = [one for one in sheet.reading.spans if one.start >= named.end]
        told = self._subject_of(behind)
        said = {word for one in told for word in one.text.split()}
        if len(said) < _LEAST_SUBJECT:
            return
        start, end, own = told[0].start, told[-1].end, _about(document)
        own_words = (one for one in told if own.issuperset(one.text.split()) or sheet.reading.has("amount"))
        alike = {word for one in own_words for word in one.text.split()} & own
        term = next((one for one in behind if one.start == end and _TERM.fullmatch(one.value)), None)
        terms = _TERM.findall(f"{document.title} {document.about}".replace("–", "-"))
        if term is not None and terms:
            sheet.hold("topic", start, term.end, document.title, same=term.value in terms)
        elif said <= own:
            sheet.hold("topic", start, end, "", same=True)
        elif len(alike) * 2 < len(said) and self._of_another(said):
            whole = typed(sheet.reading, named.start, end)
            sheet.hold("topic", start, end, document.title, same=False, said=whole)

    def _subject_of(self, behind: Sequence[Span]) -> list[Span]:
        """The words that tell what a document is about; none where they name an activity of which it tells how much."""
        subject = list(takewhile(_may_tell, behind))
        if any(one.slot == "number" for one in behind[len(subject) :][:1]):
            return []
        amounts = any(one.slot in ("amount", "number") for one in behind)
        if amounts and any(one.slot == "activity" and one.value in self._levelled for one in subject):
            return []
        first = bool(subject) and subject[0].means("head", "document")
        return [one for one in subject[first:] if one.slot not in IDLE]

    def _of_another(self, said: set[str]) -> bool:
        """Whether a document is about what is said."""
        return any(said <= _about(one) for one in self._library.base.documents.values())


def _of_its_letters(span: Span, document: Document) -> bool:
    """Whether the letters behind a number, where some are said, are those of the document ("66/2026/TT-BCT")."""
    said = words(span.text)
    digits = max((at for at, word in enumerate(said) if word.isdecimal()), default=len(said))
    return set(said[digits + 1 :]) <= set(words(fold(document.number)))


def _slipped(
    reading: Reading, near: Sequence[Document], number: str, year: str, kind: str
) -> Document | None:
    """The one document that a wrong number means: by a day that is said too, else by the same digits and kind."""
    days = {one.value for one in reading.of("period") if DAY_CODE.fullmatch(one.value)}
    dated = [one for one in near if one.issued_on in days or (days and year == one.issued_on[:4])]
    same = [one for one in near if one.number.split("/")[0] == number]
    of_kind = kind.partition("-")[0] in words(fold(same[0].number)) if same and kind else bool(year)
    meant = dated if len(dated) == 1 else same if of_kind else []
    return meant[0] if len(meant) == 1 else None


def _status(sheet: Sheet, lead: Document) -> None:
    """That a document is in force, or no longer; a date that is told says that by itself."""
    periods = sheet.reading.of("period")
    span = next((one for one in sheet.reading.spans if one.means("aspect", "expired", "in_force")), None)
    if span is None or any(DAY_CODE.fullmatch(one.value) or one.value.isdecimal() for one in periods):
        return
    over = lead.status == "superseded" or bool(lead.in_force_to)
    known = lead.status in ("in_force", "amended", "superseded")
    same = over == span.means("aspect", "expired") if known else None
    sheet.hold("status", span.start, span.end, lead.status, same=same)


def _is_act(span: Span) -> bool:
    """Whether a word says that one document amends or replaces another."""
    return span.means("aspect", *_ACTS) or span.means("function", "replaces")


def _tells_when(span: Span, aspects: Sequence[Span]) -> bool:
    """Whether a time is a day, or a year right behind a word for what happened then."""
    led = any(right_before(one, span) for one in aspects)
    return bool(DAY_CODE.fullmatch(span.value)) or (led and span.value.isdecimal())


def _of_draft(reading: Reading, start: int, end: int) -> bool:
    """Whether a draft is named among words `start` to `end`."""
    return any(start <= one.start < end for one in reading.spans if one.means("head", "draft"))


def _acted_on(sheet: Sheet, acting: Document, dates: Sequence[Span]) -> None:
    """Days of which nothing is said but that a document amends or replaces another: since when it is in force."""
    right = acting.in_force_from
    for span in (one for one in dates if DAY_CODE.fullmatch(one.value)):
        sheet.hold("since", span.start, span.end, right, same=span.value == right if right else None)


def _acting(reading: Reading, named: Named) -> Named:
    """The documents, the second one first where a word behind both says that it amends or replaces the first."""
    passive = len(named) > 1 and any(_is_act(one) and one.start >= named[1][0].end for one in reading.spans)
    between = any(_is_act(one) and one.end <= named[-1][0].start for one in reading.spans)
    return (*named[1:], *named[:1]) if passive and not between else named


def _between(one: Document, other: Document) -> str:
    """What a document does to another; empty for nothing."""
    if other.id in one.amends:
        return "amends"
    return "replaces" if other.id in one.replaces or one.id in other.replaced_by else ""


def _may_tell(span: Span) -> bool:
    """Whether a word may tell what a document is about."""
    apart = span.means("kind", "office", "official") or span.means("measure", "target")
    return span.slot not in _NO_SUBJECT and not apart


def _written(said: str) -> str:
    """What was typed of a document with its number in capitals, as numbers are written."""
    return " ".join(word.upper() if "/" in word else word for word in said.split())


def _about(document: Document) -> set[str]:
    """The words of what a document is about."""
    return set(words(fold(f"{document.title} {document.about}")))


def _owner(span: Span, named: Named) -> Document:
    """The document right before what is said of one, else the first."""
    return next((one for at, one in reversed(named) if at.end <= span.start <= at.end + 1), named[0][1])
