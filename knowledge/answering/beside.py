"""What else a question asks of the same place and time: the whole of a part, the money of what is counted."""

from __future__ import annotations

from dataclasses import replace

from knowledge.base import KnowledgeBase
from knowledge.finding.companions import PARTS, SCHEMES
from knowledge.finding.figures import find_figure
from knowledge.finding.wanted import AMOUNTS, FUNDING, Wanted
from knowledge.language.spans import Reading, Span
from knowledge.reading.question import Question
from knowledge.records import Figure

CAPITAL = ("tong-nguon-von", "von-doi-ung")
"""All money of a scheme, and what its owner pays of it."""


def of_the_whole(base: KnowledgeBase, question: Question, wanted: Wanted) -> Wanted:
    """What is wanted, of both programmes where their sum is asked for beside a part of it and the base has it."""
    reading = question.reading
    each = reading.has("operator", "each") and len(wanted.periods) < 2 and len(wanted.regions) < 2
    if (
        not wanted.programmes
        or wanted.indicator != FUNDING
        or (question.compare and (not each or len(wanted.programmes) == len(PARTS)))
    ):
        return wanted
    named = [span.start for span in reading.of("programme", *PARTS)]
    numbers = _numbers(reading)
    before = named and len(numbers) > 1 and numbers[0].end <= named[0]
    if not (before or each):
        return wanted
    whole = replace(wanted, programmes=("total",))
    lead = find_figure(base, whole).lead
    return whole if lead is not None and lead.programme == "total" else wanted


def asked_beside(base: KnowledgeBase, question: Question, wanted: Wanted, lead: Figure) -> list[Figure]:
    """The figures of the other things that a question asks of the place and time of `lead`."""
    rows = [row for row in base.select(region=lead.region, period=lead.period) if row.id != lead.id]
    found: list[Figure] = []
    several = len(_numbers(question.reading)) > 1 or question.reading.has("role", "total", "own")
    if lead.indicator in SCHEMES or (
        lead.indicator != FUNDING and lead.unit != "VND" and _asks_money(question)
    ):
        found += _money(rows, lead, tuple(one.value for one in question.measures.named))
    if lead.unit == "VND" and lead.measure in AMOUNTS and several:
        same = [row for row in rows if row.source == lead.source and row.programme == lead.programme]
        named = [one for one in question.indicators if one in CAPITAL]
        found += [row for row in same if row.indicator in (CAPITAL if lead.label else named)]
        if lead.indicator in CAPITAL and not lead.label:
            found += [row for row in same if row.indicator == FUNDING and row.measure == lead.measure]
    if (lead.measure, lead.against) == ("share", "total"):
        sums = [row for row in rows if row.indicator == FUNDING and row.measure == lead.of]
        found += [row for row in sums if row.programme == "total" and row.source == lead.source]
    if lead.indicator in SCHEMES and question.reading.has("operator", "each"):
        parts = [row for row in rows if row.programme in PARTS]
        found += [row for row in parts if row.indicator == lead.indicator]
        found += [row for row in parts if row.indicator == FUNDING and row.measure in AMOUNTS]
    if question.counted and len(question.reading.of("asks", "how_many", "how_much")) > 1:
        others = [
            find_figure(base, replace(wanted, indicator=one)).lead
            for one in question.indicators[:3]
            if one != wanted.indicator
        ]
        found += [row for row in others if row is not None]
    return list({row.id: row for row in found if row.id != lead.id}.values())


def _numbers(reading: Reading) -> list[Span]:
    """What asks for a number, in the order in which it is said; "số tiền" only names what is asked for."""
    return [
        span
        for span in reading.spans
        if (span.means("asks") and not span.means("head")) or span.means("aspect", "amount", "result")
    ]


def _asks_money(question: Question) -> bool:
    return question.money or question.reading.has("programme", "total")


def _money(rows: list[Figure], lead: Figure, measures: tuple[str, ...]) -> list[Figure]:
    """The money of what `lead` counts: of its programme, else of both; else all money, with that of the owners."""
    money = [row for row in rows if row.indicator == FUNDING and row.measure in AMOUNTS]
    money = [row for row in money if row.round == lead.round]
    named = [row for row in money if row.measure in measures] or money
    programmes = [(lead.programme or "total",)] + [PARTS] * (lead.programme not in PARTS)
    for programme in programmes:
        own = [row for row in named if row.programme in programme]
        if own:
            first = min(own, key=lambda row: (row.source != lead.source, AMOUNTS.index(row.measure)))
            return [row for row in own if (row.measure, row.source) == (first.measure, first.source)]
    return [row for row in rows if row.indicator == CAPITAL[0] and row.programme == lead.programme]
