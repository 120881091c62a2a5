"""One typed line → the cells of a figure. Slots are read as those of a question are; nothing that is missing is guessed.

Whatever reads is kept; each part that is missing or does not read is told by itself, so that only it is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from db.amounts import Amount, amount_in
from db.values import Values
from handlers.admin.office import Refusal, unread
from knowledge.arithmetic import readings
from knowledge.base import KnowledgeBase
from knowledge.reading.numbers import Quantity
from knowledge.reading.question import Question, Reader
from knowledge.telling import formats
from knowledge.telling.labels import codes_by_word, field_of
from knowledge.text import as_typed, fold

OPTIONS = ("source", "locator", "note", "as_printed", "label", "as_of", "id")
"""Columns that may stand behind a `|`."""

MEASURES = ("plan", "allocated", "actual", "estimate")
RELATIVE = ("rate", "share", "change")
_QUALIFIERS = {"tren": "over", "hon": "over", "khoang": "about", "gan": "under", "duoi": "under"}
_COLUMNS = {"subject": ("indicator", "programme"), "measure": ("measure", "of", "against")}
_THOUSANDS = re.compile(
    r"(?<!quý )(?<!đợt )(?<!tháng )(?<![\d/.,-])(?<!\d )(\d{1,3}(?: \d{3})+)(?=\s*(?:nghìn|ngàn|tỷ|tỉ|triệu|đồng)\b)",
    re.IGNORECASE,
)
_BARS = re.compile(
    r"\||\n(?=\s{0,9}nguồn\b)|[,;.]\s*(?=nguồn\s*:)|[,;]\s*(?=nguồn\s+(?!kinh phí|vốn|ngân sách|trung ương|địa phương|quốc gia))",
    re.IGNORECASE,
)
"""What parts the figure from what is told beside it; its source may also follow a comma."""
_RESTRUCTURED = re.compile(r"\b(?:moi|sau sap xep|sau sap nhap)\b")


@dataclass(slots=True)
class Found:
    """What was read. `cells`: columns that are settled; `wrong`: part → why it is not."""

    cells: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, Refusal] = field(default_factory=dict)

    def settle(self, part: str, read: Callable[[], dict[str, str]]) -> None:
        """Add the cells of a part, or why it does not read."""
        try:
            self.cells |= read()
        except Refusal as refusal:
            self.wrong[part] = refusal


@dataclass(frozen=True, slots=True)
class FigureReader:
    """Reads lines and parts of figures against one base."""

    reader: Reader
    values: Values
    base: KnowledgeBase
    today: date

    def line(self, typed: str) -> Found:
        """Every part of a line, those behind a `|` among them. Raises `Refusal` for an option that there is not."""
        line, *more = _BARS.split(typed)
        line = _THOUSANDS.sub(lambda match: match[1].replace(" ", "."), line)
        found = Found()
        for column, value in map(_option, more):
            part = "source" if column == "source" else column
            found.settle(part, lambda column=column, value=value: {column: self._cell(column, value)})  # type: ignore[misc]
        question = self.reader.read(line, self.today)
        found.settle("region", lambda: {"region": self._region(question)})
        found.settle("period", lambda: {"period": _period(question), "round": question.round})
        found.settle("subject", lambda: self._subject(question, line))
        found.settle("value", lambda: self._value(line, question, found.cells))
        unit = found.cells.get("unit", "")
        found.settle("measure", lambda: self._measure(question, found.cells, unit))
        if "source" not in found.cells:
            found.wrong.setdefault("source", Refusal("source_missing"))
        return found

    def part(self, name: str, typed: str, cells: dict[str, str]) -> dict[str, str]:
        """The cells of one part, typed by itself beside those that are settled; what more it says is kept with it.

        Raises `Refusal` or `ValueError`.
        """
        if name == "source":
            return {"source": str(self.values.cell("figures", "source", typed))}
        if name in ("region", "period"):
            return {name: str(self.values.cell("figures", name, typed))}
        if name == "value":
            amount = amount_in(typed, self._unit(cells))
            return _checked(cells, _amount_cells(amount, self._unit(cells)))
        if name == "measure" and (code := codes_by_word("figures", "measure").get(fold(typed))) in MEASURES:
            return {"measure": str(code)}
        question = self.reader.read(typed, self.today)
        if name == "measure":
            return self._measure(question, cells, cells.get("unit", ""))
        found = self._subject(question, typed)
        more = Found(dict(found))
        more.settle("measure", lambda: self._measure(question, {**cells, **found}, ""))
        more.settle("region", lambda: {"region": self._region(question)})
        more.settle("period", lambda: {"period": _period(question)})
        return more.cells

    def _cell(self, column: str, typed: str) -> str:
        if column == "id":
            return typed
        try:
            return str(self.values.cell("figures", column, typed))
        except ValueError as error:
            raise unread("figures", column, typed, error) from error

    def _unit(self, cells: dict[str, str]) -> str:
        indicator = self.base.indicators.get(cells.get("indicator", ""))
        unit = indicator.unit if indicator else "VND"
        return "percent" if unit == "VND" and cells.get("measure") in RELATIVE else unit

    def _region(self, question: Question) -> str:
        if len(question.regions) != 1:
            raise Refusal("region_many" if question.regions else "region_missing")
        region = self.base.regions[question.regions[0].id]
        return region.successor if region.successor and _RESTRUCTURED.search(question.clean) else region.id

    def _subject(self, question: Question, line: str) -> dict[str, str]:
        """What is counted, and of which programme; money needs a programme."""
        if len(question.programmes) > 1:
            raise Refusal("programme_missing")
        programme = question.programmes[0].value if question.programmes else ""
        named = next((self.base.indicators[one] for one in question.indicators), None)
        if named is not None and named.unit not in ("VND", "percent", "date"):
            return {"indicator": named.id, "programme": programme, "measure": "count"}
        if not programme and not question.total_word:
            raise Refusal("programme_missing")
        strange = [*question.unknown, *filter(None, [question.restricted])]
        strange += [span.text for span in question.reading.of("neighbour")]  # money of something else
        if strange:
            raise Refusal("words_unknown", typed=", ".join(as_typed(line, one) for one in strange))
        return {"indicator": "kinh-phi", "programme": programme or "total"}

    def _value(self, line: str, question: Question, cells: dict[str, str]) -> dict[str, str]:
        quantity = _quantity(question)
        unit = {"percent": "percent", "money": "VND"}.get(quantity.kind, "")
        if not unit:
            indicator = self.base.indicators.get(cells.get("indicator", ""))
            if indicator is None or indicator.unit in ("VND", "percent", "date"):
                raise Refusal("unit_missing", typed=quantity.text)
            unit = indicator.unit
        elif cells.get("measure") == "count":
            cells |= {"indicator": "kinh-phi", "programme": cells["programme"] or "total"}
            del cells["measure"]
        digits, printed = format(quantity.value.normalize(), "f"), _printed(line, quantity)
        said = question.measures
        if unit == "percent" and (said.moved or said.change):
            falls = re.search(r"\b(?:giam|thap hon|it hon|kem)\b", question.clean) is not None
            digits, printed = f"{'-' if falls else ''}{digits}", f"{'giảm' if falls else 'tăng'} {printed}"
        amount = Amount(digits, cells.get("as_printed", printed), _qualifier(question, quantity))
        return _amount_cells(amount, unit)

    def _measure(self, question: Question, cells: dict[str, str], unit: str) -> dict[str, str]:
        """The measure; for a percent also of what, and against what. What is none of these is not guessed."""
        if cells.get("measure") == "count":
            return {}
        said = question.measures
        named = [one.value for one in said.named if one.value in MEASURES]
        moved = bool(said.moved or said.change)
        if unit != "percent" and (unit or not (said.share or moved or said.rate)):
            if len(named) != 1:
                raise Refusal("measure_missing")
            return {"measure": named[0]}
        about = [one for one in named if one != "plan"] or named
        kind = _ratio(question, about, moved=moved)
        if not kind or len(about) != 1:
            raise Refusal("percent_of_what")
        return {"measure": kind[0], "of": about[0], "against": kind[1]}


def _ratio(question: Question, about: Sequence[str], *, moved: bool) -> tuple[str, str] | None:
    """Which ratio is said, and against what; None where none is."""
    said = question.measures
    if moved:
        return "change", "same_period" if question.periods.same else "previous_year"
    if said.share:
        return "share", "total"
    beside_plan = any(one.value == "plan" for one in said.named)
    return ("rate", "plan") if (said.percent or said.rate or beside_plan) and about != ["plan"] else None


def _amount_cells(amount: Amount, unit: str) -> dict[str, str]:
    return {"value": amount.digits, "as_printed": amount.printed, "qualifier": amount.qualifier, "unit": unit}


def _checked(cells: dict[str, str], found: dict[str, str]) -> dict[str, str]:
    """Raise where a percent is given for an amount."""
    if found["unit"] == "percent" and cells.get("measure") in MEASURES:
        raise Refusal("percent_of_what")
    return found


def _option(part: str) -> tuple[str, str]:
    name, colon, value = part.partition(":")
    if not colon and fold(part).startswith("nguon "):
        name, colon, value = part.strip().partition(" ")
    column = field_of("figures", OPTIONS, name)
    if not colon or not column or not value.strip():
        raise Refusal("option_unknown", typed=part.strip())
    return column, value.strip()


def _quantity(question: Question) -> Quantity:
    scaled = [one for one in question.quantities if one.scaled]
    found = scaled or list(question.quantities)
    if not found:
        raise Refusal("value_missing")
    if len(found) > 1:
        raise Refusal("value_many", typed=", ".join(one.text for one in found))
    return found[0]


def _period(question: Question) -> str:
    found = question.periods.found
    if len(found) != 1 or not found[0].code or question.periods.unclear:
        raise Refusal("period_many" if len(found) > 1 else "period_missing")
    return found[0].code


def _printed(line: str, quantity: Quantity) -> str:
    """The number as it was typed; written anew where it was typed in words or in several units."""
    tokens = line.split()
    for start in range(len(tokens)):
        for end in range(len(tokens), start, -1):
            text = " ".join(tokens[start:end])
            values = (reading.value for reading in readings(text, sure=True))
            if fold(text) == quantity.text and quantity.value in values:
                return text
    return formats.money(quantity.value) if quantity.kind == "money" else formats.number(quantity.value)


def _qualifier(question: Question, quantity: Quantity) -> str:
    before = re.search(rf"\b(\w+) {re.escape(quantity.text)}", question.clean)
    return _QUALIFIERS.get(before[1], "exact") if before else "exact"
