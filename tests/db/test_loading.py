"""Reading content files: every planted error is found, named by file and line, and told with the others."""

from __future__ import annotations

import pytest

from db.errors import ContentError
from db.fields import read_keys
from db.files import content_files, written
from db.loading import read_content
from tests.db.conftest import FILES, Files


def test_the_small_content_loads(content: Files) -> None:
    read = read_content(content.path)
    assert [row.record.id for row in read["sources"]] == ["bao", "luat"]
    assert read["indicators"][0].record.keys == ((("kinh phi", "von"), ("khuyen cong",)), (("giai ngan",),))
    assert read["figures"][0].record.terms == ("giải ngân", "thực hiện")
    assert read["figures"][0].record.value_max is None
    entry = next(row.record for row in read["entries"] if row.record.id == "ho-kinh-doanh")
    assert entry.body.endswith("• Phải làm nghề trong danh mục.")
    assert entry.detail == "Khoản 2 Điều 1."
    assert entry.title == 'Hộ kinh doanh có được hưởng "khuyến công" không?'


def test_key_words_of_an_indicator_may_be_written_with_marks() -> None:
    assert read_keys("Lò sấy/tủ đông & được hỗ trợ") == ((("lo say", "tu dong"), ("duoc ho tro",)),)


def test_files_in_normal_form_are_written_back_byte_by_byte(content: Files) -> None:
    assert written(read_content(content.path)) == FILES


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "said"),
    [
        ("figures.csv", ",as_printed,", ",in_ra,", 1, "cột lạ “in_ra”"),
        ("figures.csv", "id,indicator,measure", "id,indicator,x", 1, "thiếu cột “measure”"),
        ("figures.csv", "\nb,kinh-phi", "\n,kinh-phi", 3, "thiếu mã"),
        ("figures.csv", "\nb,kinh-phi", "\nB 2,kinh-phi", 3, "mã “B 2” sai dạng"),
        ("figures.csv", "\nc,kinh-phi", "\nb,kinh-phi", 4, "mã “b” đã có ở figures.csv, dòng 3"),
        ("figures.csv", "96600000000", "96.600.000.000", 3, "cột value: số “96.600.000.000” sai dạng"),
        ("figures.csv", "96600000000", "", 3, "cột value: thiếu số"),
        ("figures.csv", ",2023,79900", ",2023-Q5,79900", 2, "kỳ “2023-Q5” sai dạng"),
        ("figures.csv", ",2023,79900", ",2025-2021,79900", 2, "kỳ “2025-2021” sai dạng"),
        ("figures.csv", "2022-09-22", "22/9/2022", 6, "ngày “22/9/2022” sai dạng"),
        ("figures.csv", "2022-09-22", "2022-02-30", 6, "không có thật"),
        ("figures.csv", "KCQG,phia_bac,2021", "KCQQ,phia_bac,2021", 6, "“KCQQ” không dùng được"),
        ("figures.csv", "KCQG,phia_bac,2021", "KCQG,phia_tay,2021", 6, "không có vùng “phia_tay”"),
        ("figures.csv", "e,de-an", "e,du-an", 6, "không có chỉ tiêu “du-an”"),
        ("figures.csv", "bao,8,9 | 11", "bao,8,9 |  | 11", 2, "có mục trống"),
        ("figures.csv", ",bao,8,,\nc", ",tin,8,,\nc", 3, "không có nguồn “tin”"),
        ("figures.csv", ",bao,8,,\nc", ",bao,8\nc", 3, "ô thay vì 23"),
        ("figures.csv", '"96,6 tỷ đồng"', '"96,6 tỷ" đồng', 3, "không đọc được CSV"),
        ("indicators.csv", "khuyen cong |", " |", 2, "có chỗ trống"),
        ("relations.csv", "a | b | c", "a | b | z", 2, "không có số liệu “z”"),
        (
            "documents.csv",
            "in_force,45-2012-nd-cp",
            "in_force,46-2012-nd-cp",
            3,
            "không có văn bản “46-2012-nd-cp”",
        ),
        ("support_levels.csv", "300000000", "300 triệu", 2, "“300 triệu” không phải số nguyên"),
        ("sources_law.csv", "\nluat,", "\nbao,", 2, "mã “bao” đã có ở sources.csv, dòng 2"),
        ("entries/doi_tuong/ho-kinh-doanh.md", "stance =", "lap_truong =", 11, "khóa lạ"),
        ("entries/doi_tuong/ho-kinh-doanh.md", '"yes"', '"co"', 11, "“co” không dùng được"),
        ("entries/doi_tuong/ho-kinh-doanh.md", '["luat"]', '["lua"]', 16, "không có nguồn “lua”"),
        ("entries/doi_tuong/ho-kinh-doanh.md", '["luat"]', '"luat"', 16, "phải là danh sách chữ"),
        ("entries/doi_tuong/ho-kinh-doanh.md", '["luat"]', "[luat]", 16, "không phải TOML đúng"),
        (
            "entries/doi_tuong/ho-kinh-doanh.md",
            '"2025-10-15"',
            "2025-10-15",
            13,
            "phải là chữ trong ngoặc kép",
        ),
        (
            "entries/doi_tuong/ho-kinh-doanh.md",
            "45-2012-nd-cp: khoản",
            "46-2012: khoản",
            12,
            "không có văn bản “46-2012”",
        ),
        ("entries/doi_tuong/ho-kinh-doanh.md", 'id = "ho-kinh-doanh"\n', "", 1, "thiếu “id”"),
        ("entries/doi_tuong/ho-kinh-doanh.md", "+++\nid", "id", 1, "thiếu phần đầu"),
    ],
)
def test_an_error_is_told_with_its_place(
    content: Files, name: str, old: str, new: str, line: int, said: str
) -> None:
    content.swap(name, old, new)
    with pytest.raises(ContentError) as raised:
        read_content(content.path)
    told = [problem for problem in raised.value.problems if said in problem.message]
    assert [(problem.file, problem.line) for problem in told] == [(name, line)], str(raised.value)


