"""The base as it would be after many changes at once, and what is doubtful in it, looked up in indexes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from db.bulk import Tick
from db.files import Content
from db.plausibility import doubts_among
from knowledge.records import Document, Figure, Note, Relation

MOST_ALIKE = 200
"""Figures that one figure is held against, at most."""
MOST_EXAMPLES = 5
EVERY = 100  # rows between two calls of `tick`


@dataclass(slots=True)
class Doubt:
    """Doubts of one kind: how many rows raise it, and the first of them."""

    count: int = 0
    examples: list[tuple[str, Note]] = field(default_factory=list)


class Afterwards:
    """The base as it would be, with what `Rows` of `db.plausibility` asks for."""

    def __init__(self, content: Content, changed: Iterable[tuple[str, Any]]) -> None:
        rows = {table: {row.record.id: row.record for row in content[table]} for table in content}
        for table, record in changed:
            rows[table][record.id] = record
        self._figures: dict[str, Figure] = rows["figures"]
        self._documents: dict[str, Document] = rows["documents"]
        self._relations: defaultdict[str, list[Relation]] = defaultdict(list)
        for relation in rows["relations"].values():
            for name in dict.fromkeys(relation.operands):
                self._relations[name].append(relation)
        self._sums = [row.operands for row in rows["relations"].values() if row.kind == "sum"]
        self._indexes: dict[tuple[str, ...], dict[tuple[str, ...], list[Figure]]] = {}

    def figures_at(self, figure: Figure, columns: Sequence[str]) -> list[Figure]:
        """See `Rows`."""
        key = tuple(columns)
        if key not in self._indexes:
            index: defaultdict[tuple[str, ...], list[Figure]] = defaultdict(list)
            for row in self._figures.values():
                alike = index[tuple(getattr(row, column) for column in key)]
                if len(alike) < MOST_ALIKE:
                    alike.append(row)
            self._indexes[key] = dict(index)
        return self._indexes[key].get(tuple(getattr(figure, column) for column in key), [])

    def figures(self) -> dict[str, Figure]:
        """See `Rows`."""
        return self._figures

    def relations_of(self, figure: str) -> list[Relation]:
        """See `Rows`."""
        return self._relations.get(figure, [])

    def sums(self) -> list[tuple[str, ...]]:
        """See `Rows`."""
        return self._sums

    def document(self, id_: str) -> Document | None:
        """See `Rows`."""
        return self._documents.get(id_)


def doubts_afterwards(
    content: Content, changed: Sequence[tuple[str, Any]], today: date, tick: Tick
) -> dict[str, Doubt]:
    """Doubts about the changed rows (table, record) among all rows, by kind."""
    look = Afterwards(content, changed)
    found: defaultdict[str, Doubt] = defaultdict(Doubt)
    for number, (_, record) in enumerate(changed):
        if number % EVERY == 0:
            tick("doubt", number, len(changed))
        met = set()
        for note in doubts_among(look, record, today):
            doubt = found[note.code]
            doubt.count += note.code not in met
            met.add(note.code)
            if len(doubt.examples) < MOST_EXAMPLES:
                doubt.examples.append((record.id, note))
    return dict(found)
