"""What comes in besides commands and is meant for the admin side: files, pictures with a command under them, tables."""

from __future__ import annotations

from typing import Any

from telegram import Message
from telegram.ext import filters

from db.grids import looks_like_table
from handlers.admin.table import COMMANDS, Command

SHEETS = (".csv", ".tsv", ".xlsx", ".xls", ".zip", ".md", ".docx")
"""Endings of files that are for import, whatever stands under them."""
_COMMANDS = {f"/{command.name}": command for command in COMMANDS}


class _Table(filters.MessageFilter):
    """A table that was pasted as text."""

    def filter(self, message: Message) -> bool:
        return looks_like_table(message.text or "")


TABLE: Any = (
    filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND & _Table()
)
_CAPTIONED: Any = filters.PHOTO & filters.CaptionRegex(
    rf"^/(?:{'|'.join(command.name for command in COMMANDS)})\b"
)
SENT: Any = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & (filters.Document.ALL | _CAPTIONED)
"""A file, or a picture with a command under it."""


def meant(message: Message) -> Command | None:
    """The command under a file or a picture, else the one that takes a file of this name; None where there is none."""
    named = (message.caption or "").split("@")[0].split()[:1]
    name = (message.document.file_name if message.document else "") or ""
    fitting = [*named, *(["/nhap"] if name.lower().endswith(SHEETS) else [])]
    return next((_COMMANDS[one] for one in fitting if one in _COMMANDS), None)
