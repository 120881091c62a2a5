"""Commands of one line, asked part by part when nothing is typed behind them, over as many restarts as it takes.

What was said is put together into the line that could have been typed, and the command's own job does the rest.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from telegram import Message

from db.fields import type_of_record
from db.history import history
from db.recording import shown_rows
from db.waiting import Step
from handlers.admin.dialogue import Dialogue
from handlers.admin.editing import column_of
from handlers.admin.naming import named, phrase_of
from handlers.admin.office import Office, Refusal, Request, saying
from handlers.chats import replied_to
from handlers.shown import rows_of, told_of
from knowledge.base import KnowledgeBase
from knowledge.telling import figure_lines
from knowledge.telling.admin_pages import row_html
from knowledge.telling.admin_texts import admin_text
from knowledge.telling.formats import amount
from knowledge.telling.labels import field_name, field_of
from knowledge.telling.line_texts import ASKED, latest_label, listed_html

Job = Callable[[Request], Awaitable[None]]
Item = tuple[str, str]
"""`table:id`, what it is."""

LINES = {
    "sua": "{row} {field} = {value}",
    "xoa": "{row}",
    "them_cach_hoi": "{entry} = {question}",
    "them_ten_khac": "{named} = {name}",
    "them_tu": "{phrase} = {meaning}",
    "hoan_tac": "{number}",
}
"""Command → its line, with what it is asked for."""
MOST_FIELDS = 17
OFTEN = frozenset({"value", "note", "body", "questions", "aliases", "status", "source", "sources", "url"})
"""Fields that are offered before the others."""
MOST_LATEST = 5
MOST_ITEMS = 12


class Lines(Dialogue):
    """Every command of one line; `jobs`: what each does with its whole line."""

    job = "line"
    plainly = False

    def __init__(self, office: Office, jobs: Mapping[str, Job]) -> None:
        super().__init__(office)
        self._jobs = jobs

    def command(self, name: str) -> Job:
        """The job of one command: without anything typed behind it, the first question."""

        async def begin(request: Request) -> None:
            state = {"command": name, "parts": {}, "why": request.why, "offered": []}
            typed, replied = request.typed, request.message.reply_to_message is not None
            of_row = name in ("sua", "xoa")
            if replied and of_row and (not typed or (name == "sua" and _begins_with_a_field(typed))):
                await self._pick(request, {**state, "rest": typed})
            elif not typed:
                offered = await self._latest() if name == "hoan_tac" else []
                await self._ask(request, {**state, "offered": offered}, saying("usage", command=name))
            elif name == "sua" and "=" not in typed and await self._known("row", row := typed.split()[0]):
                await self.answered(request, Step(self.job, {**state, "part": "row"}), row)
            else:
                await self._jobs[name](request)

        return begin

    async def said(self, request: Request, step: Step) -> None:
        """A part, or for a field the rest of the line; instead of a row's id what asks for it."""
        said, state, part = request.typed, step.state, step.state["part"]
        if part == "field" and "=" in said:
            field, _, value = said.partition("=")
            await self._field(state, field)
            await self._finish(request, state, {"field": field.strip(), "value": value.strip()})
            return
        if part in ("row", "entry") and not await self._known(part, said):
            await self._offer(request, state, said)
            return
        await super().said(request, step)

    async def again(self, request: Request, step: Step, *parts: str) -> None:
        """The same question."""
        await self._ask(request, step.state, *parts)

    async def answered(self, request: Request, step: Step, said: str) -> None:
        """Keep what was said, if it reads, and ask for the next part; after the last, do what the line says."""
        state, part = step.state, step.state["part"]
        offered: list[tuple[str, str]] = []
        shown: Sequence[str] = ()
        if part == "named":
            table, row = await named(self._office, said)
            said = f"{table}:{row.record.id}"
        elif part == "row" and state["command"] == "sua" and "rest" not in state:
            table, row = await self._office.row(said)
            said, record = f"{table}:{row.record.id}", row.record
            shown = row_html(table, record, self._base)[:-1]
            offered = _fields(table, record)
        elif part == "phrase":
            said = phrase_of(said, self._base)
        elif part == "field":
            await self._field(state, said)
            offered = [("", admin_text("button_clear"))]
        parts = {**state["parts"], part: said}
        if "rest" in state or not _left(state["command"], parts):
            await self._finish(request, state, parts)
        else:
            await self._ask(request, {**state, "parts": parts, "offered": offered}, *shown)

    async def _known(self, part: str, said: str) -> bool:
        """Whether this is an id, and not a question whose answer shows the row."""
        if part == "entry":
            return said in self._base.entries
        try:
            await self._office.row(said)
        except Refusal as refusal:
            if refusal.note.code == "ambiguous":
                raise
            return False
        return True

    async def _offer(self, request: Request, state: Mapping[str, Any], said: str) -> None:
        """The rows that an answer to these words shows. Raises `Refusal` where there are none."""
        assistant = self._office.current.assistant
        answer, _ = await asyncio.to_thread(assistant.ask, said)
        rows = [row for row in rows_of(answer) if state["part"] == "row" or row[0] == "entries"]
        offered = items_of(rows, assistant.base)[:MOST_ITEMS]
        if not offered:
            raise Refusal("no_entry" if state["part"] == "entry" else "no_row", id=said)
        await self._ask(request, {**state, "offered": offered}, *listed_html(offered))

    async def _pick(self, request: Request, state: Mapping[str, Any]) -> None:
        """Go on with the row behind the answer that is replied to, or ask with which. Raises `Refusal` where there is none."""
        items = (await rows_behind(self._office, request.message))[:MOST_ITEMS]
        if not items:
            raise Refusal("nothing_in_answer")
        if len(items) == 1:
            await self._finish(request, state, {"row": items[0][0]})
        else:
            await self._ask(request, {**state, "offered": items}, *listed_html(items))

    async def _field(self, state: Mapping[str, Any], said: str) -> None:
        """Raises `Refusal` for what is no field of the row."""
        table, row = await self._office.row(state["parts"]["row"])
        column_of(table, said, row.record.id)

    async def _finish(self, request: Request, state: Mapping[str, Any], parts: Mapping[str, str]) -> None:
        """Do what the line says. `rest`: what was typed of it before its row was chosen."""
        line = "{row} {rest}" if "rest" in state else LINES[state["command"]]
        line = line.format_map({**state["parts"], **parts, "rest": state.get("rest", "")})
        await self._jobs[state["command"]](replace(request, typed=line.strip(), why=state["why"]))
        await self._office.steps.leave(request.person)

    async def _ask(self, request: Request, state: Mapping[str, Any], *shown: str) -> None:
        command = state["command"]
        part = _left(command, state["parts"])[0]
        ask = ASKED["offer"]["row"] if state["offered"] and part in ("row", "entry") else ASKED[command][part]
        await self.ask(request, {**state, "part": part}, *shown, ask)

    async def _latest(self) -> list[tuple[str, str]]:
        """The last changes: number and what it is called."""
        found = await self._desk.run(history, limit=MOST_LATEST)
        return [(str(one.id), latest_label(one.id, one.kind, one.row)) for one in found]


