"""The numbers of a claim as they stand in its words, without those that count nothing, and the programme named beside one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal

from knowledge.answers.claim_words import LOCAL, PROGRAMMES, is_break, within
from knowledge.language.numbers import Amount, amounts
from knowledge.language.spans import Reading, Span

_KINDS = ("money", "percent", "plain")
_NOT_NUMBERS = ("programme", "period", "document", "document_name", "event_name", "round")
"""Slots whose digits are no amounts."""
_MOST_DIGITS = 6
"""Digits of a bare number; a longer one is a telephone or tax number."""


def numbers_in(reading: Reading, taken: Collection[int]) -> list[Amount]:
    """The numbers of a reading in their order, without the words in `taken`, and of "59/63" only the first."""
    spans = (*reading.spans, *(span for span in reading.inner if span.slot == "period"))
    named = [span for span in spans if span.slot in _NOT_NUMBERS and span.value != "unread"]
    out = {at for span in named for at in range(span.start, span.end)} | set(taken)
    found = [one for one in amounts(reading.words, out) if one.kind in _KINDS]
    out |= {at for one in found for at in range(one.start, one.end)}
    found += [
        Amount(at, at + 1, Decimal(word.text), None, "plain")
        for at, word in enumerate(reading.words)
        if at not in out and word.text.isdecimal() and len(word.text) <= _MOST_DIGITS
    ]
    found.sort(key=lambda one: one.start)
    found = [_carried(reading, one, found) for one in found]
    none = (_divides, _is_article, _ends_a_name)
    return [one for one in found if not any(holds(reading, one, found) for holds in none)]


def _carried(reading: Reading, amount: Amount, found: Sequence[Amount]) -> Amount:
    """A broken number of which no noun follows, right behind the programme or the measure of a sum: counted in the unit of
    the sum before it ("170,8 tỷ, trong đó KCQG 71,5")."""
    sums = [one for one in found if one.kind == "money" and one.end <= amount.start]
    before = next((one for one in reading.spans if one.end == amount.start), None)
    alone = amount.end == len(reading.words) or is_break(reading, amount.end)
    if amount.kind != "plain" or amount.value % 1 == 0 or not (sums and alone and before):
        return amount
    if before.slot not in ("programme", "measure"):
        return amount
    units = [word for word in reading.words[sums[-1].start : sums[-1].end] if not word.text[0].isdigit()]
    told = amounts([*reading.words[amount.start : amount.end], *units])
    return replace(amount, value=told[0].value, kind="money") if len(told) == 1 else amount


def _ends_a_name(reading: Reading, amount: Amount, found: Sequence[Amount]) -> bool:
    """Whether a number that counts nothing is the last word of the name of an office ("Trung tâm … 1")."""
    alone = amount.end == len(reading.words) or is_break(reading, amount.end)
    before = next((one for one in reading.spans if one.end == amount.start), None)
    offices = [one for one in reading.of("kind", "office") if one.end <= amount.start]
    clause, _ = within(reading, amount.start, amount.start)
    named = before is not None and (before.slot == "unknown" or before in offices)
    return (
        named
        and any(clause <= one.start for one in offices)
        and alone
        and amount.kind == "plain"
        and not is_break(reading, amount.start)
    )


def _is_article(reading: Reading, amount: Amount, found: Sequence[Amount]) -> bool:
    """Whether a number is the word for one, which says of what each is told and counts nothing ("một đề án")."""
    return amount.kind == "plain" and amount.value == 1 and not reading.words[amount.start].text.isdecimal()


def _divides(reading: Reading, amount: Amount, found: Sequence[Amount]) -> bool:
    """Whether a number only says of how many the one before it is."""
    divided = reading.words[amount.start].break_before == "/"
    return divided and any(one.end == amount.start and one.kind == "plain" for one in found)


def programme_said(reading: Reading, span: Span, amount: Amount, following: str) -> str:
    """The programme that a span names; a sum "of the localities" is of the local one, and a count that is told beside
    one of the nation ("54 của quốc gia và 412 của địa phương")."""
    named = [
        span,
        *(one for one in reading.inner if span.start <= one.start and one.end <= span.end),
    ]
    if span.slot in ("programme", "head"):
        said = (value for one in named for value in PROGRAMMES if one.means("programme", value))
        return next(said, "")
    theirs = span.start > amount.end and reading.has("programme", "KCQG")
    local = (amount.kind == "money" or theirs) and span.means("kind", "province") and following != "region"
    return LOCAL if local else ""
