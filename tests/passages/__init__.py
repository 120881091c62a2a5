"""Passages for the reader of figures, as data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ARTICLES = HERE.parents[2] / "shared" / "seeds"
"""The five articles, where they lie beside the clone. They are read when a test runs, never kept."""

ARTICLE_OF = {
    "bai-hn-2024": "000_c872f9a9fcdfd004.txt",
    "bai-pn-2019": "001_a76b2a077d4ad6e4.txt",
    "bai-thanh-hoa-2022": "002_e53483c5a0616af1.txt",
    "bai-kcqg-2025": "003_1c53cbad95fb744e.txt",
    "bai-tong-ket-2021": "004_de3386d9d9c0afab.txt",
}

SLOTS = ("indicator", "measure", "of", "against", "programme", "region", "period")


def passages(name: str) -> list[dict[str, Any]]:
    """The lines of one file."""
    return [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def article(source: str) -> str:
    """The text of one article. Raises FileNotFoundError where the articles do not lie beside the clone."""
    return (ARTICLES / ARTICLE_OF[source]).read_text(encoding="utf-8")
