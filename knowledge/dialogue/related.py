"""What a follow-up means by what was told: a document beside it, another conference, the province that one went into."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from knowledge.base import KnowledgeBase
from knowledge.dialogue.about import ids_of
from knowledge.dialogue.ledger import years_moved
from knowledge.dialogue.state import Context
from knowledge.finding.answer import sources_for
from knowledge.language.editions import edition_in
from knowledge.language.spans import IDLE, Reading
from knowledge.reading.question import Question
from knowledge.records import Answer, Document, Region
from knowledge.text import fold, words

RELATIONS = ("amended", "replaced")
_OF_DOCUMENTS = frozenset({"document", "policy", "support"})
_ASKED = ("issued", "issuer", "since", "validity")
_BESIDE = frozenset({"asks", "reference", "head", "order", "talk", "joint", "unknown"})
"""Slots that may stand beside what is asked of a document."""
_OF_PLACES = frozenset({"region", "asks", "reference", "kind", "talk", "joint", "unknown", "division"})
_OF_AN_OFFICE = frozenset({"region", "reference", "asks", "aspect", "kind", "talk", "joint", "unknown"})
"""Slots of a message that asks who is in charge in a place."""
MERGED, JOINED = "merged", "joined"
"""Aspects of answers on the province that one went into, and on those that one was joined from."""


class Related:
    """Finds what stands in a relation to what was told, in one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self._moves = years_moved(base)
        counted = (one for row in base.events.values() for one in row.participants if one[:1].isdigit())
        self._counted = {words(fold(one))[1] for one in counted}
        """What events are told the number of: provinces, stands."""

    def document(self, reading: Reading, context: Context) -> str:
        """The kind and number of the one document that is meant; empty where none is, or several are."""
        told = [one for one in ids_of(context.told, "d") if one in self._base.documents]
        relation = next((one for one in RELATIONS if reading.has("aspect", one)), "")
        aspects = [one for one in _ASKED if reading.has("aspect", one)]
        asked = bool(aspects) or bool(relation)
        held = bool(relation) and reading.has("reference", "pronoun")  # "does it replace the other?"
        if not told or not asked or context.frame not in _OF_DOCUMENTS or not _only_asks(reading, held=held):
            return ""
        lead = self._lead(told, reading, context)
        if lead is None:
            return ""
        beside = relation and not held and (aspects or reading.has("asks", "when", "who"))
        found = self._beside(lead, relation) if beside else [lead]
        return f"{found[0].kind} {found[0].number}" if len(found) == 1 else ""

    def amending(self, reading: Reading, told: Iterable[str]) -> list[str]:
        """What amends the first document of what was told, where that is asked for: the next message is about it."""
        first = next(iter(ids_of(told, "d")), "")
        return (
            [row.id for row in self._base.documents.values() if first in row.amends]
            if (reading.has("aspect", "amended_by"))
            else []
        )

    def _lead(self, told: list[str], reading: Reading, context: Context) -> Document | None:
        """The document that is spoken of among those that were told: the one of which an entry tells, or that was named."""
        documents = self._base.documents
        if len(told) > 1 and reading.has("reference", "next"):
            return documents[told[1]]
        if context.frame == "document" or len(set(told)) < len(told):  # one was asked about since
            return documents[told[0]]
        entries = [self._base.entries[one] for one in ids_of(context.told, "e") if one in self._base.entries]
        first = f"{entries[0].title} {entries[0].body.partition(chr(10))[0]}" if entries else ""
        named = [documents[one] for one in told if documents[one].number and documents[one].number in first]
        named.sort(key=lambda row: first.find(row.number))
        if not named and reading.has(
            "aspect", "validity", "since"
        ):  # of what the rule rests on, doubtful ones first
            rows = [documents[one] for one in told]
            return next((row for row in rows if row.status in ("needs_check", "superseded")), rows[0])
        return named[0] if named else None

    def _beside(self, own: Document, relation: str) -> list[Document]:
        """The documents that did this to a document; where none did, those to which it did so."""
        documents = self._base.documents
        if relation == "amended":
            by = [row for row in documents.values() if own.id in row.amends]
            to = own.amends
        else:
            by = [documents[one] for one in own.replaced_by if one in documents]
            to = own.replaces
        return by or [documents[one] for one in to if one in documents]

    def event(self, question: Question, context: Context) -> str:
        """The name of the event of the kind and region told last that has the edition which is named."""
        told = [one for one in ids_of(context.told, "v") if one in self._base.events]
        reading = question.reading
        if context.frame != "event" or not told or reading.has("head", "event"):
            return ""
        last = self._base.events[told[0]]
        edition = edition_in(reading.kept)
        moved = (self._moves.get(fold(span.text), 0) for span in reading.of("period"))
        by = reading.has("reference", "next") - reading.has("reference", "previous") or next(moved, 0)
        if edition is None and by and last.edition:
            edition = int(last.edition) + by
        rows = self._base.events.values()
        alike = [row for row in rows if (row.kind, row.region) == (last.kind, last.region)]
        return next((row.name for row in alike if row.edition and int(row.edition) == edition), "")

    def name_of(self, region: str) -> str:
        """The name of a region."""
        return self._base.regions[region].name

    def province_asked(self, reading: Reading, context: Context) -> str:
        """The province, named or told of last, where nothing is asked but who does khuyến công there; else empty."""
        office = reading.has("aspect", "place", "contact")
        there = reading.has("reference", "there") and (office or reading.has("asks", "who"))
        named = reading.values("region") if office else ()
        if not (there or named) or not only_asks_office(reading):
            return ""
        regions = (self._base.regions.get(one) for one in named or self._places(context))
        return next((one.id for one in regions if one and one.kind == "province"), "")

    def merged(self, reading: Reading, context: Context, today: date) -> Answer | None:
        """The province that the one named, or told last, belongs to since July 2025; None where nothing such is asked."""
        if not _asks_of_merger(reading):
            return None
        named = reading.values("region") or self._places(context)
        regions = self._base.regions
        row = next((regions[one] for one in named if one in regions), None)
        if row is not None and not row.successor and reading.has("division"):
            return self._joined(row, today)
        old = next((regions[one] for one in named if one in regions and regions[one].successor), None)
        if old is None or old.kind != "province":
            return None
        now = regions[old.successor]
        parts = [row for row in self._base.predecessors.get(now.id, ()) if row.id not in (old.id, now.id)]
        sources = sources_for(self._base, old.sources)
        return Answer("answered", "policy", today, aspect=MERGED, regions=(now, old, *parts), sources=sources)

    def _joined(self, now: Region, today: date) -> Answer | None:
        """The provinces that one of today was joined from; None for one that stayed as it was."""
        parts = [row for row in self._base.predecessors.get(now.id, ()) if row.id != now.id]
        if now.kind != "province" or not parts:
            return None
        sources = sources_for(self._base, now.sources)
        return Answer("answered", "policy", today, aspect=JOINED, regions=(now, *parts), sources=sources)

    def _places(self, context: Context) -> list[str]:
        if context.region:
            return [context.region]
        if not context.digest and context.wanted:  # asked for, and not held
            return list(context.wanted.regions)
        figures = (self._base.figures.get(one) for one in ids_of(context.told, "f")[:1])
        return [row.region for row in figures if row]


def only_asks_office(reading: Reading) -> bool:
    """Whether nothing is asked but where to go with the papers."""
    return all(any(span.means(slot) for slot in (*IDLE, *_OF_AN_OFFICE)) for span in reading.spans)


def _asks_of_merger(reading: Reading) -> bool:
    """Whether nothing is asked but which province one belongs to, or which old ones it was joined from."""
    joined = reading.has("division", "old") and reading.has("asks", "list")
    said = [span for span in reading.spans if span.slot not in IDLE]
    places = all(any(span.means(slot) for slot in _OF_PLACES) for span in said)
    return places and (joined or reading.has("asks", "which_province"))


def _only_asks(reading: Reading, *, held: bool = False) -> bool:
    """Whether nothing is named beside what is asked of a document; `held`: but the one that it is held against."""
    aspects = (*_ASKED, *RELATIONS)
    beside = {*IDLE, *_BESIDE, *["document"] * held}
    return all(span.slot in beside or span.means("aspect", *aspects) for span in reading.spans)
