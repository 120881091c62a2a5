"""What a bare number counts: the indicator whose unit follows the number and whose key words stand around it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.base import KnowledgeBase
from knowledge.language.lexicon import OF_REPORTS, Sense, Trie
from knowledge.reading.passage.marks import Stretch, measures_in, programmes_in
from knowledge.reading.passage.scene import Slot
from knowledge.text import WORD, fold

PROVINCES = "so-tinh-trong-vung"
_NOT_COUNTED = frozenset({"VND", "percent", "date", "lần", "năm", "đợt"})
_ALSO = {"nguoi": ("lao dong", "hoc vien")}
_LOOSE_UNITS = frozenset({"cuộc"})
WHATEVER = "co-so-duoc-ho-tro"
"""Establishments supported in any way: what they were supported with, where it is said, counts before it."""
_UNSPECIFIC = {WHATEVER: 1, "co-so-tren-dia-ban": 2}
"""Establishments of which less and less is said, by how far behind all others they count."""
_UNIT_FITS, _LEAST_SPECIFIC, _LONGER_UNIT = 500, 1000, 3
"""How much nearer key words count where the unit follows, how much farther those of `_UNSPECIFIC`, and for each letter."""
_SAID = 250
"""How much nearer an indicator is for each group of its key words that the number's own words say."""
_AND = " va "
_TIMES_OF = "luot "
"""What stands before the unit of those who were counted each time."""

