"""What else people say for something that the assistant knows: rows of the table of phrases."""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process

from db.fields import Cell
from db.new_rows import free
from db.proposals import Change
from handlers.admin.office import Refusal, Request, Work
from handlers.shown import records
from knowledge.base import KnowledgeBase
from knowledge.language.lexicon import marked_words
from knowledge.records import SlotValue
from knowledge.text import fold, words

MOST_WORDS = 6
MOST_NAMED = 5
IDLE = ("courtesy", "function")
"""Slots of words that say nothing of what is asked."""
_LINE = re.compile(r"([^=]*)=([^=]*)", re.DOTALL)


class Phrases(Work):
    """`/them_tu`: one more phrase for a meaning."""

    async def add(self, request: Request) -> None:
        """`/them_tu phrase = meaning`. Raises `Refusal`."""
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
