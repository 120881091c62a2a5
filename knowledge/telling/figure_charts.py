"""Which figures of an answer can stand in one picture, and that picture: bars beside each other, or a line over years.

Only figures of one unit that say the same kind of thing are set side by side; a figure that is doubtful, or a range, is
left out, since a bar would show it as certain.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from knowledge.base import KnowledgeBase
from knowledge.records import Answer, Figure, Source
from knowledge.telling.charts import MOST_BARS, Chart, Series
from knowledge.telling.formats import amount, cite, cited, day
from knowledge.telling.names import figure_subject, period_name, region_name
from knowledge.telling.sentences import cut, safe

LABEL = "Biểu đồ"
MISSING = "Chưa có số liệu năm:"
BLANK = "\N{NO-BREAK SPACE}"
MOST_CITATION = 280
MOST_SOURCES = 2
LEAST_YEARS = 3
"""From so many years on a line is drawn."""
MOST_LEADS = 24
MOST_YEARS = 30
"""Over a longer time the years without a figure are not named one by one."""

_MONEY = {"plan": "Kế hoạch", "allocated": "Được phân bổ", "actual": "Thực hiện", "estimate": "Ước thực hiện"}
_OF_MONEY = {
    "plan": "Kế hoạch kinh phí khuyến công",
    "allocated": "Kinh phí khuyến công được phân bổ",
    "actual": "Kinh phí khuyến công thực hiện",
    "estimate": "Kinh phí khuyến công ước thực hiện",
}
_PROGRAMMES = {"total": "Tổng hai nguồn", "KCQG": "KCQG", "KCDP": "KCĐP", "": "Không nêu nguồn"}
_NOT_AMOUNTS = frozenset({"date", "edition"})
_SLOTS = ("measure", "programme", "region", "period")
_YEAR = re.compile(r"\d{4}")


def comparable(answer: Answer) -> tuple[Figure, ...]:
    """The figures of an answer that make a picture, two at least; empty where there are none."""
    if answer.status != "answered" or answer.kind not in ("figure", "comparison", "series"):
        return ()
    rows = [*answer.figures, *answer.companions]
    if answer.kind == "comparison" and answer.comparison is not None:
        rows = [answer.comparison.first, answer.comparison.second]
    if not rows:
        return ()
    if answer.kind == "series":
        groups = [_beside(answer, lead, rows) for lead in rows[:MOST_LEADS]]
        return max(groups, key=len)
    return _beside(answer, rows[0], rows)


def _beside(answer: Answer, lead: Figure, rows: Sequence[Figure]) -> tuple[Figure, ...]:
    """The rows that can stand beside one of them, it among them; none where it stands alone."""
    found: dict[tuple[str, ...], Figure] = {}
    for row in rows:
        beside = answer.kind != "figure" or (row.region, row.period) == (lead.region, lead.period)
        beside &= answer.kind == "comparison" or _length(row.period) == _length(lead.period)
        if beside and _like(row, lead):
            found.setdefault(_slots(row), row)
    kept = list(found.values())
    if answer.kind == "series":
        for slot in ("measure", "region", "period"):
            if len(kept) <= MOST_BARS and _readable(kept):
                break
            kept = [row for row in kept if getattr(row, slot) == getattr(lead, slot)]
    return tuple(kept) if 2 <= len(kept) <= MOST_BARS else ()


def _readable(rows: Sequence[Figure]) -> bool:
    """Whether the rows differ in two slots at most, and not in place and time at once: those do not compare."""
    differ = {slot for slot in _SLOTS if len({getattr(row, slot) for row in rows}) > 1}
    return len(differ) <= 2 and not {"region", "period"} <= differ


def _like(row: Figure, lead: Figure) -> bool:
    if row.likely_value is not None or row.likely_period or row.value_max is not None or not row.period:
        return False
    if (row.indicator, row.unit) != (lead.indicator, lead.unit) or row.measure in _NOT_AMOUNTS:
        return False
    if row.label != lead.label or row.round != lead.round:
        return False
    both_money = row.measure in _MONEY and lead.measure in _MONEY and row.unit == "VND"
    return both_money or (row.measure, row.of, row.against) == (lead.measure, lead.of, lead.against)


def _length(period: str) -> str:
    """How long a time a period is: a year never stands beside five years, or beside nine months."""
    if span := re.fullmatch(r"(\d{4})-(\d{4})", period):
        return f"{int(span[2]) - int(span[1]) + 1} years"
    return re.sub(r"\d{4}(?!-\d\d-)|(?<=[HQM])\d+", "", re.sub(r"\d{4}-\d\d-\d\d", "day", period))


def _slots(row: Figure) -> tuple[str, ...]:
    return tuple(getattr(row, slot) for slot in _SLOTS)


def figure_chart(figures: Sequence[Figure], base: KnowledgeBase, today: date) -> Chart:
    """The picture of figures that `comparable` has chosen."""
    names = base.names
    differ = [slot for slot in _SLOTS if len({getattr(row, slot) for row in figures}) > 1]
    rows = sorted(figures, key=lambda row: row.period) if differ == ["period"] else list(figures)
    unit, size = _unit(rows)
    source = "Nguồn: " + "; ".join([*(_cited(one) for one in _sources(rows, base)), *_more_sources(rows)])
    as_of = f"Lập ngày {day(today.isoformat())}"
    title = _title(rows, differ, names)
    years = all(_YEAR.fullmatch(row.period) for row in rows)
    if differ == ["period"] and years and (without := _without(rows)):
        source = f"{without}\n{source}"
    if differ == ["period"] and years and _in_a_row(rows):
        return _over_years(rows, title, unit, size, source, as_of)
    if grouped := _grouped(rows, differ, unit, size, names):
        labels, series = grouped
        return Chart("bars", title, unit, labels, series, source, as_of)
    labels = tuple(_joined([_name(row, slot, names) for slot in differ], ", ") or row.id for row in rows)
    bars = Series(title, _values(rows, size), tuple(_shown(row, unit) for row in rows))
    return Chart("bars", title, unit, labels, (bars,), source, as_of)


def _in_a_row(rows: Sequence[Figure]) -> bool:
    """Enough years for a line, two of them next to each other; points that nothing joins are better told by bars."""
    years = {int(row.period) for row in rows}
    return len(years) >= LEAST_YEARS and any(year + 1 in years for year in years)


def _without(rows: Sequence[Figure]) -> str:
    """The years that are missing between those of the rows, as a sentence of the picture."""
    held = {int(row.period) for row in rows}
    missing = [year for year in range(min(held), max(held)) if year not in held]
    if not missing or len(missing) > MOST_YEARS:
        return ""
    spans: list[list[int]] = []
    for year in missing:
        if spans and spans[-1][-1] == year - 1:
            spans[-1].append(year)
        else:
            spans.append([year])
    told = (f"{one[0]}–{one[-1]}" if len(one) > 1 else str(one[0]) for one in spans)
    return f"{MISSING} {', '.join(told)}"


def _over_years(rows: Sequence[Figure], title: str, unit: str, size: float, source: str, as_of: str) -> Chart:
    """A line that is broken at every year without a figure."""
    held = {int(row.period): row for row in rows}
    years = range(min(held), max(held) + 1)
    places = sorted({*held, *(years if len(years) <= MOST_YEARS else ())})
    values = tuple(held[year].value / size if year in held else None for year in places)
    shown = tuple(_shown(held[year], unit) if year in held else "" for year in places)
    line = Series(title, values, shown)
    return Chart(
        "lines", title, unit, tuple(map(str, places)), (line,), source, as_of, tuple(map(float, places))
    )


def _grouped(
    rows: Sequence[Figure], differ: Sequence[str], unit: str, size: float, names: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[Series, ...]] | None:
    """A group of bars for each programme, region or period, with a bar for each measure, where every bar is there."""
    if len(differ) != 2 or differ[0] != "measure":
        return None
    other = differ[1]
    measures = [measure for measure in _MONEY if any(row.measure == measure for row in rows)]
    groups = list(dict.fromkeys(getattr(row, other) for row in rows))
    by_place = {(row.measure, getattr(row, other)): row for row in rows}
    if len(measures) * len(groups) != len(by_place):
        return None
    series = []
    for measure in measures:
        own = [by_place[measure, group] for group in groups]
        series.append(Series(_MONEY[measure], _values(own, size), tuple(_shown(row, unit) for row in own)))
    labels = tuple(_name(by_place[measures[0], group], other, names) for group in groups)
    return labels, tuple(series)


def _values(rows: Sequence[Figure], size: float) -> tuple[float, ...]:
    return tuple(row.value / size for row in rows)


def _unit(rows: Sequence[Figure]) -> tuple[str, float]:
    unit = rows[0].unit
    if unit == "VND":
        most = max(abs(row.value) for row in rows)
        return ("tỷ đồng", 1e9) if most >= 1e9 else ("triệu đồng", 1e6)
    return ("%" if unit == "percent" else unit), 1.0


def _shown(row: Figure, unit: str) -> str:
    """The amount as answers write it, without the unit where that is the picture's."""
    told = amount(row)
    return told.removesuffix(unit).strip() if unit != "%" else told


