"""Files in and out: a sent file is held against the base, shown as a diff, and carried out on a tap; templates, exports."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

from telegram import Document
from telegram.error import TelegramError

from db.errors import StoreError
from db.exports import content_zip, table_csv, table_xlsx, template_csv, template_xlsx
from db.fields import type_of_record
from db.files import COLUMNS
from db.imports import Import, cancel_import, keep_import, name_of, read_plan, save_import
from db.sheets import MOST_BYTES
from handlers.admin.office import Office, Refusal, Request, Tap, told
from handlers.admin.table import at_least
from handlers.buttons import acknowledge
from handlers.reply import Button, Place, patiently, place_of
from knowledge.labels import TABLES, table_of
from knowledge.telling.admin_pages import why_html
from knowledge.telling.admin_texts import admin_text
from knowledge.telling.exchange_texts import (
    button_text,
    count_text,
    diff_html,
    diff_plain,
    exchange_text,
    progress_html,
)

log = logging.getLogger(__name__)

SHOWN = 12
"""Rows of each kind in the chat; all of them are in the file beside it."""
LOOK_SECONDS = 1.5
MOST_SENT = 49 * 1024 * 1024

SHEETS = (".csv", ".tsv", ".xlsx", ".xls", ".zip", ".md")
"""Endings of files that are for import, whatever stands under them."""

R = TypeVar("R")


class Progress:
    """How far some work in another thread is, shown in a message that is edited now and then."""

    def __init__(self, office: Office, place: Place, file: str) -> None:
        self._office = office
        self._place = place
        self._file = file
        self._at = ("reading", 0, 0)
        self._stopped = False
        self.messages: list[int] = []

    def tick(self, stage: str, done: int, total: int) -> None:
        """Called from the thread; ends the work there once nobody waits for it any more."""
        if self._stopped:
            raise InterruptedError
        self._at = (stage, done, total)
        time.sleep(0)  # lets those who answer questions have their turn

    async def during(self, work: Callable[[], Any]) -> Any:
        """Do the work, telling how far it is."""
        shown = self._at
        if not self.messages:
            self.messages = await self._office.sender.send(self._place, [self._told()])
        task = asyncio.ensure_future(work())
        try:
            while not (await asyncio.wait([task], timeout=LOOK_SECONDS))[0]:
                if self._at != shown:
                    shown = self._at
                    await self._show()
            return task.result()
        finally:
            if not task.done():
                self._stopped = True
                task.cancel()

    async def _show(self) -> None:
        try:
            await self._office.sender.edit(self._place, self.messages, [self._told()])
        except TelegramError as error:
            log.info("Progress could not be shown: %s", error)

    def _told(self) -> str:
        stage, done, total = self._at
        return progress_html(stage, self._file, done, total)


class Exchange:
    """`/nhap`, `/mau`, `/xuat`, and the files that are sent without a command."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def command(self, request: Request) -> None:
        """`/nhap` under a file, or as a reply to one; a file for import that comes without it means the same."""
        replied = request.message.reply_to_message
        document = request.message.document or (replied.document if replied else None)
        if document is None:
            await self._office.say(request, exchange_text("how_to_send"))
            return
        await self._sent(request, document)

    async def _sent(self, request: Request, document: Document) -> None:
        """A file: dry run, diff, buttons. Raises `ContentError` for a file that cannot be read."""
        table = table_of(request.typed)
        if request.typed and not table:
            raise Refusal("no_table", typed=request.typed, tables=", ".join(TABLES.values()))
        name = (document.file_name or "tep")[:80]
        data = await self._fetched(request, document)
        if data is None:
            return
        progress = Progress(self._office, request.place, name)
        today, desk = self._office.current.clock(), self._office.desk
        try:
            plan = await progress.during(
                lambda: desk.aside(read_plan, name, data, table, today, progress.tick)
            )
        except StoreError as error:
            await self._office.sender.edit(request.place, progress.messages, [told(error)])
            return
        parts, complete = diff_html(plan, SHOWN, self._office.current.assistant.base)
        buttons = []
        if plan.steps:
            id_ = await desk.aside(keep_import, plan, data, table, request.person, time.time(), request.why)
            parts += [*why_html(request.why), exchange_text("ask", count=count_text(len(plan.steps)))]
            buttons = [
                Button(button_text(len(plan.steps)), f"1:a:i:{id_}", beside=True),
                Button(admin_text("button_cancel"), f"1:a:j:{id_}", beside=True),
            ]
        else:
            parts.append(exchange_text("nothing_fits" if plan.problems else "nothing"))
        if not complete:
            full = "\n".join(
                await asyncio.to_thread(list, diff_plain(plan, self._office.current.assistant.base))
            ).encode()
            await self._give(request, f"khac-biet-{name}.txt", full, exchange_text("full", file=name))
        await self._office.sender.edit(request.place, progress.messages, parts, buttons)

    async def _fetched(self, request: Request, document: Document) -> bytes | None:
        """The file's bytes; None, once that is told, where it is too big or cannot be had."""
        if (document.file_size or 0) > MOST_BYTES:
            await self._office.say(request, exchange_text("too_big", most=MOST_BYTES // 1024 // 1024))
            return None
        try:
            file = await patiently(document.get_file)
            return bytes(await patiently(file.download_as_bytearray))
        except TelegramError as error:
            log.info("A document could not be fetched: %s", error)
            await self._office.say(request, exchange_text("not_downloaded"))
            return None

    async def cancel(self, tap: Tap) -> None:
        """[Huỷ] under a diff."""
        await acknowledge(tap.query)
        settled = await self._office.desk.run(cancel_import, tap.id, tap.person, time.time())
        await self._office.show(tap, _told(settled))

    async def save(self, tap: Tap) -> None:
        """[Ghi] under a diff; a second tap tells the same. While review is on, an editor's is refused."""
        await acknowledge(tap.query)
        office, today, now = self._office, self._office.current.clock(), time.time()
        name = await office.desk.run(name_of, tap.id, tap.person)
        progress = Progress(office, place_of(tap.message, quote=False), name)
        progress.messages = [tap.message.message_id]
        free = at_least(tap.role, "reviewer")
        settled = await progress.during(
            lambda: office.desk.aside(save_import, tap.id, tap.person, today, now, progress.tick, free=free)
        )
        loaded = True
        if settled.state == "saved" and not settled.before:
            progress.tick("load", 0, 0)
            loaded = await progress.during(office.renew)
        await office.show(tap, _told(settled, loaded=loaded))

    async def template(self, request: Request) -> None:
        """`/mau`: a workbook for one table or for all, or CSV for one."""
        table, form = _asked(request.typed)
        if table == "entries":
            await self._office.say(request, exchange_text("no_entries_sheet"))
            return
        if form == "csv" and table:
            data = await self._office.desk.aside(template_csv, table)
        else:
            form = "xlsx"
            data = await self._office.desk.aside(template_xlsx, (table,) if table else tuple(COLUMNS))
        await self._give(request, f"mau-{table or 'khuyen-cong'}.{form}", data, exchange_text("template"))

    async def export(self, request: Request) -> None:
        """`/xuat`: everything as a zip of content files, or one table for a spreadsheet."""
        table, form = _asked(request.typed)
        today = self._office.current.clock().isoformat()
        if not table or table == "entries":
            tables = (table,) if table else tuple(type_of_record)
            data = await self._office.desk.aside(content_zip, tables)
            await self._give(request, f"noi-dung-{today}.zip", data, exchange_text("export_all"))
            return
        if form == "csv":
            data = await self._office.desk.aside(table_csv, table)
        else:
            form, data = "xlsx", await self._office.desk.aside(table_xlsx, table)
        await self._give(request, f"{table}.{form}", data, exchange_text("export_table", table=TABLES[table]))

    async def _give(self, request: Request, name: str, data: bytes, caption: str) -> None:
        if len(data) > MOST_SENT:
            await self._office.say(request, exchange_text("export_large"))
            return
        bot = request.message.get_bot()
        await patiently(
            lambda: bot.send_document(
                request.place.chat, data, filename=name, caption=caption, parse_mode="HTML", write_timeout=120
            )
        )


def _asked(typed: str) -> tuple[str, str]:
    """The table and the form that were asked for; either may be empty."""
    words = typed.split()
    form = next((word.lower() for word in words if word.lower() in ("csv", "xlsx")), "")
    said = " ".join(word for word in words if word.lower() not in ("csv", "xlsx"))
    if said and not table_of(said):
        raise Refusal("no_table", typed=said, tables=", ".join(TABLES.values()))
    return table_of(said), form


def _told(settled: Import, *, loaded: bool = True) -> str:
    code = f"import_{settled.state}"
    if settled.state == "saved":
        code += "_before" if settled.before else "" if loaded else "_not_loaded"
    return exchange_text(code, file=settled.name, number=settled.number, rows=count_text(settled.rows))
