"""Taps on buttons. What a button sends back is a short versioned id; what it means is a row, which survives a restart.

`1:c:<id>` asks the question of a choice, draws the figures that it names, or follows what a gap is about; `1:x:<n>` sends
the table of answer n; `1:u:<n>` and `1:d:<n>` say that it was good or bad. Anything else is an
old version's or a forgery, and is answered with one sentence.
"""

from __future__ import annotations

import html
import logging
import re
from dataclasses import dataclass

from telegram import CallbackQuery, Message, Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from db.activity import Activity
from handlers.ask import Asking, Incoming
from handlers.chats import conversation_of
from handlers.following import Following
from handlers.reply import place_of
from handlers.takeaway import Takeaway
from knowledge.telling.render import notice

log = logging.getLogger(__name__)

MAX_TOAST = 200
_CHOICE = re.compile(r"1:c:([A-Za-z0-9_-]{12})")
_TABLE = re.compile(r"1:x:([0-9]{1,18})")
_RATING = re.compile(r"1:([ud]):([0-9]{1,18})")


@dataclass(eq=False)
class Buttons:
    """Answers every tap, once."""

    _asking: Asking
    _activity: Activity
    _takeaway: Takeaway
    _following: Following

    async def tap(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Any button; never fails because of what the tap carries."""
        query = update.callback_query
        if query is None:
            return
        data = query.data or ""
        if chosen := _CHOICE.fullmatch(data):
            await self._choose(query, chosen[1])
        elif wanted := _TABLE.fullmatch(data):
            await self._table(query, int(wanted[1]))
        elif rated := _RATING.fullmatch(data):
            await self._rate(query, int(rated[2]), 1 if rated[1] == "u" else -1)
        else:
            await acknowledge(query, notice("stale_button"))

    async def _choose(self, query: CallbackQuery, id_: str) -> None:
        message = query.message
        choice = await self._activity.choice(message.chat.id, id_) if message else None
        if choice is None or message is None:
            await acknowledge(query, notice("stale_button"))
            return
        if told := await self._following.tapped(message.chat.id, choice.question):
            await acknowledge(query, told)
            return
        await acknowledge(query)
        conversation = conversation_of(message.chat, query.from_user)
        if not await self._activity.tap(query.id, conversation, message.message_id, id_):
            log.info("A repeated tap was left alone")
            return
        place = place_of(message, quote=True)
        if await self._takeaway.picture(place, choice.question):
            await self._activity.tapped(query.id)
            return
        await self._asking.answer(
            Incoming(choice.question, conversation, place, rated=message.chat.type == "private")
        )
        await self._activity.tapped(query.id)

    async def _table(self, query: CallbackQuery, question: int) -> None:
        message = query.message
        sent = isinstance(message, Message) and await self._takeaway.send_table(message, question)
        await acknowledge(query, "" if sent else notice("stale_button"))

    async def _rate(self, query: CallbackQuery, question: int, rating: int) -> None:
        message = query.message
        kept = message is not None and await self._activity.rate(
            question, conversation_of(message.chat, query.from_user), rating
        )
        await acknowledge(
            query, ("👍" if rating > 0 else "👎") if kept else notice("stale_button"), alert=not kept
        )


async def acknowledge(query: CallbackQuery, text: str = "", *, alert: bool = True) -> None:
    """Stop the button's spinner. A tap that came in long ago can no longer be acknowledged; its answer still goes out."""
    shown = html.unescape(text)[:MAX_TOAST] or None
    try:
        await query.answer(shown, show_alert=alert if shown else None)
    except TelegramError as error:
        log.info("A tap could not be acknowledged: %s", error)
