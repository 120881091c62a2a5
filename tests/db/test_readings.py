"""Reports that are being read: kept, accepted item by item once, forgotten after a day, gone with the role."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from db.activity import Activity
from db.connection import open_database
from db.edits import undo
from db.errors import ContentError
from db.history import history
from db.proposals import Change
from db.publishing import publish, waiting
from db.readings import Item, accept, accept_all, drop_reading, keep_reading, new_reading, readers, reading_of
from db.roles import add_editor, remove_editor
from db.waiting import WAIT_SECONDS, set_review

TODAY = date(2026, 11, 23)
CELLS = {
    "indicator": "kinh-phi", "measure": "plan", "of": "", "against": "", "programme": "KCDP", "region": "nghe-an", "period": "2023",
    "value": "8150000000", "value_max": "", "unit": "VND", "qualifier": "exact", "as_printed": "8,15 tỷ đồng", "round": "", "locator": "2",
}  # fmt: skip


@pytest.fixture
def db(database: Path) -> Iterator[Database]:
    with closing(Activity(database)), open_database(database) as opened:
        yield opened


def change(person: int = 5, **cells: str) -> Change:
    values = {name: value for name, value in {**CELLS, **cells}.items() if value}
    return Change(person, "add", "figures", "thu-doc", {**values, "source": "bai-hn-2024"})


def keep(db: Database, person: int = 5, now: float = 1.0) -> None:
    item = Item(CELLS, {"region": ("ha-tinh",)})
    reading = new_reading(77)
    keep_reading(db, person, type(reading)(reading.id, "Một đoạn.", "bai-hn-2024", items=(item, item)), now)


def test_a_reading_comes_back_as_it_was_kept(db: Database) -> None:
    keep(db)
    found = reading_of(db, 5, 2.0)
    assert found is not None
    assert (found.id, found.text, found.source) == (new_reading(77).id, "Một đoạn.", "bai-hn-2024")
    assert found.items[0] == Item(CELLS, {"region": ("ha-tinh",)})
    assert reading_of(db, 6, 2.0) is None
    assert readers(db) == [5]


def test_an_item_is_accepted_once_and_its_change_can_be_undone(db: Database) -> None:
    keep(db)
    done = accept(db, 1, change(), TODAY, 2.0)
    assert (done.state, done.before) == ("saved", False)
    again = accept(db, 1, change(), TODAY, 3.0)
    assert (again.number, again.before) == (done.number, True)
    found = reading_of(db, 5, 4.0)
    assert found is not None
    assert [(item.state, item.number) for item in found.items] == [("open", 0), ("saved", done.number)]
    assert [one.row for one in history(db, "thu-doc")] == ["thu-doc"]
    undo(db, done.number, 5)
    assert not list(db.query("SELECT id FROM figures WHERE id = 'thu-doc'"))


def test_several_items_are_one_change_made_once_and_taken_back_as_one(db: Database) -> None:
    keep(db)
    other = replace(change(region="ha-tinh"), row="thu-doc-2")
    done = accept_all(db, {0: change(), 1: other}, "Một bài", TODAY, 2.0)
    assert (done.state, done.rows) == ("saved", 2)
    assert accept_all(db, {0: change(), 1: other}, "Một bài", TODAY, 3.0).state == "unknown"
    found = reading_of(db, 5, 4.0)
    assert found is not None
    assert {(item.state, item.number) for item in found.items} == {("saved", done.number)}
    undo(db, done.number, 5)
    assert not list(db.query("SELECT id FROM figures WHERE id LIKE 'thu-doc%'"))


def test_of_several_items_none_is_made_where_one_is_refused(db: Database) -> None:
    keep(db)
    wrong = replace(change(region="khong-co"), row="thu-doc-2")
    with pytest.raises(ContentError):
        accept_all(db, {0: change(), 1: wrong}, "Một bài", TODAY, 2.0)
    assert not history(db, "thu-doc")


def test_what_is_refused_leaves_nothing_behind(db: Database) -> None:
    keep(db)
    with pytest.raises(ContentError):
        accept(db, 0, change(region="khong-co"), TODAY, 2.0)
    found = reading_of(db, 5, 3.0)
    assert found is not None
    assert found.items[0].state == "open"
    assert not history(db, "thu-doc")
    assert not list(db.query("SELECT id FROM drafts"))


def test_nobody_accepts_out_of_a_reading_that_is_not_there(db: Database) -> None:
    keep(db)
    assert accept(db, 0, change(person=6), TODAY, 2.0).state == "unknown"
    assert accept(db, 9, change(), TODAY, 2.0).state == "unknown"
    assert drop_reading(db, 5)
    assert not drop_reading(db, 5)
    assert accept(db, 0, change(), TODAY, 2.0).state == "unknown"
    assert not history(db, "thu-doc")


def test_a_day_later_it_is_forgotten(db: Database) -> None:
    keep(db)
    assert reading_of(db, 5, WAIT_SECONDS + 1.5) is None
    keep(db, person=6, now=WAIT_SECONDS + 2.0)
    assert readers(db) == [6]


def test_it_goes_with_the_role(db: Database) -> None:
    add_editor(db, 5, 1)
    keep(db)
    remove_editor(db, 5)
    assert reading_of(db, 5, 2.0) is None


def test_while_review_is_on_an_item_is_proposed_once(db: Database) -> None:
    set_review(db, on=True)
    keep(db)
    done = accept(db, 1, change(), TODAY, 2.0, free=False)
    assert (done.state, done.before) == ("proposed", False)
    again = accept(db, 1, change(), TODAY, 3.0, free=False)
    assert (again.state, again.number, again.before) == ("proposed", done.number, True)
    found = reading_of(db, 5, 4.0)
    assert found is not None
    assert [(item.state, item.number) for item in found.items] == [("open", 0), ("proposed", done.number)]
    assert not history(db, "thu-doc")
    assert [(one.id, one.person, one.row) for one in waiting(db)] == [(done.number, 5, "thu-doc")]
    publish(db, done.number, 6, TODAY, own=False)
    assert [(one.row, one.who) for one in history(db, "thu-doc")] == [("thu-doc", 5)]
