"""Looking without changing: the history, how the bot is used and its base stands, a copy of everything, the guide to the
commands."""

from __future__ import annotations

import asyncio
import re
import tempfile
import time
import tomllib
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from db.backup import backup
from db.history import IMPORTS, Done, history
from db.usage import day_of, note_backup, standing, to_check, usage
from handlers.admin.exporting import MOST_SENT
from handlers.admin.office import Refusal, Request, Tap, Work, saying
from handlers.admin.table import open_to
from handlers.buttons import acknowledge
from handlers.keyboards import Button
from handlers.shown import told_of
from knowledge.base import KnowledgeBase
from knowledge.telling.admin_pages import Line, history_html, shown_row, who_html
from knowledge.telling.admin_texts import help_html
from knowledge.telling.charts import png
from knowledge.telling.gap_pages import LABELS
from knowledge.telling.labels import table_of
from knowledge.telling.usage_pages import (
    check_html,
    more_label,
    standing_html,
    usage_caption,
    usage_chart,
    usage_html,
)
from knowledge.text import WORD, fold

MOST_CHANGES = 15
LONGEST_TAP = 32
MOST_SEARCHED = 2000
"""The latest changes in which words are looked for."""
_TAP = re.compile(r"([atprw])-(\d{1,4})(?:-(.+))?")
_FROM = re.compile(r"n-([0-9]{1,6})")
USUAL_DAYS, MOST_DAYS = 7, 365
A_PAGE = 10
PROJECT = Path(__file__).parents[2] / "pyproject.toml"


