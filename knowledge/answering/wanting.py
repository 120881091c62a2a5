"""A question → the slots of a figure that it wants, and whether it wants a figure at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, pairwise

from knowledge.base import KnowledgeBase
from knowledge.finding.companions import PARTS
from knowledge.finding.wanted import AMOUNTS, FUNDING, NATION, Wanted
from knowledge.language.spans import Reading
from knowledge.reading.question import Question
from knowledge.reading.slots import Measures
from knowledge.text import words

LEVELS = {
    "country": "sp-tieu-bieu-quoc-gia",
    "region": "sp-tieu-bieu-khu-vuc",
    "province": "sp-tieu-bieu-tinh",
}
"""Products are honoured at three levels: the one of a place, by its kind."""


RATE_OF = {"allocated": "allocated", "assigned": "allocated", "estimate": "estimate", "actual": "actual"}
"""What was given, or done, of a plan by the word for it."""


def spoken(reading: Reading, slot: str) -> tuple[str, ...]:
    """The values of a slot in the order of their naming, without words that may mean two of them."""
    spans = (span for span in reading.of(slot) if span.slot == slot)
    return tuple(dict.fromkeys(span.value for span in spans if slot not in dict(span.others)))


def each_source(reading: Reading) -> bool:
    """Whether a number of each programme is asked for."""
    return reading.has("rows", "programme")


def _apart(question: Question, programmes: tuple[str, ...]) -> bool:
    """Whether both programmes are asked for one by one where neither is named by itself."""
    each = programmes == ("total",) and question.reading.has("operator", "each")
    return (each or (not programmes and each_source(question.reading))) and not question.series


def asks_each(reading: Reading) -> bool:
    """Whether a sum is to be told apart by its programmes."""
    return reading.has("role", "part") or reading.has("operator", "each")


def _until(reading: Reading) -> bool:
    """Whether a period is named only by its end."""
    pairs = pairwise(reading.spans)
    return any(word.means("until") and period.slot == "period" for word, period in pairs)


def _regions(question: Question) -> list[str]:
    """The regions that are named; the nation also by how many provinces it has or had."""
    named = [place.id for place in question.regions]
    sized = any(question.reading.words[one.start].text.isdigit() for one in question.reading.of("division"))
    return named or [NATION] * sized


class Wanting:
    """Reads what figure of one base a question wants."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base

    def wanted(self, question: Question) -> Wanted:
        """The slots that a question names, as they were said; nothing is filled in."""
        indicator, terms = self._indicator(question)
        measures, of = self._measures(question, indicator)
        regions = _regions(question)
        nation = len(regions) == 2 and NATION in regions
        if nation and measures == ("rate",):
            measures = ("share",)  # so much of the nation's
            of = of or tuple(one.value for one in question.measures.named if one.value in AMOUNTS)
        against_nation = nation and "share" in measures
        if against_nation:
            regions.remove(NATION)
        programmes, summed = self._programmes(question)
        if summed and measures == ("rate",):
            measures, of = tuple(one.value for one in question.measures.named), ()
        periods, joined = self._periods(question, regions)
        wanted = Wanted(
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
            round=question.round,
            until=_until(question.reading),
            planned=question.reading.has("measure", "target", "plan"),
            done=question.reading.has("measure", "actual") or question.reading.has("aspect", "result"),
        )
        return wanted if question.check else self._with_sums(question, wanted)

    def _with_sums(self, question: Question, wanted: Wanted) -> Wanted:
        """The place or the times that were not said, where each sum that is named is that of one alone ("từ 186,5 tỷ xuống
        170,8 tỷ")."""
        sums = [float(one.value) for one in question.quantities if one.kind == "money"]
        moves = question.compare or question.measures.moved or question.measures.change
        if wanted.indicator != FUNDING or not sums or wanted.part or not moves:
            return wanted
        if wanted.regions and not wanted.periods:
            return replace(wanted, periods=self._of_sums(wanted, sums, "period"))
        if wanted.periods and not wanted.regions:
            return replace(wanted, regions=self._of_sums(wanted, sums, "region"))
        return wanted

    def _of_sums(self, wanted: Wanted, sums: Sequence[float], slot: str) -> tuple[str, ...]:
        """What the figures of these sums have in a slot that was not said; empty where one sum has more than one such value."""
        named = tuple(one for one in (*wanted.measures, *wanted.of) if one in AMOUNTS and len(sums) == 1)
        said = {
            "region": wanted.regions,
            "period": wanted.periods,
            "programme": wanted.programmes,
            "measure": named,
        }
        values = [
            {
                getattr(row, slot)
                for row in self._base.figures_by_value.get(one, ())
                if row.indicator == FUNDING
                and all(getattr(row, own) in some for own, some in said.items() if some)
            }
            for one in sums
        ]
        single = all(len(found) == 1 for found in values)
        return tuple(dict.fromkeys(chain.from_iterable(values))) if single else ()

    def _measures(self, question: Question, indicator: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What is asked of an indicator, and what a rate, share or change is about."""
        named = tuple(one.value for one in question.measures.named)
        if indicator == FUNDING:
            return funding_measures(question, named)
        if self._base.indicators[indicator].unit == "VND":
            return tuple(one for one in named if one in AMOUNTS), ()
        kinds = {row.measure for row in self._base.select(indicator=indicator)}
        return ("change",) if "change" in kinds else (), ()

    def _periods(self, question: Question, regions: list[str]) -> tuple[tuple[str, ...], str]:
        """The times that a question names, and the one as which the base may hold them together."""
        periods = tuple(period.code for period in question.periods.found if period.code)
        if not question.periods.found:
            periods = self._period_of_count(question, regions)
        if question.periods.same:
            periods = periods[:1]
        if (span := self._as_one_span(question, regions)) is not None:
            return (span,), ""
        joined = question.periods.joined
        return periods, joined if joined and self._base.select(period=joined) else ""

    def _programmes(self, question: Question) -> tuple[tuple[str, ...], bool]:
        """The programmes that a question names, and whether it names both parts of one total."""
        programmes = tuple(one.value for one in question.programmes)
        if _apart(question, programmes):
            return PARTS, False
        both = tuple(one for one in spoken(question.reading, "programme") if one in PARTS)
        if question.compare and len(both) == len(PARTS):
            return both, False
        which = question.reading.has("asks", "which_programme") and (question.compare or question.rank)
        if which and not programmes:
            return PARTS, False
        summed = question.total_word and len(programmes) == len(PARTS) and not question.compare
        if summed and len(question.reading.of("asks")) > 1:
            return ("total",), True  # whose parts stand beside it
        if "total" in programmes and len(programmes) > 1:
            parts = tuple(one for one in programmes if one != "total")
            return (parts if question.compare else ("total",)), False
        return programmes, False

    def _as_one_span(self, question: Question, regions: list[str]) -> str | None:
        """The span of years as which two years were read ("2016 2020"), where the base has figures of it."""
        said = spoken(question.reading, "period")
        years = "-".join(period.code for period in question.periods.found)
        spans = question.reading.of("period")
        beside = len(spans) == len(said) == len(("first", "last")) and spans[0].end == spans[1].start
        if len(question.periods.found) == 1 or not (said == (years,) or (beside and years == "-".join(said))):
            return None
        return years if self._base.select(region=regions or None, period=years) else None

    def _period_of_count(self, question: Question, regions: list[str]) -> tuple[str, ...]:
        """The period of the one figure that a count in the question names ("29 đề án của Thanh Hóa"); of the nation's counts
        also where it is of all of which a part is asked ("thủ công trong số 173 món")."""
        units = {self._base.indicators[one].unit for one in question.indicators}
        rows = [
            row
            for quantity in question.quantities
            if quantity.kind == "plain"
            for row in self._base.figures_by_value.get(float(quantity.value), ())
            if (row.indicator in question.indicators and row.region in regions)
            or (not regions and row.region == NATION and row.unit in units)
        ]
        return (rows[0].period,) if len({row.period for row in rows}) == 1 else ()

    def _indicator(self, question: Question) -> tuple[str, tuple[str, ...]]:
        """The indicator, and words that narrow the money down to an activity."""
        if not question.indicators:
            return FUNDING, ()
        first = self._of_programme(question, question.indicators[0])
        if self._base.indicators[first].unit in ("percent", "VND"):
            return first, ()
        if question.counted or not _asks_money(question):
            return (FUNDING if question.measures.percent and not question.counted else first), ()
        if first == "de-an" or first.startswith(("dia-phuong", "don-vi", "so-tinh")):
            return FUNDING, ()
        said = f" {' '.join(words(question.clean))} "
        phrases = chain.from_iterable(chain.from_iterable(self._base.indicators[first].keys))
        return FUNDING, tuple(phrase for phrase in phrases if f" {phrase} " in said)

    def _of_programme(self, question: Question, first: str) -> str:
        """What is counted: of the likeliest the one that the base holds of the programme that is named."""
        programmes = [one.value for one in question.programmes]
        if not programmes or not question.counted:
            return first
        likeliest = (first, *question.indicators[1:3])
        held = (one for one in likeliest if self._base.select(indicator=one, programme=programmes))
        return next(held, first)


def _asks_money(question: Question) -> bool:
    """Whether money is asked for, of what an indicator's words name."""
    said = question.reading
    counted = {span.end for span in said.of("number")}  # "41 đề án": how many is told, not asked
    heads = [
        span
        for span in said.spans
        if span.means("head", "funding", "scheme") and (span.start not in counted or span.value == "funding")
    ]
    of_both = question.money and said.has("programme", "total") and said.has("asks", "how_much")
    return said.has("asks", "sum") or bool(heads and heads[0].means("head", "funding")) or of_both


def funding_measures(question: Question, named: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is asked of the money: (measures, what a rate, share or change is about)."""
    said = question.measures
    if said.target and (said.percent or said.rate):
        return ("target",), ()
    if said.change and not said.share and all(one.kind != "money" for one in question.quantities):
        return ("change",), tuple(dict.fromkeys(RATE_OF.get(one, one) for one in named))
    return _of_a_whole(question, _without_given(question.reading, named))


def _of_a_whole(question: Question, named: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A part of a whole or of a plan, or how far it moved; the sum itself where none is asked."""
    said = question.measures
    of = tuple(dict.fromkeys(RATE_OF[one] for one in named if one in RATE_OF))
    plan = tuple(one for one in named if one == "plan")
    if said.percent and not said.change and _asks_a_part(question):
        return ("share" if said.share else "rate",), of
    if said.share and not (plan and _of_the_plan(said, of)):
        return ("share",), of or plan
    if said.percent and said.moved and not said.share:
        return ("change",), (*of, *plan)
    against = question.compare and 2 in (len(question.regions), len(question.programmes))
    return _rate(question, of, reaches=said.rate and bool(plan or against)) or (named, ())


def _without_given(reading: Reading, named: tuple[str, ...]) -> tuple[str, ...]:
    """The measures without that of a plan that is said to be given and is reached ("đạt bao nhiêu % kế hoạch được giao")."""
    reached = next((one.start for one in reading.of("reached")), None)
    given = reached is not None and any(one.start > reached for one in reading.of("measure", "assigned"))
    return tuple(one for one in named if one != "assigned") if given else named


def _of_the_plan(said: Measures, of: tuple[str, ...]) -> bool:
    """Whether a share is how much of the plan was done, or given."""
    return said.rate and bool(of or not said.percent)


def _rate(
    question: Question, of: tuple[str, ...], *, reaches: bool
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """How much of a plan, where a percent is asked or a plan is reached; what reaches it was carried out, or will be."""
    reached = question.reading.has("reached")
    if not question.measures.percent and not (reaches and reached):
        return None
    return ("rate",), of or (("actual", "estimate") if reached else ())


def _asks_a_part(question: Question) -> bool:
    """Whether a percent is asked of each of two places or programmes, or of two times in points."""
    reading = question.reading
    if reading.has("asks", "points") and len(question.periods.found) > 1:
        return True
    two = 2 in (len(question.regions), len(question.programmes))
    return two and (reading.has("asks", "ratio") or reading.has("operator", "each") or question.measures.rate)
