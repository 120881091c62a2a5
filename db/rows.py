"""Rows of the base by table and id, as they are or as they would be after a change set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from db.connection import one_moment
from db.content import decode, read_meta, read_rows, read_table
from db.fields import type_of_record
from db.files import Row
from knowledge.changes import Stored
from knowledge.records import Figure, Relation

SLOT = ("indicator", "measure", "of", "against", "programme", "region", "period", "round", "label")
"""Two figures that agree in all of these answer the same question."""

PLACE = (*SLOT, "source")
"""Two figures of one source that agree in all of these are one figure."""

MOST_ALIKE = 200
"""Figures that one figure is held against, at most."""

Key = tuple[str, str]
"""Table and id."""


def place_of(figure: Any) -> tuple[str, ...]:
    """What no two figures share."""
    return tuple(getattr(figure, column) for column in PLACE)


def state_of(db: Database) -> str:
    """Changes with every change of the knowledge, by whomever."""
    last = db.execute("SELECT coalesce(max(id), 0) FROM changes").fetchone()[0]
    meta = read_meta(db)
    return " ".join([str(last), *(meta.get(key, "-") for key in ("content_hash", "built_at", "edited_at"))])


def stored(db: Database, table: str, id_: str) -> Stored | None:
    """The row as its table holds it, with its `rowid`."""
    if table not in type_of_record:
        raise ValueError(f"no content table {table!r}")
    return next(iter(db.query(f"SELECT rowid AS rowid, * FROM {table} WHERE id = ?", [id_])), None)


class Rows:
    """Reads a table when it is first asked for, and keeps it. `find`: one row of a table that was not read yet; `state`: see
    `state_of`, where all was read at one moment."""

    def __init__(
        self,
        read: Callable[[str], Iterable[Row]],
        find: Callable[[str, str], Row | None] | None = None,
        state: str = "",
    ) -> None:
        self.state = state
        self._read = read
        self._find = find
        self._tables: dict[str, dict[str, Row]] = {}
        self._alike: dict[tuple[str, ...], dict[tuple[str, ...], list[Figure]]] = {}
        self._relations: defaultdict[str, list[Relation]] | None = None

    @classmethod
    def of(cls, db: Database) -> Rows:
        """What the tables hold; inside a transaction, at one moment."""

        def find(table: str, id_: str) -> Row | None:
            cells = stored(db, table, id_)
            return None if cells is None else decode(table, cells)

        return cls(lambda table: read_table(db, table), find)

    @classmethod
    def at_once(cls, db: Database) -> Rows:
        """All of it, read at one moment; not inside a transaction."""
        with one_moment(db):
            return cls(read_rows(db).__getitem__, state=state_of(db))

    def after(self, changed: Mapping[Key, Row | None]) -> Rows:
        """The rows with these in place of their own; None for one that goes."""

        def read(table: str) -> Iterable[Row]:
            rows: dict[str, Row | None] = {**self.table(table)}
            rows |= {name: row for (owner, name), row in changed.items() if owner == table}
            return [row for row in rows.values() if row is not None]

        def find(table: str, id_: str) -> Row | None:
            return changed[table, id_] if (table, id_) in changed else self.get(table, id_)

        return Rows(read, find, self.state)

    def table(self, name: str) -> dict[str, Row]:
        """The rows of a table by their id."""
        if name not in self._tables:
            self._tables[name] = {row.record.id: row for row in self._read(name)}
        return self._tables[name]

    def get(self, table: str, id_: str) -> Row | None:
        """One row; None where there is none."""
        if self._find is not None and table not in self._tables:
            return self._find(table, id_)
        return self.table(table).get(id_)

    def records(self, table: str) -> list[Any]:
        """The records of a table."""
        return [row.record for row in self.table(table).values()]

    def figures_at(self, figure: Figure, columns: Sequence[str]) -> list[Figure]:
        """Figures that agree with this one in `columns`, in the order of the base."""
        key = tuple(columns)
        if key not in self._alike:
            index: defaultdict[tuple[str, ...], list[Figure]] = defaultdict(list)
            for one in self.records("figures"):
                alike = index[tuple(getattr(one, column) for column in key)]
                if len(alike) < MOST_ALIKE:
                    alike.append(one)
            self._alike[key] = index
        return self._alike[key].get(tuple(getattr(figure, column) for column in key), [])

    def relations_of(self, figure: str) -> list[Relation]:
        """Relations in which this figure stands."""
        if self._relations is None:
            self._relations = defaultdict(list)
            for row in self.records("relations"):
                for name in dict.fromkeys(row.operands):
                    self._relations[name].append(row)
        return self._relations.get(figure, [])
