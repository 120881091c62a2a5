"""The guide through a real server: by taps and by typing, out and back, across a restart, in a group, after a day."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from db.activity import Activity
from db.openings import GUIDE_SECONDS, StoredGuide
from knowledge.telling.guide_texts import guide_text
from knowledge.telling.render import notice
from tests.telegram.harness import Bot, Person, buttons_of, id_of, running, text_of, until
from tests.telegram.html import visible
from tests.telegram.test_conversation import OFFER, QUESTION
from tests.telegram.test_faults import send_fault

TYPED = ("hộ kinh doanh", "Hà Nam", "thị trấn Quế", "làm bún", "1", "800tr")
TAPPED = ("Hộ kinh doanh", "", "Xã", "Mộc, đồ gỗ", "Mua máy móc, thiết bị")


def at_step(text: str, number: int) -> bool:
    """Whether a message asks the question of this step."""
    return text.startswith(f"<b>Bước {number}/5.")


def acknowledged(person: Person, data: str, message: int) -> str:
    """Tap; the sentence that pops up, empty if there is none."""
    before = len(person.bot.calls("answerCallbackQuery"))
    person.tap(data, message)
    calls = until(lambda: person.bot.calls("answerCallbackQuery")[before:], wanted="an acknowledgement")
    return str(calls[0]["fields"].get("text", ""))


@pytest.mark.parametrize("way", ["polling_bot", "webhook_bot"])
def test_from_start_to_verdict_by_typing(way: str, request: pytest.FixtureRequest) -> None:
    person = Person(request.getfixturevalue(way))
    assert at_step(person.ask("tôi có đủ điều kiện không"), 1)
    told = [person.ask(text) for text in TYPED]
    assert [at_step(text, number) for text, number in zip(told, (2, 2, 3, 4, 5), strict=False)] == [True] * 5
    assert "Hà Nam nay thuộc Ninh Bình" in told[1]
    assert "không còn cấp huyện" in told[2]
    for part in ("Đủ điều kiện để được xét", "300 triệu đồng", "tỉnh Ninh Bình", "139/2026/TT-BTC"):
        assert part in told[-1]
    assert all(len(visible(text)) <= 1200 for text in told)
    assert "176,4" in person.ask(QUESTION), "after the verdict questions are questions again"


@pytest.mark.parametrize("way", ["polling_bot", "webhook_bot"])
def test_from_start_to_verdict_by_taps(way: str, request: pytest.FixtureRequest) -> None:
    person = Person(request.getfixturevalue(way))
    person.say("/dieu_kien")
    for label in TAPPED:
        shown = person.answer()
        if label:
            assert acknowledged(person, buttons_of(shown)[label], id_of(shown)) == ""
        else:
            person.say("Ninh Bình")
    shown = person.answer()
    person.tap(buttons_of(shown)["Chưa biết"], id_of(shown))
    verdict = person.answer()
    assert "Đủ điều kiện để được xét" in text_of(verdict)
    assert list(buttons_of(verdict)) == ["Hồ sơ gồm gì?", "Hỏi ở đâu?", "Sửa câu vừa rồi", "Làm lại"]
    person.tap(buttons_of(verdict)["Hồ sơ gồm gì?"], id_of(verdict))
    assert "Công văn đề nghị" in text_of(person.answer())
    person.tap(buttons_of(verdict)["Sửa câu vừa rồi"], id_of(verdict))
    assert at_step(text_of(person.answer()), 5)
    assert "100 triệu đồng" in person.ask("200 triệu")
    person.tap(buttons_of(verdict)["Làm lại"], id_of(verdict))
    assert at_step(text_of(person.answer()), 1)


def test_the_buttons_of_the_verdict_can_be_typed(person: Person) -> None:
    person.ask("/dieu_kien")
    for text in TYPED:
        told = person.ask(text)
    assert "Đủ điều kiện" in told
    assert "Sở Công Thương tỉnh Ninh Bình" in person.ask("Hỏi ở đâu?")
    assert at_step(person.ask("làm lại"), 1)


@pytest.mark.parametrize("count", range(len(TYPED) + 1))
def test_out_at_any_step(person: Person, count: int) -> None:
    person.ask("/dieu_kien")
    for text in TYPED[:count]:
        person.ask(text)
    assert person.ask("/huy") == guide_text("guide_left")
    assert "176,4" in person.ask(QUESTION)
    assert person.ask("/huy") == guide_text("guide_none")


def test_back_by_command_by_word_and_by_button(person: Person) -> None:
    person.ask("/dieu_kien")
    for text in TYPED[:4]:
        person.ask(text)
    assert "Xưởng làm nghề gì" in person.ask("/quaylai")
    assert "xã, phường hay đặc khu" in person.ask("quay lại")
    person.say("???")
    shown = person.answer()
    assert guide_text("expected_place") in text_of(shown)
    person.tap(buttons_of(shown)["Quay lại"], id_of(shown))
    assert "tỉnh, thành phố nào" in text_of(person.answer())


def test_an_unread_answer_keeps_the_step_and_a_question_in_between_is_read_as_one(person: Person) -> None:
    person.ask("/dieu_kien")
    assert guide_text("expected_establishment") in person.ask(QUESTION)
    assert "176,4" in person.ask(f"/hoi {QUESTION}"), "an explicit question is answered"
    assert person.ask("/riengtu") == notice("privacy")
    assert at_step(person.ask("htx"), 2)


def test_a_choice_between_two_provinces(person: Person) -> None:
    person.ask("/dieu_kien")
    person.ask("htx")
    person.say("Hà Nội hay Hải Phòng")
    shown = person.answer()
    person.tap(buttons_of(shown)["Hải Phòng"], id_of(shown))
    assert "Hải Phòng" in text_of(person.answer())


def test_a_button_of_another_step_or_of_nobody_gets_a_sentence(person: Person) -> None:
    person.say("/dieu_kien")
    shown = person.answer()
    data = buttons_of(shown)["Hợp tác xã"]
    person.ask("htx")
    assert acknowledged(person, data, id_of(shown)) == guide_text("guide_stale")
    person.ask("/huy")
    assert acknowledged(person, data, id_of(shown)) == guide_text("guide_over")
    stranger = Person(person.bot)
    for forged in (data, "1:g:", "1:g:work:x", "1:g:province:atlantis", "1:g:done:restart"):
        assert acknowledged(stranger, forged, 123) == guide_text("guide_over")
    stranger.nothing_more()
    person.nothing_more()


def test_two_taps_at_once_count_once(person: Person) -> None:
    person.say("/dieu_kien")
    shown = person.answer()
    for _ in range(2):
        person.tap(buttons_of(shown)["Hợp tác xã"], id_of(shown))
    assert at_step(text_of(person.answer()), 2)
    person.nothing_more()


def test_a_choice_of_an_earlier_answer_is_no_answer_of_the_guide(person: Person) -> None:
    person.say(OFFER)
    shown = person.answer()
    data = next(data for data in buttons_of(shown).values() if data.startswith("1:c:"))
    person.ask("/dieu_kien")
    person.tap(data, id_of(shown))
    assert not text_of(person.answer()).startswith("<b>Bước")
    assert at_step(person.ask("htx"), 2)


def test_an_edited_answer_is_mended(person: Person) -> None:
    person.ask("/dieu_kien")
    typed = person.say("hàng xóm")
    assert at_step(text_of(person.answer()), 1)
    person.edit(typed, "hợp tác xã")
    assert at_step(text_of(person.answer()), 2)
    for text in TYPED[1:-1]:
        person.ask(text)
    typed = person.say("200 triệu")
    assert "100 triệu" in text_of(person.answer())
    person.edit(typed, "800 triệu")
    assert "300 triệu" in text_of(person.answer())


def test_forgetting_and_erasing_end_the_guide(person: Person) -> None:
    for command in ("/quen", "/xoa_du_lieu"):
        person.ask("/dieu_kien")
        person.ask(command)
        assert "176,4" in person.ask(QUESTION)


def test_in_a_group_each_has_a_guide_of_his_own(group: Person) -> None:
    group.say("/dieu_kien")
    shown = group.answer()
    other = Person(group.bot, group=True)
    other.chat, other._seen = group.chat, group._seen
    assert acknowledged(other, buttons_of(shown)["Hợp tác xã"], id_of(shown)) == guide_text("guide_over")
    group.say("hợp tác xã")  # to nobody: not an answer
    group.tap(buttons_of(shown)["Hợp tác xã"], id_of(shown))
    asked = group.answer()
    assert at_step(text_of(asked), 2)
    bot = {"id": 7, "is_bot": True, "first_name": "Bot"}
    group.say("Hà Nam", reply_to_message={**group.message(text_of(asked), id_=id_of(asked)), "from": bot})
    assert "Ninh Bình" in text_of(group.answer())


def test_nothing_to_leave_is_no_matter_in_a_group(group: Person) -> None:
    group.say("/huy")
    group.nothing_more()


def at_rest(bot: Bot) -> bool:
    """Whether no update waits to be marked as handled."""
    connection = sqlite3.connect(bot.settings["DATABASE"])
    try:
        sql = "SELECT count(*) FROM handled_updates WHERE payload IS NOT NULL"
        return bool(connection.execute(sql).fetchone() == (0,))
    finally:
        connection.close()


@pytest.mark.parametrize("stopped", ["killed", "stopped"])
def test_a_restart_in_the_middle_changes_nothing(new_bot: Callable[..., Bot], stopped: str) -> None:
    bot = new_bot()
    person = Person(bot)
    with running(bot):
        person.ask("/dieu_kien")
        for text in TYPED[:3]:
            person.ask(text)
        until(lambda: at_rest(bot), wanted="all answers to be marked as given")
        bot.kill() if stopped == "killed" else bot.stop()
        bot.start()
        assert at_step(person.ask("làm bún"), 4)
        for text in TYPED[4:]:
            told = person.ask(text)
        assert "300 triệu đồng" in told


@pytest.mark.parametrize("tapped", [True, False])
def test_an_answer_cut_off_by_a_kill_is_counted_once(new_bot: Callable[..., Bot], tapped: bool) -> None:
    bot = new_bot()
    person = Person(bot)
    with running(bot):
        person.say("/dieu_kien")
        shown = person.answer()
        until(lambda: at_rest(bot), wanted="the first step to be marked as given")
        bot.faults(send_fault(person, hold=True))
        if tapped:
            person.tap(buttons_of(shown)["Hợp tác xã"], id_of(shown))
        else:
            person.say("htx")
        until(lambda: bot.state()["met"], wanted="the next step to be on its way")
        bot.kill()
        bot.faults()
        bot.start()
        assert at_step(text_of(person.answer()), 2)
        person.nothing_more()
        assert "Ninh Bình" in person.ask("Hà Nam")


def test_a_guide_ends_after_a_day(tmp_path: Path) -> None:
    now = [1_800_000_000.0]
    activity = Activity(tmp_path / "activity.db", lambda: now[0])

    async def scenario() -> None:
        kept = StoredGuide("{}", "1:0", True)
        await activity.keep_guide("1", kept)
        now[0] += GUIDE_SECONDS - 1
        assert await activity.guide("1") == kept
        assert await activity.guide("2") is None
        now[0] += 1
        assert await activity.guide("1") is None
        await activity.prune()
        assert await activity.guide("1") is None

    asyncio.run(scenario())
    activity.close()
