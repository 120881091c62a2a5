"""What a claim says of a rule: the percent and the cap of a support level, and the numbers that an entry tells."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from knowledge.answering.library import Library
from knowledge.answers.cases import Cases
from knowledge.answers.claim_numbers import NumberReader
from knowledge.answers.claim_sheet import Sheet
from knowledge.answers.claim_texts import as_told, facts_in, nouns_of
from knowledge.answers.claim_wanted import MONEY
from knowledge.answers.claim_words import Number
from knowledge.answers.told import Telling
from knowledge.finding.support import in_force
from knowledge.language.spans import Reading
from knowledge.reading.question import Question
from knowledge.records import Entry, Part, SupportLevel
from knowledge.text import fold, words

_NEAREST = 4
"""Entries that may be the one which a claim is about."""
_CLEAR = 0.1
"""How much nearer an entry must be than the next one for a percent to be one of its own."""
_OF_OTHERS = ("payment", "repay")
"""Aspects under which a percent or a sum is no level of support."""


class RuleClaims:
    """Holds claims against the levels and entries of one library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._base = library.base

    @cached_property
    def _telling(self) -> Telling:
        return Telling(self._library)

    @cached_property
    def _cases(self) -> Cases:
        return Cases(self._library)

    def decides(self, question: Question) -> bool:
        """Whether something is told of a workshop that decides what it may have, whatever numbers stand beside it."""
        return self._telling.read(question).decisive and not question.documents

    # --- levels of support ----------------------------------------------------------------------------------------

    def levels(self, question: Question, taken: Collection[int], today: date) -> Sheet | None:
        """What a claim says of how much an activity is supported; None where it says no such thing."""
        reading, sheet = question.reading, Sheet(question.reading)
        known = self._known(question) if _of_level(reading) else []
        denied = {one.end for one in reading.of("scope", "not")}  # "800 triệu chứ không 1 tỷ"
        read = (
            [one for one in NumberReader(reading, taken).read() if one.start not in denied] if known else []
        )
        numbers = [one for one in read if one.kind in ("money", "percent")]
        if not numbers or _beyond(known, numbers) or _of_figures(question, read) or self._of_money(question):
            return None
        if self._telling.read(question).ruled_out:
            return sheet  # what is told of a workshop decides, not the level
        documents = self._documents(reading)
        own = not documents or self._sets_levels(documents)
        found = [self._level(sheet, one, known if own else [], documents, today) for one in numbers]
        sheet.levels = tuple(dict.fromkeys(one for one in found if one is not None))
        if own:
            _times(sheet, numbers)
            _conditions(sheet, read)
        return sheet

    def _known(self, question: Question) -> list[SupportLevel]:
        """The levels of the activity of a claim: those of its place, else of the nation."""
        said = self._library.levels.activity_in(question.clean)
        activities = {*question.reading.values("activity"), said} - {""}
        levels = self._base.levels.values()
        known = [one for one in levels if any(f"{one.activity}-".startswith(f"{it}-") for it in activities)]
        own = [one for one in known if one.scope in {place.id for place in question.regions}]
        return own or [one for one in known if one.scope == "national"]

    def _of_money(self, question: Question) -> bool:
        """Whether money that is named has a figure of the place and the time that are named."""
        places = [one.id for one in question.regions]
        times = [one.code for one in question.periods.found]
        rows = self._base.select(indicator=question.indicators, region=places, period=times)
        return bool(places and times and any(row.unit == MONEY for row in rows))

    def _documents(self, reading: Reading) -> set[str]:
        """Ids of the documents whose numbers a claim names."""
        numbers = (span.value.split("/") for span in reading.of("document"))
        found = (self._library.documents.find(int(one), *rest) for one, *rest in numbers if one.isdigit())
        return {document.id for one in found for document in one.exact}

    def _sets_levels(self, documents: Collection[str]) -> bool:
        """Whether some document is one whose levels are held, or is older than all of those."""
        levels = self._base.levels.values()
        last = max((one.valid_from for one in levels if one.scope == "national"), default="")
        older = all(self._base.documents[one].issued_on <= last for one in documents)
        return older or any(one.document in documents for one in levels)

    def _level(
        self,
        sheet: Sheet,
        number: Number,
        known: Sequence[SupportLevel],
        documents: Collection[str],
        today: date,
    ) -> SupportLevel | None:
        """A percent or a sum against the levels of its own time, of the documents that are named, else of today."""
        field = "percent" if number.kind == "percent" else "cap"
        rows = _applying(number, known, documents, today)
        held = [(one, Decimal(str(value))) for one in rows if (value := getattr(one, field)) is not None]
        lead = next((one for one in held if one[1] == number.value), None)
        if (
            lead is None
            and len({one.activity for one in known}) == len({one.activity for one, _ in held}) == 1
        ):
            lead = held[0]
        at, right = (number.start, number.end), str(getattr(lead[0], field)) if lead else ""
        sheet.hold(
            f"level_{field}", *at, right, same=lead[1] == number.value if lead else None, said=number.text
        )
        sheet.taken |= {number.end, number.end + 1}
        return lead[0] if lead else None

    # --- what texts tell ------------------------------------------------------------------------------------------

    def entries(self, question: Question, taken: Collection[int], documents: Collection[str]) -> Sheet | None:
        """The numbers of a claim that the entry which it is about tells, or tells otherwise; of those that rest on one of
        `documents`, where it names some."""
        reading = question.reading
        numbers = NumberReader(reading, taken).read()
        counts = all(one.kind == "plain" for one in numbers)
        shares = question.check and not question.regions and all(one.kind != "money" for one in numbers)
        unread = not numbers or reading.has("amount", "unread")
        if unread or not (counts or shares) or self._of_a_story(question):
            return None
        for entry in self._about(question, documents, counts=counts):
            sheet = Sheet(reading)
            sheet.add(self._told(question, numbers, entry))
            told = {part.outcome for part in sheet.parts}
            if told == {"match"} or "differs" in told or (documents and "match" in told):
                sheet.entries = (entry,)
                sheet.taken |= {at for number in numbers for at in range(number.start, number.end + 1)}
                return sheet
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
        for name in dict.fromkeys(
            (*question.reading.values("entry_name"), *(one.id for one in found if sure))
        ):
            entry = self._base.entries[name]
            cited = not documents or any(one.partition(":")[0] in documents for one in entry.basis)
            if cited and (counts or entry.kind != "assessment") and self._speaks_of(question, entry):
                yield entry

    def _speaks_of(self, question: Question, entry: Entry) -> bool:
        """Whether an entry fits what is told, and names every year and every place of a claim."""
        folded = self._base.folded[entry.id]
        text = f"{entry.period} {' '.join(folded.keys)} {folded.body} {folded.detail}"
        years = [one.code[:4] for one in question.periods.found if one.code]
        names = [fold(self._base.regions[one.id].name) for one in question.regions]
        said = all(one in text for one in (*years, *names)) and _first_names(entry, question.reading)
        return said and not self._cases.refuses(entry, question)

    def _told(self, question: Question, numbers: Sequence[Number], entry: Entry) -> Iterator[Part]:
        folded = self._base.folded[entry.id]
        texts = facts_in(folded.body), facts_in(folded.detail)
        for number, noun in zip(numbers, nouns_of(numbers, question.reading.words), strict=True):
            if article := _article(question.reading, number):
                known = any(
                    f" {article} " in f" {' '.join(words(one))} " for one in (folded.body, folded.detail)
                )
                yield Part("rule", article, "match" if known else "unknown")
                continue
            parts = [as_told(question.reading, number, noun, facts) for facts in texts]
            yield next((one for one in parts if one.outcome != "unknown"), parts[0])


