"""Asking Telegram for updates, again and again, whatever comes back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from handlers.inbox import Inbox
from handlers.life import until_done
from handlers.reply import PAUSES, patience
from handlers.watch import Watch

log = logging.getLogger(__name__)

LISTEN_SECONDS = 10
"""How long Telegram may keep a call for updates that finds none."""


class Polling:
    """Takes updates by asking for them."""

    def __init__(self, bot: Any, inbox: Inbox, watch: Watch, allowed: Sequence[str]) -> None:
        """`allowed`: kinds of updates that are asked for."""
        self._bot = bot
        self._inbox = inbox
        self._watch = watch
        self._allowed = allowed

    async def receive(self, stop: asyncio.Event) -> None:
        """Ask until cancelled. Raises `InvalidToken` where the token is refused: Telegram has forgotten this bot."""
        await until_done(self._bot.delete_webhook, stop)
        offset: int | None = None
        failed = 0
        while True:
            try:
                updates = await self._bot.get_updates(
                    offset=offset, timeout=LISTEN_SECONDS, allowed_updates=self._allowed
                )
                failed = 0
            except InvalidToken:
                raise
            except TelegramError as error:
                self._watch.overheard(isinstance(error, Conflict))
                log.warning("No updates: %s", error)
                await asyncio.sleep(_pause(error, failed))
                failed += 1
                continue
            self._watch.overheard(False)
            for update in updates:  # acknowledged, by the next call, only once they are stored
                await self._inbox.put(update)
                offset = update.update_id + 1


def _pause(error: TelegramError, failed: int) -> float:
    asked = patience(error, 0, 0) if isinstance(error, RetryAfter) else None
    return asked or min(LISTEN_SECONDS, PAUSES[min(failed, len(PAUSES) - 1)])
