"""Follow → publish → digest → correction, through the Bot API server; each once, also across a kill."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from db.connection import open_database
from db.edits import apply
from db.proposals import Change
from handlers.following import LATER_SECONDS
from knowledge.telling.following_texts import following_text
from tests.telegram.harness import Bot, Json, Person, buttons_of, copied_by, id_of, text_of, until

FOLLOWERS = int(os.environ.get("FOLLOWERS", "60"))
MOST_A_SECOND = 30
TODAY = date(2026, 11, 23)
NewBot = Callable[..., Bot]
FIGURE = {
    "indicator": "kinh-phi",
    "measure": "plan",
    "programme": "KCQG",
    "region": "phia_nam",
    "period": "2031",
    "value": "12000000000",
    "unit": "VND",
    "as_printed": "12 tỷ đồng",
    "source": "bai-hn-2024",
}


@pytest.fixture
def bot(new_bot: NewBot) -> Bot:
    """A bot of its own that tells its followers at once."""
    return new_bot(DIGEST_SECONDS="0", SENDS_PER_SECOND="30").start()


def edit(bot: Bot, kind: str, row: str, **values: str) -> None:
    """An edit by another process."""
    with open_database(Path(bot.settings["DATABASE"])) as db:
        apply(db, Change(1, kind, "figures", row, values), TODAY)  # type: ignore[arg-type]


def test_follow_publish_digest_correction(bot: Bot) -> None:
    follower, other = Person(bot), Person(bot)
    assert "phía Nam" in follower.ask("/theo_doi kinh phí khuyến công phía Nam")
    assert "đang theo dõi" in follower.ask("/theo_doi kinh phi phia nam")
    other.ask("/theo_doi Thanh Hóa")
    edit(bot, "add", "moi-2031", **FIGURE)
    bot.restart()
    told = follower.answer()
    assert "12 tỷ đồng" in text_of(told) and "phía Nam" in text_of(told)
    asked = follower.ask("kế hoạch KCQG phía Nam năm 2031")
    assert "12 tỷ đồng" in asked
    edit(bot, "edit", "moi-2031", value="13000000000", as_printed="13 tỷ đồng")
    bot.restart()
    corrected = text_of(follower.answer())
    assert "trước là 12 tỷ đồng" in corrected and "13 tỷ đồng" in corrected
    edit(bot, "delete", "moi-2031")
    bot.restart()
    assert "đã rút" in text_of(follower.answer())
    other.nothing_more()
    assert "Thanh Hóa" in other.ask("/bo_theo_doi")
    assert "Đã bỏ" in other.ask("/bo_theo_doi 1")
    assert "chưa theo dõi" in other.ask("/bo_theo_doi")


def test_a_gap_can_be_followed_by_a_tap(bot: Bot) -> None:
    person = Person(bot)
    person.say("kế hoạch kinh phí KCQG phía Nam năm 2031")
    gap = person.answer()
    data = buttons_of(gap)[following_text("button")]
    person.tap(data, id_of(gap))
    until(lambda: "phía Nam" in person.ask("/bo_theo_doi"), wanted="the subject in the list")
    edit(bot, "add", "moi-2031", **FIGURE)
    bot.restart()
    assert "12 tỷ đồng" in text_of(person.answer())


def test_following_is_for_private_chats(group: Person) -> None:
    assert "trò chuyện riêng" in group.ask("/theo_doi Thanh Hóa")


def test_a_change_that_touches_nothing_told_disturbs_nobody(bot: Bot) -> None:
    person = Person(bot)
    person.ask("/theo_doi Thanh Hóa")
    edit(bot, "add", "moi-2031", **FIGURE)
    bot.restart()
    person.say("kế hoạch KCQG phía Nam năm 2031")
    assert copied_by(person.answer())
    edit(bot, "edit", "moi-2031", note="đã đối chiếu")
    bot.restart()
    assert "12 tỷ" in person.ask("kế hoạch KCQG phía Nam năm 2031")


class Sent:
    """What one bot has sent, read from the server piece by piece."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._read = 0
        self.chats: Counter[str] = Counter()
        self.digests: Counter[str] = Counter()
        self.times: list[float] = []

    def look(self) -> Sent:
        """Read on: messages and digests by chat, and when each digest came."""
        path = f"/__peer/outbox?token={self._bot.token}&after={self._read}"
        calls = self._bot.server.call("GET", path)["calls"]
        self._read += len(calls)
        for call in calls:
            if call["method"] == "sendMessage" and "result" in call:
                self.chats[str(call["fields"]["chat_id"])] += 1
                if "Có mới cho bạn" in call["fields"]["text"]:
                    self.digests[str(call["fields"]["chat_id"])] += 1
                    self.times.append(call["at"])
        return self


