"""A file of tables in layouts of their own → its rows, how they were taken, and what is missing for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from db.fields import type_of_record
from db.grids import read_grids
from db.layouts import Finder
from db.lining import Lining
from db.melting import Melting
from db.rows import Rows
from db.sheets import Sheets
from db.taking import Melted, Taking
from db.values import Values
from knowledge.text import fold

MOST_CONTEXT = 80


def read_layouts(
    name: str, data: bytes, table: str, rows: Rows, today: date, answers: Mapping[str, str]
) -> tuple[Sheets, Melted] | None:
    """Every table of the file that can be understood; None where there is none. `answers`: see `db.taking`."""
    records = {one: rows.records(one) for one in type_of_record}
    values = Values(rows.records, today)
    indicators = {fold(row.name).removeprefix("so "): row.id for row in records["indicators"]}
    grids, skipped = read_grids(name, data)
    whole = Melted(told=[f"Không đọc {one}." for one in skipped])
    taken = False
    for grid in grids:
        place = f"trang {grid.title}" if len(grids) > 1 else name
        context = f"{grid.title} {re.sub(r'[_.-]', ' ', name)}"[:MOST_CONTEXT]
        told = (place, values, records, answers, context)
        figures, lines = Melting(*told), Lining(*told)
        layout = Finder(_reads(figures), indicators, today).layout(grid, table)
        if layout is None:
            if any(cell for _, row in grid.rows for cell in row):
                whole.told.append(f"Không đọc {place}: không thấy tiêu đề cột nào hiểu được.")
            continue
        taken = True
        found = (figures if layout.table == "figures" else lines).read(grid, layout)
        whole.rows += found.rows
        whole.problems += found.problems
        whole.told += found.told
        whole.asks += [one for one in found.asks if one not in whole.asks]
        whole.digest = whole.digest or found.digest
    if not taken:
        return None
    return Sheets(whole.rows, whole.problems), whole


def _reads(melting: Taking) -> Callable[[str, str], bool]:
    """Whether a text reads as a value of a slot."""
    known: dict[tuple[str, str], bool] = {}

    def reads(slot: str, text: str) -> bool:
        key = (slot, text)
        if key not in known:
            try:
                known[key] = bool(melting.value(slot, text))
            except ValueError:
                known[key] = False
        return known[key]

    return reads
