"""Parts of an answer → texts that each fit into one message.

Lengths are counted in UTF-16 units over the HTML as written, tags included: Telegram counts after parsing, so this is on
the safe side, and it also suits servers that count before.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

LIMIT = 4096

_TOKEN = re.compile(r"<[^<>]*>|&[A-Za-z0-9#]{1,10};|[\s\S]")
_TAG = re.compile(r"<(/?)([a-zA-Z-]+)(?:[^a-zA-Z<>-][^<>]*)?>")
_LINK = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)


def units(text: str) -> int:
    """Length as Telegram counts it: a character outside the basic plane, such as most emoji, is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def pack(parts: Iterable[str], limit: int = LIMIT) -> list[str]:
    """Join parts with line breaks as long as they fit; a part that alone is too long is cut.

    A tag that is open where a text ends is closed there and opened again in the next. So every text returned is valid
    Telegram HTML when the parts, one after the other, are. Each has 1 to `limit` units and shows something.
    """
    texts: list[str] = []
    opened: list[str] = []
    for part in parts:
        pieces, opened = _cut(part, opened, limit)
        for piece in pieces:
            if not html.unescape(_TAG.sub("", piece)).strip():
                continue
            if texts and units(texts[-1]) + 1 + units(piece) <= limit:
                texts[-1] += "\n" + piece
            else:
                texts.append(piece)
    return texts


def without_tags(text: str) -> str:
    """The same text for a message without formatting; the target of a link stands behind it in parentheses."""
    with_targets = _LINK.sub(r"\2 (\1)", text)
    return html.unescape(_TAG.sub("", with_targets))


def _cut(part: str, opened: list[str], limit: int) -> tuple[list[str], list[str]]:
    """Pieces of a part that begins within the tags `opened`, and the tags that are open behind it."""
    after = _open_after((tag[0] for tag in _TAG.finditer(part)), opened)
    whole = "".join(opened) + part + _closing(after)
    if units(whole) <= limit:
        return [whole], after
    tokens = _TOKEN.findall(part)
    pieces: list[str] = []
    start = 0
    while start < len(tokens):
        end = _reach(tokens, start, opened, limit)
        prefix = "".join(opened)
        opened = _open_after(tokens[start:end], opened)
        pieces.append(prefix + "".join(tokens[start:end]).rstrip() + _closing(opened))
        start = end
        while start < len(tokens) and tokens[start].isspace():
            start += 1
    return pieces, opened


def _reach(tokens: Sequence[str], start: int, opened: Sequence[str], limit: int) -> int:
    """How far a piece that begins at `start` may go: at least one token, up to a blank in its last third if any."""
    stack = list(opened)
    size = units("".join(opened))
    end = start
    while end < len(tokens):
        size += units(tokens[end])
        stack = _open_after([tokens[end]], stack)
        if size + units(_closing(stack)) > limit:
            break
        end += 1
    else:
        return end
    for blank in range(end, start + 2 * (end - start) // 3, -1):
        if tokens[blank].isspace():
            return blank
    return max(end, start + 1)


def _open_after(tokens: Iterable[str], opened: Sequence[str]) -> list[str]:
    stack = list(opened)
    for token in tokens:
        if tag := _TAG.fullmatch(token):
            if tag[1]:
                stack.pop()
            else:
                stack.append(token)
    return stack


def _closing(opened: Sequence[str]) -> str:
    names = [tag[2] for token in reversed(opened) if (tag := _TAG.fullmatch(token))]
    return "".join(f"</{name}>" for name in names)
