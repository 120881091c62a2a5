"""Mending the bot's own answer by replying to it: the message remembers its rows; of several one is picked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db.activity import Activity
from db.connection import open_database
from db.recording import KEEP_ROWS, Asked, Sent, shown_rows
from handlers.shown import rows_of
from knowledge.assistant import Assistant
from tests.telegram.harness import Bot, Json, Person, buttons_of, id_of, running, text_of
from tests.telegram.html import visible
from tests.telegram.test_admin import SOURCE, bot_user, owned, saved, tap, toast


@pytest.fixture(scope="module")
def owner(new_bot: Callable[..., Bot]) -> Iterator[Person]:
    bot, owner = owned(new_bot)
    with running(bot):
        yield owner


def reply(person: Person, call: Json, text: str) -> Json:
    """Reply to a message of the bot; what comes back. What the reply quotes says nothing, so only memory can help."""
    chat = {"id": person.chat, "type": "private", "first_name": "Lan"}
    replied = {"message_id": id_of(call), "date": 1, "chat": chat, "from": bot_user(person.bot), "text": "…"}
    person.say(text, reply_to_message=replied)
    return person.answer()


def asked(person: Person, text: str) -> Json:
    """Ask a question; the message that answers it."""
    person.say(text)
    return person.answer()


def one_row(owner: Person, row: str, year: int) -> Json:
    """An answer that shows a single figure."""
    saved(owner, f"/them_so_lieu KCĐP kế hoạch {year} phía Nam 12,3 tỷ | nguồn: {SOURCE} | mã: {row}")
    return asked(owner, f"kế hoạch KCĐP phía Nam năm {year}")


def test_the_only_row_of_an_answer_is_changed_or_deleted_at_once(owner: Person) -> None:
    call = one_row(owner, "mot-dong", 2051)
    draft = reply(owner, call, "/sua ghi chú = sửa qua tin")
    assert "mot-dong" in text_of(draft) and "sửa qua tin" in text_of(draft)
    assert "Đã lưu" in tap(owner, draft, "Lưu")
    assert "sửa qua tin" in visible(text_of(reply(owner, call, "/sua")))
    draft = reply(owner, call, "/xoa")
    assert "Sắp xoá" in text_of(draft)
    assert "Đã xoá" in tap(owner, draft, "Xoá")
    assert "Không nhận ra" in text_of(reply(owner, call, "/xoa")), "a row that is gone is not offered"


def test_of_several_rows_one_is_picked_also_after_a_kill(new_bot: Callable[..., Bot]) -> None:
    bot, owner = owned(new_bot)
    with running(bot):
        call = asked(owner, "kinh phí khuyến công phía Bắc 2023")
        listed = reply(owner, call, "/sua ghi chú = chọn dòng này")
        assert "hn2024-06" in text_of(listed)
        label = next(label for label, data in buttons_of(listed).items() if data == "1:a:line:row-1")
        bot.restart()
        owner.tap(buttons_of(listed)[label], id_of(listed))
        draft = owner.answer()
        assert "chọn dòng này" in text_of(draft)
        assert "Đã huỷ" in tap(owner, draft, "Huỷ")
        listed = reply(owner, call, "/xoa")
        owner.ask("/huy")
        assert "gõ lại lệnh" in toast(owner, listed, label)
        listed = reply(owner, call, "/sua")
        owner.tap(buttons_of(listed)[label], id_of(listed))
        assert "/sua" in text_of(owner.answer())
        assert owner.ask("kinh phí khuyến công phía Bắc 2023") == text_of(call), "what is typed is a question"


def test_a_field_that_does_not_exist_and_an_answer_without_rows(owner: Person) -> None:
    call = one_row(owner, "hai-dong", 2052)
    assert "Ví dụ: /sua" in text_of(reply(owner, call, "/sua màu = đỏ"))
    nothing = asked(owner, "giá vàng hôm nay")
    for command in ("/sua", "/xoa", "/sua ghi chú = x"):
        assert "Không nhận ra" in text_of(reply(owner, nothing, command))


@pytest.mark.parametrize(
    ("question", "table"),
    [
        ("kinh phí khuyến công phía Bắc 2023", "figures"),
        ("hộ kinh doanh có được hỗ trợ không", "entries"),
        ("nghị định 45/2012/NĐ-CP", "documents"),
        ("hội nghị khuyến công phía Bắc lần thứ XVI họp ở đâu", "events"),
        ("mua máy 800 triệu được hỗ trợ bao nhiêu", "support_levels"),
    ],
)
def test_every_kind_of_answer_names_its_rows(assistant: Assistant, question: str, table: str) -> None:
    rows = rows_of(assistant.ask(question)[0])
    assert table in {name for name, _ in rows}
    assert len(set(rows)) == len(rows) <= 30


async def _keep_and_forget(path: Path, now: list[float]) -> None:
    with closing(Activity(path, lambda: now[0])) as activity, open_database(path) as db:
        for chat, messages, row in ((5, [10, 11], "a"), (6, [10], "b")):
            asked = Asked(str(chat), chat, 9, None, "", "answered", "figure")
            await activity.record(asked, sent=Sent(messages, rows=[("figures", row)]))
        assert shown_rows(db, 5, 11) == [("figures", "a")]
        await activity.erase("5")
        assert not shown_rows(db, 5, 11) and shown_rows(db, 6, 10)
        now[0] += KEEP_ROWS + 1
        await activity.prune()
        assert not shown_rows(db, 6, 10)


def test_what_messages_showed_is_forgotten_on_request_and_in_time(database: Path) -> None:
    import asyncio

    asyncio.run(_keep_and_forget(database, [0.0]))
