"""`/khoi_phuc`: a copy of the database comes back. It is checked, compared, and put in place on a tap.

The file that was sent waits beside the database, under the id of whoever sent it and the mark of the base that
he was shown, so that a restart in between changes nothing and a base that has moved on since is noticed.
"""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from pathlib import Path

from telegram import Document
from telegram.error import BadRequest

from db.backup import examine
from db.content import read_meta
from db.errors import StoreError
from db.history import last_change
from handlers.admin.office import Office, Refusal, Request, Tap, Work, saying
from handlers.buttons import acknowledge
from handlers.keyboards import Button
from handlers.reply import patiently
from knowledge.telling.admin_texts import admin_text
from knowledge.telling.keeping_pages import restore_html

MOST_BYTES = 20 * 1024 * 1024
"""What Telegram lets a bot download."""
KEEP_SECONDS = 24 * 60 * 60
_STAMP = re.compile(r"\d{8}-\d{6}")
"""By which what was put aside is named."""


class Restoring(Work):
    """The command, its two buttons, and the files that wait for them."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._folder = office.desk.path.parent / "khoi-phuc"

    async def command(self, request: Request) -> None:
        """`/khoi_phuc` under a file, or in reply to one. Raises `BackupError` where it must not be restored."""
        document = request.document
        if document is None:
            raise Refusal("usage", command="khoi_phuc")
        if (document.file_size or 0) > MOST_BYTES:
            raise Refusal("restore_large")
        last = await self._standing()
        token = secrets.token_hex(6)
        file = self._folder / f"{request.person}-{last}-{token}.db"
        await asyncio.to_thread(_make_room, self._folder)
        await _download(document, file)
        try:
            found = await asyncio.to_thread(examine, file, self._desk.path)
        except StoreError:
            file.unlink()
            raise
        buttons = [
            Button(admin_text("button_restore"), f"1:a:restore:{token}", beside=True),
            Button(admin_text("button_cancel"), f"1:a:norestore:{token}", beside=True),
        ]
        page = restore_html(found.told, found.changes, found.history, len(found.failures))
        await self._say(request, *page, buttons=buttons)

    async def restore(self, tap: Tap) -> None:
        """[Khôi phục]. A tap that is handled again after a crash tells the same."""
        await acknowledge(tap.query)
        file = self._waiting(tap)
        done = (await self._desk.run(read_meta)).get("restored") == tap.id
        kept: Path | None = None
        if not done:
            if file is None:
                raise Refusal("restore_gone")
            if file.name.split("-")[1] != await self._standing():
                raise Refusal("restore_changed")
            kept = await self._desk.restore(file, tap.id)
        more = await self._taken_up()
        if file is not None:
            file.unlink(missing_ok=True)
        restored = saying("restored", kept=kept.name) if kept else saying("restored_before")
        stamp = _STAMP.search(kept.name) if kept else None
        buttons = [Button(admin_text("button_unrestore"), f"1:a:back:{stamp[0]}")] if stamp else []
        await self._show(tap, restored, *more, buttons=buttons)

    async def undo(self, tap: Tap) -> None:
        """[Lấy lại kho trước]: what was put aside by a restoring comes back; what it replaces is put aside in turn."""
        base = self._desk.path
        file = base.with_name(f"{base.stem}.truoc-khoi-phuc-{tap.id}{base.suffix}")
        await acknowledge(tap.query)
        if not _STAMP.fullmatch(tap.id) or not file.exists():
            raise Refusal("restore_gone")
        kept = await self._desk.restore(file, "back" + tap.id.replace("-", ""))
        more = await self._taken_up()
        await self._show(tap, saying("unrestored", kept=kept.name if kept else ""), *more)

    async def _taken_up(self) -> list[str]:
        """Go on with the base that was put in place; what is told where it cannot be loaded."""
        more = await self._office.renewed()
        await self._office.steps.reload()
        return more

    async def cancel(self, tap: Tap) -> None:
        """[Huỷ]."""
        await acknowledge(tap.query)
        if file := self._waiting(tap):
            file.unlink(missing_ok=True)
        await self._show(tap, saying("not_restored"))

    def drop(self, person: int) -> bool:
        """`/huy`: forget the files that this person sent; False when there are none."""
        found = list(self._folder.glob(f"{person}-*.db"))
        for file in found:
            file.unlink(missing_ok=True)
        return bool(found)

    async def _standing(self) -> str:
        """What the base is after: its last change, and the restoring that gave it."""
        return f"{await self._desk.run(last_change)}.{(await self._desk.run(read_meta)).get('restored', '')}"

    def _waiting(self, tap: Tap) -> Path | None:
        return next(self._folder.glob(f"{tap.person}-*-{tap.id}.db"), None)


async def _download(document: Document, file: Path) -> None:
    try:
        remote = await patiently(document.get_file)
        await patiently(lambda: remote.download_to_drive(file))
    except BadRequest as error:
        raise Refusal("restore_unread") from error


def _make_room(folder: Path) -> None:
    """The folder, without what waited for a day."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.glob("*.db"):
        if file.stat().st_mtime < time.time() - KEEP_SECONDS:
            file.unlink(missing_ok=True)
