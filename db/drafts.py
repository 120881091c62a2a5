"""Changes that were read back to an editor and wait for his tap. They are rows, so a restart in between changes nothing."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Literal

from sqlite_utils import Database

from db.connection import transaction
from db.edits import apply
from db.gate import review_is_on
from db.imports import cancel_imports
from db.proposals import Change, change_from, review
from db.publishing import proposal_of, propose

DRAFT_SECONDS = 24 * 60 * 60
KEEP_DRAFTS = 7 * DRAFT_SECONDS

State = Literal["saved", "proposed", "cancelled", "expired", "unknown"]


@dataclass(frozen=True, slots=True)
class Settled:
    """What has become of a draft. `number`: its change in the history, once saved, or its proposal; `row`: what it
    was about.

    `before`: it had come to that before this call.
    """

    state: State
    number: int = 0
    row: str = ""
    before: bool = False


def keep_draft(db: Database, change: Change, now: float, message: int = 0) -> str:
    """Keep a change until its author saves or cancels it, a day at most; the draft's id, 12 characters.

    `message`: the one that asked for it; should that be edited, this draft makes way for the next.
    """
    id_ = secrets.token_urlsafe(9)
    with transaction(db):
        db.execute("DELETE FROM drafts WHERE created < ?", [now - KEEP_DRAFTS])
        sql = "INSERT INTO drafts (id, person, change, state, created, message) VALUES (?, ?, ?, 'waiting', ?, ?)"
        db.execute(sql, [id_, change.who, json.dumps(asdict(change)), now, message])
    return id_


def save_draft(db: Database, id_: str, person: int, today: date, now: float, *, free: bool = True) -> Settled:
    """Make the change, once: saving again tells the same number. Only its author can.

    Where review is on and its author is not `free` of it, the change is not made but proposed to the reviewers.
    Raises `ContentError` or `EditConflict` where the base has moved on; the draft is then as before.
    """
    with transaction(db):
        settled, change = _look(db, id_, person, now)
        if change is None:
            return settled
        if not free and review_is_on(db):
            review(db, change, today)
            found = propose(db, id_, person, change.row, change, now)
            db.execute("UPDATE drafts SET state = 'saved' WHERE id = ?", [id_])
            return Settled("proposed", found.id, change.row)
        number = apply(db, change, today)
        db.execute("UPDATE drafts SET state = 'saved', number = ? WHERE id = ?", [number, id_])
        return Settled("saved", number, change.row)


def cancel_draft(db: Database, id_: str, person: int, now: float) -> Settled:
    """Drop a draft; one that is saved stays saved."""
    with transaction(db):
        settled, change = _look(db, id_, person, now)
        if change is None:
            return settled
        db.execute("UPDATE drafts SET state = 'cancelled' WHERE id = ?", [id_])
        return Settled("cancelled", row=change.row)


def explain_draft(db: Database, id_: str, person: int, why: str, now: float) -> Change | Settled:
    """Give a draft its reason, in place of any before: the change; where it no longer waits, what has become of it."""
    with transaction(db):
        settled, change = _look(db, id_, person, now)
        if change is None:
            return settled
        explained = replace(change, why=why)
        db.execute("UPDATE drafts SET change = ? WHERE id = ?", [json.dumps(asdict(explained)), id_])
        return explained


def draft_of(db: Database, id_: str, person: int, now: float) -> Change | Settled:
    """The change of a draft; where it no longer waits, what has become of it."""
    settled, change = _look(db, id_, person, now)
    return settled if change is None else change


def cancel_drafts_of(db: Database, person: int, message: int) -> int:
    """Drop what this message had asked for, as far as it waits; how many drafts that were."""
    with transaction(db):
        sql = "UPDATE drafts SET state = 'cancelled' WHERE person = ? AND message = ? AND state = 'waiting'"
        return int(db.execute(sql, [person, message]).rowcount)


def cancel_drafts(db: Database, person: int, now: float) -> int:
    """Drop everything that this person was about to save; how many there were."""
    with transaction(db):
        sql = "UPDATE drafts SET state = 'cancelled' WHERE person = ? AND state = 'waiting' AND created > ?"
        count = int(db.execute(sql, [person, now - DRAFT_SECONDS]).rowcount)
        return count + cancel_imports(db, person)


def _look(db: Database, id_: str, person: int, now: float) -> tuple[Settled, Change | None]:
    """Where a draft stands, and its change while it waits."""
    sql = "SELECT change, state, number, created FROM drafts WHERE id = ? AND person = ?"
    found = db.execute(sql, [id_, person]).fetchone()
    if found is None:
        return Settled("unknown"), None
    text, state, number, created = found
    change = change_from(json.loads(text))
    if state == "saved" and number is None and (kept := proposal_of(db, id_)):
        return Settled("proposed", kept.id, change.row, before=True), None
    if state != "waiting":
        return Settled(state, number or 0, change.row, before=True), None
    if created <= now - DRAFT_SECONDS:
        return Settled("expired", row=change.row), None
    return Settled("unknown"), change
