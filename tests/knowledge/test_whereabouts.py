"""Where someone says that he is: old districts and new communes before a province."""

from __future__ import annotations

import pytest

from knowledge.assistant import Assistant
from knowledge.telling.render import plain
from tests.test_validity import codes


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("phường Tân Uyên tỉnh Bình Dương có được khuyến công không", "doi-tuong-phuong-thanh-pho-truc-thuoc-trung-uong"),
        ("phường Lam Sơn, Thanh Hóa có được khuyến công không", "doi-tuong-phuong-cua-tinh"),
        ("xưởng ở xã Đại Đồng, Bắc Ninh có thuộc diện khuyến công không", "doi-tuong-xa-cua-tinh"),
        ("xưởng ở xã Sóc Sơn Hà Nội có thuộc diện khuyến công không", "doi-tuong-xa-thanh-pho-truc-thuoc-trung-uong"),
        ("xưởng tôi ở thị xã Duy Tiên Hà Nam có được khuyến công không", "doi-tuong-huyen-thi-xa-cu"),
        ("cơ sở em ở huyện Thuận Thành tỉnh Bắc Ninh có được hưởng khuyến công không", "doi-tuong-huyen-thi-xa-cu"),
    ],
)  # fmt: skip
def test_a_locality_is_read_as_its_kind_in_the_province_of_today(
    assistant: Assistant, question: str, entry: str
) -> None:
    answer, _ = assistant.ask(question)
    assert [one.id for one in answer.entries[:1]] == [entry]


@pytest.mark.parametrize(
    ("message", "office"),
    [
        ("tôi ở Hà Nam", "Sở Công Thương tỉnh Ninh Bình"),
        ("em ở Bình Dương ạ", "Sở Công Thương thành phố Hồ Chí Minh"),
        ("huyện Kim Bảng tỉnh Hà Nam", "Sở Công Thương tỉnh Ninh Bình"),
        ("toi o xa Nhan Khang, huyen Ly Nhan, Ha Nam", "Sở Công Thương tỉnh Ninh Bình"),
        ("tôi ở Thanh Hóa", "Sở Công Thương tỉnh Thanh Hóa"),
    ],
)
def test_who_only_says_where_he_is_is_told_whom_to_ask(
    assistant: Assistant, message: str, office: str
) -> None:
    answer, _ = assistant.ask(message)
    assert answer.aspect == "contact"
    assert office in plain(answer)
    assert ("no_district" in codes(answer)) == ("huy" in message)


def test_after_a_level_the_province_that_set_its_own_tells_it(assistant: Assistant) -> None:
    _, context = assistant.ask("mô hình trình diễn được hỗ trợ tối đa bao nhiêu")
    answer, _ = assistant.ask("tôi ở Đắk Lắk", context)
    assert "800 triệu đồng/mô hình" in plain(answer)


def test_where_someone_is_stays_the_region_of_a_figure_that_he_asks(assistant: Assistant) -> None:
    answer, _ = assistant.ask("tôi ở Thanh Hóa, kinh phí khuyến công 2021 thực hiện bao nhiêu")
    assert answer.aspect != "contact"


def test_a_bare_province_is_no_request_for_an_office(assistant: Assistant) -> None:
    answer, _ = assistant.ask("Hà Nam")
    assert answer.aspect != "contact"
