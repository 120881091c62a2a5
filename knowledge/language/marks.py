"""Marks for words that were typed without any, by the words beside them: a bigram model of the sentences of the base.

"vay" is a loan behind "vốn" and "so" at the end of a question; what stands beside it in the sentences that are stored
with their marks says which. Probabilities are Witten-Bell smoothed.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from math import log
from operator import add

from knowledge.language.lexicon import signature
from knowledge.language.spans import Word
from knowledge.own_cache import own_cache
from knowledge.text import Folder, fold

_WORDS = re.compile(r"[^\W\d_]+|\d+")
_SENTENCE_END = frozenset(".?!;:")
_LONGEST = 7
"""Letters of the longest syllable."""
_LEAST_SEEN = 12
"""How often a word was seen, at least, that may be a part of a longer one."""
_ONE_LETTER = frozenset("aoyk")
"""Folded letters that are words by themselves."""
_EDGE, _NUMBER = "\n", "0"
_LEAST_MARKED = 0.5
"""Share of marked words from which on a stored sentence counts as written with its marks."""
MOST_WORDS = 300
"""Of a longer message the rest is left as it is."""
STEPS = 8192
"""Pairs of neighbouring words whose costs are kept."""
MOST_GAP = 8.0
"""Forms that are less likely than the likeliest by more than this, in nats, are not weighed."""
_NEVER = 0.1
"""Times that a word counts as seen which was not."""


class Marks:
    """Words with marks, how often each stands behind which; built once.

    `sentences`: those that were typed without marks are left out; `phrases`: words that are written as they are meant;
    `wordings`: more sentences, which most edits leave as they are: what they teach is kept for the next base.
    """

    def __init__(
        self, sentences: Iterable[str], phrases: Iterable[str], wordings: tuple[str, ...] = ()
    ) -> None:
        self._pairs = _pairs(sentences, _LEAST_MARKED)
        self._pairs.update(_of_wordings(wordings))
        often: defaultdict[int, list[str]] = defaultdict(list)
        for phrase, times in Counter(phrases).items():
            often[times].append(phrase)
        for times, repeated in often.items():
            for pair, found in _pairs(repeated, 0.0).items():
                self._pairs[pair] += times * found
        self._seen: Counter[str] = Counter()
        self._kinds: Counter[str] = Counter()
        for (before, _), times in self._pairs.items():
            self._seen[before] += times
            self._kinds[before] += 1
        self._all = self._seen.total()
        folder = Folder()
        forms: defaultdict[str, list[str]] = defaultdict(list)
        self._signed: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._seen:
            if word not in (_EDGE, _NUMBER):
                forms[folder.fold(word)].append(word)
                self._signed[signature(word)].append(word)
        self._forms = {folded: tuple(words) for folded, words in forms.items()}
        self._step = own_cache(self._costs, STEPS)

    def restored(self, words: Sequence[Word]) -> list[Word]:
        """The words, those without marks with the forms that they may have; words that no sentence has stay as they are."""
        words, rest = words[:MOST_WORDS], words[MOST_WORDS:]
        layers = [(_EDGE,), *map(self._possible, words), (_EDGE,)]
        begins = [False, *(bool(_SENTENCE_END.intersection(word.break_before)) for word in words[1:]), False]
        steps = [
            self._step(before, forms, begin)
            for (before, forms), begin in zip(pairwise(layers), begins, strict=False)
        ]
        ahead = [[0.0]]
        for step in steps:
            ahead.append([min(map(add, ahead[-1], column)) for column in zip(*step, strict=True)])
        back = [0.0]
        least = ahead[-1][0]
        result: list[Word] = []
        for at in range(len(words), 0, -1):
            back = [min(map(add, row, back)) for row in steps[at]]
            word = words[at - 1]
            result.append(_with_forms(word, layers[at], ahead[at], back, least))
        return [*result[::-1], *rest]

    def _costs(
        self, before: tuple[str, ...], forms: tuple[str, ...], begins: bool
    ) -> tuple[tuple[float, ...], ...]:
        """What each of `forms` costs behind each form of the word before: a row for each of those."""
        return tuple(tuple(self._cost(one, form, begins=begins) for form in forms) for one in before)

    def parted(self, glued: str) -> tuple[str, ...]:
        """The words that were typed without blanks between them, in lower case; nothing where there are no such words.

        Where marks were typed each word must have its own.
        """
        best: list[dict[str, tuple[float, tuple[str, ...]]]] = [{_EDGE: (0.0, ())}]
        exact = not glued.isascii()
        for end in range(1, len(glued) + 1):
            found: dict[str, tuple[float, tuple[str, ...]]] = {}
            for start in range(max(0, end - _LONGEST), end):
                piece = glued[start:end]
                if not best[start] or (end - start == 1 and fold(piece) not in _ONE_LETTER):
                    continue
                for form in self._signed.get(signature(piece), ()) if exact else self._forms.get(piece, ()):
                    if self._seen[form] < _LEAST_SEEN:
                        continue
                    cost, parts = min(
                        (cost + self._cost(before, form), parts)
                        for before, (cost, parts) in best[start].items()
                    )
                    if form not in found or cost < found[form][0]:
                        found[form] = (cost, (*parts, piece))
            best.append(found)
        parts = min(best[-1].values(), default=(0.0, ()))[1]
        return parts if len(parts) > 1 else ()

    def _possible(self, word: Word) -> tuple[str, ...]:
        if not word.text.isalpha():
            return (_NUMBER,)
        if not word.form.isascii():
            return (word.form,)
        return self._forms.get(word.text) or (word.text,)

    def _cost(self, before: str, word: str, *, begins: bool = False) -> float:
        """The negative logarithm of the probability of a word behind another, or of one that begins a sentence."""
        if begins:
            return self._cost(before, _EDGE) + self._cost(_EDGE, word)
        alone = (self._seen.get(word, 0) + _NEVER) / self._all
        seen = self._seen.get(before, 0)
        if not seen:
            return -log(alone)
        kinds = self._kinds[before]
        return -log((self._pairs.get((before, word), 0) + kinds * alone) / (seen + kinds))


def _with_forms(
    word: Word, forms: Sequence[str], ahead: Sequence[float], back: Sequence[float], least: float
) -> Word:
    """The word with the forms that it may have; `ahead`, `back`: what the cheapest way costs that comes from the start to
    each of `forms`, and that goes from it to the end; `least`: what the cheapest way of all costs."""
    if not word.text.isalpha():
        return replace(word, likely=()) if word.likely else word
    gaps = sorted((one + other - least, form) for one, other, form in zip(ahead, back, forms, strict=True))
    likely = tuple((form, gap) for gap, form in gaps if gap < MOST_GAP)
    return Word(word.text, word.typed, word.start, word.end, word.break_before, word.break_after, likely)


@lru_cache(1)
def _of_wordings(texts: tuple[str, ...]) -> Counter[tuple[str, str]]:
    return _pairs(texts, _LEAST_MARKED)


def _pairs(texts: Iterable[str], least_marked: float) -> Counter[tuple[str, str]]:
    """How often each two words stand side by side in the lines with so many marked words; a line's end and a number are
    words too."""
    said: list[str] = [_EDGE]
    for line in unicodedata.normalize("NFC", "\n".join(texts)).lower().split("\n"):
        words = [_NUMBER if word.isdigit() else word for word in _WORDS.findall(line)]
        if words and sum(map(str.isascii, words)) <= (1 - least_marked) * len(words):
            said += words
            said.append(_EDGE)
    return Counter(pairwise(said))
