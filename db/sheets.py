"""A file that somebody sends → rows of cells, each with its line: CSV as spreadsheets save it, XLSX, Markdown, a zip of these.

Nothing is taken on trust: sizes are limited before anything is unpacked, names inside an archive are only compared, XML is
parsed without entities, formulas are refused. What cannot be read is told with its line; nothing here touches a database.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace

from db.cells import blank, plain_cell, unguard
from db.errors import Problem, refuse
from db.fields import Cell, type_of_record
from db.files import COLUMNS, FRONT, table_of_file
from db.grids import HOW_TO_SAVE, SheetRows, csv_rows, decoded, sheets_of
from db.headers import StrangeLayout, for_people, known_columns, read_columns, recognised, trimmed
from db.loading import parse_entry
from knowledge.telling.labels import TABLES, field_name

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_MEMBERS = 20_000
MOST_ROWS = 50_000

GUIDE = "Hướng dẫn"
"""The sheet of a template that explains the others."""

_ENTRY = re.compile(r"entries/([a-z0-9_-]+/)*[a-z0-9_-]+\.md")
_CONTENT_CSV = re.compile(r"(?:language/)?[a-z0-9_]+\.csv")
_VIETNAMESE = re.compile(r"[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One row of a file: the cells that it gives, as those of content files are. `stem`: the content file it is of;
    `own`: it is written as `kb export` writes."""

    table: str
    row: str
    cells: dict[str, Cell]
    file: str
    line: int
    stem: str
    own: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """Table and id."""
        return self.table, self.row


@dataclass(slots=True)
class Sheets:
    """What a file holds, and what in it could not be read.

    Of tables whose layout was found: `told` how they were taken, in sentences, `asks` what they do not say, `layout` its
    name.
    """

    rows: list[Wanted] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)
    layout: str = ""

    def add(self, other: Sheets) -> None:
        """What another part of the file holds besides."""
        self.rows += other.rows
        self.problems += other.problems
        self.told += other.told
        self.asks += [one for one in other.asks if one not in self.asks]
        self.layout = self.layout or other.layout

    def take(self, row: Wanted) -> None:
        """Add a row. Raises `ContentError` when there are too many."""
        if len(self.rows) + len(self.problems) >= MOST_ROWS:
            raise refuse(row.file, f"có hơn {MOST_ROWS} dòng; hãy chia thành nhiều tệp")
        self.rows.append(row)


def read_sheets(name: str, data: bytes, table: str = "") -> Iterator[Sheets]:
    """Read a file step by step: each step yields the same object, filled a little more, so that others get their turn.

    `name` as it was sent; `table`: which it is, where that was said. Raises `ContentError` for a file that cannot be read
    at all.
    """
    if table and table not in type_of_record:
        known = ", ".join(TABLES[one] for one in COLUMNS)
        raise refuse(name, f"không có bảng “{table}”; chọn một trong: {known}")
    if len(data) > MOST_BYTES:
        raise refuse(name, f"lớn hơn {MOST_BYTES // 1024 // 1024} MB; hãy chia thành nhiều tệp")
    found = Sheets()
    if data[:4] == b"PK\x03\x04":
        yield from _archive(found, name, data, table)
    elif data[:4] == b"\xd0\xcf\x11\xe0":
        raise refuse(name, "là tệp Excel kiểu cũ (.xls); hãy lưu lại thành .xlsx rồi gửi")
    elif name.lower().endswith(".md"):
        _entry(found, name, decoded(name, data), "")
    else:
        yield from _csv(found, name, data, table, lenient=True)
    yield found


def _archive(found: Sheets, name: str, data: bytes, table: str) -> Iterator[Sheets]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > MOST_UNPACKED:
                raise refuse(name, "giải nén ra quá nhiều; hãy chia thành nhiều tệp")
            if any(one.flag_bits & 1 for one in members):
                raise refuse(name, "có mật khẩu; hãy bỏ mật khẩu rồi gửi lại")
            names = {one.filename for one in members}
            if "word/document.xml" in names:
                raise refuse(name, "là tệp Word không có bảng nào đọc được", 0, StrangeLayout)
            if "[Content_Types].xml" in names:
                yield from _workbook(found, name, data, table)
                return
            for place, member in enumerate(sorted(members, key=lambda one: one.filename)):
                _member(found, name, member.filename, archive.read(member))
                if place % 50 == 0:
                    yield found
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        raise refuse(name, f"không giải nén được ({error}); hãy nén hoặc lưu lại rồi gửi") from None


def _workbook(found: Sheets, name: str, data: bytes, table: str) -> Iterator[Sheets]:
    """Every sheet of a workbook; beside some that are ours, one of another layout is named. Raises `StrangeLayout`."""
    strange: list[StrangeLayout] = []
    for title, rows in sheets_of(name, data):
        try:
            yield from _sheet(found, name, title, rows, table)
        except StrangeLayout as error:
            strange.append(error)
    if strange and not found.rows and not found.problems:
        raise strange[0]
    found.problems += [problem for error in strange for problem in error.problems]


