"""The table of faults names tests that exist, and every table row names one."""

from __future__ import annotations

import re
from pathlib import Path

TESTS = Path(__file__).parent
TABLE = (TESTS.parent / "docs" / "reliability.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(…|[\w/]+\.py)(?:::(\w+))?`")


def test_every_fault_has_a_test_that_exists() -> None:
    rows = [line for line in TABLE.splitlines() if line.startswith("| ") and not line.startswith("| fault")]
    rows = [row for row in rows if not set(row) <= set("| -")]
    assert len(rows) > 20
    for row in rows:
        proof = row.rstrip(" |").rpartition("|")[2]
        file = ""
        found = NAMED.findall(proof)
        assert found, row
        for name, test in found:
            file = file if name == "…" else name
            text = (TESTS / file).read_text(encoding="utf-8")
            assert not test or f"def {test}(" in text, (file, test)
