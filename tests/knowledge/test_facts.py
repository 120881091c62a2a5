"""What is told of an establishment: trades by their names and marks, places, sizes, and the rule of each told together."""

from __future__ import annotations

import pytest

from knowledge.assistant import Assistant
from knowledge.base import KnowledgeBase
from knowledge.finding.enterprise import MOST_WORKERS, size_in
from knowledge.finding.facts import FactNames, Spelling
from knowledge.telling.law import fact_name
from knowledge.telling.render import plain
from knowledge.text import fold


@pytest.fixture(scope="module")
def names(base: KnowledgeBase) -> FactNames:
    return FactNames(base.entries.values())


def trades(names: FactNames, typed: str) -> list[str]:
    return [fact.entry for fact in names.read(fold(typed), typed) if fact.topic == "trade"]


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
        ("tái chế bao bì nhựa có được không", "nganh-cong-nghiep-moi-truong"),
        ("làm bánh tráng phơi nắng bán chợ có được không", "nganh-thuc-pham"),
    ],
)
def test_a_trade_is_read_by_its_name_and_by_what_is_done_with_it(
    names: FactNames, typed: str, trade: str
) -> None:
    assert trades(names, typed) == [trade]


@pytest.mark.parametrize(
    "typed",
    [
        "máy đặt làm trong nước có được không",  # làm trống is a drum maker's
        "công ty 100% vốn Hàn Quốc có được không",  # hàn is welding
        "xây nhà xưởng có được không",
        "hộ kinh doanh có được không",
        "xúc tiến thương mại có được hỗ trợ không",
    ],
)
def test_half_a_name_or_another_word_is_no_trade(names: FactNames, typed: str) -> None:
    assert trades(names, typed) == []


def test_marks_that_were_typed_must_be_those_of_the_name() -> None:
    spelling = Spelling("Làm hoà giấy ở thị trấn")
    assert spelling.may_be("làm hòa giấy")  # old and new tone placement
    assert not spelling.may_be("làm hoa giày")
    assert spelling.may_be("nước đá")  # not typed in these letters at all
    assert spelling.has("giấy") and not spelling.has("giày")
    assert Spelling("lam nuoc da").may_be("nước đá")


@pytest.mark.parametrize(
    ("said", "large"),
    [
        (f"{MOST_WORKERS} lao dong", False),
        (f"{MOST_WORKERS + 1} cong nhan", True),
        ("150 nguoi von 120 ty", None),
        ("150 nguoi von 120 ty doanh thu 180 ty", False),
        ("von 101 ty doanh thu 201 ty", True),
        ("100 ty von dieu le 180 lao dong", False),
        ("250 lao dong von 15 ty", True),
    ],
)
def test_workers_must_fit_and_one_of_revenue_and_capital(said: str, large: bool | None) -> None:
    size = size_in(said)
    assert size.known
    assert size.large is large


def test_nothing_said_is_no_size() -> None:
    assert not size_in("xuong co khi o xa").known


def test_the_worst_verdict_leads_and_every_fact_is_told(assistant: Assistant) -> None:
    answer, _ = assistant.ask("công ty Đài Loan làm giày ở xã có được khuyến công không")
    assert [entry.id for entry in answer.entries] == [
        "doi-tuong-doanh-nghiep-fdi",
        "doi-tuong-xa-cua-tinh",
        "nganh-may-mac",
    ]
    assert answer.stance == "unknown"
    text = plain(answer)
    assert all(fact_name(entry) in text for entry in answer.entries[1:])


def test_facts_that_all_fit_are_no_promise(assistant: Assistant) -> None:
    answer, _ = assistant.ask("xưởng gỗ của tôi ở thị trấn có được hưởng khuyến công không")
    assert answer.stance == "yes"
    assert "không phải lời hứa" in plain(answer)


def test_a_ward_of_no_named_province_depends_and_one_of_a_province_does_not(assistant: Assistant) -> None:
    anywhere, _ = assistant.ask("htx ở phường làm bánh tráng có được khuyến công không")
    province, _ = assistant.ask("htx ở phường của Ninh Bình làm bánh tráng có được khuyến công không")
    assert (anywhere.stance, province.stance) == ("conditional", "yes")


def test_a_large_enterprise_is_told_so_by_its_numbers(assistant: Assistant) -> None:
    answer, _ = assistant.ask("xưởng em có 250 lao động vốn 15 tỷ có được không")
    assert answer.entries[0].id == "doi-tuong-doanh-nghiep-lon"
    assert [note.code for note in answer.assumptions] == ["size_large"]


def test_growing_and_making_together_depend(assistant: Assistant) -> None:
    answer, _ = assistant.ask("nuôi tằm dệt lụa có được hưởng không")
    assert answer.stance == "conditional"
    assert plain(answer).startswith("Còn tùy từng việc")


@pytest.mark.parametrize(
    "asked",
    ["quán cà phê mua máy pha 150 triệu được hỗ trợ bao nhiêu", "nuôi heo mua máy 300tr được hỗ trợ mấy"],
)
def test_no_sum_is_told_to_a_trade_that_is_not_supported(assistant: Assistant, asked: str) -> None:
    answer, _ = assistant.ask(asked)
    assert answer.stance == "no"
    assert answer.calculation is None


def test_a_sum_for_a_doubtful_trade_says_the_doubt(assistant: Assistant) -> None:
    answer, _ = assistant.ask("tiệm sửa xe máy mua máy 60 triệu được hỗ trợ bao nhiêu")
    assert answer.calculation is not None
    assert "doubtful_trade" in [note.code for note in answer.assumptions]


def test_a_trade_that_no_entry_names_is_answered_in_general(assistant: Assistant) -> None:
    answer, _ = assistant.ask("sản xuất than tổ ong có được khuyến công không")
    assert answer.entries[0].id == "nganh-chua-neu-ten"
    assert answer.stance == "conditional"


def test_an_activity_is_not_answered_with_the_trade_of_who_asks(assistant: Assistant) -> None:
    answer, _ = assistant.ask("xưởng gốm muốn đăng ký thương hiệu có được khuyến công hỗ trợ không")
    assert "nganh_nghe" not in answer.entries[0].topics
