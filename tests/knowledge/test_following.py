"""What is followed: read from words or from a gap, matched slot by slot."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.assistant import Assistant
from knowledge.base import KnowledgeBase
from knowledge.following import Subject, matches, matches_table, subject_of_gap, subject_of_words
from knowledge.reading.question import Reader
from knowledge.telling.following_texts import described

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "subject"),
    [
        ("kinh phí khuyến công phía Nam", Subject("kinh-phi", "", "phia_nam")),
        ("KCQG 2026", Subject("", "KCQG", "", "2026")),
        ("thanh hoa", Subject(region="thanh-hoa")),
        ("văn bản", Subject(topic="documents")),
        ("nghi dinh moi", Subject(topic="documents")),
        ("hội nghị", Subject(topic="events")),
        ("mức hỗ trợ", Subject(topic="rules")),
        ("giá vàng", Subject()),
        ("🙂", Subject()),
    ],
)
def test_words_name_a_subject(reader: Reader, typed: str, subject: Subject) -> None:
    assert subject_of_words(reader.read(typed, TODAY)) == subject


def test_a_gap_is_followed_by_its_slots(assistant: Assistant) -> None:
    answer, after = assistant.ask("kế hoạch kinh phí khuyến công phía Nam năm 2031")
    assert answer.status == "no_answer" and after.wanted is not None
    assert subject_of_gap(after.wanted) == Subject("kinh-phi", "", "phia_nam", "2031")


def test_a_figure_matches_only_where_every_named_slot_is_its_own(base: KnowledgeBase) -> None:
    for figure in base.figures.values():
        whole = Subject(figure.indicator, figure.programme, figure.region, figure.period)
        assert matches(whole, figure)
        assert matches(Subject(region=figure.region), figure)
        assert not matches(Subject(figure.indicator, figure.programme, "khong-co", figure.period), figure)
        assert not matches(Subject(figure.indicator, period="1900"), figure)
        assert not matches(Subject(), figure)
        assert not matches(Subject(topic="documents"), figure)


def test_a_topic_matches_its_tables_only() -> None:
    assert matches_table(Subject(topic="rules"), "support_levels")
    assert not matches_table(Subject(topic="rules"), "documents")
    assert not matches_table(Subject(), "figures")


def test_a_subject_survives_its_storage() -> None:
    subject = Subject("kinh-phi", "KCQG", "phia_nam", "2024-H1")
    assert Subject.from_json(subject.to_json()) == subject
    for broken in ("[]", '{"x": "1"}', '{"region": 5}', "…"):
        with pytest.raises(ValueError):
            Subject.from_json(broken)


def test_a_subject_is_told_in_words(base: KnowledgeBase) -> None:
    told = described(Subject("kinh-phi", "KCQG", "phia_nam", "2025"), base)
    assert told == "kinh phí khuyến công, khuyến công quốc gia (KCQG), phía Nam, năm 2025"
