"""Tables as officers keep them → plain grids of text: workbooks with merged cells, CSV, Word tables, text that was pasted.

Nothing is interpreted here but the kinds of cells: a formula gives what it last gave, a percent keeps its sign, a date
that shows only its year is that year. What is not read (a hidden sheet) is named.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from db.cells import typed_cell
from db.errors import ContentError, refuse

MOST_ROWS, MOST_COLUMNS = 5_000, 60
MOST_XML = 30 * 1024 * 1024

HOW_TO_SAVE = (
    "hãy lưu lại: Excel chọn “CSV UTF-8 (Comma delimited)”, LibreOffice chọn bộ ký tự “Unicode (UTF-8)”,"
    " hoặc gửi tệp .xlsx"
)
SheetRows = Iterator[tuple[int, list[str], str]]
"""Line, cells, and what is wrong with them."""

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WIDE = re.compile(r"\t| {3,}")


@dataclass(slots=True)
class Grid:
    """One table. `rows`: line and cells; `filled`: (row, column) of cells that a merged cell only covers."""

    title: str
    rows: list[tuple[int, list[str]]]
    filled: set[tuple[int, int]] = field(default_factory=set)
    wrong: dict[tuple[int, int], str] = field(default_factory=dict)


def read_grids(name: str, data: bytes) -> tuple[list[Grid], list[str]]:
    """Every table of a file, and what of it is not read. Raises `ContentError` for a file that cannot be read."""
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if "word/document.xml" in archive.namelist():
                return _word(name, archive), []
        return _workbook(name, data)
    text = re.sub(r"\A\"?sep=.\"?\r?\n", "", decoded(name, data))
    return [text_grid(text, name)], []


def text_grid(text: str, title: str = "") -> Grid:
    """A table typed or pasted as text: columns parted by tabs, bars, semicolons, wide blanks or commas."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    mark = max(("\t", "|", ";", ","), key=lambda one: _even(lines, one))
    if not _even(lines, mark):
        rows = [_WIDE.split(line.strip()) for line in lines]
    elif mark == "|":
        rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    else:
        rows = list(csv.reader(io.StringIO("\n".join(lines)), delimiter=mark))
    numbered = [(line, [cell.strip() for cell in row]) for line, row in enumerate(rows, 1)]
    ruled = re.compile(r"[-:| ]*")
    return Grid(title, [(line, row) for line, row in numbered if not ruled.fullmatch("".join(row))])


def looks_like_table(text: str) -> bool:
    """Whether a message is a table that was pasted: several lines of several columns with the same mark."""
    lines = [line for line in text.splitlines() if line.strip()]
    return len(lines) >= 3 and max(_even(lines, one) for one in ("\t", "|")) >= 3


def _even(lines: Sequence[str], mark: str) -> int:
    """How many lines have as many of these marks as most that have any."""
    counts = [line.count(mark) for line in lines if mark in line]
    return max((counts.count(one) for one in set(counts)), default=0)


def decoded(name: str, data: bytes) -> str:
    """The text of a file. Raises `ContentError` for what is neither UTF-8 nor UTF-16, with how to save it as such."""
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        raise refuse(name, f"không phải UTF-8; {HOW_TO_SAVE}") from None
    if "\0" in text:
        raise refuse(name, f"có ký tự rỗng nên không phải tệp chữ; {HOW_TO_SAVE}")
    return text


def csv_rows(name: str, text: str, mark: str = ",") -> SheetRows:
    """The rows of a CSV file, each with the line on which it begins. Raises `ContentError` where quotes do not close."""
    # Lone carriage returns end lines on old machines; inside quotes they are cleaned with the cell.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    line = 0
    try:
        for cells in reader:
            line, start = reader.line_num, line + 1
            yield start, cells, ""
    except csv.Error as error:
        message = f"không đọc được CSV ({error}); kiểm tra dấu ngoặc kép quanh dòng này"
        raise refuse(name, message, reader.line_num) from None


def _open_workbook(name: str, data: bytes, **options: Any) -> Any:
    """A workbook; openpyxl is loaded with the first one: few processes ever meet one."""
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # styles that openpyxl does not know; no cell is lost by them
        try:
            return load_workbook(io.BytesIO(data), keep_links=False, **options)
        except Exception as error:  # openpyxl lets out whatever its parsers meet
            raise _broken(name, error) from None


def _broken(name: str, error: Exception) -> ContentError:
    kind = type(error).__name__
    return refuse(name, f"không đọc được như tệp Excel ({kind}); hãy lưu lại thành .xlsx")


