"""The verdict sheet of one claim: each thing that is stated beside what is held of it, and what follows from all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from knowledge.answers.claim_computed import Held
from knowledge.answers.claim_words import RIGHT, typed
from knowledge.finding.answer import status_warnings
from knowledge.language.spans import Reading
from knowledge.records import Document, Entry, Event, Figure, Note, Part, Stance, SupportLevel
from knowledge.text import fold, words

WRONG = ("differs", "misprint")


class Sheet:
    """What is stated in one reading, held against the base. `taken`: the words that are explained."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.parts: list[Part] = []
        self.taken: set[int] = set()
        self.numbers: list[Held] = []
        self.documents: tuple[Document, ...] = ()
        self.event: Event | None = None
        self.levels: tuple[SupportLevel, ...] = ()
        self.entries: tuple[Entry, ...] = ()

    def add(self, parts: Iterable[Part]) -> None:
        """Enter parts, each once."""
        self.parts += [part for part in dict.fromkeys(parts) if part not in self.parts]

    def hold(
        self,
        kind: str,
        start: int,
        end: int,
        held: str,
        *,
        same: bool | None,
        said: str = "",
        used: bool = True,
    ) -> None:
        """Enter what words `start` to `end` state: right where it is the `same` as what is held, unchecked where that is not
        known. `said`: how it is told again."""
        outcome = "unknown" if same is None else "match" if same else "differs"
        self.add([Part(kind, said or typed(self.reading, start, end), outcome, held)])  # type: ignore[arg-type]
        self.taken |= set(range(start, end)) if used else set()

    def merge(self, other: Sheet) -> None:
        """Enter everything of another sheet of the same reading."""
        self.add(other.parts)
        self.taken |= other.taken
        self.levels, self.entries = other.levels, other.entries

    def confirm(self) -> None:
        """Mark documents that are not held, but whose number stands beside a figure that was right."""
        notes = {word for row in self.rows(RIGHT) for word in words(fold(row.note))}
        for at, part in enumerate(self.parts):
            numbers = [word for word in words(fold(part.said)) if word.isdigit()][:1]
            if (part.kind, part.outcome) == ("document", "unknown") and numbers and notes.issuperset(numbers):
                self.parts[at] = replace(part, outcome="match")

    def rows(self, outcomes: Iterable[str]) -> list[Figure]:
        """The figures against which parts of these outcomes were held."""
        return [part.figure for part in self.parts if part.figure is not None and part.outcome in outcomes]

    @property
    def stance(self) -> Stance:
        """Yes only where every part is right; no where one is not; else what was checked is right and the rest unknown."""
        outcomes = {part.outcome for part in self.parts}
        if outcomes & set(WRONG):
            return "no"
        return "yes" if outcomes <= set(RIGHT) else "conditional"

    def leading(self) -> Held | None:
        """The number whose figure is shown: the first that differs, else the first that is right."""
        found = [one for one in self.numbers if one.checked is not None]
        return next((one for one in found if one.part.outcome in WRONG), next(iter(found), None))

    def sources(self) -> list[str]:
        """Ids of the sources of what is no figure."""
        rows = (*self.documents, *((self.event,) if self.event else ()), *self.levels, *self.entries)
        return [source for row in rows for source in row.sources]

    def notes(self) -> tuple[Note, ...]:
        """What is taken for granted of offices: they are as printed then."""
        return (Note("office_then"),) if any(part.kind == "office" for part in self.parts) else ()

    def warnings(self, today: date) -> tuple[Note, ...]:
        """What the state of a rule means for who relies on it today."""
        notes = [Note("level_changed") for one in self.levels[:1] if one.status == "needs_check"]
        for level in self.levels[:1]:
            if level.status == "superseded":
                notes.append(Note("level_superseded", {"until": level.valid_to}))
        for entry in self.entries[:1]:
            notes += status_warnings(entry.status, entry.valid_to, today)
        return tuple(notes)
