"""The activity tables by themselves: ages, erasing, attempts, a second process, a kill."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.activity import Activity
from db.inbox import MOST_BEGUN, Pending
from db.kept import KEEP_ANSWERS, KEEP_CHOICES, KEEP_QUESTIONS
from db.openings import CONTEXT_SECONDS, Opening
from db.recording import Asked, Sent


class Clock:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "activity.db"


@pytest.fixture
def activity(path: Path, clock: Clock) -> Iterator[Activity]:
    activity = Activity(path, clock)
    yield activity
    activity.close()


def asked(conversation: str = "1", message: int = 10, context: str | None = "{}") -> Asked:
    choices = (("So với 2024", "so sánh 2023 với 2024"),)
    return Asked(conversation, int(conversation), message, context, "kp 2023", "answered", "figure", choices)


def count(path: Path) -> dict[str, int]:
    """Rows in each table, read by another connection."""
    connection = sqlite3.connect(path)
    try:
        names = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}
    finally:
        connection.close()


def test_a_context_is_forgotten_after_half_an_hour(activity: Activity, clock: Clock) -> None:
    async def scenario() -> None:
        await activity.record(asked(context='{"a":1}'), sent=Sent([11, 12], "{}"))
        assert await activity.opening("1", 1, 20) == Opening('{"a":1}')
        assert await activity.opening("1", 1, 10) == Opening('{"a":1}', (11, 12), "{}", True)
        clock.now += CONTEXT_SECONDS
        assert await activity.opening("1", 1, 20) == Opening(None)
        assert await activity.opening("1", 1, 10) == Opening(None, (11, 12), None, True)

    asyncio.run(scenario())


def test_an_older_question_is_known_not_to_be_the_latest(activity: Activity) -> None:
    async def scenario() -> None:
        await activity.record(asked(message=10), sent=Sent([11]))
        await activity.record(asked(message=20, context='{"later": 1}'))
        assert not (await activity.opening("1", 1, 10)).latest

    asyncio.run(scenario())


def test_pruning_leaves_nothing_beyond_its_age(activity: Activity, clock: Clock, path: Path) -> None:
    async def scenario() -> None:
        recorded = await activity.record(asked(), sent=Sent([11], "{}"))
        await activity.tap("t", "1", 11, recorded.choices[0])
        await activity.apology_due("1")
        await activity.rate(recorded.question, "1", -1)
        await activity.admit(1, "{}")
        await activity.settle(1)
        clock.now += CONTEXT_SECONDS + 1
        await activity.prune()
        left = count(path)
        assert left["chat_contexts"] == 0
        assert (left["answers_sent"], left["choices"], left["questions"], left["feedback"]) == (1, 1, 1, 1)
        for age in (KEEP_ANSWERS, KEEP_CHOICES, KEEP_QUESTIONS):
            clock.now += age
            await activity.prune()
        left = count(path)
        del left["marks"], left["activity_keys"], left["_sqlite_migrations"], left["sqlite_sequence"]
        assert not any(left.values()), left

    asyncio.run(scenario())


def test_erasing_takes_one_conversation_whole_and_no_other(activity: Activity, path: Path) -> None:
    async def scenario() -> None:
        for conversation in ("1", "2"):
            recorded = await activity.record(asked(conversation), sent=Sent([11], "{}"))
            await activity.tap(conversation, conversation, 11, recorded.choices[0])
            await activity.apology_due(conversation)
            assert await activity.rate(recorded.question, conversation, 1)
        await activity.erase("1")
        left = count(path)
        tables = ("chat_contexts", "answers_sent", "choices", "taps", "apologies", "questions", "feedback")
        assert {left[table] for table in tables} == {1}
        assert (await activity.opening("2", 2, 10)).messages == (11,)

    asyncio.run(scenario())


def test_questions_are_kept_without_the_id_of_the_chat(activity: Activity, path: Path) -> None:
    asyncio.run(activity.record(asked("123456789")))
    connection = sqlite3.connect(path)
    (row,) = connection.execute("SELECT * FROM questions").fetchall()
    connection.close()
    assert not any("123456789" in str(value) for value in row)


def test_nobody_rates_the_question_of_somebody_else(activity: Activity) -> None:
    async def scenario() -> None:
        recorded = await activity.record(asked("1"))
        assert not await activity.rate(recorded.question, "2", 1)
        assert not await activity.rate(999, "1", 1)

    asyncio.run(scenario())


def test_the_same_button_keeps_its_id(activity: Activity, path: Path) -> None:
    async def scenario() -> None:
        first = await activity.record(asked(message=10))
        second = await activity.record(asked(message=20))
        assert first.choices == second.choices
        assert first.choices != (await activity.record(asked("2"))).choices
        assert count(path)["choices"] == 2

    asyncio.run(scenario())


def test_an_update_is_admitted_once_and_dangerous_after_ending_two_processes(activity: Activity) -> None:
    async def scenario() -> None:
        assert await activity.admit(1, "one")
        assert not await activity.admit(1, "one")
        await activity.settle(1)
        assert not await activity.admit(1, "one")
        assert await activity.admit(2, "two")
        for begun in range(MOST_BEGUN):
            assert await activity.pending() == [Pending(2, "two", begun, begun)], (
                "what merely waits is not counted"
            )
            await activity.begin(2)
        (last,) = await activity.pending()
        assert last.dangerous
        activity.excuse(2)
        (last,) = await activity.pending()
        assert not last.dangerous, "it waited for something else when the process ended"

    asyncio.run(scenario())


def test_what_was_told_to_be_kept_is_there_after_a_kill(path: Path) -> None:
    program = (
        "import asyncio, os, signal, sys\n"
        "from db.activity import Activity\n"
        "asyncio.run(Activity(sys.argv[1]).admit(7, 'seven'))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(path)], cwd=Path(__file__).parents[2])
    assert ended.returncode == -9
    activity = Activity(path)
    assert asyncio.run(activity.pending()) == [Pending(7, "seven", 0, 0)]
    activity.close()


def test_the_loop_runs_on_while_another_process_holds_the_file(activity: Activity, path: Path) -> None:
    async def scenario() -> None:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        writing = asyncio.create_task(activity.admit(1, "{}"))
        turns = 0
        while turns < 1000:
            await asyncio.sleep(0)
            turns += 1
        assert not writing.done()
        other.execute("COMMIT")
        other.close()
        assert await writing

    asyncio.run(scenario())


def test_closing_twice_is_harmless(path: Path) -> None:
    activity = Activity(path)
    activity.close()
    activity.close()
