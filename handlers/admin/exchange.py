"""A sent file is held against the base, shown as a diff, and carried out on a tap."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from telegram import Document

from db.errors import StoreError
from db.imports import (
    answer_import,
    cancel_import,
    keep_import,
    kept_file,
    name_of,
    read_plan,
    remembered,
    save_import,
)
from db.meanings import SCALE_NAMES, scale_of
from db.replacing import REPLACING
from db.sheets import MOST_BYTES
from db.values import Several
from db.waiting import Settled, Step
from handlers.admin.dialogue import Dialogue
from handlers.admin.exporting import give
from handlers.admin.office import Office, Refusal, Request, Tap, told
from handlers.admin.progress import Progress
from handlers.admin.replacing_pages import replacing_html
from handlers.admin.table import at_least
from handlers.buttons import acknowledge
from handlers.keyboards import Button
from handlers.reply import fetched, place_of
from knowledge.changes import Plan
from knowledge.telling.admin_pages import why_html
from knowledge.telling.admin_texts import admin_text
from knowledge.telling.exchange_texts import (
    asked_html,
    button_text,
    count_text,
    diff_html,
    diff_plain,
    exchange_text,
    layout_html,
)
from knowledge.telling.labels import TABLES, code_name, field_of, table_of

SHOWN = 12
"""Rows of each kind in the chat; all of them are in the file beside it."""

PASTED = "bảng dán.txt"
OF_LEVELS = ("document", "article", "valid_from")
OF_FIGURES = ("source", "programme", "measure", "region", "period")
"""Columns of which something may be said about a whole table."""


def slot_of(name: str) -> str:
    """What is said about a table by this name; empty where there is no such thing."""
    if field_of("figures", ("unit",), name):
        return "scale"
    return field_of("figures", OF_FIGURES, name) or field_of("support_levels", OF_LEVELS, name)


class Exchange(Dialogue):
    """`/nhap`, and the files that are sent without a command; what a table does not say is asked for."""

    job = "sheet"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.saved: list[Callable[[Tap, int], Awaitable[tuple[list[str], list[Button]]]]] = []
        """Called with a tap and the number of its change once a file was saved: what is told below that."""

    async def command(self, request: Request) -> None:
        """`/nhap` under a file, as a reply to one, or with a table behind it; a file that comes without means the same."""
        first, _, rest = request.typed.partition("\n")
        if rest.strip():
            table, answers = self._said(first)
            await self.read(request, PASTED, rest.encode(), table, answers)
            return
        document = request.document
        if document is None:
            await self._say(request, exchange_text("how_to_send"))
            return
        table, answers = self._said(request.typed)
        data = await self.fetched(request, document)
        if data is not None:
            await self.read(request, (document.file_name or "tep")[:80], data, table, answers)

    async def pasted(self, request: Request) -> None:
        """A table that was typed or pasted as a message."""
        await self.read(request, PASTED, request.typed.encode(), "", {})

    def _said(self, typed: str) -> tuple[str, dict[str, str]]:
        """The table that was named, and what was said about it behind bars (`| nguồn: …`). Raises `Refusal`."""
        first, *more = typed.split("|")
        if slot_of(first.partition(":")[0]):
            first, more = "", [first, *more]
        answers: dict[str, str] = {}
        for part in more:
            name, _, value = part.partition(":")
            slot = slot_of(name)
            if not slot:
                raise Refusal("option_unknown", typed=part.strip())
            answers[slot] = self.answer(slot, value.strip())
        table = table_of(first)
        if first.strip() and not table:
            raise Refusal("no_table", typed=first.strip(), tables=", ".join(TABLES.values()))
        return table, answers

    def answer(self, slot: str, typed: str) -> str:
        """What was answered about a table, as a cell. Raises `Refusal`."""
        try:
            if slot == "scale":
                scale = int(typed) if typed.isdecimal() else scale_of(typed)
                if not scale:
                    raise ValueError(f"“{typed}” không phải đơn vị tiền; viết như triệu đồng, tỷ đồng")
                return str(scale)
            table = "support_levels" if slot in OF_LEVELS else "figures"
            return str(self._office.values().cell(table, slot, typed))
        except Several as error:
            raise Refusal("which_row", error.choices, typed=typed) from None
        except ValueError as error:
            raise Refusal("bad_answer", why=str(error)) from None

    async def read(
        self, request: Request, name: str, data: bytes, table: str, answers: dict[str, str]
    ) -> Plan | None:
        """A file: dry run, then what it does not say, or the diff with its buttons; None where it cannot be read."""
        progress = Progress(self._office, request.place, name)
        try:
            plan = await self._planned(progress, name, data, table, answers)
            if known := await self._desk.run(remembered, plan.layout) if plan.asks else {}:
                answers = {**known, **answers}
                plan = await self._planned(progress, name, data, table, answers)
        except StoreError as error:
            await self._office.sender.edit(request.place, progress.messages, [told(error)])
            return None
        id_ = ""
        if plan.steps or set(plan.asks) - answers.keys():
            given = (request.person, time.time(), request.why, answers)
            id_ = await self._desk.aside(keep_import, plan, data, table, *given)
        await self._go_on(request, progress, plan, id_, answers)
        return plan

    async def _planned(
        self, progress: Progress, name: str, data: bytes, table: str, answers: dict[str, str]
    ) -> Plan:
        today, desk = self._office.current.clock(), self._desk
        return await progress.during(  # type: ignore[no-any-return]
            lambda: desk.aside(read_plan, name, data, table, today, progress.tick, answers=answers)
        )

    async def _go_on(
        self, request: Request, progress: Progress, plan: Plan, id_: str, answers: dict[str, str]
    ) -> None:
        """Ask for the next thing that the table does not say, else show what it would change."""
        asks = [one for one in plan.asks if one not in answers]
        if asks:
            state = {"import": id_, "part": asks[0], "offered": self._offered(asks[0])}
            await self._ask(request, state, *layout_html(plan.told), messages=progress.messages)
            return
        await self._office.steps.leave(request.person)
        base = self._base
        parts, complete = diff_html(plan, SHOWN, base)
        if REPLACING in answers:
            parts, complete = replacing_html(plan, answers, base), True
        parts = [*layout_html(plan.told), *parts]
        buttons = []
        if plan.steps:
            parts += [*why_html(request.why), exchange_text("ask", count=count_text(len(plan.steps)))]
            buttons = [
                Button(button_text(len(plan.steps)), f"1:a:i:{id_}", beside=True),
                Button(admin_text("button_cancel"), f"1:a:j:{id_}", beside=True),
            ]
        else:
            parts.append(exchange_text("nothing_fits" if plan.problems else "nothing"))
        if not complete:
            full = "\n".join(await asyncio.to_thread(list, diff_plain(plan, base))).encode()
            await give(
                self._office,
                request,
                f"khac-biet-{plan.name}.txt",
                full,
                exchange_text("full", file=plan.name),
            )
        await self._office.sender.edit(request.place, progress.messages, parts, buttons)

    async def _ask(
        self, request: Request, state: Mapping[str, Any], *parts: str, messages: Sequence[int] = ()
    ) -> None:
        cancel = Button(admin_text("button_cancel"), f"1:a:j:{state['import']}", beside=True)
        asked = asked_html(state["part"])
        await self.ask(request, state, *parts, asked, buttons=[cancel], messages=messages)

    def _offered(self, slot: str) -> list[tuple[str, str]]:
        """What can be tapped."""
        if slot == "source":
            return self._office.latest_sources()
        if slot == "scale":
            return [(str(scale), SCALE_NAMES[scale]) for scale in (10**6, 10**9, 1)]
        codes = {
            "programme": ("KCQG", "KCDP", "total"),
            "measure": ("plan", "actual", "estimate", "allocated"),
        }
        return [(code, code_name("figures", slot, code)) for code in codes.get(slot, ())]

    async def again(self, request: Request, step: Step, *parts: str) -> None:
        """The same question."""
        await self._ask(request, step.state, *parts)

    async def answered(self, request: Request, step: Step, said: str) -> None:
        """Keep what was said about the table, and go on; where it was tapped, in place of the question."""
        slot, id_ = step.state["part"], step.state["import"]
        value, desk = self.answer(slot, said), self._desk
        kept = await desk.run(kept_file, id_)
        answers = {**kept.answers, slot: value}
        progress = Progress(self._office, request.place, kept.name)
        progress.messages = [] if request.typed else [request.message.message_id]
        plan = await self._planned(progress, kept.name, kept.data, kept.table, answers)
        await desk.run(answer_import, id_, plan, answers)
        await self._go_on(replace(request, why=kept.why), progress, plan, id_, answers)

    async def fetched(self, request: Request, document: Document) -> bytes | None:
        """The file's bytes; None, once that is told, where it is too big or cannot be had."""
        if (document.file_size or 0) > MOST_BYTES:
            await self._say(request, exchange_text("too_big", most=MOST_BYTES // 1024 // 1024))
            return None
        data = await fetched(document)
        if data is None:
            await self._say(request, exchange_text("not_downloaded"))
        return data

    async def cancel(self, tap: Tap) -> None:
        """[Huỷ] under a diff."""
        await acknowledge(tap.query)
        await self._office.steps.leave_off(tap.person, "sheet", "levels")
        settled = await self._desk.run(cancel_import, tap.id, tap.person, time.time())
        await self._show(tap, _told(settled))

    async def save(self, tap: Tap) -> None:
        """[Ghi] under a diff; a second tap tells the same. While review is on, an editor's is refused."""
        await acknowledge(tap.query)
        await self._office.steps.leave_off(tap.person, "sheet", "levels")
        office, today, now = self._office, self._office.current.clock(), time.time()
        name = await office.desk.run(name_of, tap.id, tap.person)
        progress = Progress(office, place_of(tap.message), name)
        progress.messages = [tap.message.message_id]
        free = at_least(tap.role, "reviewer")
        settled = await progress.during(
            lambda: office.desk.aside(save_import, tap.id, tap.person, today, now, progress.tick, free=free)
        )
        loaded = True
        if settled.state == "saved" and not settled.before:
            progress.tick("load", 0, 0)
            loaded = await progress.during(office.renew)
        parts = [_told(settled, loaded=loaded)]
        buttons: list[Button] = []
        for after in self.saved if settled.state == "saved" and loaded and not settled.before else ():
            more, under = await after(tap, settled.number)
            parts, buttons = [*parts, *more], [*buttons, *under]
        await office.show(tap, *parts, buttons=buttons)


def _told(settled: Settled, *, loaded: bool = True) -> str:
    code = f"import_{settled.state}"
    if settled.state == "saved":
        code += "_before" if settled.before else "" if loaded else "_not_loaded"
    return exchange_text(code, file=settled.row, number=settled.number, rows=count_text(settled.rows))
