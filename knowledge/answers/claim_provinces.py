"""How many provinces a region has, said in a claim."""

from __future__ import annotations

from knowledge.answers.claim_words import Number, of_region
from knowledge.base import KnowledgeBase
from knowledge.finding.regrouped import DRAWN_ANEW, PROVINCES, provinces_of
from knowledge.reading.question import Question
from knowledge.records import Outcome, Part, Region


def provinces_said(base: KnowledgeBase, question: Question, number: Number, said: str) -> Part | None:
    """How many provinces a region has, where a number says that."""
    region = base.regions.get(number.slots.regions[-1]) if number.slots.regions else None
    counts = number.kind == "plain" and of_region(question.reading, number)
    if region is None or region.kind != "region" or not counts:
        return None
    return provinces_counted(base, question, number, said, region)


def provinces_counted(
    base: KnowledgeBase, question: Question, number: Number, said: str, region: Region
) -> Part | None:
    """How many provinces a region has, on the map of the time that is named, else of today."""
    old = region if region.successor else next(iter(base.predecessors.get(region.id, ())), region)
    periods = number.slots.periods
    anew = periods and min(periods)[:4] >= DRAWN_ANEW[:4]
    counted = periods and base.select(region=old.successor, period=periods)
    now = not periods and not question.reading.has("division", "old")
    maps = (old.successor,) if anew or now else (old.id, old.successor) if counted else (old.id,)
    right = [count for one in maps for count in provinces_of(base, one)]
    outcome: Outcome = "match" if number.value in right else "differs"
    kind = "provinces_then" if now and number.value in provinces_of(base, old.id) else "provinces"
    printed = next(iter(base.select(indicator=PROVINCES, region=maps)), None)
    whole = right and number.value % 1 == 0
    return Part(kind, said, outcome, str(right[0]), figure=printed) if whole else None
