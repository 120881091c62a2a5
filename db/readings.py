"""Reports that editors are taking figures out of: one for each editor, a row, so that a restart in between changes nothing.

A figure that is accepted becomes a change like any other; that it was is written in the same transaction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Literal

from pydantic import TypeAdapter
from sqlite_utils import Database

from db.change_sets import Stale, carry_out, few, problems, until_it_fits
from db.connection import transaction
from db.drafts import keep_draft, save_draft
from db.errors import EditConflict
from db.proposals import Change, review
from db.rows import Rows
from db.waiting import WAIT_SECONDS, Settled, new_id
from knowledge.changes import ChangeSet

ItemState = Literal["open", "saved", "proposed", "dropped"]


@dataclass(frozen=True, slots=True)
class Item:
    """A figure of the report. `cells`: those of its row, without id and source; `unsure`: slot → what else it may be.

    `number`: its change, once saved, or its proposal.
    """

    cells: dict[str, str]
    unsure: dict[str, tuple[str, ...]] = field(default_factory=dict)
    state: ItemState = "open"
    number: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """`id` is another for every report, so that old buttons do not touch the next. `text` is empty until it was sent;
    `offered`: ids of the sources that are offered as buttons."""

    id: str
    text: str = ""
    source: str = ""
    offered: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    updated: float = 0.0


def new_reading(message: int) -> Reading:
    """A reading that waits for its text. `message`: the one that opens it; the same gives the same id."""
    return Reading(f"{message % 16**8:08x}")


def keep_reading(db: Database, person: int, reading: Reading, now: float) -> None:
    """Keep it in place of what this person was reading; what nobody touched for a day goes."""
    with transaction(db):
        db.execute("DELETE FROM readings WHERE updated <= ?", [now - WAIT_SECONDS])
        sql = "INSERT OR REPLACE INTO readings (person, reading, updated) VALUES (?, ?, ?)"
        db.execute(sql, [person, json.dumps(asdict(reading), ensure_ascii=False), now])


def reading_of(db: Database, person: int, now: float) -> Reading | None:
    """What this person is reading; None where there is nothing, or it is older than a day."""
    sql = "SELECT reading, updated FROM readings WHERE person = ? AND updated > ?"
    found = db.execute(sql, [person, now - WAIT_SECONDS]).fetchone()
    return None if found is None else replace(_STORED.validate_json(found[0]), updated=found[1])


def readers(db: Database) -> list[int]:
    """Everybody who is reading something."""
    return [person for (person,) in db.execute("SELECT person FROM readings")]


def drop_reading(db: Database, person: int) -> bool:
    """Forget what this person was reading; what was saved out of it stays. False where there was nothing."""
    with transaction(db):
        return db.execute("DELETE FROM readings WHERE person = ?", [person]).rowcount == 1


def accept(
    db: Database, place: int, change: Change, today: date, now: float, *, free: bool = True
) -> Settled:
    """Make the change of the item at `place` of its author's reading, and mark the item; once.

    Where review is on and its author is not `free` of it, it is proposed instead (`save_draft`). Raises `ContentError` or `EditConflict` where the change cannot be made; nothing is written then.
    """
    with transaction(db):
        reading = reading_of(db, change.who, now)
        if reading is None or place >= len(reading.items):
            return Settled("unknown")
        item = reading.items[place]
        if item.state in ("saved", "proposed"):
            return Settled(item.state, item.number, change.row, before=True)
        settled = save_draft(db, keep_draft(db, change, now), change.who, today, now, free=free)
        state: ItemState = "proposed" if settled.state == "proposed" else "saved"
        made = replace(item, state=state, number=settled.number)
        items = (*reading.items[:place], made, *reading.items[place + 1 :])
        keep_reading(db, change.who, replace(reading, items=items), now)
        return settled


def accept_all(db: Database, changes: Mapping[int, Change], name: str, today: date, now: float) -> Settled:
    """Make the changes of several items of one reading, by place, as one, and mark the items; once.

    `name`: what the history calls it. Raises `ContentError` or `EditConflict` where one cannot be made; nothing is written
    then. Not for those whose changes are reviewed.
    """
    person, batch = next(iter(changes.values())).who, new_id()

    def mark(number: int) -> None:
        reading = _open(db, person, changes, now)
        if reading is None:  # saved or left meanwhile, which the next attempt tells
            raise Stale
        items = [
            replace(item, state="saved", number=number) if place in changes else item
            for place, item in enumerate(reading.items)
        ]
        keep_reading(db, person, replace(reading, items=tuple(items)), now)

    def attempt() -> Settled:
        if _open(db, person, changes, now) is None:
            return Settled("unknown")
        rows = Rows.at_once(db)
        steps = tuple(review(db, change, today).step for change in changes.values())
        if found := list(problems(rows, steps)):
            raise EditConflict(f"{few(found)}.")
        told = {"file": name, "added": len(steps), "changed": 0}
        number = carry_out(db, ChangeSet(steps, rows.state), batch, person, (None, told), also=mark)
        return Settled("saved", number, name, rows=len(steps))

    return until_it_fits(attempt)


def _open(db: Database, person: int, places: Iterable[int], now: float) -> Reading | None:
    """What this person is reading, where none of these items of it is saved or proposed."""
    reading = reading_of(db, person, now)
    states = [] if reading is None else [item.state for item in reading.items]
    return reading if all(at < len(states) and states[at] in ("open", "dropped") for at in places) else None


_STORED = TypeAdapter(Reading)
