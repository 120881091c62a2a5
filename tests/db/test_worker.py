"""The thread behind the database: in order, what it raises is raised, nothing given is left undone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from threading import Event, current_thread

import pytest

from db.worker import Worker


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker("test")
    yield worker
    worker.close()


def fail() -> None:
    raise ValueError("as it was meant to")


def test_work_is_done_in_order_in_the_one_thread(worker: Worker) -> None:
    done: list[int] = []

    async def scenario() -> set[str]:
        def work(number: int) -> str:
            done.append(number)
            return current_thread().name

        return set(await asyncio.gather(*(worker.run(lambda n=n: work(n)) for n in range(50))))  # type: ignore[misc]

    assert asyncio.run(scenario()) == {"test_0"}
    assert done == list(range(50))
    assert worker.at_once(lambda: current_thread().name) == "test_0"


def test_what_work_raises_is_raised_where_it_is_waited_for(worker: Worker) -> None:
    calls: list[Callable[[], object]] = [
        lambda: asyncio.run(worker.run(fail)),
        lambda: worker.at_once(fail),
    ]
    for call in calls:
        with pytest.raises(ValueError, match="meant"):
            call()
    assert worker.at_once(lambda: 1) == 1


@pytest.mark.parametrize("work", [lambda: None, fail])
def test_work_that_nobody_waits_for_any_more_is_done(worker: Worker, work: object) -> None:
    held, done = Event(), Event()

    def late() -> None:
        held.wait(10)
        done.set()
        if work is fail:
            fail()

    async def scenario() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await worker.run(late)
        held.set()
        await worker.run(lambda: None)

    asyncio.run(scenario())
    assert done.is_set()


def test_closing_finishes_what_was_begun_and_takes_nothing_more() -> None:
    worker, held, done = Worker("test"), Event(), Event()

    def work() -> None:
        held.wait(10)
        done.set()

    async def scenario() -> asyncio.Task[None]:
        task = asyncio.create_task(worker.run(work))
        await asyncio.sleep(0)
        return task

    asyncio.run(scenario())  # its loop ends before the work does
    held.set()
    worker.close()
    worker.close()
    assert done.is_set()
    with pytest.raises(RuntimeError):
        worker.at_once(lambda: None)
