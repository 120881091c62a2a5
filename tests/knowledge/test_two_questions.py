"""One message with two questions: where it is parted, and what is told of both."""

from __future__ import annotations

import pytest

from knowledge.assistant import Assistant
from knowledge.telling.render import plain


@pytest.mark.parametrize(
    "text",
    [
        "bao lâu bình chọn một lần cấp quốc gia, ai tổ chức",
        "ho so xin ho tro may moc gom gi, nop o dau",
        "mua máy được hỗ trợ bao nhiêu, hồ sơ cần gì",
        "mở lớp dạy nghề có được hỗ trợ không với lại mỗi người học được mấy tiền",
        "Khuyến công là gì? Ai được hưởng",
    ],
)
def test_two_questions_are_both_answered(assistant: Assistant, text: str) -> None:
    answer, _ = assistant.ask(text)
    assert answer.then or answer.also


def test_two_questions_that_one_text_answers_are_told_once(assistant: Assistant) -> None:
    answer, _ = assistant.ask("Chương trình KCQG 2026-2030 theo quyết định nào, do ai ký")
    told = plain(answer).split("\n")[0]
    assert "2646/QĐ-BCT" in told and "Bộ trưởng" in told


@pytest.mark.parametrize(
    "text",
    [
        "mua máy cưa, máy bào, máy đục thì được hỗ trợ bao nhiêu",
        "năm 2023, ở phía Bắc, khuyến công quốc gia thực hiện bao nhiêu",
        "tôi ở xã, làm mộc, muốn mua máy thì được hỗ trợ không",
        "cho hỏi là xưởng bún ở quê, có đăng ký hộ kinh doanh, thì có được hỗ trợ không ạ",
        "em không mua máy mà muốn làm nhãn hiệu, được hỗ trợ bao nhiêu",
        "phía Bắc 2023 so với phía Nam 2023 bên nào nhiều hơn, hơn bao nhiêu",
        "nghị định 45/2012 ban hành 21/5/2012, có hiệu lực từ 5/7/2012, đúng chưa",
        "Hội nghị lần thứ XVI họp ở Thanh Hóa, do ông Phạm Bá Oai chủ trì đúng không",
    ],
)
def test_one_question_stays_one(assistant: Assistant, text: str) -> None:
    assert not assistant.ask(text)[0].then


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("hải phòng 2019 tiền khuyến công bao nhiêu, chia cho mấy đề án", ("13 đề án", "3,96 tỷ")),
        ("Sóc Trăng 2016-2018 làm bao nhiêu đề án, tổng kinh phí mấy tỷ", ("66 đề án", "51,154 tỷ")),
        ("Phía Nam 2018 thực hiện bao nhiêu, tách quốc gia với địa phương", ("87,3", "24,8", "62,5")),
        ("9 tháng 2025 phía Bắc giải ngân tới đâu rồi, riêng tiền trung ương được nhiêu", ("42,6", "9,7")),
        ("kế hoạch phía Bắc 2024 bao nhiêu tỷ, giảm mấy phần trăm so với năm trước", ("8,5%", "170,8")),
        ("kinh phí cả nước 2021-2025 được duyệt bao nhiêu, quốc gia chiếm mấy phần trăm", ("1.436", "36,6%")),
        ("phía bắc 2020 bao nhiêu sản phẩm dự thi, bao nhiêu đạt cấp khu vực", ("194", "110")),
    ],
)
def test_what_is_asked_besides_is_told_before_the_details(
    assistant: Assistant, text: str, told: tuple[str, ...]
) -> None:
    seen = plain(assistant.ask(text)[0]).split("\nXem thêm")[0]
    assert not [one for one in told if one not in seen]


def test_what_the_base_lacks_for_the_second_question_is_said(assistant: Assistant) -> None:
    answer, _ = assistant.ask("kinh phí khuyến công phía Bắc 2023 là bao nhiêu, năm 2005 là bao nhiêu")
    assert answer.figures
    assert answer.then[0].status == "no_answer"
