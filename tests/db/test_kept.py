"""Nothing about people is kept that is not named, told of, and given up on request or with time."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from db.activity import Activity
from db.backup import backup
from db.fields import type_of_record
from db.following import follow
from db.kept import HISTORY, KEPT, personal_tables
from db.openings import StoredGuide
from db.recording import Asked, Sent
from knowledge.telling.render import notice

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60
SAID = {
    30 * MINUTE: "30 phút",
    HOUR: "1 giờ",
    DAY: "24 giờ",
    3 * DAY: "3 ngày",
    7 * DAY: "7 ngày",
    30 * DAY: "30 ngày",
    90 * DAY: "90 ngày",
    365 * DAY: "một năm",
}
GO_WITH_THE_NEXT = {"drafts", "imports", "readings"}  # of the same kind, and are refused before
ONE, OTHER = 900000001, 900000002
DEPLOY = Path(__file__).parents[2] / "deploy"


class Clock:
    """Time that passes when told to."""

    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def path(database: Path) -> Path:
    """A database with the knowledge and the activity of two people."""
    activity = Activity(database, Clock())

    async def fill(person: int) -> None:
        conversation = str(person)
        for status, text in (("no_answer", f"câu riêng {person}x"), ("answered", "câu thường")):
            asked = Asked(
                conversation, person, 10, "{}", text, status, "figure", (("nút", f"hỏi {person}x"),), ("f1",)
            )
            recorded = await activity.record(asked, sent=Sent([11], "{}"))
        await activity.tap(conversation, conversation, 11, recorded.choices[0])
        await activity.rate(recorded.question, conversation, 1)
        await activity.apology_due(conversation)
        await activity.keep_guide(conversation, StoredGuide("{}", "u", True))
        await activity.admit(person, f'{{"text": "tin của {person}x"}}')
        await activity.carry_out(follow, person, "kinh-phi", Clock.now)
        await activity.carry_out(notify, person)

    def notify(db: Database, person: int) -> None:
        sql = "INSERT INTO notices VALUES (?, 1, 'new', 'figures', 'f1', '', 'told', ?)"
        db.execute(sql, [person, Clock.now])
        db.execute(
            "INSERT INTO roles (person, role, added_by, at) VALUES (?, 'editor', ?, '')", [person, person]
        )
        db.execute("INSERT INTO people VALUES (?, ?)", [person, f"tên {person}x"])
        sql = "INSERT INTO drafts VALUES (?, ?, ?, 'waiting', NULL, ?, 0)"
        db.execute(sql, [str(person), person, f"nháp {person}x", Clock.now])
        db.execute("INSERT OR REPLACE INTO layouts VALUES ('x', '{}')")
        sql = "INSERT INTO imports (id, person, name, \"table\", file, digest, state, created) VALUES (?, ?, ?, '', ?, '', 'waiting', ?)"
        db.execute(sql, [str(person), person, f"tệp {person}x.csv", f"tệp của {person}x".encode(), Clock.now])
        db.execute("INSERT OR REPLACE INTO desk_settings VALUES ('review', 'on')")
        sql = (
            "INSERT INTO proposals (key, person, row, change, state, announced, reason, answered, created)"
            " VALUES (?, ?, 'f1', ?, 'waiting', 0, '', 0, ?)"
        )
        db.execute(sql, [str(person), person, f"đề nghị {person}x", Clock.now])
        sql = "INSERT INTO desk_steps VALUES (?, 'figure', ?, '', ?)"
        db.execute(sql, [person, f"đang dở {person}x", Clock.now])
        sql = "INSERT INTO shown_rows VALUES (?, 11, ?, '[]', ?)"
        db.execute(sql, [person, str(person), Clock.now])
        db.execute("INSERT INTO readings VALUES (?, ?, ?)", [person, f"bài của {person}x", Clock.now])
        sql = "INSERT INTO gap_decisions (text, decision, upto, who, at) VALUES ('câu', 'later', 1, ?, ?)"
        db.execute(sql, [person, Clock.now])
        sql = "INSERT INTO changes (at, who, kind, \"table\", row_id, before, why) VALUES ('', ?, 'edit', 't', 'r', '{}', '')"
        db.execute(sql, [person])

    for person in (ONE, OTHER):
        asyncio.run(fill(person))
    activity.close()
    return database


def cells(path: Path) -> Iterator[tuple[str, str]]:
    """(table, value as text) of everything in the file."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in names:
            for row in connection.execute(f"SELECT * FROM [{table}]"):
                yield from ((table, str(value)) for value in row)


