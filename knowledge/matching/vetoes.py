"""What must never be told, whatever the score: each veto by name, declared in one place.

A veto looks at the question as it was read and at one candidate. It stands above the score; `why` prints its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from knowledge.base import KnowledgeBase
from knowledge.finding.wanted import FUNDING
from knowledge.language.spans import Reading, Span
from knowledge.matching.candidates import Candidate
from knowledge.reading.question import Question
from knowledge.records import Figure
from knowledge.text import fold

NEARLY = 0.93
"""Likeness to a stored wording from which its entry may be told although a number at a place or time is asked for."""
_SLOTS = ("programme", "measure", "region", "period")
_DONE = frozenset({"actual", "plan", "allocated", "estimate"})
_BESIDE = frozenset({"unknown", "neighbour", "entry_name", "activity", "fact"})
SHORTEST_PART = 2
"""Letters of a word that may name a part; shorter ones are slips."""

Veto = Callable[[KnowledgeBase, Question, Candidate], bool]


def _lead(candidate: Candidate) -> Figure | None:
    answer = candidate.answer
    if answer.status != "answered" or candidate.frame not in ("figure", "claim"):
        return None
    return answer.figures[0] if answer.figures else None


def excluded_is_told(_: KnowledgeBase, question: Question, candidate: Candidate) -> bool:
    """What the question rules out is what the figure is of."""
    lead = _lead(candidate)
    if lead is None:
        return False
    own = {"programme": lead.programme, "measure": lead.measure, "region": lead.region, "period": lead.period}
    return any(own[slot] in question.reading.excluded(slot) for slot in _SLOTS)


def undone_of_done(_: KnowledgeBase, question: Question, candidate: Candidate) -> bool:
    """What was not done, is left or is owed is asked of a sum that was planned or done."""
    lead = _lead(candidate)
    if lead is None or not question.reading.has("undone"):
        return False
    worked_out = candidate.answer.comparison is not None or candidate.answer.kind in ("check", "series")
    return lead.measure in _DONE and not worked_out


def part_of_whole(_: KnowledgeBase, question: Question, candidate: Candidate) -> bool:
    """Money for some part is asked for, and the figure is of all of it."""
    lead = _lead(candidate)
    if lead is None or lead.indicator != FUNDING or lead.terms:
        return False
    own = fold(" ".join((lead.label, *lead.terms, lead.note)))
    return any(span.text not in own for span in parts_asked(question.reading))


def parts_asked(reading: Reading) -> Iterator[Span]:
    """Spans that stand right behind the head noun and name a part of it."""
    spans = reading.spans
    for number, span in enumerate(spans):
        if span.slot not in _BESIDE or span.scope == "excluded" or number == 0:
            continue
        before = spans[number - 1]
        joined = not reading.words[span.start].break_before
        if joined and before.means("head", "funding", "khuyen_cong") and len(span.text) > SHORTEST_PART:
            yield span


def entry_silent_on_topic(base: KnowledgeBase, question: Question, candidate: Candidate) -> bool:
    """A neighbouring topic is asked about of which the entry never speaks."""
    if candidate.frame != "entry":
        return False
    topics = {span.text for span in question.reading.of("neighbour")} | {fold(question.neighbour)} - {""}
    if not topics:
        return False
    folded = base.folded[candidate.answer.entries[0].id]
    told = " ".join((*folded.keys, folded.body))
    return not any(topic in told for topic in topics)


def number_of_a_rule(base: KnowledgeBase, question: Question, candidate: Candidate) -> bool:
    """A number of a place or time is asked for; a rule has none."""
    if candidate.frame != "entry" or candidate.likely is None or candidate.likely.near >= NEARLY:
        return False
    entry = candidate.answer.entries[0]
    if entry.kind == "assessment" or question.check or question.why or question.documents:
        return False
    if question.reading.has("asks", "which_document") or question.reading.has("head", "document"):
        return False
    asks = question.amount or question.measures.percent or question.rank
    placed = bool(question.periods.found or question.regions)
    about = bool(question.measures.named or question.programmes or question.counted or question.reading.has("head", "funding"))
    return bool(asks and placed and about and not question.reading.has("intent"))


VETOES: Mapping[str, Veto] = {
    "excluded is told": excluded_is_told,
    "undone of what was done": undone_of_done,
    "part of a whole": part_of_whole,
    "silent on the topic": entry_silent_on_topic,
    "number of a rule": number_of_a_rule,
}
"""Every veto by its name."""


def vetoed(base: KnowledgeBase, question: Question, candidate: Candidate) -> tuple[str, ...]:
    """The names of the vetoes against a candidate."""
    return tuple(name for name, veto in VETOES.items() if veto(base, question, candidate))
