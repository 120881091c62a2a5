"""The lines of a figure's answer: the value and what it is, with its rate and its two programmes, in a report's words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from knowledge.records import Figure
from knowledge.telling import formats
from knowledge.telling.names import (
    MEASURES,
    PROGRAMME_SHORT,
    PROGRAMMES,
    figure_subject,
    period_name,
    region_name,
)

_LABELS = {
    "plan": "kế hoạch",
    "actual": "thực hiện",
    "estimate": "ước thực hiện",
    "allocated": "được phân bổ",
}
MOST_BESIDE = 2
"""Companions that are seen at once beside a rate or a share."""


def what(figure: Figure, names: Mapping[str, str]) -> str:
    """What a figure counts, inside a sentence: "thực hiện, tổng hai nguồn"."""
    if _is_money(figure):
        programme = PROGRAMMES[figure.programme]
        return (
            f"{_LABELS[figure.measure]}, {programme}" if programme else f"kinh phí {_LABELS[figure.measure]}"
        )
    return lower_first(figure_subject(names, figure))


def slots(figure: Figure, names: Mapping[str, str]) -> str:
    """What, where, when: "thực hiện, tổng hai nguồn, phía Bắc, năm 2023"."""
    return ", ".join((what(figure, names), region_name(names, figure.region), period_name(figure.period)))


def value(figure: Figure) -> str:
    """The value alone, as a sentence begins: "176,4 tỷ đồng", "Giảm 8,5%"."""
    shown = formats.amount(figure)
    return shown[:1].upper() + shown[1:]


def beside(lead: Figure, companions: Sequence[Figure]) -> str:
    """The rest of the first line: how much of the plan, or what became of the plan. Empty where nothing belongs there."""
    if lead.indicator != "kinh-phi" or lead.measure not in _LABELS:
        return ""
    own = [row for row in companions if (row.programme, row.region) == (lead.programme, lead.region)]
    rate = next(
        (
            row
            for row in own
            if row.measure == "rate" and row.of == lead.measure and row.period == lead.period
        ),
        None,
    )
    plan = next((row for row in own if row.measure == "plan"), None)
    if lead.measure != "plan":
        year = "" if plan is None or plan.period == lead.period else f" {period_name(plan.period)}"
        if rate is not None and plan is not None:
            return f" (đạt {formats.amount(rate)} kế hoạch{year} {formats.amount(plan)})"
        if rate is not None:
            return f" (đạt {formats.amount(rate)} kế hoạch)"
        return f" (kế hoạch{year} {formats.amount(plan)})" if plan is not None else ""
    return _of_plan(lead, own)


def _of_plan(lead: Figure, own: Sequence[Figure]) -> str:
    parts = []
    change = next((row for row in own if row.measure == "change" and row.of == "plan"), None)
    if change is not None:
        parts.append(f"{formats.amount(change)} so với năm trước")
    for measure in ("actual", "allocated"):
        done = next((row for row in own if row.measure == measure and row.period == lead.period), None)
        if done is not None:
            its_rate = next((row for row in own if row.measure == "rate" and row.of == measure), None)
            tail = f", đạt {formats.amount(its_rate)}" if its_rate is not None else ""
            parts.append(f"{_LABELS[measure]} {formats.amount(done)}{tail}")
    return f" ({'; '.join(parts)})" if parts else ""


def lines(
    lead: Figure, companions: Sequence[Figure], names: Mapping[str, str], said: str, asked: Sequence[str] = ()
) -> tuple[list[str], list[str]]:
    """The bullets that are seen at once, and those behind "Xem thêm"; `said`: what the first line took up (`beside`).

    Seen are the two programmes of a total, the amounts of which a rate, a share or a change is made, and what was `asked` for.
    """
    above: list[str] = []
    rest = [row for row in companions if not said or formats.amount(row) not in said]
    if lead.programme == "total" and lead.measure in _LABELS:
        above, told = _programmes(lead, rest)
        rest = [row for row in rest if row not in told]
    elif lead.measure in ("rate", "share", "change"):
        above, told = _made_of(lead, rest, names)
        rest = [row for row in rest if row not in told]
    told_of: defaultdict[str, list[Figure]] = defaultdict(list)
    for row in rest:
        if row.id in asked:
            told_of[_called(row, lead, names)].append(row)
    above += [f"{name}: {_amounts(rows)}" for name, rows in told_of.items()]
    return above, [_named(row, lead, names) for row in rest if row.id not in asked]


def _made_of(
    lead: Figure, rows: Sequence[Figure], names: Mapping[str, str]
) -> tuple[list[str], list[Figure]]:
    """A line on each amount of which a percent is made, the sum of which a share is last; and the figures so told."""
    own = [row for row in rows if _same_slot(row, lead) and row.measure in _LABELS][:MOST_BESIDE]
    wholes = [row for row in rows if row not in own and _is_whole(row, lead)][:1]
    found = [f"{MEASURES[row.measure].capitalize()}: {formats.amount(row)}" for row in own]
    return found + [_named(row, lead, names) for row in wholes], own + wholes


def _programmes(lead: Figure, rows: Sequence[Figure]) -> tuple[list[str], list[Figure]]:
    """A line on each programme of a total with its share, and the figures that these lines tell."""
    found: list[str] = []
    told: list[Figure] = []
    for programme in ("KCQG", "KCDP"):
        own = [row for row in rows if (row.programme, row.region) == (programme, lead.region)]
        parts = [row for row in own if (row.measure, row.period) == (lead.measure, lead.period)][:1]
        shares = [
            row for row in own if (row.measure, row.of, row.against) == ("share", lead.measure, "total")
        ][:1]
        for part in parts:
            tail = "".join(f", chiếm {formats.amount(share)}" for share in shares)
            found.append(f"{PROGRAMME_SHORT[programme]}: {formats.amount(part)}{tail}")
            told += (part, *shares)
    return found, told


def _same_slot(row: Figure, lead: Figure) -> bool:
    return (row.indicator, row.programme, row.region, row.period) == (
        lead.indicator,
        lead.programme,
        lead.region,
        lead.period,
    )


def _is_whole(row: Figure, lead: Figure) -> bool:
    """Whether a row is the sum of which `lead` is a share."""
    return lead.measure == "share" and (row.measure, row.period) == (lead.of, lead.period)


def _called(row: Figure, lead: Figure, names: Mapping[str, str]) -> str:
    where = "" if row.region == lead.region else f", {region_name(names, row.region)}"
    when = "" if row.period == lead.period else f", {period_name(row.period)}"
    return f"{figure_subject(names, row)}{where}{when}"


def _named(row: Figure, lead: Figure, names: Mapping[str, str]) -> str:
    return f"{_called(row, lead, names)}: {formats.amount(row)}"


def _amounts(rows: Sequence[Figure]) -> str:
    """The value of one slot, and what other sources print for it."""
    first, *others = dict.fromkeys(map(formats.amount, rows))
    return f"{first}; nguồn khác in {', '.join(others)}" if others else first


def one_slot(figures: Sequence[Figure]) -> bool:
    """Whether figures tell one thing of one place and time."""
    return len({(row.measure, row.programme, row.region, row.period) for row in figures}) == 1


def shared(figures: Sequence[Figure], names: Mapping[str, str]) -> str:
    """What all of these figures have in common, as one line; empty where nothing is."""
    return ", ".join(filter(None, (part(figures[0], names) for part in _PARTS if _one(figures, part, names))))


def apart(figure: Figure, figures: Sequence[Figure], names: Mapping[str, str]) -> str:
    """What sets one of these figures apart from the others, its place first; its time where nothing does."""
    differing = [part(figure, names) for part in _PLACE_FIRST if not _one(figures, part, names)]
    told = ", ".join(filter(None, differing)) or period_name(figure.period)
    return told[:1].upper() + told[1:]


LEAST_YEARS = 3
"""Years that make a movement."""
_LEAST_ASKED = 2
"""Years that make one where it is asked for."""


def movement(figures: Sequence[Figure], names: Mapping[str, str], asked: bool = False) -> str:
    """The direction of those figures of one kind and place that tell the most years; empty for fewer than three.

    Where the direction is `asked`, two years are enough, and one figure a year, whatever was measured in it.
    """
    mixed = asked and len({row.measure for row in figures}) > 1
    rows = _by_year(figures, names, _PARTS[1:-1] if mixed else _PARTS[:-1])
    if len(rows) < (_LEAST_ASKED if asked else LEAST_YEARS) or (mixed and len(rows) < len(figures)):
        return ""
    ends = " → ".join(f"{formats.amount(row)} ({row.period})" for row in (rows[0], rows[-1]))
    head = "" if mixed or _one(figures, _measure, names) else f"{_measure(rows[0], names)} "
    high, low = (pick(rows, key=lambda row: row.value) for pick in (max, min))
    between = [
        (name, row)
        for name, row in (("cao nhất", high), ("thấp nhất", low))
        if row.value not in (rows[0].value, rows[-1].value)
    ]
    told = f"{head}{_direction(rows)}: {ends}" + "".join(
        f", {name} {formats.amount(row)} ({row.period})" for name, row in between
    )
    told += "; các số này khác loại, chỉ nên tham khảo" if mixed else ""
    return told[:1].upper() + told[1:]


def _by_year(figures: Sequence[Figure], names: Mapping[str, str], parts: Sequence[_Part]) -> list[Figure]:
    """Of the figures that agree in these parts those that tell the most years, in their order."""
    series: defaultdict[str, dict[str, Figure]] = defaultdict(dict)
    for row in figures:
        if row.period.isdigit():
            series[", ".join((*(part(row, names) for part in parts), row.unit))].setdefault(row.period, row)
    years = max(series.values(), key=len, default={})
    return [years[year] for year in sorted(years)]


def _direction(rows: Sequence[Figure]) -> str:
    """Which way figures in their order go."""
    steps = {b.value > a.value for a, b in pairwise(rows) if a.value != b.value}
    if len(steps) != 1:
        return "lúc tăng lúc giảm" if steps else "không đổi"
    return ("tăng" if steps.pop() else "giảm") + " đều" * (len(rows) >= LEAST_YEARS)


def total(figures: Sequence[Figure]) -> str:
    """What figures of one unit add up to."""
    whole = sum(figure.value for figure in figures)
    unit = figures[0].unit
    return formats.money(whole) if unit == "VND" else f"{formats.number(whole, 2)} {unit}"


def lower_first(text: str) -> str:
    """A text inside a sentence; an abbreviation keeps its letters."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _measure(figure: Figure, names: Mapping[str, str]) -> str:
    if _is_money(figure):
        return _LABELS[figure.measure]
    return lower_first(figure_subject(names, figure))


def _programme(figure: Figure, _names: Mapping[str, str]) -> str:
    return PROGRAMMES[figure.programme] if _is_money(figure) else ""


def _where(figure: Figure, names: Mapping[str, str]) -> str:
    return region_name(names, figure.region)


def _when(figure: Figure, _names: Mapping[str, str]) -> str:
    return period_name(figure.period)


def _is_money(figure: Figure) -> bool:
    return figure.indicator == "kinh-phi" and figure.measure in _LABELS and not figure.label


_Part = Callable[[Figure, Mapping[str, str]], str]
_PARTS: tuple[_Part, ...] = (_measure, _programme, _where, _when)
_PLACE_FIRST: tuple[_Part, ...] = (_where, _measure, _programme, _when)


def _one(figures: Sequence[Figure], part: _Part, names: Mapping[str, str]) -> bool:
    return len({part(row, names) for row in figures}) == 1
