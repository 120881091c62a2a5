"""What is concluded from figures that are told, and the sentence of a text that was asked for."""

from __future__ import annotations

import pytest

from knowledge.assistant import Assistant
from knowledge.telling.render import plain


def _told(assistant: Assistant, text: str) -> str:
    return plain(assistant.ask(text)[0])


def test_which_way_years_go_is_said_where_it_is_asked(assistant: Assistant) -> None:
    said = _told(assistant, "KCĐP Bình Định 2020, 2021, 2022 tăng hay giảm")
    assert said.startswith("Tăng đều: 2,7 tỷ đồng (2020) → 3,42 tỷ đồng (2022); các số này khác loại")


def test_both_programmes_are_told_where_there_is_no_total(assistant: Assistant) -> None:
    said = _told(assistant, "Vĩnh Long 2026-2030 dự kiến chi bao nhiêu cho khuyến công")
    assert said.startswith("22,6 tỷ đồng; 93,48 tỷ đồng")


def test_who_of_three_is_first(assistant: Assistant) -> None:
    said = _told(
        assistant, "năm 2013 Bà Rịa - Vũng Tàu, Lâm Đồng, Đồng Nai ai bố trí kinh phí khuyến công nhiều nhất"
    )
    assert said.startswith("Cao nhất: Bà Rịa - Vũng Tàu, 11,42 tỷ đồng")


def test_the_years_of_which_there_is_money_are_listed(assistant: Assistant) -> None:
    said = _told(assistant, "kinh phí thực hiện phía Nam có số năm nào")
    assert all(f"Năm {year}:" in said for year in (2013, 2018, 2023))


def test_a_count_that_is_told_is_not_asked(assistant: Assistant) -> None:
    assert _told(assistant, "Điện Biên 41 đề án giai đoạn 2016-2021 hết mấy tỷ").startswith("Hơn 7 tỷ đồng")


def test_a_word_behind_a_time_narrows_nothing_one_behind_a_noun_does(assistant: Assistant) -> None:
    said = _told(assistant, "kế hoạch kinh phí phía Bắc 2025 nhảy lên bao nhiêu % so với 2024")
    assert said.startswith("Tăng 40%")
    assert "xttm" in _told(assistant, "kinh phí xttm quốc gia 2024 bao nhiêu tỷ")


def test_a_percent_is_held_against_the_printed_one(assistant: Assistant) -> None:
    right = _told(assistant, "kế hoạch phía Bắc 2025 là 148,2 tỷ, tăng 40% so với 2024 đúng không")
    assert right.startswith("Đúng.")
    wrong = _told(assistant, "kế hoạch phía Bắc 2025 là 148,2 tỷ, giảm 40% so với 2024 đúng không")
    assert "không phải giảm 40%" in wrong.split("\n")[0]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Muốn đăng ký khuyến công quốc gia cho năm 2028 thì nộp về Sở trước ngày nào?", "20/5/2027"),
        ("Ký hợp đồng xong có được ứng tiền trước để đặt cọc máy không?", ""),
    ],
)  # fmt: skip
def test_what_was_named_is_told_above_the_button(assistant: Assistant, text: str, sentence: str) -> None:
    answer, _ = assistant.ask(text)
    assert (sentence in answer.pointed) if sentence else answer.pointed == ""
    assert answer.pointed in plain(answer).split("Xem thêm")[0]


def test_a_second_question_is_not_answered_by_what_the_message_cannot_mean(assistant: Assistant) -> None:
    text = "hạn quyết toán KCQG theo TT36: mấy ngày sau nghiệm thu và chậm nhất ngày nào năm sau?"
    answer, _ = assistant.ask(text)
    assert "15 ngày" in plain(answer) and not answer.then


@pytest.mark.parametrize(
    "text",
    [
        "“Tại Hội nghị lần XVIII, Sở Công Thương Hà Nội trao cờ đăng cai năm 2025 cho Sở Công Thương tỉnh Tuyên Quang.” Câu này đưa vào kỷ yếu được không?",
        "Nghị định 32/2024 về xét tặng nghệ nhân, Nghị định 43/2024 về cụm công nghiệp. Ghi thế này có đảo không?",
    ],
)  # fmt: skip
def test_whether_a_sentence_may_be_used_is_a_claim(assistant: Assistant, text: str) -> None:
    assert assistant.ask(text)[0].stance == "no"
