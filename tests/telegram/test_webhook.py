"""The life of a process that is called with its updates: starts, stops and outages; who may call it is in `test_hostile`."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.telegram.conftest import REAL
from tests.telegram.harness import Bot, Person, running, text_of, until
from tests.telegram.storm import webhook_settings
from tests.telegram.test_conversation import QUESTION


@pytest.fixture
def called(new_bot: Callable[..., Bot]) -> Bot:
    """A bot of its own, not started yet."""
    return new_bot(REAL, **webhook_settings())


def test_a_start_during_an_outage_waits_for_the_server(called: Bot) -> None:
    person = Person(called)
    called.faults({"method": "getMe", "status": 502}, {"method": "setWebhook", "drop": True})
    person.say(QUESTION)
    with running(called):
        assert "176,4" in text_of(person.answer())
        assert called.stop() == 0


def test_a_start_that_waits_can_be_stopped(called: Bot) -> None:
    called.faults({"method": "getMe", "status": 502, "times": 1000})
    with running(called):
        until(lambda: called.state()["met"], wanted="the fault to be met")
        start = time.monotonic()
        assert called.stop() == 0
        assert time.monotonic() - start < 5


def test_a_stop_during_an_outage_is_prompt_and_loses_nothing(called: Bot) -> None:
    person = Person(called)
    with running(called):
        person.ask("/riengtu")
        called.faults({"method": "sendMessage", "status": 502, "times": 1000})
        person.say(QUESTION)
        until(lambda: called.state()["met"], wanted="the fault to be met")
        start = time.monotonic()
        assert called.stop() == 0
        assert time.monotonic() - start < 9
        called.faults()
        called.start()
        assert "176,4" in text_of(person.answer())
        person.nothing_more()


def test_a_refused_token_ends_the_process_with_an_error(called: Bot) -> None:
    called.faults({"method": "getMe", "status": 401, "description": "Unauthorized", "times": 9})
    with running(called):
        assert called.exit_code() == 1
    assert called.token not in called.log.read_text()


def test_a_question_asked_again_after_a_kill_keeps_its_context(called: Bot) -> None:
    """It is asked once more in the context in which it was asked first, not in its own."""
    person, other = Person(called), Person(called)
    with running(called):
        for one in (person, other):
            one.ask(QUESTION)
        said = "năm trước thì sao"
        wanted = other.ask(said)
        called.faults({"method": "sendMessage", "chat_id": person.chat, "hold": True})
        person.say(said)
        until(lambda: called.state()["met"], wanted="the answer to be on its way")
        called.kill()
        called.faults()
        called.start()
        assert text_of(person.answer()) == wanted
        person.nothing_more()
