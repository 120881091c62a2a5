"""The running bot keeps to one core, with all its threads."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.telegram.harness import Bot, Person, running

pytestmark = pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="the system has no such call")


@pytest.mark.parametrize("setting", ["1", "0"])
def test_every_thread_runs_where_it_should(new_bot: Callable[..., Bot], setting: str) -> None:
    cores = 1 if setting == "1" else len(os.sched_getaffinity(0))
    bot = new_bot(["bot.py", "run"], ONE_CORE=setting)
    with running(bot):
        Person(bot).ask("khuyến công là gì")
        threads = [int(entry.name) for entry in Path(f"/proc/{bot.pid}/task").iterdir()]
        assert len(threads) > 1
        assert {len(os.sched_getaffinity(thread)) for thread in threads} == {cores}
