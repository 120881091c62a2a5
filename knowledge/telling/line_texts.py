"""What is asked, part by part, when a command of one line is given without its line."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.telling.admin_texts import admin_text
from knowledge.telling.sentences import safe, tables

ASKED: dict[str, dict[str, str]] = tables("forms")["line"]
"""Command → part → the question."""


def listed_html(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows that are offered, as (id, what it is), one line each."""
    return [f"• <code>{safe(row.partition(':')[2])}</code>: {safe(told)}" for row, told in rows]


def latest_label(number: int, kind: str, row: str) -> str:
    """A change as a button names it."""
    return f"{number}: {admin_text(f'done_{kind}')} {row}"
