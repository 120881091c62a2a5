"""The same question in another spelling or encoding gets the same answer."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from random import Random

import pytest

from knowledge.assistant import Assistant
from knowledge.dialogue import Context
from knowledge.records import Answer, Document, Entry, Event, SupportLevel
from tests.evaluate import Golden, load
from tests.noise import NOISES
from tests.questions import slot_of

Identity = tuple[str, str, tuple[str, ...]]

LEAST_SAME: dict[str, float] = {
    "NFC": 1.0,
    "NFD": 1.0,
    "upper case": 1.0,
    "without marks": 0.998,  # where marks are typed they tell words apart: "đá" is no "da"
    "raw Telex": 0.996,  # nobody types a paragraph of a report so; it is pasted
    "raw VNI": 0.996,
}
"""Form → least share of the golden questions whose answer is the same as in the form in which they are written."""

FORMS: dict[str, Callable[[str], str]] = {
    "NFC": lambda text: unicodedata.normalize("NFC", text),
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "upper case": lambda text: NOISES["upper"](text, Random(0)),
    "without marks": lambda text: NOISES["no_marks"](text, Random(0)),
    "raw Telex": lambda text: NOISES["telex"](text, Random(0)),
    "raw VNI": lambda text: NOISES["vni"](text, Random(0)),
}


def identity(answer: Answer) -> Identity:
    """What makes two answers the same: status, kind, and the lead figure's slot or the ids of what is shown."""
    if answer.figures:
        return answer.status, answer.kind, slot_of(answer.figures[0])
    rows: tuple[Entry | Document | Event | SupportLevel, ...] = (
        *answer.entries[:1],
        *answer.documents[:1],
        *answer.events[:1],
        *answer.levels[:1],
    )
    return answer.status, answer.kind, tuple(row.id for row in rows)


def answer_to(assistant: Assistant, turns: Sequence[str]) -> Identity:
    """The identity of the answer to the last turn of a chat."""
    context: Context | None = None
    for turn in turns:
        answer, context = assistant.ask(turn, context)
    return identity(answer)


@pytest.fixture(scope="module")
def written(golden_answers: list[tuple[Golden, Answer]]) -> list[tuple[Golden, Identity]]:
    """Of each group every eighth golden question that is spelt with all marks, with the answer that it gets as written."""
    clean = sorted((row for row in golden_answers if not row[0].noise), key=lambda row: row[0].group)
    return [(golden, identity(answer)) for golden, answer in clean[::8]]


def differing(
    assistant: Assistant, written: Sequence[tuple[Golden, Identity]], form: str
) -> list[tuple[Golden, Identity, Identity]]:
    """The questions whose answer is another one in `form`, with both answers."""
    change = FORMS[form]
    found = []
    for golden, expected in written:
        turns = [change(turn) for turn in golden.turns]
        got = expected if tuple(turns) == golden.turns else answer_to(assistant, turns)
        if got != expected:
            found.append((golden, expected, got))
    return found


def test_enough_questions_of_every_group_are_compared(written: list[tuple[Golden, Identity]]) -> None:
    assert len(written) >= 250
    assert {golden.group for golden, _ in written} == {golden.group for golden in load()}


@pytest.mark.parametrize("form", LEAST_SAME)
def test_answers_agree(assistant: Assistant, written: list[tuple[Golden, Identity]], form: str) -> None:
    other = differing(assistant, written, form)
    same = 1 - len(other) / len(written)
    print(f"{form}: {same:.2%} of {len(written)} answers are the same")
    listed = "\n".join(f"{golden.id} {golden.turns[-1]} | {a} | {b}" for golden, a, b in other)
    assert same >= LEAST_SAME[form], f"{form}: {same:.2%} the same\n{listed}"