def _first_names(entry: Entry, reading: Reading) -> bool:
    """Whether the first statement of an entry names every office of a claim: what comes behind it may be of another time."""
    first = f" {' '.join(words(fold(entry.body.partition(';')[0].partition('. ')[0])))} "
    return all(f" {span.text} " in first for span in reading.of("kind", "office"))


def _article(reading: Reading, number: Number) -> str:
    """The article of a text whose number a number is, folded; empty where it counts something."""
    named = any(
        one.end == number.start if one.means("head", "document") else one.start < number.start < one.end
        for one in reading.spans
        if one.slot == "entry_name" or one.means("head", "document")
    )
    return f"{reading.words[number.start - 1].text} {number.text}" if named and number.kind == "plain" else ""


_BEYOND = 10
"""How many times the highest level a sum must be to be no level."""


def _beyond(known: Sequence[SupportLevel], numbers: Sequence[Number]) -> bool:
    """Whether a sum is so much higher than all levels of an activity that it is none."""
    most = _BEYOND * max((one.cap or 0 for one in known), default=0)
    return any(one.kind == "money" and one.value > most for one in numbers if most)


def _of_level(reading: Reading) -> bool:
    """Whether a claim may say of a level of support how high it is; a price that is asked about claims nothing."""
    other = reading.has("aspect", *_OF_OTHERS) or reading.has("amount", "unread") or reading.has("programme")
    asked = reading.has("asks", "how_much", "percent")
    asked = asked or not (reading.has("asks", "check") or says_level(reading))
    return not (other or asked or reading.has("measure", "actual", "plan", "allocated"))


