"""What a claim says of a conference, a fair or a ceremony, and of the people whom its sources name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import takewhile

from knowledge.answers.claim_between import strange_behind
from knowledge.answers.claim_days import DAY, ends_of, first_day, times_named
from knowledge.answers.claim_people import (
    ROLES,
    Actors,
    Named,
    holds,
    proper_names,
    role_of,
    roles_in,
    titled_names,
)
from knowledge.answers.claim_sheet import Sheet
from knowledge.answers.claim_words import Number, typed
from knowledge.base import KnowledgeBase
from knowledge.language.editions import edition_in
from knowledge.language.spans import IDLE, Span
from knowledge.reading.question import Question
from knowledge.records import Event
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
"""Role → the fields of an event that tell who or which place fills it, its own first."""
_OF_MANY = ("said", "participants")
"""Roles of many people, of whom sources name some."""
_LED = ("chair", "closed", "concluded")
"""Roles that one person, or a few, fill whom the sources name."""
_MARKS = str.maketrans(dict.fromkeys("–-,.;:()", " "))
_FAIR = "hoi_cho"
"""The kind of a fair, which has a slot of words of its own."""
_LEAST_SCORE = 3
_SURE = ("ids", "shown", "edition", "days", "people")
"""What is said of an event that may be enough for one to be meant."""


class EventClaims:
    """Holds claims against the events of one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self._actors = Actors(base)
        self._texts = {event.id: _text(event) for event in base.events.values()}

    def fill(self, question: Question, sheet: Sheet, shown: Sequence[str]) -> None:
        """Enter what a claim says of an event or of somebody, if it speaks of either.

        `shown`: ids that the chat was shown last."""
        reading = question.reading
        people, roles = self._actors.named(reading), roles_in(reading)
        about = reading.has("head", "event") or reading.has("event_name") or reading.has("event", _FAIR)
        offices = bool(people) and reading.has("kind", "official")
        named = about or roles
        if not (about or offices or (people and roles)):
            return
        event = self._meant(question, people, roles, shown) if named else None
        if event is not None:
            self._times(question, sheet, event)
            _attended(sheet, event)
        for one in people if event or offices else ():
            self._office(question, sheet, one, event)
        if event is None:
            return
        for one in people:
            if role := role_of(reading, one.start, one.end, roles):
                actor = one.actors[0]
                self._role(sheet, role, actor.printed, (one.start, one.end), event, [" ".join(actor.name)])
        self._places(sheet, event, roles, people)
        self._strangers(question, sheet, event, people)
        if sheet.parts:
            sheet.event = event
            sheet.taken |= {at for one in reading.of("event_name") for at in range(one.start, one.end)}

    # --- which event ----------------------------------------------------------------------------------------------

    def _meant(
        self, question: Question, people: Sequence[Named], roles: Sequence[Span], shown: Sequence[str]
    ) -> Event | None:
        """The event that fits best what a claim names, None where that is too little of any; of who is next to host one, the
        one at which it was handed over."""
        said = {**self._clues(question), "shown": {*shown}}
        said["people"] = {actor.event for one in people for actor in one.actors}
        handed = any(one.means("aspect", "next_host") for one in roles)
        said["handed"] = said["years"] if handed else set()
        events = [one for one in self._base.events.values() if _may_be(one, said)]
        points = {one.id: self._fit(one, said) for one in events}
        best = max(events, key=lambda one: points[one.id], default=None)
        return best if best is not None and points[best.id] >= _LEAST_SCORE else None

    def _clues(self, question: Question) -> dict[str, set[str]]:
        """What a claim says of an event: when, where and by what name. `days`: `MM-DD`; `places`: folded names of provinces;
        `heads`: words for its kind."""
        reading = question.reading
        days, years = times_named(question)
        regions = [self._base.regions[one] for one in reading.values("region")]
        fairs = " ".join(span.text for span in reading.of("event", _FAIR))
        regions += [one for one in self._base.regions.values() if fold(one.name) in fairs]
        wide = [one for one in regions if one.kind in ("region", "country")]
        return {
            "ids": {*reading.values("event_name")},
            "edition": {str(edition_in(question.clean) or "")} - {""},
            "days": {*days},
            "years": {*years},
            "areas": {one.id for one in wide},
            "places": {fold(one.name) for one in regions if one not in wide},
            "heads": {word for span in reading.of("head", "event") for word in span.text.split()},
            "words": {word for span in reading.spans if span.slot not in IDLE for word in span.text.split()},
            "fair": {one.value for one in reading.of("event", _FAIR)},
        }

    def _fit(self, event: Event, said: Mapping[str, set[str]]) -> float:
        """How well an event fits what is said of it."""
        name = set(words(fold(event.name)))
        weighed = (
            (6, event.id in said["ids"]),
            (5, event.id in said["shown"]),
            (3, event.edition in said["edition"]),
            (3, event.date[5:] in said["days"]),
            (2.5, event.year in said["years"]),
            (3, event.region in said["areas"]),
            (-4, said["areas"] and event.region not in said["areas"]),
            (2, any(one in self._texts[event.id] for one in said["places"])),
            (2, event.id in said["people"]),
            (4, any(one in event.next_host for one in said["handed"])),
        )
        points = sum(weight for weight, holds in weighed if holds)
        heads = len(said["heads"] & name) / max(len(said["heads"]), 1)
        return points + 2 * heads - len(name - said["words"]) / max(len(name), 1)

    # --- its parts ------------------------------------------------------------------------------------------------

    def _times(self, question: Question, sheet: Sheet, event: Event) -> None:
        """The edition, the days and the years that are said of an event."""
        reading = question.reading
        if (edition := edition_in(question.clean)) is not None:
            span = next(iter(reading.of("asks", "edition")), None)
            at = (span.start, span.end + 2) if span else (0, 0)
            same = event.edition == str(edition) if event.edition else None
            sheet.hold("edition", *at, event.edition, same=same, said=str(edition))
        days, years = times_named(question)
        _days(sheet, event, days)
        own = [event.year] if event.year in years else years  # others beside it are of figures
        for year in own if event.year else ():
            if event.year == year or year not in event.next_host:
                sheet.hold("year", 0, 0, event.year, same=event.year == year, said=year)
        for span in reading.of("period") if days else ():
            sheet.taken |= set(range(first_day(reading, span), span.end))

    def _places(self, sheet: Sheet, event: Event, roles: Sequence[Span], people: Sequence[Named]) -> None:
        """Provinces that a claim names as the place, the host or the next host of an event."""
        reading = sheet.reading
        inside = {at for one in people for at in range(one.start, (one.office or (0, one.end))[1])}
        for span in reading.of("region"):
            region = self._base.regions[span.value]
            if region.kind != "province" or span.start in inside:
                continue
            role = role_of(reading, span.start, span.end, roles)
            handing = role == "next_host" and span is not reading.of("region")[-1]
            role = role if role in ("host", "next_host") and not handing else "place"
            names = [region, *(() if role == "next_host" else self._base.predecessors.get(region.id, ()))]
            folded = [fold(one.name) for one in names]
            town = " ".join(span.text.split()[-2:])
            unknown = not any(one in span.text for one in folded) and town not in self._texts[event.id]
            if unknown and any(one in fold(f"{event.place} {event.host}") for one in folded):
                sheet.hold(role, span.start, span.end, "", same=None)  # a town of which no source tells
            else:
                self._role(sheet, role, region.name, (span.start, span.end), event, folded)

    def _role(
        self, sheet: Sheet, role: str, said: str, at: tuple[int, int], event: Event, names: Sequence[str]
    ) -> None:
        """Somebody, or some place, in a role of an event, against those whom its sources print in it."""
        own, printed = _values(event, _FIELDS[role][0]), _filling(role, event)
        text = f" {' '.join(words(fold(' | '.join(printed))))} "
        same = any(f" {' '.join(words(name))} " in text for name in names)
        settled = bool(printed) and role not in _OF_MANY and (role != "chair" or bool(event.chairs))
        if same and role == "host" and _in_brackets(printed, names):
            sheet.hold(role, *at, "", same=None, said=said)  # who was to host it, and was merged
        elif same or not settled:
            sheet.hold(role, *at, "; ".join(printed) if same else "", same=same or None, said=said)
        else:
            right = event.place if role == "host" and event.place else "; ".join(own or printed)
            sheet.hold(role, *at, right, same=False, said=said)

    def _office(self, question: Question, sheet: Sheet, named: Named, event: Event | None) -> None:
        """Whether somebody held an office, at the event or at the time that is named."""
        office, (_, years) = named.office, times_named(question)
        if office is None:
            return
        own = [one for one in named.actors if event is not None and one.event == event.id]
        then = own or [one for one in named.actors if one.on[:4] in years] or list(named.actors)
        printed = [one for one in dict.fromkeys(one.office for one in then) if one]
        same = any(holds(sheet.reading, office, one) for one in printed) if printed else None
        sheet.hold("office", named.start, office[1], "; ".join(printed), same=same)

    def _strangers(self, question: Question, sheet: Sheet, event: Event, people: Sequence[Named]) -> None:
        """Unknown words, and names beside a role, of which the sources of the event know nothing."""
        reading = question.reading
        known = {at for one in people for at in range(one.start, one.end)}
        for office, start, end in titled_names(reading):
            if known.isdisjoint(range(start, end)) or not reading.has("aspect", *ROLES):
                known |= set(range(start, end))
                self._titled(sheet, event, office, (start, end))
        for start, end in dict.fromkeys(proper_names(question, _LED)):
            own = [at for at in range(start, end) if at not in known]
            text = " ".join(reading.words[at].text for at in own)
            if len(own) < 2 or text in self._texts[event.id]:
                continue
            behind = [span for span in reading.spans if span.start == end]
            role = next((one for one in _LED if any(span.means("aspect", one) for span in behind)), "")
            if role and _values(event, _FIELDS[role][0]):
                self._role(sheet, role, typed(reading, start, end), (start, end), event, [text])
            else:
                sheet.hold("name", start, end, "", same=None, used=False)

    def _titled(self, sheet: Sheet, event: Event, office: Span, at: tuple[int, int]) -> None:
        """A name behind an office, against those who chaired an event in this office; others there may hold it too."""
        name = " ".join(sheet.reading.words[one].text for one in range(*at))
        if name in self._texts[event.id]:
            return
        right = [one for one in event.chairs if f", {office.text} " in f"{fold(one)} "]
        said = typed(sheet.reading, *at).title()
        sheet.hold("name", *at, "; ".join(right), same=False if right else None, said=said)


