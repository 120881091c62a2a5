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
"""The same where the text begins with a list, of which its head alone would say nothing."""


def cut(body: str) -> tuple[list[str], list[str]]:
    """The lines of a text that are seen at once, at least the first, and those behind "Xem thêm"."""
    lines = body.strip().split("\n")
    head = next((number for number, line in enumerate(lines) if line.endswith(":")), None)
    most = _LIST_ABOVE if head is not None and len("\n".join(lines[:head])) <= _LIST_START else _BODY_ABOVE
    size = 0
    for number, line in enumerate(lines):
        size += len(line) + 1
        if number and size > most:
            end = _end(lines, number)
            return "\n".join(lines[:end]).rstrip().split("\n"), "\n".join(lines[end:]).strip().split("\n")
    return lines, []


_LIST_START = 30


def _end(lines: list[str], end: int) -> int:
    """The head of a list goes where its list goes."""
    while end > 1 and (not lines[end - 1].strip() or lines[end - 1].endswith(":")):
        end -= 1
    return end
