"""What the rule of an entry comes to by what else was said: rows of the base, not sentences of code.

A row of `rules` with slot `case` replaces the first paragraph of its entry, and its stance; one with slot `also` tells
another entry beside it, which answers the second thing that was asked; one with slot `instead` tells another entry. The
row with slot `not_yet` leads where it is asked whether a document applied on a day before it did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from knowledge.answering.library import Library, said_day
from knowledge.answers.held import of_the_fair
from knowledge.answers.told import Telling
from knowledge.finding.answer import sources_for
from knowledge.finding.versions import cited, with_amendments
from knowledge.language.spans import Reading
from knowledge.reading.periods import last_day
from knowledge.reading.question import Question
from knowledge.records import Answer, Entry, Rule

BOUNDS: Mapping[str, Callable[[Sequence[int], int], bool]] = {
    "under": lambda told, bound: max(told) < bound,
    "least": lambda told, bound: min(told) < bound,
    "over": lambda told, bound: max(told) > bound,
}
"""How numbers that are told are held against that of a rule."""


class Cases:
    """The rows of one library."""

    def __init__(self, library: Library) -> None:
        self._base = library.base
        self._documents = library.documents
        self._telling = Telling(library)
        self._rows: defaultdict[tuple[str, str], list[Rule]] = defaultdict(list)
        for rule in library.base.rules:
            if rule.slot in ("case", "also", "instead", "not_yet"):
                self._rows[rule.slot, rule.entry].append(rule)

    def instead(self, entry: Entry, question: Question) -> Entry:
        """The entry that is meant where the words of another one are used."""
        rule = self._first("instead", entry.id, question)
        return self._base.entries.get(rule.amount, entry) if rule else entry

    def stands_elsewhere(self, question: Question) -> bool:
        """Whether the first place that is named may be none of the workshop's: that of a fair, or one of two provinces."""
        fair = of_the_fair(question.reading, self._telling.read(question).activities)
        return fair or self._telling.in_two_provinces(question)

    def refuses(self, entry: Entry, question: Question) -> bool:
        """Whether what else was said turns the rule of an entry into a plain no."""
        case = self._first("case", entry.id, question)
        return case is not None and case.stance == "no"

    def told(self, answer: Answer, entry: Entry, question: Question) -> Answer:
        """The answer of an entry by what else was said."""
        case = self._first("case", entry.id, question, answer.as_of)
        if case is not None:
            answer = replace(answer, case=case.label, stance=case.stance or answer.stance)  # type: ignore[arg-type]
        elif early := self._too_early(question, answer.as_of):
            first, _, _ = entry.body.partition("\n")
            answer = replace(answer, case=f"{early} {first}", stance="no")
        also = self._first("also", entry.id, question)
        other = self._base.entries.get(also.amount) if also else None
        if other is None:
            return answer
        basis = [*entry.basis, *other.basis]
        return replace(
            answer,
            also=(other,),
            cited=with_amendments(self._base.documents, cited(self._base.documents, basis)),
            sources=sources_for(self._base, [*entry.sources, *other.sources]),
        )

    def _too_early(self, question: Question, day: date) -> str:
        """The line that leads where a document that is named came into force only after the day asked; "" elsewhere."""
        if not question.yes_no or len(question.documents) != 1 or len(question.periods.found) != 1:
            return ""
        ref = question.documents[0]
        found = self._documents.find(ref.number, ref.year, ref.kind).exact
        rule = self._first("not_yet", "", question, day)
        since = (found[0].in_force_from or found[0].issued_on) if rule and len(found) == 1 else ""
        if rule is None or len(since) < len(day.isoformat()) or since <= day.isoformat():
            return ""
        since = said_day(date.fromisoformat(since))
        return rule.label.format(
            document=f"{found[0].kind} {found[0].number}", since=since, day=said_day(day)
        )

    def _first(self, slot: str, entry: str, question: Question, today: date = date.min) -> Rule | None:
        for rule in self._rows.get((slot, entry), ()):
            if any(self._hold(one, question, today) for one in rule.beside):
                return rule
        return None

    def _hold(self, conditions: str, question: Question, today: date) -> bool:
        return all(self._holds(one, question, today) for one in conditions.split(" & "))

    def _holds(self, condition: str, question: Question, today: date) -> bool:
        """Whether one condition holds; a `!` before it turns it round.

        `slot:value`, `slot:` (any), `slot:value*2` (twice); `trade:a/b`: all trades that are told are among these
        entries; `size:large`; `workers:50`: so many are told; `word:…`: folded words; `passed:05-20`: that day of the
        year before the one that is asked is over; `ended:21`: what is told ended that many days ago or more; bounds of what is told as in `_bounded`."""
        if condition.startswith("!"):
            return not self._holds(condition[1:], question, today)
        slot, _, value = condition.partition(":")
        if slot == "word":
            return f" {value} " in f" {' '.join(word.text for word in question.reading.words)} "
        if slot in BOUNDS:
            return _bounded(question.reading, slot, value)
        if slot == "passed":
            return _passed(question, value, today)
        if slot == "ended":
            return _ended(question.reading, int(value), today)
        if slot == "workers":
            return (self._telling.read(question).size.workers or 0) >= int(value)
        if slot == "size":
            size = self._telling.read(question).size
            return size.known and size.large is (value == "large")
        if slot == "trade":
            held = self._telling.read(question).held
            trades = {one.entry.id for one in held if one.topic == "trade"}
            return bool(trades) and trades <= set(value.split("/"))
        return _said(question.reading, slot, value)


def _bounded(reading: Reading, bound: str, value: str) -> bool:
    """Whether what is told keeps to a bound: `under:70` (none reaches it), `least:70` (one does not), `over:70` (one is
    beyond it), of counts and shares, or of shares alone (`under:70%`)."""
    kinds = ("percent",) if value.endswith("%") else ("plain", "percent")
    read = (one.partition(":") for slot in ("number", "amount") for one in reading.values(slot))
    counts = [int(one) for kind, _, one in read if kind in kinds and one.isdigit()]
    return bool(counts) and BOUNDS[bound](counts, int(value.rstrip("%")))


def _passed(question: Question, day: str, today: date) -> bool:
    """Whether a day of the year before the only year that is asked is over."""
    years = {one.code for one in question.periods.found}
    year = years.pop() if len(years) == 1 else ""
    return year.isdigit() and f"{int(year) - 1}-{day}" < today.isoformat()


def _ended(reading: Reading, days: int, today: date) -> bool:
    """Whether the last time told that is over, of this year where none is named, ended so many days before today."""
    times = (one.replace("~", f"{today.year}-") for one in reading.values("period"))
    over = [day for one in times if one[0].isdigit() and (day := last_day(one)) < today]
    return bool(over) and (today - max(over)).days >= days


def _said(reading: Reading, slot: str, value: str) -> bool:
    value, _, times = value.partition("*")
    if times:
        return len(reading.of(slot, value)) >= int(times)
    return reading.has(slot, *([value] if value else []))
