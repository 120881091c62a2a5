"""The README shows what the bot really says and scores."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from knowledge.assistant import Assistant
from tests.readme import README, block, chat, golden_table


@pytest.fixture(scope="module")
def text() -> str:
    """The README."""
    return README.read_text(encoding="utf-8")


def test_the_pasted_chat_is_what_the_bot_says(text: str, assistant: Assistant) -> None:
    assert block(text, "chat") == chat(assistant)


def test_the_golden_table_is_what_the_evaluation_prints(text: str, assistant: Assistant) -> None:
    assert block(text, "eval") == golden_table(assistant)


def test_every_make_command_it_names_exists(text: str) -> None:
    rules = set(
        re.findall(
            r"^([a-z]+):", (Path(README).parent / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
        )
    )
    named = set(re.findall(r"\bmake ([a-z]+)\b(?= |`|$)", text)) - {"are"}
    assert named <= rules, named - rules
