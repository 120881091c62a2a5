"""Files that others may not read, cells that a sheet must not run, folders and bodies that cannot be made or unpacked."""

from __future__ import annotations

import csv
import io
import os
import stat
import subprocess
import sys
import zipfile
from datetime import date
from http.client import HTTPConnection
from pathlib import Path

import pytest

from db.backup import backup, daily_copy
from db.cells import guard, unguard
from db.connection import open_database, open_read_only
from db.content import build, export_files, read_rows
from db.edits import apply
from db.exports import content_zip, table_csv
from db.imports import import_file
from db.proposals import Change
from handlers.receiving import SECRET_HEADER
from tests.telegram.harness import ROOT, SECRET, Bot, Person

TODAY = date(2026, 11, 23)
FORMULAS = ("=1+1", "+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠SUM(1)", "'=1")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def loose() -> object:
    """A process that would let everybody read what it makes."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("loose")
def test_database_copies_and_exports_are_made_for_their_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "kb.db"
    build(path)
    with open_database(path) as db:
        db.execute("UPDATE meta SET value = value")
        assert {mode(file) for file in tmp_path.glob("kb.db*")} == {0o600}
        export_files(read_rows(db), tmp_path / "xuat")
    copy = daily_copy(path, TODAY)
    assert copy is not None and mode(copy) == 0o600
    backup(path, tmp_path / "copy.db", full=True)
    assert mode(tmp_path / "copy.db") == 0o600
    exported = [file for file in (tmp_path / "xuat").rglob("*") if file.is_file()]
    assert exported and {mode(file) for file in exported} == {0o600}


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_sheet_takes_for_a_formula_is_guarded(text: str) -> None:
    assert guard(text) == f"'{text}"
    assert unguard(guard(text)) == text


def test_no_cell_of_a_csv_or_zip_begins_a_formula_and_both_come_back(database: Path, tmp_path: Path) -> None:
    with open_database(database) as db:
        (row,) = db.execute("SELECT id FROM sources LIMIT 1").fetchone()
        apply(db, Change(1, "edit", "sources", row, {"note": "=HYPERLINK(1)"}), TODAY)
        files = {"sources.csv": table_csv(db, "sources"), "all.zip": content_zip(db)}
    with zipfile.ZipFile(io.BytesIO(files["all.zip"])) as archive:
        texts = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".csv")]
    for text in (*texts, files["sources.csv"].decode()):
        for cells in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")):
            assert not [cell for cell in cells if cell[:1] in "=+@\t\r\n＝＋＠" and cell]
            assert not [cell for cell in cells if cell[:1] == "-" and not cell[1:2].isdigit()]
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        plan = import_file(database, tmp_path / name, "", TODAY)
        assert not plan.steps and not plan.problems
    with zipfile.ZipFile(io.BytesIO(files["all.zip"])) as archive:
        archive.extractall(tmp_path / "folder")
    before = tmp_path / "other.db"
    command = [sys.executable, "bot.py", "--database", str(before), "kb", "import", str(tmp_path / "folder")]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with open_read_only(before) as db:
        assert db.execute("SELECT note FROM sources WHERE id = ?", [row]).fetchone() == ("=HYPERLINK(1)",)


@pytest.mark.parametrize("command", [["kb", "build"], ["kb", "backup"], ["kb", "export"], ["run"]])
def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(
    database: Path, tmp_path: Path, command: list[str]
) -> None:
    (tmp_path / "in-the-way").write_text("")
    inside = tmp_path / "in-the-way" / "folder"
    elsewhere = command[-1] in ("backup", "export")
    given = ["--database", str(database if elsewhere else inside / "kb.db"), *command]
    environment = {**os.environ, "TELEGRAM_TOKEN": "1:x"}
    told = subprocess.run(
        [sys.executable, "bot.py", *given, *([str(inside / "out")] if elsewhere else [])],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert told.returncode == 1
    assert "Traceback" not in told.stderr
    assert str(inside) in told.stderr and "Hãy kiểm tra" in told.stderr


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_a_body_that_cannot_be_unpacked_is_a_bad_request(webhook_bot: Bot, encoding: str) -> None:
    Person(webhook_bot).ask("/riengtu")  # it listens
    connection = HTTPConnection("127.0.0.1", int(webhook_bot.settings["PORT"]), timeout=10)
    headers = {"Content-Type": "application/json", "Content-Encoding": encoding, SECRET_HEADER: SECRET}
    connection.request("POST", "/hook", b"\xff\xfe no such packing", headers)
    assert connection.getresponse().status == 400
    connection.close()
