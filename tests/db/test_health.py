"""Damage is found before anything is written, and told from what passes by itself."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

import bot
from db.connection import open_database, refuse_damaged, transaction, trouble
from db.errors import DAMAGED, DatabaseDamaged


def spoil(path: Path, start: int, data: bytes) -> bytes:
    """Overwrite a part of the file; what it holds then."""
    spoilt = bytearray(path.read_bytes())
    spoilt[start : start + len(data)] = data
    path.write_bytes(spoilt)
    return bytes(spoilt)


def test_a_sound_file_and_no_file_pass(database: Path, tmp_path: Path) -> None:
    refuse_damaged(database)
    refuse_damaged(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize(
    ("start", "data"),
    [(0, b"this is no database at all" * 10), (4096 * 2, b"\xff" * 4096), (4096 * 40, b"\x00" * 40960)],
)
def test_damage_stops_the_program_with_a_sentence_and_leaves_the_file(
    database: Path, start: int, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoilt = spoil(database, start, data)
    with pytest.raises(DatabaseDamaged):
        refuse_damaged(database)
    monkeypatch.setenv("TELEGRAM_TOKEN", "1:a")
    for command in (["run"], ["ask", "kinh phí"], []):
        told = CliRunner().invoke(bot.main, ["--database", str(database), *command])
        assert told.exit_code == DAMAGED == 78
        assert "bị hỏng" in told.stderr and "kb restore" in told.stderr
        assert "Traceback" not in told.stderr
    assert database.read_bytes() == spoilt


def test_a_file_that_cannot_be_opened_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "folder.db").mkdir()
    told = CliRunner().invoke(bot.main, ["--database", str(tmp_path / "folder.db"), "ask", "kinh phí"])
    assert told.exit_code == 1
    assert "quyền ghi" in told.stderr and "Traceback" not in told.stderr


@pytest.mark.parametrize(
    ("pragma", "found"), [("PRAGMA query_only = ON", "read_only"), ("PRAGMA max_page_count = 1", "full")]
)
def test_what_stands_in_the_way_of_a_write(tmp_path: Path, pragma: str, found: str) -> None:
    with open_database(tmp_path / "kb.db") as db:
        db.execute("CREATE TABLE t (text TEXT)")
        db.execute("INSERT INTO t VALUES ('before')")
        db.execute(pragma)
        with pytest.raises(sqlite3.OperationalError) as raised, transaction(db):
            db.execute("INSERT INTO t VALUES (hex(zeroblob(100000)))")
        assert trouble(raised.value) == found
        assert db.execute("SELECT text FROM t").fetchall() == [("before",)], "all or nothing"
        assert not db.conn.in_transaction


def test_a_lock_is_told_from_a_disk(tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    with open_database(path) as one, open_database(path, busy_timeout=0) as two:
        with transaction(one), pytest.raises(sqlite3.OperationalError) as raised, transaction(two):
            pass
        assert trouble(raised.value) == "busy"
