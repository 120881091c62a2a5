"""Where the process runs. Its threads take turns at one interpreter, and each turn that goes to another core costs a wake-up
there and a cold cache: an answer, which is handed to the thread of the file twice, takes a quarter less on one core."""

from __future__ import annotations

import os


def keep_to_one() -> None:
    """From now on this thread, and those it starts, run on one of the cores that they may run on, the same for the life of
    a process; several bots take different ones by chance. Does nothing where the system has no such call."""
    if hasattr(os, "sched_setaffinity"):
        allowed = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {allowed[os.getpid() % len(allowed)]})
