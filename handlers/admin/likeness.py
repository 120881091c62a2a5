"""Questions that are alike: the same words, whatever their order; other numbers make another question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from rapidfuzz import fuzz, process

from db.gaps import Decided, Gap
from knowledge.assistant import Assistant
from knowledge.learning import ours
from knowledge.text import wording

ALIKE = 85
MOST_WORDINGS = 5


@dataclass(frozen=True, slots=True)
class Group:
    """Like questions, the one asked last first. `id`: a question of the group, by which a button finds it again."""

    gaps: tuple[Gap, ...]

    @property
    def id(self) -> int:
        """The question asked last."""
        return self.gaps[0].question

    @property
    def text(self) -> str:
        """How it was asked last."""
        return self.gaps[0].text

    @property
    def disliked(self) -> bool:
        """Whether an answer to it was called a bad one."""
        return any(gap.reason == "disliked" for gap in self.gaps)

    def wordings(self) -> list[str]:
        """Its different wordings, the latest first, a few at most."""
        found: dict[str, str] = {}
        for gap in self.gaps:
            found.setdefault(wording(gap.text), gap.text)
        return list(found.values())[:MOST_WORDINGS]


class Alike:
    """Numbers texts so that like ones get the same number."""

    def __init__(self) -> None:
        self._keys: dict[tuple[str, ...], dict[int, str]] = {}
        self._count = 0

    def find(self, text: str) -> int | None:
        """The number of what is most like it, None where nothing is."""
        key = _key(text)
        near = self._keys.get(_numbers(key), {})
        found = process.extractOne(key, near, scorer=fuzz.ratio, processor=None, score_cutoff=ALIKE)
        return None if found is None else found[2]

    def add(self, text: str) -> int:
        """A new number for a text."""
        key = _key(text)
        self._keys.setdefault(_numbers(key), {})[self._count] = key
        self._count += 1
        return self._count - 1


def _key(text: str) -> str:
    return " ".join(sorted(wording(text).split()))


def _numbers(key: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\d+", key))


def grouped(gaps: Iterable[Gap], decisions: Sequence[Decided] = ()) -> list[Group]:
    """The groups, the most frequent first, without what editors have dealt with. `gaps`: those asked last first."""
    settled, alike = Alike(), Alike()
    decided: dict[int, list[Decided]] = {}
    for one in decisions:
        number = settled.find(one.text)
        decided.setdefault(settled.add(one.text) if number is None else number, []).append(one)
    groups: list[list[Gap]] = []
    for gap in gaps:
        number = settled.find(gap.text) if decided else None
        if number is not None and any(_holds(one, gap) for one in decided[number]):
            continue
        place = alike.find(gap.text)
        if place is None:
            alike.add(gap.text)
            groups.append([gap])
        else:
            groups[place].append(gap)
    return sorted((Group(tuple(group)) for group in groups), key=lambda group: -len(group.gaps))


def _holds(one: Decided, gap: Gap) -> bool:
    return one.decision != "done" or gap.question <= one.upto


def still_open(groups: Iterable[Group], assistant: Assistant) -> Iterator[Group]:
    """Those that the present base leaves open; worked out one by one, as they are asked for."""
    for group in groups:
        tried = {(gap.text, gap.reason): gap for gap in group.gaps}
        if any(_open(gap, assistant) for gap in list(tried.values())[: 2 * MOST_WORDINGS]):
            yield group


_verdicts: WeakKeyDictionary[Assistant, dict[tuple[str, str], bool]] = WeakKeyDictionary()
"""What was found out with the present base; forgotten together with it."""


def _open(gap: Gap, assistant: Assistant) -> bool:
    known = _verdicts.setdefault(assistant, {})
    key = (gap.text, gap.reason)
    if key not in known:
        known[key] = _needs_something(gap, assistant)
    return known[key]


def _needs_something(gap: Gap, assistant: Assistant) -> bool:
    """Whether the base leaves it open; what is of another field that the bot knows needs nothing."""
    answer, _ = assistant.ask(gap.text)
    if answer.status != "answered" and not ours(answer):
        return False
    if gap.reason == "disliked":
        return True  # only an editor can say that its answer is better now
    return answer.status != "answered" if gap.reason == "asked_twice" else answer.status == "no_answer"
