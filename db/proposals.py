"""A change that somebody wants, read and held against the rules before anything is written.

Cells are read as those of content files are, so that what is accepted here can be exported and imported again. What is
wrong raises; what is merely doubtful comes back as notes.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import date
from typing import Any, Literal

from sqlite_utils import Database

from db.checks import row_problems
from db.content import decode, encode
from db.errors import ContentError, EditConflict, Problem
from db.fields import reader, type_of_record
from db.files import Row
from db.files import file_of as table_file
from db.loading import REFERENCES, WHAT, names_in
from db.plausibility import SLOT, doubts, same_slot
from knowledge.labels import field_name
from knowledge.records import Figure, Note

Cell = str | tuple[str, ...]
Stored = dict[str, Any]
"""Cells of a row as its table holds them; `rowid`, its place among the others, where a row is taken away."""

MOST_TEXT = 20_000
MOST_DIGITS = 40
MOST_NUMBER = 2**53  # beyond it a float no longer tells neighbouring numbers apart

NEEDED = {
    "figures": ("indicator", "measure", "region", "unit", "as_printed", "source"),
    "entries": ("kind", "title", "body"),
}
_ADDED_BY = {
    "sources": "/them_nguon",
    "documents": "/them_van_ban",
    "figures": "/them_so_lieu",
    "events": "/them_su_kien",
    "entries": "/them_bai",
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
    """A change that can be made. `record`: the row afterwards, or the one that goes. `before`, `after`: see `Done`."""

    record: Any
    before: Stored | None
    after: Stored | None
    warnings: tuple[Note, ...] = ()


def review(db: Database, change: Change, today: date) -> Reviewed:
    """What the change would do; writes nothing. Raises `ContentError` or `EditConflict`."""
    current = stored(db, change.table, change.row)
    if change.kind == "add":
        if current is not None:
            raise _refused(change, [f"mã “{change.row}” đã có; chọn mã khác, hoặc sửa dòng ấy"])
        record = _new(change)
        before, file = None, file_of(change.table, record)
        after: Stored | None = encode(Row(record, file))
    elif current is None:
        raise EditConflict(f"Không còn dòng nào mang mã “{change.row}”. Xem /lich_su {change.row}")
    else:
        row = decode(change.table, current)
        record, file = row.record, row.file
        if change.kind == "delete":
            refuse_named(db, change.table, change.row)
            return Reviewed(record, _agreed(change, current), None)
        record = _edited(change, record)
        cells = encode(Row(record, file))
        touched = [name for name, value in cells.items() if value != current[name]]
        if not touched:
            raise _refused(
                change, ["không có gì đổi: giá trị mới giống giá trị đang có; hãy gõ giá trị khác"]
            )
        before = _agreed(change, {name: current[name] for name in touched})
        after = {name: cells[name] for name in touched}
    problems = [*unknown_names(db, change.table, record), *_row_problems(change.table, Row(record, file))]
    if after is None or current is None or not slot_kept(after):
        problems += [told for _, told in taken_slot(db, record)]
    if problems:
        raise _refused(change, problems)
    return Reviewed(record, before, after, tuple(doubts(db, change.table, record, today)))


def change_from(read: Mapping[str, Any]) -> Change:
    """A change as it was before `asdict` and JSON."""
    values = {name: tuple(cell) if isinstance(cell, list) else cell for name, cell in read["values"].items()}
    return Change(**{**read, "values": values})


def stored(db: Database, table: str, id_: str) -> Stored | None:
    """The row as its table holds it, with its `rowid`."""
    if table not in type_of_record:
        raise ValueError(f"no content table {table!r}")
    return next(iter(db.query(f"SELECT rowid AS rowid, * FROM {table} WHERE id = ?", [id_])), None)


def find(db: Database, id_: str) -> list[tuple[str, Row]]:
    """Every row with this id, with its table: ids are unique within a table only."""
    found = ((table, stored(db, table, id_)) for table in type_of_record)
    return [(table, decode(table, cells)) for table, cells in found if cells is not None]


def _agreed(change: Change, before: Stored) -> Stored:
    """What the change replaces, which must be what was shown to whoever wants it."""
    if change.seen is not None and change.seen != before:
        raise EditConflict(
            f"“{change.row}” vừa được người khác sửa, chưa lưu gì. Xem /lich_su {change.row} rồi gõ lại lệnh."
        )
    return before


def _refused(change: Change, messages: list[str]) -> ContentError:
    return ContentError(Problem(f"{change.table}: {change.row}", 0, message) for message in messages)


def _read(change: Change) -> dict[str, Any]:
    """The given cells as values of the record's fields."""
    values: dict[str, Any] = {}
    problems = []
    for column, cell in change.values.items():
        try:
            values[column] = cell_value(change.table, column, cell)
        except ValueError as error:
            problems.append(f"{field_name(change.table, column)}: {error}")
    if problems:
        raise _refused(change, problems)
    return values


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


