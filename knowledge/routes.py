"""Which kind of question is it, and which finder answers it. Order matters: the surest reading first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context, leans_on, merge, slots_of
from knowledge.finding.answer import comparison_answer, figure_answer, sources_for
from knowledge.finding.claims import Claim, check
from knowledge.finding.compare import Compared, by_value, compare
from knowledge.finding.figures import find_figure
from knowledge.finding.wanted import AMOUNTS, FUNDING, Found, Wanted
from knowledge.names import figure_question, figure_subject
from knowledge.reading.question import Question, Reader
from knowledge.records import Answer, Choice, Note, Region
from knowledge.text import words
from knowledge.textual import TextRoutes

_RATE_OF = {"allocated": "allocated", "assigned": "allocated", "estimate": "estimate", "actual": "actual"}
_FUNDING_WORDS = re.compile(
    r"\b(?:kinh phi|tien|ngan sach|von|ty|trieu|dong|so tien|nguon|khuyen cong|kcqg|kcdp)\b"
)
_COUNTED_NOUN = re.compile(
    r"\b(?:bao nhieu|may) ((?:co so|don v|de an (?:diem|nhom)|dia phuong|tinh|nguoi|luot|mo hinh|hoi cho|doan|du an|dai bieu|nghi dinh|to chuc|lop|xuong|doanh nghiep|san pham|cum|lang|xa|huyen|can bo|nganh|loai|ho|lao dong|phu nu|viec lam)[a-z]*)"
)
_WHICH_DOCUMENT = re.compile(r"\b(?:thong tu|nghi dinh|quyet dinh|van ban|quy dinh|can cu) nao\b")
_AVERAGE = re.compile(r"binh quan|trung binh|moi ")
_FALL = re.compile(r"\b(?:giam|thap hon|it hon|kem|sut|tut|hut)\b")
_RISE = re.compile(r"\b(?:tang|cao hon|nhieu hon|vuot)\b")
_SHORT_OF_PLAN = re.compile(
    r"\b(?:hut|vuot|thieu|chenh|so voi ke hoach|kem ke hoach|thap hon ke hoach|it hon ke hoach|con cach|tru)\b"
)
_BENIGN = frozenset(["de", "an", "nhiem", "vu", "chuong", "trinh", "khuyen", "cong"])


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its chat and its day."""

    question: Question
    context: Context
    today: date


