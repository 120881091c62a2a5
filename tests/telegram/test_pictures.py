"""[Biểu đồ] under an answer, through a real server."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
import telegram

from db.activity import Activity
from handlers import takeaway
from handlers.current import Current
from handlers.reply import Place, Sender
from handlers.takeaway import Takeaway
from knowledge.assistant import Assistant
from knowledge.telling.charts import Chart, png
from knowledge.telling.figure_charts import LABEL
from knowledge.telling.render import notice
from tests.telegram.harness import Bot, Person, buttons_of, id_of, running, text_of
from tests.telegram.html import visible
from tests.telegram.test_admin import owned, saved


def test_a_tap_sends_a_picture_with_its_source(person: Person) -> None:
    person.say("kp kc pb 2023")
    answer = person.answer()
    person.tap(buttons_of(answer)[LABEL], id_of(answer))
    (photo,) = person.next()
    assert photo["method"] == "sendPhoto"
    assert "Tạp chí Công Thương" in visible(photo["fields"]["caption"])
    assert any(
        data.startswith(b"\x89PNG") and int.from_bytes(data[16:20]) == 1080
        for data in person.bot.uploads().values()
    )
    person.nothing_more()


def test_the_label_can_be_typed(person: Person) -> None:
    assert "Hãy hỏi" in person.ask("biểu đồ"), "nothing was offered yet"
    person.ask("kp kc pb 2023")
    person.say("bieu do")
    assert person.next()[0]["method"] == "sendPhoto"


def test_it_is_drawn_beside_the_event_loop(
    assistant: Assistant, database: Path, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = []

    def drawn(chart: Chart) -> bytes:
        threads.append(threading.current_thread())
        return png(chart)

    async def scenario() -> None:
        monkeypatch.setattr(takeaway, "png", drawn)
        current = Current(assistant, lambda: date(2026, 11, 23), database)
        answer, _ = assistant.ask("kp kc pb 2023")
        ((_, stored),) = takeaway.picture_choice(answer)
        address = f"{person.bot.settings['API_BASE_URL']}/bot"
        with closing(Activity(database)) as activity:
            async with telegram.Bot(person.bot.token, base_url=address) as bot:
                assert await Takeaway(current, activity, Sender(bot)).picture(Place(person.chat), stored)

    asyncio.run(scenario())
    assert person.next()[0]["method"] == "sendPhoto"
    assert threads
    assert threading.main_thread() not in threads


def test_in_a_group_as_well(group: Person) -> None:
    group.say("/hoi kp kc pb 2023")
    answer = group.answer()
    group.tap(buttons_of(answer)[LABEL], id_of(answer))
    assert group.next()[0]["method"] == "sendPhoto"


def test_no_button_where_there_is_one_figure_or_none(person: Person) -> None:
    for text in ("số đề án KCQG 2024", "hộ kinh doanh có được khuyến công không", "zorp blim"):
        person.say(text)
        assert LABEL not in buttons_of(person.answer())


def test_the_picture_is_of_the_base_as_it_is_when_tapped(new_bot: Callable[..., Bot]) -> None:
    bot, owner = owned(new_bot)
    with running(bot):
        owner.say("kế hoạch phía Bắc 2024 so với 2023")
        answer = owner.answer()
        saved(owner, "/sua hn2024-08 vùng = phia_nam")
        bot.restart()
        owner.tap(buttons_of(answer)[LABEL], id_of(answer))
        (photo,) = owner.next()
        assert photo["method"] == "sendPhoto"
        title = visible(photo["fields"]["caption"]).partition("\n")[0]
        assert title == "Kế hoạch kinh phí khuyến công (tổng hai nguồn)", "no longer of one region"


def test_a_button_whose_figures_are_gone_says_so(new_bot: Callable[..., Bot]) -> None:
    bot, owner = owned(new_bot)
    with running(bot):
        source = "nguồn: bai-hn-2024"
        saved(owner, f"/them_so_lieu KCĐP kế hoạch 2027 phía Nam 91 tỷ | {source} | mã: thu-1")
        saved(owner, f"/them_so_lieu KCĐP kế hoạch 2028 phía Nam 92 tỷ | {source} | mã: thu-2")
        owner.say("kế hoạch KCĐP phía Nam 2028 so với 2027")
        answer = owner.answer()
        assert LABEL in buttons_of(answer)
        saved(owner, "/xoa thu-2", "Xoá")
        owner.tap(buttons_of(answer)[LABEL], id_of(answer))
        assert text_of(owner.answer()) == notice("stale_button")
