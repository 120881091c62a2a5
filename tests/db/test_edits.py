"""Changes in place: what is refused, what is doubted, what undoing brings back, and what a kill leaves."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlite_utils import Database

from db.connection import open_database, open_read_only
from db.content import build, export_files, put_files, read_meta, read_rows
from db.edits import apply, undo
from db.errors import ContentError, EditConflict
from db.fields import Cell, type_of_record
from db.history import IMPORTS, Done, history, rows_of
from db.imports import keep_import, read_plan, save_import
from db.migrations import migrate
from db.proposals import Change, find, review
from tests.db.conftest import Files

TODAY = date(2026, 11, 23)
ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("KILLS", "20"))
MODEL_RUNS = int(os.environ.get("MODEL_RUNS", "25"))

PLAN = {
    "indicator": "kinh-phi",
    "measure": "plan",
    "programme": "KCQG",
    "region": "phia_bac",
    "period": "2025",
    "value": "81600000000",
    "unit": "VND",
    "as_printed": "81,6 tỷ đồng",
    "source": "bao",
}


@pytest.fixture
def db(content: Files, tmp_path: Path) -> Iterator[Database]:
    build(tmp_path / "kb.db", content.path)
    with open_database(tmp_path / "kb.db") as db:
        yield db


def add(row: str = "ke-hoach-2025", table: str = "figures", **cells: Cell) -> Change:
    return Change(1, "add", table, row, {**(PLAN if table == "figures" else {}), **cells})


def edit(row: str, table: str = "figures", **cells: Cell) -> Change:
    return Change(1, "edit", table, row, cells)


def delete(row: str, table: str = "figures") -> Change:
    return Change(1, "delete", table, row)


def doubts(db: Database, change: Change) -> list[str]:
    return [note.code for note in review(db, change, TODAY).warnings]


def table_of(db: Database, table: str) -> dict[str, Any]:
    return {row.record.id: row.record for row in read_rows(db)[table]}


def everything(db: Database) -> dict[str, dict[str, Any]]:
    return {table: {row.record.id: row for row in rows} for table, rows in read_rows(db).items()}


# What is written


def test_a_figure_is_added_edited_deleted_and_each_step_is_remembered(db: Database) -> None:
    assert not read_meta(db)["edited_at"]
    first = apply(db, replace(add(), why="báo mới"), TODAY)
    assert table_of(db, "figures")["ke-hoach-2025"].value == 81_600_000_000
    assert read_meta(db)["edited_at"]
    second = apply(db, edit("ke-hoach-2025", note="đợt 1"), TODAY)
    third = apply(db, delete("ke-hoach-2025"), TODAY)
    assert "ke-hoach-2025" not in table_of(db, "figures")
    told = history(db, "ke-hoach-2025")
    assert [(done.id, done.kind) for done in told] == [(third, "delete"), (second, "edit"), (first, "add")]
    assert (told[1].before, told[1].after) == ({"note": ""}, {"note": "đợt 1"})
    assert told[2].why == "báo mới"
    assert [done.id for done in history(db, who=1, limit=1)] == [third]
    assert history(db, who=2) == []


def test_a_review_writes_nothing(db: Database) -> None:
    before = everything(db)
    review(db, add(), TODAY)
    review(db, edit("a", note="x"), TODAY)
    assert everything(db) == before
    assert history(db) == []


def test_what_was_edited_is_exported_and_imported_unchanged(db: Database, tmp_path: Path) -> None:
    apply(db, add(note='dấu "ngoặc", phẩy\r\nvà dòng mới'), TODAY)
    questions = ("có | gạch không", "câu hai")
    apply(db, edit("ho-kinh-doanh", "entries", questions=questions, body="Được.\n\n• Một"), TODAY)
    entry = {"title": "T", "kind": "definition", "body": "B", "status": "in_force", "sources": "luat"}
    apply(db, add("dinh-nghia", "entries", topics="khai_niem", **entry), TODAY)
    export_files(read_rows(db), tmp_path / "out")
    put_files(tmp_path / "again.db", tmp_path / "out")
    with open_read_only(tmp_path / "again.db") as again:
        assert everything(again)["figures"].keys() == everything(db)["figures"].keys()
        assert {t: [r.record for r in rows] for t, rows in read_rows(again).items() if t != "entries"} == {
            t: [r.record for r in rows] for t, rows in read_rows(db).items() if t != "entries"
        }
        assert table_of(again, "entries") == table_of(db, "entries")


# What is refused


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (add("a"), "đã có"),
        (add("Chữ Hoa"), "sai dạng"),
        (add(source="khong-co"), "không có nguồn “khong-co”"),
        (add(region="sao-hoa"), "không có vùng “sao-hoa”"),
        (add(indicator="ten-lua"), "không có chỉ tiêu “ten-lua”"),
        (edit("may", "support_levels", document="99-2099"), "không có văn bản “99-2099”"),
        (add(value="1.234.567"), "không dấu ngăn hàng nghìn"),
        (add(value=""), "thiếu số"),
        (add(value="9" * 39), "kiểm tra lại đơn vị"),
        (add(value="9" * 400), "dài quá"),
        (add(period="2025-13"), "sai dạng"),
        (edit("bao", "sources", published_on="2024-02-30"), "không có thật"),
        (add(measure="plans"), "chọn một trong"),
        (add(colour="đỏ"), "không sửa được trường này"),
        (edit("a", id="b"), "không sửa được trường này"),
        (add(as_printed="80 tỷ đồng"), "không khớp"),
        (add(as_printed="", source=""), "thiếu"),
        (add(measure="rate", unit="percent", value="9", as_printed="9%"), "of"),
        (edit("a", note="79\x00"), "ký tự điều khiển"),
        (edit("a", note="\ud800"), "ký tự điều khiển"),
        (edit("a", terms="x | | y"), "mục trống"),
        (edit("a", terms=("x", " ")), "mục trống"),
        (edit("a", note=""), "không có gì đổi"),
        (edit("a"), "chưa nói sửa trường nào"),
        (add(period="2023", measure="actual"), "/sua a"),
        (edit("kho-khan", "entries", body="một\n---\nhai"), "---"),
        (edit("kho-khan", "entries", body="dài " * 400), "1200"),
        (edit("kho-khan", "entries", title=""), "thiếu tiêu đề"),
        (Change(1, "add", "sources", "moi", {}), "thiếu"),
    ],
)
def test_a_bad_change_is_refused_with_what_to_do_and_writes_nothing(
    db: Database, change: Change, said: str
) -> None:
    before = everything(db)
    with pytest.raises(ContentError) as refused:
        apply(db, change, TODAY)
    assert said in str(refused.value)
    assert everything(db) == before
    assert history(db) == []
    assert not db.conn.in_transaction


def test_what_others_name_is_not_deleted(db: Database) -> None:
    for change, named in [
        (delete("bao", "sources"), "phia_bac"),
        (delete("a"), "k1"),
        (delete("45-2012-nd-cp", "documents"), "ho-kinh-doanh"),
        (delete("tuyen-quang", "regions"), "ha-giang"),
    ]:
        with pytest.raises(EditConflict, match=named):
            apply(db, change, TODAY)
    apply(db, delete("kho-khan", "entries"), TODAY)


def test_a_row_that_is_not_there_is_a_conflict(db: Database) -> None:
    for change in (edit("zzz", note="x"), delete("zzz")):
        with pytest.raises(EditConflict, match="zzz"):
            apply(db, change, TODAY)


def test_a_row_that_somebody_changed_since_it_was_shown_is_not_overwritten(db: Database) -> None:
    shown = review(db, edit("a", note="của tôi"), TODAY)
    gone = review(db, delete("e"), TODAY)
    apply(db, edit("a", note="của người khác"), TODAY)
    apply(db, edit("e", note="khác"), TODAY)
    for change, before in ((edit("a", note="của tôi"), shown.step.before), (delete("e"), gone.step.before)):
        with pytest.raises(EditConflict, match="người khác"):
            apply(db, replace(change, seen=before), TODAY)
    again = review(db, edit("a", note="của tôi"), TODAY)
    apply(db, replace(edit("a", note="của tôi"), seen=again.step.before), TODAY)


def test_injected_text_is_stored_as_text(db: Database) -> None:
    nasty = "'; DROP TABLE figures; -- {{ 7 * 7 }} <b>&amp;"
    apply(db, edit("a", note=nasty), TODAY)
    assert table_of(db, "figures")["a"].note == nasty
    assert find(db, nasty) == []


# What is doubted


def test_doubts_about_a_figure(db: Database) -> None:
    apply(db, add("ke-hoach-2024", period="2024"), TODAY)
    percent = {"measure": "share", "of": "actual", "against": "total", "unit": "percent"}
    assert doubts(db, add()) == ["copy"]
    assert doubts(db, add(value="81600000", as_printed="81,6 triệu đồng")) == ["unit_jump"]
    assert doubts(db, add(value="90000000000", as_printed="90 tỷ đồng")) == []
    assert doubts(db, add(value="90000000000", as_printed="90 tỷ đồng", source="luat", period="2024")) == [
        "other_source"
    ]
    assert doubts(db, add(measure="actual", period="2026")) == ["period_not_over"]
    assert doubts(db, add(measure="actual", period="2026-9M")) == []
    assert doubts(db, add(period="2030", value="90000000000", as_printed="90 tỷ đồng")) == ["far_ahead"]
    assert doubts(db, add(as_of="2026-12")) == ["future_date", "copy"]
    share = {**percent, "period": "2023", "as_printed": "51%", "value": "51", "source": "luat"}
    assert "percent_differs" in doubts(db, add(**share))
    assert "percent_differs" not in doubts(db, add(**{**share, "as_printed": "45,3%", "value": "45.3"}))


def test_doubts_that_an_edit_raises_elsewhere(db: Database) -> None:
    found = doubts(db, edit("a", value="60000000000", as_printed="60 tỷ đồng"))
    assert set(found) == {"percent_differs", "total_differs", "relation_differs"}
    level = edit("may", "support_levels", valid_from="2010-01-01")
    assert doubts(db, level) == ["outside_document"]
    assert "outside_document" in doubts(
        db, Change(1, "edit", "entries", "ho-kinh-doanh", {"valid_from": "2012-01-01"})
    )
    assert doubts(db, Change(1, "edit", "sources", "bao", {"url": ""})) == ["no_address"]
    assert doubts(db, edit("bao", "sources", published_on="2027-01-01")) == ["future_date"]


# Undoing


def test_undo_restores_only_its_own_fields_and_is_itself_undone(db: Database) -> None:
    before = everything(db)
    first = apply(db, edit("a", note="một", locator="9"), TODAY)
    apply(db, edit("a", terms="khác"), TODAY)
    back = undo(db, first, 2)
    now = table_of(db, "figures")["a"]
    assert (now.note, now.locator, now.terms) == ("", "8", ("khác",))
    assert history(db, "a")[0] == replace(history(db, number=back)[0], kind="undo", undoes=first, who=2)
    again = undo(db, back, 1)
    assert table_of(db, "figures")["a"].note == "một"
    undo(db, again, 1)
    undo(db, 2, 1)
    assert everything(db) == before


def test_undo_tells_a_later_edit_of_the_same_field(db: Database) -> None:
    first = apply(db, edit("a", note="một"), TODAY)
    second = apply(db, edit("a", note="hai"), TODAY)
    with pytest.raises(EditConflict, match=f"ghi chú .*thay đổi {second}.*/hoan_tac {second}"):
        undo(db, first, 1)
    third = undo(db, second, 1)
    with pytest.raises(EditConflict, match=f"đã được hoàn tác ở thay đổi {third}"):
        undo(db, second, 1)
    undo(db, first, 1)
    with pytest.raises(EditConflict, match="Không có thay đổi số 99"):
        undo(db, 99, 1)


def test_a_deleted_row_comes_back_to_its_place(db: Database) -> None:
    before = read_rows(db)
    gone = apply(db, delete("kho-khan", "entries"), TODAY)
    with pytest.raises(EditConflict, match="Không còn"):
        apply(db, edit("kho-khan", "entries", title="x"), TODAY)
    undo(db, gone, 1)
    assert read_rows(db) == before
    with pytest.raises(EditConflict, match="đã được hoàn tác"):
        undo(db, gone, 1)


def test_undoing_an_addition_respects_what_came_later(db: Database) -> None:
    source = {"title": "Báo cáo", "kind": "agency", "rank": "2"}
    added = apply(db, Change(1, "add", "sources", "bao-cao", source), TODAY)
    figure = apply(db, add(source="bao-cao"), TODAY)
    with pytest.raises(EditConflict, match="ke-hoach-2025"):
        undo(db, added, 1)
    edited = apply(db, edit("ke-hoach-2025", note="x"), TODAY)
    with pytest.raises(EditConflict, match=f"/hoan_tac {edited}"):
        undo(db, figure, 1)
    undo(db, edited, 1)
    gone = undo(db, figure, 1)
    undo(db, added, 1)
    with pytest.raises(EditConflict, match="không có nguồn"):
        undo(db, gone, 1)


def test_a_build_in_between_is_told_as_such(db: Database, content: Files, tmp_path: Path) -> None:
    first = apply(db, edit("a", note="một"), TODAY)
    build(tmp_path / "kb.db", content.path)
    with pytest.raises(EditConflict, match="dựng hoặc nhập lại kho"):
        undo(db, first, 1)


# Against a model


def replay(rows: dict[tuple[str, str], Any], done: Done) -> None:
    """One line of the history on top of the lines before it."""
    key = (done.table, done.row)
    if done.after is None:
        assert rows.pop(key).items() == {k: v for k, v in (done.before or {}).items() if k != "rowid"}.items()
        return
    new = {name: value for name, value in done.after.items() if name != "rowid"}
    assert (done.before is None) == (key not in rows)
    old = rows.get(key, {})
    assert all(old[name] == value for name, value in (done.before or {}).items())
    rows[key] = {**old, **new}


def stored_rows(db: Database) -> dict[tuple[str, str], Any]:
    return {
        (table, cells["id"]): dict(cells)
        for table in type_of_record
        for cells in db.query(f"SELECT * FROM {table}")
    }


Moved = tuple[tuple[str, str], dict[str, str] | None, dict[str, str] | None]
"""Row, and its cells before and after; None where it was or is not there."""

NAMES = st.sampled_from(["n1", "n2", "n3"])
TEXTS = st.sampled_from(["", "x", "y", "<b>'"])


def table_text(header: list[str], rows: list[list[str]]) -> str:
    """A small CSV file."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue()


