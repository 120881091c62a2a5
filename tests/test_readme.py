"""The README shows what the bot really says and scores."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from knowledge.assistant import Assistant
from knowledge.records import Answer
from tests.evaluate import CLOCK, Golden
from tests.measured import HEADINGS, golden_table, made
from tests.readme import README, STALE, block, chat


@pytest.fixture(scope="module")
def text() -> str:
    """The README."""
    return README.read_text(encoding="utf-8")


def test_the_pasted_chat_is_what_the_bot_says(text: str, assistant: Assistant) -> None:
    assert block(text, "chat") == chat(assistant), STALE


@pytest.mark.parametrize("name", ["blind", "probes"])  # folds: `test_property`, by a sample
def test_each_table_is_what_the_evaluation_prints(text: str, assistant: Assistant, name: str) -> None:
    assert block(text, name) == made(name, assistant, lambda: CLOCK), STALE


def test_the_training_table_is_what_the_evaluation_prints(
    text: str, golden_answers: list[tuple[Golden, Answer]]
) -> None:
    assert block(text, "training") == golden_table(golden_answers), STALE


def test_blind_rounds_come_first_and_training_questions_last(text: str) -> None:
    places = [text.index(f"<!-- {name} -->") for name in HEADINGS]
    assert places == sorted(places)


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md"])
def test_the_score_of_training_questions_is_never_called_accuracy(name: str) -> None:
    lines = README.with_name(name).read_text(encoding="utf-8").casefold().splitlines()
    assert not [line for line in lines if "accura" in line and ("golden" in line or "training" in line)]


def test_every_make_command_it_names_exists(text: str) -> None:
    rules = set(
        re.findall(
            r"^([a-z]+):", (Path(README).parent / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
        )
    )
    named = set(re.findall(r"\bmake ([a-z]+)\b(?= |`|$)", text)) - {"are"}
    assert named <= rules, named - rules
