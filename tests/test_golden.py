"""The golden questions, asked once: floors for each group, and no wrong figure anywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from knowledge.records import Answer
from knowledge.telling.render import payload
from tests.evaluate import RIGHT, WRONG, Golden, judge, load, table

FLOORS: dict[str, tuple[float, float]] = {
    "ask_back": (0.84, 0.08),
    "check": (0.98, 0.0),
    "compare": (0.97, 0.01),
    "decline": (0.96, 0.025),
    "document": (0.91, 0.01),
    "event": (0.94, 0.03),
    "figure": (0.97, 0.006),
    "followup": (0.96, 0.01),
    "policy": (0.92, 0.02),
    "smalltalk": (0.95, 0.05),
    "support": (0.94, 0.025),
}
"""Group → least share of right answers, largest share of wrong ones."""

LEAST_QUESTIONS = 1_000
LEAST_FIGURE_QUESTIONS = 400
FIGURE_EXPECTATIONS = ("figure", "compare", "check", "correct")
"""Kinds of expectation that are about figures, in the groups of `FIGURE_GROUPS`."""

FIGURE_GROUPS = ("figure", "compare", "followup", "check")


@dataclass(frozen=True)
class Asked:
    """A golden question with its answer and the verdict on it."""

    golden: Golden
    answer: dict[str, Any]
    outcome: str
    why: str

    def __str__(self) -> str:
        return f"{self.golden.id} {' → '.join(self.golden.turns)} | {self.why}"


@pytest.fixture(scope="module")
def asked(golden_answers: list[tuple[Golden, Answer]]) -> list[Asked]:
    """Every golden question, asked and judged."""
    rows = []
    for golden, told in golden_answers:
        answer = payload(told)
        rows.append(Asked(golden, answer, *judge(golden.expect, answer)))
    return rows


def is_wrong_figure(row: Asked) -> bool:
    """A figure question with a wrong answer, or a question without an answer here that got a figure."""
    kind = row.golden.expect["type"]
    if row.golden.group in FIGURE_GROUPS and kind in FIGURE_EXPECTATIONS:
        return row.outcome == WRONG
    return kind == "no_answer" and row.answer["status"] == "answered" and bool(row.answer["figures"])


def counted(rows: Sequence[Asked]) -> str:
    """The table of `tests.evaluate`, for failure messages."""
    return "\n" + table((row.golden, row.outcome) for row in rows)


def test_there_are_enough_golden_questions_and_none_twice() -> None:
    goldens = load()
    figures = [
        golden
        for golden in goldens
        if golden.group in FIGURE_GROUPS and golden.expect["type"] in FIGURE_EXPECTATIONS
    ]
    assert len(goldens) >= LEAST_QUESTIONS
    assert len(figures) >= LEAST_FIGURE_QUESTIONS
    for named in (Counter(golden.id for golden in goldens), Counter(golden.turns for golden in goldens)):
        assert not [one for one, times in named.items() if times > 1]


def test_every_group_has_its_floor() -> None:
    assert {golden.group for golden in load()} == set(FLOORS)


@pytest.mark.parametrize("group", FLOORS)
def test_group_stays_above_its_floor(asked: list[Asked], group: str) -> None:
    rows = [row for row in asked if row.golden.group == group]
    least_right, most_wrong = FLOORS[group]
    right = sum(row.outcome == RIGHT for row in rows) / len(rows)
    wrong = [row for row in rows if row.outcome == WRONG]
    listed = "\n".join(map(str, wrong))
    assert right >= least_right, f"{right:.1%} right{counted(rows)}"
    assert len(wrong) / len(rows) <= most_wrong, f"{len(wrong)} wrong{counted(rows)}\n{listed}"


def test_no_figure_is_ever_wrong(asked: list[Asked]) -> None:
    wrong = [row for row in asked if is_wrong_figure(row)]
    assert not wrong, f"{len(wrong)} wrong figures:\n" + "\n".join(map(str, wrong))


def test_a_question_that_is_declined_shows_no_figure_as_its_answer(asked: list[Asked]) -> None:
    shown = [row for row in asked if row.answer["status"] == "no_answer" and row.answer["figures"]]
    assert not shown, "\n".join(map(str, shown))
