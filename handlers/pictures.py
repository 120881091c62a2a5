"""A picture of an answer's figures, on a tap. What it shows is looked up anew, so a corrected figure is drawn corrected."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from db.activity import Activity
from db.openings import CONTEXT_SECONDS
from db.recording import latest_choice
from handlers.current import Current
from handlers.reply import Place, Sender
from knowledge.records import Answer
from knowledge.telling.charts import png
from knowledge.telling.figure_charts import LABEL, chart_caption, comparable, figure_chart
from knowledge.telling.render import notice
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
class Pictures:
    """Draws what a stored choice names, and sends it."""

    _current: Current
    _activity: Activity
    _sender: Sender

    async def typed(self, text: str, conversation: str, place: Place) -> bool:
        """The button's label, typed, means the picture that was offered last; False for anything else."""
        if wording(text) != wording(LABEL):
            return False
        since = self._activity.now() - CONTEXT_SECONDS
        stored = await self._activity.carry_out(latest_choice, conversation, LABEL, since)
        return await self.send(place, stored)

    async def send(self, place: Place, stored: str) -> bool:
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
