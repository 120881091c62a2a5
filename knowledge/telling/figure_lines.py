"""The lines of a figure's answer: the value with its plan, its rate, its two programmes, in the words of a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowledge.names import PROGRAMMES, figure_subject, period_name, region_name
from knowledge.records import Figure
from knowledge.telling import formats

_LABELS = {
    "plan": "Kế hoạch",
    "actual": "Thực hiện",
    "estimate": "Ước thực hiện",
    "allocated": "Được phân bổ",
}
_TITLES = {
    "total": "tổng hai nguồn",
    "KCQG": "khuyến công quốc gia (KCQG)",
    "KCDP": "khuyến công địa phương (KCĐP)",
}


def title(figure: Figure, names: Mapping[str, str]) -> str:
    """What, where, when: "Kinh phí khuyến công, tổng hai nguồn · Phía Bắc · năm 2023"."""
    if figure.indicator == "kinh-phi" and figure.measure in _LABELS and not figure.label:
        subject = names.get("kinh-phi", "Kinh phí khuyến công")
        if figure.programme == "total":
            subject = f"{subject}, {_TITLES[figure.programme]}"
        elif figure.programme:
            subject = f"Kinh phí {_TITLES[figure.programme]}"
    else:
        subject = figure_subject(names, figure)
    region = region_name(names, figure.region)
    return f"{subject} · {region[:1].upper()}{region[1:]} · {period_name(figure.period)}"


def value(figure: Figure) -> str:
    """The value with the name of its measure: "Thực hiện: 176,4 tỷ đồng"; a percent of change with its direction."""
    shown = formats.amount(figure)
    if figure.indicator == "kinh-phi" and figure.measure in _LABELS and not figure.label:
        return f"{_LABELS[figure.measure]}: {shown}"
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
            return f", đạt {formats.amount(rate)} kế hoạch{year} ({formats.amount(plan)})"
        if rate is not None:
            return f", đạt {formats.amount(rate)} kế hoạch"
        return f" (kế hoạch{year}: {formats.amount(plan)})" if plan is not None else ""
    parts = []
    change = next((row for row in own if row.measure == "change" and row.of == "plan"), None)
    if change is not None:
        parts.append(f"{formats.amount(change)} so với kế hoạch năm trước")
    for measure in ("actual", "allocated"):
        done = next((row for row in own if row.measure == measure and row.period == lead.period), None)
        if done is not None:
            its_rate = next((row for row in own if row.measure == "rate" and row.of == measure), None)
            tail = f" ({formats.amount(its_rate)})" if its_rate is not None else ""
            parts.append(f"{_LABELS[measure].lower()} {formats.amount(done)}{tail}")
    return f"; {'; '.join(parts)}" if parts else ""


def lines(lead: Figure, companions: Sequence[Figure], names: Mapping[str, str], said: str) -> list[str]:
    """The bullets: one for each programme of a total, then what the first line did not take up (`said`, of `beside`)."""
    found = []
    rest = [row for row in companions if not said or formats.amount(row) not in said]
    if lead.programme == "total" and lead.measure in _LABELS:
        for programme in ("KCQG", "KCDP"):
            own = [row for row in rest if (row.programme, row.region) == (programme, lead.region)]
            part = next(
                (row for row in own if row.measure == lead.measure and row.period == lead.period), None
            )
            if part is None:
                continue
            shares = (row for row in own if row.measure == "share" and row.of == lead.measure)
            share = next((row for row in shares if row.against == "total"), None)
            tail = f", chiếm {formats.amount(share)}" if share is not None else ""
            found.append(f"{_cap(PROGRAMMES[programme])}: {formats.amount(part)}{tail}")
            rest = [row for row in rest if row not in (part, share)]
    for row in rest:
        where = "" if row.region == lead.region else f", {region_name(names, row.region)}"
        when = "" if row.period == lead.period else f", {period_name(row.period)}"
        found.append(f"{figure_subject(names, row)}{where}{when}: {formats.amount(row)}")
    return found


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]
