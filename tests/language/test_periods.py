"""Times as typed: every code, the clock for relative years, and no year where the time cannot be read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.codes import first_day, last_day, shift_year, year_of
from knowledge.language.periods import Time, periods
from knowledge.language.years import years_in_digits
from knowledge.text import fold
from tests.language import ONES, both, spoken, spoken_year, words_of

TODAY = date(2026, 11, 23)


def read(text: str, today: date = TODAY) -> list[Time]:
    """The times of a text."""
    return periods(words_of(text), today)


def codes(text: str) -> list[str]:
    """The codes of a text's times in order, each once."""
    return list(dict.fromkeys(time.code for time in read(text)))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("năm 2023", "2023"),
        ("2023", "2023"),
        ("năm 23", "2023"),
        ("năm '23", "2023"),
        ("'23", "2023"),
        ("năm hai ba", "2023"),
        ("năm hai mươi ba", "2023"),
        ("năm hai lăm", "2025"),
        ("hai nghìn không trăm hai mươi ba", "2023"),
        ("hai ngàn hai mươi bốn", "2024"),
        ("hai không hai ba", "2023"),
        ("hai nghìn lẻ năm", "2005"),
        ("cả năm 2023", "2023"),
        ("đến năm 2020", "2020"),
        ("12 tháng năm 2024", "2024"),
        ("đến cuối năm 2024", "2024"),
        ("6 tháng đầu năm 2019", "2019-H1"),
        ("6 tháng đầu 2019", "2019-H1"),
        ("6t đầu năm 2019", "2019-H1"),
        ("sáu tháng đầu năm hai không hai bốn", "2024-H1"),
        ("nửa năm 2024", "2024-H1"),
        ("nửa đầu năm 2024", "2024-H1"),
        ("nửa đầu 2024", "2024-H1"),
        ("giữa năm 2024", "2024-H1"),
        ("nửa cuối năm 2024", "2024-H2"),
        ("cuối năm 2024", "2024-H2"),
        ("6 tháng cuối năm 2024", "2024-H2"),
        ("3 tháng cuối năm 2023", "2023-3ML"),
        ("9 tháng 2022", "2022-9M"),
        ("đến hết tháng 9/2022", "2022-9M"),
        ("đến hết quý III/2025", "2025-9M"),
        ("hết quý II năm 2019", "2019-H1"),
        ("quý 3/2024", "2024-Q3"),
        ("quý III/2024", "2024-Q3"),
        ("quý ba năm 2024", "2024-Q3"),
        ("quý 4 2024", "2024-Q4"),
        ("Q3/2024", "2024-Q3"),
        ("tháng 5/2024", "2024-M05"),
        ("tháng 12 năm 2024", "2024-M12"),
        ("T9/2024", "2024-M09"),
        ("5/2024", "2024-M05"),
        ("đến 30/6/2019", "2019-H1"),
        ("đến hết ngày 30/9/2025", "2025-9M"),
        ("đến 31/12/2025", "2025-12-31"),
        ("ngày 16/5/2024", "2024-05-16"),
        ("16-5-2024", "2024-05-16"),
        ("16.5.2024", "2024-05-16"),
        ("ngày 16 tháng 5 năm 2024", "2024-05-16"),
        ("16-17/5/2024", "2024-05-16"),
        ("giai đoạn 2021-2025", "2021-2025"),
        ("giai đoạn 2021 – 2025", "2021-2025"),
        ("giai đoạn 21-25", "2021-2025"),
        ("giai đoạn 2021-25", "2021-2025"),
        ("2021 2025", "2021-2025"),
        ("5 năm 2016 2020", "2016-2020"),
        ("5 năm 2016-2020", "2016-2020"),
        ("từ 2021 tới 2025", "2021-2025"),
        ("từ năm 2021 đến năm 2025", "2021-2025"),
        ("từ 2023 đến nay", "2023-2026"),
        ("9 tháng đầu năm 2022", "2022-9M"),
        ("đến quý 3 năm 2025", "2025-9M"),
        ("tính đến hết ngày 30/9/2025", "2025-9M"),
        ("đến 16/5/2024", "2024-05-16"),
        ("ngày 30/6/2019", "2019-06-30"),
        ("đợt 1/2024", "2024"),
        ("2016den2021", "2016-2021"),
        ("2014 -> 2020", "2014-2020"),
        ("17-20 mấy đề án", "2017-2020"),
        ("giai đoạn 16-20 có mấy cơ sở", "2016-2020"),
        ("10 năm 2012 2022", "2012-2022"),
        ("giai đoạn mười sáu hai mươi", "2016-2020"),
        ("hai mốt đến hai lăm", "2021-2025"),
        ("từ 2016 tới hết 2021", "2016-2021"),
        ("đến giữa 2020", "2020-H1"),
        ("từng năm 2021 đến 2025", "2021-2025"),
    ],
)
def test_a_time_is_read_as_its_code(text: str, code: str) -> None:
    typed = both(text) if "–" not in text else (text,)
    for one in typed:
        assert codes(f"kinh phí {one}") == [code], one
        assert codes(f"{one} thì sao") == [code], one


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("năm nay", "2026"),
        ("năm ngoái", "2025"),
        ("hồi năm ngoái", "2025"),
        ("năm rồi", "2025"),
        ("năm vừa qua", "2025"),
        ("năm kia", "2024"),
        ("hai năm trước", "2024"),
        ("3 năm trước", "2023"),
        ("năm tới", "2027"),
        ("sang năm", "2027"),
        ("6 tháng đầu năm nay", "2026-H1"),
        ("quý 3 năm ngoái", "2025-Q3"),
        ("3 năm qua", "2023-2025"),
        ("5 năm gần đây", "2021-2025"),
        ("mười năm vừa qua", "2016-2025"),
        ("hai mươi năm qua", "2006-2025"),
    ],
)
def test_a_year_against_the_clock_is_said_aloud(text: str, code: str) -> None:
    for typed in both(text):
        assert [(time.code, bool(time.relative)) for time in read(typed)] == [(code, True)]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("quý 3", "Q3"),
        ("nửa năm", "H1"),
        ("cuối năm", "H2"),
        ("hết tháng 9", "9M"),
        ("6 tháng đầu năm", "H1"),
        ("cả năm", "12M"),
        ("16-5", "05-16"),
        ("ngày 16/5", "05-16"),
    ],
)
def test_a_part_without_a_year_is_only_a_part(text: str, part: str) -> None:
    for typed in both(text):
        assert [(time.code, time.part) for time in read(typed)] == [("", part)]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("cùng kỳ", "same"),
        ("cùng kỳ năm ngoái", "same"),
        ("trước đó", "before"),
        ("năm trước", "before"),
        ("so với kỳ trước", "before"),
        ("năm trước đó", "before"),
        ("năm tiếp theo", "after"),
    ],
)
def test_a_time_relative_to_another_says_how(text: str, relation: str) -> None:
    for typed in both(text):
        assert [(time.code, time.relation) for time in read(typed)] == [("", relation)]


