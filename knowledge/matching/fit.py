"""`make fit`: the weights of the classifiers, written with the hash of what they were fitted on.

scikit-learn serves here and in the worker that fits after edits; nothing of it is on the path of an answer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from knowledge.base import KnowledgeBase
from knowledge.matching.likeness import WEIGHTS, wordings, wordings_hash
from knowledge.matching.ngrams import SIZE, counted, weighted
from knowledge.text import fold, words

Sample = tuple[Sequence[str], Sequence[str]]
"""Folded words, and extra tokens."""


def rarity_of(vectors: Sequence[dict[int, float]]) -> np.ndarray:
    """The smoothed inverse document frequency of each column."""
    seen = np.zeros(SIZE)
    for vector in vectors:
        for column in vector:
            seen[column] += 1
    rarity: np.ndarray = np.log((1 + len(vectors)) / (1 + seen)) + 1
    return rarity.astype(np.float32)


def matrix(vectors: Sequence[dict[int, float]], rarity: Sequence[float]) -> csr_matrix:
    """The weighted vectors as the rows of a sparse matrix."""
    pointers, columns, values = [0], [], []
    for vector in vectors:
        for column, value in weighted(vector, rarity).items():
            columns.append(column)
            values.append(value)
        pointers.append(len(columns))
    return csr_matrix((values, columns, pointers), shape=(len(vectors), SIZE), dtype=np.float32)


def fit_model(
    samples: Iterable[Sample], labels: Sequence[str], *, frames: bool = False, levelled: float = 1.0
) -> dict[str, Any]:
    """The arrays of one model: rarity, weights (int8), scale and bias a class.

    Entries: one linear support vector machine a class. `frames`: multinomial logistic, whose scores are log odds; classes
    of few samples weigh as much as large ones (`levelled` 1), less (0.5: the square root), or as they are (0).
    """
    vectors = [counted(said, extra) for said, extra in samples]
    rarity = rarity_of(vectors)
    rows = matrix(vectors, rarity.tolist())
    classifier = (
        LogisticRegression(C=10, max_iter=300, class_weight=_levelled(labels, levelled))
        if frames
        else LinearSVC(C=0.5, tol=1e-3, random_state=0)
    )
    classifier.fit(rows, np.array(labels))
    full = classifier.coef_.astype(np.float32)
    scale = np.abs(full).max(axis=1) / 127
    packed = np.round(full / scale[:, None]).astype(np.int8)
    return {
        "classes": np.array(classifier.classes_),
        "rarity": rarity,
        "weights": np.ascontiguousarray(packed.T),
        "scale": scale.astype(np.float32),
        "bias": classifier.intercept_.astype(np.float32),
    }


def _levelled(labels: Sequence[str], power: float) -> dict[str, float]:
    """How much a sample of each class weighs: the mean size of a class by its own, to the power."""
    sizes = Counter(labels)
    return {name: (len(labels) / len(sizes) / size) ** power for name, size in sizes.items()}


def entry_samples(
    base: KnowledgeBase, slots: Callable[[str], Sequence[str]]
) -> tuple[list[Sample], list[str]]:
    """Every wording of every entry, those of the table of wordings too, with the tokens of its `slots`, labelled `id#hash`."""
    further: defaultdict[str, list[str]] = defaultdict(list)
    for row in base.wordings:
        further[row.entry].append(row.question)
    samples: list[Sample] = []
    labels: list[str] = []
    for entry in base.entries.values():
        label = f"{entry.id}#{wordings_hash(entry)}"
        for text in (*wordings(entry), *further[entry.id]):
            said = words(fold(text))
            if said:
                samples.append((said, slots(text)))
                labels.append(label)
    return samples, labels


def write(models: dict[str, dict[str, Any]], path: Path = WEIGHTS) -> None:
    """Write the models into one compressed file."""
    arrays = {f"{name}_{key}": value for name, model in models.items() for key, value in model.items()}
    np.savez_compressed(path, **arrays)


def stored(name: str, path: Path = WEIGHTS) -> dict[str, Any] | None:
    """The arrays of one model of a weights file; None where it has none."""
    if not path.exists():
        return None
    with np.load(path) as arrays:
        keys = ("classes", "rarity", "weights", "scale", "bias")
        return {key: arrays[f"{name}_{key}"] for key in keys} if f"{name}_classes" in arrays else None
