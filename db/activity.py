"""What happens in chats: the inbox of updates, contexts, answers sent, buttons, questions asked, feedback.

One writer: every statement runs in one dedicated thread with its own connection, so the event loop never waits for the
disk and calls are carried out in the order in which they were made. A method returns when its rows are committed; a
process that is killed afterwards keeps them. Every method raises `Unavailable` when the file cannot be read or written.

A *conversation* is whose questions follow on from each other: a private chat, or one person in a group. Texts of
questions are kept without any id of a person, under a keyed hash of the conversation, which is enough to delete them
(`db.gaps` says which texts, and for how long).
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlite_utils import Database

from db import gaps, openings
from db.activity_steps import open_activity
from db.connection import lasting, transaction
from db.errors import DatabaseGone
from db.inbox import SETTLE, Pending
from db.kept import APOLOGY_SECONDS, KEEP_QUESTIONS, PRUNING
from db.openings import Opening, StoredGuide, move_chat, moved_to
from db.recording import Asked, Recorded, Sent, StoredChoice, chat_of, choice_id, last_question, record
from db.usage import day_of
from db.worker import Worker

Unavailable = sqlite3.Error

STALL_SECONDS = 0.5  # so long does an answer wait for a file that another process holds
DOUBLE_TAP_SECONDS = 10

P = ParamSpec("P")
R = TypeVar("R")


def in_turn(
    work: Callable[Concatenate[Activity, P], R],
) -> Callable[Concatenate[Activity, P], Coroutine[Any, Any, R]]:
    """A method that the writer's thread carries out in its turn, whoever waits for it."""

    @wraps(work)
    async def run(activity: Activity, /, *args: P.args, **kwargs: P.kwargs) -> R:
        return await activity.run(lambda: work(activity, *args, **kwargs))

    return run


