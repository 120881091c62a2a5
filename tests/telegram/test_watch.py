"""What an operator sees: counters, health, log lines; and that a disk which takes no more is told once and loses nothing."""

from __future__ import annotations

import asyncio
import http.client
import itertools
import json
import logging
import resource
import socket
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import pytest
from sqlite_utils import Database
from telegram.error import NetworkError

from db.activity import Activity
from handlers.health import (
    AGAIN_SECONDS,
    ASK_SECONDS,
    DEAF_SECONDS,
    MUTE_SECONDS,
    STUCK_SECONDS,
    TOUCH_SECONDS,
    Health,
)
from handlers.logs import Lines, Redact, update_id
from handlers.reply import Place, Sender
from handlers.watch import BOUNDS, ErrorCount, Watch, note, patient
from knowledge.telling.admin_texts import admin_text
from knowledge.telling.service_texts import service_text
from tests.telegram.conftest import REAL, SCRIPTED
from tests.telegram.harness import Bot, Person, buttons_of, free_port, id_of, running, text_of, until
from tests.telegram.test_admin import SOURCE, draft
from tests.telegram.test_conversation import QUESTION


class Clock:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Told:
    """A sender that only remembers."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    async def send(self, place: Place, parts: Sequence[str]) -> list[int]:
        self.texts += parts
        return [1]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watch(clock: Clock) -> Watch:
    return Watch(clock)


@pytest.fixture
def activity(tmp_path: Path) -> Iterator[Activity]:
    activity = Activity(tmp_path / "activity.db")
    yield activity
    activity.close()


def values(text: str) -> dict[str, float]:
    """Name with labels → value; every line must be one of the three kinds of the format."""
    found = {}
    for line in text.splitlines():
        if not line.startswith(("# HELP khuyencong_", "# TYPE khuyencong_")):
            name, _, value = line.rpartition(" ")
            found[name] = float(value)
    return found


def test_updates_are_timed_from_their_arrival_and_counted_with_what_was_noted(
    watch: Watch, clock: Clock
) -> None:
    with watch.handling(1):
        clock.now += 3
        with watch.handling(2):
            note("questions", "answered")
            found = values(watch.exposition())
            assert (found["khuyencong_queue_length"], found["khuyencong_queue_oldest_seconds"]) == (2, 3)
        note("questions", "no_answer")
    note("questions", "answered")  # outside of an update: nothing
    found = values(watch.exposition(["queue"]))
    assert found["khuyencong_updates_total"] == 2
    assert found['khuyencong_questions_total{status="answered"}'] == 1
    assert found['khuyencong_questions_total{status="no_answer"}'] == 1
    assert found[f'khuyencong_update_seconds_bucket{{le="{BOUNDS[0]}"}}'] == 1
    assert found['khuyencong_update_seconds_bucket{le="2.5"}'] == 1
    assert found['khuyencong_update_seconds_bucket{le="5.0"}'] == 2
    assert (
        found['khuyencong_update_seconds_bucket{le="+Inf"}'] == found["khuyencong_update_seconds_count"] == 2
    )
    assert found["khuyencong_update_seconds_sum"] == 3
    assert (found["khuyencong_healthy"], found['khuyencong_problem{check="queue"}']) == (0, 1)
    assert found['khuyencong_problem{check="database"}'] == 0


def test_updates_that_are_handled_at_once_keep_their_own_ids_and_notes(watch: Watch) -> None:
    async def handle(number: int) -> None:
        with watch.handling(number):
            for _ in range(number):
                await asyncio.sleep(0)
                assert update_id.get() == number
                note("questions", str(number))

    async def scenario() -> None:
        await asyncio.gather(*(handle(number) for number in (1, 2, 3)))

    asyncio.run(scenario())
    found = values(watch.exposition())
    assert [found[f'khuyencong_questions_total{{status="{n}"}}'] for n in (1, 2, 3)] == [1, 2, 3]
    assert update_id.get() is None


def test_log_records_of_level_error_are_counted(watch: Watch) -> None:
    log = logging.getLogger("test.watch")
    log.addHandler(counting := ErrorCount(watch))
    try:
        seen = [watch.suspicious]
        watch.suspicious = False
        log.warning("no error")
        log.error("one")
        seen.append(watch.suspicious)
        log.error("two", exc_info=sqlite3.OperationalError("disk I/O error"))
        seen.append(watch.suspicious)
        assert seen == [True, False, True]
    finally:
        log.removeHandler(counting)
    assert values(watch.exposition())['khuyencong_errors_total{logger="test.watch"}'] == 2


def test_health_knows_a_deaf_process_and_a_queue_that_stands_still(
    watch: Watch, clock: Clock, activity: Activity
) -> None:
    health = Health(watch, activity, cast(Sender, Told()), [], polling=True)
    pushed = Health(watch, activity, cast(Sender, Told()), [], polling=False)

    async def scenario() -> None:
        assert await health.problems() == {}
        clock.now += DEAF_SECONDS + 1
        assert set(await health.problems()) == {"polling"}
        assert await pushed.problems() == {}, "by webhook nobody asks"
        watch.heard()
        with watch.handling(1):
            clock.now += STUCK_SECONDS
            watch.heard()
            assert await health.problems() == {}
            clock.now += 1
            assert set(await health.problems()) == {"queue"}
            with watch.handling(2):
                pass
            assert await health.problems() == {}, "it moves"

    asyncio.run(scenario())


FILL = "INSERT INTO activity_keys SELECT 'more', hex(zeroblob(100000))"  # more than fits into the pages there are
FILLED = (
    f"CREATE TEMP TRIGGER filled AFTER INSERT ON activity_keys WHEN new.name = 'touched' BEGIN {FILL}; END"
)


@pytest.mark.parametrize(
    ("kind", "harm", "heal"),
    [
        ("read_only", ["PRAGMA query_only = ON"], ["PRAGMA query_only = OFF"]),
        (
            "full",
            ["PRAGMA max_page_count = 1", FILLED],
            ["PRAGMA max_page_count = 1000000", "DROP TRIGGER filled"],
        ),
    ],
)
def test_owners_hear_once_of_a_disk_that_takes_no_more_and_once_that_it_does(
    watch: Watch, clock: Clock, activity: Activity, kind: str, harm: list[str], heal: list[str]
) -> None:
    told = Told()
    health = Health(watch, activity, cast(Sender, told), [1], polling=False)

    def execute(db: Database, statements: list[str]) -> None:
        for sql in statements:
            db.execute(sql).fetchall()

    async def look() -> None:
        for _ in range(5):
            await health.look(cast(Any, None))
            clock.now += AGAIN_SECONDS

    async def scenario() -> None:
        await activity.carry_out(execute, harm)
        await look()
        assert told.texts == [admin_text(f"storage_{kind}")]
        assert set(await health.problems()) == {"database"}
        await activity.carry_out(execute, heal)
        await look()
        assert told.texts[1:] == [admin_text("storage_well")]
        assert await health.problems() == {}

    asyncio.run(scenario())


def test_while_all_is_well_the_disk_is_left_alone(watch: Watch, clock: Clock, activity: Activity) -> None:
    health = Health(watch, activity, cast(Sender, Told()), [], polling=False)

    def writes(db: Database) -> int:
        return db.conn.total_changes

    async def scenario() -> None:
        await health.problems()
        before = await activity.carry_out(writes)
        for _ in range(10):
            clock.now += TOUCH_SECONDS / 11
            await health.problems()
        assert await activity.carry_out(writes) == before
        watch.suspicious = True
        await health.problems()
        assert await activity.carry_out(writes) == before + 1

    asyncio.run(scenario())


def test_a_record_is_one_line_without_secrets() -> None:
    error = ValueError("token 12:abc\nsecond line")
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "to %s", ("https://t/bot12:abc/",), None)
    record.exc_info = (ValueError, error, None)
    Redact(["abc", "12:abc"]).filter(record)
    token = update_id.set(7)
    line = Lines().format(record)
    update_id.reset(token)
    assert "\n" not in line and "abc" not in line
    read = json.loads(line)
    assert (read["update"], read["level"], read["message"]) == (7, "ERROR", "to https://t/bot***/")
    assert "token ***" in read["traceback"]


def look(health: Health) -> None:
    """One look of the job."""
    asyncio.run(health.look(cast(Any, None)))


@pytest.mark.parametrize(
    ("check", "harm", "heal"),
    [
        ("polling", lambda watch, clock: setattr(clock, "now", clock.now + DEAF_SECONDS + 1), Watch.heard),
        (
            "listeners",
            lambda watch, _: [watch.overheard(True) for _ in range(2)],
            lambda w: w.overheard(False),
        ),
    ],
)
def test_owners_hear_in_words_once_of_each_trouble_and_once_that_it_is_over(
    watch: Watch, clock: Clock, activity: Activity, check: str, harm: Any, heal: Any
) -> None:
    told = Told()
    health = Health(watch, activity, cast(Sender, told), [1], polling=True)

    async def scenario() -> None:
        await health.look(cast(Any, None))
        harm(watch, clock)
        for _ in range(3):
            await health.look(cast(Any, None))
        assert told.texts == [service_text(check)]
        assert set(await health.problems()) == {check}
        heal(watch)
        for _ in range(3):
            await health.look(cast(Any, None))
        assert told.texts[1:] == [service_text(f"{check}_well")]

    asyncio.run(scenario())


def test_health_asks_a_question_of_itself(watch: Watch, clock: Clock, activity: Activity) -> None:
    told, failing = Told(), [True]

    def ask() -> None:
        if failing:
            raise LookupError("no answer")

    health = Health(watch, activity, cast(Sender, told), [1], polling=False, ask=ask)

    async def scenario() -> None:
        assert set(await health.problems()) == {"answers"}
        failing.clear()
        assert set(await health.problems()) == {"answers"}, "asked now and then"
        clock.now += ASK_SECONDS
        assert await health.problems() == {}

    asyncio.run(scenario())


def test_answers_that_wait_for_telegram_are_a_trouble_only_when_no_call_gets_through(
    watch: Watch, clock: Clock, activity: Activity
) -> None:
    health = Health(watch, activity, cast(Sender, Told()), [], polling=False)

    async def scenario() -> None:
        with watch.handling(1), patient():
            clock.now += MUTE_SECONDS + STUCK_SECONDS
            assert set(await health.problems()) == {"calls"}
            watch.called()
            assert await health.problems() == {}, "one chat may be asked to wait for an hour"
        assert await health.problems() == {}

    asyncio.run(scenario())


def test_systemd_is_fed_while_nothing_fails_that_a_start_would_mend(
    watch: Watch, clock: Clock, activity: Activity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.setblocking(False)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        health = Health(watch, activity, cast(Sender, Told()), [], polling=True)

        def fed() -> bool:
            try:
                return systemd.recv(100) == b"WATCHDOG=1"
            except BlockingIOError:
                return False

        look(health)
        assert fed()
        watch.suspicious = False
        Path(tmp_path / "activity.db").unlink()
        look(health)
        assert fed(), "of a lost file no start will find the rest"
        clock.now += DEAF_SECONDS + 1
        look(health)
        assert not fed()


def test_an_owner_who_cannot_be_told_is_told_later(watch: Watch, clock: Clock, activity: Activity) -> None:
    class Deaf(Told):
        async def send(self, place: Place, parts: Sequence[str]) -> list[int]:
            tries.append(clock.now)
            if len(tries) < 3:
                raise NetworkError("away")
            return await super().send(place, parts)

    tries: list[float] = []
    told = Deaf()
    health = Health(watch, activity, cast(Sender, told), [1], polling=True)

    async def scenario() -> None:
        clock.now += DEAF_SECONDS + 1
        for _ in range(150):
            await health.look(cast(Any, None))
            clock.now += 2
        assert told.texts == [service_text("polling")]
        assert [later - sooner for sooner, later in itertools.pairwise(tries)] == [60, 60]

    asyncio.run(scenario())


# The real program


def get(port: int, path: str) -> tuple[int, str]:
    """One page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def test_pages_for_an_operator_and_log_lines_with_the_id_of_the_update(new_bot: Callable[..., Bot]) -> None:
    port = free_port()
    bot = new_bot(SCRIPTED, WATCH_PORT=str(port))
    person = Person(bot)
    with running(bot):
        person.ask(QUESTION)
        person.ask("hỏng")
        person.nothing_more()
        assert get(port, "/health") == (200, "ok\n")
        status, text = get(port, "/metrics")
        found = values(text)
        assert status == 200
        assert found['khuyencong_questions_total{status="answered"}'] == 1
        assert found['khuyencong_errors_total{logger="handlers.errors"}'] == 1
        assert found["khuyencong_healthy"] == 1
        assert get(port, "/")[0] == 404
        assert bot.stop() == 0
    lines = [json.loads(line) for line in bot.log.read_text().splitlines()]
    (failed,) = [line for line in lines if line["logger"] == "handlers.errors"]
    assert failed["level"] == "ERROR"
    assert "meant to fail" in failed["traceback"]
    assert failed["message"] == f"Update {failed['update']} failed"


