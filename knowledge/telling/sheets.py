"""Figures as a spreadsheet for a phone or Excel, and the line that cites one in a report.

The sheet holds the value as a number in its base unit beside the form in which the source prints it, with the source and every
warning in columns of their own, so that a row that is copied elsewhere does not lose what must be told with it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date

from knowledge.records import Figure, Source, Taken
from knowledge.telling import formats, notes
from knowledge.telling.names import MEASURES, PROGRAMME_SHORT, figure_subject, period_name, region_name

HEADER = (
    "Nội dung", "Loại số", "Nguồn kinh phí", "Vùng", "Thời gian", "Giá trị", "Đến", "Đơn vị", "Nguyên văn trong nguồn",
    "Lưu ý", "Bài hoặc văn bản nguồn", "Nơi đăng", "Ngày đăng", "Địa chỉ", "Mã số liệu",
)  # fmt: skip
_WIDTHS = (44, 16, 14, 22, 22, 20, 12, 12, 24, 60, 60, 28, 12, 40, 28)
_UNITS = {"VND": "đồng", "percent": "%", "date": "ngày"}
_FORMATS = {"VND": "#,##0", "percent": "0.00", "date": "0"}

MOST_CITED = 256
"""Characters that a copy button may hold."""

Cell = str | int | float | None


def rows(taken: Sequence[Taken], names: Mapping[str, str]) -> list[list[Cell]]:
    """One list for each figure, as long as `HEADER`: values in đồng, percent or their own unit."""
    return [_row(one, names) for one in taken]


def _row(one: Taken, names: Mapping[str, str]) -> list[Cell]:
    figure, source = one.figure, one.source
    return [
        figure_subject(names, figure),
        MEASURES.get(figure.measure, figure.measure),
        PROGRAMME_SHORT.get(figure.programme, figure.programme),
        _cap(region_name(names, figure.region)),
        period_name(figure.period),
        _number(figure.value),
        _number(figure.value_max),
        _UNITS.get(figure.unit, figure.unit),
        _verbatim(figure.as_printed),
        " ".join(notes.sentence(note, names) for note in one.warnings),
        source.title,
        source.publisher,
        formats.day(source.published_on),
        source.url,
        figure.id,
    ]


def xlsx(taken: Sequence[Taken], names: Mapping[str, str], today: date) -> bytes:
    """A workbook with one sheet; texts stay texts, whatever they begin with."""
    import xlsxwriter  # loaded with the first table, not at the start

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("Số liệu khuyến công")
        bold = book.add_format({"bold": True, "text_wrap": True, "bg_color": "#DCE6F1", "border": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        numbers = {
            unit: book.add_format({"num_format": shown, "valign": "top"}) for unit, shown in _FORMATS.items()
        }
        plain = book.add_format({"valign": "top", "num_format": "#,##0.##"})
        sheet.write_row(0, 0, HEADER, bold)
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        for line, one in enumerate(taken, 1):
            for column, cell in enumerate(_row(one, names)):
                if isinstance(cell, str) and cell:
                    sheet.write_string(line, column, cell, wrapped)
                elif isinstance(cell, int | float):
                    sheet.write_number(line, column, cell, numbers.get(one.figure.unit, plain))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(1, len(taken)), len(HEADER) - 1)
        sheet.write_string(len(taken) + 2, 0, _made_on(today), wrapped)
    return out.getvalue()


def citation(figure: Figure, source: Source, names: Mapping[str, str], most: int = MOST_CITED) -> str:
    """One line for a report: what, where, when, the value, and in brackets who printed it and when; at most `most` long."""
    what = (
        f"{figure_subject(names, figure)}, {region_name(names, figure.region)}, {period_name(figure.period)}"
    )
    head = f"{what}: {formats.amount(figure)}"
    day = formats.day(source.published_on)
    full, short = (
        f"{head} ({', '.join(part for part in parts if part)})."
        for parts in ((source.title, source.publisher, day), (source.publisher or source.title, day))
    )
    if len(full) <= most:
        return full
    return short if len(short) <= most else f"{head}."[:most]


def _verbatim(printed: str) -> str:
    """What is printed, in quotation marks where a spreadsheet would take it for a number of its own language."""
    return f"“{printed}”" if re.fullmatch(r"[\d.,]+", printed) else printed


def _made_on(today: date) -> str:
    return f"Lập ngày {formats.day(today.isoformat())} từ kho tri thức của bot khuyến công. Mỗi số là số in trong nguồn ghi cùng dòng."


def _number(value: float | None) -> int | float | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]
