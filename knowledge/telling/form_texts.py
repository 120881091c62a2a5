"""What is asked for each part when something is added step by step, and the question that a row itself answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from knowledge.telling.formats import day
from knowledge.telling.names import figure_question
from knowledge.telling.sentences import tables

ASKED: dict[str, dict[str, str]] = tables("forms")["asked"]
"""Table → part → the question."""
OFFERED: dict[str, dict[str, list[str]]] = tables("forms")["offered"]
"""Table → part → the codes that are offered as buttons."""


def asked_text(table: str, part: str, *, optional: bool) -> str:
    """The question of a part; of one that may be left out it says so."""
    return ASKED[table][part] + (" (không có thì gõ “bỏ qua”)" if optional else "")


def own_question(table: str, record: Any, names: Mapping[str, str], today: date) -> str:
    """The question that a row answers, as people would ask it, on a day on which it applies; empty for rows that answer
    none by themselves."""
    if table == "figures":
        return "" if record.label else figure_question(names, record)
    if table == "entries":
        return str(record.title)
    if table == "support_levels":
        ahead = f" vào ngày {day(record.valid_from)}" if record.valid_from > today.isoformat() else ""
        return f"{record.name} hỗ trợ bao nhiêu{ahead}"
    if table == "documents":
        return f"{record.kind} {record.number}" if record.number else str(record.title)
    return f"{record.name} diễn ra khi nào" if table == "events" else ""
