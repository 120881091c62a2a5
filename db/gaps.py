"""Questions that nobody could answer, as they are kept: without any id of a person."""

from __future__ import annotations

from sqlite_utils import Database


def unanswered(db: Database, limit: int = 2000) -> list[tuple[str, int]]:
    """(question, how often), those asked last first."""
    sql = (
        "SELECT text, count(*) FROM questions WHERE status = 'no_answer' AND text != ''"
        " GROUP BY text ORDER BY max(id) DESC LIMIT ?"
    )
    return [(text, count) for text, count in db.execute(sql, [limit])]
