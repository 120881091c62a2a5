"""What the bot understands, in four tables: blind rounds, folds, probes, and the training questions.

`python -m tests.evaluate` prints them in that order, as the README shows them. `--only TABLE` prints one, and
`--only training|probes --failures [--group G] [--outcome O]` the answers that are not right. `--only spellings` prints how
often a question says the same in other ways of typing it (with `--failures` where not). This module also loads and
judges the training questions (`tests/golden/`): their score says what was kept, not how well a new question is understood.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from knowledge.assistant import Assistant
from knowledge.dialogue import Context
from knowledge.records import Answer
from knowledge.telling.render import payload
from knowledge.text import fold

GOLDEN = Path(__file__).parent / "golden"
CLOCK = date(2026, 11, 23)
RIGHT, NONE, WRONG = "right", "none", "wrong"


@dataclass(frozen=True)
class Golden:
    """One golden question: one chat of `turns`, of which the last is judged by `expect`."""

    id: str
    group: str
    noise: tuple[str, ...]
    turns: tuple[str, ...]
    expect: dict[str, Any]
    base_dependent: bool = False


def load(directory: Path = GOLDEN) -> list[Golden]:
    """Every golden question of the directory, in file order."""
    found = []
    for path in sorted(directory.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                row = json.loads(line)
                turns = tuple(row["turns"]) if "turns" in row else (row["q"],)
                found.append(
                    Golden(
                        row["id"],
                        row.get("group", path.stem),
                        tuple(row.get("noise", ())),
                        turns,
                        row["expect"],
                        bool(row.get("base_dependent")),
                    )
                )
    return found


def last_answer(assistant: Assistant, turns: Iterable[str]) -> Answer:
    """The answer to the last turn of a chat."""
    context: Context | None = None
    answer = None
    for turn in turns:
        answer, context = assistant.ask(turn, context)
    assert answer is not None
    return answer


def ask(assistant: Assistant, turns: Iterable[str]) -> dict[str, Any]:
    """The batch keys of the answer to the last turn."""
    return payload(last_answer(assistant, turns))


def answers(assistant: Assistant) -> Iterator[tuple[Golden, Answer]]:
    """Every training question with the answer to its last turn."""
    for golden in load():
        yield golden, last_answer(assistant, golden.turns)


_UNITS = {"nghin ty": 1e12, "ty": 1e9, "trieu": 1e6, "nghin": 1e3}
_NUMBER = re.compile(
    r"(?<![\w/.,])(\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)(?:\s*(nghin ty|ty|trieu|nghin)\b)?"
)


def numbers(text: str) -> Iterator[float]:
    """The numbers of a text, each times the unit behind it."""
    for digits, unit in _NUMBER.findall(fold(text)):
        yield float(digits.replace(".", "").replace(",", ".")) * _UNITS.get(unit, 1)


def _shows(text: str, value: float, tolerance: float = 0.0) -> bool:
    allowed = max(tolerance, abs(value) * 1e-9)
    return any(abs(number - abs(value)) <= allowed for number in numbers(text))


def _mentions(text: str, alternatives: Iterable[str]) -> bool:
    folded = fold(text)
    return any(fold(one) in folded for one in alternatives)


def _same(a: Any, b: Any) -> bool:
    return a is not None and b is not None and abs(abs(float(a)) - abs(float(b))) <= abs(float(b)) * 1e-9


def judge(expect: dict[str, Any], answer: dict[str, Any]) -> tuple[str, str]:
    """(right / none / wrong, why) for one answer."""
    kind = expect["type"]
    status, text = answer["status"], answer["text"]
    if kind == "figure":
        return _judge_figure(expect, answer)
    if kind == "compare":
        if status != "answered":
            return NONE, status
        absent = [value for value in expect["values"] if not _shows(text, value)]
        if absent:
            return WRONG, f"does not show {absent}"
        if expect.get("direction") in ("up", "down"):
            words = ("tang", "cao hon") if expect["direction"] == "up" else ("giam", "thap hon")
            if not any(word in fold(text) for word in words):
                return WRONG, "direction"
        wanted = [
            (expect.get("difference"), 1e8 if (expect.get("difference") or 0) > 1e6 else 0.011),
            (expect.get("percent"), 0.2),
        ]
        if any(value is not None for value, _ in wanted) and not any(
            value is not None and _shows(text, value, tol) for value, tol in wanted
        ):
            return WRONG, "no difference or percent"
        return RIGHT, ""
    if kind == "no_answer":
        return (RIGHT, "") if status != "answered" else (WRONG, f"answered {answer['kind']}")
    if kind == "ask_back":
        return (
            (RIGHT, "")
            if status == "asked_back"
            else (NONE, status)
            if status == "no_answer"
            else (WRONG, "answered")
        )
    if kind == "smalltalk":
        return (RIGHT, "") if answer["kind"] in ("smalltalk", "help") else (WRONG, answer["kind"])
    if kind == "correct":
        absent = [group for group in expect["mention"] if not _mentions(text, group)]
        if not absent:
            return RIGHT, ""
        return (NONE, status) if status != "answered" else (WRONG, f"does not correct: {absent}")
    if kind == "calc":
        if status != "answered":
            return NONE, status
        return (RIGHT, "") if _shows(text, expect["result"]) else (WRONG, f"does not show {expect['result']}")
    if status != "answered":
        return NONE, status
    stance, given = expect.get("stance"), answer["stance"]
    if kind == "check" or stance in ("yes", "no"):
        if given in ("yes", "no") and given != stance:
            return WRONG, f"stance {given}, expected {stance}"
        if kind == "check" and given != stance:
            return NONE, f"stance {given}"
    absent = [group for group in expect.get("mention", ()) if not _mentions(text, group)]
    if not absent:
        return RIGHT, ""
    return (WRONG if kind != "check" else NONE), f"does not mention {absent}"


def _judge_figure(expect: dict[str, Any], answer: dict[str, Any]) -> tuple[str, str]:
    if answer["status"] != "answered":
        return NONE, answer["status"]
    if not answer["figures"]:
        return (
            (RIGHT, "in words")
            if _shows(answer["text"], expect["value"]) and answer["kind"] in ("event", "document", "policy")
            else (WRONG, f"no figure, {answer['kind']}")
        )
    lead = answer["figures"][0]
    if not _same(lead["value"], expect["value"]) or (
        expect.get("value_max") is not None and not _same(lead["value_max"], expect["value_max"])
    ):
        return WRONG, f"lead {lead['value']} ({lead['region']} {lead['period']} {lead['measure']})"
    for slot in ("region", "period", "programme", "measure"):
        if expect.get(slot) and lead[slot] and lead[slot] != expect[slot]:
            return WRONG, f"{slot} {lead[slot]}, expected {expect[slot]}"
    if expect.get("warning") and not answer["warnings"]:
        return WRONG, "no warning"
    return RIGHT, ""


def table(rows: Iterable[tuple[Golden, str]]) -> str:
    """Counts by group and by noise as a Markdown table."""
    counts: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for golden, outcome in rows:
        for key in (
            golden.group,
            "noisy" if golden.noise else "clean",
            "all",
            *(f"noise: {noise}" for noise in golden.noise),
        ):
            counts[key][outcome] += 1
    lines = ["| group | n | right | asked back or declined | wrong |", "| --- | --: | --: | --: | --: |"]
    order = sorted(
        counts,
        key=lambda key: (key.startswith("noise:"), key in ("clean", "noisy", "all"), key == "all", key),
    )
    for key in order:
        row = counts[key]
        total = sum(row.values())
        lines.append(
            f"| {key} | {total} | {row[RIGHT] / total:.1%} | {row[NONE] / total:.1%} | {row[WRONG] / total:.1%} |"
        )
    return "\n".join(lines)


def _failures(assistant: Assistant, name: str) -> Iterator[tuple[str, str, str]]:
    """Group, outcome and a line on each training question or probe that was not answered right."""
    if name == "probes":
        from tests import probing

        for probe, outcome, answer in probing.outcomes(assistant):
            line = f"{probe.id} {probe.q} | {probe.must} not {probe.must_not} | {answer['text'][:110]!r}"
            yield probe.kind, outcome, line
        return
    for golden in load():
        answer = ask(assistant, golden.turns)
        outcome, why = judge(golden.expect, answer)
        yield (
            golden.group,
            outcome,
            f"{golden.id} {' → '.join(golden.turns)} | {why} | {answer['text'][:110]!r}",
        )


def main() -> None:
    """Print the tables; with --failures each answer that is not right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("blind", "folds", "probes", "training", "spellings"))
    parser.add_argument("--failures", action="store_true")
    parser.add_argument("--group")
    parser.add_argument("--outcome", choices=(NONE, WRONG))
    parser.add_argument("--most", type=int, default=60)
    options = parser.parse_args()
    from db.content import build
    from db.snapshot import load as load_base
    from settings import Settings
    from tests.measured import HEADINGS, made

    path = Settings().database
    build(path, if_missing=True)
    assistant = Assistant(load_base(path), lambda: CLOCK)
    if options.only == "spellings":
        from tests import spellings

        print(spellings.report(assistant.reader, failures=options.failures))
        return
    if options.failures:
        found = _failures(assistant, options.only or "training")
        wanted = (
            f"{outcome:5} {line}"
            for group, outcome, line in found
            if outcome != RIGHT and options.group in (None, group) and options.outcome in (None, outcome)
        )
        print("\n".join(islice(wanted, options.most)))
    for name, heading in HEADINGS.items():
        if options.only in (None, name):
            print(f"\n{heading}\n\n{made(name, assistant, lambda: CLOCK)}", flush=True)


if __name__ == "__main__":
    main()
