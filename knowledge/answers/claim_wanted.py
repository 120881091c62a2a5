"""What a number of a claim may be of: the indicators, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile

from knowledge.answering.wanting import LEVELS
from knowledge.answers.claim_computed import Held
from knowledge.answers.claim_words import (
    Number,
    is_break,
    is_entered,
    is_honoured,
    is_product,
    of_owners,
    of_region,
    owners_pay,
    with_owners,
    within,
)
from knowledge.base import KnowledgeBase
from knowledge.finding.regrouped import PROVINCES
from knowledge.finding.wanted import FUNDING
from knowledge.language.spans import IDLE, Reading, Span
from knowledge.reading.indicators import IndicatorReader
from knowledge.reading.passage.counts import WHATEVER, Counted, Counts
from knowledge.reading.question import Question
from knowledge.records import Figure
from knowledge.text import fold, words

MONEY = "VND"
PLACES = "địa phương"
"""The unit of provinces of which something is counted."""
_NOUN = 2
"""Words of what is counted."""
_NO_COUNT = (MONEY, "percent", "date")
ENTERED = "sp-dang-ky-binh-chon"
"""Products that entered a vote."""
CAPITAL = "tong-nguon-von"
"""All money of schemes, with what their owners pay."""
OWNERS = "von-doi-ung"
"""What owners pay."""


class Indicators:
    """Tells which indicators of one base a number may be of."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self._counts = Counts(base)
        money = (row for row in base.indicators.values() if row.unit == MONEY)
        self._money = IndicatorReader(money, ())

    def has_programme(self, indicator: str) -> bool:
        """Whether figures of this indicator belong to a programme."""
        return self._counts.has_programme(indicator)

    def of(self, question: Question, number: Number, before: Sequence[Held]) -> Iterator[str]:
        """The indicators that a number may be of, the likeliest first."""
        if number.kind == "money":
            yield from self._of_money(question, number, before)
            return
        if number.kind == "percent":
            yield from self._percents(question) or (FUNDING,)
            return
        counted = list(self._counted(question, number))
        if honoured := self._honoured(question.reading, number):
            narrower = [one for one in counted if self.narrows(question.reading, number, one, honoured)]
            yield from narrower or (honoured,)
            return
        yield from counted or self._of_claim(question, number)

    def likest(self, reading: Reading, number: Number, rows: Sequence[Figure]) -> list[Figure]:
        """Those figures of whose indicator a number's own words say most, or all: by those before it where they set one apart,
        else also by those behind it; all figures where none is set apart."""
        for clause in _own_words(reading, number):
            said = {row.indicator: self._said_of(row.indicator, clause) for row in rows}
            most = max(said.values(), default=0)
            if most > 1 and list(said.values()).count(most) == 1:
                meant = {one for one, count in said.items() if count == most or self._names(one, clause)}
                return [row for row in rows if row.indicator in meant]
        return list(rows)

    def spoken_of(self, reading: Reading, number: Number, indicator: str) -> bool:
        """Whether a number's own words say anything that names an indicator."""
        return any(self._said_of(indicator, own) for own in _own_words(reading, number))

    def narrows(self, reading: Reading, number: Number, one: str, other: str) -> bool:
        """Whether a number's own words say more of one indicator than of another."""
        said = ((self._said_of(one, own), self._said_of(other, own)) for own in _own_words(reading, number))
        more, less = next((pair for pair in said if pair[0] != pair[1]), (0, 0))
        return more > less

    def _of_claim(self, question: Question, number: Number) -> Iterator[str]:
        """What the claim counts anywhere: where it is one thing and a number says nothing else, else what the words before a
        bare number name alone ("thủ công 17, cơ khí 25"), else what has its value."""
        units = [one for one in question.indicators if self._base.indicators[one].unit not in _NO_COUNT]
        rows = self._base.select(
            indicator=units, region=number.slots.regions or None, period=number.slots.periods or None
        )
        fits = {row.indicator for row in rows if row.value == number.value}
        reading = question.reading
        bare = (
            number.end == len(reading.words)
            or is_break(reading, number.end)
            or _of_programme(reading, number)
        )
        own, _ = _own_words(reading, number)
        said = {one: self._said_of(one, own) for one in units}
        most = [one for one in units if said[one] == max(said.values())]
        if bare and len(most) == 1 < len(units):
            yield most[0]
            return
        bare = bare or not any(one.end <= number.start for one in reading.of("number"))
        yield from units if bare and len(units) == 1 else (one for one in units if one in fits)

    def _percents(self, question: Question) -> list[str]:
        """The things counted in percent that a claim names."""
        return [one for one in question.indicators if self._base.indicators[one].unit == "percent"]

    def _of_money(self, question: Question, number: Number, before: Sequence[Held]) -> Iterator[str]:
        """The money that the words of a sum's own clause before it name, else those behind it, else all before it; else that
        of the sum before it."""
        reading = question.reading
        sums = [one for one in reading.of("amount") if one.value != "unread"]
        first = _behind_brackets(
            reading, max((one.end for one in sums if one.end <= number.start), default=0)
        )
        last = min((one.start for one in sums if one.start >= number.end), default=len(reading.words))
        clause, _ = within(reading, number.start, number.start)
        behind = self._named_behind(reading, number, last)
        said = self._said_before(reading, max(first, clause), number.start)
        said = said or ((behind,) if behind else ()) or self._said_before(reading, first, number.start)
        if number.total and said and not {FUNDING, OWNERS} & {*said}:
            yield CAPITAL  # the whole of a scheme of which the one money is named
        yield from said or _same_money(number, before)
        if self._with_owners(reading, number, before, range(first, last)):
            yield CAPITAL  # the whole of which parts are named, with what owners pay
        yield from dict.fromkeys((self._named(reading, 0, number.start),)).keys() - {
            ""
        }  # of the scheme that is told of

    @staticmethod
    def _with_owners(reading: Reading, number: Number, before: Sequence[Held], around: range) -> bool:
        """Whether a total may be that of all money, with what owners pay: of other sums, or where no money is named."""
        if not (number.total or with_owners(reading, number)):
            return False
        heads = reading.of("head", "khuyen_cong", "funding")
        named = any(one.start in around and one.start < number.start for one in heads)
        sums = [one.number for one in before if one.number.kind == "money"]
        unnamed = any(not one.slots.programme for one in sums)
        return unnamed or not (named or sums) or around.stop < len(reading.words)

    def _named_behind(self, reading: Reading, number: Number, last: int) -> str:
        """The money that the words behind a sum name, up to what is joined to it."""
        joints = (one.start for one in reading.of("joint") if one.start >= number.end)
        end = min(last, within(reading, number.start, number.end)[1], next(joints, last))
        behind = [one for one in reading.spans if number.end <= one.start < end]
        return self._named(reading, number.start, end) or OWNERS * of_owners(behind)

    def _said_before(self, reading: Reading, start: int, end: int) -> tuple[str, ...]:
        """The money that the words `start` to `end` before a sum name, those of its own clause first."""
        leading = [span for span in reading.spans if start <= span.start < end]
        clause, _ = within(reading, end, end)
        named = self._named(reading, start, end)
        if named != CAPITAL and owners_pay([span for span in leading if span.start >= clause]):
            return (OWNERS,)
        whole = any(span.means("role", "total") for span in leading)
        if named:
            return (CAPITAL, named) if whole else (named,)
        if any(span.means("role", "own", "other") for span in leading):
            return (OWNERS,)
        if whole:
            return (FUNDING, CAPITAL)
        return (FUNDING,) if any(span.means("head", "funding") for span in leading) else ()

    def _named(self, reading: Reading, start: int, end: int) -> str:
        """The money other than that of khuyến công which the words `start` to `end` name; empty for none."""
        ruled_out = [
            span
            for before, span in pairwise(reading.spans)
            if span.scope == "excluded" or before.means("scope", "not", "except")
        ]
        out = {at for span in ruled_out for at in range(span.start, span.end)}
        said = tuple(reading.words[at] for at in range(start, end) if at not in out)
        return next(iter(self._money.read(Reading("", said)).ids), "")

    def _counted(self, question: Question, number: Number) -> Iterator[str]:
        """What a bare number counts: by the noun behind it and the words around it, else the one thing of that unit."""
        reading = question.reading
        head, _ = within(reading, number.start, number.end, ",.;:")
        tail = _noun_end(reading, number)
        alone = not any(head <= one.start < number.start for one in reading.of("number"))
        own = self._read(question, number, head if alone else number.start, tail)
        narrowed = own is not None and own.sure and own.indicator != WHATEVER
        counted = self._read(question, number, *within(reading, number.start, number.end, ".;:"))
        found = [own.indicator] if own and narrowed else []
        found += (counted.indicator, *counted.others) if counted else ()
        if alone:
            found.sort(key=lambda one: -self._said_of(one, _said(reading, head, tail)))
        if found[:1] == [PROVINCES] and not of_region(reading, number):
            found = [one for one in question.indicators if self._base.indicators[one].unit == PLACES]
        out = {"", WHATEVER} if narrowed else {""}
        yield from (
            one for one in dict.fromkeys([*found, *self._of_unit(question, number)]) if one not in out
        )

    def _read(self, question: Question, number: Number, first: int, last: int) -> Counted | None:
        """What a number counts by the words `first` to `last`."""
        said = question.reading.words
        bounds = said[first].start, said[last - 1].end
        return self._counts.read(question.clean, said[number.start].start, said[number.end - 1].end, bounds)

    def _of_unit(self, question: Question, number: Number) -> Iterable[str]:
        """The one thing of the place and the time of a number whose unit is the noun behind it."""
        slots = number.slots
        if number.end == len(question.reading.words) or not (slots.periods or slots.regions):
            return ()
        noun = question.reading.words[number.end].text
        rows = self._base.select(period=slots.periods or None, region=slots.regions[-1:] or None)
        alike = {row.indicator for row in rows if fold(row.unit).split()[:1] == [noun]}
        if len(alike) > 1:
            alike = {one for one in alike if self._of_activity(question, one)}
        same = {row.indicator for row in rows if row.value == number.value}
        sure = {one for one in alike if one in same or self.spoken_of(question.reading, number, one)}
        return sure if len(alike) == 1 else ()  # of no other word it tells nothing that differs

    def _said_of(self, indicator: str, clause: str) -> int:
        """How many groups of its key words a clause says, of the pattern of which it says most."""
        keys = self._base.indicators[indicator].keys if indicator else ()
        said = f" {clause} "
        return max(
            (sum(any(f" {word} " in said for word in one) for one in pattern) for pattern in keys), default=0
        )

    def _names(self, indicator: str, clause: str) -> bool:
        """Whether a clause says every group of the key words of an indicator."""
        fullest = min(map(len, self._base.indicators[indicator].keys), default=0)
        return 0 < fullest <= self._said_of(indicator, clause)

    def _honoured(self, reading: Reading, number: Number) -> str:
        """The indicator of a number of products that entered a vote, or were honoured at the level that is named for it, else
        at that of its place."""
        nouns = {
            one.start: noun
            for one, noun in pairwise(reading.spans)
            if one.text.isdecimal() and (is_product(noun) or is_honoured(noun))
        }
        noun = nouns.get(number.start)
        if noun is None:
            return ""
        end = next((start for start in nouns if start > number.start), len(reading.words))
        own = [span for span in reading.spans if number.end <= span.start < end]
        for span in own:
            if level := next((level for level in LEVELS if span.means("level", level)), ""):
                return LEVELS[level]
            if is_entered(span):
                return ENTERED
        region = self._base.regions.get(next(iter(number.slots.regions[-1:]), ""))
        honoured = noun.means("head", "product_vote") or any(map(is_honoured, (noun, *own)))
        return LEVELS.get(region.kind, "") if region and honoured else ""

    def _of_activity(self, question: Question, indicator: str) -> bool:
        """Whether what is counted is of the activity that a claim names in other words."""
        name = set(words(fold(self._base.indicators[indicator].name)))
        called = {row.value: fold(row.name) for row in self._base.slots.values() if row.slot == "activity"}
        return any(
            set(words(called[one])) <= name for one in question.reading.values("activity") if one in called
        )


