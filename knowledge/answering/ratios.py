"""One figure divided by another: money for each scheme or establishment, and a part of a whole that no source prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

from knowledge.answering.beside import CAPITAL
from knowledge.answering.comparing import remember
from knowledge.answering.library import Asked
from knowledge.answering.ranking import YEAR
from knowledge.answering.wanting import LEVELS
from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context
from knowledge.finding.answer import figure_answer, near_answer, series_answer
from knowledge.finding.companions import PARTS, SCHEMES
from knowledge.finding.figures import find_figure
from knowledge.finding.regrouped import after_redrawing, regrouped_note
from knowledge.finding.wanted import AMOUNTS, FUNDING, NATION, Wanted
from knowledge.reading.question import Question
from knowledge.records import Answer, Figure, Note

OWN_MONEY = CAPITAL[1]
HELPED = "co-so-duoc-ho-tro"
"""Establishments that were helped: those that "mỗi cơ sở" means beside a sum of a place and a time."""


ENTERED = "sp-dang-ky-binh-chon"
"""Products that were entered for the vote."""


def averages(question: Question) -> bool:
    """Whether a sum is to be shared out among things or places."""
    return bool(question.restricted) and question.reading.has("operator", "mean", "each")


class Ratios:
    """Divides figures of one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base

    def average(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """Money divided by the number of those who share it, of one place, time, programme and source; said to be
        computed."""
        counted = _shared_by(asked.question) if averages(asked.question) else ""
        if not counted:
            return None
        named = tuple(one.value for one in asked.question.measures.named if one.value in AMOUNTS)
        found = find_figure(self._base, replace(wanted, indicator=FUNDING, measures=named, terms=()))
        money = found.lead
        things = replace(wanted, indicator=counted, measures=(), of=(), terms=(), total_word=False)
        count = find_figure(self._base, things).lead
        if money is None or count is None or count.value <= 0 or _slot(money) != _slot(count):
            return None
        return self._divided(asked, wanted, "average", (money, count), found.assumptions)

    def times(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """How many times the money of khuyến công the owners' money is, of one place and time; said to be computed. Which of
        the two is not there, where one is not; None where that is not asked, or neither is there."""
        if not _owners_compared(asked.question):
            return None
        search = replace(wanted, measures=(), of=(), terms=(), joined="")
        found = {}
        for indicator in (OWN_MONEY, FUNDING):
            ways = (search, replace(search, programmes=()))
            leads = (find_figure(self._base, replace(way, indicator=indicator)).lead for way in ways)
            found[indicator] = next((lead for lead in leads if lead is not None), None)
        rows = [row for row in found.values() if row is not None]
        if not rows:
            return None
        missing = [one for one, row in found.items() if row is None]
        if not missing:
            return self._divided(asked, wanted, "times", rows)
        return self._lacking(asked, wanted, missing, rows)

    def rate(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """What was done, or given, as a part of the plan of one place and year, where no source prints it; said to be computed."""
        if wanted.indicator != FUNDING or wanted.measures != ("rate",) or _claims(asked.question):
            return None
        said = asked.question.reading
        reaches = said.has("reached") or said.has("aspect", "payment")
        if not (reaches or said.has("measure", "plan", "assigned", "actual")):
            return None
        wanted = replace(wanted, programmes=wanted.programmes[:1])
        one_each = all(len(slot) == 1 for slot in (wanted.regions, wanted.periods))
        if not one_each or wanted.terms or find_figure(self._base, wanted).lead is not None:
            return None
        done = find_figure(self._base, replace(wanted, measures=wanted.of[:1] or ("actual",), of=())).lead
        if done is None:
            return None
        whole = replace(
            wanted, measures=("plan",), of=(), regions=(done.region,), programmes=(done.programme,)
        )
        times = dict.fromkeys(
            (done.period, done.period[:YEAR])
        )  # of some months the plan is that of the year
        plans = (find_figure(self._base, replace(whole, periods=(one,))).lead for one in times)
        plan = next((row for row in plans if row is not None and row.value), None)
        if plan is None:
            return None
        return self._divided(asked, wanted, "rate", (done, plan))

    def passed(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """The products that were honoured as a part of those that were entered, of one place and time; said to be computed."""
        if not asked.question.reading.has("asks", "pass_rate") or _claims(asked.question):
            return None
        search = replace(
            wanted, measures=(), of=(), terms=(), programmes=(), regions=wanted.regions or (NATION,)
        )
        level = LEVELS.get(self._base.regions[search.regions[0]].kind, "")
        found = {one: find_figure(self._base, replace(search, indicator=one)) for one in (level, ENTERED)}
        rows = [one.lead for one in found.values() if one.lead is not None]
        if len({_slot(row)[:2] for row in rows}) == 1 < len(rows) and rows[0].value <= rows[1].value:
            return self._divided(asked, wanted, "passed", rows)
        if rows:
            return self._lacking(asked, wanted, [one for one, it in found.items() if it.lead is None], rows)
        answer = figure_answer(self._base, found[level], asked.today)
        return answer, remember(asked, wanted, answer)

    def of_group(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """The products of one group as a part of all that the nation honoured in a year; said to be computed."""
        question, whole = asked.question, LEVELS["country"]
        if wanted.indicator == FUNDING:
            wanted = replace(wanted, indicator=next(iter(question.indicators), FUNDING), measures=(), of=())
        part_asked = question.measures.percent or question.measures.share
        if not part_asked or wanted.indicator == whole or _claims(question):
            return None
        if self._base.indicators[wanted.indicator].unit != self._base.indicators[whole].unit:
            return None
        part, of = (
            find_figure(self._base, replace(wanted, indicator=one)).lead for one in (wanted.indicator, whole)
        )
        if part is None or of is None or _slot(part)[:2] != _slot(of)[:2] or part.value >= of.value:
            return None
        return self._divided(asked, wanted, "group", (part, of))

    def reckoned(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """The money of one programme, or of both, that no source prints, out of two numbers that one source prints: the total
        and the other programme, both programmes, or the total and a share; said to be computed."""
        search = self._one_sum(asked.question, wanted)
        if search is None or find_figure(self._base, search).lead is not None:
            return None
        anew, assumed = (
            after_redrawing(self._base, search),
            () if wanted.regions else (Note("assumed_nation"),),
        )
        if (two := self._out_of_two(search)) is None and anew is not None:
            assumed, two = (regrouped_note(self._base, search),), self._out_of_two(anew)
        return self._divided(asked, wanted, *two, assumed) if two is not None else None

    def _one_sum(self, question: Question, wanted: Wanted) -> Wanted | None:
        """The search for one sum of one programme, or of both by name, place and time, of the nation where none is named;
        None where something else is asked."""
        if (
            wanted.measures == ("share",)
            and question.reading.has("asks", "sum")
            and not question.measures.percent
        ):
            wanted = replace(wanted, measures=wanted.of, of=())  # how much of the sum, not which part
        wanted = replace(wanted, regions=wanted.regions or (NATION,))
        one_each = all(len(slot) == 1 for slot in (wanted.programmes, wanted.regions, wanted.periods))
        measured = wanted.measures in ((), *((one,) for one in AMOUNTS))
        other = question.series or question.compare or wanted.terms or _claims(question)
        if not one_each or not measured or other or wanted.indicator != FUNDING:
            return None
        summed = wanted.programmes == ("total",) and not self._only_of_programmes(question, wanted)
        return None if summed else wanted

    def _only_of_programmes(self, question: Question, wanted: Wanted) -> bool:
        """Whether the total of both programmes is named, and no sum of all money is there that may be meant."""
        capital = self._base.select(
            indicator=CAPITAL[0], region=wanted.regions or None, period=wanted.periods or None
        )
        return question.total_word and not capital

    def _out_of_two(self, wanted: Wanted) -> tuple[str, tuple[Figure, Figure]] | None:
        """How a sum of one place and time follows from two figures of one source and measure, and the two."""
        rows = self._base.select(indicator=FUNDING, region=wanted.regions, period=wanted.periods)
        rows = [row for row in rows if not (row.value_max or row.likely_value or row.round)]
        for measure, source in product(wanted.measures or AMOUNTS, dict.fromkeys(row.source for row in rows)):
            printed = [row for row in rows if row.source == source]
            sums = {row.programme: row for row in printed if row.measure == measure}
            shares = {
                row.programme: row
                for row in printed
                if (row.measure, row.of, row.against) == ("share", measure, "total")
            }
            for aspect, one, two in _ways(wanted.programmes[0], sums, shares):
                if one is not None and two is not None:
                    return aspect, (one, two)
        return None

    def share(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """One programme's part of the total of both, of one place, time, kind and source, or a region's part of the
        nation's figure, where no source prints it; said to be computed. None where it is printed, or not both sums are there."""
        owners = wanted.indicator == OWN_MONEY or "own" in asked.question.reading.values("role")
        in_percent = asked.question.measures.percent or wanted.measures == ("share",)
        if owners and in_percent and not _claims(asked.question):
            return self._of_capital(asked, wanted)
        if wanted.indicator != FUNDING or wanted.measures != ("share",) or _claims(asked.question):
            return None
        national = wanted.against == "national"
        if national and not wanted.programmes:
            wanted = replace(wanted, programmes=("total",))
        one_each = all(len(slot) == 1 for slot in (wanted.programmes, wanted.regions, wanted.periods))
        if not one_each or wanted.programmes[0] not in (*PARTS, *("total",) * national) or wanted.terms:
            return None
        if find_figure(self._base, wanted).lead is not None:
            return None
        found = self._part_of(asked, wanted)
        anew = None if found or national else after_redrawing(self._base, wanted)
        if anew is not None and (found := self._part_of(asked, anew)) is not None:
            notes = (regrouped_note(self._base, wanted), *found[0].assumptions)
            found = replace(found[0], assumptions=notes), found[1]
        return found

    def _of_capital(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """What owners pay as a part of all money of one place and time, of one source; said to be computed."""
        search = replace(wanted, measures=(), of=(), terms=(), programmes=(), joined="")
        whole, own = (find_figure(self._base, replace(search, indicator=one)).lead for one in CAPITAL)
        if whole is None or own is None or _slot(whole)[:3] != _slot(own)[:3] or own.value > whole.value:
            return None
        return self._divided(asked, wanted, "share", (own, whole))

    def _part_of(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """The part and the whole of the first measure of which one source prints both; the nation's sum may be another's."""
        national = wanted.against == "national"
        programme, region = wanted.programmes[0], wanted.regions[0]
        of = (programme, NATION) if national else ("total", region)
        for measure in wanted.of or AMOUNTS:
            rows = self._base.select(
                indicator=FUNDING, measure=measure, region=(region, of[1]), period=wanted.periods
            )
            rows = [row for row in rows if not (row.value_max or row.likely_value or row.round)]
            part = next((row for row in rows if (row.programme, row.region) == (programme, region)), None)
            wholes = [row for row in rows if (row.programme, row.region) == of]
            same = [row for row in wholes if part and row.source == part.source]
            whole = next(iter(same or (wholes if national else ())), None)
            if part is not None and whole is not None and 0 < part.value <= whole.value:
                return self._divided(asked, wanted, "share", (part, whole))
        return None

    def _lacking(
        self, asked: Asked, wanted: Wanted, missing: Sequence[str], rows: Sequence[Figure]
    ) -> tuple[Answer, Context]:
        """Which of two things is not there, and the other."""
        gap = Note("series_gaps", {"missing": ", ".join(self._base.names[one] for one in missing)})
        answer = near_answer(self._base, gap, rows, asked.today)
        return answer, remember(asked, wanted, answer)

    def _divided(
        self,
        asked: Asked,
        wanted: Wanted,
        aspect: str,
        rows: Sequence[Figure],
        assumptions: tuple[Note, ...] = (),
    ) -> tuple[Answer, Context]:
        """The two figures of which one is divided by the other."""
        told = series_answer(self._base, rows, asked.today, aspect)
        two = (Note("two_sources"),) * (len(told.sources) > 1)
        answer = replace(told, assumptions=assumptions, warnings=(*told.warnings, *two))
        return answer, remember(asked, wanted, answer)


def _ways(
    programme: str, sums: Mapping[str, Figure], shares: Mapping[str, Figure]
) -> tuple[tuple[str, Figure | None, Figure | None], ...]:
    """How the money of a programme follows from the total and the other's, or a share; of both from its parts."""
    national, local = PARTS
    if programme not in PARTS:
        return (("sum", sums.get(national), sums.get(local)),)
    other, whole = local if programme == national else national, sums.get("total")
    return (
        ("rest", whole, sums.get(other)),
        ("portion", shares.get(programme), whole),
        ("portion_rest", shares.get(other), whole),
    )


def _claims(question: Question) -> bool:
    """Whether a number is claimed to be right, so that the claim is what is answered."""
    return question.check and bool(question.quantities)


def _shared_by(question: Question) -> str:
    """Of what a sum is to be told for each: the indicator that counts it, or empty."""
    counted = next((one for one in question.indicators if one in SCHEMES), "")
    if counted:
        return counted
    if question.reading.has("mean", "establishment") or question.reading.has("kind", "establishment"):
        return HELPED
    return ""


def _owners_compared(question: Question) -> bool:
    """Whether it is asked how many times another sum the owners' money is."""
    own = question.reading.has("role", "own") or OWN_MONEY in question.indicators[:1]
    one = any(it.kind != "percent" and it.value == 1 for it in question.quantities)
    return own and not question.check and (one or question.reading.has("operator", "times"))


def _slot(row: Figure) -> tuple[str, ...]:
    return row.region, row.period, row.source, row.programme
