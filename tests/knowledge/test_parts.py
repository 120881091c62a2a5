"""Questions for several figures of one place and time, and what is computed from two of them."""

from __future__ import annotations

import pytest

from knowledge.assistant import Assistant
from knowledge.telling.render import plain


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Quảng Bình 2016-2020 mấy đề án quốc gia, mấy đề án tỉnh, hết bao nhiêu tiền", ("17 đề án", "152 đề án", "21 tỷ")),
        ("Sóc Trăng 2016-2018: tổng đề án, quốc gia, địa phương và tổng vốn", ("66", "8 đề án", "58", "51,154")),
        ("thai nguyen nam 2024 bn de an kcdp, trong do may cai la may moc", ("22 đề án", "17 đề án")),
        ("Cao Bằng 2021-2025 kế hoạch tổng cộng mấy tỷ, trung ương lo mấy, tỉnh lo mấy", ("18,246", "13,8", "4,446")),
        ("đề án nước mắm Kiên Giang nhà nước bỏ bao nhiêu, dân bỏ bao nhiêu", ("3,15 tỷ", "6,702 tỷ")),
    ],
)  # fmt: skip
def test_every_part_is_told_in_the_order_asked(
    assistant: Assistant, text: str, told: tuple[str, ...]
) -> None:
    head = plain(assistant.ask(text)[0]).split("\n")[0]
    assert all(one in head for one in told), head


def test_a_part_that_is_not_held_is_named_after_those_that_are(assistant: Assistant) -> None:
    text = plain(assistant.ask("Lâm Đồng 2024 mấy đề án, tiền quốc gia bao nhiêu, tiền tỉnh bao nhiêu")[0])
    assert text.startswith("29 đề án; 4,8 tỷ đồng")
    assert "Chưa có số của: kinh phí khuyến công KCQG." in text


def test_a_sum_that_no_source_prints_is_marked_as_our_own(assistant: Assistant) -> None:
    said = "Bình Phước kế hoạch 2016-2020: ngân sách trung ương, ngân sách địa phương, hai nguồn cộng lại"
    assert "Hai nguồn cộng lại: 37,34 tỷ đồng (tôi tính từ hai số trên)." in plain(assistant.ask(said)[0])


def test_a_sum_of_two_kinds_says_what_they_are(assistant: Assistant) -> None:
    said = "Thanh Hóa 2021: tiền quốc gia bao nhiêu, tiền tỉnh bao nhiêu, tổng cộng bao nhiêu"
    text = plain(assistant.ask(said)[0])
    assert "Chưa có số của: kinh phí khuyến công tổng hai nguồn." in text
    assert "2,822 tỷ đồng (tôi tính từ hai số trên; một số là phân bổ, một số là thực hiện" in text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ninh Bình 2009 kế hoạch hai nguồn cộng lại là mấy tỷ", "2,9 tỷ đồng (tôi tính"),
        (
            "KCĐP phía Nam năm 2023 kế hoạch bao nhiêu",
            "(KCĐP) 67,34 tỷ đồng (tôi tính: 99,35 tỷ đồng trừ 32,01",
        ),
        (
            "phần địa phương trong kế hoạch cả nước 2021-2025 khoảng mấy tỷ",
            "910,4 tỷ đồng (tôi tính: 63,4% của",
        ),
        ("Thái Bình 2012-2022 mỗi nguồn bao nhiêu đề án", "(KCQG): 54 đề án"),
        ("Quảng Ninh 2017 số đề án, số tiền của từng nguồn", "800 triệu đồng; 2 đề án; 1 tỷ đồng; 12 đề án"),
        ("Đắk Nông 2021-2025 ngoài KCQG và KCĐP phần còn lại bao nhiêu", "52,8 tỷ đồng (tôi tính"),
        ("phía Nam 2022 tỷ lệ đậu bao nhiêu", "54,9%"),
        ("năm 2023 nhóm thực phẩm chiếm mấy phần trăm trong 173 sản phẩm cấp quốc gia", "63%"),
    ],
)
def test_what_no_source_prints_is_reckoned_and_said_to_be(assistant: Assistant, text: str, told: str) -> None:
    assert told in plain(assistant.ask(text)[0])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Bắc Giang 2011-2015 cứ 1 đồng khuyến công thì cơ sở góp mấy đồng", "9,51"),
        ("Cà Mau 2020-2023 vốn cơ sở gấp mấy lần tiền khuyến công", "2,19"),
        ("Kế hoạch 2016 phía Bắc bằng mấy phần trăm cả nước", "54,1%"),
        ("KCĐP cả nước 2024 đạt mấy phần trăm kế hoạch", "81,2%"),
        ("Cao Bằng giai đoạn 2021-2025 thực hiện đạt bao nhiêu phần trăm kế hoạch", "23,9%"),
        ("Hòa Bình 2016–2020, vốn đối ứng chiếm bao nhiêu phần trăm trong tổng", "70,7%"),
        ("Hòa Bình 2016–2020, doanh nghiệp góp mấy phần trăm trong tổng", "70,7%"),
        ("Kế hoạch 2025 vùng nào lớn nhất, hơn vùng bé nhất bao nhiêu", "Phía Bắc sau sắp xếp"),
    ],
)
def test_what_two_held_figures_give_is_computed(assistant: Assistant, text: str, told: str) -> None:
    answer = plain(assistant.ask(text)[0])
    assert told in answer.split("\n")[0]
    assert "tôi tính" in answer


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Vĩnh Long 5 năm tới (2026-2030) khuyến công quốc gia rót mấy tỷ", "22,6 tỷ"),
        ("Vĩnh Long 2021… à nhầm, 2022 có mấy đề án khuyến công địa phương", "27 đề án"),
        ("tổng kinh phí kcong phía bắc 2021 thực hiện", "130,4"),
    ],
)
def test_what_is_held_under_another_name_leads(assistant: Assistant, text: str, told: str) -> None:
    assert told in plain(assistant.ask(text)[0]).split("\n")[0]
