"""One typed line → the cells of a figure. Slots are read as those of a question are; nothing that is missing is guessed."""

from __future__ import annotations

import re
from datetime import date

from handlers.admin.office import Refusal
from knowledge.arithmetic import readings
from knowledge.base import KnowledgeBase
from knowledge.reading.numbers import Quantity, quantities
from knowledge.reading.question import Question, Reader
from knowledge.telling import formats
from knowledge.text import fold

OPTIONS = {
    "nguon": "source",
    "doan": "locator",
    "vi tri": "locator",
    "ghi chu": "note",
    "in": "as_printed",
    "nhan": "label",
    "tinh den": "as_of",
    "ma": "id",
}
"""What may stand behind a `|`, folded, and the column that it fills."""

MEASURES = ("plan", "allocated", "actual", "estimate")
_QUALIFIERS = {"tren": "over", "hon": "over", "khoang": "about", "gan": "about", "duoi": "under"}


def read_figure(typed: str, reader: Reader, base: KnowledgeBase, today: date) -> tuple[str, dict[str, str]]:
    """The new row's id and cells. Raises `Refusal`; whether the source exists is for the base to say."""
    line, *more = typed.split("|")
    options = dict(map(_option, more))
    question = reader.read(line, today)
    quantity = _quantity(question)
    cells = {
        "region": _region(question),
        "period": _period(question),
        "value": format(quantity.value.normalize(), "f"),
        "as_printed": _printed(line, quantity),
        "qualifier": _qualifier(question, quantity),
        "round": question.round,
        **_subject(question, quantity, base),
        **options,
    }
    if cells["measure"] == "change" and quantity.kind == "percent" and "as_printed" not in options:
        falls = _falls(question)
        cells["value"] = ("-" if falls else "") + cells["value"]
        cells["as_printed"] = f"{'giảm' if falls else 'tăng'} {cells['as_printed']}"
    if not cells.get("source"):
        raise Refusal("source_missing")
    name = cells.pop("id", "") or _id(cells)
    return _free(name, base, given="id" in options), cells


def amount_typed(text: str, *, percent: bool) -> tuple[str, str] | None:
    """`150 tỷ` (or `94,5%`) as the digits of a cell, and as it is printed.

    None for anything that is not one number of that kind with its unit, and nothing else.
    """
    folded = fold(text)
    found = quantities(folded)
    if len(found) != 1 or found[0].span != (0, len(folded)):
        return None
    if found[0].kind != ("percent" if percent else "money"):
        return None
    printed = text if _reads_back(text, found[0]) or percent else formats.money(found[0].value)
    return format(found[0].value.normalize(), "f"), printed


def checked_part(name: str, typed: str, reader: Reader, base: KnowledgeBase, today: date) -> str:
    """One field of a figure, typed by itself: the region's id, anything else as it was typed. Raises `Refusal`."""
    if name in ("locator", "note"):
        return " ".join(typed.split("|"))
    if name == "source":
        if typed not in base.sources:
            raise Refusal("no_source", id=typed)
        return typed
    if "|" in typed:
        raise Refusal("one_field")
    question = reader.read(typed, today)
    if name == "region":
        return _region(question)
    if name == "period":
        _period(question)
    elif name == "value":
        if len(question.quantities) > 1:
            raise Refusal("value_many", typed=", ".join(one.text for one in question.quantities))
        if not question.quantities:
            raise Refusal("value_missing")
    elif name == "subject" and not (question.programmes or question.total_word or question.indicators):
        raise Refusal("programme_missing")
    elif name == "measure":
        said = question.measures
        if not (said.named or said.share or said.moved or said.change):
            raise Refusal("measure_missing")
    return typed


def _option(part: str) -> tuple[str, str]:
    name, colon, value = part.partition(":")
    column = OPTIONS.get(fold(name))
    if not colon or column is None or not value.strip():
        raise Refusal("option_unknown", typed=part.strip())
    return column, value.strip()


def _quantity(question: Question) -> Quantity:
    scaled = [one for one in question.quantities if one.scaled]
    found = scaled or list(question.quantities)
    if not found:
        raise Refusal("value_missing")
    if len(found) > 1:
        raise Refusal("value_many", typed=", ".join(one.text for one in found))
    if found[0].kind == "plain" and not question.indicators:
        raise Refusal("unit_missing", typed=found[0].text)
    return found[0]


