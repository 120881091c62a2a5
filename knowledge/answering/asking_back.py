"""What is said where no figure can be told: which slot is missing, what there is instead, what a place is part of."""

from __future__ import annotations

from dataclasses import replace

from knowledge.answering.library import Asked
from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context
from knowledge.finding.answer import asked_back, sources_for
from knowledge.finding.figures import find_figure
from knowledge.finding.nearby import offer_label
from knowledge.finding.wanted import FUNDING, NATION, Found, Wanted
from knowledge.reading.question import Question, Reader
from knowledge.records import Answer, Choice, Entry, Note, Region
from knowledge.telling.names import figure_question
from knowledge.text import as_typed, fold

_SHORT = 7
"""Words of a question that says no more than slots: it can only want their figure."""


def asks_for_a_number(question: Question) -> bool:
    """Whether a question is one for a figure by its own words, so that what it leaves open is worth asking for."""
    said = question.measures
    if question.reading.has("activity") and not (
        question.regions or question.periods.found or question.indicators
    ):
        return False  # what a work costs is in its rule
    named = question.own_topic or question.has_slot or question.indicators
    return bool(
        (question.amount and named)
        or question.check
        or question.compare
        or said.named
        or said.percent
        or said.moved
        or (question.money and question.regions and question.periods.found)
    ) or (len(question.clean.split()) <= _SHORT)


def says_nothing_of(question: Question) -> bool:
    """Whether a question names a place or a time, and nothing that is wanted of it."""
    return question.bare and not (question.money or question.measures.named)


def asks_of_a_place_or_time(question: Question, wanted: Wanted) -> bool:
    """Whether a number of some place or time is asked for, so that a word that nothing explains may be a part of it."""
    asks = question.amount or question.money or question.measures.percent or question.compare or question.rank
    return bool(asks and (wanted.regions or wanted.periods))


def ask_what(base: KnowledgeBase, asked: Asked, wanted: Wanted, found: Found) -> tuple[Answer, Context]:
    """Only a place or a time was said: what is wanted of it, with what the base has to offer."""
    rows = [row for row in (found.lead, *found.companions) if row is not None][:4]
    choices = {offer_label(base, row): figure_question(base.names, row) for row in rows}
    buttons = [Choice(label, text) for label, text in choices.items()]
    answer = asked_back(asked.today, [Note("ask_what")], buttons)
    return answer, replace(asked.context, route="ask", wanted=wanted)


def ask_period(base: KnowledgeBase, asked: Asked, wanted: Wanted) -> tuple[Answer, Context]:
    """A time was said that names no period: which one is meant."""
    unclear = Note("unclear_period", {"said": asked.question.periods.unclear})
    answer = asked_back(asked.today, [unclear, Note("ask_period")], find_figure(base, wanted).choices)
    return answer, replace(asked.context, route="ask", wanted=wanted)


def explain_region(base: KnowledgeBase, answer: Answer, question: Question) -> Answer:
    """For a part of a region, or a province of today: which region or which old provinces could be meant instead."""
    region = base.regions[question.regions[0].id]
    notes: list[Note] = []
    if region.kind == "subregion" and region.part_of in base.regions:
        notes.append(Note("subregion", {"region": region.name, "whole": base.regions[region.part_of].name}))
    joined: list[Region] = [one for one in base.predecessors.get(region.id, ()) if one.id != region.id]
    if joined and region.kind == "province":
        notes.append(
            Note("made_of", {"region": region.name, "joined": ", ".join(one.name for one in joined)})
        )
    return replace(answer, gaps=(*answer.gaps, *notes))


def explained(
    base: KnowledgeBase, reader: Reader, answer: Answer, wanted: Wanted, question: Question
) -> Answer:
    """An answer; beside a missing sum of money what is known of why it is missing, and what a place is part of or made of."""
    if answer.status != "no_answer":
        return answer
    told = on_missing(base, reader, wanted)
    cited = [*(source.id for source in answer.sources), *(one for entry in told for one in entry.sources)]
    answer = replace(answer, entries=told, sources=sources_for(base, cited))
    return explain_region(base, answer, question) if question.regions else answer


def on_missing(base: KnowledgeBase, reader: Reader, wanted: Wanted) -> tuple[Entry, ...]:
    """The text on why there is no sum of money in one place, else the nation, and year: it says why nothing was done, or
    that the sum is not known."""
    place = (*(wanted.regions or (NATION,)), *wanted.periods)
    if wanted.indicator != FUNDING or len(place) != len(("region", "period")):
        return ()
    for one in base.entries.values():
        if (one.region, one.period) == place:
            title = reader.annotated(fold(one.title))
            if one.stance == "unknown" or (title.has("asks", "why") and title.has("undone")):
                return (one,)
    return ()


def gap_of_part(question: Question, wanted: Wanted, gap: Note) -> Note:
    """That there is no figure, with the part of it that was asked for."""
    asked_for = " ".join(span.text for span in question.reading.of("asks"))
    part = max((one for one in wanted.terms if one not in asked_for), key=len, default="")
    return Note(gap.code, {**gap.values, "part": as_typed(question.typed, part)})
