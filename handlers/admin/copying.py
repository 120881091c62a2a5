"""The daily copy: made in a thread while everybody is answered; its failure is told to the owners once."""

from __future__ import annotations

import asyncio
import logging

from telegram.ext import ContextTypes

from db.backup import daily_copy
from db.errors import StoreError
from handlers.admin.office import Office, Work
from knowledge.records import Note

log = logging.getLogger(__name__)

FIRST_SECONDS = 20
"""After the start, when what came in meanwhile has been answered."""
EVERY_SECONDS = 60 * 60
"""Looked after this often, so that a day on which the bot was started late has its copy as well."""


class Copying(Work):
    """A job of the application's queue."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._failing = False

    async def job(self, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Make the copy of the day. Never raises; after a failure the owners hear again only of the next one."""
        path, today = self._desk.path, self._office.current.clock()
        try:
            made = await asyncio.to_thread(daily_copy, path, today)
        except (StoreError, OSError) as error:
            log.exception("The daily copy failed")
            if not self._failing:
                self._failing = True
                await self._office.tell_owners(Note("copy_failed", {"why": str(error)}))
            return
        self._failing = False
        if made:
            log.info("The copy of the day is %s", made.name)
