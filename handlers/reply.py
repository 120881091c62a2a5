"""Texts and buttons → messages: limits, splitting, plain text where the formatting is refused, patience with the server."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

import httpx
from telegram import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut

from handlers.splitting import pack, units, without_tags

log = logging.getLogger(__name__)

PAUSES = (0.5, 1.5, 4.0)
MAX_FLOOD_WAIT = 60.0
SHORT_LABEL = 18
MAX_BUTTONS = 20

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Button:
    """`data`: what a tap sends back, at most 64 bytes; `copy`: what it copies instead, at most 256 characters.

    `beside`: shares a row with its neighbours of the same kind.
    """

    label: str
    data: str = ""
    beside: bool = False
    copy: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer goes. `reply_to`: the message it answers visibly, if any."""

    chat: int
    thread: int | None = None
    reply_to: int | None = None


def place_of(message: Message, *, quote: bool) -> Place:
    """Beside `message`, in its topic; with `quote` as a visible reply to it."""
    thread = message.message_thread_id if message.is_topic_message else None
    return Place(message.chat.id, thread, message.message_id if quote else None)


def keyboard(buttons: Sequence[Button]) -> InlineKeyboardMarkup | None:
    """Rows of one or two buttons: two where both are short or stand beside each other by kind."""
    rows: list[list[Button]] = []
    for button in buttons[:MAX_BUTTONS]:
        last = rows[-1] if rows else []
        if len(last) == 1 and last[0].beside == button.beside and _narrow(last[0]) and _narrow(button):
            last.append(button)
        else:
            rows.append([button])
    if not rows:
        return None
    return InlineKeyboardMarkup([[_key(button) for button in row] for row in rows])


def _key(button: Button) -> InlineKeyboardButton:
    if button.copy:
        return InlineKeyboardButton(button.label, copy_text=CopyTextButton(button.copy))
    return InlineKeyboardButton(button.label, callback_data=button.data)


def _narrow(button: Button) -> bool:
    return button.beside or units(button.label) <= SHORT_LABEL


def undelivered(error: BaseException | None) -> bool:
    """True when the server surely, or very probably, did not carry out the call, so that it may be made again.

    A slow answer to a request that was sent whole is not among them: the message may be there already.
    """
    if isinstance(error, RetryAfter):
        return True
    if isinstance(error, BadRequest) or not isinstance(error, NetworkError):
        return False
    if isinstance(error, TimedOut):
        return isinstance(error.__cause__, httpx.ConnectTimeout | httpx.PoolTimeout)
    return True


async def patiently(call: Callable[[], Awaitable[R]]) -> R:
    """Make a call, again after a pause where it was not carried out; at most four times.

    Waits as long as the server asks for, in this chat only (the library's own retry would hold up every chat).
    """
    for pause in PAUSES:
        try:
            return await call()
        except TelegramError as error:
            if not undelivered(error):
                raise
            if isinstance(error, RetryAfter):
                asked = error.retry_after
                pause = (asked.total_seconds() if isinstance(asked, timedelta) else asked) + 0.1
                if pause > MAX_FLOOD_WAIT:
                    raise
            log.info("Trying again in %.1f s: %s", pause, error)
        await asyncio.sleep(pause)
    return await call()


