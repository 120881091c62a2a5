"""Which has most, which least: only among figures that can be compared, and saying what is not there."""

from __future__ import annotations

import pytest

from knowledge.assistant import Assistant
from knowledge.records import Answer
from knowledge.telling.render import plain


def ask(assistant: Assistant, text: str) -> Answer:
    """The answer to one message of its own."""
    return assistant.ask(text)[0]


def codes(answer: Answer) -> set[str]:
    """What was taken for granted."""
    return {note.code for note in answer.assumptions}


def test_regions_of_a_year_are_ranked_and_the_missing_one_is_named(assistant: Assistant) -> None:
    answer = ask(assistant, "vùng nào thực hiện kinh phí khuyến công nhiều nhất năm 2023?")
    assert [row.region for row in answer.figures] == ["phia_bac", "phia_nam"]
    assert "chưa có số của miền Trung - Tây Nguyên" in plain(answer)
    assert plain(answer).startswith("Cao nhất: phía Bắc") or plain(answer).startswith("Cao nhất: Phía Bắc")


def test_the_least_leads_where_the_least_is_asked_for(assistant: Assistant) -> None:
    answer = ask(assistant, "vung nao kp kc it nhat nam 2023")
    assert answer.figures[0].region == "phia_nam"
    assert answer.aspect == "least"


def test_provinces_are_never_said_to_be_all_provinces(assistant: Assistant) -> None:
    answer = ask(assistant, "giai đoạn 2016-2020 tỉnh nào nhiều đề án nhất?")
    values = [row.value for row in answer.figures]
    assert values == sorted(values, reverse=True) and len(values) >= 4
    assert len({(row.measure, row.programme, row.period) for row in answer.figures}) == 1
    assert "ranked_provinces" in codes(answer)


def test_years_of_a_region_are_ranked_with_the_gaps_between(assistant: Assistant) -> None:
    answer = ask(assistant, "năm nào phía Bắc có kế hoạch khuyến công cao nhất?")
    assert answer.figures[0].period == "2023"
    assert {row.region for row in answer.figures} == {"phia_bac"}, (
        "the region as it was drawn later is another one"
    )
    assert "2017, 2018, 2019, 2020" in plain(answer)


def test_without_a_time_provinces_are_not_ranked_but_the_time_is_asked_for(assistant: Assistant) -> None:
    answer = ask(assistant, "tỉnh nào nhiều đề án khuyến công nhất?")
    assert answer.status == "asked_back"
    assert [note.code for note in answer.gaps] == ["ask_period"]
    follow = ask(assistant, answer.choices[0].question)
    assert follow.status == "answered" and follow.aspect == "most"


@pytest.mark.parametrize(
    "text",
    ["vùng nào kinh phí khuyến công 2012 nhiều nhất?", "tỉnh nào nhiều đề án khuyến công nhất năm 2031?"],
)
def test_what_cannot_be_ranked_is_not(assistant: Assistant, text: str) -> None:
    assert ask(assistant, text).status != "answered"
