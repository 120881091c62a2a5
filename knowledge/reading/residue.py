"""What a message says beyond its matter: sentences of courtesy, and words that nothing explains."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from knowledge.language.spans import IDLE, Reading, Span

_SENTENCE_ENDS, _CLAUSE_ENDS = ".!?;:", ",()"
_MATTER = frozenset(
    {
        "activity", "amount", "asks", "aspect", "document", "document_name", "entry_name", "event_name", "head", "intent",
        "measure", "neighbour", "number", "operator", "period", "programme", "region", "topic",
    }
)  # fmt: skip
"""Slots of which one makes a sentence more than courtesy."""
_LEAST_SENTENCES = 2
_GREETINGS = ("greeting", "thanks", "bye")


def without_courtesy(reading: Reading) -> str:
    """The text without the sentences that only greet, excuse, ask leave or thank; all of it where nothing else is left."""
    pieces = list(_split(reading, reading.spans, _SENTENCE_ENDS))
    if len(pieces) < _LEAST_SENTENCES:
        return reading.clean
    starts = [0, *(reading.words[spans[0].start].start for spans in pieces[1:]), len(reading.clean)]
    kept = [
        reading.clean[start:end].strip()
        for spans, (start, end) in zip(pieces, pairwise(starts), strict=True)
        if not any(_greets(span) for span in spans) or any(span.slot in _MATTER for span in spans)
    ]
    return reading.clean if len(kept) in (0, len(pieces)) else " ".join(kept)


def unexplained(reading: Reading) -> Iterator[str]:
    """The unknown words in the clauses that speak of the matter.

    A clause of courtesy or purpose, or a sentence in which nothing was read, says why someone asks, not what.
    """
    for sentence in _split(reading, reading.spans, _SENTENCE_ENDS):
        if not any(_speaks(span) for span in sentence):
            continue
        for clause in _split(reading, sentence, _CLAUSE_ENDS):
            aside = clause[0].slot == "function" or any(span.slot == "courtesy" for span in clause)
            if aside and not any(_speaks(span) for span in clause):
                continue
            for span in clause:
                word = reading.words[span.start].text
                if span.slot == "unknown" and len(word) > 1 and word[0].isalpha():
                    yield word


def clauses(reading: Reading) -> Iterator[list[Span]]:
    """The spans, clause by clause."""
    return _split(reading, reading.spans, _SENTENCE_ENDS + _CLAUSE_ENDS)


def _greets(span: Span) -> bool:
    return span.means("talk", *_GREETINGS) or (span.slot == "courtesy" and span.end - span.start > 1)


def _speaks(span: Span) -> bool:
    return span.slot not in IDLE and span.slot not in ("unknown", "talk")


def _split(reading: Reading, spans: Iterable[Span], signs: str) -> Iterator[list[Span]]:
    """The spans, parted where one of these signs stands before a word."""
    piece: list[Span] = []
    for span in spans:
        if piece and any(sign in reading.words[span.start].break_before for sign in signs):
            yield piece
            piece = []
        piece.append(span)
    if piece:
        yield piece
