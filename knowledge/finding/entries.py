"""Which stored text answers a question in words: candidates from an index, reranked, and three outcomes.

Each entry is known by short keys (title, aliases, question variants). A question is compared with a key by the words
they share, each weighted by how much it tells (rare words more), then by rapidfuzz on the whole key. `coverage` is the
share of the question's informative weight that the entry explains: a question about something else has words that no
entry explains, however well the rest fits.
"""

from __future__ import annotations

import heapq
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from knowledge.text import fold, words

_LONG = {"kcqg": "khuyen cong quoc gia", "kcdp": "khuyen cong dia phuong", "cnnt": "cong nghiep nong thon"}

_SAME = tuple(
    (re.compile(rf"\b(?:{pattern})\b"), replacement)
    for pattern, replacement in (
        (
            "khi nao|bao gio|luc nao|hom nao|ngay nao|ngay may|ngay bao nhieu|chung nao|thoi diem nao",
            "khinao",
        ),
        ("o dau|cho nao|noi nao|toi dau|den dau|ra dau|vao dau|o mo|cho mo", "odau"),
        ("ai|nguoi nao|co quan nao|don vi nao|cap nao|cuc nao|so nao", "aido"),
        ("cho (?:toi|tui|em|minh|chau|con|bac) (?:xin )?hoi(?: chut| ti)?", ""),
        ("(?:chua|khong) (?:co )?dang ky kinh doanh", "chuadangky"),
        ("may (?:cu|da qua su dung|second hand|second)", "maycu"),
        ("trong (?=ca phe|che|lua|rau|cay|hoa|dua|rung|tieu|sam|mia|sau rieng)", "trongtrot "),
        ("vi sao|tai sao|do dau|nguyen nhan|ly do", "visao"),
        ("giay to|giay ma|thu tuc giay to|ho so", "hoso"),
        ("bao lau|may ngay|bao nhieu ngay|may thang|mat bao lau|lau khong", "baolau"),
        ("bao nhieu|may phan tram|muc nao|toi da|nhieu nhat|cao nhat", "baonhieu"),
        ("sam may|tau may|dau tu may|mua thiet bi|mua may moc", "mua may"),
        ("co so cong nghiep nong thon|co so san xuat|co so", "coso"),
        ("hop tac xa|htx", "hoptacxa"),
        ("doanh nghiep|cong ty|cty", "doanhnghiep"),
        ("uy ban nhan dan", "ubnd"),
        ("khuyen cong", "khuyencong"),
        ("gom nhung gi|gom gi|bao gom|can nhung gi|can gi|nhung gi", "gomgi"),
        ("khong can|chua can", "khongcan"),
    )
)
"""Ways of asking that mean the same, made one word for ranking."""

CANDIDATES = 64
"""Keys that are reranked."""

MOST_POSTINGS = 600
"""Keys that one search looks at."""

MOST_MATCHES = 8
"""Entries that one search tells of."""

W_KEY, W_OWN, W_TEXT = 0.5, 0.3, 0.2
"""What the nearest key, the words of all keys and the words of the text weigh; sums to one."""

_STOP = """
a ah anh ai bao nhieu bi boi ban cac cai can cho chua chung co con cua cung da dang day de den di do duoc duong
em gi giup hay hoi ho hom i ko khong la lai lam len loai lon ma minh mot moi muon nao nay ne neu nha nhe nhi nhu
nhung o oi phai qua ra rang rat roi sao se tai the theo thi thoi toi tren trong tu u va van vay ve vi viec voi
xin tui y bac chu ong ba chau dum biet ben nua day kia rua
"""
STOP = frozenset(_STOP.split())


@dataclass(frozen=True, slots=True)
class Match:
    """An entry id, its score in 0..1 and how much of the question it explains, 0..1."""

    id: str
    score: float
    coverage: float
    key: str


