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
_NO_OFFICE = ("asks", "period", "aspect", "operator", "head", "event_name")
"""Slots of words that end an office."""
NAME = range(2, 6)
"""How many words a name has."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody named by the source of an event. `name`: folded words; `office`: as printed."""

    name: tuple[str, ...]
    printed: str
    office: str
    event: str
    on: str


@dataclass(frozen=True, slots=True)
class Named:
    """Words `start` to `end` of a claim name somebody; `office`: the words behind that say which office he holds."""

    start: int
    end: int
    actors: tuple[Actor, ...]
    office: tuple[int, int] | None


class Actors:
    """Everybody whom the sources of one base name."""

    def __init__(self, base: KnowledgeBase) -> None:
        offices = {fold(row.phrase) for row in base.lexicon if (row.slot, row.value) == ("kind", "office")}
        self._actors = [one for one in _actors(base) if " ".join(one.name) not in offices]

    def named(self, reading: Reading) -> list[Named]:
        """Where a claim names somebody whom a source names."""
        said = tuple(word.text for word in reading.words)
        found: dict[tuple[int, int], list[Actor]] = {}
        for actor in self._actors:
            size = len(actor.name)
            for start in range(len(said) - size + 1):
                if said[start : start + size] == actor.name:
                    found.setdefault((start, start + size), []).append(actor)
        return [Named(*at, tuple(own), _office_behind(reading, at[1])) for at, own in sorted(found.items())]


def _office_behind(reading: Reading, after: int) -> tuple[int, int] | None:
    """The words behind a name that say which office somebody holds."""
    spans = [span for span in reading.spans if span.start >= after]
    first = next((at for at, span in enumerate(spans) if span.slot not in IDLE), len(spans))
    if first > 2 or first == len(spans) or not spans[first].means("kind", "official"):
        return None
    end = spans[first].end
    for span in spans[first + 1 :]:
        if is_break(reading, span.start) or span.slot in _NO_OFFICE:
            break
        end = end if span.slot in IDLE else span.end
    return spans[first].start, end


def holds(reading: Reading, office: tuple[int, int], printed: str) -> bool:
    """Whether an office is the printed one, perhaps told with fewer words; the title itself must be the same."""
    skipped = {at for one in reading.of("kind", "province") for at in range(one.start, one.end)}
    claimed = [reading.words[at].text for at in range(*office) if at not in skipped]
    own = words(fold(printed))
    rest = iter(own)
    return claimed[:1] == own[:1] and all(word in rest for word in claimed)


def roles_in(reading: Reading) -> list[Span]:
    """The words that give somebody or some place a role; "đăng cai" beside the next host is of that one."""
    found = [span for span in reading.spans if span.slot == "aspect" and span.means("aspect", *ROLES)]
    handed = any(one.means("aspect", "next_host") for one in found)
    return [one for one in found if not (handed and one.means("aspect", "host"))]


def role_of(reading: Reading, start: int, end: int, roles: Sequence[Span]) -> str:
    """The role that the words nearest to a name give it; those behind it in its sentence come first."""

    def distance(span: Span) -> int:
        behind = span.start >= end
        low, high = (end, span.start) if behind else (span.end, start)
        near = high - low if behind else 2 * (high - low) + 1
        return near if _in_clause(reading, low, high) else near + _APART

    nearest = min(roles, key=distance, default=None)
    return next((one for one in ROLES if nearest is not None and nearest.means("aspect", one)), "")


def _in_clause(reading: Reading, start: int, end: int) -> bool:
    return start <= end and not any(is_break(reading, at) for at in range(start, end + 1))


def proper_names(question: Question, roles: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where unknown words, or capitalised ones right before a role, may name somebody."""
    reading = question.reading
    yield from ((run.start, run.end) for run in reading.residue)
    names = _capitalised(question)
    for span in reading.spans:
        if span.slot in ("region", "event_name") or span.means("kind", "office", "official"):
            names -= set(range(span.start, span.end))
    for role in reading.of("aspect", *roles):
        start = role.start
        while start - 1 in names and not is_break(reading, start):
            start -= 1
        if role.start - start > 1:
            yield start, role.start


def titled_names(reading: Reading) -> Iterator[tuple[Span, int, int]]:
    """Where unknown words behind an office name somebody: the office, the first word of the name and the word after it."""
    for office in reading.of("kind", "official"):
        end = office.end
        for span in (one for one in reading.spans if one.start >= office.end):
            single = span.start + 1 == span.end and span.slot in (*IDLE, "unknown")
            if not single or is_break(reading, span.start) or span.end - office.end > NAME[-1]:
                break
            end = span.end if span.slot == "unknown" else end
        if end - office.end in NAME:
            yield office, office.end, end


def _capitalised(question: Question) -> set[int]:
    """The words of a message that were typed with a capital letter."""
    found, at = set[int](), 0
    said = [word.text for word in question.reading.words]
    for piece in question.typed.split():
        for word in words(fold(piece)):
            if word in said[at:]:
                at = said.index(word, at) + 1
                found |= {at - 1} if piece.lstrip("\"'“‘(")[:1].isupper() else set()
    return found


def _actors(base: KnowledgeBase) -> Iterator[Actor]:
    for event in base.events.values():
        texts = (*event.chairs, *event.participants, *event.speakers, event.closed_by, event.concluded_by)
        yield from (one for text in texts for one in _actor(text, event.id, event.date or event.year))
    for entry in base.entries.values():
        source = base.sources.get(entry.sources[0]) if entry.sources else None
        yield from _actor(entry.said_by, "", source.published_on) if source else ()


def _actor(text: str, event: str, on: str) -> Iterator[Actor]:
    """Somebody as a source prints it: a name of capitalised words, then the office."""
    name, _, office = text.partition(", ")
    name = name.partition(" (")[0].strip()
    pieces = name.split()
    if len(pieces) in NAME and all(piece[:1].isupper() for piece in pieces):
        yield Actor(tuple(words(fold(name))), name, office.partition(" (")[0], event, on)
