"""`/thong_ke` and `/tinh_trang` through a real server."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from handlers.admin.overview import version
from tests.telegram.harness import Bot, Person, buttons_of, id_of, running, text_of
from tests.telegram.html import visible
from tests.telegram.test_admin import owned, saved


@pytest.fixture(scope="module")
def owner(new_bot: Callable[..., Bot]) -> Iterator[Person]:
    """The owner of a running bot."""
    bot, owner = owned(new_bot)
    with running(bot):
        yield owner


def test_usage_counts_what_was_asked_and_draws_it(new_bot: Callable[..., Bot]) -> None:
    bot, owner = owned(new_bot)
    with running(bot):
        assert "chưa có ai hỏi" in owner.ask("/thong_ke")
        person = Person(bot)
        person.say("kinh phí khuyến công phía Bắc 2023")
        answer = person.answer()
        person.tap(buttons_of(answer)["👍"], id_of(answer))
        person.ask("hộ kinh doanh có được khuyến công không")
        Person(bot).ask("kế hoạch kinh phí khuyến công là bao nhiêu")
        person.ask("zorp blim blam")
        told = visible(owner.ask("/thong_ke"))
        (photo,) = owner.next()
        for part in (
            "Câu hỏi: 4",
            "Trả lời được: 2 (50%)",
            "Hỏi lại: 1 (25%)",
            "Chưa trả lời được: 1 (25%)",
            "👍 1 · 👎 0",
            "bị chê: 1",
            "số liệu 1",
            "phía Bắc 1",
            "Kinh phí khuyến công 1",
        ):
            assert part in told, told
        assert photo["method"] == "sendPhoto"
        assert "mỗi ngày" in photo["fields"]["caption"]
        assert "hộ kinh doanh có được khuyến công" not in told, "no words of questions"
        assert "Câu hỏi: 4" in visible(owner.ask("/thong_ke 90"))
        (photo,) = owner.next()
        assert "mỗi tuần" in photo["fields"]["caption"]


def test_standing_tells_version_size_rows_changes_and_copies(owner: Person) -> None:
    told = visible(owner.ask("/tinh_trang"))
    assert f"Phiên bản: {version()}" in told
    assert re.search(r"\d+(,\d)? MB", told)
    with closing(sqlite3.connect(owner.bot.settings["DATABASE"])) as db:
        ((figures,),) = db.execute("SELECT count(*) FROM figures")
    assert f"{figures} số liệu" in told
    assert "Sao lưu gần nhất: chưa có" in told
    assert "Sửa gần nhất: chưa có" in told
    saved(owner, "/sua hn2024-05 ghi chú = đã đối chiếu")
    owner.say("/sao_luu")
    owner.next()
    told = visible(owner.ask("/tinh_trang"))
    assert re.search(r"Sửa gần nhất: \d\d/\d\d/\d{4} \d\d:\d\d, hn2024-05", told)
    assert re.search(r"Sao lưu gần nhất: \d\d/\d\d/\d{4}", told)
    assert "đã sửa thêm tại chỗ" in told


def test_what_needs_a_check_is_counted_and_listed_page_by_page(owner: Person) -> None:
    with closing(sqlite3.connect(owner.bot.settings["DATABASE"])) as db:
        sql = " UNION ALL ".join(
            f"SELECT id FROM {table} WHERE status = 'needs_check'"
            for table in ("entries", "documents", "support_levels")
        )
        wanted = sorted(id_ for (id_,) in db.execute(sql))
    assert len(wanted) > 10, "else there is but one page"
    owner.say("/tinh_trang")
    call = owner.answer()
    assert f"{len(wanted)} dòng" in visible(text_of(call))
    found: list[str] = []
    for _ in range(-(-len(wanted) // 10)):
        found += re.findall("^• <code>([^<]+)</code>", text_of(call), re.MULTILINE)
        (label,) = buttons_of(call)
        owner.tap(buttons_of(call)[label], id_of(call))
        (call,) = owner.next()
    assert sorted(found) == wanted
    assert label == "Về đầu"
    assert "từ 1 đến 10" in visible(text_of(call))
