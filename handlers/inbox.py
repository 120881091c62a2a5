"""From Telegram to the handlers: nothing lost, nothing twice, one chat never waiting for another.

Telegram counts an update as delivered before any handler has run. So the queue stores each update first, and forgets its
content only when it has been dealt with: what a killed process left undone is done at the next start, and what Telegram
delivers again is skipped by its id.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import Counter, OrderedDict
from collections.abc import Awaitable
from inspect import iscoroutine
from typing import Any

from telegram import Bot, Update
from telegram.ext import BaseUpdateProcessor

from db.activity import STALL_SECONDS, Activity, Unavailable
from db.activity_rows import Asker
from handlers.chats import chat_of, private_asker

log = logging.getLogger(__name__)

ANSWERING_TASK = ":process_concurrent_update"  # the name that the library gives
GRACE_SECONDS = 3  # for answers under way when the process is told to stop
RECENT = 4096  # ids of updates that are also remembered without the file
WAITING = 500
"""Updates that may wait for their turn. Whoever delivers more waits himself: Telegram keeps them better than memory does."""
QUEUED = 100_000  # the library's own limit, out of reach


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
        self._under_way: Counter[int] = Counter()
        self._room = asyncio.Event()
        self._door = asyncio.Lock()

    async def put(self, item: object) -> None:
        """Queue an update once it is stored (`receive`); anything else at once."""
        if isinstance(item, Update):
            await self.receive(item, item.to_json() if _kept(item) else "")
        else:
            await super().put(item)

    async def receive(self, update: Update, payload: str) -> None:
        """Queue an update once it is stored, or when that takes too long; one that was received before is dropped.

        `payload`: the update as JSON.
        """
        alone = self._enter(update)
        if not _kept(update):
            await self._let_in(update)
            return
        kept = None if update.chosen_inline_result else payload
        new, stored = await self._store(update.update_id, kept, private_asker(update) if alone else None)
        if new:
            await self._let_in(update)
        else:
            self._leave(update)
            log.info("Update %s was received before; skipped", update.update_id)
        if not stored and self._acknowledge_late:
            try:
                await self._activity.admit(update.update_id, kept)
            except Unavailable:
                log.exception("Update %s is not stored", update.update_id)

    async def _let_in(self, update: Update) -> None:
        async with self._door:  # in the order of arrival, also where they have to wait
            while self._waiting >= WAITING:
                self._room.clear()
                await self._room.wait()
            self._waiting += 1
            await super().put(update)

    def through(self, update: Update) -> None:
        """Called when an update has had its turn, whatever became of it."""
        self._leave(update)
        self._waiting -= 1
        self._room.set()

    def _enter(self, update: Update) -> bool:
        """Whether it is the only one of its chat that is under way."""
        chat = chat_of(update)
        self._under_way[chat] += 1
        return self._under_way[chat] == 1

    def _leave(self, update: Update) -> None:
        chat = chat_of(update)
        self._under_way[chat] -= 1
        if not self._under_way[chat]:
            del self._under_way[chat]

    async def _store(self, id_: int, payload: str | None, asked_by: Asker | None) -> tuple[bool, bool]:
        """Whether it is new, and whether it is on disk."""
        known = id_ in self._recent
        self._recent[id_] = None
        if len(self._recent) > RECENT:
            self._recent.popitem(last=False)
        try:
            async with asyncio.timeout(STALL_SECONDS):
                return await self._activity.admit(id_, payload, asked_by), True
        except (Unavailable, TimeoutError) as error:
            log.warning("Update %s is handled before it is stored: %s", id_, error or "the file is held up")
            return not known, False

    async def restore(self, bot: Bot) -> None:
        """Queue what an earlier process received and did not finish."""
        for payload in await self._activity.pending():
            update = Update.de_json(json.loads(payload), bot)
            log.info("Update %s was left unfinished; taken up again", update.update_id)
            self._enter(update)
            self._waiting += 1
            await super().put(update)

    async def settle(self, update: Update) -> None:
        """Called when the handlers are through with the update."""
        if not _kept(update):
            return
        try:
            await self._activity.settle(update.update_id)
        except Unavailable:
            log.exception("Update %s could not be marked as handled", update.update_id)


class _Line:
    """The updates of one chat, in order."""

    __slots__ = ("turn", "waiting")

    def __init__(self) -> None:
        self.turn = asyncio.Lock()
        self.waiting = 0


class ByChat(BaseUpdateProcessor):
    """One update of a chat at a time, in the order of arrival; chats do not wait for each other.

    What is scarce, calls to Telegram, is given out where they are made (`handlers.pace`), so that a chat that waits
    takes no place. The library's own limit, which would count those that wait, is set out of reach.
    """

    def __init__(self, inbox: Inbox) -> None:
        super().__init__(QUEUED)
        self._inbox = inbox
        self._lines: dict[int, _Line] = {}

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to put away."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle one update after the earlier ones of its chat; other chats do not wait."""
        key = chat_of(update)
        line = self._lines.setdefault(key, _Line())
        line.waiting += 1
        try:
            async with line.turn:
                await coroutine
            if isinstance(update, Update):
                await self._inbox.settle(update)
        finally:
            if iscoroutine(coroutine):
                coroutine.close()  # does nothing to one that has run
            if isinstance(update, Update):
                self._inbox.through(update)
            line.waiting -= 1
            if not line.waiting:
                del self._lines[key]


def _kept(update: Update) -> bool:
    """An inline query is worth nothing to anybody a moment later; of one that was sent on, only the id is stored."""
    return update.inline_query is None


def cancel_tasks(name: str) -> None:
    """End those whose name has this in it; the update of an answer that is broken off is taken up at the next start."""
    for task in asyncio.all_tasks():
        if name in task.get_name():
            task.cancel()
