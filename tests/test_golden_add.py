"""`kb golden add`: what editors accepted becomes golden questions that the evaluation can judge."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlite_utils import Database

import bot
from db.connection import open_database
from db.edits import apply
from db.fields import Cell
from db.gaps import ACCEPTED
from db.proposals import Change
from db.snapshot import load as load_base
from knowledge.assistant import Assistant
from tests.evaluate import RIGHT, ask, judge, load

TODAY = date(2026, 11, 23)
ENTRIES = {
    "khai-niem-muc-tieu": "zorp blim để làm gì",
    "hoat-dong-may-cu": "zorp máy đã qua sử dụng thì sao hả",
}


def run(database: Path, file: Path) -> Result:
    """The command as it is typed."""
    return CliRunner().invoke(bot.main, ["--database", str(database), "kb", "golden", "add", str(file)])


@pytest.fixture
def edited(database: Path) -> Path:
    """A base in which two gaps were accepted, and one question was added by hand."""
    with open_database(database) as db:
        for entry, question in ENTRIES.items():
            accept(db, entry, question, ACCEPTED)
        accept(db, "khai-niem-muc-tieu", "zorp thêm bằng tay", "")
    return database


def accept(db: Database, entry: str, question: str, why: str) -> None:
    """Make a question a way of asking for an entry."""
    ((held,),) = db.execute("SELECT questions FROM entries WHERE id = ?", [entry])
    values: dict[str, Cell] = {"questions": (*json.loads(held), question)}
    apply(db, Change(1, "edit", "entries", entry, values, why), TODAY)


def test_accepted_questions_become_golden_ones_that_hold(edited: Path, tmp_path: Path) -> None:
    file = tmp_path / "golden" / "gaps.jsonl"
    told = run(edited, file)
    assert told.exit_code == 0, told.output
    assert "Viết thêm 2 câu" in told.output
    assistant = Assistant(load_base(edited), lambda: TODAY)
    found = load(file.parent)
    assert [golden.turns for golden in found] == [(question,) for question in ENTRIES.values()]
    for golden in found:
        assert judge(golden.expect, ask(assistant, golden.turns)) == (RIGHT, "")
        other = ask(assistant, ["hội nghị khuyến công phía Bắc lần thứ XVI họp ở đâu"])
        assert judge(golden.expect, other)[0] != RIGHT


def test_each_question_is_written_once_behind_what_is_there(edited: Path, tmp_path: Path) -> None:
    file = tmp_path / "gaps.jsonl"
    own = {"id": "own", "group": "policy", "q": ENTRIES["khai-niem-muc-tieu"].upper(), "expect": {}}
    file.write_text(json.dumps(own, ensure_ascii=False), encoding="utf-8")
    assert "Viết thêm 1 câu" in run(edited, file).output
    told = run(edited, file)
    assert "Viết thêm 0 câu" in told.output
    assert "đã có 2 câu" in told.output
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] == "own" for row in rows] == [True, False]


def test_what_its_entry_does_not_answer_is_left_out_and_told(edited: Path, tmp_path: Path) -> None:
    with open_database(edited) as db:
        accept(db, "khai-niem-muc-tieu", "cảm ơn bạn nhé", ACCEPTED)
    told = run(edited, tmp_path / "gaps.jsonl")
    assert "Bỏ qua" in told.output
    assert "cảm ơn" not in (tmp_path / "gaps.jsonl").read_text(encoding="utf-8")


def test_a_file_of_something_else_is_refused_and_left_as_it_is(edited: Path, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("không phải JSON\n", encoding="utf-8")
    told = run(edited, file)
    assert told.exit_code == 1
    assert "mỗi dòng phải là JSON" in told.output
    assert file.read_text(encoding="utf-8") == "không phải JSON\n"
