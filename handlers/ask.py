"""A question comes in, its answer goes out: private text, `/hoi` and replies to the bot in groups, edited questions."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from telegram import Chat, Message, Update
from telegram.ext import ContextTypes, filters

from db.activity import STALL_SECONDS, Activity, Unavailable
from db.openings import Opening
from db.recording import Asked, Recorded, Sent
from handlers.chats import Fitting, behind_command, conversation_of, replied_to
from handlers.current import Current
from handlers.following import Following
from handlers.keyboards import Button
from handlers.reply import Place, Sender, place_of
from handlers.shown import rows_of
from handlers.takeaway import Takeaway, drawn, picture_choice
from handlers.watch import note
from knowledge.dialogue import Context
from knowledge.dialogue.about import CHART, EXPORT
from knowledge.learning import ours, topics_of
from knowledge.records import Answer
from knowledge.taking import figures_of
from knowledge.telling.render import html_parts, notice

log = logging.getLogger(__name__)

LATE_SECONDS = 10 * 60
MAX_QUESTION = 4096
RATED_KINDS = frozenset({"figure", "comparison", "series", "check", "policy", "support", "event", "document"})

R = TypeVar("R")
Other = TypeVar("Other")


@dataclass(frozen=True, slots=True)
class Incoming:
    """One question on its way to an answer.

    `message`: id of the message that asks, under which its answer is remembered; 0 for a tap, which cannot be edited.
    `free`: typed without a command, so that it may also be the answer to a question of the bot. `update`: what brought
    it, where answering it is all that is to be done. `replied`: the message of the bot that it replies to.
    """

    text: str
    conversation: str
    place: Place
    message: int = 0
    edited: bool = False
    late: bool = False
    rated: bool = False
    free: bool = False
    update: int | None = None
    replied: int = 0


@dataclass(eq=False)
class Asking:
    """Everything that is answered by the assistant passes through here, whichever way it came in.

    `_elsewhere` is asked first, True when it has answered; `_afterwards` goes on with what a question came between.
    """

    _current: Current
    _activity: Activity
    _sender: Sender
    _takeaway: Takeaway
    _following: Following
    _elsewhere: Callable[[Incoming, Opening], Awaitable[bool]]
    _afterwards: Callable[[Incoming, Opening], Awaitable[None]]

    async def text(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """A typed question, new or edited: in private chats, and in groups as a reply to the bot."""
        if message := update.effective_message:
            edited = update.edited_message is not None
            await self._question(
                message, message.text or message.caption or "", update.update_id, edited=edited, free=True
            )

    async def command(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """`/hoi` with its question, the way to ask in a group."""
        if message := update.effective_message:
            text, edited = behind_command(message.text), update.edited_message is not None
            await self._question(message, text, update.update_id, edited=edited)

    async def anything_else(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """A picture, a voice, a file in a private chat."""
        await self._tell(update, notice("not_text"))

    async def unknown_command(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """A command that the bot does not have."""
        await self._tell(update, notice("unknown_command"))

    async def _tell(self, update: Update, text: str) -> None:
        if message := update.effective_message:
            await self._sender.send(place_of(message), [text])

    async def _question(
        self, message: Message, typed: str, update: int, *, edited: bool, free: bool = False
    ) -> None:
        private = message.chat.type == Chat.PRIVATE
        late = not edited and self._activity.now() - message.date.timestamp() > LATE_SECONDS
        place = place_of(message, quote=late)
        own_name = rf"@{re.escape(message.get_bot().username)}\b"
        text = re.sub(own_name, " ", typed, flags=re.IGNORECASE).strip()
        if not any(one.isprintable() and not one.isspace() for one in text):
            await self._sender.send(place, [notice("empty" if private else "group_help")])
            return
        conversation = conversation_of(message.chat, message.from_user)
        id_ = message.message_id
        older = replied_to(message)
        replied = older.message_id if older else 0
        await self.answer(
            Incoming(text, conversation, place, id_, edited, late, private, free, update, replied)
        )

    async def answer(self, incoming: Incoming) -> None:
        """Ask the assistant, send what it says, and keep all that came of it at once: what is killed before that asks anew.

        The next question of the chat has its turn only after that. Buttons are ids of rows: where the file does not take
        rows now, the answer goes out without.
        """
        with self._sender.typing(incoming.place):
            opening = await _or(
                self._activity.opening(incoming.conversation, incoming.place.chat, incoming.message), None
            )
            lasting = opening is not None and self._activity.takes_writes
            if opening is None:
                opening = Opening(None)
            elif await self._elsewhere(incoming, opening):
                return
            if opening.messages and not incoming.edited:
                log.info("Message %s has its answer already", incoming.message)
                return
            before = await self._before(incoming, opening)
            read = incoming.text[:MAX_QUESTION]
            answer, after = self._current.assistant.ask(read, _context(before))
            note("questions", answer.status)
            answered = answer.status == "answered"
            rated = incoming.rated and answered and answer.kind in RATED_KINDS
            offered = [(choice.label, choice.question) for choice in answer.choices]
            asked = Asked(
                conversation=incoming.conversation,
                chat=incoming.place.chat,
                message=incoming.message,
                context=after.to_json() if opening.latest else None,
                text=read if ours(answer) and (rated or not answered) else "",
                status=answer.status,
                kind=answer.kind,
                choices=(*offered, *picture_choice(answer), *self._following.choice(answer, after)),
                figures=figures_of(answer),
                topics=topics_of(answer),
            )
            given = self._activity.number(asked)
            buttons = self._buttons(asked, given, answer, rated=rated) if lasting else []
            parts = [*await self._first(incoming), *html_parts(answer)]
        if opening.messages:
            messages = await self._sender.edit(incoming.place, opening.messages, parts, buttons)
        else:
            messages = await self._sender.send(incoming.place, parts, buttons)
        if answer.aspect == EXPORT:
            await self._takeaway.send(incoming.place, asked.figures)
        if answer.aspect == CHART:
            await self._takeaway.picture(incoming.place, drawn(asked.figures))
        rows = rows_of(answer) if incoming.rated else ()
        await _or(self._activity.record(asked, given, Sent(messages, before, rows, incoming.update)), None)
        await self._afterwards(incoming, opening)

    async def _before(self, incoming: Incoming, opening: Opening) -> str | None:
        """What the chat remembered when this was asked, or when that was answered to which it is a reply."""
        before = opening.before if opening.messages else opening.context
        if incoming.replied and not incoming.edited:
            older = await _or(self._activity.replied(incoming.place.chat, incoming.replied), None)
            return older or before
        return before

    async def _first(self, incoming: Incoming) -> list[str]:
        """What is said before the answer: that it comes late, that a part of the question was not read."""
        late = incoming.late and await _or(self._activity.apology_due(incoming.conversation), False)
        told = (("old_messages", late), ("too_long", len(incoming.text) > MAX_QUESTION))
        return [notice(code) for code, holds in told if holds]

    def _buttons(self, asked: Asked, given: Recorded, answer: Answer, *, rated: bool) -> list[Button]:
        offered = zip(asked.choices, given.choices, strict=True)
        buttons = [Button(label, f"1:c:{id_}") for (label, _), id_ in offered]
        buttons += self._takeaway.buttons(answer, asked.figures, given.question)
        if rated:
            buttons.append(Button("👍", f"1:u:{given.question}", beside=True))
            buttons.append(Button("👎", f"1:d:{given.question}", beside=True))
        return buttons


async def _or(work: Awaitable[R], otherwise: Other) -> R | Other:
    """An answer matters more than its record: where the file fails or is held up, say so in the log and go on."""
    try:
        async with asyncio.timeout(STALL_SECONDS):
            return await work
    except TimeoutError:
        log.warning("The activity database is held up")
    except Unavailable:
        log.exception("The activity database failed")
    return otherwise


def _context(stored: str | None) -> Context | None:
    """None for a context that an earlier version wrote in another shape."""
    try:
        return Context.from_json(stored) if stored else None
    except (ValueError, KeyError, TypeError):
        log.warning("A stored context could not be read and is left out")
        return None


_CAPTIONED = filters.PHOTO & filters.CAPTION
TYPED = (filters.TEXT | _CAPTIONED) & ~filters.COMMAND & ~filters.VIA_BOT
NEW_OR_EDITED = filters.UpdateType.MESSAGE | filters.UpdateType.EDITED_MESSAGE
PRIVATE_QUESTION: Any = filters.ChatType.PRIVATE & NEW_OR_EDITED & TYPED
GROUP_QUESTION: Any = filters.ChatType.GROUPS & NEW_OR_EDITED & TYPED & Fitting(replied_to)
PRIVATE_COMMAND: Any = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & filters.COMMAND
PRIVATE_OTHER: Any = (
    filters.ChatType.PRIVATE
    & filters.UpdateType.MESSAGE
    & ~filters.TEXT
    & ~filters.CAPTION
    & ~filters.StatusUpdate.ALL
)
