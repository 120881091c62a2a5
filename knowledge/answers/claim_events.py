"""What a claim says of a conference, a fair or a ceremony, and of the people whom its sources name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from knowledge.answers.claim_meant import FAIR, EventFinder, times_named
from knowledge.answers.claim_people import (
    Actor,
    Actors,
    hands_over,
    holds,
    office_behind,
    proper_names,
    role_of,
    roles_in,
)
from knowledge.answers.claim_words import typed
from knowledge.base import KnowledgeBase
from knowledge.language.editions import edition_in
from knowledge.language.spans import Reading, Span
from knowledge.reading.question import Question
from knowledge.records import Event, Outcome, Part, Region
from knowledge.text import fold, words

_FIELDS: dict[str, tuple[str, ...]] = {
    "chair": ("chairs", "organisers"),
    "closed": ("closed_by",),
    "concluded": ("concluded_by",),
    "said": ("speakers", "concluded_by", "closed_by"),
    "participants": ("participants", "speakers", "chairs", "closed_by", "concluded_by"),
    "host": ("host", "organisers", "place"),
    "next_host": ("next_host",),
    "place": ("place", "host"),
}
_MARKS = str.maketrans(dict.fromkeys("–-,.;:()", " "))
_OF_MANY = ("said", "participants")
"""Roles of many people, of whom sources name some."""
_LED = ("chair", "closed", "concluded")
"""Roles that one person, or a few, fill whom the sources name."""


@dataclass(frozen=True, slots=True)
class EventChecked:
    """The event that a claim is about, its parts, and the words that they explain."""

    event: Event | None
    parts: tuple[Part, ...]
    taken: frozenset[int]


class EventClaims:
    """Checks claims against the events of one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self._actors = Actors(base)
        self._texts = {event.id: _text(event) for event in base.events.values()}
        self._finder = EventFinder(base, self._texts)

    def check(self, question: Question, shown: Sequence[str] = ()) -> EventChecked | None:
        """The parts of a claim that speak of an event or of somebody; None where it speaks of neither.

        `shown`: ids that the chat was shown last."""
        reading = question.reading
        people = self._actors.named(reading)
        roles = roles_in(reading)
        about = reading.has("head", "event") or reading.has("event_name") or reading.has("event", FAIR)
        offices = reading.has("kind", "official") and bool(people)
        if not (about or offices or (people and roles)):
            return None
        event = self._meant(question, people, roles, shown) if about or roles else None
        if event is None and not offices:
            return None
        taken: set[int] = set()
        parts: list[Part] = []
        for made, used in self._parts(question, event, people, roles):
            parts.append(made)
            taken |= used
        if event is not None:
            parts += self._strangers(question, event, people)
            taken |= {at for one in reading.of("event_name") for at in range(one.start, one.end)}
        return EventChecked(event, tuple(parts), frozenset(taken)) if parts else None

    def _meant(
        self,
        question: Question,
        people: Sequence[tuple[int, int, tuple[Actor, ...]]],
        roles: Sequence[Span],
        shown: Sequence[str],
    ) -> Event | None:
        """The event that a claim is about; of who is next to host one, the one that announced it."""
        event = self._finder.find(question, people, shown)
        next_host = any(one.means("aspect", "next_host") for one in roles)
        return self._announcing(event) if event is not None and next_host and not event.next_host else event

    def _parts(
        self,
        question: Question,
        event: Event | None,
        people: Sequence[tuple[int, int, tuple[Actor, ...]]],
        roles: Sequence[Span],
    ) -> Iterator[tuple[Part, set[int]]]:
        if event is not None:
            yield from self._edition(question, event)
            yield from self._days(question, event)
            yield from _attended(question.reading, event)
        inside: set[int] = set()
        for start, end, actors in people:
            inside |= set(range(start, end))
            office = office_behind(question.reading, end)
            if office is not None:
                inside |= set(range(*office))
                yield self._held(question, (start, end), office, actors, event), set(range(start, office[1]))
        if event is None:
            return
        for start, end, actors in people:
            if role := role_of(question.reading, start, end, roles):
                yield (
                    self._part(role, actors[0].printed, event, " ".join(actors[0].name)),
                    set(),
                )
        yield from self._places(question.reading, event, roles, inside)

    # --- its parts ----------------------------------------------------------------------------------------------

    def _edition(self, question: Question, event: Event) -> Iterator[tuple[Part, set[int]]]:
        edition = edition_in(question.clean)
        if edition is None:
            return
        span = next(iter(question.reading.of("asks", "edition")), None) or next(
            iter(question.reading.of("event_name")), None
        )
        said = str(edition)
        outcome: Outcome = "unknown" if not event.edition else "match" if event.edition == said else "differs"
        used = set(range(span.start, span.end + 2)) if span and span.slot == "asks" else set()
        yield Part("edition", said, outcome, event.edition), used

    def _days(self, question: Question, event: Event) -> Iterator[tuple[Part, set[int]]]:
        days, years = times_named(question)
        spans = [span for span in question.reading.of("period") if span.value[:1].isdigit()]
        used = {at for span in spans for at in range(span.start, span.end)} if days else set()
        noted = set(fold(event.note).translate(_MARKS).split())
        for day in days:
            said = f"{int(day[3:])}/{int(day[:2])}"
            same = event.date[5:] == day or any(one in noted for one in (said, f"{said}/{event.year}"))
            known = len(event.date) == len("0000-00-00")
            outcome: Outcome = "match" if same else "differs" if known else "unknown"
            yield Part("day", said, outcome, event.date), used
        for year in years:
            same = event.year == year
            next_one = not same and event.next_host and year in event.next_host
            if not same and not next_one and event.year:
                yield Part("year", year, "differs", event.year), used
            elif same:
                yield Part("year", year, "match", event.year), used

    def _places(
        self, reading: Reading, event: Event, roles: Sequence[Span], inside: set[int]
    ) -> Iterator[tuple[Part, set[int]]]:
        """Provinces that a claim names as the place, the host or the next host of an event."""
        for span in reading.of("region"):
            region = self._base.regions[span.value]
            if region.kind != "province" or span.start in inside:
                continue
            role = role_of(reading, span.start, span.end, roles)
            handed = role == "next_host" and hands_over(reading, span, roles)
            if role not in ("host", "next_host") or handed:
                role = "place"
            names = [region.name]
            if role != "next_host":
                names += [one.name for one in self._base.predecessors.get(region.id, ())]
            part = self._part(role, region.name, event, *map(fold, names))
            if part.outcome == "differs" and role == "host" and self._merged(event, region):
                part = replace(part, outcome="match")
            elif part.outcome == "differs" and role != "next_host":
                part = replace(part, right=event.place or part.right)
            elif part.outcome == "match" and self._is_town(span, region, event):
                part = Part(role, typed(reading, span.start, span.end), "unknown")
            yield part, set(range(span.start, span.end))

    def _is_town(self, span: Span, region: Region, event: Event) -> bool:
        """Whether a province is named by one of its towns of which the sources of an event know nothing."""
        own = {fold(region.name), *(fold(one.name) for one in self._base.predecessors.get(region.id, ()))}
        return not any(one in span.text for one in own) and span.text not in self._texts[event.id]

    def _merged(self, event: Event, region: Region) -> bool:
        """Whether a province was to be the host of an event that its successor then was."""
        earlier, successor = self._before(event), self._base.regions.get(region.successor)
        if earlier is None or successor is None or fold(region.name) not in fold(earlier.next_host):
            return False
        return fold(successor.name) in fold(f"{event.place} {event.host}")

    def _announcing(self, event: Event) -> Event:
        """The event before, where that is the one at which this event was handed on to its host."""
        earlier = self._before(event)
        return earlier if earlier is not None and event.year in earlier.next_host else event

    def _before(self, event: Event) -> Event | None:
        """The event of the same kind and region whose edition is one less."""
        series = (event.region, event.kind, str(int(event.edition or 0) - 1))
        events = self._base.events.values()
        return next((one for one in events if (one.region, one.kind, one.edition) == series), None)

    def _part(self, role: str, said: str, event: Event, *names: str) -> Part:
        printed = [one for name in _FIELDS[role] for one in _values(event, name)]
        if role == "chair" and event.chairs:
            printed = [*event.chairs, *(one for one in event.organisers if "(" in one)]
        if not printed:
            return Part(role, said, "unknown")
        text = f" {' '.join(words(fold(' | '.join(printed))))} "
        if any(f" {' '.join(words(name))} " in text for name in names):
            return Part(role, said, "match", "; ".join(printed))
        own = _values(event, _FIELDS[role][0]) or printed
        settled = role not in _OF_MANY and (role != "chair" or bool(event.chairs))
        return Part(role, said, "differs" if settled else "unknown", "; ".join(own) if settled else "")

    # --- people -------------------------------------------------------------------------------------------------

    def _held(
        self,
        question: Question,
        name: tuple[int, int],
        office: tuple[int, int],
        actors: Sequence[Actor],
        event: Event | None,
    ) -> Part:
        """Whether somebody held an office, at the event or at the time that is named."""
        reading = question.reading
        said = typed(reading, name[0], office[1])
        skipped = {at for one in reading.of("kind", "province") for at in range(one.start, one.end)}
        claimed = [reading.words[at].text for at in range(*office) if at not in skipped]
        _, years = times_named(question)
        own = [one for one in actors if event is not None and one.event == event.id]
        then = own or [one for one in actors if one.on[:4] in years] or list(actors)
        printed = [one for one in dict.fromkeys(one.office for one in then) if one]
        if not printed:
            return Part("office", said, "unknown")
        held = any(holds(claimed, words(fold(one))) for one in printed)
        return Part("office", said, "match" if held else "differs", "; ".join(printed))

    def _strangers(
        self, question: Question, event: Event, people: Sequence[tuple[int, int, tuple[Actor, ...]]]
    ) -> Iterator[Part]:
        """Unknown words, and names beside a role, of which the sources of the event know nothing."""
        reading = question.reading
        known = {at for start, end, _ in people for at in range(start, end)}
        for start, end in dict.fromkeys(proper_names(question, _LED)):
            own = [at for at in range(start, end) if at not in known]
            text = " ".join(reading.words[at].text for at in own)
            if len(own) < 2 or text in self._texts[event.id]:
                continue
            said = typed(reading, start, end)
            behind = [span for span in reading.spans if span.start == end]
            role = next((one for one in _LED if any(span.means("aspect", one) for span in behind)), "")
            if role and _values(event, _FIELDS[role][0]):
                yield self._part(role, said, event, text)
            else:
                yield Part("name", said, "unknown")


