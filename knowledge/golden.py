"""Questions that editors have assigned to entries, as golden questions: lines of JSON that the evaluation reads."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

from knowledge.assistant import Assistant
from knowledge.records import Entry
from knowledge.text import wording

LONGEST_MENTION = 80


class NotGolden(ValueError):
    """The file holds something else; the message is a sentence in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Added:
    """What has become of each question: newly written, in the file before, or not answered by its entry (any more)."""

    written: tuple[str, ...]
    known: tuple[str, ...]
    astray: tuple[str, ...]


def add(file: Path, accepted: Iterable[tuple[str, str]], assistant: Assistant) -> Added:
    """Append (question, entry id) to a file of golden questions, each question once.

    A question that the assistant does not answer with its entry is left out: it would only state a fault. Raises
    `NotGolden`; the file is then as before.
    """
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    try:
        held = {wording(_asked(json.loads(line))) for line in lines if line.strip()}
    except (ValueError, AttributeError, TypeError, IndexError):
        raise NotGolden(f"{file} không phải tệp câu hỏi mẫu: mỗi dòng phải là JSON.") from None
    new, written, known, astray = [], [], [], []
    for question, id_ in accepted:
        answer, _ = assistant.ask(question)
        if wording(question) in held:
            known.append(question)
        elif answer.status != "answered" or [entry.id for entry in answer.entries[:1]] != [id_]:
            astray.append(question)
        else:
            held.add(wording(question))
            written.append(question)
            new.append(json.dumps(line(question, answer.kind, answer.entries[0]), ensure_ascii=False))
    if new:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(f"{one}\n" for one in [*lines, *new]), encoding="utf-8")
    return Added(tuple(written), tuple(known), tuple(astray))


def _asked(row: dict[str, Any]) -> str:
    """The turn that is judged."""
    return str((row.get("turns") or [row.get("q", "")])[-1])


def line(question: str, kind: str, entry: Entry) -> dict[str, Any]:
    """One golden question: the answer must say how the entry begins, and what it says to a question of yes or no."""
    stance = entry.stance if entry.stance in ("yes", "no") else None
    expect = {"type": "text", "kind": kind, "mention": [[_beginning(entry.body)]], "stance": stance}
    digest = blake2b(wording(question).encode(), digest_size=4).hexdigest()
    return {"id": f"gap-{digest}", "group": "policy", "noise": [], "q": question, "expect": expect}


def _beginning(body: str) -> str:
    """The first words of a text, none of them cut."""
    first = body.strip().partition("\n")[0]
    if len(first) <= LONGEST_MENTION:
        return first
    return first[:LONGEST_MENTION].rpartition(" ")[0] or first[:LONGEST_MENTION]
