"""The amounts of a message and their roles, and the price that is supported.

Only the price of the machine or the activity is supported: own money, loans, building, turnover and capital are told
apart from it, parts belong to their total, and a price for each is multiplied.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from knowledge.language.spans import IDLE, Reading, Span

MONEY, FOREIGN, UNREAD = "money", "foreign", "unread"
NO_PRICE = frozenset({"own", "loan", "building", "revenue", "capital", "cap"})
"""Roles of amounts that are no price."""
_BEHIND = frozenset({"own", "loan", "total", "each", "revenue", "capital", "machine", "building"})
"""Roles that may be said right behind their amount."""
BOUND = "bound"
"""What an amount is called that is only said to be above or below the price."""
MOST_UNITS = 99
TIMES = "x"


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount in đồng, from `low` to `high`. `kind`: money, foreign, unread. `role`: of slot `role`, or nothing.

    `activity`: value of the activity that it is said of. `joined`: said in one breath with the amount before it."""

    low: Decimal
    high: Decimal
    kind: str
    role: str = ""
    activity: str = ""
    start: int = 0
    end: int = 0
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Price:
    """The price that is supported, from `low` to `high` in đồng, for `units`; nothing is known where `high` is 0."""

    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    units: int = 1
    foreign: bool = False
    unread: bool = False


def amounts_in(reading: Reading) -> tuple[Amount, ...]:
    """The amounts of a message in order, each with its role: of the words before it, else of those right behind it."""
    spans = reading.spans
    places = [number for number, span in enumerate(spans) if _is_amount(span) and span.scope != "excluded"]
    found: list[Amount] = []
    free = 0
    for order, place in enumerate(places):
        span = spans[place]
        last = order + 1 == len(places)
        between = spans[free:place]
        said = _said_before(between)
        if between and _is_given(between[-1], alone=len(places) == 1):
            said = _Said("cap", said.activity)
        joined = order > 0 and all(one.slot in IDLE for one in between)
        behind, used = _behind(
            reading, spans[place + 1 :] if last else spans[place + 1 : places[order + 1] + 1], last=last
        )
        if reading.words[span.end - 1 :][1:2] and reading.words[span.end].break_before == "/":
            behind = _Said("each")
        role = said.role or behind.role
        free = place + 1 + (used if role == behind.role and not said.role else 0)
        low, high, kind = _values(span)
        role = role or _bound(between, below=low == 0 < high)
        amount = Amount(low, high, kind, role, said.activity or behind.activity, span.start, span.end, joined)
        if joined and any(one.means("function", "either") for one in between):
            amount = _one_of(found.pop(), amount, reading)
        found.append(amount)
    return tuple(found)


def _bound(between: Sequence[Span], *, below: bool) -> str:
    """The role of an amount that is only said to be above or below the price, or nothing."""
    return BOUND if below or (between and between[-1].means("bound", "above", "below")) else ""


def _one_of(first: Amount, second: Amount, reading: Reading) -> Amount:
    """Two amounts of which one holds: levels where which one is asked, else what lies between them."""
    before = [span for span in reading.spans if span.end <= first.start]
    levels = any(one.means("aspect", "amount") or one.means("head", "support") for one in before)
    asked = levels and not reading.has("asks", "how_much", "how_many")
    low, high = sorted((first, second), key=lambda one: one.high)
    return replace(first, low=low.low, high=high.high, role="cap" if asked else first.role, end=second.end)


def tells_own_price(reading: Reading) -> bool:
    """Whether an owner tells what something for a workshop costs, or how large it is, and nothing of public money or of a
    rule is named."""
    owner = any(map(reading.has, ("trade", "intent", "fact", "entry_name")))
    public = any(map(reading.has, ("measure", "programme", "period", "document")))
    told = reading.has("activity") or reading.has("role", "revenue", "capital")
    return owner and told and reading.has("amount") and not public


def price_of(amounts: Sequence[Amount], reading: Reading, building: Iterable[str] = ()) -> Price:
    """The price of what is bought. `building`: activities whose amounts are no part of it."""
    money = [one for one in amounts if one.kind == MONEY and one.role not in NO_PRICE]
    money = [one for one in money if one.activity not in set(building)]
    money = [one for one in money if one.role != BOUND] or money
    if not money:
        return _without_price(amounts)
    total = _total(money) or _of_machine(money) or money[:1]
    low, high = _sum(total)
    units = _units(reading, total)
    return Price(low * units, high * units, units)


def _without_price(amounts: Sequence[Amount]) -> Price:
    """What own money and a loan make together, where no price is said; else why none is known."""
    whole = [one for one in amounts if one.role in ("own", "loan") and one.kind == MONEY]
    if {one.role for one in whole} == {"own", "loan"}:
        return Price(*_sum(whole))
    kinds = {one.kind for one in amounts}
    return Price(foreign=FOREIGN in kinds, unread=UNREAD in kinds)


