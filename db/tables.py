"""A file of tables in layouts of their own → its rows, how they were taken, and what is missing for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from db.grids import read_grids
from db.layouts import Finder
from db.lining import Lining
from db.melting import Melting
from db.rows import Rows
from db.sheets import Sheets
from db.values import Values
from knowledge.text import fold

MOST_CONTEXT = 80


def read_layouts(
    name: str, data: bytes, table: str, rows: Rows, today: date, answers: Mapping[str, str]
) -> Sheets | None:
    """Every table of the file that can be understood; None where there is none. `answers`: see `db.taking`."""
    values = Values(rows.records, today)
    indicators = {fold(row.name).removeprefix("so "): row.id for row in rows.records("indicators")}
    grids, skipped = read_grids(name, data)
    whole = Sheets(told=[f"Không đọc {one}." for one in skipped])
    for grid in grids:
        place = f"trang {grid.title}" if len(grids) > 1 else name
        context = f"{grid.title} {re.sub(r'[_.-]', ' ', name)}"[:MOST_CONTEXT]
        figures, lines = (
            kind(place, values, rows, indicators, answers, context) for kind in (Melting, Lining)
        )
        layout = Finder(cache(figures.reads), indicators, today).layout(grid, table)
        if layout is not None:
            whole.add((figures if layout.table == "figures" else lines).read(grid, layout))
        elif any(cell for _, row in grid.rows for cell in row):
            whole.told.append(f"Không đọc {place}: không thấy tiêu đề cột nào hiểu được.")
    return whole if whole.layout else None
