"""Text → `Reading`: one best path over a lattice of phrases, names, numbers, times, document numbers and unknown words.

Each reading of a stretch of words has a cost; the cheapest path is what was said. A long phrase costs less than its
parts, an unknown word costs most, and marks that were typed speak between words that fold alike (năm / Nam / nấm).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from knowledge.base import KnowledgeBase
from knowledge.language.alignment import aligned
from knowledge.language.costs import GRAMMAR, GRAMMAR_WORD, PLACE, UNKNOWN, phrase_cost
from knowledge.language.directions import Directions
from knowledge.language.documents import document_numbers
from knowledge.language.lexicon import (
    PARTING,
    SPELLING,
    Sense,
    lexicon_trie,
    marked_words,
    signature,
)
from knowledge.language.marks import Marks
from knowledge.language.numbers import amount_span, amounts
from knowledge.language.periods import periods
from knowledge.language.scope import scoped
from knowledge.language.spans import Reading, Span, Word
from knowledge.language.stored import names_of, phrases_of, sentences_of
from knowledge.text import fold

VOWELS = frozenset("aeiouy")
"""A word without any is shortened: the point behind it ends nothing ("TP.")."""
LEAST_MARKED = 0.3
"""Share of words with marks from which on a text counts as typed with marks."""
_NAMES = ("entry_name", "event_name", "document_name")
_WHOLE = ("function", "courtesy", "unknown", "region", "period", "amount", "number", "document")
"""Slots whose phrases say nothing but what they are; the words of all others name times, places and measures too."""


@dataclass(frozen=True, slots=True)
class _Edge:
    end: int
    cost: float
    senses: tuple[Sense, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text whose phrases are looked up: its words, also as plain text, and those with which an amount begins."""

    said: Sequence[Word]
    plain: list[str]
    with_marks: bool
    amounts_at: Collection[int]


def _senses(edges: Sequence[_Edge]) -> Iterator[tuple[int, Sense]]:
    """The end and the meaning of each phrase that begins at a word."""
    return ((edge.end, sense) for edge in edges for sense in edge.senses)


@lru_cache(1)
def _marks(sentences: tuple[str, ...], phrases: tuple[str, ...], wordings: tuple[str, ...]) -> Marks:
    """What these texts teach of marks, a third of the work of a new base: most edits change none of them."""
    return Marks(sentences, phrases, wordings)


