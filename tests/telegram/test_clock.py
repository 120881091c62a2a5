"""This machine's clock steps back and forward: nothing is called late, no button dies."""

from __future__ import annotations

import asyncio
from email.utils import formatdate
from pathlib import Path

from db.activity import Activity
from db.kept import KEEP_CHOICES
from db.recording import Asked, Sent
from handlers.clock import Clock

YEAR = 365 * 24 * 3600.0


class Machine:
    """A clock that can be set, and one that cannot."""

    def __init__(self) -> None:
        self.own = 1_800_000_000.0
        self.steady = 50.0

    def passes(self, seconds: float) -> None:
        self.own += seconds
        self.steady += seconds

    def clock(self) -> Clock:
        return Clock(lambda: self.own, lambda: self.steady)


def test_the_time_is_telegrams_once_it_has_told_it() -> None:
    machine = Machine()
    clock = machine.clock()
    assert clock() == machine.own, "nothing else is known yet"
    clock.learn(formatdate(1_700_000_000, usegmt=True))
    machine.passes(10)
    machine.own += YEAR
    assert clock() == 1_700_000_010
    clock.learn(formatdate(1_700_000_011, usegmt=True))
    assert clock() == 1_700_000_010, "whole seconds, told on the way"
    clock.learn(formatdate(1_700_000_500, usegmt=True))
    assert clock() == 1_700_000_500, "the machine slept"
    for nothing in ("", "yesterday", "Mon, 99 Foo 2020"):
        clock.learn(nothing)
    assert clock() == 1_700_000_500


def test_steps_of_the_clock_kill_no_buttons_and_no_context(tmp_path: Path) -> None:
    machine = Machine()
    clock = machine.clock()
    clock.learn(formatdate(machine.own, usegmt=True))
    activity = Activity(tmp_path / "activity.db", clock)
    asked = Asked("1", 1, 10, '{"a":1}', "", "answered", "figure", (("So sánh", "so sánh"),))

    async def scenario() -> None:
        recorded = await activity.record(asked, sent=Sent([11]))
        for step in (2 * KEEP_CHOICES, -4 * KEEP_CHOICES):
            machine.own += step
            await activity.prune()
            assert await activity.choice(1, recorded.choices[0])
            assert (await activity.opening("1", 1, 20)).context == '{"a":1}'
            machine.passes(60)
            assert await activity.tap(f"tap {step}", "1", 11, recorded.choices[0])
        assert (await activity.record(asked)).question > recorded.question

    asyncio.run(scenario())
    activity.close()


def test_rows_of_a_time_to_come_harm_nothing(tmp_path: Path) -> None:
    """The clock was wrong, and was set right between two runs."""
    machine = Machine()
    asked = Asked("1", 1, 10, "{}", "", "answered", "figure", (("So sánh", "so sánh"),))
    path = tmp_path / "activity.db"

    async def scenario(activity: Activity) -> int:
        recorded = await activity.record(asked, sent=Sent([11]))
        assert await activity.tap(f"tap {machine.own}", "1", 11, recorded.choices[0])
        return recorded.question

    numbers = []
    for own in (1_900_000_000.0, 1_800_000_000.0):
        machine.own = own
        activity = Activity(path, machine.clock())
        numbers.append(asyncio.run(scenario(activity)))
        activity.close()
    assert numbers[1] > numbers[0], "numbers of questions grow whatever the clock says"