def _sum(amounts: Iterable[Amount]) -> tuple[Decimal, Decimal]:
    low = high = Decimal(0)
    for one in amounts:
        low, high = low + one.low, high + one.high
    return low, high


def _total(money: Sequence[Amount]) -> list[Amount]:
    """The one amount that is the sum of the others, or that is called the total."""
    for one in money:
        others = [other for other in money if other is not one]
        if len(others) > 1 and sum(other.high for other in others) == one.high:
            return [one]
    parts = any(one.role == "part" for one in money)
    called = [one for one in money if one.role == "total"]
    machine = [one for one in money if one.role == "machine" or (one.activity and one.role != "total")]
    if called and (parts or len(called) == len(money) or not machine):
        return called[:1]
    return []


def _of_machine(money: Sequence[Amount]) -> list[Amount]:
    """The amounts that are said of the machine or activity, those joined to them included."""
    found: list[Amount] = []
    for one in money:
        own = one.role in ("machine", "each") or bool(one.activity)
        if own or (one.joined and found):
            found.append(one)
    return found


def _units(reading: Reading, total: Sequence[Amount]) -> int:
    """How many there are, where the price is one for each."""
    if len(total) != 1:
        return 1
    spans = [span for span in reading.spans if span.slot == "number" or span.text[:1].isdigit()]
    counts = [
        (span, _count(span))
        for span in spans
        if not _is_amount(span) and span.slot not in ("period", "document")
    ]
    if total[0].role == "each" or reading.has("role", "each"):
        found = next((count for span, count in counts if count > 1), 1)
    else:
        found = next((count for span, count in counts if _times(reading, span)), 1)
    return found if 1 < found <= MOST_UNITS else 1


def _count(span: Span) -> int:
    if span.slot == "number":
        return int(count_of(span))
    digits = span.text.split()[0]
    return int(digits) if digits.isdigit() else 0


def _times(reading: Reading, number: Span) -> bool:
    """Whether a number stands beside a sign of multiplication."""
    own = reading.words[number.start]
    following = reading.words[number.end] if number.end < len(reading.words) else own
    return own.text.startswith(TIMES) or own.typed.startswith("×") or following.text == TIMES


def _is_amount(span: Span) -> bool:
    return span.slot == "amount" and span.value.partition(":")[0] in (MONEY, FOREIGN, UNREAD)


def _values(span: Span) -> tuple[Decimal, Decimal, str]:
    kind, *values = span.value.split(":")
    numbers = [Decimal(one) for one in values] or [Decimal(0)]
    return numbers[0], numbers[-1], kind


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said of one amount."""

    role: str = ""
    activity: str = ""


def _said_before(between: Sequence[Span]) -> _Said:
    """The role and the activity that were said last before an amount."""
    role = activity = ""
    for span in between:
        if span.scope == "excluded":
            continue
        if span.slot == "activity":
            activity = span.value
            role = role if role in ("total", "each", "loan") else ""
        elif span.means("role"):
            named = role_of(span)
            role = named if named not in ("part", "tax") else role or ("part" if named == "part" else "")
        elif span.means("operator", "sum"):
            role = "total"
    return _Said(role, activity)


def _behind(reading: Reading, behind: Sequence[Span], *, last: bool) -> tuple[_Said, int]:
    """What is said right behind an amount, and how many spans say it; nothing where it may belong to the next amount."""
    stops = [
        number
        for number, span in enumerate(behind)
        if reading.words[span.start].break_before not in ("", "/")
    ]
    if not last and not stops:
        return _Said(), 0
    clause = behind[: stops[0]] if stops else behind
    idle = 0
    for number, span in enumerate(clause):
        if span.slot in IDLE:
            idle += 1
            if idle > 1:
                break
            continue
        if span.slot == "activity":
            return _Said("", span.value), number + 1
        role = role_of(span)
        return (_Said(role), number + 1) if role in _BEHIND else (_Said(), 0)
    return _Said(), 0


def _is_given(span: Span, *, alone: bool) -> bool:
    """Whether the words before an amount say that it is what one gets, or has, rather than a price."""
    return span.means("aspect", "amount") or (
        not alone and (span.means("head", "support") or span.means("talk", "yes"))
    )


def role_of(span: Span) -> str:
    """The role that a span names, the narrowest of several; nothing where it names none."""
    roles = [value for slot, value in ((span.slot, span.value), *span.others) if slot == "role"]
    return roles[-1] if roles else ""


def count_of(number: Span) -> Decimal:
    """The count that a span of slot `number` says, the lower end of a range."""
    return Decimal(number.value.split(":")[1])
