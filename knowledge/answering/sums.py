"""What the parts of an answer add up to, and which part of a total each is: computed, and said to be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from knowledge.answering.pieces import case, pieces, programme_of
from knowledge.finding.companions import PARTS
from knowledge.finding.wanted import FUNDING
from knowledge.language.spans import Reading
from knowledge.reading.question import Question, Reader
from knowledge.records import Figure, Note
from knowledge.telling.names import PROGRAMME_SHORT


def own_sum(rows: Sequence[Figure]) -> tuple[Note, ...]:
    """What both programmes add up to where no source prints their total."""
    for one, two in combinations(rows, 2):
        both = {one.programme, two.programme} == set(PARTS) and one.indicator == two.indicator == FUNDING
        if both and case(one) == case(two) and not any(_is_total(row, one) for row in rows):
            return (Note("own_sum", {"sum": f"money:{round(one.value + two.value)}"}),)
    return ()


def asks_share(piece: Reading) -> bool:
    """Whether a percent of one programme is asked for, not of a plan."""
    of_plan = piece.has("measure") or piece.has("role", "each") or piece.has("operator", "each")
    return piece.has("asks", "percent") and piece.has("programme", *PARTS) and not of_plan


def shares_of(reader: Reader, question: Question, rows: Sequence[Figure]) -> Iterator[Note]:
    """Which part of the total a programme is of which a percent is asked beside both of them."""
    for piece in filter(asks_share, pieces(reader, question.reading)):
        for row in rows:
            whole = next((one for one in rows if _is_total(one, row) and case(one) == case(row)), None)
            if whole is not None and row.programme == programme_of(piece):
                percent = f"percent:{100 * row.value / whole.value:.1f}"
                yield Note("part_share", {"programme": PROGRAMME_SHORT[row.programme], "share": percent})


def _is_total(row: Figure, part: Figure) -> bool:
    return row.programme == "total" and (row.indicator, row.measure) == (part.indicator, part.measure)
