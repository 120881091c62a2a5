"""Changes that were read back to an editor and wait for his tap."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date

from sqlite_utils import Database

from db.connection import transaction
from db.edits import apply
from db.imports import cancel_imports
from db.proposals import Change, change_from, review
from db.publishing import proposal_of, propose
from db.waiting import KEEP_SECONDS, WAIT_SECONDS, Settled, look, new_id, review_is_on


def keep_draft(db: Database, change: Change, now: float, message: int = 0) -> str:
    """Keep a change until its author saves or cancels it, a day at most; the draft's id.

    `message`: the one that asked for it; should that be edited, this draft makes way for the next.
    """
    id_ = new_id()
    with transaction(db):
        db.execute("DELETE FROM drafts WHERE created < ?", [now - KEEP_SECONDS])
        sql = "INSERT INTO drafts (id, person, change, state, created, message) VALUES (?, ?, ?, 'waiting', ?, ?)"
        db.execute(sql, [id_, change.who, json.dumps(asdict(change)), now, message])
    return id_


def save_draft(db: Database, id_: str, person: int, today: date, now: float, *, free: bool = True) -> Settled:
    """Make the change, once: saving again tells the same number. Only its author can.

    Where review is on and its author is not `free` of it, the change is not made but proposed to the reviewers.
    Raises `ContentError` or `EditConflict` where the base has moved on; the draft is then as before.
    """
    with transaction(db):
        change = draft_of(db, id_, person, now)
        if isinstance(change, Settled):
            return change
        if not free and review_is_on(db):
            review(db, change, today)
            settled = Settled("proposed", propose(db, id_, person, change.row, change, now).id, change.row)
        else:
            settled = Settled("saved", apply(db, change, today), change.row)
        number = settled.number if settled.state == "saved" else None
        db.execute("UPDATE drafts SET state = 'saved', number = ? WHERE id = ?", [number, id_])
        return settled


def cancel_draft(db: Database, id_: str, person: int, now: float) -> Settled:
    """Drop a draft; one that is saved stays saved."""
    with transaction(db):
        change = draft_of(db, id_, person, now)
        if isinstance(change, Settled):
            return change
        db.execute("UPDATE drafts SET state = 'cancelled' WHERE id = ?", [id_])
        return Settled("cancelled", row=change.row)


def explain_draft(db: Database, id_: str, person: int, why: str, now: float) -> Change | Settled:
    """Give a draft its reason, in place of any before: the change; where it no longer waits, what has become of it."""
    with transaction(db):
        change = draft_of(db, id_, person, now)
        if isinstance(change, Settled):
            return change
        explained = replace(change, why=why)
        db.execute("UPDATE drafts SET change = ? WHERE id = ?", [json.dumps(asdict(explained)), id_])
        return explained


def draft_of(db: Database, id_: str, person: int, now: float) -> Change | Settled:
    """The change of a draft; where it no longer waits, what has become of it."""
    found = look(db, "drafts", "json_extract(change, '$.row')", id_, person, now)
    if found.state == "waiting":
        (text,) = db.execute("SELECT change FROM drafts WHERE id = ?", [id_]).fetchone()
        return change_from(text)
    if found.state == "saved" and not found.number and (kept := proposal_of(db, id_)):
        return Settled("proposed", kept.id, found.row, before=True)
    return found


def cancel_drafts_of(db: Database, person: int, message: int) -> int:
    """Drop what this message had asked for, as far as it waits; how many drafts that were."""
    with transaction(db):
        sql = "UPDATE drafts SET state = 'cancelled' WHERE person = ? AND message = ? AND state = 'waiting'"
        return int(db.execute(sql, [person, message]).rowcount)


def cancel_drafts(db: Database, person: int, now: float) -> int:
    """Drop everything that this person was about to save; how many there were."""
    with transaction(db):
        sql = "UPDATE drafts SET state = 'cancelled' WHERE person = ? AND state = 'waiting' AND created > ?"
        count = int(db.execute(sql, [person, now - WAIT_SECONDS]).rowcount)
        return count + cancel_imports(db, person)
