"""What answers is replaced as a whole, and nothing of what it was stays behind."""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from db.snapshot import load
from db.worker import put_off
from handlers.current import Current
from knowledge.assistant import Assistant

TODAY = date(2026, 11, 23)
QUESTION = "kinh phí khuyến công phía Bắc 2023"


@pytest.fixture
def no_rounds() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()
    gc.unfreeze()


@pytest.mark.usefixtures("no_rounds")
def test_a_replaced_base_goes_without_a_round_of_the_collector(database: Path) -> None:
    def current() -> Current:
        return Current(Assistant(load(database), lambda: TODAY), lambda: TODAY, database)

    held = current()
    held.assistant.ask(QUESTION)
    old = [weakref.ref(part) for part in (held.assistant.base, held.assistant, held.guide)]
    with put_off():
        asyncio.run(held.reload())
    assert [part() for part in old] == [None, None, None]


def test_rounds_wait_while_any_work_goes_on() -> None:
    assert gc.isenabled()
    with put_off():
        with put_off():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
