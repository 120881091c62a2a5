"""An upgrade of the shipped content through a real server: told at the start, taken over, decided row by row, undone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from db.connection import open_database, transaction
from db.content import set_meta
from tests.telegram.harness import Bot, Person, buttons_of, id_of, running, text_of
from tests.telegram.html import visible
from tests.telegram.test_admin import draft, owned, tap
from tests.telegram.test_review import press


def build_older(path: Path) -> None:
    """A base as an earlier version of the program built it, and editors changed it since."""
    with open_database(path) as db, transaction(db):

        def shipped(row: str, **cells: str) -> None:
            sql = "SELECT cells FROM shipped WHERE \"table\" = 'figures' AND row_id = ?"
            before = json.loads(db.execute(sql, [row]).fetchone()[0])
            after = json.dumps({**before, **cells}, ensure_ascii=False)
            db.execute("UPDATE shipped SET cells = ? WHERE row_id = ?", [after, row])

        def held(row: str, note: str) -> None:
            db.execute("UPDATE figures SET note = ? WHERE id = ?", [note, row])

        shipped("hn2024-05", note="bản trước")
        held("hn2024-05", "bản trước")  # only the shipment changed it
        for row in ("hn2024-06", "hn2024-07"):
            shipped(row, note="bản trước")
            held(row, "của tôi & bạn")  # both did
        held("hn2024-08", "chỉ tôi sửa")  # only an editor did
        set_meta(db, content_hash="của bản trước", edited_at="2026-11-01T00:00:00+00:00")


@pytest.fixture
def bot_and_owner(new_bot: Callable[..., Bot]) -> tuple[Bot, Person]:
    bot, owner = owned(new_bot)
    build_older(Path(bot.settings["DATABASE"]))
    return bot, owner


def test_nothing_is_overwritten_and_the_owner_decides(bot_and_owner: tuple[Bot, Person]) -> None:
    bot, owner = bot_and_owner
    with running(bot):
        assert "/cap_nhat" in text_of(owner.answer())
        assert "của tôi & bạn" in visible(owner.ask("/sua hn2024-06"))
        owner.say("/cap_nhat")
        call = owner.answer()
        told = visible(text_of(call))
        assert "sửa 1 số liệu" in told and "hn2024-05" in told and "Còn 2 dòng" in told
        bot.restart()
        done = press(owner, call, "Cập nhật 1 dòng")
        assert "/hoan_tac" in text_of(done)
        head, one, two = owner.next(3)
        assert "2 dòng" in text_of(head), "the owner was not told a second time at the start"
        assert "của tôi & bạn → " in visible(text_of(one))
        assert set(buttons_of(one)) == {"Giữ của tôi", "Lấy bản mới"}
        assert "bản trước" not in visible(owner.ask("/sua hn2024-05"))
        bot.restart()
        assert "giữ bản đang có" in text_of(press(owner, one, "Giữ của tôi"))
        assert "Còn 1 dòng" in text_of(owner.answer())
        second = press(owner, two, "Lấy bản mới")
        assert "đã lấy bản mới" in text_of(second)
        assert "không còn dòng nào" in text_of(owner.answer())
        assert "của tôi & bạn" in visible(owner.ask("/sua hn2024-06"))
        assert "của tôi & bạn" not in visible(owner.ask("/sua hn2024-07"))
        assert "chỉ tôi sửa" in visible(owner.ask("/sua hn2024-08"))
        assert "mới nhất" in owner.ask("/cap_nhat")
        assert "Đã hoàn tác" in owner.ask("/hoan_tac 1")
        assert "bản trước" in visible(owner.ask("/sua hn2024-05"))


def test_it_can_be_put_off_and_what_changed_meanwhile_is_told(bot_and_owner: tuple[Bot, Person]) -> None:
    bot, owner = bot_and_owner
    with running(bot):
        owner.answer()
        owner.say("/cap_nhat")
        call = owner.answer()
        assert "Khi cần: /cap_nhat" in text_of(press(owner, call, "Để sau"))
        owner.say("/cap_nhat")
        call = owner.answer()
        assert "Đã lưu" in tap(owner, draft(owner, "/sua hn2024-05 ghi chú = vừa sửa"), "Lưu")
        owner.tap(buttons_of(call)["Cập nhật 1 dòng"], id_of(call))
        (refused,) = owner.next()
        assert "Gõ lại /cap_nhat" in text_of(refused) and not buttons_of(refused)
        owner.say("/cap_nhat")
        head, one, *_ = owner.next(4)
        assert "3 dòng" in text_of(head)
        assert "Đã lưu" in tap(owner, draft(owner, "/sua hn2024-05 ghi chú = sửa nữa"), "Lưu")
        gone = press(owner, one, "Lấy bản mới")
        assert "Gõ lại /cap_nhat" in text_of(gone) and not buttons_of(gone)
        assert "sửa nữa" in visible(owner.ask("/sua hn2024-05"))
