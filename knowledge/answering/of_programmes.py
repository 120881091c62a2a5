"""What a question that names the document of a programme leaves unsaid: its period and its place."""

from __future__ import annotations

from dataclasses import replace

from knowledge.base import KnowledgeBase
from knowledge.finding.documents import DocumentIndex
from knowledge.finding.wanted import NATION, Wanted
from knowledge.reading.question import Question, Reader
from knowledge.text import fold


class OfProgrammes:
    """Reads the times of programmes in the titles of the documents of one base."""

    def __init__(self, base: KnowledgeBase, reader: Reader) -> None:
        self._documents = DocumentIndex(base.documents.values())
        self._reader = reader

    def completed(self, question: Question, wanted: Wanted) -> Wanted:
        """The same search with the period and the place of the one document that is named, where the question asks for a
        number and names no time; of what was aimed at where no result is asked for."""
        if wanted.periods or not question.amount or len(question.documents) != 1:
            return wanted
        ref = question.documents[0]
        exact = self._documents.find(ref.number, ref.year, ref.kind).exact
        title = self._reader.annotated(fold(exact[0].title)) if len(exact) == 1 else None
        periods = title.values("period") if title is not None else ()
        if title is None or len(periods) != 1 or not title.has("programme", "KCQG"):
            return wanted
        return replace(
            wanted,
            periods=periods,
            until=title.has("until"),
            regions=wanted.regions or (NATION,),
            planned=wanted.planned or not wanted.done,
        )
