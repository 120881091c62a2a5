"""A base a hundred times as large answers the same questions as surely, and one question costs about the same."""

from __future__ import annotations

from collections import Counter
from time import process_time

import pytest

from knowledge.assistant import Assistant
from knowledge.base import KnowledgeBase
from tests.bench import outcome_of, share
from tests.evaluate import CLOCK, RIGHT, WRONG
from tests.scale import Probe, enlarged, probes

SMALL, LARGE = 500, 10_000
QUESTIONS = 200
MOST_GROWTH = 2.5
OPEN = (
    "kinh phí khuyến công năm 2023",
    "kinh phí khuyến công Thanh Hóa",
    "kế hoạch khuyến công địa phương",
    "kinh phí khuyến công Thanh Hóa năm 2031",
    "khuyến công phía Bắc thực hiện bao nhiêu",
    "số cơ sở được hỗ trợ máy móc",
    "KCQG cả nước 2032",
)
"""Questions that leave slots open, or name what is not held."""


@pytest.fixture(scope="module")
def assistants(base: KnowledgeBase) -> dict[int, Assistant]:
    """Number of rows → an assistant of a base with so many figures and entries."""
    return {rows: Assistant(enlarged(base, rows), lambda: CLOCK) for rows in (SMALL, LARGE)}


def asked(assistant: Assistant) -> tuple[list[tuple[Probe, str]], float]:
    """Each probe with the verdict on its answer, and the median CPU milliseconds of one."""
    judged, times = [], []
    for probe in probes(assistant.base, QUESTIONS):
        started = process_time()
        answer, _ = assistant.ask(probe.text)
        times.append((process_time() - started) * 1000)
        judged.append((probe, outcome_of(probe, answer)))
    return judged, share(times, 0.5)


@pytest.fixture(scope="module")
def large(assistants: dict[int, Assistant]) -> tuple[list[tuple[Probe, str]], float]:
    """The questions to the large base."""
    return asked(assistants[LARGE])


def test_the_right_row_is_found_among_thousands_that_resemble_it(
    large: tuple[list[tuple[Probe, str]], float],
) -> None:
    """Titles there differ in one word: the trade, the province or the year. What is wrong tells the level of the activity."""
    verdicts = Counter((probe.entry is not None, verdict) for probe, verdict in large[0])
    of_entries = sum(count for (entry, _), count in verdicts.items() if entry)
    assert verdicts[True, RIGHT] >= 0.8 * of_entries
    assert verdicts[True, WRONG] <= 0.1 * of_entries
    assert verdicts[False, RIGHT] >= 0.9 * (QUESTIONS - of_entries)


def test_a_question_costs_about_the_same_in_a_base_twenty_times_as_large(
    assistants: dict[int, Assistant], large: tuple[list[tuple[Probe, str]], float]
) -> None:
    """Medians on one machine, so that its speed does not matter."""
    _, small = asked(assistants[SMALL])
    assert large[1] <= MOST_GROWTH * small


def test_a_question_that_leaves_slots_open_goes_through_no_list_of_rows(
    assistants: dict[int, Assistant],
) -> None:
    """The dearest of them, in a base twenty times as large: a list that is gone through costs twenty times as much."""
    dearest = [max(_costs(assistants[rows])) for rows in (SMALL, LARGE)]
    print(f"{dearest[0]:.1f} ms, {dearest[1]:.1f} ms")
    assert dearest[1] <= 2 * MOST_GROWTH * dearest[0]


def _costs(assistant: Assistant) -> list[float]:
    """CPU milliseconds of each open question: the median of five, once everything is prepared."""
    assistant.prepare()
    found = []
    for question in OPEN:
        times = []
        for _ in range(6):
            started = process_time()
            assistant.ask(question)
            times.append((process_time() - started) * 1000)
        found.append(share(times[1:], 0.5))
    return found