def zipped(files: dict[str, str]) -> bytes:
    """An archive of these."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


class EditsAgainstModel(RuleBasedStateMachine):
    """Random changes of sources and figures; the model is two dictionaries and a list."""

    def __init__(self) -> None:
        super().__init__()
        self.db = Database(memory=True)
        self.db.execute("PRAGMA foreign_keys = ON")
        migrate(self.db)
        for table, row, cells in [
            ("regions", "vung", {"name": "Vùng", "kind": "region"}),
            ("indicators", "so", {"name": "Số", "unit": "việc"}),
        ]:
            apply(self.db, Change(1, "add", table, row, cells), TODAY)
        self.start = len(history(self.db))
        self.rows: dict[tuple[str, str], dict[str, str]] = {}
        self.changes: list[list[Moved]] = []

    def teardown(self) -> None:
        rows: dict[tuple[str, str], Any] = {}
        for line in reversed(history(self.db)):
            for done in rows_of(self.db, line):
                replay(rows, done)
        assert rows == stored_rows(self.db)
        self.db.close()

    def named(self, key: tuple[str, str]) -> bool:
        return any(
            table == "figures" and cells["source"] == key[1] for (table, _), cells in self.rows.items()
        )

    def change(self, kind: Any, key: tuple[str, str], cells: dict[str, str], *, fits: bool) -> None:
        """Make the change; it must be refused exactly where the model says that it does not fit."""
        more = {"title": "T", "kind": "news", "rank": "3"} if key[0] == "sources" else self.figure(key[1])
        values = {**more, **cells} if kind == "add" else cells
        try:
            apply(self.db, Change(1, kind, *key, values), TODAY)
        except (ContentError, EditConflict):
            assert not fits
            return
        assert fits
        self.follow([self.moved(key, None if kind == "delete" else cells)])

    def moved(self, key: tuple[str, str], cells: dict[str, str] | None) -> Moved:
        """What these cells make of the row: of an edit only the fields that change."""
        old = self.rows.get(key)
        if old is None or cells is None:
            return key, old, cells
        touched = {name for name, value in cells.items() if old[name] != value}
        return key, {n: old[n] for n in touched}, {n: cells[n] for n in touched}

    def figure(self, name: str) -> dict[str, str]:
        fixed = {"indicator": "so", "region": "vung", "measure": "count", "period": "2024", "unit": "việc"}
        return {**fixed, "label": name, "value": "5", "as_printed": "5 việc"}

    def follow(self, moves: list[Moved]) -> None:
        self.changes.append(moves)
        self.rows = self.after(moves)

    def after(self, moves: list[Moved]) -> dict[tuple[str, str], dict[str, str]]:
        """The rows once all of these are done."""
        rows = dict(self.rows)
        for key, _, cells in moves:
            if cells is None:
                del rows[key]
            else:
                rows[key] = {**rows.get(key, {}), **cells}
        return rows

    @rule(name=NAMES, note=TEXTS)
    def add_source(self, name: str, note: str) -> None:
        key = ("sources", name)
        self.change("add", key, {"note": note, "url": ""}, fits=key not in self.rows)

    @rule(name=NAMES, source=NAMES, note=TEXTS)
    def add_figure(self, name: str, source: str, note: str) -> None:
        key = ("figures", name)
        fits = key not in self.rows and ("sources", source) in self.rows
        self.change("add", key, {"note": note, "source": source, "locator": ""}, fits=fits)

    @rule(name=NAMES, cells=st.dictionaries(st.sampled_from(["note", "url"]), TEXTS))
    def edit_source(self, name: str, cells: dict[str, str]) -> None:
        old = self.rows.get(("sources", name))
        fits = old is not None and any(old[field] != value for field, value in cells.items())
        self.change("edit", ("sources", name), cells, fits=fits)

    @rule(name=NAMES, cells=st.dictionaries(st.sampled_from(["note", "locator"]), TEXTS), source=NAMES)
    def edit_figure(self, name: str, cells: dict[str, str], source: str) -> None:
        cells = {**cells, "source": source}
        old = self.rows.get(("figures", name))
        moved = old is not None and any(old[field] != value for field, value in cells.items())
        self.change("edit", ("figures", name), cells, fits=moved and ("sources", source) in self.rows)

    @rule(table=st.sampled_from(["sources", "figures"]), name=NAMES)
    def delete(self, table: str, name: str) -> None:
        key = (table, name)
        fits = key in self.rows and not (table == "sources" and self.named(key))
        self.change("delete", key, {}, fits=fits)

    @precondition(lambda self: self.changes)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        number = data.draw(st.integers(1, len(self.changes)))
        moves = [(key, after, before) for key, before, after in self.changes[number - 1]]
        fits = all(
            row is None
            if left is None
            else row is not None and all(row[field] == value for field, value in left.items())
            for key, left, _ in moves
            for row in [self.rows.get(key)]
        )
        fits = fits and self.holds(self.after(moves))
        try:
            undo(self.db, self.start + number, 1)
        except EditConflict:
            assert not fits
            return
        assert fits
        self.follow([(key, self.rows.get(key) if goes is None else left, goes) for key, left, goes in moves])

    def holds(self, rows: dict[tuple[str, str], dict[str, str]]) -> bool:
        """Whether every figure has its source."""
        return all(
            ("sources", cells["source"]) in rows for (table, _), cells in rows.items() if table == "figures"
        )

    @rule(
        sources=st.lists(st.tuples(NAMES, TEXTS), max_size=3),
        figures=st.lists(st.tuples(NAMES, NAMES, TEXTS), max_size=3),
    )
    def import_file(self, sources: list[tuple[str, str]], figures: list[tuple[str, str, str]]) -> None:
        """Rows that fit are written together; those of a name that came before, or of no source, are left out."""
        moves: dict[tuple[str, str], Moved] = {}
        refused = 0
        for name, note in sources:
            refused += ("sources", name) in moves
            moves.setdefault(("sources", name), self.moved(("sources", name), {"note": note, "url": ""}))
        seen: set[str] = set()
        for name, source, note in figures:
            key = ("figures", name)
            known = ("sources", source) in moves or ("sources", source) in self.rows
            if name in seen or not known:
                refused += 1
            else:
                moves[key] = self.moved(key, {"note": note, "source": source, "locator": ""})
            seen.add(name)
        wanted = [move for move in moves.values() if move[2]]
        data = zipped(
            {
                "sources.csv": table_text(
                    ["id", "title", "kind", "rank", "url", "note"],
                    [[name, "T", "news", "3", "", note] for name, note in sources],
                ),
                "figures.csv": table_text(
                    ["id", *self.figure(""), "source", "note", "locator"],
                    [[name, *self.figure(name).values(), source, note, ""] for name, source, note in figures],
                ),
            }
        )
        plan = read_plan(self.db, "tệp.zip", data, "", TODAY)
        assert len(plan.problems) == refused
        assert {(step.table, step.row) for step in plan.steps} == {key for key, _, _ in wanted}
        if wanted:
            id_ = keep_import(self.db, plan, data, "", 1, 1.0)
            saved = save_import(self.db, id_, 1, TODAY, 2.0)
            assert (saved.state, saved.number) == ("saved", self.start + len(self.changes) + 1)
            self.follow(wanted)

    @invariant()
    def the_base_is_the_model(self) -> None:
        stored = stored_rows(self.db)
        assert set(stored) - {("regions", "vung"), ("indicators", "so")} == set(self.rows)
        for key, cells in self.rows.items():
            assert {name: stored[key][name] for name in cells} == cells
        assert len(history(self.db)) == self.start + len(self.changes)


def test_random_changes_follow_a_simple_model() -> None:
    run_state_machine_as_test(
        EditsAgainstModel, settings=settings(max_examples=MODEL_RUNS, stateful_step_count=50, deadline=None)
    )


# A kill

WRITER = """
import random, sys
from datetime import date
from db.connection import open_database
from db.edits import apply, undo
from db.history import history
from db.errors import EditConflict
from db.imports import keep_import, read_plan, save_import
from db.proposals import Change
choose = random.Random(int(sys.argv[2]))
today = date(2026, 11, 23)
with open_database(sys.argv[1]) as db:
    print("ready", flush=True)
    while True:
        name = f"s{choose.randrange(20)}"
        last = max([done.id for done in history(db, limit=1)] or [1])
        number = choose.choice([last, choose.randrange(1, 1 + last)])
        cells = {"title": "T", "kind": "news", "rank": "3", "note": str(choose.random())}
        kind = choose.choice(["add", "edit", "delete", "undo", "import"])
        try:
            if kind == "import":
                lines = [f"s{n},T,news,3,{choose.random()}" for n in choose.sample(range(40), 15)]
                data = "\\n".join(["id,title,kind,rank,note", *lines]).encode()
                id_ = keep_import(db, read_plan(db, "s.csv", data, "", today), data, "", 1, 1.0)
                done = save_import(db, id_, 1, today, 2.0).number
            elif kind == "undo":
                done = undo(db, number, 1)
            else:
                done = apply(db, Change(1, kind, "sources", name, {} if kind == "delete" else cells), today)
        except Exception as error:
            if type(error).__name__ not in ("EditConflict", "ContentError"):
                raise
            continue
        print(done, flush=True)
