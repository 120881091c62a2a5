"""Where the header of a table is, what each column is for, which rows hold data: found in the table itself, told in full.

A table gives figures (a value for each row and column) or rows of another table (a level, a document, an event, a source
in each line). Nothing is silent: each column is taken for something or named as left out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from db.cells import number_cell
from db.grids import Grid
from db.meanings import NUMBERS, Meaning, dimension, meaning_of
from knowledge.telling.labels import HEADERS, HEADERS_WANTED, field_of
from knowledge.text import fold

LOOKED_AT = 25
LONGEST_HEADER = 90
MOST_HEADERS = 3
MOST_OF = 0.6
"""Share of the filled cells of a column that must read as a kind for the column to be of that kind."""

FLAT: dict[str, tuple[frozenset[str], tuple[str, ...]]] = {
    "support_levels": (
        frozenset({"name"}),
        ("name", "percent", "cap", "cap_unit", "document", "article", "conditions", "valid_from", "valid_to", "note"),
    ),
    "documents": (
        frozenset({"title"}),
        ("number", "kind", "title", "issuer", "issued_on", "in_force_from", "in_force_to", "status", "amends", "replaces", "note"),
    ),
    "events": (frozenset({"name"}), ("name", "date", "place", "kind", "region", "edition", "organisers", "host", "chairs", "note")),
    "sources": (frozenset({"title"}), ("title", "publisher", "published_on", "url", "kind", "note")),
}  # fmt: skip
"""Table → columns without which it is none, and those that its sheets may have."""


_ALL_WORDS = frozenset(word for columns in HEADERS.values() for words in columns.values() for word in words)

_NUMBERED = re.compile(r"\(?\d{1,2}\)?(?:\s*=.*)?|[A-Za-z]|")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"-?[\d.,\s]+%?")
_VIETNAMESE = re.compile(r"-?\d{1,3}(?:\.\d{3})*,\d+%?|-?\d{1,3}(?:\.\d{3}){2,}")
_ENGLISH = re.compile(r"-?\d{1,3}(?:,\d{3})*\.\d{1,2}%?|-?\d{1,3}(?:,\d{3}){2,}")


@dataclass(frozen=True, slots=True)
class Column:
    """`slot`: of which it holds the values; `value`: it holds figures; `why`: it is left out because of that."""

    place: int
    header: str
    slot: str = ""
    value: bool = False
    meaning: Meaning = field(default_factory=Meaning)
    why: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """`table`: whose rows it gives; `above`: the lines over the header; `first`: the place of the first row below it."""

    table: str
    columns: tuple[Column, ...]
    above: tuple[str, ...]
    first: int
    digest: str

    @property
    def values(self) -> list[Column]:
        """Columns of figures."""
        return [one for one in self.columns if one.value]

    def slot(self, name: str) -> Column | None:
        """The column that holds the values of a slot."""
        return next((one for one in self.columns if one.slot == name), None)


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds layouts. `reads`: whether a text is a value of a slot; `indicators`: folded name → id."""

    reads: Callable[[str, str], bool]
    indicators: dict[str, str]
    today: date

    def layout(self, grid: Grid, wanted: str = "") -> Layout | None:
        """The layout of a grid; None where no header is found. `wanted`: the table that it is said to be."""
        head = self._header(grid, wanted)
        if head is None:
            return None
        first, last = head
        width = max(len(row) for _, row in grid.rows)
        headers = [self._joined(grid, first, last, place) for place in range(width)]
        below = last + 1
        if below < len(grid.rows) and all(_NUMBERED.fullmatch(cell) for cell in grid.rows[below][1]):
            below += 1
        above = tuple(dict.fromkeys(cell for _, row in grid.rows[:first] for cell in row if cell))
        digest = hashlib.sha256("\n".join(map(fold, headers)).encode()).hexdigest()[:16]
        found = self._columns(grid, below, headers, wanted)
        return Layout(found[0], found[1], above, below, digest) if found else None

    def _columns(
        self, grid: Grid, below: int, headers: Sequence[str], wanted: str
    ) -> tuple[str, tuple[Column, ...]] | None:
        """The table that is meant, and what each column is for; None where that cannot be told."""
        table, flat = self._flat(headers, wanted)
        pivot = [self._column(grid, below, place, header) for place, header in enumerate(headers)]
        dimensions = sum(bool(one.slot) for one in pivot)
        counted = sum(one.value and one.meaning.says for one in pivot) + dimensions
        if wanted != "figures" and table and (wanted or len([one for one in flat if one.slot]) >= counted):
            return table, tuple(flat)
        return ("figures", tuple(pivot)) if dimensions and any(one.value for one in pivot) else None

    # --- the header ---------------------------------------------------------------------------------------------

    def _header(self, grid: Grid, wanted: str) -> tuple[int, int] | None:
        """The first and last row of the header."""
        scores = [self._score(grid, place, wanted) for place in range(min(LOOKED_AT, len(grid.rows)))]
        best = max(scores, default=0)
        if best < 2:
            return None
        first = last = scores.index(best)
        while first and last - first < MOST_HEADERS and len(set(filter(None, grid.rows[first - 1][1]))) > 1:
            first -= 1
        while last + 1 < len(grid.rows) and last - first < MOST_HEADERS - 1 and self._goes_on(grid, last + 1):
            last += 1
        return first, last

    def _score(self, grid: Grid, place: int, wanted: str) -> int:
        found = set()
        for column, cell in enumerate(grid.rows[place][1]):
            if cell and len(cell) <= LONGEST_HEADER and (place, column) not in grid.filled:
                said = fold(re.sub(r"\(.*?\)", "", cell)).strip(" .:*")
                known = said in NUMBERS or dimension(cell) or self._meaning(cell).says or said in _ALL_WORDS
                known = known or (wanted in FLAT and _flat_column(wanted, FLAT[wanted][1], cell, wanted))
                if known and (not _NUMBER.fullmatch(cell) or _YEAR.fullmatch(cell)):
                    found.add(said)
        return len(found)

    def _goes_on(self, grid: Grid, place: int) -> bool:
        """Whether a row still belongs to the header: words and years, nothing below a row's own name."""
        cells = grid.rows[place][1]
        own = [cell for column, cell in enumerate(cells) if cell and (place, column) not in grid.filled]
        if not own or (cells and cells[0] and (place, 0) not in grid.filled):
            return False
        if any(_NUMBER.fullmatch(cell) and not _YEAR.fullmatch(cell) for cell in own):
            return False
        return any(self._meaning(cell).says or dimension(cell) for cell in own)

    def _joined(self, grid: Grid, first: int, last: int, place: int) -> str:
        rows = [row for _, row in grid.rows[first : last + 1]]
        cells = (spanning(rows, at, place) for at in range(len(rows)))
        return " / ".join(dict.fromkeys(cell for cell in cells if cell))

    def _meaning(self, text: str) -> Meaning:
        return meaning_of(text, self.indicators, self.today)

    # --- columns ------------------------------------------------------------------------------------------------

    def _flat(self, headers: Sequence[str], wanted: str) -> tuple[str, list[Column]]:
        """The table whose rows the lines are, and its columns; empty where it is none."""
        best: tuple[int, str, list[Column]] = (0, "", [])
        for table, (needed, columns) in FLAT.items():
            if wanted and table != wanted:
                continue
            found, taken = [], set[str]()
            for place, header in enumerate(headers):
                slot = _flat_column(table, columns, header, wanted)
                why = "" if slot and slot not in taken else _why_not(header, twice=slot in taken)
                found.append(
                    Column(place, header, slot if not why else "", meaning=self._meaning(header), why=why)
                )
                taken.add(slot)
            count = len(taken - {""})
            if needed <= taken and count > max(best[0], 1):
                best = count, table, found
        return best[1], best[2]

    def _column(self, grid: Grid, below: int, place: int, header: str) -> Column:
        """What a column of a sheet of figures is for, by its header and by what stands in it."""
        last = header.rpartition(" / ")[2]
        cells = list(_filled(grid, below, place, beside=True)) or list(_filled(grid, below, place))
        meaning = self._meaning(header)
        if fold(last).strip(" .") in NUMBERS:
            return Column(place, header, why="chỉ đánh số dòng")
        if not cells:
            return Column(place, header, why="không có gì" if header else "")
        for slot in dict.fromkeys(filter(None, [dimension(last), "region", "indicator", "programme"])):
            if slot in ("note", "unit") or _most(cells, lambda cell, slot=slot: self.reads(slot, cell)):  # type: ignore[misc]
                return Column(place, header, slot)
        numeric = sum(bool(_NUMBER.fullmatch(cell)) or cell in ("-", "x") for cell in cells)
        if numeric >= MOST_OF * len(cells) or (numeric and meaning.says):
            return Column(place, header, value=True, meaning=meaning)
        if fold(last).startswith("nguon") and _most(cells, lambda cell: self.reads("source", cell)):
            return Column(place, header, "source")
        return Column(place, header, why="không phải số, cũng không phải tên vùng, chỉ tiêu hay chương trình")


