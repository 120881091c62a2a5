"""Which document a number names: equality of number, year and kind; a near miss is corrected, never silently matched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from knowledge.records import Document
from knowledge.telling.names import DOCUMENT_KINDS
from knowledge.text import fold

_SHORT = {fold(name): kind for kind, name in DOCUMENT_KINDS.items() if kind}


@dataclass(frozen=True, slots=True)
class DocumentsFound:
    """`exact`: documents with just this number, year and kind. `near`: the same number of another year or kind."""

    exact: tuple[Document, ...]
    near: tuple[Document, ...]


def _one_slip(one: int, other: int) -> bool:
    """Two numbers that differ by one typing slip (a digit wrong, or two swapped)."""
    return len(str(one)) >= 2 and OSA.distance(str(one), str(other)) == 1


class DocumentIndex:
    """Documents by number."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._by_number: defaultdict[int, list[tuple[Document, str, str]]] = defaultdict(list)
        self._all: list[tuple[Document, int, str, str]] = []
        for document in documents:
            number, _, rest = document.number.partition("/")
            if number.isdecimal():
                kind = _SHORT.get(fold(document.kind), "")
                year = rest[:4] if rest[:4].isdecimal() else document.issued_on[:4]
                self._by_number[int(number)].append((document, year, kind))
                self._all.append((document, int(number), year, kind))

    def find(self, number: int, year: str, kind: str) -> DocumentsFound:
        """Documents for a number as typed; empty `year` and `kind` match any."""
        rows = self._by_number.get(number, [])
        exact = [
            d
            for d, y, k in rows
            if (not year or y == year)
            and (not kind or k == kind or (kind == "tt" and k == "ttlt" and not year))
        ]
        if kind == "tt" and any(k == "tt" for d, y, k in rows if d in exact):
            exact = [d for d, y, k in rows if d in exact and k == "tt"]
        near = [d for d, _, _ in rows if d not in exact]
        if not exact:
            near += [
                d
                for d, n, y, k in self._all
                if d not in near
                and (not kind or k == kind)
                and (not year or y == year)
                and _one_slip(n, number)
            ]
        if not exact and year:
            near += [
                d
                for d, n, y, k in self._all
                if y == year
                and k == kind
                and d not in near
                and (abs(n - number) <= 2 or str(n) in str(number) or str(number) in str(n))
            ]
        return DocumentsFound(tuple(exact), tuple(near))
