"""What the words of a report mean, and that a question does not see the rows that are for reports."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.base import KnowledgeBase
from knowledge.language.annotate import Annotator
from knowledge.language.lexicon import OF_REPORTS
from knowledge.reading.passage.layout import Line, annotated, lines_of, spots_of
from knowledge.reading.passage.marks import measures_in, programmes_in, times_in
from knowledge.reading.question import Reader

TODAY = date(2026, 3, 1)


@pytest.fixture(scope="module")
def annotator(base: KnowledgeBase) -> Annotator:
    return Annotator(base, frozenset(), of_report=True)


def line_of(annotator: Annotator, text: str) -> Line:
    return annotated(lines_of(text)[0], annotator)


def test_a_question_does_not_see_the_words_of_reports(reader: Reader) -> None:
    for text in ("trong đó khuyến công quốc gia đạt bao nhiêu", "toàn vùng thực hiện với kinh phí bao nhiêu"):
        spans = reader.read(text, TODAY).reading.spans
        assert not any(one.means(slot) for one in spans for slot in OF_REPORTS)


def test_a_phrase_holds_what_its_parts_say(annotator: Annotator) -> None:
    line = line_of(annotator, "Kế hoạch kinh phí khuyến công năm 2024")
    whole = line.stretch(0, len(line.folded))
    assert [value for value, _ in measures_in(whole)] == ["plan"]
    assert whole.has("head", "funding")


def test_a_sign_parts_a_phrase(annotator: Annotator) -> None:
    line = line_of(annotator, "Có 5 tỷ đồng cho khuyến công, quốc gia là chính")
    assert not programmes_in(line.stretch(0, len(line.folded)))


@pytest.mark.parametrize(
    ("text", "programmes"),
    [
        ("kinh phí khuyến công quốc gia", ["KCQG"]),
        ("khuyến công quốc gia và khuyến công địa phương", ["total"]),
        ("khuyến công quốc gia 5 tỷ đồng, khuyến công địa phương 7 tỷ đồng", ["KCQG", "KCDP"]),
        ("kinh phí khuyến công của tỉnh", []),
        ("sản phẩm tiêu biểu cấp quốc gia", []),
    ],
)
def test_programmes_of_a_report(annotator: Annotator, text: str, programmes: list[str]) -> None:
    line = line_of(annotator, text)
    assert [value for value, _ in programmes_in(line.stretch(0, len(line.folded)))] == programmes


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Năm 2021 và 9 tháng năm 2022", ["2021/2022-9M"]),
        ("Năm 2022, ngày 15/3/2022", ["2022"]),
        ("Trong 9 tháng đầu năm", ["~9M"]),
        ("Năm ngoái và năm nay", []),
    ],
)
def test_times_of_a_report(annotator: Annotator, text: str, times: list[str]) -> None:
    line = line_of(annotator, text)
    assert times_in(line.stretch(0, len(line.folded))) == times


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("thực hiện kế hoạch", ["plan"]),
        ("đã thực hiện 5 tỷ đồng", ["actual"]),
        ("dự kiến cả năm giải ngân", ["estimate"]),
        ("dự kiến bố trí", ["assigned"]),
    ],
)
def test_measures_of_a_report(annotator: Annotator, text: str, measures: list[str]) -> None:
    line = line_of(annotator, text)
    assert [value for value, _ in measures_in(line.stretch(0, len(line.folded)))] == measures


def test_numbers_of_documents_times_and_headings_are_no_figures(annotator: Annotator) -> None:
    line = line_of(
        annotator, "Theo khoản 3 Điều 5 Nghị định 45/2012/NĐ-CP, năm 2023 hỗ trợ trên 20 cơ sở, đợt 2"
    )
    assert [(int(spot.value), spot.qualifier) for spot in spots_of(line)] == [(20, "over")]
