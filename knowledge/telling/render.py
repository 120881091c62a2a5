"""An answer → what a person sees: Telegram HTML in parts, the same as plain text, and the batch interface's keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.runtime import Macro

from knowledge.records import Answer, Comparison, Figure, SupportLevel
from knowledge.telling import (
    asides,
    aspects,
    bodies,
    brief,
    claim_lines,
    figure_lines,
    formats,
    law,
    notes,
    passage_lines,
    sheets,
    talk_texts,
)
from knowledge.telling.names import MEASURES, PROGRAMME_SHORT, figure_subject, period_name, region_name
from knowledge.telling.sentences import tables, unmarked

MOST = 3500
"""Characters of one part; Telegram takes 4,096 after parsing, and a part may gain a keyboard."""

_STATUS: dict[str, str] = tables("answers")["status"]


def level_line(level: SupportLevel) -> str:
    """How much a level gives: "tối đa 50% chi phí, không quá 300 triệu đồng/cơ sở"."""
    percent = f"tối đa {formats.percent(level.percent)} chi phí" if level.percent is not None else ""
    if level.activity == "lai-suat-vay" and level.percent is not None:
        percent = f"tối đa {formats.percent(level.percent)} lãi suất vay vốn trong 2 năm (02 năm) đầu, hỗ trợ sau đầu tư"
    cap = f"không quá {formats.money(level.cap)}/{level.cap_unit or 'lần'}" if level.cap is not None else ""
    return ", ".join(part for part in (percent, cap) if part) or level.note


def _difference(comparison: Comparison) -> str:
    first = comparison.first
    size = abs(comparison.difference)
    if first.unit == "VND":
        shown = formats.money(round(size))
    elif first.unit == "percent":
        shown = f"{formats.number(round(size, 4), 2)} điểm phần trăm"
    else:
        shown = f"{formats.number(size, 2)} {first.unit}"
    if comparison.percent is not None and comparison.percent != 0:
        shown += f" ({formats.percent(comparison.percent)})"
    return shown


def _compared(comparison: Comparison, names: Mapping[str, str]) -> str:
    """One line for a comparison inside another answer."""
    first, second = comparison.first, comparison.second
    way = "tăng" if comparison.difference > 0 else "giảm" if comparison.difference < 0 else "không đổi"
    return (
        f"{period_name(first.period)}: {formats.amount(first)} → {period_name(second.period)}: {formats.amount(second)}, "
        f"{way} {_difference(comparison)} (tính từ hai số đã in)"
    )


def _times_over(comparison: Comparison) -> str:
    """How many times the one before a later figure is, where that is a way to say it."""
    first, second = comparison.first, comparison.second
    if (
        comparison.kind != "time"
        or first.unit == "percent"
        or not first.value
        or second.value < 1.2 * first.value
    ):
        return ""
    times = formats.number(round(second.value / first.value, 2), 2)
    return f"{_cap(period_name(second.period))} gấp {times} lần {period_name(first.period)}"


def _budget(figure: Figure) -> str:
    """What was to be spent, as its source calls it."""
    return "kế hoạch" if figure.measure == "plan" else f"số được {MEASURES[figure.measure]}"


def _headline(comparison: Comparison, names: Mapping[str, str], aspect: str = "") -> str:
    """The direction and the size, first of all; the slots that both sides share follow it in the template. `aspect`:
    `against` where the second figure is what the first is held against, as it was asked."""
    first, second = comparison.first, comparison.second
    if comparison.kind == "time" and aspect != "against":
        way = "Tăng" if comparison.difference > 0 else "Giảm"
        if comparison.difference == 0:
            return f"{_cap(period_name(second.period))} bằng {period_name(first.period)}"
        return f"{way} {_difference(comparison)}"
    if comparison.kind == "plan_actual":
        way = "Cao hơn" if comparison.difference > 0 else "Thấp hơn"
        if comparison.difference == 0:
            return "Thực hiện bằng kế hoạch"
        return f"{way} {_budget(first)} {_difference(comparison)}"
    if comparison.difference == 0:
        return "Hai số bằng nhau"
    larger_first = comparison.difference < 0
    one, two = (first, second) if larger_first or aspect == "against" else (second, first)
    way = "cao hơn" if larger_first or aspect != "against" else "thấp hơn"
    size = _size_against(one, two, comparison.kind)
    if comparison.kind == "programme":
        said, base = (PROGRAMME_SHORT[figure.programme] or "nguồn này" for figure in (one, two))
    elif comparison.kind == "region":
        said, base = (region_name(names, figure.region) for figure in (one, two))
    else:
        said, base = (
            figure_lines.lower_first(figure_lines.apart(figure, (one, two), names)) for figure in (one, two)
        )
        if aspect == "against":
            return f"{_cap(way)} {size}: {said} so với {base}"
    return f"{_cap(said)} {way} {base} {size}"


def _size_against(one: Figure, base: Figure, kind: str) -> str:
    """By how much a figure differs from another: the difference, with its percent of that other and the times over it."""
    difference = one.value - base.value
    relative = one.unit not in ("percent", "date") and base.value
    percent = 100 * abs(difference) / abs(base.value) if relative else None
    shown = _difference(Comparison(base, one, abs(difference), percent, kind))
    if one.unit != "percent" and base.value and difference > 0:
        shown += f", gấp {formats.number(round(one.value / base.value, 2), 2)} lần"
    return shown


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]


def _of_province(name: str) -> str:
    cities = {"Hà Nội", "Hồ Chí Minh", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế"}
    bare = name.removeprefix("Thành phố ").removeprefix("TP. ").removeprefix("TP ")
    return f"thành phố {bare}" if bare in cities else f"tỉnh {bare}"


def _province_now(answer: Answer) -> str:
    """Where to ask: who does khuyến công in the province of today."""
    old, now = answer.regions[0], answer.regions[-1]
    name = answer.body.name if answer.body else f"Sở Công Thương {_of_province(now.name)}"
    merged = f"{old.name} nay thuộc {_of_province(now.name)}. " if old.id != now.id else ""
    return f"{merged}Nơi hỏi: {name}."


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        auto_reload=False,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=False,
        lstrip_blocks=False,
    )
    environment.filters.update(
        amount=formats.amount, money=formats.money, exact_money=formats.exact_money, typed_amount=formats.typed_amount, percent=formats.percent, day=formats.day, day_after=formats.day_after,
        figure_slots=passage_lines.slots, measure=lambda figure: MEASURES[figure.measure], programme=PROGRAMME_SHORT.get, budget=_budget, period=period_name, place=lambda region, names: _cap(region_name(names, region)), subject=lambda figure, names: figure_subject(names, figure),
        slots=figure_lines.slots, shared=figure_lines.shared, apart=figure_lines.apart, total=figure_lines.total, one_slot=figure_lines.one_slot, movement=figure_lines.movement, asides=asides.asides, value=figure_lines.value, beside=figure_lines.beside, lines=figure_lines.lines, judged=passage_lines.judged, ordered=passage_lines.ordered, tally=passage_lines.tally, compared=_compared, headline=_headline, sentence=notes.sentence, cite=formats.cite, cite_short=formats.cite_short,
        level_line=level_line, lower_first=figure_lines.lower_first, cap=_cap, of_province=_of_province, province_now=_province_now, aspect=aspects.event_aspect, day_and_place=aspects.day_and_place, days=aspects.event_days, when_where=aspects.when_where, validity=law.validity, changes=law.changes,
        documents_line=law.documents_line, law_lines=law.law_lines, articles_line=law.articles_line, document_title=law.document_title, status=lambda status: _STATUS.get(status, status),
        documents=lambda ids: ", ".join(law.document_name(one) for one in ids),
        first_paragraph=lambda body: body.split("\n\n", 1)[0].strip(),
        verdict=claim_lines.verdict, verdict_details=claim_lines.details, claim_lines=claim_lines.lines, claim_tally=claim_lines.tally, claim_computed=claim_lines.computed, claim_role=claim_lines.role, corrected_print=claim_lines.corrected_print,
        report_line=_report_line, times_over=_times_over, times=lambda value: formats.number(round(value, 2), 2),
        fact_name=law.fact_name, talk=talk_texts.talk, document_leads=aspects.document_leads,
        in_brief=bodies.in_brief, above=lambda body: bodies.cut(body)[0], below=lambda body: bodies.cut(body)[1],
    )  # fmt: skip
    shared = vars(environment.get_template("macros.html").module)
    environment.globals.update({name: macro for name, macro in shared.items() if isinstance(macro, Macro)})
    return environment


def prepare_templates() -> None:
    """Compile every template now."""
    for name in _environment().list_templates():
        _environment().get_template(name)


def _report_line(answer: Answer) -> str:
    """The citation of the leading figure, as a report needs it."""
    lead = answer.figures[0]
    source = next(source for source in answer.sources if source.id == lead.source)
    return sheets.citation(lead, source, answer.names)


def _template(answer: Answer) -> str:
    if answer.aspect == "sources":
        return "sources"
    if answer.kind == "help" and answer.aspect in ("about_bot", "capability"):
        return "about"
    if answer.kind == "smalltalk" or answer.aspect in ("privacy", "human"):
        return "smalltalk"
    if answer.status == "asked_back":
        return "choice"
    if answer.status == "no_answer":
        return "gap"
    if answer.kind == "support" and answer.levels:
        return "support"
    if answer.aspect in ("contact", "people"):
        return answer.aspect
    if answer.aspect in ("membership", "members", "merged", "joined"):
        return "membership"
    if answer.aspect.startswith("facts"):
        return "facts"
    if answer.kind in ("policy", "support"):
        return "entry"
    return "list" if answer.kind == "series" else answer.kind


def render(answer: Answer) -> str:
    """The whole answer as Telegram HTML."""
    environment = _environment()
    template = environment.get_template(f"{_template(answer)}.html")
    context = template.new_context(
        {**environment.globals, "answer": answer}, shared=True
    )  # else copied by the name
    text = "".join(template.root_render_func(context))
    return brief.told(_BLANK_LINES.sub("\n\n", text).strip(), answer)


_BLANK_LINES = re.compile(r"\n{3,}")
_QUOTE, _QUOTE_END = "<blockquote expandable>", "</blockquote>"


def html_parts(answer: Answer) -> list[str]:
    """The answer as Telegram HTML in parts, each whole and short enough to send; split between lines, never in a tag."""
    parts: list[str] = []
    for one in asides.unrepeated((answer, *answer.then)):
        current = ""
        quoted = False
        for line in render(one).split("\n"):
            if current and len(current) + len(line) + len(_QUOTE_END) + 1 > MOST:
                parts.append(current + _QUOTE_END * quoted)
                current = _QUOTE * quoted + line
            else:
                current = f"{current}\n{line}" if current else line
            quoted = (quoted or _QUOTE in line) and _QUOTE_END not in line
        parts.append(current)
    return parts


def plain(answer: Answer) -> str:
    """The answer as plain text."""
    whole = asides.unrepeated((answer, *answer.then))
    return "\n\n".join(unmarked(render(one)) for one in whole)


def notice(code: str) -> str:
    """A short fixed text as Telegram HTML (`notes.notice`)."""
    return notes.notice(code)


def payload(answer: Answer) -> dict[str, Any]:
    """The keys of a batch line, without `id` and `chat`."""
    return {
        "status": answer.status,
        "kind": answer.kind,
        "text": plain(answer),
        "figures": [_figure_keys(figure) for figure in (*answer.figures, *answer.companions)],
        "comparison": _comparison_keys(answer.comparison) if answer.comparison else None,
        "stance": answer.stance,
        "assumptions": [notes.sentence(note, answer.names) for note in answer.assumptions],
        "choices": [choice.label for choice in answer.choices],
        "warnings": [
            {"kind": note.code, "text": notes.sentence(note, answer.names)} for note in answer.warnings
        ],
        "sources": [
            {"title": s.title, "publisher": s.publisher, "date": s.published_on, "url": s.url}
            for s in answer.sources
        ],
        "as_of": answer.as_of.isoformat(),
    }


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _figure_keys(figure: Figure) -> dict[str, Any]:
    return {
        "indicator": figure.indicator,
        "measure": figure.measure,
        "programme": figure.programme or None,
        "region": figure.region,
        "period": figure.period,
        "value": _number(abs(figure.value)),
        "direction": ("down" if figure.value < 0 else "up") if figure.measure == "change" else None,
        "value_max": _number(figure.value_max),
        "unit": figure.unit,
        "as_printed": figure.as_printed,
        "source": figure.source,
    }


def _comparison_keys(comparison: Comparison) -> dict[str, Any]:
    return {
        "first": _figure_keys(comparison.first),
        "second": _figure_keys(comparison.second),
        "difference": _number(comparison.difference),
        "percent": comparison.percent,
    }