def _member(found: Sheets, archive: str, name: str, data: bytes) -> None:
    """A content file of a zip, in the form in which `kb export` writes it."""
    if _ENTRY.fullmatch(name):
        _entry(found, name, decoded(name, data), name)
    elif _CONTENT_CSV.fullmatch(name) and table_of_file(name):
        for _ in _csv(found, name, data, table_of_file(name), lenient=False):
            pass
    elif not name.lower().endswith((".md", ".txt")) or name.startswith("entries"):
        shown = f"trong {archive} có tệp lạ; chỉ nhận các tệp như /xuat gửi (figures.csv, entries/…/mã.md)"
        found.problems.append(Problem(name[:80], 0, shown))


def _entry(found: Sheets, name: str, text: str, stem: str) -> None:
    problems: list[Problem] = []
    read = parse_entry(text.replace("\r\n", "\n").replace("\r", "\n"), name, problems)
    found.problems += problems
    if read is None:
        return
    entry = read.record
    cells: dict[str, Cell] = {column: getattr(entry, column) for column in (*FRONT, "body", "detail")}
    found.take(Wanted("entries", cells.pop("id"), cells, name, 1, stem))  # type: ignore[arg-type]


def _csv(found: Sheets, name: str, data: bytes, table: str, *, lenient: bool) -> Iterator[Sheets]:
    text = decoded(name, data)
    first = text.partition("\n")[0]
    said = re.fullmatch(r"\"?sep=(.)\"?\s*", first, re.IGNORECASE)
    marks = (said[1],) if said else (",", ";", "\t")
    mark = max(marks, key=lambda one: max(known_columns(first.split(one)).values()))
    rows = csv_rows(name, text, mark)
    if said:
        next(rows)
    bom = data[:3] == b"\xef\xbb\xbf"
    yield from _sheet(found, name, "", rows, table, lenient=lenient, guarded=bom)


def _sheet(
    found: Sheets,
    name: str,
    title: str,
    rows: SheetRows,
    table: str,
    *,
    lenient: bool = True,
    guarded: bool = False,
) -> Iterator[Sheets]:
    """The rows below a header. `title`: the name of a workbook's sheet; an empty one, and one that explains, are none."""
    place = f"{name}, trang {title}" if title else name
    start, header, _ = next((row for row in rows if not blank(row[1])), (1, [], ""))
    header = trimmed(header)
    if title and (title == GUIDE or not header):
        return
    if table in ("", "entries"):
        table = recognised(place, title or name, header)
    columns = read_columns(place, table, header, start)
    guarded = not title and (guarded or for_people(header))
    stem = name if _CONTENT_CSV.fullmatch(name) and table_of_file(name) == table else ""
    spoilt = 0
    for number, (line, cells, wrong) in enumerate(rows):
        if number % 200 == 0:
            yield found
        if blank(cells) and not wrong:
            continue
        given = cells[: len(columns)] + [""] * (len(columns) - len(cells))
        wrong = wrong or _wrong_count(cells, len(columns), short=bool(title))
        spoilt = _spoilt(place, line, given, spoilt) if lenient else 0
        values: dict[str, Cell] = dict(zip(columns, map(unguard, given) if guarded else given, strict=True))
        _take(found, Wanted(table, str(values.pop("id")), values, place, line, stem, not lenient), wrong)
    yield found


def _wrong_count(cells: list[str], count: int, *, short: bool) -> str:
    """What is wrong with a row of more cells than columns, or of fewer where it may not be `short`; else empty."""
    if blank(cells[count:]) and (short or len(cells) >= count):
        return ""
    return f"có {len(cells)} ô thay vì {count}; kiểm tra dấu ngăn cột và dấu ngoặc kép"


def _take(found: Sheets, row: Wanted, wrong: str) -> None:
    """Add a row, its cells as content files have them, or what is wrong with it."""
    problems = [wrong] if wrong else []
    cells: dict[str, Cell] = {}
    printed = str(row.cells.get("as_printed", ""))
    for column, cell in row.cells.items():
        try:
            text = str(cell).strip()
            cells[column] = text if row.own else plain_cell(row.table, column, text, printed)
        except ValueError as error:
            problems.append(f"cột {field_name(row.table, column)}: {error}")
    if problems:
        found.problems.append(Problem(row.file, row.line, "; ".join(problems)))
    else:
        found.take(replace(row, row=row.row.strip(), cells=cells))


def _is_spoilt(text: str) -> bool:
    """Whether UTF-8 was once read as Windows-1252 here: read back, it gives Vietnamese letters."""
    if not text.isascii():
        for page in ("cp1252", "latin-1"):
            with suppress(UnicodeError):
                return bool(_VIETNAMESE.search(text.encode(page).decode("utf-8")))
    return False


def _spoilt(place: str, line: int, cells: list[str], before: int) -> int:
    """How many rows so far hold letters of a wrong encoding. Raises `ContentError` with the second."""
    count = before + any(map(_is_spoilt, cells))
    if count > 1:
        raise refuse(place, f"chữ bị lỗi phông (mở sai bộ mã rồi lưu); {HOW_TO_SAVE}", line)
    return count
