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


def replied(db: Database, chat: int, message: int, now: float) -> str | None:
    """The state after the answer that went out as `message`, whoever had asked; None where it is no longer known.

    It is the state in which the next question of that conversation was asked, or the last one where there was none.
    """
    sql = (
        "SELECT coalesce((SELECT later.context FROM answers_sent AS later WHERE later.chat = sent.chat"
        " AND later.conversation = sent.conversation AND later.message > sent.message ORDER BY later.message LIMIT 1),"
        " (SELECT last.context FROM chat_contexts AS last WHERE last.conversation = sent.conversation"
        " AND last.message = sent.message))"
        " FROM answers_sent AS sent WHERE sent.chat = ? AND sent.sent_at > ?"
        " AND EXISTS (SELECT 1 FROM json_each(sent.messages) WHERE value = ?)"
    )
    row = db.execute(sql, (chat, now - CONTEXT_SECONDS, message)).fetchone()
    return row[0] if row else None


def guide(db: Database, conversation: str, now: float) -> StoredGuide | None:
    """Where this conversation is in the guide; None after a day without an answer."""
    sql = f"SELECT state, update_key, answered FROM guides WHERE {_GUIDE}"
    row = db.execute(sql, (conversation, now - GUIDE_SECONDS)).fetchone()
    return StoredGuide(row[0], row[1], bool(row[2])) if row else None
