"""The inbox: an update is stored before Telegram is told that it arrived, and emptied once it is dealt with.

The functions take the open activity database first.
"""

from __future__ import annotations

from sqlite_utils import Database

from db.connection import transaction

MAX_ATTEMPTS = 10
"""So many processes may take up one update. What is unfinished after them may be what has ended them."""

SETTLE = "UPDATE handled_updates SET payload = NULL WHERE id = ?"


def admit(db: Database, update: int, payload: str | None, now: float) -> bool:
    """Store a new update; False when this id was stored before, handled or not. Without a payload it counts as handled."""
    sql = "INSERT OR IGNORE INTO handled_updates (id, payload, attempts, at) VALUES (?, ?, 1, ?)"
    return db.execute(sql, (update, payload, now)).rowcount == 1


def pending(db: Database) -> list[str]:
    """The payloads that no answer went out for, oldest first. Each call counts as one more attempt at them."""
    with transaction(db):
        db.execute("UPDATE handled_updates SET attempts = attempts + 1 WHERE payload IS NOT NULL")
        db.execute("UPDATE handled_updates SET payload = NULL WHERE attempts > ?", (MAX_ATTEMPTS,))
        sql = "SELECT payload FROM handled_updates WHERE payload IS NOT NULL ORDER BY id"
        return [payload for (payload,) in db.execute(sql).fetchall()]


def settle(db: Database, update: int) -> None:
    """The update is dealt with: its id stays, its content goes."""
    db.execute(SETTLE, (update,))
