"""Why something is changed: at the end of a command's line, or typed after a tap under what is read back."""

from __future__ import annotations

import re
import time
import unicodedata

from db.drafts import explain_draft
from db.waiting import Settled, Step
from handlers.admin.office import Office, Refusal, Request, Tap, Work, draft_buttons
from handlers.buttons import acknowledge
from handlers.reply import place_of
from knowledge.records import Note
from knowledge.telling.admin_pages import why_html
from knowledge.telling.admin_texts import sentence

MOST_REASON = 300
_REASON = re.compile(r"(?:^|\|)\s*(?:vì|lý do)\s*:(?P<why>[^|]*)$", re.IGNORECASE)


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
        await self._office.sender.send(place_of(tap.message), [sentence(Note("ask_why"))])

    async def _typed(self, request: Request, step: Step) -> None:
        """The reason; the buttons come once more, below what was read back."""
        why, id_ = _checked(request.typed), str(step.state["draft"])
        found = await self._desk.run(explain_draft, id_, request.person, why, time.time())
        if isinstance(found, Settled):
            await self._office.steps.leave(request.person)
            raise Refusal(f"draft_{found.state}", number=str(found.number), row=found.row)
        buttons = draft_buttons(id_, found)
        await self._say(request, *why_html(why), sentence(Note("why_kept")), buttons=buttons)
        await self._office.steps.leave(request.person)
