"""Newer shipped content meets an edited base: what only one side changed is clear, what both changed is asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from db.connection import open_database, transaction
from db.content import build, keep_shipped, put_files, read_meta, read_rows, read_shipped
from db.edits import apply, undo
from db.errors import EditConflict
from db.exchange import plan_replacement
from db.history import history
from db.loading import read_content
from db.migrations import knowledge, migrate
from db.proposals import Change
from db.rows import stored
from db.shipping import Update, decide, pending, take_over, told_of, update_waits
from tests.db.conftest import Files

TODAY = date(2026, 11, 23)
OWNER = 7


@pytest.fixture
def path(content: Files, tmp_path: Path) -> Path:
    build(tmp_path / "kb.db", content.path)
    return tmp_path / "kb.db"


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    with open_database(path) as db:
        yield db


def edit(db: Database, row: str, table: str = "figures", **cells: str) -> int:
    return apply(db, Change(1, "edit", table, row, cells), TODAY)


def cell(db: Database, row: str, column: str = "note", table: str = "figures") -> str | None:
    cells = stored(db, table, row)
    return None if cells is None else str(cells[column])


def rows(update: Update) -> tuple[dict[str, str], dict[str, str]]:
    """What is ready and what is contested: row → kind."""
    return {one.row: one.step.kind for one in update.ready}, {
        one.row: one.step.kind for one in update.contested
    }


def ship(content: Files) -> None:
    """A newer shipment: a and e changed, k2 with d gone, a new source with a figure from it."""
    content.swap("figures.csv", ",bao,8,9 | 11,", ",bao,8,9 | 11,mới")
    content.swap(
        "figures.csv", "hơn 29 đề án,,,2022-09-22,,,,bao,9,,", "hơn 29 đề án,,,2022-09-22,,,,bao,9,,mới"
    )
    text = (content.path / "figures.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("d,")]
    lines.append('f,kinh-phi,plan,,,KCQG,phia_bac,2025,81600000000,,VND,exact,"81,6 tỷ đồng",,,,,,,tin,1,,')
    content.write("figures.csv", "\n".join(lines) + "\n")
    content.swap("relations.csv", 'k2,ratio,a | c | d,"45,3%",match,,,\n', "")
    text = (content.path / "sources.csv").read_text(encoding="utf-8")
    content.write("sources.csv", text + "tin,Tin mới,Báo B,2025-01-02,https://example.org/tin,news,3,\n")


def test_what_only_the_shipment_changed_is_taken_over_and_can_be_undone(db: Database, content: Files) -> None:
    edit(db, "b", note="của tôi")
    assert not update_waits(db, content.path)
    assert pending(db, content.path) == Update()
    ship(content)
    assert update_waits(db, content.path)
    found = pending(db, content.path)
    ready = {"a": "edit", "d": "delete", "e": "edit", "f": "add", "k2": "delete", "tin": "add"}
    assert rows(found) == (ready, {})
    numbers, left = take_over(db, found.id, OWNER, content.path)
    assert len(numbers) == 6 and not left.contested
    assert [cell(db, row) for row in ("a", "b", "d", "e", "f")] == ["mới", "của tôi", None, "mới", ""]
    assert not db.execute("PRAGMA foreign_key_check").fetchall()
    assert not update_waits(db, content.path)
    assert build_again(db, content) == "unchanged"
    assert {done.who for done in history(db, limit=6)} == {OWNER}
    for number in reversed(numbers):
        undo(db, number, OWNER)
    assert [cell(db, row) for row in ("a", "d", "f")] == ["", "", None]
    assert pending(db, content.path) == Update(), "what was undone is not offered again"


def build_again(db: Database, content: Files) -> str:
    ((_, _, file),) = db.execute("PRAGMA database_list").fetchall()
    return build(file, content.path, if_missing=True)


def test_what_both_changed_is_decided_row_by_row(db: Database, content: Files) -> None:
    edit(db, "a", note="của tôi")
    edit(db, "e", note="của tôi")
    for table, row in (("relations", "k2"), ("figures", "d")):
        apply(db, Change(1, "delete", table, row), TODAY)
    ship(content)
    found = pending(db, content.path)
    assert rows(found) == ({"tin": "add", "f": "add"}, {"a": "edit", "e": "edit"})
    _, left = take_over(db, found.id, OWNER, content.path)
    assert update_waits(db, content.path), "until everything is decided"
    one = next(row for row in left.contested if row.row == "a")
    assert (one.step.before, one.step.after) == ({"note": "của tôi"}, {"note": "mới"})
    assert decide(db, one.id, OWNER, take=False, directory=content.path) == (one, 0)
    with pytest.raises(EditConflict, match="đã được quyết định"):
        decide(db, one.id, OWNER, take=True, directory=content.path)
    (other,) = pending(db, content.path).contested
    _, number = decide(db, other.id, OWNER, take=True, directory=content.path)
    assert [cell(db, row) for row in ("a", "e")] == ["của tôi", "mới"]
    assert not update_waits(db, content.path)
    undo(db, number, OWNER)
    assert cell(db, "e") == "của tôi"


def test_a_decision_is_asked_again_only_when_the_shipment_changes_that_row_once_more(
    db: Database, content: Files
) -> None:
    edit(db, "e", note="của tôi")
    content.swap("figures.csv", "hơn 29 đề án", "trên 29 đề án")
    (one,) = pending(db, content.path).contested
    decide(db, one.id, OWNER, take=False, directory=content.path)
    content.swap("figures.csv", "79,9 tỷ đồng", "79,90 tỷ đồng")
    assert rows(pending(db, content.path)) == ({"a": "edit"}, {})
    content.swap("figures.csv", "trên 29 đề án", "khoảng 29 đề án")
    assert rows(pending(db, content.path)) == ({"a": "edit"}, {"e": "edit"})


def test_what_was_shown_and_has_changed_since_is_told(db: Database, content: Files) -> None:
    edit(db, "e", note="của tôi")
    ship(content)
    found = pending(db, content.path)
    edit(db, "a", locator="3")
    with pytest.raises(EditConflict, match="/cap_nhat"):
        take_over(db, found.id, OWNER, content.path)
    edit(db, "e", note="lần nữa")
    (one,) = found.contested
    with pytest.raises(EditConflict, match="/cap_nhat"):
        decide(db, one.id, OWNER, take=True, directory=content.path)
    assert cell(db, "e") == "lần nữa"


def test_a_row_that_an_edit_still_needs_is_not_taken_away(db: Database, content: Files) -> None:
    values = {"kind": "same", "operands": "d | d", "verdict": "match"}
    apply(db, Change(1, "add", "relations", "cua-toi", values), TODAY)
    ship(content)
    found = pending(db, content.path)
    assert rows(found)[1] == {"d": "delete"}
    (one,) = found.contested
    assert one.because == "cua-toi"
    with pytest.raises(EditConflict, match="cua-toi"):
        decide(db, one.id, OWNER, take=True, directory=content.path)
    take_over(db, found.id, OWNER, content.path)
    assert cell(db, "d") is not None


def test_a_shipped_row_does_not_point_to_one_that_was_deleted_nor_fill_a_slot_twice(
    db: Database, content: Files
) -> None:
    columns = {"indicator": "kinh-phi", "measure": "plan", "programme": "KCQG", "region": "phia_bac"}
    more = {"period": "2025", "value": "80", "unit": "VND", "as_printed": "80 đồng", "source": "bao"}
    apply(db, Change(1, "add", "figures", "cua-toi", {**columns, **more}), TODAY)
    ship(content)
    content.swap("figures.csv", "tin,1,,", "bao,1,,")
    found = pending(db, content.path)
    assert rows(found)[1] == {"f": "add"}
    (one,) = found.contested
    assert one.because == "cua-toi"
    with pytest.raises(EditConflict, match="cua-toi"):
        decide(db, one.id, OWNER, take=True, directory=content.path)


def test_where_it_is_not_known_what_was_shipped_everything_is_asked(db: Database, content: Files) -> None:
    edit(db, "a", note="của tôi")
    with transaction(db):
        db.execute("DELETE FROM shipped")
    ship(content)
    ready, contested = rows(pending(db, content.path))
    assert ready == {}
    assert set(contested) == {"a", "e", "f", "tin"}, (
        "rows of the base that are not shipped may be somebody's own"
    )


def test_an_import_counts_as_edits(content: Files, tmp_path: Path) -> None:
    put_files(tmp_path / "kb.db", content.path)
    with open_database(tmp_path / "kb.db") as db:
        assert pending(db) == Update()
        assert read_shipped(db)["figures"] != read_rows(db)["figures"]


def test_owners_are_told_once_of_each_update(db: Database) -> None:
    assert [told_of(db, state) for state in ("1", "1", "2", "2")] == [False, True, False, True]


def test_a_base_of_an_earlier_version_knows_what_it_was_built_from(path: Path, content: Files) -> None:
    with open_database(path) as db:
        with transaction(db):
            db.execute("DROP TABLE shipped")
            db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm005_shipped'")
        migrate(db, knowledge)
        came = plan_replacement(read_shipped(db), read_content(content.path), "x")
        apart = {one.table for one in came.steps} | {table for table, _ in came.removed}
        assert apart == {"bodies", "slots", "lexicon", "rules", "guide", "wordings"}, (
            "tables that came after that step"
        )
        with transaction(db):
            db.execute("DROP TABLE shipped")
            db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm005_shipped'")
        edit(db, "a", note="x")
        migrate(db, knowledge)
        assert not any(read_shipped(db).values())


def test_a_kill_between_leaves_nothing_half_done(db: Database, content: Files) -> None:
    ship(content)
    found = pending(db, content.path)
    before = json.dumps([[row.record.id for row in rows] for rows in read_rows(db).values()])
    with pytest.raises(ZeroDivisionError), transaction(db):
        take_over(db, found.id, OWNER, content.path)
        raise ZeroDivisionError
    assert json.dumps([[row.record.id for row in rows] for rows in read_rows(db).values()]) == before
    assert pending(db, content.path) == found
    assert read_meta(db)["content_hash"] != update_waits(db, content.path)


def test_rows_are_remembered_as_they_were_shipped(db: Database, content: Files) -> None:
    shipped = read_content(content.path)
    changed = tuple(replace(row, record=replace(row.record, note="x")) for row in shipped["figures"])
    with transaction(db):
        keep_shipped(db, {**shipped, "figures": changed})
    assert [row.record for row in read_shipped(db)["figures"]] == [row.record for row in changed]


def test_columns_that_came_later_are_empty_in_what_was_remembered(db: Database, content: Files) -> None:
    with transaction(db):
        db.execute("UPDATE shipped SET cells = json_remove(cells, '$.aliases', '$.note', '$.value_max')")
    assert all(row.record.note == "" for row in read_shipped(db)["figures"])
    assert [row.record.aliases for row in read_shipped(db)["entries"]] == [(), ()]


NOTES = st.sampled_from([None, "a", "b", "c"])


def source_file(notes: list[str | None]) -> str:
    """A content file with a source for each note; None: there is none."""
    lines = [f"s{n},T,B,2024,,news,3,{note}" for n, note in enumerate(notes) if note]
    return "\n".join(["id,title,publisher,published_on,url,kind,rank,note", *lines]) + "\n"


def source_notes(db: Database, count: int) -> list[str | None]:
    return [cell(db, f"s{n}", table="sources") for n in range(count)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(NOTES, NOTES, NOTES, st.booleans()), min_size=1, max_size=5))
def test_whatever_both_sides_do_no_edit_is_overwritten_and_everything_can_be_undone(
    content: Files, tmp_path: Path, rows: list[tuple[str | None, str | None, str | None, bool]]
) -> None:
    content.write("sources_more.csv", source_file([then for then, _, _, _ in rows]))
    build(tmp_path / "any.db", content.path)
    mine = [held for _, _, held, _ in rows]
    with open_database(tmp_path / "any.db") as db, transaction(db):
        db.execute("DELETE FROM changes")
        for n, (then, _, held, _) in enumerate(rows):
            if then != held:
                more = (
                    {} if then else {"title": "T", "publisher": "B", "published_on": "2024", "kind": "news"}
                )
                more |= {} if then else {"rank": "3"}
                kind: Any = "delete" if held is None else "edit" if then else "add"
                values = {} if held is None else {**more, "note": held}
                apply(db, Change(1, kind, "sources", f"s{n}", values), TODAY)
        content.write("sources_more.csv", source_file([new for _, new, _, _ in rows]))
        found = pending(db, content.path)
        if found.ready:
            take_over(db, found.id, OWNER, content.path)
        untouched = [held if held != then else new for then, new, held, _ in rows]
        assert source_notes(db, len(rows)) == untouched
        for one in pending(db, content.path).contested:
            decide(db, one.id, OWNER, take=rows[int(one.row[1:])][3], directory=content.path)
        asked = [new != then and held != then and new != held for then, new, held, _ in rows]
        taken = [
            new if was_asked and take else left
            for (_, new, _, take), was_asked, left in zip(rows, asked, untouched, strict=True)
        ]
        assert source_notes(db, len(rows)) == taken
        assert pending(db, content.path) == Update()
        for done in [one for one in history(db) if one.who == OWNER]:
            undo(db, done.id, OWNER)
        assert source_notes(db, len(rows)) == mine
        assert pending(db, content.path) == Update()
