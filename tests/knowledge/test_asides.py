"""What is seen before "Xem thêm": how long it is, how many cautions, and forty answers word for word."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date
from statistics import median, quantiles

import pytest

from knowledge.assistant import Assistant
from knowledge.dialogue import Context
from knowledge.records import Answer, Choice, Figure, Note
from knowledge.telling.asides import asides, unrepeated
from knowledge.telling.choices import MOST_LABEL, fitted
from knowledge.telling.render import plain
from tests.evaluate import Golden
from tests.rounds import BLIND
from tests.snapshots import ANSWERS, written

SAMPLE, OF_BLIND, SEED = 600, 120, 5
FIGURES, CHECKS, RULES = {"figure", "comparison", "series"}, {"check"}, {"policy", "support"}
MOST_FIGURE, MOST_CHECK, MOST_RULE, MOST_OF_95 = 320, 540, 450, 900
"""Characters before "Xem thêm": the medians, and what 95 of 100 answers stay below."""

FIGURE = Figure(
    "f", "kinh-phi", "actual", "phia_bac", "2023", 176_400_000_000, "VND", "176,4 tỷ", "s", programme="total"
)
PART = replace(FIGURE, id="p", programme="KCQG")
ANSWER = Answer("answered", "figure", date(2026, 11, 23), figures=(FIGURE,))


def questions() -> list[tuple[str, ...]]:
    """A sample of those of the blind rounds, drawn by seed."""
    blind = []
    for path in sorted(BLIND.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            turns = row.get("turns", [row])
            asked = tuple(one["q"] if isinstance(one, dict) else one for one in turns)
            blind.append(asked)
    return random.Random(SEED).sample(blind, OF_BLIND)


@pytest.fixture(scope="module")
def answers(assistant: Assistant, golden_answers: list[tuple[Golden, Answer]]) -> list[Answer]:
    """The answers to a sample of the golden questions and to those of the blind rounds, with one question each."""
    found = [answer for _, answer in golden_answers]
    random.Random(SEED).shuffle(found)
    del found[SAMPLE:]
    for turns in questions():
        context: Context | None = None
        for turn in turns:
            answer, context = assistant.ask(turn, context)
        found.append(answer)
    return [answer for answer in found if answer.status == "answered" and not answer.then]


def above(answer: Answer) -> str:
    """What is seen at once."""
    return plain(answer).split("\nXem thêm\n")[0]


@pytest.mark.parametrize(
    ("kinds", "most"), [(FIGURES, MOST_FIGURE), (CHECKS, MOST_CHECK), (RULES, MOST_RULE)]
)
def test_answers_are_short_before_more_is_opened(answers: list[Answer], kinds: set[str], most: int) -> None:
    sizes = [len(above(answer)) for answer in answers if answer.kind in kinds]
    assert median(sizes) <= most
    assert quantiles(sizes, n=20)[-1] <= MOST_OF_95


def test_one_caution_at_most_is_seen_at_once_and_none_is_told_twice(answers: list[Answer]) -> None:
    for answer in answers:
        assert above(answer).count("\n⚠️ ") <= 1
        lines = [line.lstrip("•⚠️ℹ ") for line in plain(answer).split("\n") if line[:1] in "•⚠ℹ"]
        told = [line for note in answer.warnings for line in lines if line == note.values.get("text")]
        assert len(told) == len(set(told)), plain(answer)


def test_nobody_is_told_what_he_did_not_say(answers: list[Answer]) -> None:
    assert not [answer for answer in answers if "Bạn không nói" in plain(answer)]


def test_every_note_is_told_somewhere(answers: list[Answer]) -> None:
    for answer in answers:
        for note in answer.warnings:
            assert note.values.get("text", "") in plain(answer)


def test_choices_fit_a_button_and_differ(answers: list[Answer]) -> None:
    for answer in answers:
        labels = [choice.label for choice in answer.choices]
        assert len({label.casefold() for label in labels}) == len(labels)
        assert all(len(label) <= MOST_LABEL for label in labels)


def test_the_answers_of_every_kind_are_those_that_were_read(assistant: Assistant) -> None:
    """After a change that is meant: `python -m tests.snapshots`, and read what differs as a new user would."""
    assert written(assistant) == ANSWERS.read_text(encoding="utf-8")


def test_a_programme_that_was_taken_is_told_where_the_other_is_known() -> None:
    taken = replace(ANSWER, assumptions=(Note("assumed_total"),))
    assert asides(replace(taken, companions=(PART,))).understood == "Hiểu là: tổng hai nguồn."
    assert asides(taken).understood == ""


def test_what_was_taken_stands_on_one_line() -> None:
    notes = (Note("assumed_total"), Note("assumed_nation"), Note("only_target"))
    told = asides(replace(ANSWER, assumptions=notes, companions=(PART,))).understood
    assert told == "Hiểu là: tổng hai nguồn, cả nước. Đây là mục tiêu, chưa phải kết quả."


def test_the_weightiest_caution_is_seen_and_rounding_is_not() -> None:
    rounding = Note("discrepancy", {"text": "Do làm tròn.", "verdict": "rounding"})
    misprint = Note("misprint", {"text": "In nhầm."})
    found = asides(replace(ANSWER, warnings=(rounding, Note("needs_check"), misprint)))
    assert found.caution == "In nhầm."
    assert "Do làm tròn." in found.more


def test_a_caution_that_the_text_says_itself_is_not_seen_again() -> None:
    doubted = replace(ANSWER, warnings=(Note("needs_check"),))
    assert asides(doubted, "Được, nhưng cần hỏi lại Sở.").caution == ""
    assert asides(doubted, "Được.").caution


def test_the_second_answer_of_a_message_does_not_repeat_a_note() -> None:
    one = replace(ANSWER, warnings=(Note("needs_check"),))
    assert [len(answer.warnings) for answer in unrepeated((one, one))] == [1, 0]


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("Năm 2023", "Năm 2023"),
        (
            "Kế hoạch kinh phí khuyến công tổng hai nguồn miền Trung - Tây Nguyên sau sắp xếp năm 2025",
            "Kế hoạch miền Trung - Tây Nguyên sau sắp xếp năm 2025",
        ),
        (
            "Số cơ sở được hỗ trợ ứng dụng máy móc, thiết bị tiên tiến · KCĐP · Hải Dương · năm 2023",
            "Số cơ sở được hỗ trợ ứng… · KCĐP · Hải Dương · năm 2023",
        ),
    ],
)
def test_a_long_label_is_cut_at_a_word_and_keeps_place_and_time(label: str, shown: str) -> None:
    assert [one.label for one in fitted((Choice(label, "?"), Choice(label, "?")))] == [shown]