def _days(sheet: Sheet, event: Event, days: Sequence[str]) -> None:
    """The days that are said of an event: each the first, the last or one between, the first and the last of a range just
    these."""
    noted = set(fold(event.note).translate(_MARKS).split())
    ends = {one for span in sheet.reading.of("period") for one in ends_of(sheet.reading, span)}
    for day in days:
        said = f"{int(day[3:])}/{int(day[:2])}"
        lasts = day == event.until[5:] or (event.date[5:] < day < event.until[5:] and day not in ends)
        same = event.date[5:] == day or lasts or not noted.isdisjoint((said, f"{said}/{event.year}"))
        known = same or (len(event.date) == DAY and (event.until or day != max(ends, default="")))
        right = event.until if event.until and day == max(ends, default="") else event.date
        sheet.hold("day", 0, 0, right, same=same if known else None, said=said)


def _filling(role: str, event: Event) -> list[str]:
    """Who or which places fill a role of an event, as printed."""
    own = _values(event, _FIELDS[role][0])
    if role == "chair" and own:
        return [*own, *(one for one in event.organisers if "(" in one)]
    return [one for name in _FIELDS[role] for one in _values(event, name)]


def _in_brackets(printed: Sequence[str], names: Sequence[str]) -> bool:
    """Whether none of the names is printed outside brackets."""
    plain = fold(" | ".join(one.partition(" (")[0] for one in printed))
    return not any(name in plain for name in names)


