"""Tables → KnowledgeBase."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.connection import open_database, open_read_only, transaction
from db.content import build
from db.errors import DatabaseMissing
from db.snapshot import load, snapshot
from tests.db.conftest import Files


def test_the_base_holds_every_record(content: Files, tmp_path: Path) -> None:
    build(tmp_path / "kb.db", content.path)
    base = load(tmp_path / "kb.db")
    assert list(base.figures) == ["a", "b", "c", "d", "e"]
    assert base.sources["luat"].note == 'có dấu phẩy, và "ngoặc" kép'
    assert base.levels["may"].cap == 300_000_000
    assert [relation.id for relation in base.relations] == ["k1", "k2"]
    assert set(base.entries) == {"ho-kinh-doanh", "kho-khan"}
    assert base.entries["ho-kinh-doanh"].region == ""


def test_a_snapshot_does_not_see_a_write_that_is_not_committed(content: Files, tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    build(path, content.path)
    with open_database(path) as writer, open_read_only(path) as reader, transaction(writer):
        writer.table("entries").delete("kho-khan")
        assert "kho-khan" in snapshot(reader).entries
        assert not reader.conn.in_transaction


def test_without_a_file_the_user_is_told_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissing, match="kb build"):
        load(tmp_path / "none.db")
