"""What is told of events and of documents that are asked for by number."""

from __future__ import annotations

import pytest

from knowledge.assistant import Assistant
from knowledge.telling.render import plain


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("hội nghị khuyến công phía Nam mới nhất ở đâu", ("Tây Ninh", "2025")),
        ("hội chợ phía bắc 2024 bao nhiêu tỉnh tham gia", ("40 tỉnh, thành phố",)),
        ("hội chợ hàng công nghiệp nông thôn phía bắc 2024 diễn ra mấy ngày", ("16/5 đến 19/5/2024",)),
        ("ai ký nghị định 235/2025", ("Bùi Thanh Sơn",)),
    ],
)  # fmt: skip
def test_what_is_asked_leads(assistant: Assistant, asked: str, told: tuple[str, ...]) -> None:
    answer, _ = assistant.ask(asked)
    assert answer.status == "answered"
    assert all(one in plain(answer).partition("Nguồn:")[0] for one in told)
