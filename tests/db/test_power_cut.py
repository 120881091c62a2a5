"""What was confirmed is on the disk: after a power cut, all that was written and never synced is gone, and edits are there.

The writes and syncs of a process are traced; a folder is made from them that holds, of each file, what it held when it was
last synced. The rest was in the page cache, and with the power it is gone.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from db.activity import Activity
from db.connection import open_database, open_read_only
from db.roles import editors
from tests.db.conftest import Files

ROOT = Path(__file__).parents[2]

PROGRAM = """
import asyncio, os, sys
from datetime import date
from db.activity import Activity
from db.recording import Asked, Sent
from db.connection import open_database
from db.content import build
from db.desk import Desk
from db.edits import apply
from db.proposals import Change
from db.roles import add_editor
from pathlib import Path

path, content, work = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
build(path, content)
activity, desk = Activity(path), Desk(path)
asked = Asked("7", 7, 1, "{}", "", "answered", "figure", (("nút", "câu hỏi"),))

async def main():
    await activity.record(asked, sent=Sent([2]))
    if work == "edit":
        await desk.run(apply, Change(1, "edit", "sources", "bao", {"note": "xác nhận"}), date(2026, 11, 23))
    elif work == "role":
        await desk.run(add_editor, 5, 1)
    elif work == "erase":
        await activity.erase("7")

asyncio.run(main())
os.write(1, b"confirmed")
os._exit(0)
"""

CALL = re.compile(r"(?:^\d+\s+)?(pwrite64|fsync|fdatasync|ftruncate)\(\d+<([^>]*)>(?:, (.*))?\)\s*= (-?\d+)")
WRITE = re.compile(r'"((?:\\x[0-9a-f]{2})*)", \d+, (\d+)')


def synced(trace: str) -> dict[str, bytes]:
    """Path → what the file held when it was last synced."""
    now: dict[str, bytearray] = {}
    disk: dict[str, bytes] = {}
    for line in trace.splitlines():
        call = CALL.search(line)
        if call is None or int(call[4]) < 0:
            continue
        name, path, rest = call[1], call[2], call[3] or ""
        held = now.setdefault(path, bytearray())
        if name == "pwrite64":
            written = WRITE.search(rest)
            assert written, line[:200]
            data, at = bytes.fromhex(written[1].replace("\\x", "")), int(written[2])
            held.extend(b"\0" * (at + len(data) - len(held)))
            held[at : at + len(data)] = data
        elif name == "ftruncate":
            del held[int(rest) :]
            held.extend(b"\0" * (int(rest) - len(held)))
        else:
            disk[path] = bytes(held)
    return disk


@pytest.fixture
def cut(content: Files, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """The database as it is on the disk when the power goes right after a confirmation."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("no strace here")
    folder, trace = tmp_path / "before", tmp_path / "trace"
    folder.mkdir()
    command = [strace, "-f", "-y", "-xx", "-s", "10000000", "-o", str(trace)]
    command += ["-e", "trace=pwrite64,fsync,fdatasync,ftruncate"]
    command += [sys.executable, "-c", PROGRAM, str(folder / "kb.db"), str(content.path), request.param]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    if "ptrace" in ran.stderr:
        pytest.skip("nothing may be traced here")
    assert ran.stdout == "confirmed", ran.stderr
    after = tmp_path / "after"
    after.mkdir()
    for path, data in synced(trace.read_text()).items():
        name = Path(bytes.fromhex(path.replace("\\x", "")).decode() if path.startswith("\\x") else path).name
        if name in ("kb.db", "kb.db-wal"):
            (after / name).write_bytes(data)
    return after / "kb.db"


@pytest.mark.parametrize("cut", ["edit"], indirect=True)
def test_a_confirmed_edit_survives_a_power_cut(cut: Path) -> None:
    with open_read_only(cut) as db:
        assert db.execute("SELECT note FROM sources WHERE id = 'bao'").fetchone() == ("xác nhận",)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.table("changes").count == 1


@pytest.mark.parametrize("cut", ["role"], indirect=True)
def test_a_role_survives_a_power_cut(cut: Path) -> None:
    with open_database(cut) as db:
        assert [one.person for one in editors(db)] == [5]


@pytest.mark.parametrize("cut", ["erase"], indirect=True)
def test_what_was_erased_does_not_come_back(cut: Path) -> None:
    with open_database(cut) as db:
        assert db.table("choices").count == db.table("questions").count == db.table("answers_sent").count == 0


@pytest.mark.parametrize("cut", ["nothing"], indirect=True)
def test_a_power_cut_may_cost_the_last_answers_and_leaves_the_file_whole(cut: Path) -> None:
    Activity(cut).close()
    with open_database(cut) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.table("choices").count == 0, "no answer waits for the disk"
