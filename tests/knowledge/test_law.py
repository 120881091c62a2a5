"""The law behind an answer: the line that everyone sees, and the articles behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from knowledge.records import Answer, Document, Entry, SupportLevel
from knowledge.telling.law import document_name, documents_line, law_lines

DECREE = Document(
    "45-2012-nd-cp", "45/2012/NĐ-CP", "Nghị định", "Về khuyến công", "Chính phủ", "2012-05-21", "2012-07-05", status="amended"
)  # fmt: skip
AMENDMENT = Document(
    "235-2025-nd-cp", "235/2025/NĐ-CP", "Nghị định", "Sửa đổi", "Chính phủ", "2025-08-27", "2025-10-15", status="in_force",
    amends=("45-2012-nd-cp",),
)  # fmt: skip
ENDED = Document(
    "26-2014-ttlt-btc-bct", "26/2014/TTLT-BTC-BCT", "Thông tư liên tịch", "Kinh phí", "Bộ Tài chính", in_force_to="2018-05-10",
    status="superseded", replaced_by=("28-2018-tt-btc",),
)  # fmt: skip
ENTRY = Entry("e", "policy", "Được không?", "Được.", basis=("45-2012-nd-cp: khoản 2 Điều 1",))
LEVEL = SupportLevel(
    "l",
    "may-moc",
    "Máy",
    "national",
    50,
    1,
    ENDED.id,
    "khoản 2 Điều 6",
    "2014-04-08",
    "2018-05-10",
    "superseded",
)
DAY = date(2026, 11, 23)
OF_ENTRY = Answer("answered", "policy", DAY, entries=(ENTRY,), cited=(DECREE, AMENDMENT))
OF_LEVEL = Answer("answered", "support", DAY, levels=(LEVEL,), cited=(ENDED,))


def test_the_line_names_what_the_rule_rests_on_and_whether_it_stands() -> None:
    assert documents_line(OF_ENTRY) == "Nghị định 45/2012/NĐ-CP (còn hiệu lực, đã sửa đổi)"
    assert documents_line(OF_LEVEL) == "Thông tư liên tịch 26/2014/TTLT-BTC-BCT (hết hiệu lực từ 11/5/2018)"


def test_the_line_counts_the_documents_beyond_two() -> None:
    many = replace(ENTRY, basis=tuple(f"{number}-2020-nd-cp" for number in range(1, 7)))
    line = documents_line(Answer("answered", "policy", DAY, entries=(many,)))
    assert line.count("Nghị định") == 2
    assert line.endswith("và 4 văn bản khác")


def test_the_detail_gives_the_article_the_amendment_and_since_when() -> None:
    lines = "\n".join(law_lines(OF_ENTRY))
    assert "• khoản 2 Điều 1 Nghị định 45/2012/NĐ-CP\n" in lines
    assert "sửa bởi Nghị định 235/2025/NĐ-CP (từ 15/10/2025)" in lines
    assert "hiệu lực từ 5/7/2012" in lines
    assert "thay bằng Thông tư 28/2018/TT-BTC" in "\n".join(law_lines(OF_LEVEL))


def test_what_is_in_doubt_is_said_in_the_detail() -> None:
    doubtful = replace(DECREE, status="needs_check", note="Chưa rõ thay toàn bộ hay một phần.")
    lines = "\n".join(law_lines(replace(OF_ENTRY, cited=(doubtful,))))
    assert "Chưa rõ thay toàn bộ hay một phần." in lines


@pytest.mark.parametrize(
    ("document", "name"),
    [
        ("20-2019-qd-ubnd-hoa-binh", "Quyết định 20/2019/QĐ-UBND"),
        ("23-2025-nq-hdnd-phu-tho", "Nghị quyết 23/2025/NQ-HĐND"),
        ("4001-qd-ubnd-lam-dong", "Quyết định 4001/QĐ-UBND"),
        ("1881-qd-ttg", "Quyết định 1881/QĐ-TTg"),
    ],
)
def test_the_province_is_no_part_of_a_number(document: str, name: str) -> None:
    assert document_name(document) == name
