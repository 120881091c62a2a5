"""Which tables say something about people, for how long, and how they are kept out of what leaves the machine.

`/riengtu` tells the same in words. A table that is neither here nor among the knowledge fails a test.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from db.connection import transaction
from db.following import KEEP_NOTICES
from db.openings import CONTEXT_SECONDS, GUIDE_SECONDS
from db.recording import KEEP_ROWS, KEEP_SHOWN
from db.waiting import KEEP_SECONDS, WAIT_SECONDS

DAY = 24 * 60 * 60
APOLOGY_SECONDS = 60 * 60
KEEP_UPDATE_IDS = 7 * DAY  # Telegram keeps an update for one day
KEEP_ANSWERS = 3 * DAY  # a message can be edited for two days
KEEP_CHOICES = 90 * DAY
KEEP_QUESTIONS = 365 * DAY


@dataclass(frozen=True, slots=True)
class Kept:
    """One table. `seconds`: the age at which its rows go, None where somebody has to take them away; `at`: the column of
    times that alone decides (`PRUNING`).

    `erased`: whether `/xoa_du_lieu` empties it for the conversation; what it leaves is said in `what`.
    """

    table: str
    what: str
    seconds: float | None
    erased: bool = True
    at: str = ""


KEPT = (
    Kept(
        "handled_updates",
        "ids of updates; a message itself only until it is answered",
        KEEP_UPDATE_IDS,
        False,
    ),
    Kept("chat_contexts", "what the last question was about", CONTEXT_SECONDS, at="updated_at"),
    Kept("guides", "steps of the guide", GUIDE_SECONDS, at="updated_at"),
    Kept(
        "answers_sent",
        "ids of messages; with them for half an hour what they were asked in",
        KEEP_ANSWERS,
        at="sent_at",
    ),
    Kept("choices", "buttons that were offered", KEEP_CHOICES, at="created"),
    Kept("taps", "taps on them", KEEP_ANSWERS, at="at"),
    Kept(
        "questions",
        "texts of questions without an answer; of others the outcome; no id of a person",
        KEEP_QUESTIONS,
    ),
    Kept("feedback", "thumbs up or down, with its question", KEEP_QUESTIONS),
    Kept("shown", "ids of the figures that an answer showed", KEEP_SHOWN),
    Kept(
        "recent_texts",
        "texts of the questions of the last days, without what is personal in them",
        KEEP_ANSWERS,
        at="at",
    ),
    Kept("follows", "what a chat asked to be told of", None),
    Kept("notices", "what a chat is told or was told of it", KEEP_NOTICES, at="at"),
    Kept("apologies", "that a late answer was excused", APOLOGY_SECONDS, at="at"),
    Kept(
        "gap_decisions", "what an editor said of a question; its text without what is personal", None, False
    ),
    Kept("marks", "how far the changes were told to followers; nothing about people", None, False),
    Kept("roles", "ids of editors, while they are", None, False),
    Kept("people", "what editors are called, while they are", None, False),
    Kept("drafts", "changes that editors have not saved", KEEP_SECONDS, False),
    Kept("imports", "files that editors have sent and not saved", KEEP_SECONDS, False),
    Kept("layouts", "what editors answered about sheets of a layout; nothing about people", None, False),
    Kept("readings", "reports that editors take figures out of", WAIT_SECONDS, False),
    Kept("desk_settings", "whether review is on; nothing about people", None, False),
    Kept("proposals", "what editors propose, with what became of it", None, False),
    Kept("desk_steps", "where an editor is who does something step by step", None, False),
    Kept("shown_rows", "ids of the rows that a message showed", KEEP_ROWS, at="at"),
    Kept("activity_keys", "the key that hides conversations in `questions`", None, False),
)
PRUNING: tuple[tuple[str, float], ...] = (
    *((f"DELETE FROM {one.table} WHERE {one.at} < ?", one.seconds or 0) for one in KEPT if one.at),
    ("UPDATE answers_sent SET context = NULL WHERE context IS NOT NULL AND sent_at < ?", CONTEXT_SECONDS),
    # In the order of questions.
    ("DELETE FROM shown WHERE question < 1000 * ?1 AND at < ?1", KEEP_SHOWN),
    ("DELETE FROM gap_decisions WHERE until < ?", 0),
    ("DELETE FROM handled_updates WHERE payload IS NULL AND at < ?", KEEP_UPDATE_IDS),
)
"""What deletes rows that have reached their age in seconds; questions go by their day."""

HISTORY = (
    "changes"  # part of the knowledge (with `import_rows`), with the id of the editor who made each change
)
NOBODY = 0


def personal_tables() -> frozenset[str]:
    """The names of the tables above."""
    return frozenset(kept.table for kept in KEPT)


def strip(db: Database) -> None:
    """Take out of a copy everything about people; nothing of it is left in free pages either."""
    with transaction(db):
        for table in sorted(personal_tables() & set(db.table_names())):
            db.execute(f"DELETE FROM [{table}]")
        if HISTORY in db.table_names():
            db.execute(f"UPDATE [{HISTORY}] SET who = ?", [NOBODY])
    db.execute("VACUUM")
