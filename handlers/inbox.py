"""From Telegram to the handlers: nothing lost, nothing twice, one chat never waiting for another.

Telegram counts an update as delivered before any handler has run. So the queue stores each update first, and forgets its
content only when it has been dealt with: what a killed process left undone is done at the next start, and what Telegram
delivers again is skipped by its id.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable
from inspect import iscoroutine
from typing import Any

from telegram import Bot, Update
from telegram.ext import BaseUpdateProcessor

from db.activity import Activity, Unavailable

log = logging.getLogger(__name__)

PARALLEL = 8
RETRY_SECONDS = 30.0
QUEUED = 100_000  # tasks that may wait for their chat's turn; they cost memory only


class Inbox(asyncio.Queue[object]):
    """The application's update queue, with a memory on disk."""

    def __init__(self, activity: Activity) -> None:
        super().__init__()
        self._activity = activity
        self._unanswered: set[int] = set()

    async def put(self, item: object) -> None:
        """Queue an update once it is stored; one that was stored before is dropped."""
        if isinstance(item, Update) and _kept(item):
            try:
                if not await self._activity.admit(item.update_id, item.to_json()):
                    log.info("Update %s was received before; skipped", item.update_id)
                    return
            except Unavailable:
                log.exception("Update %s is handled without being stored", item.update_id)
        await super().put(item)

    async def restore(self, bot: Bot) -> None:
        """Queue what an earlier process received and did not finish."""
        for payload in await self._activity.pending():
            update = Update.de_json(json.loads(payload), bot)
            log.info("Update %s was left unfinished; taken up again", update.update_id)
            await super().put(update)

    def fail(self, update: Update) -> None:
        """Its answer could not be delivered: it is to be tried again later instead of counting as done."""
        self._unanswered.add(update.update_id)

    async def settle(self, update: Update) -> None:
        """Called when the handlers are through with the update."""
        if not _kept(update):
            return
        try:
            if update.update_id not in self._unanswered:
                await self._activity.settle(update.update_id)
                return
            self._unanswered.discard(update.update_id)
            if await self._activity.postpone(update.update_id):
                asyncio.get_running_loop().call_later(RETRY_SECONDS, self.put_nowait, update)
            else:
                log.error("Update %s could not be answered and is given up", update.update_id)
        except Unavailable:
            log.exception("Update %s could not be marked as handled", update.update_id)


class _Line:
    """The updates of one chat, in order."""

    __slots__ = ("turn", "waiting")

    def __init__(self) -> None:
        self.turn = asyncio.Lock()
        self.waiting = 0


class ByChat(BaseUpdateProcessor):
    """One update of a chat at a time, in the order of arrival; at most `parallel` chats at once.

    The library's own limit counts waiting updates too, so that one talkative chat would take every place; it is set out
    of reach, and the places are given out here, to chats whose turn it is.
    """

    def __init__(self, inbox: Inbox, parallel: int = PARALLEL) -> None:
        super().__init__(QUEUED)
        self._inbox = inbox
        self._places = asyncio.Semaphore(parallel)
        self._lines: dict[int, _Line] = {}

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to put away."""

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle one update after the earlier ones of its chat; other chats do not wait."""
        key = _key(update)
        line = self._lines.setdefault(key, _Line())
        line.waiting += 1
        try:
            async with line.turn, self._places:
                await coroutine
            if isinstance(update, Update):
                await self._inbox.settle(update)
        finally:
            if iscoroutine(coroutine):
                coroutine.close()  # does nothing to one that has run
            line.waiting -= 1
            if not line.waiting:
                del self._lines[key]


def _kept(update: Update) -> bool:
    """An inline query is worth nothing to anybody a moment later."""
    return update.inline_query is None


def _key(update: object) -> int:
    if not isinstance(update, Update):
        return 0
    chat, user = update.effective_chat, update.effective_user
    return chat.id if chat else user.id if user else 0
