"""A table with a row for each region or province: figures that can be compared, and what is missing."""

from __future__ import annotations

from dataclasses import replace

from knowledge.answering.comparing import remember
from knowledge.answering.library import Asked
from knowledge.answering.ranking import Ranking, least, ranked_by
from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context
from knowledge.finding.answer import series_answer
from knowledge.finding.wanted import AMOUNTS, Wanted
from knowledge.language.spans import Span
from knowledge.reading.question import Question
from knowledge.records import Answer, Choice, Figure
from knowledge.telling.names import (
    FUNDING_SHORT,
    MEASURES,
    PLURAL,
    PROGRAMME_SHORT,
    period_name,
    table_question,
)
from knowledge.text import fold

MOST_ROWS = 24
_MOST_OTHERS = 4


def tabled_by(question: Question) -> str:
    """What a table is asked of: `region`, `province`; empty where none is asked for."""
    tabled = question.reading.has("operator", "table", "each")
    matter = question.money or question.compare or question.measures.named
    kinds = PLURAL if tabled else ("region",) if matter and not question.rank else ()
    return next((one for one in kinds if question.reading.has("rows", one)), "")


def names_matter(question: Question) -> bool:
    """Whether a table is asked for of something, not of everything that is there."""
    said = question.measures
    named = question.money or question.indicators or said.named or said.percent or question.programmes
    return bool(named or question.compare)


def over_words(question: Question) -> str:
    """What makes a short question after this one a rank or a table of the same kind: of what, and which."""
    if tabled := tabled_by(question):
        return f"{tabled} table"
    ranked = ranked_by(question)
    return f"{ranked} {'rank_low' if least(question) else 'rank_high'}" if ranked else ""


def asks_over_again(question: Question, context: Context) -> bool:
    """Whether a short question wants the rank or the table before it for another time, programme or measure."""
    if not context.over or ranked_by(question) or tabled_by(question):
        return False
    of_years = context.over.startswith("year")
    if (question.periods.found if of_years else question.regions) or question.pronoun:
        return False
    if (
        question.compare
        or question.check
        or question.yes_no
        or question.who
        or question.where
        or question.why
    ):
        return False
    return question.has_slot or bool(question.indicators) or question.rank


def over_again(question: Question, context: Context) -> Question:
    """The question with what it leaves out: the operator, and what is ranked or has a row."""
    of, operator = context.over.split()
    named = ("rows", of) if operator == "table" else ("asks", f"which_{of}")
    left_out = (Span(0, 0, "operator", operator, ""), Span(0, 0, *named, ""))
    spans = (*question.reading.spans, *left_out)
    reading = replace(question.reading, spans=spans)
    return replace(question, reading=reading, rank=question.rank or operator != "table")


class Tabling:
    """Tables over figures of one base."""

    def __init__(self, base: KnowledgeBase, ranking: Ranking) -> None:
        self._base = base
        self._ranking = ranking

    def answer(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """The largest group of comparable figures, a row for each place, with buttons for the other groups; the question
        back for the time. None where no table is asked for, or nothing is there."""
        by = tabled_by(asked.question)
        if not by or not (names_matter(asked.question) or asked.context.over):
            return None
        rows = self._ranking.candidates(wanted, by)
        if not wanted.periods:
            return self._ranking.ask_period(asked, wanted, rows)
        groups = self._ranking.groups(rows, by, least=1)
        if not groups:
            return None
        if (
            len(wanted.regions) > 1
            and by == "province"
            and len({row.region for row in groups[0]}) < len(wanted.regions)
        ):
            return None  # they are of several kinds: each is told by itself
        rows = sorted(groups[0], key=lambda row: (row.period, fold(self._base.names[row.region])))[:MOST_ROWS]
        others = [group[0] for group in groups[1 : 1 + _MOST_OTHERS]]
        gaps = self._ranking.gaps(rows, by)
        summed = by == "region" and _asks_sum(asked.question) and not gaps and rows[0].measure in AMOUNTS
        answer = replace(
            series_answer(self._base, rows, asked.today, "total" if summed else "table"),
            gaps=gaps,
            assumptions=self._ranking.assumed(wanted, rows, by, "tabled"),
            choices=tuple(_choice(row, by) for row in others if _asked_for(row)),
        )
        return answer, remember(asked, wanted, answer)


def _asks_sum(question: Question) -> bool:
    """Whether what the rows add up to is asked for."""
    return question.total_word or question.reading.has("operator", "sum")


def _asked_for(row: Figure) -> bool:
    """Whether a short question can name the kind of figure."""
    return row.measure in AMOUNTS and row.indicator == "kinh-phi"


def _choice(row: Figure, by: str) -> Choice:
    parts = [MEASURES[row.measure], PROGRAMME_SHORT[row.programme]]
    named = " · ".join(part for part in parts if part)
    question = table_question(
        FUNDING_SHORT,
        MEASURES[row.measure],
        PROGRAMME_SHORT[row.programme],
        PLURAL[by],
        period_name(row.period),
    )
    return Choice(named[:1].upper() + named[1:], question)
