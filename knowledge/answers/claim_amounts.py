"""Which numbers a claim says: amounts and bare numbers that are part of no time, document or name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from itertools import pairwise

from knowledge.language.numbers import Amount, amounts
from knowledge.language.spans import IDLE, Reading

_KINDS = ("money", "percent", "plain")
_NOT_NUMBERS = ("programme", "period", "document", "document_name", "event_name", "round")
"""Slots whose digits are no amounts."""
_DAY = len("0000-00-00")
_MOST_DIGITS = 6
"""Digits of a bare number; a longer one is a telephone or tax number."""


def numbers_in(reading: Reading, taken: Collection[int]) -> list[Amount]:
    """The numbers of a reading in their order, without the words in `taken`."""
    spans = (*reading.spans, *(span for span in reading.inner if span.slot == "period"))
    named = [span for span in spans if span.slot in _NOT_NUMBERS and span.value != "unread"]
    out = {at for span in named for at in range(span.start, span.end)} | set(taken)
    found = [one for one in amounts(reading.words, out) if one.kind in _KINDS]
    held = {at for one in found for at in range(one.start, one.end)} | out
    found += [
        Amount(at, at + 1, Decimal(word.text), None, "plain")
        for at, word in enumerate(reading.words)
        if at not in held and word.text.isdecimal() and len(word.text) <= _MOST_DIGITS
    ]
    found.sort(key=lambda one: one.start)
    return [one for one in found if not (_of_all(reading, one, found) or _begins_days(reading, one))]


def _of_all(reading: Reading, amount: Amount, found: Sequence[Amount]) -> bool:
    """Whether a number only says of how many the one before it is ("59/63 địa phương")."""
    divided = reading.words[amount.start].break_before == "/"
    before = any(one.end == amount.start and one.kind == "plain" for one in found)
    return divided and before and amount.kind == "plain"


def _begins_days(reading: Reading, amount: Amount) -> bool:
    """Whether a number is the first of several days ("15 đến 19/12")."""
    pairs = ((one, two) for one, two in pairwise(reading.spans) if one.start == amount.end)
    joined = any(one.slot in IDLE and two.slot == "period" and len(two.value) == _DAY for one, two in pairs)
    return joined and amount.kind == "plain"
