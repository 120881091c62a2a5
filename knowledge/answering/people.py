"""Who holds an office, and what office somebody holds: only as a source printed it, with the day it did."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from knowledge.answering.library import Library
from knowledge.answering.wording import EVENT
from knowledge.dialogue import Context
from knowledge.finding.answer import sources_for
from knowledge.reading.question import Question
from knowledge.records import Answer, Note, Person
from knowledge.text import fold, words

_TITLE = (
    r"(?:quyen |pho )?(?:tong )?(?:cuc truong|giam doc|vu truong|bo truong|thu truong|chu tich|truong phong)"
)
_OFFICE = re.compile(rf"\b(?P<title>{_TITLE})\b(?P<of>.*)")
_PRINTED = re.compile(r"(?P<name>[^,(]+), (?P<office>.+?)(?: \([^()]*\))?$")
_ASKS = re.compile(
    r"\b(?:la ai|ten (?:la )?gi|ai la|ai (?:dang )?(?:lam|giu|giu chuc)|ai|nguoi nao|ong nao|ba nao)\b"
)
_ASKS_OFFICE = re.compile(
    r"\bla ai\b|\bai (?:vay|the|day)\b|\bchuc (?:vu|danh|gi)\b|\bgiu chuc\b|\blam (?:chuc )?gi\b|\b(?:giam doc|cuc truong|lanh dao) (?:don vi|cuc|so|o|cua)? ?(?:nao|dau)\b"
)
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:phat bieu|tham luan|ket luan|chu tri|be mac|khai mac|trao co|de nghi|(?<!ha )noi|cho biet|danh gia|nhan dinh|phan cong|giao|duyet|ky|quyet dinh|ban hanh|nhiem vu|trach nhiem|co quyen)\b"
)
"""What somebody said or did, or must do, is asked of events and rules."""
_PLACE_WORDS = frozenset(["tinh", "thanh", "pho", "tp", "bo", "thuoc", "cua"])
_REST = re.compile(
    r"\b(?:(?<!viet )(?<!phia )nam|luc|hoi|khi|thoi|hien|bay gio|nay|vao|ten|la|ai|do|ay|dang|vay|the|a|nhi|ha(?! noi| nam| giang| tinh)|20\d\d|tai|du|tham du|co|trong|gop|o|nguoi|ma)\b.*"
)


class People:
    """The people whom the sources of one library name, with their offices."""

    def __init__(self, library: Library) -> None:
        self._library = library
        found = list(self._of_events())
        seen = {(person.name, person.office) for person in found}
        found += [person for person in self._of_reports() if (person.name, person.office) not in seen]
        self._people = sorted(found, key=lambda person: person.on, reverse=True)
        self._names = {fold(person.name) for person in self._people}

    def answer(self, question: Question, today: date) -> tuple[Answer, Context] | None:
        """Who holds the office that is named, or what office the one has who is named; None where neither is asked."""
        padded = f" {question.clean} "
        named = next((name for name in self._names if f" {name} " in padded), "")
        if named and _ASKS_OFFICE.search(question.clean):
            return self._tell([one for one in self._people if fold(one.name) == named], today)
        asked = _OFFICE.search(question.clean)
        if asked is None or not _ASKS.search(question.clean) or _OF_SOMETHING_ELSE.search(question.clean):
            return None
        office = {*words(_REST.sub("", asked["of"]))} - _PLACE_WORDS
        if not office:
            return None
        holding = [one for one in self._people if _holds(one, asked["title"], office)]
        years = {period.code[:4] for period in question.periods.found if period.code}
        then = [one for one in holding if one.on[:4] in years]
        if not holding and EVENT.search(question.clean):
            return None
        if not holding:
            gap = Answer(status="no_answer", kind="event", as_of=today, gaps=(Note("no_person"),))
            return gap, Context()
        latest = [one for one in holding if fold(one.name) == fold(holding[0].name)]
        return self._tell(then or latest, today)

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
            printed = (
                *event.chairs,
                *event.participants,
                *event.speakers,
                event.concluded_by,
                event.closed_by,
            )
            yield from _read(printed, event.date or event.year, event.name, event.sources)

    def _of_reports(self) -> Iterator[Person]:
        for entry in self._library.base.entries.values():
            source = self._library.base.sources.get(entry.sources[0]) if entry.sources else None
            if source is not None:
                yield from _read((entry.said_by,), source.published_on, source.title, entry.sources[:1])


def _read(printed: Iterable[str], on: str, occasion: str, sources: tuple[str, ...]) -> Iterator[Person]:
    for text in dict.fromkeys(printed):
        match = _PRINTED.match(text)
        if match and _OFFICE.match(fold(match["office"])) and 2 <= len(match["name"].split()) <= 5:
            yield Person(match["name"], match["office"], on, (occasion,), sources)


def _holds(person: Person, title: str, office: set[str]) -> bool:
    """Whether somebody holds just this office; one who acts for the head holds it too, a deputy does not."""
    held = fold(person.office)
    if not re.match(rf"(?:quyen )?{title}\b", held):
        return False
    return office <= {*words(held)}
