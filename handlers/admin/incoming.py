"""What comes in besides commands and is meant for the admin side: files, pictures with a command under them, tables."""

from __future__ import annotations

from typing import Any

from telegram import Message
from telegram.ext import filters

from db.grids import looks_like_table
from handlers.admin.table import COMMANDS


class _Table(filters.MessageFilter):
    """A table that was pasted as text."""

    def filter(self, message: Message) -> bool:
        return looks_like_table(message.text or "")


TABLE: Any = (
    filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND & _Table()
)
CAPTIONED: Any = (
    filters.ChatType.PRIVATE
    & filters.UpdateType.MESSAGE
    & filters.PHOTO
    & filters.CaptionRegex(rf"^/(?:{'|'.join(command.name for command in COMMANDS)})\b")
)
"""A picture with a command under it."""
FILE: Any = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & filters.Document.ALL