class Sender:
    """Sends and edits answers; every method returns the ids of the messages that hold the answer now."""

    def __init__(self, bot: Any) -> None:
        self._bot = bot

    @property
    def username(self) -> str:
        """The bot's name in addresses; empty before Telegram has told it."""
        try:
            return str(self._bot.username)
        except RuntimeError:
            return ""

    async def send(self, place: Place, parts: Sequence[str], buttons: Sequence[Button] = ()) -> list[int]:
        """Send the parts as one message or several, the buttons under the last."""
        texts = pack(parts)
        markup = keyboard(buttons)
        sent: list[int] = []
        for text in texts:
            message = await self._send_one(place, text, markup if text is texts[-1] else None)
            sent.append(message.message_id)
        return sent

    async def photo(
        self, place: Place, png: bytes, caption: str, buttons: Sequence[Button] = ()
    ) -> list[int]:
        """Send a picture; the caption is Telegram HTML, at most 1,024 characters long when read."""

        async def call(text: str, mode: str | None) -> Message:
            message: Message = await self._bot.send_photo(
                place.chat,
                png,
                filename="bieu-do.png",
                caption=text,
                parse_mode=mode,
                message_thread_id=place.thread,
                reply_parameters=_replying(place),
                reply_markup=keyboard(buttons),
            )
            return message

        return [(await _formatted(call, caption)).message_id]

    async def edit(
        self, place: Place, old: Sequence[int], parts: Sequence[str], buttons: Sequence[Button] = ()
    ) -> list[int]:
        """Make `old` messages say the parts; more messages are sent, or spare ones deleted, where the number differs."""
        texts = pack(parts)
        markup = keyboard(buttons)
        now: list[int] = []
        for number, text in enumerate(texts):
            under = markup if number == len(texts) - 1 else None
            if number < len(old) and await self._edit_one(place.chat, old[number], text, under):
                now.append(old[number])
            else:
                now.append((await self._send_one(place, text, under)).message_id)
        for spare in old[len(texts) :]:
            await self._delete(place.chat, spare)
        return now

    async def send_file(self, place: Place, content: bytes, name: str, caption: str) -> None:
        """Send a file; `caption` as Telegram HTML, at most 1,024 characters after parsing."""

        async def call() -> None:
            await self._bot.send_document(
                place.chat,
                content,
                filename=name,
                caption=caption,
                parse_mode=ParseMode.HTML,
                message_thread_id=place.thread,
                reply_parameters=ReplyParameters(place.reply_to, allow_sending_without_reply=True)
                if place.reply_to is not None
                else None,
            )

        await patiently(call)

    async def _send_one(self, place: Place, text: str, markup: InlineKeyboardMarkup | None) -> Message:
        async def call(text: str, mode: str | None) -> Message:
            message: Message = await self._bot.send_message(
                place.chat,
                text,
                parse_mode=mode,
                message_thread_id=place.thread,
                reply_parameters=_replying(place),
                reply_markup=markup,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
            return message

        return await _formatted(call, text)

    async def _edit_one(
        self, chat: int, message: int, text: str, markup: InlineKeyboardMarkup | None
    ) -> bool:
        """False when the message is gone or may no longer be edited."""

        async def call(text: str, mode: str | None) -> None:
            await self._bot.edit_message_text(
                text,
                chat_id=chat,
                message_id=message,
                parse_mode=mode,
                reply_markup=markup,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )

        try:
            await _formatted(call, text)
        except BadRequest as error:
            if "not modified" in str(error).lower():
                return True
            log.info("Message %s cannot be edited, sending a new one: %s", message, error)
            return False
        return True

    async def _delete(self, chat: int, message: int) -> None:
        try:
            await patiently(lambda: self._bot.delete_message(chat, message))
        except TelegramError as error:
            log.info("Message %s cannot be deleted: %s", message, error)


def _replying(place: Place) -> ReplyParameters | None:
    """To the message that is answered visibly, which may be gone."""
    if place.reply_to is None:
        return None
    return ReplyParameters(place.reply_to, allow_sending_without_reply=True)


async def _formatted(call: Callable[[str, str | None], Awaitable[R]], text: str) -> R:
    """With formatting; as plain text when the server cannot read the formatting, which is a bug worth a log line."""
    try:
        return await patiently(lambda: call(text, ParseMode.HTML))
    except BadRequest as error:
        if "parse entities" not in str(error).lower():
            raise
        log.error("Formatting refused, sent as plain text: %s", error)
    return await patiently(lambda: call(without_tags(text), None))
