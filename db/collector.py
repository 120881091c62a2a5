"""When Python's garbage collector may go through everything: that stops every thread, answers too, for as long as it takes.

Nearly all that is kept goes by counting references alone, so the collector can wait: for the end of long work, and behind
what stays for good.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_turn = Lock()
_waiting = 0


def spare() -> None:
    """All that is held now stays: keep the collector from walking through it, which makes its rounds short.

    The second round tells it how little is left to walk through: it goes all the way only when a quarter as much is new as
    was there the last time.
    """
    gc.collect()
    gc.freeze()
    gc.collect()
    gc.set_threshold(10_000, 5, 3)


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
