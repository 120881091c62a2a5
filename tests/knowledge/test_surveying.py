"""Lists, spans, averages and the question which figure a number is."""

from __future__ import annotations

import pytest

from knowledge.answering.surveying import MOST_LISTED
from knowledge.assistant import Assistant
from knowledge.base import KnowledgeBase
from knowledge.telling.render import plain


def test_every_figure_of_a_region_is_reached_through_its_list_and_buttons(
    assistant: Assistant, base: KnowledgeBase
) -> None:
    for region in ("phia_bac", "phia_nam", "quang-binh"):
        answer, context = assistant.ask(f"tất cả số liệu về {base.names[region]}")
        assert answer.kind == "series"
        seen = {row.id for row in answer.figures}
        assert len(answer.figures) <= MOST_LISTED
        for choice in answer.choices:
            more, _ = assistant.ask(choice.question, context)
            assert {row.region for row in more.figures} == {region}
            seen |= {row.id for row in more.figures}
        told = {
            row.id
            for row in base.select(region=region)
            if row.measure not in ("date", "edition") and row.period
        }
        years = {base.figures[one].period[:4] for one in told - seen}
        offered = {base.figures[one].period[:4] for one in seen}
        assert not years or max(years) < min(offered), "what is left out is older than all that is offered"


def test_a_span_says_which_years_are_missing_and_adds_nothing_up(assistant: Assistant) -> None:
    answer, _ = assistant.ask("kinh phí khuyến công phía Bắc từ 2019 đến 2024")
    assert {row.period for row in answer.figures} >= {"2023", "2024"}
    assert "2019, 2020" in plain(answer)
    total, _ = assistant.ask("tổng kinh phí khuyến công phía Bắc từ 2019 đến 2024 là bao nhiêu")
    assert total.status != "answered"


def test_a_span_with_a_figure_of_its_own_gives_that_figure(assistant: Assistant) -> None:
    answer, _ = assistant.ask("kinh phí khuyến công cả nước giai đoạn 2021 2025")
    assert [row.period for row in answer.figures] == ["2021-2025"]


def test_an_average_is_of_one_source_and_says_that_it_is_computed(assistant: Assistant) -> None:
    answer, _ = assistant.ask("bình quân mỗi đề án KCQG năm 2024 được phân bổ bao nhiêu tiền")
    money, count = answer.figures
    assert money.source == count.source and money.period == count.period == "2024"
    text = plain(answer)
    assert "tôi tính" in text and "429.679.245 đồng" in text


@pytest.mark.parametrize(
    "asked",
    [
        "bình quân mỗi mô hình trình diễn năm 2021 được bao nhiêu tiền",
        "trung bình mỗi cơ sở phía Nam năm 2023 được hỗ trợ mấy triệu",
    ],
)
def test_money_is_not_divided_by_a_count_that_does_not_share_it(assistant: Assistant, asked: str) -> None:
    answer, _ = assistant.ask(asked)
    assert "(tôi tính:" not in plain(answer)


def test_a_number_finds_the_figures_that_have_it(assistant: Assistant, base: KnowledgeBase) -> None:
    for typed, value in (("176,4 tỷ", 176.4e9), ("79,9 tỷ", 79.9e9), ("45,546 tỷ", 45.546e9)):
        answer, _ = assistant.ask(f"{typed} là số gì")
        assert answer.status == "answered"
        assert {row.value for row in answer.figures} == {value}
        assert {row.id for row in answer.figures} == {row.id for row in base.figures_by_value[value]}


def test_a_number_that_nobody_printed_is_nothing(assistant: Assistant) -> None:
    answer, _ = assistant.ask("98,7654 tỷ là số gì")
    assert answer.status == "no_answer"
    assert "98,7654 tỷ" in plain(answer)


def test_years_that_are_named_one_by_one_are_listed_with_what_is_missing(assistant: Assistant) -> None:
    answer, _ = assistant.ask("kinh phí thực hiện phía Bắc 2021 2022 2023")
    assert [(row.period, row.value) for row in answer.figures] == [("2021", 130.4e9), ("2023", 176.4e9)]
    assert "Chưa có số của: 2022" in plain(answer)


def test_an_average_without_two_figures_is_a_gap(assistant: Assistant) -> None:
    answer, _ = assistant.ask("bình quân mỗi đề án của phía Bắc 2023")
    assert answer.status != "answered"