class Annotator:
    """Reads texts against the lexicon and the names of one base. Built once; stateless."""

    def __init__(
        self,
        base: KnowledgeBase,
        document_numbers: frozenset[tuple[int, str]],
        *,
        of_report: bool = False,
    ) -> None:
        self._of_report = of_report
        self._trie = lexicon_trie(base.lexicon, of_report=of_report)
        self._names = names_of(base, of_report=of_report)
        self._document_numbers = document_numbers
        self._directions = Directions(base.regions.values())
        texts = (
            tuple(sentences_of(base)),
            tuple(phrases_of(base)),
            tuple(row.question for row in base.wordings),
        )
        self.marks = _marks(*texts) if not of_report else Marks((), ())
        self._spelled = {
            fold(row.phrase): marked_words(row.note)
            for row in base.lexicon
            if row.slot == SPELLING and row.phrase.isalnum()
        }

    def annotate(
        self, typed: str, clean: str, today: date, *, without: str = "", in_chat: bool = False
    ) -> Reading:
        """The reading of a message: `typed` as it came, `clean` its repaired folded text; no span is of slot `without`;
        `in_chat`: a region may be called by one word."""
        said = aligned(typed, clean, self._spelled)
        with_marks = _has_marks(said)
        if not (with_marks or self._of_report):
            said, with_marks = self.marks.restored(said), True
        plain = [word.text for word in said]
        edges = self._lattice(said, self._grammar(clean, said, today), without, with_marks=with_marks)
        for at, sense in self._directions.bare(said, lambda at: _senses(edges[at]), in_chat=in_chat).items():
            edges[at] = [_Edge(at + 1, GRAMMAR + GRAMMAR_WORD, (sense,))]
        path = _cheapest(edges, plain, 0, len(said))
        spans = path if self._of_report else scoped(path, tuple(said))
        inner = [
            one if one.scope == span.scope else replace(one, scope=span.scope)
            for span in spans
            if span.slot not in _WHOLE and span.end - span.start > 1
            for one in _cheapest(edges, plain, span.start, span.end, leaving=_NAMES)
            if span.slot != "entry_name" or one.slot != "region" or self._is_named(plain, span, one)
        ]
        return Reading(clean, tuple(said), spans, tuple(inner))

    def _is_named(self, plain: list[str], name: Span, place: Span) -> bool:
        """Whether the words of a place within a longer name have its marks ("trà hoa vàng" is no Hòa Vang)."""
        whole, part = (
            [
                sense.marked
                for end, senses in self._names.starting(plain, one.start)
                for sense in senses
                if end == one.end
            ]
            for one in (name, place)
        )
        return any(
            [*map(signature, words[place.start - name.start : place.end - name.start])]
            == [*map(signature, own)]
            for words in whole
            for own in part
        )

    def _lattice(
        self, said: Sequence[Word], grammar: dict[int, list[_Edge]], without: str, *, with_marks: bool
    ) -> list[list[_Edge]]:
        """The edges from each word on, none of slot `without` and none that reaches only into a document number."""
        found = [(start, edge) for start, edges in grammar.items() for edge in edges]
        amounts_at = {start for start, edge in found if edge.senses[0].slot == "amount"}
        numbered = [(start, edge.end) for start, edge in found if edge.senses[0].slot == "document"]
        text = _Text(said, [word.text for word in said], with_marks, amounts_at)
        return [
            [
                edge
                for edge in (
                    _Edge(start + 1, UNKNOWN, ()),
                    *grammar.get(start, ()),
                    *self._phrases(text, start),
                )
                if not (without and edge.senses and edge.senses[0].slot == without)
                and not any(start < first < edge.end < last for first, last in numbered)
            ]
            for start in range(len(said))
        ]

    def within(self, reading: Reading, span: Span) -> Iterator[Span]:
        """The phrases that a longer one is made of, each with what it says by itself."""
        words = reading.words[span.start : span.end]
        plain = [word.text for word in words]
        for start in range(len(words)):
            for trie in (self._trie, self._names):
                for end, senses in trie.starting(plain, start):
                    meant = tuple(sense for sense in senses if _as_typed(words[start:end], sense))
                    if meant and end - start < len(words):
                        part = _span(start, end, meant, plain)
                        yield replace(part, start=span.start + start, end=span.start + end)

    def _phrases(self, text: _Text, start: int) -> Iterator[_Edge]:
        """The phrases and names that begin at a word, each with the meanings that cost least."""
        phrases: dict[int, float] = {}
        for trie in (self._trie, self._names):
            for end, senses in trie.starting(text.plain, start):
                said = text.said[start:end]
                if self._of_report:  # a report is typed as it is meant
                    senses = [sense for sense in senses if _as_typed(said, sense)]
                elif end - start > 1 and (parted := _parted(text.said, start, end)):
                    senses = [sense for sense in senses if parted <= sense.parted]
                if not senses:
                    continue
                priced = end in text.amounts_at
                weighed = [
                    (phrase_cost(said, sense, with_marks=text.with_marks, priced=priced), number)
                    for number, sense in enumerate(senses)
                ]
                least = min(weighed)[0]
                kept = tuple(senses[number] for cost, number in weighed if cost <= least + 1e-9)
                if trie is self._trie:
                    phrases[end] = least
                elif end in phrases and _is_bare_name(said, kept):
                    least = min(least, phrases[end] - PLACE)
                yield _Edge(end, least, kept)

    def _grammar(self, clean: str, said: Sequence[Word], today: date) -> dict[int, list[_Edge]]:
        """Edges of document numbers, times and amounts, by their first word."""
        edges: dict[int, list[_Edge]] = {}
        taken: set[int] = set()

        def add(start: int, end: int, *meanings: tuple[str, str]) -> None:
            cost = GRAMMAR + GRAMMAR_WORD * (end - start)
            senses = tuple(Sense(slot, value, (), "grammar") for slot, value in meanings)
            edges.setdefault(start, []).append(_Edge(end, cost, senses))

        for document in document_numbers(said, clean, self._document_numbers):
            value = f"{document.number}/{document.year}/{document.kind}"
            add(document.start, document.end, ("document", value))
            taken.update(range(document.start, document.end))
        for time in periods(said, today, taken):
            meanings = (("period", time.value), *time.clock)
            add(time.start, time.end, *meanings)
            taken.update(range(time.start, time.end))
            if time.code and time.end - time.start > 1 and not said[time.start].text[0].isdigit():
                add(time.start + 1, time.end, *meanings)  # the first word may belong to what stands before
        for amount in amounts(said, taken):
            span = amount_span(amount, said)
            add(span.start, span.end, (span.slot, span.value))
        return edges


