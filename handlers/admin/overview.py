"""Looking without changing: the history, a copy of everything, the guide to the commands."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path

from db.backup import backup
from db.history import IMPORTS, history
from db.usage import note_backup
from handlers.admin.office import Office, Refusal, Request
from handlers.admin.table import open_to
from handlers.reply import patiently
from knowledge.records import Note
from knowledge.telling.admin_pages import Line, history_html, shown_row
from knowledge.telling.admin_texts import help_html, sentence

MOST_CHANGES = 15
MOST_BYTES = 49 * 1024 * 1024  # what a bot may send is 50 MB


class Overview:
    """Commands that change nothing."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def history(self, request: Request) -> None:
        """`/lich_su`: the last changes, of all, of one row, or of one person."""
        desk, item = self._office.desk, request.typed
        found = await desk.run(history, item or None, limit=MOST_CHANGES)
        if not found and item.isascii() and item.isdigit() and len(item) <= 15:
            found = await desk.run(history, None, int(item), limit=MOST_CHANGES)
        if not found:
            raise Refusal("no_history_of" if item else "no_history", id=item)
        rows = [
            Line(
                done.id,
                done.at,
                str(done.who),
                "import" if (done.table, done.kind) == (IMPORTS, "add") else done.kind,
                done.table,
                shown_row(done.table, done.row, done.before or done.after),
                *((None, None) if done.table == IMPORTS else (done.before, done.after)),
                done.undoes,
                done.why,
            )
            for done in found
        ]
        await self._office.say(request, *history_html(rows, self._office.current.assistant.base))

    async def help(self, request: Request) -> None:
        """`/tro_giup_quan_tri`: the commands that this person may give."""
        await self._office.say(request, *help_html(open_to(request.role)))

    async def backup(self, request: Request) -> None:
        """`/sao_luu`: a consistent copy as a file. Raises `BackupError`."""
        today = self._office.current.clock()
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"khuyencong-{today.isoformat()}.db"
            told = await asyncio.to_thread(backup, self._office.desk.path, file)
            if file.stat().st_size > MOST_BYTES:
                raise Refusal("backup_large")
            content = await asyncio.to_thread(file.read_bytes)
        bot = request.message.get_bot()
        caption = sentence(Note("backup", {"told": told}))
        await patiently(
            lambda: bot.send_document(
                request.place.chat,
                content,
                filename=file.name,
                caption=caption,
                write_timeout=timedelta(minutes=2).total_seconds(),
            )
        )
        await self._office.desk.run(note_backup)
