"""Dialogues: each turn in its chat, which is stored and read again between two messages, held against what it must say.

`python -m tests.test_dialogues [FILE] [--failures]` prints the share of turns that are right.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from knowledge.assistant import Assistant
from knowledge.dialogue import Context
from knowledge.telling.render import payload

DIRECTORY = Path(__file__).parent / "dialogues"
LEAST = {
    "about_told.jsonl": 0.93,
    "declined.jsonl": 0.8,
    "own.jsonl": 0.95,
    "owners.jsonl": 0.84,
    "subject.jsonl": 0.93,
    "kinds.jsonl": 0.95,
    "turns.jsonl": 0.93,
    "talk.jsonl": 0.95,
    "reckoned.jsonl": 0.95,
    "blind_1.jsonl": 0.75,
}
"""The share of turns that has to be right in each file; of the chats of owners a third are new, and hard."""
LONG = 100
"""Of a file with so many dialogues every second one is asked here; `python -m tests.test_dialogues` asks all."""


def dialogues(path: Path) -> Iterator[dict[str, Any]]:
    """The dialogues of a file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def run(assistant: Assistant, dialogue: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each turn of a dialogue with the batch keys of its answer."""
    context = Context()
    for turn in dialogue["turns"]:
        answer, context = assistant.ask(turn["q"], Context.from_json(context.to_json()))
        yield turn, payload(answer)


def fault(turn: dict[str, Any], answer: dict[str, Any]) -> str:
    """Why a turn is not right; empty if it is."""
    text = _plain(" ".join((answer["text"], *answer["choices"])))
    statuses = turn.get("status", ["answered"] if turn.get("must") else [])
    statuses = [statuses] if isinstance(statuses, str) else statuses
    if statuses and answer["status"] not in statuses:
        return f"status {answer['status']}"
    if answer["kind"] not in turn.get("kind", [answer["kind"]]):
        return f"kind {answer['kind']}"
    absent = [one for one in turn.get("must", ()) if not any(_plain(word) in text for word in one)]
    if absent:
        return f"does not say {absent}"
    said = [one for one in turn.get("must_not", ()) if _plain(one) in text]
    return f"says {said}" if said else ""


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower().replace("\u00a0", " ")


def faults(
    assistant: Assistant, asked: Iterable[dict[str, Any]]
) -> tuple[int, list[tuple[str, str, str, str]]]:
    """How many turns these dialogues have, and (id, question, fault, text) of those that are not right."""
    count = 0
    found: list[tuple[str, str, str, str]] = []
    for dialogue in asked:
        for number, (turn, answer) in enumerate(run(assistant, dialogue)):
            count += 1
            if why := fault(turn, answer):
                found.append((f"{dialogue['id']}.{number}", turn["q"], why, answer["text"]))
    return count, found


def test_the_turns_of_each_file_are_right(assistant: Assistant) -> None:
    for path in sorted(DIRECTORY.glob("*.jsonl")):
        held = list(dialogues(path))
        count, found = faults(assistant, held[:: 2 if len(held) >= LONG else 1])
        assert 1 - len(found) / count >= LEAST[path.name], [one[:3] for one in found]


def main() -> None:
    """Print what is right, and with --failures what is not."""
    from db.content import build
    from db.snapshot import load
    from settings import Settings
    from tests.evaluate import CLOCK

    path = Settings().database
    build(path, if_missing=True)
    assistant = Assistant(load(path), lambda: CLOCK)
    names = [one for one in sys.argv[1:] if not one.startswith("-")]
    for file in sorted(DIRECTORY.glob("*.jsonl")):
        if names and file.stem not in names:
            continue
        count, found = faults(assistant, dialogues(file))
        for id_, question, why, text in found if "--failures" in sys.argv else ():
            print(f"{id_} {question} | {why} | {text[:220]!r}")
        print(f"{file.stem}: {count - len(found)} of {count} turns right ({1 - len(found) / count:.1%})")


if __name__ == "__main__":
    main()
