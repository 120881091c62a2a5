"""How a message asks is read from its spans, and from the phrases that they hold."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.answering.ranking import ranked_by
from knowledge.answering.tabling import tabled_by
from knowledge.reading.question import Question, Reader

TODAY = date(2026, 11, 23)


def read(reader: Reader, typed: str) -> Question:
    """The question that was typed."""
    return reader.read(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "flag"),
    [
        ("phía Bắc 2023 thực hiện bao nhiêu", "amount"),
        ("KCQG so với cùng kỳ", "compare"),
        ("phía Bắc 2023 thực hiện 176,4 tỷ đúng không ạ", "check"),
        ("phía Nam có 115 hội chợ hả", "check"),
        ("cá nhân làm mộc có xin được không", "yes_no"),
        ("tỉnh nào nhiều kinh phí khuyến công nhất", "rank"),
        ("biểu đồ kinh phí phía Bắc", "series"),
        ("số liệu phía Nam 2023", "listing"),
        ("kinh phí khuyến công phía Bắc", "own_topic"),
        ("vốn đối ứng của cơ sở", "money"),
        ("đạt 12,6% hay 14,8%", "either"),
        ("không phải năm 2023, năm 2022", "corrected"),
    ],
)
def test_a_flag_is_set_by_the_words_for_it(reader: Reader, typed: str, flag: str) -> None:
    assert getattr(read(reader, typed), flag)


@pytest.mark.parametrize(
    ("typed", "flag"),
    [
        ("phía Nam 2023 có bao nhiêu hội chợ hả", "check"),
        ("thống nhất kế hoạch phía Bắc", "rank"),
        ("đợt mấy", "amount"),
        ("năm 2023 hay 2024", "money"),
    ],
)
def test_a_flag_is_not_set_by_words_that_look_like_it(reader: Reader, typed: str, flag: str) -> None:
    assert not getattr(read(reader, typed), flag)


@pytest.mark.parametrize(
    ("typed", "ranked", "tabled"),
    [
        ("vùng nào thực hiện nhiều nhất năm 2023", "region", ""),
        ("tỉnh nào nhiều đề án khuyến công nhất", "province", ""),
        ("năm nào cao nhất", "year", ""),
        ("lập bảng kế hoạch các tỉnh năm 2023", "", "province"),
        ("kinh phí từng vùng năm 2023", "", "region"),
        ("kế hoạch phía Bắc 2023", "", ""),
    ],
)
def test_what_is_ranked_or_tabled(reader: Reader, typed: str, ranked: str, tabled: str) -> None:
    question = read(reader, typed)
    assert (ranked_by(question), tabled_by(question)) == (ranked, tabled)


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("KCQG phía Bắc 2023 bình quân mỗi xã", "binh quan"),
        ("kinh phí khuyến công phía Bắc 2023 cho thanh niên", "thanh nien"),
        ("trung bình mỗi năm phía Bắc chi bao nhiêu", ""),
    ],
)
def test_a_part_of_a_figure_is_told_by_its_words(reader: Reader, typed: str, part: str) -> None:
    assert read(reader, typed).restricted == part


def test_sentences_of_courtesy_are_left_out(reader: Reader) -> None:
    typed = "Kính chào quý cơ quan, xin phép được hỏi. Kế hoạch phía Bắc 2023? Trân trọng cảm ơn."
    assert read(reader, typed).clean == "ke hoach phia bac 2023?"
    assert read(reader, "cảm ơn nhiều. chào bạn.").clean == "cam on nhieu. chao ban."


def test_a_neighbouring_topic_has_its_own_name(reader: Reader) -> None:
    assert read(reader, "kinh phí khuyến nông 2024").neighbour == "khuyến nông"
