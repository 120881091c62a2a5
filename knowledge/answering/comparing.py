"""Two figures against each other, as a question asks for it."""

from __future__ import annotations

from dataclasses import replace

from knowledge.answering.library import Asked
from knowledge.answering.own_sums import own_sum
from knowledge.answering.times import ROUNDED, claimed_times
from knowledge.answering.wanting import RATE_OF, spoken
from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context, slots_of
from knowledge.finding.answer import comparison_answer, figure_answer
from knowledge.finding.compare import Compared, compare, may_be_added, total_of
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


def _amounts(question: Question, wanted: Wanted) -> tuple[str, ...]:
    """The measures of money that a question names."""
    amounts = tuple(one.value for one in question.measures.named if one.value in (*AMOUNTS, "assigned"))
    said = tuple(one for one in spoken(question.reading, "measure") if one in AMOUNTS)
    years = {code[:4] for code in wanted.periods}
    short = len(years) == 2 and len(said) == 1 and question.reading.has("undone")
    if len(said) == 2 or short:  # both are named, whatever else a word of them may mean
        amounts = said
    if len(amounts) == 2 and not {"actual", "estimate"}.isdisjoint(amounts):
        amounts = tuple("plan" if one == "assigned" else one for one in amounts)  # given, and done of it
    return amounts


def _says_two(question: Question, amounts: tuple[str, ...]) -> bool:
    """Whether two measures are named to be held against each other."""
    return len(set(amounts)) == 2 and (question.compare or len(question.reading.of("measure")) > 1)


def _held_against(question: Question, comparison: Comparison) -> bool:
    """Whether the thing that is named first is held against the second, not each against the other; of two times, the
    earlier against the later."""
    reading = question.reading
    if question.check or any(span.value.startswith("which") for span in reading.of("asks")):
        return False
    moved = question.measures.moved or question.measures.change
    if comparison.kind != "time":
        if moved and comparison.first.period < comparison.second.period:
            return False  # from the one to the other
        return not (reading.has("operator", "difference") or reading.has("mutual"))
    times = [span for span in reading.of("period") if span.value[:1].isdigit()]
    moves = reading.of("operator", "up", "down")
    between = len(times) == 2 and any(times[0].end <= one.start < times[1].start for one in moves)
    return between and times[0].value < times[1].value and question.compare


def _leans_on_time(question: Question) -> bool:
    """Whether the year before, or the same time of another year, is named."""
    return question.periods.before or question.periods.same


class Comparing:
    """Compares figures of one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base

    def answer(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """Two figures against each other, where the question has two of something or asks how much it moved."""
        question = asked.question
        if wanted.joined and not question.compare:
            return None
        amounts, pair = self._sides(question, wanted)
        doubled = 2 in map(len, (wanted.periods, wanted.regions, wanted.programmes))
        two = doubled or (_says_two(question, amounts) and "rate" not in wanted.measures)
        if not (two or question.compare) or (question.reading.has("mutual") and not two):
            return None  # also where two things are meant of which one was not understood
        relative = question.compare and _leans_on_time(question)
        compared = compare(self._base, pair)
        held = bool(compared and compared.comparison)
        change = relative or "change" in wanted.measures
        printed = (
            self._printed_change(wanted, amounts, doubled) if change and not (doubled and held) else None
        )
        if printed is not None:
            answer = figure_answer(self._base, printed, asked.today)
            return answer, remember(asked, wanted, answer)
        return self._told(asked, wanted, compared) if compared is not None else None

    def _sides(self, question: Question, wanted: Wanted) -> tuple[tuple[str, ...], Wanted]:
        """The measures of money that are named, and the search for both sides with them or with those spoken of before."""
        amounts = _amounts(question, wanted)
        rated = "rate" in wanted.measures
        if (
            rated
            and amounts == ("plan",)
            and len(wanted.periods) == 2
            and not question.reading.has("reached")
        ):
            return amounts, replace(wanted, measures=amounts, of=())
        if wanted.indicator != FUNDING or rated or "share" in wanted.measures:
            return amounts, wanted
        spoken_of = tuple(one for one in wanted.measures if one in AMOUNTS)  # of the answer before
        return amounts, replace(wanted, measures=amounts or spoken_of, of=())

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
        """Whether a sum of the two is asked for, and neither is a part of the other."""
        asked_for = wanted.total_word or question.reading.has("operator", "sum")
        added = asked_for and comparison.kind != "time" and not question.compare
        return added and may_be_added(self._base, comparison)

    def _rated(self, answer: Answer, stance: Stance | None) -> Answer:
        """A comparison, held against what is claimed of it; of a plan with what was done, with the printed percent of the
        plan that was reached."""
        if answer.comparison is None or answer.kind != "comparison":
            return answer
        done = answer.comparison.second
        rates = self._base.select(
            indicator=done.indicator,
            measure="rate",
            programme=done.programme,
            region=done.region,
            period=done.period,
        )
        told = [row for row in rates if row.of == done.measure and answer.comparison.kind == "plan_actual"][
            :1
        ]
        companions, asked = (*answer.companions, *told), tuple(row.id for row in told)
        return replace(answer, stance=stance, companions=companions, asked=asked)

    def _told(self, asked: Asked, wanted: Wanted, compared: Compared) -> tuple[Answer, Context]:
        question, comparison = asked.question, compared.comparison
        summed = comparison is not None and self._adds(question, wanted, comparison)
        if comparison and summed and (printed := total_of(self._base, comparison)):
            answer = figure_answer(self._base, printed, asked.today)
            return answer, remember(asked, replace(wanted, programmes=("total",), of=()), answer)
        notes = (Note("not_summed"),) if summed else ()
        answer = comparison_answer(
            self._base, compared, asked.today, notes, lead_change=question.measures.percent
        )
        if comparison is None:
            return answer, remember(asked, wanted, answer)
        if comparison.kind == "programme" and (wanted.total_word or question.reading.has("operator", "sum")):
            answer = replace(
                answer,
                assumptions=(
                    *answer.assumptions,
                    *own_sum((comparison.first, comparison.second), {"total"}, question),
                ),
            )
        if not summed and not answer.aspect and _held_against(question, comparison):
            answer = replace(answer, aspect="against")
        if summed:
            answer = replace(answer, aspect="sum")
        else:
            answer = self._rated(answer, claimed_move(question, comparison))
        context = remember(asked, replace(wanted, measures=(comparison.second.measure,), of=()), answer)
        return answer, replace(context, route="compare", slots=slots_of(comparison.second))
