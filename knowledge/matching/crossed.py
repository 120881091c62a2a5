"""Features that are pairs: what was said, what was told before and what else may be told, each with a kind of answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.dialogue import Context, leans_on
from knowledge.finding.wanted import FUNDING
from knowledge.matching.candidates import Candidate, tokens
from knowledge.reading.question import Question
from knowledge.records import Entry

_ASKING = frozenset({"aspect", "asks", "head", "undone", "intent"})
"""Slots that say what is asked of an entry, whatever it is about."""


def crossed(
    candidate: Candidate, question: Question, rivals: Sequence[Candidate], context: Context
) -> dict[str, float]:
    """The pairs of one candidate. `rivals`: the candidates without a veto; `context`: what the chat remembers."""
    way = _way(candidate)
    said = tokens(question)
    told = {f"said:{way}|{token}": 1.0 for token in said}
    if len(said) == 1 and not question.reading.residue:
        told[f"only:{way}|{said[0]}"] = 1.0
    others = (one for one in rivals if one is not candidate and one.frame not in ("entry", "other"))
    told |= {f"beside:{way}|{_way(one)}": 1.0 for one in others}
    if candidate.frame == "entry":
        told |= dict.fromkeys(_of_entry(candidate.answer.entries[0], question), 1.0)
    if candidate.frame == "figure":
        told |= dict.fromkeys(_unsaid(candidate, question), 1.0)
    if context.route:
        told[f"chat:{way}"] = 1.0
        told[f"after {context.route}:{way}"] = 1.0
        if leans_on(question, context):
            told[f"leans:{way}"] = 1.0
    return told


def _way(candidate: Candidate) -> str:
    """The frame, and whether it answers, asks back or says what is lacking."""
    frame = candidate.frame
    return frame if frame in ("entry", "other") else f"{frame} {candidate.answer.status}"


def _of_entry(entry: Entry, question: Question) -> Iterator[str]:
    """What is asked, with the topics and the kind of an entry."""
    asked = {
        f"{span.slot}:{span.value}"
        for span in question.reading.spans
        if span.slot in _ASKING and span.scope == "said"
    }
    yield f"kind:{entry.kind}"
    for own in (*(f"topic:{topic}" for topic in entry.topics), f"kind:{entry.kind}"):
        yield from (f"{own}|{one}" for one in asked)


def _unsaid(candidate: Candidate, question: Question) -> Iterator[str]:
    """The slots of the figure that is told first which the question does not say."""
    if candidate.answer.status != "answered" or not candidate.answer.figures:
        return
    lead = candidate.answer.figures[0]
    programmes = ("", "total", *(one.value for one in question.programmes))
    said = {
        "indicator": question.money if lead.indicator == FUNDING else _counts(question, lead.indicator),
        "programme": lead.programme in programmes,
        "measure": lead.measure in question.reading.values("measure"),
        "region": lead.region in {one.id for one in question.regions},
        "period": lead.period in {one.code for one in question.periods.found},
    }
    yield from (f"unsaid {slot}" for slot, known in said.items() if not known)
    named = question.money or question.own_topic or question.programmes or question.measures.named
    if lead.indicator == FUNDING and not named:
        yield "unsaid topic"


def _counts(question: Question, indicator: str) -> bool:
    return indicator in (*question.indicators, question.counted)
