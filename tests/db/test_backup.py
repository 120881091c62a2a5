"""Copies while the base is in use, their check, and the way back."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from db.activity import Activity
from db.backup import backup, describe, examine, restore
from db.connection import open_database, open_read_only, transaction
from db.content import build, read_meta
from db.edits import apply
from db.errors import BackupError, DatabaseMissing
from db.migrations import knowledge
from db.proposals import Change
from tests.db.conftest import Files

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, 30)


@pytest.fixture
def path(content: Files, tmp_path: Path) -> Path:
    build(tmp_path / "kb.db", content.path)
    return tmp_path / "kb.db"


def count(path: Path, table: str = "entries") -> int:
    with open_read_only(path) as db:
        return int(db.table(table).count)


def test_a_backup_during_a_write_holds_the_state_before_it(path: Path, tmp_path: Path) -> None:
    with open_database(path) as db, transaction(db):
        db.table("entries").delete("kho-khan")
        told = backup(path, tmp_path / "sao-luu" / "kb.db")
    assert told.startswith("5 số liệu, 2 mục hỏi đáp")
    assert count(tmp_path / "sao-luu" / "kb.db") == 2
    assert count(path) == 1
    assert sorted(file.name for file in (tmp_path / "sao-luu").iterdir()) == ["kb.db"]


def test_restore_puts_the_copy_back_and_keeps_the_present_base(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup(path, copy)
    with open_database(path) as other:
        other.table("entries").delete("kho-khan")
        kept = restore(copy, path, now=NOW)
        assert other.table("entries").count == 2  # an open connection sees the restored base
    assert kept == tmp_path / "kb.truoc-khoi-phuc-20261123-083000.db"
    assert count(kept) == 1
    assert count(path) == 2
    with open_database(path) as db:
        assert db.journal_mode == "wal"


def test_restore_where_there_was_no_base(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup(path, copy)
    assert restore(copy, tmp_path / "new" / "kb.db", now=NOW) is None
    assert count(tmp_path / "new" / "kb.db") == 2


def test_restore_over_a_damaged_base_puts_that_aside(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup(path, copy)
    path.write_bytes(b"this is no database" * 1000)
    kept = restore(copy, path, now=NOW)
    assert kept is not None and kept.read_bytes().startswith(b"this is no")
    assert count(path) == 2


def test_a_file_that_is_no_backup_is_refused_and_nothing_changes(path: Path, tmp_path: Path) -> None:
    text = tmp_path / "thu.txt"
    text.write_text("không phải cơ sở dữ liệu " * 100, encoding="utf-8")
    with open_database(tmp_path / "other.db") as db:
        db.table("t").insert({"n": 1})
    for file, said in [(text, "không đọc được"), (tmp_path / "other.db", "không phải cơ sở dữ liệu của")]:
        with pytest.raises(BackupError, match=said):
            restore(file, path, now=NOW)
    assert count(path) == 2
    assert not list(tmp_path.glob("*truoc-khoi-phuc*"))


def test_a_torn_file_is_refused(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup(path, copy)
    data = bytearray(copy.read_bytes())
    data[4096 * 3 : 4096 * 5] = b"\xff" * 8192
    copy.write_bytes(data)
    with pytest.raises(BackupError):
        describe(copy)


def test_a_failed_backup_leaves_an_older_copy_as_it_was(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup(path, copy)
    before = copy.read_bytes()
    (tmp_path / "copy.db.part").mkdir()
    with pytest.raises(BackupError):
        backup(path, copy)
    assert copy.read_bytes() == before
    with pytest.raises(DatabaseMissing):
        backup(tmp_path / "none.db", copy)


def test_restore_leaves_what_is_known_of_people_and_who_made_a_change(path: Path, tmp_path: Path) -> None:
    Activity(path).close()
    with open_database(path) as db:
        db.execute("INSERT INTO roles VALUES (77, 'editor', 1, '')")
        sql = "INSERT INTO changes (at, who, kind, \"table\", row_id, before, why) VALUES (?, 77, 'edit', 't', 'r', '{}', '')"
        db.execute(sql, ["before"])
        copy = tmp_path / "copy.db"
        backup(path, copy)
        db.execute(sql, ["after"])
        db.execute("INSERT INTO follows VALUES (77, 'x', 0)")
        db.table("entries").delete("kho-khan")
        restore(copy, path, now=NOW)
        assert db.table("entries").count == 2
        assert db.execute("SELECT person FROM roles").fetchall() == [(77,)]
        assert db.execute("SELECT chat FROM follows").fetchall() == [(77,)]
        assert db.execute("SELECT at, who FROM changes").fetchall() == [("before", 77)]
        db.execute(sql, ["later"])
        assert db.execute("SELECT max(id) FROM changes").fetchone() == (3,), "no number is given twice"
        assert not db.execute("PRAGMA foreign_key_check").fetchall()


def test_a_full_copy_moves_everything_to_a_new_machine(path: Path, tmp_path: Path) -> None:
    Activity(path).close()
    with open_database(path) as db:
        db.execute("INSERT INTO roles VALUES (77, 'editor', 1, '')")
    backup(path, tmp_path / "full.db", full=True)
    restore(tmp_path / "full.db", tmp_path / "new" / "kb.db", now=NOW)
    assert count(tmp_path / "new" / "kb.db", "roles") == 1


def test_a_backup_of_an_earlier_version_is_brought_up_to_date_on_its_way_back(
    path: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    backup(path, copy)
    with open_database(copy) as db:
        db.execute("ALTER TABLE entries DROP COLUMN replaces")
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm003_entry_replaces'")
    with open_database(path) as db:
        db.table("entries").delete("kho-khan")
    restore(copy, path, now=NOW)
    assert count(path) == 2
    with open_read_only(path) as db:
        assert not knowledge.pending(db)


# What a backup would change


def test_a_backup_is_compared_with_the_present_base(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup(path, copy)
    before = path.read_bytes()
    same = examine(copy, path)
    assert (same.changes, same.history, same.failures) == ({}, (0, 0), ())
    with open_database(path) as db:
        apply(db, Change(1, "delete", "entries", "kho-khan"), TODAY)
        apply(db, Change(1, "edit", "figures", "a", {"note": "x"}), TODAY)
    found = examine(copy, path)
    assert found.changes == {"entries": (1, 0, 0), "figures": (0, 1, 0)}
    assert found.history == (2, 0)
    assert found.told.startswith("5 số liệu")
    assert before and count(path) == 1, "nothing was restored"
    assert examine(copy, tmp_path / "none.db").changes["figures"] == (5, 0, 0)


def test_what_no_longer_adds_up_is_told_and_what_cannot_be_read_is_refused(
    path: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    backup(path, copy)
    with open_database(copy) as db, transaction(db):
        db.execute("UPDATE relations SET verdict = 'match' WHERE id = 'k1'")
    assert any("k1" in failure for failure in examine(copy, path).failures)
    restore(copy, path, now=NOW)
    with open_database(copy) as db, transaction(db):
        db.execute("UPDATE figures SET period = 'năm ngoái' WHERE id = 'a'")
    with pytest.raises(BackupError, match="năm ngoái"):
        examine(copy, path)


def test_a_file_with_code_in_it_is_refused(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup(path, copy)
    with open_database(copy) as db:
        db.execute("CREATE TRIGGER evil AFTER INSERT ON changes BEGIN DELETE FROM figures; END")
    for work in (examine, restore):
        with pytest.raises(BackupError, match="evil"):
            work(copy, path)
    assert not list(tmp_path.glob("*truoc-khoi-phuc*"))


def test_restoring_leaves_its_mark(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup(path, copy)
    restore(copy, path, now=NOW, mark="abc")
    with open_read_only(path) as db:
        assert read_meta(db)["restored"] == "abc"