def counts(path: Path) -> dict[str, int]:
    """Rows of each table that says something about people."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(f"SELECT count(*) FROM [{table}]").fetchone()[0]
            for table in sorted(personal_tables())
        }


def test_every_table_is_knowledge_or_named_among_what_is_kept_of_people(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        names = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
    names -= {"sqlite_sequence", "_sqlite_migrations"}
    assert names == {*type_of_record, "meta", HISTORY, "import_rows", "shipped"} | personal_tables()
    assert all(count for count in counts(path).values()), "the fixture fills every one of them"


def test_the_text_on_privacy_names_every_age() -> None:
    told = re.sub(r"<[^>]+>", "", notice("privacy"))
    for kept in KEPT:
        if kept.seconds is not None:
            assert re.search(rf"(?<!\d){SAID[int(kept.seconds)]}", told), kept
    config = (DEPLOY / "litestream.yml").read_text(encoding="utf-8")
    hours = [int(found) for found in re.findall(r"(?:interval|retention): (\d+)h", config)]
    assert sum(hours) <= 3 * 24, "the replica forgets within the days that are told"
    assert "quên chậm hơn không quá 3 ngày" in told


def test_erasing_leaves_nothing_of_the_conversation(path: Path) -> None:
    before = counts(path)
    activity = Activity(path, Clock())
    asyncio.run(activity.settle(ONE))
    asyncio.run(activity.erase(str(ONE)))
    activity.close()
    left = counts(path)
    for kept in KEPT:
        assert left[kept.table] == before[kept.table] // (2 if kept.erased else 1), kept
    staff = {
        "roles",
        "people",
        "drafts",
        "imports",
        "readings",
        "proposals",
        "desk_steps",
        "gap_decisions",
        HISTORY,
    }
    found = {table for table, value in cells(path) if str(ONE) in value} - staff
    assert found <= {"handled_updates"}, "the id of the update is all that stays"
    assert not [value for _, value in cells(path) if f"tin của {ONE}" in value]
    assert [value for _, value in cells(path) if f"hỏi {OTHER}x" in value]


def test_what_has_an_age_is_gone_after_it(path: Path) -> None:
    for kept in KEPT:
        if kept.seconds is None or kept.table in GO_WITH_THE_NEXT:
            continue
        clock = Clock()
        clock.now += kept.seconds + 2 * DAY
        activity = Activity(path, clock)
        asyncio.run(activity.settle(ONE))
        asyncio.run(activity.settle(OTHER))
        asyncio.run(activity.prune())
        activity.close()
        assert counts(path)[kept.table] == 0, kept


def test_a_backup_holds_nothing_about_people_not_even_in_its_free_pages(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup(path, copy)
    assert not any(counts(copy).values())
    people = (str(ONE), str(OTHER))
    assert not [(table, value) for table, value in cells(copy) if any(one in value for one in people)]
    data = copy.read_bytes()
    for marker in ("câu riêng 9", "tin của 9", "nháp 9", "tệp của 9", "bài của 9", *people):
        assert marker.encode() not in data
    assert dict(cells(copy)).keys() >= set(type_of_record), "the knowledge is all there"
    backup(path, copy, full=True)
    assert counts(copy) == counts(path)
