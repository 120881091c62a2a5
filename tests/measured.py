"""The four tables by which the bot is judged, in the order of what they are worth: see `tests/evaluate.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from knowledge.assistant import Assistant
from knowledge.records import Answer
from knowledge.telling.render import payload
from tests import evaluate, folds, probing, rounds
from tests.evaluate import Golden

HEADINGS = {
    "blind": "blind rounds: first scores, judged by hand",
    "folds": "folds: facts and wordings that were not learnt",
    "probes": "probes by kind of failure",
    "training": "training questions",
}
"""Name of each table, and what stands above it."""


def golden_table(answers: Iterable[tuple[Golden, Answer]]) -> str:
    """Right, asked back or declined, wrong, by group of the training questions."""
    rows = [(golden, evaluate.judge(golden.expect, payload(answer))[0]) for golden, answer in answers]
    return "\n".join(line for line in evaluate.table(rows).splitlines() if "noise:" not in line)


def made(name: str, assistant: Assistant, clock: Callable[[], date]) -> str:
    """One of the tables of `HEADINGS` as Markdown."""
    if name == "blind":
        return rounds.table()
    if name == "folds":
        return folds.table(assistant)
    if name == "probes":
        return probing.table(probing.outcomes(assistant))
    return golden_table(evaluate.answers(assistant))