@pytest.mark.parametrize(
    ("asked", "values"),
    [
        ("Kế hoạch KCQG giai đoạn 2021-2025 của Cao Bằng, Quảng Trị, Đà Nẵng và Đắk Nông?", [13.8e9, 15.9e9, 19.5e9, 8.7e9]),
        ("số mô hình trình diễn KCQG cả nước năm 2015, giai đoạn 2014-2018, giai đoạn 2014-2020", [50, 210, 261]),
        ("dong thap den giua 2020 co bao nhieu sp tieu bieu cap tinh, kv, qg", [6, 18, 79]),
        ("Quảng Ninh khuyến công địa phương 2017 rồi 2018, từng năm mấy tỷ", [1e9, 2e9]),
    ],
)  # fmt: skip
def test_what_is_listed_is_told_one_by_one(assistant: Assistant, asked: str, values: list[float]) -> None:
    answer, _ = assistant.ask(asked)
    assert (answer.kind, [row.value for row in answer.figures]) == ("series", values)


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("Khuyến công hỗ trợ riêng nghề gốm ở phía Nam năm 2023 mấy tỷ?", "nghề gốm"),
        ("Số tiền khuyến công của huyện Đơn Dương, Lâm Đồng năm 2024?", "huyện"),
        ("phía Bắc 2023 chi cho ngành gỗ mấy tỷ khuyến công", "ngành gỗ"),
    ],
)
def test_money_of_a_trade_or_a_district_is_not_that_of_its_region(
    assistant: Assistant, asked: str, part: str
) -> None:
    answer, _ = assistant.ask(asked)
    assert answer.figures == ()
    assert part in plain(answer)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("KCĐP phía Bắc 2021: giao bao nhiêu, tiêu bao nhiêu, chênh lệch thế nào, đạt mấy phần trăm", ("91,5", "80,1", "11,4", "87,6")),
        ("miền Trung - Tây Nguyên kế hoạch 2017 so với số thực hiện 2016 tăng bao nhiêu tỷ", ("48,331", "37,116", "11,215")),
    ],
)  # fmt: skip
def test_a_plan_and_what_was_done_are_told_together(
    assistant: Assistant, asked: str, told: tuple[str, ...]
) -> None:
    answer, _ = assistant.ask(asked)
    assert answer.status == "answered"
    assert all(one in plain(answer) for one in told)


def test_more_than_how_much_is_no_comparison(assistant: Assistant) -> None:
    answer, _ = assistant.ask("Cả nước năm 2021 được cấp hơn bao nhiêu tỷ đồng khuyến công quốc gia?")
    assert [row.value for row in answer.figures] == [75.6e9]


def test_a_span_of_years_without_a_sum_is_told_year_by_year(assistant: Assistant) -> None:
    answer, _ = assistant.ask("kế hoạch phía Bắc từ 2021 đến 2024 là bao nhiêu")
    assert {row.period for row in answer.figures} == {"2021", "2022", "2023", "2024"}


@pytest.mark.parametrize(
    ("asked", "values"),
    [
        ("phía nam 9 tháng 2025 thực hiện có nơi 14,8% có nơi 12,6% thì lấy số nào", {14.8, 12.6}),
        ("điện biên 2016-2021 nơi ghi 7 tỷ nơi ghi 6 tỷ, số nào đúng", {7e9, 6e9}),
    ],
)
def test_of_two_values_that_are_printed_both_are_told_with_their_sources(
    assistant: Assistant, asked: str, values: set[float]
) -> None:
    answer, _ = assistant.ask(asked)
    assert {row.value for row in answer.figures} == values
    assert "nguồn in khác nhau" in plain(answer)


def test_money_of_a_count_names_what_another_source_prints(assistant: Assistant) -> None:
    answer, _ = assistant.ask("điện biên 41 đề án giai đoạn 2016-2021 hết bao nhiêu tiền")
    assert "hơn 7 tỷ đồng; nguồn khác in hơn 6 tỷ đồng" in plain(answer)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Sơn La 2025 kcqg bao nhiêu", "chưa được giao kinh phí"),
        ("Lạng Sơn 2025 chi bao nhiêu tiền khuyến công", "không triển khai được"),
    ],
)
def test_why_there_is_no_figure_is_told_where_it_is_known(
    assistant: Assistant, asked: str, told: str
) -> None:
    answer, _ = assistant.ask(asked)
    assert [row.value for row in answer.figures] == [0]
    assert told in plain(answer).split("\n")[0]


def test_provinces_of_a_region_are_not_counted_where_their_money_is_asked(assistant: Assistant) -> None:
    answer, _ = assistant.ask("mấy tỉnh phía nam 2023 thực hiện được bao nhiêu tiền")
    assert answer.figures[0].indicator == "kinh-phi"
