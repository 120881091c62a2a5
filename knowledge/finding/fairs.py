"""Figures of a fair, which are of the region that it is for, found by the place where it is held."""

from __future__ import annotations

from knowledge.base import KnowledgeBase
from knowledge.finding.wanted import Wanted
from knowledge.records import Note
from knowledge.text import fold

_FAIR = "hoi_cho"
_OF_FAIRS = ("gian-hang-hoi-cho", "dia-phuong-du-hoi-cho")
"""Counts of a fair, which the region has that it is for, not the place where it is held."""


def at_fair(base: KnowledgeBase, wanted: Wanted) -> tuple[Wanted, Note] | None:
    """The same search for the region and the year of the fair that was held in the place and at the time that were named, and
    which one that is; None where none was."""
    if wanted.indicator not in _OF_FAIRS or len(wanted.periods) != 1:
        return None
    year, _, part = wanted.periods[0].partition("-")
    for event in base.events.values():
        month = f"M{event.date[5:7]}"
        held = all(
            fold(base.regions[one].name) in fold(event.place) or one == event.region for one in wanted.regions
        )
        own = Wanted(indicator=wanted.indicator, regions=(event.region,), periods=(event.year,))
        if event.kind == _FAIR and event.year == year and part in ("", month, event.date[5:]) and held:
            return (
                (own, Note("of_event", {"event": event.name, "place": event.place}))
                if own != wanted
                else None
            )
    return None
