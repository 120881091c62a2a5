"""What waits for a tap of its author or for his next word, and whether what editors change waits for a reviewer besides.

All of it is rows, so a restart in between changes nothing.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlite_utils import Database

from db.connection import transaction

WAIT_SECONDS = 24 * 60 * 60
KEEP_SECONDS = 7 * WAIT_SECONDS

State = Literal["waiting", "saved", "proposed", "cancelled", "expired", "unknown"]


@dataclass(frozen=True, slots=True)
class Settled:
    """What has become of a change or a file. `number`: its line in the history, once saved, or its proposal; `row`: what
    it was about, the row or the file; `rows`: how many were written.

    `before`: it had come to that before this call.
    """

    state: State
    number: int = 0
    row: str = ""
    before: bool = False
    rows: int = 0


def new_id() -> str:
    """What nobody guesses, 12 characters."""
    return secrets.token_urlsafe(9)


def look(db: Database, table: str, row: str, id_: str, person: int, now: float) -> Settled:
    """Where something of this person stands. `row`: the SQL of what it is about."""
    sql = f"SELECT {row}, state, number, created FROM {table} WHERE id = ? AND person = ?"
    found = db.execute(sql, [id_, person]).fetchone()
    if found is None:
        return Settled("unknown")
    about, state, number, created = found
    if state != "waiting":
        return Settled(state, number or 0, about, before=True)
    return Settled("waiting" if created > now - WAIT_SECONDS else "expired", row=about)


def review_is_on(db: Database) -> bool:
    """Whether editors' changes wait for a reviewer; off until an owner switches it on."""
    found = db.execute("SELECT value FROM desk_settings WHERE name = 'review'").fetchone()
    return found is not None and found[0] == "on"


def set_review(db: Database, *, on: bool) -> bool:
    """Switch review on or off; False when it was so already. What waits goes on waiting."""
    with transaction(db):
        if review_is_on(db) == on:
            return False
        db.table("desk_settings").upsert({"name": "review", "value": "on" if on else "off"}, pk="name")
        return True


@dataclass(frozen=True, slots=True)
class Step:
    """`what`: the job; `state`: its own account of what was said so far. `update`: the message that led here."""

    what: str
    state: dict[str, Any] = field(default_factory=dict)
    update: str = ""


def step_of(db: Database, person: int, now: float) -> Step | None:
    """Where this person is; None after a day without an answer."""
    sql = "SELECT what, state, update_key FROM desk_steps WHERE person = ? AND at > ?"
    found = db.execute(sql, [person, now - WAIT_SECONDS]).fetchone()
    return None if found is None else Step(found[0], json.loads(found[1]), found[2])


def keep_step(db: Database, person: int, step: Step, now: float) -> None:
    """This person has come this far; whatever he was at before is left."""
    with transaction(db):
        sql = "INSERT OR REPLACE INTO desk_steps (person, what, state, update_key, at) VALUES (?, ?, ?, ?, ?)"
        db.execute(sql, [person, step.what, json.dumps(step.state), step.update, now])


def end_step(db: Database, person: int) -> bool:
    """This person is through, or has left it; False when there was nothing."""
    with transaction(db):
        return db.execute("DELETE FROM desk_steps WHERE person = ?", [person]).rowcount == 1


def at_work(db: Database) -> set[int]:
    """Everybody who is in the middle of something."""
    return {person for (person,) in db.execute("SELECT person FROM desk_steps")}
