"""Changing the knowledge: fields of any row, deleting, undoing. Saved only on a tap; why, is said at the end of a
command's line, or after a tap under what is read back."""

from __future__ import annotations

import re
import time
import unicodedata
from typing import Any

from db.amounts import amount_in
from db.drafts import cancel_draft, cancel_drafts, draft_of, explain_draft, save_draft
from db.edits import undo
from db.fields import Cell, type_of_record
from db.history import Done, history, is_import
from db.proposals import Change, review
from db.values import EMPTY, Values
from db.waiting import Settled, Step
from handlers.admin.office import Office, Refusal, Request, Tap, Work, draft_buttons, saying
from handlers.admin.reviewing import Reviewing
from handlers.admin.table import at_least
from handlers.admin.trial import answer_of
from handlers.buttons import acknowledge
from handlers.reply import place_of
from knowledge.telling.admin_pages import row_html, shown_row, tried_html, why_html
from knowledge.telling.labels import field_of
from knowledge.text import fold

MOST_REASON = 300
_REASON = re.compile(r"(?:^|\|)\s*(?:vì|lý do)\s*:(?P<why>[^|]*)$", re.IGNORECASE)
_NUMBER = re.compile(r"#?(\d{1,15})")
_AMOUNTS = frozenset({"value", "value_max", "likely_value"})
_PLAIN = re.compile(r"-?\d+(?:\.\d{1,2})?")
"""A number as content files have it: its printed form stays."""


class Editing(Work):
    """Commands that change something, and the buttons that make it so."""

    def __init__(self, office: Office, reviewing: Reviewing) -> None:
        super().__init__(office)
        self._reviewing = reviewing

    async def edit(self, request: Request) -> None:
        """`/sua`: one field of one row; without a value it shows what there is to change."""
        left, given, typed = request.typed.partition("=")
        name, _, field = left.strip().partition(" ")
        if not name or bool(given) != bool(field.strip()):
            raise Refusal("usage", command="sua")
        table, row = await self._office.row(name)
        if not given:
            await self._say(request, *row_html(table, row.record, self._base))
            return
        id_ = row.record.id
        column = column_of(table, field, id_)
        values = cells_of(self._office.values(), table, column, typed, row.record)
        await self._office.propose(request, Change(request.person, "edit", table, id_, values, request.why))

    async def delete(self, request: Request) -> None:
        """`/xoa`: a row, which /hoan_tac brings back."""
        if not request.typed:
            raise Refusal("usage", command="xoa")
        table, row = await self._office.row(request.typed)
        change = Change(request.person, "delete", table, row.record.id, why=request.why)
        await self._office.propose(request, change)

    async def undo(self, request: Request) -> None:
        """`/hoan_tac`: at once, since it can itself be undone; while review is on, an owner's only, and a whole import's by
        those who may send one then.
        """
        found = _NUMBER.fullmatch(request.typed)
        if found is None:
            raise Refusal("usage", command="hoan_tac")
        number, desk = int(found[1]), self._desk
        direct = at_least(request.role, "reviewer") and await desk.run(is_import, number)
        if not direct and await self._office.waits_for_review(request.role):
            await self._reviewing.undo(request, number)
            return
        number = await desk.aside(undo, number, request.person, request.why)
        (done,) = await desk.run(history, number=number)
        row = shown_row(done.table, done.row, done.before or done.after)
        undone = saying("undone", number=found[1], row=row, by=number)
        await self._say(request, undone, *why_html(request.why), *await self._office.renewed())

    async def cancel_all(self, request: Request, *, left: bool) -> bool:
        """Drop what waits to be saved; False when nothing does. `left`: something step by step was left already."""
        count = await self._desk.run(cancel_drafts, request.person, time.time())
        if count:
            await self._say(request, saying("cancelled_all", count=count))
        elif left:
            await self._say(request, saying("step_left"))
        return bool(count) or left

    async def save(self, tap: Tap) -> None:
        """[Lưu]: where review is on and this is no owner, the change goes to the reviewers instead."""
        now, today = time.time(), self._office.current.clock()
        await self._office.steps.leave_off(tap.person, "why")
        settled = await self._desk.run(save_draft, tap.id, tap.person, today, now, free=tap.role == "owner")
        await self._settle(tap, settled)
        if settled.state == "proposed":
            await self._reviewing.announce(settled.number)

    async def cancel(self, tap: Tap) -> None:
        """[Huỷ]."""
        await self._office.steps.leave_off(tap.person, "why")
        await self._settle(tap, await self._desk.run(cancel_draft, tap.id, tap.person, time.time()))

    async def _settle(self, tap: Tap, settled: Settled) -> None:
        """Say below a draft, in place of its buttons, what has become of it.

        A second tap, or one handled again after a crash, tells the same.
        """
        saved = settled.state == "saved"
        found = await self._desk.run(history, number=settled.number) if saved else []
        done = found[0] if found else None
        deleted = done is not None and done.after is None
        code = "draft_deleted" if deleted else f"draft_{settled.state}"
        if saved and not settled.before and not await self._office.renew():
            code = "saved_not_loaded"
        became = saying(code, number=settled.number, row=settled.row)
        if settled.before and not tap.message.reply_markup:  # told already; the buttons tapped were a memory
            await acknowledge(tap.query, became)
            return
        await acknowledge(tap.query)
        tried = [] if settled.before else await self._tried(done)
        await self._show(tap, became, *tried)
        for after in self._office.after_draft:
            await after(tap, settled)

    async def _tried(self, done: Done | None) -> list[str]:
        """The saved row's own question, and what the bot answers to it now."""
        if done is None or done.after is None:
            return []
        question, parts = await answer_of(self._office.current, done.table, done.row)
        return tried_html(question, parts) if question else []

    async def more(self, tap: Tap) -> None:
        """[Xem đủ]: every field of what was read back; its buttons stay."""
        found = await self._desk.run(draft_of, tap.id, tap.person, time.time())
        if isinstance(found, Settled):
            await self._settle(tap, found)
            return
        await acknowledge(tap.query)
        reviewed = await self._desk.run(review, found, self._office.current.clock())
        parts = self._office.read_back(found, reviewed)
        await self._show(tap, *parts, buttons=draft_buttons(tap.id, found, more=False))


