"""Sending on a clock of its own: everything passes, nothing too fast, nobody waits for another, failures are waited out."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import aiohttp
import pytest
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut

from handlers import pace
from handlers.pace import CONNECTIONS, IN_CHAT, IN_GROUP, PER_SECOND, REMEMBERED, Pace, Window
from handlers.reply import BRIEFLY, DOUBTFUL_PAUSES, Place, Sender, patiently


class Loop(asyncio.SelectorEventLoop):
    """Time passes at once when everybody sleeps."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0
        select = self._selector.select  # type: ignore[attr-defined]

        def leap(timeout: float | None) -> Any:
            self.now += timeout or 0
            return select(0)

        self._selector.select = leap  # type: ignore[attr-defined]

    def time(self) -> float:
        return self.now


@pytest.fixture
def loop() -> Any:
    loop = Loop()
    yield loop
    loop.close()


class Calls:
    """Notes when and to whom."""

    def __init__(self, loop: Loop, per_second: int = PER_SECOND) -> None:
        self.loop = loop
        self.pace = Pace(per_second, loop.time)
        self.made: list[tuple[float, Any]] = []
        self.under_way = self.most_under_way = 0

    async def one(self, chat: Any, takes: float = 0.01, endpoint: str = "sendMessage") -> None:
        async def call() -> bool:
            self.made.append((self.loop.time(), chat))
            self.under_way += 1
            self.most_under_way = max(self.most_under_way, self.under_way)
            await asyncio.sleep(takes)
            self.under_way -= 1
            return True

        data = {} if chat is None else {"chat_id": chat}
        await self.pace.process_request(call, (), {}, endpoint, data, None)

    def most(self, seconds: float, chat: Any = None) -> int:
        """The most calls in any such time."""
        times = [at for at, to in self.made if chat is None or to == chat]
        return max(sum(one <= at < one + seconds - 1e-6 for at in times) for one in times)

    def run(self, *calls: Coroutine[Any, Any, None]) -> None:
        async def together() -> None:
            await asyncio.gather(*calls)

        self.loop.run_until_complete(together())


def test_never_more_than_thirty_in_a_second_to_many_chats(loop: Loop) -> None:
    calls = Calls(loop)
    calls.run(*(calls.one(chat) for chat in range(1, 101)))
    assert calls.most(1.0) == PER_SECOND
    assert len(calls.made) == 100
    assert loop.time() < 1000 + 100 / PER_SECOND + 1


def test_a_burst_to_one_chat_passes_and_then_one_a_second(loop: Loop) -> None:
    calls = Calls(loop)
    calls.run(*(calls.one(7) for _ in range(15)))
    assert calls.most(IN_CHAT[1], 7) == IN_CHAT[0]
    assert [at for at, _ in calls.made[: IN_CHAT[0]]] == [1000.0] * IN_CHAT[0]


def test_a_group_gets_twenty_a_minute(loop: Loop) -> None:
    calls = Calls(loop)
    calls.run(*(calls.one(-7) for _ in range(50)))
    assert calls.most(IN_GROUP[1], -7) == IN_GROUP[0]
    assert len(calls.made) == 50


def test_a_chat_that_waits_holds_up_no_other(loop: Loop) -> None:
    calls = Calls(loop)

    async def later() -> None:
        await asyncio.sleep(0.5)
        await calls.one(8)

    calls.run(*(calls.one(-7) for _ in range(100)), *(calls.one(7) for _ in range(100)), later())
    assert min(at for at, chat in calls.made if chat == 8) < 1000.6


def test_slow_calls_are_bounded_in_number(loop: Loop) -> None:
    calls = Calls(loop, per_second=0)
    calls.run(*(calls.one(chat, takes=5) for chat in range(1, 41)))
    assert calls.most_under_way == CONNECTIONS
    assert len(calls.made) == 40


def test_what_is_no_message_is_not_counted(loop: Loop) -> None:
    calls = Calls(loop)
    calls.run(
        *(calls.one(None) for _ in range(40)), *(calls.one(7, endpoint="sendChatAction") for _ in range(40))
    )
    assert loop.time() < 1000.5


def test_quiet_chats_are_forgotten(loop: Loop) -> None:
    calls = Calls(loop)
    for batch in range(8):
        calls.run(*(calls.one(1 + batch * 500 + chat) for chat in range(500)), asyncio.sleep(60))
    assert len(calls.pace._chats) <= REMEMBERED


def test_a_window_that_is_not_full_is_open() -> None:
    window = Window(2, 10.0)
    assert [window.reserve(0), window.reserve(1), window.reserve(2), window.reserve(2)] == [0, 0, 8, 9]
    assert not window.quiet(20)
    assert window.quiet(21)


def test_the_limits_are_those_of_telegram() -> None:
    assert (pace.PER_SECOND, pace.IN_GROUP) == (30, (20, 60.0))
    assert pace.IN_CHAT[0] / pace.IN_CHAT[1] == 1


class Typed:
    """A bot that only notes that it types."""

    def __init__(self) -> None:
        self.shown = 0

    async def send_chat_action(self, *_: Any, **__: Any) -> None:
        self.shown += 1


@pytest.mark.parametrize(("seconds", "shown"), [(0.5, 0), (1.5, 1), (30, 1)])
def test_typing_is_shown_only_where_an_answer_takes_long(loop: Loop, seconds: float, shown: int) -> None:
    bot = Typed()
    sender = Sender(bot)

    async def answer() -> None:
        with sender.typing(Place(7)):
            await asyncio.sleep(seconds)
        await asyncio.sleep(60)

    loop.run_until_complete(answer())
    assert bot.shown == shown


def error(kind: type[NetworkError], cause: BaseException | None) -> NetworkError:
    found = kind("x")
    found.__cause__ = cause
    return found


REFUSED = aiohttp.ClientConnectorError(None, OSError())  # type: ignore[arg-type]
CUT = aiohttp.ServerDisconnectedError()


class Failing:
    """A call that fails some times and then is carried out."""

    def __init__(self, times: int, fails: TelegramError) -> None:
        self.left = times
        self.fails = fails
        self.made = 0

    async def __call__(self) -> bool:
        self.made += 1
        self.left -= 1
        if self.left >= 0:
            raise self.fails
        return True


def test_an_answer_waits_through_an_outage_of_half_an_hour(loop: Loop) -> None:
    call = Failing(60, error(NetworkError, REFUSED))
    assert loop.run_until_complete(patiently(call))
    assert loop.time() - 1000 >= 30 * 50


def test_a_missing_acknowledgement_is_asked_for_again_but_not_for_ever(loop: Loop) -> None:
    assert loop.run_until_complete(patiently(Failing(2, error(TimedOut, TimeoutError()))))
    call = Failing(1000, error(NetworkError, CUT))
    with pytest.raises(NetworkError):
        loop.run_until_complete(patiently(call))
    assert call.made == 1 + len(DOUBTFUL_PAUSES)


def test_who_is_in_a_hurry_gives_up_soon(loop: Loop) -> None:
    with pytest.raises(NetworkError):
        loop.run_until_complete(patiently(Failing(1000, error(NetworkError, REFUSED)), BRIEFLY))
    assert loop.time() - 1000 <= BRIEFLY
    with pytest.raises(RetryAfter):
        loop.run_until_complete(patiently(Failing(1000, RetryAfter(3600)), BRIEFLY))


def test_what_was_refused_is_not_tried_again(loop: Loop) -> None:
    call = Failing(1, BadRequest("x"))
    with pytest.raises(BadRequest):
        loop.run_until_complete(patiently(call))
    assert call.made == 1