def says_level(reading: Reading) -> bool:
    """Whether a text says up to how much of something is supported, and asks nothing."""
    bounded = any(one.means("bound") and two.slot == "amount" for one, two in pairwise(reading.spans))
    named = reading.has("activity") or reading.has("entry_name")
    return bounded and named and reading.has("aspect", "amount") and not reading.has("asks")


def _of_figures(question: Question, numbers: Sequence[Number]) -> bool:
    """Whether several numbers are those of figures or of an offer: counts of a place and a time, or sums of no rule."""
    sums = sum(one.kind == "money" for one in numbers)
    counts = sum(one.kind == "plain" for one in numbers)
    placed = bool(question.regions and question.periods.found)
    counted = counts > (not sums) and placed
    spent = placed and question.reading.has("head", "funding") and not question.reading.has("bound")
    return counted or spent or (sums > 1 and not any(map(question.reading.has, ("times", "period"))))


def _applying(
    number: Number, known: Sequence[SupportLevel], documents: Collection[str], today: date
) -> list[SupportLevel]:
    """The levels of the time that is named for a number, of the documents that are named, else of today."""
    time = number.own.periods
    rows = [one for one in known if one.document in documents]
    if rows and not time:
        return rows
    day = date(int(time[0][:4]), 12, 31) if time else today
    return [one for one in known if in_force(one, day)] or ([] if time else list(known))


def _conditions(sheet: Sheet, numbers: Sequence[Number]) -> None:
    """What a claim says besides of the levels that it is about: counts, as their conditions tell them, and that they hold
    for anybody."""
    text = fold(" ".join(one.conditions for one in sheet.levels))
    facts = facts_in(text)
    for number, noun in zip(numbers, nouns_of(numbers, sheet.reading.words), strict=True):
        if number.kind == "plain" and number.value > 1:
            sheet.add([as_told(sheet.reading, number, noun, facts)])
    for span in sheet.reading.of("function", "any") if text else ():
        sheet.hold("predicate", span.start, span.end, "", same=None, used=False)


def _times(sheet: Sheet, numbers: Sequence[Number]) -> None:
    """How many times the one of two sums the other is; unchecked where they are not both right."""
    sums = [one.value for one in numbers if one.kind == "money"]
    right = len(sums) == 2 and all(part.outcome == "match" for part in sheet.parts)
    for span, value in zip(sheet.reading.of("times")[:1], sheet.reading.values("times"), strict=False):
        same = max(sums) == min(sums) * Decimal(value) if right else None
        sheet.hold("predicate", span.start, span.end, "", same=same, used=False)
