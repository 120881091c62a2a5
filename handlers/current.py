"""What answers now: the assistant and the guide over the base as it stands, replaced together after a change."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Callable
from datetime import date
from pathlib import Path

from db.fields import type_of_record
from db.snapshot import load
from db.worker import put_off
from handlers.shown import records
from knowledge.assistant import Assistant
from knowledge.base import KnowledgeBase
from knowledge.guide import Guide
from knowledge.telling.render import prepare_templates

TRIAL_SECONDS = 600.0
"""For so long an assistant is kept over a base that may come to be."""


class Current:
    """Held by everything that answers. Whoever needs both parts for one answer takes them without waiting in between."""

    def __init__(self, assistant: Assistant, clock: Callable[[], date], path: Path) -> None:
        self.assistant = assistant
        self.guide = Guide(assistant.base, clock, assistant.reader)
        self.clock = clock
        self._path = path
        self._turn = asyncio.Lock()
        self._trial: Assistant | None = None

    def prepare(self) -> None:
        """Make now what is else made for the first who needs it: some hundredths of a second each."""
        self.assistant.prepare()
        prepare_templates()

    async def trial(self, base: KnowledgeBase) -> Assistant:
        """An assistant over a base that may come to be. The last one is kept, so that it answers at once where it does."""

        def made() -> Assistant:
            with put_off():
                return type(self.assistant)(base, self.clock, self.assistant)

        assistant = self._trial = await asyncio.to_thread(made)
        asyncio.get_running_loop().call_later(TRIAL_SECONDS, self._drop, weakref.ref(assistant))
        return assistant

    def _drop(self, trial: weakref.ref[Assistant]) -> None:
        if self._trial is trial():
            self._trial = None

    async def reload(self) -> None:
        """Answer from the base as it is stored now. The new parts are made in a thread; the old ones answer until then."""
        async with self._turn:
            assistant, guide = await asyncio.to_thread(self._build)
            self.assistant, self.guide = assistant, guide

    def _build(self) -> tuple[Assistant, Guide]:
        with put_off(stays=True):
            base = load(self._path)
            trial, self._trial = self._trial, None
            if trial is None or not _alike(trial.base, base):
                trial = type(self.assistant)(base, self.clock, self.assistant)
            trial.prepare()
            return trial, Guide(trial.base, self.clock, trial.reader)


def _alike(one: KnowledgeBase, other: KnowledgeBase) -> bool:
    """Whether two bases hold the same rows in the same order."""
    return all([*records(one, name).values()] == [*records(other, name).values()] for name in type_of_record)
