"""Pictures: nothing is cut off or written over, everything can be told from what it stands on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text

from knowledge.telling import charts
from knowledge.telling.charts import COLOURS, GREY, INK, PAPER, Chart, Series, draw, png
from knowledge.telling.usage_pages import usage_chart

LONG = "Kinh phí khuyến công địa phương được phân bổ của khu vực miền Trung và Tây Nguyên"
SOURCE = (
    "Nguồn: Khai mạc Hội nghị khuyến công các tỉnh, thành phố khu vực phía Bắc năm 2024, Tạp chí Công Thương"
)
YEARS = ("2019", "2021", "2023", "2024")


def days(count: int) -> Chart:
    first = date(2026, 1, 1)
    rows = [(first + timedelta(number), (number % 17, number % 5, number % 3)) for number in range(count)]
    return usage_chart(rows)


CHARTS = {
    "one bar": Chart("bars", "Một", "tỷ đồng", ("A",), (Series("x", (1.0,)),)),
    "long names": Chart(
        "bars", LONG, "tỷ đồng", (LONG, LONG[:40], "B"),
        (Series(LONG, (186.5, 2.0, 0.0)), Series("Thực hiện", (176.4, None, 0.001))), SOURCE, "Lập ngày 23/11/2026",
    ),
    "half": Chart(
        "bars", "Nửa", "tỷ đồng", ("A", "B"), (Series("x", (100.0, 50.0), ("100", "trên 85,865 tỷ đồng")),)
    ),
    "small beside large": Chart("bars", "Lệch", "%", ("A", "B"), (Series("x", (1.5, -19.0)),)),
    "negative": Chart(
        "bars", "Tăng, giảm", "%", ("A", "B", "C"), (Series("x", (-8.5, 3.0, -0.1), ("giảm 8,5%", "tăng 3%", "giảm 0,1%")),)
    ),
    "all negative": Chart("bars", "Giảm", "%", ("A", "B"), (Series("x", (-8.5, -30.0)),)),
    "nothing but zero": Chart("bars", "Không", "đề án", ("A", "B"), (Series("x", (0.0, 0.0)),)),
    "a word without end": Chart("bars", "W" * 300, "W" * 300, ("W" * 300,), (Series("x", (1.0,)),), "W" * 300),
    "five series": Chart(
        "lines", "Năm dòng", "tỷ đồng", YEARS,
        tuple(Series(f"Khuyến công {n}", tuple(float(n * 10 + k) for k in range(4))) for n in range(1, 6)),
    ),
    "line": Chart(
        "lines", LONG, "tỷ đồng", YEARS, (Series("KCQG", (120.0, 150.0, None, 130.0)),), SOURCE, "", (2019.0, 2021.0, 2023.0, 2024.0)
    ),
    "one point": Chart("lines", "Một", "tỷ đồng", ("2024",), (Series("x", (130.0,)),)),
    "large numbers": Chart("lines", "Lớn", "đồng", ("2023", "2024"), (Series("x", (1.2e12, 3.4e12)),)),
    "signs": Chart("bars", "$x_1$ & <b> \\frac", "%", ("$a$", "_b_"), (Series("x", (1.0, 2.0), ("$1$", "^2")),)),
    "a day": days(1),
    "a week": days(7),
    "a month": days(45),
    "a year": days(365),
}  # fmt: skip


def texts(figure: Figure) -> Iterator[tuple[Text, Any]]:
    """Everything that is written, with its box in pixels."""
    renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
    figure.draw(renderer)
    for artist in figure.findobj(Text):
        assert isinstance(artist, Text)
        if artist.get_visible() and artist.get_text().strip():
            yield artist, artist.get_window_extent(renderer)


def contrast(one: Any, other: Any) -> float:
    """The contrast of two colours, as WCAG 2 defines it."""

    def light(colour: Any) -> float:
        parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def check(chart: Chart) -> None:
    """Every text within the picture, none over another, each with enough contrast to what it stands on."""
    figure = draw(chart)
    found = list(texts(figure))
    width, height = figure.bbox.width, figure.bbox.height
    for artist, box in found:
        assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height, artist.get_text()
        patch = artist.get_bbox_patch()
        ground = PAPER if patch is None else patch.get_facecolor()
        assert contrast(artist.get_color(), ground) >= 4.5, artist.get_text()
        assert float(artist.get_fontsize()) >= 10
        assert artist.get_fontfamily() == ["DejaVu Sans"] or artist.get_fontfamily() == ["sans-serif"]
    for (one, first), (other, second) in combinations(found, 2):
        if not (isinstance(one, Annotation) or isinstance(other, Annotation)):
            assert not first.padded(-1).overlaps(second.padded(-1)), (one.get_text(), other.get_text())


@pytest.mark.parametrize("name", CHARTS)
def test_everything_written_is_within_apart_and_legible(name: str) -> None:
    check(CHARTS[name])


LETTERS = st.characters(max_codepoint=0x1EFF, categories=("L", "N", "P", "Zs"))
ROWS = st.tuples(st.text(LETTERS, min_size=1, max_size=60), st.floats(-1e6, 1e6))


@settings(max_examples=25, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=5))
def test_whatever_the_names_and_values_nothing_is_cut_off(rows: list[tuple[str, float]]) -> None:
    labels, values = zip(*rows, strict=True)
    figure = draw(Chart("bars", "Tiêu đề", "tỷ đồng", labels, (Series("x", values),)))
    for artist, box in texts(figure):
        assert box.x0 >= 0 and box.x1 <= figure.bbox.width, artist.get_text()


def test_series_stand_out_from_the_paper() -> None:
    for colour in (*COLOURS, INK, GREY):
        assert contrast(colour, PAPER) >= 4.5


def test_bars_begin_at_zero() -> None:
    figure = draw(Chart("bars", "x", "tỷ đồng", ("A", "B"), (Series("x", (100.0, 101.0)),)))
    assert figure.axes[0].get_xlim()[0] == 0
    figure = draw(Chart("lines", "x", "tỷ đồng", ("A", "B"), (Series("x", (100.0, 101.0)),)))
    assert figure.axes[0].get_ylim()[0] == 0


def test_a_missing_value_is_named_and_not_drawn_as_zero() -> None:
    chart = Chart("bars", "x", "tỷ đồng", ("A", "B"), (Series("x", (1.0, None)),))
    assert "chưa có" in [artist.get_text() for artist, _ in texts(draw(chart))]


def test_title_unit_source_and_date_are_in_the_picture() -> None:
    chart = Chart(
        "bars", "Tiêu đề", "tỷ đồng", ("A",), (Series("x", (1.0,)),), "Nguồn: báo A", "Lập ngày 1/2/2026"
    )
    told = "\n".join(artist.get_text() for artist, _ in texts(draw(chart)))
    for part in ("Tiêu đề", "tỷ đồng", "Nguồn: báo A", "Lập ngày 1/2/2026"):
        assert part in told


def test_numbers_are_written_as_vietnamese_readers_write_them() -> None:
    chart = Chart("bars", "x", "tỷ đồng", ("A",), (Series("x", (1234.5,)),))
    assert "1.234,5" in [artist.get_text() for artist, _ in texts(draw(chart))]


def test_weeks_stand_for_days_where_there_are_many() -> None:
    year, month = days(365), days(45)
    assert len(month.labels) == 45
    assert len(year.labels) == 53
    for chart in (year, month):
        assert sum(value or 0 for value in chart.series[0].values) == sum(
            number % 17 for number in range(365 if chart is year else 45)
        )


def test_a_picture_is_a_png_of_a_phone_s_width_made_once() -> None:
    made = png(CHARTS["line"])
    assert made.startswith(b"\x89PNG")
    assert int.from_bytes(made[16:20], "big") == 1080
    assert png(CHARTS["line"]) is made


@pytest.mark.parametrize(
    "chart",
    [
        Chart("bars", "x", "y", (), ()),
        Chart("bars", "x", "y", tuple("abcdefghijklmno"), (Series("x", (1.0,) * 15),)),
        Chart("lines", "x", "y", ("a",), tuple(Series("x", (1.0,)) for _ in range(6))),
    ],
)
def test_what_does_not_fit_one_picture_is_refused(chart: Chart) -> None:
    with pytest.raises(ValueError):
        draw(chart)


def test_the_drawing_library_is_loaded_with_the_first_picture() -> None:
    program = "import sys, handlers, knowledge.telling.charts; sys.exit('matplotlib' in sys.modules)"
    root = Path(charts.__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", program], cwd=root).returncode == 0
