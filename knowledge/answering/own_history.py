"""A year of the asker's own history ("cơ sở em thành lập năm 2019") is not the time that he asks about."""

from __future__ import annotations

from dataclasses import replace

from knowledge.language.spans import Reading, Span
from knowledge.reading.periods import Periods
from knowledge.reading.question import Question

_BETWEEN = frozenset({"courtesy", "function", "kind", "fact"})
"""Slots of what may stand between the beginning and its time: what it was that began."""
_WHOSE = frozenset({"cooperative", "household", "small", "new", "branch"})
"""Facts that name the workshop of somebody who asks."""


def without_own_history(question: Question) -> Question:
    """The question without the one year that it names, where that only says since when somebody has been in business."""
    reading = question.reading
    found = question.periods.found
    if (
        len(found) != 1
        or found[0].relative
        or "-" in found[0].code
        or question.counted
        or question.programmes
        or question.documents
    ):
        return question
    since = next(
        (span for span in reading.of("period") if span.value == found[0].code and _is_begun(reading, span)),
        None,
    )
    own = reading.has("intent") or reading.has("kind", "establishment") or reading.has("fact", *_WHOSE)
    if since is None or not own:
        return question
    start, end = reading.words[since.start].start, reading.words[since.end - 1].end
    clean = " ".join(f"{question.clean[:start]} {question.clean[end:]}".split())
    return replace(question, clean=clean, periods=Periods())


def _is_begun(reading: Reading, time: Span) -> bool:
    """Whether a time is that of which the words before it say that something began then."""
    before = [span for span in reading.spans if span.end <= time.start]
    while before and before[-1].slot in _BETWEEN and not _begins(before[-1]):
        before.pop()
    return bool(before) and _begins(before[-1])


def _begins(span: Span) -> bool:
    return span.means("function", "begun") or span.means("since", "begun")
