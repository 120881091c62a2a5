"""XLSX in and out: openpyxl reads row by row, xlsxwriter writes text as text.

Both are loaded with the first workbook, not at the start: few processes ever meet one."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from db.cells import typed_cell
from db.errors import ContentError, Problem

MOST_COLUMNS = 120
MOST_LISTED = 1_000
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

SheetRows = Iterator[tuple[int, list[str], str]]


def sheets_of(name: str, data: bytes) -> Iterator[tuple[str, SheetRows, list[Problem]]]:
    """Title, rows (line, cells, what is wrong) and problems of every sheet. Raises `ContentError` for a broken workbook."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # styles and rules that openpyxl does not know; no cell is lost by them
        try:
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        except Exception as error:  # openpyxl lets out whatever its parsers meet
            raise _broken(name, error) from None
        try:
            for sheet in book.worksheets:
                sheet.reset_dimensions()
                yield sheet.title, _rows(name, sheet), []
        finally:
            book.close()


def _rows(name: str, sheet: Any) -> SheetRows:
    rows = sheet.iter_rows(max_col=MOST_COLUMNS)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except Exception as error:
            raise _broken(name, error) from None
        cells, wrong, line = [], "", 0
        for cell in row:
            value = cell.value
            if value is None:
                cells.append("")
                continue
            line = cell.row
            if cell.data_type == "f":
                wrong = wrong or f"ô {cell.coordinate} là công thức; hãy chép rồi dán dạng giá trị"
            elif cell.data_type == "e":
                wrong = wrong or f"ô {cell.coordinate} báo lỗi ({value}); hãy sửa ô ấy"
            try:
                percent = cell.number_format if isinstance(value, int | float) else ""
                cells.append(typed_cell(value, percent))
            except ValueError as error:
                wrong = wrong or f"ô {cell.coordinate}: {error}"
                cells.append("")
        if line:
            yield line, cells, wrong


def _broken(name: str, error: Exception) -> ContentError:
    kind = type(error).__name__
    return ContentError([Problem(name, 0, f"không đọc được như tệp Excel ({kind}); hãy lưu lại thành .xlsx")])


def write_workbook(
    sheets: Sequence[tuple[str, Sequence[str], Sequence[Sequence[str | float | None]]]],
    *,
    guide: Sequence[tuple[str, Sequence[Sequence[str]]]] = (),
    lists: Mapping[tuple[str, int], Sequence[str]] | None = None,
) -> bytes:
    """A workbook: (title, header, rows) of each sheet, then sheets of explanations. Text is never taken for a formula,
    number or link. `lists`: (title, column) → what may be chosen there."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with Workbook(out, options) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDEBF7"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        text = book.add_format({"num_format": "@"})
        for title, header, rows in sheets:
            sheet = book.add_worksheet(title)
            sheet.set_column(0, len(header) - 1, 18, text)
            sheet.freeze_panes(1, 1)
            for column, cell in enumerate(header):
                sheet.write_string(0, column, cell, head)
            for (named, column), choices in (lists or {}).items():
                if named == title:
                    allowed = {"validate": "list", "source": list(choices), "error_type": "warning"}
                    sheet.data_validation(1, column, MOST_LISTED, column, allowed)
            for number, row in enumerate(rows, 1):
                for column, value in enumerate(row):
                    if isinstance(value, str):
                        if value:
                            sheet.write_string(number, column, value, text)
                    elif value is not None:
                        sheet.write_number(number, column, value)
        for title, lines in guide:
            sheet = book.add_worksheet(title)
            sheet.set_column(0, 0, 28, wrapped)
            sheet.set_column(1, 1, 90, wrapped)
            for number, line in enumerate(lines):
                for column, cell in enumerate(line):
                    sheet.write_string(number, column, cell, wrapped if number else head)
    return out.getvalue()
