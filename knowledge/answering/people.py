"""Who holds an office, and what office somebody holds: only as a source printed it, with the day it did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from knowledge.answering.library import Library
from knowledge.dialogue import Context
from knowledge.finding.answer import sources_for
from knowledge.language.spans import Reading, Span
from knowledge.reading.question import Question
from knowledge.records import Answer, Note, Person
from knowledge.text import fold, words

_LONGEST_NAME = 5
_OF_AN_OFFICE = frozenset({"kind", "region", "unknown", "entry_name", "neighbour", "function"})
"""Slots of the words that may stand behind a title and say whose it is."""
_DID = (
    "said", "concluded", "closed", "chair", "approver", "issuer", "duty", "next_host", "host", "selection",
)  # fmt: skip
"""What somebody said or did, or must do, is asked of events and rules."""


class People:
    """The people whom the sources of one library name, with their offices."""

    def __init__(self, library: Library) -> None:
        self._library = library
        rows = library.base.lexicon
        self._titles = {fold(one.phrase) for one in rows if (one.slot, one.value) == ("kind", "official")}
        self._acting = {fold(one.phrase) for one in rows if (one.slot, one.value) == ("kind", "acting")}
        found = list(self._of_events())
        seen = {(person.name, person.office) for person in found}
        found += [person for person in self._of_reports() if (person.name, person.office) not in seen]
        self._people = sorted(found, key=lambda person: person.on, reverse=True)
        self._names = {fold(person.name) for person in self._people}

    def answer(self, question: Question, today: date) -> tuple[Answer, Context] | None:
        """Who holds the office that is named, or what office the one has who is named; None where neither is asked."""
        reading = question.reading
        padded = f" {question.clean} "
        named = next((name for name in self._names if f" {name} " in padded), "")
        titles = reading.of("kind", "official")
        which = titles and reading.has("asks", "what", "which", "which_province")
        if named and (question.who or which):
            return self._tell([one for one in self._people if fold(one.name) == named], today)
        if not titles or not question.who or reading.has("aspect", *_DID):
            return None
        if any(span.end <= titles[0].start for span in reading.of("entry_name")):
            return None
        office = set(self._office(reading, titles[0]))
        if not office:
            return None
        holding = [one for one in self._people if self._holds(one, titles[0].text, office)]
        if holding:
            return self._tell(_then(holding, question), today)
        gap = Answer(status="no_answer", kind="event", as_of=today, gaps=(Note("no_person"),))
        return None if reading.has("head", "event") else (gap, Context())

    def _office(self, reading: Reading, title: Span) -> Iterator[str]:
        """The words that say whose office a title is: those of the office and of the province right behind it."""
        for span in (one for one in reading.spans if one.start >= title.end):
            if span.slot not in _OF_AN_OFFICE or (
                span.slot == "region" and span.value not in self._library.provinces
            ):
                return
            if span.slot == "region":
                yield from self._library.provinces[span.value].split()
            elif span.slot != "function" and not span.means("kind", "province"):
                yield from span.text.split()

    def _holds(self, person: Person, title: str, office: set[str]) -> bool:
        """Whether somebody holds just this office; one who acts for the head holds it too, a deputy does not."""
        held = fold(person.office)
        own = self._title_of(held)
        same = held.startswith(title) or (own in self._acting and own.endswith(title))
        return same and office <= {*words(held)}

    def _title_of(self, folded: str) -> str:
        """The longest title with which an office begins."""
        return max((one for one in self._titles if f"{folded} ".startswith(f"{one} ")), key=len, default="")

    def _tell(self, people: list[Person], today: date) -> tuple[Answer, Context]:
        kept: dict[tuple[str, str], Person] = {}
        for one in people:
            key = (fold(one.name), fold(one.office))
            known = kept.get(key)
            occasions = tuple(dict.fromkeys((*(known.occasions if known else ()), *one.occasions)))
            sources = (*(known.sources if known else ()), *one.sources)
            kept[key] = replace(known or one, occasions=occasions, sources=sources)
        cited = [source for one in kept.values() for source in one.sources]
        answer = Answer(
            status="answered",
            kind="event",
            as_of=today,
            aspect="people",
            people=tuple(kept.values()),
            assumptions=(Note("office_then"),),
            sources=sources_for(self._library.base, cited),
        )
        return answer, Context(route="people")

    def _of_events(self) -> Iterator[Person]:
        for event in self._library.base.events.values():
            told = (*event.chairs, *event.participants, *event.speakers, event.concluded_by, event.closed_by)
            yield from self._read(told, event.date or event.year, event.name, event.sources)

    def _of_reports(self) -> Iterator[Person]:
        for entry in self._library.base.entries.values():
            source = self._library.base.sources.get(entry.sources[0]) if entry.sources else None
            if source is not None:
                yield from self._read((entry.said_by,), source.published_on, source.title, entry.sources[:1])

    def _read(
        self, printed: Iterable[str], on: str, occasion: str, sources: tuple[str, ...]
    ) -> Iterator[Person]:
        """The people of "name, office (what they did)"."""
        for text in dict.fromkeys(printed):
            name, _, office = text.partition(", ")
            office = office.rpartition(" (")[0] if office.endswith(")") else office
            if self._title_of(fold(office)) and 2 <= len(name.split()) <= _LONGEST_NAME:
                yield Person(name, office, on, (occasion,), sources)


def _then(holding: list[Person], question: Question) -> list[Person]:
    """Of those who held an office the ones of the years that are named, else the last."""
    years = {period.code[:4] for period in question.periods.found if period.code}
    then = [one for one in holding if one.on[:4] in years]
    return then or [one for one in holding if fold(one.name) == fold(holding[0].name)]
