"""From what a phone sent to plain folded words: raw Telex and VNI, glued words, digits misread as letters, typing slips.

A repair never touches a word that is already known (in the base's vocabulary or a possible syllable), so text that is
right stays as it is. What changed is reported, with whether the change could alter the meaning.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.language.lexicon import SPELLING
from knowledge.own_cache import own_cache
from knowledge.reading.syllables import SYLLABLES
from knowledge.records import Lexeme
from knowledge.text import MAX_CHARS, WORD, fold

_YEAR_LIKE = re.compile(r"[2zl1i][0o][0-9oil]{2}")
_LETTERS_DIGITS = re.compile(r"([a-z]+)(\d{2,}(?:[.,]\d+)*)([a-z]*)")
_DIGITS_LETTERS = re.compile(r"(\d+(?:[.,]\d+)*)([a-z]{2,})")
_NUMBER = re.compile(r"\d{1,4}(?:[.,]\d+)?")
_VNI = re.compile(r"[a-z]+[1-9][a-z1-9]*")
_DOCUMENT_NUMBER = re.compile(r"\b\d{1,5}/(?:\d{4}/)?[a-z]+(?:-[a-z]+)+\b")
_VNI_PROTECTED = re.compile(r"(?:quy|q|t|h|nd|tt|ttlt|qd|nq|ct|tb|ttr|kh|cv)[1-9]\d*")
_DOUBLES = (("aa", "a"), ("ee", "e"), ("oo", "o"), ("dd", "d"))
_LETTERS = re.compile(r"[^\W\d_]{4,}")
_FIRST_VOWEL = re.compile(r"[aeiouy]")
_AROUND = ".,;:!?\"'()"
_SHORTEST_GLUED, _LONGEST_GLUED = 4, 40
LONGEST_TOKEN = 200
MOST_UNREAD = 60
"""Words that are no words; after so many the rest of a message is left as it is."""


@dataclass(frozen=True, slots=True)
class Repair:
    """`typed` was read as `read`; `doubtful` when it might have meant something else (a typing slip, a misread digit)."""

    typed: str
    read: str
    doubtful: bool


def _telex(token: str) -> list[str]:
    """Folded readings of a raw Telex token, the likeliest first."""
    found = _FIRST_VOWEL.search(token)
    if not found:
        return [token.replace("dd", "d")] if "dd" in token else []
    plain = token.replace("w", "")
    for double, single in _DOUBLES:
        plain = plain.replace(double, single)
    start = _FIRST_VOWEL.search(plain)
    cut = start.start() if start else 0
    head, tail = plain[:cut], plain[cut:]
    tail = re.sub(r"[sfrxjz]", "", tail)
    readings = [head + tail]
    if tail.endswith("d"):  # the bar of đ typed last: "dod"
        readings.append(head + tail[:-1])
    if len(tail) > 2 and tail[-1] in "aeo" and tail[-1] in tail[:-1]:  # the hat typed last: "khuyense"
        readings.append(head + tail[:-1])
    return readings


def spellings(lexemes: Iterable[Lexeme]) -> dict[str, str]:
    """Folded spelling → the folded words that it stands for; `#` is any number of up to four digits."""
    return {
        fold(row.phrase): fold(row.note) for row in lexemes if (row.slot, row.value) == (SPELLING, "word")
    }


def _words_in(texts: Iterable[str]) -> frozenset[str]:
    """The words of texts, without numbers."""
    return frozenset(word for text in texts for word in WORD.findall(text) if not word.isdigit())


def _longer_spellings(spelled: Iterable[str]) -> re.Pattern[str]:
    """Matches the spellings that are more than one word, the longest first; `#` in one is a number."""
    longer = sorted((one for one in spelled if not one.isalnum()), key=len, reverse=True)
    parts = "|".join(map(re.escape, longer)).replace(r"\#", _NUMBER.pattern)
    return re.compile(rf"(?<!\w)(?:{parts})(?!\w)" if longer else r"(?!)")


def _osa_neighbours(token: str, words: list[str]) -> list[str]:
    return [
        word for word, _, _ in process.extract(token, words, scorer=OSA.distance, score_cutoff=1, limit=6)
    ]


class Repairer:
    """Holds the vocabulary; `repair(folded)` gives clean folded text and what was changed.

    `names`: the phrases of the closed lists (regions, programmes, measures, indicators), whose words may be corrected;
    `texts`: everything else whose words count as known; `spelled`: what people shorten, and what it stands for; `parted`:
    the words that run into each other in one.
    """

    def __init__(
        self,
        names: Iterable[str],
        texts: Iterable[str],
        spelled: Mapping[str, str] | None = None,
        parted: Callable[[str], tuple[str, ...]] = lambda glued: (),
    ) -> None:
        self._parted = parted
        self._spelled = dict(spelled or {})
        self._longer = _longer_spellings(self._spelled)
        phrases = sorted(set(names))
        self._names = _words_in(phrases)
        said = {word for word in _words_in(texts) if len(word) > 1}
        self._known = (
            self._names | said | {word for phrase in self._spelled.values() for word in phrase.split()}
        )
        self._targets = sorted(word for word in self._names if len(word) >= 4)
        self._units = sorted({right for left, right in self._pairs_of(phrases) if left.isdigit()})
        self._short_targets = sorted(word for word in self._names if 3 <= len(word) <= 4)
        self._pairs = set(self._pairs_of(phrases))
        self._token = own_cache(self._read_token, 8192)
        self._glued = own_cache(self._unglue, 2048)

    @staticmethod
    def _pairs_of(phrases: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Two words that stand side by side in a phrase."""
        return chain.from_iterable(pairwise(WORD.findall(phrase)) for phrase in phrases)

    def knows(self, word: str) -> bool:
        """Whether `word` is a word of the base or a possible syllable."""
        return word in self._known or word in SYLLABLES

    def in_base(self, word: str) -> bool:
        """Whether the base itself uses `word`."""
        return word in self._known

    def read(self, typed: str) -> tuple[str, str, tuple[Repair, ...]]:
        """A message with its marks composed, the same folded and repaired, and the repairs.

        A letter that was typed with marks is no shortened word: "ê" is not "e".
        """
        spaced = self.spaced(typed)
        marked = {fold(piece.strip(_AROUND)) for piece in spaced.split() if not piece.isascii()}
        return (spaced, *self.repair(fold(spaced), {one for one in marked if len(one) == 1}))

    def repair(self, folded: str, kept: Collection[str] = ()) -> tuple[str, tuple[Repair, ...]]:
        """The folded text with every unreadable token repaired but those that are `kept`, and the repairs in order."""
        folded = self._longer.sub(self._written_out, folded)
        pieces: list[str] = []
        repairs: list[Repair] = []
        end = unread = 0
        tokens = list(WORD.finditer(folded))
        numbers = [match.span() for match in _DOCUMENT_NUMBER.finditer(folded)]
        for number, match in enumerate(tokens):
            token = match.group()
            if numbers and any(start <= match.start() < stop for start, stop in numbers):
                continue
            read, doubtful = (token, False) if token in kept else self._token(token)
            if read == token and token not in self._known and token.isalpha():
                unread += 1
                if unread > MOST_UNREAD:
                    break
                if 3 <= len(token) <= 10:
                    before = tokens[number - 1].group() if number else ""
                    after = tokens[number + 1].group() if number + 1 < len(tokens) else ""
                    read, doubtful = self._slip(token, before, after)
                if read == token and token not in SYLLABLES:
                    read = self._glued(token) or token
            pieces += (folded[end : match.start()], read)
            end = match.end()
            if read != token:
                repairs.append(Repair(token, read, doubtful))
        pieces.append(folded[end:])
        clean = "".join(pieces)
        if repairs:
            clean = self._longer.sub(self._written_out, clean)
        return re.sub(r" {2,}", " ", clean).strip(), tuple(repairs)

    def _written_out(self, found: re.Match[str]) -> str:
        """What a spelling of several words stands for, with the numbers that it holds."""
        if (told := self._spelled.get(found.group())) is not None:
            return told
        told = self._spelled[_NUMBER.sub("#", found.group())]
        for number in _NUMBER.findall(found.group()):
            told = told.replace("#", number, 1)
        return told

    def _read_token(self, token: str) -> tuple[str, bool]:
        """A token by itself: (reading, doubtful). Unreadable ones come back unchanged."""
        if token.isdigit() or len(token) > LONGEST_TOKEN:
            return token, False
        if token in self._spelled:
            return self._spelled[token], False
        if self.knows(token):
            return token, False
        if _YEAR_LIKE.fullmatch(token) and sum(char.isdigit() for char in token) >= 2:
            digits = token.translate(str.maketrans("oilz", "0112"))
            if digits[0] == "2":  # "lo74" is a word with its marks typed as digits, and no year
                return digits, True
        if token[0].isdigit():
            return self._split_digits_first(token)
        if any(char.isdigit() for char in token):
            return self._split_letters_first(token)
        return self._read_telex(token), False

    def _read_telex(self, token: str) -> str:
        """The word that a raw Telex token is; the token where it is none."""
        of_names = all(part in self._names for part in self._glued(token).split() or [""])
        for reading in _telex(token):
            behind = len(token) - len(reading) >= 2 or token[:-1] == reading
            if reading == token or (behind and of_names):
                continue  # "hoiso", "somo" are "hoi so", "so mo" rather than a word with its marks typed behind it
            if self.knows(reading):
                return reading
            if reading in self._spelled:
                return self._spelled[reading]
        return token

    def _split_digits_first(self, token: str) -> tuple[str, bool]:
        match = _DIGITS_LETTERS.fullmatch(token)
        if not match:
            return token, False
        letters, _ = self._token(match[2])
        if letters == match[2] and not self.knows(letters):
            letters = self._glued(letters)
            if not letters:
                return token, False
        return f"{match[1]} {letters}", False

    def _split_letters_first(self, token: str) -> tuple[str, bool]:
        if _VNI.fullmatch(token) and not _VNI_PROTECTED.fullmatch(token):
            reading = re.sub(r"[1-9]", "", token)
            if self.knows(reading):
                return reading, False
            if reading in self._spelled:
                return self._spelled[reading], False
        match = _LETTERS_DIGITS.fullmatch(token)
        if not match:
            return token, False
        parts = []
        for part in (match[1], match[3]):
            if part:
                read, _ = self._token(part)
                if read == part and not self.knows(part):
                    read = self._glued(part)
                    if not read:
                        return token, False
                parts.append(read)
            else:
                parts.append("")
        return f"{parts[0]} {match[2]} {parts[1]}".strip(), False

    def spaced(self, typed: str) -> str:
        """As much of a message as is read, its marks composed, and blanks between syllables that each begin with a capital."""
        composed = unicodedata.normalize("NFC", typed[:MAX_CHARS])
        return _LETTERS.sub(lambda found: self._capitals_apart(found.group()), composed)

    def _capitals_apart(self, word: str) -> str:
        """The syllables of a name that was typed in one ("PhúYên"); the word itself where it is no such name."""
        if word.islower() or word.isupper() or word.istitle():
            return word
        starts = [at for at, letter in enumerate(word) if letter.isupper()]
        parts = [word[one:two] for one, two in pairwise((*starts, len(word)))]
        name = starts[:1] == [0] and all(part.istitle() and fold(part) in SYLLABLES for part in parts)
        return " ".join(parts) if name else word

    def _unglue(self, token: str) -> str:
        """Words that were typed in one ("kinhphi"), with blanks; empty where they are none."""
        parts = self._parted(token) if _SHORTEST_GLUED <= len(token) <= _LONGEST_GLUED else ()
        return " ".join(self._spelled.get(part, part) for part in parts)

    def _slip(self, token: str, before: str, after: str) -> tuple[str, bool]:
        """One typing slip in a word of a closed list, only where the token is no syllable and exactly one reading is possible."""
        if token in SYLLABLES:
            return token, False  # a word that the base does not know is a likelier thing than a slip
        if before.isdigit() and len(after_number := _osa_neighbours(token, self._units)) == 1:
            return after_number[0], True
        candidates = _osa_neighbours(token, self._short_targets if len(token) < 4 else self._targets)
        paired = [
            word for word in candidates if (before, word) in self._pairs or (word, after) in self._pairs
        ]
        if len(paired) == 1:
            return paired[0], True
        if len(token) >= 4 and len(candidates) == 1:
            return candidates[0], True
        return token, False
