"""What a claim says of a rule: the percent and the cap of a support level, and the numbers that an entry tells."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from knowledge.answering.library import Library
from knowledge.answers.claim_computed import Held
from knowledge.answers.claim_numbers import NumberReader
from knowledge.answers.claim_texts import Fact, as_told, facts_in, nouns_of
from knowledge.answers.claim_words import Number, typed
from knowledge.answers.told import Telling
from knowledge.finding.support import in_force
from knowledge.reading.question import Question
from knowledge.records import Document, Entry, Part, SupportLevel
from knowledge.text import fold

_NEAREST = 4
"""Entries that may be the one which a claim is about."""
_CLEAR = 0.1
"""How much nearer an entry must be than the next one for a percent to be one of its own."""
_OF_OTHERS = ("payment", "repay")
"""Aspects under which a percent or a sum is no level of support."""


@dataclass(frozen=True, slots=True)
class RulesChecked:
    """The level or entry of a claim, its parts, and the words that they explain."""

    levels: tuple[SupportLevel, ...] = ()
    entries: tuple[Entry, ...] = ()
    parts: tuple[Part, ...] = ()
    taken: frozenset[int] = frozenset()


class RuleClaims:
    """Checks claims against the levels and entries of one library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    @cached_property
    def _telling(self) -> Telling:
        return Telling(self._library)

    def levels(self, question: Question, taken: Collection[int], today: date) -> RulesChecked | None:
        """The parts of a claim that say how much an activity is supported; None where it says no such thing."""
        reading = question.reading
        if not reading.has("asks", "check") or reading.has("asks", "how_much", "percent"):
            return None  # a price that is asked about claims nothing
        if reading.has("aspect", *_OF_OTHERS) or reading.has("amount", "unread"):
            return None
        activities = [*reading.values("activity"), self._library.levels.activity_in(question.clean)]
        known = [
            level
            for level in self._library.base.levels.values()
            if any(
                one and (level.activity == one or level.activity.startswith(f"{one}-")) for one in activities
            )
        ]
        if not known or reading.has("programme") or reading.has("measure", "actual", "plan", "allocated"):
            return None
        read = NumberReader(reading, taken).read()
        numbers = [one for one in read if one.kind in ("money", "percent")]
        sums = sum(one.kind == "money" for one in numbers)
        counted = sum(one.kind == "plain" for one in read) > 1 and bool(
            question.regions and question.periods.found
        )
        if not numbers or counted or (sums > 1 and not reading.has("times") and not reading.has("period")):
            return None
        told = self._telling.read(question)
        named = fold(" ".join(f"{one.name} {one.conditions}" for one in known))
        places = (typed(reading, one.start, one.end) for one in told.held if one.topic == "place")
        if told.ruled_out or any(fold(one) not in named for one in places):
            return RulesChecked()  # what is told of a workshop decides, not the level
        documents = {one.id for span in reading.of("document") for one in self._documents(span.value)}
        regions = {one.id for one in question.regions}
        known = [one for one in known if one.scope in regions] or [
            one for one in known if one.scope == "national"
        ]
        used: list[SupportLevel] = []
        parts = []
        words_taken: set[int] = set()
        for number in numbers:
            level, part = self._level(number, known, documents, today)
            parts.append(part)
            used += [level] if level else []
            words_taken |= set(range(number.start, number.end + 2))
        parts += _times(question, numbers, parts)
        text = fold(" ".join(one.conditions for one in used))
        facts = facts_in(text)
        for one, noun in zip(read, nouns_of(read, reading.words), strict=True):
            if one.kind == "plain" and one.value > 1:
                parts.append(as_told(reading, one, noun, facts))
        if text:
            parts += [
                Part("predicate", typed(reading, one.start, one.end), "unknown")
                for one in reading.of("function", "any")
            ]
        return RulesChecked(tuple(dict.fromkeys(used)), (), tuple(parts), frozenset(words_taken))

    def _documents(self, value: str) -> Sequence[Document]:
        number, year, kind = value.split("/")
        return self._library.documents.find(int(number), year, kind).exact if number.isdigit() else ()

    def _level(
        self, number: Number, known: Sequence[SupportLevel], documents: Collection[str], today: date
    ) -> tuple[SupportLevel | None, Part]:
        percent = number.kind == "percent"
        own = number.own.periods
        if own:
            rows = [one for one in known if in_force(one, date(int(own[0][:4]), 12, 31))]
        elif documents and any(one.document in documents for one in known):
            rows = [one for one in known if one.document in documents]
        else:
            rows = [one for one in known if in_force(one, today)] or list(known)
        rows = [one for one in rows if (one.percent if percent else one.cap) is not None]
        kind = "level_percent" if percent else "level_cap"
        if not rows:
            return None, Part(kind, number.text, "unknown")
        hit = next(
            (one for one in rows if Decimal(str(one.percent if percent else one.cap)) == number.value), None
        )
        if hit is not None:
            return hit, Part(kind, number.text, "match", str(hit.percent if percent else hit.cap))
        lead = rows[0]
        if any(one.activity != lead.activity for one in rows):
            return None, Part(kind, number.text, "unknown")
        return lead, Part(kind, number.text, "differs", str(lead.percent if percent else lead.cap))

    def entries(
        self, question: Question, taken: Collection[int], documents: Collection[str] = ()
    ) -> RulesChecked | None:
        """The numbers of a claim that the entry which it is about tells, or tells otherwise; of those that rest on one of
        `documents`, where it names some."""
        numbers = NumberReader(question.reading, taken).read()
        counts = all(one.kind == "plain" for one in numbers)
        shares = question.check and not question.regions and all(one.kind != "money" for one in numbers)
        if not numbers or question.reading.has("amount", "unread") or not (counts or shares):
            return None
        size = self._telling.read(question).size
        if size.workers is not None and not question.reading.has("bound"):
            return None  # how many work in the workshop that is told of, not how many a rule names
        best: RulesChecked | None = None
        for entry in self._about(question, documents, counts=counts):
            parts = [*self._told(question, numbers, entry)]
            if best is not None:  # what one entry does not tell, another may that rests on the same document
                pairs = zip(best.parts, parts, strict=True)
                parts = [one if one.outcome != "unknown" else other for one, other in pairs]
            told = {part.outcome for part in parts}
            if told == {"match"} or "differs" in told or (documents and "match" in told):
                best = replace(best or self._checked(entry, parts, numbers), parts=tuple(parts))
            if best is not None and ("unknown" not in told or not documents):
                break
        return best

    def _about(self, question: Question, documents: Collection[str], *, counts: bool) -> Iterator[Entry]:
        """The entries that a claim may be about, the likeliest first: for a percent only one that is plainly meant, and
        that states a rule."""
        found = self._library.entries.search(question.clean, limit=_NEAREST)
        sure = counts or len(found) < 2 or found[0].score - found[1].score >= _CLEAR
        nearest = [one.id for one in found] if sure else []
        for name in dict.fromkeys((*question.reading.values("entry_name"), *nearest)):
            entry = self._library.base.entries[name]
            cited = not documents or any(one.partition(":")[0] in documents for one in entry.basis)
            if cited and (counts or entry.kind != "assessment") and self._speaks_of(question, entry):
                yield entry

    def noted(self, question: Question, held: Sequence[Held]) -> list[Held]:
        """The numbers of a claim; a count that no figure is there for is right where the text tells it that the claim is
        about."""
        if all(one.part.outcome != "unknown" or one.number.kind != "plain" for one in held):
            return list(held)
        found = self._library.entries.search(question.clean, limit=1)
        entries = [self._library.base.entries[one.id] for one in found]
        texts = [self._library.base.folded[one.id] for one in entries if self._speaks_of(question, one)]
        facts = [fact for one in texts for fact in facts_in(f"{one.body}\n{one.detail}")]
        nouns = nouns_of([one.number for one in held], question.reading.words)
        return [
            _noted(question, one, noun, facts) if one.part.outcome == "unknown" else one
            for one, noun in zip(held, nouns, strict=True)
        ]

    def _speaks_of(self, question: Question, entry: Entry) -> bool:
        """Whether an entry names every year and every place of a claim."""
        folded = self._library.base.folded[entry.id]
        text = f"{entry.period} {' '.join(folded.keys)} {folded.body} {folded.detail}"
        years = [one.code[:4] for one in question.periods.found if one.code]
        names = [fold(self._library.base.regions[one.id].name) for one in question.regions]
        return all(one in text for one in (*years, *names))

    def _checked(self, entry: Entry, parts: Sequence[Part], numbers: Sequence[Number]) -> RulesChecked:
        taken = frozenset(at for number in numbers for at in range(number.start, number.end + 1))
        return RulesChecked((), (entry,), tuple(parts), taken)

    def _told(self, question: Question, numbers: Sequence[Number], entry: Entry) -> Iterator[Part]:
        folded = self._library.base.folded[entry.id]
        body, detail = facts_in(folded.body), facts_in(folded.detail)
        nouns = nouns_of(numbers, question.reading.words)
        for number, noun in zip(numbers, nouns, strict=True):
            part = as_told(question.reading, number, noun, body)
            yield part if part.outcome != "unknown" else as_told(question.reading, number, noun, detail)


def _noted(question: Question, held: Held, noun: tuple[str, ...], facts: Sequence[Fact]) -> Held:
    """A count as a text tells it, if it does."""
    number = held.number
    part = as_told(question.reading, number, noun, facts) if number.kind == "plain" else held.part
    right = part.outcome == "match" and number.value > 1
    return Held(number, replace(held.part, kind="noted", outcome="match", other=None)) if right else held


def _times(question: Question, numbers: Sequence[Number], parts: Sequence[Part]) -> Iterator[Part]:
    """How many times the one of two sums the other is."""
    sums = [one.value for one in numbers if one.kind == "money"]
    spans = question.reading.of("times")
    if not spans:
        return
    value = next(one for slot, one in (*spans[0].others, (spans[0].slot, spans[0].value)) if slot == "times")
    said = typed(question.reading, spans[0].start, spans[0].end)
    if len(sums) != 2 or any(part.outcome != "match" for part in parts):
        yield Part("predicate", said, "unknown")
    else:
        yield Part("predicate", said, "match" if max(sums) == min(sums) * Decimal(value) else "differs")
