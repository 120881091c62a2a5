"""What is told of a workshop: trades by their names and marks, places, sizes, each with its rule."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from knowledge.answering.library import Library
from knowledge.answers.size import MOST_WORKERS
from knowledge.answers.told import Telling, Told
from knowledge.assistant import Assistant
from knowledge.base import KnowledgeBase

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def telling(base: KnowledgeBase) -> Telling:
    return Telling(Library(base))


def read(assistant: Assistant, telling: Telling, typed: str) -> Told:
    return telling.read(assistant.reader.read(typed, TODAY))


def trades(told: Told) -> list[str]:
    return [one.entry.id for one in told.held if one.topic == "trade"]


@pytest.mark.parametrize(
    ("typed", "trade"),
    [
        ("cơ sở làm nước đá có được hưởng không", "nganh-do-uong"),
        ("xưởng da giày có được hưởng không", "nganh-may-mac"),
        ("lam gach khong nung co duoc khong", "nganh-vat-lieu-khong-nung"),
        ("bán vật liệu xây dựng có được không", "nganh-khong-buon-ban"),
        ("sản xuất vật liệu xây dựng có được không", "nganh-vat-lieu-xay-dung"),
        ("nuôi tôm có được không", "nganh-khong-nuoi-trong-thuy-san"),
        ("chế biến tôm có được không", "nganh-che-bien-thuy-san"),
        ("đại lý phân bón có được không", "nganh-khong-buon-ban"),
        ("làm bánh tráng phơi nắng bán chợ có được không", "nganh-thuc-pham"),
    ],
)
def test_a_trade_is_read_by_its_name_and_by_what_is_done_with_it(
    assistant: Assistant, telling: Telling, typed: str, trade: str
) -> None:
    assert trades(read(assistant, telling, typed)) == [trade]


@pytest.mark.parametrize(
    "typed",
    [
        "máy đặt làm trong nước có được không",
        "công ty 100% vốn Hàn Quốc có được không",
        "hộ kinh doanh có được không",
    ],
)
def test_half_a_name_or_another_word_is_no_trade(assistant: Assistant, telling: Telling, typed: str) -> None:
    assert trades(read(assistant, telling, typed)) == []


@pytest.mark.parametrize(
    ("said", "large"),
    [
        (f"công ty {MOST_WORKERS} lao động", False),
        (f"công ty {MOST_WORKERS + 1} công nhân", True),
        ("công ty 150 người vốn 120 tỷ", None),
        ("công ty 150 người vốn 120 tỷ doanh thu 180 tỷ", False),
        ("công ty vốn 101 tỷ doanh thu 201 tỷ", True),
        ("công ty 250 lao động vốn 15 tỷ", True),
    ],
)
def test_workers_must_fit_and_one_of_revenue_and_capital(
    assistant: Assistant, telling: Telling, said: str, large: bool | None
) -> None:
    size = read(assistant, telling, said).size
    assert size.known
    assert size.large is large


def test_nothing_said_is_no_size(assistant: Assistant, telling: Telling) -> None:
    assert not read(assistant, telling, "xưởng cơ khí ở xã").size.known


def test_a_ward_of_a_city_rules_out_unless_it_is_a_craft_village(
    assistant: Assistant, telling: Telling
) -> None:
    assert read(assistant, telling, "xưởng ở phường của Hải Phòng").worst == "no"
    assert read(assistant, telling, "xưởng ở phường của Hải Phòng, trong làng nghề").worst == "yes"
    assert (
        read(assistant, telling, "xưởng ở phường của Hải Phòng, không nằm trong làng nghề nào").worst == "no"
    )
    assert read(assistant, telling, "xưởng ở phường của tỉnh Bắc Ninh").worst == "yes"


def test_who_turns_to_another_trade_is_read_by_that(assistant: Assistant, telling: Telling) -> None:
    told = read(assistant, telling, "tôi bỏ lò gạch cũ, chuyển sang ép gạch không nung, máy ép 750 triệu")
    assert trades(told) == ["nganh-vat-lieu-khong-nung"]
    assert [one.high for one in told.amounts] == [Decimal(750_000_000)]


def test_every_rule_names_an_entry_or_a_level_of_the_base(base: KnowledgeBase) -> None:
    activities = {level.activity for level in base.levels.values()}
    values = {(row.slot, row.value) for row in base.slots.values()}
    for rule in base.rules:
        assert not rule.entry or rule.entry in base.entries, rule.id
        assert not rule.amount or rule.amount in base.entries, rule.id
        assert not rule.level or rule.level in activities, rule.id
        if rule.slot in ("fact", "activity", "role"):
            assert (rule.slot, rule.value) in values, rule.id
