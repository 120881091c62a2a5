"""The time by Telegram's clock, once it has told it: a step of this machine's own makes nothing late or old."""

from __future__ import annotations

import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime


class Clock:
    """Seconds since 1970. Goes on by a clock that knows no steps from the last time that a server told its own."""

    def __init__(
        self, own: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic
    ) -> None:
        self._own = own
        self._steady = steady
        self._ahead: float | None = None

    def __call__(self) -> float:
        """Now."""
        return self._own() if self._ahead is None else self._steady() + self._ahead

    def learn(self, date: str) -> None:
        """Take over the `Date` of an answer; what is none, and a difference of a second or two, is left out."""
        try:
            told = parsedate_to_datetime(date).timestamp()
        except (TypeError, ValueError):
            return
        if self._ahead is None or abs(told - self()) > TOLERATED_SECONDS:
            self._ahead = told - self._steady()


TOLERATED_SECONDS = 2.0
"""An answer is told in whole seconds, and takes its time to come."""
