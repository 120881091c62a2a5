"""Which event a question means: region, year, edition and place must agree; a wrong one is corrected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.records import Event
from knowledge.text import fold


@dataclass(frozen=True, slots=True)
class EventsFound:
    """`events`: those that agree with everything that was said, or with most of it; `wrong`: what did not agree."""

    events: tuple[Event, ...]
    wrong: tuple[str, ...] = ()


def find_events(
    events: Iterable[Event],
    *,
    edition: int | None,
    regions: Sequence[str],
    years: Sequence[str],
    places: Sequence[str] = (),
) -> EventsFound:
    """The events that a question's edition, regions, years and places point to, the latest first.

    `places`: names of provinces that were named (folded); they agree with an event's place, host or next host.
    """
    rows = sorted(events, key=lambda event: event.id)
    rows.sort(key=lambda event: event.year, reverse=True)
    if edition is None and not (regions or years or places):
        return EventsFound(tuple(rows))
    held = {one.id: tuple(_agreement(one, edition, regions, years, places)) for one in rows}
    points = {one: sum(score for score, _ in found) for one, found in held.items()}
    top = max(points.values(), default=0)
    best = tuple(one for one in rows if points[one.id] == top) if top > 0 else ()
    wrong = (what for score, what in held[best[0].id] if score < 0) if best else ()
    return EventsFound(best, tuple(wrong))


def _agreement(
    event: Event, edition: int | None, regions: Sequence[str], years: Sequence[str], places: Sequence[str]
) -> Iterator[tuple[int, str]]:
    """What each thing that was said speaks for an event, or against it."""
    if edition is not None:
        yield (4 if event.edition == str(edition) else -3), "edition"
    if years:
        yield (3 if event.year in years else -2), "year"
    if regions:
        yield (3 if event.region in regions else -4), "region"
    if places:
        here = fold(f"{event.place} {event.host} {event.name}")
        if any(place in here for place in places):
            yield 3, "place"
        else:
            yield (2 if any(place in fold(event.next_host) for place in places) else -1), "place"


def short_name(event: Event) -> str:
    """The first of the other names of an event, with its year."""
    name = event.aliases[0] if event.aliases else event.name
    return f"{name[:1].upper()}{name[1:]}" + (f", {event.year}" if event.year not in name else "")