def sheets_of(name: str, data: bytes) -> Iterator[tuple[str, SheetRows]]:
    """Title and rows of every sheet, read row by row. Raises `ContentError` for a broken workbook."""
    book = _open_workbook(name, data, read_only=True)
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            yield sheet.title, _sheet_rows(name, sheet)
    finally:
        book.close()


def _sheet_rows(name: str, sheet: Any) -> SheetRows:
    rows = sheet.iter_rows(max_col=2 * MOST_COLUMNS)
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


def _workbook(name: str, data: bytes) -> tuple[list[Grid], list[str]]:
    """Every sheet that is shown, with what merged cells cover."""
    shown, typed = _open_workbook(name, data, data_only=True), _open_workbook(name, data)
    grids, skipped = [], []
    for sheet in shown.worksheets:
        if sheet.sheet_state != "visible":
            skipped.append(f"trang “{sheet.title}” đang ẩn")
        elif sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS * 4:
            raise refuse(name, f"trang {sheet.title} có hơn {MOST_ROWS} dòng; hãy chia nhỏ")
        else:
            grids.append(_grid(sheet, typed[sheet.title]))
    return grids, skipped


def _grid(sheet: Any, typed: Any) -> Grid:
    rows: list[tuple[int, list[str]]] = []
    grid = Grid(sheet.title, rows)
    covers = {
        (row, column): (merged.min_row, merged.min_col)
        for merged in sheet.merged_cells.ranges
        for row in range(merged.min_row, merged.max_row + 1)
        for column in range(merged.min_col, merged.max_col + 1)
    }
    for number, row in enumerate(sheet.iter_rows(max_col=min(sheet.max_column, MOST_COLUMNS)), 1):
        cells: list[str] = []
        for place, cell in enumerate(row):
            top = covers.get((cell.row, place + 1))
            if top is not None and top != (cell.row, place + 1):
                grid.filled.add((len(rows), place))
                cell = sheet.cell(*top)
            try:
                cells.append(_text(cell))
            except ValueError as error:
                cells.append("")
                grid.wrong[len(rows), place] = str(error)
            if cell.value is None and typed.cell(cell.row, cell.column).value is not None:
                grid.wrong[len(rows), place] = (
                    f"ô {cell.coordinate} là công thức chưa tính; mở tệp, lưu lại rồi gửi"
                )
        rows.append((number, cells))
    return grid


def _text(cell: Any) -> str:
    value, style = cell.value, str(cell.number_format or "").lower()
    if cell.data_type == "e":
        raise ValueError(f"ô {cell.coordinate} báo lỗi ({value})")
    if isinstance(value, datetime | date) and "y" in style and "d" not in style and "m" not in style:
        return str(value.year)
    text = typed_cell(value, style if isinstance(value, int | float) else "")
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in style:
        text += "%"
    return " ".join(unicodedata.normalize("NFC", text).split())


def _word(name: str, archive: zipfile.ZipFile) -> list[Grid]:
    """The tables of a Word document, each below the paragraphs that stand before it."""
    from defusedxml.ElementTree import fromstring

    if archive.getinfo("word/document.xml").file_size > MOST_XML:
        raise refuse(name, "lớn quá; hãy tách bảng ra tệp riêng")
    body = fromstring(archive.read("word/document.xml")).find(f"{_WORD}body")
    grids: list[Grid] = []
    before: list[str] = []
    for block in body if body is not None else ():
        if block.tag == f"{_WORD}p":
            before.append(_words(block))
        elif block.tag == f"{_WORD}tbl":
            above = [(0, [text]) for text in before[-6:] if text]
            rows = [[_words(cell) for cell in _cells(row)] for row in block.iter(f"{_WORD}tr")]
            title = f"bảng {len(grids) + 1}"
            grids.append(Grid(title, [*above, *((line, row) for line, row in enumerate(rows, 1))]))
            before = []
    return grids


def _cells(row: Any) -> Iterator[Any]:
    """The cells of a row, one that spans several columns as often."""
    for cell in row.findall(f"{_WORD}tc"):
        span = cell.find(f"{_WORD}tcPr/{_WORD}gridSpan")
        for _ in range(int(span.get(f"{_WORD}val", "1")) if span is not None else 1):
            yield cell


def _words(block: Any) -> str:
    text = "".join(one.text or "" for one in block.iter(f"{_WORD}t"))
    return " ".join(unicodedata.normalize("NFC", text).split())
