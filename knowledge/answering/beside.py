"""What else a question asks of the same place and time: the whole of a part, the money of what is counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from knowledge.base import KnowledgeBase
from knowledge.finding.companions import PARTS, SCHEMES
from knowledge.finding.conflicts import in_order, slot
from knowledge.finding.figures import find_figure
from knowledge.finding.wanted import AMOUNTS, FUNDING, Wanted
from knowledge.reading.question import Question
from knowledge.records import Figure

CAPITAL = ("tong-nguon-von", "von-doi-ung")
"""All money of a scheme, and what its owner pays of it."""


def asked_beside(base: KnowledgeBase, question: Question, wanted: Wanted, lead: Figure) -> list[Figure]:
    """The figures of the other things that a question asks of the place and time of `lead`."""
    rows = [row for row in base.select(region=lead.region, period=lead.period) if row.id != lead.id]
    found: list[Figure] = []
    if lead.indicator in SCHEMES:
        found += _money(base, rows, lead, tuple(one.value for one in question.measures.named))
    if (lead.measure, lead.against) == ("share", "total"):
        sums = [row for row in rows if row.indicator == FUNDING and row.measure == lead.of]
        found += [row for row in sums if row.programme == "total" and row.source == lead.source]
    if question.counted and len(question.reading.of("asks", "how_many", "how_much")) > 1:
        others = [
            find_figure(base, replace(wanted, indicator=one)).lead
            for one in question.indicators[:3]
            if one != wanted.indicator
        ]
        found += [row for row in others if row is not None]
    return list({row.id: row for row in found if row.id != lead.id}.values())


def _money(base: KnowledgeBase, rows: list[Figure], lead: Figure, measures: tuple[str, ...]) -> list[Figure]:
    """The money of what `lead` counts: of its programme, else of both; else all money, with that of the owners. What another
    source prints for the same stands beside it."""
    money = [row for row in in_order(base, rows) if row.indicator == FUNDING and row.round == lead.round]
    money = [row for row in money if row.measure in AMOUNTS]
    named = [row for row in money if row.measure in measures] or money
    programmes = [(lead.programme or "total",)] + [PARTS] * (lead.programme not in PARTS)
    for programme in programmes:
        own = [row for row in named if row.programme in programme]
        if own:
            return _alike(own, lead)
    return [row for row in rows if row.indicator == CAPITAL[0] and row.programme == lead.programme]


def _alike(own: list[Figure], lead: Figure) -> list[Figure]:
    """Of money that is told in several measures the first, of the source of `lead` if it has it."""
    first = min(own, key=lambda row: (row.source != lead.source, AMOUNTS.index(row.measure)))
    alike = [row for row in own if row.measure == first.measure]
    return [row for row in alike if row.source == first.source or slot(row) == slot(first)]


def rules_out_own_money(question: Question) -> bool:
    """Whether what the owners pay is to be left out."""
    return "duty" in question.reading.excluded("aspect") or "own" in question.reading.excluded("role")


def instead(question: Question, wanted: Wanted) -> Iterator[Wanted]:
    """What is looked for where there is no such figure: money of all sources, which its name says, for that of both
    programmes unless the owners' money was ruled out; a share of money of whichever kind, or a share where a percent is asked and nothing says of what."""
    of_all = wanted.programmes in ((), ("total",)) and not wanted.measures
    of_all = of_all and not rules_out_own_money(question)
    if wanted.indicator == FUNDING and of_all and wanted.periods:
        yield replace(wanted, indicator=CAPITAL[0])
    if wanted.measures == ("share",):
        done = tuple(one for one in wanted.of if one != "plan")
        if wanted.programmes or "allocated" in done:
            yield replace(wanted, measures=("rate",), of=done, total_word=False)
        yield replace(wanted, of=())
    if wanted.measures == ("rate",) and wanted.programmes and not question.measures.rate:
        yield replace(wanted, measures=("share",), of=(), total_word=False)
