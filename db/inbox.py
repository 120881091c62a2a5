"""The inbox: an update is stored before Telegram is told that it arrived, and emptied once it is dealt with.

Before an update is read it is counted, in `attempts`: what ends the process while it is read is tried once more by the
next one, and no third time. Whoever waits for something outside takes the count back (`excuse`): what ends the process
then is not in the update.

The functions take the open activity database first.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

MOST_BEGUN = 2
"""Processes that may end while they read one update, before it is set aside."""

SETTLE = "UPDATE handled_updates SET payload = NULL WHERE id = :update"


@dataclass(frozen=True, slots=True)
class Pending:
    """An update that no answer went out for. `begun`: how many processes ended while they read it."""

    id: int
    payload: str
    begun: int

    @property
    def dangerous(self) -> bool:
        """It may be what has ended them: not to be read again."""
        return self.begun >= MOST_BEGUN


def admit(db: Database, update: int, payload: str | None, now: float) -> bool:
    """Store a new update; False when this id was stored before, handled or not. Without a payload it counts as handled."""
    sql = "INSERT OR IGNORE INTO handled_updates (id, payload, attempts, at) VALUES (?, ?, 0, ?)"
    return db.execute(sql, (update, payload, now)).rowcount == 1


def begin(db: Database, update: int) -> None:
    """Count: from now on the update is read."""
    db.execute("UPDATE handled_updates SET attempts = attempts + 1 WHERE id = ?", (update,))


def excuse(db: Database, update: int) -> None:
    """Take one count back."""
    db.execute("UPDATE handled_updates SET attempts = max(attempts - 1, 0) WHERE id = ?", (update,))


def pending(db: Database) -> list[Pending]:
    """What no answer went out for, oldest first."""
    sql = "SELECT id, payload, attempts FROM handled_updates WHERE payload IS NOT NULL ORDER BY id"
    return [Pending(*row) for row in db.execute(sql).fetchall()]


def settle(db: Database, update: int) -> None:
    """The update is dealt with: its id stays, its content goes."""
    db.execute(SETTLE, {"update": update})
