"""Which of the choices that were offered a message picks."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from knowledge.dialogue.state import Context
from knowledge.language.spans import IDLE, Reading
from knowledge.records import Choice
from knowledge.text import fold, words

_ALIKE = 88
"""Likeness of a message and a label, in percent, from which it is the label with a slip."""
_LEAST_PART, _LEAST_SLIP = 4, 8
"""Letters of a part of a label, and of a label with a slip."""
_BESIDE_ORDER = frozenset({*IDLE, "order", "reference", "talk"})
"""Slots that may stand beside the place of a choice in its list."""


def choice_of(reading: Reading, context: Context) -> Choice | None:
    """The choice that a message picks: by its number, its order, its label, or a part of the label."""
    choices = context.choices
    said = fold(reading.clean).strip(" .?!)")
    if not choices or reading.has("talk", "repeat"):  # "say the first again" is of what was told
        return None
    if said.isdigit():
        return _at(choices, int(said) - 1)
    left = [span for span in reading.spans if span.slot not in _BESIDE_ORDER]
    if not left and (order := reading.values("order")):
        places = {"last": len(choices) - 1, "middle": len(choices) // 2}
        return _at(choices, places[order[0]] if order[0] in places else int(order[0]) - 1)
    if not left and len(choices) == 1 and reading.has("talk", "yes"):
        return choices[0]
    spoken = ((span, word.text) for span in left for word in reading.words[span.start : span.end])
    named = [text for span, text in spoken if text.isdigit() or span.slot not in ("number", "period")]
    open_ = context.frame == "choice" and not reading.has("asks")
    return _by_label(choices, said) or (_by_label(choices, " ".join(named)) if open_ else None)


def _at(choices: tuple[Choice, ...], place: int) -> Choice | None:
    return choices[place] if 0 <= place < len(choices) else None


def _by_label(choices: tuple[Choice, ...], said: str) -> Choice | None:
    """The one choice that is called so, or whose label has all the words that were said, up to a slip."""
    labels = {fold(choice.label): choice for choice in choices}
    if said in labels or len(said) < _LEAST_PART:
        return labels.get(said)
    own = set(words(said))
    fits = [
        choice
        for label, choice in labels.items()
        if all(_in_label(word, words(label)) for word in own)
        or (len(said) >= _LEAST_SLIP and fuzz.ratio(said, label) >= _ALIKE)
    ]
    return fits[0] if len(fits) == 1 else None


def _in_label(word: str, label: Sequence[str]) -> bool:
    """Whether a word is one of a label, or a year of it without its century."""
    return word in label or (word.isdigit() and f"20{word}" in label)
