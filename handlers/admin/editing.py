"""Changing the knowledge: fields of any row, deleting, undoing. Saved only on a tap."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from typing import Any

from db.drafts import Settled, cancel_draft, cancel_drafts, save_draft
from db.edits import undo
from db.fields import type_of_record
from db.history import history, is_import
from db.proposals import Cell, Change
from handlers.admin.figure_line import amount_typed
from handlers.admin.office import Office, Refusal, Request, Tap
from handlers.admin.picking import Picking
from handlers.admin.reviewing import Reviewing
from handlers.admin.table import at_least
from handlers.buttons import acknowledge
from knowledge.records import Note
from knowledge.telling.admin_pages import row_html, shown_row, why_html
from knowledge.telling.admin_texts import field_of, is_field, sentence

_NUMBER = re.compile(r"#?(\d{1,15})")
_AMOUNTS = frozenset({"value", "value_max", "likely_value", "cap"})


class Editing:
    """Commands that change something, and the buttons that make it so."""

    def __init__(self, office: Office, reviewing: Reviewing) -> None:
        self._office = office
        self._reviewing = reviewing
        self.picking = Picking(office, {"sua": self._edit, "xoa": self._delete})

    async def edit(self, request: Request) -> None:
        """`/sua`: one field of one row; without a value it shows what there is to change."""
        left, given, _ = request.typed.partition("=")
        name, _, field = left.strip().partition(" ")
        replied = request.message.reply_to_message is not None
        if replied and (not request.typed or (given and is_field(left))):
            await self.picking.choose(request, "sua")
            return
        if not request.typed or bool(given) != bool(field.strip()):
            raise Refusal("usage", command="sua")
        table, row = await self._office.row(name)
        line = request.typed.strip().removeprefix(name) if given else ""
        await self._edit(replace(request, typed=line), table, row.record.id)

    async def _edit(self, request: Request, table: str, id_: str) -> None:
        """`field = value` of a row; without it, the row is shown."""
        table, row = await self._office.row(f"{table}:{id_}")
        field, given, typed = request.typed.partition("=")
        if not given:
            await self._office.say(request, *row_html(table, row.record, self._office.current.assistant.base))
            return
        column = field_of(field)
        if column not in type_of_record[table].__annotations__ or column == "id":
            raise Refusal("field_unknown", field=field.strip(), id=row.record.id)
        values = _cells(column, typed.strip(), row.record)
        await self._office.propose(
            request, Change(request.person, "edit", table, row.record.id, values, request.why)
        )

    async def delete(self, request: Request) -> None:
        """`/xoa`: a row, which /hoan_tac brings back."""
        if not request.typed and request.message.reply_to_message:
            await self.picking.choose(request, "xoa")
            return
        if not request.typed:
            raise Refusal("usage", command="xoa")
        table, row = await self._office.row(request.typed)
        await self._delete(request, table, row.record.id)

    async def _delete(self, request: Request, table: str, id_: str) -> None:
        await self._office.propose(request, Change(request.person, "delete", table, id_, why=request.why))

    async def undo(self, request: Request) -> None:
        """`/hoan_tac`: at once, since it can itself be undone; while review is on, an owner's only, and a whole import's by
        those who may send one then.
        """
        found = _NUMBER.fullmatch(request.typed)
        if found is None:
            raise Refusal("usage", command="hoan_tac")
        number, desk = int(found[1]), self._office.desk
        direct = at_least(request.role, "reviewer") and await desk.run(is_import, number)
        if not direct and await self._office.waits_for_review(request.role):
            await self._reviewing.undo(request, number)
            return
        number = await desk.aside(undo, number, request.person, request.why)
        (done,) = await desk.run(history, number=number)
        row = shown_row(done.table, done.row, done.before or done.after)
        values = {"number": found[1], "row": row, "by": str(number)}
        await self._after(request, Note("undone", values), *why_html(request.why))

    async def cancel_all(self, request: Request, *, left: bool) -> bool:
        """Drop what waits to be saved; False when nothing does. `left`: something step by step was left already."""
        count = await self._office.desk.run(cancel_drafts, request.person, time.time())
        if count:
            await self._office.say(request, sentence(Note("cancelled_all", {"count": str(count)})))
        elif left:
            await self._office.say(request, sentence(Note("step_left")))
        return bool(count) or left

    async def save(self, tap: Tap) -> None:
        """[Lưu]: where review is on and this is no owner, the change goes to the reviewers instead."""
        now, today = time.time(), self._office.current.clock()
        await self._explained(tap.person)
        settled = await self._office.desk.run(
            save_draft, tap.id, tap.person, today, now, free=tap.role == "owner"
        )
        await self._settle(tap, settled)
        if settled.state == "proposed":
            await self._reviewing.announce(settled.number)

    async def cancel(self, tap: Tap) -> None:
        """[Huỷ]."""
        await self._explained(tap.person)
        await self._settle(tap, await self._office.desk.run(cancel_draft, tap.id, tap.person, time.time()))

    async def _explained(self, person: int) -> None:
        """Nobody is asked for a reason any more."""
        step = await self._office.steps.here(person)
        if step is not None and step.what == "why":
            await self._office.steps.leave(person)

    async def _settle(self, tap: Tap, settled: Settled) -> None:
        """Say below a draft, in place of its buttons, what has become of it.

        A second tap, or one handled again after a crash, tells the same.
        """
        note = _settled(settled)
        if settled.state == "saved" and not settled.before and not await self._office.renew():
            note = Note("saved_not_loaded", note.values)
        if settled.before and not tap.message.reply_markup:  # told already; the buttons tapped were a memory
            await acknowledge(tap.query, sentence(note))
            return
        await acknowledge(tap.query)
        await self._office.show(tap, sentence(note))

    async def _after(self, request: Request, note: Note, *parts: str) -> None:
        loaded = await self._office.renew()
        more = () if loaded else (sentence(Note("not_loaded")),)
        await self._office.say(request, sentence(note), *parts, *more)


def _cells(column: str, typed: str, record: Any) -> dict[str, Cell]:
    """An amount may be typed as it is printed; for a figure's value the printed form then changes with it."""
    if column not in _AMOUNTS:
        return {column: typed}
    found = amount_typed(typed, percent=getattr(record, "unit", "") == "percent")
    if found is None:
        return {column: typed}
    digits, printed = found
    return {"value": digits, "as_printed": printed} if column == "value" else {column: digits}


def _settled(settled: Settled) -> Note:
    return Note(f"draft_{settled.state}", {"number": str(settled.number), "row": settled.row})
