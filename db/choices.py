"""Buttons that were offered: rows, found again by their id or by what they are called."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import blake2b

from sqlite_utils import Database


def chat_of(conversation: str) -> int:
    """The chat in which a conversation is."""
    return int(conversation.partition("/")[0])


def choice_id(chat: int, label: str, question: str) -> str:
    """The same button in the same chat keeps its id, so asking again does not fill the table."""
    digest = blake2b(f"{chat}\0{label}\0{question}".encode(), digest_size=9).digest()
    return urlsafe_b64encode(digest).decode()


def latest_choice(db: Database, conversation: str, label: str, since: float) -> str:
    """What the button with this label stands for that the conversation was shown last; empty where there was none."""
    sql = (
        "SELECT question FROM choices WHERE chat = ? AND conversation = ? AND label = ? AND created > ?"
        " ORDER BY created DESC LIMIT 1"
    )
    found = db.execute(sql, [chat_of(conversation), conversation, label, since]).fetchone()
    return str(found[0]) if found else ""
