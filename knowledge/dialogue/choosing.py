"""Which of the choices that were offered a message picks."""

from __future__ import annotations

from rapidfuzz import fuzz

from knowledge.dialogue.state import Context
from knowledge.language.spans import IDLE, Reading, Span
from knowledge.records import Choice
from knowledge.text import fold, words

_ALIKE = 88
"""Likeness of a message and a label, in percent, from which it is the label with a slip."""


def choice_of(reading: Reading, context: Context) -> Choice | None:
    """The choice that a message picks: by its number, its order, its label, or a part of the label."""
    choices = context.choices
    said = fold(reading.clean).strip(" .?!)")
    if not choices or not said:
        return None
    if said.isdigit():
        return choices[int(said) - 1] if 0 < int(said) <= len(choices) else None
    labels = [fold(choice.label) for choice in choices]
    if said in labels:
        return choices[labels.index(said)]
    order = [span for span in reading.spans if span.means("order")]
    left = [
        span
        for span in reading.spans
        if span.slot not in (*IDLE, "order", "reference", "talk") and not span.means("order")
    ]
    if order and not left:
        return _by_order(choices, order[0])
    if not left and len(choices) == 1 and reading.has("talk", "yes") and not reading.has("talk", "no"):
        return choices[0]
    named = [word.text for at, word in enumerate(reading.words) if any(s.start <= at < s.end for s in left)]
    open_ = context.frame == "choice" and named and not reading.has("asks")
    return _by_label(choices, labels, said) or (
        _by_label(choices, labels, " ".join(named)) if open_ else None
    )


def _by_order(choices: tuple[Choice, ...], span: Span) -> Choice | None:
    value = span.value if span.slot == "order" else next(v for slot, v in span.others if slot == "order")
    at = len(choices) - 1 if value == "last" else int(value) - 1
    return choices[at] if at < len(choices) else None


def _by_label(choices: tuple[Choice, ...], labels: list[str], said: str) -> Choice | None:
    """The one choice whose label has all the words that were said, up to a slip."""
    own = words(said)
    if len(said) < 4:
        return None
    fits = [
        choice
        for choice, label in zip(choices, labels, strict=True)
        if set(own) <= set(words(label)) or (len(said) >= 8 and fuzz.ratio(said, label) >= _ALIKE)
    ]
    return fits[0] if len(fits) == 1 else None
