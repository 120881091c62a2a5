"""The people whom the sources of a base name, where a claim names them, and what it says of their offices and roles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.answers.claim_words import is_break
from knowledge.base import KnowledgeBase
from knowledge.language.spans import IDLE, Reading, Span
from knowledge.reading.question import Question
from knowledge.text import fold, words

_APART = 30
"""By how many words a role is further away that is named in another clause."""
ROLES = ("chair", "closed", "concluded", "said", "participants", "host", "next_host")
"""Aspects of an event that are filled by somebody or some place."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody named by the source of an event. `name`: folded words; `office`: as printed."""

    name: tuple[str, ...]
    printed: str
    office: str
    event: str
    on: str


class Actors:
    """Everybody whom the sources of one base name."""

    def __init__(self, base: KnowledgeBase) -> None:
        offices = {fold(row.phrase) for row in base.lexicon if (row.slot, row.value) == ("kind", "office")}
        self._actors = [one for one in _actors(base) if " ".join(one.name) not in offices]

    def named(self, reading: Reading) -> list[tuple[int, int, tuple[Actor, ...]]]:
        """Where a claim names somebody whom a source names."""
        said = [word.text for word in reading.words]
        found: dict[tuple[int, int], list[Actor]] = {}
        for actor in self._actors:
            size = len(actor.name)
            for start in range(len(said) - size + 1):
                if tuple(said[start : start + size]) == actor.name:
                    found.setdefault((start, start + size), []).append(actor)
        return [(start, end, tuple(actors)) for (start, end), actors in sorted(found.items())]


def office_behind(reading: Reading, after: int) -> tuple[int, int] | None:
    """The words behind a name that say which office somebody holds."""
    spans = [span for span in reading.spans if span.start >= after]
    first = next((number for number, span in enumerate(spans) if span.slot not in IDLE), None)
    if first is None or not spans[first].means("kind", "official") or first > 2:
        return None
    end = spans[first].end
    for span in spans[first + 1 :]:
        ends = span.slot in ("asks", "period", "aspect", "operator", "head", "event_name")
        if is_break(reading, span.start) or ends:
            break
        if span.slot not in IDLE:
            end = span.end
    return spans[first].start, end


def roles_in(reading: Reading) -> list[Span]:
    """The words that give somebody or some place a role; "đăng cai" in the clause of the next host is of that one."""
    found = [span for span in reading.spans if span.slot == "aspect" and span.means("aspect", *ROLES)]
    handed = [span.end for span in found if span.means("aspect", "next_host")]
    return [
        one
        for one in found
        if not (one.means("aspect", "host") and any(_in_clause(reading, end, one.start) for end in handed))
    ]


def _in_clause(reading: Reading, start: int, end: int) -> bool:
    return start <= end and not any(is_break(reading, at) for at in range(start, end + 1))


def hands_over(reading: Reading, place: Span, roles: Sequence[Span]) -> bool:
    """Whether a place that is named before the next host is the one that hands over to it."""
    role = next((one for one in roles if one.start >= place.end and one.means("aspect", "next_host")), None)
    return role is not None and any(one.start >= role.end for one in reading.of("region"))


def role_of(reading: Reading, start: int, end: int, roles: Sequence[Span]) -> str:
    """The role that the words nearest to a name give it; those behind it in its sentence come first."""
    nearest: tuple[int, str] | None = None
    for span in roles:
        role = next((one for one in ROLES if span.means("aspect", one)), "")
        low, high = (end, span.start) if span.start >= end else (span.end, start)
        distance = high - low if span.start >= end else 2 * (high - low) + 1
        distance += _APART * any(is_break(reading, at) for at in range(low, high + 1))
        if nearest is None or distance < nearest[0]:
            nearest = (distance, role)
    return nearest[1] if nearest else ""


def proper_names(question: Question, roles: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where unknown words, or capitalised ones right before a role, may name somebody."""
    reading = question.reading
    yield from ((run.start, run.end) for run in reading.residue)
    other = {
        at
        for span in reading.spans
        if span.slot in ("region", "event_name") or span.means("kind", "office", "official")
        for at in range(span.start, span.end)
    }
    names = _capitalised(question) - other
    for role in reading.spans:
        start = role.start
        while role.means("aspect", *roles) and start - 1 in names and not is_break(reading, start):
            start -= 1
        if role.start - start > 1:
            yield start, role.start


def _capitalised(question: Question) -> set[int]:
    """The words of a message that were typed with a capital letter."""
    found, at = set(), 0
    said = [word.text for word in question.reading.words]
    for piece in question.typed.split():
        for word in words(fold(piece)):
            if word in said[at:]:
                at = said.index(word, at) + 1
                found |= {at - 1} if piece.lstrip("\"'“‘(")[:1].isupper() else set()
    return found


def holds(claimed: Sequence[str], printed: Sequence[str]) -> bool:
    """Whether an office is the printed one, perhaps told with fewer words; the title itself must be the same."""
    if not claimed or not printed or claimed[0] != printed[0]:
        return False
    rest = iter(printed)
    return all(word in rest for word in claimed)


def _actors(base: KnowledgeBase) -> Iterator[Actor]:
    for event in base.events.values():
        texts = (*event.chairs, *event.participants, *event.speakers, event.closed_by, event.concluded_by)
        for text in texts:
            if actor := _actor(text, event.id, event.date or event.year):
                yield actor
    for entry in base.entries.values():
        source = base.sources.get(entry.sources[0]) if entry.sources else None
        if source is not None and (actor := _actor(entry.said_by, "", source.published_on)):
            yield actor


def _actor(text: str, event: str, on: str) -> Actor | None:
    """Somebody as a source prints it: a name of capitalised words, then the office."""
    name, _, office = text.partition(", ")
    name = name.partition(" (")[0].strip()
    pieces = name.split()
    proper = 2 <= len(pieces) <= 5 and all(piece[:1].isupper() for piece in pieces)
    if not proper:
        return None
    return Actor(tuple(words(fold(name))), name, office.partition(" (")[0], event, on)
