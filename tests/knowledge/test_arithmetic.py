"""Printed numbers as intervals, and what follows from them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.arithmetic import (
    Interval,
    Measured,
    agrees,
    change,
    compare,
    measure,
    ratio,
    readings,
    share_in_sum,
    total,
)
from knowledge.records import Figure

BILLION = 10**9

amounts = st.decimals(min_value="0.1", max_value="99999", places=1)


def spread(value: Decimal | str, half: Decimal | str = "0.05") -> Measured:
    middle = Decimal(value)
    return Measured(middle, Interval(middle - Decimal(half), middle + Decimal(half)))


def figure(
    as_printed: str,
    value: float,
    *,
    qualifier: str = "exact",
    unit: str = "VND",
    value_max: float | None = None,
) -> Figure:
    return Figure("f", "i", "actual", "ca_nuoc", "2023", value, unit, as_printed, "s", qualifier=qualifier, value_max=value_max)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "value", "step"),
    [
        ("18,3 tỷ đồng", "18.3e9", "0.1e9"),
        ("trên 85,865 tỷ đồng", "85.865e9", "0.001e9"),
        ("hơn 24,8 tỉ", "24.8e9", "0.1e9"),
        ("1.436 tỷ đồng", "1436e9", "1e9"),
        ("2 nghìn tỷ đồng", "2e12", "1e12"),
        ("800 triệu", "800e6", "1e6"),
        ("1.332,474 triệu", "1332474000", "1000"),
        ("3.666.984.000", "3666984000", "1"),
        ("5 - 6 tỷ", "5e9", "1e9"),
        ("hơn 3.000 người", "3000", "1"),
        ("chiếm 49%", "49", "1"),
        ("10,25%", "10.25", "0.01"),
        ("34,60%", "34.6", "0.01"),
        ("lần thứ XVIII", "18", "0"),
        ("lần thứ XIV", "14", "0"),
        ("năm", "5", "0"),
        ("không bố trí", "0", "0"),
        ("VND36.77 billion", "36.77e9", "0.01e9"),
        ("6,047.5 million", "6047.5e6", "0.1e6"),
        ("94,3 Milliarden VND", "94.3e9", "0.1e9"),
        ("332 miliar", "332e9", "1e9"),
        ("plus de 37 milliards", "37e9", "1e9"),
    ],
)
def test_the_likeliest_reading(text: str, value: str, step: str) -> None:
    first = readings(text)[0]
    assert (first.value, first.step) == (Decimal(value), Decimal(step))


def test_no_number_is_no_reading() -> None:
    assert readings("nhiều cơ sở") == ()


@pytest.mark.parametrize(
    ("qualifier", "low", "high"),
    [
        ("exact", "75.55", "75.65"),
        ("over", "75.6", "75.7"),
        ("under", "75.5", "75.6"),
        ("about", "75.55", "75.65"),
    ],
)
def test_what_a_printed_number_may_be(qualifier: str, low: str, high: str) -> None:
    reached = readings("75,6 tỷ đồng")[0].interval(qualifier)
    assert reached == Interval(Decimal(low) * BILLION, Decimal(high) * BILLION)


@pytest.mark.parametrize(
    ("text", "value", "fits"),
    [
        ("1.350 triệu", 1_350_000_000, True),
        ("1.350 triệu", 1_350_000, False),
        ("43,735 billion", 43_735_000_000, True),
        ("giảm hơn 50%", -50, True),
        ("0,5 triệu đồng", 500_000, True),
        ("79,9 tỷ đồng", 79_900_000, False),
    ],
)
def test_a_value_agrees_with_its_printed_form(text: str, value: float, fits: bool) -> None:
    assert agrees(figure(text, value)) is fits


def test_a_range_agrees_at_both_ends_and_reaches_from_one_to_the_other() -> None:
    rise = figure("1,12-1,36%", 1.12, value_max=1.36, unit="percent")
    assert agrees(rise)
    assert not agrees(figure("1,12-1,36%", 1.12, value_max=1.37, unit="percent"))
    assert measure(rise).interval == Interval(Decimal("1.115"), Decimal("1.365"))


def test_over_speaks_of_the_size_of_a_fall() -> None:
    fall = measure(figure("giảm hơn 50%", -50, qualifier="over", unit="percent"))
    assert fall.interval == Interval(Decimal(-51), Decimal(-50))


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        ("18,3 tỷ", "71,5 tỷ", 25.5066, 25.6823),
        ("45,546 tỷ", "130 tỷ", 34.9008, 35.1710),
        ("8,5 tỷ", "18,3 tỷ", 46.0490, 46.8493),
    ],
)
def test_ratio_of_printed_amounts(part: str, whole: str, low: float, high: float) -> None:
    one, two = (readings(text)[0] for text in (part, whole))
    reached = ratio(Measured(one.value, one.interval()), Measured(two.value, two.interval())).interval
    assert (float(reached.low), float(reached.high)) == pytest.approx((low, high), abs=1e-4)


def test_change_of_printed_amounts() -> None:
    reached = change(spread("170.8"), spread("186.5"))
    assert float(reached.value) == pytest.approx(-8.4182, abs=1e-4)
    assert (float(reached.interval.low), float(reached.interval.high)) == pytest.approx(
        (-8.4696, -8.3669), abs=1e-4
    )


def test_a_share_in_an_exact_sum_is_narrower() -> None:
    joint = share_in_sum(spread("96.6"), [spread("79.9")], spread("176.4"))
    assert joint is not None
    assert (float(joint.low), float(joint.high)) == pytest.approx((54.7181, 54.7464), abs=1e-4)
    assert share_in_sum(spread("96.6"), [spread("79.9")], spread("180")) is None


@pytest.mark.parametrize(
    ("parts", "printed", "outcome"),
    [
        (("81.6", "104.9"), "186.5", "match"),
        (("79.9", "96.6"), "176.4", "rounding"),
        (("79.9", "96.6"), "176.2", "mismatch"),
        (("45.3", "54.8"), "100", "rounding"),
    ],
)
def test_verdicts(parts: tuple[str, ...], printed: str, outcome: str) -> None:
    assert compare(total(map(spread, parts)), spread(printed).interval) == outcome


@given(amounts)
def test_a_printed_number_reads_back(amount: Decimal) -> None:
    whole, _, decimals = f"{amount:,.1f}".partition(".")
    text = f"{whole.replace(',', '.')},{decimals} tỷ đồng"
    assert readings(text)[0].value == amount * BILLION


@given(amounts, amounts, st.decimals("-0.05", "0.05", places=4), st.decimals("-0.05", "0.05", places=4))
def test_whatever_was_rounded_lies_within_the_interval(
    part: Decimal, whole: Decimal, off: Decimal, other: Decimal
) -> None:
    a, b = spread(part), spread(whole)
    assert 100 * (part + off) / (whole + other) in ratio(a, b).interval
    assert part + off + whole + other in total([a, b]).interval
    assert 100 * ((part + off) / (whole + other) - 1) - change(a, b).interval.low >= Decimal("-1e-20")


@given(amounts, amounts)
def test_parts_that_add_up_give_a_share_within_both_intervals(one: Decimal, two: Decimal) -> None:
    joint = share_in_sum(spread(one), [spread(two)], spread(one + two))
    assert joint is not None
    assert 100 * one / (one + two) in joint
    assert joint.meets(ratio(spread(one), spread(one + two)).interval)


@given(amounts, amounts)
def test_a_value_rounded_from_its_parts_is_never_a_mismatch(one: Decimal, two: Decimal) -> None:
    exact = 100 * one / two
    printed = spread(round(exact, 1))
    assert compare(ratio(spread(one), spread(two)), printed.interval) == "match"


def test_a_whole_that_may_be_nought_is_refused() -> None:
    with pytest.raises(ZeroDivisionError):
        ratio(spread("1"), spread("0"))
