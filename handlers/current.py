"""What answers now: the assistant and the guide over the base as it stands, replaced together after a change."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from pathlib import Path

from db.snapshot import load
from knowledge.assistant import Assistant
from knowledge.guide import Guide
from knowledge.reading.question import Reader


class Current:
    """Held by everything that answers. Whoever needs both parts for one answer takes them without waiting in between."""

    def __init__(self, assistant: Assistant, clock: Callable[[], date], path: Path) -> None:
        self.assistant = assistant
        self.guide = Guide(assistant.base, clock)
        self.clock = clock
        self._path = path
        self._reader: Reader | None = None
        self._turn = asyncio.Lock()

    @property
    def names(self) -> dict[str, str]:
        """Names of regions and indicators, by id."""
        return dict(self.assistant.base.names)

    async def reader(self) -> Reader:
        """Reads lines against the present base; made when it is first needed."""
        if self._reader is None:
            base = self.assistant.base
            reader = await asyncio.to_thread(Reader, base)
            if base is not self.assistant.base:
                return reader
            self._reader = reader
        return self._reader

    async def reload(self) -> None:
        """Answer from the base as it is stored now. The new parts are made in a thread; the old ones answer until then."""
        async with self._turn:
            assistant, guide = await asyncio.to_thread(self._build)
            self.assistant, self.guide = assistant, guide
            self._reader = None

    def _build(self) -> tuple[Assistant, Guide]:
        base = load(self._path)
        return type(self.assistant)(base, self.clock), Guide(base, self.clock)
