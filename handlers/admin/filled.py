"""Where somebody is in a form: what is settled, what was asked last, what was offered. Kept as a step, so it survives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from db.waiting import Step
from handlers.admin.forms import FORMS, Form, columns_of


@dataclass(frozen=True, slots=True)
class Filled:
    """Where somebody is in a form. `done`: parts that were answered or skipped, in order; `rest`: only what is missing
    is asked for; `typed`: what was given for the part and did not read; `outer`: the form that goes on once this row is
    saved."""

    command: str
    cells: Mapping[str, Any]
    done: tuple[str, ...] = ()
    part: str = ""
    offered: tuple[tuple[str, str], ...] = ()
    rest: bool = False
    why: str = ""
    asked_by: int = 0
    pending: str = ""
    typed: str = ""
    outer: Mapping[str, Any] | None = None

    @property
    def form(self) -> Form:
        """Its form."""
        return FORMS[self.command]

    def step(self, message: int) -> Step:
        """As it is stored."""
        state: dict[str, Any] = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return Step("form", {**state, "cells": dict(self.cells)}, str(message))

    @classmethod
    def of(cls, state: Mapping[str, Any]) -> Filled:
        """As it was stored."""
        cells = {
            name: tuple(cell) if isinstance(cell, list) else cell for name, cell in state["cells"].items()
        }
        offered = tuple((cell, label) for cell, label in state["offered"])
        return cls(**{**state, "cells": cells, "done": tuple(state["done"]), "offered": offered})

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
