"""In a group the bot answers `/hoi …` and replies to its own messages, and keeps silent otherwise."""

from __future__ import annotations

from knowledge.telling.render import notice
from tests.telegram.harness import Person, id_of, text_of
from tests.telegram.peer import USERNAME
from tests.telegram.test_conversation import QUESTION

BOT = {"id": 7, "is_bot": True, "first_name": "Bot"}


def test_hoi_is_answered_as_a_reply(group: Person) -> None:
    for command in ("/hoi", f"/hoi@{USERNAME}"):
        asked = group.say(f"{command} {QUESTION}")
        answer = group.answer()
        assert "176,4" in text_of(answer)
        assert answer["fields"]["reply_parameters"]["message_id"] == asked


def test_hoi_alone_says_how_to_ask(group: Person) -> None:
    assert group.ask("/hoi") == notice("group_help")
    assert group.ask("/trogiup") == notice("group_help")


def test_chatter_gets_silence(group: Person) -> None:
    group.say(QUESTION)
    group.say(f"@{USERNAME} {QUESTION}")
    group.say("/khong_co")
    group.say("/hoi@another_bot " + QUESTION)
    stranger = {"id": 99, "is_bot": False, "first_name": "An"}
    group.say(QUESTION, reply_to_message={**group.message("ừ"), "from": stranger})
    group.bot.deliver(message=group.message(new_chat_title="Tên mới"))
    group.nothing_more()


def test_a_reply_to_the_bot_continues_its_conversation(group: Person) -> None:
    group.say(f"/hoi {QUESTION}")
    shown = group.answer()
    replied = {**group.message(text_of(shown), id_=id_of(shown)), "from": BOT}
    group.say("còn 2024?", reply_to_message=replied)
    assert "170,8" in text_of(group.answer())


def test_a_reply_to_an_older_message_goes_on_from_there_for_whoever_replies(group: Person) -> None:
    group.say(f"/hoi {QUESTION}")
    shown = group.answer()
    group.ask("/hoi mua máy 800 triệu được hỗ trợ bao nhiêu")
    replied = {**group.message(text_of(shown), id_=id_of(shown)), "from": BOT}
    group.say("còn 2024?", reply_to_message=replied)
    assert "170,8" in text_of(group.answer())
    other = Person(group.bot, group=True)
    other.chat, other._seen = group.chat, group._seen
    other.say("còn phía Nam?", reply_to_message=replied)
    assert "81,725" in text_of(other.answer())


def test_an_edited_hoi_edits_its_answer(group: Person) -> None:
    asked = group.say("/hoi kinh phi khuyen cong phia nam 2019")
    first = group.answer()
    group.edit(asked, f"/hoi {QUESTION}")
    (edited,) = group.next()
    assert (edited["method"], id_of(edited)) == ("editMessageText", id_of(first))
    assert "176,4" in text_of(edited)


def test_people_in_a_group_do_not_share_a_context(group: Person) -> None:
    group.ask(f"/hoi {QUESTION}")
    other = Person(group.bot, group=True)
    other.chat, other._seen = group.chat, group._seen
    assert "170,8" not in other.ask("/hoi còn 2024?")
