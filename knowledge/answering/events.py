"""Questions about a conference, a fair or a review: which one, and what about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from knowledge.answering.event_asks import (
    Said,
    all_asked,
    asks_of_event,
    aspect_of,
    only_named,
    stance_of,
    step_of,
    year_of,
)
from knowledge.answering.library import Library
from knowledge.dialogue import Context
from knowledge.finding.answer import asked_back, event_answer
from knowledge.finding.events import EventsFound, find_events, short_name
from knowledge.language.editions import edition_in
from knowledge.language.spans import Reading
from knowledge.reading.question import Question
from knowledge.records import Answer, Choice, Event, Note, Stance
from knowledge.telling.names import period_name, region_name
from knowledge.text import fold

SHORT = 10
"""Words of a message that goes on about an event, or that only names one."""
MOST_CHOICES = 4
CONFERENCE = "hoi_nghi_khuyen_cong"
"""The kind of event that is meant where none is named."""
_PEOPLE = ("next_host", "concluded", "closed", "speakers")
_COUNTED = ("edition", "participants", "when", "where")
"""Aspects of an event that tell a number."""
_TOLD_BY = {
    "next_host": lambda event: event.next_host,
    "concluded": lambda event: event.concluded_by,
    "closed": lambda event: event.closed_by,
    "speakers": lambda event: event.speakers,
    "chairs": lambda event: event.chairs,
    "when": lambda event: event.date,
    "where": lambda event: event.place,
}
"""What of an event tells an aspect."""


class EventAnswers:
    """Events of one library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._events = library.base.events

    def continued(self, question: Question, context: Context, today: date) -> tuple[Answer, Context] | None:
        """A short message about the event that was just shown: another year of it, or another aspect."""
        last = self._shown(context)
        if last is None or len(question.reading.words) > SHORT or question.money:
            return None
        said, step = self._said(question), step_of(question)
        said = replace(said, years=() if step else said.years)  # "the year after" that of the event spoken of
        moved = bool(said.years or said.areas or step)
        aspect = aspect_of(question) or (context.activity if moved else "")
        if aspect == "next_host" and (moved or not last.next_host):
            step, aspect = step or 1, "where"
        if step:
            return self._stepped(last, step, question, context, today, aspect)
        if claimed := self._claimed_of(last, question, said, today):
            return claimed
        if not (moved or aspect) or question.reading.has("head", "event"):
            return None
        return self._like(last, said, question, context, today, aspect)

    def _shown(self, context: Context) -> Event | None:
        """The event that was just shown."""
        return self._events.get(context.ids[0]) if context.ids and context.route == "event" else None

    def _like(
        self, last: Event, said: Said, question: Question, context: Context, today: date, aspect: str
    ) -> tuple[Answer, Context]:
        """The event of the kind just shown, of the region, the edition or the year that is named instead."""
        said = replace(said, areas=said.areas or (last.region,))
        if said.edition is None:
            said = replace(said, years=said.years or (last.year,))
        years, number = said.years or ("",), str(said.edition or "")
        alike = [row for row in self._events.values() if (row.kind, row.region) == (last.kind, said.areas[0])]
        rows = (row for row in alike if (row.edition == number if number else row.year == years[0]))
        if (found := next(rows, None)) is not None:
            return self._told(found, question, today, aspect)
        return self._no_event(said, today, last.kind)[0], replace(context, activity=aspect)

    def _stepped(
        self, last: Event, step: int, question: Question, context: Context, today: date, aspect: str
    ) -> tuple[Answer, Context]:
        """The edition before or after the event just shown; of the one before it in the chat, if that is where it leads."""
        beside = self._beside(last, step)
        if beside and context.past and beside.id in context.past[0].ids:
            beside = self._beside(beside, step) or beside
        if beside:
            return self._told(beside, question, today, aspect)
        year = str(int(last.year) + step) if last.year else ""
        return self._no_event(Said((year,), (last.region,), (), None), today, last.kind)[0], context

    def answer(self, question: Question, today: date) -> tuple[Answer, Context] | None:
        """The event that is meant, with what was asked of it first; which one, where several could be; None if no event is."""
        said, reading, aspect = self._said(question), question.reading, aspect_of(question)
        if not self._asks(question, said, aspect):
            return None
        found = self._find(reading, said)
        claims = question.check or question.yes_no
        if not found.events:
            return self._no_event(said, today) if said.years or said.areas else None
        if "year" in found.wrong and said.areas and not (claims or said.edition or said.places):
            return self._no_event(said, today)
        rows = self._meant(found.events, question, said, aspect)
        if self._ask_which(rows, said, claims=claims):
            return _choices(rows, today)
        lead = next((one for one in rows if aspect in _TOLD_BY and _TOLD_BY[aspect](one)), rows[0])
        if (step := step_of(question)) and reading.spans[0].means("reference"):
            beside = self._beside(lead, step)
            return self._told(beside, question, today, aspect) if beside else self._no_event(said, today)
        return self._lead(question, said, found, lead, aspect, today)

    def _meant(self, events: tuple[Event, ...], question: Question, said: Said, aspect: str) -> list[Event]:
        """Of the events that agree with what was said the latest, where it is asked for, or those whose names and people the
        words name; those of the region of a province that is named first."""
        rows = _having(events, aspect)
        if question.reading.has("reference", "latest") or (aspect == "next_host" and said.areas):
            rows = rows[:1]
        parts = {self._library.base.regions[place.id].part_of for place in question.regions}
        return sorted(rows, key=lambda event: event.region not in parts)

    def _asks(self, question: Question, said: Said, aspect: str) -> bool:
        """Whether a question is of an event: one is named, or something is asked that an event can tell."""
        reading = question.reading
        named = only_named(question) or (
            reading.has("head", "event") and reading.has("asks", "which", "list")
        )
        if reading.has("asks", "how_many") and aspect not in _COUNTED:
            return False
        return named or asks_of_event(question) or said.edition is not None or len(reading.words) <= SHORT

    def _lead(
        self, question: Question, said: Said, found: EventsFound, lead: Event, aspect: str, today: date
    ) -> tuple[Answer, Context]:
        """One event, held against what is claimed of it."""
        claims = question.check or question.yes_no
        elsewhere = said.places and not any(
            place in fold(f"{lead.place} {lead.host}") for place in said.places
        )
        if elsewhere and lead.next_host and any(place in fold(lead.next_host) for place in said.places):
            aspect = "where" if claims and question.reading.has("aspect", "host") else "next_host"
        hard = [what for what in found.wrong if not (what == "year" and aspect == "next_host")]
        if hard and not claims and "region" in hard:
            return self._no_event(said, today)
        stance: Stance | None = None
        if claims:
            stance = "no" if hard else stance_of(question, said, lead)
        notes = (Note("event_differs"),) if hard and not claims else ()
        answer, context = self._told(lead, question, today, aspect, notes)
        return replace(answer, stance=stance), context

    def _said(self, question: Question) -> Said:
        provinces, regions = self._library.provinces, self._library.base.regions
        return Said(
            tuple(year_of(period.code) for period in question.periods.found if period.code),
            tuple(regions[one.id].part_of or one.id for one in question.regions if one.id not in provinces),
            tuple(provinces[one.id] for one in question.regions if one.id in provinces),
            edition_in(question.reading.kept),
        )

    def _find(self, reading: Reading, said: Said) -> EventsFound:
        """The events of the kind that is named which agree best with what was said."""
        kinds = [
            (span.value if span.slot == "event" else dict(span.others)["event"], span.text)
            for span in reading.of("event")
        ]
        named = {one: self._events[one] for one in reading.values("event_name")}
        alike = {one.kind for one in named.values()}
        rows = [
            one
            for one in self._events.values()
            if one.kind in alike
            or any(one.kind == kind or text in fold(one.name) for kind, text in kinds)
            or (not kinds and not named and one.kind == CONFERENCE)
        ]
        found = find_events(
            rows, edition=said.edition, regions=said.areas, years=said.years, places=said.places
        )
        own = tuple(one for one in found.events if one.id in named)
        return replace(found, events=own) if own else found

    def _ask_which(self, rows: Sequence[Event], said: Said, *, claims: bool) -> bool:
        """Whether several events are meant as well, and nothing said tells them apart."""
        several = len({(event.region, event.kind) for event in rows}) > 1 and not said.areas
        told_apart = said.edition or said.places or (claims and said.years)
        return len(rows) > 1 and (several or not said.years) and not told_apart

    def _told(
        self, event: Event, question: Question, today: date, aspect: str, notes: Sequence[Note] = ()
    ) -> tuple[Answer, Context]:
        base = self._library.base
        told = event_answer(base, (event,), today, aspect, notes)
        others = (Note(one) for one in all_asked(question.reading) if one != aspect)
        told = replace(told, leads=tuple(others) if aspect else ())
        return told, Context(route="event", ids=(event.id,), activity=aspect)

    def _claimed_of(
        self, event: Event, question: Question, said: Said, today: date
    ) -> tuple[Answer, Context] | None:
        """A day or a place that is claimed of the event just shown ("có phải ngày 26/10 không")."""
        day = question.periods.day if event.date else ""
        held = said.places and event.place and question.reading.has("function", "at")
        if not (question.check or question.yes_no) or not (day or held) or question.indicators:
            return None
        answer, context = self._told(event, question, today, "when" if day else "where")
        return replace(answer, stance=stance_of(question, said, event)), context

    def _beside(self, event: Event, step: int) -> Event | None:
        """The edition before or after an event."""
        edition = str(int(event.edition) + step) if event.edition else ""
        same = (one for one in self._events.values() if (one.kind, one.region) == (event.kind, event.region))
        return next((one for one in same if edition and one.edition == edition), None)

    def _no_event(self, said: Said, today: date, kind: str = CONFERENCE) -> tuple[Answer, Context]:
        known = sorted(
            self._events.values(), key=lambda event: (event.kind == kind, event.year), reverse=True
        )
        near = [event for event in known if event.region in said.areas] or known
        of = [region_name(self._library.base.names, one) for one in said.areas[:1]]
        of += [period_name(one) for one in said.years[:1]]
        gap = Note("no_event_of", {"of": " ".join(of)}) if of else Note("no_event")
        answer = Answer(
            status="no_answer",
            kind="event",
            as_of=today,
            gaps=(gap, Note("near_event", {"near": short_name(near[0])})) if said.areas and near else (gap,),
            choices=tuple(Choice(short_name(event), event.name) for event in near[: MOST_CHOICES - 1]),
        )
        return answer, Context(route="event")


def _choices(rows: Sequence[Event], today: date) -> tuple[Answer, Context]:
    """Which of several events is meant."""
    choices = tuple(Choice(short_name(event), event.name) for event in rows[:MOST_CHOICES])
    answer = asked_back(today, [Note("ask_event")], choices)
    return answer, Context(route="event", ids=tuple(event.id for event in rows[:MOST_CHOICES]))


def _having(events: Sequence[Event], aspect: str) -> list[Event]:
    """The one event whose source says what is asked, or all of them."""
    having = [one for one in events if aspect in _PEOPLE and _TOLD_BY[aspect](one)]
    return having if len(having) == 1 else list(events)
