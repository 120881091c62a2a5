"""Two figures against each other, as a question asks for it."""

from __future__ import annotations

from dataclasses import replace

from knowledge.answering.funding import RATE_OF
from knowledge.answering.library import Asked
from knowledge.answering.times import ROUNDED, claimed_times
from knowledge.answering.wanting import spoken
from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context, slots_of
from knowledge.finding.answer import (
    comparison_answer,
    figure_answer,
)
from knowledge.finding.compare import Compared, by_value, compare, total_of
from knowledge.finding.figures import find_figure
from knowledge.finding.wanted import AMOUNTS, FUNDING, Found, Wanted
from knowledge.reading.question import Question
from knowledge.records import Answer, Comparison, Note, Stance


def remember(asked: Asked, wanted: Wanted, answer: Answer | None) -> Context:
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


def claimed_move(question: Question, comparison: Comparison) -> Stance | None:
    """Whether a claimed rise, fall or order, and the one number that is claimed for it, are those of two figures; None
    where nothing is claimed."""
    if not question.check:
        return None
    if (times := claimed_times(question, comparison)) is not None:
        return times
    down = question.reading.has("operator", "down")
    up = question.reading.has("operator", "up")
    if up == down:
        return None
    difference = (
        comparison.difference if comparison.kind in ("time", "plan_actual") else -comparison.difference
    )
    right = difference > 0 if up else difference < 0
    said = [one for one in question.quantities if one.scaled]
    said = [one for one in said if one.kind == "percent"] or said
    if len(said) > 1:
        return None
    if said and said[0].kind == "percent" and comparison.percent is not None:
        digit = 10.0 ** min(0, int(said[0].value.as_tuple().exponent))
        right = right and abs(abs(comparison.percent) - abs(float(said[0].value))) <= digit / 2
    elif said:
        right = right and abs(abs(difference) - abs(float(said[0].value))) <= ROUNDED * abs(difference)
    return "yes" if right else "no"


def claimed_sum(question: Question, comparison: Comparison) -> Stance | None:
    """Whether the one sum of money that is claimed is that of the two figures; None where none is."""
    said = [one for one in question.quantities if one.kind == "money"]
    if not question.check or len(said) != 1:
        return None
    whole = comparison.first.value + comparison.second.value
    return "yes" if abs(whole - float(said[0].value)) <= ROUNDED * whole else "no"


_GIVEN = ("allocated", "assigned")
"""What is said to be given may be what a source prints as planned or as done."""
_GIVEN_AND_DONE = frozenset({"assigned", "actual"})
"""What was given, beside what was done of it, is its plan."""


