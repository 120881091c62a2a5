"""References reopen what they stand for."""

from __future__ import annotations

import re

from knowledge.assistant import Assistant
from knowledge.base import KnowledgeBase
from knowledge.taking import MOST_REFERENCE, figures_of, question_of, reference_of, taken


def test_the_reference_of_an_answer_gives_the_same_answer(assistant: Assistant) -> None:
    for asked in (
        "kinh phí khuyến công phía Bắc 2023",
        "kế hoạch KCQG cả nước 2024",
        "hộ kinh doanh có được hỗ trợ khuyến công không",
        "nghị định 45/2012",
        "hội nghị khuyến công phía Bắc lần thứ XVIII ở đâu",
    ):
        answer, _ = assistant.ask(asked)
        reference = reference_of(answer)
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", reference), asked
        again, _ = assistant.ask(question_of(assistant.base, reference))
        assert again.kind == answer.kind
        assert reference_of(again) == reference


def test_every_figure_has_a_reference_that_fits_a_link(base: KnowledgeBase) -> None:
    for id_ in (*base.figures, *base.documents, *base.events):
        assert re.fullmatch(r"[a-z0-9-]+", id_) and len(id_) + 2 <= MOST_REFERENCE, id_


def test_nothing_stands_behind_a_forged_reference(base: KnowledgeBase) -> None:
    for forged in ("", "f_", "f_nothing", "f_../../etc", "e_" + "a" * 80, "z_45-2012-nd-cp", "f_A B"):
        assert question_of(base, forged) == ""


def test_a_gap_has_neither_reference_nor_figures(assistant: Assistant) -> None:
    answer, _ = assistant.ask("kinh phí khuyến công phía Nam 2024")
    if answer.status != "answered":
        assert reference_of(answer) == ""
        assert figures_of(answer) == ()


def test_rows_that_are_gone_are_left_out(base: KnowledgeBase) -> None:
    first = next(iter(base.figures))
    assert [one.figure.id for one in taken(base, [first, "gone", first])] == [first]
