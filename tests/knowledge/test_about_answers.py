"""Questions about the last answer: where it comes from, and its figures as a file."""

from __future__ import annotations

import pytest

from knowledge.assistant import Assistant
from knowledge.dialogue import Context
from knowledge.dialogue.about import EXPORT, SOURCES, references
from knowledge.records import Answer
from knowledge.telling.render import plain

QUESTION = "kinh phí khuyến công phía Bắc 2023"


def chat(assistant: Assistant, *turns: str) -> tuple[Answer, Context]:
    """The last answer of a chat, which is stored between two messages."""
    context, answer = Context(), None
    for turn in turns:
        answer, context = assistant.ask(turn, Context.from_json(context.to_json()))
    assert answer is not None
    return answer, context


@pytest.mark.parametrize(
    "text",
    ["nguồn đâu?", "lấy ở đâu ra", "căn cứ nào", "Trích dẫn!", "số liệu này ở đâu ra vậy ạ", "theo quy định nào", "ai nói thế"],
)  # fmt: skip
def test_a_source_is_asked_for(assistant: Assistant, text: str) -> None:
    assert chat(assistant, QUESTION, text)[0].aspect == SOURCES


@pytest.mark.parametrize(
    "text",
    [
        "ở đâu?",
        "họp ở đâu vậy",
        "nguồn nào nhiều hơn",
        "nguồn KCQG 2024",
        "căn cứ nào để lập kế hoạch",
        "nguồn vốn đối ứng",
        "theo 45/2012",
        "khi nào",
    ],
)
def test_another_question_is_not(assistant: Assistant, text: str) -> None:
    assert chat(assistant, QUESTION, text)[0].aspect != SOURCES


def test_a_file_is_asked_for_in_any_words_and_only_then(assistant: Assistant) -> None:
    for text in (
        "xuất excel",
        "cho xin file Excel",
        "tải bảng về",
        "gửi file số liệu",
        "cho anh file xlsx nhé",
    ):
        assert chat(assistant, QUESTION, text)[0].aspect == EXPORT, text
    for text in ("excel phía Bắc 2023", "bảng số liệu các vùng 2022", "xuất khẩu", "hồ sơ gồm file gì"):
        assert chat(assistant, QUESTION, text)[0].aspect != EXPORT, text


def test_the_sources_name_what_they_print_of_each_figure(assistant: Assistant) -> None:
    first, _ = chat(assistant, QUESTION)
    answer, _ = chat(assistant, QUESTION, "nguồn đâu?")
    assert answer.aspect == SOURCES
    assert {row.id for row in answer.figures} == {row.id for row in (*first.figures, *first.companions)}
    told = plain(answer)
    for figure in answer.figures:
        assert f"“{figure.as_printed}”" in told
        assert any(source.id == figure.source for source in answer.sources)
    assert "Trích dẫn cho báo cáo" in told


def test_a_rule_s_basis_is_told_article_by_article(assistant: Assistant) -> None:
    answer, _ = chat(assistant, "hộ kinh doanh có được khuyến công không", "căn cứ nào")
    assert "điểm a khoản 2 Điều 1 Nghị định 45/2012/NĐ-CP" in plain(answer)
    assert answer.figures == ()


def test_looking_back_twice_looks_at_the_same_answer(assistant: Assistant) -> None:
    once, _ = chat(assistant, QUESTION, "nguồn đâu?")
    again, context = chat(assistant, QUESTION, "xuất excel", "nguồn đâu?")
    assert plain(once) == plain(again)
    assert context.slots["period"] == "2023", "a short question goes on from the figure"


def test_the_file_holds_what_was_told(assistant: Assistant) -> None:
    answer, _ = chat(assistant, "kế hoạch phía Bắc 2024 so với 2023", "xuất excel")
    assert answer.aspect == EXPORT
    assert [row.value for row in answer.figures[:2]] == [170.8e9, 186.5e9]


def test_a_question_back_leaves_what_was_told_before(assistant: Assistant) -> None:
    _, context = chat(assistant, QUESTION, "sai rồi")
    assert f"f:{next(iter(chat(assistant, QUESTION)[0].figures)).id}" in context.told
    assert references(chat(assistant, "bảng kinh phí các tỉnh")[0]) == ()


@pytest.mark.parametrize("text", ["nguồn đâu?", "xuất excel"])
def test_where_nothing_was_told_it_says_what_to_do(assistant: Assistant, text: str) -> None:
    answer, _ = chat(assistant, text)
    assert answer.status == "no_answer"
    assert "Hãy hỏi một" in plain(answer)


def test_the_pasted_passage_s_figures_can_be_traced(assistant: Assistant) -> None:
    passage = (
        "Năm 2023, tổng kinh phí khuyến công của 28 tỉnh, thành phố phía Bắc thực hiện được 176,4 tỷ đồng, đạt 94,6% kế "
        "hoạch. Trong đó khuyến công quốc gia là 79,9 tỷ đồng; khuyến công địa phương là 98,6 tỷ đồng."
    )
    checked, context = chat(assistant, passage)
    assert checked.kind == "check"
    assert [one.outcome for one in (checked.judgements or checked.parts)].count("differs") == 1
    assert any(one.startswith("f:") for one in context.told)
    assert "Tạp chí Công Thương" in plain(chat(assistant, passage, "nguồn?")[0])
