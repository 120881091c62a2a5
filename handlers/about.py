"""What the bot says about itself, and forgetting on request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import Chat, Update
from telegram.ext import ContextTypes

from db.activity import Activity
from handlers.ask import Asking, Incoming
from handlers.chats import conversation_of
from handlers.current import Current
from handlers.reply import Sender, place_of
from knowledge.taking import question_of
from knowledge.telling.admin_texts import admin_text
from knowledge.telling.render import notice


@dataclass(eq=False)
class About:
    """Commands that need no assistant. `_role_of`: what somebody may do, empty for most."""

    _asking: Asking
    _current: Current
    _activity: Activity
    _sender: Sender
    _role_of: Callable[[int], Awaitable[str]]

    async def start(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The greeting; behind a link, the answer that it reopens, as it is today."""
        message = update.effective_message
        if message is None:
            return
        argument = context.args[0] if context.args else ""
        question = question_of(self._current.assistant.base, argument)
        if not question or message.chat.type != Chat.PRIVATE:
            await self._say(update, "start")
            return
        conversation = conversation_of(message.chat, message.from_user)
        place = place_of(message)
        await self._asking.answer(Incoming(question, conversation, place, message.message_id, rated=True))

    async def help(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """What can be asked, and how; for those who may edit, their work as well."""
        user, chat = update.effective_user, update.effective_chat
        private = chat is not None and chat.type == Chat.PRIVATE
        role = await self._role_of(user.id) if user and private else ""
        await self._say(update, "help", *([admin_text("help_work")] if role else []))

    async def privacy(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """What is kept, for how long."""
        await self._say(update, "privacy")

    async def moved(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """A group has become a supergroup, with another id: told of in the old one and in the new one."""
        message = update.effective_message
        if message is None:
            return
        here = message.chat.id
        await self._activity.move(message.migrate_from_chat_id or here, message.migrate_to_chat_id or here)

    async def forget(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """The next question starts afresh."""
        if chat := update.effective_chat:
            await self._activity.forget(conversation_of(chat, update.effective_user))
            await self._say(update, "forgotten")

    async def erase(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Delete everything that is kept about this person's conversation here."""
        if chat := update.effective_chat:
            await self._activity.erase(conversation_of(chat, update.effective_user))
            await self._say(update, "deleted")

    async def _say(self, update: Update, code: str, *more: str) -> None:
        """In a group the longer texts give way to the one that says how to ask there."""
        message = update.effective_message
        if message is None:
            return
        if message.chat.type != Chat.PRIVATE and code in ("start", "help"):
            code = "group_help"
        await self._sender.send(place_of(message), [notice(code), *more])
