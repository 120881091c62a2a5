"""How much one person may ask: a bucket each, and one polite sentence when it is empty.

The time of a message is when it was sent, so that what has waited through an outage is answered in full.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.ext import ContextTypes

from handlers.buttons import acknowledge
from handlers.reply import Sender, place_of
from knowledge.telling.render import notice

PER_MINUTE = 20
BURST = 8
TYPED_PER_MINUTE = 240
TYPED_BURST = 40
"""For inline queries, of which typing one question makes many."""
REMEMBERED = 10_000
"""Persons; whoever has been silent longest is forgotten first."""

Handle = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, None]]


@dataclass(slots=True)
class _Bucket:
    at: float
    left: float
    told: bool = False


class Buckets:
    """One for each person: holds `burst`, and fills by `per_minute`."""

    def __init__(self, per_minute: float = PER_MINUTE, burst: int = BURST) -> None:
        self._per_second = per_minute / 60
        self._burst = burst
        self._of: OrderedDict[int, _Bucket] = OrderedDict()

    def __len__(self) -> int:
        return len(self._of)

    def take(self, person: int, now: float) -> bool:
        """Whether one more is allowed at `now`, in seconds."""
        bucket = self._of.get(person)
        if bucket is None:
            bucket = self._of[person] = _Bucket(now, self._burst)
            if len(self._of) > REMEMBERED:
                self._of.popitem(last=False)
        else:
            self._of.move_to_end(person)
            bucket.left = min(self._burst, bucket.left + max(0.0, now - bucket.at) * self._per_second)
            bucket.at = max(bucket.at, now)
        if bucket.left == self._burst:
            bucket.told = False
        if bucket.left < 1:
            return False
        bucket.left -= 1
        return True

    def first_refusal(self, person: int) -> bool:
        """True once until the bucket has been full again."""
        bucket = self._of[person]
        told, bucket.told = bucket.told, True
        return not told


class Quota:
    """Stands before the handlers that anybody may use."""

    def __init__(
        self,
        sender: Sender,
        exempt: Callable[[int], Awaitable[Any]],
        per_minute: float = PER_MINUTE,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`exempt`: asked only where a bucket is empty. With 0 `per_minute` nobody is limited. `clock`: Telegram's."""
        self._clock = clock
        self._sender = sender
        self._exempt = exempt
        self._limited = per_minute > 0
        self._asked = Buckets(per_minute)
        self._typed = Buckets(TYPED_PER_MINUTE, TYPED_BURST)

    def before(self, handle: Handle) -> Handle:
        """`handle`, but for those who have asked too much."""
        if not self._limited:
            return handle

        async def limited(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
            if await self._allowed(update):
                await handle(update, context)

        return limited

    async def _allowed(self, update: Update) -> bool:
        user = update.effective_user
        if user is None:
            return True
        if update.inline_query is not None or update.chosen_inline_result is not None:
            return self._typed.take(user.id, self._clock())
        if self._asked.take(user.id, self._sent_at(update)) or await self._exempt(user.id):
            return True
        if self._asked.first_refusal(user.id):
            await self._refuse(update)
        return False

    async def _refuse(self, update: Update) -> None:
        if update.callback_query is not None:
            await acknowledge(update.callback_query, notice("too_many"))
        elif message := update.effective_message:
            await self._sender.send(place_of(message), [notice("too_many")])

    def _sent_at(self, update: Update) -> float:
        message = update.effective_message
        if message is None or update.callback_query is not None:
            return self._clock()
        return (message.edit_date or message.date).timestamp()
