"""What happens when something fails: a log line with the update's id, a sentence for the user, a word to the owners."""

from __future__ import annotations

import html
import logging
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from telegram import Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError
from telegram.ext import ContextTypes

from db.activity import Unavailable
from handlers.reply import Place, Sender, place_of
from knowledge.telling.render import notice

log = logging.getLogger(__name__)

QUIET_SECONDS = 60 * 60
OWN_CODE = Path(__file__).parents[1]


class Errors:
    """The application's error handler."""

    def __init__(
        self, sender: Sender, owners: Sequence[int], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._sender = sender
        self._owners = owners
        self._clock = clock
        self._told: dict[str, float] = {}

    async def handle(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Never raises."""
        error = context.error
        if error is None:
            return
        known = update if isinstance(update, Update) else None
        number = known.update_id if known else None
        gone = isinstance(error, BadRequest) and "not found" in str(error).lower()
        if gone or isinstance(error, Forbidden | ChatMigrated):
            log.info("Update %s: the chat cannot be written to any more: %s", number, error)
            return
        if isinstance(error, NetworkError | RetryAfter) and not isinstance(error, BadRequest):
            log.warning("Update %s: the server did not take the answer: %s", number, error)
            return
        log.error("Update %s failed", number, exc_info=error)
        if known:
            await self._tell_user(known)
        if not isinstance(error, Unavailable):  # of the disk `handlers.health` tells
            await self._tell_owners(error, number)

    async def _tell_user(self, update: Update) -> None:
        message, chat = update.effective_message, update.effective_chat
        if chat is None:
            return
        place = place_of(message, quote=True) if message else Place(chat.id)
        await self._try(place, notice("error"))

    async def _tell_owners(self, error: Exception, number: int | None) -> None:
        """Once an hour for each kind of error and place in the code, without anything that the user typed."""
        where = _where(error)
        kind = f"{type(error).__name__} ({where})"
        now = self._clock()
        self._told = {what: since for what, since in self._told.items() if now - since < QUIET_SECONDS}
        if kind in self._told:
            return
        self._told[kind] = now
        for owner in self._owners:
            await self._try(Place(owner), f"⚠️ {html.escape(kind)}, update {number}")

    async def _try(self, place: Place, text: str) -> None:
        try:
            await self._sender.send(place, [text])
        except TelegramError as error:
            log.warning("A message about an error could not be sent: %s", error)


def _where(error: Exception) -> str:
    """The last line of the project's own code on the way to the error."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if _is_own(Path(frame.filename))] or frames
    return f"{Path(own[-1].filename).name}:{own[-1].lineno}" if own else "?"


def _is_own(file: Path) -> bool:
    return file.is_relative_to(OWN_CODE) and "site-packages" not in file.parts
