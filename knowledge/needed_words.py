"""Words of which any text in which a regular expression is found must have one.

Most patterns that a question is held against have nothing to do with it, and to see that none of these words was said
takes a fraction of the time of a search. The words are read off the pattern itself, so nothing is kept beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

Items = Sequence[tuple[Any, Any]]
Words = frozenset[str]

_SAID_OFTEN = """
khuyen cong kinh phi nam bao nhieu cua la co khong ho tro duoc quoc gia dia phuong phia mien bac trung tinh vung ke hoach
thuc hien so tong muc o cho thi nhung cac va toi em
"""
_COMMON = frozenset(_SAID_OFTEN.split())
"""What is said in many questions tells little."""
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_ASSERTS = (op.ASSERT, op.ASSERT_NOT)


def needed_words(pattern: str) -> Words | None:
    """One of these is a whole word (of ASCII letters and digits) of any text in which `pattern` is found.

    None where there are no such words: every text must be searched then.
    """
    return _needed(list(_parser.parse(pattern, re.ASCII)), left=False, right=False)


def _needed(items: Items, *, left: bool, right: bool) -> Words | None:
    """The same of a part of a pattern; `left`, `right`: whether no word goes on beyond its ends."""
    found: list[Words] = []
    run, whole = "", False
    for at, (kind, value) in enumerate(items):
        if kind in _ASSERTS and not (run and _parted(items[at:], right, forward=True)):
            continue
        if kind is op.LITERAL and _of_word(value):
            whole = whole if run else _parted(items[:at], left, forward=False)
            run += chr(value)
            continue
        if run and whole and _parted(items[at:], right, forward=True):
            found.append(frozenset([run]))
        run = ""
        inside = _inside(kind, value)
        if inside and not _optional(kind, value):
            once = kind not in _REPEATS or value[1] == 1
            before = once and _parted(items[:at], left, forward=False)
            after = once and _parted(items[at + 1 :], right, forward=True)
            each = [_needed(part, left=before, right=after) for part in inside]
            if None not in each:
                found.append(frozenset().union(*(words for words in each if words)))
    if run and whole and right:
        found.append(frozenset([run]))
    return min(found, key=lambda words: (len(words & _COMMON), len(words)), default=None)


def _parted(items: Items, beyond: bool, *, forward: bool) -> bool:
    """Whether no word can reach across the near end of these items: their first, or their last where not `forward`.

    `beyond`: the same of what lies on their far side.
    """
    for kind, value in items if forward else reversed(items):
        if kind in _ASSERTS:
            seen = kind is op.ASSERT and (value[0] > 0) is forward
            if seen and _parted(list(value[1]), False, forward=forward):
                return True
            continue
        if _parts(kind, value):
            return True
        inside = _inside(kind, value)
        if not inside or not all(_parted(part, False, forward=forward) for part in inside):
            return False
        if not _optional(kind, value):
            return True
    return beyond


def _of_word(code: int) -> bool:
    return chr(code).isalnum() or chr(code) == "_"


def _parts(kind: Any, value: Any) -> bool:
    """Whether here is an end of a word, or one character that belongs to none."""
    if kind is op.LITERAL:
        return not _of_word(value)
    if kind is op.IN:
        return all(
            what is op.CATEGORY_SPACE if one is op.CATEGORY else one is op.LITERAL and not _of_word(what)
            for one, what in value
        )
    return kind is op.AT and value is not op.AT_NON_BOUNDARY


def _inside(kind: Any, value: Any) -> list[Items]:
    """The parts of which one stands here."""
    if kind is op.SUBPATTERN:
        return [list(value[3])]
    if kind is op.BRANCH:
        return [list(part) for part in value[1]]
    return [list(value[2])] if kind in _REPEATS else []


def _optional(kind: Any, value: Any) -> bool:
    return kind in _REPEATS and value[0] == 0
