"""Who may edit. Owners come from the settings; here are those whom owners have let in, by their numeric Telegram ids."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlite_utils import Database

from db.connection import transaction
from db.imports import cancel_imports


@dataclass(frozen=True, slots=True)
class Editor:
    """Somebody who may change the knowledge, and who let him in, when (UTC)."""

    person: int
    added_by: int
    at: str


def editors(db: Database) -> list[Editor]:
    """Everybody who was let in, the longest there first."""
    rows = db.execute("SELECT person, added_by, at FROM roles ORDER BY at, person").fetchall()
    return [Editor(*row) for row in rows]


def is_editor(db: Database, person: int) -> bool:
    """Whether this person was let in."""
    return db.execute("SELECT 1 FROM roles WHERE person = ?", [person]).fetchone() is not None


def add_editor(db: Database, person: int, by: int) -> bool:
    """Let somebody in; False when he is in already."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    with transaction(db):
        sql = "INSERT OR IGNORE INTO roles (person, role, added_by, at) VALUES (?, 'editor', ?, ?)"
        return db.execute(sql, [person, by, at]).rowcount == 1


def remove_editor(db: Database, person: int) -> bool:
    """Show somebody out, and drop what he was about to save; False when he was not in."""
    with transaction(db):
        sql = "UPDATE drafts SET state = 'cancelled' WHERE person = ? AND state = 'waiting'"
        db.execute(sql, [person])
        cancel_imports(db, person)
        db.execute("DELETE FROM readings WHERE person = ?", [person])
        return db.execute("DELETE FROM roles WHERE person = ?", [person]).rowcount == 1
