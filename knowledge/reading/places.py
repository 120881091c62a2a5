"""Names of the country, the khuyến công regions, parts of them and provinces, old and new.

A misspelt name is accepted only
where one name is nearest; two equally near ones are both handed back, so that the bot asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.language.lexicon import Trie
from knowledge.language.spans import Reading
from knowledge.reading.spans import Text, is_masked, taken_back
from knowledge.records import Region
from knowledge.text import WORD, fold, words

_LEAST_TYPO = 6
_ALIKE = (frozenset("ln"), frozenset("sx"), frozenset("dgr"), frozenset("ct"), frozenset("ckq"))
"""Letters that are taken for each other at the beginning of a word; any other makes it another name."""


@dataclass(frozen=True, slots=True)
class Place:
    """A region of the base named at `position`. `typed` is set where the name was misspelt and corrected;
    `home` where the user says that he is from there."""

    id: str
    position: int
    typed: str = ""
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
    homes = {one.end for one in reading.of("function", "home")}
    found: dict[str, Place] = {}
    for span in reading.named("region", excluded=True):
        id_ = next(value for slot, value in ((span.slot, span.value), *span.others) if slot == "region")
        if id_ not in gone and not any(one.start <= span.start < one.end for one in aside):
            found.setdefault(id_, Place(id_, reading.words[span.start].start, home=span.start in homes))
    return list(found.values())


def _begin_alike(typed: str, name: str) -> bool:
    firsts = [(one[0], other[0]) for one, other in zip(typed.split(), name.split(), strict=False)]
    return all(one == other or any({one, other} <= alike for alike in _ALIKE) for one, other in firsts)


class Gazetteer:
    """Every name of every region; built once for a base."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self._trie = Trie()
        self._names: set[str] = set()
        provinces: dict[str, str] = {}
        for region in regions:
            for name in (region.name, *region.aliases):
                self._trie.add(name, "region", region.id)
                key = " ".join(words(fold(name)))
                self._names.add(key)
                if region.kind == "province" and " " in key and len(key) >= _LEAST_TYPO:
                    provinces.setdefault(key, region.id)
        self._typo_keys = sorted(provinces)
        self._provinces = provinces

    @property
    def phrases(self) -> list[str]:
        """Every name, folded."""
        return sorted(self._names)

    def named(self, text: Text) -> list[tuple[str, int, int]]:
        """(id, start, end) of each whole name in a text that nobody has annotated, in order; takes them out.

        Names that overlap are read so that most words are used by the fewest names, else the later one is.
        """
        said = list(WORD.finditer(text.rest))
        plain = [match.group() for match in said]
        best: list[tuple[tuple[int, int], int, str]] = [((0, 0), 0, "")] * (len(said) + 1)
        for at in range(len(said) - 1, -1, -1):
            best[at] = (best[at + 1][0], at + 1, "")
            for end, senses in self._trie.starting(plain, at):
                (covered, fewer), *_ = best[end]
                used = covered + end - at, fewer - 1
                if used > best[at][0] and not is_masked(text.rest[said[at].start() : said[end - 1].end()]):
                    best[at] = (used, end, senses[0].value)
        found: list[tuple[str, int, int]] = []
        at = 0
        while at < len(said):
            _, end, id_ = best[at]
            if id_:
                found.append((id_, said[at].start(), said[end - 1].end()))
                text.take(*found[-1][1:])
            at = end
        return found

    def one_slip_off(self, typed: str) -> bool:
        """Whether two words are no province's name, but one letter off one."""
        if len(typed) < _LEAST_TYPO or typed in self._names:
            return False
        return bool(self._near(typed, 1))

    def _near(self, typed: str, limit: int) -> list[str]:
        """The provinces whose names are nearest to two words; each word begins as it does in the name, or with a letter
        that is taken for that one."""
        found = process.extract(typed, self._typo_keys, scorer=OSA.distance, score_cutoff=limit, limit=3)
        near = [(name, distance) for name, distance, _ in found if _begin_alike(typed, name)]
        return sorted({self._provinces[name] for name, distance in near if distance == near[0][1]})

    def misspelt(self, text: Text, unknown: set[str]) -> tuple[list[Place], list[str]]:
        """Correct province names in which at least one word is in `unknown` (words that nothing else explains).

        Returns the places, and the ids of two candidates where two names are equally near.
        """
        found: list[Place] = []
        doubtful: list[str] = []
        words = [(match.group(), match.start(), match.end()) for match in re.finditer(r"[a-z]+", text.rest)]
        for (left, start, middle), (right, after, end) in pairwise(words):
            if after != middle + 1 or not ({left, right} & unknown):
                continue
            typed = f"{left} {right}"
            if len(typed) < _LEAST_TYPO:
                continue
            limit = 2 if len(typed) >= 10 else 1
            ids = self._near(typed, limit)
            if not ids:
                continue
            if len(ids) == 1:
                found.append(Place(ids[0], start, typed))
                text.take(start, end)
            else:
                doubtful = ids
                text.take(start, end)
        return found, doubtful
