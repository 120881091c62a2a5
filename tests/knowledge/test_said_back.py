"""Words said back to the asker carry the marks with which he typed them; a part that no figure is of is named."""

from __future__ import annotations

import unicodedata

import pytest

from knowledge.assistant import Assistant
from knowledge.telling.render import payload
from knowledge.text import as_typed


@pytest.mark.parametrize(
    ("typed", "folded", "shown"),
    [
        ("KP giao cho 14 Đơn vị là", "cho 14 don vi", "cho 14 đơn vị"),
        (unicodedata.normalize("NFD", "tiền của đoàn xã"), "doan xa", "đoàn xã"),
        ("tien cua doan xa", "doan xa", "doan xa"),
        ("ddonw vij", "don vi", "don vi"),
        ("đơn vị", "don", "đơn"),
        ("đơnvị", "don", "don"),
    ],
)
def test_words_are_said_back_with_their_marks(typed: str, folded: str, shown: str) -> None:
    assert as_typed(typed, folded) == shown


@pytest.mark.parametrize(
    ("asked_for", "told"),
    [
        ("cho thanh niên", "“thanh niên”"),
        ("dành cho đào tạo nghề", "“đào tạo nghề”"),
        ("chi cho hội chợ", "“hội chợ”"),
        ("dành cho máy móc", "“máy móc”"),
        ("cho phụ nữ", "“phụ nữ”"),
    ],
)
def test_money_for_some_is_never_the_money_for_all(assistant: Assistant, asked_for: str, told: str) -> None:
    answer, _ = assistant.ask(f"kinh phí khuyến công phía Bắc năm 2023 {asked_for} là bao nhiêu")
    assert answer.status != "answered"
    assert told in payload(answer)["text"]


@pytest.mark.parametrize(
    "text",
    [
        "cho em hỏi kinh phí khuyến công phía Bắc năm 2023",
        "kinh phí cấp cho hoạt động khuyến công phía Bắc 2023",
        "kinh phí cho công tác khuyến công phía Bắc năm 2023 là bao nhiêu",
        "kinh phí cho chương trình khuyến công phía Bắc năm 2023 là bao nhiêu",
        "kinh phí cho khuyến công ở phía Bắc năm 2023 cho anh xin với",
    ],
)
def test_who_is_told_is_no_part(assistant: Assistant, text: str) -> None:
    answer, _ = assistant.ask(text)
    assert answer.status == "answered"
    assert answer.figures[0].value == 176.4e9
