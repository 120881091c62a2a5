"""Lines of figures as editors type them: every part is read, or told by itself."""

from __future__ import annotations

from datetime import date

import pytest

from db.values import Values
from handlers.admin.figure_line import FigureReader
from handlers.shown import records
from knowledge.base import KnowledgeBase
from knowledge.reading.question import Reader

TODAY = date(2026, 11, 23)
SOURCE = "Khai mạc Hội nghị khuyến công"


@pytest.fixture(scope="module")
def reader(base: KnowledgeBase) -> FigureReader:
    return FigureReader(Reader(base), Values(lambda table: records(base, table).values(), TODAY), base, TODAY)


@pytest.mark.parametrize("mark", [" | nguồn: ", ", nguồn ", "; nguồn: ", ". Nguồn: ", "\nnguồn: "])
def test_the_source_may_follow_a_bar_a_comma_or_a_line_break(reader: FigureReader, mark: str) -> None:
    found = reader.line(f"KCĐP thực hiện 2025 Thanh Hóa 12,5 tỷ{mark}{SOURCE}")
    assert not found.wrong
    assert (found.cells["source"], found.cells["value"]) == ("bai-hn-2024", "12500000000")


def test_money_of_another_kind_is_no_figure(reader: FigureReader) -> None:
    found = reader.line(f"kinh phí khuyến nông Nghệ An 2025 thực hiện 3 tỷ KCĐP | nguồn: {SOURCE}")
    assert found.wrong["subject"].note.values == {"typed": "khuyến nông"}


def test_a_source_of_the_programme_is_no_source_of_the_figure(reader: FigureReader) -> None:
    found = reader.line("Thanh Hóa 2025 thực hiện 12,5 tỷ, nguồn kinh phí khuyến công địa phương")
    assert found.cells["programme"] == "KCDP"
    assert set(found.wrong) == {"source"}


def test_what_names_several_sources_offers_them(reader: FigureReader) -> None:
    found = reader.line("KCĐP thực hiện 2025 Thanh Hóa 12,5 tỷ | nguồn: Hội nghị khuyến công")
    assert len(found.wrong["source"].choices) > 1
