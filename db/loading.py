"""Files of knowledge/content → records, strictly.

Every problem of every file is collected, then told together in one `ContentError`: unknown columns, missing or repeated
ids, numbers, dates and words that do not read, ids that name nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from db.cells import unguard
from db.errors import ContentError, Problem
from db.fields import reader, type_of_record
from db.files import COLUMNS, FRONT, LANGUAGE, Content, Row, content_files, table_of_file
from db.grids import csv_rows
from knowledge.records import Entry


class _Problems(list[Problem]):
    """The problems met so far, and what the rows with problems are called: they exist, so others may refer to them."""

    def __init__(self) -> None:
        super().__init__()
        self.broken_ids: set[tuple[str, str]] = set()
        self.unread_tables: set[str] = set()


def read_content(directory: Path) -> Content:
    """Every record of the directory. Raises `ContentError` with all problems met."""
    problems = _Problems()
    content: Content = {}
    known_files = set()
    every = content_files(directory)
    for table in COLUMNS:
        files = [file for file in every if file.suffix == ".csv" and table_of_file(file.name) == table]
        known_files.update(files)
        if not files and table not in LANGUAGE:
            problems.unread_tables.add(table)
            problems.append(Problem(f"{table}.csv", 0, f"không có tệp này trong {directory}; hãy thêm vào"))
        content[table] = tuple(
            row
            for file in files
            for row in _read_csv(file, file.relative_to(directory).as_posix(), table, problems)
        )
    for file in every:
        if file.suffix == ".csv" and file not in known_files:
            problems.append(Problem(file.name, 0, "tên tệp lạ; xem README.md để biết các tệp được đọc"))
    entries = [file for file in every if file.suffix == ".md"]
    read = [_read_entry(file, file.relative_to(directory).as_posix(), problems) for file in entries]
    content["entries"] = tuple(row for row in read if row)
    for rows in content.values():
        problems.extend(_duplicates(rows))
    problems.extend(_unknown_references(content, problems))
    if problems:
        raise ContentError(problems)
    return content


def _read_csv(file: Path, name: str, table: str, problems: _Problems) -> Iterator[Row]:
    record = type_of_record[table]
    required = {f.name for f in fields(record) if f.default is MISSING}
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        problems.unread_tables.add(table)
        problems.append(Problem(name, 0, "không phải UTF-8; hãy lưu lại bằng UTF-8 (Excel: “CSV UTF-8”)"))
        return
    guarded = text.startswith("\ufeff")  # by `db.exports`
    rows = csv_rows(name, text.removeprefix("\ufeff"))
    try:
        _, header, _ = next(rows, (1, [], ""))
        wrong = [
            f"cột lạ “{one}”; chỉ dùng: {', '.join(COLUMNS[table])}"
            for one in header
            if one not in COLUMNS[table]
        ]
        wrong += [f"thiếu cột “{one}”; hãy thêm vào dòng tiêu đề" for one in sorted(required - set(header))]
        if wrong:
            problems.unread_tables.add(table)
            problems.extend(Problem(name, 1, message) for message in wrong)
            return
        for line, cells, _ in rows:
            if not cells:
                continue
            if len(cells) != len(header):
                problems.broken_ids.add((table, cells[0].strip()))
                said = f"có {len(cells)} ô thay vì {len(header)}; kiểm tra dấu phẩy và dấu ngoặc kép"
                problems.append(Problem(name, line, said))
                continue
            cells = list(map(unguard, cells)) if guarded else cells
            row = _read_row(table, dict(zip(header, cells, strict=True)), name, line, problems)
            if row:
                yield row
    except ContentError as error:
        problems.unread_tables.add(table)
        problems.extend(error.problems)


def _read_row(table: str, cells: dict[str, str], file: str, line: int, problems: _Problems) -> Row | None:
    values: dict[str, Any] = {}
    record = type_of_record[table]
    before = len(problems)
    optional_number = {"value_max", "likely_value", "percent", "cap"}
    for column, cell in cells.items():
        try:
            value = reader(table, column)(cell.strip())
            if value is None and column not in optional_number:
                raise ValueError("thiếu số; hãy điền")
            values[column] = value
        except ValueError as error:
            name = "" if column == "id" else f"cột {column}: "
            problems.append(Problem(file, line, f"{name}{error}"))
    if len(problems) > before:
        problems.broken_ids.add((table, cells["id"].strip()))
        return None
    return Row(record(**values), file, line)


def _read_entry(file: Path, name: str, problems: _Problems) -> Row | None:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        problems.append(Problem(name, 0, "không phải UTF-8; hãy lưu lại bằng UTF-8"))
        return None
    return parse_entry(text, name, problems)


def parse_entry(text: str, name: str, problems: list[Problem]) -> Row | None:
    """An entry's Markdown with its front matter; None, and what is wrong with it in `problems`, where it does not read."""
    parts = re.fullmatch(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n(.*))?", text, re.DOTALL | re.MULTILINE)
    if not parts:
        problems.append(Problem(name, 1, "thiếu phần đầu giữa hai dòng “+++”; xem mẫu trong README.md"))
        return None
    try:
        front = tomllib.loads(parts[1])
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        problems.append(
            Problem(name, int(found[1]) + 1 if found else 1, f"phần đầu không phải TOML đúng: {error}")
        )
        return None
    before = len(problems)
    values: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for key, value in front.items():
        at = re.search(rf"^{re.escape(key)}\s*=", text, re.MULTILINE)
        lines[key] = text.count("\n", 0, at.start()) + 1 if at else 1
        try:
            values[key] = _read_front(key, value)
        except ValueError as error:
            problems.append(Problem(name, lines[key], f"{key}: {error}"))
    for key in ("id", "kind", "title"):
        if not front.get(key):
            problems.append(Problem(name, 1, f"thiếu “{key}”; hãy điền vào phần đầu"))
    above, _, below = _cut(parts[2] or "")
    if not above:
        problems.append(Problem(name, 0, "chưa có lời đáp dưới phần đầu; hãy viết"))
    if len(problems) > before:
        return None
    return Row(Entry(body=above, detail=below, **values), name, 1, lines)


