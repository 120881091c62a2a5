"""What happens when something fails: a log line with the update's id, a sentence for the user, a word to the owners."""

from __future__ import annotations

import html
import logging
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

from telegram import Update
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter
from telegram.ext import ContextTypes

from db.activity import Unavailable
from handlers.reply import Place, Sender, place_of, sent, sent_to_all
from knowledge.telling.render import notice
from knowledge.telling.service_texts import service_text

log = logging.getLogger(__name__)

QUIET_SECONDS = 60 * 60
OWN_CODE = Path(__file__).parents[1]


class Errors:
    """The application's error handler."""

    def __init__(self, sender: Sender, owners: Sequence[int]) -> None:
        self._sender = sender
        self._owners = owners
        self._told: dict[str, float] = {}

    async def handle(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Never raises."""
        error = context.error
        if error is None:
            return
        known = update if isinstance(update, Update) else None
        number = known.update_id if known else None
        if chat_gone(error) or isinstance(error, ChatMigrated):
            log.info("Update %s: the chat cannot be written to any more: %s", number, error)
        elif isinstance(error, NetworkError | RetryAfter) and not isinstance(error, BadRequest):
            log.warning("Update %s: the server did not take the answer: %s", number, error)
        else:
            await self._failed(error, known)

    async def _failed(self, error: Exception, update: Update | None) -> None:
        number = update.update_id if update else None
        log.error("Update %s failed", number, exc_info=error)
        if update:
            await self._tell_user(update, notice("error"))
        if not isinstance(error, Unavailable):  # of the disk `handlers.health` tells
            kind = f"{type(error).__name__} ({_where(error)})"
            await self._tell_owners(kind, f"⚠️ {html.escape(kind)}, update {number}")

    async def set_aside(self, update: Update) -> None:
        """Tell whoever sent an update that it is not tried again, and the owners."""
        await self._tell_user(update, service_text("set_aside"))
        told = service_text("owner_set_aside", number=update.update_id)
        await sent_to_all(self._sender, self._owners, told)

    async def _tell_user(self, update: Update, text: str) -> None:
        message, chat = update.effective_message, update.effective_chat
        if chat is None:
            return
        place = place_of(message, quote=True) if message else Place(chat.id)
        await sent(self._sender, place, [text])

    async def _tell_owners(self, kind: str, text: str) -> None:
        """Once an hour for each kind, without anything that the user typed."""
        now = time.monotonic()
        self._told = {what: since for what, since in self._told.items() if now - since < QUIET_SECONDS}
        if kind in self._told:
            return
        self._told[kind] = now
        await sent_to_all(self._sender, self._owners, text)


def chat_gone(error: BaseException) -> bool:
    """Whether nobody can be reached there any more: blocked, deleted, thrown out."""
    refused = isinstance(error, BadRequest) and "not found" in str(error).lower()
    return refused or isinstance(error, Forbidden)


def _where(error: Exception) -> str:
    """The last line of the project's own code on the way to the error."""
    frames = traceback.extract_tb(error.__traceback__)
    files = [(frame, Path(frame.filename)) for frame in frames]
    own = [one for one, file in files if file.is_relative_to(OWN_CODE) and "site-packages" not in file.parts]
    own = own or list(frames)
    return f"{Path(own[-1].filename).name}:{own[-1].lineno}" if own else "?"