@pytest.mark.parametrize(
    "text",
    [
        "mấy năm gần đây", "những năm gần đây", "các năm qua", "mấy năm nay", "quý 5", "quý 5/2024", "quý này",
        "tháng 13/2024", "tháng trước", "tuần trước", "hôm qua", "0 tháng 2024", "15 tháng 2024", "ngày 31/2/2024",
        "32/13/2024", "ngày 30 tháng 2 năm 2024",
    ],
)  # fmt: skip
def test_a_time_that_cannot_be_read_is_unread_and_no_year(text: str) -> None:
    for typed in both(text):
        found = read(f"kinh phí {typed}")
        assert [time.unread for time in found] == [True], typed
        assert not any(time.code for time in found)


@pytest.mark.parametrize(
    "text",
    [
        "năm triệu", "2024 triệu", "hai nghìn tỷ", "phía nam", "việt nam qua các tỉnh", "trong vòng 6 tháng", "quỹ 3 tỷ",
        "quy định", "2020 lao động", "5-10%", "3-4 máy", "1/2 tỷ", "tư nhân", "nửa tỷ", "16/05 tỷ", "điều 5", "mấy tháng một lần", "15-20 ngày", "18-25 tuổi", "16-20 cơ sở",
        "",
    ],
)  # fmt: skip
def test_what_is_no_time_is_none(text: str) -> None:
    for typed in both(text):
        assert read(typed) == [], typed