def _cut(text: str) -> tuple[str, str, str]:
    """Body, cut, detail: the first line of three hyphens parts them."""
    found = re.search(r"^---[ \t]*$", text, re.MULTILINE)
    if not found:
        return text.strip(), "", ""
    return text[: found.start()].strip(), found[0], text[found.end() :].strip()


def _read_front(key: str, value: object) -> Any:
    if key not in FRONT:
        raise ValueError(f"khóa lạ; chỉ dùng: {', '.join(FRONT)}")
    listed = Entry.__annotations__[key].startswith("tuple")
    if listed:
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise ValueError('phải là danh sách chữ, như ["a", "b"], không có mục trống')
        return tuple(item.strip() for item in value)
    if not isinstance(value, str):
        raise ValueError('phải là chữ trong ngoặc kép, như "2025-10-15"')
    return reader("entries", key)(value.strip())


def _duplicates(rows: tuple[Row, ...]) -> Iterator[Problem]:
    seen: dict[str, Row] = {}
    for row in rows:
        first = seen.setdefault(row.record.id, row)
        if first is not row:
            yield row.problem(
                f"mã “{row.record.id}” đã có ở {first.file}, dòng {first.line}; mỗi mã chỉ dùng một lần"
            )


REFERENCES: dict[tuple[str, str], str] = {
    ("regions", "part_of"): "regions",
    ("regions", "successor"): "regions",
    ("regions", "sources"): "sources",
    ("bodies", "province"): "regions",
    ("bodies", "sources"): "sources",
    ("figures", "indicator"): "indicators",
    ("figures", "region"): "regions",
    ("figures", "source"): "sources",
    ("relations", "operands"): "figures",
    ("relations", "leads"): "figures",
    ("documents", "amends"): "documents",
    ("documents", "replaces"): "documents",
    ("documents", "replaced_by"): "documents",
    ("documents", "sources"): "sources",
    ("events", "region"): "regions",
    ("events", "sources"): "sources",
    ("support_levels", "scope"): "regions",
    ("support_levels", "document"): "documents",
    ("support_levels", "sources"): "sources",
    ("entries", "basis"): "documents",
    ("entries", "sources"): "sources",
    ("entries", "region"): "regions",
    ("entries", "replaces"): "entries",
    ("wordings", "entry"): "entries",
    ("rules", "entry"): "entries",
    ("rules", "amount"): "entries",
    ("guide", "entry"): "entries",
}
"""(table, column) → the table whose ids it holds. An entry's basis reads `document id: article`."""
_COLUMNS_OF: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
for (_table, _column), _target in REFERENCES.items():
    _COLUMNS_OF[_table].append((_column, _target))


def names_in(table: str, record: Any) -> Iterator[tuple[str, str, str]]:
    """(column, table that it names, id) of everything that a row refers to."""
    for column, target in _COLUMNS_OF.get(table, ()):
        held = getattr(record, column)
        for name in held if isinstance(held, tuple) else (held,):
            named = name.partition(":")[0].strip() if column == "basis" else name
            if named and not (column == "scope" and named == "national"):
                yield column, target, named


WHAT = {
    "sources": "nguồn",
    "regions": "vùng",
    "indicators": "chỉ tiêu",
    "documents": "văn bản",
    "figures": "số liệu",
    "entries": "mục hỏi đáp",
}
"""What the rows of a table are called, in the middle of a sentence."""


def _unknown_references(content: Content, problems: _Problems) -> list[Problem]:
    """A problem for each id that is named and does not exist; nothing about tables that could not be read."""
    ids = {(table, row.record.id) for table, rows in content.items() for row in rows} | problems.broken_ids
    found = []
    for table, rows in content.items():
        for row in rows:
            for column, target, named in names_in(table, row.record):
                if target in problems.unread_tables or (target, named) in ids:
                    continue
                place = "entries/" if target == "entries" else f"{target}.csv"
                message = f"{column}: không có {WHAT[target]} “{named}”; thêm vào {place} hoặc sửa mã"
                found.append(row.problem(message, column))
    return found
