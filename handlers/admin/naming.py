"""What else something is called, and how else it is asked for."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping

from db.fields import Cell
from db.files import Row
from db.proposals import Change
from handlers.admin.office import Office, Refusal, Request, Work
from handlers.shown import records
from knowledge.base import KnowledgeBase
from knowledge.records import Entry
from knowledge.text import fold

_QUESTION = re.compile(r"([^=\s]+)\s*=\s*(\S.*)", re.DOTALL)
_NAME = re.compile(r"([^=]+)=\s*(\S.*)", re.DOTALL)


class Naming(Work):
    """`/them_cach_hoi` and `/them_ten_khac`."""

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
