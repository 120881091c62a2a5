"""Regions by the bare word of their name beside another one: "bắc với nam", "ba miền bắc, trung, nam"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.language.lexicon import Sense, marked_words, signature
from knowledge.language.spans import Word
from knowledge.records import Region
from knowledge.text import fold

_JOINING = frozenset(
    [
        "va",
        "voi",
        "hay",
        "hoac",
        "cung",
        "so",
        "hon",
        "kem",
        "con",
        "lan",
        "vs",
        "phia",
        "mien",
        "vung",
        "khu",
        "vuc",
        "giua",
        "ben",
        "la",
        "nhieu",
        "it",
        "cao",
        "thap",
        "lam",
        "chi",
    ]
)
"""Words that may stand between two regions that are named together."""
_SIGNS = frozenset(["", ",", "-", "–", "/", "+", "&", ":", "("])
_MOST_BETWEEN = 4
_YEAR = "nam"
_OF_A_YEAR = frozenset(
    ["nay", "ngoai", "truoc", "sau", "nao", "toi", "kia", "do", "qua", "gan", "roi", "ay", "tai"]
)
"""Behind these the word that means South means a year."""
_LEADING = frozenset(["con", "the", "vay", "roi", "ma", "thi", "o", "ben", "ngoai", "trong"])
"""Words before a region that alone is asked for in a chat."""
_ASKING = frozenset(["thi", "sao", "bao", "may", "nhieu", "duoc", "dat"])
"""Words that ask behind it."""


Phrases = Callable[[int], Iterable[tuple[int, Sense]]]
"""The end and a sense of each phrase that begins at a word."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A region at word `at`; `bare`: named by the one word."""

    at: int
    text: str
    bare: bool


class Directions:
    """The bare words of the regions of one base."""

    def __init__(self, regions: Iterable[Region]) -> None:
        rows = list(regions)
        own = [row for row in rows if row.kind == "region" and not row.valid_from]
        names = ((marked_words(row.name), row.id) for row in own)
        self._senses = {
            fold(name[1]): Sense("region", id_, (name[1],), "grammar") for name, id_ in names if len(name) > 1
        }
        self._wide = {row.id for row in rows if row.kind in ("region", "subregion")}

    def bare(self, said: Sequence[Word], phrases: Phrases, *, in_chat: bool) -> dict[int, Sense]:
        """Word → the region that it names beside another, or in a chat by itself; a word that is part of a phrase names
        none."""
        if len({word.text for word in said} & self._senses.keys()) < len(("one", "other")):
            return self._alone(said, phrases) if in_chat else {}
        named = [one for at in range(len(said)) if (one := self._at(said, at, phrases)) is not None]
        chain, found = 0, dict[int, list[_Named]]()
        for one, two in pairwise([*named[:1], *named]):
            chain += one is not two and not _joined(said, one, two)
            found.setdefault(chain, []).append(two)
        chains = [one for one in found.values() if len({row.text for row in one}) > 1]
        bare = {row.at: self._senses[row.text] for one in chains for row in one if row.bare}
        return bare or (self._alone(said, phrases) if in_chat and not chains else {})

    def _alone(self, said: Sequence[Word], phrases: Phrases) -> dict[int, Sense]:
        """The word with which a message begins, if that is all it names before it asks ("bắc thì sao")."""
        at = next((n for n, word in enumerate(said) if word.text not in _LEADING), len(said))
        asks = at < len(said) and (at + 1 == len(said) or said[at + 1].text in _ASKING)
        one = self._at(said, at, phrases) if asks else None
        return {at: self._senses[one.text]} if one and one.bare else {}

    def _at(self, said: Sequence[Word], at: int, phrases: Phrases) -> _Named | None:
        """The region that is named by, or with, the word at this place."""
        word, sense = said[at], self._senses.get(said[at].text)
        if sense is None or (
            not word.typed.isascii() and signature(word.typed) != signature(sense.marked[0])
        ):
            return None
        if word.text == _YEAR and _is_year(said, at + 1):
            return None
        around = [
            (start, end, one)
            for start in range(max(0, at - _MOST_BETWEEN), at + 1)
            for end, one in phrases(start)
            if end > max(at, start + 1) and one.marked[at - start : at - start + 1] == sense.marked
        ]
        if not around:
            return _Named(at, word.text, bare=True)
        whole = all(end == at + 1 and one.value in self._wide for _, end, one in around)
        return _Named(at, word.text, bare=False) if whole else None


def _is_year(said: Sequence[Word], at: int) -> bool:
    return (
        at < len(said)
        and not said[at].break_before
        and (said[at].text in _OF_A_YEAR or said[at].text.isdigit())
    )


def _joined(said: Sequence[Word], one: _Named, two: _Named) -> bool:
    """Whether two regions are named together; right behind a whole name the South may be a year."""
    between = said[one.at + 1 : two.at]
    signs = {word.break_before for word in said[one.at + 1 : two.at + 1]}
    joined = len(between) <= _MOST_BETWEEN and all(word.text in _JOINING for word in between)
    beside = not between and signs == {""} and two.text == _YEAR and not one.bare
    return joined and signs <= _SIGNS and not beside
