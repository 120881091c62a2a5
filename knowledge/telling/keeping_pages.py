"""What owners are shown of updates and copies, as Telegram HTML in parts; the words are in `texts/admin.toml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowledge.records import Note
from knowledge.telling.admin_texts import admin_text, sentence
from knowledge.telling.sentences import safe

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


def restore_html(
    told: str,
    changes: Mapping[str, tuple[int, int, int]],
    history: tuple[int, int],
    failures: int,
) -> list[str]:
    """What a backup holds, and what restoring it does: rows added, changed, removed by table; pairs are (now, then)."""
    lines = [f"<b>{admin_text('restore_head')}</b>: {safe(told)}", admin_text("restore_changes")]
    for table, (added, changed, removed) in changes.items():
        lines.append(
            f"• {admin_text(table)}: {admin_text('restore_row', added=added, changed=changed, removed=removed)}"
        )
    if not changes:
        lines.append(f"• {admin_text('restore_same')}")
    lines.append(f"• {admin_text('restore_history', now=history[0], then=history[1])}")
    if failures:
        lines.append(sentence(Note("restore_failures", {"count": str(failures)})))
    return [*lines, admin_text("restore_foot")]
