"""What the bot says to one question of each kind, as text: `python -m tests.snapshots` writes it anew."""

from __future__ import annotations

from pathlib import Path

from knowledge.assistant import Assistant
from knowledge.dialogue import Context
from knowledge.records import Answer
from knowledge.telling.render import plain

HERE = Path(__file__).parent
QUESTIONS, ANSWERS = HERE / "questions.txt", HERE / "answers.txt"
THEN = " → "
"""Between the messages of one chat, of which the last is answered."""


def told(assistant: Assistant, line: str) -> Answer:
    """The answer to the last message of a line."""
    context: Context | None = None
    for message in line.split(THEN):
        answer, context = assistant.ask(message, context)
    return answer


def written(assistant: Assistant) -> str:
    """Every question with its answer and its buttons."""
    blocks = []
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        answer = told(assistant, line)
        text = plain(answer)
        shown = [f"[{choice.label}]" for choice in answer.choices if f". {choice.label}" not in text]
        blocks.append("\n".join(filter(None, (f"❓ {line}", text, " ".join(shown)))))
    return "\n\n".join(blocks) + "\n"
