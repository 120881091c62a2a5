"""What was assumed while a message was read."""

from __future__ import annotations

from knowledge.language.codes import years_of
from knowledge.reading.question import Question
from knowledge.records import Note


def reading_notes(question: Question) -> tuple[Note, ...]:
    """What was assumed while reading: years told by the clock, digits read from letters."""
    notes = [
        Note(
            "relative_year",
            {"said": period.relative, "year": "–".join(map(str, years_of(period.code))) or period.code[:4]},
        )
        for period in question.periods.found
        if period.relative
    ]
    notes += [
        Note("repaired", {"typed": repair.typed, "read": repair.read})
        for repair in question.repairs
        if repair.doubtful
    ]
    return tuple(notes[:3])
