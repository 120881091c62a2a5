"""What belongs beside a figure: plan, actual and rate of its slot, the two programmes of a total, the count of a region anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from knowledge.base import KnowledgeBase
from knowledge.finding.conflicts import slot
from knowledge.finding.regrouped import counted_again, of_old_provinces
from knowledge.finding.wanted import AMOUNTS, FUNDING, NATION
from knowledge.records import Figure
from knowledge.text import fold, words

SCHEMES = ("de-an", "dia-phuong-duoc-giao", "don-vi-duoc-giao")
"""Counts that are told together with the money they share."""

PARTS = ("KCQG", "KCDP")
"""The two programmes of which a total is made."""


MOST_ALSO = 4
"""Figures that are told beside others without having been read as asked for."""
LEAST_WORD = 4
"""Letters of a word by which such a figure is called."""


def companions(base: KnowledgeBase, lead: Figure) -> list[Figure]:
    """What belongs beside a figure, each once."""
    rows = [*_own(base, lead), *counted_again(base, lead), *of_old_provinces(base, lead)]
    return list({row.id: row for row in rows if slot(row) != slot(lead)}.values())


def also_printed(base: KnowledgeBase, said: Iterable[str], told: Sequence[Figure]) -> list[Figure]:
    """What the source of the lead prints beside it for the same place and time, without what is told: all of it where that
    is little, else what is called by one of the words that were `said`."""
    lead, have = told[0], {slot(row) for row in told}
    rows = {
        slot(row): row
        for row in base.select(region=lead.region, period=lead.period)
        if slot(row) not in have and row.source == lead.source and row.likely_value is None
    }
    either = (lead.programme, "total", "")
    rest = [row for row in rows.values() if row.programme in either or lead.programme in either[1:]]
    if len(rest) <= MOST_ALSO:
        return rest
    heard = {word for word in said if len(word) >= LEAST_WORD} - _called(base, lead)
    return [row for row in rest if heard & _called(base, row)][:MOST_ALSO]


def of_one_time(rows: Sequence[Figure]) -> bool:
    """Whether figures are all of one place and time."""
    return len({(row.region, row.period) for row in rows}) == 1


def _called(base: KnowledgeBase, figure: Figure) -> set[str]:
    return set(words(fold(f"{base.indicators[figure.indicator].name} {figure.label}")))


def _own(base: KnowledgeBase, lead: Figure) -> list[Figure]:
    """The money of schemes that are counted; of money its plan, what was done of it, its rate, and its two parts."""
    same = _beside(base, lead)
    if lead.indicator in SCHEMES and lead.programme:
        given = ("plan", "allocated")
        return [row for row in same if row.programme == lead.programme and row.measure in given]
    if lead.indicator != FUNDING:
        return []
    same = [row for row in same if row.likely_value is None]
    picked = [row for row in (*same, *_of_whole_year(base, lead)) if _of_slot(row, lead)]
    picked += [row for row in same if _is_part(row, lead)]
    picked += _whole(base, lead) if lead.measure == "share" else []
    return list({row.id: row for row in picked}.values())


def _is_part(row: Figure, lead: Figure) -> bool:
    """Whether a row is of one of the two programmes of the total that `lead` tells, or the share beside that share."""
    if row.programme not in PARTS:
        return False
    if lead.programme == "total" and lead.measure in AMOUNTS:
        return lead.measure == (row.of if row.measure == "share" else row.measure)
    of_share = (row.measure, row.of, row.against) == ("share", lead.of, lead.against)
    return lead.measure == "share" and lead.programme in PARTS and of_share


def _whole(base: KnowledgeBase, lead: Figure) -> list[Figure]:
    """The sum of which a share is, as its source prints it: the nation's of the same programme, or that of both."""
    national = lead.against == "national"
    rows = base.select(
        indicator=FUNDING,
        measure=lead.of,
        programme=lead.programme if national else "total",
        region=NATION if national else lead.region,
        period=lead.period,
    )
    return [row for row in rows if row.source == lead.source]


def _beside(base: KnowledgeBase, lead: Figure) -> list[Figure]:
    """The other money of the place and time of a figure that its source prints."""
    rows = base.select(indicator=FUNDING, region=lead.region, period=lead.period)
    return [row for row in rows if row.id != lead.id and row.source == lead.source]


def _of_whole_year(base: KnowledgeBase, lead: Figure) -> list[Figure]:
    """The plan of the year of which a figure tells a part, or what was done in the first half of the year that is planned."""
    if _is_part_of_year(lead.period) and lead.measure in ("actual", "estimate", "rate"):
        plans = base.select(indicator=FUNDING, region=lead.region, period=lead.period[:4], measure="plan")
        return [row for row in plans if row.source == lead.source]
    if lead.period.isdecimal() and lead.measure == "plan":
        done = ("estimate", "actual")
        return base.select(indicator=FUNDING, region=lead.region, period=f"{lead.period}-H1", measure=done)
    return []


def _of_slot(row: Figure, lead: Figure) -> bool:
    """Whether a row of the programme of `lead` tells its plan, what was done or its rate; beside a rate, share or change
    what it is of."""
    if row.programme != lead.programme:
        return False
    if lead.measure in AMOUNTS:
        return row.measure in (*AMOUNTS, "rate", "change")
    return row.measure == lead.of or (row.measure == "plan" and lead.measure != "share")


def _is_part_of_year(period: str) -> bool:
    """Whether a period is a half, a quarter or some months of a year, not several years."""
    part = period.partition("-")[2]
    return bool(part) and not part.replace("-", "").isdecimal()
