"""What followers are to be told: every change of a figure once, whether it came alone or in a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from db.activity_steps import activity_steps
from db.connection import open_database
from db.content import build
from db.edits import apply, undo
from db.following import Notice, begin, enqueue, mark, next_chat, told, unread
from db.imports import keep_import, read_plan, save_import
from db.migrations import migrate
from db.proposals import Change
from tests.db.conftest import Files

TODAY = date(2026, 11, 23)
ALWAYS = "9999"
FILE = """\
id,indicator,measure,programme,region,period,value,unit,as_printed,source
moi,kinh-phi,plan,KCQG,phia_bac,2025,81600000000,VND,"81,6 tỷ đồng",bao
moi-2,kinh-phi,plan,KCDP,phia_bac,2025,90100000000,VND,"90,1 tỷ đồng",bao
a,kinh-phi,actual,KCQG,phia_bac,2023,79800000000,VND,"79,8 tỷ đồng",bao
""".encode()


@pytest.fixture
def db(content: Files, tmp_path: Path) -> Iterator[Database]:
    build(tmp_path / "kb.db", content.path)
    with open_database(tmp_path / "kb.db") as db:
        migrate(db, activity_steps)
        begin(db)
        yield db


def imported(db: Database) -> int:
    plan = read_plan(db, "so-lieu.csv", FILE, "", TODAY)
    assert not plan.problems
    return save_import(db, keep_import(db, plan, FILE, "", 1, 1.0), 1, TODAY, 2.0).number


def test_each_row_of_an_import_is_a_change_of_its_own(db: Database) -> None:
    alone = apply(db, Change(1, "edit", "figures", "b", {"note": "một mình"}), TODAY)
    number = imported(db)
    found = unread(db, ALWAYS)
    assert [(one.id, one.table, one.row) for one in found] == [
        (alone, "figures", "b"),
        (number, "figures", "moi"),
        (number, "figures", "moi-2"),
        (number, "figures", "a"),
    ]
    new, edited = found[1], found[3]
    assert new.before is None
    assert new.after is not None and new.after["as_printed"] == "81,6 tỷ đồng"
    assert edited.before is not None and edited.before["as_printed"] == "79,9 tỷ đồng"
    assert edited.after is not None and edited.after["as_printed"] == "79,8 tỷ đồng"
    assert all(one.at == found[1].at for one in found[1:])
    assert unread(db, "2000") == [], "not before things have settled"


def test_an_import_that_is_taken_back_is_a_change_too(db: Database) -> None:
    number = imported(db)
    back = undo(db, number, 1)
    found = [one for one in unread(db, ALWAYS) if one.id == back]
    assert {one.row for one in found} == {"moi", "moi-2", "a"}
    assert {one.row for one in found if one.after is None} == {"moi", "moi-2"}
    (edited,) = (one for one in found if one.row == "a")
    assert edited.before is not None and edited.before["as_printed"] == "79,8 tỷ đồng"


def test_a_chat_is_told_of_every_row_of_an_import_once(db: Database) -> None:
    number = imported(db)
    notices = [Notice(7, one.id, "new", one.table, one.row, "{}") for one in unread(db, ALWAYS)]
    assert enqueue(db, mark(db), number, notices, 1.0)
    assert unread(db, ALWAYS) == []
    assert not enqueue(db, 0, number, notices, 2.0), "the mark has moved on"
    waiting = next_chat(db)
    assert waiting is not None
    assert waiting[0] == 7
    assert [one.row for one in waiting[1]] == ["moi", "moi-2", "a"]
    told(db, 7, number)
    assert next_chat(db) is None


def test_notices_that_waited_before_the_table_was_made_anew_still_wait(
    content: Files, tmp_path: Path
) -> None:
    build(tmp_path / "old.db", content.path)
    with open_database(tmp_path / "old.db") as db:
        activity_steps.apply(db, stop_before="notices_by_row")
        sql = "INSERT INTO notices VALUES (7, 3, 'new', 'figures', 'a', '{}', ?, 1.0)"
        db.execute(sql, ["waiting"])
        db.conn.commit()
        migrate(db, activity_steps)
        assert next_chat(db) == (7, [Notice(7, 3, "new", "figures", "a", "{}")])
