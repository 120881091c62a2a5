"""Which document a number names: equality of number, year and kind; a near miss is corrected, never silently matched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from knowledge.records import Document
from knowledge.telling.names import DOCUMENT_KINDS
from knowledge.text import fold

KINDS = {fold(name): kind for kind, name in DOCUMENT_KINDS.items() if kind}
"""The short form of each kind of document, by its folded name."""


@dataclass(frozen=True, slots=True)
class DocumentsFound:
    """`exact`: documents with just this number, year and kind. `near`: the same number of another year or another kind."""

    exact: tuple[Document, ...]
    near: tuple[Document, ...]


def _one_slip(one: int, other: int) -> bool:
    """Two numbers that differ by one typing slip (a digit wrong, or two swapped)."""
    return len(str(one)) >= 2 and OSA.distance(str(one), str(other)) == 1


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A document with the number, the year and the kind (`nd`, `tt`, …) of what it is called."""

    document: Document
    number: int
    year: str
    kind: str

    def fits(self, year: str, kind: str) -> bool:
        """Whether it may be meant by a year and a kind; an empty one fits any."""
        return year in ("", self.year) and kind in ("", self.kind)


class DocumentIndex:
    """Documents by number."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._rows = list(_numbered(documents))

    def find(self, number: int, year: str, kind: str) -> DocumentsFound:
        """Documents for a number as typed; empty `year` and `kind` match any. A circular may be a joint one where no other
        has its number."""
        same = [one for one in self._rows if one.number == number]
        exact = [one for one in same if one.fits(year, kind)]
        if kind == "tt" and not (exact or year):
            exact = [one for one in same if one.kind == "ttlt"]
        near = [one for one in same if one not in exact and (one.fits(year, "") or one.fits("", kind))]
        if not exact:
            slips = (one for one in self._rows if one.fits(year, kind) and _one_slip(one.number, number))
            near += [one for one in slips if one not in near]
        return DocumentsFound(_documents(exact), _documents(near))


def _numbered(documents: Iterable[Document]) -> Iterator[_Numbered]:
    for document in documents:
        number, _, rest = document.number.partition("/")
        if number.isdecimal():
            year = rest[:4] if rest[:4].isdecimal() else document.issued_on[:4]
            yield _Numbered(document, int(number), year, KINDS.get(fold(document.kind), ""))


def _documents(rows: Iterable[_Numbered]) -> tuple[Document, ...]:
    return tuple(one.document for one in rows)