def test_marks_say_whether_it_is_a_year_or_the_south() -> None:
    assert [(time.start, time.code) for time in read("phía Nam 2019")] == [(2, "2019")]
    assert [(time.start, time.code) for time in read("phía Nam năm 2019")] == [(2, "2019")]


def test_years_that_are_listed_are_no_span() -> None:
    assert codes("2017 2019 2023") == ["2017", "2019", "2023"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("đồng nai 3 nam 23 24 25 mo hinh", ["2023", "2024", "2025"]),
        ("kế hoạch năm 22 với 23", ["2022", "2023"]),
        ("phia bac 21 22 23 24 ke hoach", ["2021", "2022", "2023", "2024"]),
        ("ke hoach nam 23 24 ty", ["2023"]),
        ("phia bac nam 23 15 de an", ["2023"]),
    ],
)
def test_years_of_two_digits_in_a_row_are_each_a_year(text: str, found: list[str]) -> None:
    assert codes(text) == found


def test_two_times_stay_two() -> None:
    assert codes("kế hoạch 2024 so với thực hiện 2023") == ["2024", "2023"]
    assert codes("từ 2023 đến 2024 tăng bao nhiêu") == ["2023", "2024"]
    assert codes("năm 2023 và 6 tháng đầu năm 2024") == ["2023", "2024-H1"]
    assert codes("2023, 2024") == ["2023", "2024"]


def test_a_part_takes_the_year_that_stands_near() -> None:
    assert codes("quý 1 và quý 2 năm 2024") == ["2024-Q1", "2024-Q2"]
    assert codes("kinh phí năm 2024 phía Bắc 6 tháng đầu năm") == ["2024-H1"]


@given(year=st.integers(2000, 2039), data=st.data())
def test_a_year_in_any_way_reads_back(year: int, data: st.DataObject) -> None:
    ways = [str(year), f"năm {year}", *(way for way in spoken_year(year) if len(way.split()) >= 3)]
    if year >= 2010:
        ways += [f"năm {year % 100}", f"năm '{year % 100}", f"năm {spoken(year % 100)}"]
    for typed in both(f"kinh phí {data.draw(st.sampled_from(ways))} bao nhiêu"):
        assert codes(typed) == [str(year)], typed


@given(year=st.integers(1990, 2039), data=st.data())
def test_a_year_in_words_is_written_in_digits(year: int, data: st.DataObject) -> None:
    way = data.draw(st.sampled_from([one for one in spoken_year(year) if len(one.split()) >= 3]))
    clean = fold(f"hội nghị năm {way}, ở đâu")
    assert years_in_digits(clean, words_of(clean)) == f"hoi nghi nam {year}, o dau"


@given(day=st.dates(date(1990, 1, 1), date(2099, 12, 31)), data=st.data())
def test_a_day_in_any_way_reads_back(day: date, data: st.DataObject) -> None:
    sign = data.draw(st.sampled_from("/-."))
    ways = [
        f"{day.day}{sign}{day.month}{sign}{day.year}",
        f"ngày {day.day:02d}{sign}{day.month:02d}{sign}{day.year}",
    ]
    ways.append(f"ngày {day.day} tháng {day.month} năm {day.year}")
    for typed in both(f"họp {data.draw(st.sampled_from(ways))} ở đâu"):
        assert codes(typed) == [day.isoformat()], typed


@given(year=st.integers(2000, 2039), part=st.integers(1, 12), data=st.data())
def test_a_part_of_a_year_in_any_way_reads_back(year: int, part: int, data: st.DataObject) -> None:
    quarter = (part + 2) // 3
    roman = ("I", "II", "III", "IV")[quarter - 1]
    said_year = data.draw(st.sampled_from((f"/{year}", f" năm {year}", f" {year}", f" của năm {year}")))
    ways = {
        f"tháng {part}{said_year}": f"{year}-M{part:02d}",
        f"quý {quarter}{said_year}": f"{year}-Q{quarter}",
        f"quý {roman}{said_year}": f"{year}-Q{quarter}",
        f"quý {ONES[quarter]} năm {year}": f"{year}-Q{quarter}",
    }
    for way, code in ways.items():
        for typed in both(way):
            assert codes(f"kinh phí {typed}") == [code], typed


