"""Cells as people and spreadsheets write them: read one way, or refused with both."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.cells import guard, number_cell, plain_cell, sure_number, typed_cell, unguard
from db.fields import read_number, write_number


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1234", "1234"),
        ("170800000000", "170800000000"),
        ("1.234.567", "1234567"),
        ("1.234.567,5", "1234567.5"),
        ("1,234,567.5", "1234567.5"),
        ("1 234 567", "1234567"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234\u202f567", "1234567"),
        ("94,6", "94.6"),
        ("94.6", "94.6"),
        ("94,6%", "94.6"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("1234,567", "1234.567"),
        ("1234.567", "1234.567"),
        ("85,8650", "85.865"),
        ("-12,5", "-12.5"),
        ("-1.234.567", "-1234567"),
        ("150 tỷ", "150000000000"),
        ("150 tỷ đồng", "150000000000"),
        ("1,5 triệu", "1500000"),
        ("2 nghìn tỷ", "2000000000000"),
        ("300 triệu đ", "300000000"),
        ("", ""),
    ],
)
def test_numbers_are_read_as_they_are_written(typed: str, read: str) -> None:
    assert plain_cell("figures", "value", f" {typed} ") == read


@pytest.mark.parametrize(
    "typed", ["nhiều", "1.2.3", "12.34.567", "1,23.456,7", "1..5", ",", "5 - 6", "1e9", "--5"]
)
def test_what_is_no_number_is_left_for_the_reader_to_refuse(typed: str) -> None:
    assert number_cell(typed) == typed
    with pytest.raises(ValueError, match="sai dạng"):
        read_number(typed)


@pytest.mark.parametrize("typed", ["1.234", "1,234", "85,865", "-1.234", "1.234 tỷ"])
def test_a_number_of_two_readings_is_refused_with_both(typed: str) -> None:
    with pytest.raises(ValueError, match=r"không rõ là .* hay "):
        number_cell(typed)
    with pytest.raises(ValueError, match=r"không rõ là 1234 hay 1\.234"):
        number_cell("1.234")


def test_what_the_refusal_proposes_is_read() -> None:
    assert number_cell("1234") == "1234"
    assert number_cell("1.2340") == "1.2340"
    assert read_number("1.2340") == 1.234


def test_the_printed_form_decides_where_it_can() -> None:
    assert number_cell("85,865", "85,865%") == "85.865"
    assert number_cell("1.234", "1.234 đề án") == "1234"
    assert number_cell("85,865 tỷ", "trên 85,865 tỷ đồng") == "85865000000"
    with pytest.raises(ValueError, match="không rõ"):
        number_cell("1.234", "nhiều")


@given(st.decimals(min_value=Decimal("-1e12"), max_value=Decimal("1e12"), places=3), st.booleans())
def test_no_way_of_writing_a_number_is_ever_read_as_another(number: Decimal, vietnamese: bool) -> None:
    english = f"{number:,.3f}"
    swapped = english.translate(str.maketrans(",.", ".,"))
    for text in (swapped if vietnamese else english, f"{number:f}", f"{number:f}".replace(".", ",")):
        try:
            read = number_cell(text)
        except ValueError as error:
            assert "không rõ" in str(error)
            continue
        assert Decimal(read) == number


@given(st.floats(-1e14, 1e14, allow_nan=False))
def test_our_own_numbers_come_back(value: float) -> None:
    text = write_number(value)
    assert read_number(text) == value
    assert read_number(number_cell(sure_number(text))) == value
    assert read_number(plain_cell("figures", "value", typed_cell(value))) == value


def test_cells_of_a_workbook() -> None:
    assert typed_cell(None) == ""
    assert typed_cell(2024) == "2024"
    assert typed_cell(2024.0) == "2024"
    assert typed_cell(170_800_000_000.0) == "170800000000"
    assert typed_cell(0.946, "0.0%") == "94.6"
    assert typed_cell(1.005, "0.00%") == "100.5"
    assert typed_cell(datetime(2024, 5, 16, 0, 0)) == "2024-05-16"
    assert typed_cell(date(2024, 5, 16)) == "2024-05-16"
    assert typed_cell(" =1+1 ") == " =1+1 "
    with pytest.raises(ValueError, match="gõ lại"):
        typed_cell(float("inf"))


@given(st.text())
def test_guarding_against_formulas_is_undone_exactly(text: str) -> None:
    guarded = guard(text)
    assert unguard(guarded) == text
    assert not guarded.startswith(("=", "+", "-", "@", "\t"))