class Activity:
    """The writer thread and all that may be asked of it."""

    def __init__(self, path: str | Path, clock: Callable[[], float] = time.time) -> None:
        self.now = clock
        self._moved: dict[int, int] = {}
        self._settled: set[int] = set()
        self.takes_writes = True
        """Whether the file took the last update that came in."""
        self._thread = Worker("activity")
        try:
            self._db, self._key = self._thread.at_once(lambda: open_activity(path))
            self._number = self._thread.at_once(lambda: last_question(self._db))
        except BaseException:
            self._thread.close()
            raise

    def still_there(self) -> bool:
        """Whether the file at the path is the open one, and whole; may be asked from any thread."""
        return self._db.still_there()

    def close(self) -> None:
        """Finish what was begun and close the file; a second call does nothing."""
        with suppress(RuntimeError):
            self._thread.at_once(self._db.close)
        self._thread.close()

    async def run(self, work: Callable[[], R]) -> R:
        """Carry out `work` in its turn."""
        try:
            return await self._thread.run(work)
        except DatabaseGone as error:
            raise Unavailable(str(error)) from error

    async def carry_out(
        self, work: Callable[Concatenate[Database, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run a function of another module on the open database, in its turn."""
        return await self.run(lambda: work(self._db, *args, **kwargs))

    def _write(self, sql: str, values: Any) -> int:
        """One statement, in the thread of the file; how many rows it has changed."""
        return int(self._db.execute(sql, values).rowcount)

    # The inbox (`db.inbox`).

    async def admit(self, update: int, payload: str | None) -> bool:
        """Store a new update; False when this id was stored before, handled or not. Without a payload it is known,
        and lost when the process is killed now.
        """
        sql = "INSERT OR IGNORE INTO handled_updates (id, payload, attempts, at) VALUES (?, ?, 0, ?)"
        values = (update, payload, self.now())
        try:
            new = await self.run(lambda: self._write(sql, values)) == 1
        except Unavailable:
            self.takes_writes = False
            raise
        self.takes_writes = True
        return new

    @in_turn
    def pending(self) -> list[Pending]:
        """What no answer went out for, oldest first."""
        sql = "SELECT id, payload, begun, attempts FROM handled_updates WHERE payload IS NOT NULL ORDER BY id"
        return [Pending(*row) for row in self._db.execute(sql).fetchall()]

    @in_turn
    def begin(self, update: int) -> None:
        """Count the update before it is read (`db.inbox`)."""
        sql = "UPDATE handled_updates SET begun = begun + 1, attempts = attempts + 1 WHERE id = ?"
        self._db.execute(sql, (update,))

    def excuse(self, update: int) -> None:
        """Take one count back, soon; nobody waits for it."""
        sql = "UPDATE handled_updates SET begun = max(begun - 1, 0) WHERE id = ?"
        self._thread.soon(lambda: self._write(sql, (update,)))

    async def settle(self, update: int) -> None:
        """The update is dealt with: its id stays, its content goes."""
        if update in self._settled:  # together with its answer
            self._settled.discard(update)
        else:
            await self.run(lambda: self._write(SETTLE, {"update": update}))

    # Questions and answers.

    @in_turn
    def opening(self, conversation: str, chat: int, message: int) -> Opening:
        """The state in which `message` asks its question."""
        return openings.opening(self._db, conversation, chat, message, self.now())

    @in_turn
    def replied(self, chat: int, message: int) -> str | None:
        """The state after the answer that is replied to, as JSON; None where it is no longer known."""
        return openings.replied(self._db, chat, message, self.now())

    def number(self, asked: Asked) -> Recorded:
        """Ids for the buttons under an answer, never given before; `record` then writes the rows that they stand for.

        Numbers of questions are milliseconds since 1970, so that they grow from one process to the next as well.
        """
        self._number = max(self._number + 1, int(self.now() * 1_000))
        ids = tuple(choice_id(asked.chat, label, text) for label, text in asked.choices)
        return Recorded(self._number, ids)

    async def record(self, asked: Asked, given: Recorded | None = None, sent: Sent | None = None) -> Recorded:
        """Keep the question, the new context, the buttons under the ids `given`, and how it was `sent`: all or nothing."""
        given = given or self.number(asked)
        if (to := self._moved.get(asked.chat)) is not None:
            asked = replace(asked, chat=to, conversation=moved_to(asked.conversation, to))
        hashed = self._hash(asked.conversation)
        await self.carry_out(record, asked, given, sent, hashed, self.now())
        if sent and sent.update is not None:
            self._settled.add(sent.update)
        return given

    @in_turn
    def choice(self, chat: int, id_: str) -> StoredChoice | None:
        """The button with this id in this chat, None when there is none (any more)."""
        sql = "SELECT id, chat, question, label FROM choices WHERE chat = ? AND id = ?"
        row = self._db.execute(sql, (chat, id_)).fetchone()
        return StoredChoice(*row) if row else None

    @in_turn
    def tap(self, callback: str, conversation: str, message: int, choice: str) -> bool:
        """Note a tap; False when it is a repetition: the same callback answered, or a second tap at once."""
        now = self.now()
        with transaction(self._db):
            sql = (
                "SELECT 1 FROM taps WHERE (id = ? AND answered)"
                " OR (id != ? AND conversation = ? AND message = ? AND choice = ? AND abs(at - ?) < ?)"
            )
            button = (callback, conversation, message, choice)
            if self._db.execute(sql, (callback, *button, now, DOUBLE_TAP_SECONDS)).fetchone():
                return False
            sql = "INSERT OR REPLACE INTO taps (id, conversation, message, choice, at, answered) VALUES (?, ?, ?, ?, ?, 0)"
            self._db.execute(sql, (*button, now))
        return True

    @in_turn
    def tapped(self, callback: str) -> None:
        """The tap has its answer."""
        self._db.execute("UPDATE taps SET answered = 1 WHERE id = ?", (callback,))

    @in_turn
    def rate(self, question: int, conversation: str, rating: int) -> bool:
        """Keep 1 or -1 for one's own question, the last one counts; False for anybody else's or none."""
        sql = (
            "INSERT OR REPLACE INTO feedback (question, rating)"
            " SELECT id, ? FROM questions WHERE id = ? AND conversation_hash = ?"
        )
        with transaction(self._db):
            kept = self._db.execute(sql, (rating, question, self._hash(conversation))).rowcount == 1
            if kept:
                gaps.rated(self._db, question, rating)
        return kept

    @in_turn
    def apology_due(self, conversation: str) -> bool:
        """True once an hour for each conversation: the first late answer says that it is late."""
        now = self.now()
        sql = (
            "INSERT INTO apologies (conversation, at) VALUES (?, ?)"
            " ON CONFLICT (conversation) DO UPDATE SET at = excluded.at WHERE at < ?"
        )
        return self._db.execute(sql, (conversation, now, now - APOLOGY_SECONDS)).rowcount == 1

    # The guide: one row a conversation, written before its reply leaves.

    @in_turn
    def guide(self, conversation: str) -> StoredGuide | None:
        """Where this conversation is in the guide; None after a day without an answer."""
        sql = "SELECT state, update_key, answered FROM guides WHERE conversation = ? AND updated_at > ?"
        row = self._db.execute(sql, (conversation, self.now() - openings.GUIDE_SECONDS)).fetchone()
        return StoredGuide(row[0], row[1], bool(row[2])) if row else None

    @in_turn
    def keep_guide(self, conversation: str, guide: StoredGuide) -> None:
        """The conversation has come this far."""
        sql = (
            "INSERT OR REPLACE INTO guides (conversation, state, update_key, answered, updated_at)"
            " VALUES (?, ?, ?, ?, ?)"
        )
        self._db.execute(sql, (conversation, guide.state, guide.update, guide.answered, self.now()))

    # Groups that get another id.

    async def move(self, chat: int, to: int) -> None:
        """A group has another id: everything of it goes there, also what is recorded of it from now on."""
        self._moved[chat] = to
        await self.carry_out(move_chat, chat, to, self._hash)

    # Forgetting.

    @in_turn
    def forget(self, conversation: str) -> None:
        """The next question starts afresh."""
        with lasting(self._db):
            for table in ("chat_contexts", "guides"):
                self._db.execute(f"DELETE FROM {table} WHERE conversation = ?", (conversation,))
            sql = "UPDATE answers_sent SET context = NULL WHERE chat = ? AND conversation = ?"
            self._db.execute(sql, (chat_of(conversation), conversation))

    @in_turn
    def erase(self, conversation: str) -> None:
        """Delete everything that is kept about the conversation, but for ids of updates."""
        with lasting(self._db):
            for table in _OF_A_CONVERSATION:
                self._db.execute(f"DELETE FROM {table} WHERE conversation = ?", (conversation,))
            for table in _BY_CHAT:
                sql = f"DELETE FROM {table} WHERE chat = ? AND conversation = ?"
                self._db.execute(sql, (chat_of(conversation), conversation))
            for table in ("follows", "notices"):
                self._db.execute(f"DELETE FROM {table} WHERE CAST(chat AS TEXT) = ?", (conversation,))
            self._db.execute("DELETE FROM questions WHERE conversation_hash = ?", (self._hash(conversation),))

    @in_turn
    def prune(self) -> None:
        """Delete what has reached its age; meant to be called every few minutes."""
        now = self.now()
        with transaction(self._db):
            for sql, age in PRUNING:
                self._db.execute(sql, (now - age,))
            oldest = day_of(now - KEEP_QUESTIONS).isoformat()
            self._db.execute("DELETE FROM questions WHERE day < ?", (oldest,))

    def _hash(self, conversation: str) -> str:
        return gaps.conversation_hash(self._key, conversation)


_OF_A_CONVERSATION = ["chat_contexts", "guides", "taps", "apologies"]
_BY_CHAT = ["answers_sent", "choices", "shown_rows"]
