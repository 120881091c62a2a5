"""A thread that carries out what it is given, one after the other, while the event loop goes on; when a thread that
computes lets the others go on; and when Python's garbage collector may go through everything, which stops them all.

Nearly all that is kept goes by counting references alone, so the collector can wait: for the end of long work, and behind
what stays for good.
"""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Lock
from typing import TypeVar

R = TypeVar("R")


class Worker:
    """One thread, for a connection that belongs to it."""

    def __init__(self, name: str) -> None:
        self._pool = ThreadPoolExecutor(1, name)

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


GIVE_WAY_SECONDS = 0.001
"""So long a thread computes while another waits: an answer lets go of Python's lock some ten times, and waits each time."""

_turn = Lock()
_waiting = 0


def spare() -> None:
    """Made ready to answer beside long work: threads give way early, and the collector's rounds are short.

    All that is held now stays, so the collector need not walk through it.

    The second round tells it how little is left to walk through: it goes all the way only when a quarter as much is new as
    was there the last time.
    """
    gc.collect()
    gc.freeze()
    gc.collect()
    gc.set_threshold(10_000, 5, 3)
    sys.setswitchinterval(GIVE_WAY_SECONDS)


def sweep() -> None:
    """A round out of turn, some milliseconds: a refused megabyte may hang on few objects, too few to set one off."""
    if not _waiting:
        gc.collect()


@contextmanager
def put_off(*, stays: bool = False) -> Iterator[None]:
    """No round while the work inside goes on, in whatever thread. `stays`: what it has made is held for good from then on."""
    global _waiting
    with _turn:
        _waiting += 1
        gc.disable()
    try:
        yield
    finally:
        with _turn:
            if stays:
                gc.freeze()
            _waiting -= 1
            if not _waiting:
                gc.enable()
