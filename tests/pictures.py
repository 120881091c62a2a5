"""Pictures as they were when somebody last looked at them: `python -m tests.pictures --renew` draws them anew.

Each is made the way the bot makes it, from rows written down here, so that an edit of the content changes none of them.
References have few colours, to be small; that is far below what counts as a difference.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from PIL import Image, ImageChops

from knowledge.base import KnowledgeBase
from knowledge.records import Answer, Figure, Indicator, Kind, Region, Source
from knowledge.telling.charts import Chart, png
from knowledge.telling.figure_charts import comparable, figure_chart
from knowledge.telling.usage_pages import usage_chart

REFERENCES = Path(__file__).parent / "reference_pictures"
TODAY = date(2026, 11, 23)
LEVELS = 16
"""Of 255 in one colour: what anti-aliasing may change from one build of the library to the next."""
MOST_DIFFERENT = 0.005
"""Share of the pixels that may differ by more."""
COLOURS = 48
MOST_BYTES = 60_000

ARTICLE = Source(
    "bai",
    "Khai mạc Hội nghị khuyến công các tỉnh, thành phố khu vực phía Bắc năm 2024",
    "Tạp chí Công Thương",
    "2024-05-16",
)
REPORT = Source("bao-cao", "Báo cáo tổng kết công tác khuyến công", "Sở Công Thương", "2023-01-13")
LETTER = Source("cong-van", "Công văn về kế hoạch khuyến công", "Cục Công Thương địa phương", "2021")
BASE = KnowledgeBase(
    sources=(ARTICLE, REPORT, LETTER),
    regions=tuple(
        Region(id_, name, kind)
        for id_, name, kind in (
            ("ca_nuoc", "Cả nước", "country"),
            ("phia_bac", "Phía Bắc", "region"),
            ("phia_nam", "Phía Nam", "region"),
            ("mien_trung", "Miền Trung - Tây Nguyên", "region"),
            ("bac_moi", "Phía Bắc sau sắp xếp", "region"),
            ("quang_ngai", "Quảng Ngãi", "province"),
        )
    ),
    indicators=(
        Indicator("kinh-phi", "Kinh phí khuyến công", "VND"),
        Indicator("de-an", "Số đề án khuyến công", "đề án"),
        Indicator(
            "co-so",
            "Số cơ sở công nghiệp nông thôn được hỗ trợ ứng dụng máy móc tiên tiến vào sản xuất, đầu tư mới và mở rộng",
            "cơ sở",
        ),
    ),
)


def _row(period: str, value: float, **cells: str) -> Figure:
    """One figure; money in tỷ đồng unless a unit is named."""
    unit = cells.pop("unit", "VND")
    slots = {"indicator": "kinh-phi", "measure": "plan", "region": "phia_bac", "programme": "total", **cells}
    number = f"{value:g}".replace(".", ",")
    printed = (
        f"{number} tỷ đồng" if unit == "VND" else f"{number}%" if unit == "percent" else f"{number} {unit}"
    )
    row = Figure(
        "-".join((*slots.values(), period)), "", "", "", period, value * 1e9 if unit == "VND" else value, unit, printed, "bai"
    )  # fmt: skip
    return replace(row, **slots)  # type: ignore[arg-type]


def _chart(kind: Kind, *rows: Figure) -> Chart:
    """The picture that the bot would offer below an answer with these rows."""
    return figure_chart(comparable(Answer("answered", kind, TODAY, figures=rows)), BASE, TODAY)


def _usage() -> Chart:
    first = date(2026, 11, 1)
    counts = [(number * 7 % 23, number % 4, number % 3) for number in range(21)]
    return usage_chart([(first + timedelta(number), day) for number, day in enumerate(counts)])


def _part(programme: str, plan: float, actual: float) -> tuple[Figure, Figure]:
    return (
        _row("2023", plan, programme=programme),
        _row("2023", actual, programme=programme, measure="actual"),
    )


PICTURES: Mapping[str, Callable[[], Chart]] = {
    "two_years": lambda: _chart("series", _row("2023", 186.5), _row("2024", 170.8)),
    "line_with_a_gap": lambda: _chart(
        "series",
        *(
            _row(str(year), value, region="ca_nuoc", programme="KCQG", source=source)
            for year, value, source in (
                (2014, 71.2, "bai"), (2015, 86.53, "bai"), (2016, 103.7, "bao-cao"), (2019, 125, "bao-cao"),
                (2020, 131.4, "bao-cao"), (2021, 150, "cong-van"), (2024, 130, "cong-van"),
            )
        ),
    ),
    "years_far_apart": lambda: _chart(
        "series", _row("2016", 103.7), _row("2021", 150, source="cong-van"), _row("2024", 130)
    ),
    "plan_beside_actual": lambda: _chart(
        "series", *_part("total", 186.5, 176.4), *_part("KCQG", 81.6, 79.9), *_part("KCDP", 104.9, 96.6)
    ),
    "ranking": lambda: _chart(
        "series",
        *(
            _row("2023", value, region=region, measure="actual")
            for region, value in (
                ("phia_bac", 176.4), ("mien_trung", 98.25), ("phia_nam", 81.725), ("quang_ngai", 4.3)
            )
        ),
    ),
    "share": lambda: _chart(
        "series",
        *(
            _row("2023", value, programme=programme, unit="percent", measure="share", of="actual", against="total")
            for programme, value in (("KCQG", 45.3), ("KCDP", 54.8))
        ),
    ),
    "changes": lambda: _chart(
        "series",
        *(
            _row(year, value, unit="percent", measure="change", of="plan", against="previous_year")
            for year, value in (("2022", 12.5), ("2024", -8.5))
        ),
    ),
    "long_names": lambda: _chart(
        "series",
        *(
            _row(
                "2025-9M", value, region=region, indicator="co-so", measure="count", programme="", unit="cơ sở",
                as_printed=printed, qualifier="over" if "trên" in printed else "exact",
            )
            for region, value, printed in (
                ("mien_trung", 1245, "trên 1.245 cơ sở"), ("bac_moi", 88, "88 cơ sở"), ("quang_ngai", 3, "3 cơ sở")
            )
        ),
    ),
    "usage": _usage,
}  # fmt: skip


def drawn(name: str) -> Image.Image:
    """The picture as it comes out today."""
    return Image.open(io.BytesIO(png(PICTURES[name]()))).convert("RGB")


def reference(name: str) -> Path:
    """Where its reference lies."""
    return REFERENCES / f"{name}.png"


def difference(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that differ by more than `LEVELS` in one of their colours; 1 where the sizes differ."""
    if one.size != other.size:
        return 1.0
    bands = ImageChops.difference(one, other).split()
    most = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    histogram = most.histogram()
    return sum(histogram[LEVELS + 1 :]) / sum(histogram)


def renew() -> None:
    """Write every reference anew, and take away what no picture has any more."""
    REFERENCES.mkdir(exist_ok=True)
    for path in REFERENCES.glob("*.png"):
        path.unlink()
    for name in PICTURES:
        drawn(name).quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
            reference(name), optimize=True
        )
        print(f"{reference(name)}: {reference(name).stat().st_size:,} bytes")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--renew", action="store_true", required=True, help="draw every reference picture anew"
    )
    parser.parse_args()
    renew()
