"""From Telegram to the handlers: nothing lost, nothing twice, one chat never waiting for another.

Telegram counts an update as delivered before any handler has run. So the queue stores each update first, and forgets its
content only when it has been dealt with: what a killed process left undone is done at the next start, and what Telegram
delivers again is skipped by its id. What may have ended two processes is set aside (`db.inbox`).
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import partial
from inspect import iscoroutine
from typing import Any
from weakref import WeakValueDictionary

from telegram import Bot, Update
from telegram.ext import BaseUpdateProcessor

from db.activity import STALL_SECONDS, Activity, Unavailable
from handlers.chats import chat_of
from handlers.watch import Watch

log = logging.getLogger(__name__)

RECENT = 4096  # ids of updates that are also remembered without the file
WAITING = 500
"""Updates that may wait for their turn. Whoever delivers more waits himself: Telegram keeps them better than memory does."""
QUEUED = 100_000  # the library's own limit, out of reach

_excuse: ContextVar[Callable[[], None] | None] = ContextVar("excuse", default=None)


def has_been_read() -> None:
    """Say so of the update that is handled here: what ends the process from now on is not in it."""
    if (excuse := _excuse.get()) is not None:
        _excuse.set(None)
        with suppress(RuntimeError):  # closed
            excuse()


class Inbox(asyncio.Queue[object]):
    """The application's update queue, with a memory on disk."""

    def __init__(self, activity: Activity, *, acknowledge_late: bool) -> None:
        """`acknowledge_late`: while the file is held up, keep the one who delivers an update waiting until it is stored.

        Not by polling, where one who waits keeps the next update from coming.
        """
        super().__init__()
        self._activity = activity
        self._acknowledge_late = acknowledge_late
        self._recent: OrderedDict[int, None] = OrderedDict()
        self._waiting = 0
        self._room = asyncio.Event()
        self._door = asyncio.Lock()
        self._suspects: set[int] = set()
        self._alone = asyncio.Lock()
        self.aside: list[Update] = []
        """What has been under way in too many processes that ended; not to be handled, only to be told of."""

    async def put(self, item: object) -> None:
        """Queue an update once it is stored (`receive`); anything else at once.

        An update with nothing in it stands for one that could not be read (`handlers.intake`), and is dropped.
        """
        if isinstance(item, Update):
            if item.effective_user or item.effective_chat:
                await self.receive(item, item.to_json() if _kept(item) else "")
        else:
            await super().put(item)

    async def receive(self, update: Update, payload: str) -> None:
        """Queue an update once it is stored, or when that takes too long; one that was received before is dropped.

        `payload`: the update as JSON.
        """
        if not _kept(update):
            await self._let_in(update)
            return
        kept = None if update.chosen_inline_result else payload
        new, stored = await self._store(update.update_id, kept)
        if new:
            await self._let_in(update)
        else:
            log.info("Update %s was received before; skipped", update.update_id)
        if not stored and self._acknowledge_late:
            with _logged("Update %s is not stored", update):
                await self._activity.admit(update.update_id, kept)

    async def _let_in(self, update: Update) -> None:
        async with self._door:  # in the order of arrival, also where they have to wait
            while self._waiting >= WAITING:
                self._room.clear()
                await self._room.wait()
            self._waiting += 1
            await super().put(update)

    def through(self) -> None:
        """Called when an update has had its turn, whatever became of it."""
        self._waiting -= 1
        self._room.set()

    async def _store(self, id_: int, payload: str | None) -> tuple[bool, bool]:
        """Whether it is new, and whether it is on disk."""
        known = id_ in self._recent
        self._recent[id_] = None
        if len(self._recent) > RECENT:
            self._recent.popitem(last=False)
        try:
            async with asyncio.timeout(STALL_SECONDS):
                return await self._activity.admit(id_, payload), True
        except (Unavailable, TimeoutError) as error:
            log.warning("Update %s is handled before it is stored: %s", id_, error or "the file is held up")
            return not known, False

    async def restore(self, bot: Bot) -> None:
        """Queue what an earlier process received and did not finish; `aside` holds what is not tried again."""
        for one in await self._activity.pending():
            try:
                update = Update.de_json(json.loads(one.payload), bot)
            except Exception as error:  # written by another version of the library
                log.error("Update %s cannot be read any more: %s", one.id, type(error).__name__)
                await self._activity.settle(one.id)
                continue
            if one.dangerous:
                log.error("Update %s was under way when %d processes ended; set aside", one.id, one.attempts)
                self.aside.append(update)
                continue
            log.info("Update %s was left unfinished; taken up again", one.id)
            if one.begun:
                self._suspects.add(one.id)
            self._waiting += 1
            await super().put(update)

    async def begin(self, update: Update) -> None:
        """Count the update: what ends the process from now on may be in it.

        Of those that were read when a process ended one is read at a time, so that none is blamed for another.
        """
        if not _kept(update):
            return
        if update.update_id in self._suspects:
            await self._alone.acquire()
        _excuse.set(partial(self._excused, update.update_id))
        with _logged("Update %s could not be counted", update), suppress(TimeoutError):
            async with asyncio.timeout(STALL_SECONDS):
                await self._activity.begin(update.update_id)

    def _excused(self, id_: int) -> None:
        self._next_suspect(id_)
        self._activity.excuse(id_)

    def _next_suspect(self, id_: int) -> None:
        if id_ in self._suspects:
            self._suspects.discard(id_)
            self._alone.release()

    async def settle(self, update: Update) -> None:
        """Called when the handlers are through with the update."""
        if not _kept(update):
            return
        self._next_suspect(update.update_id)
        with _logged("Update %s could not be marked as handled", update), suppress(TimeoutError):
            async with asyncio.timeout(STALL_SECONDS):  # the chat's next update waits for this one
                await self._activity.settle(update.update_id)


