"""`/mau` and `/xuat`: templates to be filled in, and what the base holds, as files."""

from __future__ import annotations

from db.exports import content_zip, table_csv, table_xlsx, template_xlsx
from db.fields import type_of_record
from db.files import COLUMNS
from handlers.admin.office import Office, Refusal, Request, Work
from knowledge.telling.exchange_texts import exchange_text
from knowledge.telling.labels import TABLES, table_of

MOST_SENT = 49 * 1024 * 1024


class Exporting(Work):
    """The two commands."""

    async def template(self, request: Request) -> None:
        """`/mau`: a workbook for one table or for all, or CSV for one."""
        table, form = _asked(request.typed)
        if table == "entries":
            await self._say(request, exchange_text("no_entries_sheet"))
            return
        if form == "csv" and table:
            data = await self._desk.aside(table_csv, table, 1)
        else:
            form = "xlsx"
            data = await self._desk.aside(template_xlsx, (table,) if table else tuple(COLUMNS))
        await give(
            self._office, request, f"mau-{table or 'khuyen-cong'}.{form}", data, exchange_text("template")
        )

    async def export(self, request: Request) -> None:
        """`/xuat`: everything as a zip of content files, or one table for a spreadsheet."""
        table, form = _asked(request.typed)
        today = self._office.current.clock().isoformat()
        if not table or table == "entries":
            tables = (table,) if table else tuple(type_of_record)
            data = await self._desk.aside(content_zip, tables)
            await give(self._office, request, f"noi-dung-{today}.zip", data, exchange_text("export_all"))
            return
        if form == "csv":
            data = await self._desk.aside(table_csv, table)
        else:
            form, data = "xlsx", await self._desk.aside(table_xlsx, table)
        await give(
            self._office, request, f"{table}.{form}", data, exchange_text("export_table", table=TABLES[table])
        )


async def give(office: Office, request: Request, name: str, data: bytes, caption: str) -> None:
    """Send a file, or say that it is too large."""
    if len(data) > MOST_SENT:
        await office.say(request, exchange_text("export_large"))
        return
    await office.sender.send_file(request.place, data, name, caption)


def _asked(typed: str) -> tuple[str, str]:
    """The table and the form that were asked for; either may be empty."""
    words = typed.split()
    form = next((word.lower() for word in words if word.lower() in ("csv", "xlsx")), "")
    said = " ".join(word for word in words if word.lower() not in ("csv", "xlsx"))
    if said and not table_of(said):
        raise Refusal("no_table", typed=said, tables=", ".join(TABLES.values()))
    return table_of(said), form
