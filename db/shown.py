"""Which figures an answer showed, and in which chat: for its table, and so that a correction reaches those who saw them.

The functions take the open activity database first.
"""

from __future__ import annotations

from sqlite_utils import Database

KEEP_SHOWN = 30 * 24 * 60 * 60
"""Seconds. Who saw a figure longer ago is not told of its correction, and its table is asked for anew."""


KEEP = (
    "INSERT OR IGNORE INTO shown (question, place, chat, figure, at)"
    " SELECT :question, key, :chat, value, :at FROM json_each(:figures)"
)
"""A step of `db.recording`: remember which figures the answer shows."""


def figures_of(db: Database, question: int, chat: int) -> tuple[str, ...]:
    """What was shown under `question`, in order; nothing to any other chat."""
    sql = "SELECT figure FROM shown WHERE question = ? AND chat = ? ORDER BY place"
    return tuple(figure for (figure,) in db.execute(sql, [question, chat]).fetchall())


def who_saw(db: Database, figure: str, since: float) -> list[int]:
    """The chats that were shown a figure since then."""
    sql = "SELECT DISTINCT chat FROM shown WHERE figure = ? AND at >= ? ORDER BY chat"
    return [chat for (chat,) in db.execute(sql, [figure, since]).fetchall()]
