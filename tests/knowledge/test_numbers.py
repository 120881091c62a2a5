"""Numbers as typed and as said: the same value in every form, and no number where a word only looks like one."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.reading.numbers import TOO_MUCH, number_of, parse_number, quantities, words_to_digits
from knowledge.text import fold

ONES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def _tens(value: int) -> str:
    ten, one = divmod(value, 10)
    if ten == 0:
        return ONES[one]
    lead = "mười" if ten == 1 else f"{ONES[ten]} mươi"
    if one == 0:
        return lead
    if one == 1 and ten > 1:
        return f"{lead} mốt"
    return f"{lead} {'lăm' if one == 5 else ONES[one]}"


def spoken(value: int, *, zero: str = "linh") -> str:
    """A number from 1 to 999 as it is said."""
    hundred, rest = divmod(value, 100)
    if hundred == 0:
        return _tens(rest)
    if rest == 0:
        return f"{ONES[hundred]} trăm"
    return f"{ONES[hundred]} trăm {zero} {ONES[rest]}" if rest < 10 else f"{ONES[hundred]} trăm {_tens(rest)}"


def spoken_year(year: int) -> list[str]:
    """The ways in which a year is said."""
    thousands, rest = divmod(year, 1000)
    lead = f"{ONES[thousands]} nghìn"
    by_digit = " ".join(ONES[int(digit)] for digit in str(year))
    if rest == 0:
        return [lead, by_digit]
    if rest < 10:
        tail = [f"không trăm linh {ONES[rest]}", f"không trăm lẻ {ONES[rest]}", f"lẻ {ONES[rest]}"]
    elif rest < 100:
        tail = [f"không trăm {_tens(rest)}", _tens(rest)]
    else:
        tail = [spoken(rest)]
    return [by_digit, *(f"{lead} {one}" for one in tail)]


def values(text: str) -> list[tuple[Decimal, str]]:
    """Every quantity of a text: value and kind."""
    return [(one.value, one.kind) for one in quantities(words_to_digits(fold(text)))]


# --- digits ----------------------------------------------------------------------------------------------------------


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
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "abc", "1.2.3", "1,2,3"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(InvalidOperation):
        parse_number(text)


@given(st.integers(0, 10**14))
def test_grouped_digits_read_back(value: int) -> None:
    assert parse_number(f"{value:,}".replace(",", ".")) == value


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("170,8 tỷ", "170.8e9", "money"),
        ("170.8 tỷ", "170.8e9", "money"),
        ("1.234 tỷ", "1234e9", "money"),
        ("85,865 tỷ", "85.865e9", "money"),
        ("85.865 triệu đồng", "85865e6", "money"),
        ("5 tỉ", "5e9", "money"),
        ("3 nghìn tỷ", "3e12", "money"),
        ("2 tỷ 300 triệu", "2.3e9", "money"),
        ("2 tỷ rưỡi", "2.5e9", "money"),
        ("3 triệu rưỡi", "3.5e6", "money"),
        ("nửa tỷ", "0.5e9", "money"),
        ("500k", "500000", "money"),
        ("450.000.000 đồng", "450e6", "money"),
        ("450.000.000đ", "450e6", "money"),
        ("450.000.000 đ", "450e6", "money"),
        ("450.000.000 VND", "450e6", "money"),
        ("450.000.000 VNĐ", "450e6", "money"),
        ("1.234.567,5 đồng", "1234567.5", "money"),
        ("26,6%", "26.6", "percent"),
        ("26.6 %", "26.6", "percent"),
        ("26,6 phần trăm", "26.6", "percent"),
        ("12 điểm phần trăm", "12", "percent"),
        ("106 đề án", "106", "plain"),
        ("0,5 tỷ", "0.5e9", "money"),
        ("tám trăm triệu", "800e6", "money"),
        ("một tỷ rưỡi", "1.5e9", "money"),
        ("một tỷ hai trăm triệu", "1.2e9", "money"),
        ("chín phẩy năm phần trăm", "9.5", "percent"),
    ],
)
def test_a_quantity_is_read_with_its_unit(text: str, value: str, kind: str) -> None:
    assert values(text) == [(Decimal(value), kind)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2 tỷ 3", "2.3e9"),
        ("1 tỷ 2", "1.2e9"),
        ("1 tỷ 200", "1.2e9"),
        ("một tỷ hai", "1.2e9"),
        ("1 tỷ 234 triệu 567 nghìn", "1234567e3"),
        ("450,000,000 đồng", "450e6"),
        ("450 000 000 đồng", "450e6"),
    ],
)
def test_a_sum_is_read_whole_or_not_at_all(text: str, value: str) -> None:
    money = [amount for amount, kind in values(text) if kind == "money"]
    assert money in ([Decimal(value)], [])


@pytest.mark.parametrize("text", ["không có số", "hai vùng", "ba miền", "-", "nam", "tư nhân", ""])
def test_words_without_a_number_are_no_quantity(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize("text", ["3-4 tỷ", "12.34.56 tỷ", "/2024", "x5 tỷ"])
def test_half_of_a_range_or_of_a_code_is_no_sum_of_money(text: str) -> None:
    assert [kind for _, kind in values(text)] in ([], ["plain"])


@pytest.mark.parametrize("text", ["1455976888550333835998 ty", "9" * 24, "999.999.999.999 ty 5"])
def test_what_is_beyond_all_amounts_is_none(text: str) -> None:
    assert all(quantity.value < TOO_MUCH for quantity in quantities(text))


def test_quantities_come_in_order_with_their_place() -> None:
    text = "nua ty va 26,6% cua 85.865 trieu"
    found = quantities(text)
    assert [one.text for one in found] == ["nua ty", "26,6%", "85.865 trieu"]
    assert [text[slice(*one.span)].strip() for one in found] == [one.text for one in found]


def test_only_a_unit_makes_a_quantity_certain() -> None:
    assert [one.scaled for one in quantities("106 va 5 ty va 3%")] == [False, True, True]


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_quantities(text: str) -> None:
    for one in quantities(words_to_digits(fold(text))):
        assert one.value >= 0


# --- words -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", ["triệu", "tỷ"])
@given(value=st.integers(1, 999), zero=st.sampled_from(("linh", "lẻ")))
def test_a_number_said_before_a_unit_becomes_its_digits(unit: str, value: int, zero: str) -> None:
    assert words_to_digits(fold(f"{spoken(value, zero=zero)} {unit}")) == fold(f"{value} {unit}")


@given(year=st.integers(1990, 2039), data=st.data())
def test_a_year_said_in_any_way_becomes_its_digits(year: int, data: st.DataObject) -> None:
    if year < 2000:
        said = " ".join(ONES[int(digit)] for digit in str(year))
    else:
        said = data.draw(st.sampled_from([one for one in spoken_year(year) if len(one.split()) >= 3]))
    assert words_to_digits(fold(f"kinh phí {said}")) == f"kinh phi {year}"


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("hai nghìn không trăm hai mươi ba", "2023"),
        ("hai ngàn hai mươi bốn", "2024"),
        ("hai không hai ba", "2023"),
        ("hai không hai mươi", "2020"),
        ("hai nghìn lẻ năm", "2005"),
        ("hai nghìn không trăm hai tư", "2024"),
        ("sáu tháng đầu năm hai không hai bốn", "6 thang dau nam 2024"),
        ("bảy mươi sáu phẩy bốn tỷ", "76,4 ty"),
        ("hai mươi mốt tỷ, ba mươi lăm triệu", "21 ty, 35 trieu"),
        ("bốn mươi đề án", "40 de an"),
    ],
)
def test_spoken_forms(said: str, digits: str) -> None:
    assert words_to_digits(fold(said)) == digits


@pytest.mark.parametrize(
    "text",
    [
        "năm ngoái",
        "tư nhân",
        "hai vùng",
        "ba miền",
        "ba đề án",
        "năm nay hai tỉnh nào",
        "một cơ sở được bao nhiêu",
        "tám chuyện",
        "lăm le",
        "trăm hoa",
    ],
)
def test_words_that_only_look_like_numbers_stay(text: str) -> None:
    assert words_to_digits(fold(text)) == fold(text)


@pytest.mark.parametrize("said", ["mot tram tram", "muoi muoi muoi", "tram", "hai le", "mot nghin nghin", ""])
def test_no_number_is_made_of_words_that_say_none(said: str) -> None:
    assert number_of(said.split()) is None


def test_punctuation_after_a_number_is_kept() -> None:
    assert words_to_digits("nam hai khong hai ba?") == "nam 2023?"


@pytest.mark.parametrize(
    ("folded", "read"),
    [
        ("may bay chuc trieu", "may 70 trieu"),
        ("may 7 chuc trieu", "may 70 trieu"),
        ("co mot chuc trieu", "co 10 trieu"),
        ("vai chuc nguoi", "vai chuc nguoi"),
    ],
)
def test_tens_of_money_are_counted_by_hand(folded: str, read: str) -> None:
    assert words_to_digits(folded) == read


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("hai trăm rưởi triệu", 250_000_000),
        ("ba trăm rưỡi triệu", 350_000_000),
        ("trăm rưởi triệu", 150_000_000),
        ("4 trăm rưỡi triệu", 450_000_000),
        ("trăm rưỡi nghìn đồng", 150_000),
    ],
)
def test_half_a_hundred_more(said: str, value: int) -> None:
    (found,) = quantities(words_to_digits(fold(said)))
    assert found.value == value
