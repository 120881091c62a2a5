"""Changing the knowledge: figures, fields of any row, question variants, deleting, undoing. Saved only on a tap."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Mapping, Sequence
from typing import Any

from telegram import CallbackQuery, Message

from db.drafts import Settled, cancel_draft, cancel_drafts, save_draft
from db.edits import history, undo
from db.fields import type_of_record
from db.files import Row
from db.proposals import Cell, Change, find
from handlers.admin.figure_line import amount_typed, read_figure
from handlers.admin.office import Office, Refusal, Request
from handlers.buttons import acknowledge
from handlers.reply import place_of
from knowledge.base import KnowledgeBase
from knowledge.records import Entry, Note
from knowledge.telling import figure_lines
from knowledge.telling.admin_pages import items_html, row_html, shown_row
from knowledge.telling.admin_texts import field_of, is_field, sentence
from knowledge.telling.formats import amount
from knowledge.text import fold

_QUESTION = re.compile(r"([^=\s]+)\s*=\s*(\S.*)", re.DOTALL)
_NUMBER = re.compile(r"#?(\d{1,15})")
_ADDRESS = re.compile(r"https?://[^\s/]+\.\S+")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_AMOUNTS = frozenset({"value", "value_max", "likely_value", "cap"})
MOST_ITEMS = 12


class Editing:
    """Commands that change something, and the buttons that make it so."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def add_figure(self, request: Request) -> None:
        """`/them_so_lieu`: a figure in one line."""
        if not request.typed:
            raise Refusal("usage", command="them_so_lieu")
        current = self._office.current
        reader = await current.reader()
        row, cells = read_figure(request.typed, reader, current.assistant.base, current.clock())
        await self._office.propose(request, Change(request.person, "add", "figures", row, cells))

    async def add_source(self, request: Request) -> None:
        """`/them_nguon`: what a figure comes from; the day and the address may be left out."""
        parts = [part.strip() for part in request.typed.split("|")]
        if not 3 <= len(parts) <= 5 or not all(parts[:3]):
            raise Refusal("usage", command="them_nguon")
        row, title, publisher, day, url = (*parts, "", "")[:5]
        if url and not _ADDRESS.fullmatch(url):
            raise Refusal("bad_address", typed=url)
        cells = {"title": title, "publisher": publisher, "published_on": _iso(day), "url": url}
        values = {**cells, "kind": "news", "rank": "3"}
        await self._office.propose(request, Change(request.person, "add", "sources", row, values))

    async def add_question(self, request: Request) -> None:
        """`/them_cach_hoi`: one more way of asking for an entry."""
        found = _QUESTION.fullmatch(request.typed)
        if found is None:
            raise Refusal("usage", command="them_cach_hoi")
        entries = self._office.current.assistant.base.entries
        entry = entries.get(found[1])
        if entry is None:
            raise Refusal("no_entry", id=found[1])
        said = " ".join(found[2].split())
        if owner := await asyncio.to_thread(_asked_by, fold(said), entries):
            raise Refusal("question_known", id=owner)
        values: dict[str, Cell] = {"questions": (*entry.questions, said)}
        await self._office.propose(request, Change(request.person, "edit", "entries", entry.id, values))

    async def edit(self, request: Request) -> None:
        """`/sua`: one field of one row; without a value it shows what there is to change."""
        left, given, typed = request.typed.partition("=")
        name, _, field = left.strip().partition(" ")
        if given and is_field(left) and request.message.reply_to_message:
            items = await self._replied(request.message)
            if len(items) != 1:
                await self._show_items(request, items)
                return
            name, field = items[0][0], left
        elif not request.typed:
            await self._show_items(request, await self._replied(request.message))
            return
        elif bool(given) != bool(field.strip()):
            raise Refusal("usage", command="sua")
        table, row = await self._row(name)
        if not given:
            await self._office.say(request, *row_html(table, row.record, self._office.current.assistant.base))
            return
        column = field_of(field)
        if column not in type_of_record[table].__annotations__ or column == "id":
            raise Refusal("field_unknown", field=field.strip(), id=row.record.id)
        values = _cells(column, typed.strip(), row.record)
        await self._office.propose(request, Change(request.person, "edit", table, row.record.id, values))

    async def delete(self, request: Request) -> None:
        """`/xoa`: a row, which /hoan_tac brings back."""
        if not request.typed:
            raise Refusal("usage", command="xoa")
        table, row = await self._row(request.typed)
        await self._office.propose(request, Change(request.person, "delete", table, row.record.id))

    async def undo(self, request: Request) -> None:
        """`/hoan_tac`: at once, since it can itself be undone."""
        found = _NUMBER.fullmatch(request.typed)
        if found is None:
            raise Refusal("usage", command="hoan_tac")
        number = await self._office.desk.aside(undo, int(found[1]), request.person)
        (done,) = await self._office.desk.run(history, number=number)
        row = shown_row(done.table, done.row, done.before or done.after)
        values = {"number": found[1], "row": row, "by": str(number)}
        await self._after(request, Note("undone", values))

    async def cancel_all(self, request: Request) -> bool:
        """Drop what waits to be saved; False when nothing does."""
        count = await self._office.desk.run(cancel_drafts, request.person, time.time())
        if count:
            await self._office.say(request, sentence(Note("cancelled_all", {"count": str(count)})))
        return bool(count)

    async def tapped(self, query: CallbackQuery, message: Message, action: str, id_: str) -> None:
        """Save or drop a draft, and say below it, in place of its buttons, what has become of it.

        Raises what `save_draft` raises. A second tap, or one handled again after a crash, tells the same.
        """
        desk, person, now = self._office.desk, query.from_user.id, time.time()
        if action == "s":
            settled = await desk.run(save_draft, id_, person, self._office.current.clock(), now)
        else:
            settled = await desk.run(cancel_draft, id_, person, now)
        note = _settled(settled)
        if settled.state == "saved" and not settled.before and not await self._office.renew():
            note = Note("saved_not_loaded", note.values)
        if settled.before and not message.reply_markup:  # told already; the buttons tapped were a memory
            await acknowledge(query, sentence(note))
            return
        await acknowledge(query)
        place = place_of(message, quote=False)
        await self._office.sender.edit(place, [message.message_id], [sentence(note)])

    async def _after(self, request: Request, note: Note) -> None:
        loaded = await self._office.renew()
        more = () if loaded else (sentence(Note("not_loaded")),)
        await self._office.say(request, sentence(note), *more)

    async def _row(self, typed: str) -> tuple[str, Row]:
        """The row that is meant: its id, or `table:id` where an id is used twice."""
        table, colon, name = typed.rpartition(":")
        found = await self._office.desk.run(find, name if colon else typed)
        found = [(one, row) for one, row in found if not colon or one == table]
        if not found:
            raise Refusal("no_row", id=typed)
        if len(found) > 1:
            raise Refusal("ambiguous", ids=", ".join(f"{one}:{typed}" for one, _ in found))
        return found[0]

    async def _show_items(self, request: Request, items: Sequence[tuple[str, str]]) -> None:
        if request.message.reply_to_message is None:
            raise Refusal("usage", command="sua")
        if not items:
            raise Refusal("nothing_in_answer")
        await self._office.say(request, items_html(items[:MOST_ITEMS]))

    async def _replied(self, message: Message) -> list[tuple[str, str]]:
        """(id, what it is) of the rows whose words stand in the answer that is replied to."""
        replied = message.reply_to_message
        author = replied.from_user if replied else None
        if replied is None or author is None or author.id != message.get_bot().id:
            return []
        return await asyncio.to_thread(_told_in, replied.text or "", self._office.current.assistant.base)


