"""What tables, fields and codes are called in Vietnamese: the one place, for people's sheets, forms and messages alike."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from knowledge.telling.sentences import tables
from knowledge.text import fold

_LABELS: dict[str, dict[str, Any]] = tables("labels")
_OWN: dict[str, dict[str, str]] = _LABELS["own"]
_COMMON: dict[str, str] = _LABELS["common"]
HEADERS: dict[str, dict[str, list[str]]] = _LABELS["headers"]
"""Table → column → what also names it in the sheets of officers, folded."""
HEADERS_WANTED: dict[str, dict[str, list[str]]] = _LABELS["headers_wanted"]
"""The same where the table is said to be of this kind."""
TABLES: dict[str, str] = _LABELS["tables"]
"""Table → what one of its rows is called."""


CODES: dict[tuple[str, str], dict[str, Sequence[str]]] = {
    (table, column): {**(_LABELS["status"] if column == "status" else {}), **codes}
    for table, columns in _LABELS["codes"].items()
    for column, codes in columns.items()
}
CODES["figures", "of"] = CODES["figures", "measure"]
"""(table, column) → code → its name, then other words that mean it. The first name is the one that is shown."""


def field_name(table: str, column: str) -> str:
    """The Vietnamese name of a column, small; no two columns of a table share one."""
    return _OWN.get(table, {}).get(column) or _COMMON.get(column, column)


def code_name(table: str, column: str, code: str) -> str:
    """The name of a code; what is no code comes back as it is."""
    words = CODES.get((table, column), {}).get(code)
    return words[0] if words and code else code


@cache
def fields_by_word(table: str, columns: tuple[str, ...]) -> dict[str, str]:
    """Folded words → the column of `columns` that they name; the column's own names come first."""
    found = {fold(word): column for column in columns for word in (field_name(table, column), column)}
    for column in columns:
        for word in _LABELS["other"].get(column, ()):
            found.setdefault(fold(word), column)
    return found


def field_of(table: str, columns: tuple[str, ...], typed: str) -> str:
    """The column of `columns` that was named; empty for words that name none."""
    return fields_by_word(table, columns).get(fold(typed), "")


_TABLE_WORDS = {
    fold(word): table
    for table, name in TABLES.items()
    for word in (table, name, f"bảng {name}", f"các {name}")
} | {fold(word): "entries" for word in ("bài hỏi đáp", "hỏi đáp", "mục hỏi đáp")}


def table_of(typed: str) -> str:
    """The table that was named, in Vietnamese or by its code; empty for words that name none."""
    return _TABLE_WORDS.get(fold(typed).strip(" ."), "")


@cache
def codes_by_word(table: str, column: str) -> dict[str, str]:
    """Folded words → code, for a column of codes."""
    names = CODES.get((table, column), {})
    found = {fold(code): code for code in names}
    for code, words in names.items():
        found |= {fold(word): code for word in words if fold(word) not in found}
    return found
