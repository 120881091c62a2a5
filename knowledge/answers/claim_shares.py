"""How large a part of what was counted is said, without a number, to be of one programme: all of it, most or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.answers.claim_computed import FULL, Held
from knowledge.answers.claim_words import PROGRAMMES, RIGHT, is_break, typed
from knowledge.base import KnowledgeBase
from knowledge.language.spans import IDLE, Reading, Span
from knowledge.reading.question import Question
from knowledge.records import Figure, Part

_SIZES = {
    "all": (("function", "all_are"), ("scope", "only"), ("operator", "sum")),
    "most": (("function", "most_are"),),
    "none": (("function", "none_are"),),
}
"""How large a part is → the meanings of the words for it."""
_HALF = "0.5"
_BESIDE = (*IDLE, "head", "measure")
"""Slots of words that may stand between such a word and the programme."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part that is claimed. `size`: one of `_SIZES`, by its `word`; `programme`: whose part it is, None where it is that of
    the sum told last."""

    size: str
    word: Span
    programme: Span | None


def shares_in(reading: Reading) -> list[Share]:
    """The parts that are claimed in a reading, in order."""
    found = []
    for word in reading.spans:
        size = _size_of(word)
        programme = _programme_of(reading, word, size) if size else None
        if programme is not None or (word.means("measure", "share") and size):
            found.append(Share(size, word, programme))
    return found


def _size_of(span: Span) -> str:
    """How large a part of something a word says; empty for another word."""
    if span.means("bound", "above") and (span.means("times", _HALF) or span.means("measure", "share")):
        return "most"
    return next((one for one, ways in _SIZES.items() if any(span.means(*way) for way in ways)), "")


def is_size(span: Span) -> bool:
    """Whether a word says how large a part of something is meant."""
    return span.slot != "measure" and bool(_size_of(span))


def _programme_of(reading: Reading, word: Span, size: str) -> Span | None:
    """The programme with which the clause of a word for a part ends, or which stands right before a word for most of it."""
    parts = [one for one in reading.of("programme", *PROGRAMMES) if one.slot == "programme"]
    behind = next((one for one in reading.spans if one.start >= word.end and one.slot not in _BESIDE), None)
    closing = [one for one in parts if one.start >= word.end and _ends(reading, one)]
    if behind in closing and not is_break(reading, word.end):
        return behind
    led = {one.end for one in reading.spans if one.slot in IDLE}
    said = [one for one in parts if one.end == word.start] + [one for one in closing if one.start in led]
    return next(iter(said), None) if size == "most" else None


def _ends(reading: Reading, span: Span) -> bool:
    """Whether nothing but what is asked stands behind a span in its clause."""
    following = next((one for one in reading.spans if one.start == span.end), None)
    open_ = following is not None and not following.means("asks") and following.slot not in ("talk", *IDLE)
    return not open_ or is_break(reading, span.end)


def words_of(shares: Sequence[Share]) -> set[int]:
    """The words of claimed parts."""
    spans = [span for one in shares for span in (one.word, one.programme) if span is not None]
    return {at for span in spans for at in range(span.start, span.end)}


def apart(question: Question, shares: Sequence[Share]) -> Question:
    """The same question, without the programmes that are only said to have a part of something, or named behind that."""
    first = min(words_of(shares), default=0)
    said = {one.value for one in question.reading.of("programme") if one.start < first}
    kept = tuple(one for one in question.programmes if one.value in said)
    return replace(question, programmes=kept) if shares else question


def held_share(base: KnowledgeBase, reading: Reading, share: Share, held: Sequence[Held]) -> Part:
    """A claimed part of the sum or the count told last before it, else of the first, by the figures of both programmes."""
    first, last = sorted((share.word, share.programme or share.word), key=lambda one: one.start)
    said = typed(reading, first.start, last.end)
    told = [one for one in held if one.part.outcome in RIGHT and one.part.figure is not None]
    before = [one for one in told if one.number.start < last.start] or told[:1]
    row = before[-1].part.figure if before else None
    programme = share.programme.value if share.programme else row.programme if row else ""
    if row is None or programme not in PROGRAMMES:
        return Part("predicate", said, "unknown")
    own, rest = _parts_of(base, row, programme)
    if own is not None and rest is not None and own.value + rest.value:
        real = own.value / (rest.value if rest.programme == "total" else own.value + rest.value)
        right = {"all": real == 1, "most": real * 2 > 1, "none": not own.value}[share.size]
        return Part("share", said, "match" if right else "differs", f"{FULL * real:.4f}", own, rest)
    if share.size != "none" and row.programme in {*PROGRAMMES} - {programme}:
        return Part("other_programme", said, "differs", row.programme, figure=row)
    return Part("predicate", said, "unknown")


def _parts_of(base: KnowledgeBase, row: Figure, programme: str) -> tuple[Figure | None, Figure | None]:
    """The figures of a programme, and of both together or else of the other one, beside another of the same slot."""
    rows = base.select(indicator=row.indicator, measure=row.measure, region=row.region, period=row.period)
    of = {one.programme: one for one in (*rows, row) if one.unit == row.unit and not one.against}
    other = next(one for one in PROGRAMMES if one != programme)
    return of.get(programme), of.get("total") or of.get(other)