class Overview(Work):
    """Commands that change nothing."""

    async def history(self, request: Request) -> None:
        """`/lich_su`: the last changes, of all, of one row, table or person, or with some words."""
        names = await self._office.names()
        kind, value = self._filter(request.typed, names)
        parts, buttons = await self._page(kind, value, 0)
        if not parts and kind == "r" and value.isascii() and value.isdecimal() and len(value) <= 15:
            kind = "p"
            parts, buttons = await self._page(kind, value, 0)
        if not parts and kind == "r":
            parts, buttons = await self._page("w", "-".join(fold(value).split()), 0)
        if not parts:
            raise Refusal("no_history_of" if request.typed else "no_history", id=request.typed)
        await self._say(request, *parts, buttons=buttons)

    async def tapped(self, tap: Tap) -> None:
        """[Trước], [Sau] below the history."""
        found = _TAP.fullmatch(tap.id)
        await acknowledge(tap.query)
        if found is not None:
            parts, buttons = await self._page(found[1], found[3] or "", int(found[2]))
            await self._show(tap, *parts, buttons=buttons)

    def _filter(self, typed: str, names: Mapping[int, str]) -> tuple[str, str]:
        """What was asked for: all, a table by its name, a person by name, else a row."""
        if not typed:
            return "a", ""
        if table := table_of(typed):
            return "t", table
        person = next((person for person, name in names.items() if fold(name) == fold(typed)), 0)
        return ("p", str(person)) if person else ("r", typed)

    async def _page(self, kind: str, value: str, page: int) -> tuple[list[str], list[Button]]:
        """A page of changes, and the buttons to the others."""
        desk, base = self._desk, self._base
        wanted: dict[str, dict[str, Any]] = {"t": {"table": value}, "r": {"item": value}}
        given: dict[str, Any] = {"who": int(value)} if kind == "p" else wanted.get(kind, {})
        start = page * MOST_CHANGES
        if kind == "w":
            words = set(value.split("-"))
            latest = await desk.run(history, limit=MOST_SEARCHED)
            found = [one for one in latest if words <= words_of(one, base)][start : start + MOST_CHANGES + 1]
        else:
            found = await desk.run(history, limit=MOST_CHANGES + 1, offset=start, **given)
        if not found:
            return [], []
        lines = [line_of(done, await self._office.names()) for done in found[:MOST_CHANGES]]
        buttons = []
        if len(f"{kind}-{page}-{value}") <= LONGEST_TAP and value.isascii():
            beside = [("before", page - 1)] if page else []
            beside += [("after", page + 1)] if len(found) > MOST_CHANGES else []
            buttons = [
                Button(LABELS[code], f"1:a:h:{kind}-{to}-{value}".rstrip("-"), beside=True)
                for code, to in beside
            ]
        return history_html(lines, base), buttons

    async def help(self, request: Request) -> None:
        """`/tro_giup_quan_tri`: the commands that this person may give."""
        await self._say(request, *help_html(open_to(request.role)))

    async def backup(self, request: Request) -> None:
        """`/sao_luu`: a consistent copy as a file. Raises `BackupError`."""
        today = self._office.current.clock()
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"khuyencong-{today.isoformat()}.db"
            told = await asyncio.to_thread(backup, self._desk.path, file)
            if file.stat().st_size > MOST_SENT:
                raise Refusal("backup_large")
            content = await asyncio.to_thread(file.read_bytes)
        caption = saying("backup", told=told)
        await self._office.sender.send_file(request.place, content, file.name, caption)
        await self._desk.run(note_backup)

    async def usage(self, request: Request) -> None:
        """`/thong_ke [days]`: numbers as text, then as a picture."""
        typed = request.typed or str(USUAL_DAYS)
        days = int(typed) if re.fullmatch(r"[0-9]{1,3}", typed) else 0
        if not 1 <= days <= MOST_DAYS:
            raise Refusal("usage", command="thong_ke")
        used = await self._desk.run(usage, day_of(time.time()), days)
        rows = [(day.day, (day.answered, day.asked_back, day.no_answer)) for day in used.days]
        if not any(sum(counts) for _, counts in rows):
            raise Refusal("no_questions", days=str(days))
        counts = (used.gaps, used.liked, used.disliked)
        await self._say(request, *usage_html(rows, used.kinds, used.topics, counts, self._base))
        picture = await asyncio.to_thread(png, usage_chart(rows))
        await self._office.sender.photo(request.place, picture, usage_caption(rows))

    async def standing(self, request: Request) -> None:
        """`/tinh_trang`."""
        now = await self._desk.run(standing, self._desk.path)
        count, rows = await self._desk.run(to_check, A_PAGE)
        parts = standing_html({"version": version(), **asdict(now)}, now.rows)
        buttons = _more(count, 0)
        await self._say(request, *parts, *check_html(count, rows, 0), buttons=buttons)

    async def more_to_check(self, tap: Tap) -> None:
        """The rows that need a check, from one of them on."""
        found = _FROM.fullmatch(tap.id)
        start = int(found[1]) if found else 0
        count, rows = await self._desk.run(to_check, A_PAGE, start)
        await acknowledge(tap.query)
        parts, buttons = check_html(count, rows, start), _more(count, start)
        await self._show(tap, *parts, buttons=buttons)


def _more(count: int, start: int) -> list[Button]:
    """[Xem thêm], back to the first rows after the last."""
    if count <= A_PAGE:
        return []
    after = start + A_PAGE
    return [Button(more_label(last=after >= count), f"1:a:t:n-{0 if after >= count else after}")]


@cache
def version() -> str:
    """The program's own version."""
    return str(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"])


def words_of(done: Done, base: KnowledgeBase) -> set[str]:
    """What a change may be looked for by: its id, its cells, and what its row is called."""
    cells = [str(cell) for stored in (done.before, done.after) for cell in (stored or {}).values()]
    said = fold(" ".join([done.row, told_of(done.table, done.row, base), done.why, *cells]))
    return set(WORD.findall(said.replace("-", " ")))


def line_of(done: Done, names: Mapping[int, str]) -> Line:
    """A line of the history as it is shown."""
    whole = done.table == IMPORTS
    return Line(
        done.id,
        done.at,
        who_html(done.who, names),
        "import" if whole and done.kind == "add" else done.kind,
        done.table,
        shown_row(done.table, done.row, done.before or done.after),
        *((None, None) if whole else (done.before, done.after)),
        done.undoes,
        done.why,
    )
