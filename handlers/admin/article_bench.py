"""What an editor does with the rows of a report: choose its source, save, drop, correct. Stored before it is told."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

from db.errors import ContentError, StoreError
from db.proposals import Change, review
from db.readings import Reading, accept, accept_all, drop_reading, keep_reading, reading_of
from handlers.admin import article_rows
from handlers.admin.article_rows import NEEDED, NotUnderstood, change_of, corrected, numbers_in, ready
from handlers.admin.office import Office, Work
from handlers.admin.reviewing import Reviewing
from handlers.reply import Place
from knowledge.telling.article_texts import article_text, example_of, head_html, spans
from knowledge.telling.labels import field_name


class Bench(Work):
    """Where the report of each editor lies."""

    def __init__(self, office: Office, reviewing: Reviewing) -> None:
        super().__init__(office)
        self._reviewing = reviewing

    async def choose_source(
        self, person: int, place: Place, reading: Reading, rows: Sequence[str], typed: str = ""
    ) -> None:
        """What the report comes from; of several `rows`, and of none, it is asked. `typed`: how it was named."""
        told = [] if rows else [article_text("no_source", typed=typed)]
        if len(rows) == 1:
            reading = replace(reading, source=rows[0], offered=())
            base = self._base
            told = [article_text("source_set", title=base.sources[rows[0]].title)]
        elif rows:
            reading = replace(reading, source="", offered=tuple(rows))
        await self.keep(person, reading)
        await self.control(place, reading, told)

    async def save_typed(self, person: int, place: Place, reading: Reading, which: str) -> None:
        """ "lưu 1 3-5", or "lưu tất cả": everything sure and new."""
        if which in ("", "tat ca", "het", "tat ca chac chan", "tat ca dong chac chan"):
            places: list[int] | None = list(ready(reading, self._base))
        else:
            places = numbers_in(which, len(reading.items))
        if places is None:
            told = [article_text("no_line", count=len(reading.items))]
        else:
            told = await self.save(person, reading, places)
        await self.control(place, await self.reading(person) or reading, told)

    async def save(self, person: int, reading: Reading, places: Sequence[int]) -> list[str]:
        """Save items, several as one change, or propose each where this person's changes are reviewed; what became of them."""
        if not reading.source:
            return []  # what can be done now says it
        if not places:
            return [article_text("nothing_sure")]
        told, changes = self._changes(person, reading, places)
        role = await self._office.role_of(person)
        if len(changes) > 1 and not await self._office.waits_for_review(role):
            more, saved = await self._save_together(reading, changes)
            told += more
        else:
            saved = False
            for at, change in changes.items():
                line, once = await self._save_one(at, change, free=role == "owner")
                told += line
                saved = saved or once
        if saved and not await self._office.renew():
            told.append(article_text("not_loaded"))
        return told

    def _changes(
        self, person: int, reading: Reading, places: Sequence[int]
    ) -> tuple[list[str], dict[int, Change]]:
        """The changes of the items at these places, and what is told of those of which none can be made."""
        told: list[str] = []
        changes: dict[int, Change] = {}
        taken: set[str] = set()
        for place in places:
            if not 0 <= place < len(reading.items):
                told.append(article_text("no_line", count=len(reading.items)))
            elif missing := [slot for slot in NEEDED if not reading.items[place].cells[slot]]:
                names = ", ".join(field_name("figures", one) for one in missing)
                example = example_of(missing[0])
                told.append(article_text("incomplete", line=place + 1, slots=names, example=example))
            else:
                changes[place] = change_of(reading, place, person, self._base, taken)
        return told, changes

    async def _save_together(self, reading: Reading, changes: dict[int, Change]) -> tuple[list[str], bool]:
        """Save several items as one change; a refused one does not keep the others back."""
        desk, today = self._desk, self._office.current.clock()
        told: list[str] = []
        fitting: dict[int, Change] = {}
        for place, change in changes.items():
            item = reading.items[place]
            if item.state in ("saved", "proposed"):
                told.append(article_text(f"{item.state}_before", line=place + 1, number=item.number))
                continue
            try:
                await desk.run(review, change, today)
                fitting[place] = change
            except StoreError as error:
                told.append(article_text("refused", line=place + 1, why=_why(error)))
        if not fitting:
            return told, False
        name = self._base.sources[reading.source].title
        try:
            settled = await desk.run(accept_all, fitting, name, today, time.time())
        except StoreError as error:
            return [*told, article_text("refused_all", why=_why(error))], False
        if settled.state == "unknown":  # the report was left meanwhile
            return [article_text("stale")], False
        lines = spans([place + 1 for place in fitting])
        return [*told, article_text("saved_all", lines=lines, number=settled.number)], True

    async def _save_one(self, place: int, change: Change, *, free: bool) -> tuple[list[str], bool]:
        """Save an item, or propose it; what is told, and whether the base has changed."""
        today = self._office.current.clock()
        try:
            settled = await self._desk.run(accept, place, change, today, time.time(), free=free)
        except StoreError as error:
            return [article_text("refused", line=place + 1, why=_why(error))], False
        if settled.state == "unknown":
            return [article_text("stale")], False
        if settled.state == "proposed":
            await self._reviewing.announce(settled.number)
        code = f"{settled.state}_before" if settled.before else settled.state
        told = article_text(code, line=place + 1, number=settled.number)
        return [told], settled.state == "saved" and not settled.before

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
        values, base = self._office.values(), self._base
        items = list(reading.items)
        changed = [one for one in places if items[one].state == "open"]
        name, example = field_name("figures", slot), f"2 {example_of(slot)}"
        try:
            for one in changed:
                items[one] = corrected(items[one], slot, typed, values, base)
        except NotUnderstood as error:
            told = article_text("no_such_value", typed=error.typed, slot=name, example=example)
            await self._office.sender.send(place, [told])
            return
        if not changed:
            told = article_text("nothing_to_correct", slot=name, example=example)
            await self._office.sender.send(place, [told])
            return
        reading = replace(reading, items=tuple(items))
        await self.keep(person, reading)
        lines = ", ".join(str(one + 1) for one in changed)
        rows = [await self._row(person, reading, one) for one in changed[:10]]
        told = article_text("corrected", slot=name, lines=lines)
        await self.control(place, reading, [told, *rows])

    async def _row(self, person: int, reading: Reading, place: int) -> str:
        doubts = await article_rows.doubts_of(self._office, person, reading, place)
        return article_rows.row(reading, place, self._base, doubts)

    async def show(self, person: int, place: Place, reading: Reading) -> None:
        """All rows, and below them, as a message of its own, what can be done."""
        rows = [await self._row(person, reading, one) for one in range(len(reading.items))]
        head = head_html(len(reading.items), self._base.sources.get(reading.source))
        await self._office.sender.send(place, [head, *rows])
        await self.control(place, reading, [])

    async def control(
        self, place: Place, reading: Reading, told: Sequence[str], messages: Sequence[int] = ()
    ) -> None:
        """What has become of it and what can be done now, in place of `messages` where there are some."""
        text, buttons = article_rows.control(reading, self._base)
        parts = [*told, text]
        if messages:
            await self._office.sender.edit(place, messages, parts, buttons)
        else:
            await self._office.sender.send(place, parts, buttons)

    async def keep(self, person: int, reading: Reading) -> None:
        """Store it."""
        await self._desk.run(keep_reading, person, reading, time.time())
        self._office.steps.reading.add(person)

    async def reading(self, person: int) -> Reading | None:
        """What this person is reading."""
        return await self._desk.run(reading_of, person, time.time())

    async def cancel(self, person: int) -> bool:
        """Forget what this person is reading; False where nothing is."""
        self._office.steps.reading.discard(person)
        return await self._desk.run(drop_reading, person)


def _why(error: StoreError) -> str:
    if isinstance(error, ContentError):
        return "; ".join(problem.message for problem in error.problems)
    return str(error)
