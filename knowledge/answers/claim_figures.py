"""The numbers of a claim held against the figures of the base, and what is said of how they stand to each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from knowledge.answers.claim_numbers import Number, NumberReader
from knowledge.base import KnowledgeBase
from knowledge.finding.claims import Checked, Claim, check
from knowledge.finding.figures import find_figure
from knowledge.finding.regrouped import on_its_map
from knowledge.finding.wanted import FUNDING, Wanted
from knowledge.language.spans import Span
from knowledge.reading.passage.counts import Counts
from knowledge.reading.periods import shift_year
from knowledge.reading.question import Question
from knowledge.records import Figure, Part
from knowledge.text import fold

PROVINCES = "so-tinh-trong-vung"
_PERCENTS = ("rate", "share", "change")
_RIGHT = ("match", "rounded", "likely")
_TENTH = 0.06
"""Half of the last printed digit of a percent, and a little more."""
_ROUNDED = 0.005
"""By what share a claimed sum may be off what it is computed from: both were rounded."""
_WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class Held:
    """A number with what it was held against; `wanted`: the slots with which it was looked for."""

    number: Number
    part: Part
    wanted: Wanted | None = None
    checked: Checked | None = None


class FigureClaims:
    """Checks the numbers of claims against the figures of one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self._counts = Counts(base)

    def check(self, question: Question, taken: Iterable[int]) -> list[Held]:
        """Every number that words outside `taken` say, with its outcome, in order."""
        found: list[Held] = []
        numbers = NumberReader(question.reading, frozenset(taken)).read()
        for number in numbers:
            found.append(self._held(question, number, numbers, found))
        return found

    def predicates(self, question: Question, held: Sequence[Held]) -> Iterator[Part]:
        """What is said of a plan that was met or not, and of a rise or a fall, where no number says by how much."""
        for span in question.reading.spans:
            if span.scope != "excluded" and span.means("outcome"):
                yield self._against_plan(question, span, held)
            elif span.means("operator", "rank_high", "rank_low", "rank", "times"):
                yield Part("predicate", _said(question, span), "unknown")

    # --- numbers ------------------------------------------------------------------------------------------------

    def _held(
        self, question: Question, number: Number, numbers: Sequence[Number], before: Sequence[Held]
    ) -> Held:
        if number.moved and number.kind == "money":
            return Held(number, self._difference(number, before))
        best: tuple[Wanted, Checked] | None = None
        for wanted, loose in self._wanted(question, number, numbers):
            checked = check(self._base, wanted, _claim(number), of_anything=loose)
            if checked is not None and checked.outcome in (*_RIGHT, "misprint"):
                best = (wanted, checked)
                break
            best = best or (checked and (wanted, checked))
        if number.moved and number.kind == "percent" and (best is None or best[1].outcome == "differs"):
            computed = self._moved(number, before)
            if best is None or (computed is not None and computed.outcome == "match"):
                return Held(number, computed or Part("figure", number.text, "unknown"))
        if best is None:
            return Held(number, Part("figure", self._named(question, number), "unknown"))
        wanted, checked = best
        lead = checked.found.lead
        part = Part(
            "figure", self._named(question, number), checked.outcome, figure=lead, other=checked.other
        )
        return Held(number, part, wanted, checked)

    def _wanted(
        self, question: Question, number: Number, numbers: Sequence[Number]
    ) -> Iterator[tuple[Wanted, bool]]:
        """The slots that a number may be of, the likeliest first; and whether no word says what it is of."""
        named = {one.own.programme for one in numbers} - {"", "total"}
        said = [one.value for one in question.programmes if one.value in ("KCQG", "KCDP")]
        programme = number.slots.programme
        programmes: list[tuple[str, ...]] = [(programme,)] if programme else [()]
        if not programme and len({*said}) == 1 and not named:
            programmes = [(said[0],), ()]
        if programme == "total":
            programmes += [()]
        for indicator in self._indicators(question, number):
            for own in programmes:
                for measures, of, loose in _measures(number, indicator):
                    wanted = Wanted(
                        indicator=indicator,
                        measures=measures,
                        of=of,
                        programmes=own,
                        regions=number.slots.regions,
                        periods=number.slots.periods,
                        joined="/".join(number.slots.periods) if len(number.slots.periods) > 1 else "",
                        round=question.round,
                    )
                    for timed in self._timed(wanted, measures):
                        yield (
                            timed
                            if indicator == PROVINCES
                            else on_its_map(self._base, timed, question.clean),
                            loose,
                        )

    def _timed(self, wanted: Wanted, measures: Sequence[str]) -> Iterator[Wanted]:
        """The same; a plan that is named beside a part of a year is of the year."""
        if wanted.joined and not self._base.select(period=wanted.joined):
            wanted = replace(wanted, joined="")
        yield wanted
        years = tuple(dict.fromkeys(one[:4] for one in wanted.periods))
        if "plan" in measures and years != wanted.periods and not wanted.joined:
            yield replace(wanted, periods=years)

    def _indicators(self, question: Question, number: Number) -> Iterator[str]:
        if number.kind == "plain":
            yield from self._counted(question, number)
            return
        unit = "VND" if number.kind == "money" else "percent"
        yield from (one for one in question.indicators if self._base.indicators[one].unit == unit)
        yield FUNDING

    def _counted(self, question: Question, number: Number) -> Iterator[str]:
        words = question.reading.words
        start, end = words[number.start].start, words[number.end - 1].end
        clean = question.clean
        begin = max(clean.rfind(mark, 0, start) + 1 for mark in ".;:")
        stop = min((at for mark in ".;:" if (at := clean.find(mark, end)) >= 0), default=len(clean))
        counted = self._counts.read(clean, start, end, (begin, stop))
        found = [one for one in (counted.indicator, *counted.others) if one] if counted else []
        noun = clean[end:].split()
        alike = [
            row.indicator
            for row in self._base.figures_by_value.get(float(number.value), ())
            if noun and fold(row.unit).split()[:1] == noun[:1] and row.period in number.slots.periods
        ]
        known = [
            one
            for one in question.indicators
            if fold(self._base.indicators[one].unit).split()[:1] == noun[:1]
        ]
        yield from dict.fromkeys([*found, *known[:2], *(alike if not found else ())])

    def _named(self, question: Question, number: Number) -> str:
        """A number as it was typed, with what it counts."""
        if number.kind != "plain":
            return number.text
        behind = []
        for word in question.reading.words[number.end : number.end + 2]:
            if word.break_before or word.text[0].isdigit():
                break
            behind.append(word.typed or word.text)
        return " ".join((number.text, *behind))

    # --- what is computed ---------------------------------------------------------------------------------------

    def _pair(self, number: Number, before: Sequence[Held]) -> tuple[Figure, Figure] | None:
        """The sum that was spoken of last, and the one it is held against: of the time named, or of the year before."""
        base = next(
            (one for one in reversed(before) if one.number.kind == "money" and one.part.figure is not None),
            None,
        )
        if base is not None and base.part.figure is not None:
            lead = base.part.figure
        else:
            slots = number.slots
            programmes = (slots.programme,) if slots.programme else ()
            measures = (slots.measure,) if slots.measure else ()
            found = find_figure(
                self._base,
                Wanted(
                    measures=measures, programmes=programmes, regions=slots.regions, periods=slots.periods
                ),
            ).lead
            if found is None:
                return None
            lead = found
        period = number.against[0] if number.against else shift_year(lead.period, -1)
        rows = self._base.select(
            indicator=lead.indicator, measure=lead.measure, programme=lead.programme, region=lead.region, period=period
        )  # fmt: skip
        return (lead, rows[0]) if rows and rows[0].value else None

    def _difference(self, number: Number, before: Sequence[Held]) -> Part:
        pair = self._pair(number, before)
        if pair is None:
            return Part("figure", number.text, "unknown")
        difference = pair[0].value - pair[1].value
        near = abs(float(number.value) - abs(difference)) <= _ROUNDED * abs(difference)
        right = near and number.direction * difference >= 0
        return Part(
            "difference", number.text, "match" if right else "differs", f"{difference:.0f}", pair[0], pair[1]
        )

    def _moved(self, number: Number, before: Sequence[Held]) -> Part | None:
        pair = self._pair(number, before)
        if pair is None:
            return None
        percent = 100 * (pair[0].value - pair[1].value) / abs(pair[1].value)
        near = abs(float(number.value) - abs(percent)) <= _TENTH
        if number.bound == "above":
            near = near or 0.8 * abs(percent) <= float(number.value) < abs(percent)
        right = near and number.direction * percent >= 0
        return Part("moved", number.text, "match" if right else "differs", f"{percent:.4f}", pair[0], pair[1])

    def _against_plan(self, question: Question, span: Span, held: Sequence[Held]) -> Part:
        """Whether a plan was met, exceeded or missed, by the rate of what was spoken of last before."""
        said = _said(question, span)
        last = next(
            (one for one in reversed(held) if one.wanted is not None and one.number.start < span.start), None
        )
        last = last or next((one for one in held if one.wanted is not None), None)
        rate = self._rate(question, last)
        if rate is None:
            return Part("predicate", said, "unknown")
        wanted = {"exceeded": rate.value > _WHOLE, "met": rate.value >= _WHOLE, "missed": rate.value < _WHOLE}
        right = next((fits for value, fits in wanted.items() if span.means("outcome", value)), False)
        return Part("plan", said, "match" if right else "differs", figure=rate)

    def _rate(self, question: Question, held: Held | None) -> Figure | None:
        if held is not None and held.wanted is not None:
            slots = held.wanted
            figure = held.part.figure
            if figure is not None and figure.unit == "VND":
                slots = replace(
                    slots,
                    regions=(figure.region,),
                    programmes=(figure.programme,) if figure.programme else (),
                )
        else:
            slots = Wanted(
                regions=tuple(one.id for one in question.regions[:1]),
                periods=tuple(one.code for one in question.periods.found[:1] if one.code),
                programmes=tuple(one.value for one in question.programmes[:1]),
            )
        for of in (("actual",), ("estimate",), ()):
            found = find_figure(
                self._base, replace(slots, indicator=FUNDING, measures=("rate",), of=of, joined="")
            )
            if found.lead is not None and found.lead.measure == "rate":
                return found.lead
        return None