Keys = list[list[tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted. `end`: where its noun ends. `sure`: unit and keys agree. `general`: its noun alone names it, so
    that any other word behind narrows it."""

    indicator: str
    sure: bool
    end: int
    others: tuple[str, ...] = ()
    general: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    indicator: str
    loose: bool
    heads: tuple[str, ...]
    keys: Keys

    @property
    def general(self) -> bool:
        return all(len(pattern) == 1 and set(pattern[0]) & set(self.heads) for pattern in self.keys)

    @property
    def full(self) -> Keys:
        """The patterns that leave nothing out: a question may say less than another pattern does, a report may mean more."""
        return [one for one in self.keys if not any(_extends(other, one) for other in self.keys)]


class Counts:
    """The countable indicators of one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._rows: list[_Row] = []
        self._percents: list[tuple[str, Keys]] = []
        for row in base.indicators.values():
            keys = [[tuple(group) for group in pattern] for pattern in row.keys]
            if row.unit == "percent":
                self._percents.append((row.id, keys))
            if row.unit in _NOT_COUNTED or not keys:
                continue
            unit = fold(row.unit)
            heads = {
                unit,
                unit.split(",")[0].split("/")[0],
                unit.removeprefix(_TIMES_OF),
                *_ALSO.get(unit, ()),
            }
            self._rows.append(_Row(row.id, row.unit in _LOOSE_UNITS, tuple(sorted(heads)), keys))
        programmes: dict[str, set[str]] = {}
        for figure in base.figures.values():
            programmes.setdefault(figure.indicator, set()).add(figure.programme)
        self._without_programme = {name for name, found in programmes.items() if found == {""}}
        self._known = frozenset(base.indicators)
        self.successors = {one.id: one.successor for one in base.regions.values() if one.kind == "region"}
        self._sizes: dict[str, set[int]] = {}
        for figure in base.figures.values():
            if figure.indicator == PROVINCES:
                self._sizes.setdefault(figure.region, set()).add(int(figure.value))
        self._words = Trie()
        for lexeme in base.lexicon:
            if lexeme.slot in OF_REPORTS:
                self._words.add(lexeme.phrase, lexeme.slot, lexeme.value)

    def has_programme(self, indicator: str) -> bool:
        """Whether figures of this indicator belong to a programme."""
        return indicator not in self._without_programme

    def drawn_anew(self, region: str, provinces: int) -> bool:
        """Whether a region of so many provinces is that of today, and not the one of before that name."""
        after = self._sizes.get(self.successors.get(region, ""), set())
        return provinces in after - self._sizes.get(region, set())

    def percent(self, clause: str) -> str:
        """The indicator in percent whose key words are said; empty for none."""
        return next((name for name, keys in self._percents if _distance(clause, 0, keys) is not None), "")

    def read(self, folded: str, start: int, end: int, clause: tuple[int, int]) -> Counted | None:
        """What the number at `start`..`end` counts; None where no noun follows that could be counted."""
        after = folded[end : clause[1]]
        noun = self._noun(after, "counted")
        if noun is None:
            return None
        noun_end = end + noun
        provinces = self._noun(after, "provinces")
        if provinces is not None and after.startswith(" "):
            return Counted(PROVINCES, False, end + provinces)
        before, around = folded[clause[0] : start], folded[clause[0] : clause[1]]
        if given := self._given(before, after):
            return Counted(given, True, noun_end)
        own = _own(folded, start, end, clause)
        found = sorted(self._fitting(after, around, start - clause[0], own), key=lambda one: one[0])
        if not found:
            return Counted("", False, noun_end)
        _, row, sure, length = found[0]
        others = tuple(other.indicator for _, other, same, _ in found[1:3] if same)
        stop = end + len(after) - len(after.lstrip()) + length
        narrowed = self._says(around, "narrows")
        return Counted(row.indicator, sure and not narrowed, max(stop, noun_end), others, row.general)

    def _fitting(self, after: str, around: str, at: int, own: str) -> Iterable[tuple[float, _Row, bool, int]]:
        """Each indicator that the number may be of: how far it is from it, whether it is sure, how long its noun is."""
        tail = after.lstrip()
        for row in self._rows:
            head = _longest(tail, row.heads)
            length = head or _longest(tail, (key for pattern in row.keys for key in pattern[0]))
            distance = _distance(around, at, row.keys) if length else None
            if distance is None:
                continue
            said = max(sum(_gap(own, 0, group) is not None for group in pattern) for pattern in row.keys)
            rank = distance - _UNIT_FITS * bool(head) - _LONGER_UNIT * length - _SAID * said
            rank += _LEAST_SPECIFIC * _UNSPECIFIC.get(row.indicator, 0)
            sure = (bool(head) or row.loose) and _distance(around, at, row.full) is not None
            yield rank, row, sure, length

    def _noun(self, after: str, value: str) -> int | None:
        """Where the longest phrase of a report's `value` ends with which `after` begins; None for none."""
        said = list(WORD.finditer(after))
        if not said or after[: said[0].start()].strip(" /"):
            return None
        ends = [end for end, senses in self._at(said, 0) if _means(senses, "report", value)]
        return said[max(ends) - 1].end() if ends else None

    def _at(self, said: list[re.Match[str]], start: int) -> Iterable[tuple[int, list[Sense]]]:
        return self._words.starting([match.group() for match in said], start)

    def _says(self, words: str, value: str) -> bool:
        said = list(WORD.finditer(words))
        return any(
            _means(senses, "report", value)
            for start in range(len(said))
            for _, senses in self._at(said, start)
        )

    def _given(self, before: str, after: str) -> str:
        """The indicator of those to whom something is given, or of what is issued, behind the verb for it."""
        said = list(WORD.finditer(after))
        gives = self._says(before, "gives") and before.endswith(("cho ", ", ", "va "))
        for _, senses in self._at(said, 0):
            for sense in senses:
                told = gives if sense.slot == "recipient" else self._says(before, "issues")
                if sense.slot != "report" and told and sense.value in self._known:
                    return sense.value
        return ""


def _own(folded: str, start: int, end: int, clause: tuple[int, int]) -> str:
    """The words around a number that are no other number's, nor behind a comma or an "and"."""
    before, after = folded[clause[0] : start], folded[end : clause[1]]
    first = max((at + 1 for at, char in enumerate(before) if char == "," or char.isdigit()), default=0)
    first = max(first, before.rfind(_AND) + 1)
    last = next((at for at, char in enumerate(after) if char == "," or char.isdigit()), len(after))
    return f"{before[first:]} {after[:last]}"


def _extends(longer: list[tuple[str, ...]], pattern: list[tuple[str, ...]]) -> bool:
    """Whether a pattern asks for all groups of another, and for more."""
    return len(longer) > len(pattern) and all(
        any(set(one) & set(group) for group in longer) for one in pattern
    )


def _means(senses: Iterable[Sense], slot: str, value: str) -> bool:
    return any(sense.slot == slot and sense.value == value for sense in senses)


def _longest(tail: str, phrases: Iterable[str]) -> int:
    """How long the longest of these phrases is with which a text begins; 0 for none."""
    return max(
        (len(one) for one in phrases if f"{tail} ".startswith(one) and _ends(tail, len(one))), default=0
    )


def _ends(text: str, at: int) -> bool:
    return not text[at : at + 1].isalnum()


def _distance(around: str, at: int, keys: Keys) -> float | None:
    """How far the key words of the nearest pattern stand from a place; None where no pattern is said whole."""
    best: float | None = None
    for pattern in keys:
        gaps = [_gap(around, at, group) for group in pattern]
        said = [gap for gap in gaps if gap is not None]
        if len(said) == len(gaps):
            best = sum(said) if best is None else min(best, sum(said))
    return best


def _gap(around: str, at: int, group: Iterable[str]) -> int | None:
    """How far the nearest of these phrases stands from a place."""
    gaps = []
    for phrase in group:
        start = around.find(phrase)
        while start >= 0:
            if _ends(around, start + len(phrase)) and (not start or not around[start - 1].isalnum()):
                gaps.append(abs(start - at))
            start = around.find(phrase, start + 1)
    return min(gaps, default=None)


def measure_of_count(lead: Stretch) -> Slot:
    """What was reached; what is aimed at where the number's own clause says so."""
    clause = lead.part(lead.since(";"), lead.end)
    if clause.has("report", "aim"):
        return Slot("target")
    planned = clause.has("report", "expected") or any(value == "plan" for value, _ in measures_in(clause))
    return Slot("count", unsure=planned, others=("target",) if planned else ())


def paid_by(rest: Stretch) -> Stretch | None:
    """The words behind a counted thing that name the programme which pays for it: "… from funds of KCQG"."""
    for _, mark in programmes_in(rest):
        before = rest.part(rest.start, mark.start)
        linked = [one for one in before.outer if not one.means("head", "funding")]
        clean = all(char.isalpha() or char == " " for char in before.text)
        if clean and linked and linked[-1].idle:
            return rest.part(rest.start, mark.end)
    return None