def test_all_errors_of_a_run_are_told_together_in_order(content: Files) -> None:
    content.swap("figures.csv", "96600000000", "96,6")
    content.swap("figures.csv", "hơn 29 đề án", "hơn 29 đề án,,")
    content.swap("entries/danh_gia/kho-khan.md", '"stated"', '"noi"')
    (content.path / "events.csv").unlink()
    content.write("figure.csv", "id\n")
    with pytest.raises(ContentError) as raised:
        read_content(content.path)
    files = [problem.file for problem in raised.value.problems]
    assert files == sorted(files)
    assert {"events.csv", "figure.csv", "entries/danh_gia/kho-khan.md"} < set(files)
    assert "figures.csv, dòng 3: " in str(raised.value)


def test_a_row_with_an_error_may_still_be_referred_to(content: Files) -> None:
    content.swap("figures.csv", "96600000000", "96,6")
    content.swap("sources.csv", ",3,", ",ba,")
    with pytest.raises(ContentError) as raised:
        read_content(content.path)
    assert [(problem.file, problem.line) for problem in raised.value.problems] == [
        ("figures.csv", 3),
        ("sources.csv", 2),
    ]


def test_a_file_saved_by_excel_reads_the_same(content: Files) -> None:
    before = [row.record for row in read_content(content.path)["sources"]]
    for name in ("sources.csv", "sources_law.csv"):
        file = content.path / name
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert [row.record for row in read_content(content.path)["sources"]] == before


def test_a_file_that_is_not_utf8_is_told(content: Files) -> None:
    for name in ("sources.csv", "entries/danh_gia/kho-khan.md"):
        (content.path / name).write_bytes("Báo Công Thương".encode("utf-16"))
    with pytest.raises(ContentError) as raised:
        read_content(content.path)
    assert ["không phải UTF-8" in problem.message for problem in raised.value.problems] == [True, True]


def test_a_quoted_cell_may_span_lines_and_later_lines_keep_their_number(content: Files) -> None:
    content.swap("regions.csv", "miền Bắc", '"miền\nBắc"')
    content.swap("regions.csv", "phia_bac,,2025-06-30", "phia_tay,,2025-06-30")
    with pytest.raises(ContentError) as raised:
        read_content(content.path)
    assert [(problem.file, problem.line) for problem in raised.value.problems] == [("regions.csv", 5)]


def test_the_cut_may_have_blanks_around_it(content: Files) -> None:
    before = read_content(content.path)["entries"]
    content.swap("entries/doi_tuong/ho-kinh-doanh.md", "\n---\n", "\n\n---  \n\n")
    assert read_content(content.path)["entries"] == before


def test_files_have_one_order(content: Files) -> None:
    names = [file.relative_to(content.path).as_posix() for file in content_files(content.path)]
    assert names == sorted(FILES, key=lambda name: name.split("/"))
