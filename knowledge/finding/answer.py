"""What was found → an `Answer`: figures, notes and choices, no sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from knowledge.base import KnowledgeBase
from knowledge.finding.compare import Compared
from knowledge.finding.conflicts import disagreement
from knowledge.finding.regrouped import counted_again, of_new_territory, old_provinces
from knowledge.finding.versions import applied, cited, with_amendments
from knowledge.finding.wanted import AMOUNTS, Found
from knowledge.records import (
    Answer,
    Choice,
    Comparison,
    Document,
    Entry,
    Event,
    Figure,
    Kind,
    Note,
    Source,
    Stance,
)
from knowledge.telling.names import figure_question, period_name

MOST_WARNINGS = 4
"""Warnings of one answer on several figures."""
_VERDICT_KINDS = {"misprint_unit": "misprint", "misprint_year": "misprint", "doubtful_unit": "doubtful_unit"}


def warnings_for(base: KnowledgeBase, figures: Iterable[Figure]) -> tuple[Note, ...]:
    """Where the sources of these figures contradict themselves, each once."""
    found: dict[str, Note] = {}
    for figure in figures:
        for relation in base.warnings_by_figure.get(figure.id, ()):
            kind = _VERDICT_KINDS.get(relation.verdict, "discrepancy")
            found[relation.id] = Note(kind, {"text": relation.warning, "verdict": relation.verdict})
    return tuple(found.values())


def sources_for(base: KnowledgeBase, ids: Iterable[str]) -> tuple[Source, ...]:
    """The sources, each once, in order."""
    return tuple(base.sources[one] for one in dict.fromkeys(ids) if one in base.sources)


def figure_answer(base: KnowledgeBase, found: Found, today: date, notes: Sequence[Note] = ()) -> Answer:
    """The answer for a search: the figure, the question back, or the gap."""
    if found.lead is not None:
        rows = (found.lead, *found.also)
        return Answer(
            status="answered",
            kind="figure",
            as_of=today,
            figures=rows,
            companions=found.companions,
            asked=found.asked,
            assumptions=(*notes, *found.assumptions),
            warnings=(
                *warnings_for(base, rows),
                *disagreement(base, found.lead, found.also),
                *region_warnings(base, found.lead),
            ),
            sources=sources_for(base, [row.source for row in (*rows, *found.companions)]),
            choices=found.choices or other_times(base, found.lead),
        )
    if found.asks:
        answer = asked_back(today, [Note(f"ask_{slot}") for slot in found.asks], found.choices)
        return replace(answer, assumptions=tuple(notes))
    return Answer(
        status="no_answer",
        kind="figure",
        as_of=today,
        offers=found.offers,
        assumptions=(*notes, *((Note("near_only"),) if found.offers else ())),
        gaps=(found.gap,) if found.gap else (),
        choices=found.choices,
        sources=sources_for(base, [row.source for row in found.offers]),
    )


def series_answer(base: KnowledgeBase, rows: Sequence[Figure], today: date, aspect: str = "") -> Answer:
    """The answer of several figures; `aspect`: what is told of them together."""
    place = region_warnings(base, rows[0]) if len({row.region for row in rows}) == 1 else ()
    return Answer(
        status="answered",
        kind="series",
        as_of=today,
        aspect=aspect,
        figures=tuple(rows),
        warnings=(*warnings_for(base, rows)[:MOST_WARNINGS], *place),
        sources=sources_for(base, [row.source for row in rows]),
    )


def asked_back(today: date, gaps: Sequence[Note], choices: Iterable[Choice]) -> Answer:
    """The question back for what is missing, with what may be meant."""
    return Answer(status="asked_back", kind="choice", as_of=today, gaps=tuple(gaps), choices=tuple(choices))


def near_answer(base: KnowledgeBase, gap: Note, rows: Sequence[Figure], today: date) -> Answer:
    """That there is no such figure, with those that are near."""
    return Answer(
        status="no_answer",
        kind="figure",
        as_of=today,
        offers=tuple(rows),
        gaps=(gap,),
        assumptions=(Note("near_only"),) if rows else (),
        sources=sources_for(base, [row.source for row in rows]),
    )


def other_times(base: KnowledgeBase, lead: Figure) -> tuple[Choice, ...]:
    """Buttons beside a figure: the comparison with the nearest other year of the same slot, and that year itself."""
    if lead.measure not in AMOUNTS or not re.fullmatch(r"\d{4}(?:-[A-Z0-9]+)?", lead.period):
        return ()
    if (other := base.nearest_year(lead)) is None:
        return ()
    asked = figure_question(base.names, lead)
    label = period_name(other.period)
    return (
        Choice(f"So với {label}", f"so sánh {asked} với {label}"),
        Choice(label[:1].upper() + label[1:], figure_question(base.names, other)),
    )


def region_warnings(base: KnowledgeBase, figure: Figure) -> tuple[Note, ...]:
    """A figure of a province that has since been merged, or of one that has since grown, is told as such."""
    region = base.regions.get(figure.region)
    if region is not None and counted_again(base, figure):
        return (Note("counted_again", {"region": base.regions[region.successor].name}),)
    if region is None or region.kind != "province":
        return ()
    if region.valid_to and region.successor in base.regions:
        return (
            Note("merged_region", {"region": region.name, "successor": base.regions[region.successor].name}),
        )
    joined = [base.regions[one].name for one in old_provinces(base, region.id)]
    if not joined or not figure.period or figure.period[:4] > "2025":
        return ()
    code = "grown_since" if of_new_territory(base, figure) else "grown_region"
    return (Note(code, {"region": region.name, "joined": ", ".join(joined)}),)


def comparison_answer(
    base: KnowledgeBase, compared: Compared, today: date, notes: Sequence[Note], *, lead_change: bool
) -> Answer:
    """The answer for a comparison; `lead_change`: the printed percent leads because a percent was asked for."""
    comparison = compared.comparison
    if comparison is None:
        missing = compared.missing or Found()
        answer = figure_answer(base, missing, today, (*notes, *missing.assumptions))
        have = (compared.have,) if compared.have else ()
        extra = (Note("compare_side"),) if have else ()
        offers = tuple({row.id: row for row in (*have, *answer.offers)}.values())
        return replace(
            answer, kind="comparison" if answer.status == "no_answer" else answer.kind, offers=offers, gaps=(*answer.gaps, *extra),
            sources=sources_for(base, [row.source for row in offers]),
        )  # fmt: skip
    pair = (comparison.first, comparison.second)
    printed = compared.printed
    figures = (printed, *reversed(pair)) if printed and lead_change else tuple(reversed(pair))
    warned = (*pair, printed) if printed else pair
    return Answer(
        status="answered",
        kind="figure" if printed and lead_change else "comparison",
        as_of=today,
        figures=figures,
        companions=() if printed and lead_change else ((printed,) if printed else ()),
        comparison=comparison,
        assumptions=(*notes, *compared.assumptions),
        warnings=(*warnings_for(base, warned), *comparability(comparison)),
        sources=sources_for(base, [row.source for row in figures]),
    )


def comparability(comparison: Comparison) -> tuple[Note, ...]:
    """What makes the two sides less than fully comparable."""
    first, second = comparison.first, comparison.second
    notes = []
    if first.source != second.source:
        notes.append(Note("two_sources"))
    if "over" in (first.qualifier, second.qualifier):
        notes.append(Note("inexact_side"))
    return tuple(notes)


def entry_answer(
    base: KnowledgeBase,
    entry: Entry,
    as_of: date,
    stance: Stance | None,
    notes: Sequence[Note] = (),
    *,
    dated: bool = False,
) -> Answer:
    """The answer for an entry, with the warnings of its status; `dated`: a day was asked for, which is `as_of`."""
    warnings = status_warnings(entry.status, entry.valid_to, as_of)
    if dated and entry.status == "superseded" and applied(entry, as_of):
        warnings = (Note("rule_of_then", {"until": entry.valid_to}),)
    kind: Kind = "support" if entry.kind in ("support", "contact") else "policy"
    return Answer(
        status="answered",
        kind=kind,
        as_of=as_of,
        entries=(entry,),
        cited=with_amendments(base.documents, cited(base.documents, entry.basis)),
        stance=stance,
        assumptions=tuple(notes),
        warnings=warnings,
        sources=sources_for(base, entry.sources),
    )


def status_warnings(status: str, valid_to: str, today: date) -> tuple[Note, ...]:
    """What a rule's status means for someone who relies on it today."""
    if status == "superseded" or (valid_to and valid_to < today.isoformat()):
        return (Note("superseded", {"until": valid_to}),)
    if status == "needs_check":
        return (Note("needs_check"),)
    return ()


def document_answer(
    base: KnowledgeBase, documents: Sequence[Document], today: date, notes: Sequence[Note] = ()
) -> Answer:
    """The card of one or more documents."""
    lead = documents[0]
    return Answer(
        status="answered",
        kind="document",
        as_of=today,
        documents=tuple(documents),
        cited=with_amendments(base.documents, tuple(documents)),
        assumptions=tuple(notes),
        warnings=status_warnings(lead.status, lead.in_force_to, today),
        sources=sources_for(base, [source for document in documents for source in document.sources]),
    )


def event_answer(
    base: KnowledgeBase, events: Sequence[Event], today: date, aspect: str, notes: Sequence[Note] = ()
) -> Answer:
    """One event, with the aspect that was asked for (who, where, when, next_host, …) first."""
    return Answer(
        status="answered",
        kind="event",
        as_of=today,
        events=tuple(events),
        aspect=aspect,
        assumptions=tuple(notes),
        sources=sources_for(base, [source for event in events for source in event.sources]),
    )