def _region(question: Question) -> str:
    if len(question.regions) != 1:
        raise Refusal("region_many" if question.regions else "region_missing")
    return question.regions[0].id


def _period(question: Question) -> str:
    found = question.periods.found
    if len(found) != 1 or not found[0].code or question.periods.unclear:
        raise Refusal("period_many" if len(found) > 1 else "period_missing")
    return found[0].code


def _subject(question: Question, quantity: Quantity, base: KnowledgeBase) -> dict[str, str]:
    """Indicator, measure, programme and unit; for a percent also of what, and against what."""
    programme = question.programmes[0].value if question.programmes else ""
    if len(question.programmes) > 1:
        raise Refusal("programme_missing")
    if quantity.kind == "percent":
        return _percent(question, programme)
    if quantity.kind == "plain":
        indicator = base.indicators[question.indicators[0]]
        if indicator.unit in ("VND", "percent", "date"):
            raise Refusal("unit_missing", typed=quantity.text)
        return {
            "indicator": indicator.id,
            "measure": "count",
            "programme": programme,
            "unit": indicator.unit,
        }
    if not programme and not question.total_word:
        raise Refusal("programme_missing")
    strange = [*question.unknown, *([question.restricted] if question.restricted else [])]
    if strange:
        raise Refusal("words_unknown", typed=", ".join(strange))
    named = [one.value for one in question.measures.named]
    if len(named) != 1 or named[0] not in MEASURES:
        raise Refusal("measure_missing")
    return {
        "indicator": "kinh-phi",
        "measure": named[0],
        "programme": programme or "total",
        "unit": "VND",
    }


def _percent(question: Question, programme: str) -> dict[str, str]:
    """A rate of the plan, a share of the total, or a change; what is none of these is not guessed."""
    said = question.measures
    if not programme and not question.total_word:
        raise Refusal("programme_missing")
    strange = [*question.unknown, *([question.restricted] if question.restricted else [])]
    if strange:
        raise Refusal("words_unknown", typed=", ".join(strange))
    named = [one.value for one in said.named if one.value in MEASURES]
    about = [one for one in named if one != "plan"] or named
    if said.moved or said.change:
        measure, against = "change", "same_period" if question.periods.same else "previous_year"
    elif said.share:
        measure, against = "share", "total"
    elif (said.percent or said.rate) and about != ["plan"]:
        measure, against = "rate", "plan"
    else:
        raise Refusal("percent_of_what")
    if len(about) != 1:
        raise Refusal("percent_of_what")
    return {
        "indicator": "kinh-phi",
        "measure": measure,
        "of": about[0],
        "against": against,
        "programme": programme or "total",
        "unit": "percent",
    }


def _falls(question: Question) -> bool:
    return re.search(r"\b(?:giam|thap hon|it hon|kem)\b", question.clean) is not None


def _printed(line: str, quantity: Quantity) -> str:
    """The number as it was typed; written anew where it was typed in words or in several units."""
    tokens = line.split()
    for start in range(len(tokens)):
        for end in range(len(tokens), start, -1):
            text = " ".join(tokens[start:end])
            if fold(text) == quantity.text and _reads_back(text, quantity):
                return text
    return formats.money(quantity.value) if quantity.kind == "money" else formats.number(quantity.value)


def _reads_back(text: str, quantity: Quantity) -> bool:
    return any(reading.value == quantity.value for reading in readings(text, sure=True))


def _qualifier(question: Question, quantity: Quantity) -> str:
    before = re.search(rf"\b(\w+) {re.escape(quantity.text)}", question.clean)
    return _QUALIFIERS.get(before[1], "exact") if before else "exact"


def _id(cells: dict[str, str]) -> str:
    parts = (
        cells.get(name, "")
        for name in ("indicator", "measure", "of", "programme", "region", "period", "round")
    )
    return "-".join(part.lower().replace("/", "-") for part in parts if part)


def _free(name: str, base: KnowledgeBase, *, given: bool) -> str:
    """The id, numbered where it is taken; one that was given stays as it is."""
    if given or name not in base.figures:
        return name
    return next(f"{name}-{n}" for n in range(2, len(base.figures) + 3) if f"{name}-{n}" not in base.figures)
