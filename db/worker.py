"""A thread that carries out what it is given, one after the other, while the event loop goes on.

What an executor of the standard library does, at half of its cost: every answer waits for such a thread twice.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

log = logging.getLogger(__name__)

R = TypeVar("R")
Outcome = tuple[Any, BaseException | None]


BEHIND = 5
"""Of 20 steps in which a thread may stand back behind others."""


def stand_back() -> None:
    """This thread, where long work is done, has its turn on the processor after those that answer; on Linux only, which
    ranks threads."""
    if sys.platform == "linux":
        os.nice(BEHIND)


class Worker:
    """The thread, and the way to it."""

    def __init__(self, name: str, prepare: Callable[[], object] = lambda: None) -> None:
        """`prepare`: what the thread does first."""
        self._prepare = prepare
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._closed = False
        self._thread = Thread(target=self._carry_on, name=name, daemon=True)
        self._thread.start()

    def _carry_on(self) -> None:
        self._prepare()
        while (job := self._jobs.get()) is not None:
            job()

    def _give(self, work: Callable[[], R], tell: Callable[[Outcome], object]) -> None:
        def job() -> None:
            try:
                outcome: Outcome = work(), None
            except BaseException as error:
                outcome = None, error
            try:
                tell(outcome)
            except RuntimeError as error:  # the loop has ended meanwhile
                log.error("Nobody waits for what is done: %s", error)

        if self._closed:
            raise RuntimeError("closed")
        self._jobs.put(job)

    async def run(self, work: Callable[[], R]) -> R:
        """Carry out `work` after what was given before; its result, or what it raises.

        It is carried out also when nobody waits for it any more. Raises RuntimeError after `close`.
        """
        loop = asyncio.get_running_loop()
        done: asyncio.Future[R] = loop.create_future()

        def tell(outcome: Outcome) -> None:
            result, error = outcome
            if done.cancelled():
                if error:
                    log.error("What nobody waited for any more failed: %s", error)
            elif error:
                done.set_exception(error)
            else:
                done.set_result(result)

        self._give(work, lambda outcome: loop.call_soon_threadsafe(tell, outcome))
        return await done

    def at_once(self, work: Callable[[], R]) -> R:
        """The same for a caller that has no event loop, or stands in another thread: it waits."""
        told: SimpleQueue[Outcome] = SimpleQueue()
        self._give(work, told.put)
        result, error = told.get()
        if error:
            raise error
        done: R = result
        return done

    def close(self) -> None:
        """Finish what was begun; a second call does nothing."""
        if not self._closed:
            self._closed = True
            self._jobs.put(None)
            self._thread.join()
