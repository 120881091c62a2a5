"""Labels of choices: short enough for a button, each another one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from knowledge.records import Choice
from knowledge.telling.formats import shortened

MOST_LABEL = 60
_APART = " · "
_FILLERS = ("kinh phí khuyến công ", "tổng hai nguồn ", " (tổng hai nguồn)")
"""Words without which a label that is too long still says what is meant."""


def fitted(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    """The choices with labels of at most 60 characters, cut at a word; of those that would look alike the first."""
    found: dict[str, Choice] = {}
    for choice in choices:
        label = label_of(choice.label)
        found.setdefault(label.casefold(), choice if label == choice.label else replace(choice, label=label))
    return tuple(found.values())


def label_of(text: str) -> str:
    """A label that fits; what comes behind a dot (place, time) is kept."""
    for filler in _FILLERS:
        if len(text) > MOST_LABEL:
            text = text.replace(filler, "")
    if len(text) <= MOST_LABEL:
        return text
    head, sign, tail = text.partition(_APART)
    room = MOST_LABEL - len(sign) - len(tail)
    return (
        f"{shortened(head, room)}{sign}{tail}"
        if sign and room > MOST_LABEL // 4
        else shortened(text, MOST_LABEL)
    )
