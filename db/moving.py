"""A group that becomes a supergroup gets another id: what is kept of it goes along.

The functions take the open activity database first.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlite_utils import Database

from db.connection import transaction

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
