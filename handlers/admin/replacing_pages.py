"""What a whole new table of levels would do, and what is to be reviewed after it, held against one base."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from db.replacing import TABLE, Changed, quotes, replaced
from knowledge.base import KnowledgeBase
from knowledge.changes import Plan, Quote, Replaced
from knowledge.telling.replacing_texts import levels_html, replacing_text


def replacing_html(plan: Plan, answers: Mapping[str, str], base: KnowledgeBase) -> list[str]:
    """The preview of a table of levels, as Telegram HTML in parts."""
    pairs = replaced(plan.steps, base.levels)
    ended = {one.old.id for one in pairs if one.old is not None}
    edited = [
        one.row
        for one in plan.changed
        if one.table == TABLE
        and one.row not in ended
        and base.levels[one.row].valid_from == answers["valid_from"]
    ]
    parts = levels_html(pairs, edited, plan.problems, answers, base)
    count = len(quoting(plan.steps, base)[1])
    return [*parts, replacing_text("quoting", count=count)] if count else parts


def quoting(rows: Iterable[Changed], base: KnowledgeBase) -> tuple[list[Replaced], list[Quote]]:
    """The levels that a change set begins, and what quotes those that it ends."""
    pairs = replaced(rows, base.levels)
    return pairs, quotes(pairs, base.levels.values(), base.entries.values(), base.documents)
