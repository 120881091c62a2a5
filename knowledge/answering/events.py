"""Questions about a conference, a fair or a review: which one, and what about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from knowledge.answering.library import Library
from knowledge.answering.wording import EVENT, EVENT_ALONE
from knowledge.dialogue import Context
from knowledge.finding.answer import event_answer
from knowledge.finding.events import edition_in, find_events
from knowledge.reading.question import Question
from knowledge.records import Answer, Choice, Event, Note, Stance
from knowledge.text import fold, words
from knowledge.thresholds import THRESHOLDS

_EVENT_PEOPLE = re.compile(
    r"\b(?:ket luan|chu tri|tham luan|phat bieu|tham du|du hoi nghi|be mac|khai mac|dai bieu|to chuc|phoi hop)\b"
)
_PAID = re.compile(r"\b(?:khuyen cong|duoc) (?:tra|lo|bu|chi|thanh toan) ?|\bai (?:tra|lo|chiu)\b")
"""What is paid to somebody who takes part."""


class EventAnswers:
    """Events of one library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def speaks_of_one(self, question: Question) -> bool:
        """Whether the question is about an event rather than about a figure or a kind of support."""
        if (question.counted or question.numbered) and question.periods.found:
            return False
        asks_one = question.who or question.where or question.when
        if question.amount and question.indicators and question.periods.found and not asks_one:
            return False
        dated = question.periods.found or edition_in(question.reading.kept)
        if (question.yes_no or question.who) and not dated and _PAID.search(question.clean):
            return False
        offered = re.search(r"\bkhuyen cong (?:co|ho tro|giup|dua)\b|\bho tro\b", question.clean)
        if question.yes_no and offered and not (question.check or dated):
            return False
        funding = any(one.value in ("plan", "allocated", "estimate") for one in question.measures.named)
        figure = question.programmes or question.measures.percent or question.measures.share or funding
        if figure and not (question.who or question.where or question.when):
            return False
        people = edition_in(question.reading.kept) and _EVENT_PEOPLE.search(question.clean)
        return bool(EVENT.search(question.clean) or people)

    def continued(self, question: Question, context: Context, today: date) -> tuple[Answer, Context] | None:
        """A short message about the event that was just shown: another year of it, or another aspect."""
        if not context.ids or len(question.clean.split()) > 10 or question.programmes or question.money:
            return None
        if context.route == "event" and context.ids[0] in self._library.base.events:
            last = self._library.base.events[context.ids[0]]
            years = [period.code[:4] for period in question.periods.found if period.code]
            areas = self._areas(question)
            aspect = _aspect(question) or (context.activity if years or areas else "")
            nothing = self._no_event(question, today)[0]
            if _YEAR_AFTER.search(question.clean) and (beside := self._beside(last, 1)) is not None:
                return self._told(beside, today, aspect)
            if _YEAR_BEFORE.search(question.clean) and not years:
                earlier = self._beside(last, -1)
                return self._told(earlier, today, aspect) if earlier else (nothing, context)
            if claimed := self._claimed_of(last, question, today):
                return claimed
            if not (years or areas or aspect) or (EVENT.search(question.clean) and not question.pronoun):
                return None
            rows = [
                event
                for event in self._library.base.events.values()
                if event.kind == last.kind
                and event.region == (areas[0] if areas else last.region)
                and event.year == (years[0] if years else last.year)
            ]
            return self._told(rows[0], today, aspect) if rows else (nothing, context)
        return None

    def _told(self, event: Event, today: date, aspect: str) -> tuple[Answer, Context]:
        told = event_answer(self._library.base, (event,), today, aspect)
        return told, Context(route="event", ids=(event.id,), activity=aspect)

    def _areas(self, question: Question) -> list[str]:
        """The regions of the programme that were named, or of which a part was."""
        named = [one.id for one in question.regions if one.id not in self._library.provinces]
        return [self._library.base.regions[one].part_of or one for one in named]

    def _claimed_of(self, event: Event, question: Question, today: date) -> tuple[Answer, Context] | None:
        """A day or a place that is claimed of the event just shown ("có phải ngày 26/10 không")."""
        places = [
            self._library.provinces[one.id] for one in question.regions if one.id in self._library.provinces
        ]
        day = question.periods.day
        held = places and re.search(r"\b(?:o|tai)\b", question.clean)
        if not (question.check or question.yes_no) or not (day or held) or question.indicators:
            return None
        if (day and not event.date) or (held and not event.place):
            return None
        aspect = "when" if day else "where"
        told = event_answer(self._library.base, (event,), today, aspect)
        stance = self._event_claim(question, event, places)
        return replace(told, stance=stance), Context(route="event", ids=(event.id,), activity=aspect)

    def answer(self, question: Question, today: date) -> tuple[Answer, Context] | None:
        """The event that is meant, with what was asked of it first; which one, where several could be; None if no event is."""
        years = [period.code[:4] for period in question.periods.found if period.code]
        places = [
            self._library.provinces[place.id]
            for place in question.regions
            if place.id in self._library.provinces
        ]
        areas = self._areas(question)
        asks_event = bool(
            question.who or question.where or question.when or question.check or question.yes_no or edition_in(question.reading.kept)
            or re.search(r"\b(?:dang cai|trao co|co luan luu|to chuc o|hop o|hop ngay|hop hom|ngay hop|noi hop|dia diem|thoi gian|lan thu may|lan may|thanh phan|dai bieu|tham luan|chu tri|ket luan|be mac|don vi to chuc|tong ket)\b", question.clean)
        )  # fmt: skip
        entries = self._library.entries.search(question.clean)
        which = bool(_WHICH.search(question.clean) or EVENT_ALONE.fullmatch(question.clean))
        asks_event = asks_event or which
        if (
            entries
            and not which
            and entries[0].score >= THRESHOLDS.sure
            and not (question.who or question.where or question.when or question.check or _aspect(question))
        ):
            return None
        if not asks_event and len(question.clean.split()) > 9:
            return None
        if question.money and question.amount and not asks_event:
            return None
        kept = question.reading.kept
        found = find_events(
            self._library.base.events.values(), kept, regions=areas, years=years, places=places
        )
        edition = edition_in(kept)
        claims = question.check or question.yes_no
        if not found.events:
            likely = entries and entries[0].score >= THRESHOLDS.answer
            if likely and (not (years and (question.when or question.where)) or EVENT.search(entries[0].key)):
                return None
            if years or edition or areas:
                return self._no_event(question, today)
            return None
        if "year" in found.wrong and areas and not (claims or edition or places):
            return self._no_event(question, today)
        aspect = _aspect(question)
        having = [event for event in found.events if _has_aspect(event, aspect)]
        if aspect in _PEOPLE_ASPECTS and len(having) == 1:
            found = replace(found, events=tuple(having))
        if len(found.events) > 1 and not (years or places):
            found = replace(found, events=_by_words(found.events, question.clean))
        several = len({(event.region, event.kind) for event in found.events}) > 1 and not areas
        if (
            len(found.events) > 1
            and (several or not years)
            and not (claims and years)
            and not (edition or places)
        ):
            choices = tuple(Choice(_short_event(event.name), event.name) for event in found.events[:4])
            answer = Answer(
                status="asked_back", kind="choice", as_of=today, gaps=(Note("ask_event"),), choices=choices
            )
            return answer, Context(route="event", ids=tuple(event.id for event in found.events[:4]))
        parts = {self._library.base.regions[place.id].part_of for place in question.regions}
        found = replace(
            found, events=tuple(sorted(found.events, key=lambda event: event.region not in parts))
        )
        lead = self._by_aspect(found.events, aspect)
        if shift := _NEXT_TO.match(question.clean):
            beside = self._beside(lead, -1 if shift[1] == "truoc" else 1)
            if beside is None:
                return self._no_event(question, today)
            told = event_answer(self._library.base, (beside,), today, aspect)
            return told, Context(route="event", ids=(beside.id,), activity=aspect)
        if question.who and places and not any(place in _people_of(lead) for place in places):
            return None
        if (
            places
            and not any(place in fold(f"{lead.place} {lead.host}") for place in places)
            and lead.next_host
        ):
            hosts_next = any(place in fold(lead.next_host) for place in places)
            held_there = claims and re.search(r"\b(?:hop|to chuc|dien ra) (?:o|tai)\b", question.clean)
            aspect = ("where" if held_there else "next_host") if hosts_next else aspect
        hard = [what for what in found.wrong if not (what == "year" and aspect in ("next_host",))]
        notes: tuple[Note, ...] = ()
        stance: Stance | None = None
        if hard:
            notes = () if claims else (Note("event_differs"),)
            stance = "no" if claims else None
            if not claims and "region" in hard:
                return self._no_event(question, today)
        elif claims:
            stance = self._event_claim(question, lead, places)
        others = [event for event in found.events if event.id != lead.id][:3] if claims and several else []
        answer = event_answer(self._library.base, (lead, *others), today, aspect, notes)
        return replace(answer, stance=stance), Context(route="event", ids=(lead.id,), activity=aspect)

    def _beside(self, event: Event, step: int) -> Event | None:
        """The edition before or after an event."""
        return next(
            (
                one
                for one in self._library.base.events.values()
                if one.kind == event.kind
                and one.region == event.region
                and one.edition
                and event.edition
                and int(one.edition) == int(event.edition) + step
            ),
            None,
        )

    def _event_claim(self, question: Question, event: Event, places: Sequence[str]) -> Stance | None:
        if question.periods.day and event.date and event.date[5:] != question.periods.day:
            return "no"
        if places and re.search(r"\b(?:o|tai)\b", question.clean):
            held = fold(f"{event.place} {event.host}")
            return "yes" if any(place in held for place in places) else "no"
        return "yes"

    def _by_aspect(self, rows: Sequence[Event], aspect: str) -> Event:
        wanted = {
            "next_host": lambda e: e.next_host, "concluded": lambda e: e.concluded_by, "closed": lambda e: e.closed_by, "speakers": lambda e: e.speakers,
            "chairs": lambda e: e.chairs, "when": lambda e: e.date, "where": lambda e: e.place,
        }.get(aspect)  # fmt: skip
        if wanted:
            having = [event for event in rows if wanted(event)]
            return (having or rows)[0]
        return rows[0]

    def _no_event(self, question: Question, today: date) -> tuple[Answer, Context]:
        known = sorted(self._library.base.events.values(), key=lambda event: event.year, reverse=True)
        areas = self._areas(question)
        near = [event for event in known if event.region in areas][:3] or known[:3]
        answer = Answer(
            status="no_answer",
            kind="event",
            as_of=today,
            gaps=(Note("no_event"),),
            choices=tuple(Choice(_short_event(event.name), event.name) for event in near),
        )
        return answer, Context(route="event")


