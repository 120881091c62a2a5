"""Who may edit: owners let people in and show them out."""

from __future__ import annotations

import re

from db.roles import add_editor, editors, remove_editor
from handlers.admin.office import Office, Refusal, Request
from knowledge.records import Note
from knowledge.telling.admin_pages import people_html
from knowledge.telling.admin_texts import sentence
from knowledge.text import fold

_ADD = re.compile(r"them (\d{1,15})(?: bien[ _]tap)?")
_REMOVE = re.compile(r"xoa (\d{1,15})")


class People:
    """`/quan_tri`."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def command(self, request: Request) -> None:
        """List, `them ID bien_tap`, `xoa ID`."""
        said = fold(request.typed)
        if not said:
            found = await self._office.desk.run(editors)
            rows = [(editor.person, editor.added_by, editor.at) for editor in found]
            await self._office.say(request, people_html(self._office.owners, rows))
        elif added := _ADD.fullmatch(said):
            await self._add(request, int(added[1]))
        elif removed := _REMOVE.fullmatch(said):
            gone = await self._office.desk.run(remove_editor, int(removed[1]))
            if not gone:
                raise Refusal("no_editor", id=removed[1])
            await self._office.say(request, sentence(Note("editor_removed", {"id": removed[1]})))
        else:
            raise Refusal("usage", command="quan_tri")

    async def _add(self, request: Request, person: int) -> None:
        if person in self._office.owners:
            raise Refusal("is_owner", id=str(person))
        if not await self._office.desk.run(add_editor, person, request.person):
            raise Refusal("is_editor", id=str(person))
        await self._office.say(request, sentence(Note("editor_added", {"id": str(person)})))
