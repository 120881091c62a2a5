"""Claims of several numbers: each is held against its own figure, and a wrong one is never called right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.assistant import Assistant
from knowledge.base import KnowledgeBase
from knowledge.finding.wanted import FUNDING
from knowledge.records import Figure
from knowledge.telling.claim_lines import details
from knowledge.telling.formats import money, number
from knowledge.telling.names import PROGRAMME_SHORT, figure_question, period_name
from knowledge.telling.render import plain


def _with_rates(base: KnowledgeBase) -> list[tuple[Figure, Figure]]:
    """What was carried out, and how much of the plan that is, as one source prints both of one slot."""
    rates = base.select(indicator=FUNDING, measure="rate")
    found = []
    for rate in rates:
        slot = {"programme": rate.programme, "region": rate.region, "period": rate.period}
        rows = base.select(indicator=FUNDING, measure=("actual", "estimate"), **slot)
        alone = len(base.select(indicator=FUNDING, measure="rate", **slot)) == 1
        amounts = [
            row
            for row in rows
            if row.source == rate.source and row.qualifier == "exact" and row.likely_value is None
        ]
        if alone and len(amounts) == 1 and rate.of == amounts[0].measure and rate.likely_value is None:
            found.append((amounts[0], rate))
    return found


def _claim(base: KnowledgeBase, amount: Figure, percent: float) -> str:
    of = f"{PROGRAMME_SHORT[amount.programme]} " if amount.programme != "total" else "tổng hai nguồn "
    word = "ước thực hiện" if amount.measure == "estimate" else "thực hiện"
    place = base.names[amount.region]
    told = f"{number(amount.value / 1e9, 6)} tỷ, đạt {number(percent, 2)}% kế hoạch"
    return f"khuyến công {place} {period_name(amount.period)} {of}{word} {told}, đúng không?"


def test_a_sum_and_its_rate_are_both_held_against_the_base(assistant: Assistant, base: KnowledgeBase) -> None:
    pairs = _with_rates(base)
    assert len(pairs) > 8
    for amount, rate in pairs:
        right, _ = assistant.ask(_claim(base, amount, rate.value))
        assert right.stance == "yes", _claim(base, amount, rate.value)
        wrong, _ = assistant.ask(_claim(base, amount, rate.value + 3.4))
        assert wrong.stance != "yes", _claim(base, amount, rate.value + 3.4)


@pytest.mark.parametrize(
    "claim",
    [
        "phía Bắc 2023 chi 96,6 tỷ KCQG và 79,9 tỷ KCĐP, đúng không",
        "phía Bắc 2023 KCQG 96,6 tỷ, KCĐP 79,9 tỷ, đúng không",
        "năm 2023 phía Nam 176,4 tỷ, phía Bắc 81,725 tỷ đúng không",
        "phía Bắc 176,4 tỷ năm 2021 và 130,4 tỷ năm 2023 đúng không",
        "phía Bắc 2023 kế hoạch 176,4 tỷ, thực hiện 186,5 tỷ, đúng không",
    ],
)
def test_right_numbers_in_the_wrong_places_are_wrong(assistant: Assistant, claim: str) -> None:
    answer, _ = assistant.ask(claim)
    assert answer.stance == "no"


def test_a_count_that_could_not_be_checked_is_named(assistant: Assistant) -> None:
    answer, _ = assistant.ask("quảng bình 2023 kcqg 2,4 tỷ, kcđp 2,87 tỷ, 19 cơ sở, 7 làng nghề, đúng chưa")
    assert answer.stance == "conditional"
    assert [part.said for part in answer.parts if part.outcome == "unknown"] == ["7 làng nghề"]


@pytest.mark.parametrize(
    ("claim", "stance"),
    [
        ("phía Bắc 2023 gấp đôi phía Nam đúng không", "no"),  # 2,16 times
        ("phía Bắc 2023 gấp hơn 2 lần phía Nam đúng không", "yes"),
        ("phía Bắc 2023 gấp 2,2 lần phía Nam đúng không", "yes"),
        ("phía Bắc 2023 gấp 2,3 lần phía Nam đúng không", "no"),
        ("phía Bắc 2023 gấp gần 3 lần phía Nam đúng không", "no"),
        ("phía Nam 2023 gấp đôi phía Bắc đúng không", "no"),
        ("kế hoạch cả nước 2021 gấp rưỡi 2016 đúng không", "yes"),  # 1,46 times
        ("kế hoạch cả nước 2016 gấp rưỡi 2021 đúng không", "no"),
        ("phía Nam 2023 gần nửa phía Bắc đúng không", "yes"),
        ("phía Nam 2023 hơn nửa phía Bắc đúng không", "no"),
    ],
)
def test_so_many_times_is_of_what_is_named_first(assistant: Assistant, claim: str, stance: str) -> None:
    assert assistant.ask(claim)[0].stance == stance


@pytest.mark.parametrize(
    ("said", "stance"),
    [
        ("hơn 80 tỷ", "yes"),
        ("trên 81,7 tỷ", "yes"),
        ("hơn 82 tỷ", "no"),
        ("dưới 82 tỷ", "yes"),
        ("chưa đến 80 tỷ", "no"),
        ("hơn 20 tỷ", "no"),
    ],
)
def test_a_bound_is_held_on_its_side_and_not_from_far(assistant: Assistant, said: str, stance: str) -> None:
    assert assistant.ask(f"phía Nam 2023 thực hiện {said} đúng không")[0].stance == stance


@pytest.mark.parametrize(
    ("claim", "stance"),
    [
        ("phía Bắc 2023 vượt kế hoạch đúng không", "no"),
        ("phía Bắc 2023 thực hiện thấp hơn kế hoạch đúng không", "yes"),
        ("kế hoạch phía Bắc 2023 cao hơn thực hiện đúng không", "yes"),
        ("kế hoạch phía Bắc 2023 thấp hơn thực hiện đúng không", "no"),
    ],
)
def test_a_plan_and_what_was_done_of_it_are_held_the_right_way_round(
    assistant: Assistant, claim: str, stance: str
) -> None:
    assert assistant.ask(claim)[0].stance == stance


def test_after_a_comparison_a_claimed_difference_is_of_the_two(assistant: Assistant) -> None:
    _, context = assistant.ask("KCQG cả nước 2024 tăng hay giảm so với 2021")
    claims = {
        "có đúng giảm 13,3% không": "yes",
        "đúng là giảm 20 tỷ không": "yes",
        "giảm 15% đúng không": "no",
    }
    for claim, stance in claims.items():
        assert assistant.ask(claim, context)[0].stance == stance, claim


CLAIMED = 25
"""Figures of the base that are claimed, each as it is and with something altered."""


def _claims(base: KnowledgeBase) -> list[tuple[str, str]]:
    """Sentences that claim a figure of the base, true and altered, with the stance that is wrong for them."""
    rows = [
        row
        for row in base.figures.values()
        if row.indicator == FUNDING and row.measure in ("plan", "actual") and row.value_max is None
        and row.likely_value is None and not row.round and not row.terms and row.period.isdigit() and row.value
    ]  # fmt: skip
    found = []
    for row in rows[:: max(1, len(rows) // CLAIMED)]:
        said = figure_question(base.names, row)
        found.append((f"{said} là {money(row.value)}, đúng không?", "no"))
        found.append((f"{said} là {money(round(row.value * 1.13))}, đúng không?", "yes"))
        earlier = replace(row, period=str(int(row.period) - 1))
        own = {one.value for one in base.select(region=row.region, period=earlier.period)}
        if row.value not in own:
            found.append(
                (f"{figure_question(base.names, earlier)} là {money(row.value)}, đúng không?", "yes")
            )
    return found


def test_an_altered_figure_is_never_called_right_and_a_true_one_never_wrong(
    assistant: Assistant, base: KnowledgeBase
) -> None:
    wrong = [(claim, stance) for claim, stance in _claims(base) if assistant.ask(claim)[0].stance == stance]
    assert not wrong


@pytest.mark.parametrize(
    "claim",
    [
        "Năm 2024 KCQG được duyệt 130 tỷ/106 đề án cho 38 địa phương, 14 đơn vị; được phân bổ 45,546 tỷ, đúng không",
        "KCQG năm 2021 được giao hơn 75,6 tỷ cho 46 địa phương, 5 tổ chức dịch vụ, bằng 50% dự toán, chuẩn chưa?",
        "Năm 2024, 15 tỉnh phía Bắc thực hiện 94,3 tỷ, đạt 89,36% kế hoạch (105,5 tỷ đồng), đúng không",
        "Năm 2016 miền Trung - Tây Nguyên thực hiện 37,116 tỷ, đạt 92,28% kế hoạch; KCQG 15,139 tỷ, đúng chưa",
        "Kỳ 2023 công nhận 173 sản phẩm cấp quốc gia trên 441 hồ sơ đăng ký của 59/63 địa phương, đúng không",
        "Năm 2023 phía Nam thực hiện 81,725 tỷ, đạt 82,3% kế hoạch 99,35 tỷ, KCQG 30,68 tỷ. Chép đúng chưa?",
        "Năm 2023 Điện Biên làm 3 đề án KCĐP, tổng 500 triệu, trong đó có 100 triệu để chấm sản phẩm, đúng không",
    ],
)
def test_what_stands_beside_the_rest_of_a_claim_is_found_without_its_key_words(
    claim: str, assistant: Assistant
) -> None:
    assert assistant.ask(claim)[0].stance == "yes"


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        (
            "năm 2024 KCQG duyệt 130 tỷ/106 đề án cho 48 địa phương và 14 đơn vị, đúng không",
            {"48 địa phương"},
        ),
        (
            "phía Nam 2024 công nhận 198 sản phẩm tiêu biểu trên 382 đăng ký, số nào sai",
            {"198 sản phẩm tiêu biểu"},
        ),
        ("Lạng Sơn 2017-2020 có 40 đề án quốc gia, tổng kinh phí 6,9 tỷ. Chuẩn chưa?", {"40 đề án quốc gia"}),
        ("Yên Bái 2016-2020 ngân sách 24,2 tỷ, doanh nghiệp bỏ 148 tỷ, đúng không", {"148 tỷ"}),
        ("Quảng Nam 2024 có 74 sản phẩm dự bình chọn cấp tỉnh, công nhận 68, đúng không", set()),
    ],
)
def test_only_the_wrong_part_is_named_wrong(claim: str, wrong: set[str], assistant: Assistant) -> None:
    parts = assistant.ask(claim)[0].parts
    assert parts
    assert {part.said for part in parts if part.outcome == "differs"} == wrong


@pytest.mark.parametrize(
    ("claim", "kind"),
    [
        ("Năm 2022 phía Nam thực hiện 81,725 tỷ kinh phí khuyến công, đúng không?", "other_time"),
        (
            "Đề án điểm nước mắm 2022–2024 được hỗ trợ 3.150 triệu đồng, triển khai tại Bình Thuận.",
            "other_place",
        ),
        ("Vĩnh Long 2026-2030 chi gần 376 tỷ ngân sách cho khuyến công, đúng không?", "other_money"),
    ],
)
def test_a_value_of_something_else_is_named_as_that(claim: str, kind: str, assistant: Assistant) -> None:
    assert kind in {part.kind for part in assistant.ask(claim)[0].parts}


@pytest.mark.parametrize(
    ("claim", "stance"),
    [
        ("Nghị định 32/2024/NĐ-CP là về quản lý, phát triển cụm công nghiệp đúng không?", "yes"),
        ("Nghị định 32/2024/NĐ-CP quy định xét tặng nghệ nhân ưu tú, đúng không?", "no"),
        ("Quyết định 2646/QĐ-BCT phê duyệt chương trình khuyến công quốc gia 2021-2025 phải không?", "no"),
        ("Nghị định 146/2025 hết hiệu lực từ ngày 01/3/2027, viết vậy ổn không?", "yes"),
        ("Nghị định 146/2025 hết hiệu lực ngày 01/3/2026, viết vậy ổn không?", "no"),
        ("Hội nghị khuyến công phía Nam lần XIV năm 2024 do ông Nguyễn Văn Nam chủ trì, đúng không?", "no"),
        (
            "Hội nghị phía Bắc 2024, Hà Nội trao cờ đăng cai năm 2025 cho Tuyên Quang. Duyệt câu này giúp",
            "no",
        ),
        ("Sản phẩm đạt từ 80 điểm trở lên mới được xét cấp giấy chứng nhận, đúng không?", "no"),
        ("Nguyên liệu tại chỗ là khi nguyên liệu trong tỉnh chiếm trên 70% giá trị, đúng không?", "no"),
    ],
)
def test_documents_people_and_rules_are_held_against_what_is_known(
    claim: str, stance: str, assistant: Assistant
) -> None:
    assert assistant.ask(claim)[0].stance == stance


@pytest.mark.parametrize(
    "text",
    [
        "xưởng em 30 lao động ở Hà Nội, năm 2024 doanh thu 20 tỷ",
        "kinh phí phía Bắc 2023 là 176,4 hay 186,5 tỷ",
        "năm 2025 em mua máy 500 triệu ở Nghệ An",
    ],
)
def test_numbers_of_a_workshop_or_a_question_are_no_claim(text: str, assistant: Assistant) -> None:
    assert not assistant.ask(text)[0].parts


@pytest.mark.parametrize(
    ("claim", "said", "outcome", "right"),
    [
        ("Đề án điểm chế biến hạt điều Bình Phước 2018-2020 tổng 45,705 tỷ, trong đó KCQG 13 tỷ", "13 tỷ", "differs", 11.75e9),
        ("phía Nam 2022: 364 sản phẩm đăng ký, 210 được tôn vinh", "210 được tôn vinh", "differs", 200),
        ("Quảng Nam 2024 bình chọn cấp tỉnh có 74 sản phẩm dự thi, 60 được công nhận", "60 được công nhận", "differs", 68),
        ("Hòa Bình 2016-2020 tổng vốn 30,5 tỷ, trong đó cơ sở bỏ ra 21,57 tỷ", "30,5 tỷ", "match", 30.5e9),
    ],
)  # fmt: skip
def test_a_number_is_held_against_a_figure_of_its_own(
    assistant: Assistant, claim: str, said: str, outcome: str, right: float
) -> None:
    answer, _ = assistant.ask(claim)
    part = next(one for one in answer.parts if one.said == said)
    assert part.figure is not None
    assert (part.outcome, part.figure.value) == (outcome, right)


def test_no_figure_of_another_number_is_told_as_the_right_one(assistant: Assistant) -> None:
    answer, _ = assistant.ask(
        "Thanh Hóa năm 2021 và 9 tháng 2022 làm 29 đề án, doanh thu tăng 1,5 lần, đúng không"
    )
    ids = [one.figure.id for one in answer.parts if one.figure is not None]
    assert len(ids) == len(set(ids))


def test_the_next_host_is_no_place_of_the_meeting(assistant: Assistant) -> None:
    answer, _ = assistant.ask(
        "Hội nghị lần thứ XVIII ở Hà Nội trao cờ đăng cai năm 2025 cho tỉnh Phú Thọ, đúng không?"
    )
    parts = {one.kind: one for one in answer.parts}
    assert parts["place"].outcome == "match"
    assert parts["next_host"].outcome == "differs"
    assert "Hà Giang" in parts["next_host"].right


@pytest.mark.parametrize(
    ("claim", "kind", "right"),
    [
        ("Phía Nam có 20 tỉnh, thành phố, đúng không?", "provinces_then", "8"),
        ("phía Bắc gồm 28 tỉnh phải không", "provinces_then", "15"),
        ("phía Bắc có tất cả 30 tỉnh phải không", "provinces", "15"),
    ],
)
def test_an_old_count_of_provinces_is_not_confirmed_for_today(
    assistant: Assistant, claim: str, kind: str, right: str
) -> None:
    answer, _ = assistant.ask(claim)
    assert answer.stance == "no"
    assert [(one.kind, one.right) for one in answer.parts] == [(kind, right)]


def test_the_provinces_of_a_named_time_are_those_of_its_map(assistant: Assistant) -> None:
    assert assistant.ask("trước sáp nhập phía Bắc có 28 tỉnh đúng không")[0].stance == "yes"
    assert assistant.ask("phía Nam có 8 tỉnh, thành phố, đúng không?")[0].stance == "yes"


@pytest.mark.parametrize(
    ("claim", "stance"),
    [
        ("Năm 2024 miền Trung - Tây Nguyên không triển khai khuyến công quốc gia, đúng không?", "yes"),
        ("Năm 2023 phía Bắc không triển khai khuyến công quốc gia, đúng không?", "no"),
        ("Thông tư 38/2025/TT-BCT có hiệu lực từ ngày 01/10/2025.", "no"),
        ("Thông tư 38/2025/TT-BCT có hiệu lực từ ngày 01/7/2025.", "yes"),
        ("Năm 2021 cả nước có 5 đoàn tham quan cho 90 lượt người, 22 hội thảo cho 1.500 đại biểu", "no"),
        ("Năm 2021 cả nước có 5 đoàn tham quan cho 87 lượt người, 22 hội thảo cho 1.500 đại biểu", "yes"),
    ],
)
def test_what_is_stated_is_judged(assistant: Assistant, claim: str, stance: str) -> None:
    answer, _ = assistant.ask(claim)
    assert (answer.kind, answer.stance) == ("check", stance)


def test_the_size_of_a_workshop_is_no_number_of_a_rule(assistant: Assistant) -> None:
    for told in (
        "doanh nghiệp lớn 700 lao động không được hỗ trợ phải không",
        "xưởng 15 lao động không được hỗ trợ đúng không",
    ):
        answer, _ = assistant.ask(told)
        assert not answer.parts
    assert assistant.ask("doanh nghiệp nhỏ và vừa có không quá 300 lao động, đúng không?")[0].stance == "no"


def test_the_localities_have_a_sum_of_their_own_behind_that_of_the_nation(assistant: Assistant) -> None:
    told = "Năm 2021 tổng kinh phí khuyến công cả nước 338 tỷ, quốc gia 150 tỷ, địa phương {} tỷ, đúng không?"
    assert assistant.ask(told.format("188"))[0].stance == "yes"
    answer, _ = assistant.ask(told.format("75,6"))
    assert answer.stance != "yes"
    assert all(one.figure is None or one.figure.programme != "KCQG" for one in answer.parts[2:])


def test_who_is_handed_the_flag_is_held_against_the_meeting_before(assistant: Assistant) -> None:
    told = "Trao cờ luân lưu đăng cai Hội nghị khuyến công khu vực phía Bắc năm 2025 cho Sở Công Thương tỉnh {}, đúng không?"
    assert assistant.ask(told.format("Hà Giang"))[0].stance == "yes"
    assert assistant.ask(told.format("Lào Cai"))[0].stance == "no"


def test_the_next_region_is_asked_of_its_provinces_too(assistant: Assistant) -> None:
    _, context = assistant.ask("Phía Nam có 20 tỉnh, thành phố, đúng không?")
    answer, _ = assistant.ask("thế phía Bắc", context)
    assert [one.value for one in answer.figures[:1]] == [15]


def _counts(base: KnowledgeBase) -> list[tuple[Figure, Figure]]:
    """Two things that one source counts in one unit, of one place, time and programme."""
    rows = [row for row in base.figures.values() if row.measure == "count" and row.qualifier == "exact"]
    rows = [row for row in rows if not (row.label or row.round or row.value_max or row.likely_value)]
    groups: dict[tuple[str, ...], list[Figure]] = {}
    for row in rows:
        groups.setdefault((row.source, row.region, row.period, row.programme, row.unit), []).append(row)
    pairs = [(one[0], one[1]) for one in groups.values() if len({row.indicator for row in one[:2]}) == 2]
    return [(one, two) for one, two in pairs if one.value != two.value and one.unit == "đề án"]


def test_numbers_that_stand_for_one_another_are_never_right(
    assistant: Assistant, base: KnowledgeBase
) -> None:
    pairs = _counts(base)
    assert len(pairs) > 3
    for one, two in pairs:
        place = f"{base.names[one.region]} {period_name(one.period)}"
        programme = PROGRAMME_SHORT.get(one.programme, "") if one.programme in ("KCQG", "KCDP") else ""
        nouns = [base.names[row.indicator].removeprefix("Số ") for row in (one, two)]
        told = "{place} có {a:.0f} {x} {p}, {b:.0f} {y} {p}, đúng không?"
        crossed = told.format(place=place, a=two.value, x=nouns[0], b=one.value, y=nouns[1], p=programme)
        assert assistant.ask(crossed)[0].stance != "yes", crossed


@pytest.mark.parametrize(
    ("claim", "stance"),
    [
        ("Năm 2015 Long An tổng nguồn vốn khuyến công, kể cả vốn đối ứng, là 21,24 tỷ đồng đúng không", "yes"),
        ("Cà Mau 2020-2023 vốn đối ứng của cơ sở là 5,3 tỷ đồng, đúng không", "no"),
        ("Thái Nguyên 2024: 22 đề án hỗ trợ máy móc, thiết bị KCĐP, đúng không", "no"),
        ("Trà Vinh năm 2024 đã hỗ trợ 13 cơ sở mua máy móc, đúng không", "unknown"),
        ("Trà Vinh năm 2024 dự kiến hỗ trợ 13 cơ sở mua máy móc, đúng không", "yes"),
        ("Năm 2024 kế hoạch toàn quốc 332 tỷ, trong đó khuyến công quốc gia 202 tỷ, đúng không", "no"),
        ("Cả nước năm 2015 có 100 sản phẩm tiêu biểu cấp quốc gia nhóm thủ công mỹ nghệ, đúng không", "no"),
        ("Thái Nguyên năm 2024 có 9 sản phẩm cấp khu vực, cả 9 đều là chè, đúng không", "conditional"),
        ("cả nước có 200 sản phẩm tiêu biểu cấp quốc gia, đúng không", "no"),
        ("cả nước có 173 sản phẩm tiêu biểu cấp quốc gia, đúng không", "yes"),
        ("Phía Bắc năm 2024 có 40 tỉnh, thành phố dự hội chợ, đúng không", "yes"),
        ("Hội nghị khuyến công phía Nam 2025 diễn ra ngày 20/11/2025 tại Cần Thơ", "no"),
        ("Năm 2023 có 173 sản phẩm đăng ký bình chọn cấp quốc gia, 441 sản phẩm được công nhận", "no"),
    ],
)  # fmt: skip
def test_a_number_of_another_role_is_not_right(claim: str, stance: str, assistant: Assistant) -> None:
    assert assistant.ask(claim)[0].stance == stance


def test_numbers_that_sources_print_otherwise_are_both_told(assistant: Assistant) -> None:
    answer, _ = assistant.ask("Điện Biên 41 đề án 2016-2021 chỗ ghi hơn 7 tỷ, chỗ ghi hơn 6 tỷ, số nào đúng")
    assert answer.aspect == "conflict"
    assert {row.value for row in answer.figures} == {7e9, 6e9}
    answer, _ = assistant.ask("kế hoạch phía Bắc 2024 chỗ ghi 170,8 tỷ, chỗ ghi 105,5 tỷ, số nào đúng")
    assert answer.aspect == "conflict"
    assert [row.region for row in answer.figures] == ["phia_bac", "phia_bac_moi"]


def test_names_keep_their_capitals_and_prints_stay_out(assistant: Assistant) -> None:
    answer, _ = assistant.ask(
        "hội nghị lần thứ XVIII ở hà nội trao cờ đăng cai 2025 cho quảng ninh đúng không"
    )
    assert "Hà Nội" in details(answer.parts)
    answer, _ = assistant.ask("quang nam 2024 binh chon cap tinh 68 san pham du thi dung khong")
    assert "nguồn in" not in details(answer.parts)


@pytest.mark.parametrize(
    ("claim", "stance", "told"),
    [
        ("Hội chợ phía Bắc 2024 có 40 tỉnh, thành phố tham gia, đúng không", "yes", "40 tỉnh, thành phố"),
        ("Hội chợ phía Bắc 2024 có 35 tỉnh, thành phố tham gia, đúng không", "no", "40 tỉnh, thành phố"),
        ("Hội chợ phía Bắc 2024 có 300 gian hàng, đúng không", "no", "270 gian hàng"),
        ("Hội nghị khuyến công phía Nam 2024 có 20 tỉnh, thành phố tham dự đúng không", "yes", "20 tỉnh"),
    ],
)
def test_who_took_part_is_held_against_the_event(
    assistant: Assistant, claim: str, stance: str, told: str
) -> None:
    answer, _ = assistant.ask(claim)
    assert answer.stance == stance
    assert told in plain(answer)


@pytest.mark.parametrize(
    ("claim", "stance"),
    [
        ("142,1 tỷ = 50,6 tỷ quốc gia + 91,5 tỷ địa phương, kế hoạch phía Bắc 2021, đúng chưa", "yes"),
        ("Phía Nam 2023 KCQG thực hiện 30,68 tỷ trên 32,01 tỷ", "yes"),
        ("Phía Bắc 2024: KCĐP 99,2 tỷ chiếm 58,1% kế hoạch, bằng 49% KCĐP cả nước 202,3 tỷ", "yes"),
        ("Kế hoạch 2024 phía Bắc là 170,8 tỷ trong đó KCQG 71,5", "yes"),
        ("Bình Phước 2016-2020 tổng vốn 126,34 tỷ, KCQG 18,8 tỷ, KCĐP 18,54 tỷ, mục tiêu 100 cơ sở máy móc", "yes"),
        ("Đông Nam Bộ 2013 kế hoạch 36,77 tỷ, KCQG trên 5,32 tỷ (9,6% cả nước), KCĐP hơn 31,44 tỷ", "yes"),
        ("Hội nghị phía Bắc lần XVIII ngày 16/5/2024: kế hoạch 2024 170,8 tỷ, thấp hơn 8,5% năm 2023", "yes"),
        ("Thanh Hóa 2021-2025: bình quân mỗi đề án KCQG 260 triệu, KCĐP 434 triệu", "no"),
        ("Sơn La 2025: được phân bổ 1.605 triệu đồng KCĐP, giải ngân 1.905 triệu đồng", "no"),
        ("Năm 2023 nhóm thực phẩm nông lâm thủy sản 25 sản phẩm, nhóm máy móc cơ khí 109 sản phẩm, cấp quốc gia", "no"),
        ("Vĩnh Long 2022: KCĐP 27 đề án; KCQG 3 đề án, kinh phí 1,68 tỷ đồng", "no"),
        ("Nghị định 235/2025/NĐ-CP do Phó Thủ tướng Bùi Thanh Sơn ký ngày 27/8/2025", "yes"),
        ("Nghị định 45/2012/NĐ-CP do Thủ tướng Nguyễn Tấn Dũng ký ngày 21/5/2012", "conditional"),
        ("Hội nghị phía Bắc lần XVI do ông Ngô Quang Trung và ông Hoàng Xuân Phong đồng chủ trì", "no"),
    ],
)  # fmt: skip
def test_a_pasted_sentence_is_held_against_what_its_words_say(
    claim: str, stance: str, assistant: Assistant
) -> None:
    assert assistant.ask(claim)[0].stance == stance


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("Đồng Tháp 2025: hỗ trợ 6 đề án, khuyến công 1,36 tỷ, tổng kinh phí 3,667 tỷ", ["1,36 tỷ"]),
        ("“189 sản phẩm được chọn từ 382 sản phẩm đăng ký của 18 tỉnh, thành phía Nam năm 2024”", []),
        ("Năm 2021 KCQG giao hơn 75,6 tỷ cho 46 địa phương, 6 tổ chức dịch vụ khuyến công và Trung tâm KC và TVPTCN 1", ["6 tổ chức"]),
        ("Chương trình KCQG được Thủ tướng duyệt tại QĐ 1881/QĐ-TTg ngày 20/11/2019", ["ngày 20/11/2019"]),
        ("Bắc Giang 2011-2015: 18,9 tỷ đồng kinh phí khuyến công, thu hút hơn 197,7 tỷ vốn đối ứng", ["197,7 tỷ"]),
    ],
)  # fmt: skip
def test_a_right_part_beside_a_wrong_one_is_not_denied(
    claim: str, wrong: list[str], assistant: Assistant
) -> None:
    parts = assistant.ask(claim)[0].parts
    assert [part.said for part in parts if part.outcome in ("differs", "misprint")] == wrong


def test_who_asks_which_number_to_take_is_told_of_the_misprint(assistant: Assistant) -> None:
    answer, _ = assistant.ask(
        "báo ghi đợt 1 KCQG phía Bắc 2024 là 26,6% kế hoạch, chỗ khác khác, nên lấy số nào"
    )
    assert [part.outcome for part in answer.parts] == ["misprint"]
    assert "nên lấy 25,6%" in plain(answer)


@pytest.mark.parametrize(
    ("claim", "unknown"),
    [
        ("Vĩnh Long năm 2022 làm 3 đề án KCQG, tất cả đều về chế biến dừa. Đúng không?", ["tất cả đều về chế biến dừa"]),
        ("Vĩnh Long năm 2022 có 3 đề án KCQG hỗ trợ các hợp tác xã, đúng không?", ["hợp tác xã"]),
        ("Yên Bái 2016-2020 có 126 đề án ở vùng cao, đúng không", ["vùng cao"]),
        ("phía Bắc năm 2023 thực hiện 176,4 tỷ do Bộ Tài chính cấp, đúng không", ["bộ tài chính"]),
        ("Lạng Sơn 2017-2020: 45 đề án, 442 hộ nghèo có việc làm, kiểm tra giúp", ["hộ nghèo"]),
        ("hội chợ phía Bắc 2024 có 270 gian hàng đồ gỗ, đúng không", ["đồ gỗ"]),
        ("phía Nam 6 tháng 2019 hỗ trợ 4 cơ sở làm thương hiệu, đúng không", []),
        ("Thái Nguyên 2024 hỗ trợ 3,4 tỷ KCĐP cho 22 đề án, đúng không", []),
    ],
)  # fmt: skip
def test_what_no_source_tells_of_a_right_number_is_named(
    claim: str, unknown: list[str], assistant: Assistant
) -> None:
    parts = assistant.ask(claim)[0].parts
    assert [part.said for part in parts if part.outcome == "unknown"] == unknown


@pytest.mark.parametrize(
    ("claim", "wrong"),
    [
        ("hội chợ phía Bắc 2024 diễn ra 16-19/5/2024 tại Hà Nội đúng không", []),
        ("hội chợ phía Bắc 2024 diễn ra từ 17 đến 19/5/2024 tại Hà Nội đúng không", ["17/5"]),
        ("hội chợ phía Bắc 2024 diễn ra 16-22/5/2024 tại Hà Nội đúng không", ["22/5"]),
        ("Hải Dương 2021 KCĐP 1,8 tỷ, KCQG 1,65 tỷ, tổng 3,45 tỷ, cộng có khớp không", []),
        ("Hải Dương 2021: 17 cơ sở, gồm KCĐP 11 cơ sở, KCQG 5 cơ sở, đúng không", ["17 cơ sở"]),
        ("11 tháng 2025 KCQG miền Trung - Tây Nguyên đạt 68,4% kế hoạch đúng không", []),
        ("11 tháng 2025 KCQG miền Trung - Tây Nguyên đạt 12,77% kế hoạch đúng không", ["12,77%"]),
        ("phía Bắc năm 2023 thực hiện 176,4 tỷ, gấp hơn 2 lần phía Nam, đúng không", []),
        ("phía Bắc năm 2023 thực hiện 176,4 tỷ, gấp hơn 3 lần phía Nam, đúng không", ["gấp hơn 3 lần"]),
        ("phía Bắc 2023 KCĐP 96,6 tỷ nhiều hơn KCQG 79,9 tỷ, đúng không", []),
        ("phía Bắc 2023 KCQG 79,9 tỷ nhiều hơn KCĐP, đúng không", ["nhiều hơn"]),
        ("Lâm Đồng năm 2025 chi 17 tỷ cho khuyến công, đúng không", ["17 tỷ"]),
        ("phía Nam năm 2018 tổng hai nguồn hơn 78,3 tỷ, đúng không", ["78,3 tỷ"]),
        ("quảng trị 2021-2025 kế hoạch 45,88 tỷ gồm kcqg 15,9 tỷ, kcđp 16,48 tỷ, đúng không", []),
        ("Thông tư 66/2026/TT-BTC ban hành ngày 06/10/2026 đúng không", ["thông tư 66/2026/TT-BTC"]),
        ("Nghị quyết 23/2025/NQ-HĐND của tỉnh Phú Thọ ngày 18/10/2025 đúng không", ["ngày 18/10/2025"]),
        ("sau sắp xếp khu vực phía Nam còn 8 tỉnh thành đúng không", []),
    ],
)  # fmt: skip
def test_what_can_be_worked_out_or_read_of_a_claim_is_held(
    claim: str, wrong: list[str], assistant: Assistant
) -> None:
    parts = assistant.ask(claim)[0].parts
    assert {part.outcome for part in parts} - {"match", "rounded", "differs"} == set()
    assert [part.said for part in parts if part.outcome == "differs"] == wrong


def test_an_open_question_with_a_premise_is_not_confirmed(assistant: Assistant) -> None:
    answer, _ = assistant.ask(
        "Thông tư 38/2025 đã bị TT 15/2026 sửa, vậy phần bình chọn có thay đổi gì không?"
    )
    assert answer.kind != "check"


def test_who_held_an_office_at_an_event_is_denied_only_beside_its_chair(assistant: Assistant) -> None:
    claim = "Lễ tôn vinh 173 sản phẩm ngày 15/12/2023 có Thứ trưởng Phan Thị Thắng dự"
    parts = {part.said: part.outcome for part in assistant.ask(claim)[0].parts}
    assert parts["Phan Thị Thắng"] == "unknown"
    assert parts["173 sản phẩm"] == "match"