_WHICH = re.compile(
    r"\b(?:hoi nghi|hoi cho)(?: khuyen cong)? nao\b|\b(?:cac|nhung) (?:hoi nghi|hoi cho) (?:khuyen cong )?(?:nao|nam|trong nam|cua nam|20)"
)
"""Asks which events there are, not what was said at one."""
_YEAR_AFTER = re.compile(r"^(?:the |vay |con )?(?:nam|lan|ky) (?:sau|ke tiep|tiep theo)\b")
_YEAR_BEFORE = re.compile(r"^(?:the |vay |con )?(?:hoi nghi )?(?:nam|lan|ky) (?:ngay |lien )?truoc\b")
"""Of the event just spoken of, not of today."""
_NEXT_TO = re.compile(r"(truoc|sau) (?:hoi nghi|ky hop|lan hop) (?:nay|do|ay|tai|o|nam|lan|thu|[ivx]+)\b")


def _people_of(event: Event) -> str:
    """Everyone whom the source names for an event, and where it is held, folded."""
    people = (*event.speakers, *event.participants, *event.chairs, *event.organisers)
    return fold(
        " ".join((*people, event.concluded_by, event.closed_by, event.place, event.host, event.next_host))
    )


_PEOPLE_ASPECTS = ("next_host", "concluded", "closed", "speakers")


