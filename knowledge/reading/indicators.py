"""Which countable thing a question speaks of, by the key words of its indicators; the most specific one first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.language.lexicon import marked_words
from knowledge.language.spans import Reading
from knowledge.records import Indicator, Lexeme
from knowledge.text import fold, words

_GENERAL = frozenset(
    {
        ("kind", "establishment"),
        ("kind", "product"),
        ("head", "support"),
        ("function", "word"),
        ("courtesy", "word"),
    }
)
"""Meanings that name no thing by themselves: a pattern of nothing else decides only where nothing else is named."""
_NOUNS = frozenset({"aspect", "kind"})
_ADDRESSED = ("office", "official")
"""Whom people ask and tell: "hỏi Sở …" is written like "hỏi số …"."""
_PAIR = 2
_OUT = "-"
"""What stands for a word that was ruled out, and before the name of a place."""
_GENERAL_WEIGHT = 0.5
_GROUP, _ASKED, _NUMBERED = 0.3, 0.25, 0.15
"""What a further group of key words, a count word before the thing, and a number before it add to the words matched."""


_Patterns = list[list[list[tuple[int, str]]]]
"""Ways of naming a thing; each is groups of key phrases with their sizes, the longest first; every group must be met."""


@dataclass(frozen=True, slots=True)
class Countable:
    """Indicator ids, the likeliest first; the first of them if its number is asked for, or if a number is said of it."""

    ids: tuple[str, ...] = ()
    counted: str = ""
    numbered: str = ""


class IndicatorReader:
    """Key words of the indicators of one base, and the words of its lexicon that count things."""

    def __init__(self, indicators: Iterable[Indicator], lexemes: Iterable[Lexeme]) -> None:
        lexemes = tuple(lexemes)
        self._general = {fold(row.phrase) for row in lexemes if (row.slot, row.value) in _GENERAL}
        counting = {row.phrase for row in lexemes if (row.slot, row.value) == ("function", "count")}
        self._counting = set(map(fold, counting))
        self._no_counting = _only_look_like(counting, lexemes)
        self._things = {fold(row.phrase) for row in lexemes if row.slot == "activity"}
        self._rows: list[tuple[str, _Patterns, tuple[str, ...]]] = []
        self._starting: defaultdict[str, set[int]] = defaultdict(set)
        for indicator in indicators:
            if indicator.keys:
                self._add(indicator)

    def _add(self, indicator: Indicator) -> None:
        patterns = [
            [
                sorted(((self._content(word), f" {word} ") for word in group), reverse=True)
                for group in pattern
            ]
            for pattern in indicator.keys
        ]
        for group, *_ in patterns:
            for _, word in group:
                self._starting[word.split()[0]].add(len(self._rows))
        self._rows.append((indicator.id, patterns, _heads(indicator)))

    def read(self, reading: Reading, spoken_of: str = "") -> Countable:
        """What a message speaks of, together with what was `spoken_of` before it."""
        said = _said(reading)
        padded = f" {' '.join((*said, *words(fold(spoken_of))))} "
        asked = [f"{' '.join(said[at:])} " for at in self._behind_count_words(said)]
        told = [f"{' '.join(said[span.end :])} " for span in reading.of("number")]
        scored: list[tuple[float, int, str]] = []
        counted: set[str] = set()
        numbered: set[str] = set()
        possible: set[int] = set()
        for spoken in set(padded.split()) & self._starting.keys():
            possible |= self._starting[spoken]
        for order in possible:
            indicator, patterns, heads = self._rows[order]
            best, only_general = self._weight(patterns, padded)
            if best < 0:
                continue
            if any(tail.startswith(heads) for tail in asked):
                counted.add(indicator)
                best += _ASKED
            elif any(tail.startswith(heads) for tail in told):
                numbered.add(indicator)
                best += _NUMBERED
            elif only_general:
                continue
            scored.append((best, -order, indicator))
        scored.sort(reverse=True)
        ids = tuple(indicator for _, _, indicator in scored)
        first = ids[0] if ids else ""
        return Countable(ids, first if first in counted else "", first if first in numbered else "")

    def _weight(self, patterns: _Patterns, padded: str) -> tuple[float, bool]:
        """How much the best pattern explains of a text (-1: nothing), and whether all that match are general."""
        best, only_general = -1.0, True
        for hits in filter(None, (_hits(pattern, padded) for pattern in patterns)):
            general = all(word.strip() in self._general for _, word in hits)
            only_general = only_general and general
            named = _GENERAL_WEIGHT if general else sum(size for size, _ in hits)
            best = max(best, named + _GROUP * (len(hits) - 1))
        return best, only_general

    def _behind_count_words(self, said: list[str]) -> Iterator[int]:
        """Where the words begin that may name what a number is asked of: behind a count word."""
        for start in range(len(said)):
            if " ".join(said[max(start - 1, 0) : start + 1]) in self._no_counting:
                continue
            for size in (1, 2):
                if " ".join(said[start : start + size]) in self._counting:
                    yield start + size

    def _content(self, phrase: str) -> int:
        """Words of a key phrase that name the thing, without the count word before it."""
        said = phrase.split()
        if phrase.strip() in self._things:
            return len(said)
        counts = (size for size in (2, 1) if " ".join(said[:size]) in self._counting)
        return len(said) - next(counts, 0)


def _said(reading: Reading) -> list[str]:
    """The words of a message without those that are ruled out; no key word reaches into the name of a place or out of that
    of a programme.
    """
    ruled_out = {
        at for span in reading.spans if span.scope == "excluded" for at in range(span.start, span.end)
    }
    places = {span.start for span in reading.of("region")}
    ends = {span.end - 1 for span in reading.of("programme") if span.end - span.start > 1}
    words_said = [_OUT if at in ruled_out else word.text for at, word in enumerate(reading.words)]
    words_said = [f"{_OUT} {word}" if at in places else word for at, word in enumerate(words_said)]
    return [f"{word} {_OUT}" if at in ends else word for at, word in enumerate(words_said)]


def _only_look_like(counting: set[str], lexemes: Iterable[Lexeme]) -> set[str]:
    """Nouns of two words of which the last only looks like a count word without its marks, folded."""
    plain = set(map(fold, counting))
    nouns = (row for row in lexemes if row.slot in _NOUNS and row.value not in _ADDRESSED)
    marked = (marked_words(row.phrase) for row in nouns)
    return {
        fold(" ".join(one))
        for one in marked
        if len(one) == _PAIR and one[-1] not in counting and fold(one[-1]) in plain
    }


def _heads(indicator: Indicator) -> tuple[str, ...]:
    """The words behind a count word or a number that make it one of an indicator: its unit and its key words."""
    unit = fold(indicator.unit)
    keys = (word.strip() for pattern in indicator.keys for group in pattern for word in group)
    named = dict.fromkeys((unit, unit.split(",")[0].split("/")[0], *keys))
    return tuple(f"{head} " for head in named if head)


def _hits(pattern: list[list[tuple[int, str]]], padded: str) -> list[tuple[int, str]]:
    """The longest phrase of each group that `padded` contains; none where a group has none."""
    hits = []
    for group in pattern:
        for hit in group:
            if hit[1] in padded:
                hits.append(hit)
                break
        else:
            return []
    return hits
