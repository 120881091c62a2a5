"""Which stored texts share most words with a question, each word weighted by how much it tells (rare words more).

Each entry is known by short keys (title, aliases, question variants) and by its text. `coverage` is the share of the
question's informative weight that the entry explains: a question about something else has words that no entry explains.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from rapidfuzz import fuzz

from knowledge.text import words

CANDIDATES = 64
"""Keys whose entries are looked at."""
MOST_POSTINGS = 600
"""Keys of a word that makes candidates; of a commoner one, those that are candidates already."""
MOST_WORDS = 60
"""Words of a question that are looked at."""
W_KEY, W_OWN, W_TEXT = 0.5, 0.3, 0.2
"""What the nearest key, the words of all keys and the words of the text weigh; sums to one."""
W_WORDS, W_LETTERS, W_ORDER = 0.6, 0.2, 0.2
"""What the words that a key shares, its letters and its pairs of words weigh; sums to one."""

_STOP = """
a ah anh ai bao nhieu bi boi ban cac cai can cho chua chung co con cua cung da dang day de den di do duoc duong
em gi giup hay hoi ho hom i ko khong la lai lam len loai lon ma minh mot moi muon nao nay ne neu nha nhe nhi nhu
nhung o oi phai qua ra rang rat roi sao se tai the theo thi thoi toi tren trong tu u va van vay ve vi viec voi
xin tui y bac chu ong ba chau dum biet ben nua day kia rua keu
"""
STOP = frozenset(_STOP.split())


@dataclass(frozen=True, slots=True)
class Match:
    """An entry id, its score in 0..1, and how much of the question it explains, 0..1."""

    id: str
    score: float
    coverage: float


class EntryIndex:
    """Ranks entries for a question; built once from (id, folded keys, folded text) triples."""

    def __init__(self, rows: Iterable[tuple[str, Sequence[str], str]]) -> None:
        self._keys: list[tuple[str, list[str]]] = []
        self._key_words: defaultdict[str, set[int]] = defaultdict(set)
        self._own: dict[str, set[str]] = {}
        self._text: dict[str, set[str]] = {}
        for entry, keys, text in rows:
            own: set[str] = set()
            for said in map(words, dict.fromkeys(keys)):
                for word in _informative(said):
                    self._key_words[word].add(len(self._keys))
                    own.add(word)
                self._keys.append((entry, said))
            self._own[entry] = own
            self._text[entry] = set(words(text)) - STOP - own
        count = max(1, len(self._own))
        often: defaultdict[str, int] = defaultdict(int)
        for word in (word for having in (self._own, self._text) for one in having.values() for word in one):
            often[word] += 1
        self._weight: Mapping[str, float] = {word: math.log(1 + count / had) for word, had in often.items()}
        self._unknown_weight = math.log(1 + count)
        self._masses = [sum(map(self.weight, _informative(said))) for _, said in self._keys]

    def weight(self, word: str) -> float:
        """How much a word tells: the rarer in the base, the more; a word that the base lacks tells most."""
        return self._weight.get(word, self._unknown_weight)

    def search(self, folded: str, *, limit: int = 5, within: frozenset[str] | None = None) -> list[Match]:
        """The best entries for a folded question, best first, one match an entry; `within` restricts the ids."""
        said = words(folded)
        weights = {word: self.weight(word) for word in islice(_informative(said), MOST_WORDS)}
        total = sum(weights.values())
        found: dict[str, Match] = {}
        for number, shared in self._candidates(weights, within):
            entry, key = self._keys[number]
            own = sum(weight for word, weight in weights.items() if word in self._own[entry]) / total
            text = sum(weight for word, weight in weights.items() if word in self._text[entry]) / total
            alike = W_WORDS * 2 * shared / (total + self._masses[number])
            alike += W_LETTERS * fuzz.token_sort_ratio(" ".join(said), " ".join(key)) / 100
            alike += W_ORDER * _shared_pairs(said, key)
            score = W_KEY * alike + W_OWN * own + W_TEXT * (own + text)
            if entry not in found or found[entry].score < score:
                found[entry] = Match(entry, score, own + text)
        return sorted(found.values(), key=lambda match: (-match.score, match.id))[:limit]

    def _candidates(
        self, weights: Mapping[str, float], within: frozenset[str] | None
    ) -> list[tuple[int, float]]:
        """Keys that share most of the question, with the weight of what they share; found by its rarest words."""
        shared: defaultdict[int, float] = defaultdict(float)
        for word in sorted(weights, key=lambda word: len(self._key_words.get(word, ()))):
            postings: Iterable[int] = self._key_words.get(word, ())
            if within is not None:
                postings = [number for number in postings if self._keys[number][0] in within]
            elif len(self._key_words.get(word, ())) > MOST_POSTINGS:
                postings = shared.keys() & postings if shared else islice(postings, MOST_POSTINGS)
            for number in postings:
                shared[number] += weights[word]
        total = sum(weights.values())
        nearest = sorted(shared.items(), key=lambda one: (-one[1] / (total + self._masses[one[0]]), one[0]))
        return nearest[:CANDIDATES]


def _informative(said: Iterable[str]) -> list[str]:
    """Each word once, without those that tell nothing."""
    return [word for word in dict.fromkeys(said) if word not in STOP]


def _shared_pairs(said: Sequence[str], key: Sequence[str]) -> float:
    """How many of their neighbouring words two texts share, 0..1."""
    one, other = set(pairwise(said)), set(pairwise(key))
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
