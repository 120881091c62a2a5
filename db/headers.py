"""What the columns of sheets are called in Vietnamese, beside their names in the files; either is understood."""

from __future__ import annotations

import re
from collections.abc import Sequence

from db.cells import numeric
from db.errors import ContentError, refuse
from db.fields import CHOICES, DATES, type_of_record
from db.files import COLUMNS, table_of_file
from db.loading import REFERENCES
from db.proposals import NEEDED, without
from knowledge.telling.labels import CODES, TABLES, code_name, field_name, field_of, table_of

_BOTH = re.compile(r".*\(\s*([a-z_]+)\s*\)")
_NAMED = {
    "sources": "Tiêu đề, đường dẫn hoặc mã của nguồn đã có.",
    "regions": "Tên vùng: cả nước, phía Bắc, phía Bắc mới (sau 1/7/2025), Thanh Hóa.",
    "documents": "Số hiệu: 28/2018/TT-BTC.",
    "indicators": "Tên chỉ tiêu, ví dụ: Kinh phí khuyến công.",
}


def vietnamese(table: str, column: str) -> str:
    """The Vietnamese name of a column; no two columns of a table share one."""
    name = field_name(table, column)
    return name[:1].upper() + name[1:]


def headline(table: str) -> list[str]:
    """The header of a sheet for people, in the order of the columns."""
    return [vietnamese(table, column) for column in COLUMNS[table]]


def columns_of(table: str, header: Sequence[str]) -> list[str]:
    """The column that each header cell names in this table; empty for a cell that names none."""
    found = []
    for cell in header:
        both = _BOTH.fullmatch(cell.strip())
        found.append(field_of(table, COLUMNS[table], both[1] if both else cell))
    return found


def for_people(header: Sequence[str]) -> bool:
    """Whether the header is one that `headline` writes, so that the cells are written for people too."""
    return any(not cell.isascii() or _BOTH.fullmatch(cell.strip()) for cell in header)


def explained(table: str, column: str) -> str:
    """What is to be written in a column, in one or two sentences."""
    listed = str(type_of_record[table].__annotations__[column]).startswith("tuple")
    target = REFERENCES.get((table, column))
    said = []
    if column == "id":
        said.append(
            "Mã của dòng: chữ thường không dấu, số và gạch nối. Mã đã có thì sửa dòng ấy, mã mới thì thêm dòng."
        )
    elif column in without(table, {}) or column in NEEDED.get(table, ()):
        said.append("Phải có khi thêm dòng mới.")
    if allowed := CHOICES.get((table, column)):
        names = [code_name(table, column, code) for code in CODES[table, column] if code in allowed and code]
        said.append(f"Một trong: {', '.join(names)}.")
    if target:
        said.append(_NAMED.get(target, f"Mã {TABLES[target]}, xem /xuat {TABLES[target]}."))
    if listed:
        said.append("Nhiều mục thì nối bằng dấu gạch đứng: a | b.")
    if column in (*DATES, "date"):
        said.append("Ngày: 16/05/2024.")
    if column in ("period", "likely_period"):
        said.append("Kỳ: 2023, 6 tháng đầu năm 2024, quý III/2024, 9 tháng năm 2022, giai đoạn 2021-2025.")
    if numeric(table, column):
        said.append("Số: 1234567 hoặc 1.234.567,5; số tiền tính bằng đồng, hoặc viết kèm đơn vị: 150 tỷ.")
    if (table, column) == ("figures", "as_printed"):
        said.append("Đúng như nguồn in, ví dụ: 176,4 tỷ đồng.")
    return " ".join(said) or "Chữ tự do; để trống nếu chưa biết."


MOST_SHOWN = 8


class StrangeLayout(ContentError):
    """A table whose header is none of ours; its layout may still be found (`db.layouts`)."""


def known_columns(header: list[str]) -> dict[str, int]:
    """Table → how many cells of this header name one of its columns."""
    cells = [cell.strip().strip('"') for cell in header]
    return {table: sum(map(bool, columns_of(table, cells))) for table in COLUMNS}


def trimmed(header: list[str]) -> list[str]:
    """A header without the empty cells at its end."""
    filled = [place for place, cell in enumerate(header, 1) if cell.strip()]
    return header[: filled[-1]] if filled else []


def read_columns(place: str, table: str, header: list[str], line: int) -> list[str]:
    """The columns that a header names. Raises `StrangeLayout` where one is none of the table's, or its id is missing."""
    columns = columns_of(table, header)
    strange = [cell.strip() for cell, column in zip(header, columns, strict=True) if not column]
    twice = sorted({column for column in columns if column and columns.count(column) > 1})
    if strange or twice or "id" not in columns:
        raise refuse(place, _bad_header(table, strange, twice), line, StrangeLayout)
    return columns


def recognised(place: str, title: str, header: list[str]) -> str:
    """The table whose columns these are. Raises `ContentError` where that is none, or not one."""
    named = table_of(title) or table_of_file(title.lower()) or table_of_file(f"{title.lower()}.")
    known = known_columns(header)
    best = max(known.values())
    if best and named and known[named] == best:
        return named
    fitting = [table for table, count in known.items() if count == best]
    if not best:
        raise refuse(place, "không nhận ra tiêu đề cột; gõ /mau để lấy tệp mẫu", 1, StrangeLayout)
    if len(fitting) > 1:
        tables = ", ".join(TABLES[one] for one in fitting)
        raise refuse(
            place,
            f"tiêu đề hợp với nhiều bảng ({tables}); gửi lại kèm chú thích /nhap tên-bảng",
            1,
            StrangeLayout,
        )
    return fitting[0]


def _bad_header(table: str, strange: list[str], twice: list[str]) -> str:
    if strange:
        shown = ", ".join(f"“{cell[:40]}”" for cell in strange[:MOST_SHOWN])
        return f"cột lạ {shown}; bảng {TABLES[table]} chỉ có: {', '.join(map(str.lower, headline(table)))}"
    if twice:
        names = ", ".join(field_name(table, one) for one in twice)
        return f"cột {names} có hai lần; hãy bỏ bớt"
    return f"thiếu cột “mã” của bảng {TABLES[table]}; hãy thêm vào dòng tiêu đề"
