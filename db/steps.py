"""Where somebody is who does something step by step: one row each, so that a restart in between changes nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from db.connection import transaction

STEP_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Step:
    """`what`: the job; `state`: its own account of what was said so far. `update`: the message that led here."""

    what: str
    state: dict[str, Any] = field(default_factory=dict)
    update: str = ""


def step_of(db: Database, person: int, now: float) -> Step | None:
    """Where this person is; None after a day without an answer."""
    sql = "SELECT what, state, update_key FROM desk_steps WHERE person = ? AND at > ?"
    found = db.execute(sql, [person, now - STEP_SECONDS]).fetchone()
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
