"""Where an owner turns to: who does khuyến công in his province of today, or the entry that says so in general."""

from __future__ import annotations

from dataclasses import replace

from knowledge.answering.entries import EntryAnswers
from knowledge.answering.library import Asked, Library
from knowledge.answering.whereabouts import names_a_district, only_says_where
from knowledge.answers.told import Telling
from knowledge.dialogue import Context
from knowledge.finding.answer import sources_for
from knowledge.language.spans import IDLE, Reading
from knowledge.reading.question import Question
from knowledge.records import Answer, Entry, Note

SHORT = 14
"""Words of a question that asks for no more than an office."""
APPLIED_FOR = ("may-moc-thiet-bi", "day-chuyen-cong-nghe")
"""Activities that are named for the application that is made for them."""
FIRST_NEW_YEAR = "2025"
"""Offices of the years before are not told."""


class Contacts:
    """Offices, for the provinces of one library."""

    def __init__(self, library: Library, entries: EntryAnswers, telling: Telling) -> None:
        self._library = library
        self._tell = entries.tell
        self._telling = telling

    def answer(self, asked: Asked) -> tuple[Answer, Context] | None:
        """Who does khuyến công in the province that is named; None where something else is asked."""
        question = asked.question
        province = self._library.province_in(question)
        here = self.only_says_where(asked)
        if not (here or self._asks(question)) or self._telling.in_two_provinces(question):
            return None  # of two provinces the rule on where one produces decides
        rule = self._telling.rule("aspect", "place")
        entry = self._library.base.entries.get(rule.entry) if rule else None
        if province is None:
            wants = any(
                question.reading.has(*one)
                for one in (
                    ("head", "support"),
                    ("intent", "wish"),
                    ("kind", "office"),
                    ("activity", *APPLIED_FOR),
                )
            )
            short = len(question.clean.split()) <= SHORT or question.reading.has("aspect", "place")
            return self._tell(entry, question, asked.today) if entry and short and wants else None
        if question.programmes or question.measures.named or question.money:
            return None
        if any(period.code and period.code[:4] < FIRST_NEW_YEAR for period in question.periods.found):
            return None
        return self._of_province(asked, entry)

    def only_says_where(self, asked: Asked) -> bool:
        """Whether a message says no more than in which province someone is."""
        province = self._library.province_in(asked.question)
        if province is None or asked.context.wanted is not None:
            return False
        return only_says_where(asked.question)

    def _asks(self, question: Question) -> bool:
        """Whether an office is asked for."""
        reading = question.reading
        if reading.has("event_name") or reading.has("head", "event", "product_vote") or question.neighbour:
            return False
        if reading.has("aspect", "place", "contact"):
            return True
        support = reading.has("head", "support")
        topic = support or reading.has("head", "khuyen_cong") or reading.has("intent", "wish")
        if not question.regions:
            return (topic or self._names_office(reading)) and reading.has("asks", "where")
        office = reading.has("kind", "office")
        if question.yes_no and office and not support:
            return topic or reading.has("talk", "human")
        if reading.has("talk", "human") or _only_office(reading):
            return True
        return (topic or office or self._names_office(reading)) and _which_office(question)

    def _names_office(self, reading: Reading) -> bool:
        """Whether an entry on who does khuyến công is named."""
        entries = self._library.base.entries
        named = (entries[one] for one in reading.values("entry_name") if one in entries)
        return any("to_chuc" in one.topics for one in named)

    def _of_province(self, asked: Asked, entry: Entry | None) -> tuple[Answer, Context]:
        province = self._library.province_in(asked.question)
        assert province is not None
        body = self._library.base.bodies.get(province.successor or province.id)
        sources = [*(body.sources if body else entry.sources if entry else ()), *province.sources]
        answer = Answer(
            status="answered",
            kind="support",
            as_of=asked.today,
            aspect="contact",
            entries=(entry,) if entry else (),
            regions=self._library.now(province),
            stance="yes",
            body=body,
            assumptions=(Note("no_district"),) if names_a_district(asked.question) else (),
            sources=sources_for(self._library.base, sources),
        )
        return answer, replace(asked.context, route="contact", region=province.id)


def _which_office(question: Question) -> bool:
    """Whether it is asked who it is, or which one, in a province that is named."""
    reading = question.reading
    if reading.has("asks", "where") or (reading.has("kind", "office") and reading.has("asks", "which")):
        return True
    old = any(period.code and period.code[:4] < FIRST_NEW_YEAR for period in question.periods.found)
    named = old or question.documents or reading.has("kind", "official")
    return reading.has("asks", "who", "which_province") and not named


def _only_office(reading: Reading) -> bool:
    """Whether nothing is named but an office and where it is."""
    slots = {span.slot for span in reading.spans if span.slot not in IDLE}
    return reading.has("kind", "office") and slots <= {"kind", "region", "intent", "talk"}
