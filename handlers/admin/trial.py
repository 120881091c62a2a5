"""What becomes of a change once it is saved: whether a question reaches the row, what a new row is like already, whether
the address of a source opens."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import socket
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from rapidfuzz import fuzz

from db.fields import type_of_record
from handlers.current import Current
from handlers.shown import records
from handlers.shown import rows_of as shown_rows
from knowledge.base import KnowledgeBase
from knowledge.language.lexicon import marked_words
from knowledge.reading.question import Reader
from knowledge.records import Figure, Lexeme, Note, SupportLevel
from knowledge.telling.form_texts import own_question
from knowledge.telling.names import figure_question
from knowledge.telling.render import html_parts
from knowledge.text import fold, words

log = logging.getLogger(__name__)

PATIENCE = 4.0
"""Seconds for all of it."""
GUARDED = frozenset({401, 403, 405, 429})
"""The page is there, though not for programs."""
LIKE = 92
"""Likeness of two names, of 100, from which one may be the other."""


async def doubts_of(current: Current, table: str, record: Any, *, new: bool) -> list[Note]:
    """What is doubtful about a row as it would be: no question reaches it, it is much like another one."""
    base = current.assistant.base
    found = list(_likes(base, table, record)) if new else []
    if table == "figures":
        found += _other_map(base, record)
    if table == "lexicon":
        found += await asyncio.to_thread(_of_phrase, current, record)
    question = own_question(table, record, base.names, current.clock())
    over = getattr(record, "valid_to", "") or getattr(record, "status", "") == "superseded"
    if not question or over:
        return found
    trial = await current.trial(await asyncio.to_thread(_base_with, base, table, record))
    answer, _ = await asyncio.to_thread(trial.ask, question)
    if (table, record.id) in shown_rows(answer):
        return found
    other = _level_in_force(base, record) if table == "support_levels" else ""
    if other:
        found.append(Note("level_shadowed", {"question": question, "id": other}))
    else:
        found.append(Note("unreached", {"question": question}))
    return found


def _level_in_force(base: KnowledgeBase, record: SupportLevel) -> str:
    """Another level of the same activity and scope that still holds; "" if there is none."""
    of = (record.activity, record.scope)
    alike = (one for one in base.levels.values() if (one.activity, one.scope) == of)
    return next((one.id for one in alike if one.id != record.id and not one.valid_to), "")


async def answer_of(current: Current, table: str, id_: str) -> tuple[str, list[str]]:
    """The row's own question, and what the bot now answers; both empty for a row that has none, or is gone."""
    base = current.assistant.base
    record = records(base, table).get(id_)
    question = own_question(table, record, base.names, current.clock()) if record is not None else ""
    if not question:
        return "", []
    answer, _ = await asyncio.to_thread(current.assistant.ask, question)
    return question, html_parts(answer)


def _base_with(base: KnowledgeBase, table: str, record: Any) -> KnowledgeBase:
    """The base, were the row saved."""
    rows = {one: {**records(base, one)} for one in type_of_record}
    rows[table][record.id] = record
    levels = rows.pop("support_levels").values()
    return KnowledgeBase(levels=levels, **{one: held.values() for one, held in rows.items()})


def _of_phrase(current: Current, row: Lexeme) -> list[Note]:
    """What a phrase means already, and how many questions that are stored, or ask for a figure, are read differently."""
    base = current.assistant.base
    said = marked_words(row.phrase)
    own = (row.slot, row.value)
    names = {(one.slot, one.value): one.name for one in base.slots.values()}
    same = [one for one in base.lexicon if one.id != row.id and marked_words(one.phrase) == said]
    other = {names.get((one.slot, one.value), one.value) for one in same if (one.slot, one.value) != own}
    found = [Note("phrase_other", {"typed": row.phrase, "names": ", ".join(sorted(other))})] if other else []
    folded = f" {' '.join(words(fold(row.phrase)))} "
    questions = [
        *(text for entry in base.entries.values() for text in (entry.title, *entry.questions)),
        *(figure_question(base.names, figure) for figure in base.figures.values()),
    ]
    having = [one for one in dict.fromkeys(questions) if folded in f" {' '.join(words(fold(one)))} "]
    if not having:
        return found
    before, after = current.assistant.reader, Reader(_base_with(base, "lexicon", row))
    today = current.clock()
    changed = [one for one in having if _spans(before, one, today) != _spans(after, one, today)]
    if changed:
        found.append(Note("readings_change", {"count": str(len(changed)), "question": changed[0]}))
    return found


def _spans(reader: Reader, text: str, today: date) -> set[tuple[str, str, int, int]]:
    """What a question says, and where."""
    spans = reader.read(text, today).reading.spans
    return {(span.slot, span.value, span.start, span.end) for span in spans}


def _other_map(base: KnowledgeBase, figure: Figure) -> Iterator[Note]:
    """A figure of a region in a year in which that region is no more, or not yet."""
    region, year = base.regions.get(figure.region), figure.period[:4]
    if region is not None and (
        (region.valid_to and year > region.valid_to[:4])
        or (region.valid_from and year < region.valid_from[:4])
    ):
        yield Note("other_map", {"name": region.name, "period": figure.period})


def _likes(base: KnowledgeBase, table: str, record: Any) -> Iterator[Note]:
    """Stored sources and events that may be the same as a new one."""
    if table not in ("sources", "events", "documents"):
        return
    for one in records(base, table).values():
        if one.id != record.id and _same(one, record):
            called = getattr(one, "title", "") or one.name
            yield Note("like_row", {"table": table, "id": one.id, "name": called})
            return


def _same(one: Any, other: Any) -> bool:
    url, number = getattr(other, "url", ""), getattr(other, "number", "")
    if (url and one.url == url) or (number and fold(one.number) == fold(number)):
        return True
    if number:
        return False
    names = [fold(getattr(row, "title", "") or row.name) for row in (one, other)]
    digits = [[char for char in name if char.isdecimal()] for name in names]
    return digits[0] == digits[1] and fuzz.ratio(*names) >= LIKE


async def opens(url: str, *, local: bool = False) -> bool:
    """Whether something answers there as a page does; a redirection counts, and is not followed.

    Only public addresses are asked, unless `local`: what a bot can reach beside the internet is nobody's source.
    """
    try:
        async with asyncio.timeout(PATIENCE):
            return await _opens(url, local=local)
    except (OSError, ValueError, TimeoutError, aiohttp.ClientError) as error:
        log.info("The address of a source does not open: %s", type(error).__name__)
        return False


async def _opens(url: str, *, local: bool) -> bool:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return False
    port = parts.port or (443 if parts.scheme == "https" else 80)
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    if not local and not all(ipaddress.ip_address(one[4][0]).is_global for one in found):
        return False
    async with aiohttp.ClientSession() as session, session.get(url, allow_redirects=False) as page:
        return page.status < 400 or page.status in GUARDED
