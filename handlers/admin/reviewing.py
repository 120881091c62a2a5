"""What editors propose, before the eyes of those who publish it. Each decision is a tap; a reason may be typed."""

from __future__ import annotations

import re
import time
from dataclasses import replace

from db.errors import StoreError
from db.history import history
from db.proposals import review
from db.publishing import Proposal, mark_told, proposal, propose_undo, publish, reject, waiting
from db.roles import editors
from db.waiting import Step, set_review
from handlers.admin.office import Office, Refusal, Request, Tap, Work, saying, told
from handlers.admin.overview import line_of
from handlers.admin.table import at_least
from handlers.buttons import acknowledge
from handlers.keyboards import Button
from handlers.reply import Place, sent
from knowledge.telling.admin_pages import history_html, who_html, why_html
from knowledge.telling.admin_texts import admin_text

MOST_SHOWN = 10
_NUMBER = re.compile(r"#?(\d{1,15})")


class Reviewing(Work):
    """`/cho_duyet`, its buttons, and who is told what."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        office.steps.takers["reject"] = self._reason

    async def command(self, request: Request) -> None:
        """`/cho_duyet`: everything that waits, or one proposal; to somebody who does not review, his own."""
        found = _NUMBER.fullmatch(request.typed)
        if request.typed and found is None:
            raise Refusal("usage", command="cho_duyet")
        mine = None if at_least(request.role, "reviewer") else request.person
        listed = await self._desk.run(waiting, mine)
        if found:
            listed = [one for one in listed if one.id == int(found[1])]
            if not listed:
                raise Refusal("no_proposal", id=found[1])
        elif not listed:
            raise Refusal("nothing_waits" if mine is None else "nothing_proposed")
        else:
            shown = min(len(listed), MOST_SHOWN)
            await self._say(request, saying("waiting", count=len(listed), shown=shown))
        for one in listed[:MOST_SHOWN]:
            parts, buttons = await self._page(one, request.person, request.role)
            await self._say(request, *parts, buttons=buttons)

    async def switch(self, request: Request, *, on: bool) -> None:
        """`/quan_tri duyet bat`, `/quan_tri duyet tat`."""
        changed = await self._desk.run(set_review, on=on)
        code = ("review_on" if on else "review_off") if changed else "review_same"
        count = len(await self._desk.run(waiting))
        more = (saying("still_waiting", count=count),) if count else ()
        await self._say(request, saying(code), *more)

    async def undo(self, request: Request, number: int) -> None:
        """Propose to undo a change. Raises `EditConflict` where it cannot be undone."""
        key = f"undo:{request.place.chat}:{request.message.message_id}"
        now = time.time()
        found = await self._desk.run(propose_undo, key, request.person, number, now, request.why)
        await self._say(request, saying("draft_proposed", number=found.id, row=found.row))
        await self.announce(found.id)

    async def announce(self, number: int) -> None:
        """Tell the owners and reviewers of a new proposal, once. Who cannot be written to finds it in `/cho_duyet`."""
        found = await self._desk.run(proposal, number)
        if found.announced:
            return
        given = await self._desk.run(editors)
        roles = {one.person: "reviewer" for one in given if one.role == "reviewer"}
        roles |= dict.fromkeys(self._office.owners, "owner")
        for person, role in roles.items():
            if person != found.person:
                parts, buttons = await self._page(found, person, role)
                await sent(self._office.sender, Place(person), parts, buttons)
        await self._desk.run(mark_told, number, "announced")

    async def publish(self, tap: Tap) -> None:
        """[Đăng]: as the base stands now; where it does not fit any more, the buttons that still make sense stay."""
        number, today = _id(tap), self._office.current.clock()
        await acknowledge(tap.query)
        try:
            own = tap.role == "owner"
            found, now = await self._desk.run(publish, number, tap.person, today, own=own)
        except StoreError as error:
            still = saying("still_proposed", id=number)
            buttons = [Button(admin_text("button_reject"), f"1:a:reject:{number}")]
            await self._show(tap, told(error), still, buttons=buttons)
            return
        more = await self._office.renewed() if now else []
        await self._show(tap, await self._outcome(found), *more)
        await self._answer(found)

    async def reject(self, tap: Tap) -> None:
        """[Từ chối]: ask for the reason."""
        number = _id(tap)
        await acknowledge(tap.query)
        found = await self._desk.run(proposal, number)
        if found.state != "waiting":
            await self._show(tap, await self._outcome(found))
            return
        step = Step("reject", {"id": number, "message": tap.message.message_id})
        await self._office.steps.go(tap.person, step)
        buttons = [
            Button(admin_text("button_no_reason"), f"1:a:refuse:{number}"),
            Button(admin_text("button_show_again"), f"1:a:again:{number}"),
        ]
        ask = saying("ask_reason", id=number, row=found.row)
        await self._show(tap, ask, buttons=buttons)

    async def refuse(self, tap: Tap) -> None:
        """[Không nêu lý do], or [Rút lại] of one's own."""
        number = _id(tap)
        found = await self._desk.run(proposal, number)
        if found.person != tap.person and not at_least(tap.role, "reviewer"):
            await acknowledge(tap.query, saying("no_proposal", id=number))
            return
        await acknowledge(tap.query)
        found, _ = await self._desk.run(reject, number, tap.person)
        await self._office.steps.leave_off(tap.person, "reject")
        await self._show(tap, await self._outcome(found))
        await self._answer(found)

    async def again(self, tap: Tap) -> None:
        """[Xem lại]: the proposal as it was before [Từ chối]."""
        await acknowledge(tap.query)
        await self._office.steps.leave_off(tap.person, "reject")
        found = await self._desk.run(proposal, _id(tap))
        if found.state != "waiting":
            await self._show(tap, await self._outcome(found))
            return
        parts, buttons = await self._page(found, tap.person, tap.role)
        await self._show(tap, *parts, buttons=buttons)

    async def _reason(self, request: Request, step: Step) -> None:
        """What is typed after [Từ chối]."""
        number, message = int(step.state["id"]), int(step.state["message"])
        found, _ = await self._desk.run(reject, number, request.person, request.typed)
        await self._office.steps.leave(request.person)
        await self._office.sender.edit(request.place, [message], [await self._outcome(found)])
        await self._answer(found)

    async def _page(self, one: Proposal, person: int, role: str) -> tuple[list[str], list[Button]]:
        """A proposal held against the base as it is now, and what this person can do with it."""
        desk, current = self._desk, self._office.current
        by = who_html(one.person, await self._office.names())
        head = saying("proposal", id=one.id, by=by)
        fits = True
        if one.change is None:
            done = await desk.run(history, number=one.undoes)
            rows = [line_of(one, await self._office.names()) for one in done]
            parts = [
                saying("proposal_undo", number=one.undoes),
                *history_html(rows, current.assistant.base)[:-1],
            ]
            parts += why_html(one.why)
        else:
            try:
                found = await desk.run(review, one.change, current.clock())
                parts = self._office.read_back(replace(one.change, why=one.why), found)
            except StoreError as error:
                fits, parts = False, [told(error)]
        own = one.person == person
        buttons = []
        if fits and (role == "owner" or (at_least(role, "reviewer") and not own)):
            buttons.append(Button(admin_text("button_publish"), f"1:a:publish:{one.id}", beside=True))
        if own:
            buttons.append(Button(admin_text("button_withdraw"), f"1:a:refuse:{one.id}", beside=True))
        elif at_least(role, "reviewer"):
            buttons.append(Button(admin_text("button_reject"), f"1:a:reject:{one.id}", beside=True))
        return [head, *parts], buttons

    async def _answer(self, found: Proposal) -> None:
        """Tell the author what became of it, once, unless he decided himself."""
        if found.answered or found.state == "waiting":
            return
        if found.decided_by != found.person:
            became = self._became("yours", found)
            await sent(self._office.sender, Place(found.person), [became])
        await self._desk.run(mark_told, found.id, "answered")

    async def _outcome(self, found: Proposal) -> str:
        """What has become of a proposal, for whoever decides."""
        by = who_html(found.decided_by or 0, await self._office.names())
        return self._became("proposal", found, by=by)

    def _became(self, whose: str, found: Proposal, **more: str) -> str:
        code = f"{whose}_{found.state}" + ("_why" if found.reason else "")
        values = {"id": found.id, "row": found.row, "reason": found.reason, "number": found.number}
        return saying(code, **values, **more)


def _id(tap: Tap) -> int:
    return int(tap.id) if tap.id.isdecimal() and len(tap.id) <= 15 else 0
