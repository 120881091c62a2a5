"""Which figures an answer showed, and in which chat: for its table, and so that a correction reaches those who saw them.

The functions take the open activity database first.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

KEEP_SHOWN = 30 * 24 * 60 * 60
"""Seconds. Who saw a figure longer ago is not told of its correction, and its table is asked for anew."""


def keep(db: Database, question: int, chat: int, figures: Sequence[str], now: float) -> None:
    """Remember the ids of the figures that the answer to `question` shows. The caller holds the transaction."""
    sql = "INSERT OR IGNORE INTO shown (question, place, chat, figure, at) VALUES (?, ?, ?, ?, ?)"
    for place, figure in enumerate(figures):
        db.execute(sql, [question, place, chat, figure, now])


def figures_of(db: Database, question: int, chat: int) -> tuple[str, ...]:
    """What was shown under `question`, in order; nothing to any other chat."""
    sql = "SELECT figure FROM shown WHERE question = ? AND chat = ? ORDER BY place"
    return tuple(figure for (figure,) in db.execute(sql, [question, chat]).fetchall())


def who_saw(db: Database, figure: str, since: float) -> list[int]:
    """The chats that were shown a figure since then."""
    sql = "SELECT DISTINCT chat FROM shown WHERE figure = ? AND at >= ? ORDER BY chat"
    return [chat for (chat,) in db.execute(sql, [figure, since]).fetchall()]
