"""Two sources, one slot, two values: both are kept, and one leads by a rule that can be said.

A row without a probable misprint leads over one with; then the better rank (text of law, state body, news, mirror);
then the later publication; within one source what is printed first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from knowledge.base import ONE_VALUE, TOLD_BY_LABEL, KnowledgeBase
from knowledge.records import Figure, Note

_SLOT: Callable[[Figure], tuple[str, ...]] = attrgetter(*ONE_VALUE)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Figures of one slot, the lead first. `rule`: why it leads (`misprint`, `rank`, `date`, `order`)."""

    figures: tuple[Figure, ...]
    rule: str

    @property
    def differs(self) -> bool:
        """Whether they are printed as different numbers."""
        return any(disagree(self.figures[0], other) for other in self.figures[1:])


def slot(figure: Figure) -> tuple[str, ...]:
    """What a figure answers."""
    return _SLOT(figure)


def disagree(one: Figure, other: Figure) -> bool:
    """Whether two figures of a slot are printed as different numbers."""
    return (one.value, one.value_max) != (other.value, other.value_max)


def in_order(base: KnowledgeBase, rows: Sequence[Figure]) -> list[Figure]:
    """Rows of one slot by the rule, the lead first."""
    newest = sorted(rows, key=lambda row: _published(base, row), reverse=True)
    return sorted(newest, key=lambda row: (row.likely_value is not None, _rank(base, row)))


def rule(base: KnowledgeBase, lead: Figure, other: Figure) -> str:
    """Why `lead` leads over `other`."""
    if (lead.likely_value is None) != (other.likely_value is None):
        return "misprint"
    if _rank(base, lead) != _rank(base, other):
        return "rank"
    return "date" if _published(base, lead) != _published(base, other) else "order"


def conflicts(base: KnowledgeBase) -> Iterator[Conflict]:
    """Every slot for which the base has more than one figure."""
    slots: defaultdict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in base.figures.values():
        if figure.measure not in TOLD_BY_LABEL:
            slots[slot(figure)].append(figure)
    for rows in slots.values():
        if len(rows) > 1:
            lead, *others = in_order(base, rows)
            yield Conflict((lead, *others), rule(base, lead, others[0]))


def disagreement(base: KnowledgeBase, lead: Figure, others: Sequence[Figure]) -> tuple[Note, ...]:
    """To be told with `lead`: that other sources print another number, and why it leads."""
    differing = [row for row in others if slot(row) == slot(lead) and disagree(lead, row)]
    differing = [row for row in differing if row.source != lead.source or row.likely_value is None]
    if not differing:
        return ()
    source = base.sources.get(lead.source)
    values = {"rule": rule(base, lead, differing[0]), "source": source.publisher if source else ""}
    return (Note("sources_differ", values),)


def _rank(base: KnowledgeBase, row: Figure) -> int:
    source = base.sources.get(row.source)
    return source.rank if source else 9


def _published(base: KnowledgeBase, row: Figure) -> str:
    source = base.sources.get(row.source)
    return source.published_on if source else ""