def _attended(reading: Reading, event: Event) -> Iterator[tuple[Part, set[int]]]:
    """Numbers of those who took part ("40 tỉnh, thành phố"), held against the one that is printed with the same noun."""
    printed = [(one, words(fold(rest))) for one in event.participants if (rest := _of_number(one))]
    products = {
        span.start for span in reading.of("kind", "product")
    }  # several are counted: entered, honoured
    numbers = [span for span in reading.of("number") if span.end not in products]
    for span in numbers:
        for right, noun in printed:
            behind = zip((word.text for word in reading.words[span.end :]), noun, strict=False)
            end = span.end + sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], behind))
            if end > span.end:
                same = span.value.rpartition(":")[2] == right.partition(" ")[0]
                said = typed(reading, span.start, end)
                part = Part("attended", said, "match" if same else "differs", right)
                yield part, set(range(span.start, end))


def _of_number(printed: str) -> str:
    """What a printed number counts; empty where none is printed first, or another number behind it."""
    number, _, rest = printed.partition(" ")
    return "" if not number.isdigit() or any(map(str.isdigit, rest)) else rest


def _values(event: Event, name: str) -> list[str]:
    value = getattr(event, name)
    return [value] * bool(value) if isinstance(value, str) else list(value)


def _text(event: Event) -> str:
    """Everything that is held of an event, folded."""
    fields = [one for names in _FIELDS.values() for name in names for one in _values(event, name)]
    return " ".join(words(fold(" ".join((event.name, event.note, *event.aliases, *fields)))))
