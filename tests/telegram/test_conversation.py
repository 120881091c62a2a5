"""Questions, follow-ups, choices, edits and commands, through a real server, by polling and by webhook."""

from __future__ import annotations

import pytest

from handlers import menu
from knowledge.telling.render import notice
from tests.telegram.harness import SECRET, Bot, Person, buttons_of, id_of, request, text_of, until
from tests.telegram.html import units, visible

QUESTION = "kinh phi khuyen cong phia bac 2023"
OFFER = "kế hoạch phía Nam 2024"  # not known; what is near is offered as choices


@pytest.mark.parametrize("way", ["polling_bot", "webhook_bot"])
def test_a_question_and_its_follow_up_are_answered(way: str, request: pytest.FixtureRequest) -> None:
    person = Person(request.getfixturevalue(way))
    assert "176,4" in person.ask(QUESTION)
    followed = person.ask("còn 2024?")
    assert "170,8" in followed
    assert "Bắc" in followed


@pytest.mark.parametrize("way", ["polling_bot", "webhook_bot"])
def test_a_tap_on_a_choice_is_acknowledged_and_answered_as_a_reply(
    way: str, request: pytest.FixtureRequest
) -> None:
    bot: Bot = request.getfixturevalue(way)
    person = Person(bot)
    person.say(OFFER)
    shown = person.answer()
    data = next(data for data in buttons_of(shown).values() if data.startswith("1:c:"))
    before = len(bot.calls("answerCallbackQuery"))
    person.tap(data, id_of(shown))
    answer = person.answer()
    assert answer["fields"]["reply_parameters"]["message_id"] == id_of(shown)
    assert len(bot.calls("answerCallbackQuery")) == before + 1


def test_two_taps_at_once_give_one_answer(person: Person) -> None:
    person.say(OFFER)
    shown = person.answer()
    data = next(data for data in buttons_of(shown).values() if data.startswith("1:c:"))
    person.tap(data, id_of(shown))
    person.tap(data, id_of(shown))
    person.answer()
    person.nothing_more()


@pytest.mark.parametrize("label_case", [str, str.upper])
def test_a_typed_label_means_the_same_as_a_tap(person: Person, label_case: type[str]) -> None:
    person.say(OFFER)
    shown = person.answer()
    label, data = next(item for item in buttons_of(shown).items() if item[1].startswith("1:c:"))
    typed = person.ask(label_case(label))
    other = Person(person.bot)
    other.say(OFFER)
    shown = other.answer()
    other.tap(buttons_of(shown)[label], id_of(shown))
    assert text_of(other.answer()) == typed
    assert data != buttons_of(shown)[label], "a button belongs to its chat"


def test_an_edited_question_edits_its_answer(person: Person) -> None:
    asked = person.say("kinh phi khuyen cong phia nam 2019")
    first = person.answer()
    person.edit(asked, QUESTION)
    (edited,) = person.next()
    assert edited["method"] == "editMessageText"
    assert id_of(edited) == id_of(first)
    assert "176,4" in text_of(edited)
    assert "170,8" in person.ask("còn 2024?"), "the follow-up continues from the edited question"


@pytest.mark.parametrize(
    ("refusal", "methods"), [("message is not modified", []), ("message can't be edited", ["sendMessage"])]
)
def test_an_edit_that_telegram_refuses_sends_a_new_answer_only_where_it_is_needed(
    person: Person, refusal: str, methods: list[str]
) -> None:
    asked = person.say("kinh phi khuyen cong phia nam 2019")
    person.answer()
    fault = {"method": "editMessageText", "chat_id": person.chat, "status": 400}
    person.bot.faults({**fault, "description": f"Bad Request: {refusal}"})
    person.edit(asked, QUESTION)
    until(lambda: person.bot.state()["met"], wanted="the fault to be met")
    assert [call["method"] for call in person.next(len(methods))] == methods
    person.nothing_more()


def test_an_edit_into_a_long_answer_and_back_leaves_one_message(person: Person) -> None:
    asked = person.say(QUESTION)
    first = person.answer()
    person.edit(asked, "dài")
    edited, *more = person.long_answer()
    assert edited["method"] == "editMessageText"
    assert {call["method"] for call in more} == {"sendMessage"}
    person.edit(asked, QUESTION)
    edited, *gone = person.next(1 + len(more))
    assert id_of(edited) == id_of(first)
    assert {call["method"] for call in gone} == {"deleteMessage"}


def test_an_over_long_answer_is_split_into_valid_messages_with_buttons_on_the_last(person: Person) -> None:
    person.say("dài")
    calls = person.long_answer()
    assert len(calls) > 1
    texts = [text_of(call) for call in calls]
    assert all(units(text) <= 4096 for text in texts)
    whole = "\n".join(visible(text) for text in texts)
    for number in (0, 199, 399):
        assert f"Điều {number}. Kinh phí & <điều kiện> hỗ trợ 🏭" in whole


def test_markup_characters_in_a_question_do_no_harm(person: Person) -> None:
    person.ask('kinh phí <b>"phía_bắc" & *2023* </code> <a href="x">?')
    person.ask('<&"_*`[]()~>#+-=|{}.!\\')


