"""Figures of one slot: two sources may print one value, or two; which they do is written down as a relation `same`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from db.errors import Problem
from db.files import Content, Row
from knowledge.base import ONE_VALUE, TOLD_BY_LABEL
from knowledge.records import Figure


def slot(figure: Figure) -> tuple[str, ...]:
    """The question that a figure answers."""
    return tuple(getattr(figure, column) for column in ONE_VALUE)


def of_one_slot(figures: Sequence[Figure]) -> bool:
    """Whether all answer one question: what differs between them is then told with the answer, without a warning."""
    return len({slot(figure) for figure in figures}) == 1


def undeclared(content: Content) -> Iterator[Problem]:
    """Figures that share a slot though no relation `same` names them together."""
    declared = [set(row.record.operands) for row in content["relations"] if row.record.kind == "same"]
    slots: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in content["figures"]:
        if row.record.measure not in TOLD_BY_LABEL:
            slots[slot(row.record)].append(row)
    for rows in slots.values():
        ids = [row.record.id for row in rows]
        if len(ids) > 1 and not any(set(ids) <= one for one in declared):
            yield Problem(
                rows[-1].file,
                rows[-1].line,
                f"{', '.join(ids)} cùng một ô; nếu là hai nguồn thì ghi một quan hệ same cho chúng, không thì bỏ bớt",
            )
