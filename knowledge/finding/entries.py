"""Which stored text answers a question in words: candidates from an index, reranked, and three outcomes.

Each entry is known by short keys (title, aliases, question variants). A question is compared with a key by the words
they share, each weighted by how much it tells (rare words more), then by rapidfuzz on the whole key. `coverage` is the
share of the question's informative weight that the entry explains: a question about something else has words that no
entry explains, however well the rest fits.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from knowledge.text import fold, words

_LONG = {"kcqg": "khuyen cong quoc gia", "kcdp": "khuyen cong dia phuong", "cnnt": "cong nghiep nong thon"}

CANDIDATES = 48
"""Keys that are reranked."""

STOP = frozenset(
    """
    a ah anh ai bao nhieu bi boi ban cac cai can cho chua chung co con cua cung da dang day de den di do duoc duong em gi
    giup hay hoi ho hom i ko khong la lai lam len loai lon ma minh mot moi muon nao nay ne neu nha nhe nhi nhu nhung o oi
    phai qua ra rang rat roi sao se tai the theo thi thoi toi tren trong tu u va van vay ve vi viec voi xin y bac chu ong
    ba chau dum biet ben nua day kia rua
    """.split()
)


@dataclass(frozen=True, slots=True)
class Match:
    """An entry id, its score in 0..1 and how much of the question it explains, 0..1."""

    id: str
    score: float
    coverage: float
    key: str


class EntryIndex:
    """Ranks entries for a question; built once from (id, keys, text) triples."""

    def __init__(self, rows: Iterable[tuple[str, Sequence[str], str]]) -> None:
        self._keys: list[tuple[str, str, Counter[str], frozenset[str]]] = []
        self._texts: dict[str, frozenset[str]] = {}
        frequency: Counter[str] = Counter()
        postings: defaultdict[str, list[int]] = defaultdict(list)
        for entry_id, keys, text in rows:
            vocabulary = set(words(fold(text)))
            for key in keys:
                folded = _spelled(fold(key))
                tokens = [word for word in folded.split() if word not in STOP]
                vocabulary.update(tokens)
                pairs = frozenset(_pairs(folded.split()))
                for word in set(tokens):
                    postings[word].append(len(self._keys))
                self._keys.append((entry_id, folded, Counter(tokens), pairs))
            self._texts[entry_id] = frozenset(vocabulary)
            frequency.update(vocabulary)
        count = max(1, len(self._texts))
        self._weight: Mapping[str, float] = {
            word: math.log(1 + count / number) for word, number in frequency.items()
        }
        self._unknown_weight = math.log(1 + count)
        self._postings = dict(postings)

    def weight(self, word: str) -> float:
        """How much a word tells: the rarer in the base, the more; a word that the base lacks tells most."""
        return self._weight.get(word, self._unknown_weight)

    def search(self, folded: str, *, limit: int = 5, within: frozenset[str] | None = None) -> list[Match]:
        """The best entries for a folded question, best first, one match an entry; `within` restricts the ids."""
        said = _spelled(folded).split()
        tokens = [word for word in dict.fromkeys(said) if word not in STOP][:60]
        if not tokens:
            return []
        total = sum(self.weight(word) for word in tokens)
        gathered: defaultdict[int, float] = defaultdict(float)
        for word in sorted(tokens, key=self.weight, reverse=True)[:14]:
            for number in self._postings.get(word, ())[:4000]:
                gathered[number] += self.weight(word)
        if within is not None:
            gathered = defaultdict(float, {n: w for n, w in gathered.items() if self._keys[n][0] in within})
        best = sorted(gathered, key=lambda number: (-2 * gathered[number] / (total + self._mass(number)), number))[:CANDIDATES]
        pairs = frozenset(_pairs(said))
        plain = " ".join(said)
        found: dict[str, Match] = {}
        for number in best:
            entry_id, key, counts, key_pairs = self._keys[number]
            mass = self._mass(number)
            shared = gathered[number]
            overlap = 2 * shared / (total + mass) if total + mass else 0.0
            common = pairs & key_pairs
            order = 2 * len(common) / (len(pairs) + len(key_pairs)) if pairs and key_pairs else 0.0
            likeness = fuzz.token_sort_ratio(plain, key) / 100
            score = 0.55 * overlap + 0.2 * order + 0.25 * likeness
            if entry_id not in found or found[entry_id].score < score:
                explained = sum(self.weight(word) for word in tokens if word in self._texts[entry_id])
                found[entry_id] = Match(entry_id, score, explained / total, key)
        return sorted(found.values(), key=lambda match: (-match.score, match.id))[:limit]

    def _mass(self, number: int) -> float:
        return sum(self.weight(word) for word in self._keys[number][2])


def _spelled(folded: str) -> str:
    """Words in full where questions and keys shorten them differently."""
    return " ".join(_LONG.get(word, word) for word in words(folded))


def _pairs(tokens: Sequence[str]) -> Iterable[tuple[str, str]]:
    return zip(tokens, tokens[1:], strict=False)
