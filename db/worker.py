"""A thread that carries out what it is given, one after the other, while the event loop goes on."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

R = TypeVar("R")

BEHIND = 5
"""Of 20 steps in which a thread may stand back behind others."""


def stand_back() -> None:
    """This thread, where long work is done, has its turn on the processor after those that answer; on Linux only, which
    ranks threads."""
    if sys.platform == "linux":
        os.nice(BEHIND)


class Worker:
    """One thread, for a connection that belongs to it."""

    def __init__(self, name: str, prepare: Callable[[], object] = lambda: None) -> None:
        """`prepare`: what the thread does first."""
        self._pool = ThreadPoolExecutor(1, name, prepare)

    async def run(self, work: Callable[[], R]) -> R:
        """Carry out `work` after what was given before; its result, or what it raises.

        It is carried out also when nobody waits for it any more. Raises RuntimeError after `close`.
        """
        return await asyncio.shield(asyncio.get_running_loop().run_in_executor(self._pool, work))

    def at_once(self, work: Callable[[], R]) -> R:
        """The same for a caller that has no event loop, or stands in another thread: it waits."""
        return self._pool.submit(work).result()

    def soon(self, work: Callable[[], object]) -> None:
        """Carry out `work` in its turn, whatever becomes of it. Raises RuntimeError after `close`."""
        self._pool.submit(work)

    def close(self) -> None:
        """Finish what was begun; a second call does nothing."""
        self._pool.shutdown()
