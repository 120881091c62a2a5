"""What every job of the admin side works with: who asks for what, the way to the desk, the way to an answer."""

from __future__ import annotations

import html
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import Message

from db.desk import Desk
from db.drafts import keep_draft
from db.errors import ContentError
from db.proposals import Change, Reviewed, review
from handlers.current import Current
from handlers.reply import Button, Place, Sender
from handlers.watch import note
from knowledge.records import Note
from knowledge.telling.admin_pages import draft_html
from knowledge.telling.admin_texts import admin_text, refused_html, sentence

log = logging.getLogger(__name__)


class Refusal(Exception):
    """A command that cannot be carried out as it was typed; the note says what to do."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.note = Note(code, values)


@dataclass(frozen=True, slots=True)
class Request:
    """One command of somebody who may give it. `typed`: what stands behind the command's name."""

    person: int
    role: str
    typed: str
    message: Message
    place: Place


class Office:
    """The parts that are shared, and the two things that every job does: say something, read a change back."""

    def __init__(self, desk: Desk, current: Current, sender: Sender, owners: Sequence[int]) -> None:
        self.desk = desk
        self.current = current
        self.sender = sender
        self.owners = tuple(owners)

    async def say(self, request: Request, *parts: str, buttons: Sequence[Button] = ()) -> None:
        """Answer a command; the parts are Telegram HTML."""
        await self.sender.send(request.place, parts, buttons)

    async def propose(self, request: Request, change: Change) -> None:
        """Hold a change against the rules, read it back in full, and wait for a tap.

        Raises what `review` raises. The draft is stored before its buttons leave.
        """
        id_, reviewed = await self.keep(change)
        base = self.current.assistant.base
        label = admin_text("button_delete" if change.kind == "delete" else "button_save")
        buttons = [
            Button(label, f"1:a:s:{id_}", beside=True),
            Button(admin_text("button_cancel"), f"1:a:c:{id_}", beside=True),
        ]
        parts = draft_html(change.kind, change.table, reviewed.record, reviewed.before, reviewed.after, base)
        await self.say(request, *parts, *map(sentence, reviewed.warnings), buttons=buttons)

    async def keep(self, change: Change) -> tuple[str, Reviewed]:
        """Hold a change against the rules and store it as a draft: its id, and what it would do. Raises what `review` raises."""
        reviewed = await self.desk.run(review, change, self.current.clock())
        seen = None if reviewed.before is None else dict(reviewed.before)
        kept = Change(change.who, change.kind, change.table, change.row, change.values, change.why, seen)
        return await self.desk.run(keep_draft, kept, time.time()), reviewed

    async def renew(self) -> bool:
        """Answer from the base as it now is; False, and a line in the log, where that fails."""
        try:
            await self.current.reload()
        except Exception:
            log.exception("The changed base could not be loaded; the one before goes on answering")
            return False
        note("edits")
        return True


def told(error: Exception) -> str:
    """What a person is told of an error that can be met, as Telegram HTML."""
    if isinstance(error, Refusal):
        return sentence(error.note)
    if isinstance(error, ContentError):
        return refused_html([problem.message for problem in error.problems])
    return html.escape(str(error), quote=False)