def spanning(rows: Sequence[Sequence[str]], at: int, place: int) -> str:
    """What a header row says over a column: its cell, or that to its left which spans it, as merged cells are written out."""

    def divided(column: int) -> bool:
        return any(column < len(row) and row[column] for row in rows[at + 1 :])

    filled = next((one for one in range(min(place, len(rows[at]) - 1), -1, -1) if rows[at][one]), -1)
    spans = filled == place or (filled >= 0 and divided(filled) and divided(place))
    return rows[at][filled] if spans else ""


def _filled(grid: Grid, below: int, place: int, *, beside: bool = False) -> Iterator[str]:
    """What stands in a column below the header, without cells that a merged one covers.

    `beside`: only in rows that have a number behind it.
    """
    for number, (_, row) in enumerate(grid.rows[below:], below):
        if beside and not any(_NUMBER.fullmatch(cell) for cell in row[place + 1 :] if cell):
            continue
        if place < len(row) and row[place] and (number, place) not in grid.filled:
            yield row[place]


def _most(cells: Sequence[str], fits: Callable[[str], bool]) -> bool:
    return sum(map(fits, cells)) >= MOST_OF * len(cells)


def _flat_column(table: str, columns: tuple[str, ...], header: str, wanted: str) -> str:
    said = fold(re.sub(r"\(.*?\)", "", header)).strip(" .:*/")
    for column in columns:
        more = HEADERS_WANTED.get(table, {}).get(column, ()) if wanted == table else ()
        if said in (*HEADERS[table].get(column, ()), *more):
            return column
    return field_of(table, columns, re.sub(r"\(.*?\)", "", header).strip(" .:*"))


