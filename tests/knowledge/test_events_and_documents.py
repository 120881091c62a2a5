"""What is told of events and of documents that are asked for by number."""

from __future__ import annotations

import pytest

from knowledge.assistant import Assistant
from knowledge.telling.render import plain


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("hội nghị khuyến công phía Nam mới nhất ở đâu", ("Tây Ninh", "2025")),
        ("hội nghị khuyến công phía Nam mới nhất ở đâu, kế hoạch năm đó bao nhiêu", ("Tây Ninh", "56,3 tỷ đồng")),
        ("hội chợ phía bắc 2024 bao nhiêu tỉnh tham gia", ("40 tỉnh, thành phố",)),
        ("hội chợ hàng công nghiệp nông thôn phía bắc 2024 diễn ra mấy ngày", ("16/5 đến 19/5/2024",)),
        ("ai ký nghị định 235/2025", ("Bùi Thanh Sơn",)),
    ],
)  # fmt: skip
def test_what_is_asked_leads(assistant: Assistant, asked: str, told: tuple[str, ...]) -> None:
    answer, _ = assistant.ask(asked)
    assert answer.status == "answered"
    assert all(one in plain(answer).partition("Nguồn:")[0] for one in told)


def test_a_number_that_no_document_has_names_the_one_of_the_same_matter(assistant: Assistant) -> None:
    answer, _ = assistant.ask(
        "Theo Thông tư 05/2026/TT-BCT về quyết toán kinh phí khuyến công quốc gia thì hạn nộp khi nào"
    )
    assert answer.status == "no_answer"
    assert answer.documents[0].number == "66/2026/TT-BCT"
    answer, _ = assistant.ask("Nghị định 45/2015/NĐ-CP về khuyến công")
    assert answer.documents[0].number == "45/2012/NĐ-CP"
