"""A message in English → the same in Vietnamese words, as far as the lexicon has them; the script of other languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from knowledge.language.lexicon import FOREIGN
from knowledge.records import Lexeme
from knowledge.text import MAX_CHARS

LEAST, LEAST_SHARE = 2, 0.5
"""How many words of a message, and what share of them, make it an English one."""
_TAIL = "..."
"""A translation that starts so stands at the end of the sentence."""


def script_of(text: str) -> str:
    """The script that the letters of a text are in, by the first word of their Unicode names ("hangul", "thai"); empty
    without a letter. Chinese characters beside letters of another script are that script's."""
    scripts = {unicodedata.name(one, "?").split()[0].lower() for one in text if one.isalpha()}
    return min(scripts - {"cjk"} or scripts, default="")


class Foreign:
    """Translates word by word with the rows of one lexicon."""

    def __init__(self, lexemes: Iterable[Lexeme]) -> None:
        self._words = {row.phrase: row.note for row in lexemes if row.slot == FOREIGN}
        longest = sorted(self._words, key=len, reverse=True)
        self._any = (
            re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b", re.IGNORECASE) if longest else None
        )

    def translated(self, text: str) -> str:
        """The text with its English words replaced; empty for one that is not English."""
        text = text[:MAX_CHARS]
        if self._any is None or not text.isascii():
            return ""
        found = [match.group() for match in self._any.finditer(text)]
        said = len(re.findall(r"[A-Za-z]+", text))
        known = sum(len(one.split()) for one in found)
        if (
            known < LEAST
            or known < LEAST_SHARE * said
            or not any(" " in one or len(one) > 3 for one in found)
        ):
            return ""
        tails: list[str] = []

        def put(match: re.Match[str]) -> str:
            word = self._words[match.group().lower()]
            if word.startswith(_TAIL):
                tails.append(word.removeprefix(_TAIL))
                return ""
            return word

        return " ".join(" ".join((self._any.sub(put, text).rstrip(" ?.!"), *tails)).split())
