"""Letters: one normal form and one folded key for every way in which the same Vietnamese text can arrive.

`fold` is the only folding of the project: NFC or NFD, any case, old or new tone placement, stray combining marks,
zero-width and control characters all give the same lower-case ASCII letters.
"""

from __future__ import annotations

import re
import unicodedata

MAX_CHARS = 4096
"""A Telegram message has at most this many characters; what is longer is cut before it is read."""

_EXTRA = {"đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "₫": "d", "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-"}
_QUOTES = dict.fromkeys("“”„«»‘’‚`´", '"')


class _FoldTable(dict[int, str | None]):
    """A translation table that works out each character once."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        folded: str | None
        if char in _EXTRA:
            folded = _EXTRA[char]
        elif char in _QUOTES:
            folded = _QUOTES[char]
        elif char.isspace():
            folded = " "
        else:
            base = unicodedata.normalize("NFKD", char)[0]
            category = unicodedata.category(base)
            if category in ("Mn", "Me", "Cf", "Cc", "Cs", "Co", "Cn"):
                folded = None
            elif base.isascii() or category[0] == "L":
                folded = base.lower()
            else:
                folded = " "
        self[code] = folded
        return folded


_TABLE = _FoldTable()


def fold(text: str) -> str:
    """Lower-case `text` without marks, Vietnamese letters as ASCII, runs of white space as one blank."""
    folded = unicodedata.normalize("NFC", text[:MAX_CHARS]).translate(_TABLE)
    return (re.sub(r" {2,}", " ", folded) if "  " in folded else folded).strip()


def as_typed(text: str, folded: str) -> str:
    """These folded words with the marks with which they stand in `text`; as they are where they are not found there."""
    shown = unicodedata.normalize("NFC", text[:MAX_CHARS])
    plain = shown.translate(_TABLE)
    found = re.search(rf"\b{re.escape(folded)}\b", plain) if len(plain) == len(shown) else None
    return shown[slice(*found.span())].lower() if found else folded


class Folder(dict[str, str]):
    """`fold` for many texts that share their words: works out each word once. For stored texts, not for what is typed."""

    def __missing__(self, word: str) -> str:
        self[word] = folded = fold(word)
        return folded

    def fold(self, text: str) -> str:
        """The same as `fold`."""
        return " ".join(filter(None, map(self.__getitem__, text[:MAX_CHARS].split())))


WORD = re.compile(r"[a-z0-9]+(?:(?:[.,][0-9]+)+(?:[a-z][a-z0-9]*)?)?")


def words(folded: str) -> list[str]:
    """The words and numbers of a folded text, without punctuation."""
    return WORD.findall(folded)


def wording(text: str) -> str:
    """The words of a text, folded, with single blanks: the same for two texts that differ in marks and signs only."""
    return " ".join(words(fold(text)))
