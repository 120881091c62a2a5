"""How the bot is used, and how its base stands: counts only, no words of questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from sqlite_utils import Database

from db.connection import transaction
from db.content import read_meta, set_meta
from db.fields import type_of_record

VIETNAM = timezone(timedelta(hours=7))
MOST_KINDS, MOST_TOPICS = 6, 40
CHECKED = {"entries": "title", "documents": "title", "support_levels": "name"}
"""Tables whose rows have a status, with the column that names a row."""


def day_of(seconds: float) -> date:
    """The day in Vietnam at a time in seconds since 1970."""
    return datetime.fromtimestamp(seconds, VIETNAM).date()


@dataclass(frozen=True, slots=True)
class Day:
    """Questions of one day."""

    day: date
    answered: int = 0
    asked_back: int = 0
    no_answer: int = 0


@dataclass(frozen=True, slots=True)
class Usage:
    """What was asked on the days named, each of which is there. `topics`: (`indicator:…`, `region:…`, …, how often).

    `gaps`: questions of these days that editors could do something about.
    """

    days: tuple[Day, ...]
    kinds: tuple[tuple[str, int], ...]
    topics: tuple[tuple[str, int], ...]
    gaps: int
    liked: int
    disliked: int


def usage(db: Database, until: date, days: int) -> Usage:
    """The `days` days that end with `until`."""
    first = until - timedelta(days=days - 1)
    span = [first.isoformat(), until.isoformat()]
    counts: dict[str, dict[str, int]] = {}
    sql = "SELECT day, status, count(*) FROM questions WHERE day BETWEEN ? AND ? GROUP BY day, status"
    for day, status, count in db.execute(sql, span):
        counts.setdefault(day, {})[status] = count
    every = (first + timedelta(days=number) for number in range(days))
    sql = (
        "SELECT kind, count(*) AS n FROM questions WHERE day BETWEEN ? AND ? AND status = 'answered'"
        " GROUP BY kind ORDER BY n DESC, kind LIMIT ?"
    )
    kinds = tuple(db.execute(sql, [*span, MOST_KINDS]).fetchall())
    sql = (
        "SELECT one.value, count(*) AS n FROM questions, json_each(questions.topics) AS one"
        " WHERE day BETWEEN ? AND ? GROUP BY one.value ORDER BY one.value LIKE 'way:%' DESC, n DESC, one.value LIMIT ?"
    )
    topics = tuple(db.execute(sql, [*span, MOST_TOPICS]).fetchall())
    sql = "SELECT count(*) FROM questions WHERE day BETWEEN ? AND ? AND gap != ''"
    ((gaps,),) = db.execute(sql, span).fetchall()
    sql = (
        "SELECT rating, count(*) FROM feedback JOIN questions ON questions.id = feedback.question"
        " WHERE day BETWEEN ? AND ? GROUP BY rating"
    )
    ratings: dict[int, int] = dict(db.execute(sql, span).fetchall())
    return Usage(
        tuple(Day(day, **counts.get(day.isoformat(), {})) for day in every),
        kinds,
        topics,
        gaps,
        ratings.get(1, 0),
        ratings.get(-1, 0),
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """How the base stands. Times are UTC, ISO, empty where it never happened; `changed`: in place, since it was built;
    `edited`, `row`: the last change in the history; `rows`: table → count; `questions`: how many are kept; `waiting`:
    drafts nobody has saved yet."""

    size: int
    built: str
    changed: bool
    edited: str
    row: str
    backup: str
    rows: Mapping[str, int]
    questions: int
    waiting: int
    pending: int | None
    """Changes that wait for a reviewer; None where there is no review."""


def standing(db: Database, path: Path) -> Standing:
    """The state of the database at `path`, which is `db`."""
    meta = read_meta(db)
    last = db.execute("SELECT at, row_id FROM changes ORDER BY id DESC LIMIT 1").fetchone() or ("", "")
    files = (path, path.with_name(f"{path.name}-wal"))
    pending = None
    if "proposals" in db.table_names():
        pending = db.table("proposals").count_where("state = 'waiting'")
    ((waiting,),) = db.execute("SELECT count(*) FROM drafts WHERE state = 'waiting'").fetchall()
    return Standing(
        sum(file.stat().st_size for file in files if file.exists()),
        meta.get("built_at", ""),
        bool(meta.get("edited_at")),
        last[0],
        last[1],
        meta.get("backup_at", ""),
        {table: db.table(table).count for table in type_of_record},
        db.table("questions").count,
        waiting,
        pending,
    )


def to_check(db: Database, limit: int, offset: int = 0) -> tuple[int, list[tuple[str, str, str]]]:
    """Rows marked `needs_check`: how many, and some of them as (table, id, name), by table and id."""
    parts = [
        f"SELECT '{table}' AS place, id, {name} AS name FROM {table} WHERE status = 'needs_check'"
        for table, name in CHECKED.items()
    ]
    rows = " UNION ALL ".join(parts)
    ((count,),) = db.execute(f"SELECT count(*) FROM ({rows})").fetchall()
    sql = f"SELECT place, id, name FROM ({rows}) ORDER BY place, id LIMIT ? OFFSET ?"
    return count, [(place, id_, name) for place, id_, name in db.execute(sql, [limit, offset])]


def note_backup(db: Database) -> None:
    """Remember that a copy of the database was made now."""
    with transaction(db):
        set_meta(db, backup_at=datetime.now(UTC).isoformat(timespec="seconds"))
