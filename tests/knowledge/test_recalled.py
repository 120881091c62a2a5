"""A number or a day that somebody repeats is held against what the last answer told."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.assistant import Assistant
from knowledge.dialogue.acts import act_of
from knowledge.dialogue.recalled import OTHERWISE, SO
from knowledge.dialogue.state import Context
from knowledge.telling.render import payload

TODAY = date(2026, 11, 23)
PRICE = "xưởng mộc mua máy 500 triệu được hỗ trợ bao nhiêu"
DAY = "sở gửi hồ sơ lên bộ trước ngày nào"


def _manner(assistant: Assistant, asked: str, said: str) -> str:
    """The manner in which the last answer may be told again; empty where it may not."""
    _, context = assistant.ask(asked)
    question = assistant.conversation.read(said, context, TODAY)
    act = act_of(question.reading, context)
    found = assistant.conversation.turns.found(act, question, context, TODAY)
    return next((one.answer.manner for one in found if one.way.startswith("told ")), "")


@pytest.mark.parametrize(
    ("asked", "said", "manner"),
    [
        (PRICE, "250 triệu hả", SO),
        (PRICE, "vậy là được 400 triệu đúng không", OTHERWISE),
        (PRICE, "máy 700 triệu thì được mấy", ""),
        (PRICE, "thế năm 2024 à", ""),
        (DAY, "15/6 phải không", SO),
        (DAY, "ngày 1/7 đúng ko", OTHERWISE),
        (DAY, "300 triệu hả", ""),
    ],
)
def test_a_claim_is_held_against_what_was_told(
    assistant: Assistant, asked: str, said: str, manner: str
) -> None:
    assert _manner(assistant, asked, said) == manner


def test_an_answer_that_is_told_again_says_so_first(assistant: Assistant) -> None:
    _, context = assistant.ask(PRICE)
    question = assistant.conversation.read("250 triệu hả", context, TODAY)
    found = assistant.conversation.turns.found(act_of(question.reading, context), question, context, TODAY)
    told = next(one.answer for one in found if one.way == f"told {SO}")
    assert payload(told)["text"].startswith("Đúng vậy")


def test_without_a_chat_nothing_is_recalled(assistant: Assistant) -> None:
    question = assistant.conversation.read("250 triệu hả", Context(), TODAY)
    found = assistant.conversation.turns.found(
        act_of(question.reading, Context()), question, Context(), TODAY
    )
    assert not any(one.way.startswith("told ") and one.way != "told of it" for one in found)


@pytest.mark.parametrize(
    "workshop", ["mua máy 600 triệu được bao nhiêu", "hộ kinh doanh làm bún có được hỗ trợ không"]
)
def test_money_of_a_place_and_a_time_is_no_word_on_the_workshop(assistant: Assistant, workshop: str) -> None:
    _, context = assistant.ask(workshop)
    answer, _ = assistant.ask("kinh phí khuyến công Thanh Hóa 2021", context)
    assert answer.kind == "figure"
