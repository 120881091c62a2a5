"""A table of figures whose layout is known → a figure for each row and column that holds a number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from db.grids import Grid
from db.layouts import Column, Layout, customary, plain_number, two_readings
from db.meanings import SCALE_NAMES, Meaning, meaning_of, scale_of
from db.new_rows import figure_name
from db.rows import PLACE, SLOT, place_of
from db.sheets import Sheets, Wanted
from db.taking import NOTHING, NUMBERING, TOTALS, Slots, Taking, printed
from knowledge.text import fold

SIGNED = re.compile(r"(?:.*, )?ngay \d")
"""What begins so is the day on which a table was signed."""


class Melting(Taking):
    """Takes figures."""

    def take(self, grid: Grid, layout: Layout) -> None:
        """See `Taking`."""
        columns = [(one, self._kind(one, layout)) for one in layout.values]
        texts = [
            row[one.place]
            for _, row in grid.rows[layout.first :]
            for one in layout.values
            if one.place < len(row)
        ]
        custom = customary(texts)
        if custom is None and any(map(two_readings, texts)):
            fitting = [one for one in (True, False) if self._sums_up(grid, layout, columns, vietnamese=one)]
            custom = fitting[0] if len(fitting) == 1 else None
        self._take(grid, layout, columns, custom)

    def _sums_up(
        self, grid: Grid, layout: Layout, columns: Sequence[tuple[Column, Meaning]], *, vietnamese: bool
    ) -> bool:
        """Whether the rows of totals, of which there are some, are right where numbers are read after this custom."""
        trial = replace(self, found=Sheets())
        totals = trial._take(grid, layout, columns, vietnamese)
        return bool(totals) and all(totals)

    def _take(
        self, grid: Grid, layout: Layout, columns: Sequence[tuple[Column, Meaning]], custom: bool | None
    ) -> list[bool]:
        """The rows, after one custom of writing numbers; of each row of totals whether it is right."""
        title = self.title(layout)
        totals: list[bool] = []
        section: Slots = {}
        sums: defaultdict[int, list[Decimal]] = defaultdict(list)
        for number in range(layout.first, len(grid.rows)):
            line, cells = grid.rows[number]
            if not any(cells):
                continue
            label = self._label(layout, cells)
            slots, wrong = self._dimensions(layout, cells)
            if not _counts(cells, columns) and (wrong or not slots):
                self._heading(line, label, section, slots)
                continue
            numbers = self._numbers(grid, number, columns, custom)
            if TOTALS.fullmatch(fold(label).strip(" .:")) and numbers:
                totals.append(self._check_total(line, columns, numbers, sums))
                sums.clear()
                continue
            if not numbers:
                self._heading(line, label, section, slots)
                continue
            if wrong:
                self.problem(line, wrong)
                continue
            for column, meaning in columns:
                if text := numbers.get(column.place, ""):
                    whole = {**title.slots, **section, **slots, **meaning.slots}
                    self._figure(line, column, meaning, title, whole, text)
                    sums[column.place].append(Decimal(text))
        return totals

    def _kind(self, column: Column, layout: Layout) -> Meaning:
        """The meaning of a column among the others: a lone "Tổng" beside KCQG and KCĐP is their sum."""
        meaning = column.meaning
        others = [one.meaning.slots for one in layout.values if one is not column]
        parts = column.header.split(" / ")
        total = any(meaning_of(part, self.indicators, self.values.today).total for part in parts)
        for part in parts:
            if "region" not in meaning.slots and (region := self.region_in(part, whole=True)):
                meaning.slots["region"] = region
        if total and any(one.get("programme") in ("KCQG", "KCDP") for one in others):
            meaning.slots.setdefault("programme", "total")
        if meaning.percent:
            said = {one["measure"] for one in others if one.get("measure") not in (None, "plan", "target")}
            of = meaning.slots.pop("measure", "") or (said.pop() if len(said) == 1 else "")
            kind = "share" if meaning.share else "change" if meaning.change else "rate"
            against = {"share": "total", "change": "previous_year", "rate": "plan"}[kind]
            meaning.slots |= {"measure": kind, "of": of, "against": against} if of else {"measure": ""}
        return meaning

    def _numbers(
        self, grid: Grid, number: int, columns: Sequence[tuple[Column, Meaning]], custom: bool | None
    ) -> dict[int, str]:
        """The plain numbers of a row by column; what is no number is told."""
        line, cells = grid.rows[number]
        found: dict[int, str] = {}
        for column, _ in columns:
            cell = cells[column.place] if column.place < len(cells) else ""
            if wrong := grid.wrong.get((number, column.place)):
                self.problem(line, wrong)
            elif (number, column.place) in grid.filled and cell:
                self.problem(line, f"cột “{column.header}” là ô gộp nhiều dòng, không rõ số của dòng nào")
            elif cell not in NOTHING:
                try:
                    found[column.place] = plain_number(cell, custom)
                except ValueError as error:
                    if sum(map(bool, cells)) > 1:
                        self.problem(line, f"cột “{column.header}”: {error}")
        return found

    def _label(self, layout: Layout, cells: Sequence[str]) -> str:
        """What a row is called."""
        naming = ("region", "indicator", "programme", "period")
        places = [one.place for one in layout.columns if one.slot in naming]
        named = next((cells[place] for place in places if place < len(cells) and cells[place]), "")
        return NUMBERING.sub("", named or next((cell for cell in cells if cell), ""))

    def _dimensions(self, layout: Layout, cells: Sequence[str]) -> tuple[Slots, str]:
        """The slots that the row itself gives, and what is wrong with them."""
        slots: Slots = {}
        for column in layout.columns:
            cell = cells[column.place] if column.place < len(cells) else ""
            if not column.slot or not cell:
                continue
            if column.slot in ("note", "unit"):
                slots[column.slot] = cell
                continue
            try:
                slots[column.slot] = self.value(column.slot, cell)
            except ValueError as error:
                return slots, str(error)
        return slots, ""

    def _heading(self, line: int, label: str, section: Slots, slots: Slots) -> None:
        """A row without numbers: the head of a section, or a line that is left out."""
        said = dict(slots)
        if not said and not SIGNED.match(fold(label)):
            said = meaning_of(label, self.indicators, self.values.today).slots
        for slot in ("region", "programme"):
            if slot not in said:
                try:
                    said[slot] = self.value(slot, label)
                    break
                except ValueError:
                    continue
        if said:
            section.clear()
            section.update(said)
        what = "tiêu đề của các dòng dưới." if said else "không có số, bỏ qua."
        self.found.told.append(f"Dòng {line} “{label[:60]}”: {what}")

    def _check_total(
        self,
        line: int,
        columns: Sequence[tuple[Column, Meaning]],
        numbers: Mapping[int, str],
        sums: Mapping[int, list[Decimal]],
    ) -> bool:
        """Whether a row of totals is what stands above it together; it is never taken in."""
        differing = []
        for column, meaning in columns:
            parts = sums.get(column.place, [])
            if meaning.percent or not parts or column.place not in numbers:
                continue
            finest = min(int(one.as_tuple().exponent) for one in parts)
            near = Decimal(len(parts)) / 2 * Decimal(1).scaleb(finest) if finest < 0 else Decimal(0)
            if abs(sum(parts) - Decimal(numbers[column.place])) > near:
                differing.append(
                    f"“{column.header}” ghi {printed(numbers[column.place])}, cộng được {printed(str(sum(parts)))}"
                )
        if differing:
            self.found.told.append(f"⚠️ Dòng tổng {line} lệch: {'; '.join(differing)}. Dòng tổng không nhập.")
        else:
            self.found.told.append(f"Dòng tổng {line}: khớp các dòng trên; không nhập.")
        return not differing

    def _figure(
        self, line: int, column: Column, meaning: Meaning, title: Meaning, slots: Slots, text: str
    ) -> None:
        """One figure, or what is missing for it."""
        slots = {**slots, "indicator": slots.get("indicator", "kinh-phi")}
        named = self.rows.get("indicators", slots["indicator"])
        unit = "percent" if meaning.percent else named.record.unit if named else "VND"
        if wrong := _unfit(column, meaning, slots, unit):
            self.problem(line, wrong)
            return
        if unit not in ("VND", "percent") and slots.get("measure") not in ("plan", "target", "estimate"):
            slots["measure"] = "count"
        scale = meaning.scale or scale_of(slots.get("unit", "")) or title.scale
        given = self._missing(slots, unit, scale)
        if given is None:
            return
        slots |= given
        scale = int(given.get("scale", scale)) if unit == "VND" else 1
        words = "%" if unit == "percent" else f" {SCALE_NAMES[scale] if unit == 'VND' else unit}"
        row = {
            **{name: slots[name] for name in (*SLOT[:7], "source", "note") if slots.get(name)},
            "value": format((Decimal(text) * scale).normalize(), "f"),
            "unit": unit,
            "as_printed": f"{printed(text)}{words}",
            "locator": f"{self.place}, dòng {line}",
        }
        self.found.rows.append(Wanted("figures", self._figure_id(row), {**row}, self.place, line, ""))

    def _missing(self, slots: Slots, unit: str, scale: int) -> Slots | None:
        """What was answered for the slots that the table leaves open; None, once that is noted, where one is not."""
        missing = [one for one in ("source", "measure", "region", "period") if not slots.get(one)]
        if unit in ("VND", "percent") and not slots.get("programme"):
            missing.append("programme")
        if unit == "VND" and not scale:
            missing.append("scale")
        self.found.asks += [one for one in missing if one not in self.found.asks]
        given = {one: self.answers[one] for one in missing if one in self.answers}
        return given if len(given) == len(missing) else None

    def _figure_id(self, row: Slots) -> str:
        """The stored figure of the same slots and source, else a new id made of the slots."""
        key = tuple(row.get(name, "") for name in PLACE)
        for one in self.rows.records("figures"):
            if place_of(one) == key:
                return str(one.id)
        return figure_name(row, "source")


def _counts(cells: Sequence[str], columns: Sequence[tuple[Column, Meaning]]) -> bool:
    """Whether a digit stands in a column of figures."""
    places = (one.place for one, _ in columns)
    return any(char.isdigit() for place in places if place < len(cells) for char in cells[place])


def _unfit(column: Column, meaning: Meaning, slots: Slots, unit: str) -> str:
    """Why a column cannot be of this unit; empty where it can."""
    if meaning.percent:
        said = slots.get("measure")
        return "" if said else f"cột “{column.header}”: chưa rõ tỷ lệ của số nào so với số nào"
    if unit == "VND":
        return ""
    counted = meaning.counted or slots.get("unit", "")
    other = counted and fold(unit) not in fold(counted) and fold(counted) not in fold(unit)
    if meaning.scale or other:
        return f"cột “{column.header}” tính bằng {counted or 'tiền'}, chỉ tiêu này tính bằng {unit}"
    return ""
