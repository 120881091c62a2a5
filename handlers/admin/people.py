"""Who may edit: owners let people in and show them out."""

from __future__ import annotations

import re

from db.roles import Given, add_editor, editors, remove_editor, role_given
from db.waiting import review_is_on
from handlers import menu
from handlers.admin.office import Office, Refusal, Request, Work, saying
from handlers.admin.reviewing import Reviewing
from handlers.reply import Place, sent
from knowledge.telling.admin_pages import people_html, who_html
from knowledge.telling.admin_texts import admin_text
from knowledge.text import fold

_ADD = re.compile(r"them (\d{1,15})(?: (?:(bien[ _]tap)|((?:nguoi[ _])?duyet)))?")
_REVIEW = re.compile(r"(?:che do )?duyet[ _:](bat|tat)")
_REMOVE = re.compile(r"xoa (\d{1,15})")


class People(Work):
    """`/quan_tri`."""

    def __init__(self, office: Office, reviewing: Reviewing) -> None:
        super().__init__(office)
        self._reviewing = reviewing

    async def command(self, request: Request) -> None:
        """List, `them ID bien_tap` or `duyet`, `xoa ID`, `duyet bat` or `tat`."""
        said = fold(request.typed)
        if not said:
            found = await self._desk.run(editors)
            rows = [(editor.person, editor.role, editor.added_by, editor.at) for editor in found]
            on = await self._desk.run(review_is_on)
            await self._say(
                request, people_html(self._office.owners, rows, await self._office.names(), review=on)
            )
        elif switched := _REVIEW.fullmatch(said):
            await self._reviewing.switch(request, on=switched[1] == "bat")
        elif added := _ADD.fullmatch(said):
            await self._add(
                request, int(added[1]), "editor" if added[2] else "reviewer" if added[3] else None
            )
        elif removed := _REMOVE.fullmatch(said):
            gone = await self._desk.run(remove_editor, int(removed[1]))
            if not gone:
                raise Refusal("no_editor", id=removed[1])
            await menu.clear_role_menu(request.message.get_bot(), int(removed[1]))
            await self._say(request, saying("editor_removed", id=removed[1]))
        else:
            raise Refusal("usage", command="quan_tri")

    async def _add(self, request: Request, person: int, role: Given | None) -> None:
        if person in self._office.owners:
            raise Refusal("is_owner", id=str(person))
        had = await self._desk.run(role_given, person)
        given = role or had or "editor"
        if not await self._desk.run(add_editor, person, request.person, given):
            raise Refusal(f"is_{given}", id=str(person))
        await menu.set_role_menu(request.message.get_bot(), person, given)
        welcome = saying("welcome", role=admin_text(f"role_{given}"))
        told = await sent(self._office.sender, Place(person), [welcome])
        added = saying(f"{given}_added", id=who_html(person, await self._office.names()), person=person)
        await self._say(request, added, *([] if told else [saying("not_welcomed")]))
