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

pytestmark = pytest.mark.alone

SMALL, LARGE = 500, 10_000
QUESTIONS = 200
MOST_GROWTH = 2.5


def asked(base: KnowledgeBase) -> tuple[list[tuple[Probe, str]], float]:
    """Each probe with the verdict on its answer, and the median CPU milliseconds of one."""
    assistant = Assistant(base, lambda: CLOCK)
    judged, times = [], []
    for probe in probes(base, QUESTIONS):
        started = process_time()
        answer, _ = assistant.ask(probe.text)
        times.append((process_time() - started) * 1000)
        judged.append((probe, outcome_of(probe, answer)))
    return judged, share(times, 0.5)


@pytest.fixture(scope="module")
def large(base: KnowledgeBase) -> tuple[list[tuple[Probe, str]], float]:
    """The questions to the large base."""
    return asked(enlarged(base, LARGE))


def test_the_right_row_is_found_among_thousands_that_resemble_it(
    large: tuple[list[tuple[Probe, str]], float],
) -> None:
    """Titles there differ in one word: the trade, the province or the year."""
    verdicts = Counter((probe.entry is not None, verdict) for probe, verdict in large[0])
    of_entries = sum(count for (entry, _), count in verdicts.items() if entry)
    assert verdicts[True, RIGHT] >= 0.8 * of_entries
    assert verdicts[True, WRONG] <= 0.08 * of_entries
    assert verdicts[False, RIGHT] >= 0.9 * (QUESTIONS - of_entries)


def test_a_question_costs_about_the_same_in_a_base_twenty_times_as_large(
    base: KnowledgeBase, large: tuple[list[tuple[Probe, str]], float]
) -> None:
    """Medians on one machine, so that its speed does not matter."""
    _, small = asked(enlarged(base, SMALL))
    assert large[1] <= MOST_GROWTH * small
