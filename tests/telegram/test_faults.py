"""Kills, outages, flood limits, refused formatting: nothing is lost, nothing is said twice."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from knowledge.telling.render import notice
from tests.telegram.conftest import REAL
from tests.telegram.harness import Bot, Person, buttons_of, id_of, running, text_of, until
from tests.telegram.test_conversation import OFFER, QUESTION

NewBot = Callable[..., Bot]


def send_fault(person: Person, **fault: Any) -> dict[str, Any]:
    """A fault that hits messages to this chat only."""
    return {"method": "sendMessage", "chat_id": person.chat, **fault}


def test_a_flood_limit_delays_only_the_chat_that_met_it(person: Person) -> None:
    person.ask("/riengtu")  # the bot has started
    person.bot.faults(send_fault(person, status=429, retry_after=1, description="Too Many Requests"))
    start = time.monotonic()
    person.say(QUESTION)
    until(lambda: person.bot.state()["met"], wanted="the fault to be met")
    other = Person(person.bot)
    assert "176,4" in other.ask(QUESTION)
    assert time.monotonic() - start < 1
    assert "176,4" in text_of(person.answer())
    assert time.monotonic() - start >= 1
    person.nothing_more()


@pytest.mark.parametrize("fault", [{"status": 502, "description": "Bad Gateway"}, {"drop": True}])
def test_a_broken_call_is_made_again(person: Person, fault: dict[str, Any]) -> None:
    person.bot.faults(send_fault(person, **fault))
    assert "176,4" in person.ask(QUESTION)
    person.nothing_more()


def test_refused_formatting_falls_back_to_plain_text(person: Person) -> None:
    description = "Bad Request: can't parse entities: Unsupported start tag"
    person.bot.faults(send_fault(person, status=400, description=description))
    person.say(QUESTION)
    answer = person.answer()
    assert "parse_mode" not in answer["fields"]
    assert "176,4" in text_of(answer)
    assert "<b>" not in text_of(answer)
    assert buttons_of(answer)


def test_a_chat_that_blocked_the_bot_is_left_alone(person: Person) -> None:
    description = "Forbidden: bot was blocked by the user"
    person.bot.faults(send_fault(person, status=403, description=description))
    person.say(QUESTION)
    until(lambda: person.bot.state()["met"], wanted="the fault to be met")
    person.nothing_more()


def test_an_error_is_told_to_the_user_each_time_and_to_the_owners_once(new_bot: NewBot) -> None:
    owner_id = 4_000_001
    bot = new_bot(OWNER_IDS=str(owner_id))
    owner = Person(bot)
    owner.user = owner.chat = owner_id
    person = Person(bot)
    with running(bot):
        assert person.ask("hỏng") == notice("error")
        assert person.ask("hỏng") == notice("error")
        assert "176,4" in person.ask(QUESTION)
        told = text_of(owner.answer())
        assert "LookupError" in told
        assert "hỏng" not in told
        owner.nothing_more()
    assert "meant to fail" in bot.log.read_text(), "the log has the traceback"


def test_buttons_and_contexts_survive_a_restart(new_bot: NewBot) -> None:
    bot = new_bot(REAL)
    person, other = Person(bot), Person(bot)
    with running(bot):
        person.ask(QUESTION)
        other.say(OFFER)
        shown = other.answer()
        bot.restart()
        assert "170,8" in person.ask("còn 2024?")
        data = next(data for data in buttons_of(shown).values() if data.startswith("1:c:"))
        other.tap(data, id_of(shown))
        other.answer()


def test_a_question_taken_before_a_kill_is_answered_once_after_it(new_bot: NewBot) -> None:
    bot = new_bot()
    person = Person(bot)
    with running(bot):
        person.ask("/riengtu")
        bot.faults(send_fault(person, hold=True))
        person.say(QUESTION)
        until(lambda: bot.state()["met"], wanted="the answer to be on its way")
        bot.kill()
        bot.faults()
        bot.start()
        assert "176,4" in text_of(person.answer())
        person.nothing_more()


def test_an_update_delivered_again_is_not_answered_again(new_bot: NewBot) -> None:
    bot = new_bot()
    person = Person(bot)
    update = {"update_id": 1, "message": person.message(QUESTION)}
    with running(bot):
        bot.deliver_again(update)
        assert "176,4" in text_of(person.answer())
        person.nothing_more()
        bot.kill()
        bot.deliver_again(update)
        bot.start()
        person.nothing_more()


def test_a_webhook_update_posted_twice_is_answered_once(webhook_bot: Bot) -> None:
    person = Person(webhook_bot)
    update = {"update_id": 10**8, "message": person.message(QUESTION)}
    webhook_bot.deliver_again(update)
    webhook_bot.deliver_again(update)
    assert "176,4" in text_of(person.answer())
    person.nothing_more()


def test_messages_of_one_chat_are_answered_in_order(person: Person) -> None:
    person.bot.faults(send_fault(person, status=502, description="Bad Gateway"))
    asked = ["/riengtu", QUESTION, "/trogiup", "/start"]
    for text in asked:
        person.say(text)
    texts = [text_of(call) for call in person.next(4)]
    assert texts[0] == notice("privacy")
    assert "176,4" in texts[1]
    assert texts[2:] == [notice("help"), notice("start")]


def test_more_slow_chats_than_places_do_not_stop_a_talkative_one(person: Person) -> None:
    people = [Person(person.bot) for _ in range(12)]
    for someone in people:
        for _ in range(3):
            someone.say(QUESTION)
    for someone in people:
        assert all("176,4" in text_of(call) for call in someone.next(3))


@pytest.mark.parametrize("status", [401, 404])
def test_a_bot_that_was_made_deaf_ends_with_an_error(new_bot: NewBot, status: int) -> None:
    bot = new_bot()
    person = Person(bot)
    with running(bot):
        person.ask("/riengtu")
        bot.faults({"method": "getUpdates", "status": status, "description": "Unauthorized"})
        bot.server.call(
            "POST", "/__fixture/updates", {"token": bot.token, "update": {"message": person.message("x")}}
        )
        assert bot.exit_code() == 1


def test_a_stop_during_an_outage_is_prompt_and_loses_nothing(new_bot: NewBot) -> None:
    bot = new_bot()
    person = Person(bot)
    with running(bot):
        person.ask("/riengtu")
        bot.faults(
            *({"method": name, "status": 502, "times": 1000} for name in ("getUpdates", "sendMessage"))
        )
        person.say(QUESTION)
        until(lambda: bot.state()["met"] == 2, wanted="both faults to be met")
        start = time.monotonic()
        assert bot.stop() == 0
        assert time.monotonic() - start < 9
        bot.faults()
        bot.start()
        assert "176,4" in text_of(person.answer())
        person.nothing_more()


def test_a_start_during_an_outage_waits_for_the_server(new_bot: NewBot) -> None:
    bot = new_bot()
    person = Person(bot)
    bot.faults({"method": "getMe", "status": 502}, {"method": "deleteWebhook", "status": 502})
    person.say(QUESTION)
    with running(bot):
        assert "176,4" in text_of(person.answer())


def test_a_refused_token_ends_the_start_without_telling_it(new_bot: NewBot) -> None:
    bot = new_bot()
    bot.faults({"method": "getMe", "status": 401, "description": "Unauthorized", "times": 9})
    with running(bot):
        assert bot.exit_code() == 1
    assert bot.token not in bot.log.read_text()


def test_a_clean_stop_exits_with_zero(new_bot: NewBot) -> None:
    bot = new_bot()
    with running(bot):
        Person(bot).ask("/riengtu")
        assert bot.stop() == 0
