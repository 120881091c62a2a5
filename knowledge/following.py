"""What somebody wants to be told of when it is published: a region, a programme, a count, a time, or a kind of rule."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

from knowledge.finding.wanted import FUNDING, Wanted
from knowledge.reading.question import Question
from knowledge.records import Figure

Topic = Literal["", "documents", "events", "rules"]

_TOPICS: tuple[tuple[Topic, tuple[tuple[str, ...], ...]], ...] = (
    ("documents", (("head", "document"), ("document",), ("document_name",))),
    ("events", (("head", "event"), ("activity", "hoi-cho"))),
    ("rules", (("head", "support"), ("aspect",))),
)
"""Topic → the slots, or their values, that name it; the first one named counts."""
_TABLES: dict[str, Topic] = {
    "documents": "documents",
    "events": "events",
    "entries": "rules",
    "support_levels": "rules",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """Slots that a new figure must have (empty: any), or a topic in place of figures."""

    indicator: str = ""
    programme: str = ""
    region: str = ""
    period: str = ""
    topic: Topic = ""

    def to_json(self) -> str:
        """One text for one subject, so that following it twice is following it once."""
        return json.dumps({key: value for key, value in sorted(asdict(self).items()) if value})

    @classmethod
    def from_json(cls, text: str) -> Subject:
        """Raises ValueError for what `to_json` did not write."""
        read: Any = json.loads(text)
        if not isinstance(read, dict) or not all(isinstance(value, str) for value in read.values()):
            raise ValueError(text)
        try:
            return cls(**read)
        except TypeError:
            raise ValueError(text) from None

    @property
    def empty(self) -> bool:
        """Whether it names nothing: everything would match."""
        return self == Subject()


def subject_of_words(question: Question) -> Subject:
    """What a typed subject names; an empty one where it names nothing that can be followed."""
    region = question.regions[0].id if question.regions else ""
    programme = question.programmes[0].value if question.programmes else ""
    period = next((period.code for period in question.periods.found if period.code), "")
    indicator = FUNDING if question.money else next(iter(question.indicators), "")
    figures = Subject(indicator, programme, region, period)
    if not figures.empty and (question.money or programme or region):
        return figures
    for topic, named in _TOPICS:
        if any(question.reading.has(*one) for one in named):
            return Subject(topic=topic)
    return figures


def subject_of_gap(wanted: Wanted) -> Subject:
    """The subject of a question whose figure is not there; empty where it named several of something."""
    slots = (wanted.programmes, wanted.regions, wanted.periods)
    if wanted.joined or any(len(slot) > 1 for slot in slots):
        return Subject()
    programme, region, period = (next(iter(slot), "") for slot in slots)
    return Subject(wanted.indicator, programme, region, period) if region or programme else Subject()


def matches(subject: Subject, figure: Figure) -> bool:
    """Whether a figure is what somebody waits for: every slot that he named is the figure's."""
    if subject.topic or subject.empty:
        return False
    pairs = (
        (subject.indicator, figure.indicator),
        (subject.programme, figure.programme),
        (subject.region, figure.region),
        (subject.period, figure.period),
    )
    return all(not wanted or wanted == has for wanted, has in pairs)


def matches_table(subject: Subject, table: str) -> bool:
    """Whether a new row of a table other than figures is on the subject's topic."""
    return bool(subject.topic) and _TABLES.get(table) == subject.topic
