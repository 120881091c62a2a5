"""What a claim says of a rule: the percent and the cap of a support level, and the numbers that an entry tells."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from knowledge.answering.library import Library
from knowledge.answers.cases import Cases
from knowledge.answers.claim_computed import Held
from knowledge.answers.claim_numbers import NumberReader
from knowledge.answers.claim_texts import Fact, as_told, facts_in, nouns_of
from knowledge.answers.claim_wanted import MONEY
from knowledge.answers.claim_words import Number, typed
from knowledge.answers.told import Telling
from knowledge.finding.support import in_force
from knowledge.language.spans import Reading
from knowledge.reading.question import Question
from knowledge.records import Entry, Part, SupportLevel
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

    @cached_property
    def _cases(self) -> Cases:
        return Cases(self._library)

    def decides(self, question: Question) -> bool:
        """Whether something is told of a workshop that decides what it may have, whatever numbers stand beside it."""
        return self._telling.read(question).decisive and not question.documents

    def levels(self, question: Question, taken: Collection[int], today: date) -> RulesChecked | None:
        """The parts of a claim that say how much an activity is supported; None where it says no such thing."""
        reading = question.reading
        known = self._known(question) if _of_level(reading) else []
        read = _affirmed(reading, taken) if known else []
        numbers = [one for one in read if one.kind in ("money", "percent")]
        if not numbers or _of_figures(question, read) or self._of_money(question):
            return None
        if self._of_a_workshop(question, known):
            return RulesChecked()  # what is told of a workshop decides, not the level
        documents = self._documents(reading)
        if documents and not self._sets_levels(documents):
            return RulesChecked((), (), tuple(Part("level_cap", one.text, "unknown") for one in numbers))
        checked = [_level(one, known, documents, today) for one in numbers]
        used = tuple(dict.fromkeys(level for level, _ in checked if level))
        parts = [part for _, part in checked]
        parts += [*_times(question, numbers, parts), *_conditions(reading, read, used)]
        words_taken = frozenset(at for one in numbers for at in range(one.start, one.end + 2))
        return RulesChecked(used, (), tuple(parts), words_taken)

    def _of_a_workshop(self, question: Question, known: Sequence[SupportLevel]) -> bool:
        """Whether something is told of a workshop that rules support out, or a place of which no level speaks."""
        told = self._telling.read(question)
        named = fold(" ".join(f"{one.name} {one.conditions}" for one in known))
        places = (typed(question.reading, one.start, one.end) for one in told.held if one.topic == "place")
        return told.ruled_out or any(fold(one) not in named for one in places)

    def _sets_levels(self, documents: Collection[str]) -> bool:
        """Whether some document is one whose levels are held, or is older than all of those."""
        levels = self._library.base.levels.values()
        issued = {one: self._library.base.documents[one].issued_on for one in documents}
        last = max((one.valid_from for one in levels if one.scope == "national"), default="")
        return any(one.document in documents for one in levels) or all(day <= last for day in issued.values())

    def _of_money(self, question: Question) -> bool:
        """Whether money that is named has a figure of the place and the time that are named."""
        places = [one.id for one in question.regions]
        times = [one.code for one in question.periods.found]
        rows = self._library.base.select(indicator=question.indicators, region=places, period=times)
        return bool(places and times and any(row.unit == MONEY for row in rows))

    def _known(self, question: Question) -> list[SupportLevel]:
        """The levels of the activity of a claim: those of its place, else of the nation."""
        activities = {
            *question.reading.values("activity"),
            self._library.levels.activity_in(question.clean),
        } - {""}
        known = [
            level
            for level in self._library.base.levels.values()
            if any(level.activity == one or level.activity.startswith(f"{one}-") for one in activities)
        ]
        regions = {one.id for one in question.regions}
        own = [one for one in known if one.scope in regions]
        return own or [one for one in known if one.scope == "national"]

    def _documents(self, reading: Reading) -> set[str]:
        """Ids of the documents whose numbers a claim names."""
        numbers = (span.value.split("/") for span in reading.of("document"))
        found = (self._library.documents.find(int(one), *rest) for one, *rest in numbers if one.isdigit())
        return {document.id for one in found for document in one.exact}

    def entries(
        self, question: Question, taken: Collection[int], documents: Collection[str] = ()
    ) -> RulesChecked | None:
        """The numbers of a claim that the entry which it is about tells, or tells otherwise; of those that rest on one of
        `documents`, where it names some."""
        reading = question.reading
        numbers = NumberReader(reading, taken).read()
        counts = all(one.kind == "plain" for one in numbers)
        shares = question.check and not question.regions and all(one.kind != "money" for one in numbers)
        if not numbers or reading.has("amount", "unread") or not (counts or shares):
            return None
        if self._of_a_story(question):
            return None
        for entry in self._about(question, documents, counts=counts):
            parts = [*self._told(question, numbers, entry)]
            told = {part.outcome for part in parts}
            if told == {"match"} or "differs" in told or (documents and "match" in told):
                used = frozenset(at for number in numbers for at in range(number.start, number.end + 1))
                return RulesChecked((), (entry,), tuple(parts), used)
        return None

    def _of_a_story(self, question: Question) -> bool:
        """Whether a number is one of the workshop that is told of, not one that a rule names."""
        told = self._telling.read(question)
        trade = any(one.topic == "trade" for one in told.held)
        return (trade or told.size.workers is not None) and not question.reading.has("bound")

    def _about(self, question: Question, documents: Collection[str], *, counts: bool) -> Iterator[Entry]:
        """The entries that a claim may be about, the likeliest first: for a percent only one that is plainly meant, and
        that states a rule."""
        found = self._library.entries.search(question.clean, limit=_NEAREST)
        sure = counts or len(found) < 2 or found[0].score - found[1].score >= _CLEAR
        nearest = [one.id for one in found] if sure else []
        for name in dict.fromkeys((*question.reading.values("entry_name"), *nearest)):
            entry = self._library.base.entries[name]
            if self._cases.refuses(entry, question):
                continue
            cited = not documents or any(one.partition(":")[0] in documents for one in entry.basis)
            if cited and (counts or entry.kind != "assessment") and self._speaks_of(question, entry):
                yield entry

    def noted(self, question: Question, held: Sequence[Held]) -> tuple[list[Held], tuple[Entry, ...]]:
        """The numbers of a claim, and the entry that tells one of them: a count that no figure is there for is right where
        the text tells it that the claim is about."""
        if all(one.part.outcome != "unknown" or one.number.kind != "plain" for one in held):
            return list(held), ()
        found = [
            self._library.base.entries[one.id]
            for one in self._library.entries.search(question.clean, limit=1)
        ]
        entries = tuple(
            one for one in found if self._speaks_of(question, one) and not self._cases.refuses(one, question)
        )
        texts = [self._library.base.folded[one.id] for one in entries]
        facts = [fact for one in texts for fact in facts_in(f"{one.body}\n{one.detail}")]
        nouns = nouns_of([one.number for one in held], question.reading.words)
        numbers = [
            _noted(question, one, noun, facts) if one.part.outcome == "unknown" else one
            for one, noun in zip(held, nouns, strict=True)
        ]
        told = any(one.part.kind == "noted" and one.part.figure is None for one in numbers)
        return numbers, entries if told else ()

    def _speaks_of(self, question: Question, entry: Entry) -> bool:
        """Whether an entry names every year and every place of a claim."""
        folded = self._library.base.folded[entry.id]
        text = f"{entry.period} {' '.join(folded.keys)} {folded.body} {folded.detail}"
        years = [one.code[:4] for one in question.periods.found if one.code]
        names = [fold(self._library.base.regions[one.id].name) for one in question.regions]
        return all(one in text for one in (*years, *names))

    def _told(self, question: Question, numbers: Sequence[Number], entry: Entry) -> Iterator[Part]:
        folded = self._library.base.folded[entry.id]
        body, detail = facts_in(folded.body), facts_in(folded.detail)
        nouns = nouns_of(numbers, question.reading.words)
        for number, noun in zip(numbers, nouns, strict=True):
            part = as_told(question.reading, number, noun, body)
            yield part if part.outcome != "unknown" else as_told(question.reading, number, noun, detail)


def _affirmed(reading: Reading, taken: Collection[int]) -> list[Number]:
    """The numbers of a claim without those that it denies ("800 triệu chứ không 1 tỷ")."""
    denied = {one.end for one in reading.of("scope", "not")}
    return [one for one in NumberReader(reading, taken).read() if one.start not in denied]


def _of_level(reading: Reading) -> bool:
    """Whether a claim may say of a level of support how high it is; a price that is asked about claims nothing."""
    other = reading.has("aspect", *_OF_OTHERS) or reading.has("amount", "unread") or reading.has("programme")
    asked = reading.has("asks", "how_much", "percent") or not reading.has("asks", "check")
    return not (other or asked or reading.has("measure", "actual", "plan", "allocated"))


def _of_figures(question: Question, numbers: Sequence[Number]) -> bool:
    """Whether several numbers are those of figures or of an offer: counts of a place and a time, or sums of no rule."""
    sums = sum(one.kind == "money" for one in numbers)
    counts = sum(one.kind == "plain" for one in numbers)
    counted = counts > (not sums) and bool(question.regions and question.periods.found)
    return counted or (sums > 1 and not any(map(question.reading.has, ("times", "period"))))


def _level(
    number: Number, known: Sequence[SupportLevel], documents: Collection[str], today: date
) -> tuple[SupportLevel | None, Part]:
    """A percent or a sum against the levels of its own time, of the documents that are named, else of today."""
    field = "percent" if number.kind == "percent" else "cap"
    kind = f"level_{field}"
    own = number.own.periods
    rows = [one for one in known if one.document in documents]
    if own or not rows:
        day = date(int(own[0][:4]), 12, 31) if own else today
        rows = [one for one in known if in_force(one, day)] or ([] if own else list(known))
    rows = [one for one in rows if getattr(one, field) is not None]
    lead = next((one for one in rows if Decimal(str(getattr(one, field))) == number.value), None)
    if lead is not None:
        return lead, Part(kind, number.text, "match", str(getattr(lead, field)))
    if len({one.activity for one in rows}) != 1:
        return None, Part(kind, number.text, "unknown")
    return rows[0], Part(kind, number.text, "differs", str(getattr(rows[0], field)))


def _conditions(reading: Reading, numbers: Sequence[Number], used: Sequence[SupportLevel]) -> Iterator[Part]:
    """What a claim says besides of the levels that it is about: counts, as their conditions tell them, and that they hold
    for anybody."""
    text = fold(" ".join(one.conditions for one in used))
    facts = facts_in(text)
    for number, noun in zip(numbers, nouns_of(numbers, reading.words), strict=True):
        if number.kind == "plain" and number.value > 1:
            yield as_told(reading, number, noun, facts)
    for span in reading.of("function", "any") if text else ():
        yield Part("predicate", typed(reading, span.start, span.end), "unknown")


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
