"""Texts and buttons → messages: limits, splitting, plain text where the formatting is refused, patience with the server."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from telegram import Message
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from handlers.http import in_doubt
from handlers.splitting import pack, units, without_tags

log = logging.getLogger(__name__)

PAUSES = (0.5, 1.5, 4.0, 10.0, 30.0)  # the last one again and again
DOUBTFUL_PAUSES = (0.5, 5.0, 30.0, 300.0, 1800.0)  # each attempt may leave one more copy of the message
DAY = 24 * 60 * 60.0  # so long does Telegram keep what it could not deliver
BRIEFLY = 60.0
SLOW_SECONDS = 1.0
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


Fields = dict[str, Any]
"""Fields of a call as the Bot API wants them. For an answer with its buttons they cost a fraction of the library's objects."""

SEND = "send_Message"
"""The library's own method makes a hundred fields of each message that went out, of which one number is wanted. It makes
`sendMessage` of this name, under which it would advise against asking for less."""

NO_PREVIEW: Fields = {"link_preview_options": {"is_disabled": True}}


def keyboard(buttons: Sequence[Button]) -> Fields:
    """Rows of one or two buttons: two where both are short or stand beside each other by kind. Empty without buttons."""
    rows: list[list[Button]] = []
    for button in buttons[:MAX_BUTTONS]:
        last = rows[-1] if rows else []
        if len(last) == 1 and last[0].beside == button.beside and _narrow(last[0]) and _narrow(button):
            last.append(button)
        else:
            rows.append([button])
    if not rows:
        return {}
    return {"reply_markup": {"inline_keyboard": [[_key(button) for button in row] for row in rows]}}


def _key(button: Button) -> Fields:
    if button.copy:
        return {"text": button.label, "copy_text": {"text": button.copy}}
    return {"text": button.label, "callback_data": button.data}


def _narrow(button: Button) -> bool:
    return button.beside or units(button.label) <= SHORT_LABEL


def patience(error: TelegramError, sure: int, doubtful: int) -> float | None:
    """Seconds to wait before the same call is made again; None where that would not help.

    `sure`, `doubtful`: how many attempts have failed before, without and with the chance that the message is there.
    """
    if isinstance(error, RetryAfter):
        asked = error.retry_after
        return (asked.total_seconds() if isinstance(asked, timedelta) else asked) + 0.1
    if isinstance(error, BadRequest) or not isinstance(error, NetworkError):
        return None
    if in_doubt(error):
        return DOUBTFUL_PAUSES[doubtful] if doubtful < len(DOUBTFUL_PAUSES) else None
    return PAUSES[min(sure, len(PAUSES) - 1)]


async def patiently(call: Callable[[], Awaitable[R]], within: float = DAY) -> R:
    """Make a call until it is carried out, with pauses, for about `within` seconds; then the last error is raised.

    An answer that is lost is worse than one that is said twice: where an acknowledgement is missing the call is made
    again, some few times. Holds up this chat only (the library's own retry would hold up every chat).
    """
    waited, sure, doubtful = 0.0, 0, 0
    while True:
        try:
            return await call()
        except TelegramError as error:
            pause = patience(error, sure, doubtful)
            if pause is None or waited + pause > within:
                raise
            log.info("Trying again in %.1f s: %s", pause, error)
            if in_doubt(error):
                doubtful += 1
            else:
                sure += 1
        waited += pause
        await asyncio.sleep(pause)


class Sender:
    """Sends and edits answers; every method returns the ids of the messages that hold the answer now."""

    def __init__(self, bot: Any, within: float = DAY) -> None:
        """`within`: for how many seconds a message is tried again that the server does not take."""
        self._bot = bot
        self._within = within
        self._typing: set[asyncio.Task[None]] = set()

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
            sent.append(await self._send_one(place, text, markup if text is texts[-1] else {}))
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
                api_kwargs={**_replying(place), **keyboard(buttons)},
            )
            return message

        return [(await self._formatted(call, caption)).message_id]

    async def edit(
        self, place: Place, old: Sequence[int], parts: Sequence[str], buttons: Sequence[Button] = ()
    ) -> list[int]:
        """Make `old` messages say the parts; more messages are sent, or spare ones deleted, where the number differs."""
        texts = pack(parts)
        markup = keyboard(buttons)
        now: list[int] = []
        for number, text in enumerate(texts):
            under = markup if number == len(texts) - 1 else {}
            if number < len(old) and await self._edit_one(place.chat, old[number], text, under):
                now.append(old[number])
            else:
                now.append(await self._send_one(place, text, under))
        for spare in old[len(texts) :]:
            await self._delete(place.chat, spare)
        return now

    @contextmanager
    def typing(self, place: Place) -> Iterator[None]:
        """Shows that an answer is being made, where that takes longer than a second."""
        loop = asyncio.get_running_loop()
        due = loop.call_later(SLOW_SECONDS, self._start_typing, place)
        try:
            yield
        finally:
            due.cancel()

    def _start_typing(self, place: Place) -> None:
        task = asyncio.get_running_loop().create_task(self._type(place))
        self._typing.add(task)
        task.add_done_callback(self._typing.discard)

    async def _type(self, place: Place) -> None:
        try:
            await self._bot.send_chat_action(place.chat, ChatAction.TYPING, message_thread_id=place.thread)
        except TelegramError as error:
            log.info("Typing could not be shown: %s", error)

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
                api_kwargs=_replying(place),
            )

        await patiently(call, self._within)

    async def _send_one(self, place: Place, text: str, markup: Fields) -> int:
        async def call(text: str, mode: str | None) -> int:
            told = {
                "chat_id": place.chat,
                "text": text,
                "parse_mode": mode,
                "message_thread_id": place.thread,
            }
            fields = {**told, **_replying(place), **NO_PREVIEW, **markup}
            return int((await self._bot.do_api_request(SEND, api_kwargs=fields))["message_id"])

        return await self._formatted(call, text)

    async def _edit_one(self, chat: int, message: int, text: str, markup: Fields) -> bool:
        """False when the message is gone or may no longer be edited."""

        async def call(text: str, mode: str | None) -> None:
            await self._bot.edit_message_text(
                text,
                chat_id=chat,
                message_id=message,
                parse_mode=mode,
                api_kwargs={**NO_PREVIEW, **markup},
            )

        try:
            await self._formatted(call, text)
        except BadRequest as error:
            if "not modified" in str(error).lower():
                return True
            log.info("Message %s cannot be edited, sending a new one: %s", message, error)
            return False
        return True

    async def _delete(self, chat: int, message: int) -> None:
        try:
            await patiently(lambda: self._bot.delete_message(chat, message), BRIEFLY)
        except TelegramError as error:
            log.info("Message %s cannot be deleted: %s", message, error)

    async def _formatted(self, call: Callable[[str, str | None], Awaitable[R]], text: str) -> R:
        """With formatting; as plain text when the server cannot read the formatting, which is a bug worth a log line."""
        try:
            return await patiently(lambda: call(text, ParseMode.HTML), self._within)
        except BadRequest as error:
            if "parse entities" not in str(error).lower():
                raise
            log.error("Formatting refused, sent as plain text: %s", error)
        return await patiently(lambda: call(without_tags(text), None), self._within)


def _replying(place: Place) -> Fields:
    """To the message that is answered visibly, which may be gone."""
    if place.reply_to is None:
        return {}
    return {"reply_parameters": {"message_id": place.reply_to, "allow_sending_without_reply": True}}
