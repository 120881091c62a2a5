"""What is known of a conversation when something comes in from it.

The functions take the open activity database first; `now` is seconds since 1970.
"""

from __future__ import annotations

import json

from sqlite_utils import Database

from db.activity_rows import Opening, StoredGuide

CONTEXT_SECONDS = 30 * 60
GUIDE_SECONDS = 24 * 60 * 60


def opening(db: Database, conversation: str, chat: int, message: int, now: float) -> Opening:
    """The state in which `message` asks its question."""
    fresh = now - CONTEXT_SECONDS
    sql = "SELECT context, message FROM chat_contexts WHERE conversation = ? AND updated_at > ?"
    context, asked_last = db.execute(sql, (conversation, fresh)).fetchone() or (None, message)
    held = guide(db, conversation, now)
    sql = "SELECT messages, context, sent_at FROM answers_sent WHERE chat = ? AND message = ?"
    row = db.execute(sql, (chat, message)).fetchone()
    if row is None:
        return Opening(context, guide=held)
    messages = tuple(json.loads(row[0]))
    before = row[1] if row[2] > fresh else None
    return Opening(context, messages, before, asked_last == message, held)


def guide(db: Database, conversation: str, now: float) -> StoredGuide | None:
    """Where this conversation is in the guide; None after a day without an answer."""
    sql = "SELECT state, update_key, answered FROM guides WHERE conversation = ? AND updated_at > ?"
    row = db.execute(sql, (conversation, now - GUIDE_SECONDS)).fetchone()
    return StoredGuide(row[0], row[1], bool(row[2])) if row else None
