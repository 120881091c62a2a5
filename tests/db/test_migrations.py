"""From an empty file to the present schema."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from db.connection import open_database
from db.errors import SchemaError
from db.fields import type_of_record
from db.migrations import knowledge, migrate


def test_from_nothing_to_all_tables(empty: Database) -> None:
    assert not knowledge.pending(empty)
    assert {*type_of_record, "meta"} <= set(empty.table_names())
    named = {
        (key.table, key.column, key.other_table)
        for t in type_of_record
        for key in empty.table(t).foreign_keys
    }
    assert ("figures", "source", "sources") in named
    assert ("figures", "indicator", "indicators") in named
    assert ("figures", "region", "regions") in named


def test_every_step_says_what_it_does() -> None:
    assert all(step.fn.__doc__ for step in knowledge._migrations)


def test_a_second_run_writes_nothing(empty: Database) -> None:
    before = empty.execute("PRAGMA data_version").fetchone(), empty.conn.total_changes
    migrate(empty)
    assert (empty.execute("PRAGMA data_version").fetchone(), empty.conn.total_changes) == before


def test_a_step_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    steps = Migrations("trial")

    @steps()
    def m001(db: Database) -> None:
        db.table("one").create({"id": int})

    @steps()
    def m002(db: Database) -> None:
        db.table("two").create({"id": int})
        raise ZeroDivisionError

    with open_database(tmp_path / "kb.db") as db:
        with pytest.raises(ZeroDivisionError):
            migrate(db, steps)
        assert db.table_names() == []


def test_a_file_of_a_newer_version_is_refused(empty: Database) -> None:
    empty.table(Migrations.migrations_table).insert(
        {"migration_set": "knowledge", "name": "m999_later", "applied_at": "2030-01-01"}
    )
    with pytest.raises(SchemaError, match="m999_later"):
        migrate(empty)
