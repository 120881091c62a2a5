"""Which activity a level of support is of, by its name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from knowledge.records import SupportLevel
from knowledge.text import fold, words

NATIONAL = "national"
SAME, WITHIN = 1000, 100
"""Scores of two names that are one, and of one name within the other; beside them shared words count one each."""
COVERED, SHARED = 0.4, 0.6
"""Share of a name that a name within it must cover; share of the longer name's words that two names must have in common."""


def likeness(name: str, level: SupportLevel) -> int:
    """How much a name is one of a level's: `SAME`, `WITHIN` and more, the number of shared words, or 0."""
    said = words(fold(name))
    return max(_likeness(said, words(fold(one))) for one in (level.name, *level.aliases))


def _likeness(said: Sequence[str], called: Sequence[str]) -> int:
    if list(said) == list(called):
        return SAME
    short, long = sorted((said, called), key=len)
    if len(short) >= COVERED * len(long) and f" {' '.join(short)} " in f" {' '.join(long)} ":
        return WITHIN + len(short)
    shared = len(set(said) & set(called))
    return shared if shared >= SHARED * len(set(long)) else 0


def activity_of(name: str, levels: Iterable[SupportLevel]) -> tuple[str, int]:
    """The one activity that a name is most like, and how much; empty where two are as like as each other."""
    scores: dict[str, int] = {}
    for one in levels:
        if one.scope == NATIONAL:
            scores[one.activity] = max(scores.get(one.activity, 0), likeness(name, one))
    best = max(scores.values(), default=0)
    found = [activity for activity, score in scores.items() if score == best]
    return (found[0], best) if best and len(found) == 1 else ("", 0)
