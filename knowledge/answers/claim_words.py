"""The words of a claim: its numbers as they are read, the slots of each, and the words as they were typed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from knowledge.finding.regrouped import names_provinces
from knowledge.language.numbers import Amount
from knowledge.language.spans import IDLE, Reading, Span

SUMS = ("plan", "allocated", "assigned", "actual", "estimate", "target")
LOOSE = ("allocated", "assigned")
"""Measures that are said of what was planned and of what was spent."""
RIGHT = ("match", "rounded", "likely")
"""Outcomes of a part that is right."""
LOCAL = "KCDP"
PROGRAMMES = ("KCQG", LOCAL)
_BETWEEN = (*IDLE, "period", "talk", "kind", "joint")
"""What may stand between a region and the number of its provinces."""
_BREAKS = frozenset(',.;:()?!"+=')
_NEVER_NOUN = ("asks", "measure", "period")
_NO_NOUN = (*_NEVER_NOUN, "programme", "region")
_LONGEST_NOUN = 4
"""Words of what is counted that are said again."""
YEAR, DAY, TERM = 4, 5, 9
"""Letters of a year, of a day in a code of a time, and of a span of years."""
YEAR_WORDS = 2
"""Words of a year that is named alone."""


@dataclass(frozen=True, slots=True)
class Slots:
    """What the words before a number say that it is of. Empty where they say nothing."""

    measure: str = ""
    programme: str = ""
    regions: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a claim. `start`, `end`: words; `own`: slots named beside it; `slots`: with those that still hold.

    `direction`: 1 or -1 where it is a rise or a fall, and `moved` where it is that move itself; `first`: what stood before
    the word for it. `share`, `rate`: a percent of a whole, or of a plan. `against`: the times that it is held against.
    `total`: a word for a sum was said before it.
    """

    start: int
    end: int
    value: Decimal
    kind: str
    text: str
    own: Slots = Slots()
    slots: Slots = Slots()
    direction: int = 0
    moved: bool = False
    share: bool = False
    rate: bool = False
    bound: str = ""
    about: bool = False
    against: tuple[str, ...] = ()
    value_max: Decimal | None = None
    first: Slots | None = None
    total: bool = False

    @property
    def first_differs(self) -> bool:
        """Whether something was named behind the word for a rise or a fall, which is held against what stood before."""
        return self.first is not None and self.own != Slots()


@dataclass(slots=True)
class Lead:
    """What was read since the last number."""

    own: Slots = field(default_factory=Slots)
    held: Slots = field(default_factory=Slots)
    against: tuple[str, ...] = ()
    comparing: bool = False
    direction: int = 0
    moved: bool = False
    share: bool = False
    rate: bool = False
    bound: str = ""
    about: bool = False
    total: bool = False
    apart: bool = False
    first: Slots | None = None
    sentence: bool = False


def typed(reading: Reading, start: int, end: int) -> str:
    """Words `start` to `end` as they were typed, with what stands between them in the clean text."""
    said = ""
    for word in reading.words[start:end]:
        between = word.break_before if said else ""
        said += f"{between}{'' if between in ('/', '-') else ' '}{word.typed or word.text}"
    return said.strip()


def with_noun(reading: Reading, number: Number) -> str:
    """A number as it was typed, with what it counts."""
    if number.kind != "plain":
        return number.text
    spans = {at: span for span in reading.spans for at in range(span.start, span.end)}
    noun, second = spans.get(number.end), spans.get(number.end + 1)
    whole = noun if noun is not None and noun.means("level") else second
    reach = whole.end if whole is not None else number.end + 1
    reach = reach if reach - number.end <= _LONGEST_NOUN else number.end + 2
    behind: list[str] = []
    for at in range(number.end, min(reach, len(reading.words))):
        word, span = reading.words[at], spans[at]
        ends = span.slot in (_NO_NOUN if span is not noun else _NEVER_NOUN)
        if span.slot in IDLE:
            ends = bool(behind) or (second is not None and second.slot in _NO_NOUN)
        if word.break_before or word.text[0].isdigit() or ends:
            break
        behind.append(word.typed or word.text)
    return " ".join((number.text, *behind))


def is_break(reading: Reading, at: int) -> bool:
    """Whether a clause ends before word `at`."""
    return at < len(reading.words) and bool(_BREAKS & set(reading.words[at].break_before))


def within(reading: Reading, start: int, end: int, marks: Collection[str] = _BREAKS) -> tuple[int, int]:
    """The words around words `start` to `end`, up to one of these marks on either side."""
    breaks = [
        at for at, word in enumerate(reading.words) if at and not set(marks).isdisjoint(word.break_before)
    ]
    before = max((at for at in breaks if at <= start), default=0)
    return before, min((at for at in breaks if at >= end), default=len(reading.words))


def is_product(noun: Span) -> bool:
    """Whether a word names products, or their being handed in for a vote."""
    return noun.means("kind", "product") or noun.means("head", "product_vote") or is_entered(noun)


