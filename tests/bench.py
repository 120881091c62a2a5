"""Right answers and time beside the baselines on the training questions, then time and memory as the base grows.

`python -m tests.bench [--quick]` prints two Markdown tables and, between them, the time of the annotator alone
(`--annotating`: only that). All times are CPU times of one thread, one question at a time;
each size is measured in a process of its own. `--quick`: every fifth golden question, and no more than 10,000 rows.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from db.content import build
from db.snapshot import load as load_base
from db.worker import spare
from knowledge.assistant import Assistant
from knowledge.base import KnowledgeBase
from knowledge.reading.question import Reader
from knowledge.records import Answer
from knowledge.telling.render import payload, prepare_templates
from tests import baselines
from tests.evaluate import CLOCK, NONE, RIGHT, WRONG, Golden, ask, judge, load
from tests.questions import slot_of
from tests.scale import Probe, enlarged, probes

SIZES = (1_000, 10_000, 100_000)
QUICK_SIZES = (1_000, 10_000)
PROBES = 300
WARM_UP = 20

Way = Callable[[Sequence[str]], dict[str, Any]]


def real_base() -> KnowledgeBase:
    """The curated content, built afresh."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "khuyencong.db"
        build(path)
        return load_base(path)


def share(times: Sequence[float], part: float) -> float:
    """The time below which `part` of the times lie."""
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


def judged(goldens: Sequence[Golden], way: Way) -> tuple[Counter[str], list[float]]:
    """Verdicts, and CPU milliseconds for each message."""
    outcomes: Counter[str] = Counter()
    times = []
    for golden in goldens[:WARM_UP]:
        way(golden.turns)
    for golden in goldens:
        started = time.process_time()
        answer = way(golden.turns)
        times.append((time.process_time() - started) * 1000 / len(golden.turns))
        outcomes[judge(golden.expect, answer)[0]] += 1
    return outcomes, times


def ways(base: KnowledgeBase) -> dict[str, Way]:
    """The assistant and each baseline as a function from the turns of a chat to an answer."""
    assistant = Assistant(base, lambda: CLOCK)
    rows = baselines.stored(base)
    found: dict[str, Way] = {"**this bot**": lambda turns: ask(assistant, turns)}

    def whole_sentence(look_up: baselines.Lookup) -> Way:
        return lambda turns: payload(baselines.answer(base, look_up(turns[-1]), CLOCK))

    for name, make in baselines.BASELINES.items():
        found[name] = whole_sentence(make(rows))
    return found


def beside_baselines(base: KnowledgeBase, goldens: Sequence[Golden]) -> str:
    """One row for the assistant and each baseline."""
    lines = [
        f"{len(goldens)} training questions, {len(baselines.stored(base))} stored sentences",
        "",
        "| way | right | asked back or declined | wrong | p50 ms | p99 ms |",
        "| --- | --: | --: | --: | --: | --: |",
    ]
    for name, way in ways(base).items():
        outcomes, times = judged(goldens, way)
        shares = " | ".join(f"{outcomes[one] / len(goldens):.1%}" for one in (RIGHT, NONE, WRONG))
        lines.append(f"| {name} | {shares} | {share(times, 0.5):.2f} | {share(times, 0.99):.2f} |")
    return "\n".join(lines)


def annotating(base: KnowledgeBase, goldens: Sequence[Golden]) -> str:
    """CPU time of repairing and annotating one message of the training questions, each read once before."""
    reader = Reader(base)
    texts = [turn for golden in goldens for turn in golden.turns]
    for _ in range(2):
        times: list[float] = []
        for text in texts:
            started = time.process_time()
            reader.as_typed(text, CLOCK)
            times.append((time.process_time() - started) * 1000)
    return (
        f"annotating {len(texts)} messages: p50 {share(times, 0.5):.2f} ms, p99 {share(times, 0.99):.2f} ms"
    )


def memory_mb() -> float:
    """The most memory that this process has held so far."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def outcome_of(probe: Probe, answer: Answer) -> str:
    """The verdict on the answer to one question about the synthetic base."""
    if answer.status != "answered":
        return RIGHT if not (probe.figure or probe.entry) else NONE
    if probe.figure:
        return RIGHT if answer.figures and slot_of(answer.figures[0]) == slot_of(probe.figure) else WRONG
    if probe.entry:
        shown = answer.entries[:1]
        return RIGHT if shown and shown[0].id == probe.entry.id else WRONG
    return WRONG


def measure(rows: int) -> dict[str, float]:
    """Time of one question, build times of base and assistant, and memory at one size.

    The base's time includes making up its records.
    """
    real = real_base()
    before = memory_mb()
    started = time.process_time()
    base = enlarged(real, rows)
    loaded = time.process_time() - started
    started = time.process_time()
    assistant = Assistant(base, lambda: CLOCK)
    built = time.process_time() - started
    assistant.prepare()  # as the bot does when it starts
    prepare_templates()
    spare()
    asked = probes(base, PROBES)
    for probe in asked[:WARM_UP]:
        payload(assistant.ask(probe.text)[0])
    times, with_text = [], []
    outcomes: Counter[str] = Counter()
    for probe in asked:
        started = time.process_time()
        answer, _ = assistant.ask(probe.text)
        found = time.process_time()
        payload(answer)
        told = time.process_time()
        outcomes[outcome_of(probe, answer)] += 1
        times.append((found - started) * 1000)
        with_text.append((told - started) * 1000)
    return {
        "rows": rows,
        "p50": share(times, 0.5),
        "p99": share(times, 0.99),
        "p50 with text": share(with_text, 0.5),
        "p99 with text": share(with_text, 0.99),
        "base": loaded,
        "build": built,
        "memory": memory_mb() - before,
        **{outcome: outcomes[outcome] / len(asked) for outcome in (RIGHT, NONE, WRONG)},
    }


def growth(sizes: Sequence[int]) -> str:
    """One row for each size, each measured in a fresh process."""
    lines = [
        "| figures and entries, each | p50 ms | p99 ms | with its text p50 | p99 | base, s | assistant, s | memory, MB | right | asked back or declined | wrong |",
        "| --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |",
    ]
    for size in sizes:
        command = [sys.executable, "-m", "tests.bench", "--size", str(size)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        row = json.loads(done.stdout)
        lines.append(
            f"| {size:,} | {row['p50']:.2f} | {row['p99']:.2f} | {row['p50 with text']:.2f} | {row['p99 with text']:.2f} | {row['base']:.1f} | {row['build']:.1f} | {row['memory']:.0f} "
            f"| {row[RIGHT]:.1%} | {row[NONE]:.1%} | {row[WRONG]:.1%} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Print both tables, or the numbers of one size as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer questions, smaller sizes")
    parser.add_argument("--size", type=int, help="measure this size only and print JSON")
    parser.add_argument("--annotating", action="store_true", help="measure only the annotator")
    options = parser.parse_args()
    if options.annotating:
        print(annotating(real_base(), load()))
        return
    if options.size:
        print(json.dumps(measure(options.size)))
        return
    goldens = load()
    print(beside_baselines(real_base(), goldens[::5] if options.quick else goldens), flush=True)
    print("\n" + annotating(real_base(), goldens), flush=True)
    print("\n" + growth(QUICK_SIZES if options.quick else SIZES))


if __name__ == "__main__":
    main()
