"""Write the answers anew."""

from __future__ import annotations

from db.content import build
from db.snapshot import load
from knowledge.assistant import Assistant
from settings import Settings
from tests.evaluate import CLOCK
from tests.snapshots import ANSWERS, written

if __name__ == "__main__":
    build(Settings().database, if_missing=True)
    ANSWERS.write_text(written(Assistant(load(Settings().database), lambda: CLOCK)), encoding="utf-8")
