"""How fast the bot calls: Telegram's limits on messages overall, in one chat and in one group, kept before it has to refuse.

Who waits for his own chat or group holds up nobody else: he takes his place among all chats only when his turn has come.
A refusal with a time to wait is dealt with where the message is sent (`handlers.reply.patiently`), for that chat alone.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.ext import BaseRateLimiter

PER_SECOND = 30
IN_CHAT = (5, 5.0)
"""At most five messages in five seconds: one a second in the mean, while an answer of several messages passes at once."""
IN_GROUP = (20, 60.0)
CONNECTIONS = 8
"""Calls under way at once; more only cost time here."""
REMEMBERED = 1024
"""Chats, before those that have been quiet are forgotten."""

FREE = frozenset({"sendChatAction", "deleteMessage"})


class Window:
    """At most `count` calls within any `seconds`, first come, first served."""

    __slots__ = ("_at", "_seconds")

    def __init__(self, count: int, seconds: float) -> None:
        self._seconds = seconds
        self._at: deque[float] = deque(maxlen=count)

    def reserve(self, now: float) -> float:
        """Take the next place; the seconds to wait for it."""
        at = now
        if len(self._at) == self._at.maxlen:
            at = max(now, self._at[0] + self._seconds)
        self._at.append(at)
        return at - now

    def quiet(self, now: float) -> bool:
        """Whether nothing that was taken counts any more."""
        return not self._at or self._at[-1] + self._seconds <= now


class Pace(BaseRateLimiter[None]):
    """The application's rate limiter; with 0 for `per_second` it only bounds the calls under way."""

    def __init__(self, per_second: int = PER_SECOND, clock: Callable[[], float] = time.monotonic) -> None:
        self._overall = Window(per_second, 1.0) if per_second else None
        self._chats: dict[Any, Window] = {}
        self._most = REMEMBERED
        self._clock = clock
        self._connections = asyncio.Semaphore(CONNECTIONS)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to put away."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> Any:
        """Make one call when its turn has come."""
        chat = data.get("chat_id")
        if self._overall and chat is not None and endpoint not in FREE:
            await self._wait(self._window_of(chat))
            await self._wait(self._overall)
        async with self._connections:
            return await callback(*args, **kwargs)

    async def _wait(self, window: Window) -> None:
        if (pause := window.reserve(self._clock())) > 0:
            await asyncio.sleep(pause)

    def _window_of(self, chat: int | str) -> Window:
        window = self._chats.get(chat)
        if window is None:
            if len(self._chats) >= self._most:
                now = self._clock()
                self._chats = {one: kept for one, kept in self._chats.items() if not kept.quiet(now)}
                self._most = max(REMEMBERED, 2 * len(self._chats))
            group = isinstance(chat, str) or chat < 0
            window = self._chats[chat] = Window(*(IN_GROUP if group else IN_CHAT))
        return window
