"""Two processes on one file: the second refuses to start. Two machines with one token: the owners are told in words."""

from __future__ import annotations

from collections.abc import Callable

from knowledge.telling.service_texts import service_text
from tests.telegram.conftest import REAL
from tests.telegram.harness import Bot, Person, running, text_of, until
from tests.telegram.test_conversation import QUESTION

NewBot = Callable[..., Bot]


def test_a_second_bot_on_the_same_file_refuses_to_start(new_bot: NewBot) -> None:
    first, second = new_bot(REAL), new_bot(REAL)
    second.settings["DATABASE"] = first.settings["DATABASE"]
    person = Person(first)
    with running(first):
        person.ask("/riengtu")
        with running(second):
            assert second.exit_code() == 1
        assert "Một bot khác đang chạy" in second.log.read_text()
        assert "176,4" in person.ask(QUESTION), "the first goes on"
        first.kill()
        first.start()
        assert "176,4" in person.ask(QUESTION), "a kill leaves no lock behind"


def test_owners_are_told_in_words_that_two_listen(new_bot: NewBot) -> None:
    bot = new_bot(REAL)
    owner, person = Person(bot), Person(bot)
    bot.settings["OWNER_IDS"] = str(owner.user)
    with running(bot):
        owner.ask("/riengtu")
        description = "Conflict: terminated by other getUpdates request"
        bot.faults({"method": "getUpdates", "status": 409, "description": description, "times": 5})
        assert text_of(owner.answer()) == service_text("listeners")
        bot.faults()
        person.say(QUESTION)
        assert "176,4" in text_of(person.answer())
        assert text_of(owner.answer()) == service_text("listeners_well")
        until(lambda: bot.stop() == 0, wanted="a clean stop")
    assert "Traceback" not in bot.log.read_text()