def test_a_disk_that_takes_no_more(new_bot: Callable[..., Bot]) -> None:
    """The limit on the size of a file stands for it: SQLite meets an error of the operating system at its next write."""
    port = free_port()
    bot = new_bot(REAL, WATCH_PORT=str(port))
    owner, person = Person(bot), Person(bot)
    bot.settings["OWNER_IDS"] = str(owner.user)
    with running(bot):
        call = draft(owner, f"/them_so_lieu KCĐP kế hoạch 2031 phía Nam 71 tỷ | nguồn: {SOURCE}")
        assert "176,4" in person.ask(QUESTION)
        free = resource.prlimit(bot.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, (1, free[1]))

        assert "170,8" in person.ask("kế hoạch phía Bắc 2024"), "answered from memory"
        assert text_of(owner.answer()) == admin_text("storage_failed")
        assert get(port, "/health") == (503, "database: cannot be written: failed\n")
        owner.tap(buttons_of(call)["Lưu"], id_of(call))
        answers = until(lambda: bot.calls("answerCallbackQuery"), wanted="a word about the tap")
        assert answers[0]["fields"]["text"] == admin_text("storage_refused")

        resource.prlimit(bot.pid, resource.RLIMIT_FSIZE, free)
        until(lambda: len(owner.calls()) > 2, wanted="a word to the owner", seconds=30)
        assert text_of(owner.answer()) == admin_text("storage_well")
        assert get(port, "/health") == (200, "ok\n")
        owner.tap(buttons_of(call)["Lưu"], id_of(call))
        (edited,) = owner.next()
        assert "Đã lưu" in text_of(edited)
        assert "71" in person.ask("KCĐP kế hoạch 2031 phía Nam")
        person.nothing_more()


def test_the_running_bot_tells_systemd_that_it_is_ready_and_well(
    new_bot: Callable[..., Bot], tmp_path: Path
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(10)
        bot = new_bot(REAL, NOTIFY_SOCKET=str(tmp_path / "notify"))
        with running(bot):
            assert systemd.recv(100) == b"READY=1"
            assert systemd.recv(100) == b"WATCHDOG=1"
            assert bot.stop() == 0
        states = iter(lambda: systemd.recv(100), b"STOPPING=1")
        assert set(states) <= {b"WATCHDOG=1"}
