"""What a message says, span by span: the result of reading it, and how to ask it for slots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

IDLE = frozenset({"courtesy", "function"})
"""Slots that say nothing of the matter."""
_START = attrgetter("start")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: `text` folded and repaired, `typed` as it was typed where that is known, its place in the clean text,
    and the punctuation around it: `break_before` it, and `break_after` it where it is the last word.

    `likely`: in a text without marks, the word with the marks that it may have, the likeliest first, each with how much
    less likely it is than that, in nats.
    """

    text: str
    typed: str
    start: int
    end: int
    break_before: str = ""
    break_after: str = ""
    likely: tuple[tuple[str, float], ...] = ()

    @property
    def form(self) -> str:
        """The word with its marks, as it was typed or most likely meant; empty where that is not known."""
        return self.likely[0][0] if self.likely else self.typed


@dataclass(frozen=True, slots=True)
class Span:
    """The words `start` to `end` mean `value` of `slot`; slot `unknown` where nothing explains them.

    `others`: further meanings that are as likely. `scope`: `said`, or `excluded`, `only`, `instead` where a word of
    scope governs the span.
    """

    start: int
    end: int
    slot: str
    value: str
    text: str
    how: str = "lexicon"
    others: tuple[tuple[str, str], ...] = ()
    scope: str = "said"

    def means(self, slot: str, *values: str) -> bool:
        """Whether this is one of the values of a slot, or any of it where no value is given."""
        if self.slot == slot and (not values or self.value in values):
            return True
        return bool(self.others) and any(
            one == slot and (not values or value in values) for one, value in self.others
        )


@dataclass(frozen=True)
class Reading:
    """A message as it was read. `clean` is its repaired folded text; `inner`: what the words inside long names say by themselves."""

    clean: str
    words: tuple[Word, ...] = ()
    spans: tuple[Span, ...] = ()
    inner: tuple[Span, ...] = ()

    def of(self, slot: str, *values: str) -> tuple[Span, ...]:
        """The spans of a slot that were said, not excluded."""
        found = self._of.get(slot, ())
        return tuple(span for span in found if span.means(slot, *values)) if values else found

    def named(self, slot: str, *, excluded: bool = False) -> tuple[Span, ...]:
        """The spans of a slot that were said, those inside long names too, in order; with `excluded` also those that
        were ruled out."""
        found = self._named.get(slot, ())
        return found if excluded else tuple(one for one in found if one.scope != "excluded")

    def has(self, slot: str, *values: str) -> bool:
        """Whether a slot, or one of these values of it, was said."""
        said = self._said.get(slot)
        return said is not None and (not values or not said.isdisjoint(values))

    @cached_property
    def _said(self) -> Mapping[str, frozenset[str]]:
        """Slot → its values that were said, further meanings of a span too."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for span in self.spans:
            if span.scope != "excluded":
                for slot, value in ((span.slot, span.value), *span.others):
                    found[slot].add(value)
        return {slot: frozenset(values) for slot, values in found.items()}

    @cached_property
    def _of(self) -> Mapping[str, tuple[Span, ...]]:
        """Slot → its spans that were said."""
        return _by_slot(span for span in self.spans if span.scope != "excluded")

    @cached_property
    def _named(self) -> Mapping[str, tuple[Span, ...]]:
        """Slot → its spans, those inside long names and those that were ruled out too."""
        return _by_slot(sorted((*self.spans, *self.inner), key=_START))

    def values(self, slot: str) -> tuple[str, ...]:
        """The values of a slot in the order of their naming, each once."""
        found = (
            span.value if span.slot == slot else next(value for one, value in span.others if one == slot)
            for span in self.of(slot)
        )
        return tuple(dict.fromkeys(found))

    def as_typed(self, span: Span) -> str:
        """The words of a span with their marks, as they were typed or most likely meant."""
        return " ".join(word.form or word.text for word in self.words[span.start : span.end])

    def excluded(self, slot: str) -> tuple[str, ...]:
        """The values of a slot that were ruled out."""
        return tuple(dict.fromkeys(s.value for s in self.spans if s.scope == "excluded" and s.slot == slot))

    @cached_property
    def kept(self) -> str:
        """The text without what was ruled out and the words that rule it out."""
        dropped = {
            place
            for span in self.spans
            if span.scope == "excluded" or span.means("scope", "not", "except")
            for place in range(span.start, span.end)
        }
        return " ".join(word.text for place, word in enumerate(self.words) if place not in dropped)

    def only(self, slot: str) -> tuple[str, ...]:
        """The values of a slot that were said to be the only ones meant."""
        return tuple(dict.fromkeys(s.value for s in self.spans if s.scope == "only" and s.slot == slot))

    @property
    def residue(self) -> tuple[Span, ...]:
        """Runs of unknown words, each as one phrase."""
        return tuple(self._runs())

    def _runs(self) -> Iterator[Span]:
        run: list[Span] = []
        for span in (*self.spans, None):
            if (
                span is not None
                and span.slot == "unknown"
                and not (run and self.words[span.start].break_before)
            ):
                run.append(span)
                continue
            if run:
                yield Span(
                    run[0].start, run[-1].end, "unknown", "", " ".join(one.text for one in run), "unknown"
                )
            run = [span] if span is not None and span.slot == "unknown" else []


def _by_slot(spans: Iterable[Span]) -> dict[str, tuple[Span, ...]]:
    """Slot → the spans that mean some of it, in their order."""
    found: defaultdict[str, list[Span]] = defaultdict(list)
    for span in spans:
        for slot in dict.fromkeys((span.slot, *(one for one, _ in span.others))):
            found[slot].append(span)
    return {slot: tuple(rows) for slot, rows in found.items()}
