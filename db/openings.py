"""What is known of a conversation when something comes in from it.

The functions take the open activity database first; `now` is seconds since 1970.
"""

from __future__ import annotations

import json

from sqlite_utils import Database

from db.activity_rows import Opening, StoredGuide

CONTEXT_SECONDS = 30 * 60
GUIDE_SECONDS = 24 * 60 * 60

_GUIDE = "guides.conversation = ? AND guides.updated_at > ?"


def opening(db: Database, conversation: str, chat: int, message: int, now: float) -> Opening:
    """The state in which `message` asks its question."""
    fresh = now - CONTEXT_SECONDS
    sql = (
        "SELECT last.context, last.message, sent.messages, sent.context, sent.sent_at, state, update_key, answered"
        " FROM (SELECT 1) LEFT JOIN chat_contexts AS last ON last.conversation = ? AND last.updated_at > ?"
        " LEFT JOIN answers_sent AS sent ON sent.chat = ? AND sent.message = ?"
        f" LEFT JOIN guides ON {_GUIDE}"
    )
    keys = (conversation, fresh, chat, message, conversation, now - GUIDE_SECONDS)
    context, last, messages, before, sent_at, *guide = db.execute(sql, keys).fetchone()
    held = StoredGuide(guide[0], guide[1], bool(guide[2])) if guide[0] is not None else None
    if messages is None:
        return Opening(context, guide=held)
    before = before if sent_at > fresh else None
    return Opening(context, tuple(json.loads(messages)), before, last in (None, message), held)


def guide(db: Database, conversation: str, now: float) -> StoredGuide | None:
    """Where this conversation is in the guide; None after a day without an answer."""
    sql = f"SELECT state, update_key, answered FROM guides WHERE {_GUIDE}"
    row = db.execute(sql, (conversation, now - GUIDE_SECONDS)).fetchone()
    return StoredGuide(row[0], row[1], bool(row[2])) if row else None
