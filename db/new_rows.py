"""What follows for a new row from what was given: its id, the fields that others decide, those that are always the same."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from typing import Any

from db.levels import NATIONAL, activity_of
from knowledge.records import SupportLevel
from knowledge.text import fold

WORDS_OF_ID = 8
FIXED: Mapping[str, Mapping[str, str]] = {
    "sources": {"kind": "news", "rank": "3"},
    "support_levels": {"scope": NATIONAL, "status": "in_force"},
    "documents": {"status": "in_force"},
}
"""What a new row is unless it says something else."""


def free(name: str, taken: Container[str]) -> str:
    """The name, numbered where it is taken."""
    number, id_ = 1, name
    while id_ in taken:
        number += 1
        id_ = f"{name}-{number}"
    return id_


def figure_name(cells: Mapping[str, Any], *more: str) -> str:
    """An id made of the slots of a figure, and of the columns in `more`."""
    slots = ("indicator", "measure", "of", "programme", "region", "period", "round", *more)
    parts = (str(cells.get(slot, "")).lower() for slot in slots)
    return re.sub(r"[^a-z0-9_]+", "-", "-".join(filter(None, parts))).strip("-")


def row_name(table: str, row: Mapping[str, Any]) -> str:
    """An id made of what a row is called; but for documents also of its year."""
    words = re.findall(
        r"[a-z0-9]+", fold(str(row.get("number") or row.get("name") or row.get("title") or ""))
    )
    if table != "documents":
        words = words[:WORDS_OF_ID]
        year = next((str(row[one])[:4] for one in ("valid_from", "date", "published_on") if row.get(one)), "")
        words += [year] if year and year not in words else []
    return "-".join(words) or table


def completed(
    table: str, row: Mapping[str, Any], name: str, levels: Iterable[SupportLevel]
) -> dict[str, Any]:
    """The row with what follows from the rest. `name`: its id, of which a level of no known activity makes one."""
    if table == "support_levels":
        activity = activity_of(str(row.get("name", "")), levels)[0] or re.sub(r"-(?:19|20)\d\d$", "", name)
        return {
            **dict.fromkeys(("percent", "cap", "valid_from", "valid_to"), ""),
            "activity": activity,
            **row,
        }
    if table == "documents":
        return {"number": "", "kind": "Văn bản", **row}
    if table == "events":
        return {"year": str(row.get("date", ""))[:4], **row}
    if table == "entries":
        return {"status": "stated" if row.get("kind") == "assessment" else "in_force", **row}
    return dict(row)
