"""Whose turn it is, and whose questions follow on from each other."""

from __future__ import annotations

from telegram import Chat, Update, User


def chat_of(update: object) -> int:
    """What handles one update after the other: a chat, or one person outside of any; 0 for what is no update."""
    if not isinstance(update, Update):
        return 0
    chat, user = update.effective_chat, update.effective_user
    return chat.id if chat else user.id if user else 0


def conversation_of(chat: Chat, user: User | None) -> str:
    """Whose questions follow on from each other: a private chat, or one person in a group."""
    return f"{chat.id}/{user.id}" if user and chat.type != Chat.PRIVATE else str(chat.id)
