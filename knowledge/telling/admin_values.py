"""How a cell of the base is shown to editors: names for codes and ids, days and amounts as people write them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from knowledge.base import KnowledgeBase
from knowledge.telling.formats import day, exact_money, number
from knowledge.telling.labels import CODES, code_name
from knowledge.telling.names import period_name

EMPTY = "(trống)"
_ROWS = {
    "source": "sources",
    "sources": "sources",
    "region": "regions",
    "part_of": "regions",
    "successor": "regions",
    "scope": "regions",
    "indicator": "indicators",
    "document": "documents",
    "amends": "documents",
    "replaced_by": "documents",
    "basis": "documents",
    "replaces": "documents",
}
"""Column → the rows that it names."""
_DAYS = frozenset(
    {"published_on", "issued_on", "in_force_from", "in_force_to", "valid_from", "valid_to", "as_of", "date"}
)
_PERIODS = frozenset({"period", "likely_period"})
_MONEY = frozenset({"value", "value_max", "likely_value"})
LONGEST_TITLE = 70


def shown(
    table: str, column: str, value: Any, base: KnowledgeBase, cells: Mapping[str, Any] | None = None
) -> str:
    """A value, as a record or a table holds it, in words. `cells`: the row's others, which may say the unit."""
    if isinstance(value, str) and value.startswith("["):
        value = _items(value)
    if isinstance(value, tuple | list):
        return "; ".join(shown(table, column, one, base, cells) for one in value) or EMPTY
    if value in ("", None):
        return EMPTY
    if isinstance(value, int | float):
        return _number(table, column, value, cells or {})
    if (table, column) in CODES:
        return code_name(table, column, value)
    if column in _PERIODS:
        return period_name(value)
    if column in _DAYS:
        return _day(value)
    if column in _ROWS:
        return row_name(
            "entries" if (table, column) == ("entries", "replaces") else _ROWS[column], value, base
        )
    return str(value)


def _items(value: str) -> Any:
    """A list as its table keeps it."""
    try:
        return json.loads(value)
    except ValueError:
        return value


def _number(table: str, column: str, value: float, cells: Mapping[str, Any]) -> str:
    if column == "cap" or (column in _MONEY and cells.get("unit") == "VND"):
        return exact_money(int(value))
    if column == "percent" or (column in _MONEY and cells.get("unit") == "percent"):
        return f"{number(value, 4)}%"
    unit = cells.get("unit", "") if column in _MONEY else ""
    return f"{number(value, 4)} {unit}".strip()


def _day(value: str) -> str:
    return day(value) if re.fullmatch(r"\d{4}(?:-\d\d){0,2}", value) else value


def row_name(table: str, id_: str, base: KnowledgeBase) -> str:
    """What a row is called; its id where it has no name, or is gone."""
    if id_ == "national":
        return "cả nước"
    name, colon, rest = id_.partition(":")
    rows: dict[str, Mapping[str, Any]] = {
        "sources": base.sources,
        "regions": base.regions,
        "indicators": base.indicators,
        "documents": base.documents,
        "events": base.events,
        "support_levels": base.levels,
        "entries": base.entries,
    }
    row = rows.get(table, {}).get(name.strip())
    if row is None:
        return id_
    called = getattr(row, "number", "") or getattr(row, "title", "") or getattr(row, "name", "") or id_
    if len(called) > LONGEST_TITLE:
        called = f"{called[:LONGEST_TITLE].rstrip()}…"
    return f"{called}:{rest}" if colon else called
