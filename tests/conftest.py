"""Fixtures for every test: the real knowledge base, an assistant with a fixed clock, database files that go away."""

from __future__ import annotations

import fcntl
import os
import pickle
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Database

from db.connection import open_database
from db.content import build
from db.migrations import migrate

if TYPE_CHECKING:
    from knowledge.assistant import Assistant
    from knowledge.base import KnowledgeBase
    from knowledge.reading.question import Reader
    from knowledge.records import Answer
    from tests.evaluate import Golden

TODAY = date(2026, 11, 23)

sys.dont_write_bytecode = False
os.environ.pop(
    "PYTHONDONTWRITEBYTECODE", None
)  # a program that a test starts need not compile everything anew


KNOWN_GAPS = Path(__file__).parent / "known_gaps.txt"
"""Tests of what the older readers did and the matcher does not do yet, a node id a line: they may fail until mended."""


GOLDEN_PART = 200
"""Training questions that a worker answers at a time."""

LONG = (
    "test_golden",
    "test_matrix",
    "test_property",
    "test_adding",
    "test_scale",
    "test_patterns",
    "test_fuzz",
    "test_injection",
    "test_admin",
    "test_dialogues",
    "test_restore",
    "test_exchange",
    "test_update",
    "test_copying",
    "test_replacing",
)
"""Files that take longest, the longest first: begun first, so that no worker is left with one of them at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {stem: place for place, stem in enumerate(LONG)}
    items.sort(key=lambda item: places.get(item.path.stem, len(LONG)))
    known = {line.strip() for line in KNOWN_GAPS.read_text(encoding="utf-8").splitlines()}
    for item in items:
        name = item.nodeid.partition("[")[0]
        if item.nodeid in known or name in known:
            item.add_marker(pytest.mark.xfail(reason="known gap of the matcher", strict=False))


def pytest_report_header() -> str:
    return f"SQLite {sqlite3.sqlite_version}"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file with the real content. Not to be written to: take `database` for that."""
    path = tmp_path_factory.mktemp("built") / "khuyencong.db"
    build(path)
    return path


@pytest.fixture
def database(built: Path, tmp_path: Path) -> Path:
    """A database file with the real content, of this test's own."""
    return Path(shutil.copy(built, tmp_path / "khuyencong.db"))


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    """An open database with all knowledge tables and nothing in them."""
    with open_database(tmp_path / "empty.db") as db:
        migrate(db)
        yield db


@pytest.fixture(scope="session")
def base(built: Path) -> KnowledgeBase:
    from db.snapshot import load
    from db.worker import put_off

    with put_off(stays=True):
        return load(built)


@pytest.fixture(scope="session")
def assistant(base: KnowledgeBase) -> Assistant:
    """Ready, as when the bot has started: the garbage collector leaves out what stays."""
    from db.worker import put_off, spare
    from knowledge.assistant import Assistant

    with put_off():
        found = Assistant(base, lambda: TODAY)
        found.prepare()
    spare()
    return found


@pytest.fixture(scope="session")
def reader(assistant: Assistant) -> Reader:
    """The assistant's reader of the real base."""
    return assistant.reader


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for all workers of this run."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def golden_answers(assistant: Assistant, shared: Path) -> list[tuple[Golden, Answer]]:
    """Every training question with the answer to its last turn. Each part is asked by the first worker that comes to it, so
    that several that want them share the work."""
    from tests.evaluate import last_answer, load

    golden = load()
    parts = [golden[start : start + GOLDEN_PART] for start in range(0, len(golden), GOLDEN_PART)]
    for wait in (fcntl.LOCK_NB, 0):  # first what nobody is at, then what another one may not have ended
        for number, part in enumerate(parts):
            kept = shared / f"golden_answers_{number}"
            with kept.with_suffix(".lock").open("w") as turn:
                try:
                    fcntl.flock(turn, fcntl.LOCK_EX | wait)
                except BlockingIOError:
                    continue
                if not kept.exists():
                    kept.write_bytes(pickle.dumps([(one, last_answer(assistant, one.turns)) for one in part]))
    return [
        row
        for number in range(len(parts))
        for row in pickle.loads((shared / f"golden_answers_{number}").read_bytes())
    ]
