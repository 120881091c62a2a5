"""Which messages claim something: they ask whether what they say is right, or only say it."""

from __future__ import annotations

from collections.abc import Collection

from knowledge.answers.claim_days import DAY_CODE
from knowledge.answers.claim_either import offers_two
from knowledge.answers.claim_rules import says_level
from knowledge.answers.claim_shares import shares_in, words_of
from knowledge.dialogue import Context, leans_on
from knowledge.language.editions import edition_in
from knowledge.language.spans import Reading, Span
from knowledge.reading.question import Question

LEAST_STATED = 7
"""Words of a message that states something of a document or an event, more than its name has."""
LONGEST_CLAIM = 900
"""Characters that are still read as one claim; a longer text is read sentence by sentence, as a passage."""
_OF_QUESTIONS = (("intent",), ("joint", "strong"), ("aspect", "new_points"))
"""Meanings of words that want something, or go on with what was told."""
_STATED = frozenset({"check", "list", "edition"})
"""What may be asked, or named, in a message that only states something."""


def is_claim(question: Question, context: Context) -> bool:
    """Whether a message asks if what it says is right, asks yes or no of a number, or only states something, by itself or of
    what the chat was told last."""
    if len(question.clean) > LONGEST_CLAIM:
        return False
    if question.check:
        return not question.reading.has("intent") or bool(question.regions or question.periods.found)
    return is_put(question) or asserts(question, context)


def is_put(question: Question) -> bool:
    """Whether it is asked if what is said is right, which of two numbers is, or yes or no of one."""
    one = question.quantities[0] if len(question.quantities) == 1 else None
    which = question.reading.has("asks", "which") and not question.yes_no
    put = one and (one.scaled if which else question.yes_no and (question.numbered or one.scaled))
    return bool(question.check or offers_two(question) or put)


def asserts(question: Question, context: Context) -> bool:
    """Whether a message asks nothing and says something of a document, an event, a place or a time that may be checked."""
    reading = question.reading
    if question.amount or question.either or _asks(reading):
        return False
    of_event = reading.has("event_name") or reading.has("head", "event") or edition_in(question.clean)
    if len(reading.words) >= LEAST_STATED and (reading.has("document") or of_event):
        return True
    if says_level(reading):
        return True
    placed = any(map(reading.has, ("region", "programme", "level", "entry_name"))) and reading.has("period")
    if not placed and context.route == "figure":  # parts of what was told
        return len(question.quantities) > 1 and leans_on(question, context)
    return placed and (_counts(question) or _dates(reading))


def _asks(reading: Reading) -> bool:
    """Whether some word asks for something; one of rank right before a number is its bound ("ít nhất 15")."""
    numbers = {one.start for slot in ("number", "amount") for one in reading.of(slot)}
    sums = {one.start for one in reading.of("amount")}
    told = words_of(shares_in(reading))
    for span in (one for one in reading.spans if one.start not in told):
        asks = span.means("asks") and not (span.means("asks", *_STATED) or span.means("bound"))
        operator = span.means("operator") and span.end not in numbers and not span.means("bound")
        wants = any(span.means(*one) for one in _OF_QUESTIONS)
        if (asks or operator or wants) and not _totals(span, sums):
            return True
    return any(span.means("asks") and not span.means("asks", *_STATED, "yes_no") for span in reading.inner)


def _totals(span: Span, sums: Collection[int]) -> bool:
    """Whether a word for a sum only says that the one behind it is a total ("tổng cộng 695 triệu"), or of all things that
    they are so, or one for a mean that those behind it are means."""
    mean = span.means("operator", "mean") and any(span.end <= one for one in sums)
    return mean or span.means("function", "all_are") or (span.means("operator", "sum") and span.end in sums)


def _dates(reading: Reading) -> bool:
    """Whether a message says on which day an event was held."""
    days = any(DAY_CODE.fullmatch(one.value) for one in reading.of("period"))
    return days and (reading.has("event_name") or reading.has("head", "event"))


def _counts(question: Question) -> bool:
    """Whether a message says a sum, a percent, or numbers of things that are counted."""
    reading = question.reading
    counted = reading.has("number") and reading.has("head", "scheme", "product_vote")
    several = counted or len(reading.of("number")) > 1
    return bool(several or question.numbered or any(one.scaled for one in question.quantities))
