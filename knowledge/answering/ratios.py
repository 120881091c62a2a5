"""One figure divided by another: money for each scheme or establishment, and a part of a whole that no source prints."""

from __future__ import annotations

from dataclasses import replace

from knowledge.answering.beside import CAPITAL
from knowledge.answering.comparing import remember
from knowledge.answering.library import Asked
from knowledge.answering.ranking import YEAR
from knowledge.base import KnowledgeBase
from knowledge.dialogue import Context
from knowledge.finding.answer import region_warnings, sources_for, warnings_for
from knowledge.finding.companions import PARTS, SCHEMES
from knowledge.finding.figures import find_figure
from knowledge.finding.regrouped import after_redrawing, regrouped_note
from knowledge.finding.wanted import AMOUNTS, FUNDING, Wanted
from knowledge.reading.question import Question
from knowledge.records import Answer, Figure, Note
from knowledge.telling.names import HELPED_NAME, SCHEMES_NAMED

OWN_MONEY = CAPITAL[1]
HELPED = "co-so-duoc-ho-tro"
"""Establishments that were helped: those that "mỗi cơ sở" means beside a sum of a place and a time."""


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
        question = asked.question
        counted = next((one for one in question.indicators if one in SCHEMES), "")
        if (
            averages(question)
            and not counted
            and (
                question.reading.has("mean", "establishment") or question.reading.has("kind", "establishment")
            )
        ):
            counted = HELPED
        of_places = question.reading.has("mean", "province")
        if not averages(question) or not (counted or of_places):
            return None
        named = tuple(one.value for one in question.measures.named if one.value in AMOUNTS)
        found = find_figure(self._base, replace(wanted, indicator=FUNDING, measures=named, terms=()))
        money = found.lead
        if not counted:  # which provinces share it, and whether all do, no source says
            return self._no_average(asked, wanted, "tinh", [money] if money else list(found.offers))
        count = find_figure(
            self._base, replace(wanted, indicator=counted, measures=(), of=(), terms=(), total_word=False)
        ).lead
        if (
            money is None
            or count is None
            or money.unit != "VND"
            or count.value <= 0
            or any(
                getattr(money, slot) != getattr(count, slot)
                for slot in ("region", "period", "source", "programme")
            )
        ):
            return self._no_average(asked, wanted, counted, [row for row in (money, count) if row])
        rows = [money, count]
        answer = Answer(
            status="answered",
            kind="series",
            as_of=asked.today,
            aspect="average",
            figures=tuple(rows),
            assumptions=found.assumptions,
            warnings=warnings_for(self._base, rows),
            sources=sources_for(self._base, [row.source for row in rows]),
        )
        return answer, remember(asked, wanted, answer)

    def times(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """How many times the money of khuyến công the owners' money is, of one place and time; said to be computed. Which of
        the two is not there, where one is not; None where that is not asked, or neither is there."""
        question = asked.question
        said = question.reading
        own = said.has("role", "own") or OWN_MONEY in question.indicators[:1]
        one = any(it.kind == "money" and it.value == 1 for it in question.quantities)
        if question.check or not own or not (one or said.has("operator", "times")):
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
        missing = ", ".join(self._base.names[one] for one, row in found.items() if row is None)
        answer = Answer(
            status="no_answer" if missing else "answered",
            kind="figure" if missing else "series",
            as_of=asked.today,
            aspect="times",
            figures=() if missing else tuple(rows),
            offers=tuple(rows) if missing else (),
            gaps=(Note("series_gaps", {"missing": missing}),) if missing else (),
            warnings=(
                *warnings_for(self._base, rows),
                *region_warnings(self._base, rows[0]),
                *([Note("two_sources")] if len({row.source for row in rows}) > 1 else []),
            ),
            sources=sources_for(self._base, [row.source for row in rows]),
        )
        return answer, remember(asked, wanted, answer)

    def rate(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """What was done, or given, as a part of the plan of one place and year, where no source prints it; said to be computed."""
        if wanted.indicator != FUNDING or wanted.measures != ("rate",) or asked.question.check:
            return None
        said = asked.question.reading
        if not (said.has("reached") or said.has("measure", "plan", "assigned")):
            return None
        one_each = all(len(slot) == 1 for slot in (wanted.regions, wanted.periods))
        if not one_each or wanted.terms or find_figure(self._base, wanted).lead is not None:
            return None
        done = find_figure(self._base, replace(wanted, measures=wanted.of[:1] or ("actual",), of=())).lead
        if done is None:
            return None
        whole = replace(
            wanted, measures=("plan",), of=(), regions=(done.region,), programmes=(done.programme,)
        )
        plan = find_figure(self._base, replace(whole, periods=(done.period[:YEAR],))).lead
        if plan is None or not plan.value:
            return None
        rows = (done, plan)
        answer = Answer(
            status="answered",
            kind="series",
            as_of=asked.today,
            aspect="rate",
            figures=rows,
            warnings=(
                *warnings_for(self._base, rows),
                *([Note("two_sources")] if done.source != plan.source else []),
            ),
            sources=sources_for(self._base, [row.source for row in rows]),
        )
        return answer, remember(asked, wanted, answer)

    def share(self, asked: Asked, wanted: Wanted) -> tuple[Answer, Context] | None:
        """One programme's part of the total of both, of one place, time, kind and source, or a region's part of the
        nation's figure, where no source prints it; said to be computed. None where it is printed, or not both sums are there."""
        if wanted.indicator != FUNDING or wanted.measures != ("share",) or asked.question.check:
            return None
        national = wanted.against == "national"
        whole_of = national and not wanted.programmes
        if whole_of:
            wanted = replace(wanted, programmes=("total",))
        one_each = all(len(slot) == 1 for slot in (wanted.programmes, wanted.regions, wanted.periods))
        if not one_each or wanted.programmes[0] not in (*PARTS, "total") or wanted.terms:
            return None
        if wanted.programmes == ("total",) and not national:
            return None
        regions = (*wanted.regions, "ca_nuoc") if national else wanted.regions
        wholes = (wanted.programmes[0], "ca_nuoc") if national else ("total", *wanted.regions)
        if find_figure(self._base, wanted).lead is not None:
            return None
        found = self._part_of(asked, wanted, regions, wholes)
        anew = None if found or national else after_redrawing(self._base, wanted)
        if anew is not None:
            found = self._part_of(asked, anew, anew.regions, ("total", *anew.regions))
            if found is not None:
                notes = (regrouped_note(self._base, wanted), *found[0].assumptions)
                found = replace(found[0], assumptions=notes), found[1]
        return found

    def _part_of(
        self, asked: Asked, wanted: Wanted, regions: tuple[str, ...], wholes: tuple[str, ...]
    ) -> tuple[Answer, Context] | None:
        """The part and the whole (programme, region) of the first measure of which one source prints both."""
        for measure in wanted.of or AMOUNTS:
            rows = self._base.select(
                indicator=FUNDING, measure=measure, region=regions, period=wanted.periods
            )
            rows = [
                row for row in rows if row.value_max is None and row.likely_value is None and not row.round
            ]
            own = (wanted.programmes[0], *wanted.regions)
            part = next((row for row in rows if (row.programme, row.region) == own), None)
            whole = next(
                (
                    row
                    for row in rows
                    if part and (row.programme, row.region) == wholes and row.source == part.source
                ),
                None,
            )
            apart = () if whole or part is None or "ca_nuoc" not in wholes else rows
            whole = whole or next((row for row in apart if (row.programme, row.region) == wholes), None)
            if part is None or whole is None or not 0 < part.value <= whole.value:
                continue
            answer = Answer(
                status="answered",
                kind="series",
                as_of=asked.today,
                aspect="share",
                figures=(part, whole),
                warnings=(
                    *warnings_for(self._base, [part, whole]),
                    *([Note("two_sources")] if part.source != whole.source else []),
                ),
                sources=sources_for(self._base, [part.source, whole.source]),
            )
            return answer, remember(asked, wanted, answer)
        return None

    def _no_average(
        self, asked: Asked, wanted: Wanted, counted: str, have: list[Figure]
    ) -> tuple[Answer, Context] | None:
        """That there are not two figures to divide, with what there is; None where no place and time was named."""
        if not (wanted.periods and (wanted.regions or wanted.programmes)):
            return None
        answer = Answer(
            status="no_answer",
            kind="figure",
            as_of=asked.today,
            gaps=(
                Note("no_mean_of_places")
                if counted == "tinh"
                else Note("no_average", {"counted": SCHEMES_NAMED.get(counted, HELPED_NAME)}),
            ),
            offers=tuple(have),
            assumptions=(Note("near_only"),) if have else (),
            sources=sources_for(self._base, [row.source for row in have]),
        )
        return answer, remember(asked, wanted, answer)
