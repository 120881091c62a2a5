"""Which rows of the base an answer shows."""

from __future__ import annotations

from knowledge.records import Answer

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
