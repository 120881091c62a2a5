"""What the answerers look things up in: one base with its indexes, built once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.base import FoldedEntry, KnowledgeBase
from knowledge.dialogue import Context
from knowledge.finding.documents import DocumentIndex
from knowledge.finding.eligibility import TRADE_TOPIC
from knowledge.finding.entries import EntryIndex
from knowledge.finding.support import SupportLevels
from knowledge.finding.versions import Versions, later_documents
from knowledge.own_cache import own_cache
from knowledge.reading.periods import first_day, last_day
from knowledge.reading.places import Gazetteer
from knowledge.reading.question import Question
from knowledge.records import Entry, Note, Region
from knowledge.text import fold, wording

FIRST_NAMES = 6
"""Aliases of a trade that are looked for by likeness too."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its chat and its day."""

    question: Question
    context: Context
    today: date


class Library:
    """Indexes over one base: documents by number and by title, levels by activity, entries by their keys."""

    def __init__(self, base: KnowledgeBase, entries: EntryIndex | None = None) -> None:
        self.base = base
        self.documents = DocumentIndex(base.documents.values())
        self.levels = SupportLevels(base.levels.values())
        self.entries = entries or EntryIndex(
            (name, _keys(base.entries[name], folded), f"{folded.body} {folded.detail}")
            for name, folded in base.folded.items()
        )
        self.versions = Versions(base.entries)
        self.asked_by = _askers(base)
        """Titles and stored questions, as `wording` gives them, with the one entry whose they are."""
        self._gazetteer = Gazetteer(base.regions.values())
        self.places_of = own_cache(self._places_of, 1024)
        self.provinces = {
            region.id: fold(region.name) for region in base.regions.values() if region.kind == "province"
        }

    def _places_of(self, entry_id: str) -> frozenset[str]:
        """The regions that a report names, the provinces that any other entry names in its title; with each province
        those that went into it and the one it belongs to today."""
        entry = self.base.entries[entry_id]
        report = entry.kind == "assessment"
        named = {
            region
            for text in ((entry.title, entry.body) if report else (entry.title,))
            for region in self._gazetteer.named(fold(text))
            if self.base.regions[region].kind == ("region" if report else "province")
        }
        kin = {one.id for place in named for one in self.base.predecessors.get(place, ())}
        return frozenset(named | kin | {self.base.regions[place].successor for place in named} - {""})

    def province_in(self, question: Question) -> Region | None:
        """The first province that a question names."""
        named = self.provinces_in(question)
        return self.base.regions[named[0]] if named else None

    def provinces_in(self, question: Question) -> list[str]:
        """The ids of the provinces that a question names, without those right behind a word for customers."""
        reading = question.reading
        sold = {one.end for one in reading.of("kind", "customer")}
        away = {span.value for span in reading.of("region") if sold & {span.start, span.start - 1}}
        return [one.id for one in question.regions if one.id in self.provinces and one.id not in away]

    def now(self, province: Region | None) -> tuple[Region, ...]:
        """A province, followed by the one that it belongs to today if that is another."""
        if province is None:
            return ()
        successor = self.base.regions.get(province.successor)
        return (province, successor) if successor else (province,)


def _keys(entry: Entry, folded: FoldedEntry) -> tuple[str, ...]:
    """The keys of an entry. A trade has dozens of names, which `EntryNames` reads with their marks; without marks they
    would be half of other words ("nhà trọ", "hỗ trợ")."""
    return (
        folded.keys[: FIRST_NAMES + 1] + folded.keys[1 + len(entry.aliases) :]
        if TRADE_TOPIC in entry.topics
        else folded.keys
    )


def _askers(base: KnowledgeBase) -> dict[str, Entry]:
    found: dict[str, Entry | None] = {}
    for entry in base.entries.values():
        for key in {wording(one) for one in (entry.title, *entry.questions)}:
            found[key] = None if key in found else entry
    return {key: entry for key, entry in found.items() if entry is not None}


def named_day(question: Question, today: date) -> date | None:
    """The last day of the time that was named (the day before what follows "trước …"); None where none was, or this
    year, or the years up to it."""
    now = (str(today.year), f"-{today.year - 1}")
    if any(period.relative and period.code.endswith(now) for period in question.periods.found):
        return None
    codes = [period.code for period in question.periods.found]
    for period in question.periods.found:
        if period.code and not any(code.startswith(f"{period.code}-") for code in codes):
            if re.search(r"\btruoc (?:ngay |thang |nam |quy )?$", question.clean[: period.position]):
                return first_day(period.code) - timedelta(days=1)
            return last_day(period.code)
    return None


def day_of(question: Question, today: date) -> tuple[date, bool]:
    """The day for which a rule is asked: the one that was named where it is past, else today; and whether it is that one."""
    day = named_day(question, today)
    return (day, True) if day is not None and day < today and day.year >= 1990 else (today, False)


def said_day(day: date) -> str:
    """A day as notes write it: the last day of a year stands for the year."""
    return f"năm {day.year}" if (day.month, day.day) == (12, 31) else f"{day.day}/{day.month}/{day.year}"


def notes_of_day(base: KnowledgeBase, entry: Entry, day: date) -> tuple[Note, ...]:
    """What someone who asked about `day` must be told of a rule, or of a part of it, that came only later."""
    if entry.valid_from > day.isoformat():
        return (Note("rule_is_later", {"from": entry.valid_from, "day": said_day(day)}),)
    if entry.kind == "assessment" or entry.status == "superseded":  # what has ended names what ended it
        return ()
    later = " ".join(document.id for document in later_documents(base.documents, entry, day))
    return (Note("part_is_later", {"documents": later, "day": said_day(day)}),) if later else ()


def dateless(question: Question) -> str:
    """The words of a question without the times that it names."""
    reading = question.reading
    times = {at for span in reading.of("period") for at in range(span.start, span.end)}
    return " ".join(word.text for at, word in enumerate(reading.words) if at not in times)
