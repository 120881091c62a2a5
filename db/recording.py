"""All that an answer leaves behind, written by one statement: a trigger of the connection knows what goes where.

Around each statement Python's interpreter is given away and asked back, which costs more than the statement itself while
others are being answered; and a statement by itself is written whole or not at all.
"""

from __future__ import annotations

import json

from sqlite_utils import Database

from db import gaps, inbox, message_rows, shown
from db.activity_rows import Asked, Recorded, Sent
from db.personal import without_personal
from db.usage import day_of

_FIELDS = (
    "question", "conversation", "hash", "chat", "message", "context", "words", "status", "kind", "day", "topics",
    "choices", "figures", "messages", "before", "rows", "update_id", "at",
)  # fmt: skip
"""Of one answer: `words` of the question, empty where they may not be kept. Lists are JSON. `messages` is NULL where
nothing was sent, `update_id` where nothing is dealt with."""

_STEPS = (
    "INSERT OR REPLACE INTO chat_contexts (conversation, context, message, updated_at)"
    " SELECT new.conversation, new.context, new.message, new.at WHERE new.context IS NOT NULL",
    "INSERT INTO questions (id, conversation_hash, text, status, kind, day, topics)"
    " VALUES (new.question, new.hash, '', new.status, new.kind, new.day, new.topics)",
    *gaps.KEEP,
    "INSERT OR REPLACE INTO choices (id, chat, conversation, question, label, created)"
    " SELECT json_extract(value, '$[0]'), new.chat, new.conversation, json_extract(value, '$[2]'),"
    " json_extract(value, '$[1]'), new.at FROM json_each(new.choices)",
    shown.KEEP,
    "INSERT OR REPLACE INTO answers_sent (chat, message, conversation, messages, context, sent_at)"
    " SELECT new.chat, new.message, new.conversation, new.messages, new.before, new.at"
    " WHERE new.messages IS NOT NULL AND new.message != 0",
    message_rows.KEEP,
    inbox.SETTLE.replace("?", "new.update_id"),
)

_RECORD = f"INSERT INTO temp.answered ({', '.join(_FIELDS)}) VALUES ({', '.join('?' * len(_FIELDS))})"


def prepare(db: Database) -> None:
    """Once for each connection, before `record`."""
    columns = ", ".join(f"NULL AS {field}" for field in _FIELDS)
    db.execute(f"CREATE TEMP VIEW answered AS SELECT {columns}")
    steps = "; ".join(_STEPS)
    db.execute(f"CREATE TEMP TRIGGER keep_answered INSTEAD OF INSERT ON answered BEGIN {steps}; END")


def record(db: Database, asked: Asked, given: Recorded, sent: Sent | None, hashed: str, now: float) -> None:
    """Write it: all or nothing. `hashed`: what stands for the conversation beside its question."""
    choices = [(id_, *choice) for id_, choice in zip(given.choices, asked.choices, strict=True)]
    row = (
        given.question,
        asked.conversation,
        hashed,
        asked.chat,
        asked.message,
        asked.context,
        without_personal(asked.text),
        asked.status,
        asked.kind,
        day_of(now).isoformat(),
        json.dumps(asked.topics),
        json.dumps(choices),
        json.dumps(asked.figures),
        json.dumps(list(sent.messages)) if sent else None,
        sent and sent.before,
        json.dumps(list(sent.rows)) if sent and sent.rows else None,
        sent and sent.update,
        now,
    )
    db.execute(_RECORD, row)
