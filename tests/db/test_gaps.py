"""Which questions become gaps, how long their words are kept, and what an editor's decision hides."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from db.activity import Activity
from db.activity_steps import activity_steps
from db.connection import open_database
from db.edits import apply, undo
from db.gaps import ACCEPTED, Gap, accepted, decide, decisions, gaps, take_back
from db.kept import KEEP_ANSWERS
from db.migrations import migrate
from db.openings import CONTEXT_SECONDS
from db.proposals import Change
from db.recording import Asked

TODAY = date(2026, 11, 23)


class Chat:
    """Questions of one conversation with their outcomes, at a time that the test sets."""

    def __init__(self, path: Path) -> None:
        self.now = 1_000_000.0
        self.activity = Activity(path, lambda: self.now)
        self._path = path

    def ask(self, text: str, status: str, conversation: str = "1") -> int:
        """Record a question; its number."""
        asked = Asked(conversation, 1, 1, None, text, status, "policy")
        return asyncio.run(self.activity.record(asked)).question

    def rate(self, question: int, rating: int, conversation: str = "1") -> bool:
        """👍 or 👎."""
        return asyncio.run(self.activity.rate(question, conversation, rating))

    def gaps(self) -> list[tuple[str, str]]:
        """(text, reason) of each gap."""
        with open_database(self._path) as db:
            return [(gap.text, gap.reason) for gap in gaps(db)]

    def kept(self) -> str:
        """Every word that any table holds of questions."""
        with closing(sqlite3.connect(self._path)) as db:
            rows = db.execute("SELECT text FROM questions UNION ALL SELECT text FROM recent_texts")
            return " ".join(text for (text,) in rows if text)


@pytest.fixture
def chat(database: Path) -> Iterator[Chat]:
    chat = Chat(database)
    yield chat
    chat.activity.close()


def test_what_nobody_could_answer_is_a_gap_and_what_was_answered_is_none(chat: Chat) -> None:
    chat.ask("vay vốn ở đâu", "no_answer")
    chat.ask("khuyến công là gì", "answered")
    chat.ask("kinh phí", "asked_back")
    assert chat.gaps() == [("vay vốn ở đâu", "no_answer")]


def test_the_first_of_a_row_that_was_asked_back_is_the_gap_once(chat: Chat) -> None:
    chat.ask("kinh phí khuyến công", "asked_back")
    assert chat.gaps() == []
    for text in ("phía Bắc", "kế hoạch", "thực hiện"):
        chat.ask(text, "asked_back")
        assert chat.gaps() == [("kinh phí khuyến công", "asked_twice")]


@pytest.mark.parametrize("between", ["answered", "no_answer", "another", "later"])
def test_asked_back_twice_but_not_in_a_row_is_no_gap(chat: Chat, between: str) -> None:
    chat.ask("kinh phí khuyến công", "asked_back")
    if between == "later":
        chat.now += CONTEXT_SECONDS + 1
    elif between != "another":
        chat.ask("ok", between)
    chat.ask("phía Bắc", "asked_back", "2" if between == "another" else "1")
    assert ("kinh phí khuyến công", "asked_twice") not in chat.gaps()


def test_a_bad_answer_is_a_gap_until_it_is_called_good(chat: Chat) -> None:
    question = chat.ask("khuyến công là gì", "answered")
    assert not chat.rate(question, -1, "2"), "only one's own question"
    assert chat.gaps() == []
    assert chat.rate(question, -1)
    assert chat.gaps() == [("khuyến công là gì", "disliked")]
    assert chat.rate(question, 1)
    assert chat.gaps() == []
    assert chat.rate(question, -1)
    assert chat.gaps() == [("khuyến công là gì", "disliked")]


def test_the_words_of_what_became_no_gap_are_gone_after_some_days(chat: Chat) -> None:
    question = chat.ask("khuyến công là gì", "answered")
    chat.ask("vay vốn ở đâu", "no_answer")
    assert "khuyến công" in chat.kept()
    chat.now += KEEP_ANSWERS + 1
    asyncio.run(chat.activity.prune())
    assert chat.kept() == "vay vốn ở đâu"
    assert chat.rate(question, -1)
    assert chat.gaps() == [("vay vốn ở đâu", "no_answer")]


def test_erasing_takes_gaps_and_recent_words_along(chat: Chat) -> None:
    chat.ask("khuyến công là gì", "answered")
    chat.ask("vay vốn ở đâu", "no_answer")
    asyncio.run(chat.activity.erase("1"))
    assert chat.kept() == ""


def test_nothing_personal_is_kept(chat: Chat) -> None:
    said = "tôi tên Lê Văn Tám, 0912 345 678, a.b@example.org hỏi vay vốn"
    for status in ("no_answer", "asked_back", "answered"):
        chat.rate(chat.ask(said, status), -1)
    chat.ask(said, "asked_back")
    kept = chat.kept()
    assert "vay vốn" in kept
    assert not any(part in kept for part in ("Tám", "0912", "678", "@", "example"))
    assert all("vay vốn" in text for text, _ in chat.gaps())


def test_decisions_hold_until_they_end_or_are_taken_back(chat: Chat, database: Path) -> None:
    with open_database(database) as db:
        first = decide(db, ["a", "b"], "off_topic", 5, 1, 10.0)
        assert decide(db, ["a", "b"], "off_topic", 5, 1, 11.0) == first
        decide(db, ["c"], "later", 5, 1, 10.0, until=20.0)
        assert [one.text for one in decisions(db, 15.0)] == ["a", "b", "c"]
        assert [one.text for one in decisions(db, 20.0)] == ["a", "b"]
        assert take_back(db, first)
        assert not take_back(db, first)
        assert decisions(db, 20.0) == []


def test_accepted_wordings_are_told_until_they_are_undone(chat: Chat, database: Path) -> None:
    with open_database(database) as db:
        entry = "khai-niem-muc-tieu"
        ((text,),) = db.execute("SELECT questions FROM entries WHERE id = ?", [entry])
        questions = (*json.loads(text), "hỏi cách một", "hỏi cách hai")
        number = apply(db, Change(1, "edit", "entries", entry, {"questions": questions}, ACCEPTED), TODAY)
        other = (*questions, "thêm tay")
        apply(db, Change(1, "edit", "entries", entry, {"questions": other}), TODAY)
        assert accepted(db) == [("hỏi cách một", entry), ("hỏi cách hai", entry)]
        without = tuple(one for one in other if one != "hỏi cách một")
        apply(db, Change(1, "edit", "entries", entry, {"questions": without}), TODAY)
        assert accepted(db) == [("hỏi cách hai", entry)]
    with open_database(database) as db:
        apply(db, Change(1, "edit", "entries", entry, {"questions": questions}), TODAY)
        undo(db, number + 3, 1)
        assert accepted(db) == [("hỏi cách hai", entry)]


def test_what_was_kept_before_is_cleaned_when_the_tables_are_brought_up_to_date(tmp_path: Path) -> None:
    earlier = Migrations("activity")
    steps = [step for step in activity_steps._migrations if step.name < "a004"]
    for step in steps:
        earlier(name=step.name)(step.fn)
    path = tmp_path / "old.db"
    with open_database(path) as db:
        migrate(db, earlier)
        insert(db, "em tên Hoa, 0912345678 hỏi vay vốn", "no_answer")
        insert(db, "kinh phí", "asked_back")
        migrate(db, activity_steps)
        assert gaps(db) == [Gap(1, "em tên […] hỏi vay vốn", "no_answer")]
        texts = [text for (text,) in db.execute("SELECT text FROM questions")]
        assert texts == ["em tên […] hỏi vay vốn", ""]


def insert(db: Database, text: str, status: str) -> None:
    """A question as the tables held it before gaps were marked."""
    sql = "INSERT INTO questions (conversation_hash, text, status, kind, day) VALUES ('h', ?, ?, 'help', '2026-11-01')"
    with db.conn:
        db.execute(sql, [text, status])
