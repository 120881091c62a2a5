"""What comes in besides commands and is meant for the admin side: files, pictures with a command under them, tables."""

from __future__ import annotations

from typing import Any

from telegram import Message
from telegram.ext import filters

from db.grids import looks_like_table
from handlers.admin.office import asks_plainly
from handlers.admin.table import COMMANDS, Command
from handlers.chats import Fitting, behind_command
from knowledge.text import fold

SHEETS = (".csv", ".tsv", ".xlsx", ".xls", ".zip", ".md", ".docx")
"""Endings of files that are for import, whatever stands under them."""
_COMMANDS = {f"/{command.name}": command for command in COMMANDS}
_IN_WORDS = {
    command.name.replace("_", " "): command for command in COMMANDS if command.why and "_" in command.name
}
"""What is typed for a command by who leaves out its stroke: those alone that are no words of a question."""
MOST_WORDS = max(name.count(" ") + 1 for name in _IN_WORDS)
_TYPED: Any = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND
WORDED: Any = _TYPED & Fitting(lambda message: in_words(message.text or "")[0])
TABLE: Any = _TYPED & Fitting(lambda message: looks_like_table(message.text or ""))
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


def in_words(text: str) -> tuple[Command | None, str]:
    """The command whose name is typed as words at the start, and what stands behind it; None for a question."""
    words = text.split()
    for count in range(min(len(words), MOST_WORDS), 0, -1) if not asks_plainly(text) else ():
        if command := _IN_WORDS.get(fold(" ".join(words[:count]))):
            return command, text.split(maxsplit=count)[count] if len(words) > count else ""
    return None, ""


def behind(command: Command, text: str) -> str:
    """What is typed behind the name of a command, which stands at the start with its stroke or as words."""
    if text.lower().startswith(f"/{command.name}"):
        return behind_command(text)
    return in_words(text)[1].strip()
