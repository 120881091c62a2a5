"""Inline mode: `@bot …` in any chat. What is typed is answered as it is typed, and nothing of it is kept.

An answer that somebody sends on is counted among the questions of its day: that it was, and what it was about. Neither
the words nor who sent it are written down, so that nobody can be told of a correction of it: the sent message has a
link that opens today's answer.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from db.activity import Activity, Unavailable
from db.recording import Asked
from handlers.current import Current
from handlers.takeaway import Takeaway
from knowledge.learning import SENT_ON, topics_of
from knowledge.records import Answer
from knowledge.telling.compact import Compact, compact
from knowledge.telling.takeaway_texts import INLINE_EXAMPLES, label

log = logging.getLogger(__name__)

MOST_RESULTS = 5
NOBODY = "inline"
"""Stands for whoever sends an answer on: all of them are one."""
CACHED_SECONDS = 60
"""How long Telegram may give the same results to the same words; an edit of the base shows after that."""


@dataclass(eq=False)
class Inline:
    """Compact answers, ready to be sent into the chat where they are asked for."""

    _current: Current
    _takeaway: Takeaway
    _activity: Activity

    async def answer(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """The answer; the answers to its choices where it asks back; examples while nothing is typed."""
        query = update.inline_query
        if query is None:
            return
        results = [self._result(answer, told) for answer, told in self.found(query.query)]
        try:
            await query.answer(results, cache_time=CACHED_SECONDS, is_personal=False)
        except BadRequest as error:  # somebody has typed on: nobody waits for this any more
            log.info("An inline query could not be answered: %s", error)

    async def chosen(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """One of the answers was sent into a chat: it counts as a question answered."""
        chosen = update.chosen_inline_result
        if chosen is None:
            return
        offered = {_id(told): answer for answer, told in self.found(chosen.query)}
        answer = offered.get(chosen.result_id)
        if answer is None:  # of another version of the base: what it was about cannot be told any more
            return
        topics = (*topics_of(answer), SENT_ON)
        asked = Asked(NOBODY, 0, 0, None, "", answer.status, answer.kind, topics=topics)
        try:
            await self._activity.record(asked)
        except Unavailable:
            log.exception("An answer that was sent on could not be counted")

    def found(self, typed: str) -> list[tuple[Answer, Compact]]:
        """Up to five answers that can stand alone in another chat."""
        asked = [typed] if typed.strip() else list(INLINE_EXAMPLES)
        answers = [self._current.assistant.ask(text)[0] for text in asked]
        if typed.strip() and answers[0].status != "answered":
            answers = [self._current.assistant.ask(one.question)[0] for one in answers[0].choices]
        told = [(answer, compact(answer)) for answer in answers[:MOST_RESULTS]]
        return [(answer, one) for answer, one in told if one is not None]

    def _result(self, answer: Answer, told: Compact) -> InlineQueryResultArticle:
        link = self._takeaway.link(answer)
        markup = InlineKeyboardMarkup([[InlineKeyboardButton(label("open"), url=link)]]) if link else None
        content = InputTextMessageContent(
            told.html, parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
        )
        return InlineQueryResultArticle(
            _id(told), told.title, content, description=told.description, reply_markup=markup
        )


def _id(told: Compact) -> str:
    """The same for the same text, so that a choice can be recognised without keeping what was offered."""
    return str(uuid5(NAMESPACE_URL, told.html))
