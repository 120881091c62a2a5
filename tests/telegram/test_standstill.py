"""One text, one update, one chat must not stop the bot for everybody: long texts, texts that hang, updates nobody can read."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from telegram import Update

from handlers.intake import Intake
from handlers.watch import Watch
from knowledge.telling.service_texts import service_text
from tests.telegram.conftest import REAL, SCRIPTED
from tests.telegram.harness import Bot, Json, Person, free_port, running, text_of, until
from tests.telegram.storm import webhook_settings
from tests.telegram.test_conversation import QUESTION
from tests.telegram.test_watch import get, values

NewBot = Callable[..., Bot]
PHONE = "0912345678"
UNREADABLE: tuple[Json, ...] = (
    {"unique_gift": {"gift": PHONE, "origin": "upgrade"}},
    {"unique_gift": PHONE},
    {"photo": {"file_id": PHONE}},
    {"text": 5},
    {"entities": [{"type": "mention", "offset": PHONE, "length": 1}]},
    {"reply_markup": {"inline_keyboard": PHONE}},
    {"forward_origin": [PHONE]},
    {"checklist": {"title": PHONE, "tasks": 7}},
    {"date": "yesterday"},
    {"chat": PHONE},
)


@pytest.mark.alone
@pytest.mark.parametrize(
    "text", ["dạ em " * 680, "quyet dinh" + " cua bo" * 500 + " x nghi dinh 45/2012/ND-CP", "lam nghe " * 450]
)
def test_another_chat_is_answered_within_a_second_of_a_long_text(new_bot: NewBot, text: str) -> None:
    bot = new_bot(REAL)
    loud, other = Person(bot), Person(bot)
    with running(bot):
        other.ask("/riengtu")
        start = time.monotonic()
        loud.say(text)
        assert "176,4" in other.ask(QUESTION)
        assert time.monotonic() - start < 1
        loud.next()


@pytest.mark.parametrize("how", [webhook_settings, dict])
def test_a_text_that_ends_the_process_is_set_aside_after_its_second_try(
    new_bot: NewBot, how: Callable[[], dict[str, str]]
) -> None:
    bot = new_bot(SCRIPTED, STANDSTILL_SECONDS="1", **how())
    person, owner, other = Person(bot), Person(bot), Person(bot)
    bot.settings["OWNER_IDS"] = str(owner.user)
    with running(bot):
        person.ask("/riengtu")
        person.say("treo")
        assert bot.exit_code() != 0, "the watchdog ends a process whose loop stands still"
        other.say(QUESTION)
        bot.start()
        assert bot.exit_code() != 0, "it is tried once more"
        bot.start()
        assert text_of(person.answer()) == service_text("set_aside")
        assert "hai lần làm bot dừng" in text_of(owner.answer())
        assert "176,4" in text_of(other.answer()), "nobody else is set aside"
        person.nothing_more()
        bot.restart()
        person.nothing_more()
        owner.nothing_more()
    log = bot.log.read_text()
    assert log.count("Timeout (0:00:01)!") == 2, "the reason is in the log"
    assert "treo" not in log


def test_what_waits_for_telegram_is_not_to_blame_for_any_number_of_kills(new_bot: NewBot) -> None:
    bot = new_bot(SCRIPTED)
    person = Person(bot)
    with running(bot):
        person.ask("/riengtu")
        bot.faults({"method": "sendMessage", "status": 502, "times": 1000})
        person.say(QUESTION)
        for tries in range(4):
            until(lambda n=tries: bot.log.read_text().count("Trying again in 0.5") > n, wanted="a pause")  # type: ignore[misc]
            bot.kill()
            bot.start()
        bot.faults()
        assert "176,4" in text_of(person.answer())
        person.nothing_more()


@pytest.mark.parametrize("how", [dict, webhook_settings])
def test_updates_that_nobody_can_read_are_skipped_counted_and_told_once(
    new_bot: NewBot, how: Callable[[], dict[str, str]]
) -> None:
    port = free_port()
    bot = new_bot(REAL, WATCH_PORT=str(port), **how())
    owner, person = Person(bot), Person(bot)
    bot.settings["OWNER_IDS"] = str(owner.user)
    with running(bot):
        person.ask("/riengtu")
        for number, odd in enumerate(UNREADABLE):
            update = {"update_id": 10**6 + number, "message": {**person.message(f"số {PHONE}"), **odd}}
            bot.deliver_again(update)
        bot.deliver_again({"update_id": 10**6 + 50, "message": person.message(QUESTION)})
        assert "176,4" in text_of(person.answer()), "what comes behind them is answered"
        assert "không đọc được" in text_of(owner.answer())
        found = values(get(port, "/metrics")[1])
        assert found["khuyencong_unreadable_total"] >= 5
        assert get(port, "/health") == (200, "ok\n")
        owner.nothing_more()
        bot.restart()
        person.nothing_more()
        assert bot.stop() == 0
    log = Path(bot.log).read_text()
    assert PHONE not in log
    assert len(log) < 50_000


def test_an_update_without_a_number_does_not_stop_the_others() -> None:
    watch = Watch()
    intake = Intake(watch)
    fine = {"update_id": 3, "message": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}}}
    updates = [
        {"message": {"text": PHONE}},
        5,
        None,
        {"update_id": "x"},
        {"update_id": 2, "message": 7},
        fine,
    ]
    body = json.dumps({"ok": True, "result": updates}).encode()
    assert json.loads(intake.sieve(body))["result"] == [{"update_id": 2}, fine]
    assert watch.unreadable == 5
    assert isinstance(intake.read(fine), Update)
