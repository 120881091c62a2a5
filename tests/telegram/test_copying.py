"""The daily copy by the running bot, and what the owners hear when it fails."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from telegram.error import Forbidden

from db.backup import copies, describe
from db.desk import Desk
from db.errors import COPIES
from handlers.admin.copying import Copying
from handlers.admin.office import Office
from handlers.current import Current
from handlers.reply import Place, Sender
from knowledge.assistant import Assistant
from tests.telegram.harness import Bot, running, text_of, until
from tests.telegram.test_admin import owned

TODAY = date(2026, 11, 23)


def test_a_running_bot_makes_a_sound_copy_or_tells_its_owner_of_a_failure(
    new_bot: Callable[..., Bot],
) -> None:
    (well, _), (failing, owner) = owned(new_bot), owned(new_bot)
    well.settings["FIRST_COPY"] = failing.settings["FIRST_COPY"] = "1"
    folder, in_the_way = (Path(bot.settings["DATABASE"]).parent / COPIES for bot in (well, failing))
    in_the_way.write_text("in the way")
    with running(well), running(failing):
        made = until(lambda: copies(folder).get(TODAY), wanted="the copy of the day", seconds=40)
        assert "số liệu" in describe(made)
        until(lambda: owner.calls(), wanted="a word about the copy", seconds=40)
        assert "/sao_luu" in text_of(owner.answer())


class Telling(Sender):
    """Keeps what is sent; one person cannot be written to."""

    def __init__(self) -> None:
        super().__init__(None)
        self.told: list[int] = []

    async def send(self, place: Place, parts: Sequence[str], buttons: Sequence[Any] = ()) -> list[int]:
        if place.chat == 1:
            raise Forbidden("blocked")
        self.told.append(place.chat)
        return [1]


def test_it_is_told_once_until_a_copy_succeeds_again(database: Path, assistant: Assistant) -> None:
    sender = Telling()
    way = database.parent / COPIES

    async def fail_fail_succeed_fail() -> None:
        with closing(Desk(database)) as desk:
            current = Current(assistant, lambda: TODAY, database)
            copying = Copying(Office(desk, current, sender, (1, 2)))
            job: Any = copying.job
            way.write_text("in the way")
            await job(None)
            await job(None)
            assert sender.told == [2]
            way.unlink()
            await job(None)
            assert set(copies(way)) == {TODAY}
            for file in way.iterdir():
                file.unlink()
            way.rmdir()
            way.write_text("in the way")
            await job(None)
            assert sender.told == [2, 2]

    asyncio.run(fail_fail_succeed_fail())
