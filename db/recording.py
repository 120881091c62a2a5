"""All that an answer leaves behind, written together: the question, the new context, buttons, what was shown and where."""

from __future__ import annotations

import json

from sqlite_utils import Database

from db import gaps, inbox, message_rows, shown
from db.activity_rows import Asked, Recorded, Sent
from db.connection import transaction
from db.personal import state_without_personal, without_personal
from db.usage import day_of

_STEPS = (
    "INSERT OR REPLACE INTO chat_contexts (conversation, context, message, updated_at)"
    " SELECT :conversation, :context, :message, :at WHERE :context IS NOT NULL",
    "INSERT INTO questions (id, conversation_hash, text, status, kind, day, topics)"
    " VALUES (:question, :hash, '', :status, :kind, :day, :topics)",
    *gaps.KEEP,
    "INSERT OR REPLACE INTO choices (id, chat, conversation, question, label, created)"
    " SELECT json_extract(value, '$[0]'), :chat, :conversation, json_extract(value, '$[2]'),"
    " json_extract(value, '$[1]'), :at FROM json_each(:choices)",
    shown.KEEP,
    "INSERT OR REPLACE INTO answers_sent (chat, message, conversation, messages, context, sent_at)"
    " SELECT :chat, :message, :conversation, :messages, :before, :at"
    " WHERE :messages IS NOT NULL AND :message != 0",
    message_rows.KEEP,
    inbox.SETTLE,
)


def last_question(db: Database) -> int:
    """The highest number that a question was given, by whatever clock."""
    ((last,),) = db.execute("SELECT coalesce(max(id), 0) FROM questions").fetchall()
    return int(last)


def record(db: Database, asked: Asked, given: Recorded, sent: Sent | None, hashed: str, now: float) -> None:
    """Write it: all or nothing. `hashed`: what stands for the conversation beside its question."""
    choices = [(id_, *choice) for id_, choice in zip(given.choices, asked.choices, strict=True)]
    values = {
        "question": given.question,
        "conversation": asked.conversation,
        "hash": hashed,
        "chat": asked.chat,
        "message": asked.message,
        "context": state_without_personal(asked.context),
        "words": without_personal(asked.text),  # empty where they may not be kept
        "status": asked.status,
        "kind": asked.kind,
        "day": day_of(now).isoformat(),
        "topics": json.dumps(asked.topics),
        "choices": json.dumps(choices),
        "figures": json.dumps(asked.figures),
        "messages": json.dumps(list(sent.messages)) if sent else None,  # NULL where nothing was sent
        "before": sent and state_without_personal(sent.before),
        "rows": json.dumps(list(sent.rows)) if sent and sent.rows else None,
        "update": sent and sent.update,  # NULL where nothing is dealt with
        "at": now,
    }
    with transaction(db):
        for step in _STEPS:
            db.execute(step, values)
