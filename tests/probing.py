"""The probes: by kind of failure, what must and what must not be told (`tests/probes/`, whose README gives the form)."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from knowledge.records import Answer
from knowledge.telling.render import payload, plain
from knowledge.text import fold
from tests.evaluate import NONE, RIGHT, WRONG, numbers

PROBES = Path(__file__).parent / "probes"
_SOURCES = re.compile(r"\n(?:Xem thêm\b|Căn cứ:|Nguồn:)")
"""Where what is told ends and what it rests on begins."""
_DECIMAL = re.compile(r",\d+$")
"""A decimal fraction, which an answer may carry further: 17,6 is told by 17,625."""


@dataclass(frozen=True)
class Probe:
    """One probe of one kind. `must`: groups of alternatives; `status`: what is to come back, or `any`."""

    id: str
    kind: str
    q: str
    must: tuple[tuple[str, ...], ...]
    must_not: tuple[str, ...]
    status: str


def load(directory: Path = PROBES) -> list[Probe]:
    """Every probe of the directory, in file order."""
    found = []
    for path in sorted(directory.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            must = tuple(tuple(group) for group in row["must"])
            status = row.get("status", "answered")
            found.append(Probe(row["id"], path.stem, row["q"], must, tuple(row["must_not"]), status))
    return found


def tells(answer: dict[str, Any], token: str) -> bool:
    """Whether an answer tells what a token stands for: `stance:`, `kind:`, `lead:` and an amount, `^` and a beginning,
    or words of what is told before its sources and details."""
    name, _, value = token.partition(":")
    if name in ("stance", "kind"):
        return bool(answer[name] == value)
    if name == "lead":
        return bool(answer["figures"]) and _amount(value) == answer["figures"][0]["value"]
    text = fold(answer["told"])
    if token.startswith("^"):
        return text.startswith(fold(token[1:]))
    further = r"\d*" if _DECIMAL.search(token) else ""
    return re.search(rf"(?<![\w.,]){re.escape(fold(token))}{further}(?!\w|[.,]\d)", text) is not None


def told(answer: Answer) -> str:
    """What an answer, and the answers to further questions of the same message, tell before sources and details."""
    return "\n\n".join(_SOURCES.split(plain(replace(one, then=())))[0] for one in (answer, *answer.then))


def _amount(text: str) -> float:
    return next(numbers(text))


def judge(probe: Probe, answer: dict[str, Any]) -> str:
    """Right, none (declined or asked back), or wrong."""
    status = answer["status"]
    if status != "answered":
        fits = probe.status in ("any", status) or (probe.status, status) == ("no_answer", "asked_back")
        return RIGHT if fits else NONE
    if any(tells(answer, token) for token in probe.must_not):
        return WRONG
    if probe.status in ("no_answer", "asked_back") and not probe.must:
        return WRONG
    met = all(any(tells(answer, token) for token in group) for group in probe.must)
    return RIGHT if met else WRONG


def outcomes(assistant: Any) -> list[tuple[Probe, str, dict[str, Any]]]:
    """Every probe with its outcome and its answer."""
    found = []
    for probe in load():
        answer, _ = assistant.ask(probe.q)
        keys = {**payload(answer), "told": told(answer)}
        found.append((probe, judge(probe, keys), keys))
    return found


def table(rows: Iterable[tuple[Probe, str, dict[str, Any]]]) -> str:
    """Outcomes by kind, and how many of those are told that must be."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for probe, outcome, _ in rows:
        counts[probe.kind][outcome] += 1
        if probe.status == "answered":
            counts[probe.kind]["must"] += 1
            counts[probe.kind]["told"] += outcome == RIGHT
    lines = [
        "| probes | n | right | declined or asked | wrong | told of those that must be |",
        "| --- | --: | --: | --: | --: | --: |",
    ]
    whole: Counter[str] = Counter()
    for kind, own in counts.items():
        whole.update(own)
        lines.append(_line(kind, own))
    lines.append(_line("**all**", whole))
    return "\n".join(lines)


def _line(kind: str, own: Counter[str]) -> str:
    total = own[RIGHT] + own[NONE] + own[WRONG]
    shares = " | ".join(f"{own[one] / total:.1%}" for one in (RIGHT, NONE, WRONG))
    told = f"{own['told'] / own['must']:.1%} of {own['must']}" if own["must"] else "–"
    return f"| {kind} | {total} | {shares} | {told} |"
