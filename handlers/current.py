"""What answers now: the assistant and the guide over the base as it stands, replaced together after a change."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from pathlib import Path

from db.snapshot import load
from db.worker import put_off
from knowledge.assistant import Assistant
from knowledge.guide import Guide
from knowledge.reading.question import Reader
from knowledge.telling.render import prepare_templates


class Current:
    """Held by everything that answers. Whoever needs both parts for one answer takes them without waiting in between."""

    def __init__(self, assistant: Assistant, clock: Callable[[], date], path: Path) -> None:
        self.assistant = assistant
        self.guide = Guide(assistant.base, clock, assistant.reader)
        self.clock = clock
        self._path = path
        self._turn = asyncio.Lock()

    @property
    def names(self) -> dict[str, str]:
        """Names of regions and indicators, by id."""
        return dict(self.assistant.base.names)

    @property
    def reader(self) -> Reader:
        """Reads lines against the present base."""
        return self.assistant.reader

    def prepare(self) -> None:
        """Make now what is else made for the first who needs it: some hundredths of a second each."""
        self.assistant.prepare()
        prepare_templates()

    async def reload(self) -> None:
        """Answer from the base as it is stored now. The new parts are made in a thread; the old ones answer until then."""
        async with self._turn:
            assistant, guide = await asyncio.to_thread(self._build)
            self.assistant, self.guide = assistant, guide

    def _build(self) -> tuple[Assistant, Guide]:
        with put_off(stays=True):
            base = load(self._path)
            assistant = type(self.assistant)(base, self.clock)
            assistant.prepare()
            return assistant, Guide(base, self.clock, assistant.reader)
