"""The database file is deleted, emptied, replaced or truncated: nothing starts over on its own, no edit is confirmed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from db.backup import backup, daily_copy, restore
from db.connection import open_database, open_read_only, transaction
from db.content import build, read_meta
from db.errors import DAMAGED, DatabaseGone, DatabaseLost
from db.presence import marker_of, refuse_lost
from tests.conftest import TODAY
from tests.telegram.conftest import REAL
from tests.telegram.harness import ROOT, Bot, Person, buttons_of, free_port, id_of, running, text_of, until
from tests.telegram.test_admin import SOURCE, draft
from tests.telegram.test_conversation import QUESTION
from tests.telegram.test_watch import get


def delete(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def replace(path: Path) -> None:
    other = path.with_name("other.db")
    build(other)
    other.replace(path)


def truncate(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(8192)


HARMS = [delete, empty, replace, truncate]


def away(path: Path) -> None:
    """Take away what a stopped process left beside the file."""
    for name in (f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)


@pytest.fixture
def marked(database: Path) -> Path:
    """A database that was used before."""
    build(database, if_missing=True)
    return database


def test_a_first_start_leaves_a_marker_and_any_later_one_agrees_with_it(tmp_path: Path) -> None:
    path = tmp_path / "kho" / "kb.db"
    refuse_lost(path)
    assert build(path, if_missing=True) == "built"
    marker = marker_of(path)
    with open_read_only(path) as db:
        assert marker.read_text().strip() == read_meta(db)["identity"]
    assert marker.stat().st_mode & 0o777 == 0o600
    assert build(path, if_missing=True) == "unchanged"
    refuse_lost(path)


def test_a_database_of_an_earlier_version_is_taken_over(database: Path) -> None:
    marker_of(database).unlink(missing_ok=True)
    assert build(database, if_missing=True) == "unchanged"
    assert marker_of(database).is_file()


@pytest.mark.parametrize("harm", [delete, empty, replace])
def test_a_lost_file_is_not_built_anew(marked: Path, harm: Callable[[Path], None]) -> None:
    copy = daily_copy(marked, TODAY)
    harm(marked)
    before = marked.read_bytes() if marked.exists() else None
    with pytest.raises(DatabaseLost, match=str(copy)):
        build(marked, if_missing=True)
    assert (marked.read_bytes() if marked.exists() else None) == before, "nothing was written"


def test_nothing_creates_a_lost_file_but_who_is_told_to(marked: Path, tmp_path: Path) -> None:
    backup(marked, tmp_path / "copy.db")
    marked.unlink()
    for work in (open_database, open_read_only):
        with pytest.raises(DatabaseLost):
            work(marked)
    assert restore(tmp_path / "copy.db", marked) is None
    refuse_lost(marked)
    marked.unlink()
    assert build(marked) == "built", "an explicit build starts over"
    refuse_lost(marked)


def test_a_restored_backup_keeps_the_identity(marked: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    build(other)
    before = marker_of(marked).read_text()
    restore(other, marked)
    assert marker_of(marked).read_text() == before
    refuse_lost(marked)


@pytest.mark.parametrize("harm", HARMS)
def test_an_open_file_that_was_lost_takes_no_more_writes(marked: Path, harm: Callable[[Path], None]) -> None:
    with open_database(marked) as db:
        with transaction(db):
            db.execute("UPDATE meta SET value = value")
        harm(marked)
        assert not db.still_there()
        with pytest.raises(DatabaseGone), transaction(db):
            pass


@pytest.mark.parametrize("harm", HARMS)
def test_while_running_edits_are_refused_and_the_owner_is_told(
    new_bot: Callable[..., Bot], harm: Callable[[Path], None]
) -> None:
    port = free_port()
    bot = new_bot(REAL, WATCH_PORT=str(port))
    owner, person = Person(bot), Person(bot)
    bot.settings["OWNER_IDS"] = str(owner.user)
    path = Path(bot.settings["DATABASE"])
    with running(bot):
        call = draft(owner, f"/them_so_lieu KCĐP kế hoạch 2031 phía Nam 71 tỷ | nguồn: {SOURCE}")
        kept = path.with_name("kept.db")
        shutil.copy(path, kept)
        harm(path)
        owner.tap(buttons_of(call)["Lưu"], id_of(call))
        until(lambda: bot.calls("answerCallbackQuery"), wanted="a word about the tap")
        told = "\n".join(text_of(one) for one in owner.next(2))
        assert "khi bot đang chạy" in told and "kb restore" in told
        assert "chưa lưu gì" in told and "Đã lưu" not in told
        status, page = get(port, "/health")
        assert (status, page) == (503, "file: the database was deleted, replaced or truncated\n")
        assert "176,4" in person.ask(QUESTION), "answered from memory"
        assert bot.stop() == 0
        away(path)
        if harm is not truncate:
            bot.start()
            assert bot.exit_code() == DAMAGED
    if harm is delete:
        assert "tệp không còn ở đó" in bot.log.read_text()
        command = [sys.executable, "bot.py", "--database", str(path), "kb", "restore", str(kept)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        with running(bot):
            assert "176,4" in person.ask(QUESTION)