@pytest.mark.parametrize(
    "data",
    ["1:c:AAAAAAAAAAAA", "1:c:", "0:x", "'; DROP TABLE choices; --", "1:u:999999999999", "ộ" * 21, "\x00"],
)
def test_a_forged_or_stale_button_gets_a_sentence(person: Person, data: str) -> None:
    before = len(person.bot.calls("answerCallbackQuery"))
    person.tap(data, 123)
    calls = until(lambda: person.bot.calls("answerCallbackQuery")[before:], wanted="an acknowledgement")
    assert calls[0]["fields"]["text"]
    person.nothing_more()


def test_a_button_of_another_chat_does_not_work(person: Person) -> None:
    person.say(OFFER)
    data = next(data for data in buttons_of(person.answer()).values() if data.startswith("1:c:"))
    stranger = Person(person.bot)
    stranger.tap(data, 123)
    stranger.nothing_more()


def test_feedback_is_thanked_for_and_changes_nothing_else(person: Person) -> None:
    person.say(QUESTION)
    shown = person.answer()
    before = len(person.bot.calls("answerCallbackQuery"))
    person.tap(buttons_of(shown)["👎"], id_of(shown))
    (call,) = until(lambda: person.bot.calls("answerCallbackQuery")[before:], wanted="an acknowledgement")
    assert call["fields"]["text"]
    person.nothing_more()


def test_the_longest_label_still_has_short_data(person: Person) -> None:
    person.say("nút")
    shown = person.answer()
    (label,) = buttons_of(shown)
    assert len(label.encode()) > 64
    person.tap(buttons_of(shown)[label], id_of(shown))
    assert "176,4" in text_of(person.answer())


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("/start", "start"),
        ("/start AAAAAAAAAAAA", "start"),
        ("/start ../../etc", "start"),
        ("/trogiup", "help"),
        ("/help", "help"),
        ("/riengtu", "privacy"),
        ("/quen", "forgotten"),
        ("/xoa_du_lieu", "deleted"),
        ("/khong_co", "unknown_command"),
        ("/hoi", "empty"),
    ],
)
def test_a_command_is_answered(person: Person, command: str, code: str) -> None:
    assert person.ask(command) == notice(code)


@pytest.mark.parametrize("command", ["/quen", "/xoa_du_lieu"])
def test_after_forgetting_a_follow_up_has_nothing_to_follow(person: Person, command: str) -> None:
    person.ask(QUESTION)
    person.ask(command)
    assert "170,8" not in person.ask("còn 2024?")


def test_erased_data_takes_the_buttons_with_it(person: Person) -> None:
    person.say(OFFER)
    shown = person.answer()
    person.ask("/xoa_du_lieu")
    for data in buttons_of(shown).values():
        person.tap(data, id_of(shown))
    person.nothing_more()


def test_a_caption_is_read_as_a_question(person: Person) -> None:
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
    person.bot.deliver(message=person.message(photo=photo, caption="kinh phí khuyến công phía Bắc 2023"))
    assert "176,4" in text_of(person.answer())


def test_what_is_not_text_gets_a_polite_sentence(person: Person) -> None:
    photo = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
    person.bot.deliver(message=person.message(photo=photo))
    assert text_of(person.answer()) == notice("not_text")
    person.bot.deliver(message=person.message(group_chat_created=True))
    person.nothing_more()


def test_text_without_content_or_beyond_the_limit_gets_a_sentence(person: Person) -> None:
    assert person.ask("\u2060 \u200b") == notice("empty")
    answer = person.ask(QUESTION + " …" * 2100)
    assert answer.startswith(notice("too_long"))
    assert "176,4" in answer


def test_messages_left_over_from_an_outage_are_answered_with_one_apology(person: Person) -> None:
    first = person.ask(QUESTION, age=3600)
    assert first.startswith(notice("old_messages"))
    assert "176,4" in first
    second = person.ask(QUESTION, age=3500)
    assert notice("old_messages") not in second
    assert "176,4" in second


def test_a_wrong_webhook_secret_is_refused(webhook_bot: Bot) -> None:
    person = Person(webhook_bot)
    person.ask("/riengtu")
    port = int(webhook_bot.settings["PORT"])
    update = {"update_id": 10**9, "message": person.message(QUESTION)}
    name = "X-Telegram-Bot-Api-Secret-Token"
    assert request(port, "POST", "/hook", update)[0] == 403
    assert request(port, "POST", "/hook", update, **{name: SECRET + "x"})[0] == 403
    person.nothing_more()


def test_commands_and_descriptions_are_set_for_every_scope(polling_bot: Bot) -> None:
    Person(polling_bot).ask("/riengtu")
    told = {
        call["fields"]["scope"]["type"]: call["fields"]["commands"]
        for call in polling_bot.calls("setMyCommands")
    }
    assert {scope: [command["command"] for command in commands] for scope, commands in told.items()} == {
        "default": list(menu.PRIVATE),
        "all_private_chats": list(menu.PRIVATE),
        "all_group_chats": list(menu.GROUP),
    }
    assert polling_bot.calls("setMyDescription")
    assert polling_bot.calls("setMyShortDescription")
