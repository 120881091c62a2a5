"""How much an activity may be supported on a date, and the arithmetic: the smaller of percent of the cost and the cap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from knowledge.records import Calculation, SupportLevel
from knowledge.text import fold


def in_force(level: SupportLevel, day: date) -> bool:
    """Whether a level applied on `day`."""
    stamp = day.isoformat()
    return (not level.valid_from or level.valid_from <= stamp) and (
        not level.valid_to or stamp <= level.valid_to
    )


class SupportLevels:
    """Support levels by activity and by the words that name one."""

    def __init__(self, levels: Iterable[SupportLevel]) -> None:
        by_activity: defaultdict[str, list[SupportLevel]] = defaultdict(list)
        for level in levels:
            by_activity[level.activity].append(level)
        self.by_activity: Mapping[str, tuple[SupportLevel, ...]] = {
            activity: tuple(sorted(rows, key=lambda row: row.valid_from, reverse=True))
            for activity, rows in by_activity.items()
        }
        keys: dict[str, str] = {}
        for activity, rows in self.by_activity.items():
            for name in (fold(alias) for row in rows for alias in row.aliases):
                keys.setdefault(name, activity)
        self._activities = keys
        names = sorted(keys, key=lambda name: (-len(name.split()), -len(name), name))
        self._names: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        for place, name in enumerate(names):
            self._names[name.split()[0]].append((place, name))

    def name_in(self, folded: str) -> str:
        """The longest name of an activity that a folded question contains; empty if none."""
        padded = f" {folded} "
        possible = [one for word in self._names.keys() & folded.split() for one in self._names[word]]
        return min((one for one in possible if f" {one[1]} " in padded), default=(0, ""))[1]

    def activity_in(self, folded: str) -> str:
        """The activity that a folded question names, the longest name first; empty if none."""
        return self._activities.get(self.name_in(folded), "")

    def on(self, activity: str, day: date, scope: str = "national") -> SupportLevel | None:
        """The level of `activity` that applied on `day` for `scope`; None where none is known for that day."""
        for level in self.by_activity.get(activity, ()):
            if level.scope == scope and in_force(level, day):
                return level
        return None

    def last_known(self, activity: str) -> SupportLevel | None:
        """The newest national level that is known, even if it has ended."""
        return next(
            (level for level in self.by_activity.get(activity, ()) if level.scope == "national"), None
        )

    def caps(self, activity: str) -> frozenset[int]:
        """The caps that the national levels of an activity have had, in đồng."""
        levels = self.by_activity.get(activity, ())
        return frozenset(one.cap for one in levels if one.cap and one.scope == "national")

    def local(self, activity: str, scope: str, day: date) -> SupportLevel | None:
        """The level that a province set itself, where one is known."""
        return self.on(activity, day, scope)


def calculate(level: SupportLevel, cost: Decimal) -> Calculation | None:
    """min(percent x cost, cap) in đồng, rounded down to the đồng; None where the level has no percent or the cost is not positive."""
    if level.percent is None or cost <= 0:
        return None
    whole = int(cost)
    share = int(Decimal(whole) * Decimal(str(level.percent)) / 100)
    result = min(share, level.cap) if level.cap is not None else share
    return Calculation(level, whole, share, result)
