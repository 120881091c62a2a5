"""Scores of `finding.entries.Match`, 0..1, from which a text is told where a document, an event or a good is asked about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Chosen on the golden questions."""

    answer: float = 0.5
    """An entry speaks of what is asked."""
    sure: float = 0.8
    """The words are nearly those of a stored question."""
    nearly_exact: float = 0.9
    """The words differ from a stored question by a slip."""
    document_entry: float = 0.45
    """An entry that cites the document that is named is told instead of the document's card."""
    document_title: float = 0.72
    """Such an entry is told although words beside the document's name fit another better."""


THRESHOLDS = Thresholds()
