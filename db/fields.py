"""How one cell of a content file is read, and written back in its normal form.

A reader returns the value of the record's field, or raises `ValueError` with a Vietnamese sentence that says what to
write instead. `write(read(cell)) == cell` for every cell in normal form.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import knowledge.records as kinds
from knowledge.telling.labels import CODES, code_name
from knowledge.text import fold

type_of_record = {
    "sources": kinds.Source,
    "regions": kinds.Region,
    "bodies": kinds.Body,
    "indicators": kinds.Indicator,
    "figures": kinds.Figure,
    "relations": kinds.Relation,
    "documents": kinds.Document,
    "events": kinds.Event,
    "support_levels": kinds.SupportLevel,
    "entries": kinds.Entry,
    "slots": kinds.SlotValue,
    "lexicon": kinds.Lexeme,
    "wordings": kinds.Wording,
    "rules": kinds.Rule,
    "guide": kinds.GuideOption,
}
"""Table name → record, in the order in which tables are filled (a table refers only to those before it)."""


def table_of_record(record: Any) -> str:
    """The table of a record."""
    return next(table for table, kind in type_of_record.items() if isinstance(record, kind))


Keys = tuple[tuple[tuple[str, ...], ...], ...]
Cell = str | tuple[str, ...]
"""A cell as it is given: text, or the items of a list."""

_ID = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_PARTIAL_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_PERIOD = re.compile(r"\d{4}(?:-(?:H[12]|Q[1-4]|(?:[1-9]|1[0-2])M))?")

_OPEN = frozenset({("figures", "of"), ("figures", "against"), ("events", "kind")})
"""Columns that have codes and may hold others."""
CHOICES = {key: frozenset(codes) for key, codes in CODES.items() if key not in _OPEN}

DATES = frozenset(
    {"published_on", "valid_from", "valid_to", "issued_on", "in_force_from", "in_force_to", "as_of", "until"}
)
PERIODS = frozenset({("figures", "period"), ("figures", "likely_period"), ("entries", "period")})


def read_id(text: str) -> str:
    """An id: lower-case ASCII, digits, hyphens and underscores. Raises ValueError with a sentence that says what to write."""
    if not text:
        raise ValueError("thiếu mã; hãy điền cột id")
    if not _ID.fullmatch(text):
        raise ValueError(f"mã “{text}” sai dạng; chỉ dùng chữ thường không dấu, số và gạch nối")
    return text


def read_list(text: str) -> tuple[str, ...]:
    """`a | b` → ("a", "b"); no item is empty."""
    if not text:
        return ()
    items = tuple(item.strip() for item in text.split("|"))
    if not all(items):
        raise ValueError(f"danh sách “{text}” có mục trống; nối các mục bằng “ | ”")
    return items


def read_keys(text: str) -> Keys:
    """`a/b & c | d` → ((("a", "b"), ("c",)), (("d",),)): patterns, each of groups, each of alternatives, without marks."""
    patterns = tuple(
        tuple(tuple(fold(word) for word in group.split("/")) for group in pattern.split("&"))
        for pattern in read_list(text)
    )
    if not all(word for pattern in patterns for group in pattern for word in group):
        raise ValueError(f"khóa “{text}” có chỗ trống; viết như “kinh phi/von & thuc hien | giai ngan”")
    return patterns


def write_keys(keys: Keys) -> str:
    """Key patterns as one cell, the inverse of `read_keys`."""
    return " | ".join(" & ".join("/".join(group) for group in pattern) for pattern in keys)


def read_number(text: str) -> float | None:
    """A plain decimal with a point; empty is None."""
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"số “{text}” sai dạng; viết như 170800000000 hoặc 94.6, không dấu ngăn hàng nghìn")
    return float(text)


def read_integer(text: str) -> int | None:
    """A whole number, or None for an empty cell. Raises ValueError with a sentence that says what to write."""
    if text and not re.fullmatch(r"-?\d+", text):
        raise ValueError(f"“{text}” không phải số nguyên; viết như 35000000, không dấu chấm hay dấu phẩy")
    return int(text) if text else None


def write_number(value: float | None) -> str:
    """The shortest form that reads back as the same number; None is empty."""
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() else format(Decimal(repr(value)), "f")


def read_date(text: str) -> str:
    """`YYYY-MM-DD`, `YYYY-MM` or `YYYY`, a day that exists; empty stays empty."""
    if not text:
        return ""
    padded = text + "2000-01-01"[len(text) :]
    try:
        if not _PARTIAL_DATE.fullmatch(text):
            raise ValueError
        date.fromisoformat(padded)
    except ValueError:
        raise ValueError(f"ngày “{text}” sai dạng hoặc không có thật; viết như 2024-05-16") from None
    return text


def read_period(text: str) -> str:
    """A year, half, quarter, months from January, a day, a span `2021-2025`, or two of them joined by `/`."""
    for part in text.split("/") if text else ():
        span = re.fullmatch(r"(\d{4})-(\d{4})", part)
        if (span and span[1] < span[2]) or _PERIOD.fullmatch(part):
            continue
        try:
            read_date(part)
        except ValueError:
            raise ValueError(
                f"kỳ “{text}” sai dạng; viết như 2023, 6 tháng đầu năm 2024, giai đoạn 2021-2025"
            ) from None
    return text


def _read_choice(table: str, column: str) -> Callable[[str], str]:
    allowed = CHOICES[table, column]

    def read(text: str) -> str:
        if text not in allowed:
            names = ", ".join(code_name(table, column, code) for code in sorted(allowed - {""}))
            raise ValueError(f"“{text}” không dùng được; chọn một trong: {names}")
        return text

    return read


@cache
def reader(table: str, column: str) -> Callable[[str], Any]:
    """The reader for a column of a table."""
    annotation = str(type_of_record[table].__annotations__[column])
    if column == "id":
        return read_id
    if (table, column) in CHOICES:
        return _read_choice(table, column)
    if (table, column) in PERIODS:
        return read_period
    if column in DATES:
        return read_date
    if column == "keys":
        return read_keys
    if annotation.startswith("tuple"):
        return read_list
    if annotation.startswith("float"):
        return read_number
    if annotation.startswith("int"):
        return read_integer
    return str


def write(value: Any) -> str:
    """A record's field as a cell."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return write_keys(value) if value and isinstance(value[0], tuple) else " | ".join(value)
    return write_number(value)