def followers(bot: Bot, count: int) -> tuple[list[Person], Sent]:
    """So many people who follow one region, and a bot that stands still with something to tell them."""
    people, sent = [Person(bot) for _ in range(count)], Sent(bot)
    for person in people:
        person.say("/theo_doi kinh phí khuyến công phía Nam")
    until(lambda: len(sent.look().chats) == count, wanted="a word to each", seconds=30 + count / 5)
    bot.stop()
    edit(bot, "add", "moi-2031", **FIGURE)
    return people, sent


def test_every_follower_is_told_just_once_within_the_limits_across_a_kill(bot: Bot) -> None:
    people, sent = followers(bot, FOLLOWERS)
    waiting = people[FOLLOWERS // 3]
    bot.faults({"method": "sendMessage", "chat_id": waiting.chat, "hold": True})
    bot.start()
    until(lambda: bot.state()["met"], wanted="a digest under way", seconds=30 + FOLLOWERS / 5)
    bot.kill()
    before = dict(sent.look().digests)
    assert 0 < len(before) < FOLLOWERS
    assert str(waiting.chat) not in before
    bot.faults()
    bot.start()
    until(lambda: len(sent.look().digests) == FOLLOWERS, wanted="every digest", seconds=30 + FOLLOWERS / 5)
    people[0].ask("kinh phí khuyến công phía Bắc 2023")
    assert sent.look().digests == Counter({str(person.chat): 1 for person in people})
    times = sorted(sent.times)
    most = max(sum(start <= at < start + 1 for at in times) for start in times)
    assert most <= MOST_A_SECOND, "Telegram's limit for all chats together"


def test_a_kill_at_any_moment_loses_nothing(bot: Bot) -> None:
    people, sent = followers(bot, 30)
    bot.start()
    until(lambda: len(sent.look().digests) >= 10, wanted="a third of the digests", seconds=90)
    bot.kill()
    before = set(sent.look().digests)
    bot.start()
    until(lambda: len(sent.look().digests) == 30, wanted="every digest", seconds=120)
    people[0].ask("kinh phí khuyến công phía Bắc 2023")
    twice = [chat for chat, count in sent.look().digests.items() if count > 1]
    assert len(twice) <= 1, "only the one that was under way at the kill may come twice"
    assert set(twice) <= before


def test_who_has_blocked_the_bot_is_forgotten(bot: Bot) -> None:
    blocked, other = Person(bot), Person(bot)
    for person in (blocked, other):
        person.ask("/theo_doi kinh phí khuyến công phía Nam")
    bot.stop()
    edit(bot, "add", "moi-2031", **FIGURE)
    fault: Json = {"method": "sendMessage", "chat_id": blocked.chat, "status": 403, "times": 1}
    bot.faults(fault)
    bot.start()
    assert "12 tỷ đồng" in text_of(other.answer())
    assert "chưa theo dõi" in blocked.ask("/bo_theo_doi")


def test_a_chat_with_a_limit_of_an_hour_holds_up_no_other_follower(bot: Bot) -> None:
    limited, broken, other = Person(bot), Person(bot), Person(bot)
    for person in (limited, broken, other):
        person.ask("/theo_doi kinh phí khuyến công phía Nam")
    bot.stop()
    edit(bot, "add", "moi-2031", **FIGURE)
    limit: Json = {"method": "sendMessage", "chat_id": limited.chat, "status": 429, "retry_after": 3600}
    bot.faults(limit, {"method": "sendMessage", "chat_id": broken.chat, "status": 502})
    bot.start()
    assert "12 tỷ đồng" in text_of(other.answer())
    assert "A digest waits for 3600 s" in bot.log.read_text()
    assert "A digest waits for 60 s" in bot.log.read_text()
    bot.restart()
    for person in (limited, broken):
        assert "12 tỷ đồng" in text_of(person.answer()), "tried again, and told"
    other.nothing_more()


def test_pauses_before_a_chat_is_tried_again_grow() -> None:
    assert list(LATER_SECONDS) == sorted(LATER_SECONDS) and LATER_SECONDS[-1] >= 6 * 60 * 60
