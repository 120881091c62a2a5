"""What is learnt from questions: whether they are ours, what they are about, and that a decision on words is final."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from db.connection import open_database
from db.edits import apply
from db.proposals import Change
from db.snapshot import load
from knowledge.assistant import Assistant
from knowledge.base import KnowledgeBase
from knowledge.learning import ours, topics_of
from knowledge.text import wording

TODAY = date(2026, 11, 23)
ENTRY = "khai-niem-muc-tieu"
REPORT = "danh-gia-chung-2021"


TAUGHT = (
    "kinh phí khuyến công phía Nam 2023 vì sao thấp",
    "giá vàng thì liên quan gì",
    "zorp",
    "kp kc j z ad ơi???",
    "phia nam 2031",
)
OF_REPORT = ("kinh phí khuyến công phía Nam 2023 vì sao thấp", "phía Nam 2031 làm gì vậy")


def _taught(built: Path, folder: Path, entry: str, questions: Sequence[str]) -> Assistant:
    """An assistant over a base in which an entry has these ways of asking, too."""
    path = Path(shutil.copy(built, folder / "khuyencong.db"))
    with open_database(path) as db:
        held = load(path).entries[entry].questions
        apply(db, Change(1, "edit", "entries", entry, {"questions": (*held, *questions)}), TODAY)
    return Assistant(load(path), lambda: TODAY)


@pytest.fixture(scope="module")
def taught(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return _taught(built, tmp_path_factory.mktemp("taught"), ENTRY, TAUGHT)


@pytest.fixture(scope="module")
def reporting(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return _taught(built, tmp_path_factory.mktemp("reporting"), REPORT, OF_REPORT)


@pytest.mark.parametrize("typed", TAUGHT)
def test_what_was_made_a_way_of_asking_is_answered_however_it_is_typed(
    assistant: Assistant, taught: Assistant, typed: str
) -> None:
    assert assistant.ask(typed)[0].status != "answered"
    for text in (typed, typed.upper(), f"{typed} !", f"  {typed}"):
        answer, _ = taught.ask(text)
        assert (answer.status, [entry.id for entry in answer.entries[:1]]) == ("answered", [ENTRY])


@pytest.mark.parametrize(
    ("stored", "asked"),
    [
        (OF_REPORT[0], "kinh phí khuyến công phía Nam 2024 vì sao thấp"),
        (OF_REPORT[1], "phía Bắc 2031 làm gì vậy"),
        (OF_REPORT[1], "phía Nam 2032 làm gì vậy"),
    ],
)
def test_a_reports_way_of_asking_for_one_year_or_region_is_none_for_another(
    reporting: Assistant, stored: str, asked: str
) -> None:
    assert reporting.ask(stored)[0].entries[0].id == REPORT
    assert reporting.ask(asked)[0].status != "answered"


def test_words_that_belong_to_two_entries_decide_nothing(base: KnowledgeBase) -> None:
    first, second = list(base.entries.values())[:2]
    entries = [replace(one, questions=("zorp blim",)) for one in (first, second)]
    assistant = Assistant(
        KnowledgeBase(
            sources=[], regions=list(base.regions.values()), indicators=[], figures=[], relations=[],
            documents=[], events=[], levels=[], entries=entries,
        ),
        lambda: TODAY,
    )  # fmt: skip
    assert "zorp blim" not in assistant.routes.library.asked_by


def test_the_nearest_entries_come_in_the_order_of_the_ranking(assistant: Assistant) -> None:
    entry = assistant.base.entries[ENTRY]
    near = assistant.nearest(entry.questions[0])
    assert near[0] == entry
    assert len(near) == 4
    assert assistant.nearest("zorp blim") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("giá vàng hôm nay", False),
        ("???", False),
        ("chào bot", False),
        ("zorp blim", True),
        ("kế hoạch KCĐP phía Nam năm 2031", True),
        ("kinh phí khuyến công phía Bắc 2023", True),
    ],
)
def test_small_talk_and_other_fields_are_not_ours(assistant: Assistant, text: str, expected: bool) -> None:
    assert ours(assistant.ask(text)[0]) == expected


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("kinh phí khuyến công phía Bắc 2023", ("indicator:kinh-phi", "region:phia_bac")),
        ("kế hoạch phía Bắc 2024 so với 2023", ("indicator:kinh-phi", "region:phia_bac")),
        ("nghị định 235/2025", ("document:235-2025-nd-cp",)),
        ("zorp blim", ()),
    ],
)
def test_topics_are_ids_of_what_was_told(assistant: Assistant, text: str, topics: tuple[str, ...]) -> None:
    assert topics_of(assistant.ask(text)[0]) == topics


def test_wording_is_the_same_for_marks_and_signs() -> None:
    assert wording("Vay vốn, ở đâu?") == wording("vay von o dau") == "vay von o dau"
