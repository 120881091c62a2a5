"""Tables with a row for each place, and short questions that go on from a table or a rank."""

from __future__ import annotations

import pytest

from knowledge.assistant import Assistant
from knowledge.records import Answer
from knowledge.telling.render import plain
from tests.knowledge.test_about_answers import chat


def kinds(answer: Answer) -> set[tuple[str, str, str]]:
    """Of what kind the figures are."""
    return {(row.measure, row.programme, row.period) for row in answer.figures}


def test_a_table_has_one_kind_of_figure_and_says_what_is_missing(assistant: Assistant) -> None:
    answer, _ = chat(assistant, "lập bảng kế hoạch các tỉnh năm 2023")
    assert answer.aspect == "table" and len(kinds(answer)) == 1 and len(answer.figures) >= 4
    assert {assistant.base.regions[row.region].kind for row in answer.figures} == {"province"}
    assert "các nơi khác chưa có" in plain(answer)
    regions, _ = chat(assistant, "bảng kinh phí thực hiện các vùng năm 2023")
    assert "chưa có số của miền Trung - Tây Nguyên" in plain(regions)


def test_its_buttons_lead_to_the_other_kinds(assistant: Assistant) -> None:
    answer, _ = chat(assistant, "lập bảng kinh phí các vùng năm 2023")
    assert answer.choices
    for choice in answer.choices:
        other, _ = chat(assistant, choice.question)
        assert other.aspect == "table"
        assert kinds(other) != kinds(answer)


def test_regions_drawn_anew_have_a_table_of_their_own(assistant: Assistant) -> None:
    answer, _ = chat(assistant, "bảng kinh phí thực hiện các vùng năm 2024")
    assert len({assistant.base.regions[row.region].valid_from for row in answer.figures}) == 1


def test_provinces_of_a_region(assistant: Assistant) -> None:
    answer, _ = chat(assistant, "bảng kế hoạch KCĐP các tỉnh phía Bắc 2023")
    assert {assistant.base.regions[row.region].part_of for row in answer.figures} == {"phia_bac"}


def test_a_table_is_of_every_place_whatever_was_spoken_of(assistant: Assistant) -> None:
    after, _ = chat(assistant, "kinh phí Hải Dương 2023", "lập bảng kế hoạch các tỉnh năm 2023")
    alone, _ = chat(assistant, "lập bảng kế hoạch các tỉnh năm 2023")
    assert after.figures == alone.figures


RANK = "vùng nào kinh phí nhiều nhất năm 2023"


@pytest.mark.parametrize("first", [RANK, "bảng kinh phí thực hiện các vùng năm 2023"])
def test_another_year_is_asked_of_all_places_again(assistant: Assistant, first: str) -> None:
    before, _ = chat(assistant, first)
    answer, _ = chat(assistant, first, "còn 2024?")
    assert answer.aspect == before.aspect
    assert len(answer.figures) >= 2 and {row.period for row in answer.figures} == {"2024"}


def test_what_names_a_place_or_points_at_one_is_no_rank(assistant: Assistant) -> None:
    for follow, region in (("phía Nam thì sao", "phia_nam"), ("vùng đó kế hoạch bao nhiêu", "phia_bac")):
        answer, _ = chat(assistant, RANK, follow)
        assert (answer.kind, answer.figures[0].region) == ("figure", region)


def test_least_goes_on_from_most(assistant: Assistant) -> None:
    most, _ = chat(assistant, RANK)
    least, _ = chat(assistant, RANK, "ít nhất thì sao")
    assert least.figures == most.figures[::-1]


def test_years_are_ranked_again_for_another_measure(assistant: Assistant) -> None:
    answer, _ = chat(assistant, "năm nào phía Bắc kế hoạch khuyến công cao nhất?", "thế thực hiện?")
    assert {row.measure for row in answer.figures} == {"actual"}
    assert len({row.period for row in answer.figures}) > 1


def test_after_another_question_a_year_is_only_a_year(assistant: Assistant) -> None:
    answer, _ = chat(assistant, RANK, "kế hoạch phía Bắc 2023", "còn 2024?")
    assert (answer.kind, answer.figures[0].region) == ("figure", "phia_bac")


def test_three_regions_add_up_and_a_missing_one_is_named(assistant: Assistant) -> None:
    answer, _ = assistant.ask("tổng kế hoạch ba miền năm 2025 cộng lại bao nhiêu")
    assert "3 số cộng lại là 265,34 tỷ đồng (tôi tính" in plain(answer)
    answer, _ = assistant.ask("so sánh kế hoạch năm 2023 của ba vùng")
    assert "Chưa có số của: miền Trung - Tây Nguyên." in plain(answer)