def _new(change: Change) -> Any:
    record = type_of_record[change.table]
    values = _read(change)
    try:
        values["id"] = reader(change.table, "id")(change.row)
    except ValueError as error:
        raise _refused(change, [str(error)]) from None
    if missing := without(change.table, values):
        names = ", ".join(field_name(change.table, one) for one in missing)
        raise _refused(change, [f"thiếu {names}; hãy điền"])
    return record(**values)


def without(table: str, values: Mapping[str, Any]) -> list[str]:
    """Fields that a new row must be given and is not."""
    return [
        one.name
        for one in fields(type_of_record[table])
        if one.default is MISSING and one.default_factory is MISSING and one.name not in values
    ]


def _edited(change: Change, record: Any) -> Any:
    if not change.values:
        raise _refused(change, ["chưa nói sửa trường nào thành gì"])
    return replace(record, **_read(change))


def file_of(table: str, record: Any) -> str:
    """The content file of a new row, as `kb export` writes it."""
    if table != "entries":
        return table_file(table)
    topic = next((one for one in record.topics if re.fullmatch(r"[a-z0-9_-]+", one)), "khac")
    return f"entries/{topic}/{record.id}.md"


def _row_problems(table: str, row: Row) -> Iterator[str]:
    """Rules for the row alone."""
    for name in NEEDED.get(table, ()):
        if not getattr(row.record, name):
            yield f"thiếu {field_name(table, name)}; hãy điền"
    for problem in row_problems(table, row):
        yield problem.message


def slot_kept(touched: Collection[str]) -> bool:
    """Whether a change of these columns leaves a figure in its slot."""
    return not {*SLOT, "source"}.intersection(touched)


def taken_slot(db: Database, record: Any) -> Iterator[tuple[str, str]]:
    """Each other figure of the same source that answers the same question, with a sentence that says so."""
    if isinstance(record, Figure):
        for other in same_slot(db, record):
            if other.source == record.source:
                yield (
                    other.id,
                    f"ô này đã có số {other.id} ({other.as_printed}) cùng nguồn; hãy sửa: /sua {other.id}",
                )


def unknown_names(db: Database, table: str, record: Any) -> Iterator[str]:
    """A sentence for each id in the row that names nothing."""
    for column, target, named in names_in(table, record):
        if stored(db, target, named) is None:
            yield unknown_name(table, column, target, named)


def unknown_name(table: str, column: str, target: str, named: str) -> str:
    """The sentence for an id that names nothing."""
    return f"{field_name(table, column)}: không có {WHAT[target]} “{named}”; hãy sửa mã, hoặc thêm trước bằng {_ADDED_BY.get(target, '/nhap')}"


def refuse_named(db: Database, table: str, id_: str) -> None:
    """Raise `EditConflict` where other rows name this one, so that it must not go."""
    users: list[str] = []
    for (owner, column), target in REFERENCES.items():
        if target != table:
            continue
        where = f"{column} = :id"
        if str(type_of_record[owner].__annotations__[column]).startswith("tuple"):
            where = (
                f"EXISTS (SELECT 1 FROM json_each({owner}.{column})"
                " WHERE value = :id OR substr(value, 1, length(:id) + 1) = :id || ':')"
            )
        rows = db.execute(f"SELECT id FROM {owner} WHERE {where}", {"id": id_})
        users += [name for (name,) in rows if (owner, name) != (table, id_)]
    if users:
        shown = ", ".join(dict.fromkeys(users[:8])) + (", …" if len(users) > 8 else "")
        raise EditConflict(f"Chưa xoá được “{id_}”: còn được nhắc ở {shown}. Sửa hoặc xoá ở đó trước.")
