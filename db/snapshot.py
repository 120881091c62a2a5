"""Tables → the immutable base from which every answer is made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlite_utils import Database

from db.connection import one_moment, open_read_only
from db.content import read_rows
from knowledge.base import KnowledgeBase


def snapshot(db: Database) -> KnowledgeBase:
    """The base as the tables hold it at one moment."""
    with one_moment(db):
        rows = read_rows(db)
    records: dict[str, Any] = {table: [row.record for row in rows[table]] for table in rows}
    return KnowledgeBase(levels=records.pop("support_levels"), **records)


def load(path: str | Path) -> KnowledgeBase:
    """The base of a database file. Raises `DatabaseMissing`."""
    with open_read_only(path) as db:
        return snapshot(db)
