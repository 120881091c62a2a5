"""Which figures stand side by side in a picture, and what the picture says of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

import pytest

from knowledge.assistant import Assistant
from knowledge.records import Answer, Figure
from knowledge.telling.charts import MOST_BARS, Chart
from knowledge.telling.figure_charts import chart_caption, comparable, figure_chart
from tests.knowledge.test_charts import check
from tests.telegram.html import visible

TODAY = date(2026, 11, 23)
ONE = Figure(
    "a",
    "kinh-phi",
    "plan",
    "phia_bac",
    "2023",
    186.5e9,
    "VND",
    "186,5 tỷ đồng",
    "bai-hn-2024",
    programme="total",
)

OTHER = replace(ONE, id="b", period="2024")


def answered(assistant: Assistant, text: str) -> Answer:
    """The answer to a question."""
    return assistant.ask(text)[0]


def picture(assistant: Assistant, *figures: Figure) -> Chart:
    """Their picture."""
    return figure_chart(figures, assistant.base, TODAY)


def of(*figures: Figure) -> Answer:
    """An answer that lists these figures."""
    return Answer("answered", "series", TODAY, figures=figures)


def test_plan_actual_and_both_programmes_stand_side_by_side(assistant: Assistant) -> None:
    figures = comparable(answered(assistant, "kp kc pb 2023"))
    chart = picture(assistant, *figures)
    assert chart.kind == "bars"
    assert chart.unit == "tỷ đồng"
    shown = dict(zip(chart.labels, chart.series[0].shown, strict=True))
    assert shown == {
        "Thực hiện, tổng hai nguồn": "176,4",
        "Kế hoạch, tổng hai nguồn": "186,5",
        "Thực hiện, KCQG": "79,9",
        "Thực hiện, KCĐP": "96,6",
    }
    assert "phía Bắc" in chart.title
    assert "Tạp chí Công Thương" in chart.source
    assert chart.as_of == "Lập ngày 23/11/2026"
    check(chart)


def test_a_comparison_shows_its_two_sides_in_the_order_of_time(assistant: Assistant) -> None:
    chart = picture(assistant, *comparable(answered(assistant, "kế hoạch phía Bắc 2024 so với 2023")))
    assert [label.replace("\xa0", " ") for label in chart.labels] == ["Năm 2023", "Năm 2024"]
    assert chart.series[0].values == (186.5, 170.8)
    check(chart)


def test_three_years_or_more_make_a_line_that_is_broken_where_a_year_is_missing(assistant: Assistant) -> None:
    rows = [replace(ONE, id=year, period=year) for year in ("2024", "2020", "2021")]
    chart = picture(assistant, *comparable(of(*rows)))
    assert (chart.kind, chart.labels) == ("lines", ("2020", "2021", "2022", "2023", "2024"))
    assert chart.positions == (2020.0, 2021.0, 2022.0, 2023.0, 2024.0)
    assert chart.series[0].values == (186.5, 186.5, None, None, 186.5)
    assert "Chưa có số liệu năm: 2022–2023" in chart.source
    check(chart)


def test_years_of_which_none_follows_another_are_bars(assistant: Assistant) -> None:
    rows = [replace(ONE, id=year, period=year) for year in ("2024", "2019", "2021")]
    chart = picture(assistant, *comparable(of(*rows)))
    assert chart.kind == "bars"
    assert [label[-4:] for label in chart.labels] == ["2019", "2021", "2024"]
    assert "Chưa có số liệu năm: 2020, 2022–2023" in chart.source
    check(chart)


def test_sources_that_find_no_room_are_counted(assistant: Assistant) -> None:
    ids = list(assistant.base.sources)[:4]
    rows = [
        replace(ONE, id=year, period=year, source=id_)
        for year, id_ in zip(("2019", "2021", "2022", "2024"), ids, strict=True)
    ]
    chart = picture(assistant, *rows)
    assert "và 2 nguồn khác" in chart.source
    assert "và 2 nguồn khác" in chart_caption(rows, assistant.base, chart)


@pytest.mark.parametrize("period", ["2021-2025", "2023-9M", "2022/2023-9M", "2024-H1", "2024-05-16"])
def test_a_year_never_stands_beside_another_length_of_time(period: str) -> None:
    assert comparable(of(ONE, replace(OTHER, period=period))) == ()
    half = replace(ONE, period="2023-H1")
    assert len(comparable(of(half, replace(OTHER, period="2024-H2")))) == 2
    assert len(comparable(of(replace(ONE, period="2016-2020"), replace(OTHER, period="2021-2025")))) == 2


def test_of_a_long_list_those_like_its_first_figure_are_drawn() -> None:
    years = [replace(ONE, id=f"a{year}", period=str(year)) for year in range(2010, 2020)]
    others = [replace(row, id=f"b{row.period}", measure="actual") for row in years]
    assert comparable(of(*years, *others)) == tuple(years)


def test_plan_stands_beside_actual_where_both_are_there_for_each(assistant: Assistant) -> None:
    rows = [
        replace(ONE, id=f"{measure}{programme}", measure=measure, programme=programme)
        for programme in ("KCQG", "KCDP")
        for measure in ("actual", "plan")
    ]
    chart = picture(assistant, *comparable(of(*rows)))
    assert [one.name for one in chart.series] == ["Kế hoạch", "Thực hiện"]
    assert chart.labels == ("KCQG", "KCĐP")
    check(chart)
    assert len(picture(assistant, *rows[:3]).series) == 1, "a bar that is missing is not made up"


@pytest.mark.parametrize(
    "other",
    [
        replace(OTHER, unit="percent", measure="rate", value=94.6),
        replace(OTHER, indicator="de-an", unit="đề án", measure="count"),
        replace(OTHER, likely_value=1.0),
        replace(OTHER, likely_period="2023"),
        replace(OTHER, value_max=200e9),
        replace(OTHER, label="Kinh phí của một phần"),
        replace(OTHER, round="1"),
        replace(OTHER, period=""),
        replace(OTHER, period="2023"),
    ],
    ids=[
        "unit",
        "indicator",
        "misprint",
        "other year likely",
        "range",
        "part",
        "round",
        "no period",
        "same slot",
    ],
)
def test_what_cannot_be_compared_makes_no_picture(other: Figure) -> None:
    assert comparable(of(ONE, OTHER))
    assert comparable(of(ONE, other)) == ()


def test_questions_back_and_texts_have_no_picture(assistant: Assistant) -> None:
    for text in (
        "kế hoạch kinh phí khuyến công là bao nhiêu",
        "hộ kinh doanh có được không",
        "số đề án KCQG 2024",
    ):
        assert comparable(answered(assistant, text)) == ()


def test_an_inexact_figure_keeps_its_word(assistant: Assistant) -> None:
    inexact = replace(OTHER, qualifier="over", as_printed="trên 186,5 tỷ đồng")
    assert picture(assistant, ONE, inexact).series[0].shown == ("186,5", "trên 186,5")


def test_the_caption_cites_with_the_address_and_is_short_enough(assistant: Assistant) -> None:
    figures = comparable(answered(assistant, "kp kc pb 2023"))
    chart = picture(assistant, *figures)
    told = chart_caption(figures, assistant.base, chart)
    assert '<a href="https://' in told
    assert len(visible(told)) <= 1024
    assert visible(chart_caption(figures, assistant.base, replace(chart, title="<b>&" * 900)))


def test_every_picture_that_the_base_can_make_is_legible(assistant: Assistant) -> None:
    alike: defaultdict[tuple[str, str], list[Figure]] = defaultdict(list)
    for row in assistant.base.figures.values():
        alike[row.indicator, row.measure].append(row)
    made = [like for rows in alike.values() if (like := comparable(of(*rows[:MOST_BARS])))]
    assert len(made) > 5
    for like in made:
        check(picture(assistant, *like))
