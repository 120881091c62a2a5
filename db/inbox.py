"""The inbox: an update is stored before Telegram is told that it arrived, and emptied once it is dealt with.

Before an update is read it is counted, in `begun`: what ends the process while it is read is tried once more by the next
one, and no third time. When its answer is on its way the count is taken back (`excuse`): what ends the process then is not
in the update. Should it be, `attempts` are counted for good.

The statements are those of `db.activity`.
"""

from __future__ import annotations

from dataclasses import dataclass

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
