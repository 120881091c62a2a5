"""The list of conflicts for whoever keeps the content: which figure leads in a slot, which others there are, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from knowledge.records import Figure, Source
from knowledge.telling import formats
from knowledge.telling.names import figure_subject, period_name, region_name
from knowledge.telling.notes import LEAD_RULES

Row = tuple[Sequence[Figure], str]
"""Figures of one slot, the lead first, and the rule by which it leads."""


def lines(found: Sequence[Row], names: Mapping[str, str], sources: Mapping[str, Source]) -> Iterator[str]:
    """One block for each slot, and how many there are."""
    for figures, rule in found:
        lead = figures[0]
        place = region_name(names, lead.region)
        yield f"{figure_subject(names, lead)} · {place[:1].upper()}{place[1:]} · {period_name(lead.period)}"
        yield f"  dẫn: {_line(lead, sources)}"
        yield from (f"  còn: {_line(other, sources)}" for other in figures[1:])
        yield f"  vì: số {LEAD_RULES[rule]}"
    yield f"{len(found)} ô"


def _line(figure: Figure, sources: Mapping[str, Source]) -> str:
    source = sources[figure.source]
    told = (source.publisher or source.title, formats.day(source.published_on))
    return f"{formats.amount(figure)} ({figure.id}; {', '.join(part for part in told if part)}; hạng {source.rank})"
