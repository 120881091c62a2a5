"""How much of a stored text is seen at once, and what stands behind "Xem thêm"."""

from __future__ import annotations

_BRIEF = 110


def in_brief(text: str) -> str:
    """A sentence cut at a comma where it is long; the whole stands behind "Xem thêm"."""
    if len(text) <= _BRIEF:
        return text
    end = max(text.rfind(sign, 0, _BRIEF) for sign in (", ", "; ", ": "))
    return text[:end] + "…" if end > _BRIEF // 3 else text


_BODY_ABOVE = 500
"""Characters of a text that stand above "Xem thêm": with notes, basis and source the whole fits two screens."""


def cut(body: str) -> tuple[list[str], list[str]]:
    """The lines of a text that are seen at once, at least the first, and those behind "Xem thêm"."""
    lines = body.strip().split("\n")
    size = 0
    for number, line in enumerate(lines):
        size += len(line) + 1
        if number and size > _BODY_ABOVE:
            shown = "\n".join(lines[:number]).rstrip().split("\n")
            return shown, "\n".join(lines[number:]).strip().split("\n")
    return lines, []
