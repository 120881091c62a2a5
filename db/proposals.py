"""A change that somebody wants, read and held against the rules before anything is written.

Cells are read as those of content files are, so that what is accepted here can be exported and imported again. What is
wrong raises; what is merely doubtful comes back as notes.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import date
from typing import Any, Literal

from pydantic import TypeAdapter
from sqlite_utils import Database

from db.change_sets import problems, step_between
from db.checks import row_problems
from db.content import decode
from db.errors import ContentError, EditConflict, Problem
from db.fields import Cell, reader, type_of_record
from db.files import Row
from db.files import file_of as table_file
from db.plausibility import doubts
from db.rows import Rows, stored
from knowledge.changes import Step, Stored
from knowledge.records import Note
from knowledge.telling.labels import field_name

MOST_TEXT = 20_000
MOST_DIGITS = 40
MOST_NUMBER = 2**53  # beyond it a float no longer tells neighbouring numbers apart

NEEDED = {
    "figures": ("indicator", "measure", "region", "unit", "as_printed", "source"),
    "entries": ("kind", "title", "body"),
}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody wants. `values`: cells as in a content file; a list may also be given as a tuple.

    `seen`: what `review` gave as `before`; the change is refused where the row is no longer that.
    """

    who: int
    kind: Literal["add", "edit", "delete"]
    table: str
    row: str
    values: Mapping[str, Cell] = field(default_factory=dict)
    why: str = ""
    seen: Stored | None = None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A change that can be made. `record`: the row afterwards, or the one that goes."""

    record: Any
    step: Step
    warnings: tuple[Note, ...] = ()


def review(db: Database, change: Change, today: date) -> Reviewed:
    """What the change would do; writes nothing. Raises `ContentError` or `EditConflict`."""
    rows = Rows.of(db)
    old = rows.get(change.table, change.row)
    new = _wanted(change, old)
    step = step_between(change.table, old, new)
    if change.seen is not None and change.seen != step.before:
        raise EditConflict(
            f"“{change.row}” vừa được người khác sửa, chưa lưu gì. Xem /lich_su {change.row} rồi gõ lại lệnh."
        )
    found = list(problems(rows, [step]))
    if new is None:
        if found:
            raise EditConflict(f"Chưa xoá được: {'; '.join(found)}.")
        return Reviewed(old.record if old else None, step)
    if found := [*found, *alone(change.table, new)]:
        raise _refused(change, found)
    return Reviewed(new.record, step, tuple(doubts(rows, new.record, today)))


def _wanted(change: Change, old: Row | None) -> Row | None:
    """The row as it is to be; None where it is to go."""
    if change.kind != "add" and old is None:
        raise EditConflict(f"Không còn dòng nào mang mã “{change.row}”. Xem /lich_su {change.row}")
    if change.kind == "delete":
        return None
    if change.kind == "add" and old is not None:
        raise _refused(change, [f"mã “{change.row}” đã có; chọn mã khác, hoặc sửa dòng ấy"])
    if old is not None and not change.values:
        raise _refused(change, ["chưa nói sửa trường nào thành gì"])
    try:
        new = read_row(change.table, change.row, change.values, old)
    except Unread as error:
        raise _refused(change, error.messages) from None
    if old is not None and new.record == old.record:
        raise _refused(change, ["không có gì đổi: giá trị mới giống giá trị đang có; hãy gõ giá trị khác"])
    return new


class Unread(ValueError):
    """Cells of which no row can be made; a sentence for each."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__("; ".join(messages))
        self.messages = messages


