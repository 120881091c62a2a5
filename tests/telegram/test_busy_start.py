"""The jobs of a start, on a machine that comes to them late."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from telegram.ext import ApplicationBuilder, CallbackContext

from handlers.life import HOWEVER_LATE, App

LATE_SECONDS = 1.5
"""Longer than the scheduler waits by itself."""


async def _done() -> list[str]:
    """Which of two jobs are done, both due while the loop stands still: one of a start, and one of the scheduler's own."""
    done: list[str] = []

    async def note(context: CallbackContext[Any, Any, Any, Any]) -> None:
        assert context.job is not None
        done.append(str(context.job.name))

    application: App = ApplicationBuilder().token("1:a").build()
    assert application.job_queue is not None
    await application.job_queue.start()
    application.job_queue.run_once(note, 0.1, name="of a start", job_kwargs=HOWEVER_LATE)
    application.job_queue.run_once(note, 0.1, name="of the scheduler")
    time.sleep(LATE_SECONDS)
    await asyncio.sleep(0.3)
    await application.job_queue.stop()
    return done


def test_a_job_of_the_start_is_done_however_late_the_machine_comes_to_it() -> None:
    assert asyncio.run(_done()) == ["of a start"]
