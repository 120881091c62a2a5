"""What editors propose while review is on: published as it then fits, refused where it does not, never by its author."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from db.activity_steps import activity_steps
from db.connection import open_database
from db.content import build
from db.drafts import cancel_draft, keep_draft, save_draft
from db.edits import apply
from db.errors import ContentError, EditConflict
from db.history import history
from db.migrations import migrate
from db.proposals import Change, review
from db.publishing import (
    mark_told,
    proposal,
    propose,
    publish,
    reject,
    waiting,
)
from db.roles import add_editor, editors, remove_editor, role_given
from db.rows import stored
from db.waiting import review_is_on, set_review
from tests.db.conftest import Files

TODAY = date(2026, 11, 23)
AUTHOR, REVIEWER, OWNER = 5, 6, 7


@pytest.fixture
def path(content: Files, tmp_path: Path) -> Path:
    build(tmp_path / "kb.db", content.path)
    return tmp_path / "kb.db"


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    with open_database(path) as db:
        migrate(db, activity_steps)
        yield db


def note(db: Database, row: str = "a") -> str:
    cells = stored(db, "figures", row)
    assert cells
    return str(cells["note"])


def proposed(db: Database, text: str = "mới", row: str = "a") -> int:
    """An editor's draft, saved while review is on; the number of the proposal."""
    change = Change(AUTHOR, "edit", "figures", row, {"note": text})
    seen = review(db, change, TODAY).step.before
    id_ = keep_draft(db, Change(AUTHOR, "edit", "figures", row, {"note": text}, "", seen), 0.0)
    settled = save_draft(db, id_, AUTHOR, TODAY, 1.0, free=False)
    assert settled.state == "proposed"
    assert save_draft(db, id_, AUTHOR, TODAY, 2.0, free=False).before
    assert cancel_draft(db, id_, AUTHOR, 2.0).state == "proposed", "a proposal is no longer a draft"
    return settled.number


def test_review_is_off_until_it_is_switched_on(db: Database) -> None:
    assert not review_is_on(db)
    id_ = keep_draft(db, Change(AUTHOR, "edit", "figures", "a", {"note": "mới"}), 0.0)
    assert save_draft(db, id_, AUTHOR, TODAY, 1.0, free=False).state == "saved"
    assert set_review(db, on=True) and not set_review(db, on=True)
    assert review_is_on(db)
    assert set_review(db, on=False) and not review_is_on(db)


def test_a_proposal_changes_nothing_until_it_is_published_once(db: Database, path: Path) -> None:
    set_review(db, on=True)
    number = proposed(db)
    assert note(db) == "" and not history(db)
    with open_database(path) as other:  # as after a restart
        assert [one.id for one in waiting(other)] == [number]
        found, now = publish(other, number, REVIEWER, TODAY, own=False)
        assert now and found.state == "published" and found.decided_by == REVIEWER
        assert publish(other, number, OWNER, TODAY, own=True) == (found, False)
        assert reject(other, number, OWNER) == (found, False)
    (done,) = history(db)
    assert (done.id, done.who, done.why) == (found.number, AUTHOR, f"duyệt bởi {REVIEWER}")
    assert note(db) == "mới" and not waiting(db)


def test_nobody_publishes_his_own_unless_he_may(db: Database) -> None:
    set_review(db, on=True)
    number = proposed(db)
    with pytest.raises(EditConflict, match="của chính bạn"):
        publish(db, number, AUTHOR, TODAY, own=False)
    assert waiting(db, AUTHOR) and not waiting(db, REVIEWER)
    assert publish(db, number, AUTHOR, TODAY, own=True)[1]


