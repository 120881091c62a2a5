"""What is looked for: the slots of a figure, as certain as they were said."""

from __future__ import annotations

from dataclasses import dataclass, field

from knowledge.records import Choice, Figure, Note

FUNDING = "kinh-phi"
"""The indicator of money spent on khuyến công; every other indicator counts something."""

NATION = "ca_nuoc"
"""The whole country among the regions."""

AMOUNTS = ("actual", "plan", "allocated", "estimate")
"""Measures in đồng, in the order in which they are taken when a question names none."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Slots that were named (empty tuples and strings: not named).

    `measures`: of `plan allocated assigned actual estimate rate share change target proposal count …`; `assigned`
    ("giao") may be a plan or an allocation. `of`: what a rate, share or change is about; `against`: its other side. `terms`: words that restrict
    the figure to a part (an activity); only rows that carry such a term answer them. `part`: a part of the year
    without its year. `round`: the round of an allocation. `planned`, `done`: whether words for a target or for a
    result were said of a count. `drawn`: `before` where a region is meant as it was before it was drawn anew, `after` where a
    province is as it is since. `until`: the period is only the end of one that is meant.
    """

    indicator: str = FUNDING
    measures: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    against: str = ""
    programmes: tuple[str, ...] = ()
    total_word: bool = False
    regions: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    joined: str = ""
    part: str = ""
    terms: tuple[str, ...] = ()
    round: str = ""
    planned: bool = False
    done: bool = False
    drawn: str = ""
    until: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The outcome of a search: a lead figure, or what is missing (`asks`), or nothing with what is near (`offers`).

    `asked`: ids of those companions that were asked for themselves.
    """

    lead: Figure | None = None
    also: tuple[Figure, ...] = ()
    companions: tuple[Figure, ...] = ()
    assumptions: tuple[Note, ...] = ()
    asks: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    gap: Note | None = None
    offers: tuple[Figure, ...] = field(default=())
    asked: tuple[str, ...] = ()
