"""Which stored text answers a question in words: candidates from an index, reranked, and three outcomes.

Each entry is known by short keys (title, aliases, question variants). A question is compared with a key by the words
they share, each weighted by how much it tells (rare words more), then by rapidfuzz on the whole key. `coverage` is the
share of the question's informative weight that the entry explains: a question about something else has words that no
entry explains, however well the rest fits.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from rapidfuzz import fuzz

from knowledge.finding.letters import parts_of
from knowledge.own_cache import own_cache
from knowledge.text import words

_LONG = {"kcqg": "khuyen cong quoc gia", "kcdp": "khuyen cong dia phuong", "cnnt": "cong nghiep nong thon"}

_SAME = {
    "khinao": "khi nao|bao gio|luc nao|hom nao|ngay nao|ngay may|ngay bao nhieu|chung nao|thoi diem nao",
    "odau": "o dau|cho nao|noi nao|toi dau|den dau|ra dau|vao dau|o mo|cho mo|cua nao",
    "aido": "ai|nguoi nao|co quan nao|don vi nao|cap nao|cuc nao|so nao|co so nao|doi tuong nao",
    "chuadangky": "chua co dang ky kinh doanh|chua dang ky kinh doanh|khong co dang ky kinh doanh|khong dang ky kinh doanh",
    "maycu": "may cu|may da qua su dung|may second hand|may second",
    "visao": "vi sao|tai sao|do dau|nguyen nhan|ly do",
    "trongtam": "trong tam|tap trung vao",
    "hoso": "giay to|giay ma|thu tuc giay to|ho so",
    "baolau": "bao lau|may nam|bao nhieu nam|may ngay|bao nhieu ngay|may thang|mat bao lau|lau khong",
    "baonhieu": "bao nhieu|may phan tram|muc nao|toi da|nhieu nhat|cao nhat",
    "mua may": "sam may|tau may|dau tu may|mua thiet bi|mua may moc",
    "canbo": "can bo",
    "coso": "co so cong nghiep nong thon|co so san xuat|co so",
    "hoptacxa": "hop tac xa|htx",
    "doanhnghiep": "doanh nghiep|cong ty|cty",
    "ubnd": "uy ban nhan dan",
    "khuyencong": "khuyen cong",
    "lagi": "la gi|la sao|nghia la the nao|nghia la gi|nghia la sao|la cai gi|la cai chi|la chi|la the nao|co nghia la gi|hieu the nao|hieu la gi|dinh nghia",
    "hoso gomgi": "giay gi|ho so gi|giay to gi",
    "gomgi": "gom nhung gi|gom gi|bao gom|can nhung gi|can gi|nhung gi",
    "khongcan": "khong can|chua can",
    "chomuon": "cho muon",
    "vayvon": "cho vay|vay von|vay tien|khoan vay|vay ngan hang",
}
"""Ways of asking that mean the same, made one word for ranking."""
_ASKERS = "toi tui em minh chau con bac"
_GROWN = "ca phe|che|lua|rau|cay|hoa|dua|rung|tieu|sam|mia|sau rieng"


def _phrases() -> dict[str, dict[str, list[tuple[list[str], list[str]]]]]:
    """First word → second word → (phrase, what stands for it), the longest phrase first; under "" phrases of one word."""
    pairs = [(phrase, one) for one, several in _SAME.items() for phrase in several.split("|")]
    pairs += [(f"trong {crop}", f"trongtrot {crop}") for crop in _GROWN.split("|")]
    pairs += [
        (f"cho {who}{please} hoi{a_little}", "")
        for who in _ASKERS.split()
        for please in ("", " xin")
        for a_little in ("", " chut", " ti")
    ]
    table: defaultdict[str, defaultdict[str, list[tuple[list[str], list[str]]]]]
    table = defaultdict(lambda: defaultdict(list))
    for phrase, one in sorted(pairs, key=lambda pair: -len(pair[0].split())):
        first, second, *_ = [*phrase.split(), ""]
        table[first][second].append((phrase.split(), one.split()))
    return {first: dict(rest) for first, rest in table.items()}


_PHRASES = _phrases()

CANDIDATES = 64
"""Keys whose entries are looked at."""

RERANKED = 32
"""Of these the best, whose wording is compared."""

MOST_POSTINGS = 600
"""Keys that one search looks at."""

SAMPLE = 32
"""Keys by which two words are seen to stand in the same ones."""

LEAST_SHARE = 0.3
"""Keys that share less of the question than this are not looked at where others share more."""

MOST_MATCHES = 6
"""Entries that one search tells of."""

W_KEY, W_OWN, W_TEXT = 0.5, 0.3, 0.2
"""What the nearest key, the words of all keys and the words of the text weigh; sums to one."""

_STOP = """
a ah anh ai bao nhieu bi boi ban cac cai can cho chua chung co con cua cung da dang day de den di do duoc duong
em gi giup hay hoi ho hom i ko khong la lai lam len loai lon ma minh mot moi muon nao nay ne neu nha nhe nhi nhu
nhung o oi phai qua ra rang rat roi sao se tai the theo thi thoi toi tren trong tu u va van vay ve vi viec voi
xin tui y bac chu ong ba chau dum biet ben nua day kia rua keu
"""
STOP = frozenset(_STOP.split())
_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """An entry id, its score in 0..1, how much of the question it explains, and how much of its key was not asked, 0..1."""

    id: str
    score: float
    coverage: float
    key: str
    unsaid: float = 0.0


class EntryIndex:
    """Ranks entries for a question; built once from (id, folded keys, folded text) triples. Candidates come from the
    rarest words of the question; common words only add to the score of what is already a candidate."""

    def __init__(self, rows: Iterable[tuple[str, Sequence[str], str]]) -> None:
        self._ids: list[str] = []
        self._keys: list[str] = []
        self._entry: list[int] = []
        key_words, own_words, text_words = (defaultdict[str, set[int]](set) for _ in range(3))
        tokens: list[list[str]] = []
        for number, (entry_id, keys, text) in enumerate(rows):
            own: set[str] = set()
            for key in dict.fromkeys(keys):
                at = len(self._keys)  # one object for all its words: sets compare by identity first
                said = _spelled(key)
                informative = _informative(said)
                own.update(informative)
                for word in informative:
                    key_words[word].add(at)
                self._keys.append(" ".join(said))
                self._entry.append(number)
                tokens.append(informative)
            for word in own:
                own_words[word].add(number)
            for word in set(_spelled(text)) - STOP - own:
                text_words[word].add(number)
            self._ids.append(entry_id)
        count = max(1, len(self._ids))
        self._weight: Mapping[str, float] = {
            word: math.log(1 + count / (len(own_words.get(word, ())) + len(text_words.get(word, ()))))
            for word in own_words.keys() | text_words.keys()
        }
        self._unknown_weight = math.log(1 + count)
        self._key_words, self._own_words, self._text_words = map(dict, (key_words, own_words, text_words))
        self._masses = [sum([self._weight[word] for word in informative]) for informative in tokens]
        self._whole = dict(zip(reversed(self._keys), reversed(range(len(self._keys))), strict=True))
        self._cached = own_cache(self._search_all, 32)

    def weight(self, word: str) -> float:
        """How much a word tells: the rarer in the base, the more; a word that the base lacks tells most."""
        return self._weight.get(word, self._unknown_weight)

    def search(self, folded: str, *, limit: int = 5, within: frozenset[str] | None = None) -> list[Match]:
        """The best entries for a folded question, best first, one match an entry; `within` restricts the ids.

        Of a message of several sentences the one that fits best counts, of a long one those two clauses of which an entry
        explains the most: the others say why someone asks.
        """
        return list(self._cached(folded, within)[:limit])

    def _search_all(self, folded: str, within: frozenset[str] | None) -> tuple[Match, ...]:
        whole = best = self._search(folded, within)
        parts, letter = parts_of(folded)
        most = 0.0
        for part in parts:
            found = self._search(part, within)
            if not found or (whole and found[0].score <= whole[0].score):
                continue
            told = found[0].score * (sum(map(self.weight, _informative(_spelled(part)))) if letter else 1.0)
            if told > most:
                best, most = found, told
        return best

    def _candidates(self, weights: Mapping[str, float], within: frozenset[str] | None) -> dict[int, float]:
        """Keys that share the question's rarest words, a bounded number of them → the weight of all words they share."""
        listed = [word for word in weights if word in self._key_words]
        listed.sort(key=lambda word: len(self._key_words[word]))
        shared: dict[int, float] = {}
        left = {word: weights[word] for word in listed}
        enough = LEAST_SHARE * sum(weights.values())
        for word in listed:
            postings: Iterable[int] = self._key_words[word]
            often = len(self._key_words[word]) > MOST_POSTINGS
            if shared and (often or len(shared) > MOST_POSTINGS):
                break
            if len(shared) > CANDIDATES and sum(left.values()) < enough:
                break
            if within is not None:
                postings = [number for number in postings if self._ids[self._entry[number]] in within]
            elif often:
                shared = dict.fromkeys(islice(self._together(listed), MOST_POSTINGS), 0.0)
                break
            weight = left.pop(word)
            known = shared.keys() & postings
            for number in known:
                shared[number] += weight
            shared.update(dict.fromkeys(known.symmetric_difference(postings), weight))
        _add_shares(self._key_words, left, shared)
        return shared

    def _together(self, listed: Sequence[str]) -> set[int]:
        """Where every word is common: the keys that share the rarest of them, and as many of the others as may be."""
        found = self._key_words[listed[0]]
        for word in listed[1:]:
            if len(found) <= CANDIDATES:
                break
            postings = self._key_words[word]
            if not postings.issuperset(islice(found, SAMPLE)):  # else it parts nothing
                found = found & postings or found
        return found

    def _search(self, folded: str, within: frozenset[str] | None) -> tuple[Match, ...]:
        said = _spelled(folded)
        if not (weights := {word: self.weight(word) for word in _informative(said)[:60]}):
            return ()
        shared = self._candidates(weights, within)
        whole = self._whole.get(" ".join(said))
        if whole is not None and (within is None or self._ids[self._entry[whole]] in within):
            shared[whole] = self._masses[whole]
        return self._ranked(said, self._bounded(weights, shared), shared)

    def _bounded(
        self, weights: Mapping[str, float], shared: Mapping[int, float]
    ) -> list[tuple[float, int, float]]:
        """(the least that its score can be, key, share of the question that its entry explains), best first."""
        total = sum(weights.values())
        overlaps = [2 * weight / (total + self._masses[number]) for number, weight in shared.items()]
        least = sorted(overlaps)[-CANDIDATES] if len(overlaps) > CANDIDATES else 0.0
        pairs = zip(overlaps, shared, strict=True)
        nearest = [(overlap, number) for overlap, number in pairs if overlap >= least]
        own, text = self._explained(weights, {self._entry[number] for _, number in nearest})
        bounded = []
        for overlap, number in nearest:
            entry = self._entry[number]
            explained = (own[entry] + text[entry]) / total
            sure = W_KEY * 0.6 * overlap + W_OWN * own[entry] / total + W_TEXT * explained
            bounded.append((sure, number, explained))
        return sorted(bounded, key=lambda one: (-one[0], one[1]))

    def _ranked(
        self, said: Sequence[str], bounded: Sequence[tuple[float, int, float]], shared: Mapping[int, float]
    ) -> tuple[Match, ...]:
        """The entries whose wording fits best; a key that cannot reach the best is not compared."""
        plain, pairs = " ".join(sorted(said)), frozenset(pairwise(said))
        found: dict[int, Match] = {}
        floor = 0.0
        for sure, number, explained in bounded[:RERANKED]:
            if sure + W_KEY * 0.4 < floor:
                break
            spelled = self._keys[number].split()
            alike = sure + W_KEY * 0.2 * fuzz.ratio(plain, " ".join(sorted(spelled))) / 100
            if alike + W_KEY * 0.2 < floor:
                continue
            key_pairs = frozenset(pairwise(spelled))
            order = 2 * len(pairs & key_pairs) / (len(pairs) + len(key_pairs)) if pairs and key_pairs else 0.0
            score = alike + W_KEY * 0.2 * order
            entry = self._entry[number]
            if score > floor and (entry not in found or found[entry].score < score):
                unsaid = 1 - shared[number] / self._masses[number]
                found[entry] = Match(self._ids[entry], score, explained, self._keys[number], unsaid)
                if len(found) >= MOST_MATCHES:
                    floor = sorted(match.score for match in found.values())[-MOST_MATCHES]
        return tuple(sorted(found.values(), key=lambda match: (-match.score, match.id))[:MOST_MATCHES])

    def _explained(
        self, weights: Mapping[str, float], entries: Iterable[int]
    ) -> tuple[dict[int, float], dict[int, float]]:
        """For each entry the weight of the words in its keys, and of those that only its text has."""
        own = dict.fromkeys(entries, 0.0)
        text = dict(own)
        for word, weight in weights.items():
            having = own.keys() & self._own_words.get(word, _NONE)
            for entry in having:
                own[entry] += weight
            if len(having) < len(own):
                for entry in text.keys() & self._text_words.get(word, _NONE):
                    text[entry] += weight
        return own, text


def _add_shares(
    postings: Mapping[str, set[int]], weights: Mapping[str, float], shares: dict[int, float]
) -> None:
    """Add to each number the weight of the words under which it is posted."""
    for word, weight in weights.items():
        if word in postings:
            for number in shares.keys() & postings[word]:
                shares[number] += weight


def _informative(tokens: Iterable[str]) -> list[str]:
    """Each word once, without those that tell nothing."""
    return [word for word in dict.fromkeys(tokens) if word not in STOP]


def _spelled(folded: str) -> list[str]:
    """Words in full where questions and keys shorten them differently, and one word where they say it differently."""
    said = words(folded)
    if not _LONG.keys().isdisjoint(said):
        said = " ".join([_LONG.get(word, word) for word in said]).split()
    found: list[str] = []
    done = 0
    for at, word in enumerate(said):
        if word not in _PHRASES or at < done:
            continue
        following = _PHRASES[word]
        second = said[at + 1] if at + 1 < len(said) else ""
        for phrase, one in (*following.get(second, ()), *following.get("", ())):
            if said[at : at + len(phrase)] == phrase:
                found += said[done:at]
                found += one
                done = at + len(phrase)
                break
    return found + said[done:]
