"""How much an activity may get: min(percent x cost, cap), in whole đồng, for every way in which a price is typed."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.assistant import Assistant
from knowledge.base import KnowledgeBase
from knowledge.finding.support import SupportLevels, calculate, in_force
from knowledge.language.scales import printed
from knowledge.records import Answer, Calculation, SupportLevel
from knowledge.telling.render import plain
from knowledge.text import fold
from tests.language import spoken

BILLION, MILLION = 10**9, 10**6
MOST = 100 * BILLION
ACTIVITIES = (
    ("mua máy", "may-moc-thiet-bi"),
    ("dây chuyền sản xuất", "day-chuyen-cong-nghe"),
    ("mô hình trình diễn", "mo-hinh-trinh-dien"),
    ("cụm liên kết doanh nghiệp", "cum-lien-ket"),
    ("vé máy bay", "khao-sat-nuoc-ngoai"),
)


def level(percent: float | None, cap: int | None, **slots: str) -> SupportLevel:
    """A level of no document."""
    given_slots = {"activity": "may", "scope": "national", "valid_from": "2018-05-11", "valid_to": ""} | slots
    return SupportLevel(
        id=slots.get("id", "l"), activity=given_slots["activity"], name="Máy", scope=given_slots["scope"], percent=percent, cap=cap,
        document="28-2018-tt-btc", article="Điều 8", valid_from=given_slots["valid_from"], valid_to=given_slots["valid_to"], status="in_force",
        aliases=tuple(one for one in (slots.get("alias", ""),) if one),
    )  # fmt: skip


def expected(row: SupportLevel, cost: int) -> tuple[int, int]:
    """The share of the cost and what may be had, by exact fractions."""
    assert row.percent is not None
    share = int(Fraction(str(row.percent)) * cost / 100)
    return share, share if row.cap is None else min(share, row.cap)


# --- prices ----------------------------------------------------------------------------------------------------------


def dotted(value: int) -> str:
    """Digits in groups of three, the Vietnamese way."""
    return f"{value:,}".replace(",", ".")


@st.composite
def prices(draw: st.DrawFn) -> tuple[str, int]:
    """A price from 1 đồng to 100 tỷ as people type it, and its đồng."""
    form = draw(st.sampled_from(FORMS))
    text, value = draw(form)
    return text, value


def _scaled(unit: str, size: int) -> st.SearchStrategy[tuple[str, int]]:
    return st.integers(1, min(9999, MOST // size)).map(lambda n: (f"{n}{unit}", n * size))


def _decimal(unit: str, size: int, places: int) -> st.SearchStrategy[tuple[str, int]]:
    step = size // 10**places
    return st.integers(1, min(99 * 10**places, MOST // step)).map(
        lambda n: (f"{n // 10**places},{n % 10**places:0{places}}{unit}", n * step)
    )


FORMS: list[st.SearchStrategy[tuple[str, int]]] = [
    st.integers(1, MOST).map(lambda n: (f"{dotted(n)} đồng", n)),
    st.integers(1, MOST).map(lambda n: (f"{dotted(n)} VND", n)),
    st.integers(1, MOST).map(lambda n: (f"{n} đồng", n)),
    _scaled("tr", MILLION),
    _scaled(" tr", MILLION),
    _scaled(" triệu", MILLION),
    _scaled(" triệu đồng", MILLION),
    _scaled(" củ", MILLION),
    _scaled("k", 1000),
    _scaled(" nghìn", 1000),
    _scaled(" tỷ", BILLION),
    _scaled(" tỉ", BILLION),
    _scaled("ty", BILLION),
    _scaled(" tỷ rưỡi", BILLION).map(lambda one: (one[0], one[1] + BILLION // 2)),
    _scaled(" triệu rưỡi", MILLION).map(lambda one: (one[0], one[1] + MILLION // 2)),
    _decimal(" tỷ", BILLION, 1),
    _decimal(" tỷ", BILLION, 2),
    _decimal(" tỷ", BILLION, 3),
    _decimal(" triệu", MILLION, 1),
    st.sampled_from([("nửa tỷ", BILLION // 2), ("nửa triệu", MILLION // 2), ("1tỷ2", 1200 * MILLION)]),
    st.tuples(st.integers(1, 99), st.integers(1, 999)).map(
        lambda two: (f"{two[0]} tỷ {two[1]} triệu", two[0] * BILLION + two[1] * MILLION)
    ),
    st.integers(1, 999).map(lambda n: (f"{spoken(n)} triệu", n * MILLION)),
    st.integers(1, 99).map(lambda n: (f"{spoken(n)} tỷ", n * BILLION)),
    st.integers(1, 99).map(lambda n: (f"{spoken(n)} tỷ rưỡi", n * BILLION + BILLION // 2)),
    st.tuples(st.integers(1, 99), st.integers(1, 999)).map(
        lambda two: (f"{spoken(two[0])} tỷ {spoken(two[1])} triệu", two[0] * BILLION + two[1] * MILLION)
    ),
]

_WORKED = re.compile(
    r"Cách tính: (?P<percent>[\d.,]+)% × (?P<cost>[\d.]+) đồng = (?P<share>[\d.]+) đồng"
    r"(?:; mức trần [^(]+\((?P<cap>[\d.]+) đồng\))?.*?: (?P<result>[\d.]+) đồng$",
    re.MULTILINE,
)
_HEADLINE = re.compile(r"tối đa (?P<number>[\d.,]+) (?:(?P<scale>tỷ|triệu) )?đồng")
_SIZES = {"tỷ": BILLION, "triệu": MILLION, None: 1}


def calculation_of(answer: Answer) -> Calculation:
    """The sum of an answer, which must have one."""
    assert answer.calculation is not None, [note.code for note in answer.assumptions]
    return answer.calculation


@settings(max_examples=200, derandomize=True, deadline=None)
@given(
    price=prices(), asked=st.sampled_from(ACTIVITIES), year=st.sampled_from(("", "năm 2016 ", "năm 2020 "))
)
def test_every_price_gives_the_smaller_of_share_and_cap(
    assistant: Assistant, price: tuple[str, int], asked: tuple[str, str], year: str
) -> None:
    text, cost = price
    answer, _ = assistant.ask(f"{year}{asked[0]} {text} được hỗ trợ tối đa bao nhiêu")
    found = calculation_of(answer)
    assert found.level.activity == asked[1]
    assert found.cost == cost
    assert (found.share, found.result) == expected(found.level, cost)
    assert found.level.cap is None or found.result <= found.level.cap


def _number(digits: str) -> Decimal:
    value = printed(digits)
    assert value is not None
    return value


@settings(max_examples=80, derandomize=True, deadline=None)
@given(price=prices())
def test_the_arithmetic_that_is_shown_is_right_to_the_dong(
    assistant: Assistant, price: tuple[str, int]
) -> None:
    answer, _ = assistant.ask(f"mua máy {price[0]} được hỗ trợ bao nhiêu")
    found = calculation_of(answer)
    shown = _WORKED.search(plain(answer))
    assert shown
    percent, cost, share, cap, result = (
        _number(shown[name] or "0") for name in ("percent", "cost", "share", "cap", "result")
    )
    assert cost == price[1]
    assert share == int(percent * cost / 100)
    assert cap == found.level.cap
    assert result == min(share, cap)


@settings(max_examples=120, derandomize=True, deadline=None)
@given(cost=st.one_of(st.integers(1, 2 * BILLION), st.integers(599 * MILLION, 600 * MILLION)))
def test_the_sum_in_the_first_line_never_promises_more_than_the_exact_sum(
    assistant: Assistant, cost: int
) -> None:
    answer, _ = assistant.ask(f"mua máy {dotted(cost)} đồng được hỗ trợ bao nhiêu")
    found = calculation_of(answer)
    shown = _HEADLINE.search(plain(answer).split("\n")[0])
    assert shown
    assert _number(shown["number"]) * _SIZES[shown["scale"]] <= found.result


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("800tr", 800 * MILLION),
        ("1 tỷ rưỡi", 1500 * MILLION),
        ("tám trăm triệu", 800 * MILLION),
        ("1,2 tỷ", 1200 * MILLION),
        ("1.2 tỷ", 1200 * MILLION),
        ("450.000.000 đồng", 450 * MILLION),
        ("450.000.000đ", 450 * MILLION),
        ("450.000.000 đ", 450 * MILLION),
        ("450.000.000 VNĐ", 450 * MILLION),
        ("nửa tỷ", 500 * MILLION),
        ("2 tỷ 300 triệu", 2300 * MILLION),
        ("1.200 triệu", 1200 * MILLION),
        ("một tỷ", 1000 * MILLION),
        ("1 đồng", 1),
        ("100 tỷ", 100 * BILLION),
    ],
)
def test_a_price_in_a_usual_form_is_worked_out(assistant: Assistant, text: str, cost: int) -> None:
    answer, _ = assistant.ask(f"mua máy {text} được hỗ trợ bao nhiêu")
    assert calculation_of(answer).cost == cost


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("2 tỷ 3", 2300 * MILLION),
        ("1 tỷ 2", 1200 * MILLION),
        ("một tỷ hai", 1200 * MILLION),
        ("1 tỷ 200", 1200 * MILLION),
        ("1 tỷ 234 triệu 567 nghìn", 1234567000),
        ("450,000,000 đồng", 450 * MILLION),
        ("450 000 000 đồng", 450 * MILLION),
        ("450000000", 450 * MILLION),
        ("bảy trăm rưỡi triệu", 750 * MILLION),
        ("từ 300 đến 400 triệu", 400 * MILLION),
    ],
)
def test_a_price_in_a_rare_form_is_never_worked_out_as_another_price(
    assistant: Assistant, text: str, cost: int
) -> None:
    answer, _ = assistant.ask(f"mua máy {text} được hỗ trợ bao nhiêu")
    if answer.calculation is None:
        assert "price_missing" in {note.code for note in answer.assumptions}
    else:
        assert answer.calculation.cost == cost


def test_the_price_that_follows_the_level_is_worked_out_for_the_same_activity(assistant: Assistant) -> None:
    _, context = assistant.ask("mô hình trình diễn được hỗ trợ tối đa bao nhiêu")
    answer, _ = assistant.ask("2 tỷ", context)
    found = calculation_of(answer)
    assert (found.level.activity, found.cost) == ("mo-hinh-trinh-dien", 2 * BILLION)


def test_without_a_price_the_level_is_told_and_the_price_asked_for(assistant: Assistant) -> None:
    answer, _ = assistant.ask("mua máy thì được cho mấy tiền")
    assert answer.calculation is None
    assert "price_missing" in {note.code for note in answer.assumptions}


# --- the arithmetic --------------------------------------------------------------------------------------------------


@given(cost=st.integers(1, MOST), data=st.data())
def test_every_level_of_the_base_is_calculated_exactly(
    base: KnowledgeBase, cost: int, data: st.DataObject
) -> None:
    row = data.draw(st.sampled_from([one for one in base.levels.values() if one.percent is not None]))
    found = calculate(row, Decimal(cost))
    assert found is not None
    assert (found.share, found.result) == expected(row, cost)


@given(
    cost=st.integers(1, 10**14),
    percent=st.decimals("0.1", "100", places=1),
    cap=st.one_of(st.none(), st.integers(1, 10**12)),
)
def test_the_sum_is_rounded_down_and_never_above_share_or_cap(
    cost: int, percent: Decimal, cap: int | None
) -> None:
    row = level(float(percent), cap)
    found = calculate(row, Decimal(cost))
    assert found is not None
    assert (found.cost, found.share, found.result) == (cost, *expected(row, cost))
    assert found.result <= cost
    assert cap is None or found.result <= cap


@pytest.mark.parametrize("cost", [0, -1, -(10**9)])
def test_no_sum_for_a_price_that_is_none(cost: int) -> None:
    assert calculate(level(50, 300 * MILLION), Decimal(cost)) is None


def test_no_sum_for_a_level_without_a_percent() -> None:
    assert calculate(level(None, 10 * MILLION), Decimal(MILLION)) is None


# --- which level -----------------------------------------------------------------------------------------------------

OLD = level(50, 200, id="old", valid_from="2014-04-08", valid_to="2018-05-10", alias="mua máy")
NEW = level(50, 300, id="new", valid_from="2018-05-11", alias="mua máy")
LOCAL = level(30, 100, id="local", valid_from="2025-07-26", scope="dak-lak")
LEVELS = SupportLevels([OLD, NEW, LOCAL])


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2014, 4, 7), None),
        (date(2014, 4, 8), OLD),
        (date(2018, 5, 10), OLD),
        (date(2018, 5, 11), NEW),
        (date(2030, 1, 1), NEW),
    ],
)
def test_the_level_of_a_day_holds_from_its_first_to_its_last_day(
    day: date, found: SupportLevel | None
) -> None:
    assert LEVELS.on("may", day) == found


def test_a_level_without_dates_is_in_force_on_any_day() -> None:
    assert in_force(level(50, 1, valid_from=""), date(1990, 1, 1))


def test_the_level_of_a_province_is_apart_from_the_national_one() -> None:
    assert LEVELS.local("may", "dak-lak", date(2026, 1, 1)) == LOCAL
    assert LEVELS.local("may", "dak-lak", date(2025, 7, 25)) is None
    assert LEVELS.on("may", date(2026, 1, 1)) == NEW


def test_the_last_known_level_is_the_newest_national_one() -> None:
    assert LEVELS.last_known("may") == NEW
    assert LEVELS.last_known("khac") is None


def test_an_activity_is_named_by_its_longest_alias(base: KnowledgeBase) -> None:
    levels = SupportLevels(base.levels.values())
    for row in base.levels.values():
        for alias in row.aliases:
            assert levels.activity_in(fold(f"xưởng tôi muốn {alias} thì sao")) == row.activity, alias


def test_a_sum_by_a_level_that_has_ended_is_no_promise(assistant: Assistant) -> None:
    answer, _ = assistant.ask("thuê gian hàng hội chợ trong nước hết 20 triệu thì được hỗ trợ bao nhiêu")
    first = plain(answer).split("\n", 1)[0]
    assert first.startswith("Mức cũ (đến hết 10/5/2018) là tối đa 16 triệu đồng")
    assert "chưa biết" in first
