"""How like the entries a question is: a linear classifier with one class an entry, and the nearest stored wording.

The classifier knows the entries that it was fitted on; an entry that was added or edited since is found by the nearness of
its wordings alone, until weights are fitted anew. Both are features of a candidate; neither decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from knowledge.matching.ngrams import Vector, counted, weighted
from knowledge.records import Entry
from knowledge.text import fold, words

WEIGHTS = Path(__file__).parent / "likeness.npz"
"""The weights that the program comes with."""
FIRST = 8
"""Entries of the classifier that are looked at more closely."""
STALE_FIRST = 4
"""Entries without weights of their own that are looked at more closely."""
LONGEST_WORDING = 400
"""Characters of a message that are held against stored wordings; none is longer."""
_SCORERS = (fuzz.ratio, fuzz.token_sort_ratio)
"""Likeness to a stored wording is the mean of these: as it stands, and whatever the order of its words."""
NOTHING = -2.0
"""The score of an entry that the classifier does not know."""


@dataclass(frozen=True, slots=True)
class Likely:
    """An entry and how like it a question is.

    `score`: of the classifier, 0 is its own border. `margin`: above the best other. `near`: the nearest stored wording,
    1 where it is the same; `key`: that wording.
    """

    id: str
    score: float
    margin: float
    near: float
    key: str
    rank: int


class Model:
    """A linear classifier over hashed n-grams: `scores(words)` gives one number a class."""

    def __init__(
        self,
        classes: Sequence[str],
        rarity: np.ndarray,
        weights: np.ndarray,
        scale: np.ndarray,
        bias: np.ndarray,
    ) -> None:
        self.classes = tuple(classes)
        self._rarity: list[float] = rarity.tolist()
        self._weights, self._scale, self._bias = weights, scale, bias

    def scores(self, said: Sequence[str], extra: Iterable[str] = ()) -> np.ndarray:
        """One number a class, in the order of `classes`."""
        return self.scores_of(weighted(counted(said, extra), self._rarity))

    def scores_of(self, vector: Vector) -> np.ndarray:
        """The scores of a weighted vector."""
        columns = np.fromiter(vector.keys(), dtype=np.int64, count=len(vector))
        values = np.fromiter(vector.values(), dtype=np.float32, count=len(vector))
        told = values @ self._weights[columns].astype(np.float32)
        scores: np.ndarray = told * self._scale + self._bias
        return scores


def load_models(path: Path = WEIGHTS) -> dict[str, Model]:
    """The models of a weights file by name (`entries`, `frames`, `talk`); empty where there is no file."""
    if not path.exists():
        return {}
    with np.load(path) as stored:
        return {
            name: Model(
                stored[f"{name}_classes"].tolist(),
                stored[f"{name}_rarity"],
                stored[f"{name}_weights"],
                stored[f"{name}_scale"],
                stored[f"{name}_bias"],
            )
            for name in ("entries", "frames", "talk")
            if f"{name}_classes" in stored
        }


def wordings(entry: Entry) -> tuple[str, ...]:
    """The ways in which an entry is asked for: its title, names and questions."""
    return (entry.title, *entry.aliases, *entry.questions)


def wordings_hash(entry: Entry) -> str:
    """A short hash of an entry's wordings: weights that were fitted on others are stale."""
    return blake2b("\n".join(wordings(entry)).encode(), digest_size=6).hexdigest()


class Likeness:
    """Ranks the entries of one base by how like them a question is."""

    def __init__(self, entries: Mapping[str, Entry], model: Model | None) -> None:
        self._keys = {
            id_: tuple(dict.fromkeys(" ".join(words(fold(one))) for one in wordings(entry)))
            for id_, entry in entries.items()
        }
        self._model = model
        known = {name.partition("#")[0]: name.partition("#")[2] for name in model.classes} if model else {}
        self._place = {name: number for number, name in enumerate(known) if name in entries}
        self._stale = [id_ for id_, entry in entries.items() if known.get(id_) != wordings_hash(entry)]
        self._stale_keys = [key for id_ in self._stale for key in self._keys[id_]]
        self._stale_owner = [id_ for id_ in self._stale for _ in self._keys[id_]]
        self._names = list(known)

    def rank(self, said: Sequence[str], slots: Iterable[str], limit: int = FIRST) -> list[Likely]:
        """The entries that `said` (folded words) with the tokens of its slots is most like, the likeliest first."""
        text = " ".join(said)[:LONGEST_WORDING]
        scores: dict[str, float] = {}
        if self._model is not None and said:
            told = self._model.scores(said, slots)
            first = np.argpartition(-told, min(limit + 4, len(told) - 1))[: limit + 4]
            for number in first:
                if self._names[number] in self._place:
                    scores[self._names[number]] = float(told[number])
        if self._stale_keys:
            near = process.extract(
                text, self._stale_keys, scorer=fuzz.ratio, limit=STALE_FIRST, score_cutoff=60
            )
            for _, ratio, number in near:
                owner = self._stale_owner[number]
                scores.setdefault(owner, NOTHING + 2.4 * (ratio / 100) ** 2)
        ordered = sorted(scores.items(), key=lambda one: -one[1])[:limit]
        nearest = self._nearest(text, [id_ for id_, _ in ordered])
        found: list[Likely] = []
        for rank, ((id_, score), (key, near_by)) in enumerate(zip(ordered, nearest, strict=True)):
            best_other = next((other for name, other in ordered if name != id_), NOTHING)
            found.append(Likely(id_, score, score - best_other, near_by, key, rank))
        return found

    def _nearest(self, text: str, ids: Sequence[str]) -> list[tuple[str, float]]:
        """Of each entry the wording that is most like the text, and how much.

        All at once: each call lets other threads go first, which costs more than the work.
        """
        if not ids:
            return []
        keys = [key for id_ in ids for key in self._keys[id_]]
        alike = sum(process.cdist([text], keys, scorer=one, dtype=np.float64)[0] for one in _SCORERS)
        ends = np.cumsum([len(self._keys[id_]) for id_ in ids])
        best = [
            end - len(part) + int(np.argmax(part))
            for end, part in zip(ends, np.split(alike, ends[:-1]), strict=True)
        ]
        return [(keys[one], float(alike[one]) / len(_SCORERS) / 100) for one in best]


def merged(*rankings: Iterable[Likely]) -> list[Likely]:
    """Several rankings as one: each entry with its best score, its rank and its margin among all."""
    best: dict[str, Likely] = {}
    for one in sorted((one for found in rankings for one in found), key=lambda one: -one.score):
        best.setdefault(one.id, one)
    ordered = list(best.values())
    tops = [*(one.score for one in ordered[:2]), NOTHING]
    return [
        replace(one, rank=rank, margin=one.score - (tops[0] if rank else tops[1]))
        for rank, one in enumerate(ordered)
    ]
