"""The rows behind an answer that is replied to."""

from __future__ import annotations

import asyncio

from telegram import Message

from db.recording import shown_rows
from handlers.admin.office import Office
from handlers.chats import replied_to
from handlers.shown import records
from knowledge.base import KnowledgeBase
from knowledge.telling import figure_lines
from knowledge.telling.formats import amount

Item = tuple[str, str]
"""`table:id`, what it is."""


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