class Routes:
    """Decides between figures, comparisons, claims, documents, events, support and entries."""

    def __init__(self, base: KnowledgeBase, reader: Reader) -> None:
        self._base = base
        self._reader = reader
        self._text = TextRoutes(base)
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

    def answer(self, asked: Asked) -> tuple[Answer, Context]:
        """The answer and the new context."""
        question, context, today = asked.question, asked.context, asked.today
        sure = self._text.certain(question, context, today)
        if sure is not None:
            return sure
        follows = leans_on(question, context)
        if follows or self._asks_figure(question):
            wanted = self._wanted(question)
            if follows:
                spoken_of = self._base.indicators.get(context.slots.get("indicator", ""))
                if (
                    question.amount
                    and not question.counted
                    and not question.money
                    and spoken_of
                    and spoken_of.id != FUNDING
                ):
                    question = self._reader.more_indicators(question, spoken_of.name)
                    asked = replace(asked, question=question)
                    wanted = self._wanted(question)
                wanted = self._merged(wanted, question, context)
            answer = self._figure(asked, wanted, follows=follows)
            if answer is not None:
                return answer
        return self._text.answer(question, context, today)

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

    # --- what is wanted ----------------------------------------------------------------------------------------------

    def _asks_figure(self, question: Question) -> bool:
        """Whether a figure is asked for: an amount of something countable, at a time, in a place or from a source."""
        if question.why or question.documents or _WHICH_DOCUMENT.search(question.clean):
            return False
        slots = bool(question.periods.found) + bool(question.regions) + bool(question.programmes)
        subject = bool(
            question.money
            or question.measures.named
            or question.indicators
            or question.measures.percent
            or question.measures.moved
        )
        asks = bool(
            question.amount or question.check or question.measures.percent or question.measures.moved or question.rank or question.series
            or question.listing or any(q.scaled for q in question.quantities)
        )  # fmt: skip
        if question.neighbour and not question.own_topic:
            return False
        if not subject and not (slots >= 2 and question.own_topic):
            return False
        if (question.who or question.where or question.when) and not question.amount:
            return False
        support = self._text.sounds_like_support(question)
        if (
            question.counted
            and question.counted != "so-nghi-dinh"
            and question.own_topic
            and not question.who
        ):
            return True
        if support and not question.periods.found:
            return False
        if slots == 0:
            named = question.measures.named or question.indicators
            if question.counted and question.counted != "so-nghi-dinh":
                return True
            return (asks and bool(named) and not support) or (
                question.money and bool(question.measures.named)
            )
        if not (question.periods.found or question.regions) and not asks:
            return False
        return asks or slots >= 2 or (question.money and slots >= 1)

    def _wanted(self, question: Question) -> Wanted:
        indicator, terms = self._indicator(question)
        named = tuple(one.value for one in question.measures.named)
        measures: tuple[str, ...] = named
        of: tuple[str, ...] = ()
        if indicator == FUNDING:
            measures, of = self._funding_measures(question, named)
        elif indicator in self._base.indicators:
            kinds = {row.measure for row in self._base.select(indicator=indicator)}
            measures = ("change",) if "change" in kinds else ()
        regions = [place.id for place in question.regions]
        against_nation = "share" in measures and len(regions) == 2 and "ca_nuoc" in regions
        if against_nation:
            regions.remove("ca_nuoc")
        periods = tuple(period.code for period in question.periods.found if period.code)
        if question.periods.same and len(periods) == 2:
            periods = periods[:1]
        joined = question.periods.joined
        if joined and not self._base.select(period=joined):
            joined = ""
        programmes = tuple(one.value for one in question.programmes)
        if "total" in programmes and len(programmes) > 1:
            programmes = (
                tuple(one for one in programmes if one != "total") if question.compare else ("total",)
            )
        return Wanted(
            indicator=indicator,
            measures=measures,
            of=of,
            against="national" if against_nation else "",
            programmes=programmes,
            total_word=question.total_word,
            regions=tuple(regions),
            periods=periods,
            joined=joined,
            part=next((period.part for period in question.periods.found if not period.code), ""),
            terms=terms,
            round=question.round if indicator == FUNDING else "",
        )

    def _indicator(self, question: Question) -> tuple[str, tuple[str, ...]]:
        """The indicator, and words that narrow the money down to an activity."""
        if not question.indicators:
            return FUNDING, ()
        first = question.indicators[0]
        programmes = [one.value for one in question.programmes]
        if programmes and question.counted and not self._base.select(indicator=first, programme=programmes):
            first = next(
                (
                    one
                    for one in question.indicators[1:3]
                    if self._base.select(indicator=one, programme=programmes)
                ),
                first,
            )
        asks_money = bool(
            re.search(
                r"\b(?:kinh phi|so tien|tien|ngan sach|von|chi phi)\b.*\b(?:bao nhieu|may|la)\b|\b(?:bao nhieu|may) (?:tien|ty|trieu|dong|kinh phi)\b|\bty dong\b|\b(?:kinh phi|so tien|chi phi)\b",
                question.clean,
            )
        )
        asks_unit = bool(question.counted)
        if self._base.indicators[first].unit == "percent":
            return first, ()
        if not asks_money or asks_unit:
            if question.measures.percent and not asks_unit:
                return FUNDING, ()
            return first, ()
        keys = [
            phrase
            for pattern in self._base.indicators[first].keys
            for group in pattern
            for phrase in group
            if f" {phrase} " in f" {' '.join(words(question.clean))} "
        ]
        if first == "de-an" or first.startswith(("dia-phuong", "don-vi", "so-tinh")):
            return FUNDING, ()
        return FUNDING, tuple(keys)

    def _funding_measures(
        self, question: Question, named: tuple[str, ...]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        said = question.measures
        if said.target and (said.percent or said.rate):
            return ("target",), ()
        if said.change and not said.share and not any(q.kind == "money" for q in question.quantities):
            kinds = [
                _RATE_OF.get(one, one)
                for one in named
                if one in ("plan", "allocated", "assigned", "estimate", "actual")
            ]
            return ("change",), tuple(dict.fromkeys(kinds))
        of = tuple(dict.fromkeys(_RATE_OF[one] for one in named if one in _RATE_OF))
        if said.share and (said.percent or "plan" not in named or not said.rate):
            plan = ("plan",) if "plan" in named and not of else of
            if said.percent and "plan" in named and said.rate and of:
                return ("rate",), of
            return ("share",), plan
        if (
            said.percent
            and said.moved
            and not (
                said.rate
                and "plan" in named
                and not question.periods.same
                and len(question.periods.found) < 2
                and not re.search(r"\b(?:tang|giam)\b", question.clean)
            )
        ):
            return ("change",), tuple(dict.fromkeys([*of, *(("plan",) if "plan" in named else ())]))
        if said.percent or (
            said.rate
            and "plan" in named
            and re.search(r"\b(?:dat|hoan thanh|ty le|%)", question.clean)
            and not re.search(r"\b(?:ty|dong|tien)\b", question.clean)
        ):
            return ("rate",), of
        if re.search(
            r"\bhoan thanh (?:bao nhieu|may|duoc)|\bdat (?:bao nhieu|may) (?:so|ke hoach|so voi)|\bty le\b",
            question.clean,
        ):
            return ("rate",), of
        return named, ()

    # --- answering ---------------------------------------------------------------------------------------------------

    def _figure(self, asked: Asked, wanted: Wanted, *, follows: bool) -> tuple[Answer, Context] | None:
        question, today = asked.question, asked.today
        if question.region_doubt:
            return self._which_region(asked, question.region_doubt)
        if question.periods.unclear and not wanted.periods:
            return self._ask_period(asked, wanted)
        if (question.periods.before or question.periods.after) and not follows and not wanted.periods:
            wanted = replace(wanted, periods=(str(today.year + (-1 if question.periods.before else 1)),))
        strange = self._strange(question, wanted)
        notes: list[Note] = []

        if question.check or (
            question.yes_no and (question.numbered or any(q.scaled for q in question.quantities))
        ):
            claimed = self._check(asked, wanted)
            if claimed is not None:
                return claimed
        compared = self._compare(asked, wanted)
        if compared is not None and not strange:
            return compared
        found = find_figure(self._base, wanted)
        if strange and (found.lead is not None or found.asks):
            answer = Answer(
                status="asked_back" if found.lead is not None and question.own_topic else "no_answer",
                kind="choice",
                as_of=today,
                gaps=(Note("strange_words", {"words": ", ".join(strange)}),),
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
                else (figure_answer(self._base, found, today, notes), self._remember(asked, wanted, None))
            )
        answer = figure_answer(self._base, found, today, notes)
        if question.regions and answer.status == "no_answer":
            answer = self._explain_region(answer, question)
        return answer, self._remember(asked, wanted, answer)

    def _strange(self, question: Question, wanted: Wanted) -> list[str]:
        """Words that nothing explains: they may restrict the figure to something that the base does not hold.

        A count is named by its own words, so only a question off the topic is doubted; money may be asked for any part.
        Letters that are no Vietnamese word are passed over once topic and slots are clear.
        """
        if (
            question.restricted
            and (not wanted.terms or _AVERAGE.match(question.restricted))
            and question.restricted.split()[-1] not in self._keys.get(wanted.indicator, frozenset())
        ):
            return [question.restricted]
        if wanted.indicator != FUNDING:
            if not question.counted and not question.check and (noun := _COUNTED_NOUN.search(question.clean)):
                return [noun[1]]
            return [] if question.own_topic or question.regions else list(question.outside)
        if not question.counted and (noun := _COUNTED_NOUN.search(question.clean)):
            return [noun[1]]
        explained = set(_BENIGN)
        for indicator in (wanted.indicator, *question.indicators):
            explained |= self._keys.get(indicator, frozenset())
        if question.own_topic and (wanted.regions or wanted.periods):
            explained |= set(question.unread)
        return [word for word in question.unknown if word not in explained]

    def _check(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        question = asked.question
        clean = question.clean
        direction = -1 if _FALL.search(clean) else 1 if _RISE.search(clean) else 0
        quantities = [q for q in question.quantities if q.scaled] or list(question.quantities)
        claims = [
            Claim(
                q.value,
                q.kind,
                q.text,
                direction,
                bool(re.search(rf"\b(?:gan|khoang|hon|tren|xap xi|tam) {re.escape(q.text)}", clean)),
            )
            for q in quantities
        ]
        if not claims:
            return None
        if question.numbered and not any(claim.kind != "plain" for claim in claims):
            wanted = replace(wanted, indicator=question.numbered, measures=(), of=())
        if (
            wanted.indicator == FUNDING
            and any(claim.kind == "percent" for claim in claims)
            and not any(m in ("rate", "share", "change") for m in wanted.measures)
        ):
            measures, of = self._funding_measures(
                replace(question, measures=replace(question.measures, percent=True)),
                tuple(m for m in wanted.measures),
            )
            wanted = replace(wanted, measures=measures, of=of)
        elif claims[0].kind == "plain" and wanted.indicator == FUNDING:
            return None
        checked = check(self._base, wanted, claims)
        if checked is None:
            return None
        lead = checked.found.lead
        assert lead is not None
        answer = figure_answer(self._base, checked.found, asked.today)
        answer = replace(answer, kind="check", stance=checked.stance, verdicts=checked.verdicts)
        return answer, self._remember(asked, wanted, answer)

    def _compare(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """Two figures against each other, where the question has two of something or asks how much it moved."""
        question = asked.question
        base = self._base
        if wanted.joined and (
            not question.compare
            or base.select(indicator=wanted.indicator, period=wanted.joined, region=wanted.regions or None)
        ):
            return None
        change = "change" in wanted.measures
        amounts = tuple(one.value for one in question.measures.named if one.value in (*AMOUNTS, "assigned"))
        pair = wanted
        if wanted.indicator == FUNDING and not {"rate", "share"} & set(wanted.measures):
            pair = replace(wanted, measures=amounts or wanted.of, of=())
        two = any(len(slot) == 2 for slot in (wanted.periods, wanted.regions, wanted.programmes))
        if (
            two
            and change is False
            and "rate" in wanted.measures
            and amounts == ("plan",)
            and len(wanted.periods) == 2
            and not re.search(r"\b(?:dat|hoan thanh)\b", question.clean)
        ):
            pair = replace(wanted, measures=("plan",), of=())
        anchored = self._by_amounts(question, wanted)
        if anchored is not None:
            return self._told(asked, wanted, anchored, question.measures.percent)
        short_of_plan = (
            bool(_SHORT_OF_PLAN.search(question.clean))
            and "plan" in amounts
            and not question.measures.percent
            and not two
        )
        plan_actual = (
            len(set(amounts)) == 2
            and "plan" in amounts
            and "rate" not in wanted.measures
            and (question.compare or " va " in question.clean)
        )
        if short_of_plan and not plan_actual and len(wanted.periods) < 2:
            pair = replace(pair, measures=("plan", next((one for one in amounts if one != "plan"), "actual")))
            plan_actual = True
        if not (
            two
            or plan_actual
            or (
                question.compare
                and (question.measures.moved or question.periods.before or question.periods.same)
            )
        ):
            return None
        relative = question.compare and (question.periods.before or question.periods.same)
        year_before = (question.measures.moved or relative) and not two and not plan_actual
        if change or relative:
            printed = self._printed_change(wanted, amounts, two)
            if printed is not None and not (two and compare(base, pair) and compare(base, pair).comparison):  # type: ignore[union-attr]
                answer = figure_answer(base, printed, asked.today)
                return answer, self._remember(asked, wanted, answer)
        compared = compare(base, pair, year_before=year_before)
        if compared is None:
            return None
        return self._told(asked, wanted, compared, question.measures.percent)

    def _by_amounts(self, question: Question, wanted: Wanted) -> Compared | None:
        """ "Từ 186,5 tỷ xuống 170,8 tỷ": the two figures that have just these values."""
        money = [quantity for quantity in question.quantities if quantity.kind == "money"]
        if not question.compare or len(money) != 2:
            return None
        found = by_value(
            self._base, (float(money[0].value), float(money[1].value)), replace(wanted, measures=())
        )
        if found is None:
            return None
        first, second = found.first, found.second
        if found.kind != "time":
            return Compared(found)
        return compare(
            self._base,
            replace(
                wanted, joined="", of=(), measures=(first.measure,), regions=(first.region,), programmes=(first.programme,),
                periods=(first.period, second.period),
            ),
        )  # fmt: skip

    def _printed_change(self, wanted: Wanted, amounts: tuple[str, ...], two: bool) -> Found | None:
        """The percent that a source prints for a move against the year (or the same months) before."""
        later = max(wanted.periods, default="")
        if two and (not later or str(int(later[:4]) - 1) != min(wanted.periods)[:4]):
            return None
        of = tuple(dict.fromkeys(_RATE_OF.get(one, one) for one in amounts))
        found = find_figure(
            self._base,
            replace(wanted, measures=("change",), periods=(later,) if later else (), of=of, joined=""),
        )
        return found if found.lead is not None else None

    def _told(
        self, asked: Asked, wanted: Wanted, compared: Compared, lead_change: bool
    ) -> tuple[Answer, Context]:
        answer = comparison_answer(self._base, compared, asked.today, (), lead_change=lead_change)
        if answer.comparison is not None:
            context = self._remember(
                asked, replace(wanted, measures=(answer.comparison.second.measure,), of=()), answer
            )
            return answer, replace(context, route="compare", slots=slots_of(answer.comparison.second))
        return answer, self._remember(asked, wanted, answer)

    def _remember(self, asked: Asked, wanted: Wanted, answer: Answer | None) -> Context:
        """What the chat keeps: the slots said and found, and those of the answer before."""
        lead = answer.figures[0] if answer and answer.figures else None
        slots = slots_of(lead) if lead else dict(asked.context.slots)
        if lead is None:
            if wanted.regions:
                slots["region"] = wanted.regions[-1]
            if wanted.periods:
                slots["period"] = wanted.periods[-1]
        route = "figure" if lead else "gap"
        return Context(
            route=route,
            wanted=wanted,
            slots=slots,
            before=dict(asked.context.slots),
            region=asked.context.region,
        )

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