def _may_be(event: Event, said: Mapping[str, set[str]]) -> bool:
    """Whether something is named that one event alone has, or an event is of the kind and the year that are named."""
    if any(said[one] for one in _SURE):
        return True
    handed = any(one in event.next_host for one in said["handed"])
    timed = handed or event.year in (said["years"] or {event.year})
    alike = timed and said["heads"] <= {*words(fold(event.name))}
    return alike and (event.kind == _FAIR or not said["fair"])


def _attended(sheet: Sheet, event: Event) -> None:
    """Numbers of those who took part ("40 tỉnh, thành phố"), held against the one that is printed with the same noun."""
    reading = sheet.reading
    products = {
        span.start for span in reading.of("kind", "product")
    }  # entered or honoured, of several counts
    for printed in event.participants:
        right, _, rest = printed.partition(" ")
        if not right.isdigit() or any(map(str.isdigit, rest)):
            continue
        noun = words(fold(rest))
        for span in (one for one in reading.of("number") if one.end not in products):
            behind = zip((word.text for word in reading.words[span.end :]), noun, strict=False)
            end = span.end + sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], behind))
            if end > span.end:
                same = span.value.rpartition(":")[2] == right
                sheet.hold("attended", span.start, end, printed, same=same)
                told = f" {' '.join(words(fold(f'{printed} {event.name} {event.note}')))} "
                sheet.add(
                    strange_behind(reading, [Number(span.start, end, Decimal(right), "plain", "")], [told])
                )


def _values(event: Event, name: str) -> list[str]:
    value = getattr(event, name)
    return [value] * bool(value) if isinstance(value, str) else list(value)


def _text(event: Event) -> str:
    """Everything that is held of an event, folded."""
    fields = [one for names in _FIELDS.values() for name in names for one in _values(event, name)]
    return " ".join(words(fold(" ".join((event.name, event.note, *event.aliases, *fields)))))
