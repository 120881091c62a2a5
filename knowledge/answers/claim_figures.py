"""The numbers of a claim held against the figures of the base, and what is said of how they stand to each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.answers.claim_between import (
    BESIDE,
    at_its_place,
    each_of_its_own,
    right_ones,
    said_of_them,
    strange_behind,
    texts_of,
    uncrossed,
)
from knowledge.answers.claim_computed import Computed, Held
from knowledge.answers.claim_nearby import Nearby
from knowledge.answers.claim_numbers import NumberReader
from knowledge.answers.claim_plans import Plans
from knowledge.answers.claim_provinces import provinces_counted, provinces_said
from knowledge.answers.claim_schemes import Schemes
from knowledge.answers.claim_shares import apart, held_share, is_size, shares_in, words_of
from knowledge.answers.claim_slots import PERCENTS, Meanings, taken_from
from knowledge.answers.claim_wanted import CAPITAL, MONEY, Indicators
from knowledge.answers.claim_words import (
    PROGRAMMES,
    RIGHT,
    Number,
    Slots,
    is_break,
    tells_parts,
    typed,
    with_noun,
)
from knowledge.base import KnowledgeBase
from knowledge.finding.claims import Checked, Claim, check
from knowledge.finding.companions import PARTS
from knowledge.finding.figures import find_figure
from knowledge.finding.regrouped import PROVINCES
from knowledge.finding.wanted import FUNDING, Found, Wanted
from knowledge.language.spans import Reading, Span
from knowledge.reading.question import Question
from knowledge.records import Figure, Part


class FigureClaims:
    """Checks the numbers of claims against the figures of one base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self._indicators = Indicators(base)
        self._computed = Computed(base)
        self._plans = Plans(base)
        self._meanings = Meanings(base, self._indicators)
        self._nearby = Nearby(base, self._indicators)
        self._schemes = Schemes(base)

    def check(self, question: Question, taken: Iterable[int], spoken_of: Mapping[str, str]) -> list[Held]:
        """Every number that words outside `taken` say, with its outcome, in order.

        `spoken_of`: the slots of the chat, where the claim leans on it."""
        found: list[Held] = []
        shares = shares_in(question.reading)
        question, taken = apart(question, shares), {*taken, *words_of(shares)}
        numbers = [self._placed(one, spoken_of) for one in NumberReader(question.reading, taken).read()]
        for number in numbers:
            named = next(self._indicators.of(question, number, ()), "")
            held = self._held(question, at_its_place(number, found), numbers, found)
            found.append(replace(held, named=named))
        found = each_of_its_own(found)
        for _ in range(2):  # what one number turns out to be, another is not
            found = each_of_its_own(self._nearby.completed(question, found))
        return self._computed.added(question.reading, uncrossed(found))

    def gap(self, question: Question, number: Number) -> Found:
        """What is missing of a number that could not be checked, and what is near."""
        wanted = next((one for one, _ in self._meanings.of(question, number, [number], ())), None)
        return find_figure(self._base, wanted) if wanted is not None else Found()

    def predicates(self, question: Question, held: Sequence[Held]) -> Iterator[Part]:
        """What is said of a plan that was met or not, of a rank, and of programmes of which nothing was done."""
        reading = question.reading
        parts = {*self._parts_named(reading, held), *_of_no_number(reading, held)}
        right = right_ones(held)
        told = texts_of(self._base, right)
        others = dict(self._schemes.otherwise(reading, held))
        yield from others
        strange = strange_behind(reading, [one.number for one in right], told)
        yield from (one for one in strange if not any(one.said in other.said for other in others))
        shares = shares_in(reading)
        yield from (held_share(self._base, reading, one, held) for one in shares)
        for span in (one for one in reading.spans if one.start not in words_of(shares)):
            if (part := self._predicate(question, span, held, parts)) is not None:
                yield part
            elif is_size(span) and not self._bounds(span, held):
                yield from said_of_them(reading, span, told)
        if not any(one.number.moved for one in held):
            yield from self._computed.trends(question, held)

    def _predicate(
        self, question: Question, span: Span, held: Sequence[Held], parts: Collection[Span]
    ) -> Part | None:
        """What a word says of numbers; `parts`: words that name a part of which no figure is."""
        said = typed(question.reading, span.start, span.end)
        if span.scope != "excluded" and span.means("outcome"):
            return self._plans.against_plan(question, span, held)
        if self._bounds(span, held):
            return None
        if span.means("operator", "rank_high", "rank_low", "rank") or span.means("times"):
            return Part("predicate", said, "unknown")
        if span in parts:
            return Part("part", said, "unknown")
        if span.slot == "undone" and not any(one.start == span.end for one in question.reading.of("role")):
            return self._plans.undone(question, span)
        return None

    def _bounds(self, span: Span, held: Sequence[Held]) -> bool:
        """Whether a word is the bound of a number ("ít nhất 15"), or says that the number is what is left."""
        leads = any(span.end == one.number.start for one in held)
        return leads and (span.means("operator") or self._is_rest(span, held))

    def _is_rest(self, span: Span, held: Sequence[Held]) -> bool:
        """Whether a word says that the number behind it is what is left, and so it is, or that number is wrong by itself."""
        one = next((one for one in held if one.number.start == span.end), None)
        if one is None or not span.means("undone", "remainder"):
            return False
        return one.part.outcome == "differs" or self._computed.is_rest(one.number, held)

    def _parts_named(self, reading: Reading, held: Sequence[Held]) -> Iterator[Span]:
        """What stands right behind the word for the money and names a part of it of which no figure is."""
        told = " ".join(texts_of(self._base, held))
        for before, span in pairwise(reading.spans) if held else ():
            beside = span.slot in BESIDE and before.means("head", "funding", "khuyen_cong")
            if beside and not is_break(reading, span.start) and span.text not in told:
                yield span

    def _placed(self, number: Number, spoken_of: Mapping[str, str]) -> Number:
        """A number with the slots of the chat where the claim names none."""
        slots = number.slots
        if not spoken_of:
            return number
        measure = spoken_of.get("of") or spoken_of.get("measure", "")
        return replace(
            number,
            slots=Slots(
                slots.measure or (measure if measure not in (*PERCENTS, "count") else ""),
                slots.programme or spoken_of.get("programme", ""),
                slots.regions or ((spoken_of["region"],) if spoken_of.get("region") else ()),
                slots.periods or ((spoken_of["period"],) if spoken_of.get("period") else ()),
            ),
        )

    def _held(
        self, question: Question, number: Number, numbers: Sequence[Number], before: Sequence[Held]
    ) -> Held:
        said = with_noun(question.reading, number)
        part = self._worked_out(question, number, before)
        if part is None and not number.slots.periods:
            part = provinces_said(self._base, question, number, said)
        best = self._best(question, number, numbers, before) if part is None else None
        if part is None and (best is None or (best[0].indicator == FUNDING and best[1].outcome not in RIGHT)):
            part = self._moved(question, number, before, held=best is not None)
        if part is not None:
            return Held(number, part)
        if best is None or (len(numbers) > 1 and _of_a_part(best[0], best[1], before)):
            return self._unplaced(question, number, said, before)
        wanted, checked, _ = best
        lead = checked.other if checked.outcome == "misprint" and checked.other else checked.found.lead
        if wanted.indicator == PROVINCES and not number.slots.periods and lead is not None:
            part = provinces_counted(self._base, question, number, said, self._base.regions[lead.region])
            return Held(number, part or Part("figure", said, "unknown"))
        return self._of_its_time(
            question, Held(number, Part("figure", said, checked.outcome, "", lead, checked.other), *best)
        )

    def _of_its_time(self, question: Question, held: Held) -> Held:
        """A number as it was held; unchecked where it was held against what was aimed at and what was done is said, wrong
        where it is of a year before the last and no time is said."""
        number, lead = held.number, held.part.figure
        done = number.own.measure == "actual" and not question.reading.has("measure", "plan", "target")
        if lead is not None and lead.measure == "target" and done:
            return replace(held, part=Part("figure", held.part.said, "unknown", other=lead))
        later = self._later(number, held.part) if not question.periods.found else None
        if later is None or lead is None:
            return held
        part = Part("other_time", held.part.said, "differs", lead.period, later)
        return replace(held, part=part, checked=Checked("differs", Found(later)))

    def _later(self, number: Number, part: Part) -> Figure | None:
        """The latest figure of what was counted, where a count is said of no time and is that of a year before."""
        row = part.figure
        if row is None or number.kind != "plain" or part.outcome not in RIGHT or not row.period.isdecimal():
            return None
        rows = self._base.select(
            indicator=row.indicator, measure=row.measure, programme=row.programme, region=row.region
        )
        years = [one for one in rows if one.period.isdecimal() and not one.label]
        last = max(years, key=lambda one: one.period, default=row)
        return last if last.period > row.period and last.value != row.value else None

    def _worked_out(self, question: Question, number: Number, before: Sequence[Held]) -> Part | None:
        """A difference of two sums, the sum of two regions, or how many times one sum is another."""
        if number.kind != "money":
            return self._computed.times(question, number, before)
        if number.moved and (part := self._computed.moved(number, before)):
            return part
        if not number.total or len(number.own.regions) < 2:
            return None
        return self._computed.summed(number, before) or Part("figure", number.text, "unknown")

    def _moved(
        self, question: Question, number: Number, before: Sequence[Held], *, held: bool
    ) -> Part | None:
        """A rise or a fall in percent, or what no figure is `held` for: a part or a total of the sums before it, or of a plan."""
        if number.moved and number.kind == "percent":
            return self._computed.moved(number, before)
        if number.bound == "above" and number.kind == "money" and len(number.own.regions) == 2:
            return self._computed.of_two(number)
        if number.share and number.kind == "percent" and not held:
            return self._computed.share(number, before)
        if number.kind == "percent" and not held:
            return self._plans.met(question, number)
        return self._computed.summed(number, before) if number.total and not held else None

    def _unplaced(self, question: Question, number: Number, said: str, before: Sequence[Held]) -> Held:
        """A number that no figure of its slots is there for: of provinces, a misprint, or of other money of its place."""
        if (part := provinces_said(self._base, question, number, said)) is not None:
            return Held(number, part)
        other = self._elsewhere(question, number, before)
        if other is None:
            return Held(number, self._computed.both(number) or Part("figure", said, "unknown"))
        if other.likely_value is not None:
            meant = float(number.value) == other.likely_value
            return Held(
                number, Part("figure", said, "likely" if meant else "misprint", figure=other, other=other)
            )
        kind = taken_from(number, other)
        whole = other.indicator == CAPITAL and tells_parts(question.reading, number)
        named = kind == "money" and (
            whole or other.indicator in self._indicators.of(question, number, before)
        )
        if named and number.own.programme in ("", "total", other.programme):
            return Held(number, Part("figure", said, "match", figure=other, other=other))
        if named or not kind:
            both = None if named else self._computed.both(number)
            return Held(number, both or Part("figure", said, "unknown", other=other))
        right = getattr(other, {"time": "period", "place": "region", "money": "indicator"}.get(kind, kind))
        part = Part(f"other_{kind}", said, "differs", self._base.names.get(right, right), figure=other)
        parts = self._base.select(indicator=FUNDING, region=other.region, period=other.period)
        return Held(number, part, None, Checked("differs", Found(other, companions=tuple(parts))))

    def _elsewhere(self, question: Question, number: Number, before: Sequence[Held]) -> Figure | None:
        """The one figure of the same place or the same time that has the value which could not be checked."""
        slots = number.slots
        indicators = set(self._indicators.of(question, number, before))
        regions = self._base.regions
        country = (one.id for one in regions.values() if one.kind == "country")
        places = set(slots.regions[-1:] or country)
        places |= {regions[one].successor for one in places if one in regions}
        rows = [
            row
            for row in self._base.figures_by_value.get(float(number.value), ())
            if (row.indicator in indicators or (number.kind == "money" and row.unit == MONEY))
            and (row.region in places or row.period in slots.periods[-1:])
        ]
        alike = {(row.region, row.period, row.programme, row.measure) for row in rows}
        return rows[0] if len(alike) == 1 else None

    def _best(
        self, question: Question, number: Number, numbers: Sequence[Number], before: Sequence[Held]
    ) -> tuple[Wanted, Checked, Figure | None] | None:
        """The reading under which a number is right, else the likeliest under which it can be checked; and the figure of the
        likeliest one."""
        best: tuple[Wanted, Checked, Figure | None] | None = None
        claim = Claim(number.value, number.kind, number.text, number.direction, number.about, number.bound)
        for wanted, loose in self._meanings.of(question, number, numbers, before):
            checked = check(self._base, wanted, claim, of_anything=loose)
            if checked is None or (best is not None and self._too_wide(question, number, best[0], wanted)):
                continue
            if best is not None and best[0].measures == ("target",) != wanted.measures:
                continue  # what was aimed at is no number of what was done
            if checked.outcome in (*RIGHT, "misprint"):
                return wanted, checked, best[2] if best else checked.found.lead
            best = best or (wanted, checked, checked.found.lead)
        return best

    def _too_wide(self, question: Question, number: Number, best: Wanted, wanted: Wanted) -> bool:
        """Whether a reading leaves out what is said of a number and what a likelier one, under which it is wrong, holds."""
        if number.slots.programme == "total" and best.programmes == ("total",):
            return wanted.indicator == best.indicator and not wanted.programmes
        return number.kind == "plain" and self._indicators.narrows(
            question.reading, number, best.indicator, wanted.indicator
        )


def _of_a_part(wanted: Wanted, checked: Checked, before: Sequence[Held]) -> bool:
    """Whether a number of which no programme is said was held against another one of one programme, and none before it is
    of that one."""
    row = checked.found.lead
    if checked.outcome != "differs" or row is None or row.programme not in PROGRAMMES:
        return False
    if row.unit == MONEY and row.indicator != FUNDING:
        return False  # what is paid beside it is of one whole
    told = {one.part.figure.programme for one in before if one.part.figure and one.part.outcome in RIGHT}
    return row.programme not in {*wanted.programmes, *told}


def _of_no_number(reading: Reading, held: Sequence[Held]) -> Iterator[Span]:
    """The programme of which it is said that it was carried out, while every number is of the other."""
    told = {one.part.figure.programme for one in held if one.part.figure is not None}
    for before, span in pairwise(reading.spans):
        other = span.means("programme", *PARTS) and len(told) == 1 and told <= set(PARTS) - {span.value}
        if other and before.means("measure", "actual") and not before.text[-1:].isdigit():
            yield span
