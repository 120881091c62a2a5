"""Provinces and regions drawn anew on 1 July 2025: figures stay with their territory, and nothing is added up silently."""

from __future__ import annotations

import pytest

from knowledge.assistant import Assistant
from knowledge.base import KnowledgeBase
from knowledge.finding.regrouped import (
    after_redrawing,
    in_whole_region,
    of_new_territory,
    of_old_provinces,
    old_provinces,
    on_its_map,
)
from knowledge.finding.wanted import Wanted
from knowledge.reading.question import Reader
from knowledge.telling.render import plain


def test_a_figure_of_a_province_that_ended_stays_its_own(assistant: Assistant) -> None:
    answer, _ = assistant.ask("kinh phí khuyến công Hà Nam giai đoạn 2014-2018")
    assert answer.status == "answered" and answer.figures[0].region == "ha-nam"
    assert "Hà Nam đã nhập vào Ninh Bình" in plain(answer)


def test_asked_for_the_province_of_today_the_old_ones_are_named_and_listed(assistant: Assistant) -> None:
    answer, _ = assistant.ask("kinh phí khuyến công Ninh Bình giai đoạn 2014-2018")
    assert answer.status == "no_answer"
    assert {row.region for row in answer.offers} == {"ha-nam"}
    told = plain(answer)
    assert "Ninh Bình hiện nay gồm thêm Hà Nam, Nam Định" in told and "11,977 tỷ đồng" in told


def test_figures_of_the_joined_province_stand_beside_and_are_not_added(base: KnowledgeBase) -> None:
    rows = [row for row in base.figures.values() if row.region == "lam-dong" and row.period == "2021"]
    assert rows and old_provinces(base, "lam-dong") == ("binh-thuan", "dak-nong")
    beside = {row.region for lead in rows for row in of_old_provinces(base, lead)}
    assert beside <= {"binh-thuan", "dak-nong"}


def test_a_source_that_spoke_after_the_merger_speaks_of_the_new_province(base: KnowledgeBase) -> None:
    assert of_new_territory(base, base.figures["fw-0304"])  # Vĩnh Long 2021-2025, told at the end of 2025
    assert not of_new_territory(base, base.figures["fw-0374"])  # Vĩnh Long 2022, told in 2023


def test_a_region_is_answered_for_the_map_of_the_time_and_says_that_there_is_another(
    assistant: Assistant,
) -> None:
    answer, _ = assistant.ask("kế hoạch kinh phí khuyến công phía Bắc năm 2024")
    assert answer.figures[0].region == "phia_bac" and answer.figures[0].value == 170_800_000_000
    assert any(row.region == "phia_bac_moi" for row in answer.companions)
    assert any(note.code == "counted_again" for note in answer.warnings)


@pytest.mark.parametrize(
    ("asked", "region", "value"),
    [
        ("kế hoạch khuyến công phía Bắc năm 2025", "phia_bac_moi", 148_200_000_000),
        ("phía Nam năm 2024 thực hiện khuyến công bao nhiêu", "phia_nam_moi", 53_810_000_000),
        ("kế hoạch KCĐP miền Trung - Tây Nguyên năm 2025", "mien_trung_tay_nguyen_moi", 49_465_000_000),
    ],
)
def test_where_only_the_new_map_has_the_figure_that_is_said(
    assistant: Assistant, asked: str, region: str, value: float
) -> None:
    answer, _ = assistant.ask(asked)
    assert (answer.figures[0].region, answer.figures[0].value) == (region, value)
    assert any(note.code == "regrouped" for note in answer.assumptions)


def test_years_on_both_sides_are_compared_on_one_map(assistant: Assistant) -> None:
    answer, _ = assistant.ask("so sánh kế hoạch khuyến công phía Bắc năm 2024 với năm 2025")
    assert answer.comparison is not None
    assert {answer.comparison.first.region, answer.comparison.second.region} == {"phia_bac_moi"}


def test_years_of_different_maps_are_not_compared(assistant: Assistant) -> None:
    answer, _ = assistant.ask("so sánh kế hoạch khuyến công phía Bắc năm 2023 với năm 2025")
    assert answer.comparison is None and answer.status == "no_answer"


@pytest.mark.parametrize(
    ("said", "regions", "drawn"),
    [
        ("ke hoach phia bac 2024", ("phia_bac",), ""),
        ("ke hoach phia bac 2024 sau sap nhap", ("phia_bac_moi",), ""),
        ("phia bac 15 tinh 2024", ("phia_bac_moi",), ""),
        ("phia bac 28 tinh 2024", ("phia_bac",), "before"),
        ("phia bac truoc khi sap xep", ("phia_bac",), "before"),
        ("phia bac 2024 truoc va sau sap nhap", ("phia_bac", "phia_bac_moi"), ""),
        ("phia bac 40 tinh 2024", ("phia_bac",), ""),
    ],
)
def test_the_words_say_how_a_region_is_drawn(
    base: KnowledgeBase, reader: Reader, said: str, regions: tuple[str, ...], drawn: str
) -> None:
    found = on_its_map(base, Wanted(regions=("phia_bac",), periods=("2024",)), reader.annotated(said))
    assert (found.regions, found.drawn) == (regions, drawn)


def test_the_same_number_of_provinces_is_another_map_in_another_region(
    base: KnowledgeBase, reader: Reader
) -> None:
    centre = Wanted(regions=("mien_trung_tay_nguyen",), periods=("2024",))
    assert on_its_map(base, centre, reader.annotated("mien trung tay nguyen 15 tinh")).drawn == "before"


def test_a_region_as_it_was_is_not_traded_for_the_one_of_today(base: KnowledgeBase) -> None:
    wanted = Wanted(regions=("phia_bac",), periods=("2025",))
    assert after_redrawing(base, wanted) is not None
    assert after_redrawing(base, Wanted(regions=("phia_bac",), periods=("2025",), drawn="before")) is None


def test_a_province_since_it_grew_is_not_told_by_the_old_one(assistant: Assistant) -> None:
    answer, _ = assistant.ask("Lâm Đồng sau sáp nhập 2025 kế hoạch bao nhiêu")
    assert answer.status == "no_answer" and "Lâm Đồng hiện nay gồm thêm" in plain(answer)


def test_only_the_short_name_of_a_region_stands_for_the_whole(base: KnowledgeBase) -> None:
    found = in_whole_region(base, Wanted(regions=("mien_trung",)))
    assert found is not None and found[0].regions == ("mien_trung_tay_nguyen",)
    for part in ("tay_nguyen", "dong_nam_bo", "bac_bo", "phia_bac"):
        assert in_whole_region(base, Wanted(regions=(part,))) is None


def test_a_claim_of_the_other_map_is_right_and_says_so(assistant: Assistant) -> None:
    answer, _ = assistant.ask("kế hoạch phía Bắc 2024 là 105,5 tỷ đúng không")
    assert answer.stance == "yes" and "cách chia mới" in plain(answer)
    answer, _ = assistant.ask("kế hoạch phía Bắc 28 tỉnh 2024 là 105,5 tỷ đúng không")
    assert answer.stance == "no" and "phía Bắc sau sắp xếp" in plain(answer)
