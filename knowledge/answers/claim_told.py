"""What is gathered for the answer to one claim: its parts, what they rest on, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from knowledge.answers.claim_computed import Held
from knowledge.answers.claim_rules import RulesChecked
from knowledge.answers.claim_words import RIGHT
from knowledge.finding.answer import status_warnings
from knowledge.records import Document, Entry, Event, Note, Part, Stance, SupportLevel
from knowledge.text import fold, words


class Told:
    """What is gathered for the answer to one claim."""

    def __init__(self, today: date) -> None:
        self.parts: list[Part] = []
        self.taken: set[int] = set()
        self.held: list[Held] = []
        self.documents: tuple[Document, ...] = ()
        self.event: Event | None = None
        self.levels: tuple[SupportLevel, ...] = ()
        self.entries: tuple[Entry, ...] = ()
        self._today = today

    def add(self, parts: Iterable[Part], taken: Iterable[int]) -> None:
        """Add parts and the words that they explain."""
        for part in parts:
            self.parts += [part] if part not in self.parts else []
        self.taken |= set(taken)

    def rule(self, rules: RulesChecked) -> None:
        """Add what was found of a rule."""
        self.add(rules.parts, rules.taken)
        self.levels, self.entries = rules.levels, rules.entries

    def figures(self, held: Iterable[Held]) -> None:
        """Add the numbers."""
        self.held = list(held)
        self.add((one.part for one in self.held), ())

    def confirm(self) -> None:
        """Mark documents that are not held, but whose number stands beside a figure that was right."""
        rows = [part.figure for part in self.parts if part.figure is not None and part.outcome in RIGHT]
        notes = {word for row in rows for word in words(fold(row.note))}
        for at, part in enumerate(self.parts):
            numbers = [word for word in words(fold(part.said)) if word.isdigit()]
            if (
                part.kind == "document"
                and part.outcome == "unknown"
                and notes.issuperset(numbers[:1])
                and numbers
            ):
                self.parts[at] = replace(part, outcome="match")

    @property
    def stance(self) -> Stance:
        """Yes only where every part is right; no where one is not; else what was checked is right and the rest unknown."""
        outcomes = {part.outcome for part in self.parts}
        if outcomes & {"differs", "misprint"}:
            return "no"
        return "yes" if outcomes <= set(RIGHT) else "conditional"

    def leading(self) -> Held | None:
        """The number whose figure is shown: the first that differs, else the first that is right."""
        found = [one for one in self.held if one.checked is not None]
        return next(
            (one for one in found if one.part.outcome in ("differs", "misprint")), found[0] if found else None
        )

    def sources(self) -> list[str]:
        """Ids of the sources of what is no figure."""
        rows = (*self.documents, *((self.event,) if self.event else ()), *self.levels, *self.entries)
        return [source for row in rows for source in row.sources]

    def notes(self) -> tuple[Note, ...]:
        """What is taken for granted of offices: they are as printed then."""
        return (Note("office_then"),) if any(part.kind == "office" for part in self.parts) else ()

    def warnings(self) -> tuple[Note, ...]:
        """What the state of a rule means for who relies on it today."""
        notes: list[Note] = []
        for level in self.levels[:1]:
            if level.status == "needs_check":
                notes.append(Note("level_changed"))
            elif level.status == "superseded":
                notes.append(Note("level_superseded", {"until": level.valid_to}))
        for entry in self.entries[:1]:
            notes += status_warnings(entry.status, entry.valid_to, self._today)
        return tuple(notes)
