"""Which region and which time a figure is of: what its own words name, else what the passage is speaking of."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from knowledge.reading.passage.marks import WHOLE_YEAR, Mark, Stretch, times_in
from knowledge.reading.passage.scene import DIRECTIONS, Clause, Draft, Scene, Slot

_NEAR_VENUE = 40
_LENGTH_OF_YEARS = (4, 9)
"""How long the codes of whole years are: `2023`, `2021-2025`."""


class Places:
    """Names of regions and provinces. Where a passage has capital letters at all, a name without one is a word."""

    def __init__(self, kind: Callable[[str], str], successors: Mapping[str, str]) -> None:
        self.kind = kind
        """`country`, `region`, `subregion` or `province` of a region."""
        self.successors = successors
        """The region of today of each that was drawn anew."""

    def find(self, stretch: Stretch, printed: str, *, cased: bool) -> list[tuple[str, Mark]]:
        """Regions named in a stretch, in order; `printed`: its whole line."""
        found = []
        for mark in stretch.of("region"):
            region = mark.values("region")[0]
            last = printed.rfind(" ", mark.start, mark.end) + 1 or mark.start
            if cased and region != "ca_nuoc" and not printed[last].isupper():
                continue
            if not _met_there(stretch.part(stretch.start, mark.start)):
                found.append((region, mark))
        return found


def _met_there(before: Stretch) -> bool:
    """Whether people met at the place that follows: it is not where the figures are of."""
    at = next((mark for mark in reversed(before.outer) if not mark.means("kind", "province")), None)
    if at is None or not at.means("report", "at") or before.folded[at.end : before.end].strip(" "):
        return False
    clause = before.part(
        max(before.part(before.start, at.start).since(",;"), at.start - _NEAR_VENUE), at.start
    )
    return clause.has("report", "venue")


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
        found = list(dict.fromkeys(self._as_drawn(region, clause, scene) for region, _ in named))
        if len(found) == 1 or (found and clause.bracket):
            if not clause.bracket:
                scene.place(found[-1])
            return Slot(found[-1])
        if found:
            return Slot(found[-1], unsure=True, others=tuple(found[:-1]))
        return self._meant(clause.own, scene) or self._carried(draft, clause, scene)

    def _as_drawn(self, region: str, clause: Clause, scene: Scene) -> str:
        """A region as it is drawn where the passage tells its number of provinces, or that it means that of today."""
        anew = clause.own.has("division", "new")
        return self._places.successors.get(region, region) if anew or region in scene.redrawn else region

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
        if not scene.period or _where_it_began(clause.lead):
            return Slot("", unsure=True)
        of_years = draft.measure.value in ("plan", "allocated") or draft.of.value in ("plan", "allocated")
        code = year if of_years and len(scene.period) not in _LENGTH_OF_YEARS else scene.period
        return Slot(code, unsure=scene.period_doubtful)


def _where_it_began(lead: Stretch) -> bool:
    """Whether a number is the one from which another rose or fell: that is of a time before."""
    return lead.ends_with("report", "from") and lead.has("operator", *DIRECTIONS)


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
