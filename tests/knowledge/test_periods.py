"""Times as typed: every code, the clock for relative years, and no year where the time cannot be read."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.assistant import Assistant
from knowledge.base import KnowledgeBase
from knowledge.reading.periods import Periods, read_periods, shift_year, year_of
from knowledge.reading.question import Reader
from knowledge.reading.spans import Text
from knowledge.text import fold

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def reader(base: KnowledgeBase) -> Reader:
    """A reader of the real base."""
    return Reader(base)


def read(text: str) -> Periods:
    """The times of a text."""
    return read_periods(Text(fold(text)), TODAY)


def codes(text: str) -> list[str]:
    """The codes of a text's times, in order."""
    return [period.code for period in read(text).found]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("năm 2023", "2023"),
        ("2023", "2023"),
        ("năm 24", "2024"),
        ("trong năm 2021", "2021"),
        ("cả năm 2023", "2023"),
        ("12 tháng năm 2024", "2024"),
        ("6 tháng đầu năm 2024", "2024-H1"),
        ("nửa đầu năm 2024", "2024-H1"),
        ("nửa đầu 2024", "2024-H1"),
        ("giữa năm 2024", "2024-H1"),
        ("đến hết tháng 6 năm 2024", "2024-H1"),
        ("6 tháng cuối năm 2024", "2024-H2"),
        ("đến hết quý III/2025", "2025-9M"),
        ("đến quý 3 năm 2025", "2025-9M"),
        ("hết quý II năm 2019", "2019-H1"),
        ("quý III năm 2025", "2025-Q3"),
        ("đến 30/6/2019", "2019-H1"),
        ("tính đến hết ngày 30/9/2025", "2025-9M"),
        ("đến 16/5/2024", "2024-05-16"),
        ("ngày 30/6/2019", "2019-06-30"),
        ("đến 31/12/2025", "2025-12-31"),
        ("nửa cuối năm 2024", "2024-H2"),
        ("quý 3/2024", "2024-Q3"),
        ("quý III năm 2024", "2024-Q3"),
        ("quý 4 2024", "2024-Q4"),
        ("9 tháng 2022", "2022-9M"),
        ("9 tháng đầu năm 2022", "2022-9M"),
        ("đến hết tháng 9/2022", "2022-9M"),
        ("3 tháng cuối năm 2023", "2023-3ML"),
        ("tháng 3/2024", "2024-M03"),
        ("tháng 12 năm 2024", "2024-M12"),
        ("giai đoạn 2021-2025", "2021-2025"),
        ("giai đoạn 2021 – 2025", "2021-2025"),
        ("từ 2021 đến 2025", "2021-2025"),
        ("giai đoạn 2021-25", "2021-2025"),
        ("ngày 16/5/2024", "2024-05-16"),
        ("16-5-2024", "2024-05-16"),
        ("ngày 16 tháng 5 năm 2024", "2024-05-16"),
    ],
)
def test_a_time_is_read_as_its_code(text: str, code: str) -> None:
    assert codes(text) == [code]


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


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)))
def test_relative_years_follow_the_clock(today: date) -> None:
    found = read_periods(Text("nam nay nam ngoai nam toi"), today).found
    assert [int(period.code) - today.year for period in found] == [0, -1, 1]


@pytest.mark.parametrize("text", ["năm trước", "kỳ trước", "năm trước đó", "năm liền trước"])
def test_the_year_before_is_relative_to_what_was_spoken_of(text: str) -> None:
    found = read(text)
    assert found.before and not found.found


def test_the_next_year_and_the_same_time_are_relative_too() -> None:
    assert read("năm tiếp theo").after
    assert read("cùng kỳ").same
    assert read("cùng kỳ năm ngoái").same


@pytest.mark.parametrize(
    "text",
    [
        "3 năm qua",
        "mấy năm gần đây",
        "những năm gần đây",
        "quý này",
        "tháng này",
        "tháng trước",
        "hôm qua",
        "tuần trước",
        "0 tháng 2024",
        "15 tháng 2024",
        "quý 5/2024",
        "tháng 13/2024",
    ],
)
def test_a_time_that_cannot_be_read_is_told(text: str) -> None:
    assert read(text).unclear


@pytest.mark.parametrize("text", ["ngày 31/2/2024", "32/13/2024", "ngày 30 tháng 2 năm 2024"])
def test_a_day_that_no_calendar_has_is_no_time(text: str) -> None:
    assert "2024-" not in " ".join(codes(text))


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
    assert read("cả năm 2023").full_year
    assert not read("năm 2023").full_year


def test_a_time_is_used_up() -> None:
    text = Text("kinh phi 6 thang dau nam 2024 phia bac")
    read_periods(text, TODAY)
    assert text.leftovers() == ["kinh", "phi", "phia", "bac"]


@given(st.text(alphabet="0123456789/-. namquythgdi", max_size=40))
def test_every_code_has_one_of_the_known_shapes(text: str) -> None:
    shape = re.compile(
        r"(19|20)\d\d(-(H[12]|Q[1-4]|\d{1,2}ML?|M(0[1-9]|1[0-2])|(19|20)\d\d|(0[1-9]|1[0-2])-[0-3]\d))?"
    )
    for period in read(text).found:
        assert not period.code or shape.fullmatch(period.code), (text, period.code)


@pytest.mark.parametrize(
    ("code", "by", "shifted"),
    [
        ("2024", -1, "2023"),
        ("2024-H1", -1, "2023-H1"),
        ("2024-Q3", 1, "2025-Q3"),
        ("2022-9M", -1, "2021-9M"),
        ("2024-M03", -1, "2023-M03"),
        ("2021-2025", -1, "2021-2025"),
        ("2024-05-16", -1, "2024-05-16"),
        ("", -1, ""),
    ],
)
def test_the_same_part_of_another_year(code: str, by: int, shifted: str) -> None:
    assert shift_year(code, by) == shifted


def test_the_year_of_a_code() -> None:
    assert [year_of(code) for code in ("2024-H1", "2021-2025", "", "x")] == [2024, 2021, None, None]


@pytest.mark.parametrize("text", ["trong năm 2021", "trong năm nay", "trong năm ngoái", "trong năm qua"])
def test_in_the_year_is_a_time_and_not_the_south(reader: Reader, text: str) -> None:
    question = reader.read(f"kinh phí khuyến công {text}", TODAY)
    assert question.regions == ()
    assert [bool(period.code) for period in question.periods.found] == [True]
