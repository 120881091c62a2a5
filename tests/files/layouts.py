"""Tables as officers keep them, rebuilt with invented numbers: title rows, two header rows, merged cells, units in headers.

Each is made when it is asked for, so that the repository holds no binary files.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

import openpyxl

SOURCE = "bao"
Row = Sequence[Any]


@dataclass(frozen=True)
class Case:
    """`figures`: slots and value that must come of it, as region, programme, measure, period → digits; `answers`: what is
    asked for and given; `rows`: how many in all; `told`: what is said of it; `refused`: problems that must be named."""

    name: str
    make: Callable[[], bytes]
    figures: dict[tuple[str, str, str, str], str] = field(default_factory=dict)
    rows: int = 0
    asks: tuple[str, ...] = ("source",)
    answers: dict[str, str] = field(default_factory=lambda: {"source": SOURCE})
    told: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    table: str = "figures"


def book(
    *sheets: tuple[str, Sequence[Row], Sequence[str]], change: Callable[[Any], None] = lambda book: None
) -> bytes:
    """A workbook of (title, rows, merged ranges)."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows, merged in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        for one in merged:
            sheet.merge_cells(one)
    change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def word(paragraphs: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A Word document with some lines and one table."""
    text = "".join(f"<w:p><w:r><w:t>{escape(one)}</w:t></w:r></w:p>" for one in paragraphs)
    cells = (
        "".join(f"<w:tc><w:p><w:r><w:t>{escape(cell)}</w:t></w:r></w:p></w:tc>" for cell in row)
        for row in rows
    )
    table = "".join(f"<w:tr>{row}</w:tr>" for row in cells)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    xml = f"<w:document {space}><w:body>{text}<w:tbl>{table}</w:tbl></w:body></w:document>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", xml)
    return out.getvalue()


def _plain() -> bytes:
    rows = [
        ("SỞ CÔNG THƯƠNG", None, None, None, None),
        ("TỔNG HỢP KINH PHÍ KHUYẾN CÔNG ĐỊA PHƯƠNG NĂM 2023",),
        ("(Đơn vị tính: triệu đồng)",),
        (),
        ("STT", "Tỉnh, thành phố", "Kế hoạch", "Thực hiện", "Ghi chú"),
        (1, "Hà Giang", 1200, 1150.5, None),
        (2, "Tuyên Quang", 2000, 2000, "đủ"),
        (None, "Tổng cộng", 3200, 3150.5, None),
    ]
    return book(("Sheet1", rows, ["A2:E2", "A3:E3"]))


def _two_rows() -> bytes:
    rows = [
        ("BIỂU SỐ 2: KINH PHÍ KHUYẾN CÔNG NĂM 2022",),
        (
            "TT",
            "Địa phương",
            "KCQG (triệu đồng)",
            None,
            "KCĐP (triệu đồng)",
            None,
            "Tổng cộng (triệu đồng)",
            None,
        ),
        (None, None, "KH", "TH", "KH", "TH", "KH", "TH"),
        (1, "Hà Giang", 500, 480, 700, 690, 1200, 1170),
        (2, "Tuyên Quang", 600, 600, 800, 750, 1400, 1350),
        (None, "Cộng", 1100, 1080, 1500, 1440, 2600, 2520),
    ]
    return book(("Biểu 2", rows, ["A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:H2", "A1:H1"]))


def _years() -> bytes:
    rows = [
        ("KINH PHÍ KHUYẾN CÔNG QUỐC GIA THỰC HIỆN, tỷ đồng",),
        ("ĐVT: tỷ đồng",),
        ("Khu vực", 2021, 2022, 2023),
        ("Phía Bắc", 70.5, 72.25, 79.9),
        ("Cả nước", 150, 160, 170),
    ]
    return book(("Trang 1", rows, []))


def _dated_years() -> bytes:
    rows = [
        ("Kinh phí KCQG thực hiện khu vực phía Bắc (tỷ đồng)",),
        ("Năm", "Kế hoạch", "Thực hiện"),
        (date(2019, 1, 1), 50, 49.5),
        (date(2020, 1, 1), 52, 51),
        (date(1905, 7, 13), 55, 54),
    ]

    def change(made: Any) -> None:
        for row in range(3, 6):
            made["KCQG phía Bắc"].cell(row, 1).number_format = "yyyy" if row < 5 else "dd/mm/yyyy"

    return book(("KCQG phía Bắc", rows, []), change=change)


def _programme_rows() -> bytes:
    rows = [
        ("Phía Bắc năm 2021",),
        ("Nguồn vốn", "Kế hoạch (tr.đ)", "Thực hiện (tr.đ)", "Tỷ lệ (%)"),
        ("KCQG", "40.000", "38.500,5", "96,3"),
        ("KCĐP", "50.000", "49.000", "98"),
        ("Tổng hai nguồn", "90.000", "87.500,5", "97,2"),
    ]
    return book(("PB", rows, []))


def _sections() -> bytes:
    rows = [
        ("BÁO CÁO KHUYẾN CÔNG 6 THÁNG ĐẦU NĂM 2024",),
        ("TT", "Nội dung", "Kế hoạch (triệu đồng)", "Ước thực hiện (triệu đồng)"),
        ("I", "Khuyến công quốc gia", None, None),
        (1, "Hà Giang", 300, 150),
        (2, "Tuyên Quang", 400, 210),
        ("II", "Khuyến công địa phương", None, None),
        (1, "Hà Giang", 500, 260),
        (2, "Tuyên Quang", 700, 340),
        (None, None, None, None),
        (None, "Người lập biểu", None, None),
    ]
    return book(("6T", rows, []))


def _decomposed() -> bytes:
    rows = [
        ("Khuyến công địa phương năm 2020, đơn vị: triệu đồng",),
        ("Tỉnh", "Kế hoạch", "Thực hiện"),
        ("Hà Giang", 10, 9),
        ("Tuyên Quang", 20, 18),
    ]
    made = [
        tuple(unicodedata.normalize("NFD", one) if isinstance(one, str) else one for one in row)
        for row in rows
    ]
    return book((unicodedata.normalize("NFD", "Tỉnh"), made, []))


def _formulas() -> bytes:
    """As a spreadsheet saves it: the formula of the total row with the value that it last gave."""
    rows = [
        ("KCĐP năm 2019 (triệu đồng)",),
        ("Tỉnh", "Kế hoạch", "Thực hiện"),
        ("Hà Giang", 100, 90),
        ("Tuyên Quang", 200, 180),
        ("Tổng", 300, 270),
    ]
    data = book(("Sheet1", rows, []))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as made:
        for name in archive.namelist():
            text = archive.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = text.replace(b"<v>300</v>", b"<f>SUM(B3:B4)</f><v>300</v>")
                text = text.replace(b"<v>270</v>", b"<f>SUM(C3:C4)</f><v>270</v>")
            made.writestr(name, text)
    return out.getvalue()


def _counts() -> bytes:
    rows = [
        ("KẾT QUẢ THỰC HIỆN ĐỀ ÁN KHUYẾN CÔNG QUỐC GIA NĂM 2023",),
        ("STT", "Chỉ tiêu", "ĐVT", "Phía Bắc", "Cả nước"),
        (1, "Đề án", "đề án", 45, 120),
    ]
    return book(("KQ", rows, []))


def _csv_semicolons() -> bytes:
    text = "Kinh phí KCĐP năm 2018;;\r\nĐơn vị: triệu đồng;;\r\nTỉnh;Kế hoạch;Thực hiện\r\nHà Giang;1.234,5;1.200,0\r\nTuyên Quang;2.000,0;1.999,5\r\n"
    return b"\xef\xbb\xbf" + text.encode()


def _pasted() -> bytes:
    return "KCQG năm 2017, triệu đồng\nTỉnh\tKế hoạch\tThực hiện\nHà Giang\t1.500,5\t1.400\nTuyên Quang\t2.500\t2.450,5".encode()


def _word() -> bytes:
    head = ["BÁO CÁO", "Kinh phí khuyến công địa phương năm 2016 (đơn vị: triệu đồng)"]
    return word(
        head,
        [
            ["TT", "Tỉnh", "Kế hoạch", "Thực hiện"],
            ["1", "Hà Giang", "12,5", "11,5"],
            ["2", "Tuyên Quang", "22", "21"],
        ],
    )


def _hidden() -> bytes:
    rows = [("KCQG năm 2015 (tỷ đồng)",), ("Vùng", "Kế hoạch"), ("Phía Bắc", 30)]

    def change(made: Any) -> None:
        made["Nháp"].sheet_state = "hidden"

    return book(("Chính", rows, []), ("Nháp", rows, []), change=change)


def _numbered_columns() -> bytes:
    rows = [
        ("Kinh phí KCQG năm 2014",),
        ("TT", "Tỉnh", "Kế hoạch (triệu đồng)", "Thực hiện (triệu đồng)", "Tỷ lệ TH/KH (%)"),
        ("(1)", "(2)", "(3)", "(4)", "(5)=(4)/(3)"),
        (1, "Hà Giang", 400, 380, 95),
        (2, "Tuyên Quang", 500, 500, 100),
    ]
    return book(("S", rows, []))


def _unknown_programme() -> bytes:
    rows = [
        ("Kinh phí năm 2013",),
        ("Tỉnh", "Kế hoạch", "Thực hiện"),
        ("Hà Giang", 410, 400),
        ("Tuyên Quang", 510, 500),
    ]
    return book(("S", rows, []))


def _levels() -> bytes:
    rows = [
        ("MỨC HỖ TRỢ KHUYẾN CÔNG",),
        (
            "STT",
            "Nội dung hỗ trợ",
            "Mức hỗ trợ tối đa (%)",
            "Mức tối đa (triệu đồng)",
            "Tính cho",
            "Căn cứ",
            "Áp dụng từ",
        ),
        (
            1,
            "Xây dựng mô hình zorp",
            30,
            1000,
            "mô hình",
            "khoản 2 Điều 4 Nghị định 45/2012/NĐ-CP",
            date(2018, 5, 11),
        ),
        (2, "Mua máy frob", 50, 300, "cơ sở", "45/2012/NĐ-CP: Điều 4", "11/5/2018"),
    ]
    return book(("Mức", rows, []))


def level_table(number: str = "28/2018/TT-BTC") -> bytes:
    """A table of levels by a document of the real base."""
    rows = [
        (
            "Nội dung hỗ trợ",
            "Mức hỗ trợ tối đa (%)",
            "Mức tối đa (triệu đồng)",
            "Tính cho",
            "Căn cứ",
            "Áp dụng từ",
        ),
        ("Xây dựng mô hình zorp", 30, 1000, "mô hình", f"khoản 2 Điều 8 Thông tư {number}", "11/5/2018"),
        ("Mua máy frob", 50, 300, "cơ sở", f"{number}: Điều 7", "11/5/2018"),
    ]
    return book(("Mức", rows, []))


def _signed() -> bytes:
    """Numbers as text with one point each, which only the row of totals explains; signed below."""
    rows = [
        ("UBND TỈNH", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", None),
        ("SỞ CÔNG THƯƠNG", None, "Độc lập - Tự do - Hạnh phúc", None),
        ("BIỂU KINH PHÍ KHUYẾN CÔNG ĐỊA PHƯƠNG NĂM 2012 (Triệu đồng)",),
        ("Số TT", "Đơn vị", "Kế hoạch", "Thực hiện"),
        ("A", "B", 1, 2),
        (1, "Hà Giang", 4200, 4150.5),
        (2, "Tuyên Quang", "5.100", "5.080"),
        (None, "Tổng số", 9300, 9230.5),
        (),
        (None, None, None, "Ngày 10 tháng 01 năm 2013"),
        ("NGƯỜI LẬP BIỂU", None, None, "GIÁM ĐỐC"),
    ]
    return book(("Biểu", rows, []))


def _levels_in_a_sentence() -> bytes:
    rows = [
        ("PHỤ LỤC: MỨC CHI HOẠT ĐỘNG KHUYẾN CÔNG",),
        ("TT", "Nội dung chi", "Mức chi tối đa", "Căn cứ", "Áp dụng từ"),
        (1, "Xây dựng mô hình zorp", "30% chi phí, không quá 1.200 triệu đồng/mô hình", "45/2012/NĐ-CP: Điều 4", "2018"),
        (2, "Thành lập xưởng frob", "15 triệu đồng/cơ sở", "45/2012/NĐ-CP: Điều 4", "2018"),
    ]  # fmt: skip
    return book(("Mức", rows, []))


def _documents() -> bytes:
    rows = [
        ("DANH MỤC VĂN BẢN",),
        ("TT", "Số hiệu", "Loại văn bản", "Trích yếu", "Ngày ban hành", "Cơ quan ban hành"),
        (1, "7/2027/TT-BTC", "Thông tư", "Về mức chi khuyến công", "5/1/2026", "Bộ Tài chính"),
        (2, "8/2027/QĐ-UBND", "Quyết định", "Về chương trình khuyến công", date(2026, 2, 6), "UBND tỉnh"),
    ]
    return book(("VB", rows, []))


REAL = [
    Case("title rows and a total row", _plain, {
        ("ha-giang", "KCDP", "plan", "2023"): "1200000000", ("ha-giang", "KCDP", "actual", "2023"): "1150500000",
        ("tuyen-quang", "KCDP", "actual", "2023"): "2000000000"}, 4, told=("Dòng tổng 8: khớp", "“STT” (chỉ đánh số dòng)")),
    Case("two header rows, merged", _two_rows, {
        ("ha-giang", "KCQG", "plan", "2022"): "500000000", ("tuyen-quang", "KCDP", "actual", "2022"): "750000000",
        ("ha-giang", "total", "actual", "2022"): "1170000000"}, 12, told=("khớp",)),
    Case("a column for each year", _years, {
        ("phia_bac", "KCQG", "actual", "2022"): "72250000000", ("ca_nuoc", "KCQG", "actual", "2023"): "170000000000"}, 6),
    Case("years typed as dates", _dated_years, {
        ("phia_bac", "KCQG", "plan", "2019"): "50000000000", ("phia_bac", "KCQG", "actual", "2021"): "54000000000"}, 6),
    Case("a row for each programme, numbers as text", _programme_rows, {
        ("phia_bac", "KCQG", "actual", "2021"): "38500500000", ("phia_bac", "total", "plan", "2021"): "90000000000",
        ("phia_bac", "KCDP", "rate", "2021"): "98"}, 9),
    Case("sections", _sections, {
        ("ha-giang", "KCQG", "plan", "2024-H1"): "300000000", ("tuyen-quang", "KCDP", "estimate", "2024-H1"): "340000000"}, 8,
        told=("tiêu đề của các dòng dưới", "Người lập biểu")),
    Case("decomposed letters", _decomposed, {("ha-giang", "KCDP", "actual", "2020"): "9000000"}, 4),
    Case("formulas in the total row", _formulas, {("tuyen-quang", "KCDP", "plan", "2019"): "200000000"}, 4, told=("khớp",)),
    Case("counts, a column for each region", _counts, {
        ("phia_bac", "KCQG", "count", "2023"): "45", ("ca_nuoc", "KCQG", "count", "2023"): "120"}, 2),
    Case("csv with semicolons", _csv_semicolons, {
        ("ha-giang", "KCDP", "plan", "2018"): "1234500000", ("tuyen-quang", "KCDP", "actual", "2018"): "1999500000"}, 4),
    Case("pasted text", _pasted, {("ha-giang", "KCQG", "plan", "2017"): "1500500000"}, 4),
    Case("a Word table", _word, {("ha-giang", "KCDP", "plan", "2016"): "12500000"}, 4),
    Case("a hidden sheet", _hidden, {("phia_bac", "KCQG", "plan", "2015"): "30000000000"}, 1, told=("trang “Nháp” đang ẩn",)),
    Case("a row that numbers the columns", _numbered_columns, {("ha-giang", "KCQG", "rate", "2014"): "95"}, 6),
    Case("a programme and a unit that are not said", _unknown_programme, {("ha-giang", "KCDP", "plan", "2013"): "410000000"}, 4,
         asks=("source", "programme", "scale"), answers={"source": SOURCE, "programme": "KCDP", "scale": "1000000"}),
    Case("levels", _levels, rows=2, table="support_levels"),
    Case("numbers as text, a signature", _signed, {
        ("tuyen-quang", "KCDP", "plan", "2012"): "5100000000", ("ha-giang", "KCDP", "actual", "2012"): "4150500000"}, 4,
        told=("Dòng tổng 8: khớp", "NGƯỜI LẬP BIỂU”: không có số")),
    Case("levels told in a sentence", _levels_in_a_sentence, rows=2, table="support_levels"),
    Case("documents", _documents, rows=2, table="documents"),
]  # fmt: skip


def sheet(*rows: Row, merged: Sequence[str] = ()) -> Callable[[], bytes]:
    """A workbook of one sheet, made when it is asked for."""
    return lambda: book(("S", rows, merged))


HEAD = ("KCQG năm 2023 (triệu đồng)",)
COLUMNS = ("Tỉnh", "Kế hoạch", "Thực hiện")
GOOD = ("Tuyên Quang", 20, 18)

BROKEN: list[tuple[str, Callable[[], bytes], str]] = [
    ("no header", sheet(("Hà Giang", 1, 2), ("Tuyên Quang", 3, 4)), "không nhận ra"),
    ("only numbers", sheet((1, 2), (3, 4)), "không nhận ra"),
    ("only words", sheet(("Báo cáo",), ("không có bảng nào",)), "không nhận ra"),
    ("a header without rows", sheet(HEAD, COLUMNS), "không nhận ra"),
    ("a place that is none", sheet(HEAD, COLUMNS, GOOD, GOOD, ("Sao Hỏa", 1, 2)), "chưa rõ vùng “Sao Hỏa”"),
    ("a word for a number", sheet(HEAD, COLUMNS, GOOD, ("Hà Giang", "nhiều", 5)), "“nhiều” không phải số"),
    ("a number of two readings", sheet(HEAD, COLUMNS, GOOD, ("Hà Giang", "1.234", 5)), "không rõ là 1234 hay 1.234"),
    ("a merged amount", sheet(HEAD, COLUMNS, GOOD, ("Hà Giang", 20, 5), merged=["B3:B4"]), "ô gộp"),
    ("a total that is not the sum", sheet(HEAD, COLUMNS, GOOD, ("Hà Giang", 10, 5), ("Tổng", 99, 23)), "ghi 99, cộng được 30"),
    ("an error cell", sheet(HEAD, COLUMNS, GOOD, ("Hà Giang", "#DIV/0!", 5)), "báo lỗi"),
    ("a formula that was never worked out", sheet(HEAD, COLUMNS, GOOD, ("Hà Giang", "=1+1", 5)), "công thức chưa tính"),
    ("a ratio of nothing", sheet(HEAD, ("Tỉnh", "Tỷ lệ (%)"), ("Hà Giang", 95), ("Tuyên Quang", 96)), "chưa rõ tỷ lệ của số nào"),
    ("money for things", sheet(("KCQG năm 2023",), ("Chỉ tiêu", "Cả nước (triệu đồng)"), ("Đề án", 5)), "tính bằng"),
    ("the same place twice", sheet(HEAD, COLUMNS, GOOD, GOOD), "mỗi mã chỉ dùng một lần"),
    ("a level without what it is for", sheet(("Nội dung hỗ trợ", "Mức hỗ trợ (%)", "Mức tối đa (triệu đồng)", "Căn cứ", "Áp dụng từ"),
        ("Máy", 50, 300, "45/2012/NĐ-CP: Điều 4", "2018")), "chưa rõ tính cho một gì"),
    ("a level of an unknown document", sheet(("Nội dung hỗ trợ", "Mức hỗ trợ (%)", "Căn cứ", "Áp dụng từ"),
        ("Máy", 50, "99/2099/NĐ-CP: Điều 4", "2018")), "chưa có văn bản"),
    ("a level above all", sheet(("Nội dung hỗ trợ", "Mức hỗ trợ (%)", "Căn cứ", "Áp dụng từ"),
        ("Máy", 150, "45/2012/NĐ-CP: Điều 4", "2018")), "0 đến 100"),
    ("a day that is none", sheet(("Số hiệu", "Trích yếu", "Ngày ban hành"), ("7/2027/TT-BTC", "Về", "31/2/2026")), "không có thật"),
    ("an old workbook", lambda: b"\xd0\xcf\x11\xe0 old", ".xlsx"),
    ("a cut file", lambda: _plain()[:900], "không giải nén được"),
    ("a file that is no text", lambda: b"\xff\xd8\xff\xe0 picture", "UTF-8"),
    ("a Word file without a table", lambda: word(["Kính gửi"], []), "không có bảng"),
]  # fmt: skip