def _title(rows: Sequence[Figure], differ: Sequence[str], names: Mapping[str, str]) -> str:
    lead = rows[0]
    subject = figure_subject(names, replace(lead, programme="") if "programme" in differ else lead)
    if lead.indicator == "kinh-phi" and lead.measure in _MONEY and {"measure", "programme"} & set(differ):
        what = "" if "measure" in differ else _OF_MONEY.get(lead.measure, "")
        whose = "" if "programme" in differ else f" ({_PROGRAMMES[lead.programme]})"
        subject = f"{what or 'Kinh phí khuyến công'}{whose}"
    parts = [subject]
    parts += [_name(lead, slot, names) for slot in ("region", "period") if slot not in differ]
    return _joined(parts, f"{BLANK}· ")


def _joined(parts: Sequence[str], sign: str) -> str:
    """Parts behind each other; only the first, and what is written so anywhere, begins with a capital."""
    return sign.join(
        part[:1].upper() + part[1:] if not place else _lower(part) for place, part in enumerate(parts)
    )


def _lower(text: str) -> str:
    common = text.startswith(
        ("Tổng", "Năm", "Quý", "Tháng", "Ngày", "Giai đoạn", "Không", "Cả ", "Phía ", "Miền ")
    )
    return text[:1].lower() + text[1:] if common else text


