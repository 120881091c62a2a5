"""What is known of a conversation when something comes in from it; and a group that gets another id takes it along.

The functions take the open activity database first; `now` is seconds since 1970.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from sqlite_utils import Database

from db.connection import transaction

CONTEXT_SECONDS = 30 * 60
GUIDE_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class StoredGuide:
    """How far somebody is in the guide. `update`: what brought him there; `answered`: whether its reply went out."""

    state: str
    update: str
    answered: bool


@dataclass(frozen=True, slots=True)
class Opening:
    """What is known when a question comes in.

    `context`: JSON, None when there is none or it is too old. `messages`: ids of the messages that already answer this
    question, with `before`, the context it was asked in. `latest`: nothing was asked after it. `guide`: as
    `Activity.guide`.
    """

    context: str | None
    messages: tuple[int, ...] = ()
    before: str | None = None
    latest: bool = True
    guide: StoredGuide | None = None


def opening(db: Database, conversation: str, chat: int, message: int, now: float) -> Opening:
    """The state in which `message` asks its question."""
    fresh = now - CONTEXT_SECONDS
    sql = (
        "SELECT last.context, last.message, sent.messages, sent.context, sent.sent_at, state, update_key, answered"
        " FROM (SELECT 1) LEFT JOIN chat_contexts AS last ON last.conversation = ? AND last.updated_at > ?"
        " LEFT JOIN answers_sent AS sent ON sent.chat = ? AND sent.message = ?"
        " LEFT JOIN guides ON guides.conversation = ? AND guides.updated_at > ?"
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


_BY_CONVERSATION = ("chat_contexts", "guides", "taps", "apologies", "answers_sent", "choices", "shown_rows")
_BY_CHAT = ("answers_sent", "choices", "shown_rows", "shown")


def moved_to(conversation: str, chat: int) -> str:
    """The same person's conversation in the chat of the new id."""
    _, slash, person = conversation.partition("/")
    return f"{chat}{slash}{person}"


def move_chat(db: Database, chat: int, to: int, hashed: Callable[[str], str]) -> None:
    """Give everything of `chat` the id `to`; what is there already under it stays. `hashed`: see `db.activity`."""
    with transaction(db):
        found = set[str]()
        for table in _BY_CONVERSATION:
            sql = f"SELECT DISTINCT conversation FROM {table} WHERE conversation = ? OR conversation LIKE ?"
            found.update(one for (one,) in db.execute(sql, (str(chat), f"{chat}/%")).fetchall())
        for conversation in sorted(found):
            new = moved_to(conversation, to)
            for table in _BY_CONVERSATION:
                sql = f"UPDATE OR IGNORE {table} SET conversation = ? WHERE conversation = ?"
                db.execute(sql, (new, conversation))
            sql = "UPDATE questions SET conversation_hash = ? WHERE conversation_hash = ?"
            db.execute(sql, (hashed(new), hashed(conversation)))
        for table in _BY_CHAT:
            db.execute(f"UPDATE OR IGNORE {table} SET chat = ? WHERE chat = ?", (to, chat))