class Comparing:
    """Compares figures of one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base

    def answer(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """Two figures against each other, where the question has two of something or asks how much it moved."""
        question = asked.question
        base = self._base
        if wanted.joined and (
            not question.compare
            or base.select(indicator=wanted.indicator, period=wanted.joined, region=wanted.regions or None)
        ):
            return None
        both = replace(wanted, programmes=("KCQG", "KCDP"))
        of_both = wanted.programmes == ("total",) or (wanted.total_word and not wanted.programmes)
        if (
            of_both
            and not question.compare
            and wanted.indicator == FUNDING
            and find_figure(base, wanted).lead is None
        ):
            parts = compare(base, both)  # no source prints the total; both parts may be there
            if (
                parts is not None
                and parts.comparison is not None
                and parts.comparison.first.unit != "percent"
            ):
                return self._told(asked, replace(both, total_word=True), parts, False)
        change = "change" in wanted.measures
        amounts = tuple(one.value for one in question.measures.named if one.value in (*AMOUNTS, "assigned"))
        said = tuple(one for one in spoken(question.reading, "measure") if one in AMOUNTS)
        if len(said) == 2 and "plan" in said and set(wanted.measures) <= {*AMOUNTS, "assigned"}:
            amounts = said  # both are named, whatever else a word of them may mean
        if len(amounts) == len(_GIVEN_AND_DONE) and set(amounts) <= _GIVEN_AND_DONE | {"estimate"}:
            amounts = tuple("plan" if one == "assigned" else one for one in amounts)
        pair = wanted
        two = any(len(slot) == 2 for slot in (wanted.periods, wanted.regions, wanted.programmes))
        rated = "rate" in wanted.measures and (two or not question.reading.has("operator", "difference"))
        years = {code[:4] for code in wanted.periods}
        if len(years) == 2 and len(said) == 1 and question.reading.has("undone"):
            amounts = said  # what is short is one year of the other
        if wanted.indicator == FUNDING and not rated and "share" not in wanted.measures:
            spoken_of = tuple(one for one in wanted.measures if one in AMOUNTS)  # of the answer before
            pair = replace(wanted, measures=amounts or wanted.of or spoken_of, of=())
            amounts = amounts or (spoken_of if len(spoken_of) == 2 else ())
        if (
            two
            and change is False
            and "rate" in wanted.measures
            and amounts == ("plan",)
            and len(wanted.periods) == 2
            and not question.reading.has("reached")
        ):
            pair = replace(wanted, measures=("plan",), of=())
        anchored = self._by_amounts(question, wanted)
        if anchored is not None:
            return self._told(asked, wanted, anchored, question.measures.percent)
        both_said = question.compare or len(question.reading.of("measure")) > 1
        plan_actual = both_said and len(set(amounts)) == 2 and "plan" in amounts and not rated
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
        if question.reading.has("mutual") and not two and not plan_actual:
            return None  # two things are meant of which one was not understood
        claimed = question.check and any(one.kind == "money" for one in question.quantities)
        if (change or relative) and not claimed:
            printed = self._printed_change(wanted, amounts, two)
            if printed is not None and not (two and compare(base, pair) and compare(base, pair).comparison):  # type: ignore[union-attr]
                answer = figure_answer(base, printed, asked.today)
                return answer, remember(asked, wanted, answer)
        compared = compare(base, pair, year_before=year_before)
        if compared is None:
            return None
        if compared.comparison is None and len(pair.measures) == 1 and pair.measures[0] in _GIVEN:
            told = compare(base, replace(pair, measures=()), year_before=year_before)
            compared = told if told is not None and told.comparison is not None else compared
        if compared.comparison is None and year_before and not relative:
            return None  # that it moved is not asked for in so many words
        if compared.comparison is None and question.measures.moved and two:
            printed = self._printed_change(wanted, amounts, two)
            if printed is not None:
                answer = figure_answer(base, printed, asked.today)
                return answer, remember(asked, wanted, answer)
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
        of = tuple(dict.fromkeys(RATE_OF.get(one, one) for one in amounts))
        found = find_figure(
            self._base,
            replace(wanted, measures=("change",), periods=(later,) if later else (), of=of, joined=""),
        )
        return found if found.lead is not None else None

    def _adds(self, question: Question, wanted: Wanted, comparison: Comparison) -> bool:
        """Whether a sum of the two is asked for that no source prints, and neither is a part of the other."""
        asked_for = wanted.total_word or question.reading.has("operator", "sum")
        two = len(wanted.regions) == 2 or len(wanted.programmes) == 2
        if not asked_for or not two or question.compare or comparison.kind not in ("region", "programme"):
            return False
        one, other = comparison.first, comparison.second
        places = {one.region: other.region, other.region: one.region}
        inside = any(
            self._base.regions[a].part_of == b or b == "ca_nuoc" for a, b in places.items() if a != b
        )
        return one.unit == "VND" and not inside

    def _rated(self, answer: Answer) -> Answer:
        """A comparison of a plan with what was done, with the printed percent of the plan that was reached."""
        if answer.comparison is None or answer.comparison.kind != "plan_actual":
            return answer
        done = answer.comparison.second
        rates = self._base.select(
            indicator=done.indicator,
            measure="rate",
            programme=done.programme,
            region=done.region,
            period=done.period,
        )
        told = [row for row in rates if row.of == done.measure][:1]
        return replace(answer, companions=(*answer.companions, *told), asked=tuple(row.id for row in told))

    def _told(
        self, asked: Asked, wanted: Wanted, compared: Compared, lead_change: bool
    ) -> tuple[Answer, Context]:
        summed = compared.comparison is not None and self._adds(asked.question, wanted, compared.comparison)
        if summed and compared.comparison and (printed := total_of(self._base, compared.comparison)):
            answer = figure_answer(self._base, printed, asked.today)
            return answer, remember(asked, replace(wanted, programmes=("total",), of=()), answer)
        notes = (Note("not_summed"),) if summed else ()
        answer = comparison_answer(self._base, compared, asked.today, notes, lead_change=lead_change)
        if summed:
            claimed = (
                None if compared.comparison is None else claimed_sum(asked.question, compared.comparison)
            )
            answer = replace(answer, aspect="sum", stance=claimed)
        elif answer.comparison is not None and answer.kind == "comparison":
            answer = replace(answer, stance=claimed_move(asked.question, answer.comparison))
            answer = self._rated(answer)
        if answer.comparison is not None:
            context = remember(
                asked, replace(wanted, measures=(answer.comparison.second.measure,), of=()), answer
            )
            return answer, replace(context, route="compare", slots=slots_of(answer.comparison.second))
        return answer, remember(asked, wanted, answer)
