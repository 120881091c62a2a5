"""The amounts of a message and their roles, and the price that is supported.

Only the price of the machine or the activity is supported: own money, loans, building, turnover and capital are told
apart from it, parts belong to their total, and a price for each is multiplied.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from knowledge.language.spans import IDLE, Reading, Span

MONEY, FOREIGN, UNREAD = "money", "foreign", "unread"
NO_PRICE = frozenset({"own", "loan", "building", "revenue", "capital", "cap"})
"""Roles of amounts that are no price."""
_BEHIND = frozenset({"own", "loan", "total", "each", "revenue", "capital"})
"""Roles that may be said right behind their amount."""
MOST_UNITS = 99


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
    """The amounts of a message in order, each with its role."""
    spans = reading.spans
    places = [number for number, span in enumerate(spans) if _is_amount(span)]
    found: list[Amount] = []
    before = -1
    for order, place in enumerate(places):
        span = spans[place]
        after = places[order + 1] if order + 1 < len(places) else len(spans)
        between = spans[before + 1 : place]
        role, activity = _said_before(between)
        if between and (between[-1].means("aspect", "amount") or (len(places) > 1 and between[-1].means("talk", "yes"))):
            role = "cap"  # what one gets, or has
        if not role:
            role = _said_behind(reading, spans[place + 1 : after])
        joined = before >= 0 and all(one.slot in IDLE for one in between)
        low, high, kind = _values(span)
        found.append(Amount(low, high, kind, role, activity, span.start, span.end, joined))
        before = place
    return tuple(found)


def price_of(amounts: Sequence[Amount], reading: Reading, building: Iterable[str] = ()) -> Price:
    """The price of what is bought. `building`: activities whose amounts are no part of it."""
    money = [one for one in amounts if one.kind == MONEY and one.role not in NO_PRICE]
    money = [one for one in money if one.activity not in set(building)]
    if not money:
        return Price(
            foreign=any(one.kind == FOREIGN for one in amounts), unread=any(one.kind == UNREAD for one in amounts)
        )
    total = _total(money) or _of_machine(money) or money[:1]
    low, high = sum((one.low for one in total), Decimal(0)), sum((one.high for one in total), Decimal(0))
    units = _units(reading, total)
    return Price(low * units, high * units, units)


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
    spans = reading.spans
    counts = [
        (span, int(count_of(span))) for span in spans if span.slot == "number" and span.value.startswith("plain:")
    ]
    each = total[0].role == "each" or reading.has("role", "each")
    times = [count for span, count in counts if span.end == total[0].start or span.start == total[0].end]
    number = next((count for span, count in counts if _counts_things(reading, span)), 0) if each else 0
    found = number or next((count for count in times if _times(reading)), 0)
    return found if 1 < found <= MOST_UNITS else 1


def _counts_things(reading: Reading, number: Span) -> bool:
    following = next((one for one in reading.spans if one.start >= number.end), None)
    return following is not None and following.slot in ("activity", "role", "unknown", "function", "entry_name")


def _times(reading: Reading) -> bool:
    return any(word.text == "x" or word.typed.startswith("×") for word in reading.words)


def _is_amount(span: Span) -> bool:
    return span.slot == "amount" and span.value.partition(":")[0] in (MONEY, FOREIGN, UNREAD)


def _values(span: Span) -> tuple[Decimal, Decimal, str]:
    kind, *values = span.value.split(":")
    numbers = [Decimal(one) for one in values] or [Decimal(0)]
    return numbers[0], numbers[-1], kind


def _said_before(between: Sequence[Span]) -> tuple[str, str]:
    """The role and the activity that were said last before an amount."""
    role = activity = ""
    for span in between:
        if span.scope == "excluded":
            continue
        if span.slot == "activity":
            activity = span.value
            role = role if role in ("total", "part", "each", "loan") else ""
        elif span.means("role"):
            said = span.value if span.slot == "role" else dict(span.others)["role"]
            role = "part" if said == "part" and not role else said if said not in ("part", "tax") else role
        elif span.means("operator", "sum"):
            role = "total"
    return role, activity


def _said_behind(reading: Reading, behind: Sequence[Span]) -> str:
    """The role that is said right behind an amount ("80 triệu là vay"), within its clause."""
    idle = 0
    for span in behind:
        if reading.words[span.start].break_before not in ("", ":") or idle > 1:
            return ""
        if span.slot in IDLE:
            idle += 1
            continue
        role = span.value if span.slot == "role" else dict(span.others).get("role", "")
        return role if role in _BEHIND else ""
    return ""




def count_of(number: Span) -> Decimal:
    """The count that a span of slot `number` says, the lower end of a range."""
    return Decimal(number.value.split(":")[1])
