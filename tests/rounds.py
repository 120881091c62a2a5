"""The first scores of the blind rounds (`tests/blind/rounds.csv`) as a Markdown table."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

BLIND = Path(__file__).parent / "blind"
VERDICTS = ("right", "partly", "asked", "declined", "wrong")


def table() -> str:
    """Shares of each verdict: of every round as a whole, and by brief of the last one (`rounds.csv` holds all)."""
    with (BLIND / "rounds.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lines = [
        f"| round | brief | n | {' | '.join(VERDICTS)} |",
        "| --- | --- | --: | --: | --: | --: | --: | --: |",
    ]
    last = rows[-1]["round"]
    for number in dict.fromkeys(row["round"] for row in rows):
        own = [row for row in rows if row["round"] == number]
        name = f"{number} ({own[0]['date']}, {own[0]['commit']})"
        whole: Counter[str] = Counter()
        for row in own:
            counts = {key: int(row[key]) for key in ("n", *VERDICTS)}
            whole.update(counts)
            if number == last:
                lines.append(_line(name, row["brief"], counts))
        lines.append(_line(name, "**all**", whole))
    return "\n".join(lines)


def _line(name: str, brief: str, counts: dict[str, int] | Counter[str]) -> str:
    shares = " | ".join(f"{counts[one] / counts['n']:.1%}" for one in VERDICTS)
    return f"| {name} | {brief} | {counts['n']} | {shares} |"
