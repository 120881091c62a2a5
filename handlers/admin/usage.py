"""`/thong_ke` and `/tinh_trang`: how the bot is used, how its base stands."""

from __future__ import annotations

import asyncio
import re
import time
import tomllib
from dataclasses import asdict
from functools import cache
from pathlib import Path

from db.usage import day_of, standing, to_check, usage
from handlers.admin.office import Refusal, Request, Tap, Work
from handlers.buttons import acknowledge
from handlers.keyboards import Button
from knowledge.telling.charts import png
from knowledge.telling.usage_pages import (
    check_html,
    more_label,
    standing_html,
    usage_caption,
    usage_chart,
    usage_html,
)

USUAL_DAYS, MOST_DAYS = 7, 365
A_PAGE = 10
PROJECT = Path(__file__).parents[2] / "pyproject.toml"

_TAP = re.compile(r"n-([0-9]{1,6})")


class UsagePages(Work):
    """The two commands, and [Xem thêm] below the second."""

    async def usage(self, request: Request) -> None:
        """`/thong_ke [days]`: numbers as text, then as a picture."""
        typed = request.typed or str(USUAL_DAYS)
        days = int(typed) if re.fullmatch(r"[0-9]{1,3}", typed) else 0
        if not 1 <= days <= MOST_DAYS:
            raise Refusal("usage", command="thong_ke")
        used = await self._desk.run(usage, day_of(time.time()), days)
        rows = [(day.day, (day.answered, day.asked_back, day.no_answer)) for day in used.days]
        if not any(sum(counts) for _, counts in rows):
            raise Refusal("no_questions", days=str(days))
        counts = (used.gaps, used.liked, used.disliked)
        await self._say(request, *usage_html(rows, used.kinds, used.topics, counts, self._base))
        picture = await asyncio.to_thread(png, usage_chart(rows))
        await self._office.sender.photo(request.place, picture, usage_caption(rows))

    async def standing(self, request: Request) -> None:
        """`/tinh_trang`."""
        now = await self._desk.run(standing, self._desk.path)
        count, rows = await self._desk.run(to_check, A_PAGE)
        parts = standing_html({"version": version(), **asdict(now)}, now.rows)
        buttons = _more(count, 0)
        await self._say(request, *parts, *check_html(count, rows, 0), buttons=buttons)

    async def tapped(self, tap: Tap) -> None:
        """The rows that need a check, from one of them on."""
        found = _TAP.fullmatch(tap.id)
        start = int(found[1]) if found else 0
        count, rows = await self._desk.run(to_check, A_PAGE, start)
        await acknowledge(tap.query)
        parts, buttons = check_html(count, rows, start), _more(count, start)
        await self._show(tap, *parts, buttons=buttons)


def _more(count: int, start: int) -> list[Button]:
    """[Xem thêm], back to the first rows after the last."""
    if count <= A_PAGE:
        return []
    after = start + A_PAGE
    return [Button(more_label(last=after >= count), f"1:a:t:n-{0 if after >= count else after}")]


@cache
def version() -> str:
    """The program's own version."""
    return str(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["version"])