def _told_in(text: str, base: KnowledgeBase) -> list[tuple[str, str]]:
    found = [
        (entry.id, entry.title)
        for entry in base.entries.values()
        if entry.title in text or entry.body.partition("\n")[0] in text
    ]
    for figure in base.figures.values():
        shown = amount(figure)
        if shown in text and (told := figure_lines.title(figure, base.names)) in text:
            found.append((figure.id, f"{told}: {shown}"))
    found += [(level.id, level.name) for level in base.levels.values() if level.name in text]
    return found + [(event.id, event.name) for event in base.events.values() if event.name in text]


def _asked_by(folded: str, entries: Mapping[str, Entry]) -> str:
    """The entry that this is a question of already; empty when there is none."""
    return next(
        (entry.id for entry in entries.values() if folded in {fold(one) for one in entry.questions}), ""
    )


def _cells(column: str, typed: str, record: Any) -> dict[str, Cell]:
    """An amount may be typed as it is printed; for a figure's value the printed form then changes with it."""
    if column not in _AMOUNTS:
        return {column: typed}
    found = amount_typed(typed, percent=getattr(record, "unit", "") == "percent")
    if found is None:
        return {column: typed}
    digits, printed = found
    return {"value": digits, "as_printed": printed} if column == "value" else {column: digits}


def _iso(day: str) -> str:
    """`16/5/2024` as cells have it; anything else as it is."""
    found = _DAY.fullmatch(day)
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else day


def _settled(settled: Settled) -> Note:
    return Note(f"draft_{settled.state}", {"number": str(settled.number), "row": settled.row})
