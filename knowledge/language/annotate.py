"""Text → `Reading`: one best path over a lattice of phrases, names, numbers, times, document numbers and unknown words.

Each reading of a stretch of words has a cost; the cheapest path is what was said. A long phrase costs less than its
parts, an unknown word costs most, and marks that were typed speak between words that fold alike (năm / Nam / nấm).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher

from knowledge.base import KnowledgeBase
from knowledge.language.lexicon import Sense, Trie, lexicon_trie, signature, without_tone
from knowledge.language.scope import scoped
from knowledge.language.spans import Reading, Span, Word
from knowledge.reading.numbers import quantities
from knowledge.reading.periods import read_periods
from knowledge.reading.slots import read_documents
from knowledge.reading.spans import Text
from knowledge.text import MAX_CHARS, WORD, fold

UNKNOWN = 1.0
"""What a word costs that nothing explains."""
PHRASE, PER_WORD = 0.55, 0.15
GRAMMAR, GRAMMAR_WORD = 0.4, 0.08
WRONG_MARK, WRONG_TONE, NO_MARK = 0.7, 0.35, 0.1
"""What it costs to take a typed word for one with other marks, with another tone, or with marks that were left off."""
LEAST_MARKED = 0.3
"""Share of words with marks from which on a text counts as typed with marks."""
IDLE = 0.05
"""What a word of courtesy or grammar costs more than one that says something."""
_IDLE = ("courtesy", "function")


@dataclass(frozen=True, slots=True)
class _Edge:
    end: int
    cost: float
    senses: tuple[Sense, ...]


class Annotator:
    """Reads texts against the lexicon and the names of one base. Built once; stateless."""

    def __init__(self, base: KnowledgeBase, document_numbers: frozenset[tuple[int, str]]) -> None:
        self._trie = lexicon_trie(base.lexicon)
        self._names = _names(base)
        self._document_numbers = document_numbers

    def annotate(self, typed: str, clean: str, today: date) -> Reading:
        """The reading of a message: `typed` as it came, `clean` its repaired folded text."""
        said = _aligned(typed, clean)
        plain = [word.text for word in said]
        grammar = self._grammar(clean, said, today)
        marked = [word.typed for word in said if word.typed and not word.typed.isascii()]
        with_marks = len(marked) >= LEAST_MARKED * max(len(said), 1)
        best: list[float] = [0.0] + [float("inf")] * len(said)
        back: list[tuple[int, tuple[Sense, ...]]] = [(0, ())] * (len(said) + 1)
        for start in range(len(said)):
            for edge in self._edges(said, plain, start, grammar.get(start, ()), with_marks=with_marks):
                cost = best[start] + edge.cost
                if cost < best[edge.end] - 1e-9:
                    best[edge.end], back[edge.end] = cost, (start, edge.senses)
        spans: list[Span] = []
        end = len(said)
        while end:
            start, senses = back[end]
            spans.append(_span(start, end, senses, plain))
            end = start
        spans.reverse()
        return Reading(clean, tuple(said), scoped(tuple(spans), tuple(said)))

    def _edges(
        self, said: Sequence[Word], plain: list[str], start: int, grammar: Iterable[_Edge], *, with_marks: bool
    ) -> Iterable[_Edge]:
        yield _Edge(start + 1, UNKNOWN, ())
        yield from grammar
        for trie in (self._trie, self._names):
            for end, senses in trie.starting(plain, start):
                weighed = [
                    (_cost(said[start:end], sense, with_marks=with_marks), number)
                    for number, sense in enumerate(senses)
                ]
                least = min(weighed)[0]
                kept = tuple(senses[number] for cost, number in weighed if cost <= least + 1e-9)
                yield _Edge(end, least, kept)

    def _grammar(self, clean: str, said: Sequence[Word], today: date) -> dict[int, list[_Edge]]:
        """Edges of document numbers, times and amounts, by their first word."""
        edges: dict[int, list[_Edge]] = {}
        starts = {word.start: number for number, word in enumerate(said)}
        ends = {word.end: number + 1 for number, word in enumerate(said)}

        def add(start: int, end: int, slot: str, value: str) -> None:
            first = starts.get(start)
            last = ends.get(end)
            if first is None or last is None or last <= first:
                return
            cost = GRAMMAR + GRAMMAR_WORD * (last - first)
            edges.setdefault(first, []).append(_Edge(last, cost, (Sense(slot, value, (), "grammar"),)))

        text = Text(clean)
        for reference in read_documents(text, self._document_numbers):
            at = clean.find(reference.typed)
            if at >= 0:
                add(at, at + len(reference.typed), "document", f"{reference.number}/{reference.year}/{reference.kind}")
        before = text.rest
        periods = read_periods(text, today)
        for begin, stop in _taken(before, text.rest):
            code = next((p.code or f"~{p.part}" for p in periods.found if begin <= p.position < stop), "")
            start, end = _trimmed(clean, begin, stop)
            add(start, end, "period", code or "unread")
            first = clean[start:end].split(" ", 1)
            if code and len(first) == 2 and not first[0].isdigit():
                add(start + len(first[0]) + 1, end, "period", code)
        for quantity in quantities(before):
            start, end = _trimmed(clean, *quantity.span)
            slot = "amount" if quantity.scaled else "number"
            add(start, end, slot, f"{quantity.kind}:{quantity.value.normalize():f}")
        return edges


def _names(base: KnowledgeBase) -> Trie:
    """The names that the base itself gives: regions, documents, events, indicators, levels and entries' aliases."""
    trie = Trie()
    for region in base.regions.values():
        for name in (region.name, *region.aliases):
            trie.add(name, "region", region.id, "name")
    for document in base.documents.values():
        for name in document.aliases:
            trie.add(name, "document_name", document.id, "name")
    for event in base.events.values():
        for name in event.aliases:
            trie.add(name, "event_name", event.id, "name")
    for entry in base.entries.values():
        for name in entry.aliases:
            trie.add(name, "entry_name", entry.id, "name")
    return trie


