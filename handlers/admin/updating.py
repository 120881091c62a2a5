"""`/cap_nhat`: the newer content that the program comes with, taken over where nobody edited, decided where somebody did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from telegram.ext import ContextTypes

from db.content import read_meta
from db.errors import StoreError
from db.shipping import ShippedRow, decide, pending, take_over, told_of, update_waits
from handlers.admin.office import Refusal, Request, Tap, Work, saying, told
from handlers.buttons import acknowledge
from handlers.keyboards import Button
from handlers.reply import Place
from knowledge.records import Note
from knowledge.telling.admin_pages import draft_html
from knowledge.telling.admin_texts import admin_text
from knowledge.telling.keeping_pages import update_html

MOST_SHOWN = 10


class Updating(Work):
    """The command, its buttons, and the word to the owners at the start."""

    async def command(self, request: Request) -> None:
        """`/cap_nhat`: what would change; where nothing is ready, what is to be decided."""
        found = await self._desk.run(pending)
        if not found.ready and not found.contested:
            raise Refusal("up_to_date")
        if not found.ready:
            await self._ask(request.place, found.contested)
            return
        counts = Counter((one.step.kind, one.table) for one in found.ready)
        rows = [(one.step.kind, one.table, one.row) for one in found.ready]
        buttons = [
            Button(
                admin_text("button_update", count=len(found.ready)), f"1:a:update:{found.id}", beside=True
            ),
            Button(admin_text("button_later"), "1:a:later:0", beside=True),
        ]
        parts = update_html(counts, rows, len(found.contested))
        await self._say(request, *parts, buttons=buttons)

    async def update(self, tap: Tap) -> None:
        """[Cập nhật]: everything that is ready; then the rows to be decided."""
        await acknowledge(tap.query)
        numbers, left = await self._desk.run(take_over, tap.id, tap.person)
        more = await self._office.renewed()
        updated = saying("updated", count=len(numbers), first=numbers[0], last=numbers[-1])
        await self._show(tap, updated, *more)
        await self._ask(Place(tap.message.chat.id), left.contested)

    async def later(self, tap: Tap) -> None:
        """[Để sau]."""
        await acknowledge(tap.query)
        await self._show(tap, saying("update_later"))

    async def at_start(self, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Tell the owners, once for each update, that one waits for a base that was edited."""
        state = await self._desk.run(update_waits)
        edited = (await self._desk.run(read_meta)).get("edited_at")
        if state and edited and not await self._desk.run(told_of, state):
            await self._office.tell_owners(Note("update_waits"))

    async def decide(self, tap: Tap, *, take: bool) -> None:
        """[Lấy bản mới] or [Giữ của tôi]; where the one does not fit, the other stays."""
        await acknowledge(tap.query)
        try:
            one, number = await self._desk.run(decide, tap.id, tap.person, take=take)
        except StoreError as error:
            waits = await self._desk.run(pending)
            still = any(one.id == tap.id for one in waits.contested)
            buttons = [Button(admin_text("button_keep"), f"1:a:keep:{tap.id}")] if still else []
            await self._show(tap, told(error), buttons=buttons)
            return
        more = await self._office.renewed() if take else []
        settled = saying("took_new" if take else "kept_mine", row=one.row, number=number)
        await self._show(tap, settled, *more)
        left = len((await self._desk.run(pending)).contested)
        code = "update_left" if left else "update_done"
        await self._office.sender.send(Place(tap.message.chat.id), [saying(code, count=left)])

    async def _ask(self, place: Place, contested: Sequence[ShippedRow]) -> None:
        """A message with two buttons for each row that both sides changed."""
        if not contested:
            return
        head = saying("contested", count=len(contested), shown=min(len(contested), MOST_SHOWN))
        await self._office.sender.send(place, [head])
        for one in contested[:MOST_SHOWN]:
            row = one.new or one.mine
            assert row is not None
            before, after = one.step.before, one.step.after
            base = self._base
            parts = draft_html(one.step.kind, one.table, row.record, before, after, base)
            if one.because:
                parts.append(saying("contested_because", id=one.because))
            buttons = [
                Button(admin_text("button_keep"), f"1:a:keep:{one.id}", beside=True),
                Button(admin_text("button_take"), f"1:a:take:{one.id}", beside=True),
            ]
            await self._office.sender.send(place, parts, buttons)
