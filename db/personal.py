"""What a typed question may tell of a person, taken out of it before it is kept.

Rather too much goes than too little: what is kept serves to see what was asked, not by whom.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

HIDDEN = "[…]"
_TYPED = frozenset({"asked", "typed", "wish"})
"""Fields of a chat's state that hold what was typed."""

_ME = r"(?:t[ôo]i|em|m[ìi]nh|ch[áa]u|con|anh|ch[ịi]|b[áa]c|c[ôo]|ch[úu]|[ôo]ng|b[àa])"
_IS = r"(?:\s+l[àa]\b|\s*:)?"
_INTRODUCES = re.compile(
    rf"\b(?:{_ME}\s+(?:h[ọo]\s+)?t[êe]n|t[êe]n\s+(?:c[ủu]a\s+)?{_ME}|h[ọo](?:\s+v[àa])?\s+t[êe]n|k[ýy]\s+t[êe]n|ng[ưu][ờo]i\s+g[ửu]i\s*:){_IS}\s+",
    re.IGNORECASE,
)
"""What a name follows: "tôi tên", "tên em là", "họ và tên:"."""
_SELF = re.compile(rf"\b{_ME}\s+l[àa]\s+(?=[^\W\d_]+\s+[^\W\d_])", re.IGNORECASE)
_CALLED = re.compile(r"\b(?:anh|chị|ông|bà|cô|chú|bác|em)\s+(?=[^\W\d_]+\s+[^\W\d_])", re.IGNORECASE)
_FOLLOWING = """
o ở muon muốn hoi hỏi xin cho co có dang đang la là lam làm tai tại ben bên can cần va và nam năm sinh que quê den đến
thuoc thuộc duoc được dinh định so số nha nhà gi gì se sẽ moi mới mở mo thì thi ạ a nhờ nho nay này oi ơi gọi goi sđt sdt
"""
_NOT_A_NAME = frozenset(_FOLLOWING.split())
_WORD = re.compile(r"[^\W\d_]+(?:\s+|$)?")
LONGEST_NAME = 5
LONGEST_LOWER = 4

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HANDLE = re.compile(r"(?<![\w@])@\w{3,}")
_PROFILE = re.compile(
    r"(?:https?://)?(?:www\.)?(?:facebook|fb|zalo|t|instagram|tiktok)\.(?:com|me|vn)/\S+", re.IGNORECASE
)
_PHONE = re.compile(r"(?<![\w/])(?:\(?\+?84\)?|\(?0)[\d()]?(?:[ .\-()]{0,2}\d){7,11}(?![\d/])")
"""Begins with 0, 84 or +84, has eight to thirteen digits, perhaps parted."""
_RUN = re.compile(r"(?<![\d.,/])\d{9,}(?![\d.,]*\d)")
"""Account and identity numbers; an amount that is typed in full ends with zeros."""


def without_personal(text: str) -> str:
    """`text` (composed letters) with telephone and account numbers, e-mail addresses, handles and names replaced by "[…]"."""
    kept = unicodedata.normalize("NFC", text)
    for pattern in (_MAIL, _PROFILE, _HANDLE):
        kept = pattern.sub(HIDDEN, kept)
    kept = _PHONE.sub(_hidden_phone, kept)
    kept = _RUN.sub(lambda found: found[0] if found[0].endswith("000") else HIDDEN, kept)
    kept = _names_out(kept, _INTRODUCES, lower=True)
    kept = _names_out(kept, _SELF, lower=False)
    kept = _names_out(kept, _CALLED, lower=False)
    return re.sub(r"(?:\[…\][\s,]*){2,}", f"{HIDDEN} ", kept).strip()


def state_without_personal(stored: str | None) -> str | None:
    """The state of a chat (JSON) with what is personal taken out of the questions that it holds."""
    if not stored or '"' not in stored:
        return stored
    return json.dumps(_walked(json.loads(stored)), ensure_ascii=False, separators=(",", ":"))


def _walked(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: without_personal(one) if key in _TYPED and isinstance(one, str) else _walked(one)
            for key, one in value.items()
        }
    return [_walked(one) for one in value] if isinstance(value, list) else value


def _hidden_phone(found: re.Match[str]) -> str:
    """An amount may begin with 84 as well: "84.500.000 đồng"."""
    text = found[0]
    amount = re.fullmatch(r"84(?:[.]\d{3})+", text) or (text.startswith("84") and text.endswith("000"))
    return text if amount else HIDDEN


def _names_out(text: str, before: re.Pattern[str], *, lower: bool) -> str:
    """Without the words behind each match: all that begin with a capital, at least two where `lower` is false; else,
    where `lower`, up to four that can be a name."""
    out, at = "", 0
    while found := before.search(text, at):
        out += text[at : found.end()]
        at = found.end()
        end, count = at, 0
        capital = text[at : at + 1].isupper()
        while count < (LONGEST_NAME if capital else LONGEST_LOWER) and (word := _WORD.match(text, end)):
            said = word[0].strip()
            if said.lower() in _NOT_A_NAME or (capital and not said[0].isupper()):
                break
            end, count = word.end(), count + 1
        if count and (lower or (capital and count > 1)):
            blank = " " if text[end - 1 : end].isspace() else ""
            out, at = out + HIDDEN + blank, end
    return out + text[at:]