def _why_not(header: str, *, twice: bool) -> str:
    if not header:
        return ""
    if fold(header).strip(" .") in NUMBERS:
        return "chỉ đánh số dòng"
    return "đã có một cột như vậy" if twice else "không khớp trường nào"


def customary(cells: Sequence[str]) -> bool | None:
    """Whether numbers in text follow the Vietnamese marks; None where nothing decides."""
    vietnamese, english = (any(map(custom.fullmatch, cells)) for custom in (_VIETNAMESE, _ENGLISH))
    return vietnamese if vietnamese != english else None


def two_readings(cell: str) -> bool:
    """Whether a number has one mark that may group its digits or part its decimals."""
    return re.fullmatch(r"-?\d{1,3}[.,]\d{3}", re.sub(r"\s", "", cell).rstrip("%")) is not None


def plain_number(cell: str, vietnamese: bool | None) -> str:
    """A number as a plain decimal. Raises `ValueError` for one of two readings, or none."""
    text = re.sub(r"\s", "", cell).rstrip("%")
    if vietnamese is not None and two_readings(text):
        grouping = "." if vietnamese else ","
        text = text.replace(grouping, "") if grouping in text else text.replace(",", ".")
    read = number_cell(text)
    if not re.fullmatch(r"-?\d+(?:\.\d+)?", read):
        raise ValueError(f"“{cell}” không phải số")
    return read
