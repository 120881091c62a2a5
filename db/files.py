"""The files of knowledge/content: which there are, their columns, and how records are written to them.

Writing is normalised: the same records always give the same bytes. Reading is in `db.loading`.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from db.errors import Problem
from db.fields import type_of_record, write
from knowledge.records import Entry


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_ORDER = {
    "regions": _names("id name kind aliases part_of valid_from valid_to successor note editor_note sources"),
    "figures": _names(
        "id indicator measure of against programme region period value value_max unit qualifier as_printed terms label"
        " as_of round likely_value likely_period source locator also note editor_note"
    ),
    "relations": _names("id kind operands printed verdict note warning leads"),
    "documents": _names(
        "id number kind title issuer issued_on in_force_from in_force_to status amends replaces replaced_by about"
        " aliases basis note editor_note sources"
    ),
    "events": _names(
        "id kind name edition region year date until place organisers host chairs next_host participants speakers closed_by"
        " concluded_by sources locator note editor_note aliases"
    ),
    "support_levels": _names(
        "id activity name scope percent cap cap_unit min conditions document article valid_from valid_to status"
        " sources note editor_note aliases"
    ),
}
COLUMNS = {
    table: _ORDER.get(table, tuple(record.__annotations__))
    for table, record in type_of_record.items()
    if table != "entries"
}
"""Columns of each CSV file, in their order."""

LANGUAGE = ("slots", "lexicon", "wordings", "rules", "guide")
"""Tables whose files lie in `language/`; a directory may lack them."""

FRONT = _names(
    "id title kind topics aliases questions stance basis valid_from valid_to replaces status region period said_by"
    " sources"
)
"""Keys of an entry's front matter, in their order."""
STATED = ("region", "period", "said_by")
"""Those that an assessment has besides; others leave them out."""
FENCE = "+++"
REFUSED = "figures_refused.csv"
"""Figures that were met and not taken, each with the reason: read by people, and by `kb check`."""
SPARSE = ("editor_note", "until")
"""Columns that a file has only where one of its rows has them."""


@dataclass(frozen=True, slots=True)
class Row:
    """A record with the file (relative, with forward slashes) and the line from which it was read.

    `lines`: the lines of single fields, where they have lines of their own (front matter).
    """

    record: Any
    file: str
    line: int = 0
    lines: dict[str, int] = field(default_factory=dict, compare=False)

    def problem(self, message: str, column: str = "") -> Problem:
        """What must be mended in it, at the line of a column where that has one."""
        return Problem(self.file, self.lines.get(column, self.line), message)


Content = dict[str, tuple[Row, ...]]
"""Table name → its rows, in the order of the files."""


def table_of_file(name: str) -> str:
    """The table that a file's name names (sources.csv, sources_law.csv, … all hold sources); empty where it names none."""
    stem = name.rpartition(".")[0].removeprefix("language/")
    return next((table for table in COLUMNS if stem == table or stem.startswith(f"{table}_")), "")


def content_files(directory: Path) -> list[Path]:
    """The files that make up the content, in a fixed order."""
    names = [*directory.glob("*.csv"), *directory.glob("language/*.csv"), *directory.glob("entries/**/*.md")]
    names = [file for file in names if file.name != REFUSED]
    return sorted(names, key=lambda file: file.relative_to(directory).parts)


def content_hash(directory: Path) -> str:
    """SHA-256 over the names and bytes of the content files, in hexadecimal."""
    digest = hashlib.sha256()
    for file in content_files(directory):
        data = file.read_bytes()
        digest.update(f"{file.relative_to(directory).as_posix()}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def write_csv(table: str, rows: tuple[Row, ...], guard: Callable[[str], str] = str) -> str:
    """One CSV file in normal form; `guard`: what is made of each text.

    Those of `SPARSE` are columns only where a row has one.
    """
    empty = [one for one in SPARSE if not any(getattr(row.record, one, "") for row in rows)]
    columns = [column for column in COLUMNS[table] if column not in empty]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    writer.writerow(columns)
    for row in rows:
        values = [getattr(row.record, column) for column in columns]
        writer.writerow([write(one) if isinstance(one, int | float) else guard(write(one)) for one in values])
    return out.getvalue()


def write_entry(entry: Entry) -> str:
    """One entry as Markdown with TOML front matter, in normal form."""
    stated = entry.kind == "assessment" or any(getattr(entry, key) for key in STATED)
    lines = [FENCE]
    for key in FRONT:
        value = getattr(entry, key)
        if (key in STATED and not stated) or (key == "replaces" and not value):
            continue
        if key == "questions" and value:
            lines += [f"{key} = [", *(f"    {_toml(item)}," for item in value), "]"]
        elif isinstance(value, tuple):
            lines.append(f"{key} = [{', '.join(map(_toml, value))}]")
        else:
            lines.append(f"{key} = {_toml(value)}")
    lines += [FENCE, entry.body]
    if entry.detail:
        lines += ["---", entry.detail]
    return "\n".join(lines) + "\n"


def _toml(text: str) -> str:
    """A TOML basic string (its escapes are those of JSON, and DEL)."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def file_of(table: str) -> str:
    """The file of a table of which no row says where it lies."""
    return f"language/{table}.csv" if table in LANGUAGE else f"{table}.csv"


def written(content: Content, guard: Callable[[str], str] = str) -> dict[str, str]:
    """File name → text in normal form, for everything that `read_content` reads; `guard`: of each text in CSV files.

    Empty tables of `LANGUAGE` have no file.
    """
    texts: dict[str, str] = {}
    for table in COLUMNS:
        without_rows = set() if table in LANGUAGE else {file_of(table)}
        for file in sorted({row.file for row in content[table]} or without_rows):
            texts[file] = write_csv(table, tuple(row for row in content[table] if row.file == file), guard)
    for row in content["entries"]:
        texts[row.file] = write_entry(row.record)
    return texts
