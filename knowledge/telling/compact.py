"""An answer as it stands alone in another chat: a title and a line to choose it by, and the text that is sent."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.records import Answer
from knowledge.telling.render import html_parts
from knowledge.telling.sentences import cut, unmarked

TELLING = frozenset({"figure", "comparison", "series", "check", "policy", "support", "event", "document"})
MOST_TITLE, MOST_DESCRIPTION, MOST_TEXT = 96, 160, 3800


@dataclass(frozen=True, slots=True)
class Compact:
    """`title` and `description` are plain text, `html` is Telegram HTML of at most 3,800 characters."""

    title: str
    description: str
    html: str


def compact(answer: Answer) -> Compact | None:
    """None for an answer that tells nothing (a question back, a gap, smalltalk)."""
    if answer.status != "answered" or answer.kind not in TELLING:
        return None
    text = html_parts(answer)[0]
    lines = [unmarked(line).strip() for line in text.split("\n")]
    said = [line for line in lines if line]
    source = next((line for line in said if line.startswith("Nguồn:")), "")
    second = said[1] if len(said) > 1 and said[1] != source else ""
    description = " · ".join(one for one in (second, source) if one)
    return Compact(cut(said[0], MOST_TITLE), cut(description, MOST_DESCRIPTION), text)
