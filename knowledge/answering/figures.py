"""Questions that are answered by figures: read together with the chat, checked for words that nothing explains, found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from knowledge import folded_re as re
from knowledge.answering.checking import Checking
from knowledge.answering.comparing import Comparing, remember
from knowledge.answering.library import Asked
from knowledge.answering.ranking import Ranking, ranked_by
from knowledge.answering.surveying import AVERAGE, Surveying
from knowledge.answering.wanting import Wanting
from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context, leans_on, merge
from knowledge.finding.answer import (
    figure_answer,
    sources_for,
)
from knowledge.finding.figures import find_figure
from knowledge.finding.nearby import offer_label
from knowledge.finding.wanted import FUNDING, Found, Wanted
from knowledge.names import figure_question, figure_subject
from knowledge.reading.indicators import THE_ONES
from knowledge.reading.question import Question, Reader
from knowledge.records import Answer, Choice, Note, Region
from knowledge.text import fold, words

_COUNTED_NOUN = re.compile(
    r"(?:\b(?:bao nhieu|may)|^so(?: luong)?) ((?:co so|trung tam|don v|de an (?:diem|nhom)|dia phuong|tinh|nguoi|luot|mo hinh|hoi cho|doan|du an|dai bieu|nghi dinh|to chuc|lop|xuong|doanh nghiep|san pham|cum|lang|xa|huyen|can bo|nganh|loai|ho|lao dong|phu nu|viec lam)[a-z]*)"
)

MOST_WORDS, _LONGEST_WORD = 5, 24
"""Words that nothing explains: how many are said back, and how much of each."""

_COUNTED = re.compile(r"\b(?:bao nhieu|may) (?!tien|ty|trieu|dong|phan tram|%)")

_SHORT = 7
"""Words of a question that says no more than slots: it can only want their figure."""

_SUM = re.compile(r"\b(?:bao nhieu|may) (?:tien|ty|trieu|dong)\b")
"""Asks for a sum of money, whatever part of something is asked for besides."""

_ANY_KIND = (
    "de-an",
    "co-so-duoc-ho-tro",
    "hoi-cho",
    "mo-hinh-trinh-dien",
    "co-so-may-moc",
    "nguoi-duoc-dao-tao",
)
"""Counts of things of any kind: a word that nothing explains may ask for one kind of them, as it may of money."""
_BENIGN = frozenset(["de", "an", "nhiem", "vu", "chuong", "trinh", "khuyen", "cong"])


def _asks_for_a_number(question: Question) -> bool:
    """Whether a question is one for a figure by its own words, so that what it leaves open is worth asking for."""
    said = question.measures
    return bool(
        question.amount or question.check or question.compare or said.named or said.percent or said.moved
    ) or (len(question.clean.split()) <= _SHORT)


class FigureAnswers:
    """Figures of one base, as questions and follow-ups ask for them."""

    def __init__(self, base: KnowledgeBase, reader: Reader) -> None:
        self._base = base
        self._reader = reader
        self._wanting = Wanting(base)
        self._comparing = Comparing(base)
        self._ranking = Ranking(base)
        self._surveying = Surveying(base)
        self._checking = Checking(base, self._wanting)
        self._keys = {
            indicator.id: frozenset(
                word
                for pattern in indicator.keys
                for group in pattern
                for phrase in group
                for word in phrase.split()
            )
            for indicator in base.indicators.values()
        }
        self._names = {
            indicator.id: frozenset(words(fold(indicator.name))) for indicator in base.indicators.values()
        }

    def answer(self, asked: Asked, *, supporting: bool) -> tuple[Answer, Context] | None:
        """The figure, the comparison, the claim checked, the question back or the gap; None where no figure is asked for."""
        question, context = asked.question, asked.context
        if (meant := self._surveying.meaning(asked)) is not None:
            return meant
        follows = leans_on(question, context)
        if not follows and not self._wanting.asks_figure(question, supporting=supporting):
            return None
        wanted = self._wanting.wanted(question)
        if follows:
            spoken_of = self._base.indicators.get(context.slots.get("indicator", ""))
            counts = question.amount and not question.counted and not question.money
            if counts and spoken_of and spoken_of.id != FUNDING:
                question = self._reader.more_indicators(question, spoken_of.name)
                asked = replace(asked, question=question)
                wanted = self._wanting.wanted(question)
            wanted = self._merged(wanted, question, context)
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
            return self._which_region(asked, question.region_doubt)
        if question.periods.unclear and not question.periods.found:
            return self._ask_period(asked, wanted)
        if (question.periods.before or question.periods.after) and not follows and not wanted.periods:
            wanted = replace(wanted, periods=(str(today.year + (-1 if question.periods.before else 1)),))
        strange = self._strange(question, wanted)
        if (question.listing or question.series) and not strange:
            listed = self._surveying.listed(asked, wanted)
            if listed is not None:
                return listed
        if (averaged := self._surveying.average(asked, wanted)) is not None:
            return averaged
        if ranked_by(question) and not self._strange(replace(question, restricted=""), wanted):
            ranked = self._ranking.answer(asked, wanted)
            if ranked is not None:
                return ranked
        notes: list[Note] = []

        if question.check or (
            question.yes_no and (question.numbered or any(q.scaled for q in question.quantities))
        ):
            claimed = self._checking.answer(asked, wanted)
            if claimed is not None:
                return claimed
        compared = self._comparing.answer(asked, wanted)
        if compared is not None and not strange:
            return compared
        if not strange and (ranged := self._surveying.ranged(asked, wanted)) is not None:
            return ranged
        found = self._found(question, wanted)
        if (
            question.bare
            and not question.money
            and not question.measures.named
            and not follows
            and found.lead is not None
        ):
            return self._ask_what(asked, wanted, found)
        if strange and (found.lead is not None or found.asks):
            answer = Answer(
                status="asked_back" if found.lead is not None and question.own_topic else "no_answer",
                kind="choice",
                as_of=today,
                gaps=(
                    Note(
                        "strange_words",
                        {"words": ", ".join(word[:_LONGEST_WORD] for word in strange[:MOST_WORDS])},
                    ),
                ),
                choices=(
                    Choice(
                        figure_subject(self._base.names, found.lead),
                        figure_question(self._base.names, found.lead),
                    ),
                )
                if found.lead is not None and question.own_topic
                else (),
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
        answer = figure_answer(self._base, found, today, notes)
        if question.regions and answer.status == "no_answer":
            answer = self._explain_region(answer, question)
        return answer, remember(asked, wanted, answer)

    def _found(self, question: Question, wanted: Wanted) -> Found:
        """The figure; of a sum and its part, or of two things that are counted, the one asked first leads the other."""
        found = find_figure(self._base, wanted)
        asked_beside: list[Wanted] = []
        if wanted.measures in (("share",), ("rate",)) and _SUM.search(question.clean):
            named = tuple(one.value for one in question.measures.named)
            sum_of = find_figure(self._base, replace(wanted, measures=named, of=(), against=""))
            if sum_of.lead is not None:
                found, asked_beside = sum_of, [wanted]
        elif question.counted and len(_COUNTED.findall(question.clean)) > 1:
            asked_beside = [
                replace(wanted, indicator=one) for one in question.indicators[:3] if one != wanted.indicator
            ]
        beside = [
            other.lead
            for one in asked_beside
            if found.lead is not None and (other := find_figure(self._base, one)).lead is not None
        ]
        if found.lead is not None and found.lead.measure == "target" and not wanted.planned:
            same = self._base.select(indicator=found.lead.indicator, region=found.lead.region)
            year = found.lead.period[:4]
            beside += [row for row in same if row.measure != "target" and row.period[:4] == year]
        extra = tuple(row for row in beside if row is not None and row not in found.companions)
        return replace(found, companions=(*extra, *found.companions)) if extra else found

    def _counted_noun(self, question: Question) -> re.Match[str] | None:
        """What a number of is asked for; "số …" before words of an indicator is that indicator's own name."""
        noun = _COUNTED_NOUN.search(THE_ONES.sub(r"cac \1", question.clean))
        return None if noun and noun.group().startswith("so ") and question.indicators else noun

    def _strange(self, question: Question, wanted: Wanted) -> list[str]:
        """Words that nothing explains: they may restrict the figure to something that the base does not hold.

        A count is named by its own words, so only a question off the topic is doubted; money may be asked for any part.
        Letters that are no Vietnamese word are passed over once topic and slots are clear.
        """
        if (
            question.restricted
            and (not wanted.terms or AVERAGE.match(question.restricted))
            and question.restricted.split()[-1] not in self._keys.get(wanted.indicator, frozenset())
        ):
            return [question.restricted]
        if wanted.indicator != FUNDING:
            if not question.counted and not question.check and (noun := self._counted_noun(question)):
                return [noun[1]]
            if wanted.indicator not in _ANY_KIND and self._base.indicators[wanted.indicator].unit != "VND":
                return [] if question.own_topic or question.regions else list(question.outside)
            explained: set[str] = set(_BENIGN) | self._names[wanted.indicator] | set(question.unread)
            for indicator in (wanted.indicator, *question.indicators):
                explained |= self._keys.get(indicator, frozenset())
            return [word for word in question.unknown if word not in explained]
        if not question.counted and (noun := self._counted_noun(question)):
            return [noun[1]]
        explained = set(_BENIGN)
        for indicator in (wanted.indicator, *question.indicators):
            explained |= self._keys.get(indicator, frozenset())
        if question.own_topic and (wanted.regions or wanted.periods):
            explained |= set(question.unread)
        return [word for word in question.unknown if word not in explained]

    def _ask_what(self, asked: Asked, wanted: Wanted, found: Found) -> tuple[Answer, Context]:
        """Only a place or a time was said: what is wanted of it, with what the base has to offer."""
        rows = [row for row in (found.lead, *found.companions) if row is not None][:4]
        choices = {offer_label(self._base, row): figure_question(self._base.names, row) for row in rows}
        answer = Answer(
            status="asked_back",
            kind="choice",
            as_of=asked.today,
            gaps=(Note("ask_what"),),
            choices=tuple(Choice(label, text) for label, text in choices.items()),
        )
        return answer, replace(asked.context, route="ask", wanted=wanted)

    def _which_region(self, asked: Asked, ids: Sequence[str]) -> tuple[Answer, Context]:
        regions = [self._base.regions[one] for one in ids[:4]]
        clean = asked.question.clean
        choices = tuple(Choice(region.name, f"{clean} {region.name}") for region in regions)
        answer = Answer(
            status="asked_back",
            kind="choice",
            as_of=asked.today,
            gaps=(Note("ask_which_region"),),
            choices=choices,
        )
        return answer, replace(asked.context, route="ask")

    def _ask_period(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context]:
        found = find_figure(self._base, wanted)
        answer = Answer(
            status="asked_back", kind="choice", as_of=asked.today,
            gaps=(Note("unclear_period", {"said": asked.question.periods.unclear}), Note("ask_period")), choices=found.choices,
        )  # fmt: skip
        return answer, replace(asked.context, route="ask", wanted=wanted)

    def _explain_region(self, answer: Answer, question: Question) -> Answer:
        """For a part of a region, or a province of today: which region or which old provinces could be meant instead."""
        region = self._base.regions[question.regions[0].id]
        notes: list[Note] = []
        if region.kind == "subregion" and region.part_of in self._base.regions:
            notes.append(
                Note("subregion", {"region": region.name, "whole": self._base.regions[region.part_of].name})
            )
        joined: list[Region] = [
            one for one in self._base.predecessors.get(region.id, ()) if one.id != region.id
        ]
        if joined:
            notes.append(
                Note("made_of", {"region": region.name, "joined": ", ".join(one.name for one in joined)})
            )
        return replace(
            answer,
            gaps=(*answer.gaps, *notes),
            sources=sources_for(self._base, [s.id for s in answer.sources]),
        )
