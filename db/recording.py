"""All that an answer leaves behind, written together: the question, the new context, buttons, what was shown and where."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from sqlite_utils import Database

from db import gaps, inbox
from db.connection import transaction
from db.personal import state_without_personal, without_personal
from db.usage import day_of

KEEP_SHOWN = 30 * 24 * 60 * 60
"""Seconds. Who saw a figure longer ago is not told of its correction, and its table is asked for anew."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with what came of it. `context` None: leave the conversation's context as it is.

    `text`: empty unless the question may be kept for those who fill gaps (`db.gaps` decides, and takes out what is
    personal). `topics`: ids of what the answer was about, for counting.
    """

    conversation: str
    chat: int
    message: int
    context: str | None
    text: str
    status: str
    kind: str
    choices: tuple[tuple[str, str], ...] = ()  # (label, question)
    figures: tuple[str, ...] = ()  # ids of those that the answer shows
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recorded:
    """Ids for the buttons under an answer; `choices` in the order given."""

    question: int
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """How the answer to a question went out: in `messages`, which show `rows` of the base, (table, id), the leading one first.

    `before`: the context in which it was asked. `update`: what brought it, where that is dealt with now.
    """

    messages: Sequence[int]
    before: str | None = None
    rows: Sequence[tuple[str, str]] = ()
    update: int | None = None


@dataclass(frozen=True, slots=True)
class StoredChoice:
    """A button that was offered."""

    id: str
    chat: int
    question: str
    label: str


def figures_of(db: Database, question: int, chat: int) -> tuple[str, ...]:
    """What was shown under `question`, in order; nothing to any other chat."""
    sql = "SELECT figure FROM shown WHERE question = ? AND chat = ? ORDER BY place"
    return tuple(figure for (figure,) in db.execute(sql, [question, chat]).fetchall())


def who_saw(db: Database, figure: str, since: float) -> list[int]:
    """The chats that were shown a figure since then."""
    sql = "SELECT DISTINCT chat FROM shown WHERE figure = ? AND at >= ? ORDER BY chat"
    return [chat for (chat,) in db.execute(sql, [figure, since]).fetchall()]


KEEP_ROWS = 30 * 24 * 60 * 60


def shown_rows(db: Database, chat: int, message: int) -> list[tuple[str, str]]:
    """What a message showed; empty where that is not known (any more)."""
    sql = "SELECT rows FROM shown_rows WHERE chat = ? AND message = ?"
    found = db.execute(sql, [chat, message]).fetchone()
    return [] if found is None else [(table, row) for table, row in json.loads(found[0])]


_STEPS = (
    "INSERT OR REPLACE INTO chat_contexts (conversation, context, message, updated_at)"
    " SELECT :conversation, :context, :message, :at WHERE :context IS NOT NULL",
    "INSERT INTO questions (id, conversation_hash, text, status, kind, day, topics)"
    " VALUES (:question, :hash, '', :status, :kind, :day, :topics)",
    *gaps.KEEP,
    "INSERT OR REPLACE INTO choices (id, chat, conversation, question, label, created)"
    " SELECT json_extract(value, '$[0]'), :chat, :conversation, json_extract(value, '$[2]'),"
    " json_extract(value, '$[1]'), :at FROM json_each(:choices)",
    "INSERT OR IGNORE INTO shown (question, place, chat, figure, at)"
    " SELECT :question, key, :chat, value, :at FROM json_each(:figures)",
    "INSERT OR REPLACE INTO answers_sent (chat, message, conversation, messages, context, sent_at)"
    " SELECT :chat, :message, :conversation, :messages, :before, :at"
    " WHERE :messages IS NOT NULL AND :message != 0",
    "INSERT OR REPLACE INTO shown_rows (chat, message, conversation, rows, at)"
    " SELECT :chat, value, :conversation, :rows, :at FROM json_each(:messages)"
    " WHERE :rows IS NOT NULL",
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
