"""What the rule of an entry comes to by what else was said: rows of the base, not sentences of code.

A row of `rules` with slot `case` replaces the first paragraph of its entry, and its stance; one with slot `also` tells
another entry beside it, which answers the second thing that was asked; one with slot `instead` tells another entry.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from knowledge.answering.library import Library
from knowledge.answers.held import of_the_fair
from knowledge.answers.told import Telling
from knowledge.finding.answer import sources_for
from knowledge.finding.versions import cited, with_amendments
from knowledge.language.spans import Reading
from knowledge.reading.question import Question
from knowledge.records import Answer, Entry, Rule


class Cases:
    """The rows of one library."""

    def __init__(self, library: Library) -> None:
        self._base = library.base
        self._telling = Telling(library)
        self._rows: defaultdict[tuple[str, str], list[Rule]] = defaultdict(list)
        for rule in library.base.rules:
            if rule.slot in ("case", "also", "instead"):
                self._rows[rule.slot, rule.entry].append(rule)

    def instead(self, entry: Entry, question: Question) -> Entry:
        """The entry that is meant where the words of another one are used."""
        rule = self._first("instead", entry, question)
        return self._base.entries.get(rule.amount, entry) if rule else entry

    def stands_elsewhere(self, question: Question) -> bool:
        """Whether the first place that is named may be none of the workshop's: that of a fair, or one of two provinces."""
        fair = of_the_fair(question.reading, self._telling.read(question).activities)
        return fair or self._telling.in_two_provinces(question)

    def refuses(self, entry: Entry, question: Question) -> bool:
        """Whether what else was said turns the rule of an entry into a plain no."""
        case = self._first("case", entry, question)
        return case is not None and case.stance == "no"

    def told(self, answer: Answer, entry: Entry, question: Question) -> Answer:
        """The answer of an entry by what else was said."""
        case = self._first("case", entry, question)
        if case is not None:
            answer = replace(answer, case=case.label, stance=case.stance or answer.stance)  # type: ignore[arg-type]
        also = self._first("also", entry, question)
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

    def _first(self, slot: str, entry: Entry, question: Question) -> Rule | None:
        for rule in self._rows.get((slot, entry.id), ()):
            if any(self._hold(one, question) for one in rule.beside):
                return rule
        return None

    def _hold(self, conditions: str, question: Question) -> bool:
        return all(self._holds(one, question) for one in conditions.split(" & "))

    def _holds(self, condition: str, question: Question) -> bool:
        """Whether one condition holds: `slot:value`, `slot:` (any), `slot:value*2` (twice), `trade:a/b` (all trades that
        are told are among these entries), `size:large`, `workers:50` (so many are told), `word:…` (folded words), `under:70` (a count or a share
        is told, and none reaches it); a `!` before it turns it round."""
        if condition.startswith("!"):
            return not self._holds(condition[1:], question)
        slot, _, value = condition.partition(":")
        if slot == "word":
            return f" {value} " in f" {' '.join(word.text for word in question.reading.words)} "
        if slot == "under":
            told = _numbers(question.reading)
            counts = [int(one) for kind, _, one in told if kind in ("plain", "percent") and one.isdigit()]
            return bool(counts) and max(counts) < int(value)
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


def _numbers(reading: Reading) -> Iterator[tuple[str, str, str]]:
    return (one.partition(":") for slot in ("number", "amount") for one in reading.values(slot))


def _said(reading: Reading, slot: str, value: str) -> bool:
    value, _, times = value.partition("*")
    if times:
        return len(reading.of(slot, value)) >= int(times)
    return reading.has(slot, *([value] if value else []))
