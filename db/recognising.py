"""Whose columns a header names, and the errors for a header that names none."""

from __future__ import annotations

from db.errors import ContentError, Problem
from db.files import COLUMNS
from db.headers import columns_of, headline
from knowledge.labels import TABLES, field_name, table_of

MOST_SHOWN = 8


class StrangeLayout(ContentError):
    """A table whose header is none of ours; its layout may still be found (`db.layouts`)."""


def refuse(file: str, message: str, line: int = 0, kind: type[ContentError] = ContentError) -> ContentError:
    """The error for a file as a whole."""
    return kind([Problem(file, line, message)])


def table_of_file(name: str) -> str:
    """The table that a file's name names; empty where it names none."""
    stem = name.rpartition(".")[0].removeprefix("language/")
    return next((table for table in COLUMNS if stem == table or stem.startswith(f"{table}_")), "")


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
