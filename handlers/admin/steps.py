"""Who is in the middle of something, and what takes the next thing that he types.

Where somebody is, is a row (`db.waiting`). Who is anywhere at all is also held in memory, so that nobody else's message
waits for the desk.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from telegram.ext import filters

from db.desk import Desk
from db.readings import readers
from db.waiting import Step, at_work, end_step, keep_step, step_of
from handlers.chats import Fitting
from knowledge.text import fold

if TYPE_CHECKING:
    from handlers.admin.office import Request

Taker = Callable[["Request", Step], Awaitable[None]]

_LEAVING = frozenset({"thoi", "huy", "dung", "thoat", "khong"})
_BESIDE = _LEAVING.union(
    ["khoi", "lai", "lam", "nua", "di", "nhe", "nha", "a", "em", "bo", "vay", "minh", "can", "dau"]
)
"""Words that leave, and those that stand beside one; nothing else is said by who leaves."""


def leaves(typed: str) -> bool:
    """Whether what is typed leaves what is being done."""
    words = fold(typed).replace(",", " ").strip(" .!").split()
    short_no = words in (["khong"], ["khong", "a"], ["khong", "can"])
    return bool(words) and words[0] in _LEAVING and _BESIDE.issuperset(words) and not short_no


class Steps:
    """The way to the rows; `takers`: job → what takes a typed answer; `askers`: job → what asks for it once more."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._at_work = desk.at_once(at_work)
        self.reading = set(desk.at_once(readers))
        """Who may be reading a report (`db.readings`)."""
        self.takers: dict[str, Taker] = {}
        self.askers: dict[str, Taker] = {}

    async def here(self, person: int) -> Step | None:
        """Where this person is."""
        if person not in self._at_work:
            return None
        step = await self._desk.run(step_of, person, time.time())
        if step is None:
            self._at_work.discard(person)
        return step

    async def at(self, person: int, what: str) -> Step | None:
        """Where this person is in this job; None in any other."""
        step = await self.here(person)
        return step if step is not None and step.what == what else None

    async def leave_off(self, person: int, *jobs: str) -> None:
        """Leave what this person is at, where it is one of these jobs."""
        step = await self.here(person)
        if step is not None and step.what in jobs:
            await self.leave(person)

    async def go(self, person: int, step: Step) -> None:
        """This person is here now; stored before the next question leaves."""
        await self._desk.run(keep_step, person, step, time.time())
        self._at_work.add(person)

    async def leave(self, person: int) -> bool:
        """Leave whatever this person is at; False when it was nothing."""
        if person not in self._at_work:
            return False
        self._at_work.discard(person)
        return await self._desk.run(end_step, person)

    async def reload(self) -> None:
        """Read anew who is at work, after the database was replaced."""
        self._at_work = await self._desk.run(at_work)
        self.reading = set(await self._desk.run(readers))

    def expects(self) -> Any:
        """A filter for what is typed, without a command, by somebody who is in the middle of something."""
        typed = filters.TEXT & ~filters.COMMAND & ~filters.VIA_BOT & filters.UpdateType.MESSAGE
        here = Fitting(lambda message: message.from_user and message.from_user.id in self._at_work)
        return filters.ChatType.PRIVATE & typed & here
