"""The amounts of a question: those of its reading that have one value, with the place where they stand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.alignment import aligned
from knowledge.language.numbers import amount_span, amounts
from knowledge.language.scales import TOO_MUCH, printed
from knowledge.language.spans import Reading
from knowledge.reading.numbers import Quantity, quantities_of
from knowledge.text import fold


def quantities(folded: str) -> tuple[Quantity, ...]:
    """Every amount and count of a folded text."""
    words = tuple(aligned("", folded))
    return quantities_of(Reading(folded, words, tuple(amount_span(one, words) for one in amounts(words))))


def values(text: str) -> list[tuple[Decimal, str]]:
    """Every quantity of a text: value and kind."""
    return [(one.value, one.kind) for one in quantities(fold(text))]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234", "1234"),
        ("12.345", "12345"),
        ("1.234.567", "1234567"),
        ("1.23", "1.23"),
        ("1.2345", "1.2345"),
        ("85,865", "85.865"),
        ("1,2", "1.2"),
        ("1.234,5", "1234.5"),
        ("450", "450"),
    ],
)
def test_a_dot_before_three_digits_groups_and_a_comma_is_a_decimal(text: str, value: str) -> None:
    assert printed(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "abc", "1.2.3", "1,2,3"])
def test_what_is_no_number_is_refused(text: str) -> None:
    assert printed(text) is None


@given(st.integers(0, 10**14))
def test_grouped_digits_read_back(value: int) -> None:
    assert printed(f"{value:,}".replace(",", ".")) == value


@pytest.mark.parametrize("text", ["một đề án", "300-400 triệu", "20.000 USD", "12.34.56 tỷ", "điều 5", ""])
def test_what_has_no_one_value_is_no_quantity(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("106 đề án 30 tỷ", [("106", "plain"), ("30e9", "money")]),
        ("106 đề án, nhiệm vụ 130 tỷ đồng", [("106", "plain"), ("130e9", "money")]),
        ("15 mô hình hết 2 tỷ 3", [("15", "plain"), ("2.3e9", "money")]),
        ("khoản 166,27 tỷ", [("166.27e9", "money")]),
        ("doanh thu 3 tỷ một năm", [("3e9", "money")]),
        ("bốn mươi đề án", [("40", "plain")]),
    ],
)
def test_amounts_stand_beside_counts(text: str, found: list[tuple[str, str]]) -> None:
    for typed in (text, fold(text)):
        assert values(typed) == [(Decimal(value), kind) for value, kind in found]


@given(
    count=st.integers(2, 999),
    amount=st.integers(1, 999),
    thing=st.sampled_from(("đề án", "mô hình", "cơ sở", "lớp", "hội chợ", "nhiệm vụ", "sản phẩm")),
    joint=st.sampled_from((" ", ", ", " hết ", " với ", " tổng ")),
    unit=st.sampled_from((("tỷ", 10**9), ("triệu", 10**6), ("tr", 10**6))),
)
def test_an_amount_beside_a_count_reads_back(
    count: int, amount: int, thing: str, joint: str, unit: tuple[str, int]
) -> None:
    text = f"{count} {thing}{joint}{amount} {unit[0]}"
    assert values(text) == [(Decimal(count), "plain"), (Decimal(amount * unit[1]), "money")], text


@pytest.mark.parametrize("text", ["1455976888550333835998 ty", "9" * 24, "999.999.999.999 ty 5"])
def test_what_is_beyond_all_amounts_is_none(text: str) -> None:
    assert all(quantity.value < TOO_MUCH for quantity in quantities(text))


def test_quantities_come_in_order_with_their_place() -> None:
    text = "nua ty va 26,6% cua 85.865 trieu"
    found = quantities(text)
    assert [one.text for one in found] == ["nua ty", "26,6%", "85.865 trieu"]
    assert [text[slice(*one.span)] for one in found] == [one.text for one in found]


def test_only_a_unit_makes_a_quantity_certain() -> None:
    assert [one.scaled for one in quantities("106 va 5 ty va 3%")] == [False, True, True]


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_quantities(text: str) -> None:
    for one in quantities(fold(text)):
        assert one.value >= 0
