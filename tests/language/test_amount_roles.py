"""What each amount is, and which price is to be supported."""

from __future__ import annotations

from decimal import Decimal

import pytest

from knowledge.language.amount_roles import price, with_roles
from knowledge.language.numbers import amounts
from tests.language import both, words_of


def roles(text: str) -> list[str]:
    """The roles of the sums of money of a text."""
    words = words_of(text)
    return [role for one, role in with_roles(words, amounts(words)) if one.kind == "money"]


def priced(text: str) -> tuple[Decimal | None, int, str]:
    """The price of a text in millions, how many are bought, and why."""
    words = words_of(text)
    value, units, why = price(with_roles(words, amounts(words)))
    return (None if value is None else value / 10**6), units, why


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mua máy tổng giá 200 triệu, trong đó vốn tự có 120 triệu, vay 80 triệu", ["total", "own", "loan"]),
        ("đầu tư 500 triệu: nhà xưởng 300 triệu, máy 200 triệu", ["total", "building", "machine"]),
        ("em có 120 triệu, vay thêm 80 triệu mua máy 200 triệu", ["own", "loan", "machine"]),
        ("máy cắt 120 triệu và máy hàn 80 triệu, tổng cộng 200 triệu", ["machine", "machine", "total"]),
        ("200 triệu tiền máy, 300 triệu làm nhà xưởng", ["machine", "building"]),
        ("doanh thu năm ngoái 3 tỷ, mua máy 500 triệu", ["revenue", "machine"]),
        ("mua máy 1 tỷ thì được hỗ trợ 300 triệu đúng không", ["machine", "part"]),
        ("máy 300tr/cái", ["each"]),
        ("300 triệu một cái", ["each"]),
        ("80 triệu vốn vay, 120 triệu vốn tự có", ["loan", "own"]),
    ],
)
def test_the_words_around_an_amount_say_what_it_is(text: str, expected: list[str]) -> None:
    for typed in both(text):
        assert roles(typed) == expected, typed


@pytest.mark.parametrize(
    ("text", "value", "units"),
    [
        ("mua máy tổng giá 200 triệu, trong đó vốn tự có 120 triệu, vay 80 triệu", 200, 1),
        ("đầu tư 500 triệu: nhà xưởng 300 triệu, máy 200 triệu", 200, 1),
        ("em có 120 triệu, vay thêm 80 triệu mua máy 200 triệu", 200, 1),
        ("máy cắt 120 triệu và máy hàn 80 triệu, tổng cộng 200 triệu", 200, 1),
        ("2 máy, mỗi máy 300 triệu", 300, 2),
        ("máy 300tr x2", 300, 2),
        ("2 x 300 triệu", 300, 2),
        ("300 triệu một cái, mua 2 cái", 300, 2),
        ("máy 300tr/cái, lấy 3 cái", 300, 3),
        ("mua hai cái máy mỗi cái 150 triệu", 150, 2),
        ("tổng đầu tư 1 tỷ trong đó máy 600 triệu", 600, 1),
        ("xây xưởng 1 tỷ 2, máy móc 800 triệu", 800, 1),
        ("doanh thu năm ngoái 3 tỷ, mua máy 500 triệu", 500, 1),
        ("máy 400 triệu, hỗ trợ tối đa 300 triệu", 400, 1),
        ("em bỏ ra 100 triệu, còn lại vay 100 triệu", 200, 1),
        ("mua máy 200 triệu vay 80 triệu", 200, 1),
    ],
)
def test_the_price_is_what_the_machines_cost(text: str, value: int, units: int) -> None:
    for typed in both(text):
        assert priced(typed)[:2] == (Decimal(value), units), typed


def test_a_sign_for_times_says_how_many() -> None:
    assert priced("máy 300tr ×2")[:2] == (Decimal(300), 2)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("mua máy 5000 USD", "foreign"),
        ("mua máy 300-400 triệu", "range"),
        ("mua máy 300-40 triệu", "unread"),
        ("mua máy thì được bao nhiêu", "none"),
        ("giá 300 triệu, giá 400 triệu", "several"),
        ("doanh thu 3 tỷ", "none"),
    ],
)
def test_a_price_that_is_not_clear_is_none_and_says_why(text: str, why: str) -> None:
    value, _, reason = priced(text)
    assert (value, reason) == (None, why)
