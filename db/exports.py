"""The base, or a table of it, as files to be sent: the content files in a zip, one table for a spreadsheet, and templates."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from db.cells import guard, numeric, sure_number
from db.content import read_rows, read_table
from db.fields import CHOICES, type_of_record, write
from db.files import COLUMNS, Row, file_of, written
from db.headers import explained, headline, vietnamese
from db.sheets import GUIDE
from knowledge.telling.labels import TABLES, code_name

MOST_LISTED = 1_000
BOM = "\ufeff"
_STAMP = (2020, 1, 1, 0, 0, 0)  # the same base gives the same bytes
GUIDE_HEAD = ("Cột", "Viết gì")


def content_zip(db: Database, tables: Sequence[str] = tuple(type_of_record)) -> bytes:
    """The content files of these tables as `kb export` writes them, in a zip; nothing in them is taken for a formula.

    A byte order mark says that texts are guarded (`db.cells.guard`).
    """
    rows = read_rows(db)
    texts = written({table: rows[table] if table in tables else () for table in rows}, guard)
    texts = {name: BOM + text if name.endswith(".csv") else text for name, text in texts.items()}
    wanted = {row.file for table in tables for row in rows[table]} | {file_of(table) for table in tables}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(texts):
            if name in wanted:
                archive.writestr(zipfile.ZipInfo(name, _STAMP), texts[name], zipfile.ZIP_DEFLATED)
    return out.getvalue()


def table_csv(db: Database, table: str, limit: int = -1) -> bytes:
    """One table, or the first of its rows, as CSV for a spreadsheet: with BOM, Vietnamese header, and nothing that is taken
    for a formula. One row makes a template: sent back as it is, it changes nothing."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headline(table))
    for row in read_table(db, table, limit):
        writer.writerow([_text(table, column, row) for column in COLUMNS[table]])
    return (BOM + out.getvalue()).encode()


def table_xlsx(db: Database, table: str) -> bytes:
    """One table as a workbook; text is text and numbers are numbers."""
    return write_workbook([_sheet(table, read_table(db, table))])


def template_xlsx(db: Database, tables: Sequence[str]) -> bytes:
    """A workbook with a sheet for each table, one row of the base in it as an example, and one that explains the columns."""
    lines: list[Sequence[str]] = [GUIDE_HEAD]
    for table in tables:
        lines.append((f"Bảng {TABLES[table]}", ""))
        for column in COLUMNS[table]:
            lines.append((vietnamese(table, column), explained(table, column)))
    sheets = [_sheet(table, read_table(db, table, 1)) for table in tables]
    lists = {
        (TABLES[table].capitalize(), place): [code_name(table, column, code) for code in codes if code]
        for table in tables
        for place, column in enumerate(COLUMNS[table])
        if (codes := CHOICES.get((table, column)))
    }
    return write_workbook(sheets, guide=[(GUIDE, lines)], lists=lists)


def _text(table: str, column: str, row: Row) -> str:
    text = code_name(table, column, write(getattr(row.record, column)))
    return sure_number(text) if numeric(table, column) else guard(text)


def _sheet(table: str, rows: Sequence[Row]) -> tuple[str, list[str], list[list[str | float | None]]]:
    return TABLES[table].capitalize(), headline(table), [list(_cells(table, row)) for row in rows]


def _cells(table: str, row: Row) -> Iterator[Any]:
    for column in COLUMNS[table]:
        value = getattr(row.record, column)
        yield value if numeric(table, column) else code_name(table, column, write(value))


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
