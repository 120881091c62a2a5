"""Copies of the database made while the bot runs: one a day, each checked, thinned out by a stated rule.

Kept are the copies of the last 7 days on which there is one, the latest copy of each of the last 4 weeks, and the latest
of each of the last 6 months that have one. A file that does not carry such a name is never touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from pathlib import Path

from db.backup import backup, describe
from db.errors import COPIES, BackupError

DAYS, WEEKS, MONTHS = 7, 4, 6

_NAME = re.compile(r".+-(\d{4}-\d\d-\d\d)\.db")


def kept(days: Iterable[date]) -> set[date]:
    """The days whose copies are kept."""
    latest = sorted(set(days), reverse=True)
    rules: list[tuple[Callable[[date], Hashable], int]] = [
        (lambda day: day, DAYS),
        (lambda day: day.isocalendar()[:2], WEEKS),
        (lambda day: (day.year, day.month), MONTHS),
    ]
    found: set[date] = set()
    for part_of, most in rules:
        first: dict[Hashable, date] = {}
        for day in latest:
            first.setdefault(part_of(day), day)
        found.update(list(first.values())[:most])
    return found


def copies(folder: Path) -> dict[date, Path]:
    """The copies of a folder by their day."""
    found: dict[date, Path] = {}
    for file in folder.glob("*.db"):
        name = _NAME.fullmatch(file.name)
        try:
            found[date.fromisoformat(name[1] if name else "")] = file
        except ValueError:
            continue
    return found


def daily_copy(path: Path, today: date) -> Path | None:
    """Make the copy of the day where there is none or an unsound one, and delete what the rule does not keep.

    None when there was one. A copy is in its place only once it is whole and sound; older ones are deleted only after
    that. Raises `BackupError` or `DatabaseMissing`; nothing is deleted then.
    """
    folder = path.parent / COPIES
    file = folder / f"{path.stem}-{today.isoformat()}.db"
    if file.exists() and _sound(file):
        return None
    backup(path, file)
    found = copies(folder)
    keep = kept(day for day in found if day <= today)
    for day, old in found.items():
        if day <= today and day not in keep:
            old.unlink(missing_ok=True)
    return file


def _sound(file: Path) -> bool:
    try:
        describe(file)
    except BackupError:
        return False
    return True