def _parted(said: Sequence[Word], start: int, end: int) -> set[int]:
    """The numbers of the words among these before which a clause ends; a point behind a shortened word ends none."""
    return {
        at - start
        for at in range(start + 1, end)
        if said[at].break_before
        and PARTING.intersection(said[at].break_before)
        and (said[at].break_before != "." or VOWELS.intersection(fold(said[at - 1].typed)))
    }


def _is_bare_name(said: Sequence[Word], senses: Sequence[Sense]) -> bool:
    """Whether these words, typed without marks, may be the own name of a place."""
    own = any(sense.how == "own name" for sense in senses)
    return own and len(said) > 1 and all(word.typed.isascii() for word in said)


def _has_marks(said: Sequence[Word]) -> bool:
    """Whether a text was typed with marks."""
    return sum(not word.typed.isascii() for word in said) >= LEAST_MARKED * max(len(said), 1)


def _as_typed(said: Sequence[Word], sense: Sense) -> bool:
    """Whether no word was typed with other marks than those of a phrase."""
    return not sense.marked or all(
        not word.typed or word.typed.isascii() or signature(word.typed) == signature(marked)
        for word, marked in zip(said, sense.marked, strict=True)
    )


def _span(start: int, end: int, senses: tuple[Sense, ...], plain: list[str]) -> Span:
    text = " ".join(plain[start:end])
    if not senses:
        return Span(start, end, "unknown", text, text, "unknown")
    first, *others = senses
    return Span(
        start, end, first.slot, first.value, text, first.how, tuple((one.slot, one.value) for one in others)
    )


def _cheapest(
    edges: Sequence[Sequence[_Edge]],
    plain: list[str],
    start: int,
    end: int,
    leaving: Collection[str] = (),
) -> tuple[Span, ...]:
    """The spans of the cheapest path over the words `start` to `end`.

    `leaving`: what is inside one span is read, without these slots and without that span.
    """
    best = {start: 0.0}
    back: dict[int, tuple[int, tuple[Sense, ...]]] = {}
    for at in range(start, end):
        for edge in edges[at]:
            if edge.end > end or (leaving and _is_left(edge, at, start, end, leaving)):
                continue
            cost = best[at] + edge.cost
            if cost < best.get(edge.end, float("inf")) - 1e-9:
                best[edge.end], back[edge.end] = cost, (at, edge.senses)
    spans: list[Span] = []
    while end > start:
        at, senses = back[end]
        spans.append(_span(at, end, senses, plain))
        end = at
    return tuple(reversed(spans))


def _is_left(edge: _Edge, at: int, start: int, end: int, leaving: Collection[str]) -> bool:
    """Whether an edge from word `at` is the whole stretch, or of a slot that is left out."""
    return (at, edge.end) == (start, end) or (bool(edge.senses) and edge.senses[0].slot in leaving)


def with_spans(reading: Reading, spans: Iterable[Span]) -> Reading:
    """The same reading with other spans."""
    return replace(reading, spans=tuple(spans))