def read_row(
    table: str,
    id_: str,
    given: Mapping[str, Cell],
    old: Row | None,
    read: Callable[[str, str, Cell], Any] | None = None,
    stem: str = "",
) -> Row:
    """The row with the given cells, `old` where it is there already. `read`: in place of `cell_value`; `stem`: the content
    file of a new row. Raises `Unread`."""
    values: dict[str, Any] = {}
    messages = []
    for column, cell in given.items():
        try:
            values[column] = (read or cell_value)(table, column, cell)
        except ValueError as error:
            messages.append(f"{field_name(table, column)}: {error}")
    if old is None:
        try:
            values["id"] = reader(table, "id")(id_)
        except ValueError as error:
            messages.append(str(error))
        if not messages and (missing := without(table, values)):
            names = ", ".join(field_name(table, one) for one in missing)
            messages.append(f"mã mới mà thiếu {names}; hãy điền, hoặc sửa lại mã")
    if messages:
        raise Unread(messages)
    if old is not None:
        return Row(replace(old.record, **values), old.file)
    record = type_of_record[table](**values)
    return Row(record, stem or file_of(table, record))


def alone(table: str, row: Row) -> Iterator[str]:
    """What is wrong with a row by rules for which no other row is needed."""
    for name in NEEDED.get(table, ()):
        if not getattr(row.record, name):
            yield f"thiếu {field_name(table, name)}; hãy điền"
    for problem in row_problems(table, row):
        yield problem.message


def change_from(stored: str) -> Change:
    """A change as it was before `asdict` and JSON."""
    return _STORED.validate_json(stored)


_STORED = TypeAdapter(Change)


def find(db: Database, id_: str) -> list[tuple[str, Row]]:
    """Every row with this id, with its table: ids are unique within a table only."""
    found = ((table, stored(db, table, id_)) for table in type_of_record)
    return [(table, decode(table, cells)) for table, cells in found if cells is not None]


def _refused(change: Change, messages: list[str]) -> ContentError:
    return ContentError(Problem(f"{change.table}: {change.row}", 0, message) for message in messages)


def cell_value(table: str, column: str, cell: Cell) -> Any:
    """A given cell as the value of the record's field. Raises ValueError with a sentence that says what to write."""
    annotations = type_of_record[table].__annotations__
    if column not in annotations or column == "id":
        allowed = ", ".join(field_name(table, name) for name in annotations if name != "id")
        raise ValueError(f"không sửa được trường này; chọn một trong: {allowed}")
    annotation = str(annotations[column])
    if not isinstance(cell, str):
        items = tuple(map(_clean, cell))
        if not annotation.startswith("tuple[str") or not all(items):
            raise ValueError("danh sách có mục trống; hãy bỏ mục ấy")
        return items
    text = _clean(cell)
    numeric = annotation.startswith(("float", "int"))
    if len(text) > (MOST_DIGITS if numeric else MOST_TEXT):
        raise ValueError("dài quá; hãy rút gọn")
    if column == "body" and re.search(r"^---[ \t]*$", text, re.MULTILINE):
        raise ValueError("không được có dòng chỉ gồm “---”; phần sau dòng ấy để ở trường chi tiết")
    value = reader(table, column)(text)
    if numeric and value is None and "None" not in annotation:
        raise ValueError("thiếu số; hãy điền")
    if isinstance(value, float | int) and not (math.isfinite(value) and abs(value) < MOST_NUMBER):
        raise ValueError("số lớn quá; kiểm tra lại đơn vị")
    return value


def _clean(text: str) -> str:
    """As content files have it: composed letters, plain line ends, nothing invisible but line breaks and tabs."""
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if _CONTROL.search(plain) or any(unicodedata.category(character) == "Cs" for character in plain):
        raise ValueError("có ký tự điều khiển; hãy gõ lại chỗ ấy")
    return plain


def without(table: str, values: Mapping[str, Any]) -> list[str]:
    """Fields that a new row must be given and is not."""
    return [
        one.name
        for one in fields(type_of_record[table])
        if one.default is MISSING and one.default_factory is MISSING and one.name not in values
    ]


def file_of(table: str, record: Any) -> str:
    """The content file of a new row, as `kb export` writes it."""
    if table != "entries":
        return table_file(table)
    topic = next((one for one in record.topics if re.fullmatch(r"[a-z0-9_-]+", one)), "khac")
    return f"entries/{topic}/{record.id}.md"
