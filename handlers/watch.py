"""What those who keep the bot running can see: counters, how long people wait, and whether all is well.

`Watch` counts. An update is timed from its arrival to the end of its handling, with the time that it waits for its turn.
What a handler wants counted besides it tells to `note`, which knows the update that is being handled.
"""

from __future__ import annotations

import logging
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import accumulate

from db.activity import Unavailable
from handlers.logs import update_id

BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)  # seconds
NAMES = {
    "updates": ("khuyencong_updates_total", "Updates handled."),
    "questions": ("khuyencong_questions_total", "Questions answered, by what came of them."),
    "edits": ("khuyencong_edits_total", "Changes of the knowledge that were loaded."),
    "errors": ("khuyencong_errors_total", "Log records of level ERROR and above, by logger."),
    "unreadable": ("khuyencong_unreadable_total", "Updates that could not be read, and were skipped."),
}
LABELS = {"questions": "status", "errors": "logger"}

_events: ContextVar[list[tuple[str, str]] | None] = ContextVar("events", default=None)
_patient: ContextVar[Callable[[bool], None] | None] = ContextVar("patient", default=None)


def note(what: str, kind: str = "") -> None:
    """Count one more of `what` (a name of `NAMES`) once the present update is through; outside of one nothing happens."""
    if (events := _events.get()) is not None:
        events.append((what, kind))


@contextmanager
def patient() -> Iterator[None]:
    """Inside, the present update waits until a call to Telegram may be made again: nothing here is stuck."""
    tell = _patient.get()
    if tell is None:
        yield
        return
    tell(True)
    try:
        yield
    finally:
        tell(False)


class Watch:
    """Counters of this process. Used in the event loop only, but for `failed`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.suspicious = True
        self.conflicts = 0
        self.heard_at = self.called_at = self.moved_at = clock()
        self._counts: Counter[tuple[str, str]] = Counter()
        self._times = [0] * (len(BOUNDS) + 1)
        self._seconds = 0.0
        self._waiting: dict[object, float] = {}
        self._patient: dict[object, float] = {}

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
        """Seconds since an update was last finished, or since the first of those that could be arrived; 0 with none."""
        able = [arrived for key, arrived in self._waiting.items() if key not in self._patient]
        return self.clock() - max(self.moved_at, min(able)) if able else 0.0

    @property
    def mute(self) -> float:
        """Seconds since the last answer to a call, or since the first of those that wait for one does; 0 with none."""
        waits = self._patient.values()
        return self.clock() - max(self.called_at, min(waits)) if waits else 0.0

    def called(self) -> None:
        """Telegram has answered a call, be it with a refusal."""
        self.called_at = self.clock()

    def heard(self) -> None:
        """Telegram has answered a call for updates."""
        self.heard_at = self.clock()

    def unread(self) -> None:
        """An update could not be read."""
        self._counts["unreadable", ""] += 1

    @property
    def unreadable(self) -> int:
        """How many those were."""
        return self._counts["unreadable", ""]

    def overheard(self, conflict: bool) -> None:
        """Whether Telegram said of the last call for updates that somebody else makes such calls as well."""
        self.conflicts = self.conflicts + 1 if conflict else 0

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

        def wait(patient: bool) -> None:
            if patient:
                self._patient[key] = self.clock()
            else:
                self._patient.pop(key, None)

        tokens = _events.set(events), update_id.set(number), _patient.set(wait)
        try:
            yield
        finally:
            _events.reset(tokens[0])
            update_id.reset(tokens[1])
            _patient.reset(tokens[2])
            del self._waiting[key]
            self.moved_at = self.clock()
            self._counts.update([("updates", ""), *events])
            self._times[bisect_left(BOUNDS, self.moved_at - arrived)] += 1
            self._seconds += self.moved_at - arrived

    def exposition(self, problems: Iterable[str] = ()) -> str:
        """Everything in the Prometheus text format; `problems`: names of the checks that fail now."""
        lines: list[str] = []

        def metric(name: str, kind: str, about: str, *values: str) -> None:
            lines.extend([f"# HELP {name} {about}", f"# TYPE {name} {kind}", *values])

        for what, (name, about) in NAMES.items():
            found = {kind: count for (counted, kind), count in self._counts.items() if counted == what}
            values = [f"{name} {sum(found.values())}"]
            if label := LABELS.get(what):
                values = [f'{name}{{{label}="{kind}"}} {count}' for kind, count in sorted(found.items())]
            metric(name, "counter", about, *values)
        name = "khuyencong_update_seconds"
        below = list(accumulate(self._times))
        bounds = zip((*map(str, BOUNDS), "+Inf"), below, strict=True)
        buckets = [f'{name}_bucket{{le="{bound}"}} {count}' for bound, count in bounds]
        sums = (f"{name}_sum {self._seconds:.6f}", f"{name}_count {below[-1]}")
        about = "From the arrival of an update to the end of its handling."
        metric(name, "histogram", about, *buckets, *sums)
        failing = set(problems)
        for name, about, value in (
            ("khuyencong_queue_length", "Updates that have arrived and are not through.", self.waiting),
            ("khuyencong_queue_oldest_seconds", "Age of the first of them.", round(self.oldest, 3)),
            ("khuyencong_healthy", "1 when every check holds.", int(not failing)),
        ):
            metric(name, "gauge", about, f"{name} {value}")
        name = "khuyencong_problem"
        checks = (f'{name}{{check="{check}"}} {int(check in failing)}' for check in CHECKS)
        metric(name, "gauge", "1 for each check that fails now.", *checks)
        return "\n".join(lines) + "\n"


CHECKS = ("polling", "listeners", "queue", "calls", "answers", "file", "database")


class ErrorCount(logging.Handler):
    """Tells the watch of every record of level ERROR."""

    def __init__(self, watch: Watch) -> None:
        super().__init__(logging.ERROR)
        self._watch = watch

    def emit(self, record: logging.LogRecord) -> None:
        """Count it; nothing is written."""
        self._watch.failed(record.name, record.exc_info[1] if record.exc_info else None)
