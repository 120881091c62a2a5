"""Questions that are answered by figures: read together with the chat, checked for words that nothing explains, found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from knowledge.answering.asking_back import (
    ask_period,
    ask_what,
    explain_region,
    which_region,
)
from knowledge.answering.beside import CAPITAL, asked_beside
from knowledge.answering.comparing import Comparing, remember
from knowledge.answering.library import Asked
from knowledge.answering.parts import SeveralParts
from knowledge.answering.pieces import nouns_said, numbers_asked
from knowledge.answering.ranking import Ranking, ranked_by
from knowledge.answering.ratios import Ratios, averages
from knowledge.answering.surveying import Surveying
from knowledge.answering.tabling import (
    Tabling,
    asks_over_again,
    over_again,
    over_words,
    tabled_by,
)
from knowledge.answering.told_before import ToldBefore
from knowledge.answering.unexplained import Unexplained
from knowledge.answering.wanting import Wanting
from knowledge.base import KnowledgeBase
from knowledge.dialogue import SHORT, Context, leans_on, merge, says_a_difference
from knowledge.finding.answer import (
    figure_answer,
)
from knowledge.finding.companions import also_printed
from knowledge.finding.figures import find_figure
from knowledge.finding.regrouped import PROVINCES, after_redrawing, on_its_map
from knowledge.finding.wanted import FUNDING, Found, Wanted
from knowledge.reading.question import Question, Reader
from knowledge.records import Answer, Choice, Note
from knowledge.telling.names import figure_question, figure_subject, region_name
from knowledge.text import as_typed

MOST_WORDS, _LONGEST_WORD = 5, 24
"""Words that nothing explains: how many are said back, and how much of each."""

MOST_COMPARED = 2
"""Regions that are held against each other; more are told in a table of all of them."""

_SHORT = 7
"""Words of a question that says no more than slots: it can only want their figure."""


def _asks_for_a_number(question: Question) -> bool:
    """Whether a question is one for a figure by its own words, so that what it leaves open is worth asking for."""
    said = question.measures
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


def _asks_of_a_place_or_time(question: Question, wanted: Wanted) -> bool:
    """Whether a number of some place or time is asked for, so that a word that nothing explains may be a part of it."""
    asks = question.amount or question.money or question.measures.percent or question.compare or question.rank
    return bool(asks and (wanted.regions or wanted.periods))


class FigureAnswers:
    """Figures of one base, as questions and follow-ups ask for them."""

    def __init__(self, base: KnowledgeBase, reader: Reader) -> None:
        self._base = base
        self._reader = reader
        self._wanting = Wanting(base)
        self._comparing = Comparing(base)
        self._ranking = Ranking(base)
        self._tabling = Tabling(base, self._ranking)
        self._surveying = Surveying(base)
        self._ratios = Ratios(base)
        self._unexplained = Unexplained(base)
        self._told_before = ToldBefore(base)
        self._several = SeveralParts(base, reader)

    def answer(self, asked: Asked) -> tuple[Answer, Context] | None:
        """The figure, the comparison, the claim checked, the question back or the gap; None where it names nothing of one."""
        question, context = asked.question, asked.context
        if (meant := self._surveying.meaning(asked)) is not None:
            return meant
        if context.told and (apart := self._told_before.answer(asked)) is not None:
            return apart
        again = asks_over_again(question, context) and len(question.clean.split()) <= SHORT
        if again:
            question = over_again(question, context)
            asked = replace(asked, question=question)
        ranks = ranked_by(question) if context.wanted and len(question.clean.split()) <= SHORT else ""
        follows = again or bool(ranks) or leans_on(question, context)
        wanted = self._wanting.wanted(question)
        if follows:
            spoken_of = self._base.indicators.get(context.slots.get("indicator", ""))
            counts = question.amount and not question.counted and not question.money
            if counts and spoken_of and spoken_of.id != FUNDING:
                question = self._reader.more_indicators(question, spoken_of.name)
                asked = replace(asked, question=question)
                wanted = self._wanting.wanted(question)
            if says_a_difference(question, context):
                question = replace(question, compare=True)
                asked = replace(asked, question=question)
            said = wanted
            wanted = self._merged(wanted, question, context)
            if tabled_by(question):  # of every place, not of the one that was spoken of
                wanted = replace(wanted, regions=said.regions)
        elif context.wanted and question.counted and not (wanted.regions or wanted.periods):
            here = self._merged(
                wanted, question, context
            )  # a count of no place and no time, in a chat that has both
            if find_figure(self._base, wanted).asks and find_figure(self._base, here).lead:
                wanted, follows = here, True
        if (again and context.over.startswith("year")) or (ranks == "year" and follows):
            wanted = replace(wanted, periods=tuple(one.code for one in question.periods.found if one.code))
        elif again and context.wanted:
            wanted = replace(wanted, regions=context.wanted.regions)
        if wanted.indicator != PROVINCES:
            wanted = on_its_map(self._base, wanted, question.reading)
        elif not wanted.periods:  # how many there are now
            wanted = after_redrawing(self._base, wanted) or wanted
        return self._figure(asked, wanted, follows=follows)

    def _merged(self, wanted: Wanted, question: Question, context: Context) -> Wanted:
        """A follow-up completed from the chat; "tổng" is the total of both programmes only where the base has one."""
        merged = merge(wanted, question, context)
        last = context.wanted
        if (
            wanted.total_word
            and last
            and last.programmes
            and not wanted.programmes
            and not find_figure(self._base, merged).lead
        ):
            return replace(merged, programmes=last.programmes, total_word=False)
        return merged

    def _figure(self, asked: Asked, wanted: Wanted, *, follows: bool) -> tuple[Answer, Context] | None:
        question, today = asked.question, asked.today
        if question.region_doubt:
            return which_region(self._base, asked, question.region_doubt)
        if question.periods.unclear and not question.periods.found:
            return ask_period(self._base, asked, wanted)
        if (question.periods.before or question.periods.after) and not follows and not wanted.periods:
            wanted = replace(wanted, periods=(str(today.year + (-1 if question.periods.before else 1)),))
        if (project := self._several.of_project(asked, wanted)) is not None:
            return project
        strange = self._unexplained.words(question, wanted)
        if strange in ([], [question.restricted]) and (several := self._several.answer(asked, wanted)):
            return several
        if (times := self._ratios.times(asked, wanted)) is not None:
            return times
        if not strange and (shared := self._ratios.share(asked, wanted)) is not None:
            return shared
        if not strange and (rated := self._ratios.rate(asked, wanted)) is not None:
            return rated
        over = over_words(question)
        kinds = {self._base.regions[one].kind for one in wanted.regions}
        if question.compare and len(wanted.regions) > MOST_COMPARED and kinds <= {"region", "subregion"}:
            every = over_again(question, replace(asked.context, over="region table"))
            asked, wanted = replace(asked, question=every), replace(wanted, regions=())
        if not strange and (tabled := self._tabling.answer(asked, wanted)) is not None:
            return tabled[0], replace(tabled[1], over=over)
        series = question.series or question.reading.has("operator", "trend")
        question = replace(question, series=series)
        asked = replace(asked, question=question)
        if series and not strange and (ranged := self._surveying.ranged(asked, wanted)) is not None:
            return ranged
        lists = not (strange or question.rank or question.check or averages(question))
        if (
            lists
            and len(wanted.periods) > MOST_COMPARED
            and (ranged := self._surveying.ranged(asked, wanted))
        ):
            return ranged
        if lists and (listed := self._surveying.each(asked, wanted)) is not None:
            return listed
        listing = (question.listing and not question.when) or series or tabled_by(question)
        if listing and not strange:
            listed = self._surveying.listed(asked, wanted)
            if listed is not None:
                return listed
        if (averaged := self._ratios.average(asked, wanted)) is not None:
            return averaged
        if ranked_by(question) and not self._unexplained.words(replace(question, restricted=""), wanted):
            ranked = self._ranking.answer(asked, wanted)
            if ranked is not None:
                return ranked[0], replace(ranked[1], over=over)
        notes: list[Note] = []

        if not strange and not question.compare and (ranged := self._surveying.ranged(asked, wanted)):
            return ranged
        compared = self._comparing.answer(asked, wanted)
        if compared is not None and not strange:
            return compared
        found = self._found(question, wanted)
        if found.gap is not None and wanted.terms:
            asked_for = " ".join(span.text for span in question.reading.of("asks"))
            part = max((one for one in wanted.terms if one not in asked_for), key=len, default="")
            values = {**found.gap.values, "part": as_typed(question.typed, part)}
            found = replace(found, gap=Note(found.gap.code, values))
        if (
            question.bare
            and not question.money
            and not question.measures.named
            and not follows
            and found.lead is not None
        ):
            return ask_what(self._base, asked, wanted, found)
        if strange and not _asks_of_a_place_or_time(question, wanted):
            return None  # words of something else than a figure
        if strange and (found.lead is not None or found.asks):
            said = [as_typed(question.typed, word)[:_LONGEST_WORD] for word in strange[:MOST_WORDS]]
            answer = Answer(
                status="asked_back" if found.lead is not None and question.own_topic else "no_answer",
                kind="choice",
                as_of=today,
                gaps=(Note("strange_words", {"words": ", ".join(said)}),),
                choices=(
                    Choice(
                        figure_subject(self._base.names, found.lead),
                        figure_question(self._base.names, found.lead),
                    ),
                )
                if found.lead is not None and question.own_topic
                else found.choices,
            )
            return answer, replace(asked.context, route="gap", wanted=wanted)
        if strange:
            return (
                None
                if not question.own_topic
                else (figure_answer(self._base, found, today, notes), remember(asked, wanted, None))
            )
        if found.asks and not follows and not _asks_for_a_number(question):
            return None
        if found.lead is not None and len(wanted.regions) > 2 and not question.compare:
            told = {row.region for row in (found.lead, *found.also, *found.companions)}
            without = [region_name(self._base.names, one) for one in wanted.regions if one not in told]
            notes += [Note("series_gaps", {"missing": ", ".join(without)})] * bool(without)
        answer = figure_answer(self._base, found, today, notes)
        if question.regions and answer.status == "no_answer":
            answer = explain_region(self._base, answer, question)
        return answer, remember(asked, wanted, answer)

    def _found(self, question: Question, wanted: Wanted) -> Found:
        """The figure; of a sum and its part, or of two things that are counted, the one asked first leads the other."""
        found = find_figure(self._base, wanted)
        if found.lead is None and not found.asks:
            ways = ((one, find_figure(self._base, one)) for one in _instead(wanted))
            wanted, found = next((way for way in ways if way[1].lead is not None), (wanted, found))
        searches: list[Wanted] = []
        if (
            found.lead is None
            and wanted.measures == ("rate",)
            and wanted.programmes
            and not question.measures.rate
        ):
            part = replace(wanted, measures=("share",), of=(), total_word=False)
            shared = find_figure(self._base, part)
            if shared.lead is not None:  # a percent of which nothing says of what
                whole = replace(part, measures=(), programmes=("total",), regions=(shared.lead.region,))
                searches = [whole] if wanted.total_word else []
                wanted, found = part, shared
        if wanted.measures in (("share",), ("rate",)) and question.reading.has("asks", "sum"):
            named = tuple(one.value for one in question.measures.named)
            sum_of = find_figure(self._base, replace(wanted, measures=named, of=(), against=""))
            if sum_of.lead is not None:
                found, searches = sum_of, [wanted]
        beside = [
            other.lead
            for one in searches
            if found.lead is not None and (other := find_figure(self._base, one)).lead is not None
        ]
        if found.lead is not None and found.lead.measure == "target" and not wanted.planned:
            same = self._base.select(indicator=found.lead.indicator, region=found.lead.region)
            year = found.lead.period[:4]
            beside += [row for row in same if row.measure != "target" and row.period[:4] == year]
        if found.lead is None:
            return found
        asked = [row for row in beside if row is not None]
        asked += asked_beside(self._base, question, wanted, found.lead)
        if numbers_asked(question.reading) > 1 + len(asked):
            asked += also_printed(self._base, nouns_said(question.reading), [found.lead, *asked])
        rows = {row.id: row for row in (*asked, *found.companions)}
        return replace(found, companions=tuple(rows.values()), asked=tuple(row.id for row in asked))


def _instead(wanted: Wanted) -> Iterator[Wanted]:
    """What is looked for where there is no such figure: money of all sources, which its name says, for that of both
    programmes; a share of money of whichever kind."""
    if wanted.indicator == FUNDING and not wanted.programmes and not wanted.measures and wanted.periods:
        yield replace(wanted, indicator=CAPITAL[0])
    if wanted.measures[:1] == ("share",) and wanted.of:
        yield replace(wanted, of=())