async def rows_behind(office: Office, message: Message) -> list[Item]:
    """What the message that is replied to remembers; else the rows whose words stand in it."""
    replied = replied_to(message)
    if replied is None:
        return []
    rows = await office.desk.run(shown_rows, message.chat.id, replied.message_id)
    if rows:
        return items_of(rows, office.base)
    return await asyncio.to_thread(_told_in, replied.text or "", office.base)


def items_of(rows: list[tuple[str, str]], base: KnowledgeBase) -> list[Item]:
    """These rows, (table, id), with what they are, but for those that are gone."""
    found = ((f"{table}:{row}", told_of(table, row, base)) for table, row in rows)
    return [(row, told) for row, told in found if told]


def _told_in(text: str, base: KnowledgeBase) -> list[Item]:
    found = [
        (f"entries:{entry.id}", entry.title)
        for entry in base.entries.values()
        if entry.title in text or entry.body.partition("\n")[0] in text
    ]
    for figure in base.figures.values():
        shown = amount(figure)
        if shown in text and (told := figure_lines.slots(figure, base.names)) in text:
            found.append((f"figures:{figure.id}", f"{told}: {shown}"))
    for table, rows in (("support_levels", base.levels), ("events", base.events)):
        found += [(f"{table}:{one.id}", one.name) for one in rows.values() if one.name in text]
    return found


def _left(command: str, parts: Mapping[str, str]) -> list[str]:
    """What a command is still to be asked for, in order."""
    return [part for part in re.findall(r"{(\w+)}", LINES[command]) if part not in parts]


def _begins_with_a_field(typed: str) -> bool:
    """Whether a line changes a field and names no row."""
    left, given, _ = typed.partition("=")
    tables = type_of_record.items()
    return bool(given) and any(field_of(table, tuple(kind.__annotations__), left) for table, kind in tables)


def _fields(table: str, record: Any) -> list[tuple[str, str]]:
    """The fields of a row as they are called: what is mended most often, then what holds something."""
    names = [name for name in type_of_record[table].__annotations__ if name != "id"]
    names.sort(key=lambda name: (name not in OFTEN, not getattr(record, name)))
    return [(name, field_name(table, name)) for name in names[:MOST_FIELDS]]
