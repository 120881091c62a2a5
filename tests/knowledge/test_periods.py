"""The times of a question: joined or compared, told by the clock, and no year where the time cannot be read."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.assistant import Assistant
from knowledge.dialogue.assumed import reading_notes
from knowledge.language.alignment import aligned
from knowledge.language.periods import periods, time_span
from knowledge.language.spans import Reading
from knowledge.reading.periods import Periods, periods_of
from knowledge.reading.question import Reader
from knowledge.text import fold

TODAY = date(2026, 11, 23)


def read(text: str) -> Periods:
    """The times of a text."""
    words = tuple(aligned("", fold(text)))
    spans = tuple(time_span(time, words) for time in periods(words, TODAY))
    return periods_of(Reading(fold(text), words, spans))


def codes(text: str) -> list[str]:
    """The codes of a text's times, in order."""
    return [period.code for period in read(text).found]


def test_two_times_joined_by_and_have_one_code_together() -> None:
    found = read("năm 2021 và 9 tháng năm 2022")
    assert [period.code for period in found.found] == ["2021", "2022-9M"]
    assert found.joined == "2021/2022-9M"


def test_two_times_that_are_compared_keep_their_order() -> None:
    assert codes("năm 2024 so với năm 2023") == ["2024", "2023"]


def test_two_quarters_share_one_year() -> None:
    assert codes("quý 1 và quý 2 năm 2024") == ["2024-Q1", "2024-Q2"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("năm nay", "2026"),
        ("năm hiện tại", "2026"),
        ("năm ngoái", "2025"),
        ("năm rồi", "2025"),
        ("năm vừa qua", "2025"),
        ("năm kia", "2024"),
        ("hai năm trước", "2024"),
        ("2 năm trước", "2024"),
        ("năm tới", "2027"),
        ("năm sau", "2027"),
        ("sang năm", "2027"),
        ("6 tháng đầu năm nay", "2026-H1"),
        ("6 tháng đầu năm ngoái", "2025-H1"),
        ("6 tháng cuối năm ngoái", "2025-H2"),
        ("nửa đầu năm nay", "2026-H1"),
        ("nửa đầu năm ngoái", "2025-H1"),
        ("9 tháng đầu năm nay", "2026-9M"),
        ("quý 3 năm ngoái", "2025-Q3"),
        ("tháng 3 năm nay", "2026-M03"),
    ],
)
def test_a_relative_year_is_read_against_the_clock_and_said_aloud(text: str, code: str) -> None:
    found = read(text).found
    assert [period.code for period in found] == [code]
    assert all(period.relative for period in found)


@pytest.mark.parametrize(
    ("text", "said", "year"),
    [
        ("6 tháng đầu năm ngoái", "năm ngoái", "2025"),
        ("3 năm qua", "3 năm qua", "2023–2025"),
    ],
)
def test_what_a_relative_time_is_taken_for_is_said_in_years(
    text: str, said: str, year: str, assistant: Assistant
) -> None:
    question = assistant.reader.read(f"kinh phí khuyến công phía Bắc {text}", TODAY)
    assert [note.values for note in reading_notes(question)] == [{"said": said, "year": year}]


@pytest.mark.parametrize("text", ["năm trước", "kỳ trước", "năm trước đó", "năm liền trước"])
def test_the_year_before_is_relative_to_what_was_spoken_of(text: str) -> None:
    found = read(text)
    assert found.before and not found.found


def test_the_next_year_and_the_same_time_are_relative_too() -> None:
    assert read("năm tiếp theo").after
    assert read("cùng kỳ").same
    assert read("cùng kỳ năm ngoái").same


def test_a_time_that_cannot_be_read_is_told() -> None:
    assert read("mấy năm gần đây").unclear
    assert read("quý 5/2024").unclear


@pytest.mark.parametrize("when", ["quý 5/2024", "15 tháng 2024", "0 tháng 2024", "tháng 13/2024"])
def test_a_time_that_cannot_be_read_is_never_answered_with_the_whole_year(
    assistant: Assistant, when: str
) -> None:
    answer, _ = assistant.ask(f"kinh phí khuyến công phía Bắc {when}")
    assert [figure.period for figure in answer.figures] == []


@pytest.mark.parametrize("when", ["6 tháng đầu năm nay", "6 tháng đầu năm ngoái", "nửa đầu năm nay"])
def test_half_of_this_year_is_never_answered_with_another_year(assistant: Assistant, when: str) -> None:
    answer, _ = assistant.ask(f"kinh phí khuyến công phía Nam {when}")
    assert not [figure.period for figure in answer.figures if figure.period[:4] not in ("2025", "2026")]


@pytest.mark.parametrize(
    ("text", "part"), [("6 tháng đầu năm", "H1"), ("quý 2", "Q2"), ("9 tháng", "9M"), ("tháng 3", "M03")]
)
def test_a_part_without_its_year_has_no_code(text: str, part: str) -> None:
    assert [(period.code, period.part) for period in read(text).found] == [("", part)]


@pytest.mark.parametrize(("text", "day"), [("ngày 16/5", "05-16"), ("ngày 16 tháng 5", "05-16")])
def test_a_day_without_its_year_is_kept_apart(text: str, day: str) -> None:
    found = read(text)
    assert (found.day, found.found) == (day, ())


@pytest.mark.parametrize("text", ["trong năm", "năm", "nam", "hai vùng", "Hà Nam", "phía Nam", "năm đề án"])
def test_no_time_is_read_where_none_is_said(text: str) -> None:
    assert read(text) == Periods()


def test_the_whole_year_is_told_apart() -> None:
    assert read("cả năm").full_year
    assert not read("năm 2023").full_year


@pytest.mark.parametrize("text", ["trong năm 2021", "trong năm nay", "trong năm ngoái", "trong năm qua"])
def test_in_the_year_is_a_time_and_not_the_south(reader: Reader, text: str) -> None:
    question = reader.read(f"kinh phí khuyến công {text}", TODAY)
    assert question.regions == ()
    assert [bool(period.code) for period in question.periods.found] == [True]
