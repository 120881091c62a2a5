"""Every kind of picture, pixel by pixel, against one that a person has looked at."""

from __future__ import annotations

import io
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from knowledge.telling.charts import INK, PAPER, png
from tests import pictures
from tests.knowledge.test_charts import check, contrast

THEMES = {"light": "#FFFFFF", "dark": "#0E1621"}
"""What is around a picture in a chat."""


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_a_picture_is_as_it_was_when_it_was_looked_at(name: str) -> None:
    now = pictures.drawn(name)
    differs = pictures.difference(now, Image.open(pictures.reference(name)).convert("RGB"))
    if differs > pictures.MOST_DIFFERENT:
        path = Path(tempfile.mkdtemp(prefix="picture-")) / f"{name}.png"
        now.save(path)
        pytest.fail(
            f"{differs:.1%} of the pixels differ; now: {path}. If it is better so: python -m tests.pictures --renew"
        )


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_everything_written_in_it_is_within_apart_and_legible(name: str) -> None:
    check(pictures.PICTURES[name]())


def test_every_reference_is_of_a_picture_and_small() -> None:
    assert {path.stem for path in pictures.REFERENCES.iterdir()} == set(pictures.PICTURES)
    for name in pictures.PICTURES:
        assert pictures.reference(name).stat().st_size <= pictures.MOST_BYTES


def test_one_changed_number_is_a_difference() -> None:
    chart = pictures.PICTURES["two_years"]()
    first, *rest = chart.series[0].values
    assert first is not None
    changed = replace(chart.series[0], values=(first * 0.9, *rest), shown=("167,9", chart.series[0].shown[1]))
    other = Image.open(io.BytesIO(png(replace(chart, series=(changed,))))).convert("RGB")
    assert pictures.difference(pictures.drawn("two_years"), other) > pictures.MOST_DIFFERENT


@pytest.mark.parametrize("name", pictures.PICTURES)
@pytest.mark.parametrize("theme", THEMES)
def test_it_brings_its_own_paper_whatever_the_chat_looks_like(name: str, theme: str) -> None:
    made = Image.open(io.BytesIO(png(pictures.PICTURES[name]())))
    assert made.convert("RGBA").getchannel("A").getextrema() == (255, 255), "the chat does not shine through"
    shown = Image.new("RGBA", (made.width + 40, made.height + 40), THEMES[theme])
    shown.alpha_composite(made.convert("RGBA"), (20, 20))
    corner = "#{:02X}{:02X}{:02X}".format(*shown.getpixel((22, 22))[:3])  # type: ignore[index]
    assert corner == PAPER
    assert contrast(INK, corner) >= 4.5
