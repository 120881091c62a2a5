"""What is said of each number of a checked passage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowledge.records import Figure
from knowledge.stated import Judgement, Stated
from knowledge.telling import formats
from knowledge.telling.names import MEASURES, PROGRAMME_SHORT, period_name, region_name
from knowledge.telling.sentences import tables

_MARKS = {"match": "✅", "rounded": "✅", "misprint": "⚠️", "differs": "❌", "unknown": "➖"}
_ORDER = ("differs", "misprint", "match", "rounded", "unknown")
_SLOTS: dict[str, str] = tables("answers")["slots"]
_AGAINST: dict[str, str] = tables("answers")["against"]


def tally(judgements: Sequence[Judgement]) -> str:
    """The totals, first of all: "5 số: 4 khớp, 1 lệch"."""
    counted = {
        "khớp": sum(one.outcome in ("match", "rounded") for one in judgements),
        "lệch": sum(one.outcome == "differs" for one in judgements),
        "khớp số in nhưng nguồn có thể in nhầm": sum(one.outcome == "misprint" for one in judgements),
        "chưa có số để đối chiếu": sum(one.outcome == "unknown" for one in judgements),
    }
    parts = [f"{count} {name}" for name, count in counted.items() if count]
    return f"{len(judgements)} số: {', '.join(parts)}"


def judged(judgement: Judgement, names: Mapping[str, str], sources: Sequence[str]) -> str:
    """One number: mark, as it was printed, what it is of, and what the base holds.

    `sources`: ids of the sources in the order in which they are cited.
    """
    stated, figure = judgement.stated, judgement.figure
    head = f"{_MARKS[judgement.outcome]} {stated.as_printed}"
    if judgement.outcome == "unknown" or figure is None:
        return f"{head}: {_why_unknown(stated, names)}"
    cited = [*sources].index(figure.source) + 1 if len(sources) > 1 and figure.source in sources else 0
    whose = f"nguồn {cited}" if cited else "nguồn"
    told = f"{head}: {slots(stated, names)}"
    if judgement.outcome == "differs":
        shown = formats.amount(figure)
        full = "" if shown == figure.as_printed else f" ({shown})"
        told = f"{told}. Lệch, {whose} in “{figure.as_printed}”{full}"
    elif judgement.outcome == "rounded":
        told = f"{told}. Khớp khi làm tròn, {whose} in “{figure.as_printed}”"
    elif judgement.outcome == "misprint":
        told = f"{told}. Đúng như {whose} in, nhưng {_doubt(figure)}"
    elif cited:
        told = f"{told} ({whose})"
    return f"{told}. Nguồn khác in “{judgement.other.as_printed}”" if judgement.other else told


def ordered(judgements: Sequence[Judgement]) -> list[Judgement]:
    """What needs a look comes first, what could not be checked last; each group in the order of the text."""
    return sorted(judgements, key=lambda one: _ORDER.index(one.outcome))


def slots(stated: Stated | Figure, names: Mapping[str, str]) -> str:
    """What a figure is, in words: indicator, measure, programme, region, period."""
    parts = []
    if stated.indicator and stated.indicator != "kinh-phi":
        name = names.get(stated.indicator, stated.indicator)
        parts.append(name[:1].lower() + name[1:])
    if stated.measure in ("rate", "share", "change"):
        of = MEASURES.get(stated.of, "")
        what = {"rate": "tỷ lệ", "share": "tỷ trọng", "change": "mức tăng, giảm"}[stated.measure]
        parts.append(" ".join(part for part in (what, of, _AGAINST.get(stated.against, "")) if part))
    elif stated.measure and stated.measure != "count":
        allocation = f" đợt {stated.round}" if stated.round else ""
        parts.append(MEASURES.get(stated.measure, stated.measure) + allocation)
    programme = PROGRAMME_SHORT.get(stated.programme, stated.programme)
    if programme and not (stated.measure == "count" and stated.programme == "total"):
        parts.append(programme)
    if stated.region:
        parts.append(region_name(names, stated.region))
    if stated.period:
        parts.append(period_name(stated.period))
    return " · ".join(parts)


def open_slots(stated: Stated) -> str:
    """The slots that a passage leaves open, in words."""
    return ", ".join(_SLOTS[slot] for slot in _SLOTS if slot in stated.unsure)


def _why_unknown(stated: Stated, names: Mapping[str, str]) -> str:
    if stated.unsure:
        return f"chưa đối chiếu, đoạn này chưa cho biết rõ {open_slots(stated)}"
    return f"{slots(stated, names)}. Chưa có số để đối chiếu"


def _doubt(figure: Figure) -> str:
    if figure.likely_period:
        return f"nhiều khả năng là số của {period_name(figure.likely_period)}"
    if figure.likely_value is not None and figure.unit == "VND":
        return f"nhiều khả năng đúng là {formats.money(figure.likely_value)}"
    if figure.likely_value is not None:
        return f"tính lại được {formats.percent(figure.likely_value)}"
    return "nguồn có thể in nhầm"
