"""The inbox: an update is stored before Telegram is told that it arrived, and emptied once it is dealt with.

Before an update is read it is counted, in `begun`: what ends the process while it is read is tried once more by the next
one, and no third time. When its answer is on its way the count is taken back (`excuse`): what ends the process then is not
in the update. Should it be, `attempts` are counted for good.

The functions take the open activity database first.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

MOST_BEGUN = 2
"""Processes that may end while they read one update, before it is set aside."""
MOST_ATTEMPTS = 10
"""Processes that may end while they deal with one update at all."""

SETTLE = "UPDATE handled_updates SET payload = NULL WHERE id = :update"


@dataclass(frozen=True, slots=True)
class Pending:
    """An update that no answer went out for. `begun`: how many processes ended while they read it."""

    id: int
    payload: str
    begun: int
    attempts: int

    @property
    def dangerous(self) -> bool:
        """It may be what has ended them: not to be read again."""
        return self.begun >= MOST_BEGUN or self.attempts >= MOST_ATTEMPTS


def admit(db: Database, update: int, payload: str | None, now: float) -> bool:
    """Store a new update; False when this id was stored before, handled or not. Without a payload it counts as handled."""
    sql = "INSERT OR IGNORE INTO handled_updates (id, payload, attempts, at) VALUES (?, ?, 0, ?)"
    return db.execute(sql, (update, payload, now)).rowcount == 1


def begin(db: Database, update: int) -> None:
    """Count: from now on the update is read."""
    sql = "UPDATE handled_updates SET begun = begun + 1, attempts = attempts + 1 WHERE id = ?"
    db.execute(sql, (update,))


def excuse(db: Database, update: int) -> None:
    """Take one count back."""
    db.execute("UPDATE handled_updates SET begun = max(begun - 1, 0) WHERE id = ?", (update,))


def pending(db: Database) -> list[Pending]:
    """What no answer went out for, oldest first."""
    sql = "SELECT id, payload, begun, attempts FROM handled_updates WHERE payload IS NOT NULL ORDER BY id"
    return [Pending(*row) for row in db.execute(sql).fetchall()]


def settle(db: Database, update: int) -> None:
    """The update is dealt with: its id stays, its content goes."""
    db.execute(SETTLE, {"update": update})