def _said(reading: Reading, start: int, end: int) -> str:
    return " ".join(word.text for word in reading.words[start:end])


def _own_words(reading: Reading, number: Number) -> tuple[str, str]:
    """The words of a number with its noun, from where those of the number before it end; and with all behind that are its."""
    before = [one for one in reading.of("number") if one.end <= number.start]
    first = _noun_end(reading, before[-1]) if before else 0
    ends = (min(number.end + _NOUN, within(reading, number.start, number.end)[1]), _noun_end(reading, number))
    return _said(reading, first, ends[0]), _said(reading, first, ends[1])


def _of_programme(reading: Reading, number: Number) -> bool:
    """Whether nothing but the programme of a number stands behind it ("54 của quốc gia và …")."""
    _, end = within(reading, number.start, number.end)
    behind = [one for one in reading.spans if number.end <= one.start < end]
    said = [one for one in takewhile(lambda one: one.slot != "joint", behind) if one.slot not in IDLE]
    named = len(said) == 1 and (said[0].slot == "programme" or said[0].means("kind", "province"))
    return bool(number.own.programme) and named


def _noun_end(reading: Reading, number: Number | Span) -> int:
    """Where the words behind a number end that may name what it counts: at the end of its sentence, or at the first break
    where what the next number counts stands before that one."""
    _, stop = within(reading, number.start, number.end, ".;:")
    following = min((one.start for one in reading.of("number") if number.end <= one.start), default=stop)
    clause, _ = within(reading, following, following, ",.;:")
    led = number.end <= clause < following < stop
    return within(reading, number.start, number.end, ",.;:")[1] if led else min(following, stop)


def _behind_brackets(reading: Reading, at: int) -> int:
    """Where the words go on behind what stands in brackets at a word; the word itself where nothing does."""
    if at == len(reading.words) or "(" not in reading.words[at].break_before:
        return at
    behind = (n for n in range(at, len(reading.words)) if ")" in reading.words[n].break_before)
    return next(behind, at)


def _same_money(number: Number, before: Sequence[Held]) -> Iterable[str]:
    """The money of the sum before a number, and that of khuyến công."""
    wanted = before[-1].wanted if before and before[-1].number.kind == "money" else None
    apart = number.own.programme and number.own.measure
    if wanted is None or apart or (wanted.indicator in (CAPITAL, OWNERS) and number.own.programme):
        return (FUNDING,)
    return dict.fromkeys((wanted.indicator, FUNDING))
