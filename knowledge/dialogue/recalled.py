"""What somebody says of an answer in words, held against what it told: the same number or day, or another; one line of
a list that it told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from knowledge.dialogue.about import digest, ids_of
from knowledge.dialogue.acts import OF_WORKSHOP
from knowledge.dialogue.asking import Asking, Told
from knowledge.dialogue.followup import ASKING
from knowledge.dialogue.state import Context
from knowledge.language.spans import IDLE, Reading
from knowledge.reading.question import Question
from knowledge.records import Answer
from knowledge.text import fold, words

SO, OTHERWISE = "so", "otherwise"
"""Manners of an answer that is told again because somebody said what it told, or something else."""
DAY = len("06-15")
_MONEY = "money:"
_CLAIMING = ("check", "yes_no")
ITEM = "• "
"""What a line of a list starts with."""
_BESIDE = IDLE | ASKING | {"joint", "reference", "talk"}
"""Slots that do not say what a line is about."""
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

    def line(self, question: Question, context: Context, today: date) -> Told | None:
        """The only line of the list told last that is about what a message names, or is named by it; what was asked stays
        what is spoken of. None where another thing is asked, and where there is no such line, or several."""
        if context.frame not in OF_WORKSHOP or not context.digest:
            return None
        reading = question.reading
        asked = self._asking.read(context.asked, Context(), today).reading
        again, _ = self._asking.answered(context.asked, context.earlier, today)
        entry = next((one for one in again.entries[:1] if one.id in ids_of(context.told, "e")[:1]), None)
        if entry is None or not {*reading.values("aspect")} <= {*asked.values("aspect")}:
            return None
        lines = _lines_about(reading, entry.body)
        if len(lines) != 1:
            return None
        regions = () if reading.has("region") else again.regions
        told = replace(again, case=lines[0], entries=(replace(entry, body=lines[0]),), regions=regions)
        return told, replace(context, digest=digest(told), choices=())

    def _told(self, answer: Answer, today: date) -> Iterator[Value]:
        """The amounts and days that an answer tells, reckoned or in words."""
        if answer.calculation:
            yield "amount", f"{_MONEY}{answer.calculation.result}"
        else:
            yield from (("amount", f"{_MONEY}{row.cap}") for row in answer.levels if row.cap)
        for entry in answer.entries[:1]:
            for text in (answer.case, entry.body, entry.detail):
                yield from _values(self._asking.read(text, Context(), today).reading)


def _lines_about(reading: Reading, body: str) -> list[str]:
    """The lines of a list whose first words have all that a message names, or are all in it."""
    typed = {word.text for word in reading.words}
    named = {word for span in reading.spans if span.slot not in _BESIDE for word in span.text.split()}
    lines = [one.removeprefix(ITEM) for one in body.splitlines() if one.startswith(ITEM) and ":" in one]
    subjects = [set(words(fold(one.partition(":")[0]))) for one in lines]
    fits = (named <= own or own <= typed for own in subjects)
    return [line for line, fit in zip(lines, fits, strict=True) if named and fit]


def _values(reading: Reading) -> Iterator[Value]:
    """The amounts and the days that are named, of days the month and the day."""
    for span in reading.spans:
        if span.slot == "amount":
            yield span.slot, span.value
        day = span.value.removeprefix("~")[-DAY:]
        if span.slot == "period" and len(day) == DAY and day.replace("-", "").isdecimal():
            yield span.slot, day
