"""What may be taken along from an answer: a citation and a link to copy, its figures as a table or a picture.

What a table or a picture shows is looked up anew, so a corrected figure is shown corrected.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import Message

from db import recording
from db.activity import Activity, Unavailable
from db.openings import CONTEXT_SECONDS
from handlers.current import Current
from handlers.keyboards import Button
from handlers.reply import Place, Sender, place_of
from knowledge.records import Answer
from knowledge.taking import reference_of, taken
from knowledge.telling.charts import png
from knowledge.telling.figure_charts import LABEL, chart_caption, comparable, figure_chart
from knowledge.telling.render import notice
from knowledge.telling.sheets import citation, xlsx
from knowledge.telling.takeaway_texts import label, table_caption, table_name
from knowledge.text import wording

_MARK = "figures:"


def picture_choice(answer: Answer) -> tuple[tuple[str, str], ...]:
    """The button for a picture of this answer as a stored choice, if its figures make one."""
    figures = comparable(answer)
    return ((LABEL, drawn(tuple(figure.id for figure in figures))),) if figures else ()


def drawn(figures: tuple[str, ...]) -> str:
    """What is stored for a picture of these figures."""
    return _MARK + " ".join(figures)


@dataclass(eq=False)
class Takeaway:
    """Buttons for it, and what they send."""

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

    async def typed(self, text: str, conversation: str, place: Place) -> bool:
        """The button's label, typed, means the picture that was offered last; False for anything else."""
        if wording(text) != wording(LABEL):
            return False
        since = self._activity.now() - CONTEXT_SECONDS
        stored = await self._activity.carry_out(recording.latest_choice, conversation, LABEL, since)
        return await self.picture(place, stored)

    async def picture(self, place: Place, stored: str) -> bool:
        """False where the choice is none of a picture; where its figures are no longer there, that is said."""
        if not stored.startswith(_MARK):
            return False
        base, today = self._current.assistant.base, self._current.clock()
        ids = stored.removeprefix(_MARK).split()
        figures = [base.figures[id_] for id_ in ids if id_ in base.figures]
        if len(figures) < 2:
            await self._sender.send(place, [notice("stale_button")])
            return True
        chart = figure_chart(figures, base, today)
        picture = await asyncio.to_thread(png, chart)
        await self._sender.photo(place, picture, chart_caption(figures, base, chart))
        return True
