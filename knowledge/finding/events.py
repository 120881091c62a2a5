"""Which event a question means: region, year, edition, kind and place must agree; a wrong one is corrected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.records import Event
from knowledge.text import fold

_ROMAN = {
    "x": 10, "xi": 11, "xii": 12, "xiii": 13, "xiv": 14, "xv": 15, "xvi": 16, "xvii": 17, "xviii": 18, "xix": 19, "xx": 20, "xxi": 21,
}  # fmt: skip
_ONES = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "lam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9}
_EDITION = re.compile(
    r"\blan (?:thu )?(?:(?P<roman>x{1,2}(?:i{1,3}|iv|vi{0,3}|ix)?)|(?P<number>\d{1,2})|(?P<words>(?:hai )?muoi(?: (?:mot|hai|ba|bon|tu|lam|sau|bay|tam|chin))?))\b|\b(?P<bare>xvi{0,3}|xi[vx]|xx|xix)\b"
)


def edition_in(folded: str) -> int | None:
    """The edition that a folded question names ("lần thứ XVI", "lần 16")."""
    match = _EDITION.search(folded)
    if not match:
        return None
    if match["number"]:
        return int(match["number"])
    if match["words"]:
        tens, _, ones = match["words"].partition("muoi")
        return (20 if tens else 10) + _ONES.get(ones.strip(), 0)
    return _ROMAN.get(match["roman"] or match["bare"] or "")


@dataclass(frozen=True, slots=True)
class EventsFound:
    """`events`: those that agree with everything that was said, or with most of it; `wrong`: what did not agree."""

    events: tuple[Event, ...]
    wrong: tuple[str, ...] = ()


def find_events(
    events: Iterable[Event],
    folded: str,
    *,
    regions: Sequence[str],
    years: Sequence[str],
    places: Sequence[str] = (),
) -> EventsFound:
    """The events that the question's edition, region, year, kind and place point to.

    `places`: names of provinces that were named (folded); they agree with an event's place, host or next host.
    """
    edition = edition_in(folded)
    rows = [event for event in events if _kind_fits(event, folded)]
    if not rows:
        return EventsFound(())

    def score(event: Event) -> tuple[int, list[str]]:
        points, wrong = 0, []
        if edition is not None:
            if event.edition and int(event.edition) == edition:
                points += 4
            else:
                points -= 3
                wrong.append("edition")
        if years:
            if event.year in years:
                points += 3
            else:
                points -= 2
                wrong.append("year")
        area = [
            region
            for region in regions
            if region in ("phia_bac", "phia_nam", "mien_trung_tay_nguyen", "ca_nuoc")
        ]
        if area:
            if event.region in area:
                points += 3
            else:
                points -= 4
                wrong.append("region")
        if places:
            named = fold(f"{event.place} {event.host} {event.name}")
            if any(place in named for place in places):
                points += 3
            elif any(place in fold(event.next_host) for place in places):
                points += 2
            else:
                points -= 1
                wrong.append("place")
        return points, wrong

    scored = sorted(
        ((score(event), event) for event in rows), key=lambda item: (-item[0][0], _order(item[1]))
    )
    top = scored[0][0][0]
    said = (edition is not None) + bool(years) + bool(regions) + bool(places)
    if not said:
        return EventsFound(tuple(event for _, event in scored))
    if top <= 0:
        return EventsFound(())
    best = [(wrong, event) for (points, wrong), event in scored if points == top]
    return EventsFound(tuple(event for _, event in best), tuple(best[0][0]))


def _order(event: Event) -> str:
    return f"{9999 - int(event.year or 0):04d}{event.id}"


def _kind_fits(event: Event, folded: str) -> bool:
    kind = fold(event.kind).replace("_", " ").replace("-", " ")
    if re.search(r"\bhoi cho\b|\btrien lam\b", folded):
        return "hoi cho" in kind or "hoi cho" in fold(event.name)
    if re.search(r"\bton vinh\b", folded):
        return "ton vinh" in fold(event.name)
    if re.search(r"\btong ket\b", folded):
        return "tong ket" in fold(event.name) or "tong ket" in kind
    if re.search(r"\bpho bien\b", folded):
        return "pho bien" in fold(event.name)
    trade = "nganh cong thuong" in fold(event.name)
    if trade != bool(re.search(r"\bnganh cong thuong\b", folded)):
        return False
    return "hoi cho" not in kind and "pho bien" not in kind and ("tong ket" not in kind)
