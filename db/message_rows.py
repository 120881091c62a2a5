"""Which rows a message of the bot showed, so that a reply to it can mend them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlite_utils import Database

KEEP_ROWS = 30 * 24 * 60 * 60

Rows = Sequence[tuple[str, str]]
"""(table, id), the leading one first."""


KEEP = (
    "INSERT OR REPLACE INTO shown_rows (chat, message, conversation, rows, at)"
    " SELECT :chat, value, :conversation, :rows, :at FROM json_each(:messages)"
    " WHERE :rows IS NOT NULL"
)
"""A step of `db.recording`: these messages show these rows now; nothing is kept of what shows none."""


def shown_rows(db: Database, chat: int, message: int) -> list[tuple[str, str]]:
    """What a message showed; empty where that is not known (any more)."""
    found = db.execute(
        "SELECT rows FROM shown_rows WHERE chat = ? AND message = ?", [chat, message]
    ).fetchone()
    return [] if found is None else [(table, row) for table, row in json.loads(found[0])]