def column_of(table: str, typed: str, row: str) -> str:
    """The column of a row that was named. Raises `Refusal` where there is none, or it must not change."""
    column = field_of(table, tuple(type_of_record[table].__annotations__), typed)
    if not column or column == "id":
        raise Refusal("field_unknown", typed=typed.strip(), id=row)
    return column


def cells_of(values: Values, table: str, column: str, typed: str, record: Any) -> dict[str, Cell]:
    """What was typed for one column as cells; for a figure's value the printed form changes with it. Raises `Refusal`."""
    text = typed.strip()
    try:
        if table != "figures" or column not in _AMOUNTS or not text or fold(text) in EMPTY:
            return {column: values.cell(table, column, text)}
        if _PLAIN.fullmatch(text):
            return {column: text}
        amount = amount_in(text, record.unit)
    except ValueError as error:
        raise Refusal("bad_cell", table=table, field=column, why=str(error)) from None
    if column != "value":
        return {column: amount.digits}
    return {"value": amount.digits, "as_printed": amount.printed}


def parted(typed: str) -> tuple[str, str]:
    """What is typed behind a command, and the reason behind it: `… | vì: …`. Raises `Refusal` for an empty or long one."""
    found = _REASON.search(unicodedata.normalize("NFC", typed))
    if found is None:
        return typed, ""
    return unicodedata.normalize("NFC", typed)[: found.start()].strip(), _checked(found["why"])


def _checked(typed: str) -> str:
    why = " ".join(typed.split())
    if not why or len(why) > MOST_REASON:
        raise Refusal("why_length", most=str(MOST_REASON))
    return why


class Reasons(Work):
    """[Ghi lý do] under a draft, and what is typed after it."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        office.steps.takers["why"] = self._typed

    async def tap(self, tap: Tap) -> None:
        """[Ghi lý do]: ask for it."""
        await acknowledge(tap.query)
        await self._office.steps.go(tap.person, Step("why", {"draft": tap.id}))
        await self._office.sender.send(place_of(tap.message), [saying("ask_why")])

    async def _typed(self, request: Request, step: Step) -> None:
        """The reason; the buttons come once more, below what was read back."""
        why, id_ = _checked(request.typed), str(step.state["draft"])
        found = await self._desk.run(explain_draft, id_, request.person, why, time.time())
        if isinstance(found, Settled):
            await self._office.steps.leave(request.person)
            raise Refusal(f"draft_{found.state}", number=str(found.number), row=found.row)
        buttons = draft_buttons(id_, found)
        await self._say(request, *why_html(why), saying("why_kept"), buttons=buttons)
        await self._office.steps.leave(request.person)
