"""Calls that get no answer worth the name: slow, garbled, refused for an hour, to a group that has moved."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.telegram.conftest import REAL, SCRIPTED
from tests.telegram.harness import Bot, Person, buttons_of, free_port, id_of, running, text_of, until
from tests.telegram.test_conversation import OFFER, QUESTION
from tests.telegram.test_watch import get

NewBot = Callable[..., Bot]
GARBLED = [
    {"status": 200, "body": "<html><title>Bảo trì</title></html>"},
    {"status": 200, "body": ""},
    {"status": 200, "body": '{"ok": false}', "type": "application/json"},
    {"status": 200, "body": '{"ok": true}', "type": "application/json"},
    {"status": 200, "body": "[1]", "type": "application/json"},
]


def send_fault(person: Person, **fault: Any) -> dict[str, Any]:
    """A fault that hits messages to this chat only."""
    return {"method": "sendMessage", "chat_id": person.chat, **fault}


@pytest.mark.parametrize("fault", GARBLED)
def test_an_answer_that_says_neither_yes_nor_no_is_a_failed_call(
    person: Person, fault: dict[str, Any]
) -> None:
    person.ask("/riengtu")
    person.bot.faults(send_fault(person, **fault))
    person.say(QUESTION)
    answer = person.answer()
    assert "176,4" in text_of(answer)
    assert buttons_of(answer), "asked again as it was"
    person.nothing_more()


def test_a_call_that_stays_garbled_is_made_without_buttons_and_then_plainly(person: Person) -> None:
    person.ask("/riengtu")
    person.bot.faults(send_fault(person, times=2, **GARBLED[0]))
    person.say(QUESTION)
    answer = person.answer()
    assert not buttons_of(answer) and answer["fields"]["parse_mode"] == "HTML"
    person.bot.faults(send_fault(person, times=3, **GARBLED[0]))
    person.say(QUESTION)
    answer = person.answer()
    assert not buttons_of(answer) and "parse_mode" not in answer["fields"]
    assert "176,4" in text_of(answer)
    person.nothing_more()


def test_a_body_that_drips_has_an_end(new_bot: NewBot) -> None:
    bot = new_bot(REAL, API_TIMEOUT="0.3")
    slow, other = Person(bot), Person(bot)
    with running(bot):
        slow.ask("/riengtu")
        bot.faults(send_fault(slow, drip=True), {"method": "getUpdates", "drip": True})
        slow.say(QUESTION)
        start = time.monotonic()
        assert "176,4" in other.ask(QUESTION), "calls for updates recover by themselves"
        assert "176,4" in text_of(slow.answer())
        assert time.monotonic() - start < 60


def test_a_call_for_updates_that_hangs_recovers(new_bot: NewBot) -> None:
    bot = new_bot(REAL, API_TIMEOUT="0.3")
    person = Person(bot)
    with running(bot):
        person.ask("/riengtu")
        bot.faults({"method": "getUpdates", "hold": True, "times": 2})
        assert "176,4" in person.ask(QUESTION)


def test_calls_for_updates_that_are_garbled_recover(new_bot: NewBot) -> None:
    bot = new_bot(REAL)
    person = Person(bot)
    with running(bot):
        person.ask("/riengtu")
        faults = [{"method": "getUpdates", **one} for one in GARBLED[:3]]
        bot.faults(*faults, {"method": "getUpdates", "status": 200, "body": '{"ok": true, "result": 5}'})
        person.say(QUESTION)
        assert "176,4" in text_of(person.answer())
        assert bot.stop() == 0
    assert "Traceback" not in bot.log.read_text()


def test_a_limit_of_an_hour_is_for_its_chat_alone_and_no_sign_of_a_stuck_bot(new_bot: NewBot) -> None:
    port = free_port()
    bot = new_bot(REAL, WATCH_PORT=str(port))
    limited, other = Person(bot), Person(bot)
    with running(bot):
        limited.ask("/riengtu")
        bot.faults(send_fault(limited, status=429, retry_after=3600, description="Too Many Requests"))
        limited.say(QUESTION)
        until(lambda: bot.state()["met"], wanted="the limit to be met")
        for _ in range(3):
            assert "176,4" in other.ask(QUESTION)
        assert get(port, "/health") == (200, "ok\n")
        start = time.monotonic()
        assert bot.stop() == 0
        assert time.monotonic() - start < 9
        bot.faults()
        bot.start()
        assert "176,4" in text_of(limited.answer()), "what waited is not lost"


def test_a_group_that_gets_another_id_keeps_its_state_buttons_and_pending_answer(new_bot: NewBot) -> None:
    bot = new_bot(SCRIPTED)
    group = Person(bot, group=True)
    old, new = group.chat, group.chat - 10**9
    with running(bot):
        group.say(f"/hoi {OFFER}")
        offered = group.answer()
        data = next(data for data in buttons_of(offered).values() if data.startswith("1:c:"))
        bot.faults(send_fault(group, status=400, migrate_to=new, description="Bad Request: group migrated"))
        group.say(f"/hoi {QUESTION}")
        moved = Person(bot, group=True)
        moved.user, moved.chat = group.user, new
        assert "176,4" in text_of(moved.answer()), "the pending answer goes to the new id"
        moved.say("/hoi còn 2024?")
        assert "170,8" in text_of(moved.answer()), "the state goes along"
        moved.tap(data, id_of(offered))
        assert text_of(moved.answer()), "the buttons go along"
        assert "hết hạn" not in text_of(moved.calls()[-1])
        assert [call for call in bot.calls("sendMessage", old) if "result" in call] == [offered]


def test_a_group_that_tells_of_its_other_id_keeps_its_state(new_bot: NewBot) -> None:
    bot = new_bot(SCRIPTED)
    group = Person(bot, group=True)
    new = group.chat - 10**9
    with running(bot):
        group.say(f"/hoi {QUESTION}")
        assert "176,4" in text_of(group.answer())
        bot.deliver(message=group.message(migrate_to_chat_id=new))
        moved = Person(bot, group=True)
        moved.user, moved.chat = group.user, new
        bot.deliver(message=moved.message(migrate_from_chat_id=group.chat))
        moved.say("/hoi còn 2024?")
        assert "170,8" in text_of(moved.answer())
