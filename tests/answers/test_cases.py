"""What a rule comes to by what was told: the first line, the stance, and the second thing that was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knowledge.telling.render import plain

if TYPE_CHECKING:
    from knowledge.assistant import Assistant
    from knowledge.base import KnowledgeBase


@pytest.mark.parametrize(
    ("question", "stance", "opening"),
    [
        ("mỏ đá ở xã đồng bằng không khó khăn có được khuyến công không", "no", "Không: khai thác"),
        ("mỏ đá ở xã đặc biệt khó khăn có được khuyến công không", "conditional", "Được xét, nếu đúng"),
        ("đi hội chợ nước ngoài lần thứ ba trong năm có được hỗ trợ không", "no", "Không: mỗi cơ sở"),
        ("khai thác khoáng sản có được khuyến công không", "conditional", "Còn tùy"),
        ("hàng mua về bán lại có đủ điều kiện dự bình chọn sản phẩm không", "no", "Không"),
        ("năm ngoái đã đi 2 lần hội chợ nước ngoài, năm nay có được đi nữa không", "conditional", "Còn tùy"),
        ("hội đồng bình chọn cấp tỉnh 8 người có hợp lệ không", "no", "Không hợp lệ: hội đồng cấp tỉnh"),
        ("hội đồng bình chọn cấp khu vực 9 người có hợp lệ không", "yes", "Hợp lệ: hội đồng cấp khu vực"),
        ("làm sản xuất sạch hơn có bị giới hạn quy mô không", "no", "Không, cơ sở"),
        ("xưởng mộc ở phường của Hải Phòng, ngoài làng nghề, có được khuyến công không", "no", "Không: ở thành phố"),
        ("cơ sở tôi có đủ điều kiện dự bình chọn không", "conditional", "Được, nếu là hàng"),
        ("OCOP với khuyến công có làm song song được không", "yes", "Được: một cơ sở"),
        ("thông báo kết quả bình chọn 3 tháng rồi, có khiếu nại được không", "no", "Không kịp nữa"),
        ("có kết quả bình chọn hồi tháng 8, giờ khiếu nại còn kịp không", "no", "Không kịp nữa"),
        ("máy bào hỏng rồi, ông chú bán lại cho em cái máy cũ, em mua có được hỗ trợ không", "no", "Không hỗ trợ máy cũ"),
        ("nhà chị mua gạo về đóng túi, có được hỗ trợ máy hút chân không không", "no", "Không, khuyến công dành cho"),
        ("xưởng mở ở xã đồng bằng, lập công ty thì có khoản 10 triệu không", "no", "Không"),
        ("hàng nhái có được bình chọn sản phẩm tiêu biểu không", "no", "Không được dự"),
        ("lập công ty ở xã đồng bằng có được 10 triệu không", "no", "Không: khoản không quá 10 triệu"),
        ("xưởng gỗ ở Đồng Nai có 500 công nhân, có xin được không", "no", "Không: quy mô bạn nêu"),
        ("xã em không tổ chức bình chọn, chè nhà em có dự cấp tỉnh được không", "yes", "Được dự cấp tỉnh"),
        ("khai thác đá ở xã không khó khăn, mua máy cưa đá có được không", "no", "Không: khai thác"),
        ("lò bánh ở Gò Vấp, xưởng ở phường, có được khuyến công không", "no", "Thường là không"),
        ("lò bánh ở phường của Bắc Ninh có được khuyến công không", "yes", "Được"),
        ("em làm bánh pía muốn bán online thì khuyến công giúp gì không", "conditional", "Còn tùy đề án"),
        ("máy 300 triệu nhà nước bao hết luôn được hông", "no", "Không trả hết"),
        ("bán đồ gỗ lấy của làng nghề về chứ không tự làm, xin hỗ trợ được không", "no", "Không, khuyến công dành cho"),
        ("máy sấy bên khuyến nông tài trợ 50% rồi, xin khuyến công 50% còn lại được không", "no", "Không được: cùng một"),
        ("nghệ nhân ưu tú không có xưởng riêng có được khuyến công không", "yes", "Được"),
        ("người Khmer làm đường thốt nốt có được ưu tiên không", "yes", "Được ưu tiên"),
        ("sản phẩm được 65 điểm có lên tỉnh được không", "no", "Chưa đạt"),
        ("công ty tôi ở quận 7, xưởng ở Long An, xin khuyến công tỉnh nào", "conditional", "Còn tùy, nhưng theo"),
        ("hội đồng bình chọn cấp tỉnh có 9 hoặc 11 người phải không", "no", "Không hợp lệ"),
    ],
)  # fmt: skip
def test_what_was_told_decides_the_first_line(
    assistant: Assistant, question: str, stance: str, opening: str
) -> None:
    answer, _ = assistant.ask(question)
    assert answer.stance == stance
    assert plain(answer).startswith(opening)


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        ("bánh tráng mè thi sản phẩm tiêu biểu thì nằm ở nhóm nào, có mấy nhóm lận?", ("thực phẩm", "bốn nhóm")),
        ("đi hội chợ nước ngoài một năm được mấy lần? tiền gian hàng lo mấy phần?", ("nhiều nhất 2 lần", "100%")),
        ("đề án máy móc tạm ứng lần một mấy phần trăm, phải làm tới đâu", ("70%", "trên 70% tổng vốn")),
        ("hội đồng bình chọn cấp tỉnh có bao nhiêu người? 8 người có được không?", ("Không hợp lệ", "7 hoặc 9")),
    ],
)  # fmt: skip
def test_both_things_that_were_asked_are_told_at_once(
    assistant: Assistant, question: str, lines: tuple[str, ...]
) -> None:
    told = plain(assistant.ask(question)[0]).partition("Xem thêm")[0]
    assert all(line in told for line in lines), told


def test_a_no_has_no_side_remark_that_promises(assistant: Assistant) -> None:
    answer, _ = assistant.ask("mỏ cát ở xã không khó khăn của Vĩnh Phúc, khuyến công có cho không")
    assert answer.stance == "no"
    assert "được, mọi xã" not in plain(answer).partition("Xem thêm")[0]


def test_the_place_of_a_fair_is_not_that_of_the_workshop(assistant: Assistant) -> None:
    told = plain(assistant.ask("thuê gian hàng hội chợ ở Hà Nội được khuyến công trả mấy phần")[0])
    assert "trong nước" in told
    assert "Sở Công Thương thành phố Hà Nội" not in told


def test_two_caps_held_against_each_other_are_no_prices(assistant: Assistant) -> None:
    told = plain(assistant.ask("sao lúc thì 300 triệu lúc thì 450 triệu vậy, máy với dây chuyền")[0])
    assert "1,5 lần" in told


def test_every_case_names_entries_and_says_what_it_comes_to(base: KnowledgeBase) -> None:
    for rule in base.rules:
        if rule.slot in ("case", "also", "instead"):
            assert rule.beside, rule
            assert rule.entry in base.entries, rule
            assert rule.label if rule.slot == "case" else rule.amount in base.entries, rule


def test_the_office_is_not_that_of_the_seat(assistant: Assistant) -> None:
    answer, _ = assistant.ask(
        "văn phòng công ty ở phường giữa Hà Nội, xưởng ở xã bên Thanh Hóa, tính theo nơi nào"
    )
    assert "nơi trực tiếp đầu tư" in plain(answer)
    assert "Hà Nội" not in plain(answer).partition("Xem thêm")[0]


def test_a_district_says_which_city_a_ward_is_of(assistant: Assistant) -> None:
    _, context = assistant.ask("xưởng tui ở Thủ Đức làm bánh kẹo")
    answer, context = assistant.ask("phường chứ hổng phải xã", context)
    assert answer.stance == "no"
    answer, _ = assistant.ask("nhưng mà chỗ làm bánh thì đặt ở Củ Chi, xã đàng hoàng", context)
    assert answer.stance == "yes"


@pytest.mark.parametrize(
    ("claim", "stance", "told"),
    [
        ("Thái Nguyên năm 2024 có 9 sản phẩm cấp quốc gia phải không", "no", "cấp khu vực"),
        ("Tiền Giang 2021 có 3 đề án khuyến công quốc gia, hỗ trợ tổng cộng 695 triệu", "no", "KCĐP"),
        ("năm 2016 KCĐP cả nước kế hoạch 127,2 tỷ, chiếm 65% tổng, đúng không", "no", "55"),
        ("hội nghị phía Nam lần XIV 2024 họp ở Rạch Giá, đúng không", "conditional", "chưa kiểm tra được"),
        (
            "nghe nói thông tư 139/2026 nâng mức máy móc lên 500 triệu, đúng không",
            "unknown",
            "Thông tư 139/2026",
        ),
    ],
)
def test_a_claim_is_right_only_where_every_part_is(
    assistant: Assistant, claim: str, stance: str, told: str
) -> None:
    answer, _ = assistant.ask(claim)
    assert answer.stance == stance
    assert told in plain(answer)
