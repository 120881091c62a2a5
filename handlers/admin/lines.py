"""Commands of one line, asked part by part when nothing is typed behind them, over as many restarts as it takes.

What was said is put together into the line that could have been typed, and the command's own job does the rest.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from db.fields import type_of_record
from db.history import history
from db.waiting import Step
from handlers.admin.editing import column_of
from handlers.admin.naming import named
from handlers.admin.office import Office, Refusal, Request, Tap
from handlers.admin.phrases import phrase_of
from handlers.admin.picking import MOST_ITEMS, label_of, told_of
from handlers.buttons import acknowledge
from handlers.keyboards import Button
from handlers.shown import rows_of
from knowledge.records import Note
from knowledge.telling.admin_pages import row_html
from knowledge.telling.admin_texts import admin_text, sentence
from knowledge.telling.labels import field_name
from knowledge.telling.line_texts import ASKED, latest_label, listed_html

Job = Callable[[Request], Awaitable[None]]

PARTS: dict[str, tuple[str, ...]] = {
    "sua": ("row", "field", "value"),
    "xoa": ("row",),
    "them_cach_hoi": ("entry", "question"),
    "them_ten_khac": ("named", "name"),
    "them_tu": ("phrase", "meaning"),
    "hoan_tac": ("number",),
}
"""Command → what it is asked for, in order."""

_LINES = {
    "sua": "{row} {field} = {value}",
    "xoa": "{row}",
    "them_cach_hoi": "{entry} = {question}",
    "them_ten_khac": "{named} = {name}",
    "them_tu": "{phrase} = {meaning}",
    "hoan_tac": "{number}",
}
REPLIES = frozenset({"sua", "xoa"})
"""Commands for which a reply to an answer says the row."""
MOST_FIELDS = 17
OFTEN = frozenset({"value", "note", "body", "questions", "aliases", "status", "source", "sources", "url"})
"""Fields that are offered before the others."""
MOST_LATEST = 5


class Lines:
    """Every command of one line; `jobs`: what each does with its whole line."""

    def __init__(self, office: Office, jobs: Mapping[str, Job]) -> None:
        self._office = office
        self._jobs = jobs
        office.steps.takers["line"] = self._typed
        office.steps.askers["line"] = self._ask

    def command(self, name: str) -> Job:
        """The job of one command: without anything typed behind it, the first question."""

        async def begin(request: Request) -> None:
            replied = name in REPLIES and request.message.reply_to_message
            step = _step(name, {}, [], request.message.message_id, request.why)
            if request.typed and not replied and name == "sua" and await self._begun(request, step):
                return
            if request.typed or replied:
                await self._jobs[name](request)
                return
            if name == "hoan_tac":
                step.state["offered"] = await self._latest()
            await self._office.steps.go(request.person, step)
            await self._ask(request, step, sentence(Note("usage", {"command": name})))

        return begin

    async def tap(self, tap: Tap) -> None:
        """A button under a question: one of what is offered, or [Huỷ]."""
        step = await self._office.steps.at(tap.person, "line")
        at, _, word = tap.id.partition("-")
        if step is None or str(_at(step)) != at:
            await self._office.stale(tap)
            return
        await acknowledge(tap.query)
        offered = step.state["offered"]
        if word == "quit":
            await self._office.quit(tap.request)
        elif word.isdecimal() and int(word) < len(offered):
            await self._answered(tap.request, step, offered[int(word)][0])

    async def _typed(self, request: Request, step: Step) -> None:
        if step.update == str(
            request.message.message_id
        ):  # handled before, and cut off before its question left
            await self._ask(request, step)
            return
        command, part = step.state["command"], PARTS[step.state["command"]][_at(step)]
        said = request.typed
        if part == "field" and "=" in said:  # the rest of the line at once
            field, _, value = said.partition("=")
            await self._field(step, field)
            parts = {**step.state["parts"], "field": field.strip(), "value": value.strip()}
            await self._finish(request, command, parts, step)
            return
        if part in ("row", "entry") and not await self._known(part, said):
            await self._offer(request, step, said)
            return
        try:
            await self._answered(request, step, said)
        except Refusal:
            await self._office.unless_question(said)
            raise

    async def _known(self, part: str, said: str) -> bool:
        """Whether this is an id, and not a question whose answer shows the row."""
        if part == "entry":
            return said in self._office.base.entries
        try:
            await self._office.row(said)
        except Refusal as refusal:
            if refusal.note.code == "ambiguous":
                raise
            return False
        return True

    async def _offer(self, request: Request, step: Step, said: str) -> None:
        """The rows that an answer to these words shows. Raises `Refusal` where there are none."""
        assistant = self._office.current.assistant
        answer, _ = await asyncio.to_thread(assistant.ask, said)
        command = step.state["command"]
        wanted = PARTS[command][_at(step)]
        rows = [row for row in rows_of(answer) if wanted == "row" or row[0] == "entries"]
        found = [(f"{table}:{id_}", told_of(table, id_, assistant.base)) for table, id_ in rows]
        offered = [[row, told] for row, told in found if told][:MOST_ITEMS]
        if not offered:
            raise Refusal("no_entry" if wanted == "entry" else "no_row", id=said)
        after = _step(command, step.state["parts"], offered, request.message.message_id, step.state["why"])
        await self._office.steps.go(request.person, after)
        await self._ask(request, after, *listed_html(offered))

    async def _answered(self, request: Request, step: Step, said: str) -> None:
        """Keep what was said, if it reads, and ask for the next part; after the last, do what the line says."""
        command = step.state["command"]
        names = PARTS[command]
        part = names[_at(step)]
        offered: list[list[str]] = []
        shown: Sequence[str] = ()
        if part == "named":
            table, row = await named(self._office, said)
            said = f"{table}:{row.record.id}"
        elif part == "row" and len(names) > 1:
            table, row = await self._office.row(said)
            said, record = f"{table}:{row.record.id}", row.record
            shown = row_html(table, record, self._office.base)[:-1]
            offered = _fields(table, record)
        elif part == "phrase":
            said = phrase_of(said, self._office.base)
        elif part == "field":
            await self._field(step, said)
            offered = [["", admin_text("button_clear")]]
        parts = {**step.state["parts"], part: said}
        if len(parts) == len(names):
            await self._finish(request, command, parts, step)
            return
        after = _step(command, parts, offered, request.message.message_id, step.state["why"])
        await self._office.steps.go(request.person, after)
        await self._ask(request, after, *shown)

    async def _field(self, step: Step, said: str) -> None:
        """Raises `Refusal` for what is no field of the row."""
        table, row = await self._office.row(step.state["parts"]["row"])
        column_of(table, said, row.record.id)

    async def _finish(self, request: Request, command: str, parts: Mapping[str, str], step: Step) -> None:
        line = _LINES[command].format_map(parts)
        await self._jobs[command](replace(request, typed=line, why=step.state["why"]))
        await self._office.steps.leave(request.person)

    async def _ask(self, request: Request, step: Step, *shown: str) -> None:
        command, at = step.state["command"], _at(step)
        offered = step.state["offered"]
        part = PARTS[command][at]
        ask = ASKED["offer", "row"] if offered and part in ("row", "entry") else ASKED[command, part]
        buttons = [
            Button(label_of(label), f"1:a:line:{at}-{n}", beside=part == "field")
            for n, (_, label) in enumerate(offered)
        ]
        quit_ = Button(admin_text("button_quit"), f"1:a:line:{at}-quit", beside=True)
        await self._office.say(request, *shown, ask, buttons=[*buttons, quit_])

    async def _begun(self, request: Request, step: Step) -> bool:
        """Ask for the field of a row where the line names it and says nothing of what to change; False where it does."""
        name = request.typed.split()[0]
        if "=" in request.typed or not await self._known("row", name):
            return False
        await self._answered(request, step, name)
        return True

    async def _latest(self) -> list[list[str]]:
        """The last changes: number and what it is called."""
        found = await self._office.desk.run(history, limit=MOST_LATEST)
        return [[str(one.id), latest_label(one.id, one.kind, one.row)] for one in found]


def _step(
    command: str, parts: Mapping[str, str], offered: Sequence[Sequence[str]], message: int, why: str
) -> Step:
    state: dict[str, Any] = {"command": command, "parts": dict(parts), "offered": [*offered], "why": why}
    return Step("line", state, str(message))


def _at(step: Step) -> int:
    return len(step.state["parts"])


def _fields(table: str, record: Any) -> list[list[str]]:
    """The fields of a row as they are called: what is mended most often, then what holds something."""
    names = [name for name in type_of_record[table].__annotations__ if name != "id"]
    names.sort(key=lambda name: (name not in OFTEN, not getattr(record, name)))
    return [[name, field_name(table, name)] for name in names[:MOST_FIELDS]]