@contextmanager
def _logged(what: str, update: Update) -> Iterator[None]:
    """An answer matters more than its record: where the file fails, the log says so."""
    try:
        yield
    except Unavailable:
        log.exception(what, update.update_id)


class ByChat(BaseUpdateProcessor):
    """One update of a chat at a time, in the order of arrival; chats do not wait for each other.

    What is scarce, calls to Telegram, is given out where they are made (`handlers.pace`), so that a chat that waits
    takes no place. The library's own limit, which would count those that wait, is set out of reach.
    """

    def __init__(self, inbox: Inbox, watch: Watch) -> None:
        super().__init__(QUEUED)
        self._inbox = inbox
        self._watch = watch
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        """Of each chat that has an update under way, held by those that are or wait for it."""
        self._tasks: set[asyncio.Task[Any]] = set()

    def break_off(self) -> None:
        """End what is under way or waits; it is taken up at the next start."""
        for task in self._tasks:
            task.cancel()

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to put away."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle one update after the earlier ones of its chat; other chats do not wait."""
        turn = self._turns.setdefault(chat_of(update), asyncio.Lock())
        if task := asyncio.current_task():
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        try:
            with self._watch.handling(update.update_id if isinstance(update, Update) else None):
                async with turn:
                    await self._handled(update, coroutine)
        finally:
            if iscoroutine(coroutine):
                coroutine.close()  # does nothing to one that has run
            if isinstance(update, Update):
                self._inbox.through()

    async def _handled(self, update: object, coroutine: Awaitable[Any]) -> None:
        if not isinstance(update, Update):
            await coroutine
            return
        await self._inbox.begin(update)
        try:
            await coroutine
        except asyncio.CancelledError:  # the process is told to stop
            has_been_read()
            raise
        await self._inbox.settle(update)


def _kept(update: Update) -> bool:
    """An inline query is worth nothing to anybody a moment later; of one that was sent on, only the id is stored."""
    return update.inline_query is None
