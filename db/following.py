"""Who follows what, and what is to be told to whom: an outbox that is filled with the changes and emptied by sending.

The functions take the open database first (`Activity.carry_out`). Filling is one transaction with the mark of how far
the changes were read, so that a change reaches the outbox once, whatever is killed when.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlite_utils import Database

from db.connection import transaction
from db.content import decode
from db.history import Done, rows_since
from knowledge.records import Figure

MOST_FOLLOWED = 30
"""Subjects that one chat may follow."""

_TOLD = (
    "indicator", "measure", "of", "against", "programme", "region", "period", "value", "value_max", "unit", "qualifier",
    "as_printed", "label",
)  # fmt: skip
"""Fields of a figure that an answer tells; who saw it is told when one of them changes."""

KEEP_NOTICES = 30 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be told to one chat. `kind`: `new` with the subject that it matched, or `corrected` with the value that
    was shown before."""

    chat: int
    change: int
    kind: str
    table: str
    row: str
    about: str


def follow(db: Database, chat: int, subject: str, now: float) -> bool:
    """False when the chat follows as much as it may, or this already."""
    begin(db)
    with transaction(db):
        ((count,),) = db.execute("SELECT count(*) FROM follows WHERE chat = ?", [chat]).fetchall()
        if count >= MOST_FOLLOWED:
            return False
        sql = "INSERT OR IGNORE INTO follows (chat, subject, at) VALUES (?, ?, ?)"
        return bool(db.execute(sql, [chat, subject, now]).rowcount == 1)


def unfollow(db: Database, chat: int, subject: str | None = None) -> int:
    """Stop following one subject, or everything; how many those were."""
    with transaction(db):
        if subject is None:
            return int(db.execute("DELETE FROM follows WHERE chat = ?", [chat]).rowcount)
        sql = "DELETE FROM follows WHERE chat = ? AND subject = ?"
        return int(db.execute(sql, [chat, subject]).rowcount)


def followed(db: Database, chat: int | None = None) -> list[tuple[int, str]]:
    """(chat, subject), of one chat or of all, in the order in which they were asked for."""
    sql = "SELECT chat, subject FROM follows WHERE ?1 IS NULL OR chat = ?1 ORDER BY at, rowid"
    return [(of, subject) for of, subject in db.execute(sql, [chat]).fetchall()]


def begin(db: Database) -> None:
    """Once, when nothing was read yet: changes that were made before are told to nobody."""
    sql = "UPDATE marks SET value = (SELECT coalesce(max(id), 0) FROM changes) WHERE name = 'changes' AND value = -1"
    with transaction(db):
        db.execute(sql)


def unread(db: Database, before: str) -> list[Done]:
    """Changes after the mark, the oldest first, each row of an import its own; none until the last of them was made before
    this time (ISO)."""
    found = list(rows_since(db, mark(db)))
    return found if found and found[-1].at < before else []


def enqueue(db: Database, after: int, upto: int, notices: Iterable[Notice], now: float) -> bool:
    """Put the notices of the changes from `after` (exclusive) to `upto` in the outbox, and the mark at `upto`.

    False, and nothing is written, where somebody else has moved the mark.
    """
    with transaction(db):
        sql = "UPDATE marks SET value = ? WHERE name = 'changes' AND value = ?"
        if db.execute(sql, [upto, after]).rowcount != 1:
            return False
        sql = (
            'INSERT OR IGNORE INTO notices (chat, change, kind, "table", row_id, about, state, at)'
            " VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?)"
        )
        for one in notices:
            db.execute(sql, [one.chat, one.change, one.kind, one.table, one.row, one.about, now])
    return True


def mark(db: Database) -> int:
    """The number of the last change that was read."""
    ((value,),) = db.execute("SELECT value FROM marks WHERE name = 'changes'").fetchall()
    return int(value)


def next_chat(db: Database, but: Collection[int] = ()) -> tuple[int, list[Notice]] | None:
    """The chat that has waited longest, with all that waits for it; None when nobody waits `but` these."""
    sql = "SELECT chat FROM notices WHERE state = 'waiting' GROUP BY chat ORDER BY min(at), min(rowid)"
    chat = next((one for (one,) in db.execute(sql).fetchall() if one not in but), None)
    if chat is None:
        return None
    sql = (
        'SELECT chat, change, kind, "table", row_id, about FROM notices'
        " WHERE state = 'waiting' AND chat = ? ORDER BY change, rowid"
    )
    return chat, [Notice(*row) for row in db.execute(sql, [chat]).fetchall()]


def told(db: Database, chat: int, upto: int) -> None:
    """The chat has been told of everything up to this change."""
    with transaction(db):
        sql = "UPDATE notices SET state = 'told' WHERE chat = ? AND change <= ? AND state = 'waiting'"
        db.execute(sql, [chat, upto])


def gone(db: Database, chat: int) -> None:
    """Nobody is there any more (the bot was blocked): nothing is followed, nothing waits."""
    with transaction(db):
        db.execute("DELETE FROM follows WHERE chat = ?", [chat])
        db.execute("DELETE FROM notices WHERE chat = ?", [chat])
        db.execute("DELETE FROM shown WHERE chat = ?", [chat])


def told_before(change: Done) -> str:
    """The cells of a figure that were told and are so no more, as JSON; empty where nothing that is told changed."""
    cells = change.before or {}
    if change.after is not None:
        cells = {name: cells[name] for name in _TOLD if name in cells}
    return json.dumps(cells, ensure_ascii=False) if cells else ""


def figure_before(told: Sequence[str], now: Figure | None) -> Figure | None:
    """The figure as it was before the first of its changes (`told_before` of each, the oldest first).

    None where it is gone now and the changes do not hold it whole.
    """
    cells: list[dict[str, Any]] = [json.loads(one) for one in told]
    figure = now
    if figure is None:
        whole = next((one for one in reversed(cells) if "source" in one), None)
        if whole is None:
            return None
        figure = decode("figures", {"file": "", **whole}).record
    for one in reversed(cells):
        old = {name: one[name] for name in _TOLD if name in one}
        figure = replace(
            figure, **{name: "" if old[name] is None and name == "region" else old[name] for name in old}
        )
    return figure
