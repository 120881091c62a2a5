"""What is asked of a rank or a comparison after it was told."""

from __future__ import annotations

import pytest

from knowledge.assistant import Assistant
from knowledge.telling.render import plain


def _chat(assistant: Assistant, *turns: str) -> str:
    context = None
    answer = None
    for turn in turns:
        answer, context = assistant.ask(turn, context)
    assert answer is not None
    return plain(answer)


@pytest.mark.parametrize(
    "words", ["hơn vùng kia bao nhiêu", "chênh nhau bao nhiêu", "cao hơn vùng thấp nhất mấy tỷ"]
)
def test_the_first_of_a_rank_is_held_against_the_other(assistant: Assistant, words: str) -> None:
    told = _chat(assistant, "vùng nào kinh phí nhiều nhất năm 2023", words)
    assert "94,675" in told


def test_a_sum_is_said_to_be_computed_and_keeps_its_parts(assistant: Assistant) -> None:
    told = _chat(assistant, "kinh phí phía Bắc 2023 so với phía Nam 2023", "cộng lại là bao nhiêu")
    assert "258,125" in told
    assert "176,4" in told
    assert "không tự cộng" in told


def test_a_printed_total_comes_before_a_sum(assistant: Assistant) -> None:
    told = _chat(assistant, "phía bắc 2023 KCQG với KCĐP cái nào nhiều hơn", "tổng cộng bao nhiêu")
    assert "176,4" in told
    assert "176,5 tỷ đồng (tôi tính" not in told


def test_a_part_is_never_added_to_its_whole(assistant: Assistant) -> None:
    told = _chat(assistant, "kế hoạch KCĐP 2024 phía Bắc so với cả nước", "cộng lại là bao nhiêu")
    assert "cộng lại là" not in told


def test_a_question_of_its_own_is_not_about_what_was_told(assistant: Assistant) -> None:
    told = _chat(assistant, "vùng nào kinh phí nhiều nhất năm 2023", "tổng kinh phí phía Bắc 2021")
    assert "130,4" in told