@given(first=st.integers(2000, 2035), more=st.integers(1, 5), data=st.data())
def test_a_span_in_any_way_reads_back(first: int, more: int, data: st.DataObject) -> None:
    last = first + more
    joint = data.draw(st.sampled_from(("-", " - ", " đến ", " tới ", " ")))
    assert codes(f"giai đoạn {first}{joint}{last}") == [f"{first}-{last}"]
    if joint.strip() in ("đến", "tới"):
        assert codes(f"từ {first}{joint}{last} được bao nhiêu") == [f"{first}-{last}"]


@given(first=st.integers(2000, 2029), apart=st.sampled_from((4, 6, 9)), data=st.data())
def test_a_plan_of_years_reads_back_without_a_word_for_it(
    first: int, apart: int, data: st.DataObject
) -> None:
    joint = data.draw(st.sampled_from((" ", "-", " – ", " -> ", " đến ", " tới ", " cho đến ", " đến năm ")))
    lead = data.draw(st.sampled_from(("", "năm ", "thời ", "từ ", "từ năm ", "trong ")))
    way = f"kinh phí {lead}{first}{joint}{first + apart} bao nhiêu"
    assert codes(way) == [f"{first}-{first + apart}"], way


@given(first=st.integers(2000, 2025), data=st.data())
def test_the_years_until_now_read_back(first: int, data: st.DataObject) -> None:
    joint = data.draw(st.sampled_from(("-", " – ", " -> ", " đến ", " tới ", " cho tới ")))
    lead = data.draw(st.sampled_from(("", "năm ", "từ ", "từ năm ", "giai đoạn ")))
    for typed in both(f"kinh phi {lead}{first}{joint}nay"):
        assert codes(typed) == [f"{first}-{TODAY.year}"], typed


def test_a_year_that_ends_a_time_is_that_year() -> None:
    assert codes("kinh phí tới 2020") == ["2020"]
    assert codes("đề án duyệt từ tháng 5/2025") == ["2025-M05"]
    assert codes("de an duyet tu thang 5/2025") == ["2025-M05"]


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)))
def test_relative_years_follow_the_clock(today: date) -> None:
    found = read("năm nay, năm ngoái, năm kia, sang năm", today)
    assert [int(time.code) - today.year for time in found] == [0, -1, -2, 1]


_ALPHABET = st.sampled_from(
    ["năm", "nam", "tháng", "quý", "ngày", "nửa", "đầu", "cuối", "giai đoạn", "từ", "đến", "hết", "cả", "2023", "2024", "23", "6",
     "III", "16/5", "/", "-", "2021-2025", "nay", "ngoái", "trước", "đó", "cùng kỳ", "hai", "nghìn", "không", "trăm", "ba", "mấy", "q3"]
)  # fmt: skip


@given(st.lists(_ALPHABET, max_size=12).map(" ".join) | st.text(max_size=40))
def test_no_text_breaks_the_reading(text: str) -> None:
    words = words_of(text)
    end = 0
    for time in periods(words, TODAY):
        assert end <= time.start < time.end <= len(words)
        assert time.code or time.part or time.relation or time.unread
        if time.code:
            assert first_day(time.code) <= last_day(time.code)
        end = time.end


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-H2", "2024-07-01", "2024-12-31"),
        ("2024-Q1", "2024-01-01", "2024-03-31"),
        ("2022-9M", "2022-01-01", "2022-09-30"),
        ("2024-M02", "2024-02-01", "2024-02-29"),
        ("2024-05-16", "2024-05-16", "2024-05-16"),
    ],
)
def test_a_code_has_a_first_and_a_last_day(code: str, first: str, last: str) -> None:
    assert (first_day(code).isoformat(), last_day(code).isoformat()) == (first, last)


def test_a_code_moves_by_years() -> None:
    assert shift_year("2024-H1", -1) == "2023-H1"
    assert shift_year("2021-2025", 1) == "2021-2025"
    assert (year_of("2024-H1"), year_of("H1")) == (2024, None)
