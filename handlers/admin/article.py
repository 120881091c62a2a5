"""`/doc_bai`: a news paragraph comes in, the rows that can be read in it are proposed; each is saved only when accepted."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace

from rapidfuzz import fuzz
from telegram import Document

from db.errors import StoreError
from db.readings import Item, Reading, new_reading
from db.values import Several
from db.waiting import Settled
from handlers.admin.article_bench import Bench
from handlers.admin.article_rows import correction_in, item_of, ready
from handlers.admin.office import Office, Request, Tap, Work, asks_plainly, told
from handlers.admin.reviewing import Reviewing
from handlers.admin.steps import leaves
from handlers.ask import Incoming
from handlers.buttons import acknowledge
from handlers.reply import Place, fetched, place_of
from knowledge.base import KnowledgeBase
from knowledge.reading.passage.reader import PassageReader
from knowledge.telling.article_texts import article_text, label
from knowledge.text import fold

TEXT_FILES = (".txt",)
"""Endings of files that are a report, without a caption too, while one is waited for."""
_TAP = re.compile(r"([A-Za-z0-9_-]{8})-([a-z])(\d{0,3})")
MOST_BYTES = 200_000
MOST_OFFERED = 6
CONTINUES_SECONDS = 60.0
LEAST_TEXT = 40
SHORT_TEXT = 100
_SOURCE_LINE = re.compile(r"^[ \t]*nguồn[ \t]*:[ \t]*(\S.*)$", re.IGNORECASE | re.MULTILINE)
_URL = re.compile(r"https?://\S+")
_SAVE = re.compile(r"luu(?: (?:dong )?(?P<which>.+))?$")
_DROP = re.compile(r"bo(?: (?:dong )?(?P<which>[\d ,\-]+))?$")


class Articles(Work):
    """What each editor is reading, step by step. Every step is stored before it is told."""

    def __init__(
        self, office: Office, reviewing: Reviewing, new_source: Callable[[Request], Awaitable[None]]
    ) -> None:
        """`new_source`: asks for a source that the base does not have."""
        super().__init__(office)
        self._new_source = new_source
        office.after_draft.append(self._sourced)
        self._bench = Bench(office, reviewing)
        self.cancel = self._bench.cancel
        self._reader: tuple[KnowledgeBase, PassageReader] | None = None

    # --- what comes in ------------------------------------------------------------------------------------------

    async def command(self, request: Request) -> None:
        """`/doc_bai`: the paragraph behind it, in the file under which it stands, or in the next message."""
        if request.message.document:
            await self._read_file(request, request.message.document)
            return
        if request.typed:
            await self._read(
                request.person, request.place, new_reading(request.message.message_id), request.typed
            )
            return
        await self._bench.keep(request.person, new_reading(request.message.message_id))
        await self._say(request, article_text("send_text"))

    async def file(self, request: Request, document: Document) -> bool:
        """A text file without the command; False where none is waited for."""
        reading = await self._bench.reading(request.person)
        if reading is None or reading.text:
            return False
        await self._read_file(request, document)
        return True

    async def _read_file(self, request: Request, document: Document) -> None:
        """The text of a file; what was typed with it, its source, belongs to it."""
        text, problem = await _text_of(document)
        if problem:
            await self._say(request, article_text(problem))
            return
        text = f"{text}\n{request.typed}"
        await self._read(request.person, request.place, new_reading(request.message.message_id), text)

    async def take(self, incoming: Incoming) -> bool:
        """A message without a command, where it is the paragraph, or says what to do with its rows."""
        person = incoming.place.chat
        if not incoming.free or incoming.edited or person not in self._office.steps.reading:
            return False
        reading = await self._bench.reading(person)
        if reading is None or not await self._office.role_of(person):
            return False
        try:
            return await self._typed(person, incoming.place, reading, incoming.text.strip())
        except StoreError as error:
            await self._office.sender.send(incoming.place, [told(error)])
            return True

    async def _typed(self, person: int, place: Place, reading: Reading, text: str) -> bool:
        sourced = _SOURCE_LINE.fullmatch(text)
        if leaves(text) and await self.cancel(person):
            await self._office.sender.send(place, [article_text("closed")])
        elif reading.text and sourced:
            named = sourced[1].strip()
            rows = self._sources(named)
            await self._bench.choose_source(person, place, reading, rows, named)
        elif not reading.text:
            if len(text) < LEAST_TEXT and not any(char.isdigit() for char in text):
                return False
            return await self._read(person, place, reading, text, free=True)
        elif fold(text) == "xem":
            await self._bench.show(person, place, reading)
        elif found := _SAVE.fullmatch(fold(text)):
            await self._bench.save_typed(person, place, reading, found["which"] or "")
        elif found := _DROP.fullmatch(fold(text)):
            await self._bench.drop_typed(person, place, reading, found["which"] or "")
        elif (change := correction_in(text, reading)) is not None:
            await self._bench.correct(person, place, reading, *change)
        elif not reading.source and not asks_plainly(text) and (rows := self._sources(text)):
            await self._bench.choose_source(person, place, reading, rows)
        elif len(text) >= LEAST_TEXT and time.time() - reading.updated < CONTINUES_SECONDS:
            return await self._go_on(person, place, reading, text)
        else:
            return False
        return True

    async def tapped(self, tap: Tap) -> None:
        """A button under the rows. Raises what the desk raises."""
        person, place = tap.person, place_of(tap.message)
        found, reading = _TAP.fullmatch(tap.id), await self._bench.reading(person)
        if found is None or reading is None or reading.id != found[1]:
            await acknowledge(tap.query, label("stale"))
            return
        await acknowledge(tap.query)
        action, number = found[2], int(found[3] or 0)
        if action == "o" and number < len(reading.offered):
            await self._bench.choose_source(person, place, reading, (reading.offered[number],))
        elif action == "n":
            await self._new_source(tap.request)
        elif action == "x":
            await self._bench.cancel(person)
            await self._show(tap, article_text("closed"))
        elif action in "la":
            base = self._base
            places = list(ready(reading, base)) if action == "a" else [number]
            outcome = await self._bench.save(person, reading, places)
            after = await self._bench.reading(person) or reading
            await self._bench.control(place, after, outcome, [tap.message.message_id])

    # --- reading ------------------------------------------------------------------------------------------------

    async def _read(
        self, person: int, place: Place, reading: Reading, text: str, *, free: bool = False
    ) -> bool:
        """Propose the rows of `text`. False for a short `free` text without figures: it was meant for somebody else."""
        before = await self._bench.reading(person)
        if before and before.id == reading.id and before.text:  # handled again after a crash
            await self._bench.show(person, place, before)
            return True
        named = _SOURCE_LINE.search(text)
        source = self._source(named[1]) if named else ""
        if named:
            text = text[: named.start()] + text[named.end() :]
        source = source or next(filter(None, map(self._source, _URL.findall(text))), "")
        items = await self._items(text)
        if not items and free and len(text) < SHORT_TEXT:
            return False
        if not items:
            await self._bench.keep(person, reading)
            await self._office.sender.send(place, [article_text("no_figures")])
            return True
        offered = () if source else await asyncio.to_thread(_likely_sources, text, self._base)
        reading = replace(reading, text=text, source=source, items=tuple(items), offered=offered)
        await self._bench.keep(person, reading)
        if named and not source:
            await self._office.sender.send(place, [article_text("no_source", typed=named[1])])
        await self._bench.show(person, place, reading)
        return True

    def _source(self, typed: str) -> str:
        """The source that is named; empty where there is none, or not one."""
        rows = self._sources(typed.rstrip(".,)"))
        return rows[0] if len(rows) == 1 else ""

    def _sources(self, typed: str) -> tuple[str, ...]:
        """The sources that may be named."""
        try:
            return (self._office.values().row("sources", typed),)
        except Several as error:
            return tuple(id_ for id_, _ in error.choices)
        except ValueError:
            return ()

    async def _sourced(self, tap: Tap, settled: Settled) -> None:
        """Take a source that was made for the report's sake."""
        reading = await self._bench.reading(tap.person)
        made = settled.state == "saved" and settled.row in self._base.sources
        if made and reading is not None and reading.text and not reading.source:
            place = place_of(tap.message)
            await self._bench.choose_source(tap.person, place, reading, (settled.row,))

    async def _go_on(self, person: int, place: Place, reading: Reading, text: str) -> bool:
        """The rest of a report that was too long for one message."""
        if text in reading.text:
            await self._bench.show(person, place, reading)
            return True
        whole = f"{reading.text}\n{text}"
        items = await self._items(whole)
        if len(items) <= len(reading.items):
            return False
        added = tuple(items[len(reading.items) :])
        reading = replace(reading, text=whole, items=(*reading.items, *added))
        await self._bench.keep(person, reading)
        await self._office.sender.send(place, [article_text("continued")])
        await self._bench.show(person, place, reading)
        return True

    async def _items(self, text: str) -> list[Item]:
        base = self._base
        if self._reader is None or self._reader[0] is not base:
            self._reader = (base, await asyncio.to_thread(PassageReader, base))
        stated = await asyncio.to_thread(self._reader[1].read, text)
        return [item_of(one, base) for one in stated]


async def _text_of(document: Document) -> tuple[str, str]:
    """The text of a file, or the code of what is wrong with it."""
    if (document.file_size or 0) > MOST_BYTES:
        return "", "too_big"
    if (content := await fetched(document)) is None:
        return "", "not_fetched"
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return content.decode("utf-16" if wide else "utf-8-sig"), ""
    except UnicodeDecodeError:
        return "", "not_utf8"


def _likely_sources(text: str, base: KnowledgeBase) -> tuple[str, ...]:
    """Sources whose title is said in the text, then the latest."""
    head = fold(text)[:400]
    rows = [one for one in base.sources.values() if one.kind != "law"]
    rows.sort(key=lambda one: one.published_on, reverse=True)
    rows.sort(key=lambda one: -fuzz.partial_ratio(fold(one.title), head) // 20)
    return tuple(one.id for one in rows[:MOST_OFFERED])