def _cost(said: Sequence[Word], sense: Sense, *, with_marks: bool) -> float:
    cost = PHRASE + PER_WORD * len(said) + IDLE * (sense.slot in _IDLE)
    if not sense.marked:
        return cost
    for word, marked in zip(said, sense.marked, strict=False):
        if not word.typed or word.typed == marked:
            continue
        if word.typed.isascii():
            cost += NO_MARK * (with_marks and not marked.isascii())
        elif signature(word.typed) != signature(marked):
            cost += WRONG_TONE if without_tone(word.typed) == without_tone(marked) else WRONG_MARK
    return cost


def _span(start: int, end: int, senses: tuple[Sense, ...], plain: list[str]) -> Span:
    text = " ".join(plain[start:end])
    if not senses:
        return Span(start, end, "unknown", text, text, "unknown")
    first, *others = senses
    return Span(
        start, end, first.slot, first.value, text, first.how, tuple((one.slot, one.value) for one in others)
    )


def _aligned(typed: str, clean: str) -> list[Word]:
    """The words of the clean text, each with the form in which it was typed where that is known."""
    tokens = list(WORD.finditer(clean))
    shown = [piece for piece in _typed_words(typed)]
    folded = [fold(piece).strip() for piece in shown]
    own = [match.group() for match in tokens]
    forms = [""] * len(own)
    if folded == own:
        forms = shown
    else:
        for block in SequenceMatcher(None, folded, own, autojunk=False).get_matching_blocks():
            for step in range(block.size):
                forms[block.b + step] = shown[block.a + step]
    result: list[Word] = []
    end = 0
    for match, form in zip(tokens, forms, strict=True):
        result.append(Word(match.group(), form, match.start(), match.end(), clean[end : match.start()].strip()))
        end = match.end()
    if result and (after := clean[end:].strip()):
        result[-1] = replace(result[-1], break_after=after)
    return result


_TIMES = "×"
"""Folding drops this sign; it stays with the number that it stands before."""


def _typed_words(typed: str) -> list[str]:
    composed = unicodedata.normalize("NFC", typed[:MAX_CHARS]).lower()
    words: list[str] = []
    for piece in composed.split():
        if piece.isascii():
            words += WORD.findall(piece)
            continue
        folded = fold(piece)
        if len(folded) != len(piece):
            letters = [fold(char)[:1] or " " for char in piece]
            folded = "".join(letters)
        for match in WORD.finditer(folded):
            times = piece[max(match.start() - 1, 0) : match.start()] == _TIMES
            words.append(_TIMES * times + piece[match.start() : match.end()])
    return words


def _taken(before: str, after: str) -> list[tuple[int, int]]:
    """The stretches that were masked between two states of a text."""
    found: list[tuple[int, int]] = []
    start = -1
    for at, (old, new) in enumerate(zip(before, after, strict=True)):
        if old != new:
            start = at if start < 0 else start
        elif start >= 0:
            found.append((start, at))
            start = -1
    if start >= 0:
        found.append((start, len(before)))
    return found


def _trimmed(clean: str, start: int, end: int) -> tuple[int, int]:
    while start < end and not clean[start].isalnum():
        start += 1
    while end > start and not clean[end - 1].isalnum():
        end -= 1
    return start, end


def with_spans(reading: Reading, spans: Iterable[Span]) -> Reading:
    """The same reading with other spans."""
    return replace(reading, spans=tuple(spans))
