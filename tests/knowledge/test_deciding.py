"""The decision between candidates: which step decides, and what a veto or a doubt keeps from being told."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.answering import Asked
from knowledge.assistant import Assistant
from knowledge.dialogue import Context
from knowledge.matching.decision import STEPS, Decision
from knowledge.matching.vetoes import DOUBTS, VETOES

TODAY = date(2026, 11, 23)


def decided(assistant: Assistant, text: str) -> Decision:
    """The decision on a question that is asked in a new chat."""
    question = assistant.reader.read(text, TODAY)
    return assistant.matcher.decide(Asked(question, Context(), TODAY))


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("phía Bắc 2023 thực hiện 176,4 tỷ đúng không", "certain"),
        ("kinh phí thực hiện khuyến công phía Bắc năm 2023", "told"),
        ("kinh phí khuyến công Cà Mau năm 1999 là bao nhiêu", "declined"),
    ],
)
def test_a_question_is_decided_by_the_step_that_finds_something(
    assistant: Assistant, text: str, step: str
) -> None:
    decision = decided(assistant, text)
    assert decision.reason in STEPS
    if step == "declined":
        assert decision.answer.status == "no_answer"
    else:
        assert decision.reason == step


def test_every_doubt_is_a_veto_and_some_vetoes_hold_always() -> None:
    assert set(VETOES) > DOUBTS
    assert {"a told fact rules it out", "excluded is told", "part of a whole"}.isdisjoint(DOUBTS)


def test_a_text_that_is_nearly_sure_is_told_against_a_doubt(assistant: Assistant) -> None:
    text = "Trụ sở công ty đặt ở phường Hải Châu, xưởng mây tre thì ở ngoài xã. Tính theo chỗ nào?"
    decision = decided(assistant, text)
    assert [entry.id for entry in decision.answer.entries] == ["doi-tuong-tru-so-khac-noi-san-xuat"]


def test_nothing_with_a_veto_is_told(assistant: Assistant) -> None:
    decision = decided(assistant, "trang trại heo, muốn mua máy trộn cám 300 triệu")
    told = [row for row in decision.scored if row.candidate.answer is decision.answer]
    assert told and not told[0].vetoes
    assert decision.answer.stance == "no"