def test_what_no_longer_fits_is_refused_and_goes_on_waiting(db: Database) -> None:
    set_review(db, on=True)
    number = proposed(db, "của tôi")
    apply(db, Change(OWNER, "edit", "figures", "a", {"note": "của chủ"}), TODAY)
    with pytest.raises(EditConflict):
        publish(db, number, REVIEWER, TODAY, own=False)
    assert note(db) == "của chủ" and waiting(db)
    gone = proposed(db, "của tôi", "e")
    apply(db, Change(OWNER, "delete", "figures", "e"), TODAY)
    with pytest.raises(EditConflict):
        publish(db, gone, REVIEWER, TODAY, own=False)
    bad = propose(db, "k", AUTHOR, "b", Change(AUTHOR, "edit", "figures", "b", {"source": "x"}), 0.0)
    with pytest.raises(ContentError):
        publish(db, bad.id, REVIEWER, TODAY, own=False)


def test_undoing_is_proposed_as_well(db: Database) -> None:
    number = apply(db, Change(OWNER, "edit", "figures", "a", {"note": "sai"}), TODAY)
    one = propose(db, "undo:1", AUTHOR, "a", number, 0.0)
    assert propose(db, "undo:1", AUTHOR, "a", number, 9.0) == one
    publish(db, one.id, REVIEWER, TODAY, own=False)
    assert note(db) == ""
    assert (history(db)[0].undoes, history(db)[0].why) == (number, f"duyệt bởi {REVIEWER}")


def test_it_is_rejected_with_a_reason_or_withdrawn(db: Database) -> None:
    set_review(db, on=True)
    one, two = proposed(db), proposed(db, row="b")
    assert reject(db, one, REVIEWER, "thiếu nguồn")[0].reason == "thiếu nguồn"
    assert reject(db, two, AUTHOR)[0].state == "withdrawn"
    assert [proposal(db, id_).state for id_ in (one, two)] == ["rejected", "withdrawn"]
    with pytest.raises(EditConflict, match="/cho_duyet"):
        proposal(db, 99)
    assert not history(db)


def test_it_is_remembered_who_was_told(db: Database) -> None:
    set_review(db, on=True)
    number = proposed(db)
    mark_told(db, number, "announced")
    assert proposal(db, number).announced and not proposal(db, number).answered
    mark_told(db, number, "answered")
    assert proposal(db, number).answered


def test_a_role_can_be_changed(db: Database) -> None:
    assert add_editor(db, 5, 1) and role_given(db, 5) == "editor"
    assert add_editor(db, 5, 1, "reviewer") and not add_editor(db, 5, 2, "reviewer")
    assert [(one.person, one.role, one.added_by) for one in editors(db)] == [(5, "reviewer", 1)]
    assert remove_editor(db, 5) and role_given(db, 5) is None


# Slots


def test_a_deleted_figure_does_not_come_back_into_a_slot_that_was_filled_since(db: Database) -> None:
    from db.edits import undo

    cells = stored(db, "figures", "b")
    assert cells
    number = apply(db, Change(OWNER, "delete", "relations", "k1"), TODAY)
    number = apply(db, Change(OWNER, "delete", "figures", "b"), TODAY)
    columns = ("indicator", "measure", "programme", "region", "period", "unit", "as_printed", "source")
    values = {name: str(cells[name]) for name in columns}
    other = apply(db, Change(OWNER, "add", "figures", "b2", {**values, "value": "96600000000"}), TODAY)
    with pytest.raises(EditConflict, match="b2"):
        undo(db, number, OWNER)
    undo(db, other, OWNER)
    undo(db, number, OWNER)
    assert stored(db, "figures", "b")


def test_a_figure_that_always_had_a_neighbour_in_its_slot_can_be_edited_and_brought_back(
    content: Files, tmp_path: Path
) -> None:
    from db.edits import undo

    text = (content.path / "figures.csv").read_text(encoding="utf-8")
    line = next(one for one in text.splitlines() if one.startswith("e,"))
    content.write("figures.csv", text + line.replace("e,", "e2,", 1) + "\n")
    build(tmp_path / "two.db", content.path)
    with open_database(tmp_path / "two.db") as db:
        apply(db, Change(OWNER, "edit", "figures", "e", {"note": "x"}), TODAY)
        number = apply(db, Change(OWNER, "delete", "figures", "e"), TODAY)
        undo(db, number, OWNER)
        assert note(db, "e") == "x"
