"""What stands beside an answer: one line of what was taken for granted, one caution; the rest behind "Xem thêm"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.records import Answer, Note
from knowledge.telling import notes

_AMOUNTS = frozenset({"plan", "allocated", "actual", "estimate"})
_LATER = frozenset(
    {"repaired", "ranked", "ranked_missing", "tabled", "tabled_missing", "near_only", "counted_again", "two_sources", "inexact_side"}
)  # fmt: skip
"""Notes that change nothing about what was asked."""
_WEIGHT = (
    "misprint", "doubtful_unit", "level_superseded", "level_changed", "superseded", "rule_of_then", "level_ends", "level_of_then", "sources_differ",
    "discrepancy", "merged_region", "grown_region", "grown_since", "needs_check",
)  # fmt: skip
"""Cautions, the one that touches an answer most first."""
_OF_OFFERS = "near_only"
"""What the heading of the offers says."""
_SAME = {"level_not_known_today": "level_superseded"}
"""Notes that say what another one says."""


@dataclass(frozen=True, slots=True)
class Asides:
    """`understood` and `caution`: one line each, or empty; `more`: what is read only behind "Xem thêm"."""

    understood: str
    caution: str
    more: tuple[str, ...]


def asides(answer: Answer, shown: str = "") -> Asides:
    """The notes of an answer, sorted; `shown` is the text above, which may already say what a caution says."""
    taken = [note for note in answer.assumptions if notes.taken(note)]
    matters = [note for note in taken if _changes(note, answer)]
    told = [note for note in answer.assumptions if note not in taken and not _later(note, answer)]
    cautions = sorted((note for note in answer.warnings if not _idle(note, shown)), key=_weight)
    first = cautions[:1]
    rest = [note for note in answer.assumptions if note not in (*matters, *told) and note.code != _OF_OFFERS]
    rest += [note for note in answer.warnings if note not in first]
    understood = [notes.understood(matters, answer.names)] if matters else []
    understood += [notes.sentence(note, answer.names) for note in told]
    caution = notes.sentence(first[0], answer.names) if first else ""
    more = dict.fromkeys(notes.sentence(note, answer.names) for note in rest)
    more.pop(caution, None)
    return Asides(" ".join(dict.fromkeys(understood)), caution, tuple(more))


def unrepeated(answers: Sequence[Answer]) -> list[Answer]:
    """The answers of one message, each without the notes that one before it told."""
    told: list[Note] = []
    found = []
    for one in answers:
        kept = [
            tuple(note for note in found_notes if note not in told)
            for found_notes in (one.assumptions, one.warnings)
        ]
        told += [*one.assumptions, *one.warnings]
        found.append(replace(one, assumptions=kept[0], warnings=kept[1]))
    return found


def _changes(note: Note, answer: Answer) -> bool:
    """Whether another choice than the one that was made would give another answer that is known."""
    rows = (*answer.figures, *answer.companions)
    if note.code == "assumed_total":
        return any(row.programme in ("KCQG", "KCDP") for row in rows)
    if note.code == "assumed_measure":
        return len({row.measure for row in rows} & _AMOUNTS) > 1 or answer.kind != "figure"
    return True


def _later(note: Note, answer: Answer) -> bool:
    same = _SAME.get(note.code)
    return note.code in _LATER or any(other.code == same for other in answer.warnings)


def _idle(note: Note, shown: str) -> bool:
    """Whether a caution need not be seen: about rounding, about what is not shown, or said in the text itself."""
    if note.code in _LATER or note.values.get("verdict") == "rounding":
        return True
    return notes.said(note, shown)


def _weight(note: Note) -> int:
    return _WEIGHT.index(note.code) if note.code in _WEIGHT else len(_WEIGHT)
