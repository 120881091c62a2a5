"""The sentence of an entry's further text that speaks of what was asked, where the text that is seen does not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

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
        """The sentence that names most of what was said and is not in the seen text (`told` comes before it); "" where there is none."""
        shown, hidden = cut(entry.body)
        seen = _folded(" ".join((entry.title, told, *shown)))
        open_ = [ways for ways in self._said(reading) if not _names(seen, ways)]
        best, most = "", 0
        articles = tuple(_folded(line.partition(":")[2]) or "-" for line in entry.basis)
        for sentence in _sentences("\n".join((*hidden, entry.detail))) if open_ else ():
            if _folded(sentence).startswith(articles):
                continue
            count = sum(_names(_folded(sentence), ways) for ways in open_)
            if count > most and len(sentence) <= LONGEST:
                best, most = sentence, count
        return best

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


def _folded(text: str) -> str:
    return " ".join(words(fold(text)))


def _names(text: str, phrases: set[str]) -> bool:
    """Whether one of these folded phrases stands in a folded text."""
    return any(f" {phrase} " in f" {text} " for phrase in phrases)


def _sentences(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield from filter(None, _END.split(line.strip("• ").strip()))
