"""What those who keep the bot running can see: counters, how long people wait, and whether all is well.

`Watch` counts. An update is timed from its arrival to the end of its handling, with the time that it waits for its turn.
What a handler wants counted besides it tells to `note`, which knows the update that is being handled.
"""

from __future__ import annotations

import logging
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import accumulate
from typing import Any

from telegram import Update

from db.activity import Unavailable
from handlers.http import Http
from handlers.inbox import ByChat
from handlers.logs import update_id

BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)  # seconds
NAMES = {
    "updates": ("khuyencong_updates_total", "Updates handled."),
    "questions": ("khuyencong_questions_total", "Questions answered, by what came of them."),
    "edits": ("khuyencong_edits_total", "Changes of the knowledge that were loaded."),
    "errors": ("khuyencong_errors_total", "Log records of level ERROR and above, by logger."),
}
LABELS = {"questions": "status", "errors": "logger"}

_events: ContextVar[list[tuple[str, str]] | None] = ContextVar("events", default=None)


def note(what: str, kind: str = "") -> None:
    """Count one more of `what` (a name of `NAMES`) once the present update is through; outside of one nothing happens."""
    if (events := _events.get()) is not None:
        events.append((what, kind))


class Watch:
    """Counters of this process. Used in the event loop only, but for `failed`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.suspicious = True
        self.heard_at = self.moved_at = clock()
        self._counts: Counter[tuple[str, str]] = Counter()
        self._times = [0] * (len(BOUNDS) + 1)
        self._seconds = 0.0
        self._waiting: dict[object, float] = {}

    @property
    def waiting(self) -> int:
        """Updates that have arrived and are not through."""
        return len(self._waiting)

    @property
    def oldest(self) -> float:
        """Seconds since the arrival of the first of them."""
        return self.clock() - min(self._waiting.values()) if self._waiting else 0.0

    @property
    def stuck(self) -> float:
        """Seconds since an update was last finished, or since the first of those that wait arrived; 0 with none."""
        return self.clock() - max(self.moved_at, min(self._waiting.values())) if self._waiting else 0.0

    def heard(self) -> None:
        """Telegram has answered a call for updates."""
        self.heard_at = self.clock()

    def failed(self, logger: str, error: BaseException | None) -> None:
        """Something was logged as an error; from any thread."""
        self._counts["errors", logger] += 1
        if isinstance(error, Unavailable):
            self.suspicious = True

    @contextmanager
    def handling(self, number: int | None) -> Iterator[None]:
        """Time what is inside, carry the update's id into the log, and collect what is noted."""
        key, arrived = object(), self.clock()
        self._waiting[key] = arrived
        events: list[tuple[str, str]] = []
        tokens = _events.set(events), update_id.set(number)
        try:
            yield
        finally:
            _events.reset(tokens[0])
            update_id.reset(tokens[1])
            del self._waiting[key]
            self.moved_at = self.clock()
            self._counts.update([("updates", ""), *events])
            self._times[bisect_left(BOUNDS, self.moved_at - arrived)] += 1
            self._seconds += self.moved_at - arrived

    def exposition(self, problems: Iterable[str] = ()) -> str:
        """Everything in the Prometheus text format; `problems`: names of the checks that fail now."""
        lines = []
        for what, (name, about) in NAMES.items():
            lines += [f"# HELP {name} {about}", f"# TYPE {name} counter"]
            found = {kind: count for (counted, kind), count in self._counts.items() if counted == what}
            if label := LABELS.get(what):
                lines += [f'{name}{{{label}="{kind}"}} {count}' for kind, count in sorted(found.items())]
            else:
                lines.append(f"{name} {sum(found.values())}")
        name = "khuyencong_update_seconds"
        lines += [f"# HELP {name} From the arrival of an update to the end of its handling."]
        lines += [f"# TYPE {name} histogram"]
        below = list(accumulate(self._times))
        for bound, count in zip((*map(str, BOUNDS), "+Inf"), below, strict=True):
            lines.append(f'{name}_bucket{{le="{bound}"}} {count}')
        lines += [f"{name}_sum {self._seconds:.6f}", f"{name}_count {below[-1]}"]
        failing = set(problems)
        for name, about, value in (
            ("khuyencong_queue_length", "Updates that have arrived and are not through.", self.waiting),
            ("khuyencong_queue_oldest_seconds", "Age of the first of them.", round(self.oldest, 3)),
            ("khuyencong_healthy", "1 when every check holds.", int(not failing)),
        ):
            lines += [f"# HELP {name} {about}", f"# TYPE {name} gauge", f"{name} {value}"]
        name = "khuyencong_problem"
        lines += [f"# HELP {name} 1 for each check that fails now.", f"# TYPE {name} gauge"]
        lines += [f'{name}{{check="{check}"}} {int(check in failing)}' for check in CHECKS]
        return "\n".join(lines) + "\n"


CHECKS = ("polling", "database", "queue")


class ErrorCount(logging.Handler):
    """Tells the watch of every record of level ERROR."""

    def __init__(self, watch: Watch) -> None:
        super().__init__(logging.ERROR)
        self._watch = watch

    def emit(self, record: logging.LogRecord) -> None:
        """Count it; nothing is written."""
        self._watch.failed(record.name, record.exc_info[1] if record.exc_info else None)


class Watched(ByChat):
    """The same order and places, under the eyes of a watch."""

    def __init__(self, watch: Watch, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._watch = watch

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handle one update after the earlier ones of its chat."""
        with self._watch.handling(update.update_id if isinstance(update, Update) else None):
            await super().do_process_update(update, coroutine)


class Listening(Http):
    """The connection that asks for updates; tells the watch of every answer."""

    def __init__(self, watch: Watch, server: str, timeout: float) -> None:
        super().__init__(server, 1, timeout)
        self._watch = watch

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """One call."""
        status, body = await super().do_request(*args, **kwargs)
        if status == 200:
            self._watch.heard()
        return status, body
