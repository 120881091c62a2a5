"""How far long work in another thread is, told in a message that is edited now and then."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any

from telegram.error import TelegramError

from handlers.admin.office import Office
from handlers.reply import Place
from knowledge.telling.exchange_texts import progress_html

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.5


class Progress:
    """How far some work in another thread is, shown in a message that is edited now and then."""

    def __init__(self, office: Office, place: Place, file: str) -> None:
        self._office = office
        self._place = place
        self._file = file
        self._at = ("reading", 0, 0)
        self._stopped = False
        self.messages: list[int] = []

    def tick(self, stage: str, done: int, total: int) -> None:
        """Called from the thread; ends the work there once nobody waits for it any more."""
        if self._stopped:
            raise InterruptedError
        self._at = (stage, done, total)
        time.sleep(0)  # lets those who answer questions have their turn

    async def during(self, work: Callable[[], Any]) -> Any:
        """Do the work, telling how far it is."""
        shown = self._at
        if not self.messages:
            self.messages = await self._office.sender.send(self._place, [self._told()])
        task = asyncio.ensure_future(work())
        try:
            while not (await asyncio.wait([task], timeout=LOOK_SECONDS))[0]:
                if self._at != shown:
                    shown = self._at
                    await self._show()
            return task.result()
        finally:
            if not task.done():
                self._stopped = True
                task.cancel()

    async def _show(self) -> None:
        try:
            await self._office.sender.edit(self._place, self.messages, [self._told()])
        except TelegramError as error:
            log.info("Progress could not be shown: %s", error)

    def _told(self) -> str:
        stage, done, total = self._at
        return progress_html(stage, self._file, done, total)
