"""Which event a claim is about: the one that fits best what it names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from knowledge.answers.claim_people import Actor
from knowledge.base import KnowledgeBase
from knowledge.language.editions import edition_in
from knowledge.language.spans import IDLE, Span
from knowledge.reading.question import Question
from knowledge.records import Event, Region
from knowledge.text import fold, words

_LEAST_SCORE = 3


FAIR = "hoi_cho"
"""The kind of a fair, which has a slot of words of its own."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What a claim names of an event. `days`: `MM-DD`; `places`: folded names of provinces; `heads`: words for its kind;
    `people`: ids of the events of those who are named; `fair`: whether it is one."""

    ids: Set[str]
    shown: Set[str]
    edition: str
    days: Set[str]
    years: Set[str]
    areas: Set[str]
    places: Set[str]
    heads: Set[str]
    words: Set[str]
    people: Set[str]
    fair: bool

    def placed(self) -> bool:
        """Whether enough is named for one event to be meant."""
        own = self.ids or self.shown or self.edition or self.days or self.years or self.people
        return bool(own or ((self.areas or self.places) and (self.heads or self.fair)))

    def may_be(self, event: Event) -> bool:
        """Whether an event is of the year and the kind that are named, or something of its own is."""
        if self.ids or self.shown or self.edition or self.days or self.people:
            return True
        if self.fair and event.kind != FAIR:
            return False
        return (not self.years or event.year in self.years) and self.heads <= {*words(fold(event.name))}


class EventFinder:
    """Finds the events of one base. `texts`: everything that is held of each, folded."""

    def __init__(self, base: KnowledgeBase, texts: Mapping[str, str]) -> None:
        self._base = base
        self._texts = texts

    def find(
        self,
        question: Question,
        people: Sequence[tuple[int, int, tuple[Actor, ...]]],
        shown: Sequence[str],
    ) -> Event | None:
        """The event that is meant; None where a claim names too little of any."""
        said = self._said(question, people, shown)
        events = [one for one in self._base.events.values() if said.may_be(one)] if said.placed() else []
        score = self._score(said)
        best = max(events, key=score, default=None)
        return best if best is not None and score(best) >= _LEAST_SCORE else None

    def _said(
        self,
        question: Question,
        people: Sequence[tuple[int, int, tuple[Actor, ...]]],
        shown: Sequence[str],
    ) -> _Said:
        """What a claim says of an event: when, where, who and by what name."""
        reading = question.reading
        days, years = times_named(question)
        fairs = reading.of("event", FAIR)
        regions = [
            *(self._base.regions[one] for one in reading.values("region")),
            *_named_in(fairs, self._base.regions.values()),
        ]
        wide = [one for one in regions if one.kind in ("region", "country")]
        return _Said(
            ids={*reading.values("event_name")},
            shown={*shown},
            edition=str(edition_in(question.clean) or ""),
            days={*days},
            years={*years},
            areas={one.id for one in wide},
            places={fold(one.name) for one in regions if one not in wide},
            heads={word for span in reading.of("head", "event") for word in span.text.split()},
            words={word for span in reading.spans if span.slot not in IDLE for word in span.text.split()},
            people={actor.event for _, _, actors in people for actor in actors},
            fair=bool(fairs),
        )

    def _score(self, said: _Said) -> Callable[[Event], float]:
        """How well an event fits what is said of it."""

        def score(event: Event) -> float:
            name = set(words(fold(event.name)))
            weighed = (
                (6, event.id in said.ids),
                (5, event.id in said.shown),
                (3, bool(said.edition) and event.edition == said.edition),
                (3, bool(event.date) and event.date[5:] in said.days),
                (2.5, event.year in said.years),
                (3, event.region in said.areas),
                (-4, bool(said.areas) and event.region not in said.areas),
                (2, any(one in self._texts[event.id] for one in said.places)),
                (2, event.id in said.people),
                (2, len(said.heads & name) / max(len(said.heads), 1)),
                (-1, len(name - said.words) / max(len(name), 1)),
            )
            return sum(weight * holds for weight, holds in weighed)

        return score


def times_named(question: Question) -> tuple[list[str], list[str]]:
    """The days (`MM-DD`) and the years that a claim names."""
    codes = [span.value for span in question.reading.of("period") if span.value[:1].isdigit()]
    days = [code[5:] for code in codes if len(code) == len("0000-00-00") and code[4] == code[7] == "-"]
    if question.periods.day:
        days.append(question.periods.day)
    years = [code[:4] for code in codes] or [one.code[:4] for one in question.periods.found if one.code]
    return list(dict.fromkeys(days)), list(dict.fromkeys(years))


def _named_in(spans: Sequence[Span], regions: Iterable[Region]) -> list[Region]:
    """The regions whose names stand in words for an event."""
    return [one for one in regions if any(fold(one.name) in span.text for span in spans)]