def _name(row: Figure, slot: str, names: Mapping[str, str]) -> str:
    if slot == "measure":
        return _MONEY.get(row.measure, row.measure)
    if slot == "programme":
        return _PROGRAMMES.get(row.programme, row.programme)
    name = period_name(row.period) if slot == "period" else region_name(names, row.region)
    return re.sub(r" (?=\d)", BLANK, name[:1].upper() + name[1:])


def _sources(rows: Sequence[Figure], base: KnowledgeBase) -> list[Source]:
    ids = dict.fromkeys(row.source for row in rows)
    return [base.sources[id_] for id_ in ids if id_ in base.sources][:MOST_SOURCES]


def _more_sources(rows: Sequence[Figure]) -> list[str]:
    """That there are sources beyond those that are cited, where there are."""
    more = len({row.source for row in rows}) - MOST_SOURCES
    return [f"và {more} nguồn khác"] if more > 0 else []


def _cited(source: Source) -> str:
    return cut(cited(source), MOST_CITATION)


def chart_caption(figures: Sequence[Figure], base: KnowledgeBase, chart: Chart) -> str:
    """What stands below the picture, as Telegram HTML: the title, and the sources with their addresses."""
    told = [
        str(cite(source)) if cited(source) == _cited(source) else safe(_cited(source))
        for source in _sources(figures, base)
    ]
    return f"<b>{safe(chart.title[:MOST_CITATION])}</b>\nNguồn: {'; '.join([*told, *_more_sources(figures)])}"
