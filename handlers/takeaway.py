"""What may be taken along from an answer: a citation and a link to copy, and its figures as a table."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import Message

from db import recording
from db.activity import Activity, Unavailable
from handlers.current import Current
from handlers.keyboards import Button
from handlers.reply import Place, Sender, place_of
from knowledge.records import Answer
from knowledge.taking import reference_of, taken
from knowledge.telling.sheets import citation, xlsx
from knowledge.telling.takeaway_texts import label, table_caption, table_name


@dataclass(eq=False)
class Takeaway:
    """Buttons for it, and what the table's button sends."""

    _current: Current
    _activity: Activity
    _sender: Sender

    def buttons(self, answer: Answer, figures: tuple[str, ...], question: int) -> list[Button]:
        """Under an answer that tells figures: citation, link and table; under any other that has one object: the link.

        `question`: the number under which it was recorded with the ids of its `figures`.
        """
        found = []
        if cited := self.citation(figures):
            found.append(Button(label("citation"), beside=True, copy=cited))
        if link := self.link(answer):
            found.append(Button(label("link"), beside=True, copy=link))
        if figures:
            found.append(Button(label("table"), f"1:x:{question}", beside=True))
        return found

    def citation(self, figures: tuple[str, ...]) -> str:
        """The line that cites the first of these figures; empty where there is none."""
        base = self._current.assistant.base
        lead = next(iter(taken(base, figures[:1])), None)
        return citation(lead.figure, lead.source, base.names) if lead else ""

    def link(self, answer: Answer) -> str:
        """An address that reopens the answer with the knowledge of that day; empty where it has no one object."""
        reference = reference_of(answer)
        username = self._sender.username
        return f"https://t.me/{username}?start={reference}" if reference and username else ""

    async def send_table(self, message: Message, question: int) -> bool:
        """Send the figures that `message` showed as a spreadsheet; False where it showed none, or none is left."""
        try:
            ids = await self._activity.carry_out(recording.figures_of, question, message.chat.id)
        except Unavailable:
            return False
        return await self.send(place_of(message, quote=True), ids)

    async def send(self, place: Place, ids: Sequence[str]) -> bool:
        """Send these figures as a spreadsheet; False where none is left."""
        base, today = self._current.assistant.base, self._current.clock()
        rows = taken(base, ids)
        if not rows:
            return False
        with self._sender.typing(place):
            content = await asyncio.to_thread(xlsx, rows, dict(base.names), today)
        await self._sender.send_file(place, content, table_name(rows, today), table_caption(rows, base.names))
        return True
