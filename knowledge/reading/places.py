"""Names of the country, the khuyến công regions, parts of them and provinces, old and new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter

from knowledge.language.lexicon import Trie
from knowledge.language.spans import Reading
from knowledge.reading.slots import taken_back
from knowledge.records import Region
from knowledge.text import fold, words


@dataclass(frozen=True, slots=True)
class Place:
    """A region of the base named at `position`. `home`: the user says that he is from there."""

    id: str
    position: int
    home: bool = False


def places_of(reading: Reading, regions: Mapping[str, Region]) -> tuple[tuple[Place, ...], bool]:
    """The regions that a reading names, and whether one was taken out of another: then both, to be held against each
    other. Where the asker is from counts only where no other place is named. `regions`: those of the base."""
    excluded = set(reading.excluded("region"))
    found = _named(reading)
    elsewhere = [one for one in found if not one.home] or found
    kept = tuple(one for one in elsewhere if one.id not in excluded)
    wholes = {one.id for one in kept} | {regions[one.id].successor for one in kept}
    country = any(regions[one.id].kind == "country" for one in kept)
    taken_out = [
        one for one in elsewhere if one.id in excluded and (country or regions[one.id].part_of in wholes)
    ]
    return ((*kept, *taken_out), True) if kept and taken_out else (kept, False)


def _named(reading: Reading) -> list[Place]:
    """Every region that a reading names, ruled out or not, once; none that only tells who says something, or that was
    taken back."""
    gone = taken_back(reading, "region")
    aside = reading.of("function", "aside")
    homes = _at_home(reading)
    found: dict[str, Place] = {}
    for span in reading.named("region", excluded=True):
        id_ = next(value for slot, value in ((span.slot, span.value), *span.others) if slot == "region")
        if id_ not in gone and not any(one.start <= span.start < one.end for one in aside):
            found.setdefault(id_, Place(id_, reading.words[span.start].start, home=span.start in homes))
    return list(found.values())


def _at_home(reading: Reading) -> set[int]:
    """Where the spans begin that tell where the asker is: behind such words at once, or behind his office."""
    found: set[int] = set()
    near = False
    for span in reading.spans:
        near = span.means("function", "home") or (near and any(span.means(*one) for one in _BEFORE_HOME))
        if near:
            found.add(span.end)
    return found


_BEFORE_HOME = (("kind", "office"), ("function",), ("bound",))
"""What may stand between "em ở" and the place."""


class Gazetteer:
    """Every name of every region; built once for a base."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self._trie = Trie()
        self._names: set[str] = set()
        for region in regions:
            for name in (region.name, *region.aliases):
                self._trie.add(name, "region", region.id)
                self._names.add(" ".join(words(fold(name))))

    @property
    def phrases(self) -> list[str]:
        """Every name, folded."""
        return sorted(self._names)

    def named(self, folded: str) -> Iterator[str]:
        """The regions that a text which nobody has annotated names, in order, by the longest names."""
        said, at = words(folded), 0
        while at < len(said):
            end, senses = max(self._trie.starting(said, at), key=itemgetter(0), default=(at + 1, ()))
            if senses:
                yield senses[0].value
            at = end
