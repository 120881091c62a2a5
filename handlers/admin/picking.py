"""The rows behind an answer that is replied to; where there are several, a button for each."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram import Message

from db.recording import shown_rows
from db.waiting import Step
from handlers.admin.office import Office, Refusal, Request, Tap
from handlers.buttons import acknowledge
from handlers.keyboards import Button
from handlers.shown import records
from knowledge.base import KnowledgeBase
from knowledge.telling import figure_lines
from knowledge.telling.admin_pages import items_html
from knowledge.telling.formats import amount

MOST_ITEMS = 12
MOST_LABEL = 60

Item = tuple[str, str, str]
"""Table, id, what it is."""

Chosen = Callable[[Request, str, str], Awaitable[None]]
"""What becomes of the row: (request, table, id)."""


class Picking:
    """`jobs`: command → what it does with a row; the rest of the line is in the request."""

    def __init__(self, office: Office, jobs: dict[str, Chosen]) -> None:
        self._office = office
        self._jobs = jobs

    async def choose(self, request: Request, command: str) -> None:
        """Do it with the row behind the answer, or ask with which. Raises `Refusal` where there is none."""
        items = (await self._items(request.message))[:MOST_ITEMS]
        if not items:
            raise Refusal("nothing_in_answer")
        if len(items) == 1:
            await self._jobs[command](request, *items[0][:2])
            return
        state = {
            "command": command,
            "typed": request.typed,
            "why": request.why,
            "items": [item[:2] for item in items],
        }
        await self._office.steps.go(request.person, Step("pick", state))
        buttons = [Button(label_of(told), f"1:a:pick:{n}") for n, (_, _, told) in enumerate(items)]
        await self._office.say(request, items_html([item[1:] for item in items]), buttons=buttons)

    async def tap(self, tap: Tap) -> None:
        """A button with one of the rows."""
        step = await self._office.steps.at(tap.person, "pick")
        number = int(tap.id) if tap.id.isdecimal() and len(tap.id) <= 2 else MOST_ITEMS
        if step is None or number >= len(step.state["items"]):
            await self._office.stale(tap)
            return
        await acknowledge(tap.query)
        table, row = step.state["items"][number]
        request = replace(tap.request, typed=step.state["typed"], why=str(step.state.get("why", "")))
        await self._jobs[step.state["command"]](request, table, row)

    async def _items(self, message: Message) -> list[Item]:
        """What the message that is replied to remembers; else the rows whose words stand in it."""
        replied = message.reply_to_message
        author = replied.from_user if replied else None
        if replied is None or author is None or author.id != message.get_bot().id:
            return []
        base = self._office.base
        rows = await self._office.desk.run(shown_rows, message.chat.id, replied.message_id)
        if rows:
            return [(table, row, told) for table, row in rows if (told := told_of(table, row, base))]
        return await asyncio.to_thread(_told_in, replied.text or "", base)


def label_of(told: str) -> str:
    """As it fits on a button; the end, where the amount of a figure stands, is kept."""
    return told if len(told) <= MOST_LABEL else f"{told[: MOST_LABEL - 25].rstrip()}…{told[-24:].lstrip()}"


def told_of(table: str, row: str, base: KnowledgeBase) -> str:
    """What a row is, in a few words; empty when it is gone."""
    record = records(base, table).get(row)
    if record is None:
        return ""
    if table == "figures":
        return f"{figure_lines.slots(record, base.names)}: {amount(record)}"
    if table == "documents":
        return " ".join(filter(None, (record.number, record.title)))
    return str(getattr(record, "title", "") or getattr(record, "name", ""))


def _told_in(text: str, base: KnowledgeBase) -> list[Item]:
    found = [
        ("entries", entry.id, entry.title)
        for entry in base.entries.values()
        if entry.title in text or entry.body.partition("\n")[0] in text
    ]
    for figure in base.figures.values():
        shown = amount(figure)
        if shown in text and (told := figure_lines.slots(figure, base.names)) in text:
            found.append(("figures", figure.id, f"{told}: {shown}"))
    found += [
        ("support_levels", level.id, level.name) for level in base.levels.values() if level.name in text
    ]
    return found + [("events", event.id, event.name) for event in base.events.values() if event.name in text]
