"""A strict reader of Telegram's HTML: what this refuses, Telegram would refuse or show otherwise than meant.

Stricter than Telegram in one thing: tags must be written in lower case with quoted attributes.
"""

from __future__ import annotations

import html
import re

MAX_UNITS = 4096
MAX_ENTITIES = 100

_ATTRIBUTES = {
    **dict.fromkeys(["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "tg-spoiler", "pre"], ""),
    "a": r' href="(https?://|tg://|mailto:|tel:)[^"<>\s]+"',
    "code": r'( class="language-[\w+-]+")?',
    "blockquote": r"( expandable)?",
    "span": r' class="tg-spoiler"',
    "tg-emoji": r' emoji-id="\d+"',
}
_TOKEN = re.compile(r"(?P<tag><[^>]*>)|(?P<entity>&[^;\s]*;)|(?P<bare>[<>&])|(?P<text>[^<>&]+)")
_TAG = re.compile(r"<(?P<slash>/?)(?P<name>[a-z-]+)(?P<attributes>[^>]*)>")
_ENTITY = re.compile(r"&(lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")


class Refused(ValueError):
    """The text is not what Telegram takes."""


def units(text: str) -> int:
    """UTF-16 code units, as Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def visible(text: str) -> str:
    """What the reader sees. Raises `Refused` for anything that is wrong with tags, entities or lengths."""
    shown: list[str] = []
    stack: list[str] = []
    entities = 0
    for token in _TOKEN.finditer(text):
        kind, value = token.lastgroup, token[0]
        if kind == "bare" or (kind == "entity" and not _ENTITY.fullmatch(value)):
            raise Refused(f"can't parse entities: {value!r} at {token.start()}")
        if kind == "tag":
            entities += _tag(value, stack)
        else:
            shown.append(html.unescape(value))
    if stack:
        raise Refused(f"can't parse entities: {stack[-1]!r} is never closed")
    seen = "".join(shown)
    if not seen.strip():
        raise Refused("message text is empty")
    if units(seen) > MAX_UNITS:
        raise Refused("message is too long")
    if entities > MAX_ENTITIES:
        raise Refused(f"{entities} entities: Telegram drops those above {MAX_ENTITIES}")
    return seen


def _tag(value: str, stack: list[str]) -> int:
    """Apply one tag to the stack of open ones; 1 for each entity it begins."""
    tag = _TAG.fullmatch(value)
    if tag is None or tag["name"] not in _ATTRIBUTES:
        raise Refused(f"can't parse entities: unsupported tag {value!r}")
    name = tag["name"]
    if tag["slash"]:
        if not stack or stack.pop() != name or tag["attributes"]:
            raise Refused(f"can't parse entities: unexpected {value!r}")
        return 0
    if not re.fullmatch(_ATTRIBUTES[name], tag["attributes"]):
        raise Refused(f"can't parse entities: attributes of {value!r}")
    inside_code = "code" in stack or ("pre" in stack and not (name == "code" and stack[-1] == "pre"))
    if inside_code or (name in ("a", "blockquote") and name in stack):
        raise Refused(f"can't parse entities: {value!r} within {stack!r}")
    stack.append(name)
    return 1
