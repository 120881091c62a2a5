"""What follows for a new row from what was given: its id, the fields that others decide, those that are always the same;
of a level of support its activity, by its name."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any

from knowledge.records import SupportLevel
from knowledge.text import fold, words

NATIONAL = "national"
WORDS_OF_ID = 8
FIXED: Mapping[str, Mapping[str, str]] = {
    "sources": {"kind": "news", "rank": "3"},
    "support_levels": {"scope": NATIONAL, "status": "in_force"},
    "documents": {"status": "in_force"},
}
"""What a new row is unless it says something else."""


def free(name: str, taken: Container[str]) -> str:
    """The name, numbered where it is taken."""
    number, id_ = 1, name
    while id_ in taken:
        number += 1
        id_ = f"{name}-{number}"
    return id_


def figure_name(cells: Mapping[str, Any], *more: str) -> str:
    """An id made of the slots of a figure, and of the columns in `more`."""
    slots = ("indicator", "measure", "of", "programme", "region", "period", "round", *more)
    parts = (str(cells.get(slot, "")).lower() for slot in slots)
    return re.sub(r"[^a-z0-9_]+", "-", "-".join(filter(None, parts))).strip("-")


def row_name(table: str, row: Mapping[str, Any]) -> str:
    """An id made of what a row is called; but for documents also of its year."""
    said = fold(str(row.get("number") or row.get("name") or row.get("title") or ""))
    words = re.findall(r"[a-z0-9]+", said)
    if table != "documents":
        words = words[:WORDS_OF_ID]
        year = next((str(row[one])[:4] for one in ("valid_from", "date", "published_on") if row.get(one)), "")
        words += [year] if year and year not in words else []
    return "-".join(words) or table


def completed(
    table: str, row: Mapping[str, Any], name: str, levels: Iterable[SupportLevel]
) -> dict[str, Any]:
    """The row with what follows from the rest. `name`: its id, of which a level of no known activity makes one."""
    if table == "support_levels":
        activity = activity_of(str(row.get("name", "")), levels)[0] or re.sub(r"-(?:19|20)\d\d$", "", name)
        return {
            **dict.fromkeys(("percent", "cap", "valid_from", "valid_to"), ""),
            "activity": activity,
            **row,
        }
    if table == "documents":
        return {"number": "", "kind": "Văn bản", **row}
    if table == "events":
        return {"year": str(row.get("date", ""))[:4], **row}
    if table == "entries":
        return {"status": "stated" if row.get("kind") == "assessment" else "in_force", **row}
    return dict(row)


SAME, WITHIN = 1000, 100
"""Scores of two names that are one, and of one name within the other; beside them shared words count one each."""
COVERED, SHARED = 0.4, 0.6
"""Share of a name that a name within it must cover; share of the longer name's words that two names must have in common."""


def likeness(name: str, level: SupportLevel) -> int:
    """How much a name is one of a level's: `SAME`, `WITHIN` and more, the number of shared words, or 0."""
    said = words(fold(name))
    return max(_likeness(said, words(fold(one))) for one in (level.name, *level.aliases))


def _likeness(said: Sequence[str], called: Sequence[str]) -> int:
    if list(said) == list(called):
        return SAME
    short, long = sorted((said, called), key=len)
    if len(short) >= COVERED * len(long) and f" {' '.join(short)} " in f" {' '.join(long)} ":
        return WITHIN + len(short)
    shared = len(set(said) & set(called))
    return shared if shared >= SHARED * len(set(long)) else 0


def activity_of(name: str, levels: Iterable[SupportLevel]) -> tuple[str, int]:
    """The one activity that a name is most like, and how much; empty where two are as like as each other."""
    scores: dict[str, int] = {}
    for one in levels:
        if one.scope == NATIONAL:
            scores[one.activity] = max(scores.get(one.activity, 0), likeness(name, one))
    best = max(scores.values(), default=0)
    found = [activity for activity, score in scores.items() if score == best]
    return (found[0], best) if best and len(found) == 1 else ("", 0)
