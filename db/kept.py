"""Which tables say something about people, for how long, and how they are kept out of what leaves the machine.

`/riengtu` tells the same in words. A table that is neither here nor among the knowledge fails a test.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from db import following
from db.activity import (
    APOLOGY_SECONDS,
    KEEP_ANSWERS,
    KEEP_CHOICES,
    KEEP_QUESTIONS,
    KEEP_UPDATE_IDS,
)
from db.connection import transaction
from db.openings import CONTEXT_SECONDS, GUIDE_SECONDS
from db.recording import KEEP_ROWS, KEEP_SHOWN
from db.waiting import KEEP_SECONDS, WAIT_SECONDS


@dataclass(frozen=True, slots=True)
class Kept:
    """One table. `seconds`: the age at which its rows go, None where somebody has to take them away.

    `erased`: whether `/xoa_du_lieu` empties it for the conversation; what it leaves is said in `what`.
    """

    table: str
    what: str
    seconds: float | None
    erased: bool = True


KEPT = (
    Kept(
        "handled_updates",
        "ids of updates; a message itself only until it is answered",
        KEEP_UPDATE_IDS,
        False,
    ),
    Kept("chat_contexts", "what the last question was about", CONTEXT_SECONDS),
    Kept("guides", "steps of the guide", GUIDE_SECONDS),
    Kept("answers_sent", "ids of messages; with them for half an hour what they were asked in", KEEP_ANSWERS),
    Kept("choices", "buttons that were offered", KEEP_CHOICES),
    Kept("taps", "taps on them", KEEP_ANSWERS),
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
    ),
    Kept("follows", "what a chat asked to be told of", None),
    Kept("notices", "what a chat is told or was told of it", following.KEEP_NOTICES),
    Kept("apologies", "that a late answer was excused", APOLOGY_SECONDS),
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
    Kept("shown_rows", "ids of the rows that a message showed", KEEP_ROWS),
    Kept("activity_keys", "the key that hides conversations in `questions`", None, False),
)
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
