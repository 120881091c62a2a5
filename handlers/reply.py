"""Texts → messages: limits, splitting, plain text where the formatting is refused, patience with the server."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, TypeVar

from telegram import (
    Chat,
    Document,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MaybeInaccessibleMessage,
    Message,
    ReplyParameters,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, NetworkError, RetryAfter, TelegramError

from handlers.http import Garbled, in_doubt
from handlers.inbox import has_been_read
from handlers.keyboards import Button, keyboard
from handlers.splitting import pack, without_tags
from handlers.watch import patient

log = logging.getLogger(__name__)

PAUSES = (0.5, 1.5, 4.0, 10.0, 30.0)  # the last one again and again
DOUBTFUL_PAUSES = (0.5, 5.0, 30.0, 300.0, 1800.0)  # each attempt may leave one more copy of the message
DAY = 24 * 60 * 60.0  # so long does Telegram keep what it could not deliver
BRIEFLY = 60.0
SLOW_SECONDS = 1.0
FILE_SECONDS = 120.0  # without a byte, while a file is on its way
MOST_GARBLED = 2
"""Answers that say neither yes nor no to one call, before it is made more plainly."""

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer goes. `reply_to`: the message it answers visibly, if any."""

    chat: int
    thread: int | None = None
    reply_to: int | None = None


def place_of(message: MaybeInaccessibleMessage, *, quote: bool = False) -> Place:
    """Beside `message`, in its topic; with `quote`, and in a group always, as a visible reply to it."""
    topic = isinstance(message, Message) and message.is_topic_message
    thread = getattr(message, "message_thread_id", None) if topic else None
    shown = quote or message.chat.type != Chat.PRIVATE
    return Place(message.chat.id, thread, message.message_id if shown else None)


NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


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
        pauses = PAUSES if isinstance(error, Garbled) else DOUBTFUL_PAUSES
        return pauses[doubtful] if doubtful < len(pauses) else None
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
        with patient():
            await asyncio.sleep(pause)


@dataclass(frozen=True, slots=True)
class Saying:
    """A text on its way, with its formatting and buttons as long as the server takes them."""

    text: str
    mode: str | None = ParseMode.HTML
    markup: InlineKeyboardMarkup | None = None

    def plainer(self) -> Saying:
        """The same without buttons, or, where it has none, without formatting."""
        if self.markup is not None:
            return replace(self, markup=None)
        return self.unformatted()

    def unformatted(self) -> Saying:
        """The same as plain text."""
        return self if self.mode is None else replace(self, text=without_tags(self.text), mode=None)


class Sender:
    """Sends and edits answers; `send` and `edit` return the ids of the messages that hold the answer now."""

    def __init__(
        self, bot: Any, within: float = DAY, moved: Callable[[int, int], Awaitable[None]] | None = None
    ) -> None:
        """`within`: for how many seconds a message is tried again that the server does not take. `moved`: told the old
        and the new id of a group that has another one now, to which its answers then go."""
        self._bot = bot
        self._within = within
        self._moved = moved
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
        return [
            await self._send_one(place, Saying(text, markup=markup if text is texts[-1] else None))
            for text in texts
        ]

    async def photo(self, place: Place, png: bytes, caption: str) -> None:
        """Send a picture; the caption is Telegram HTML, at most 1,024 characters long when read."""
        picture = {"photo": png, "filename": "bieu-do.png"}
        await self._said(self._bot.send_photo, place, Saying(caption), "caption", **picture)

    async def edit(
        self, place: Place, old: Sequence[int], parts: Sequence[str], buttons: Sequence[Button] = ()
    ) -> list[int]:
        """Make `old` messages say the parts; more messages are sent, or spare ones deleted, where the number differs."""
        texts = pack(parts)
        markup = keyboard(buttons)
        now: list[int] = []
        for number, text in enumerate(texts):
            saying = Saying(text, markup=markup if number == len(texts) - 1 else None)
            if number < len(old) and await self._edit_one(place, old[number], saying):
                now.append(old[number])
            else:
                now.append(await self._send_one(place, saying))
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
        file = {"document": content, "filename": name, "write_timeout": FILE_SECONDS}
        await self._said(self._bot.send_document, place, Saying(caption), "caption", **file)

    async def _send_one(self, place: Place, saying: Saying) -> int:
        preview = {"link_preview_options": NO_PREVIEW}
        return int((await self._said(self._bot.send_message, place, saying, "text", **preview)).message_id)

    async def _edit_one(self, place: Place, message: int, saying: Saying) -> bool:
        """False when the message is gone or may no longer be edited."""
        edited = {"message_id": message, "link_preview_options": NO_PREVIEW}
        try:
            await self._said(self._bot.edit_message_text, place, saying, "text", **edited)
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

    async def _said(
        self, call: Callable[..., Awaitable[Any]], place: Place, saying: Saying, told: str, **more: Any
    ) -> Any:
        """Make a call of the bot until it is carried out. `told`: as which argument it takes the text; `more`: its others.

        Without buttons, and then as plain text, where the answers to it stay garbled; as plain text at once where the
        server cannot read the formatting, which is a bug worth a log line. To the group's new id where it has moved.
        """
        has_been_read()
        garbled = 0

        async def attempt() -> Any:
            nonlocal saying, garbled
            said: dict[str, Any] = {
                told: saying.text,
                "parse_mode": saying.mode,
                "reply_markup": saying.markup,
            }
            if "message_id" not in more:
                answered = place.reply_to and ReplyParameters(
                    place.reply_to, allow_sending_without_reply=True
                )
                said |= {"message_thread_id": place.thread, "reply_parameters": answered}
            try:
                return await call(chat_id=place.chat, **said, **more)
            except Garbled:
                garbled += 1
                if garbled >= MOST_GARBLED:
                    saying = saying.plainer()
                raise

        try:
            return await patiently(attempt, self._within)
        except ChatMigrated as error:
            log.info("A group has another id now")
            if self._moved is not None:
                await self._moved(place.chat, error.new_chat_id)
            place = replace(place, chat=error.new_chat_id, reply_to=None)
        except BadRequest as error:
            if "parse entities" not in str(error).lower() or saying.mode is None:
                raise
            log.error("Formatting refused, sent as plain text: %s", error)
            saying = saying.unformatted()
        return await patiently(attempt, self._within)


async def fetched(document: Document) -> bytes | None:
    """The bytes of a file that somebody sent; None, and a line in the log, where Telegram does not give it."""
    try:
        file = await patiently(document.get_file)
        return bytes(await patiently(file.download_as_bytearray))
    except TelegramError as error:
        log.info("A file could not be fetched: %s", error)
        return None


async def sent(sender: Sender, place: Place, parts: Sequence[str], buttons: Sequence[Button] = ()) -> bool:
    """Send what nobody has asked for; False, and a line in the log, where it cannot be sent."""
    try:
        await sender.send(place, parts, *([buttons] if buttons else []))
    except TelegramError as error:
        log.warning("Somebody could not be told: %s", error)
        return False
    return True


async def sent_to_all(sender: Sender, people: Sequence[int], text: str) -> bool:
    """The same to each of these people in private; False where there are some and none of them could be told."""
    told = [await sent(sender, Place(person), [text]) for person in people]
    return any(told) or not told
