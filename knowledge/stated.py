"""A figure as a passage states it: the slots that could be read, those that are left open, and how it stands to the base."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from knowledge.records import Figure


@dataclass(frozen=True, slots=True)
class Stated:
    """One number of a passage with what it is about. Values as in `Figure`: đồng, percent (negative for a fall), counts.

    `start`, `end`: where `as_printed` stands in the cleaned passage; `sentence`, `paragraph` (counted from 1): what it stands in. `unsure`: slot → other
    values that are possible (none where nothing is known); what stands in such a slot is only the likeliest.
    `noun`: what is counted, as printed.
    """

    value: float
    unit: str
    as_printed: str
    start: int
    end: int
    sentence: str
    paragraph: int = 0
    indicator: str = ""
    measure: str = ""
    of: str = ""
    against: str = ""
    programme: str = ""
    region: str = ""
    period: str = ""
    value_max: float | None = None
    qualifier: str = "exact"
    round: str = ""
    noun: str = ""
    unsure: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def sure(self) -> bool:
        """Whether every slot was given."""
        return not self.unsure


@dataclass(frozen=True, slots=True)
class Judgement:
    """A number of a pasted passage against the base. `outcome`: `match`, `rounded` (the same, told with fewer digits),
    `misprint` (as printed, but the print is doubtful), `differs`, `unknown` (no figure, or the passage does not settle of
    what). `figure`: what it was held against; `other`: a figure of another source for the same slots, with another value.
    """

    stated: Stated
    outcome: Literal["match", "rounded", "misprint", "differs", "unknown"]
    figure: Figure | None = None
    other: Figure | None = None