def _claim(number: Number) -> Claim:
    value = number.value
    return Claim(value, number.kind, number.text, number.direction, number.about, number.bound)


def _measures(number: Number, indicator: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], bool]]:
    """What a number may be of: measures, what a percent is of, and whether no word says so."""
    said = number.slots.measure
    if number.kind == "money":
        yield ((said,) if said else ()), (), False
        if said == "actual" and not number.own.measure:
            yield ("estimate",), (), False
        return
    if number.kind == "plain" or indicator != FUNDING:
        yield ((), (), False) if said != "plan" else (("target",), (), False)
        if said == "plan":
            yield (), (), False
        return
    of = {"assigned": ("allocated",), "plan": ("plan",)}.get(said, (said,) if said else ())
    if number.share:
        kinds: tuple[str, ...] = ("share",)
    elif number.moved:
        kinds = ("change",)
    elif number.rate:
        kinds, of = ("rate",), of if said != "plan" else ()
    else:
        for kind in _PERCENTS:
            yield (kind,), of, True
        return
    yield kinds, of, False
    if of:
        yield kinds, (), False


def _said(question: Question, span: Span) -> str:
    words = question.reading.words[span.start : span.end]
    return " ".join(word.typed or word.text for word in words)


def as_decimal(figure: Figure) -> Decimal:
    """The value of a figure as a decimal."""
    return Decimal(str(figure.value))
