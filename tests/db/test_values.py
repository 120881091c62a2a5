"""Everything that people type for a field, read one way by the one reader, or refused with what to write."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from db.amounts import amount_in
from db.fields import CHOICES, reader, type_of_record
from db.loading import read_content
from db.times import year_of_day
from db.values import Several, Values
from knowledge.telling.labels import CODES, code_name, field_name, field_of, table_of
from knowledge.text import fold

CONTENT = read_content(Path(__file__).parents[2] / "knowledge" / "content")
VALUES = Values(lambda table: [row.record for row in CONTENT[table]], date(2026, 11, 23))

READ = [
    ("sources", "published_on", "16/5/2024", "2024-05-16"),
    ("sources", "published_on", "16-05-2024", "2024-05-16"),
    ("sources", "published_on", "16.5.24", "2024-05-16"),
    ("sources", "published_on", "ngày 16 tháng 5 năm 2024", "2024-05-16"),
    ("sources", "published_on", "ngay 16 thang 5 nam 2024", "2024-05-16"),
    ("sources", "published_on", "2024-05-16 00:00:00", "2024-05-16"),
    ("sources", "published_on", "tháng 5/2024", "2024-05"),
    ("sources", "published_on", "tháng 5 năm 2024", "2024-05"),
    ("sources", "published_on", "năm 2024", "2024"),
    ("sources", "published_on", "hôm nay", "2026-11-23"),
    ("sources", "published_on", "-", ""),
    ("sources", "kind", "báo", "news"),
    ("sources", "url", "https://example.org/a", "https://example.org/a"),
    ("figures", "period", "2023", "2023"),
    ("figures", "period", "năm 2023", "2023"),
    ("figures", "period", "NĂM 2023", "2023"),
    ("figures", "period", "6 tháng đầu năm 2024", "2024-H1"),
    ("figures", "period", "6T/2024", "2024-H1"),
    ("figures", "period", "nửa đầu năm 2024", "2024-H1"),
    ("figures", "period", "6 tháng cuối năm 2024", "2024-H2"),
    ("figures", "period", "9 tháng năm 2022", "2022-9M"),
    ("figures", "period", "9 tháng đầu năm 2022", "2022-9M"),
    ("figures", "period", "quý III/2024", "2024-Q3"),
    ("figures", "period", "quý 3 năm 2024", "2024-Q3"),
    ("figures", "period", "Q3/2024", "2024-Q3"),
    ("figures", "period", "giai đoạn 2021–2025", "2021-2025"),
    ("figures", "period", "giai đoạn 21-25", "2021-2025"),
    ("figures", "period", "từ năm 2021 đến năm 2025", "2021-2025"),
    ("figures", "period", "2024-h1", "2024-H1"),
    ("figures", "period", "2021/2022-9M", "2021/2022-9M"),
    ("figures", "period", "ngày 16/5/2024", "2024-05-16"),
    ("figures", "period", "tháng 3/2025", "2025-03"),
    ("figures", "measure", "thực hiện", "actual"),
    ("figures", "measure", "thuc hien", "actual"),
    ("figures", "measure", "giải ngân", "actual"),
    ("figures", "measure", "plan", "plan"),
    ("figures", "programme", "KCĐP", "KCDP"),
    ("figures", "programme", "khuyến công quốc gia", "KCQG"),
    ("figures", "programme", "tổng cộng", "total"),
    ("figures", "of", "kế hoạch", "plan"),
    ("figures", "qualifier", "hơn", "over"),
    ("figures", "region", "phía Bắc", "phia_bac"),
    ("figures", "region", "phia bac", "phia_bac"),
    ("figures", "region", "phía Bắc mới", "phia_bac_moi"),
    ("figures", "region", "phía Bắc (sau sắp xếp)", "phia_bac_moi"),
    ("figures", "region", "miền Bắc sau 1/7/2025", "phia_bac_moi"),
    ("figures", "region", "phía Nam cũ", "phia_nam"),
    ("figures", "region", "phia_nam_moi", "phia_nam_moi"),
    ("figures", "region", "toàn quốc", "ca_nuoc"),
    ("figures", "region", "tỉnh Thanh Hóa", "thanh-hoa"),
    ("figures", "region", "Thanh Hoá", "thanh-hoa"),
    ("figures", "region", "TP Hồ Chí Minh", "ho-chi-minh"),
    ("figures", "region", "Hà Giang", "ha-giang"),
    ("figures", "region", "Hà Giang mới", "tuyen-quang"),
    ("figures", "indicator", "kinh phí khuyến công", "kinh-phi"),
    ("figures", "source", "bai-hn-2024", "bai-hn-2024"),
    (
        "figures",
        "source",
        "Khai mạc Hội nghị khuyến công các tỉnh, thành phố khu vực phía Bắc năm 2024",
        "bai-hn-2024",
    ),
    ("figures", "source", "khai mac hoi nghi khuyen cong cac tinh", "bai-hn-2024"),
    (
        "figures",
        "source",
        "http://www.tapchicongthuong.vn/khai-mac-hoi-nghi-khuyen-cong-cac-tinh--thanh-pho-khu-vuc-phia-bac-nam-2024-121229.htm/?utm_source=zalo",
        "bai-hn-2024",
    ),
    ("figures", "locator", "đoạn 8", "8"),
    ("documents", "status", "còn hiệu lực", "in_force"),
    ("documents", "amends", "NĐ 45/2012; Thông tư 28/2018/TT-BTC", ("45-2012-nd-cp", "28-2018-tt-btc")),
    ("documents", "replaced_by", "235/2025/NĐ-CP, 28-2018-tt-btc", ("235-2025-nd-cp", "28-2018-tt-btc")),
    ("support_levels", "document", "Nghị định 45", "45-2012-nd-cp"),
    ("support_levels", "document", "tt 28/2018/tt-btc", "28-2018-tt-btc"),
    ("support_levels", "scope", "toàn quốc", "national"),
    ("support_levels", "scope", "Thanh Hóa", "thanh-hoa"),
    ("support_levels", "percent", "50%", "50"),
    ("support_levels", "percent", "30,5", "30.5"),
    ("support_levels", "percent", "tối đa 50 phần trăm", "50"),
    ("support_levels", "cap", "300 triệu đồng", "300000000"),
    ("support_levels", "cap", "không quá 1,5 tỷ", "1500000000"),
    ("support_levels", "cap", "300tr", "300000000"),
    ("support_levels", "cap", "1 tỷ 200 triệu", "1200000000"),
    ("support_levels", "cap", "1 tỷ rưỡi", "1500000000"),
    ("support_levels", "cap", "2 tỷ 3", "2300000000"),
    ("support_levels", "cap", "nửa tỷ", "500000000"),
    ("support_levels", "cap", "1 355 triệu", "1355000000"),
    ("support_levels", "cap", "300.000.000", "300000000"),
    ("entries", "basis", "28/2018/TT-BTC: khoản 2 Điều 8", ("28-2018-tt-btc: khoản 2 Điều 8",)),
    ("entries", "basis", "khoản 2 Điều 8 Thông tư 28/2018/TT-BTC", ("28-2018-tt-btc: khoản 2 Điều 8",)),
    (
        "entries",
        "basis",
        "Điều 4 của Nghị định số 45/2012/NĐ-CP; NĐ 235/2025: Điều 1",
        ("45-2012-nd-cp: Điều 4", "235-2025-nd-cp: Điều 1"),
    ),
    ("entries", "stance", "không", "no"),
    ("entries", "stance", "tùy trường hợp", "conditional"),
    ("entries", "kind", "khái niệm", "definition"),
    (
        "entries",
        "questions",
        "hỏi một; hỏi hai\nhỏi ba | hỏi bốn",
        ("hỏi một", "hỏi hai", "hỏi ba", "hỏi bốn"),
    ),
    ("events", "edition", "lần thứ XVIII", "18"),
    ("events", "edition", "9", "9"),
    ("events", "date", "16/5/2025", "2025-05-16"),
    ("events", "year", "năm 2025", "2025"),
    ("events", "kind", "hội nghị khuyến công", "hoi_nghi_khuyen_cong"),
]


@pytest.mark.parametrize(
    ("table", "column", "typed", "cell"), READ, ids=[f"{one[1]}-{one[2][:40]}" for one in READ]
)
def test_what_people_type_is_read(table: str, column: str, typed: str, cell: object) -> None:
    assert VALUES.cell(table, column, typed) == cell
    for one in (cell,) if isinstance(cell, str) else cell:
        if not str(type_of_record[table].__annotations__[column]).startswith("tuple"):
            reader(table, column)(one)


@pytest.mark.parametrize(
    ("table", "column", "typed", "told"),
    [
        ("sources", "published_on", "31/2/2024", "không có thật"),
        ("sources", "published_on", "16 tháng 5", "sai dạng"),
        ("sources", "url", "javascript:x", "không phải đường dẫn"),
        ("sources", "kind", "đài", "báo chí"),
        ("figures", "period", "năm nay", "chưa rõ"),
        ("figures", "period", "23", "chưa rõ"),
        ("figures", "period", "2025-2021", "chưa rõ"),
        ("figures", "period", "13 tháng 2024", "chưa rõ"),
        ("figures", "measure", "nhiều", "kế hoạch, phân bổ"),
        ("figures", "region", "sao Hỏa", "chưa rõ vùng"),
        ("figures", "source", "báo nào đó", "chưa có nguồn"),
        ("documents", "amends", "99/2099/NĐ-CP", "chưa có văn bản"),
        ("entries", "basis", "Điều 4 Thông tư 99/2099/TT-BTC", "chưa có văn bản"),
        ("support_levels", "cap", "300", "chưa rõ đơn vị"),
        ("support_levels", "cap", "50%", "không phải số tiền"),
        ("support_levels", "percent", "300 triệu", "không phải tỷ lệ"),
        ("events", "edition", "mười", "không phải lần"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_write(
    table: str, column: str, typed: str, told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        VALUES.cell(table, column, typed)


def test_what_names_several_rows_is_refused_with_them() -> None:
    with pytest.raises(Several) as caught:
        VALUES.cell("support_levels", "document", "26/2014")
    assert {id_ for id_, _ in caught.value.choices} == {"26-2014-ttlt-btc-bct", "26-2014-tt-bct"}


def test_every_row_is_found_by_its_id_and_its_name() -> None:
    for table, name in (
        ("sources", "title"),
        ("regions", "name"),
        ("documents", "number"),
        ("indicators", "name"),
    ):
        for row in CONTENT[table]:
            assert VALUES.row(table, row.record.id) == row.record.id
            said = getattr(row.record, name)
            try:
                assert not said or VALUES.row(table, said) == row.record.id
            except Several as several:
                assert row.record.id in {id_ for id_, _ in several.choices}


def test_every_code_has_a_name_that_reads_back() -> None:
    for (table, column), codes in CHOICES.items():
        assert codes <= CODES[table, column].keys(), (table, column)
        for code in codes - {""}:
            for said in (code, code_name(table, column, code), fold(code_name(table, column, code))):
                assert VALUES.cell(table, column, said) == code


def test_every_field_and_table_is_found_by_its_name_with_or_without_marks() -> None:
    for table, record in type_of_record.items():
        columns = tuple(record.__annotations__)
        names = [field_name(table, column) for column in columns]
        assert len(set(map(fold, names))) == len(names), table
        for column, name in zip(columns, names, strict=True):
            assert field_of(table, columns, name) == column
            assert field_of(table, columns, fold(name)) == column
            assert field_of(table, columns, column) == column
            assert name != column, f"{table}.{column} has no Vietnamese name"
    assert table_of("Mức hỗ trợ") == table_of("muc ho tro") == table_of("support_levels") == "support_levels"


@pytest.mark.parametrize(
    ("typed", "unit", "digits", "qualifier"),
    [
        ("trên 85,865 tỷ đồng", "VND", "85865000000", "over"),
        ("1.234 tỷ", "VND", "1234000000000", "exact"),
        ("giảm 8,5%", "percent", "-8.5", "exact"),
        ("khoảng 120 đề án", "đề án", "120", "about"),
        ("120", "đề án", "120", "exact"),
        ("1 234 567 đồng", "VND", "1234567", "exact"),
    ],
)
def test_amounts_of_figures(typed: str, unit: str, digits: str, qualifier: str) -> None:
    found = amount_in(typed, unit)
    assert (found.digits, found.qualifier, found.printed) == (digits, qualifier, typed)


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("120 cơ sở", "đề án"),
        ("150 tỷ", "đề án"),
        ("94,6%", "VND"),
        ("150", "VND"),
        ("150 tỷ và 30 triệu", "VND"),
        ("nhiều", "VND"),
        ("1.2.3 tỷ", "VND"),
    ],
)
def test_an_amount_of_another_unit_is_refused(typed: str, unit: str) -> None:
    with pytest.raises(ValueError, match=r"viết như|ví dụ"):
        amount_in(typed, unit)


def test_a_year_in_a_column_of_dates_is_a_year() -> None:
    assert year_of_day("1905-07-15") == "2023"
    assert year_of_day("2023-01-01") == "2023"
    assert year_of_day("2024-05-16") == ""
