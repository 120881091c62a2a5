"""Where somebody is in a form: what is settled, what was asked last, what was offered. Kept as a step, so it survives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from pydantic import TypeAdapter

from db.fields import Cell
from handlers.admin.forms import FORMS, Form, columns_of


@dataclass(frozen=True, slots=True)
class Filled:
    """Where somebody is in a form. `done`: parts that were answered or skipped, in order; `rest`: only what is missing
    is asked for; `typed`: what was given for the part and did not read; `outer`: the form that goes on once this row is
    saved."""

    command: str
    cells: dict[str, Cell]
    done: tuple[str, ...] = ()
    part: str = ""
    offered: tuple[tuple[str, str], ...] = ()
    rest: bool = False
    why: str = ""
    pending: str = ""
    typed: str = ""
    outer: dict[str, Any] | None = None

    @property
    def form(self) -> Form:
        """Its form."""
        return FORMS[self.command]

    @property
    def state(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)

    @staticmethod
    def of(state: Mapping[str, Any]) -> Filled:
        """As it was stored."""
        return _STORED.validate_python(state)

    def next(self) -> str:
        """The part to be asked for; empty when there is none left."""
        for part in self.form.parts:
            settled = part in self.done or all(column in self.cells for column in columns_of(part))
            if not settled and (not self.rest or part in self.form.needed):
                return part
        return ""

    def without(self, part: str) -> Filled:
        """As before this part was answered."""
        gone = columns_of(part)
        cells = {name: cell for name, cell in self.cells.items() if name not in gone}
        return replace(self, cells=cells, done=tuple(one for one in self.done if one != part), part=part)


_STORED = TypeAdapter(Filled)