"""


def test_a_kill_loses_nothing_acknowledged_and_leaves_nothing_half_done(
    content: Files, tmp_path: Path
) -> None:
    path = tmp_path / "kb.db"
    build(path, content.path)
    with open_database(path) as db:
        start = stored_rows(db)
    choose = random.Random(4)
    acknowledged: list[int] = []
    for run in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(run)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        told = [process.stdout.readline() for _ in range(choose.randrange(5))]  # however slow the machine
        try:
            process.wait(choose.random() / 20)
        except subprocess.TimeoutExpired:
            process.kill()
        told += process.communicate()[0].splitlines(keepends=True)
        assert process.returncode == -9
        acknowledged += [int(line) for line in told if line.endswith("\n")]
        with open_database(path) as db:
            lines = list(reversed(history(db)))
            assert {done.id for done in lines} >= set(acknowledged)
            rows = json.loads(json.dumps([[*key, cells] for key, cells in start.items()]))
            replayed = {(table, name): cells for table, name, cells in rows}
            for line in lines:
                for done in rows_of(db, line):
                    replay(replayed, done)
            assert replayed == stored_rows(db)
            assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            assert not db.execute("PRAGMA foreign_key_check").fetchall()
    assert len(acknowledged) > KILLS
    assert {line.kind for line in lines if line.table == IMPORTS} == {"add", "undo"}
