"""Numbers of documents as typed; none inside a date, a sum or a count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.documents import document_numbers
from knowledge.text import fold
from tests.language import both, words_of

KNOWN = frozenset({(45, "2012"), (28, "2018"), (235, "2025"), (1288, "2014"), (6, "2019"), (40, "2025")})


def read(text: str) -> list[tuple[int, str, str]]:
    """Number, year and kind of each document that a text names."""
    return [(one.number, one.year, one.kind) for one in document_numbers(words_of(text), fold(text), KNOWN)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nghị định 45", (45, "", "nd")),
        ("NĐ 45/2012/NĐ-CP", (45, "2012", "nd")),
        ("45/2012/NĐ-CP", (45, "2012", "nd")),
        ("nd45", (45, "", "nd")),
        ("nghị định số 235 năm 2025", (235, "2025", "nd")),
        ("nghị định 45/2012", (45, "2012", "nd")),
        ("nghị định 45/NĐ-CP ngày 21/5/2012", (45, "2012", "nd")),
        ("thông tư 28 của Bộ Tài chính", (28, "", "tt")),
        ("thông tư của Bộ Tài chính số 28/2018/TT-BTC", (28, "2018", "tt")),
        ("TT-BTC số 28", (28, "", "tt")),
        ("28/2018/TT-BTC", (28, "2018", "tt")),
        ("28/2018", (28, "2018", "")),
        ("thông tư liên tịch 26/2014/TTLT-BTC-BCT", (26, "2014", "ttlt")),
        ("quyết định 1288", (1288, "", "qd")),
        ("(QĐ 1288) có bao nhiêu mô hình", (1288, "", "qd")),
        ("quyết định 1288/QĐ-TTg", (1288, "", "qd")),
        ("kế hoạch số 12", (12, "", "kh")),
        ("văn bản số 45", (45, "", "")),
    ],
)
def test_a_document_is_read_by_its_number(text: str, expected: tuple[int, str, str]) -> None:
    for typed in both(text):
        assert read(typed) == [expected], typed


def test_further_numbers_of_one_kind_are_read() -> None:
    assert read("nghị định 45 và 235") == [(45, "", "nd"), (235, "", "nd")]


@pytest.mark.parametrize(
    "text",
    [
        "ngày 16/5/2018", "tháng 6/2019", "5/2018", "quyết định 5 tỷ", "nghị quyết 3 tỉnh", "kế hoạch 2024", "thông báo 5",
        "quyết định cấp 3 tỷ", "28/2018/5", "chiếm 45%", "45 triệu", "28 máy", "quyết định 12 tháng một lần", "",
    ],
)  # fmt: skip
def test_dates_sums_and_counts_are_no_documents(text: str) -> None:
    for typed in both(text):
        assert read(typed) == [], typed


@given(
    number=st.integers(1, 99999),
    year=st.integers(1990, 2039),
    kind=st.sampled_from(
        (("nghị định", "NĐ-CP", "nd"), ("thông tư", "TT-BCT", "tt"), ("quyết định", "QĐ-TTg", "qd"))
    ),
)
def test_a_document_in_any_way_reads_back(number: int, year: int, kind: tuple[str, str, str]) -> None:
    name, suffix, short = kind
    ways = [
        f"{name} {number}/{year}/{suffix}", f"{name} số {number}/{year}", f"{name} số {number} năm {year}", f"{number}/{year}/{suffix}",
        f"{suffix.split('-')[0]} {number}/{year}",
    ]  # fmt: skip
    for way in ways:
        for typed in both(f"theo {way} thì sao"):
            assert read(typed) == [(number, str(year), short)], typed


_ALPHABET = st.sampled_from(
    ["nghị định", "NĐ", "tt", "TT-BTC", "số", "45", "28", "/", "-", "2012", "2018", "năm", "ngày", "16/5/2018", "tỷ", "và", "của", "CP"]
)  # fmt: skip


@given(st.lists(_ALPHABET, max_size=12).map(" ".join) | st.text(max_size=40))
def test_no_text_breaks_the_reading(text: str) -> None:
    words = words_of(text)
    end = 0
    for one in document_numbers(words, fold(text), KNOWN):
        assert end <= one.start < one.end <= len(words)
        end = one.end
