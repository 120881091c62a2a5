"""What a word of scope governs: what is ruled out, undone, said aside, and what is kept."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from knowledge.base import KnowledgeBase
from knowledge.language.annotate import Annotator
from knowledge.language.spans import Reading
from knowledge.text import fold
from tests.conftest import TODAY


@pytest.fixture(scope="module")
def annotator(base: KnowledgeBase) -> Annotator:
    """An annotator of the real base."""
    return Annotator(base, frozenset({(45, "2012"), (235, "2025")}))


def read(annotator: Annotator, text: str) -> Reading:
    return annotator.annotate(text, fold(text), TODAY)


@pytest.mark.parametrize(
    ("text", "slot", "excluded"),
    [
        ("không hỏi nghị định 45, hỏi nghị định 235", "document", ("45//nd",)),
        ("không phải nghị định 45 mà nghị định 235", "document", ("45//nd",)),
        ("không tính hội nghị 2024, hội nghị 2022 họp ở đâu", "period", ("2024",)),
        ("em không đi hội chợ mà muốn mua máy", "activity", ("hoi-cho",)),
        ("có được không mua máy", "activity", ()),
        ("xưởng ở cạnh khu công nghiệp", "fact", ("industrial_zone",)),
        ("trước bán tạp hóa, nay làm bún", "fact", ("trade_only",)),
        ("đừng gộp địa phương: phía Nam 2023 KCQG", "region", ()),
        ("đừng gộp địa phương: phía Nam 2023 KCQG", "programme", ("KCDP",)),
    ],
)
def test_a_marker_rules_out_what_it_governs_and_no_more(
    annotator: Annotator, text: str, slot: str, excluded: tuple[str, ...]
) -> None:
    assert read(annotator, text).excluded(slot) == excluded


@pytest.mark.parametrize("text", ["KCĐP chưa thực hiện được mấy tỷ", "địa phương không được giao kinh phí"])
def test_a_bare_no_before_something_done_undoes_it(annotator: Annotator, text: str) -> None:
    assert read(annotator, text).has("undone", "not_done")


def test_who_told_it_is_said_aside(annotator: Annotator) -> None:
    reading = read(annotator, "báo Thanh Hóa đưa tin phía Bắc 2023 thực hiện mấy tỷ")
    assert reading.values("region") == ("phia_bac",)
    asked = read(annotator, "báo Thanh Hóa đưa tin phía Bắc 2023 thực hiện 5 tỷ, đúng không")
    assert "thanh-hoa" in asked.values("region")


def test_what_was_ruled_out_is_not_kept(annotator: Annotator) -> None:
    assert read(annotator, "trừ doanh nghiệp ra thì ai được hưởng").kept == "ra thi ai duoc huong"


SENTENCES = Path(__file__).with_name("scope_sentences.csv")
LEAST_RIGHT = 0.95


def _marked(reading: Reading, slot: str, state: str) -> tuple[str, ...]:
    if state == "said":
        return reading.values(slot)
    return reading.excluded(slot) if state == "excluded" else reading.only(slot)


def test_exclusion_contrast_complement_and_double_negation_are_marked(annotator: Annotator) -> None:
    """Each way of ruling out in sentences that were written for this; no values: nothing is ruled out."""
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = [
        f"{row['text']}: {row['slot']} {row['state']} {got}, not {row['values']}"
        for row in rows
        if (got := _marked(read(annotator, row["text"]), row["slot"], row["state"]))
        != tuple(row["values"].split())
    ]
    assert len(wrong) <= (1 - LEAST_RIGHT) * len(rows), "\n".join(wrong)
    print(f"{1 - len(wrong) / len(rows):.1%} of {len(rows)}", *wrong, sep="\n")
