"""Which region and which time a figure is of: what its own words name, else what the passage is speaking of."""

from __future__ import annotations

import re

from knowledge.reading.passage.cues import (
    MINISTRY,
    ROUND,
    SAME_PROVINCE,
    SAME_REGION,
    WHOLE,
    Places,
    periods_in,
)
from knowledge.reading.passage.scene import Clause, Draft, Scene, Slot

_PART_OF_YEAR = re.compile(r"\d{4}-(?:[HQM]\d+|\d+ML?)")
_ROUNDS = {"mot": "1", "dau": "1", "hai": "2", "ba": "3"}


class Whereabouts:
    """Finds region and period of a figure against the names of one base."""

    def __init__(self, places: Places) -> None:
        self._places = places

    def find(self, draft: Draft, clause: Clause, scene: Scene, more: str = "") -> None:
        """Set region, period and round of a draft. `more`: words behind the number that may name its time."""
        if draft.region is None:
            draft.region = self._region(draft, clause, scene)
        draft.period = self._period(draft, clause, scene, more)
        found = list(ROUND.finditer(clause.words_from_sentence))
        if found:
            scene.round = _ROUNDS.get(found[-1][1], found[-1][1])
        if draft.of.value == "allocated" or draft.measure.value == "allocated":
            draft.round = scene.round

    def _region(self, draft: Draft, clause: Clause, scene: Scene) -> Slot:
        words, printed = clause.own, clause.said_printed
        found = list(
            dict.fromkeys(cue.value for cue in self._places.find(words, printed, cased=clause.cased))
        )
        if len(found) == 1 or (found and clause.bracket):
            if not clause.bracket:
                scene.place(found[-1])
            return Slot(found[-1])
        if found:
            return Slot(found[-1], unsure=True, others=tuple(found[:-1]))
        for pattern, kind in ((SAME_REGION, "region"), (SAME_PROVINCE, "province")):
            if pattern.search(words):
                seen = list(
                    dict.fromkeys(
                        one for one in reversed(scene.known_regions) if self._places.kind(one) == kind
                    )
                )
                if self._places.kind(scene.region) == kind:
                    return Slot(scene.region)
                if seen:
                    scene.place(seen[0])
                    return Slot(seen[0], unsure=len(seen) > 1, others=tuple(seen[1:]))
        ministry = bool(MINISTRY.search(clause.line.folded))
        if scene.region == "ca_nuoc" and ministry:
            return Slot(scene.region)
        if scene.region:
            others = tuple(one for one in dict.fromkeys(scene.disturbed) if one != scene.region)
            return Slot(scene.region, unsure=bool(others), others=others[:3])
        here = list(dict.fromkeys(scene.known_regions))
        if draft.programme.value == "KCQG" and (ministry or (not here and WHOLE.search(clause.said))):
            scene.place("ca_nuoc")
            return Slot("ca_nuoc")
        if not here:
            return Slot("ca_nuoc" if ministry else "", unsure=True)
        return Slot(here[-1], unsure=len(here) > 1, others=tuple(here[:-1][-3:]))

    def _period(self, draft: Draft, clause: Clause, scene: Scene, more: str) -> Slot:
        found = periods_in(clause.own) or periods_in(more)
        year = scene.period[:4]
        code = ""
        if found:
            last = found[-1]
            code = last.code or (f"{year}-{last.part}" if year else "")
            if not code:
                return Slot("", unsure=True)
            if not clause.bracket and not more:
                scene.period, scene.period_doubtful = code, False
            return Slot(code)
        if draft.measure.value == "proposal":
            return Slot("")
        if not scene.period:
            return Slot("", unsure=True)
        of_years = draft.measure.value in ("plan", "allocated") or draft.of.value in ("plan", "allocated")
        code = year if of_years and _PART_OF_YEAR.fullmatch(scene.period) else scene.period
        return Slot(code, unsure=scene.period_doubtful)
