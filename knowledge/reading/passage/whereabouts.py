"""Which region and which time a figure is of: what its own words name, else what the passage is speaking of."""

from __future__ import annotations

from knowledge.reading.passage.marks import WHOLE_YEAR, Places, Stretch, times_in
from knowledge.reading.passage.scene import Clause, Draft, Scene, Slot

_LENGTH_OF_YEARS = (4, 9)
"""How long the codes of whole years are: `2023`, `2021-2025`."""


class Whereabouts:
    """Finds region and period of a figure against the names of one base."""

    def __init__(self, places: Places) -> None:
        self._places = places

    def find(self, draft: Draft, clause: Clause, scene: Scene, more: Stretch | None = None) -> None:
        """Set region, period and round of a draft. `more`: words behind the number that may name its time."""
        if draft.region is None:
            draft.region = self._region(draft, clause, scene)
        draft.period = self._period(draft, clause, scene, more)
        if rounds := clause.from_sentence.of("round"):
            scene.round = rounds[-1].values("round")[0]
        if draft.of.value == "allocated" or draft.measure.value == "allocated":
            draft.round = scene.round

    def _region(self, draft: Draft, clause: Clause, scene: Scene) -> Slot:
        named = self._places.find(clause.own, clause.line.printed, cased=clause.cased)
        found = list(dict.fromkeys(region for region, _ in named))
        if len(found) == 1 or (found and clause.bracket):
            if not clause.bracket:
                scene.place(found[-1])
            return Slot(found[-1])
        if found:
            return Slot(found[-1], unsure=True, others=tuple(found[:-1]))
        return self._meant(clause.own, scene) or self._carried(draft, clause, scene)

    def _meant(self, words: Stretch, scene: Scene) -> Slot | None:
        """The region that "the region", "the province" means; None where neither is said or none is known."""
        said = [
            kind
            for kind, told in (("region", says_region(words)), ("province", says_province(words)))
            if told
        ]
        for kind in said:
            if self._places.kind(scene.region) == kind:
                return Slot(scene.region)
            seen = list(
                dict.fromkeys(one for one in reversed(scene.known_regions) if self._places.kind(one) == kind)
            )
            if seen:
                scene.place(seen[0])
                return Slot(seen[0], unsure=len(seen) > 1, others=tuple(seen[1:]))
        return None

    def _carried(self, draft: Draft, clause: Clause, scene: Scene) -> Slot:
        ministry = clause.line.stretch(0, len(clause.line.folded)).has("report", "ministry")
        if scene.region == "ca_nuoc" and ministry:
            return Slot(scene.region)
        if scene.region:
            others = tuple(one for one in dict.fromkeys(scene.disturbed) if one != scene.region)
            return Slot(scene.region, unsure=bool(others), others=others[:3])
        here = list(dict.fromkeys(scene.known_regions))
        if draft.programme.value == "KCQG" and (ministry or (not here and says_whole(clause.said))):
            scene.place("ca_nuoc")
            return Slot("ca_nuoc")
        if not here:
            return Slot("ca_nuoc" if ministry else "", unsure=True)
        return Slot(here[-1], unsure=len(here) > 1, others=tuple(here[:-1][-3:]))

    def _period(self, draft: Draft, clause: Clause, scene: Scene, more: Stretch | None) -> Slot:
        found = times_in(clause.own) or (times_in(more) if more else [])
        year = scene.period[:4]
        if found:
            code = found[-1]
            if code.startswith("~"):
                code = f"{year}{_part(code)}" if year else ""
            if not code:
                return Slot("", unsure=True)
            if not clause.bracket and more is None:
                scene.period, scene.period_doubtful = code, False
            return Slot(code)
        if draft.measure.value == "proposal":
            return Slot("")
        if not scene.period:
            return Slot("", unsure=True)
        of_years = draft.measure.value in ("plan", "allocated") or draft.of.value in ("plan", "allocated")
        code = year if of_years and len(scene.period) not in _LENGTH_OF_YEARS else scene.period
        return Slot(code, unsure=scene.period_doubtful)


def _part(code: str) -> str:
    """The part of a year behind the year; twelve months are the whole of it."""
    return "" if code == WHOLE_YEAR else f"-{code[1:]}"


def says_region(words: Stretch) -> bool:
    """Whether the region that is spoken of is meant."""
    return words.has("kind", "region")


def says_province(words: Stretch) -> bool:
    """Whether the province that is spoken of is meant."""
    return words.has("report", "here_province")


def says_whole(words: Stretch) -> bool:
    """Whether a sum is told to be of the whole."""
    return words.has("report", "whole") or words.has("programme", "total")
