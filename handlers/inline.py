"""Inline mode: `@bot …` in any chat. What is typed is answered as it is typed, and nothing of it is kept."""

from __future__ import annotations

import logging
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

from handlers.current import Current
from handlers.takeaway import Takeaway
from knowledge.records import Answer
from knowledge.telling.compact import Compact, compact
from knowledge.telling.takeaway_texts import INLINE_EXAMPLES, label

log = logging.getLogger(__name__)

MOST_RESULTS = 5
CACHED_SECONDS = 60
"""How long Telegram may give the same results to the same words; an edit of the base shows after that."""


class Inline:
    """Compact answers, ready to be sent into the chat where they are asked for."""

    def __init__(self, current: Current, takeaway: Takeaway) -> None:
        self._current = current
        self._takeaway = takeaway

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
        id_ = str(uuid5(NAMESPACE_URL, told.html))
        return InlineQueryResultArticle(
            id_, told.title, content, description=told.description, reply_markup=markup
        )
