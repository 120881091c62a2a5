"""Whether what editors change waits for a reviewer: a switch that owners set."""

from __future__ import annotations

from sqlite_utils import Database

from db.connection import transaction


def review_is_on(db: Database) -> bool:
    """Whether editors' changes wait for a reviewer; off until an owner switches it on."""
    found = db.execute("SELECT value FROM desk_settings WHERE name = 'review'").fetchone()
    return found is not None and found[0] == "on"


def set_review(db: Database, *, on: bool) -> bool:
    """Switch review on or off; False when it was so already. What waits goes on waiting."""
    with transaction(db):
        if review_is_on(db) == on:
            return False
        sql = "INSERT OR REPLACE INTO desk_settings (name, value) VALUES ('review', ?)"
        db.execute(sql, ["on" if on else "off"])
        return True
