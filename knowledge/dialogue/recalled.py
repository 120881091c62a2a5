"""What somebody says of an answer in words, held against what it told: the same number or day, or another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from knowledge.dialogue.acts import OF_WORKSHOP
from knowledge.dialogue.asking import Asking, Told
from knowledge.dialogue.state import Context
from knowledge.language.spans import Reading
from knowledge.reading.question import Question
from knowledge.records import Answer

SO, OTHERWISE = "so", "otherwise"
"""Manners of an answer that is told again because somebody said what it told, or something else."""
DAY = len("06-15")
_MONEY = "money:"
_CLAIMING = ("check", "yes_no")
Value = tuple[str, str]


class Recalled:
    """Tells answers again that somebody asks to have confirmed."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking

    def claimed(self, question: Question, context: Context, today: date) -> Told | None:
        """The last answer again, with whether it told the number or the day that somebody repeats; the chat stays as it
        was. None where nothing of that kind is said, or was told."""
        reading = question.reading
        said = set(_values(reading))
        asks = {*reading.values("asks")} - {*_CLAIMING}
        if context.frame not in OF_WORKSHOP or not context.digest or not question.check or not said or asks:
            return None
        again, _ = self._asking.answered(context.asked, context.earlier, today)
        told = set(self._told(again, today))
        if again.status != "answered" or not {slot for slot, _ in said} <= {slot for slot, _ in told}:
            return None
        return replace(again, manner=SO if said <= told else OTHERWISE), replace(context, choices=())

    def _told(self, answer: Answer, today: date) -> Iterator[Value]:
        """The amounts and days that an answer tells, reckoned or in words."""
        if answer.calculation:
            yield "amount", f"{_MONEY}{answer.calculation.result}"
        else:
            yield from (("amount", f"{_MONEY}{row.cap}") for row in answer.levels if row.cap)
        for entry in answer.entries[:1]:
            for text in (entry.body, entry.detail):
                yield from _values(self._asking.read(text, Context(), today).reading)


def _values(reading: Reading) -> Iterator[Value]:
    """The amounts and the days that are named, of days the month and the day."""
    for span in reading.spans:
        if span.slot == "amount":
            yield span.slot, span.value
        day = span.value.removeprefix("~")[-DAY:]
        if span.slot == "period" and len(day) == DAY and day.replace("-", "").isdecimal():
            yield span.slot, day
