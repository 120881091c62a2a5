"""The spans that grammars give: amounts, counts, times and documents, with marks deciding between year and South."""

from __future__ import annotations

import pytest

from knowledge.base import KnowledgeBase
from knowledge.language.annotate import Annotator
from knowledge.text import fold
from tests.conftest import TODAY

SLOTS = ("amount", "number", "period", "document")


@pytest.fixture(scope="module")
def annotator(base: KnowledgeBase) -> Annotator:
    """An annotator of the real base."""
    return Annotator(base, frozenset({(45, "2012"), (28, "2018")}))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("máy ba trăm năm chục triệu", [("amount", "money:350000000")]),
        ("máy 300-400 triệu", [("amount", "money:300000000:400000000")]),
        ("máy 5000 USD", [("amount", "foreign:5000")]),
        ("máy 300-40 triệu", [("amount", "unread")]),
        ("đạt 26,6%", [("amount", "percent:26.6")]),
        ("480 công nhân", [("number", "plain:480")]),
        ("phía Nam năm 2019", [("period", "2019")]),
        ("phía Nam 2019", [("period", "2019")]),
        ("6 tháng đầu năm 2024", [("period", "2024-H1")]),
        ("quý 3", [("period", "~Q3")]),
        ("quý 5", [("period", "unread")]),
        ("so với cùng kỳ", [("period", "relation:same")]),
        ("nghị định 45/2012/NĐ-CP", [("document", "45/2012/nd")]),
        ("28/2018", [("document", "28/2018/")]),
        ("3 năm một lần", [("number", "plain:3")]),
        ("Kế hoạch 5 năm 2021-2025", [("period", "2021-2025")]),
        ("Kế hoạch 123 năm 2024", [("document", "123/2024/kh")]),
        ("từng năm từ 21 đến 25", [("period", "2021-2025")]),
        ("từ 21 đến 25 đề án", [("number", "plain:21:25")]),
        ("ngày 16/5/2024 giá 2 tỷ 3", [("period", "2024-05-16"), ("amount", "money:2300000000")]),
    ],
)
def test_grammars_give_spans(annotator: Annotator, text: str, expected: list[tuple[str, str]]) -> None:
    reading = annotator.annotate(text, fold(text), TODAY)
    assert [(span.slot, span.value) for span in reading.spans if span.slot in SLOTS] == expected


def test_the_south_keeps_its_name_before_a_year(annotator: Annotator) -> None:
    reading = annotator.annotate("phía Nam 2019", fold("phía Nam 2019"), TODAY)
    assert reading.has("region")
    assert reading.values("period") == ("2019",)


def test_no_phrase_goes_over_the_end_of_a_clause(annotator: Annotator) -> None:
    for text in ("đi hội chợ. Triển lãm ở đâu", "đi hội chợ, triển lãm ở đâu"):
        assert len(annotator.annotate(text, fold(text), TODAY).of("activity", "hoi-cho")) == 2
    text = "ở miền Trung, Tây Nguyên"  # stored with its comma
    assert annotator.annotate(text, fold(text), TODAY).values("region") == ("mien_trung_tay_nguyen",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nam 2023 bac voi nam vung nao nhieu hon", ("phia_bac", "phia_nam")),
        ("ba miền bắc, trung, nam", ("phia_bac", "mien_trung_tay_nguyen", "phia_nam")),
        ("miền bắc hơn nam bao nhiêu", ("phia_bac", "phia_nam")),
        ("khuyen cong mien bac va nam 2023", ("phia_bac",)),
        ("moi nam trung uong cap cho bac ninh bao nhieu", ("bac-ninh",)),
    ],
)
def test_bare_words_name_regions_beside_each_other(
    annotator: Annotator, text: str, found: tuple[str, ...]
) -> None:
    reading = annotator.annotate(text, fold(text), TODAY)
    assert set(reading.values("region")) == set(found)
