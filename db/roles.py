"""Who may edit. Owners come from the settings; here are those whom owners have let in, by their numeric Telegram ids."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlite_utils import Database

from db.connection import transaction
from db.imports import cancel_imports

Given = Literal["editor", "reviewer"]
"""A role that can be given; a reviewer may do all that an editor may."""


@dataclass(frozen=True, slots=True)
class Editor:
    """Somebody who may change the knowledge, and who let him in, when (UTC)."""

    person: int
    added_by: int
    at: str
    role: Given = "editor"


def editors(db: Database) -> list[Editor]:
    """Everybody who was let in, the longest there first."""
    rows = db.execute("SELECT person, added_by, at, role FROM roles ORDER BY at, person").fetchall()
    return [Editor(*row) for row in rows]


def role_given(db: Database, person: int) -> Given | None:
    """What this person was let in as; None for anybody else."""
    found = db.execute("SELECT role FROM roles WHERE person = ?", [person]).fetchone()
    return None if found is None else found[0]


def keep_name(db: Database, person: int, name: str) -> None:
    """What this person is called, as Telegram last had it."""
    with transaction(db):
        db.execute("INSERT OR REPLACE INTO people (person, name) VALUES (?, ?)", [person, name])


def names_of(db: Database) -> dict[int, str]:
    """What everybody is called who has given a command."""
    return dict(db.execute("SELECT person, name FROM people").fetchall())


def add_editor(db: Database, person: int, by: int, role: Given = "editor") -> bool:
    """Let somebody in, or give him another role; False when he has it already."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    with transaction(db):
        sql = (
            "INSERT INTO roles (person, role, added_by, at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (person) DO UPDATE SET role = excluded.role, added_by = excluded.added_by, at = excluded.at"
            " WHERE role != excluded.role"
        )
        return db.execute(sql, [person, role, by, at]).rowcount == 1


def remove_editor(db: Database, person: int) -> bool:
    """Show somebody out, and drop what he was about to save; False when he was not in."""
    with transaction(db):
        sql = "UPDATE drafts SET state = 'cancelled' WHERE person = ? AND state = 'waiting'"
        db.execute(sql, [person])
        db.execute("DELETE FROM desk_steps WHERE person = ?", [person])
        cancel_imports(db, person)
        db.execute("DELETE FROM readings WHERE person = ?", [person])
        db.execute("DELETE FROM people WHERE person = ?", [person])
        return db.execute("DELETE FROM roles WHERE person = ?", [person]).rowcount == 1
