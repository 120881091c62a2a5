"""What a set of changes does, as it is held against the base and told: its steps, what is refused, doubtful, replaced."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from knowledge.records import Note, SupportLevel

Stored = dict[str, Any]
"""Cells of a row as its table holds them; `rowid`, its place among the others, where a row is taken away."""


def packed(cells: Stored | None) -> str | None:
    """Cells as a line of the history keeps them."""
    return None if cells is None else json.dumps(cells, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Step:
    """One row. `before`, `after`: the cells that change, as they were and will be; None for a row that is new, or goes.
    `cells`: the whole row afterwards, None when it goes."""

    table: str
    row: str
    before: Stored | None
    after: Stored | None
    cells: Stored | None

    @property
    def kind(self) -> str:
        """`add`, `edit` or `delete`."""
        return "add" if self.before is None else "delete" if self.after is None else "edit"


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Steps, and the state of the base that they were held against."""

    steps: tuple[Step, ...]
    state: str

    @property
    def added(self) -> tuple[Step, ...]:
        """Rows that are new."""
        return tuple(step for step in self.steps if step.before is None)

    @property
    def changed(self) -> tuple[Step, ...]:
        """Rows of which some fields change."""
        return tuple(step for step in self.steps if step.before is not None)

    @property
    def digest(self) -> str:
        """The same for two that do the same to the same."""
        found = hashlib.sha256()
        for step in self.steps:
            found.update(f"{step.table} {step.row} {packed(step.before)} {packed(step.after)}\n".encode())
        return found.hexdigest()


@dataclass(slots=True)
class Doubt:
    """Doubts of one kind: how many rows raise it, and the first of them."""

    count: int = 0
    examples: list[tuple[str, Note]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Plan(ChangeSet):
    """What would be done. `problems`: rows that are refused; `removed`: table and id of rows that go.

    Of a table whose layout was found: `told` how it was taken, `asks` what it does not say, `layout` its name.
    """

    name: str
    unchanged: int
    problems: tuple[Any, ...] = ()
    doubts: dict[str, Doubt] = field(default_factory=dict)
    removed: tuple[tuple[str, str], ...] = ()
    told: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    layout: str = ""


@dataclass(frozen=True, slots=True)
class Replaced:
    """A level that begins, and the one that ends for it; `old` is None where none applied."""

    old: SupportLevel | None
    new: SupportLevel


@dataclass(frozen=True, slots=True)
class Quote:
    """A row that quotes what is replaced. `documents`: ids that it rests on or names; `levels`: whose amount it tells."""

    table: str
    row: str
    name: str
    documents: tuple[str, ...]
    levels: tuple[SupportLevel, ...]
