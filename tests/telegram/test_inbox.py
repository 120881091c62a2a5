"""The queue of updates by itself: a flood waits outside, stored, in order."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database
from telegram import Update

from db.activity import Activity
from handlers import inbox
from handlers.inbox import Inbox


@pytest.fixture
def activity(tmp_path: Path) -> Iterator[Activity]:
    with closing(Activity(tmp_path / "activity.db")) as activity:
        yield activity


def payload(number: int) -> str:
    chat = {"id": 5, "type": "private"}
    message = {"message_id": number, "date": 1, "chat": chat, "text": "x"}
    return json.dumps({"update_id": number, "message": message})


def unfinished(db: Database) -> int:
    (row,) = db.execute("SELECT count(*) FROM handled_updates WHERE payload IS NOT NULL").fetchall()
    return int(row[0])


def test_who_delivers_too_much_waits_and_what_he_delivered_is_stored(
    activity: Activity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "WAITING", 2)

    async def scenario() -> None:
        queue = Inbox(activity, acknowledge_late=True)

        async def deliver(number: int) -> None:
            update = Update.de_json(json.loads(payload(number)), None)
            await queue.receive(update, payload(number))

        tasks = [asyncio.create_task(deliver(number)) for number in range(1, 6)]
        async with asyncio.timeout(10):
            await asyncio.gather(*tasks[:2])
            while await activity.carry_out(unfinished) < 5:
                pass
        assert queue.qsize() == 2
        assert not any(task.done() for task in tasks[2:])
        handled = []
        async with asyncio.timeout(10):
            for _ in tasks:
                update = await queue.get()
                assert isinstance(update, Update)
                handled.append(update.update_id)
                await queue.settle(update)
                queue.through()
            await asyncio.gather(*tasks)
        assert handled == [1, 2, 3, 4, 5]
        assert await activity.carry_out(unfinished) == 0

    asyncio.run(scenario())


def test_of_updates_that_were_read_when_a_process_ended_one_is_read_at_a_time(activity: Activity) -> None:
    async def scenario() -> None:
        for number in (1, 2, 3):
            await activity.admit(number, payload(number))
        for number in (1, 2):
            await activity.begin(number)
        queue = Inbox(activity, acknowledge_late=True)
        await queue.restore(None)  # type: ignore[arg-type]
        updates = [Update.de_json(json.loads(payload(number)), None) for number in (1, 2, 3)]
        turns = [asyncio.create_task(queue.begin(update)) for update in (*updates[:2], updates[2])]
        async with asyncio.timeout(10):
            await asyncio.wait([turns[0]])
            await asyncio.wait([turns[2]])
        assert not turns[1].done()
        assert [one.begun for one in await activity.pending()] == [2, 1, 1]
        await queue.settle(updates[0])
        async with asyncio.timeout(10):
            await turns[1]
        assert [one.begun for one in await activity.pending()] == [2, 1]

    asyncio.run(scenario())
