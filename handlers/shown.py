"""Rows of the base by table and id, what each is in a few words, and which of them an answer shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from knowledge.base import KnowledgeBase
from knowledge.records import Answer
from knowledge.telling import figure_lines
from knowledge.telling.formats import amount

MOST_ROWS = 30


def rows_of(answer: Answer) -> list[tuple[str, str]]:
    """(table, id), the leading one first, each once."""
    found = [
        *(("figures", row.id) for row in (*answer.figures, *answer.companions)),
        *(("entries", row.id) for row in answer.entries),
        *(("support_levels", row.id) for row in answer.levels),
        *(("documents", row.id) for row in answer.documents),
        *(("events", row.id) for row in answer.events),
        *(row for part in answer.then for row in rows_of(part)),
    ]
    return list(dict.fromkeys(found))[:MOST_ROWS]


def records(base: KnowledgeBase, table: str) -> Mapping[str, Any]:
    """The records of a table by id, in their order; of bodies those that do khuyến công today."""
    rows = getattr(base, "levels" if table == "support_levels" else table)
    if table == "bodies" or isinstance(rows, tuple):
        return {one.id: one for one in (rows if isinstance(rows, tuple) else rows.values())}
    found: Mapping[str, Any] = rows
    return found


def told_of(table: str, row: str, base: KnowledgeBase) -> str:
    """What a row is, in a few words; empty when it is gone."""
    record = records(base, table).get(row)
    if record is None:
        return ""
    if table == "figures":
        return f"{figure_lines.slots(record, base.names)}: {amount(record)}"
    if table == "documents":
        return " ".join(filter(None, (record.number, record.title)))
    return str(getattr(record, "title", "") or getattr(record, "name", ""))
