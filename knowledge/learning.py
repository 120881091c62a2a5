"""What can be learnt from a question that was asked: whether it is one of ours, and what it was about."""

from __future__ import annotations

from knowledge.records import Answer

_NOT_OURS = frozenset({"neighbour", "unreadable"})
"""Gaps that nobody needs to fill: another field that the bot knows by name, or no words at all."""
_TALK = frozenset({"help", "smalltalk"})


def ours(answer: Answer) -> bool:
    """Whether a question with this answer is of use to those who fill gaps: neither small talk nor of another field."""
    if answer.status == "answered":
        return answer.kind not in _TALK
    return not any(gap.code in _NOT_OURS for gap in answer.gaps)


SENT_ON = "way:inline"
"""Beside the topics of an answer that somebody sent into another chat."""


def topics_of(answer: Answer) -> tuple[str, ...]:
    """What an answer is about, for counting: `indicator:…`, `region:…` of its leading figure, `entry:…`, `document:…`,
    `event:…`, `support:…`."""
    figures = answer.figures or answer.offers
    if answer.comparison is not None:
        figures = (answer.comparison.first,)
    found = [f"indicator:{figures[0].indicator}", f"region:{figures[0].region}"] if figures else []
    found += [f"entry:{entry.id}" for entry in answer.entries[:1]]
    found += [f"document:{document.id}" for document in answer.documents[:1]]
    found += [f"event:{event.id}" for event in answer.events[:1]]
    found += [f"support:{level.activity}" for level in answer.levels[:1]]
    return tuple(found)
