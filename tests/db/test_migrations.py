"""From an empty file to the present schema."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from db.activity_steps import activity_steps
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


REWRITTEN = {"text", "file"}
"""Columns that a later step keeps in another form."""


def shape(db: Database) -> set[tuple[str, str]]:
    """Every table with its columns, every index."""
    columns = {
        (table, f"{column.name} {column.type} {column.notnull} {column.default_value} {column.is_pk}")
        for table in db.table_names()
        for column in db.table(table).columns
    }
    indexes = {
        (table, repr(index.columns)) for table in db.table_names() for index in db.table(table).indexes
    }
    return columns | indexes


def fill(db: Database) -> dict[str, dict[str, object]]:
    """A row in every table that has none, with text and numbers wherever they may stand."""
    db.execute("PRAGMA foreign_keys = OFF")
    rows: dict[str, dict[str, object]] = {}
    for table in db.table_names():
        if table.startswith(("_", "sqlite_")) or db.table(table).count:
            continue
        allowed = dict(re.findall(r"CHECK \((\w+) IN \('?([^,')]+)", db.table(table).schema))
        row: dict[str, object] = {}
        for column in db.table(table).columns:
            number = column.type in ("INTEGER", "REAL", "FLOAT")
            value = allowed.get(column.name, 1 if number else f"{column.name} 1")
            blob = column.type == "BLOB"
            row[column.name] = int(value) if number else str(value).encode() if blob else value
        if "(change IS NULL) != (undoes IS NULL)" in db.table(table).schema:
            row["undoes"] = None
        db.table(table).insert(row)
        rows[table] = row
    return rows


@pytest.mark.parametrize("steps", [knowledge, activity_steps], ids=lambda steps: steps.name)
def test_from_every_earlier_schema_to_the_present_one_with_what_was_in_it(
    steps: Migrations, tmp_path: Path
) -> None:
    with open_database(tmp_path / "new.db") as db:
        migrate(db, knowledge)
        migrate(db, steps)
        present = shape(db)
    names = [step.name for step in steps._migrations]
    for name in names:
        with open_database(tmp_path / f"{name}.db") as db:
            if steps is not knowledge:
                migrate(db, knowledge)
            later = names[names.index(name) + 1 :]
            steps.apply(db, stop_before=later[0] if later else None)
            assert [step.name for step in steps.pending(db)] == later
            rows = fill(db)
            migrate(db, steps)
            assert shape(db) == present, name
            for table, row in rows.items():
                (found,) = db.table(table).rows
                kept = row.keys() - REWRITTEN
                same = {column for column in kept if found[column] == row[column]}
                assert same == kept, (name, table)


def test_files_that_waited_are_packed(tmp_path: Path) -> None:
    with open_database(tmp_path / "earlier.db") as db:
        knowledge.apply(db, stop_before="m006_packed_imports")
        rows = fill(db)
        migrate(db)
        (found,) = db.table("imports").rows
        assert zlib.decompress(found["file"]) == rows["imports"]["file"]
