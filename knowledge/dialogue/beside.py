"""Entries beside the one that was told: what a follow-up asks of the same object is often told by a neighbour of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import cast

from knowledge.answering import Asked
from knowledge.base import KnowledgeBase
from knowledge.dialogue.about import ids_of
from knowledge.dialogue.state import Context
from knowledge.finding.answer import entry_answer
from knowledge.language.spans import IDLE, Reading, Span
from knowledge.matching.deciding import Scored
from knowledge.matching.matcher import Matcher
from knowledge.reading.question import Question, Reader
from knowledge.records import Answer, Entry, Stance
from knowledge.telling.talk_texts import question_tail
from knowledge.text import fold

Told = tuple[Answer, Context]
LEAST_ALONE, LEAST_WITH = 0.1, 0.08
"""How likely an entry must be by this turn's words alone, and with the title of the last entry before them."""
LEAST_EITHER, LEAST_CHANCE, LEAST_LEAD = 0.2, 0.003, 3
"""How likely an entry must be with what was told or asked before; what counts for less likely; how far it must lead."""
LEAST_HEARD = 0.03
"""How likely an entry must be by this turn's words alone, whatever was told before."""
_BARE = ("asks", "reference", "period", "head", "talk")
_OF_RULE = ("since", "approver", "issuer")
"""Slots, and aspects, of a question that names nothing to ask of."""
_DURATION = re.compile(r"\d (?:ngay|thang|nam)\b")
VOTE = "binh_chon"
"""The topic of the entries on the vote on products."""
LEAST_GAINED, LEAST_APART = 0.15, 0.08
_OWN_OBJECTS = (
    "head",
    "activity",
    "document",
    "document_name",
    "programme",
    "event_name",
    "neighbour",
    "region",
)
_OPEN = ("how", "yes_no", "what", "which", "check", "how_much", "how_many", "who", "where", "when")
"""What may be asked of anything."""


