"""Files → tables → files: nothing is lost, nothing is written by halves, nothing that was edited is lost unasked."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from sqlite_utils import Database

from db.connection import open_database, open_read_only, transaction
from db.content import (
    CONTENT,
    build,
    export_files,
    mark_edited,
    put_files,
    read_meta,
    read_rows,
    replace,
)
from db.errors import ContentError
from db.exchange import plan_replacement
from db.fields import type_of_record
from db.files import written
from db.loading import read_content
from tests.db.conftest import FILES, Files


def records(path: Path, table: str) -> list[str]:
    with open_read_only(path) as db:
        return [row.record.id for row in read_rows(db)[table]]


def test_columns_of_the_tables_mirror_the_records(empty: Database) -> None:
    for table, record in type_of_record.items():
        columns = set(empty.table(table).columns_dict)
        assert columns == {field.name for field in fields(record)} | {"file"}


def test_what_is_built_reads_back_as_the_same_records(content: Files, tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    assert build(path, content.path) == "built"
    expected = read_content(content.path)
    with open_read_only(path) as db:
        stored = read_rows(db)
    for table, rows in expected.items():
        assert [(row.record, row.file) for row in stored[table]] == [(row.record, row.file) for row in rows]


def test_export_gives_the_same_bytes_and_goes_round_again(content: Files, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    build(tmp_path / "one.db", content.path)
    with open_read_only(tmp_path / "one.db") as db:
        assert export_files(read_rows(db), first) == []
    assert Files.texts(_at(first)) == FILES
    put_files(tmp_path / "two.db", first)
    with open_read_only(tmp_path / "two.db") as db:
        export_files(read_rows(db), second)
    assert Files.texts(_at(second)) == FILES


def _at(path: Path) -> Files:
    files = object.__new__(Files)
    files.path = path
    return files


def test_the_real_content_goes_round_identically(database: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    with open_read_only(database) as db:
        export_files(read_rows(db), first)
    build(tmp_path / "two.db", first)
    with open_read_only(tmp_path / "two.db") as db:
        export_files(read_rows(db), second)
    assert _at(first).texts() == _at(second).texts() == written(read_content(CONTENT))


def test_export_names_entries_that_the_base_does_not_hold(content: Files, tmp_path: Path) -> None:
    build(tmp_path / "kb.db", content.path)
    content.write("entries/cu/bo-di.md", "cũ")
    with open_read_only(tmp_path / "kb.db") as db:
        assert export_files(read_rows(db), content.path) == ["entries/cu/bo-di.md"]
    assert (content.path / "entries/cu/bo-di.md").exists()


def test_building_again_does_nothing_until_a_file_changes(content: Files, tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    assert build(path, content.path, if_missing=True) == "built"
    assert build(path, content.path, if_missing=True) == "unchanged"
    content.swap("figures.csv", "hơn 29 đề án", "trên 29 đề án")
    assert build(path, content.path, if_missing=True) == "built"
    (content.path / "entries/danh_gia/kho-khan.md").unlink()
    assert build(path, content.path, if_missing=True) == "built"
    assert records(path, "entries") == ["ho-kinh-doanh"]


def test_what_was_edited_in_place_is_kept_until_a_build_is_asked_for(content: Files, tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    build(path, content.path)
    with open_database(path) as db, transaction(db):
        db.table("entries").delete("kho-khan")
        mark_edited(db)
    content.swap("figures.csv", "hơn 29 đề án", "trên 29 đề án")
    assert build(path, content.path, if_missing=True) == "kept"
    assert records(path, "entries") == ["ho-kinh-doanh"]
    assert build(path, content.path) == "built"
    assert sorted(records(path, "entries")) == ["ho-kinh-doanh", "kho-khan"]


def test_bad_files_leave_the_base_as_it_was(content: Files, tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    build(path, content.path)
    content.swap("figures.csv", "96600000000", "nhiều")
    with pytest.raises(ContentError):
        build(path, content.path)
    assert records(path, "figures") == ["a", "b", "c", "d", "e"]


def test_tables_of_others_are_left_alone(content: Files, tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    build(path, content.path)
    with open_database(path) as db:
        db.table("questions").insert({"text": "hỏi gì"})
    build(path, content.path)
    with open_read_only(path) as db:
        assert db.table("questions").count == 1


def test_an_import_tells_what_changes_and_a_dry_run_changes_nothing(content: Files, tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    build(path, content.path)
    content.swap("figures.csv", "hơn 29 đề án", "trên 29 đề án")
    (content.path / "entries/danh_gia/kho-khan.md").unlink()
    content.swap(
        "regions.csv", "tuyen-quang,Tuyên", "lao-cai,Lào Cai,province,,phia_bac,,,,,\ntuyen-quang,Tuyên"
    )
    plan = plan_replacement(*put_files(path, content.path, dry_run=True), "x")
    assert [(one.table, one.row) for one in plan.changed] == [("figures", "e")]
    assert [(one.table, one.row) for one in plan.added] == [("regions", "lao-cai")]
    assert plan.removed == (("entries", "kho-khan"),)
    assert sorted(records(path, "entries")) == ["ho-kinh-doanh", "kho-khan"]
    assert plan_replacement(*put_files(path, content.path), "x") == plan
    assert records(path, "entries") == ["ho-kinh-doanh"]
    plan = plan_replacement(*put_files(path, content.path), "x")
    assert (plan.steps, plan.removed) == ((), ())


def test_an_import_survives_the_next_start(content: Files, tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    put_files(path, content.path)
    assert build(path, if_missing=True) == "unchanged"
    assert records(path, "figures") == ["a", "b", "c", "d", "e"]
    with open_read_only(path) as db:
        assert read_meta(db)["edited_at"]


def test_replacing_inside_a_failed_transaction_changes_nothing(content: Files, tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    build(path, content.path)
    rows = read_content(content.path)
    with open_database(path) as db:
        with pytest.raises(ZeroDivisionError), transaction(db):
            replace(db, {**rows, "entries": ()})
            raise ZeroDivisionError
        assert {table: [one.record for one in held] for table, held in read_rows(db).items()} == {
            table: [one.record for one in held] for table, held in rows.items()
        }
