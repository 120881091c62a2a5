"""What is told of facts that were not learnt: entries by wordings that the classifier never saw, figures by fact.

`kept out`: wordings that never were in the base (`tests/held_out/wordings.csv`). `figures`: what `tests.questions` asks of each figure, and by fact, where the
worst answer of a fact counts.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from knowledge.assistant import Assistant
from knowledge.records import Answer, Entry, Figure
from tests.questions import questions, slot_of

FigureAsked = tuple[Figure, str, Answer]
"""A figure, a question for it, and its answer."""
HELD_OUT = Path(__file__).parent / "held_out" / "wordings.csv"

FIRST, SECOND, OFFERED, NONE, OTHER = "told first", "told second", "offered", "none", "another first"
OUTCOMES = (FIRST, SECOND, OTHER, OFFERED, NONE)
WORST = (FIRST, SECOND, OFFERED, NONE, OTHER)
"""From the best outcome to the worst."""


def of_entry(answer: Answer, entry: Entry) -> str:
    """What became of a question whose answer is `entry`."""
    if answer.status == "answered":
        told = [one.id for part in (answer, *answer.then) for one in part.entries]
        if told[:1] == [entry.id]:
            return FIRST
        return SECOND if entry.id in told else OTHER
    offered = {entry.title, *entry.questions}
    return OFFERED if any(choice.question in offered for choice in answer.choices) else NONE


def of_figure(answer: Answer, figure: Figure) -> str:
    """What became of a question whose answer is `figure`, or another row of its slot."""
    slot = slot_of(figure)
    if answer.status == "answered":
        told = [slot_of(one) for one in (*answer.figures, *answer.companions)]
        if told[:1] == [slot]:
            return FIRST
        return SECOND if slot in told else OTHER
    if any(slot_of(one) == slot for one in answer.offers):
        return OFFERED
    return OFFERED if answer.status == "asked_back" else NONE


def held_out() -> Iterator[tuple[str, str]]:
    """Entry and question of the wordings that never were in the base."""
    if HELD_OUT.exists():
        with HELD_OUT.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield row["entry"], row["question"]


def entries_kept_out(assistant: Assistant, each: int = 1) -> Counter[str]:
    """Outcomes of the wordings that never were in the base, or of one in `each` of them."""
    having = assistant.base.entries
    asked = [(having[name], text) for name, text in held_out() if name in having]
    return Counter(of_entry(assistant.ask(text)[0], entry) for entry, text in asked[::each])


def figures_asked(assistant: Assistant, each: int = 0) -> Iterator[FigureAsked]:
    """Every figure with each of its questions, and the answer to it; with `each`, so many of its questions: other ones for
    the next figure, so that every template has its turn.
    """
    for number, figure in enumerate(assistant.base.figures.values()):
        texts = questions(assistant.base.names, figure)
        first = number * each % max(len(texts), 1)
        for text in (texts[first:] + texts[:first])[: each or None]:
            yield figure, text, assistant.ask(text)[0]


def figures(asked: Iterable[FigureAsked]) -> tuple[Counter[str], Counter[str]]:
    """Outcomes by question, and by fact."""
    by_question: Counter[str] = Counter()
    worst: dict[str, str] = {}
    for figure, _, answer in asked:
        outcome = of_figure(answer, figure)
        by_question[outcome] += 1
        worst[figure.id] = max(outcome, worst.get(figure.id, FIRST), key=WORST.index)
    return by_question, Counter(worst.values())


def table(assistant: Assistant) -> str:
    """All folds as a Markdown table."""
    by_question, by_fact = figures(figures_asked(assistant))
    rows = {
        "entries, wordings kept out of the base": entries_kept_out(assistant),
        "figures, each question": by_question,
        "figures, each fact at its worst": by_fact,
    }
    lines = [f"| folds | n | {' | '.join(OUTCOMES)} |", "| --- | --: | --: | --: | --: | --: | --: |"]
    for name, counts in rows.items():
        if total := counts.total():
            shares = " | ".join(f"{counts[one] / total:.1%}" for one in OUTCOMES)
            lines.append(f"| {name} | {total} | {shares} |")
    return "\n".join(lines)