def _has_aspect(event: Event, aspect: str) -> bool:
    """Whether the source says this of the event."""
    return bool(
        {
            "next_host": event.next_host,
            "concluded": event.concluded_by,
            "closed": event.closed_by,
            "speakers": event.speakers,
        }.get(aspect, True)
    )


def _by_words(events: Sequence[Event], folded: str) -> tuple[Event, ...]:
    """The one event whose name shares clearly more words with the question, or all of them."""
    said = set(words(folded))
    scored = sorted(
        ((len(said & set(words(fold(event.name)))), event) for event in events), key=lambda item: -item[0]
    )
    if len(scored) > 1 and scored[0][0] >= scored[1][0] + 2:
        return (scored[0][1],)
    return tuple(events)


def _short_event(name: str) -> str:
    return re.sub("các tỉnh, thành phố |khu vực |thứ |năm ", "", name)


_ASPECTS = {
    "next_host": r"\b(?:trao co|nhan co|dang cai (?:tiep|lan sau|nam sau|ky sau|lan toi)|lan (?:sau|toi|tiep theo|ke tiep)|co luan luu|tiep theo)\b",
    "concluded": r"\bket luan\b",
    "closed": r"\bbe mac\b",
    "speakers": r"\b(?:tham luan|phat bieu)\b",
    "chairs": r"\bchu tri\b",
    "participants": r"\b(?:tham du|thanh phan|nhung ai du|ai du|dai bieu)\b",
    "edition": r"\blan (?:thu )?(?:may|bao nhieu)\b",
}
"""What is asked of an event, by the words that ask for it; the first that occurs decides."""


def _aspect(question: Question) -> str:
    for aspect, pattern in _ASPECTS.items():
        if re.search(pattern, question.clean):
            return aspect
    if question.when or question.where:
        return "when" if question.when else "where"
    return (
        "organisers" if re.search(r"\b(?:to chuc|don vi nao|co quan nao|phoi hop)\b", question.clean) else ""
    )
