"""What a user takes away: figures with everything that belongs beside them in a table, and a reference that reopens an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.base import KnowledgeBase
from knowledge.finding.answer import region_warnings, warnings_for
from knowledge.records import Answer, Taken
from knowledge.telling.names import figure_question

MOST_REFERENCE = 64
"""Characters of a reference: a start parameter of a link to a bot may have no more."""

_REFERENCE = re.compile(r"([fedv])_([a-z0-9-]{1,62})")


def taken(base: KnowledgeBase, ids: Iterable[str]) -> list[Taken]:
    """The figures with these ids that the base still holds, each once, in the order given."""
    rows = [base.figures[one] for one in dict.fromkeys(ids) if one in base.figures]
    return [
        Taken(row, base.sources[row.source], (*warnings_for(base, [row]), *region_warnings(base, row)))
        for row in rows
    ]


def figures_of(answer: Answer) -> tuple[str, ...]:
    """Ids of the figures that an answer tells, the lead first; what is merely near is not among them."""
    if answer.status != "answered":
        return ()
    told = [row for one in (answer, *answer.then) for row in (*one.figures, *one.companions)]
    return tuple(dict.fromkeys(row.id for row in told))


def reference_of(answer: Answer) -> str:
    """A short text from which `question_of` finds the question again; empty where the answer has no one object."""
    lead = (
        [f"f_{answer.figures[0].id}"] if answer.kind == "figure" and answer.figures else [],
        [f"e_{entry.id}" for entry in answer.entries[:1]],
        [f"d_{document.id}" for document in answer.documents[:1]],
        [f"v_{event.id}" for event in answer.events[:1]],
    )
    found = next((one for kind in lead for one in kind), "") if answer.status == "answered" else ""
    return found if _REFERENCE.fullmatch(found) and len(found) <= MOST_REFERENCE else ""


def question_of(base: KnowledgeBase, reference: str) -> str:
    """The question in full words that a reference stands for; empty where there is no such thing (any more)."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return ""
    kind, id_ = match[1], match[2]
    if kind == "f" and id_ in base.figures:
        return figure_question(base.names, base.figures[id_])
    if kind == "e" and id_ in base.entries:
        return base.entries[id_].title
    if kind == "d" and id_ in base.documents:
        document = base.documents[id_]
        return f"{document.kind} {document.number}".strip() if document.number else document.title
    return base.events[id_].name if kind == "v" and id_ in base.events else ""
