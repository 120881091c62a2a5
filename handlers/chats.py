"""Whose turn it is, whose questions follow on from each other, and what a message says of itself."""

from __future__ import annotations

import re
from collections.abc import Callable

from telegram import Chat, Message, Update, User
from telegram.ext import filters

_COMMAND = re.compile(r"/\w+(?:@\w+)?\s*")


def chat_of(update: object) -> int:
    """What handles one update after the other: a chat, or one person outside of any; 0 for what is no update."""
    if not isinstance(update, Update):
        return 0
    chat, user = update.effective_chat, update.effective_user
    return chat.id if chat else user.id if user else 0


def conversation_of(chat: Chat, user: User | None) -> str:
    """Whose questions follow on from each other: a private chat, or one person in a group."""
    return f"{chat.id}/{user.id}" if user and chat.type != Chat.PRIVATE else str(chat.id)


def behind_command(text: str | None) -> str:
    """What is typed behind the command at the start of a text."""
    return _COMMAND.sub("", text or "", count=1).strip()


def replied_to(message: Message) -> Message | None:
    """The message of the bot that a message replies to; None where it replies to none."""
    replied = message.reply_to_message
    author = replied.from_user if replied else None
    return replied if author and author.id == message.get_bot().id else None


class Fitting(filters.MessageFilter):
    """Messages that pass a test."""

    def __init__(self, test: Callable[[Message], object]) -> None:
        super().__init__()
        self._test = test

    def filter(self, message: Message) -> bool:
        """Whether this one does."""
        return bool(self._test(message))
