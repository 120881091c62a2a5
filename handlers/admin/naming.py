"""What else something is called, how else it is asked for, what else people say for it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping

from rapidfuzz import fuzz, process

from db.fields import Cell
from db.files import Row
from db.new_rows import free
from db.proposals import Change
from handlers.admin.office import Office, Refusal, Request, Work
from handlers.shown import records
from knowledge.base import KnowledgeBase
from knowledge.language.lexicon import marked_words
from knowledge.records import Entry, SlotValue
from knowledge.text import fold, words

_QUESTION = re.compile(r"([^=\s]+)\s*=\s*(\S.*)", re.DOTALL)
_NAME = re.compile(r"([^=]+)=\s*(\S.*)", re.DOTALL)
MOST_WORDS = 6
MOST_NAMED = 5
IDLE = ("courtesy", "function")
"""Slots of words that say nothing of what is asked."""
_LINE = re.compile(r"([^=]*)=([^=]*)", re.DOTALL)


class Naming(Work):
    """`/them_cach_hoi`, `/them_ten_khac` and `/them_tu`."""

    async def add_question(self, request: Request) -> None:
        """`/them_cach_hoi`: one more way of asking for an entry."""
        found = _QUESTION.fullmatch(request.typed)
        if found is None:
            raise Refusal("usage", command="them_cach_hoi")
        entries = self._base.entries
        entry = entries.get(found[1].removeprefix("entries:"))
        if entry is None:
            raise Refusal("no_entry", id=found[1])
        said = " ".join(found[2].split())
        if owner := await asyncio.to_thread(_asked_by, fold(said), entries):
            raise Refusal("question_known", id=owner)
        values: dict[str, Cell] = {"questions": (*entry.questions, said)}
        change = Change(request.person, "edit", "entries", entry.id, values, request.why)
        await self._office.propose(request, change)

    async def add_name(self, request: Request) -> None:
        """`/them_ten_khac`: one more name of a region, a document, an event, a support level or an entry."""
        found = _NAME.fullmatch(request.typed)
        if found is None:
            raise Refusal("usage", command="them_ten_khac")
        table, row = await named(self._office, found[1].strip())
        said = " ".join(found[2].split())
        if "|" in said or not fold(said):
            raise Refusal("alias_one", typed=said)
        if owner := await asyncio.to_thread(_called, fold(said), table, self._base):
            raise Refusal("alias_known", typed=said, id=owner)
        values: dict[str, Cell] = {"aliases": (*row.record.aliases, said)}
        change = Change(request.person, "edit", table, row.record.id, values, request.why)
        await self._office.propose(request, change)

    async def add_phrase(self, request: Request) -> None:
        """`/them_tu phrase = meaning`: one more phrase for a meaning."""
        found = _LINE.fullmatch(request.typed)
        if found is None:
            raise Refusal("usage", command="them_tu")
        base = self._base
        phrase = phrase_of(found[1], base)
        meaning = meaning_of(found[2], base)
        said = marked_words(phrase)
        for row in base.lexicon:
            if (row.slot, row.value) == (meaning.slot, meaning.value) and marked_words(row.phrase) == said:
                raise Refusal("phrase_known", typed=phrase, name=meaning.name, id=row.id)
        values: dict[str, Cell] = {"phrase": phrase, "slot": meaning.slot, "value": meaning.value}
        change = Change(request.person, "add", "lexicon", _id(phrase, meaning, base), values, request.why)
        await self._office.propose(request, change)


async def named(office: Office, typed: str) -> tuple[str, Row]:
    """The row that can have other names: by its id, a region also by its name. Raises `Refusal`."""
    try:
        table, row = await office.row(typed)
    except Refusal as refusal:
        try:
            region = office.values().row("regions", typed)
        except ValueError:
            raise refusal from None
        table, row = await office.row(f"regions:{region}")
    if not hasattr(row.record, "aliases"):
        raise Refusal("no_aliases", id=row.record.id)
    return table, row


def _asked_by(folded: str, entries: Mapping[str, Entry]) -> str:
    """The entry that this is a question of already; empty when there is none."""
    return next(
        (entry.id for entry in entries.values() if folded in {fold(one) for one in entry.questions}), ""
    )


def _called(folded: str, table: str, base: KnowledgeBase) -> str:
    """The row of this table that is called so already; empty when there is none."""
    for one in records(base, table).values():
        names = (getattr(one, "name", "") or getattr(one, "title", ""), *one.aliases)
        if folded in {fold(name) for name in names}:
            return str(one.id)
    return ""


def phrase_of(typed: str, base: KnowledgeBase) -> str:
    """A phrase that can name something. Raises `Refusal` for what is no phrase, says nothing, or is a region's name."""
    phrase = " ".join(typed.split()).lower()
    said = marked_words(phrase)
    folded = " ".join(words(fold(phrase)))
    if not folded or not any(char.isalpha() for char in folded):
        raise Refusal("phrase_empty")
    if len(said) > MOST_WORDS:
        raise Refusal("phrase_long", most=str(MOST_WORDS))
    idle = [row.phrase for row in base.lexicon if row.slot in IDLE]
    if any(marked_words(one) == said or fold(one) == phrase for one in idle):
        raise Refusal("phrase_idle", typed=phrase)
    for region in base.regions.values():
        if folded in {fold(name) for name in (region.name, *region.aliases)}:
            raise Refusal("phrase_region", typed=phrase, name=region.name)
    return phrase


def meaning_of(typed: str, base: KnowledgeBase) -> SlotValue:
    """The meaning that is called so, or has this id. Raises `Refusal`, with the nearest names or all that fit."""
    wanted = fold(" ".join(typed.split())).strip(" .")
    if not wanted:
        raise Refusal("meaning_empty")
    rows = [row for row in base.slots.values() if fold(row.name) == wanted or row.id == typed.strip()]
    if len(rows) == 1:
        return rows[0]
    if rows:
        named = "; ".join(f"{row.id}" + (f" ({row.meaning})" if row.meaning else "") for row in rows)
        raise Refusal("meaning_many", typed=typed.strip(), names=named)
    names = {row.id: fold(row.name) for row in base.slots.values()}
    near = process.extract(wanted, names, scorer=fuzz.WRatio, limit=MOST_NAMED)
    told = ", ".join(dict.fromkeys(base.slots[id_].name for _, _, id_ in near))
    raise Refusal("meaning_unknown", typed=typed.strip(), names=told)


def _id(phrase: str, meaning: SlotValue, base: KnowledgeBase) -> str:
    """An id for the row, as those that are there have it."""
    stem = re.sub(r"[^a-z0-9]+", "-", fold(f"{phrase} {meaning.slot} {meaning.value}")).strip("-")
    return free(stem, records(base, "lexicon"))
