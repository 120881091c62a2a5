"""Opening, transactions, and two processes that write at once."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from db.connection import open_database, open_read_only, transaction
from db.errors import DatabaseMissing

ROOT = Path(__file__).parents[2]

COUNTER = """
import sys
from db.connection import open_database, transaction
with open_database(sys.argv[1]) as db:
    for _ in range(100):
        with transaction(db):
            count = db.execute("SELECT n FROM counter").fetchone()[0]
            db.execute("UPDATE counter SET n = ?", [count + 1])
"""

FIRST_START = """
import sys
from db.connection import open_database
from db.migrations import migrate
with open_database(sys.argv[1]) as db:
    migrate(db)
    print(db.table("figures").exists())
"""


def start(code: str, path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_pragmas(tmp_path: Path) -> None:
    with open_database(tmp_path / "new" / "kb.db") as db:
        for pragma, value in [
            ("journal_mode", "wal"),
            ("foreign_keys", 1),
            ("synchronous", 2),
            ("busy_timeout", 10_000),
        ]:
            assert db.execute(f"PRAGMA {pragma}").fetchone()[0] == value


def test_two_processes_that_read_then_write_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    with open_database(path) as db:
        db.table("counter").insert({"n": 0})
    processes = [start(COUNTER, path) for _ in range(2)]
    for process in processes:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors
    with open_database(path) as db:
        assert db.execute("SELECT n FROM counter").fetchone()[0] == 200


def test_processes_that_start_together_on_no_file_all_get_the_tables(tmp_path: Path) -> None:
    processes = [start(FIRST_START, tmp_path / "kb.db") for _ in range(4)]
    for process in processes:
        output, errors = process.communicate(timeout=60)
        assert output.strip() == "True", errors


def test_a_deferred_transaction_would_fail_where_ours_waits(tmp_path: Path) -> None:
    """Why `transaction` exists: reading first and then writing cannot be upgraded once another has written."""
    path = tmp_path / "kb.db"
    with open_database(path) as one, open_database(path) as two:
        one.table("t").insert({"n": 1})
        with pytest.raises(sqlite3.OperationalError, match="locked"), one.atomic():
            one.execute("SELECT n FROM t").fetchone()
            two.execute("UPDATE t SET n = 2")
            one.execute("UPDATE t SET n = 3")
        with transaction(one):
            one.execute("UPDATE t SET n = 4")
        assert two.execute("SELECT n FROM t").fetchone()[0] == 4


def test_the_lock_is_held_from_the_start(tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    with open_database(path) as one, open_database(path, busy_timeout=0) as two:
        one.table("t").insert({"n": 1})
        with transaction(one), pytest.raises(sqlite3.OperationalError, match="locked"), transaction(two):
            pass
        assert not two.conn.in_transaction
        with transaction(two):
            two.execute("UPDATE t SET n = 2")


def test_an_error_takes_everything_back_and_a_block_inside_only_its_own(tmp_path: Path) -> None:
    with open_database(tmp_path / "kb.db") as db:
        table = db.table("t")
        table.create({"n": int})
        with pytest.raises(ZeroDivisionError), transaction(db):
            table.insert({"n": 1})
            raise ZeroDivisionError
        assert not table.count
        with transaction(db):
            table.insert({"n": 1})
            with pytest.raises(ZeroDivisionError), transaction(db):
                table.insert({"n": 2})
                raise ZeroDivisionError
        assert [row["n"] for row in table.rows] == [1]


def test_read_only_refuses_to_write_and_to_create(tmp_path: Path) -> None:
    path = tmp_path / "có dấu & cách.db"
    with pytest.raises(DatabaseMissing, match="kb build"):
        open_read_only(path)
    with open_database(path) as db:
        db.table("t").insert({"n": 1})
    with open_read_only(path) as db:
        assert db.table("t").count == 1
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            db.execute("DELETE FROM t")
