"""How much of a stored text is seen at once, and what stands behind "Xem thêm"."""

from __future__ import annotations

_BRIEF = 110


def in_brief(text: str) -> str:
    """A sentence cut at a comma where it is long; the whole stands behind "Xem thêm"."""
    if len(text) <= _BRIEF:
        return text
    end = max(text.rfind(sign, 0, _BRIEF) for sign in (", ", "; ", ": "))
    return text[:end] + "…" if end > _BRIEF // 3 else text


_BODY_ABOVE = 260
"""Characters of a text that stand above "Xem thêm"."""
_LIST_ABOVE = 420
"""The same where a list is the text: a list is seen whole or, where it is longer, up to here."""


def cut(body: str) -> tuple[list[str], list[str]]:
    """The lines of a text that are seen at once, at least the first, and those behind "Xem thêm"."""
    lines = body.strip().split("\n")
    starts = [number for number, line in enumerate(lines) if not number or _begins(lines, number)]
    end = 0
    for number, start in enumerate(starts):
        after = starts[number + 1] if number + 1 < len(starts) else len(lines)
        size = len("\n".join(lines[:after]).rstrip())
        if size > (_BODY_ABOVE if start else _LIST_ABOVE):
            break
        end = after
    end = end or _within(lines)
    shown, more = "\n".join(lines[:end]).rstrip(), "\n".join(lines[end:]).strip()
    return shown.split("\n"), more.split("\n") if more else []


def _begins(lines: list[str], number: int) -> bool:
    """Whether a paragraph begins with a line: not blank, and no item of a list."""
    return bool(lines[number].strip()) and not lines[number].startswith("•")


def _within(lines: list[str]) -> int:
    """Where the first paragraph is cut, which is a list too long to be seen whole."""
    size = 0
    for number, line in enumerate(lines):
        size += len(line) + 1
        if number and size > _LIST_ABOVE:
            return number
    return len(lines)
