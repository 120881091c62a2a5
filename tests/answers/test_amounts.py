"""The roles of amounts, and the price that is supported."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from knowledge.answers.amounts import Price, amounts_in, price_of
from knowledge.assistant import Assistant
from knowledge.text import fold

TODAY = date(2026, 11, 23)
BUILDING = ("nha-xuong",)
MILLION = 10**6


def priced(assistant: Assistant, text: str) -> Price:
    """The price of a text."""
    reading = assistant.reader.read(text, TODAY).reading
    return price_of(amounts_in(reading), reading, BUILDING)


@pytest.mark.parametrize(
    ("text", "millions"),
    [
        ("mua máy tổng giá 200 triệu, trong đó vốn tự có 120 triệu, vay 80 triệu", 200),
        ("đầu tư 500 triệu: nhà xưởng 300 triệu, máy 200 triệu", 200),
        ("em có 120 triệu, vay thêm 80 triệu mua máy 200 triệu", 200),
        ("máy cắt 120 triệu và máy hàn 80 triệu, tổng cộng 200 triệu", 200),
        ("2 máy, mỗi máy 300 triệu", 600),
        ("máy 300tr x2", 600),
        ("mua máy 2 x 300 triệu", 600),
        ("máy 300 triệu một cái, mua 2 cái", 600),
        ("máy 300tr/cái, lấy 3 cái", 900),
        ("mua hai cái máy mỗi cái 150 triệu", 300),
        ("tổng đầu tư 1 tỷ trong đó máy 600 triệu", 600),
        ("xây xưởng 1 tỷ 2, máy móc 800 triệu", 800),
        ("doanh thu năm ngoái 3 tỷ, mua máy 500 triệu", 500),
        ("máy 400 triệu, hỗ trợ tối đa 300 triệu", 400),
        ("mua máy, em bỏ ra 100 triệu, còn lại vay 100 triệu", 200),
        ("mua máy 200 triệu vay 80 triệu", 200),
        ("200 triệu tiền máy, 300 triệu làm nhà xưởng", 200),
        ("80 triệu vốn vay, 120 triệu vốn tự có, mua máy", 200),
        ("mua máy 1 tỷ thì được hỗ trợ 300 triệu đúng không", 1000),
        ("mua 3 máy khâu giá 90 triệu", 90),
        ("máy ép gạch 500 triệu hoặc 600 triệu thì được mấy", 600),
        ("mua máy 300 triệu hay 400 triệu gì đó được hỗ trợ bao nhiêu", 400),
        ("mức hỗ trợ máy bây giờ là 300 triệu hay 450 triệu", 0),
        ("mô hình trình diễn hỗ trợ 1 tỷ hay 1,5 tỷ", 0),
    ],
)
def test_the_price_is_what_the_machines_cost(assistant: Assistant, text: str, millions: int) -> None:
    for typed in (text, fold(text)):
        assert priced(assistant, typed).high == Decimal(millions * MILLION), typed


def test_a_sign_for_times_says_how_many(assistant: Assistant) -> None:
    assert priced(assistant, "máy 300tr ×2") == Price(Decimal(600 * MILLION), Decimal(600 * MILLION), 2)


def test_a_range_keeps_both_ends(assistant: Assistant) -> None:
    price = priced(assistant, "mua máy 300-400 triệu")
    assert (price.low, price.high) == (Decimal(300 * MILLION), Decimal(400 * MILLION))


def test_foreign_money_and_what_cannot_be_read_are_no_price(assistant: Assistant) -> None:
    assert priced(assistant, "mua máy 5000 USD").foreign
    assert not priced(assistant, "mua máy 5000 USD").high
    assert not priced(assistant, "doanh thu 3 tỷ").high
