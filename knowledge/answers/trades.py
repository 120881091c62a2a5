"""Trades and works in a message, by the names that their entries give them, compared with the marks that were typed.

"đá" (stone) is not "da" (leather), and "bán" (to sell) is not "bàn" (a table).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.language.lexicon import marked_words, signature
from knowledge.language.spans import Reading, Span, Word
from knowledge.records import Entry
from knowledge.text import fold, words

PLACES = (
    "city_ward",
    "ward",
    "commune",
    "special_zone",
    "industrial_zone",
    "old_district",
    "craft_village",
    "cluster",
    "park",
    "branch",
)
"""Values of `fact` that say where a workshop stands."""
HEADS = ("livestock", "farming", "fishery", "trade_only", "resale", "service", "shop")
"""Values of `fact` that say what is done with a good: the good behind them is not made."""
RESALE = "resale"
"""The value of `fact` that says that no good that is named is made by the one who asks."""
SHOP = "shop"
"""The value of `fact` that names a shop, in which something may be made."""
LEAST_ALONE = 3
"""A name of one word with fewer letters is taken only from a text that has marks."""
LEAST_PHRASE = 2
"""A run of function words longer than this is a phrase of its own, in which nothing is named."""
_OPEN = frozenset({"unknown", "entry_name", "kind", "intent", "function"})
"""Slots of spans within which the name of a trade may stand."""


@dataclass(frozen=True, slots=True)
class Named:
    """The words `start` to `end` name the trade or work of `entry`."""

    entry: Entry
    start: int
    end: int


class EntryNames:
    """Entries by the names that they give to what they speak of."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        names: defaultdict[tuple[str, ...], list[tuple[tuple[str, ...], Entry]]] = defaultdict(list)
        for entry in entries:
            for alias in entry.aliases:
                for name in alias.split(", "):
                    names[tuple(words(fold(name)))].append((marked_words(name), entry))
        self._names = dict(names)
        self._longest = max(map(len, self._names), default=0)
        self._first = {name[0] for name in self._names if name}

    def read(self, reading: Reading) -> list[Named]:
        """What is named, in order; a longer name before the shorter ones within it, nothing that was ruled out."""
        said = reading.words
        with_marks = any(word.typed and not word.typed.isascii() for word in said)
        closed = [span for span in reading.spans if _closed(span)]
        begin = [at for at, word in enumerate(said) if word.text in self._first]
        found: list[Named] = []
        for size in range(min(self._longest, len(said)), 0, -1):
            for at in (at for at in begin if at + size <= len(said)):
                entry = self._entry(said[at : at + size], with_marks=with_marks)
                if entry is None or any(_shut(span, at, at + size, entry) for span in closed):
                    continue
                if not any(at < other.end and other.start < at + size for other in found):
                    found.append(Named(entry, at, at + size))
        return sorted(found, key=lambda one: one.start)

    def _entry(self, said: Sequence[Word], *, with_marks: bool) -> Entry | None:
        own = tuple(word.text for word in said)
        if len(own) == 1 and not with_marks and len(own[0]) <= LEAST_ALONE:
            return None
        for marked, entry in self._names.get(own, ()):
            if len(marked) == len(said) and all(_fits(said, marked, with_marks=with_marks)):
                return entry
        return None


def _fits(said: Sequence[Word], marked: Sequence[str], *, with_marks: bool) -> Iterator[bool]:
    for word, name in zip(said, marked, strict=True):
        plain = not word.typed or (word.typed.isascii() and (len(said) > 1 or not with_marks))
        yield plain or signature(word.typed) == signature(name)


def _closed(span: Span) -> bool:
    phrase = span.slot == "function" and span.end - span.start > LEAST_PHRASE
    return span.scope == "excluded" or span.slot not in _OPEN or phrase


def _shut(span: Span, start: int, end: int, entry: Entry) -> bool:
    """Whether a name lies in a span that means something else, or breaks into one. A longer name takes the span in; a
    fact or a work gives way to an entry of its own that has the very name."""
    if start >= span.end or span.start >= end:
        return False
    size, own = span.end - span.start, end - start
    takes = start <= span.start and span.end <= end
    if span.scope == "excluded":
        return True
    if span.slot == "activity":
        works = "noi_dung_hoat_dong" in entry.topics or "doi_tuong" in entry.topics
        return span.start <= start and end <= span.end and not (own == size and works)
    if span.slot == "fact" and span.value == "service" and entry.stance != "yes" and own > 1:
        return False  # a repair shop is narrower than a service
    return not takes or (own == size and span.slot != "fact")
