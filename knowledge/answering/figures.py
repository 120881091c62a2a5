"""Questions that are answered by figures: read together with the chat, checked for words that nothing explains, found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from knowledge.answering.asking_back import (
    ask_period,
    ask_what,
    asks_for_a_number,
    asks_of_a_place_or_time,
    explained,
    gap_of_part,
    on_missing,
    says_nothing_of,
)
from knowledge.answering.beside import asked_beside, instead
from knowledge.answering.capital import Capital
from knowledge.answering.comparing import Comparing, remember
from knowledge.answering.differing import Differing, asks_why_two
from knowledge.answering.library import Asked
from knowledge.answering.parts import SeveralParts
from knowledge.answering.pieces import nouns_said, numbers_asked, pieces
from knowledge.answering.place_sheet import PlaceSheet
from knowledge.answering.ranking import YEAR, Ranking, ranked_by
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
from knowledge.dialogue import Context, leans_on, merge
from knowledge.finding.answer import figure_answer
from knowledge.finding.companions import also_printed
from knowledge.finding.figures import find_figure
from knowledge.finding.nearby import nothing
from knowledge.finding.regrouped import PROVINCES, after_redrawing, on_its_map
from knowledge.finding.wanted import NATION, Found, Wanted
from knowledge.reading.asking import uncounted
from knowledge.reading.question import Question, Reader
from knowledge.records import Answer, Choice, Figure, Note
from knowledge.telling.names import figure_question, figure_subject, region_name
from knowledge.text import as_typed

MOST_WORDS, _LONGEST_WORD = 5, 32
"""Words that nothing explains: how many are said back, and how much of each."""

MOST_COMPARED = 2
"""Regions that are held against each other; more are told in a table of all of them."""

Outcome = tuple[Answer, Context] | None


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
        self._differing = Differing(base)
        self._ratios = Ratios(base)
        self._capital = Capital(base)
        self._unexplained = Unexplained(base)
        self._told_before = ToldBefore(base)
        self._several = SeveralParts(base, reader)
        self._sheet = PlaceSheet(base, reader)

    def answer(self, asked: Asked) -> Outcome:
        """The figure, the comparison, the claim checked, the question back or the gap; None where it names nothing of one."""
        return self._surveying.meaning(asked) or self._asked(asked)

    def _asked(self, asked: Asked) -> Outcome:
        """The same of a message that asks for no meaning of a number."""
        if asked.context.told and (apart := self._told_before.answer(asked)) is not None:
            return apart
        again = asks_over_again(asked.question, asked.context)
        if again:
            asked = replace(asked, question=over_again(asked.question, asked.context))
        asked = self._uncounted(self._of_the_region(asked))
        ranks = ranked_by(asked.question) if asked.context.wanted else ""
        follows = again or bool(ranks) or leans_on(asked.question, asked.context)
        asked = self._counting_on(asked) if follows else asked
        wanted = self._wanting.wanted(asked.question)
        if follows:
            said, wanted = wanted, merge(wanted, asked.question, asked.context)
            if tabled_by(asked.question):  # of every place, not of the one that was spoken of
                wanted = replace(wanted, regions=said.regions)
        if ranks == "year" or (again and asked.context.over.startswith("year")):
            found = asked.question.periods.found
            wanted = replace(wanted, periods=tuple(one.code for one in found))
        elif again and asked.context.wanted:
            wanted = replace(wanted, regions=asked.context.wanted.regions)
        if (
            wanted.indicator == PROVINCES
            and self._of_provinces(wanted)
            and not asked.question.reading.has("asks", "how_much", "sum")
        ):
            return None  # a province has none
        return self._figure(asked, self._mapped(asked, wanted), follows=follows)

    def _mapped(self, asked: Asked, wanted: Wanted) -> Wanted:
        """The same search with its regions as they are drawn in the words; a count of provinces is of now."""
        if wanted.indicator != PROVINCES:
            return on_its_map(self._base, wanted, asked.question.reading)
        return wanted if wanted.periods else after_redrawing(self._base, wanted) or wanted

    def _of_provinces(self, wanted: Wanted) -> bool:
        kinds = {self._base.regions[one].kind for one in wanted.regions}
        return kinds == {"province"}

    def _of_the_region(self, asked: Asked) -> Asked:
        """ "Mấy tỉnh phía Nam" (those provinces), where a sum is asked for behind it, counts no provinces."""
        reading = asked.question.reading
        sums = (*reading.of("asks", "how_much", "sum"), *reading.of("measure"))
        for one, two in pairwise(reading.spans):
            counts = one.means("asks", "how_many") and two.slot == "region" and one.end == two.start
            if counts and (asked.question.rank or any(one.start > two.start for one in sums)):
                said = " ".join(
                    word.typed or word.text
                    for word in (*reading.words[: one.start], *reading.words[one.end :])
                )
                return replace(asked, question=self._reader.read(said, asked.today))
        return asked

    def _uncounted(self, asked: Asked) -> Asked:
        """The question without a count of provinces that no part of it names ("trung ương mấy, tỉnh mấy"), or where they
        are ranked."""
        question = asked.question
        if PROVINCES not in question.indicators:
            return asked
        if ranked_by(question) != "province" and any(
            PROVINCES in self._reader.counted_in(piece).ids
            for piece in pieces(self._reader, question.reading)
        ):
            return asked
        indicators = tuple(one for one in question.indicators if one != PROVINCES)
        return replace(asked, question=replace(question, indicators=indicators))

    def _counting_on(self, asked: Asked) -> Asked:
        """A follow-up that asks how many, and names nothing that it counts, of what was counted before it."""
        spoken_of = self._base.indicators.get(asked.context.slots.get("indicator", ""))
        if not asked.question.amount or asked.question.counted or spoken_of is None:
            return asked
        return replace(asked, question=self._reader.more_indicators(asked.question, spoken_of.name))

    def _figure(self, asked: Asked, wanted: Wanted, *, follows: bool) -> Outcome:
        question = asked.question
        if question.periods.unclear and not question.periods.found:
            return ask_period(self._base, asked, wanted)
        return self._told(asked, wanted, follows=follows)

    def _told(self, asked: Asked, wanted: Wanted, *, follows: bool) -> Outcome:
        question = asked.question
        strange = self._unexplained.words(question, wanted)
        if (told := next(filter(None, self._ways(asked, wanted, strange)), None)) is not None:
            return told
        wanted, found = self._held(question, wanted, asked.today)
        if "region" in found.asks and on_missing(self._base, self._reader, wanted):
            found = nothing(self._base, replace(wanted, regions=(NATION,)))
        if found.gap is not None and wanted.terms:
            found = replace(found, gap=gap_of_part(question, wanted, found.gap))
        if found.lead is not None and not follows and says_nothing_of(question):
            return ask_what(self._base, asked, wanted, found)
        if strange:
            return self._strange(asked, wanted, found, strange)
        if found.asks and not follows and not asks_for_a_number(question):
            return None
        return self._one(asked, wanted, found)

    def _one(self, asked: Asked, wanted: Wanted, found: Found) -> Outcome:
        """The one figure that was found, or both programmes of what has no total; what is missing of the places named."""
        question = asked.question
        if found.asks == ("programme",) and (both := self._surveying.of_programmes(asked, wanted)):
            return both
        notes: list[Note] = []
        if found.lead is not None and len(wanted.regions) > MOST_COMPARED and not question.compare:
            told_of = {row.region for row in (found.lead, *found.also, *found.companions)}
            without = [region_name(self._base.names, one) for one in wanted.regions if one not in told_of]
            notes += [Note("series_gaps", {"missing": ", ".join(without)})] * bool(without)
        answer = figure_answer(self._base, found, asked.today, notes)
        answer = explained(self._base, self._reader, answer, wanted, question)
        return answer, remember(asked, wanted, answer)

    def _ways(self, asked: Asked, wanted: Wanted, strange: list[str]) -> Iterator[Outcome]:
        """The answers over several figures, the one that says most of what was asked first; those behind the first are
        only of words that are all explained."""
        question, ratios, surveying = asked.question, self._ratios, self._surveying
        yield self._differing.answer(asked, wanted) if asks_why_two(question.reading) else None
        yield self._several.of_project(asked, wanted)
        if not strange:
            yield self._capital.rest(asked, wanted)
            yield ratios.rate(asked, wanted)
            yield ratios.reckoned(asked, wanted)
        if strange in ([], [question.restricted]):
            yield self._of_parts(asked, wanted)
        yield ratios.times(asked, wanted)
        yield ratios.passed(asked, wanted)
        if not strange:
            yield ratios.of_group(asked, wanted)
            yield ratios.share(asked, wanted)
            yield self._tabled(asked, wanted)
            yield surveying.ranged(asked, wanted) if question.series else None
            lists = not (question.rank or question.check or averages(question))
            yield surveying.each(asked, wanted) if lists else None
        years = question.series and ranked_by(question) == "year"  # of which one is asked for
        if (question.series or tabled_by(question) or (question.listing and not question.when)) and not years:
            yield surveying.listed(asked, wanted) if not strange else None
        yield ratios.average(asked, wanted)
        if ranked_by(question) and not self._unexplained.words(replace(question, restricted=""), wanted):
            yield _over(question, self._ranking.answer(asked, wanted))
        if not strange:
            yield surveying.ranged(asked, wanted) if not question.compare else None
            yield self._comparing.answer(asked, wanted)

    def _of_parts(self, asked: Asked, wanted: Wanted) -> Outcome:
        """Several numbers of one place, each as it is asked for, or all that is held where that is more."""
        several = self._several.answer(asked, wanted)
        return self._sheet.answer(asked, wanted, several[0] if several else None) or several

    def _tabled(self, asked: Asked, wanted: Wanted) -> Outcome:
        """A table of places, also where more regions are held against each other than two."""
        question = asked.question
        kinds = {self._base.regions[one].kind for one in wanted.regions}
        if question.compare and len(wanted.regions) > MOST_COMPARED and kinds <= {"region", "subregion"}:
            every = over_again(question, replace(asked.context, over="region table"))
            asked, wanted = replace(asked, question=every), replace(wanted, regions=())
        return _over(question, self._tabling.answer(asked, wanted))

    def _strange(self, asked: Asked, wanted: Wanted, found: Found, strange: list[str]) -> Outcome:
        """What is said back where words may ask for a part of a figure that the base does not hold; None where they ask for
        something else than a figure."""
        question, lead = asked.question, found.lead
        thing = uncounted(bool(question.indicators), question.reading)
        if not asks_of_a_place_or_time(question, wanted):
            return None
        if lead is None and not found.asks and not thing:
            answer = figure_answer(self._base, found, asked.today)
            return (answer, remember(asked, wanted, None)) if question.own_topic else None
        said = [as_typed(question.typed, word)[:_LONGEST_WORD] for word in strange[:MOST_WORDS]]
        names = self._base.names
        offered = lead is not None and question.own_topic and not thing
        answer = Answer(
            status="asked_back" if offered else "no_answer",
            kind="choice",
            as_of=asked.today,
            gaps=(Note("strange_words", {"words": ", ".join(said)}),),
            choices=(Choice(figure_subject(names, lead), figure_question(names, lead)),)
            if lead is not None and offered
            else found.choices * (not thing),
        )
        return answer, replace(asked.context, route="gap", wanted=wanted)

    def _held(self, question: Question, wanted: Wanted, today: date) -> tuple[Wanted, Found]:
        """The figure, with the search that found it: of what is yet to be done only plans can be told."""
        found = self._found(question, wanted)
        ends = [int(code[-YEAR:]) for code in wanted.periods if code[-YEAR:].isdigit()]
        if found.gap is None or wanted.measures != ("actual",) or min(ends, default=0) <= today.year:
            return wanted, found
        wanted = replace(wanted, measures=(), programmes=tuple(set(wanted.programmes) - {"total"}))
        return wanted, self._found(question, wanted)

    def _found(self, question: Question, wanted: Wanted) -> Found:
        """The figure; of a sum and its part, or of two things that are counted, the one asked first leads the other."""
        ways = ((one, find_figure(self._base, one)) for one in (wanted, *instead(question, wanted)))
        first = next(ways)
        held = (way for way in (first, *ways) if way[1].lead is not None)
        wanted, found = first if first[1].asks not in ((), ("programme",)) else next(held, first)
        asked: list[Figure] = []
        if wanted.measures in (("share",), ("rate",)) and question.reading.has("asks", "sum"):
            named = tuple(one.value for one in question.measures.named)
            sum_of = find_figure(self._base, replace(wanted, measures=named, of=(), against=""))
            if sum_of.lead is not None:
                found, asked = sum_of, [found.lead] if found.lead is not None else []
        if (lead := found.lead) is None:
            return found
        asked += asked_beside(self._base, question, wanted, lead)
        if numbers_asked(question.reading) > 1 + len(asked):
            asked += also_printed(self._base, nouns_said(question.reading), [lead, *asked])
        rows = {row.id: row for row in (*asked, *found.companions)}
        return replace(found, companions=tuple(rows.values()), asked=tuple(row.id for row in asked))


def _over(question: Question, told: Outcome) -> Outcome:
    """A rank or a table, with what makes a short question after it one of the same kind."""
    return told and (told[0], replace(told[1], over=over_words(question)))
