"""What owners are shown of updates and copies, as Telegram HTML in parts; the words are in `keeping_texts`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowledge.records import Note
from knowledge.telling.admin_texts import admin_text, safe, sentence

MOST_ROWS = 20


def update_html(
    counts: Mapping[tuple[str, str], int], rows: Sequence[tuple[str, str, str]], contested: int
) -> list[str]:
    """What an update would change: counts by (kind, table), the first rows as (kind, table, id), how many are to decide."""
    lines = [f"<b>{admin_text('update_head')}</b>"]
    lines += [
        f"• {admin_text(f'done_{kind}')} {count} {admin_text(table)}"
        for (kind, table), count in counts.items()
    ]
    shown = ", ".join(f"<code>{safe(row)}</code>" for _, _, row in rows[:MOST_ROWS])
    lines.append(shown + (", …" if len(rows) > MOST_ROWS else ""))
    if contested:
        lines.append(sentence(Note("update_contested", {"count": str(contested)})))
    return [*lines, admin_text("update_foot")]