class Beside:
    """Finds the entry that a follow-up of an entry asks for, in one base."""

    def __init__(self, base: KnowledgeBase, reader: Reader, matcher: Matcher) -> None:
        self._base = base
        self._reader = reader
        self._matcher = matcher
        rests = (
            line.partition(":")[0]
            for row in base.entries.values()
            if VOTE in row.topics
            for line in row.basis
        )
        self._vote_law = next(iter(Counter(rests).most_common(1)), ("", 0))[0]

    def entry(self, question: Question, context: Context, today: date) -> Told | None:
        """The entry, other than the one told, that leads by this turn's words both alone and after the title of the
        one told; None where no entry does, or where the one told is asked for again."""
        told, subject = self._subject(context)
        if not subject or all(span.slot in IDLE or span.means("asks") for span in question.reading.spans):
            return None
        alone = self._entries(question.typed, today)
        after = [row for row in self._entries(f"{subject} {question.typed}", today) if _id(row) not in told]
        if not alone or not after or _id(alone[0]) != _id(after[0]):
            return None
        if alone[0].probability < LEAST_ALONE or after[0].probability < LEAST_WITH:
            return None
        return after[0].candidate.answer, after[0].candidate.context

    def likeliest(
        self, question: Question, context: Context, today: date, *, alone: float = 0
    ) -> Told | None:
        """The entry, other than the one told, that clearly leads; None where no entry does, or the one told. `alone`: how
        likely it must be at least by this turn's words alone."""
        told, _ = self._subject(context)
        best = self._leader(question, context, today)
        best = best if best is not None and best.probability >= alone else None
        return (best.candidate.answer, best.candidate.context) if best and _id(best) not in told else None

    def of_vote(self, question: Question, context: Context, today: date) -> Told | None:
        """After the vote on products: the rule of the vote that a message without an object of its own asks for."""
        told, _ = self._subject(context)
        reading = question.reading
        asks = reading.has("aspect") or set(reading.values("asks")) - {"how", "which_document"}
        if not asks or _names_else(reading) or not self._of_vote(context, today):
            return None
        plain = {_id(row): row.probability for row in self._entries(question_tail("vote"), today)}
        rows = {
            row.probability - plain.get(_id(row), 0): row  # what the words for the vote alone say for it
            for row in self._entries(f"{question_tail('vote')} {question.typed}", today)
            if not row.vetoes
        }
        best, *others = sorted(rows, reverse=True) or [0.0]
        if best < LEAST_GAINED or _id(rows[best]) in told or (others and best < others[0] + LEAST_APART):
            return None
        found = rows[best].candidate
        return (found.answer, found.context) if self._tells_of_vote(found.answer.entries[0], today) else None

    def _of_vote(self, context: Context, today: date) -> bool:
        """Whether the vote is what was told of last, or asked about where nothing was told."""
        told = ids_of(context.told, "e")
        if told:
            return self._tells_of_vote(self._base.entries[told[0]], today)
        return context.frame == "choice" and self._is_of_vote(context.asked, today)

    def _tells_of_vote(self, entry: Entry, today: date) -> bool:
        """Whether an entry rests on the rules of the vote, or names it."""
        law = {line.partition(":")[0] for line in entry.basis}
        return self._vote_law in law or self._is_of_vote(entry.title, today)

    def _is_of_vote(self, text: str, today: date) -> bool:
        reading = self._reader.read(text, today).reading
        return reading.has("head", "product_vote") or reading.has("activity", "binh-chon")

    def told_already(self, question: Question, context: Context, today: date) -> Answer | None:
        """The entry that was told, in short, where its first line says what a bare question asks on: how many of a thing
        there are, since when, or who it was before."""
        reading = question.reading
        entry = self._entry_told(reading, context, today)
        nouns = list(_counted(reading))
        if entry is None or _names_else(reading) or any(one.text not in nouns for one in reading.residue):
            return None
        if nouns:
            says = all(re.search(rf"\d {noun}\b", fold(entry.body)) for noun in nouns)
        else:
            says = self._says(question, entry.body.partition("\n")[0], today)
        stance = cast("Stance | None", entry.stance or None)
        return replace(entry_answer(self._base, entry, today, stance), manner="again") if says else None

    def _says(self, question: Question, first: str, today: date) -> bool:
        """Whether the first line of an entry says how long, since when, or who it was before, where no more is asked."""
        reading, line = question.reading, self._reader.read(first, today)
        if not all(span.slot in (*IDLE, "joint") or _is_bare(span) for span in reading.spans):
            return False
        if reading.has("asks", "how_long"):
            return _DURATION.search(fold(first)) is not None
        if _looks_back(question) and reading.has("asks", "who"):
            return _looks_back(line) and line.reading.has("kind", "office", "official")
        return reading.has("asks", "when") and bool(line.periods.found)

    def _entry_told(self, reading: Reading, context: Context, today: date) -> Entry | None:
        """The entry told last; where an aspect is named, the last one whose title is of it."""
        told = [id_ for one in (context, *context.past) for id_ in ids_of(one.told, "e")[:1]]
        found = [self._base.entries[id_] for id_ in dict.fromkeys(told) if id_ in self._base.entries]
        aspects = [one for one in reading.values("aspect") if one not in ("since", "new_points")]
        if not aspects or not found:
            return found[0] if found and ids_of(context.told, "e") else None
        titles = ((row, self._reader.read(row.title, today).reading) for row in found)
        return next((row for row, title in titles if all(title.has("aspect", one) for one in aspects)), None)

    def _leader(self, question: Question, context: Context, today: date) -> Scored | None:
        """The entry that is the likeliest by this turn's words alone, after the title of the one told and after the last
        question, all three together; None where none leads clearly."""
        _, subject = self._subject(context)
        if all(span.slot in IDLE or span.means("asks", *_OPEN) for span in question.reading.spans):
            return None
        if not subject:
            return self._next_step(question, today) if ids_of(context.told, "l") else None
        alone, after, asked = (
            {_id(row): row for row in self._entries(" ".join(parts), today)}
            for parts in ((question.typed,), (subject, question.typed), (context.asked, question.typed))
        )
        chances = {
            id_: row.probability * _chance(after.get(id_)) * _chance(asked.get(id_))
            for id_, row in alone.items()
            if not row.vetoes
        }
        best, *others = sorted(chances, key=lambda id_: -chances[id_]) or [""]
        if (
            not best
            or alone[best].probability < LEAST_HEARD
            or (others and chances[best] < LEAST_LEAD * chances[others[0]])
        ):
            return None
        likely = max(_chance(after.get(best)), _chance(asked.get(best))) >= LEAST_EITHER
        return alone[best] if likely else None

    def _next_step(self, question: Question, today: date) -> Scored | None:
        """After a level, whose name says nothing of papers or places: the entry that leads by this turn's words alone."""
        rows = [row for row in self._entries(question.typed, today) if not row.vetoes]
        if not rows or rows[0].probability < LEAST_ALONE:
            return None
        leads = len(rows) == 1 or rows[0].probability >= LEAST_LEAD * rows[1].probability
        return rows[0] if leads else None

    def _subject(self, context: Context) -> tuple[set[str], str]:
        """The entries that were told, and the title of the first of them."""
        told = ids_of(context.told, "e")
        first = self._base.entries.get(told[0]) if told else None
        return set(told), first.title.rstrip(" ?") if first else ""

    def _entries(self, text: str, today: date) -> Sequence[Scored]:
        question = self._reader.read(text, today)
        rows = self._matcher.scored(Asked(question, Context(), today))
        return [row for row in rows if row.candidate.frame == "entry" and row.candidate.answer.entries]


def _looks_back(question: Question) -> bool:
    return bool(question.periods.before) or question.reading.has("reference", "previous")


def _names_else(reading: Reading) -> bool:
    """Whether a message names an object of its own, or asks since when what was told holds."""
    of_rule = reading.has("aspect", "validity", "since", "issued") and reading.has("reference", "pronoun")
    objects = (span for slot in _OWN_OBJECTS for span in reading.of(slot))
    ours = (("head", "document", "product_vote"), ("activity", "binh-chon"))
    return of_rule or any(not any(span.means(*one) for one in ours) for span in objects)


def _counted(reading: Reading) -> Iterator[str]:
    """The folded nouns of which it is asked how many there are."""
    for span in reading.of("asks", "how_many"):
        after = span.end if span.end - span.start == 1 else span.end - 1
        yield from (word.text for word in reading.words[after : after + 1])


def _is_bare(span: Span) -> bool:
    return any(map(span.means, _BARE)) or span.means("aspect", *_OF_RULE)


def _chance(row: Scored | None) -> float:
    return max(row.probability, LEAST_CHANCE) if row else LEAST_CHANCE


def _id(row: Scored) -> str:
    return row.candidate.answer.entries[0].id
