"""`/chua_tra_loi`: what could not be answered, or not well, one tap away from an answer.

A button carries the number of a question; the groups are made anew with each tap, so that buttons survive restarts and
what has been dealt with meanwhile is not dealt with twice.
"""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import replace
from hashlib import blake2b
from itertools import islice

from db.fields import Cell
from db.gaps import ACCEPTED, Decision, decide, decisions, gaps, take_back
from db.personal import HIDDEN
from db.proposals import Change
from db.roles import editors
from handlers.admin.editing import Editing
from handlers.admin.filling import Filling
from handlers.admin.forms import Filled
from handlers.admin.likeness import Group, grouped, still_open
from handlers.admin.office import Office, Refusal, Request, Tap, Work
from handlers.buttons import acknowledge
from handlers.keyboards import Button
from knowledge.records import Entry
from knowledge.telling import gap_pages as pages
from knowledge.text import wording

A_PAGE = 8
MOST_ENTRIES = 4
LATER_SECONDS = 7 * 24 * 60 * 60
LONGEST_QUESTION = 400

_TAP = re.compile(r"([a-z])-([0-9]{1,15})(?:-([0-9a-f]{8}))?")
_DECISIONS: dict[str, Decision] = {"x": "off_topic", "w": "later", "d": "done"}


class Gaps(Work):
    """The command, and the buttons below what it shows."""

    def __init__(self, office: Office, editing: Editing, filling: Filling) -> None:
        super().__init__(office)
        self._filling = filling
        self._editing = editing

    async def command(self, request: Request) -> None:
        """The first page."""
        parts, buttons = await self._page(0)
        await self._say(request, *parts, buttons=buttons)

    async def tapped(self, tap: Tap) -> None:
        """Any button of the list or of one question. Raises `Refusal` for a question that has left the list."""
        found = _TAP.fullmatch(tap.id)
        action, number = (found[1], int(found[2])) if found else ("", 0)
        if found is not None and action == "p":
            await self._accept(tap, await self._group(number), found[3] or "")
            return
        if action == "n":
            await self._begin(tap, await self._group(number))
            return
        if action == "u":
            await self._desk.run(take_back, number)
        if action in ("l", "u"):
            parts, buttons = await self._page(number if action == "l" else 0)
        else:
            parts, buttons = await self._about(action, await self._group(number), tap.person)
        await acknowledge(tap.query)
        await self._show(tap, *parts, buttons=buttons)

    async def _groups(self) -> list[Group]:
        people = [*self._office.owners, *(one.person for one in await self._desk.run(editors))]
        asked = await self._desk.run(gaps, without=people)
        decided = await self._desk.run(decisions, time.time())
        return await asyncio.to_thread(grouped, asked, decided)

    async def _page(self, page: int) -> tuple[list[str], list[Button]]:
        groups, start = await self._groups(), page * A_PAGE
        assistant = self._office.current.assistant
        shown = await asyncio.to_thread(
            lambda: list(islice(still_open(groups, assistant), start, start + A_PAGE + 1))
        )
        if not shown and page:
            return await self._page(page - 1)
        if not shown:
            raise Refusal("no_gaps")
        listed = shown[:A_PAGE]
        buttons = [_button(str(place), "o", group.id) for place, group in enumerate(listed, 1)]
        if page:
            buttons.append(_button(pages.LABELS["before"], "l", page - 1, beside=True))
        if len(shown) > A_PAGE:
            buttons.append(_button(pages.LABELS["after"], "l", page + 1, beside=True))
        rows = [(group.text, len(group.gaps), group.disliked) for group in listed]
        return pages.list_html(rows, page), buttons

    async def _group(self, question: int) -> Group:
        for group in await self._groups():
            if any(gap.question == question for gap in group.gaps):
                return group
        raise Refusal("gap_gone")

    async def _about(self, action: str, group: Group, person: int) -> tuple[list[str], list[Button]]:
        if action == "v":
            return await self._offer(group)
        if decision := _DECISIONS.get(action):
            now = time.time()
            until = now + LATER_SECONDS if decision == "later" else None
            number = await self._desk.run(decide, group.wordings(), decision, group.id, person, now, until)
            buttons = [
                _button(pages.LABELS["list"], "l", 0, beside=True),
                _button(pages.LABELS["take_back"], "u", number, beside=True),
            ]
            return [pages.decided_html(decision, group.text)], buttons
        return self._card(group)

    async def _begin(self, tap: Tap, group: Group) -> None:
        """[Mục mới]: the form that the question is about, with what it says filled in."""
        await acknowledge(tap.query)
        request = tap.request
        cells = self._filling.figure_in(group.text)
        if cells is not None:
            filled = Filled("them_so_lieu", cells, rest=True)
        else:
            said = [_question(text) for text in group.wordings()]
            title = f"{said[0][:1].upper()}{said[0][1:]}"
            filled = Filled("them_bai", {"title": title, "questions": tuple(said)}, rest=True)
        await self._filling.go_on(request, filled)

    def _card(self, group: Group) -> tuple[list[str], list[Button]]:
        answer, _ = self._office.current.assistant.ask(group.text)
        reasons = [gap.reason for gap in group.gaps]
        told = pages.card_html(
            group.wordings(), len(reasons), reasons.count("disliked"), reasons.count("asked_twice"), answer
        )
        offered = [("variant", "v"), ("new", "n"), ("off_topic", "x"), ("later", "w")]
        if group.disliked:
            offered.append(("done", "d"))
        buttons = [_button(pages.LABELS[code], action, group.id, beside=True) for code, action in offered]
        return [told], [*buttons, _button(pages.LABELS["list"], "l", 0)]

    async def _offer(self, group: Group) -> tuple[list[str], list[Button]]:
        entries = await asyncio.to_thread(self._office.current.assistant.nearest, group.text, MOST_ENTRIES)
        if not entries:
            raise Refusal("gap_unlike")
        buttons = [
            _button(pages.label(place, entry), "p", group.id, _digest(entry.id))
            for place, entry in enumerate(entries, 1)
        ]
        back = _button(pages.LABELS["back"], "o", group.id)
        return [pages.entries_html(group.text, entries)], [*buttons, back]

    async def _accept(self, tap: Tap, group: Group, digest: str) -> None:
        """Make the wordings of a group ways of asking for an entry: a change like any other, saved with this tap."""
        entry = self._entry(digest)
        known = {wording(one) for other in self._base.entries.values() for one in other.questions}
        said = [one for text in group.wordings() if len(one := _question(text)) <= LONGEST_QUESTION]
        new = tuple(one for one in said if wording(one) and wording(one) not in known)
        if not new:
            raise Refusal("question_known", id=entry.id) if said else Refusal("gap_wordy")
        values: dict[str, Cell] = {"questions": (*entry.questions, *new)}
        change = Change(tap.person, "edit", "entries", entry.id, values, ACCEPTED)
        draft, _ = await self._office.keep(change)
        await self._editing.save(replace(tap, id=draft))
        if group.disliked:
            texts, now = group.wordings(), time.time()
            await self._desk.run(decide, texts, "done", group.id, change.who, now)

    def _entry(self, digest: str) -> Entry:
        entries = self._base.entries
        found = next((entry for id_, entry in entries.items() if _digest(id_) == digest), None)
        if found is None:
            raise Refusal("gap_gone")
        return found


def _question(text: str) -> str:
    """As a way of asking: without what was taken out of it, on one line."""
    return " ".join(text.replace(HIDDEN, " ").replace("|", ",").split()).strip(" ,;")


def _digest(id_: str) -> str:
    """Short enough for a button, whatever the id."""
    return blake2b(id_.encode(), digest_size=4).hexdigest()


def _button(label: str, action: str, number: int, digest: str = "", *, beside: bool = False) -> Button:
    tail = f"-{digest}" if digest else ""
    return Button(label, f"1:a:g:{action}-{number}{tail}", beside=beside)