def is_entered(noun: Span) -> bool:
    """Whether a word names what was handed in for a vote, or the handing in."""
    return noun.means("aspect", "papers") or noun.means("vote", "entered")


def is_honoured(span: Span) -> bool:
    """Whether a word says that products were honoured."""
    return span.means("vote", "honoured")


def owners_pay(clause: Sequence[Span]) -> bool:
    """Whether a clause says that a sum is what the workshops pay: by a word for it, or with them as those who do."""
    if any(span.means("role", "own", "other") for span in clause):
        return True
    pairs = pairwise([None, *clause])
    who = any(
        two is not None and two.means("kind", "establishment") and not (one and one.slot == "number")
        for one, two in pairs
    )
    other = ("head", "programme", "measure")
    return who and not any(span.slot in other and not span.means("measure", "share") for span in clause)


def of_owners(behind: Sequence[Span]) -> bool:
    """Whether the words behind a sum say that it is money of the workshops ("là vốn của các cơ sở")."""
    said = [span for span in behind if span.slot not in IDLE]
    theirs = len(said) > 1 and said[0].means("head", "funding") and said[1].means("kind", "establishment")
    return theirs or any(span.means("role", "own") for span in said)


def tells_parts(reading: Reading, number: Number) -> bool:
    """Whether the parts of a sum are told right behind it."""
    behind = next((one for one in reading.spans if one.start >= number.end and one.slot not in IDLE), None)
    return behind is not None and (behind.means("role", "part") or behind.means("asks", "list"))


def with_owners(reading: Reading, number: Number) -> bool:
    """Whether what the workshops pay is told behind a sum as one of its parts."""
    own = any(one.start >= number.end for one in reading.of("role", "own"))
    return own and tells_parts(reading, number)


def of_region(reading: Reading, number: Number) -> bool:
    """Whether a number counts provinces and nothing but a time stands between it and its region."""
    noun = next((span for span in reading.spans if span.start == number.end), None)
    if any(span.slot == "region" and span.start <= number.start < span.end for span in reading.spans):
        return True
    if noun is None or not names_provinces(noun) or _act(reading, noun):
        return False
    spans = [one for one in reading.spans if one.slot not in _BETWEEN and not _of_whole_list(one)]
    behind = next((span for span in spans if span.start >= noun.end), None)
    before = next((span for span in reversed(spans) if span.end <= number.start), None)
    return any(span is not None and span.slot == "region" for span in (before, behind))


def _act(reading: Reading, noun: Span) -> bool:
    """Whether what provinces do stands right behind them ("tỉnh, thành phố dự …"): they are those who did it."""
    end = noun.end
    for one in reading.of("kind", "province"):
        end = one.end if one.start == end else end
    act = next((one for one in reading.spans if one.start == end), None)
    return act is not None and act.slot in ("activity", "aspect") and not is_break(reading, act.start)


def _of_whole_list(span: Span) -> bool:
    """Whether a word only says that all of a list are counted ("gồm", "tất cả")."""
    return span.means("asks", "list") or span.means("programme", "total")


def merged(own: Slots, held: Slots) -> Slots:
    """Slots of one's own, completed from those that still hold."""
    return Slots(
        own.measure or held.measure, own.programme or held.programme, own.regions or held.regions,
        own.periods or held.periods,
    )  # fmt: skip


def said_time(span: Span) -> str:
    """A time as its own words say it: a year alone, or a part whose year was named elsewhere as `~part`."""
    year, _, part = span.value.partition("-")
    said = span.text.split()
    if not part or not year.isdigit() or len(year) != YEAR or (part.isdigit() and len(part) == YEAR):
        return span.value
    named = any(word.isdigit() and len(word) == YEAR for word in said)
    if named and said[-1] == year and len(said) <= YEAR_WORDS:
        return year
    return span.value if named or len(part) == DAY else f"~{part}"


def year_of(code: str) -> str:
    """The year of a part of one; a span of years as it is."""
    return code if len(code) == TERM else code[:YEAR]


def completed(numbers: Sequence[Number], spans: Sequence[Span]) -> list[Number]:
    """The same numbers; a place or a time that is named only behind all of them is theirs too."""
    named = {
        "regions": [span.value for span in spans if span.slot == "region"],
        "periods": [span.value for span in spans if span.slot == "period" and span.value[:1].isdigit()],
    }
    found = []
    for number in numbers:
        slots = number.slots
        if not slots.regions and len(dict.fromkeys(named["regions"])) == 1:
            slots = replace(slots, regions=(named["regions"][0],))
        if not slots.periods:
            free = tuple(dict.fromkeys(named["periods"]))
            slots = replace(slots, periods=free if len(free) == 1 else ())
        found.append(replace(number, slots=slots))
    return found


HALF_OF_A_PLAN = 50
"""Percent."""


def more_than_half(amount: Amount) -> bool:
    """Whether a number is a percent of more than a half: so much is reached of a plan, not added to it."""
    return amount.kind == "percent" and amount.value > HALF_OF_A_PLAN
