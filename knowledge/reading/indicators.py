"""Which countable thing a question speaks of, by the key words of its indicators; the most specific one first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.records import Indicator
from knowledge.text import fold

_COUNT_WORD = re.compile(r" (?:bao nhieu|may|so luong|tong so|(?<!co )(?<!tong )(?<!ho )so|dem duoc) ")
THE_ONES = re.compile(
    r"\bmay (tinh|co so|doanh nghiep)\b(?=(?:(?! va )[^,;?]){0,200}\b(?:bao nhieu|may) (?:ty|trieu|dong|tien|nam|phan tram|%)|(?:(?! va )[^,;?]){0,200} bao nhieu\b)"
)
"""Said for "the provinces", "the workshops" where an amount is asked after it in one breath."""
_NUMBER = re.compile(r" (?!(?:19|20)\d\d )\d[\d.]* ")
_QUESTION_PART = re.compile(r"^(?:bao nhieu|so|may(?! moc| tien)) ?")
_GENERAL = frozenset(
    [
        "co so",
        "doanh nghiep",
        "don vi",
        "ho tro",
        "duoc ho tro",
        "thu huong",
        "huong loi",
        "thu huong loi",
        "dau tu",
        "san pham",
    ]
)
"""Words that name no thing by themselves: a pattern of nothing else decides only where nothing else is named."""
_GENERAL_WEIGHT = 0.5
_GROUP, _ASKED, _NUMBERED = 0.3, 0.25, 0.15
"""What a further group of key words, a count word before the thing, and a number before it add to the words matched."""


_Patterns = list[list[list[tuple[int, str]]]]
"""Ways of naming a thing; each is groups of key phrases with their sizes, the longest first; every group must be met."""


@dataclass(frozen=True, slots=True)
class Countable:
    """Indicator ids, the likeliest first; the first of them if its number is asked for, or if a number is said of it."""

    ids: tuple[str, ...] = ()
    counted: str = ""
    numbered: str = ""


def _content(phrase: str) -> int:
    """Words of a key phrase that name the thing (not "bao nhiêu", "số"); at least a half for a bare question word."""
    return len(_QUESTION_PART.sub("", phrase.strip()).split())


class IndicatorReader:
    """Key words of the indicators of one base."""

    def __init__(self, indicators: Iterable[Indicator]) -> None:
        self._rows: list[tuple[str, _Patterns, tuple[str, ...]]] = []
        self._starting: defaultdict[str, set[int]] = defaultdict(set)
        for indicator in indicators:
            if not indicator.keys:
                continue
            patterns = [
                [sorted(((_content(word), f" {word} ") for word in group), reverse=True) for group in pattern]
                for pattern in indicator.keys
            ]
            unit = fold(indicator.unit)
            keys = [word.strip() for pattern in indicator.keys for group in pattern for word in group]
            heads = tuple(
                f"{head} " for head in dict.fromkeys((unit, unit.split(",")[0].split("/")[0], *keys)) if head
            )
            for group, *_ in patterns:
                for _, word in group:
                    self._starting[word.split()[0]].add(len(self._rows))
            self._rows.append((indicator.id, patterns, heads))

    def read(self, padded: str) -> Countable:
        """What `padded` (folded words, a blank before and after) speaks of."""
        padded = THE_ONES.sub(r"cac \1", padded)
        asked = [padded[match.end() :] for match in _COUNT_WORD.finditer(padded)]
        said = [padded[match.end() :] for match in _NUMBER.finditer(padded)]
        scored: list[tuple[float, int, str]] = []
        counted: set[str] = set()
        numbered: set[str] = set()
        possible: set[int] = set()
        for spoken in set(padded.split()) & self._starting.keys():
            possible |= self._starting[spoken]
        for order in possible:
            indicator, patterns, heads = self._rows[order]
            best = -1.0
            only_general = True
            for pattern in patterns:
                hits = _hits(pattern, padded)
                if not hits:
                    continue
                general = all(word.strip() in _GENERAL for _, word in hits)
                only_general = only_general and general
                named = _GENERAL_WEIGHT if general else sum(size for size, _ in hits)
                best = max(best, named + _GROUP * (len(hits) - 1))
            if best < 0:
                continue
            if any(tail.startswith(heads) for tail in asked):
                counted.add(indicator)
                best += _ASKED
            elif any(tail.startswith(heads) for tail in said):
                numbered.add(indicator)
                best += _NUMBERED
            elif only_general:
                continue
            scored.append((best, -order, indicator))
        scored.sort(reverse=True)
        ids = tuple(indicator for _, _, indicator in scored)
        first = ids[0] if ids else ""
        return Countable(ids, first if first in counted else "", first if first in numbered else "")


def _hits(pattern: list[list[tuple[int, str]]], padded: str) -> list[tuple[int, str]]:
    """The longest phrase of each group that `padded` contains; none where a group has none."""
    hits = []
    for group in pattern:
        for hit in group:
            if hit[1] in padded:
                hits.append(hit)
                break
        else:
            return []
    return hits
