"""A table whose layout is known → rows for the base: a figure for each row and column, or a row for each line.

What the table itself does not say (its source, its programme) is asked for: `asks` names it, `answers` gives it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from db.errors import Problem
from db.grids import Grid
from db.layouts import Column, Layout
from db.meanings import Meaning, meaning_of
from db.rows import Rows
from db.sheets import Sheets
from db.times import year_of_day
from db.values import Values
from knowledge.telling.labels import TABLES, code_name, field_name
from knowledge.text import fold

Slots = dict[str, str]

TOTALS = re.compile(r"^(?:tong(?: cong| so)?|cong(?: chung)?|toan tinh|tong \(.*\))$")
NUMBERING = re.compile(r"^\s*(?:[IVX]+|\d{1,2}|[a-zA-Z])\s*[.)]\s+|^\s*[-+*•]\s*")
NOTHING = frozenset({"", "-", "–", "—", "...", "…", "x", "0 0"})


@dataclass(slots=True)
class Taking:
    """One table on its way. `rows`: the base; `context`: what is said of the whole table beside its own lines."""

    place: str
    values: Values
    rows: Rows
    indicators: dict[str, str]
    answers: Mapping[str, str]
    context: str
    found: Sheets = field(default_factory=Sheets)

    def read(self, grid: Grid, layout: Layout) -> Sheets:
        """Take everything that can be taken, and tell how."""
        self.found.layout = layout.digest
        taken = [one for one in layout.columns if one.slot or one.value]
        left = [one for one in layout.columns if one.why and one.header]
        names = "; ".join(f"“{one.header}” → {self._role(layout.table, one)}" for one in taken)
        self.found.told.append(f"{self.place}: bảng {TABLES[layout.table]}. {names}.")
        if left:
            names = "; ".join(f"“{one.header}” ({one.why})" for one in left)
            self.found.told.append(f"Bỏ qua cột: {names}.")
        self.take(grid, layout)
        return self.found

    def take(self, grid: Grid, layout: Layout) -> None:
        """Take the rows."""
        raise NotImplementedError

    def _role(self, table: str, column: Column) -> str:
        if not column.value:
            return "đơn vị" if column.slot == "unit" else field_name(table, column.slot)
        slots = column.meaning.slots
        coded = [code_name("figures", one, slots[one]) for one in ("measure", "programme") if one in slots]
        said = [slots[one] for one in ("indicator", "period") if one in slots]
        return " ".join(["số liệu", *coded, *said])

    def problem(self, line: int, message: str) -> None:
        """A row that is refused."""
        self.found.problems.append(Problem(self.place, line, message))

    def title(self, layout: Layout) -> Meaning:
        """What the lines above the table, its sheet and its file say; the nearest first."""
        found = Meaning()
        for text in (*reversed(layout.above), self.context):
            said = meaning_of(text, self.indicators, self.values.today)
            region = self.region_in(text)
            found.slots = {**({"region": region} if region else {}), **said.slots, **found.slots}
            found.scale = found.scale or said.scale
            found.money = found.money or said.money
        if found.slots.get("measure") == "actual" and any(
            one.meaning.slots.get("measure") for one in layout.values
        ):
            del found.slots["measure"]  # "kết quả thực hiện" above columns that say their own
        return found

    def region_in(self, text: str, *, whole: bool = False) -> str:
        """The region with the longest name in a text, or of which it is the `whole` name; empty where there is none."""
        said = f" {fold(text)} "
        found = ""
        for row in self.rows.records("regions"):
            names = {fold(name) for name in (row.name, *row.aliases)}
            for name in names | {name.removeprefix("khu vuc ") for name in names}:
                fits = said.strip() == name if whole else f" {name} " in re.sub(r"[,;:()/]", " ", said)
                if fits and len(name) > len(found.partition("|")[2]):
                    found = f"{row.id}|{name}"
        return found.partition("|")[0]

    def reads(self, slot: str, text: str) -> bool:
        """Whether a text reads as a value of a slot."""
        try:
            return bool(self.value(slot, text))
        except ValueError:
            return False

    def value(self, slot: str, cell: str) -> str:
        """A cell of a column of slots. Raises `ValueError`."""
        text = NUMBERING.sub("", cell)
        if slot == "period":
            text = year_of_day(text) or text
        elif slot == "indicator" and fold(text).removeprefix("so ") in self.indicators:
            return self.indicators[fold(text).removeprefix("so ")]
        return str(self.values.cell("figures", slot, text))


def printed(text: str) -> str:
    """A plain decimal with Vietnamese marks."""
    whole, _, rest = text.partition(".")
    grouped = f"{int(whole):,}".replace(",", ".") if whole.lstrip("-") else whole
    rest = rest.rstrip("0")
    return f"{grouped},{rest}" if rest else grouped
