"""Daily copies: which are kept, that each is sound, that a failure deletes nothing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.backup import DAYS, MONTHS, WEEKS, copies, daily_copy, describe, kept
from db.content import build
from db.errors import COPIES, BackupError, DatabaseMissing
from tests.db.conftest import Files

DAY = timedelta(days=1)
TODAY = date(2026, 11, 23)


@pytest.fixture
def path(content: Files, tmp_path: Path) -> Path:
    build(tmp_path / "kho" / "kb.db", content.path)
    return tmp_path / "kho" / "kb.db"


def test_a_year_of_daily_copies_leaves_days_weeks_and_months() -> None:
    held: set[date] = set()
    for n in range(365):
        held = kept({*held, TODAY - (364 - n) * DAY})
    assert sorted(held, reverse=True) == [
        *(TODAY - n * DAY for n in range(7)),  # 23/11 is a Monday
        *(date(2026, 11, 15), date(2026, 11, 8)),
        *(date(2026, 10, 31), date(2026, 9, 30), date(2026, 8, 31), date(2026, 7, 31), date(2026, 6, 30)),
    ]


def test_days_without_a_copy_do_not_push_others_out() -> None:
    rare = {date(2026, month, 1) for month in range(1, 8)}
    assert kept(rare) == rare, "seven copies, however far apart"
    assert kept([]) == set()


@given(st.sets(st.dates(date(2020, 1, 1), date(2026, 12, 31)), max_size=60))
def test_the_rule_keeps_the_latest_never_too_many_and_changes_nothing_when_applied_again(
    days: set[date],
) -> None:
    held = kept(days)
    assert held <= days
    assert len(held) <= DAYS + WEEKS + MONTHS
    assert set(sorted(days)[-DAYS:]) <= held
    assert {(day.year, day.month) for day in held} >= set(sorted({(d.year, d.month) for d in days})[-MONTHS:])
    assert kept(held) == held


def test_one_sound_copy_a_day(path: Path) -> None:
    made = daily_copy(path, TODAY)
    assert made == path.parent / COPIES / "kb-2026-11-23.db"
    assert describe(made).startswith("5 số liệu")
    assert daily_copy(path, TODAY) is None
    made.write_bytes(b"torn" * 1000)
    assert daily_copy(path, TODAY) == made
    assert describe(made)
    assert [file.name for file in made.parent.iterdir()] == [made.name]


def test_what_the_rule_does_not_keep_goes_and_other_files_stay(path: Path) -> None:
    for n in range(60, -1, -1):
        daily_copy(path, TODAY - n * DAY)
    folder = path.parent / COPIES
    (folder / "giu-lai.db").write_text("của tôi")
    (folder / "kb-2026-13-45.db").write_text("của tôi")
    later = folder / "kb-2027-01-01.db"
    later.write_text("ngày mai")
    daily_copy(path, TODAY + DAY)
    assert set(copies(folder)) - {date(2027, 1, 1)} == kept(TODAY + DAY - n * DAY for n in range(62))
    assert later.exists() and len(list(folder.glob("giu-lai.db"))) == 1
    assert (folder / "kb-2026-13-45.db").exists()


def test_a_failure_deletes_nothing(path: Path, tmp_path: Path) -> None:
    for n in (40, 39, 38, 37, 36, 35, 34, 33, 32):
        daily_copy(path, TODAY - n * DAY)
    before = set(copies(path.parent / COPIES))
    (path.parent / COPIES / "kb-2026-11-23.db.part").mkdir()
    with pytest.raises(BackupError):
        daily_copy(path, TODAY)
    assert set(copies(path.parent / COPIES)) == before
    with pytest.raises(DatabaseMissing):
        daily_copy(tmp_path / "none.db", TODAY)