class EntryIndex:
    """Ranks entries for a question; built once from (id, keys, text) triples.

    Candidates come from the rarest words of the question; common words only add to the score of what is already a
    candidate, so that a search costs the same in a large base as in a small one.
    """

    def __init__(self, rows: Iterable[tuple[str, Sequence[str], str]]) -> None:
        self._keys: list[tuple[str, str, frozenset[str]]] = []
        self._own: dict[str, frozenset[str]] = {}
        self._texts: dict[str, frozenset[str]] = {}
        frequency: Counter[str] = Counter()
        postings: defaultdict[str, list[int]] = defaultdict(list)
        for entry_id, keys, text in rows:
            own: set[str] = set()
            for key in dict.fromkeys(keys):
                folded = _spelled(fold(key))
                tokens = frozenset(map(sys.intern, _informative(folded.split())))
                own |= tokens
                for word in tokens:
                    postings[word].append(len(self._keys))
                self._keys.append((entry_id, folded, tokens))
            only_text = frozenset(map(sys.intern, _informative(_spelled(fold(text)).split()))) - own
            self._own[entry_id] = frozenset(own)
            self._texts[entry_id] = only_text
            frequency.update(own)
            frequency.update(only_text)
        count = max(1, len(self._texts))
        self._weight: Mapping[str, float] = {word: math.log(1 + count / n) for word, n in frequency.items()}
        self._unknown_weight = math.log(1 + count)
        self._postings = dict(postings)
        self._masses = [sum(map(self.weight, tokens)) for _, _, tokens in self._keys]
        self._cached = lru_cache(maxsize=32)(self._search_all)

    def weight(self, word: str) -> float:
        """How much a word tells: the rarer in the base, the more; a word that the base lacks tells most."""
        return self._weight.get(word, self._unknown_weight)

    def search(self, folded: str, *, limit: int = 5, within: frozenset[str] | None = None) -> list[Match]:
        """The best entries for a folded question, best first, one match an entry; `within` restricts the ids.

        Of a message of several sentences the one that fits best counts: the others say why someone asks.
        """
        return list(self._cached(folded, within)[:limit])

    def _search_all(self, folded: str, within: frozenset[str] | None) -> tuple[Match, ...]:
        sentences = [part for part in re.split(r"[.!?;\n](?!\d)", folded) if len(part.split()) > 3]
        best = self._search(folded, within)
        if len(sentences) > 1:
            for sentence in sentences[:6]:
                found = self._search(sentence, within)
                if found and (not best or found[0].score > best[0].score):
                    best = found
        return best

    def _candidates(self, tokens: Sequence[str], within: frozenset[str] | None) -> set[int]:
        """Keys that share the question's rarest words, a bounded number of them."""
        listed = sorted(
            (word for word in tokens if word in self._postings), key=lambda word: len(self._postings[word])
        )
        found: set[int] = set()
        for word in listed:
            postings = self._postings[word]
            if found and len(postings) > MOST_POSTINGS:
                break
            if within is None:
                found.update(postings[:MOST_POSTINGS])
            else:
                found.update(n for n in postings if self._keys[n][0] in within)
            if len(found) > MOST_POSTINGS:
                break
        return found

    def _search(self, folded: str, within: frozenset[str] | None) -> tuple[Match, ...]:
        plain = _spelled(folded)
        said = plain.split()
        tokens = list(dict.fromkeys(_informative(said)))[:60]
        if not tokens:
            return ()
        weights = {word: self.weight(word) for word in tokens}
        asked = frozenset(tokens)
        total = sum(weights.values())
        rough = []
        for number in self._candidates(tokens, within):
            shared = sum(weights[word] for word in asked & self._keys[number][2])
            rough.append((2 * shared / (total + self._masses[number]), -number))
        pairs = frozenset(pairwise(said))
        found: dict[str, Match] = {}
        explained: dict[str, tuple[float, float]] = {}
        for overlap, negative in heapq.nlargest(CANDIDATES, rough):
            entry_id, key, _ = self._keys[-negative]
            key_pairs = frozenset(pairwise(key.split()))
            common = len(pairs & key_pairs)
            order = 2 * common / (len(pairs) + len(key_pairs)) if pairs and key_pairs else 0.0
            likeness = fuzz.token_sort_ratio(plain, key) / 100
            if entry_id not in explained:
                own = sum(weights[word] for word in asked & self._own[entry_id]) / total
                text = sum(weights[word] for word in asked & self._texts[entry_id]) / total
                explained[entry_id] = own, own + text
            own, whole = explained[entry_id]
            score = W_KEY * (0.6 * overlap + 0.2 * order + 0.2 * likeness) + W_OWN * own + W_TEXT * whole
            if entry_id not in found or found[entry_id].score < score:
                found[entry_id] = Match(entry_id, score, whole, key)
        return tuple(sorted(found.values(), key=lambda match: (-match.score, match.id))[:MOST_MATCHES])


def _informative(tokens: Iterable[str]) -> Iterable[str]:
    return (word for word in tokens if word not in STOP)


def _spelled(folded: str) -> str:
    """Words in full where questions and keys shorten them differently."""
    text = " ".join(_LONG.get(word, word) for word in words(folded))
    for pattern, replacement in _SAME:
        text = pattern.sub(replacement, text)
    return text
