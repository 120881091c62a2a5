"""What an editor does with the rows of a report: choose its source, save, drop, correct. Stored before it is told."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from db.errors import ContentError, StoreError
from db.readings import Reading, accept, drop_reading, keep_reading, readers, reading_of
from handlers.admin import article_pages
from handlers.admin.article_rows import (
    NEEDED,
    NotUnderstood,
    change_of,
    complete,
    corrected,
    numbers_in,
    ready,
)
from handlers.admin.office import Office
from handlers.admin.reviewing import Reviewing
from handlers.reply import Place
from knowledge.telling.article_texts import article_text, example_of, slot_name


class Bench:
    """Where the report of each editor lies."""

    def __init__(self, office: Office, reviewing: Reviewing) -> None:
        self._office = office
        self._reviewing = reviewing
        self._busy: set[int] | None = None

    async def set_source(self, person: int, place: Place, reading: Reading, typed: str) -> None:
        """What the rows come from, by id, title or address."""
        base = self._office.current.assistant.base
        try:
            source = self._office.values().row("sources", typed)
        except ValueError as error:
            await self._office.sender.send(place, [article_text("no_source", why=error)])
            return
        reading = replace(reading, source=source, offered=())
        await self.keep(person, reading)
        told = article_text("source_set", title=base.sources[source].title)
        await self.control(place, reading, [told])

    async def save_typed(self, person: int, place: Place, reading: Reading, which: str) -> None:
        """ "lưu 1 3-5", or "lưu tất cả": everything sure and new."""
        base = self._office.current.assistant.base
        if which in ("", "tat ca", "het", "tat ca chac chan", "tat ca dong chac chan"):
            places: list[int] | None = list(ready(reading, base))
        else:
            places = numbers_in(which, len(reading.items))
        if places is None:
            told = [article_text("no_line", count=len(reading.items))]
        else:
            told = await self.save(person, reading, places)
        await self.control(place, await self.reading(person) or reading, told)

    async def save(self, person: int, reading: Reading, places: Sequence[int]) -> list[str]:
        """Save items, or propose them where this person's changes are reviewed; what became of each.

        A refused one does not keep the others back.
        """
        if not reading.source:
            return []  # what can be done now says it
        if not places:
            return [article_text("nothing_sure")]
        base = self._office.current.assistant.base
        free = await self._office.role_of(person) == "owner"
        taken: set[str] = set()
        told: list[str] = []
        saved = 0
        for place in places:
            line = place + 1
            if not 0 <= place < len(reading.items):
                told.append(article_text("no_line", count=len(reading.items)))
                continue
            item = reading.items[place]
            if not complete(item):
                missing = [slot for slot in NEEDED if not item.cells[slot]]
                names = ", ".join(map(slot_name, missing))
                told.append(
                    article_text("incomplete", line=line, slots=names, example=example_of(missing[0]))
                )
                continue
            change = change_of(reading, place, person, base, taken)
            try:
                settled = await self._office.desk.run(
                    accept, place, change, self._office.current.clock(), time.time(), free=free
                )
            except StoreError as error:
                told.append(article_text("refused", line=line, why=_why(error)))
                continue
            if settled.state == "unknown":  # the report was left meanwhile
                return [article_text("stale")]
            code = f"{settled.state}_before" if settled.before else settled.state
            told.append(article_text(code, line=line, number=settled.number))
            if settled.state == "proposed":
                await self._reviewing.announce(settled.number)
            else:
                saved += not settled.before
        if saved and not await self._office.renew():
            told.append(article_text("not_loaded"))
        return told

    async def drop_typed(self, person: int, place: Place, reading: Reading, which: str) -> None:
        """ "bỏ 4", or "bỏ": the whole report."""
        if not which:
            await self.cancel(person)
            await self._office.sender.send(place, [article_text("closed")])
            return
        places = numbers_in(which, len(reading.items))
        if places is None:
            told = article_text("no_line", count=len(reading.items))
        else:
            items = list(reading.items)
            gone = [place for place in places if items[place].state == "open"]
            for one in gone:
                items[one] = replace(items[one], state="dropped")
            reading = replace(reading, items=tuple(items))
            await self.keep(person, reading)
            told = article_text("dropped", lines=", ".join(str(place + 1) for place in gone) or "nào")
        await self.control(place, reading, [told])

    async def correct(
        self, person: int, place: Place, reading: Reading, places: Sequence[int], slot: str, typed: str
    ) -> None:
        """Set a slot of the items at `places`, and show them again."""
        values, base = self._office.values(), self._office.current.assistant.base
        items = list(reading.items)
        changed = [one for one in places if items[one].state == "open"]
        name, example = slot_name(slot), f"2 {example_of(slot)}"
        try:
            for one in changed:
                items[one] = corrected(items[one], slot, typed, values, base)
        except NotUnderstood as error:
            told = article_text("no_such_value", typed=error.typed, slot=name, example=example)
            await self._office.sender.send(place, [told])
            return
        if not changed:
            await self._office.sender.send(
                place, [article_text("nothing_to_correct", slot=name, example=example)]
            )
            return
        reading = replace(reading, items=tuple(items))
        await self.keep(person, reading)
        lines = ", ".join(str(one + 1) for one in changed)
        rows = [await self._row(person, reading, one) for one in changed[:10]]
        told = article_text("corrected", slot=name, lines=lines)
        await self.control(place, reading, [told, *rows])

    async def _row(self, person: int, reading: Reading, place: int) -> str:
        base = self._office.current.assistant.base
        doubts = await article_pages.doubts_of(self._office, person, reading, place)
        return article_pages.row(reading, place, base, doubts)

    async def show(self, person: int, place: Place, reading: Reading) -> None:
        """All rows, and below them, as a message of its own, what can be done."""
        base = self._office.current.assistant.base
        rows = [await self._row(person, reading, one) for one in range(len(reading.items))]
        await self._office.sender.send(place, [article_pages.head(reading, base), *rows])
        await self.control(place, reading, [])

    async def control(
        self, place: Place, reading: Reading, told: Sequence[str], messages: Sequence[int] = ()
    ) -> None:
        """What has become of it and what can be done now, in place of `messages` where there are some."""
        base = self._office.current.assistant.base
        text, buttons = article_pages.control(reading, base)
        parts = [*told, text]
        if messages:
            await self._office.sender.edit(place, messages, parts, buttons)
        else:
            await self._office.sender.send(place, parts, buttons)

    async def keep(self, person: int, reading: Reading) -> None:
        """Store it."""
        await self._office.desk.run(keep_reading, person, reading, time.time())
        if self._busy is not None:
            self._busy.add(person)

    async def reading(self, person: int) -> Reading | None:
        """What this person is reading."""
        return await self._office.desk.run(reading_of, person, time.time())

    async def is_busy(self, person: int) -> bool:
        """Whether this person may be reading something, without asking the database each time."""
        if self._busy is None:
            self._busy = set(await self._office.desk.run(readers))
        return person in self._busy

    def forget(self) -> None:
        """Ask the database again who is reading something."""
        self._busy = None

    async def cancel(self, person: int) -> bool:
        """Forget what this person is reading; False where nothing is."""
        dropped = await self._office.desk.run(drop_reading, person)
        if self._busy is not None:
            self._busy.discard(person)
        return dropped


def _why(error: StoreError) -> str:
    if isinstance(error, ContentError):
        return "; ".join(problem.message for problem in error.problems)
    return str(error)
