"""Looking without changing: the history, what nobody could answer, a copy of everything, the guide to the commands."""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from rapidfuzz import fuzz

from db.backup import backup
from db.edits import history
from db.gaps import unanswered
from handlers.admin.office import Office, Refusal, Request
from handlers.admin.table import open_to
from handlers.reply import patiently
from knowledge.assistant import Assistant
from knowledge.records import Note
from knowledge.telling.admin_pages import gaps_html, history_html
from knowledge.telling.admin_texts import help_html, sentence
from knowledge.text import fold, words

MOST_CHANGES = 15
MOST_GROUPS = 15
ALIKE = 85
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
            (done.id, done.at, done.who, done.kind, done.row, done.before, done.after, done.undoes)
            for done in found
        ]
        await self._office.say(request, *history_html(rows))

    async def unanswered(self, request: Request) -> None:
        """`/chua_tra_loi`: grouped by likeness, without what the present base can answer."""
        asked = await self._office.desk.run(unanswered)
        assistant = self._office.current.assistant
        groups = await asyncio.to_thread(_open_groups, asked, assistant)
        if not groups:
            raise Refusal("no_gaps")
        await self._office.say(request, *gaps_html(groups[:MOST_GROUPS]))

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


def _open_groups(asked: Sequence[tuple[str, int]], assistant: Assistant) -> list[tuple[str, int]]:
    groups = grouped(asked)
    return [(text, count) for text, count in groups if assistant.ask(text)[0].status == "no_answer"]


def grouped(asked: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """(one of the questions, how often any like it was asked), the most frequent first.

    Questions are alike when their words are, whatever the order; other numbers make another question.
    """
    groups: dict[tuple[str, ...], list[tuple[str, str, int]]] = {}
    for text, count in asked:
        key = " ".join(sorted(words(fold(text))))
        near = groups.setdefault(tuple(re.findall(r"\d+", key)), [])
        for place, (other, shown, sum_) in enumerate(near):
            if fuzz.ratio(key, other, score_cutoff=ALIKE):
                near[place] = (other, shown, sum_ + count)
                break
        else:
            near.append((key, text, count))
    found = [(shown, count) for near in groups.values() for _, shown, count in near]
    return sorted(found, key=lambda group: -group[1])
