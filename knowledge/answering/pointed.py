"""The sentence of an entry's further text that speaks of what was asked, where the text that is seen does not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from knowledge.language.spans import Reading
from knowledge.records import Entry, Lexeme
from knowledge.telling.bodies import cut
from knowledge.text import fold, words

_NAMES = frozenset({"activity", "fact", "period", "region", "entry_name", "differ"})
"""Slots that name a thing which a sentence speaks of or does not."""
_TIMED = "aspect"
"""What of a thing is asked: named by a sentence where it is asked when that is."""
LONGEST = 260
"""Characters of a sentence that is told beside the text."""
MOST_KEPT = 2048
"""Entries whose folded sentences are kept."""
LITERAL = 3
"""Words of a name that is looked for as it was said too."""
_END = re.compile(r"(?<![A-Z]\.)(?<=[.!?]) +")
"""The end of a sentence; a capital before the point is that of a name."""


class Pointed:
    """Finds such sentences by the words that one lexicon has for what was said."""

    def __init__(self, lexicon: tuple[Lexeme, ...]) -> None:
        found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for row in lexicon:
            if row.slot in _NAMES or row.slot == _TIMED:
                found[row.slot, row.value].add(_folded(row.phrase))
        self._phrases: Mapping[tuple[str, str], frozenset[str]] = {
            meaning: frozenset(phrases) for meaning, phrases in found.items()
        }

    def sentence(self, entry: Entry, reading: Reading, told: str = "") -> str:
        """The sentence that names most of what was said and is not in the seen text (`told` comes before it); "" where there
        is none."""
        seen, hidden = _texts_of(entry)
        if told:
            seen += f"{_folded(told)} "
        open_ = [ways for ways in self._said(reading) if not _names(seen, ways)]
        named = [(sum(_names(folded, ways) for ways in open_), text) for text, folded in hidden if open_]
        most, best = max(named, key=lambda one: one[0], default=(0, ""))
        return best if most else ""

    def _said(self, reading: Reading) -> Iterator[set[str]]:
        """What was named, each as the phrases that name it."""
        timed = reading.has("asks", "when")
        for span in reading.spans:
            if span.scope == "excluded" or not (span.slot in _NAMES or (timed and span.slot == _TIMED)):
                continue
            meanings = ((span.slot, span.value), *span.others)
            yield {span.text}.union(*(self._phrases.get(one, ()) for one in meanings))
            if span.end - span.start >= LITERAL:
                yield {span.text}


@lru_cache(maxsize=MOST_KEPT)
def _texts_of(entry: Entry) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The folded text of an entry that is seen, and each sentence of the rest with its folded form, without those that only
    name the article."""
    shown, hidden = cut(entry.body)
    articles = tuple(f" {_folded(line.partition(':')[2]) or '-'}" for line in entry.basis)
    sentences = ((one, f" {_folded(one)} ") for one in _sentences("\n".join((*hidden, entry.detail))))
    further = (one for one in sentences if len(one[0]) <= LONGEST and not one[1].startswith(articles))
    return f" {_folded(' '.join((entry.title, *shown)))} ", tuple(further)


def _folded(text: str) -> str:
    return " ".join(words(fold(text)))


def _names(text: str, phrases: set[str]) -> bool:
    """Whether one of these folded phrases stands in a folded text, which begins and ends with a blank."""
    return any(f" {phrase} " in text for phrase in phrases)


def _sentences(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield from filter(None, _END.split(line.strip("• ").strip()))
