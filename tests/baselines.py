"""What the assistant is measured against: four usual ways to find an answer by the likeness of whole sentences.

Each takes the stored questions and returns the record of the best one, or nothing below its own gate. Questions and keys
are folded alike, so the baselines do not suffer from missing marks, case or code points. They know no chat: a follow-up
is all they see.
"""

from __future__ import annotations

import math
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from rapidfuzz import fuzz, process

from knowledge.base import KnowledgeBase
from knowledge.finding.answer import document_answer, entry_answer, event_answer, figure_answer
from knowledge.finding.wanted import Found
from knowledge.records import Answer, Document, Entry, Event, Figure, Stance
from knowledge.text import fold, words
from tests.questions import natural

CUTOFF = 80.0
"""Points of 100 from which the rapidfuzz loops answer."""

COVERAGE = 0.7
"""Share of a question's weight that the best sentence must hold, for BM25 to answer. A lower gate answers more questions
right and more than as many wrong: at 0.5 it is 38 % and 23 %, at 0.7 28 % and 9 %."""

Record = Figure | Entry | Event | Document
Lookup = Callable[[str], Record | None]


@dataclass(frozen=True)
class Stored:
    """One stored question, folded, and what answers it."""

    key: str
    record: Record


def stored(base: KnowledgeBase) -> list[Stored]:
    """Each figure's natural question, each entry's title and questions, the names of events and documents."""
    texts: list[tuple[str, Record]] = [
        (natural(base.names, figure), figure) for figure in base.figures.values()
    ]
    for entry in base.entries.values():
        texts += [(text, entry) for text in (entry.title, *entry.questions)]
    for event in base.events.values():
        texts += [(text, event) for text in (event.name, *event.aliases)]
    for document in base.documents.values():
        title = f"{document.kind} {document.number}".strip()
        texts += [(text, document) for text in (title, document.title, *document.aliases)]
    return [Stored(fold(text), record) for text, record in texts if fold(text)]


def rapidfuzz_loop(rows: Sequence[Stored], scorer: Callable[..., float]) -> Lookup:
    """The best of all stored questions by one rapidfuzz scorer, if it reaches `CUTOFF`."""
    keys = [row.key for row in rows]

    def look_up(text: str) -> Record | None:
        best = process.extractOne(fold(text), keys, scorer=scorer, score_cutoff=CUTOFF)
        return rows[best[2]].record if best else None

    return look_up


def wratio(rows: Sequence[Stored]) -> Lookup:
    """`rapidfuzz.process.extractOne` with its usual scorer."""
    return rapidfuzz_loop(rows, fuzz.WRatio)


def token_set(rows: Sequence[Stored]) -> Lookup:
    """The same loop with `token_set_ratio`."""
    return rapidfuzz_loop(rows, fuzz.token_set_ratio)


def full_text(rows: Sequence[Stored]) -> Lookup:
    """SQLite FTS5 over a folded column: the question's words, each quoted, joined with OR; the first by bm25."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE stored USING fts5(key, tokenize = 'unicode61')")
    db.executemany("INSERT INTO stored (rowid, key) VALUES (?, ?)", enumerate(row.key for row in rows))
    db.commit()

    def look_up(text: str) -> Record | None:
        tokens = dict.fromkeys(words(fold(text)))
        if not tokens:
            return None
        query = " OR ".join(f'"{token}"' for token in tokens)
        found = db.execute(
            "SELECT rowid FROM stored WHERE stored MATCH ? ORDER BY rank LIMIT 1", [query]
        ).fetchone()
        return rows[found[0]].record if found else None

    return look_up


class Bm25:
    """Okapi BM25 (k1 = 1.2, b = 0.75) over words, with postings, and a gate on how much of the question is covered."""

    def __init__(self, rows: Sequence[Stored], coverage: float = COVERAGE) -> None:
        self._rows = rows
        self._coverage = coverage
        counts = [Counter(words(row.key)) for row in rows]
        lengths = [count.total() for count in counts]
        mean = sum(lengths) / max(1, len(lengths))
        postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, count in enumerate(counts):
            penalty = 1.2 * (0.25 + 0.75 * lengths[number] / mean)
            for word, times in count.items():
                postings[word].append((number, times * 2.2 / (times + penalty)))
        self._postings = dict(postings)
        self._weights = {
            word: math.log(1 + (len(rows) - len(found) + 0.5) / (len(found) + 0.5))
            for word, found in postings.items()
        }
        self._unknown = math.log(1 + 2 * len(rows))

    def __call__(self, text: str) -> Record | None:
        """The record of the best stored question, if it covers enough of `text`."""
        tokens = list(dict.fromkeys(words(fold(text))))
        scores: defaultdict[int, float] = defaultdict(float)
        for word in tokens:
            for number, share in self._postings.get(word, ()):
                scores[number] += share * self._weights[word]
        if not scores:
            return None
        best = max(scores, key=lambda number: (scores[number], -number))
        held = set(words(self._rows[best].key))
        weight = {word: self._weights.get(word, self._unknown) for word in tokens}
        covered = sum(weight[word] for word in tokens if word in held)
        return self._rows[best].record if covered >= self._coverage * sum(weight.values()) else None


BASELINES: dict[str, Callable[[Sequence[Stored]], Lookup]] = {
    f"rapidfuzz `WRatio` ≥ {CUTOFF:.0f}, all sentences": wratio,
    f"rapidfuzz `token_set_ratio` ≥ {CUTOFF:.0f}, all sentences": token_set,
    "SQLite FTS5, folded, OR, bm25": full_text,
    f"BM25, coverage ≥ {COVERAGE:.1f}": Bm25,
}


def answer(base: KnowledgeBase, record: Record | None, today: date) -> Answer:
    """The answer that the assistant itself would make of a record, so that only the finding differs."""
    if record is None:
        return Answer(status="no_answer", kind="help", as_of=today)
    if isinstance(record, Figure):
        return figure_answer(base, Found(lead=record), today)
    if isinstance(record, Entry):
        stance = cast("Stance | None", record.stance or None)
        return entry_answer(base, record, today, stance)
    if isinstance(record, Document):
        return document_answer(base, (record,), today)
    return event_answer(base, (record,), today, "")
